import { CustodyReading } from '../custody/custody-reading.ts'
import { LineScanner, writeHex } from '../custody/line-scan.ts'
import { LineTable, slotsIn } from '../custody/line-table.ts'
import { type JsonLine, readJsonLine } from '../json/lines.ts'
import { memberOf, readShape, type Shape } from '../json/shape.ts'
import { beginningOf, isJsonObject, type JsonValue } from '../json/value.ts'
import { fromHex } from '../model/bytes.ts'
import type { SmallDigest } from '../model/ports.ts'
import { type BlockReader, LINE_FEED, LINE_OPTIONS, MisshapenLines, placeOf } from './line-blocks.ts'
import { NO_PREVIOUS_LINE } from './line-types.ts'
import type { BundleRecord, RecordFileFacts } from './record-facts.ts'
import type { FileNotes } from './record-notes.ts'
import { EVENT_SHAPES, ITEM_SHAPES, type LineForm, STUB_SHAPE } from './record-shapes.ts'

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
      if (line.type === 'log-start') notes.noteMisshapen(placeOf(index), 'type', 'log-start in line 1 only')
      if (line.prev === NO_PREVIOUS_LINE) notes.noteMisshapen(placeOf(index), 'prev', 'digest of the line before')
    }
  })
  return {
    block: (bytes, offset) => lines.block(bytes, offset),
    finish: () => {
      if (table.count < 2) notes.noteMisshapen('', '', 'log-start and export')
      else readOwnExport(lines.last, placeOf(table.count - 1), notes, counterparts)
      return { file: notes.finish(table.count, table.stubs), table, custody }
    },
  }
}

/** A file of lines that was read: its facts, and its lines by position. */
export interface LogReading {
  readonly file: RecordFileFacts
  readonly table: LineTable
}

export interface CustodyLogReading extends LogReading {
  readonly custody: CustodyReading
}

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
  readonly #misshapen: MisshapenLines
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
    this.#misshapen = new MisshapenLines(notes.path)
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
    const { isStub, seq, type, hexAt, slots } = this.#scanner
    if (seq !== index) this.#notes.compare(placeOf(index), 'seq', index, seq)
    if (isStub) {
      writeHex(bytes, hexAt, this.#withheld, 0, 32)
      this.#table.append(this.#withheld, 'stub', null)
      this.#custody?.stub(index, seq)
      return 'stub'
    }
    const event = type === 'transfer' ? asciiText(bytes, start + EVENT_AT, start + EVENT_AT + 32) : undefined
    this.#table.append(this.#digest('sha256', bytes.subarray(start, end)), type, slots, event)
    this.#custody?.ordinary(index, seq, bytes, hexAt)
    return { seq, type }
  }

  /** A line of an uncommon type, or one that is not in form. */
  #parsed(index: number, bytes: Uint8Array, offset: number, ended: boolean): LineForm | 'stub' | undefined {
    const line = readJsonLine(index, offset, bytes, ended, this.#notes.path, LINE_OPTIONS)
    const read = readLine(line, this.#shapes, this.#notes)
    if (read === undefined) this.#misshapen.note()
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
      const known = typeof named === 'string' && this.#shapes.has(named)
      this.#custody?.parsed(index, value, known, read !== undefined)
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
    notes.noteMisshapen(placeOf(0), 'type', 'log-start')
    return
  }
  if (line.prev !== undefined && line.prev !== NO_PREVIOUS_LINE) notes.noteMisshapen(placeOf(0), 'prev', '64 zeros')
  if (record === null) return
  notes.compare(placeOf(0), 'logId', record.log.id, line.logId)
  notes.compare(placeOf(0), 'origin', record.log.origin, line.origin)
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
  const at = placeOf(line.index)
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
