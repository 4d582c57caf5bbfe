import {
  AUTHORISATION,
  type AuthorisationRecord,
  CHECKPOINT,
  CUSTODY,
  canonicalise,
  canonicalText,
  DISCLOSURES,
  decodeUtf8,
  encodeUtf8,
  formatInstant,
  type Instant,
  ITEMS,
  PROOFS,
  toBase64,
  toHex,
} from '@probatum/core'
import { type LogKey, makeCheckpoint } from '../custody-log/checkpoint.ts'
import type { FieldValues } from '../custody-log/custody-log-lines.ts'
import { jsonLines, RecordLines, type RecordMaking } from '../custody-log/record-lines.ts'
import { digestOf, startPureDigest } from '../digest.ts'
import type { SealableFile } from './bundle-sink.ts'
import { CoveredFiles } from './covered-files.ts'
import type { Digests, PayloadStore } from './payload-store.ts'
import { type PayloadItem, readPayloadAgain, writePayload } from './seal-payload.ts'
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

/** A file to be sealed. */
export interface PayloadFile extends SealableFile {
  /** Original name, as text or as the file system's raw octets; may have folders in it. */
  readonly name: string | Uint8Array
  readonly mediaType?: string
  /** RFC 3339: when the file system says it was last changed. */
  readonly modified?: string
  readonly description?: string
  /** Digests that somebody stated of it, e.g. a bag's manifests: it is sealed only when they are those of what is copied. */
  readonly expected?: Digests
  /** It is a redacted copy of a file before it. */
  readonly copyOf?: RedactedCopy
  readonly acquisition?: Acquisition
}

/**
 * That a file is a redacted copy of another item: fields `copyOf`, `copyMethod`, `copyGround` and `copyAgent` (format, section
 * 5.3).
 */
export interface RedactedCopy {
  /** Position of the original among the files: it comes before its copies. */
  readonly seq: number
  readonly method?: string
  /** Code, lower case. */
  readonly ground?: string
  readonly agent?: string
}

/** How a file was taken from its source: fields of an `acquisition` event (format, section 5.4). */
export interface Acquisition {
  /** RFC 3339 in UTC. */
  readonly time?: string
  readonly agent?: string
  readonly instrument?: string
  readonly place?: string
  readonly authority?: string
  readonly note?: string
}

/** No request yet: the gate is a later step, and the axis says NOT-CHECKED. */
export const DRAFT_AUTHORISATION: AuthorisationRecord = {
  approvals: [],
  authorisation: 'probatum/authorisation/1-draft',
  request: null,
}

/** What a bundle with a log of its own is made from. */
export interface SealInput extends SealStatement, Pick<RecordMaking, 'newSpill' | 'smallDigest'> {
  /** In the order of the items. */
  readonly files: Iterable<PayloadFile> | AsyncIterable<PayloadFile>
  readonly caseId?: string
  /** Key of a log that has no line yet: the origin is never used again. */
  readonly log: LogKey
  /**
   * Copies the payload, and reads it again before anything is signed; then the log says so in an event `fixity-check`. Without
   * one, payload goes through the sink and is not read again here.
   */
  readonly payloadStore?: PayloadStore
  /** What time it is after the payload was written: large payload takes hours. Default: `now` all along. */
  readonly clock?: () => Instant
  /** How the files came: `note` stands in the event `ingestion`; `compared` is an event `fixity-check` before it. */
  readonly arrival?: { readonly note: string; readonly compared: string }
}

/**
 * Seals files into a new bundle of a new log, in the order that the format prescribes (specification, section 5.4):
 * items and disclosures, authorisation, export event, checkpoint and proofs, bundle.json, manifests, tag manifests,
 * seal. Every file is digested while it is copied. Throws TypeError for what the caller has wrong, before anything is
 * written; RangeError when a file's size is not what it was said to be; PayloadDiffers when files have other digests than was
 * stated, or what was written reads otherwise; and what the sink and the authorities throw: then the sink holds no whole bundle.
 */
export async function sealBundle(given: SealInput): Promise<SealOutcome> {
  const begun = { ...given, now: wholeSeconds(given.now) }
  requireSealable(begun)
  // docs/adr/0015: there is no log, and so no request that could have been approved.
  if (begun.recipient !== null && !begun.sample) throw new TypeError('recipient: named in samples, or over a log')
  const algorithms = manifestAlgorithms(begun.longTerm)
  const files = new CoveredFiles(begun.sink, begun.startDigest ?? startPureDigest, algorithms)

  const payload = await writePayload(begun, files)
  const isReadAgain = await readPayloadAgain(begun, files, payload)
  const later = given.clock === undefined ? begun.now : wholeSeconds(given.clock())
  const now = later.epochSeconds > begun.now.epochSeconds ? later : begun.now
  const input = { ...begun, now }

  const lines = new RecordLines(input)
  await files.write(ITEMS, jsonLines(itemTexts(payload.items, lines, files)))
  const logId = await writeRecords(input, files, lines, { ...payload, begun: begun.now, isReadAgain })
  const total = { files: payload.items.length, bytes: payload.bytes }
  await writeTagFiles(input, files, total)
  const sealed = await writeSeal(input, files)
  return { ...sealed, logId, payloadFiles: total.files, payloadBytes: total.bytes, keptOpenings: lines.keptOpenings }
}

/** Lines of items.jsonl, made while they are written. */
function* itemTexts(items: readonly PayloadItem[], lines: RecordLines, files: CoveredFiles): Iterable<string> {
  const originals = new Map<number, string>()
  for (const { copyOf } of items) if (copyOf !== undefined) originals.set(copyOf.seq, '')
  for (const [seq, { path, name, mediaType, modified, description, copyOf }] of items.entries()) {
    const written = files.get(path)
    const line = originals.get(copyOf?.seq ?? -1)
    if (written === undefined || line === '') throw new TypeError(`item ${seq} comes before what it is made of`)
    const made = lines.appendItem(
      present({
        path,
        size: written.size,
        sha256: written.digests.sha256,
        sha512: written.digests.sha512,
        mediaType,
        originalName: originalName(name),
        modified,
        description,
        copyOf: copyOf === undefined ? undefined : { line: line ?? '', seq: copyOf.seq },
        copyMethod: copyOf?.method,
        copyGround: copyOf?.ground,
        copyAgent: copyOf?.agent,
      }),
    )
    if (originals.has(seq)) originals.set(seq, toHex(made.digest))
    yield made.text
  }
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

/** An event that a bundle is going to have, but for what is not known before. */
export interface PlannedEvent {
  readonly type: 'log-start' | 'acquisition' | 'ingestion' | 'fixity-check' | 'export'
  /** Redactable fields that are there. */
  readonly fields: FieldValues
}

/**
 * The events of a log that begins and ends with one bundle, in order. Acquisitions come by their times; they were before the log
 * began, which contradicts nothing (format, section 7.5).
 * @param times when the copying began, and when the last byte was read again; RFC 3339
 */
export function planEvents(
  input: Pick<SealInput, 'issuer' | 'recipient' | 'softwareAgent' | 'caseId' | 'arrival' | 'longTerm'>,
  items: readonly Pick<PayloadFile, 'acquisition'>[],
  times: { readonly begun: string; readonly ended: string; readonly isReadAgain: boolean; readonly bytes: number },
): readonly PlannedEvent[] {
  const { issuer: agent, softwareAgent: instrument, caseId, arrival } = input
  const all = [[0, items.length - 1]]
  const acquisitions = acquisitionsOf(items)
  const events: PlannedEvent[] = [
    { type: 'log-start', fields: present({ time: times.begun, agent, caseId }) },
    ...acquisitions.map((fields): PlannedEvent => ({ type: 'acquisition', fields })),
  ]
  const time = times.begun
  if (arrival !== undefined)
    events.push({
      type: 'fixity-check',
      fields: { time, agent, instrument, objects: all, outcome: 'equal', note: arrival.compared },
    })
  events.push({ type: 'ingestion', fields: present({ time, agent, instrument, objects: all, note: arrival?.note }) })
  const digests = manifestAlgorithms(input.longTerm).join(' and ')
  if (times.isReadAgain)
    events.push({
      type: 'fixity-check',
      fields: {
        time: times.ended,
        agent,
        instrument,
        objects: all,
        outcome: 'equal',
        note: `read again after writing: ${items.length} files, ${times.bytes} bytes, ${digests}`,
      },
    })
  const recipient = input.recipient ?? undefined
  events.push({ type: 'export', fields: present({ time: times.ended, agent, recipient }) })
  return events
}

/**
 * Fields of one `acquisition` event for all items of equal facts, by time; those without a time come last.
 * @param first position of the first of the items
 */
export function acquisitionsOf(items: readonly Pick<PayloadFile, 'acquisition'>[], first = 0): FieldValues[] {
  const groups = new Map<string, { fields: Acquisition; objects: [number, number][] }>()
  for (const [at, { acquisition }] of items.entries()) {
    const seq = first + at
    if (acquisition === undefined) continue
    const key = canonicalText(acquisition)
    const group = groups.get(key) ?? { fields: acquisition, objects: [] }
    const last = group.objects.at(-1)
    if (last?.[1] === seq - 1) last[1] = seq
    else group.objects.push([seq, seq])
    groups.set(key, group)
  }
  // `Z` is behind every digit: a time without fraction would come behind one with it.
  const order = ({ time }: Acquisition) => (time === undefined ? '~' : time.replace('Z', ' '))
  return [...groups.values()]
    .sort((a, b) => (order(a.fields) < order(b.fields) ? -1 : order(a.fields) > order(b.fields) ? 1 : 0))
    .map(({ fields, objects }) => present({ ...fields, objects }))
}

/** Everything under record/ but the items, and the events of the log. Returns the log id. */
async function writeRecords(
  input: SealInput,
  files: CoveredFiles,
  lines: RecordLines,
  payload: {
    readonly items: readonly PayloadItem[]
    readonly bytes: number
    readonly begun: Instant
    readonly isReadAgain: boolean
  },
): Promise<string> {
  const { log, random } = input
  const logId = toHex(random(16))
  const itemCount = lines.items.size
  const { isReadAgain, bytes } = payload
  const times = { begun: formatInstant(payload.begun), ended: formatInstant(input.now), isReadAgain, bytes }
  const events = planEvents(input, payload.items, times)
  for (const { type, fields } of events) {
    if (type === 'log-start') lines.appendEvent(type, { logId, logKey: log.fingerprint, origin: log.origin }, fields)
    else if (type !== 'export') lines.appendEvent(type, {}, fields)
  }
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
    events.at(-1)?.fields ?? {},
  )
  await files.write(CUSTODY, lines.eventBytes())
  await files.write(CHECKPOINT, await makeCheckpoint(log, lines.events.size, lines.events.root()))
  // A log's first checkpoint has no earlier one to be consistent with.
  await files.write(PROOFS, new Uint8Array(0))

  await writeBundleRecord(input, files, { id: logId, itemCount })
  return logId
}
