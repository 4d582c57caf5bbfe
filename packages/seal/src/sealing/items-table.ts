import {
  decodeUtf8,
  hasLoneSurrogate,
  isJsonObject,
  isValueOf,
  type JsonValue,
  LIMITS,
  ParseError,
  parseJson,
} from '@probatum/core'
import { type CsvProblem, readCsv } from './csv.ts'

/** First member of a table in JSON (docs/spec/items-table-1.md). */
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

/** A column of the table. */
export type ItemsTableColumn = (typeof ITEMS_TABLE_COLUMNS)[number]

/** One item of the table. Values are text as it stands there; the empty ones are left out. */
export interface ItemsTableRow {
  /** Line of a CSV file, or number of the item in JSON; from 1. */
  readonly line: number
  readonly values: Readonly<Partial<Record<ItemsTableColumn, string>>> & { readonly path: string }
}

/** A table as it was read; with any problem nothing is sealed. */
export interface ItemsTable {
  readonly form: 'csv' | 'json'
  readonly rows: readonly ItemsTableRow[]
  readonly problems: readonly TableProblem[]
  /** What was read all the same. */
  readonly oddities: readonly TableOddity[]
}

/** What is unusual in a table and alters nothing. */
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
