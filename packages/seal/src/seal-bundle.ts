import {
  AUTHORISATION,
  type AuthorisationRecord,
  CHECKPOINT,
  CUSTODY,
  canonicalise,
  DISCLOSURES,
  decodeUtf8,
  encodeUtf8,
  formatInstant,
  ITEMS,
  PROOFS,
  toBase64,
  toHex,
} from '@probatum/core'
import type { SealableFile } from './bundle-sink.ts'
import { type LogKey, makeCheckpoint } from './checkpoint.ts'
import { CoveredFiles } from './covered-files.ts'
import type { FieldValues } from './custody-log-lines.ts'
import { digestOf, startPureDigest } from './digest.ts'
import { RecordLines } from './record-lines.ts'
import {
  manifestAlgorithms,
  requireSealable,
  type SealOutcome,
  type SealStatement,
  wholeSeconds,
  writeBundleRecord,
  writeSeal,
  writeTagFiles,
} from './seal-writing.ts'
import { payloadPath } from './tag-files.ts'

/** A file to be sealed. */
export interface PayloadFile extends SealableFile {
  /** Original name, as text or as the file system's raw octets; may have folders in it. */
  readonly name: string | Uint8Array
  readonly mediaType?: string
  /** RFC 3339: when the file system says it was last changed. */
  readonly modified?: string
  readonly description?: string
}

/** No request yet: the gate is a later step, and the axis says NOT-CHECKED. */
export const DRAFT_AUTHORISATION: AuthorisationRecord = {
  approvals: [],
  authorisation: 'probatum/authorisation/1-draft',
  request: null,
}

export interface SealInput extends SealStatement {
  /** In the order of the items. */
  readonly files: Iterable<PayloadFile> | AsyncIterable<PayloadFile>
  readonly caseId?: string
  /** Key of a log that has no line yet: the origin is never used again. */
  readonly log: LogKey
}

/**
 * Seals files into a new bundle of a new log, in the order that the format prescribes (specification, section 5.4):
 * items and disclosures, authorisation, export event, checkpoint and proofs, bundle.json, manifests, tag manifests,
 * seal. Every file is digested while it is copied. Throws TypeError for what the caller has wrong, before anything is
 * written; RangeError when a file's size is not what it was said to be; and what the sink and the authorities throw:
 * then the sink holds no whole bundle.
 */
export async function sealBundle(given: SealInput): Promise<SealOutcome> {
  const input = { ...given, now: wholeSeconds(given.now) }
  requireSealable(input)
  const algorithms = manifestAlgorithms(input.longTerm)
  const files = new CoveredFiles(input.sink, input.startDigest ?? startPureDigest, algorithms)

  const lines = new RecordLines(input.random)
  const payload = await writePayload(input, files, lines)
  const logId = await writeRecords(input, files, lines)
  await writeTagFiles(input, files, payload)
  const sealed = await writeSeal(input, files)
  return {
    ...sealed,
    logId,
    payloadFiles: payload.files,
    payloadBytes: payload.bytes,
    keptOpenings: lines.keptOpenings,
  }
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

/** Value of `originalName`: text when it is NFC; else its octets, so that nothing about the name is lost. */
export function originalName(name: string | Uint8Array): string | { readonly base64: string } {
  const text = typeof name === 'string' ? name : decodeUtf8(name)
  if (text !== undefined && text.normalize('NFC') === text) return text
  return { base64: toBase64(typeof name === 'string' ? encodeUtf8(name) : name) }
}

/** Fields that are there. */
export function present(fields: Readonly<Record<string, FieldValues[string] | undefined>>): FieldValues {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  )
}

/** Everything under record/, and the events of the log. Returns the log id. */
async function writeRecords(input: SealInput, files: CoveredFiles, lines: RecordLines): Promise<string> {
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
  const authorisation = canonicalise(DRAFT_AUTHORISATION)
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

  await writeBundleRecord(input, files, { id: logId, itemCount })
  return logId
}
