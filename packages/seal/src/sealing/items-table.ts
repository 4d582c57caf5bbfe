import {
  decodeUtf8,
  hasLoneSurrogate,
  type Instant,
  isJsonObject,
  isValueOf,
  type JsonValue,
  LIMITS,
  ParseError,
  parseInstant,
  parseJson,
} from '@probatum/core'
import { type CsvProblem, readCsv } from './csv.ts'
import type { Acquisition, RedactedCopy } from './seal-bundle.ts'

export const ITEMS_TABLE = 'probatum/items-table/1-draft'

/** Columns of the table, and members of an item of its JSON form. Everything but `path` may be absent or empty. */
export const ITEMS_TABLE_COLUMNS = [
  'path',
  'originalName',
  'sourceReference',
  'mediaType',
  'description',
  'modified',
  'acquiredBy',
  'acquiredAt',
  'acquiredFrom',
  'acquiredWith',
  'acquiredUnder',
  'acquisitionNote',
  'copyOf',
  'copyMethod',
  'copyGround',
  'copyAgent',
] as const
export type ItemsTableColumn = (typeof ITEMS_TABLE_COLUMNS)[number]

export interface ItemsTableRow {
  /** Line of a CSV file, or number of the item in JSON; from 1. */
  readonly line: number
  readonly values: Readonly<Partial<Record<ItemsTableColumn, string>>> & { readonly path: string }
}

export interface ItemsTable {
  readonly form: 'csv' | 'json'
  readonly rows: readonly ItemsTableRow[]
  readonly problems: readonly TableProblem[]
  /** What was read all the same. */
  readonly oddities: readonly TableOddity[]
}

export type TableOddity =
  | { readonly code: 'byte-order-mark' }
  | { readonly code: 'crlf' }
  | { readonly code: 'empty-lines'; readonly count: number }

/** Something for which nothing is sealed. */
export type TableProblem =
  | { readonly code: 'not-utf-8' | 'no-header' | 'semicolons' | CsvProblem; readonly line: number }
  | { readonly code: 'json'; readonly line: number; readonly found: string }
  | { readonly code: 'unknown-column' | 'column-twice'; readonly line: number; readonly column: string }
  | { readonly code: 'column-missing'; readonly line: number; readonly column: ItemsTableColumn }
  | { readonly code: 'row-width'; readonly line: number; readonly expected: number; readonly found: number }
  | { readonly code: 'value'; readonly line: number; readonly column: ItemsTableColumn; readonly found: string }
  | { readonly code: 'path-missing'; readonly line: number }
  | { readonly code: 'row-twice'; readonly line: number; readonly path: string; readonly first: number }
  | { readonly code: 'row-without-file'; readonly line: number; readonly path: string; readonly near: string | null }
  | { readonly code: 'file-without-row'; readonly line: null; readonly path: string }
  | { readonly code: 'name-not-unique'; readonly line: number; readonly path: string }
  | { readonly code: 'copy-of-nothing'; readonly line: number; readonly path: string }
  | { readonly code: 'copy-cycle'; readonly line: number; readonly lines: readonly number[] }
  | { readonly code: 'copy-without-method'; readonly line: number }
  | { readonly code: 'no-copy'; readonly line: number; readonly column: ItemsTableColumn }
  | { readonly code: 'acquired-later'; readonly line: number; readonly found: string }

const LIMIT = 268_435_456
/** Longest value of one line of text, and of a description or note. */
const TEXT = 1024
const LONG_TEXT = 16_384

const isLine = (value: string) => value.length <= TEXT && /^[^\p{Cc}]+$/u.test(value)
const isLongText = (value: string) => value.length <= LONG_TEXT && /^(?:[\n\t]|[^\p{Cc}])+$/u.test(value)
const isTime = (value: string) => isValueOf('custody.jsonl', 'time', value)

const RULES: Readonly<Record<ItemsTableColumn, (value: string) => boolean>> = {
  path: (value) => value.length <= 4096 && !value.includes('\0'),
  originalName: (value) => value.length <= 4096 && !value.includes('\0'),
  sourceReference: isLine,
  // RFC 6838 §4.2, with parameters (RFC 2045 §5.1) behind it.
  mediaType: (value) =>
    /^[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,126}\/[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,126}(?: ?;[\x20-\x7e]{1,256})?$/.test(
      value,
    ),
  description: isLongText,
  modified: isTime,
  acquiredBy: isLine,
  acquiredAt: isTime,
  acquiredFrom: isLine,
  acquiredWith: isLine,
  acquiredUnder: isLine,
  acquisitionNote: isLongText,
  copyOf: (value) => value.length <= 4096,
  copyMethod: isLine,
  copyGround: (value) => isValueOf('items.jsonl', 'copyGround', value),
  copyAgent: isLine,
}

const isColumn = (name: string): name is ItemsTableColumn => ITEMS_TABLE_COLUMNS.some((column) => column === name)

/** Reads a table in CSV or JSON, told apart by its first character. Never throws: what is wrong stands in `problems`, all of it. */
export function readItemsTable(bytes: Uint8Array): ItemsTable {
  const hasMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf
  const body = hasMark ? bytes.subarray(3) : bytes
  const oddities: TableOddity[] = hasMark ? [{ code: 'byte-order-mark' }] : []
  const text = decodeUtf8(body)
  if (text === undefined)
    return { form: 'csv', rows: [], problems: [{ code: 'not-utf-8', line: badLine(body) }], oddities }
  return /^\s*[{[]/.test(text) ? readJsonTable(body, oddities) : readCsvTable(text, oddities)
}

/** First line that is not UTF-8. */
function badLine(bytes: Uint8Array): number {
  let line = 1
  for (let at = 0; at < bytes.length; line++) {
    const feed = bytes.indexOf(10, at)
    const end = feed === -1 ? bytes.length : feed
    if (decodeUtf8(bytes.subarray(at, end)) === undefined) return line
    at = end + 1
  }
  return line
}

function readCsvTable(text: string, marks: readonly TableOddity[]): ItemsTable {
  const { records, problems: faults, oddities: counts } = readCsv(text)
  const problems: TableProblem[] = [...faults]
  const oddities = [...marks]
  if (counts.crlf > 0) oddities.push({ code: 'crlf' })
  if (counts.emptyLines > 0) oddities.push({ code: 'empty-lines', count: counts.emptyLines })
  const [header, ...body] = records
  if (header === undefined) return { form: 'csv', rows: [], problems: [{ code: 'no-header', line: 1 }], oddities }
  if (header.fields.length === 1 && header.fields[0]?.includes(';'))
    return { form: 'csv', rows: [], problems: [{ code: 'semicolons', line: header.line }], oddities }
  const seen = new Set<string>()
  for (const column of header.fields) {
    if (!isColumn(column)) problems.push({ code: 'unknown-column', line: header.line, column })
    else if (seen.has(column)) problems.push({ code: 'column-twice', line: header.line, column })
    seen.add(column)
  }
  if (!seen.has('path')) problems.push({ code: 'column-missing', line: header.line, column: 'path' })
  const rows: ItemsTableRow[] = []
  for (const { line, fields } of body) {
    if (fields.length !== header.fields.length) {
      problems.push({ code: 'row-width', line, expected: header.fields.length, found: fields.length })
      continue
    }
    const values: Partial<Record<ItemsTableColumn, string>> = {}
    for (const [at, column] of header.fields.entries()) {
      const value = fields[at] ?? ''
      if (isColumn(column) && value !== '') values[column] = value
    }
    addRow(rows, problems, line, values)
  }
  return { form: 'csv', rows, problems, oddities }
}

function readJsonTable(bytes: Uint8Array, oddities: readonly TableOddity[]): ItemsTable {
  const problems: TableProblem[] = []
  const rows: ItemsTableRow[] = []
  const table = { form: 'json', rows, problems, oddities } as const
  let value: JsonValue
  try {
    value = parseJson(bytes, 'items table', { limit: LIMIT, canonical: false, units: LIMITS.ownFileUnits })
  } catch (error) {
    if (!(error instanceof ParseError)) throw error
    problems.push({ code: 'json', line: 1, found: error.message })
    return table
  }
  const items = isJsonObject(value) ? value.items : undefined
  if (!isJsonObject(value) || value.itemsTable !== ITEMS_TABLE || !Array.isArray(items)) {
    problems.push({ code: 'json', line: 1, found: `{"itemsTable":"${ITEMS_TABLE}","items":[…]} is expected` })
    return table
  }
  for (const name of Object.keys(value))
    if (name !== 'items' && name !== 'itemsTable') problems.push({ code: 'unknown-column', line: 1, column: name })
  for (const [at, item] of (items as readonly JsonValue[]).entries()) {
    const line = at + 1
    if (!isJsonObject(item)) {
      problems.push({ code: 'json', line, found: 'an item is an object' })
      continue
    }
    const values: Partial<Record<ItemsTableColumn, string>> = {}
    for (const [name, member] of Object.entries(item)) {
      if (!isColumn(name)) problems.push({ code: 'unknown-column', line, column: name })
      else if (typeof member !== 'string' || hasLoneSurrogate(member) || member === '')
        problems.push({ code: 'value', line, column: name, found: JSON.stringify(member).slice(0, 80) })
      else values[name] = member
    }
    addRow(rows, problems, line, values)
  }
  return table
}

function addRow(
  rows: ItemsTableRow[],
  problems: TableProblem[],
  line: number,
  values: Partial<Record<ItemsTableColumn, string>>,
): void {
  for (const column of ITEMS_TABLE_COLUMNS) {
    const value = values[column]
    if (value !== undefined && !RULES[column](value))
      problems.push({ code: 'value', line, column, found: value.slice(0, 80) })
  }
  const { path, copyOf } = values
  if (copyOf === undefined) {
    for (const column of ['copyMethod', 'copyGround', 'copyAgent'] as const)
      if (values[column] !== undefined) problems.push({ code: 'no-copy', line, column })
  } else if (values.copyMethod === undefined) problems.push({ code: 'copy-without-method', line })
  if (path === undefined) problems.push({ code: 'path-missing', line })
  else rows.push({ line, values: { ...values, path } })
}

/** A file as it will be sealed: what the table says of it. */
export interface TabledFile<File> {
  readonly file: File
  readonly originalName?: string
  readonly mediaType?: string
  readonly description?: string
  readonly modified?: string
  readonly copyOf?: RedactedCopy
  readonly acquisition?: Acquisition
}

/**
 * Brings files and rows together: the items in the order of the table, but each original before its redacted copies.
 * Everything that is wrong with the table is in `problems`; with one of them nothing is to be sealed.
 * @param now an acquisition is not later
 */
export function applyItemsTable<File extends { readonly path: string }>(
  table: ItemsTable,
  files: readonly File[],
  now: Instant,
): { readonly items: readonly TabledFile<File>[]; readonly problems: readonly TableProblem[] } {
  const problems: TableProblem[] = [...table.problems]
  const byPath = new Map<string, File>()
  const repeated = new Set<string>()
  for (const file of files) {
    if (byPath.has(file.path)) repeated.add(file.path)
    byPath.set(file.path, file)
  }
  const rows = new Map<string, ItemsTableRow>()
  const near = nearNames(byPath.keys())
  for (const row of table.rows) {
    const { line, values } = row
    const { path } = values
    const other = rows.get(path)
    if (other !== undefined) problems.push({ code: 'row-twice', line, path, first: other.line })
    else if (repeated.has(path)) problems.push({ code: 'name-not-unique', line, path })
    else if (!byPath.has(path)) problems.push({ code: 'row-without-file', line, path, near: near(path) ?? null })
    if (other === undefined) rows.set(path, row)
    const time = values.acquiredAt === undefined ? undefined : parseInstant(values.acquiredAt)
    if (time !== undefined && time.epochSeconds > now.epochSeconds)
      problems.push({ code: 'acquired-later', line, found: values.acquiredAt ?? '' })
  }
  for (const row of table.rows) {
    const { copyOf } = row.values
    if (copyOf !== undefined && !rows.has(copyOf))
      problems.push({ code: 'copy-of-nothing', line: row.line, path: copyOf })
  }
  for (const path of byPath.keys()) if (!rows.has(path)) problems.push({ code: 'file-without-row', line: null, path })
  const { order, cycles } = originalsFirst(rows)
  for (const lines of cycles) problems.push({ code: 'copy-cycle', line: lines[0] ?? 0, lines })
  const items: TabledFile<File>[] = []
  if (problems.length === 0) {
    const seqOf = new Map(order.map(({ values }, seq) => [values.path, seq]))
    for (const { values } of order) {
      const file = byPath.get(values.path)
      if (file !== undefined) items.push({ file, ...describedBy(values, seqOf) })
    }
  }
  return { items, problems: problems.sort((a, b) => (a.line ?? Number.MAX_VALUE) - (b.line ?? Number.MAX_VALUE)) }
}

function describedBy(
  values: ItemsTableRow['values'],
  seqOf: ReadonlyMap<string, number>,
): Omit<TabledFile<never>, 'file'> {
  const { originalName, mediaType, description, modified, copyOf, copyMethod, copyGround, copyAgent } = values
  const seq = copyOf === undefined ? undefined : seqOf.get(copyOf)
  const copy =
    seq === undefined ? undefined : optional({ seq, method: copyMethod, ground: copyGround, agent: copyAgent })
  // The one field of an event for what has no field of its own: PREMIS eventDetail.
  const { sourceReference, acquisitionNote } = values
  const source = sourceReference === undefined ? [] : [`source reference: ${sourceReference}`]
  const note = [...source, ...(acquisitionNote === undefined ? [] : [acquisitionNote])].join('; ')
  const acquisition = optional({
    time: values.acquiredAt,
    agent: values.acquiredBy,
    place: values.acquiredFrom,
    instrument: values.acquiredWith,
    authority: values.acquiredUnder,
    note: note === '' ? undefined : note,
  })
  return optional({
    originalName,
    mediaType,
    description,
    modified,
    copyOf: copy as RedactedCopy | undefined,
    acquisition: Object.keys(acquisition).length === 0 ? undefined : (acquisition as Acquisition),
  }) as Omit<TabledFile<never>, 'file'>
}

function optional(members: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined))
}

/** The rows in their order, but an original before what is made of it; and the lines of each cycle. */
function originalsFirst(rows: ReadonlyMap<string, ItemsTableRow>) {
  const order: ItemsTableRow[] = []
  const cycles: number[][] = []
  const isPlaced = new Set<string>()
  for (const start of rows.values()) {
    // Up the chain of originals, then down again: a chain may be as long as the table.
    const chain: ItemsTableRow[] = []
    const inChain = new Map<string, number>()
    let row: ItemsTableRow | undefined = start
    while (row !== undefined && !isPlaced.has(row.values.path)) {
      const at = inChain.get(row.values.path)
      if (at !== undefined) {
        cycles.push(chain.slice(at).map(({ line }) => line))
        break
      }
      inChain.set(row.values.path, chain.length)
      chain.push(row)
      row = row.values.copyOf === undefined ? undefined : rows.get(row.values.copyOf)
    }
    for (const each of chain.reverse()) {
      order.push(each)
      isPlaced.add(each.values.path)
    }
  }
  return { order, cycles }
}

/** Finds the file that somebody may have meant: other case, composition, separators, or `data/` or `./` before it. */
function nearNames(paths: Iterable<string>): (path: string) => string | undefined {
  let byKey: Map<string, string> | undefined
  const keyOf = (path: string) =>
    path
      .normalize('NFC')
      .replaceAll('\\', '/')
      .replace(/^(?:\.\/|\/)+/, '')
      .replace(/^data\//, '')
      .trim()
      .toLowerCase()
  return (path) => {
    byKey ??= new Map([...paths].map((each) => [keyOf(each), each]))
    return byKey.get(keyOf(path))
  }
}
