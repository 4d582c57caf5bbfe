import { toHex } from '../model/bytes.ts'
import { DigestTable, EMPTY_FILE } from './digest-table.ts'
import type { LogView } from './log-view.ts'

/** How one bundle has an item: `shown` or `withheld` line; `absent`: its log has no such position (yet). */
export type ItemCell = {
  readonly state: 'shown' | 'withheld' | 'absent'
  /** Line digest, hex. */
  readonly line: string | null
  /** Opened SHA-256 of its file, hex. */
  readonly sha256: string | null
  readonly hasFile: boolean
}

/** One position of one log, over all bundles of that log. */
export interface ItemRow {
  readonly origin: string
  /** From 0. */
  readonly position: number
  readonly presence: 'in-all' | 'in-some'
  /** Whether the line, and with it every commitment, is the same wherever there is one; `single`: only one bundle has it. */
  readonly commitment: 'same' | 'different' | 'single'
  /** The same of the files' opened digests; `closed`: fewer than two are opened. */
  readonly payload: 'same' | 'different' | 'closed'
  /** One for each bundle, in their order; null for a bundle of another log. */
  readonly cells: readonly (ItemCell | null)[]
  /** Items of bundles of other logs that have the same line or the same opened digest. */
  readonly elsewhere: readonly { readonly bundle: number; readonly position: number; readonly by: 'line' | 'sha256' }[]
}

/**
 * The items of several bundles, log by log and position by position. Bundles of one origin are set side by side, whoever
 * signed them; those whose lines are not at hand have no cells.
 */
export function* itemTable(views: readonly LogView[]): Generator<ItemRow> {
  const origins = [...new Set(views.flatMap(({ origin }) => (origin === null ? [] : [origin])))]
  const tables = views.map(({ lines }) => {
    const items = lines?.items ?? null
    if (items === null || origins.length < 2) return null
    return { items, lines: new DigestTable(items.packed), sha256: new DigestTable(items.sha256) }
  })
  for (const origin of origins) {
    const own = views.map((view) => (view.origin === origin ? (view.lines?.items ?? null) : null))
    const count = Math.max(0, ...own.map((items) => items?.count ?? 0))
    for (let position = 0; position < count; position++) {
      const cells = own.map((items) => (items === null ? null : cellOf(items, position)))
      const elsewhere: { bundle: number; position: number; by: 'line' | 'sha256' }[] = []
      for (const [bundle, table] of tables.entries()) {
        if (table === null || own[bundle] !== null) continue
        const source = own.find((items) => items !== null && position < items.count)
        const opened = own.find((items) => items?.hasSha256[position] === 1 && !isEmpty(items.sha256, position))
        const line = source === undefined || source === null ? -1 : table.lines.indexOf(source.packed, position * 32)
        const file = opened === undefined || opened === null ? -1 : table.sha256.indexOf(opened.sha256, position * 32)
        if (line !== -1) elsewhere.push({ bundle, position: line, by: 'line' })
        else if (file !== -1) elsewhere.push({ bundle, position: file, by: 'sha256' })
      }
      yield { origin, position, ...summary(cells), cells, elsewhere }
    }
  }
}

function isEmpty(sha256: Uint8Array, position: number): boolean {
  return toHex(sha256.subarray(position * 32, position * 32 + 32)) === EMPTY_FILE
}

function cellOf(items: NonNullable<NonNullable<LogView['lines']>['items']>, position: number): ItemCell {
  if (position >= items.count) return { state: 'absent', line: null, sha256: null, hasFile: false }
  const octets = (packed: Uint8Array) => toHex(packed.subarray(position * 32, position * 32 + 32))
  return {
    state: items.withheld[position] === 1 ? 'withheld' : 'shown',
    line: octets(items.packed),
    sha256: items.hasSha256[position] === 1 ? octets(items.sha256) : null,
    hasFile: items.hasFile[position] === 1,
  }
}

function summary(cells: readonly (ItemCell | null)[]): Pick<ItemRow, 'presence' | 'commitment' | 'payload'> {
  const there = cells.filter((cell) => cell !== null && cell.state !== 'absent')
  const lines = new Set(there.map((cell) => cell?.line))
  const digests = there.flatMap((cell) => cell?.sha256 ?? [])
  return {
    presence: there.length === cells.length ? 'in-all' : 'in-some',
    commitment: there.length < 2 ? 'single' : lines.size === 1 ? 'same' : 'different',
    payload: digests.length < 2 ? 'closed' : new Set(digests).size === 1 ? 'same' : 'different',
  }
}

/** How many rows are of which kind. */
export interface ItemCounts {
  readonly rows: number
  readonly inAll: number
  readonly inSome: number
  readonly same: number
  readonly different: number
  /** With an item of another log that has the same line or file. */
  readonly elsewhere: number
}

/** How many rows of the table have each property. */
export function countItems(rows: Iterable<ItemRow>): ItemCounts {
  const counts = { rows: 0, inAll: 0, inSome: 0, same: 0, different: 0, elsewhere: 0 }
  for (const { presence, commitment, elsewhere } of rows) {
    counts.rows++
    counts[presence === 'in-all' ? 'inAll' : 'inSome']++
    if (commitment !== 'single') counts[commitment]++
    if (elsewhere.length > 0) counts.elsewhere++
  }
  return counts
}
