import { type JsonLine, parseJsonLines } from '../json/lines.ts'
import { memberOf, readShape, type Shape } from '../json/shape.ts'
import { beginningOf, isJsonObject, type JsonValue } from '../json/value.ts'
import { LIMITS } from '../model/limits.ts'
import { NO_PREVIOUS_LINE, type OpenableFile } from './line-types.ts'
import type { BundleRecord, RecordFileFacts } from './record-facts.ts'
import type { FileNotes } from './record-notes.ts'
import {
  EVENT_SHAPES,
  GROUND_SHAPE,
  ITEM_SHAPES,
  isFieldOf,
  type LineForm,
  OPENING_SHAPE,
  openedName,
  PROOF_SHAPE,
  STUB_SHAPE,
} from './record-shapes.ts'

const OPTIONS = { lineLimit: LIMITS.jsonLineBytes, canonical: true }

/** What other files are compared with. */
export interface Counterparts {
  /** Null when bundle.json could not be read. */
  readonly record: BundleRecord | null
  /** SHA-256 of authorisation.json, hex; null when it could not be read. */
  readonly authorisationSha256: string | null
  /** Lines of items.jsonl; null when it could not be read. */
  readonly itemLines: number | null
}

/** items.jsonl: each line an item or a stub, `seq` its position. */
export function readItems(bytes: Uint8Array, notes: FileNotes): RecordFileFacts {
  const counts = { lines: 0, stubs: 0 }
  for (const line of parseJsonLines(bytes, notes.path, OPTIONS)) readLine(line, ITEM_SHAPES, notes, counts)
  return notes.finish(counts.lines, counts.stubs)
}

/** custody.jsonl: as items, chained by `prev`, from `log-start` to this export's own `export`. */
export function readCustody(bytes: Uint8Array, notes: FileNotes, counterparts: Counterparts): RecordFileFacts {
  const counts = { lines: 0, stubs: 0 }
  let last: LineForm | 'stub' | undefined
  for (const line of parseJsonLines(bytes, notes.path, OPTIONS)) {
    last = readLine(line, EVENT_SHAPES, notes, counts)
    if (line.index === 0) readLogStart(last, notes, counterparts)
    else if (last !== undefined && last !== 'stub') {
      if (last.type === 'log-start') notes.noteMisshapen(place(line.index), 'type', 'log-start in line 1 only')
      if (last.prev === NO_PREVIOUS_LINE) notes.noteMisshapen(place(line.index), 'prev', 'digest of the line before')
    }
  }
  if (counts.lines < 2) notes.noteMisshapen('', '', 'log-start and export')
  else readOwnExport(last, place(counts.lines - 1), notes, counterparts)
  return notes.finish(counts.lines, counts.stubs)
}

function readLogStart(line: LineForm | 'stub' | undefined, notes: FileNotes, { record }: Counterparts): void {
  if (line === undefined) return
  if (line === 'stub' || line.type !== 'log-start') {
    notes.noteMisshapen(place(0), 'type', 'log-start')
    return
  }
  if (line.prev !== undefined && line.prev !== NO_PREVIOUS_LINE) notes.noteMisshapen(place(0), 'prev', '64 zeros')
  if (record === null) return
  notes.compare(place(0), 'logId', record.log.id, line.logId)
  notes.compare(place(0), 'origin', record.log.origin, line.origin)
}

function readOwnExport(
  line: LineForm | 'stub' | undefined,
  at: string,
  notes: FileNotes,
  counterparts: Counterparts,
): void {
  if (line === undefined) return
  if (line === 'stub' || line.type !== 'export') {
    notes.noteMisshapen(at, 'type', 'export')
    return
  }
  const { authorisationSha256, itemLines } = counterparts
  if (authorisationSha256 !== null) notes.compare(at, 'authorisation', authorisationSha256, line.authorisation)
  if (itemLines !== null) notes.compare(at, 'itemCount', itemLines, line.itemCount)
}

/** One line of the log; `undefined` when it is not what the format says, which is noted. */
function readLine(
  line: JsonLine,
  shapes: ReadonlyMap<string, Shape<LineForm>>,
  notes: FileNotes,
  counts: { lines: number; stubs: number },
): LineForm | 'stub' | undefined {
  counts.lines++
  const at = place(line.index)
  if (line.error !== undefined) notes.noteError(line.error, at)
  if (line.value === undefined) return undefined
  const withheld = isJsonObject(line.value) && memberOf(line.value, 'withheld') !== undefined
  if (withheld) {
    counts.stubs++
    const stub = readShape(STUB_SHAPE, line.value)
    notes.noteShape(stub, at)
    notes.compare(at, 'seq', line.index, stub.value?.seq)
    return stub.value === undefined ? undefined : 'stub'
  }
  const shape = shapeFor(line.value, shapes, notes, at)
  if (shape === undefined) return undefined
  const result = readShape(shape, line.value)
  notes.noteShape(result, at)
  notes.compare(at, 'seq', line.index, result.value?.seq)
  return result.value
}

function shapeFor(
  value: JsonValue,
  shapes: ReadonlyMap<string, Shape<LineForm>>,
  notes: FileNotes,
  at: string,
): Shape<LineForm> | undefined {
  const type = isJsonObject(value) ? memberOf(value, 'type') : undefined
  if (typeof type !== 'string') {
    notes.noteMisshapen(at, 'type', 'type or withheld')
    return undefined
  }
  const shape = shapes.get(type)
  // Types may be added in a later version: what is unknown is never called a contradiction.
  if (shape === undefined) notes.noteUnknown(at, 'type', beginningOf(type, 64))
  return shape
}

/** disclosures.jsonl: openings and grounds in order, each place once. */
export function readDisclosures(
  bytes: Uint8Array,
  notes: FileNotes,
  linesOf: Readonly<Record<OpenableFile, number | null>>,
): RecordFileFacts {
  let count = 0
  let previous: DisclosurePlace | undefined
  for (const line of parseJsonLines(bytes, notes.path, OPTIONS)) {
    count++
    const at = place(line.index)
    if (line.error !== undefined) notes.noteError(line.error, at)
    if (line.value === undefined) continue
    const isOpening = isJsonObject(line.value) && memberOf(line.value, 'opening') !== undefined
    const result = isOpening ? readShape(OPENING_SHAPE, line.value) : readShape(GROUND_SHAPE, line.value)
    notes.noteShape(result, at)
    const found = result.value
    if (found === undefined) continue
    if (found.field !== undefined && !isFieldOf(found.file, found.field)) {
      notes.noteMisshapen(at, 'field', 'name of a redactable field')
    }
    if ('opening' in found && openedName(found.opening) !== found.field) {
      notes.noteMisshapen(at, 'opening', 'name of its field')
    }
    const lines = linesOf[found.file]
    if (lines !== null && found.seq >= lines) notes.noteMisshapen(at, 'seq', `below ${lines}`)
    // The export's own event carries the digest of the request, which carries the digest of this file.
    if (found.file === 'custody.jsonl' && lines !== null && found.seq === lines - 1) {
      notes.noteMisshapen(at, 'seq', 'no field of this export’s own event')
    }
    const here = { file: found.file, seq: found.seq, field: found.field ?? '' }
    if (previous !== undefined && comparePlaces(previous, here) >= 0) {
      notes.noteMisshapen(at, '', 'ascending file, seq, field')
    }
    previous = here
  }
  return notes.finish(count)
}

interface DisclosurePlace {
  readonly file: string
  readonly seq: number
  readonly field: string
}

function comparePlaces(a: DisclosurePlace, b: DisclosurePlace): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1
  if (a.seq !== b.seq) return a.seq - b.seq
  return a.field === b.field ? 0 : a.field < b.field ? -1 : 1
}

/** proofs.jsonl: consistency proofs up to the checkpoint, ascending. */
export function readProofs(bytes: Uint8Array, notes: FileNotes, checkpointSize: number | null): RecordFileFacts {
  let count = 0
  let previous = 0
  for (const line of parseJsonLines(bytes, notes.path, OPTIONS)) {
    count++
    const at = place(line.index)
    if (line.error !== undefined) notes.noteError(line.error, at)
    if (line.value === undefined) continue
    const result = readShape(PROOF_SHAPE, line.value)
    notes.noteShape(result, at)
    if (result.value === undefined) continue
    const { first, second } = result.value
    if (first >= second) notes.noteMisshapen(at, 'first', 'less than second')
    if (first <= previous) notes.noteMisshapen(at, 'first', 'ascending')
    previous = first
    if (checkpointSize !== null) notes.compare(at, 'second', checkpointSize, second)
  }
  return notes.finish(count)
}

function place(index: number): string {
  return `line ${index + 1}`
}
