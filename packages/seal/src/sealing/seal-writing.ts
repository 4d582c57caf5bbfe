import {
  BUNDLE_RECORD,
  type BundleRecord,
  canonicalise,
  encodeUtf8,
  equalBytes,
  FORMAT_VERSION,
  formatInstant,
  hasLoneSurrogate,
  type Instant,
  type Opening,
  toHex,
  VERIFY_TEXT,
  VERIFY_TEXT_FILE,
} from '@probatum/core'
import type { LogKey } from '../custody-log/checkpoint.ts'
import { digestOf, type StartDigest } from '../digest.ts'
import { type RsaScheme, requireAllowedDigest, schemeOf } from '../keys/signature-scheme.ts'
import type { SigningKey } from '../keys/signing-key.ts'
import type { RandomBytes } from '../random.ts'
import { certificateParts } from '../signatures/certificate-parts.ts'
import type { ValidationFile } from '../validation/validation-collector.ts'
import type { BundleSink } from './bundle-sink.ts'
import type { CoveredFiles, ManifestAlgorithm } from './covered-files.ts'
import {
  planSignatures,
  type SealPlan,
  type SignatureToMake,
  signatureFile,
  signatureFiles,
} from './seal-signatures.ts'
import { type AskedAuthorities, askAll, askedOf, type MissingTimeStamp } from './seal-time-stamps.ts'
import { BAG_DECLARATION, bagInfo } from './tag-files.ts'

/** What every seal needs, whatever it is over. */
export interface SealStatement extends AskedAuthorities {
  readonly sink: BundleSink
  /** The issuer's own statement of when: `created`, Bagging-Date, signing-time, times of events. */
  readonly now: Instant
  readonly random: RandomBytes
  /** Default: JavaScript alone. */
  readonly startDigest?: StartDigest
  readonly issuer: string
  /** Null when the export is for nobody in particular. */
  readonly recipient: string | null
  /** External-Identifier of bag-info.txt: what the issuer calls this export. */
  readonly externalIdentifier: string
  /** Adds SHA-512 throughout. */
  readonly longTerm: boolean
  /** Marks an invented sample. */
  readonly sample: boolean
  readonly signer: SealSigner
  /** Signs too, with ML-DSA-65, in files of its own beside those of `signer`. */
  readonly postQuantum?: SealSigner
  /** Certificates, CRLs and OCSP responses that go into the bundle: absent, none. */
  readonly validation?: SealValidation
  readonly log: LogKey
  readonly softwareAgent: string
  readonly onProgress?: (done: { readonly bytes: number; readonly files: number }) => void
  /** The same while what was written is read again. */
  readonly onReadAgain?: (done: { readonly bytes: number; readonly files: number }) => void
}

/** What helps to check certificates later; format, section 6.4. */
export interface SealValidation {
  /** Known before signing: covered by the tag manifests. */
  readonly known: readonly ValidationFile[]
  /** Asked when the time-stamps are there; what it rejects with ends the sealing. */
  readonly later: (signed: readonly StampedSignature[]) => Promise<readonly ValidationFile[]>
}

/** A signature file and what the authorities answered for it. */
export interface StampedSignature {
  readonly bytes: Uint8Array
  readonly responses: readonly Uint8Array[]
}

/** Who signs. */
export interface SealSigner {
  /** Null for a key that never leaves its device: what it is to sign stands in `toSign` of the outcome. */
  readonly key: SigningKey | null
  /** DER, the signer's first, without the root. */
  readonly certificates: readonly Uint8Array[]
  /** How an RSA key that is not here signs. */
  readonly rsa?: RsaScheme
}

/** What sealing made, and what is still missing. */
export interface SealOutcome {
  /** SHA-256 of tagmanifest-sha256.txt, hex. */
  readonly bundleId: string
  /**
   * What keys sign that are not here. While there is any the seal is unfinished, and no authority was asked: `stampSeal` does the
   * rest.
   */
  readonly toSign: readonly SignatureToMake[]
  /** SHA-256 of each signature file, hex. */
  readonly sealIds: readonly { readonly file: string; readonly sha256: string }[]
  /** Time-stamps that declared authorities did not give; `error` is null for those that are asked later. */
  readonly missingTimeStamps: readonly MissingTimeStamp[]
  readonly logId: string
  readonly payloadFiles: number
  readonly payloadBytes: number
  /** Openings that the bundle does not show, of its own export event: the issuer keeps them, or those fields can never be opened. */
  readonly keptOpenings: readonly Opening[]
}
const LABEL = /^[a-z0-9-]{1,32}$/
const NAME = /^[^\p{Cc}]{1,1024}$/u

/** Digests of a bundle's manifests: SHA-256, and SHA-512 for the long term. */
export const manifestAlgorithms = (longTerm: boolean): readonly ManifestAlgorithm[] =>
  longTerm ? ['sha256', 'sha512'] : ['sha256']

/** Whole seconds, as signing-time and most authorities state them: so no statement is later than its own proof. */
export const wholeSeconds = ({ epochSeconds }: Instant): Instant => ({ epochSeconds, fraction: '' })

/** Finds the caller's mistakes before the first byte is copied. */
export function requireSealable(input: SealStatement & { readonly caseId?: string }): void {
  const labels = input.timeStampAuthorities.map(({ label }) => label)
  if (!labels.every((label) => LABEL.test(label)) || new Set(labels).size < labels.length)
    throw new TypeError('each time-stamp authority needs a label of its own: a-z, 0-9 and hyphens, at most 32')
  const asked = askedOf(input).length
  const threshold = input.timeStampThreshold ?? asked
  if (!Number.isSafeInteger(threshold) || threshold > asked || threshold < Math.min(1, asked))
    throw new TypeError('a threshold is between 1 and the number of time-stamp authorities that are asked')
  const names = { issuer: input.issuer, recipient: input.recipient, caseId: input.caseId }
  for (const [what, name] of Object.entries(names))
    if (typeof name === 'string' && (!NAME.test(name) || hasLoneSurrogate(name)))
      throw new TypeError(`${what}: text of 1 to 1024 characters, no control character`)
  bagInfo({ ...input, baggingDate: input.now, payloadBytes: 0, payloadFiles: 0 })
  requireSigners(input)
  const { spki } = certificateParts(input.signer.certificates[0] ?? new Uint8Array())
  if (equalBytes(input.log.key.spki, spki)) throw new TypeError('the key of the log is never that of a seal')
}

/** Throws TypeError for signers that cannot make a seal together, or not with these digests. */
export function requireSigners({ signer, postQuantum, longTerm }: SealPlan): void {
  for (const each of [signer, ...(postQuantum === undefined ? [] : [postQuantum])]) {
    const [certificate] = each.certificates
    if (certificate === undefined) throw new TypeError('a seal needs its signer’s certificate')
    const { spki } = certificateParts(certificate)
    if (each.key !== null && !equalBytes(spki, each.key.spki))
      throw new TypeError('the private key is not the certificate’s')
    const scheme = each.key?.scheme ?? schemeOf(spki, each.rsa)
    // What a rule or a court knows today is the other one; and nobody knows yet how ML-DSA ages.
    if ((scheme === 'ml-dsa-65') !== (each === postQuantum))
      throw new TypeError(
        each === postQuantum
          ? 'the key beside that of the seal is not one of ML-DSA-65'
          : 'a key of ML-DSA-65 signs beside another one, never in its place',
      )
    if (scheme === 'rsa-pss') for (const digest of manifestAlgorithms(longTerm)) requireAllowedDigest(spki, digest)
  }
}

/** Time-stamps of distinct authorities that bundle.json says each signature file needs. */
function declaredTimeStamps(input: SealStatement): number {
  const asked = askedOf(input).length
  return (input.timeStampThreshold ?? asked) + input.timeStampAuthorities.length - asked
}

/** record/bundle.json. */
export async function writeBundleRecord(
  input: SealStatement,
  files: CoveredFiles,
  log: { readonly id: string; readonly itemCount: number },
): Promise<void> {
  const record: BundleRecord = {
    authorities: input.timeStampAuthorities.map(({ label, subject }) => ({ label, subject })),
    created: formatInstant(input.now),
    format: `probatum/bundle/${FORMAT_VERSION}`,
    issuer: { name: input.issuer },
    itemCount: log.itemCount,
    log: { id: log.id, origin: input.log.origin },
    recipient: input.recipient === null ? null : { name: input.recipient },
    ...(input.sample ? { sample: true } : {}),
    seal: signatureFiles(input).map(({ file, by }) => ({
      file,
      signer: toHex(digestOf('sha256', by.certificates[0] ?? new Uint8Array(0))),
      timestamps: declaredTimeStamps(input),
    })),
  }
  await files.write(BUNDLE_RECORD, canonicalise(record))
}

/** What stands beside records and payload: the bag's own files, VERIFY.txt and the manifests. */
export async function writeTagFiles(
  input: SealStatement,
  files: CoveredFiles,
  payload: { readonly bytes: number; readonly files: number },
): Promise<void> {
  const info = { ...input, baggingDate: input.now, payloadBytes: payload.bytes, payloadFiles: payload.files }
  await files.write('bagit.txt', BAG_DECLARATION)
  await files.write('bag-info.txt', bagInfo(info))
  await files.write(VERIFY_TEXT_FILE, encodeUtf8(VERIFY_TEXT))
  for (const { name, bytes } of input.validation?.known ?? []) await files.write(`record/validation/${name}`, bytes)
  for (const algorithm of manifestAlgorithms(input.longTerm)) {
    const manifest = files.manifest(algorithm, (path) => path.startsWith('data/'))
    await files.write(`manifest-${algorithm}.txt`, manifest)
  }
}

/** Tag manifests, the signatures over each, and the time-stamps over each signature. */
export async function writeSeal(
  input: SealStatement,
  files: CoveredFiles,
): Promise<Pick<SealOutcome, 'bundleId' | 'sealIds' | 'missingTimeStamps' | 'toSign'>> {
  // All before one is written: no tag manifest lists another (RFC 8493 §2.2.1).
  const tagManifests = manifestAlgorithms(input.longTerm).map((algorithm) => ({
    algorithm,
    bytes: files.manifest(algorithm, (path) => !path.startsWith('data/')),
  }))
  for (const { algorithm, bytes } of tagManifests) await input.sink.write(`tagmanifest-${algorithm}.txt`, bytes)
  const plans = planSignatures(input, tagManifests)
  const toSign = plans.filter(({ by }) => by.key === null)
  const signed: SignatureMade[] = []
  for (const plan of plans) {
    const { key } = plan.by
    if (key === null) continue
    const bytes = signatureFile(plan, await key.sign(plan.message, plan.digest))
    await input.sink.write(plan.file, bytes)
    signed.push({ ...plan, bytes })
  }
  return {
    bundleId: toHex(digestOf('sha256', tagManifests[0]?.bytes ?? new Uint8Array(0))),
    toSign,
    ...(toSign.length > 0 ? { sealIds: [], missingTimeStamps: [] } : await stampSeal(input, signed)),
  }
}

/** A signature file that is in the sink. */
export interface SignatureMade extends SignatureToMake {
  readonly bytes: Uint8Array
}

/**
 * The rest of a seal whose signatures were made elsewhere: asks the authorities for each signature file, and writes what they
 * answer. Throws TimeStampError when too few do.
 */
export async function stampSeal(
  input: Pick<SealStatement, 'sink' | 'timeStampAuthorities' | 'timeStampThreshold' | 'validation'>,
  signed: readonly SignatureMade[],
): Promise<Pick<SealOutcome, 'sealIds' | 'missingTimeStamps'>> {
  const missingTimeStamps: MissingTimeStamp[] = []
  const stamped: StampedSignature[] = []
  for (const { file, algorithm, bytes } of signed) {
    const { responses, missing } = await askAll(input, file, { algorithm, digest: digestOf(algorithm, bytes) })
    for (const { label, response } of responses) await input.sink.write(`${file}.${label}.tsr`, response)
    missingTimeStamps.push(...missing)
    stamped.push({ bytes, responses: responses.map(({ response }) => response) })
  }
  const hints = (await input.validation?.later(stamped)) ?? []
  for (const { name, bytes } of hints) await input.sink.write(`seal/1/validation/${name}`, bytes)
  const sealIds = signed.map(({ file, bytes }) => ({ file, sha256: toHex(digestOf('sha256', bytes)) }))
  return { sealIds, missingTimeStamps }
}
