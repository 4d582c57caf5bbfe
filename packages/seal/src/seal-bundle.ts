import {
  AUTHORISATION,
  type AuthorisationRecord,
  BUNDLE_RECORD,
  type BundleRecord,
  CHECKPOINT,
  CUSTODY,
  canonicalise,
  DISCLOSURES,
  decodeUtf8,
  encodeUtf8,
  equalBytes,
  FORMAT_VERSION,
  formatInstant,
  hasLoneSurrogate,
  type Instant,
  ITEMS,
  type Opening,
  PROOFS,
  toBase64,
  toHex,
  VERIFY_TEXT,
  VERIFY_TEXT_FILE,
} from '@probatum/core'
import type { BundleSink, SealableFile } from './bundle-sink.ts'
import { certificateParts } from './certificate-parts.ts'
import { type LogKey, makeCheckpoint } from './checkpoint.ts'
import { CoveredFiles, type ManifestAlgorithm } from './covered-files.ts'
import { digestOf, type StartDigest, startPureDigest } from './digest.ts'
import type { RandomBytes } from './random.ts'
import { type FieldValues, RecordLines } from './record-lines.ts'
import { signDetached } from './sign-detached.ts'
import type { SigningKey } from './signing-key.ts'
import { BAG_DECLARATION, bagInfo, payloadPath } from './tag-files.ts'
import type { TimeStampAuthority } from './time-stamp-authority.ts'

/** A file to be sealed. */
export interface PayloadFile extends SealableFile {
  /** Original name, as text or as the file system's raw octets; may have folders in it. */
  readonly name: string | Uint8Array
  readonly mediaType?: string
  /** RFC 3339: when the file system says it was last changed. */
  readonly modified?: string
  readonly description?: string
}

export interface SealInput {
  /** In the order of the items. */
  readonly files: Iterable<PayloadFile> | AsyncIterable<PayloadFile>
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
  readonly caseId?: string
  /** Adds SHA-512 throughout. */
  readonly longTerm: boolean
  /** Marks an invented sample. */
  readonly sample: boolean
  /** Certificates: DER, the signer's first, without the root. */
  readonly signer: { readonly key: SigningKey; readonly certificates: readonly Uint8Array[] }
  readonly timeStampAuthorities: readonly TimeStampAuthority[]
  /** Key of a log that has no line yet: the origin is never used again. */
  readonly log: LogKey
  readonly softwareAgent: string
  readonly onProgress?: (done: { readonly bytes: number; readonly files: number }) => void
}

export interface SealOutcome {
  /** SHA-256 of tagmanifest-sha256.txt, hex. */
  readonly bundleId: string
  /** SHA-256 of each signature file, hex. */
  readonly sealIds: readonly { readonly file: string; readonly sha256: string }[]
  readonly logId: string
  readonly payloadFiles: number
  readonly payloadBytes: number
  /** Openings that the bundle does not show: the issuer keeps them, or those fields can never be opened. */
  readonly keptOpenings: readonly Opening[]
}

const LABEL = /^[a-z0-9-]{1,32}$/
const NAME = /^[^\p{Cc}]{1,1024}$/u

/**
 * Seals files into a new bundle of a new log, in the order that the format prescribes (specification, section 5.4):
 * items and disclosures, authorisation, export event, checkpoint and proofs, bundle.json, manifests, tag manifests,
 * seal. Every file is digested while it is copied. Throws TypeError for what the caller has wrong, before anything is
 * written; RangeError when a file's size is not what it was said to be; and what the sink and the authorities throw:
 * then the sink holds no whole bundle.
 */
export async function sealBundle(given: SealInput): Promise<SealOutcome> {
  // Whole seconds, as signing-time and most authorities state them: so no statement is later than its own proof.
  const input = { ...given, now: { epochSeconds: given.now.epochSeconds, fraction: '' } }
  requireSealable(input)
  const algorithms: readonly ManifestAlgorithm[] = input.longTerm ? ['sha256', 'sha512'] : ['sha256']
  const files = new CoveredFiles(input.sink, input.startDigest ?? startPureDigest, algorithms)
  const info = { ...input, baggingDate: input.now }

  const lines = new RecordLines(input.random)
  const payload = await writePayload(input, files, lines)
  const logId = await writeRecords(input, files, lines, algorithms)
  await files.write('bagit.txt', BAG_DECLARATION)
  await files.write('bag-info.txt', bagInfo({ ...info, payloadBytes: payload.bytes, payloadFiles: payload.files }))
  await files.write(VERIFY_TEXT_FILE, encodeUtf8(VERIFY_TEXT))
  for (const algorithm of algorithms) {
    const manifest = files.manifest(algorithm, (path) => path.startsWith('data/'))
    await files.write(`manifest-${algorithm}.txt`, manifest)
  }
  const sealed = await writeSeal(input, files, algorithms)
  return {
    ...sealed,
    logId,
    payloadFiles: payload.files,
    payloadBytes: payload.bytes,
    keptOpenings: lines.keptOpenings,
  }
}

/** Finds the caller's mistakes before the first byte is copied. */
function requireSealable(input: SealInput): void {
  const labels = input.timeStampAuthorities.map(({ label }) => label)
  if (!labels.every((label) => LABEL.test(label)) || new Set(labels).size < labels.length)
    throw new TypeError('each time-stamp authority needs a label of its own: a-z, 0-9 and hyphens, at most 32')
  const names = { issuer: input.issuer, recipient: input.recipient, caseId: input.caseId }
  for (const [what, name] of Object.entries(names))
    if (typeof name === 'string' && (!NAME.test(name) || hasLoneSurrogate(name)))
      throw new TypeError(`${what}: text of 1 to 1024 characters, no control character`)
  bagInfo({ ...input, baggingDate: input.now, payloadBytes: 0, payloadFiles: 0 })
  const [certificate] = input.signer.certificates
  if (certificate === undefined) throw new TypeError('a seal needs its signer’s certificate')
  if (!equalBytes(certificateParts(certificate).spki, input.signer.key.spki))
    throw new TypeError('the private key is not the certificate’s')
  if (equalBytes(input.log.key.spki, input.signer.key.spki))
    throw new TypeError('the key of the log is never that of a seal')
}

async function writePayload(input: SealInput, files: CoveredFiles, lines: RecordLines) {
  const done = { files: 0, bytes: 0 }
  for await (const file of input.files) {
    const name = originalName(file.name)
    const path = payloadPath(done.files, typeof file.name === 'string' ? file.name : decodeUtf8(file.name))
    const { size, digests } = await files.write(path, file.open(), (count) => {
      done.bytes += count
      input.onProgress?.(done)
    })
    if (size !== file.size) throw new RangeError(`the file changed while it was read: ${path}`)
    const { mediaType, modified, description } = file
    lines.appendItem(
      present({
        path,
        size,
        sha256: digests.sha256,
        sha512: digests.sha512,
        mediaType,
        originalName: name,
        modified,
        description,
      }),
    )
    done.files += 1
    input.onProgress?.(done)
  }
  if (done.files === 0) throw new TypeError('nothing to seal: no file was given')
  return done
}

/** Text when it is NFC; else its octets, so that nothing about the name is lost. */
function originalName(name: string | Uint8Array): string | { readonly base64: string } {
  const text = typeof name === 'string' ? name : decodeUtf8(name)
  if (text !== undefined && text.normalize('NFC') === text) return text
  return { base64: toBase64(typeof name === 'string' ? encodeUtf8(name) : name) }
}

function present(fields: Readonly<Record<string, FieldValues[string] | undefined>>): FieldValues {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  )
}

/** Everything under record/, and the events of the log. Returns the log id. */
async function writeRecords(
  input: SealInput,
  files: CoveredFiles,
  lines: RecordLines,
  algorithms: readonly ManifestAlgorithm[],
): Promise<string> {
  const { log, random, issuer, recipient, caseId } = input
  const time = formatInstant(input.now)
  const logId = toHex(random(16))
  const itemCount = lines.items.count
  lines.appendEvent(
    'log-start',
    { logId, logKey: log.fingerprint, origin: log.origin },
    present({ time, agent: issuer, caseId }),
  )
  const ingested = { time, agent: issuer, instrument: input.softwareAgent, objects: [[0, itemCount - 1]] }
  lines.appendEvent('ingestion', {}, ingested)

  await files.write(ITEMS, lines.items.bytes())
  await files.write(DISCLOSURES, lines.disclosures())
  // No request yet: the gate is a later step, and the axis says NOT-CHECKED.
  const draft: AuthorisationRecord = { approvals: [], authorisation: 'probatum/authorisation/1-draft', request: null }
  const authorisation = canonicalise(draft)
  await files.write(AUTHORISATION, authorisation)
  lines.appendEvent(
    'export',
    {
      authorisation: toHex(digestOf('sha256', authorisation)),
      exportNumber: toHex(random(16)),
      itemCount,
      itemRoot: toHex(lines.items.root()),
    },
    present({ time, agent: issuer, recipient: recipient ?? undefined }),
  )
  await files.write(CUSTODY, lines.events.bytes())
  await files.write(CHECKPOINT, await makeCheckpoint(log, lines.events.count, lines.events.root()))
  // A log's first checkpoint has no earlier one to be consistent with.
  await files.write(PROOFS, new Uint8Array(0))

  const [certificate = new Uint8Array(0)] = input.signer.certificates
  const record: BundleRecord = {
    authorities: input.timeStampAuthorities.map(({ label, subject }) => ({ label, subject })),
    created: time,
    format: `probatum/bundle/${FORMAT_VERSION}`,
    issuer: { name: issuer },
    itemCount,
    log: { id: logId, origin: log.origin },
    recipient: recipient === null ? null : { name: recipient },
    ...(input.sample ? { sample: true } : {}),
    seal: algorithms.map((algorithm) => ({
      file: `tagmanifest-${algorithm}.txt.p7s`,
      signer: toHex(digestOf('sha256', certificate)),
      timestamps: input.timeStampAuthorities.length,
    })),
  }
  await files.write(BUNDLE_RECORD, canonicalise(record))
  return logId
}

/** Tag manifests, the signature over each, and the time-stamps over each signature. */
async function writeSeal(input: SealInput, files: CoveredFiles, algorithms: readonly ManifestAlgorithm[]) {
  // All before one is written: no tag manifest lists another (RFC 8493 §2.2.1).
  const tagManifests = algorithms.map((algorithm) => ({
    algorithm,
    bytes: files.manifest(algorithm, (path) => !path.startsWith('data/')),
  }))
  const sealIds: { file: string; sha256: string }[] = []
  let bundleId = ''
  for (const { algorithm, bytes } of tagManifests) {
    const covered = `tagmanifest-${algorithm}.txt`
    await input.sink.write(covered, bytes)
    if (algorithm === 'sha256') bundleId = toHex(digestOf('sha256', bytes))
    const { key, certificates } = input.signer
    const signingTime = input.now
    const signature = await signDetached({
      content: bytes,
      certificates,
      privateKey: key,
      signingTime,
      digest: algorithm,
    })
    const file = `seal/1/${covered}.p7s`
    await input.sink.write(file, signature)
    sealIds.push({ file, sha256: toHex(digestOf('sha256', signature)) })
    for (const authority of input.timeStampAuthorities) {
      const response = await authority.stamp({ algorithm, digest: digestOf(algorithm, signature) })
      await input.sink.write(`${file}.${authority.label}.tsr`, response)
    }
  }
  return { bundleId, sealIds }
}
