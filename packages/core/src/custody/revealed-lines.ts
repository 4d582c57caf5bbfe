import { memberOf } from '../json/shape.ts'
import type { JsonObject } from '../json/value.ts'
import { LIMITS } from '../model/limits.ts'
import type { SmallDigest } from '../model/ports.ts'
import type { LineTables } from './disclosure-reading.ts'
import { lineRoots } from './establish-log.ts'
import type { HistoryFacts } from './history-facts.ts'
import type { RevealedLine } from './later-disclosures.ts'
import type { LineTable } from './line-table.ts'

/**
 * What a line that was withheld contradicts, now that it is shown, although it is the one that was withheld. `number-again`: it has the
 * number of this bundle's own export, or the event id of a signed hand-over. `items-differ`: it is an export over other items.
 * `log-again`: it begins the log again. `key-withheld`: it changes the log's key, which is never withheld: the key was judged without it.
 */
export type LineContradiction = 'number-again' | 'items-differ' | 'log-again' | 'key-withheld'

/** What a line of custody.jsonl says in the clear and others can contradict. */
export interface ClearMembers {
  readonly type: string
  readonly exportNumber?: string
  readonly itemCount?: number
  readonly itemRoot?: string
}

/** @param line in the form of its type */
export function clearMembers(type: string, line: JsonObject): ClearMembers {
  const exportNumber = memberOf(line, 'exportNumber')
  const itemCount = memberOf(line, 'itemCount')
  const itemRoot = memberOf(line, 'itemRoot')
  return {
    type,
    ...(typeof exportNumber === 'string' ? { exportNumber } : {}),
    ...(typeof itemCount === 'number' ? { itemCount } : {}),
    ...(typeof itemRoot === 'string' ? { itemRoot } : {}),
  }
}

/**
 * The lines, with what those that hold contradict in the clear. The same is asked of lines that the bundle itself shows
 * (`custody.log-start`, `custody.handover`, `log.consistency`, `authorisation.request`).
 * @param tables with all of these lines in the place of their stubs
 */
export function withContradictions(
  lines: readonly RevealedLine[],
  tables: LineTables,
  { custody }: HistoryFacts,
  digest: SmallDigest,
): readonly RevealedLine[] {
  const clear = lines.flatMap((line) => (line.clear === undefined ? [] : [{ ...line, clear: line.clear }]))
  if (clear.length === 0) return lines
  const exports = clear.filter(({ clear: { itemRoot } }) => itemRoot !== undefined).slice(0, LIMITS.earlierExports)
  const sizes = exports.flatMap(({ clear: { itemCount } }) => itemCount ?? [])
  const roots = tables.items === null || exports.length === 0 ? null : lineRoots(tables.items, digest, sizes).at
  const judged = new Set(exports.map(({ line }) => line))
  const signed = tables.events === null ? new Set<string>() : signedEvents(tables.events, custody.handovers.first)
  return lines.map((one): RevealedLine => {
    const { code, clear: said, file, line } = one
    if (code !== 'holds' || said === undefined || file !== 'custody.jsonl') return one
    const event = said.type === 'transfer' ? (tables.events?.eventOf(line - 1) ?? null) : null
    if (said.type === 'log-start' && line > 1) return { ...one, code: 'log-again' }
    if (said.type === 'log-key-change') return { ...one, code: 'key-withheld' }
    if (event !== null && signed.has(event)) return { ...one, code: 'number-again' }
    if (said.type !== 'export') return one
    if (said.exportNumber === custody.ownExport.exportNumber) return { ...one, code: 'number-again' }
    if (!judged.has(line)) return { ...one, code: 'unread' }
    if (roots !== null && roots.get(said.itemCount ?? -1) !== said.itemRoot) return { ...one, code: 'items-differ' }
    return one
  })
}

/** Event ids of the hand-overs whose signatures the bundle opens. */
function signedEvents(events: LineTable, handovers: readonly { readonly line: number }[]): ReadonlySet<string> {
  return new Set(handovers.flatMap(({ line }) => events.eventOf(line - 1) ?? []))
}
