import { createHash } from 'node:crypto'
import { mkdir, open, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { canonicalise, formatInstant, type Instant, isJsonObject, type JsonValue, parseInstant } from '@probatum/core'
import {
  certificatePem,
  certificatesFromPem,
  planSignatures,
  type RsaScheme,
  type SealSigner,
  type SignatureToMake,
  textAsJson,
} from '@probatum/seal'
import { escapeForDisplay } from '@probatum/words'
import { InputError } from '../errors.ts'
import { isDirectory, noFolder, writeNew } from '../files.ts'
import type { AuthorityAddress } from '../network/time-stamp-authorities.ts'
import type { Signing } from './seal-signing.ts'

const FORMAT = 'probatum/prepared-seal/1-draft'
const STATE = 'prepared.json'
const CHAIN = 'chain.pem'
const POST_QUANTUM_CHAIN = 'pq-chain.pem'
const TO_SIGN = 'to-sign'
/** Openings of what a bundle withholds of its own export. */
export const OPENINGS = 'openings.jsonl'
/** What becomes the output: the bundle, or the folder with the bundles of several recipients. */
export const OUTPUT = 'out'

/** A bundle of which everything is written but the seal. */
export interface PreparedBundle {
  /** Below the output; '' where the output is the bundle. */
  readonly path: string
  /** SHA-256 of each tag manifest, hex, by its name. */
  readonly tagManifests: Readonly<Record<string, string>>
  /** SHA-256 of what is signed, hex, by signature file. */
  readonly messages: Readonly<Record<string, string>>
  /** SHA-256 of signature files that are there already, hex, by their paths. */
  readonly made: Readonly<Record<string, string>>
}

/** prepared.json: what `embed` must know. It holds no secret. */
export interface PreparedState {
  readonly command: 'seal' | 'redact'
  readonly signingTime: Instant
  readonly longTerm: boolean
  readonly rsa: RsaScheme
  readonly authorities: readonly AuthorityAddress[]
  readonly threshold: number
  /** Export events that the log has of it. */
  readonly exports: readonly number[]
  readonly bundles: readonly PreparedBundle[]
}

/** What a signature file is made of, and which bundle it belongs to. */
export interface PreparedSignature {
  readonly bundle: PreparedBundle
  readonly plan: SignatureToMake
}

export interface Prepared {
  readonly folder: string
  readonly state: PreparedState
  /** What was to be signed elsewhere. */
  readonly awaited: readonly PreparedSignature[]
  /** Signature files that are there already. */
  readonly made: readonly (PreparedSignature & { readonly bytes: Uint8Array })[]
}

export interface ToPrepare {
  readonly command: PreparedState['command']
  readonly signing: Pick<Signing, 'signer' | 'postQuantum' | 'timeStampThreshold'>
  readonly authorities: readonly AuthorityAddress[]
  readonly longTerm: boolean
  readonly exports: readonly number[]
  readonly bundles: readonly { readonly path: string; readonly toSign: readonly SignatureToMake[] }[]
  readonly openings?: Uint8Array
}

/** Path of what a device signs. */
export const attributesFile = (bundle: { readonly path: string }, { file }: Pick<SignatureToMake, 'file'>): string =>
  join(TO_SIGN, `${bundle.path === '' ? '' : `${bundle.path}.`}${file.slice(file.lastIndexOf('/') + 1)}.attributes.der`)

/** Path of the digest of what a device signs, in octets. */
export const digestFile = (...of: Parameters<typeof attributesFile>): string =>
  attributesFile(...of).replace(/\.der$/, '.digest')

/** Whether a device may be given the digest in place of the bytes. */
export const signsDigest = ({ scheme }: Pick<SignatureToMake, 'scheme'>): boolean =>
  scheme !== 'ed25519' && scheme !== 'ml-dsa-65'

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

/** Writes beside the unsealed bundles in `folder` what is to be signed, and what `embed` must know. */
export async function writePrepared(folder: string, given: ToPrepare): Promise<void> {
  const { signer, postQuantum } = given.signing
  const now = given.bundles[0]?.toSign[0]?.signingTime
  if (now === undefined) throw new RangeError('nothing is to be signed')
  const pem = (by: SealSigner) => by.certificates.map(certificatePem).join('')
  await writeNew(join(folder, CHAIN), pem(signer))
  if (postQuantum !== undefined) await writeNew(join(folder, POST_QUANTUM_CHAIN), pem(postQuantum))
  if (given.openings !== undefined) await writeNew(join(folder, OPENINGS), given.openings, 0o600)
  await mkdir(join(folder, TO_SIGN))
  const bundles: JsonValue[] = []
  for (const { path, toSign } of given.bundles) {
    const root = join(folder, OUTPUT, path)
    const plans = await plansOf(root, { ...given.signing, longTerm: given.longTerm, now })
    const tagManifests: Record<string, string> = {}
    const messages: Record<string, string> = {}
    const made: Record<string, string> = {}
    for (const plan of plans) {
      tagManifests[plan.covers] = sha256(await readFile(join(root, plan.covers)))
      messages[plan.file] = sha256(plan.message)
      if (!toSign.some(({ file }) => file === plan.file)) {
        made[plan.file] = sha256(await readFile(join(root, ...plan.file.split('/'))))
        continue
      }
      await writeNew(join(folder, attributesFile({ path }, plan)), plan.message)
      if (signsDigest(plan))
        await writeNew(
          join(folder, digestFile({ path }, plan)),
          new Uint8Array(createHash(plan.digest).update(plan.message).digest()),
        )
    }
    bundles.push({ made, messages, path, tagManifests })
  }
  const state: JsonValue = {
    authorities: given.authorities.map(({ label, subject, url, policy }) => ({ label, policy, subject, url })),
    bundles,
    command: given.command,
    exports: given.exports,
    longTerm: given.longTerm,
    prepared: FORMAT,
    rsa: signer.rsa ?? 'rsa-pkcs1',
    signingTime: formatInstant(now),
    threshold: given.signing.timeStampThreshold,
  }
  // The last file: a folder without it is not prepared.
  await writeNew(join(folder, STATE), canonicalise(state))
}

async function plansOf(root: string, plan: Parameters<typeof planSignatures>[0]): Promise<readonly SignatureToMake[]> {
  const algorithms: readonly SignatureToMake['algorithm'][] = plan.longTerm ? ['sha256', 'sha512'] : ['sha256']
  const tagManifests: { algorithm: SignatureToMake['algorithm']; bytes: Uint8Array }[] = []
  for (const algorithm of algorithms)
    tagManifests.push({ algorithm, bytes: new Uint8Array(await readFile(join(root, `tagmanifest-${algorithm}.txt`))) })
  return planSignatures(plan, tagManifests)
}

/**
 * Reads what `prepare` left. The tag manifests, what was to be signed and the signature files that are there must be those that
 * were there then.
 * @throws {InputError}
 */
export async function readPrepared(folder: string): Promise<Prepared> {
  const state = await readState(folder)
  const signer: SealSigner = { key: null, certificates: await readChain(folder, CHAIN), rsa: state.rsa }
  const hasPostQuantum = state.bundles.some(({ messages }) => Object.keys(messages).some(isPostQuantum))
  const postQuantum: SealSigner | undefined = hasPostQuantum
    ? { key: null, certificates: await readChain(folder, POST_QUANTUM_CHAIN) }
    : undefined
  const plan = {
    signer,
    ...(postQuantum === undefined ? {} : { postQuantum }),
    longTerm: state.longTerm,
    now: state.signingTime,
  }
  const awaited: PreparedSignature[] = []
  const made: Prepared['made'][number][] = []
  for (const bundle of state.bundles) {
    const root = join(folder, OUTPUT, bundle.path)
    for (const [name, expected] of Object.entries(bundle.tagManifests))
      if (sha256(await readPart(root, name)) !== expected) throw changed(folder, join(OUTPUT, bundle.path, name))
    for (const each of await plansOf(root, plan)) {
      // Of other certificates, or of another time.
      if (sha256(each.message) !== bundle.messages[each.file]) throw changed(folder, STATE)
      const expected = bundle.made[each.file]
      if (expected === undefined) awaited.push({ bundle, plan: each })
      else {
        const bytes = await readPart(root, each.file)
        if (sha256(bytes) !== expected) throw changed(folder, join(OUTPUT, bundle.path, each.file))
        made.push({ bundle, plan: each, bytes })
      }
    }
  }
  return { folder, state, awaited, made }
}

const isPostQuantum = (file: string) => file.endsWith('.mldsa.p7s')

async function readPart(root: string, path: string): Promise<Uint8Array> {
  try {
    return new Uint8Array(await readFile(join(root, ...path.split('/'))))
  } catch (cause) {
    throw changed(root, path, cause)
  }
}

async function readChain(folder: string, name: string): Promise<readonly Uint8Array[]> {
  try {
    return certificatesFromPem(await readPart(folder, name))
  } catch (cause) {
    throw changed(folder, name, cause)
  }
}

function changed(folder: string, path: string, cause?: unknown): InputError {
  return new InputError(
    `${escapeForDisplay(path)} in ${escapeForDisplay(folder)} is not as it was when it was prepared. Nothing was sealed.`,
    'Prepare anew. Nothing in the folder may be changed between the two steps.',
    { cause },
  )
}

/** @throws {InputError} */
async function readState(folder: string): Promise<PreparedState> {
  const no = (cause?: unknown) =>
    new InputError(
      `${escapeForDisplay(folder)} holds nothing that was prepared.`,
      'Name the folder that `probatum seal prepare` or `probatum redact prepare` made. What was embedded once is gone from it.',
      { cause },
    )
  if (!(await isDirectory(folder)))
    throw await noFolder(
      folder,
      'a prepared seal',
      'It is what `probatum seal prepare` or `probatum redact prepare` made.',
    )
  let value: JsonValue
  try {
    const file = await open(join(folder, STATE), 'r')
    try {
      value = textAsJson(await file.readFile('utf8'))
    } finally {
      await file.close()
    }
  } catch (cause) {
    throw no(cause)
  }
  const state = stateFrom(value)
  if (state === undefined || !(await isDirectory(join(folder, OUTPUT)))) throw no()
  return state
}

const HEX = /^[0-9a-f]{64}$/

/** Undefined for what is not in form. Paths are those of this program's own writing, and lead nowhere else. */
function stateFrom(value: JsonValue): PreparedState | undefined {
  if (!isJsonObject(value) || value.prepared !== FORMAT) return undefined
  const { authorities, bundles, command, exports, longTerm, rsa, signingTime, threshold } = value
  const time = typeof signingTime === 'string' ? parseInstant(signingTime) : undefined
  if (command !== 'seal' && command !== 'redact') return undefined
  if (rsa !== 'rsa-pkcs1' && rsa !== 'rsa-pss') return undefined
  if (typeof longTerm !== 'boolean' || time === undefined || !isCount(threshold)) return undefined
  if (!Array.isArray(authorities) || !Array.isArray(bundles) || !Array.isArray(exports)) return undefined
  if (!exports.every(isCount) || bundles.length === 0) return undefined
  const readAuthorities = authorities.map(authorityFrom)
  const readBundles = bundles.map(bundleFrom)
  if (!readAuthorities.every((each) => each !== undefined) || !readBundles.every((each) => each !== undefined))
    return undefined
  return {
    command,
    signingTime: time,
    longTerm,
    rsa,
    authorities: readAuthorities,
    threshold,
    exports,
    bundles: readBundles,
  }
}

const isCount = (value: JsonValue | undefined): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0

function authorityFrom(value: JsonValue): AuthorityAddress | undefined {
  if (!isJsonObject(value)) return undefined
  const { label, subject, url, policy } = value
  if (typeof label !== 'string' || typeof subject !== 'string') return undefined
  if ((url !== null && typeof url !== 'string') || (policy !== null && typeof policy !== 'string')) return undefined
  return { label, subject, url, policy }
}

function bundleFrom(value: JsonValue): PreparedBundle | undefined {
  if (!isJsonObject(value)) return undefined
  const { path, tagManifests, messages, made } = value
  if (typeof path !== 'string' || !/^(?:[A-Za-z0-9][A-Za-z0-9._-]*)?$/.test(path)) return undefined
  const read = { tagManifests: digestsFrom(tagManifests), messages: digestsFrom(messages), made: digestsFrom(made) }
  if (read.tagManifests === undefined || read.messages === undefined || read.made === undefined) return undefined
  return { path, tagManifests: read.tagManifests, messages: read.messages, made: read.made }
}

const NAME = /^(?:seal\/1\/tagmanifest-sha(?:256|512)\.txt(?:\.mldsa)?\.p7s|tagmanifest-sha(?:256|512)\.txt)$/

function digestsFrom(value: JsonValue | undefined): Readonly<Record<string, string>> | undefined {
  if (value === undefined || !isJsonObject(value)) return undefined
  const entries = Object.entries(value)
  if (!entries.every(([name, digest]) => NAME.test(name) && typeof digest === 'string' && HEX.test(digest)))
    return undefined
  return Object.fromEntries(entries) as Record<string, string>
}
