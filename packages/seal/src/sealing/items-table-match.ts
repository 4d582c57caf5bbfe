import { type Instant, parseInstant } from '@probatum/core'
import type { ItemsTable, ItemsTableRow, TableProblem } from './items-table.ts'
import type { Acquisition, RedactedCopy } from './seal-bundle.ts'

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
