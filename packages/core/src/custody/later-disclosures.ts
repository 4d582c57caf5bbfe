import { ConsentTable } from '../authorisation/consent-table.ts'
import type { FileTree } from '../bundle/file-tree.ts'
import { AUTHORISATION, CUSTODY, ITEMS } from '../bundle/layout.ts'
import { OPENABLE_FILES, type OpenableFile } from '../bundle/line-types.ts'
import { readDisclosures } from '../bundle/record-disclosures.ts'
import type { RecordFileFacts, UnknownPart } from '../bundle/record-facts.ts'
import { readCustody, readItems } from '../bundle/record-lines.ts'
import { BoundedList, FileNotes } from '../bundle/record-notes.ts'
import { AUTHORISATION_SHAPE, EVENT_SHAPES, ITEM_SHAPES } from '../bundle/record-shapes.ts'
import { readJsonLine } from '../json/lines.ts'
import { parseJson } from '../json/parse.ts'
import { integer, memberOf, object, oneOf, readShape, text } from '../json/shape.ts'
import { isJsonObject } from '../json/value.ts'
import { equalBytes, fromHex } from '../model/bytes.ts'
import { LIMITS } from '../model/limits.ts'
import { ParseError } from '../model/parse-error.ts'
import type { SmallDigest } from '../model/ports.ts'
import { encodeUtf8 } from '../model/utf8.ts'
import { DisclosureReading, type LineTables, type OpenedField } from './disclosure-reading.ts'
import type { DisclosureFacts } from './history-facts.ts'
import { type LineTable, slotsIn } from './line-table.ts'
import { OpenedEvents } from './opened-events.ts'
import { type ClearMembers, clearMembers, type LineContradiction } from './revealed-lines.ts'

/** A withheld line that a later file of disclosures shows (specification, section 5.6). */
export interface LineOpening {
  readonly file: OpenableFile
  /** The line's text, without its end. */
  readonly line: string
  readonly seq: number
}

/** What became of one withheld line that is shown. */
export interface RevealedLine {
  readonly file: OpenableFile
  /** From 1. */
  readonly line: number
  readonly code:
    | 'holds'
    /** The bundle shows this very line already. */
    | 'shown'
    | 'differs'
    | 'prev-differs'
    | 'seq-differs'
    | 'no-line'
    | 'malformed'
    | 'unread'
    | LineContradiction
  /** What a line that holds says in the clear; absent for any other. */
  readonly clear?: ClearMembers
}

/** A later file of disclosures against the bundle that its recipient already has. */
export interface LaterDisclosures {
  /** Form of the file. */
  readonly file: RecordFileFacts
  readonly lines: readonly RevealedLine[]
  readonly matched: Omit<DisclosureFacts, 'state' | 'items' | 'copies' | 'payload'>
}

const LINE_FEED = 0x0a

/**
 * Checks a later file of disclosures: openings against the slots of the lines, whole lines against their stubs. The seal of
 * the bundle stays whole; judging it is another call.
 * @throws ParseError, SourceFault when items.jsonl or custody.jsonl cannot be read
 */
export async function establishLaterDisclosures(
  tree: FileTree,
  bytes: Uint8Array,
  { smallDigest }: { readonly smallDigest: SmallDigest },
  onOpened?: (field: OpenedField) => void,
): Promise<LaterDisclosures> {
  const tables = await readLineTables(tree, smallDigest)
  const notes = new FileNotes('disclosures', new BoundedList<UnknownPart>())
  const { lines, rest } = revealLines(bytes, tables, smallDigest)
  const opened = { events: new OpenedEvents(tables.items?.count ?? null), items: null }
  const reading = new DisclosureReading(tables, smallDigest, opened, onOpened)
  const items = tables.items?.count ?? null
  const linesOf = { 'authorisation.json': items, 'custody.jsonl': tables.events?.count ?? null, 'items.jsonl': items }
  const file = readDisclosures(rest, notes, linesOf, reading)
  return { file, lines, matched: reading.finish() }
}

/** The lines of a bundle by position, for whoever works on them. Null where a bundle has no such file. */
export async function readLineTables(tree: FileTree, smallDigest: SmallDigest): Promise<LineTables> {
  const read = async (path: string) =>
    tree.byPath.has(path) ? await tree.read(path, LIMITS.jsonLinesBytes) : undefined
  const notes = () => new FileNotes('lines', new BoundedList<UnknownPart>())
  const items = await read(ITEMS)
  const events = await read(CUSTODY)
  const counterparts = { record: null, authorisationSha256: null, itemLines: null }
  const authorisation = tree.byPath.has(AUTHORISATION)
    ? await tree.read(AUTHORISATION, LIMITS.authorisationBytes)
    : undefined
  return {
    consents: authorisation === undefined ? null : consentTableOf(authorisation),
    items: items === undefined ? null : readItems(items, notes(), smallDigest).table,
    events: events === undefined ? null : readCustody(events, notes(), counterparts, smallDigest).table,
  }
}

/** Null for a record that is not in form: the findings about the bundle say so. */
function consentTableOf(bytes: Uint8Array): ConsentTable | null {
  try {
    const value = parseJson(bytes, AUTHORISATION, { limit: LIMITS.authorisationBytes, canonical: true })
    const record = readShape(AUTHORISATION_SHAPE, value).value
    return record === undefined ? null : new ConsentTable(record.request?.consents ?? [])
  } catch (error) {
    if (error instanceof ParseError) return null
    throw error
  }
}

const LINE_OPENING = object<LineOpening>({ file: oneOf(OPENABLE_FILES), line: text(), seq: integer(0) })

/** Puts whole lines in the place of their stubs, and gives back what is left of the file. */
export function revealLines(
  bytes: Uint8Array,
  tables: LineTables,
  smallDigest: SmallDigest,
): { readonly lines: readonly RevealedLine[]; readonly rest: Uint8Array } {
  const lines: RevealedLine[] = []
  // In one piece: there may be more lines than a call takes arguments.
  const rest = new Uint8Array(bytes.length)
  let kept = 0
  let start = 0
  for (let index = 0; start < bytes.length; index++) {
    const found = bytes.indexOf(LINE_FEED, start)
    const end = found === -1 ? bytes.length : found + 1
    const one = bytes.subarray(start, end)
    const opening = lineOpeningIn(
      index,
      start,
      one.subarray(0, found === -1 ? one.length : one.length - 1),
      found !== -1,
    )
    if (opening === null) {
      rest.set(one, kept)
      kept += one.length
    } else lines.push({ file: opening.file, line: opening.seq + 1, ...reveal(opening, tables, smallDigest) })
    start = end
  }
  return { lines, rest: rest.subarray(0, kept) }
}

const LINE_OPENING_HEADS = OPENABLE_FILES.map((file) => encodeUtf8(`{"file":"${file}","line":"`))

const startsWith = (bytes: Uint8Array, head: Uint8Array) => head.every((octet, at) => bytes[at] === octet)

function lineOpeningIn(index: number, start: number, bytes: Uint8Array, ended: boolean): LineOpening | null {
  // The form is canonical, so that such a line begins like this; what begins otherwise need not be parsed.
  if (!LINE_OPENING_HEADS.some((head) => startsWith(bytes, head))) return null
  const options = { lineLimit: 2 * LIMITS.jsonLineBytes, canonical: true, units: LIMITS.jsonLineUnits }
  const { value } = readJsonLine(index, start, bytes, ended, 'disclosures', options)
  if (value === undefined || !isJsonObject(value) || memberOf(value, 'line') === undefined) return null
  const read = readShape(LINE_OPENING, value)
  return read.value === undefined || read.unknown.length > 0 ? null : read.value
}

type Revealed = Pick<RevealedLine, 'code' | 'clear'>

function reveal({ file, line, seq }: LineOpening, tables: LineTables, digest: SmallDigest): Revealed {
  const table = file === 'items.jsonl' ? tables.items : tables.events
  if (table === null) return { code: 'unread' }
  if (seq >= table.count) return { code: 'no-line' }
  const bytes = encodeUtf8(line)
  if (!equalBytes(digest('sha256', bytes), table.digest(seq))) return { code: 'differs' }
  return table.isStub(seq) ? revealMatching(table, seq, bytes) : { code: 'shown' }
}

/** The digest is the stub's: what the line itself says has to fit its place too. */
function revealMatching(table: LineTable, seq: number, bytes: Uint8Array): Revealed {
  const only = (code: RevealedLine['code']): Revealed => ({ code })
  try {
    const value = parseJson(bytes, 'line', {
      limit: LIMITS.jsonLineBytes,
      canonical: true,
      units: LIMITS.jsonLineUnits,
    })
    const type = isJsonObject(value) ? memberOf(value, 'type') : undefined
    const shape = typeof type === 'string' ? (table.kind === 'items' ? ITEM_SHAPES : EVENT_SHAPES).get(type) : undefined
    if (shape === undefined || typeof type !== 'string') return only('malformed')
    const read = readShape(shape, value)
    if (read.value === undefined || read.unknown.length > 0) return only('malformed')
    if (read.value.seq !== seq) return only('seq-differs')
    const before = seq === 0 ? new Uint8Array(32) : table.digest(seq - 1)
    const prev = fromHex(read.value.prev ?? '')
    if (table.kind === 'events' && (prev === undefined || !equalBytes(prev, before))) return only('prev-differs')
    const slots = isJsonObject(value) ? slotsIn(table.kind, type, memberOf(value, 'sd')) : null
    const event = isJsonObject(value) ? memberOf(value, 'event') : undefined
    if (slots === null) return only('malformed')
    table.reveal(seq, type, slots, typeof event === 'string' ? event : undefined)
    return { code: 'holds', clear: clearMembers(type, isJsonObject(value) ? value : {}) }
  } catch (error) {
    if (error instanceof ParseError) return only('malformed')
    throw error
  }
}
