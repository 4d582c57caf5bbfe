import { CustodyReading } from '../custody/custody-reading.ts'
import type { DisclosureReading } from '../custody/disclosure-reading.ts'
import { scanOpening } from '../custody/disclosure-scan.ts'
import { LineScanner, writeHex } from '../custody/line-scan.ts'
import { LineTable, slotsIn } from '../custody/line-table.ts'
import { type JsonLine, parseJsonLines, readJsonLine } from '../json/lines.ts'
import { memberOf, readShape, type Shape } from '../json/shape.ts'
import { beginningOf, isJsonObject, type JsonValue } from '../json/value.ts'
import { fromHex } from '../model/bytes.ts'
import { LIMITS } from '../model/limits.ts'
import type { SmallDigest } from '../model/ports.ts'
import { encodeUtf8 } from '../model/utf8.ts'
import { type ConsistencyProof, NO_PREVIOUS_LINE, type OpenableFile } from './line-types.ts'
import type { BundleRecord, RecordFileFacts } from './record-facts.ts'
import type { FileNotes } from './record-notes.ts'
import {
  EVENT_SHAPES,
  GROUND_SHAPE,
  ITEM_SHAPES,
  isFieldOf,
  type LineForm,
  OPENING_SHAPE,
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
export function readItems(bytes: Uint8Array, notes: FileNotes, digest: SmallDigest): LogReading {
  const reader = itemsReader(notes, digest)
  reader.block(bytes, 0)
  return reader.finish()
}

/** The same, piece by piece: for a file that is too large to be held. */
export function itemsReader(notes: FileNotes, digest: SmallDigest): BlockReader<LogReading> {
  const table = new LineTable('items')
  const lines = new LogLineReader(table, ITEM_SHAPES, notes, digest)
  return {
    block: (bytes, offset) => lines.block(bytes, offset),
    finish: () => ({ file: notes.finish(table.count, table.stubs), table }),
  }
}

/** custody.jsonl: as items, chained by `prev`, from `log-start` to this export's own `export`. */
export function readCustody(
  bytes: Uint8Array,
  notes: FileNotes,
  counterparts: Counterparts,
  digest: SmallDigest,
): CustodyLogReading {
  const reader = custodyReader(notes, counterparts, digest)
  reader.block(bytes, 0)
  return reader.finish()
}

/** The same, piece by piece. */
export function custodyReader(
  notes: FileNotes,
  counterparts: Counterparts,
  digest: SmallDigest,
): BlockReader<CustodyLogReading> {
  const table = new LineTable('events')
  const custody = new CustodyReading(table)
  const lines = new LogLineReader(table, EVENT_SHAPES, notes, digest, custody, (index, line) => {
    if (index === 0) readLogStart(line, notes, counterparts)
    else if (line !== undefined && line !== 'stub') {
      if (line.type === 'log-start') notes.noteMisshapen(place(index), 'type', 'log-start in line 1 only')
      if (line.prev === NO_PREVIOUS_LINE) notes.noteMisshapen(place(index), 'prev', 'digest of the line before')
    }
  })
  return {
    block: (bytes, offset) => lines.block(bytes, offset),
    finish: () => {
      if (table.count < 2) notes.noteMisshapen('', '', 'log-start and export')
      else readOwnExport(lines.last, place(table.count - 1), notes, counterparts)
      return { file: notes.finish(table.count, table.stubs), table, custody }
    },
  }
}

/** Takes a file in pieces. */
export interface BlockReader<T> {
  /** Whole lines, each with its end but perhaps the file's last; `offset` of the first byte in the file. */
  block(bytes: Uint8Array, offset: number): void
  finish(): T
}

/** A file of lines that was read: its facts, and its lines by position. */
export interface LogReading {
  readonly file: RecordFileFacts
  readonly table: LineTable
}

export interface CustodyLogReading extends LogReading {
  readonly custody: CustodyReading
}

const LINE_FEED = 0x0a

/**
 * Reads the lines of a log into its table. A line that is exactly in form is recognised byte by byte; every other one is
 * parsed as JSON, where its problems are found. The digest is over the bytes that arrived, in form or not.
 */
class LogLineReader {
  last: LineForm | 'stub' | undefined
  readonly #table: LineTable
  readonly #shapes: ReadonlyMap<string, Shape<LineForm>>
  readonly #notes: FileNotes
  readonly #digest: SmallDigest
  readonly #custody: CustodyReading | undefined
  readonly #onLine: ((index: number, line: LineForm | 'stub' | undefined) => void) | undefined
  readonly #scanner: LineScanner
  readonly #withheld = new Uint8Array(32)

  constructor(
    table: LineTable,
    shapes: ReadonlyMap<string, Shape<LineForm>>,
    notes: FileNotes,
    digest: SmallDigest,
    custody?: CustodyReading,
    onLine?: (index: number, line: LineForm | 'stub' | undefined) => void,
  ) {
    this.#table = table
    this.#shapes = shapes
    this.#notes = notes
    this.#digest = digest
    this.#custody = custody
    this.#onLine = onLine
    this.#scanner = new LineScanner(table.kind)
  }

  block(bytes: Uint8Array, offset: number): void {
    for (let start = 0; start < bytes.length; ) {
      const found = bytes.indexOf(LINE_FEED, start)
      const end = found === -1 ? bytes.length : found
      const index = this.#table.count
      this.last =
        found !== -1 && this.#scanner.scan(bytes, start, end)
          ? this.#scanned(index, bytes, start, end)
          : this.#parsed(index, bytes.subarray(start, end), offset + start, found !== -1)
      this.#onLine?.(index, this.last)
      start = end + 1
    }
  }

  #scanned(index: number, bytes: Uint8Array, start: number, end: number): LineForm | 'stub' {
    const { isStub, seq, type, hexAt, slotsAt } = this.#scanner
    if (seq !== index) this.#notes.compare(place(index), 'seq', index, seq)
    if (isStub) {
      writeHex(bytes, hexAt, this.#withheld, 0, 32)
      this.#table.append(this.#withheld, 'stub', null)
      this.#custody?.stub(index, seq)
      return 'stub'
    }
    const event = type === 'transfer' ? asciiText(bytes, start + EVENT_AT, start + EVENT_AT + 32) : undefined
    this.#table.append(this.#digest('sha256', bytes.subarray(start, end)), type, { bytes, at: slotsAt }, event)
    this.#custody?.ordinary(index, seq, bytes, hexAt)
    return { seq, type }
  }

  /** A line of an uncommon type, or one that is not in form. */
  #parsed(index: number, bytes: Uint8Array, offset: number, ended: boolean): LineForm | 'stub' | undefined {
    const line = readJsonLine(index, offset, bytes, ended, this.#notes.path, OPTIONS)
    const read = readLine(line, this.#shapes, this.#notes)
    const { value } = line
    const members = value !== undefined && isJsonObject(value) ? value : null
    const withheld = members === null ? undefined : memberOf(members, 'withheld')
    if (members !== null && typeof withheld === 'string' && /^[0-9a-f]{64}$/.test(withheld)) {
      this.#table.append(fromHex(withheld) ?? new Uint8Array(32), 'stub', null)
      const stated = memberOf(members, 'seq')
      this.#custody?.stub(index, typeof stated === 'number' && Number.isSafeInteger(stated) ? stated : undefined)
      return read
    }
    const type = read === undefined || read === 'stub' ? null : read.type
    const slots = type === null || members === null ? null : slotsIn(this.#table.kind, type, memberOf(members, 'sd'))
    const event = members === null ? undefined : memberOf(members, 'event')
    this.#table.append(this.#digest('sha256', bytes), type, slots, typeof event === 'string' ? event : undefined)
    if (value === undefined) this.#custody?.unread(index)
    else {
      const named = members === null ? undefined : memberOf(members, 'type')
      this.#custody?.parsed(index, value, typeof named === 'string' && this.#shapes.has(named))
    }
    return read
  }
}

/** Offset of the digits in `{"event":"…`. */
const EVENT_AT = 10

function asciiText(bytes: Uint8Array, from: number, to: number): string {
  return String.fromCharCode(...bytes.subarray(from, to))
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
): LineForm | 'stub' | undefined {
  const at = place(line.index)
  if (line.error !== undefined) notes.noteError(line.error, at)
  if (line.value === undefined) return undefined
  const withheld = isJsonObject(line.value) && memberOf(line.value, 'withheld') !== undefined
  if (withheld) {
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

/** disclosures.jsonl: openings and grounds in order, each place once; what they open is matched by `reading`. */
export function readDisclosures(
  bytes: Uint8Array,
  notes: FileNotes,
  linesOf: Readonly<Record<OpenableFile, number | null>>,
  reading: DisclosureReading,
): RecordFileFacts {
  const reader = disclosuresReader(notes, linesOf, reading)
  reader.block(bytes, 0)
  return reader.finish()
}

/** The same, piece by piece. */
export function disclosuresReader(
  notes: FileNotes,
  linesOf: Readonly<Record<OpenableFile, number | null>>,
  reading: DisclosureReading,
): BlockReader<RecordFileFacts> {
  let index = 0
  let previous: DisclosurePlace | undefined
  const notePlace = (here: DisclosurePlace) => {
    const { file, seq, field } = here
    const lines = linesOf[file]
    if (field !== '' && !isFieldOf(file, field)) {
      notes.noteMisshapen(place(index), 'field', 'name of a redactable field')
    }
    if (lines !== null && seq >= lines) notes.noteMisshapen(place(index), 'seq', `below ${lines}`)
    // The export's own event carries the digest of the request, which carries the digest of this file.
    if (file === 'custody.jsonl' && lines !== null && seq === lines - 1) {
      notes.noteMisshapen(place(index), 'seq', 'no field of this export’s own event')
    }
    if (previous !== undefined && comparePlaces(previous, here) >= 0) {
      notes.noteMisshapen(place(index), '', 'ascending file, seq, field')
    }
    previous = here
  }
  return {
    block: (bytes, offset) => {
      for (let start = 0; start < bytes.length; index++) {
        const found = bytes.indexOf(LINE_FEED, start)
        const end = found === -1 ? bytes.length : found
        const line = bytes.subarray(start, end)
        const here = readDisclosure(index, offset + start, line, found !== -1, notes, reading)
        if (here !== undefined) notePlace(here)
        start = end + 1
      }
    },
    finish: () => notes.finish(index),
  }
}

function readDisclosure(
  index: number,
  offset: number,
  bytes: Uint8Array,
  ended: boolean,
  notes: FileNotes,
  reading: DisclosureReading,
): DisclosurePlace | undefined {
  const scanned = ended ? scanOpening(bytes) : undefined
  if (scanned !== undefined) {
    noteOpening(index, scanned, notes, reading)
    return scanned
  }
  const at = place(index)
  const line = readJsonLine(index, offset, bytes, ended, notes.path, OPTIONS)
  if (line.error !== undefined) notes.noteError(line.error, at)
  if (line.value === undefined) return undefined
  const isOpening = isJsonObject(line.value) && memberOf(line.value, 'opening') !== undefined
  const result = isOpening ? readShape(OPENING_SHAPE, line.value) : readShape(GROUND_SHAPE, line.value)
  notes.noteShape(result, at)
  const found = result.value
  if (found === undefined) return undefined
  const { file, seq, field } = found
  if ('opening' in found) noteOpening(index, { ...found, opening: encodeUtf8(found.opening) }, notes, reading)
  else reading.ground(file, seq, field ?? null, found.ground)
  return { file, seq, field: field ?? '' }
}

function noteOpening(
  index: number,
  { file, seq, field, opening }: DisclosurePlace & { readonly opening: Uint8Array },
  notes: FileNotes,
  reading: DisclosureReading,
): void {
  const disclosed = reading.opening(file, seq, field, opening)
  if (disclosed === undefined) notes.noteMisshapen(place(index), 'opening', 'base64url of [salt, name, value]')
  else if (disclosed.name !== field) notes.noteMisshapen(place(index), 'opening', 'name of its field')
}

interface DisclosurePlace {
  readonly file: OpenableFile
  readonly seq: number
  readonly field: string
}

function comparePlaces(a: DisclosurePlace, b: DisclosurePlace): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1
  if (a.seq !== b.seq) return a.seq - b.seq
  return a.field === b.field ? 0 : a.field < b.field ? -1 : 1
}

/** proofs.jsonl: consistency proofs up to the checkpoint, ascending. `onProof`: one that is in form. */
export function readProofs(
  bytes: Uint8Array,
  notes: FileNotes,
  checkpointSize: number | null,
  onProof: (index: number, proof: ConsistencyProof) => void,
): RecordFileFacts {
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
    onProof(line.index, result.value)
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
