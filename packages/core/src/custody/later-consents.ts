import type { ConsentFacts, ConsentPlace, LaterConsentFacts } from '../authorisation/authorisation-facts.ts'
import { fieldsOpened, JUDGED, type OpenedConsent, type OpenedConsents } from '../authorisation/opened-consents.ts'
import { LIMITS } from '../model/limits.ts'
import { openingsIn } from './disclosure-scan.ts'
import type { LaterSurroundings } from './later-values.ts'

export interface LaterConsents {
  readonly facts: LaterConsentFacts
  /** Of items that the bundle shares. Opened values: in no facts. */
  readonly opened: readonly OpenedConsent[]
}

/**
 * What given files show of consents beyond what the bundle shows; null where that is nothing, or where nobody can say which items
 * need a consent.
 * @param both the openings of the bundle and of the files, after they were read
 */
export function laterConsents(
  both: OpenedConsents,
  given: readonly Uint8Array[],
  { tables, exported, consents: own }: LaterSurroundings,
): LaterConsents | null {
  if (tables.consents === null || exported === null || own === null) return null
  const named = new Set(
    given.flatMap((bytes) =>
      openingsIn(bytes).flatMap(({ file, seq }) => (file === 'authorisation.json' ? [seq] : [])),
    ),
  )
  // Of an item that the log does not have, the finding about the bundle says so.
  const isNamed = ({ item }: OpenedConsent) => named.has(item) && item < exported.count
  const opened = both.of(exported).filter(isNamed)
  const stubs = both.of(null).filter(isNamed).length - opened.length
  const isOpen = ({ values }: OpenedConsent) => fieldsOpened(values) === JUDGED.length
  const open = opened.filter(isOpen).length
  const withdrawn = newlyWithdrawn(both.finish(tables.consents, exported), own)
  if (opened.length + stubs + withdrawn.count === 0) return null
  return {
    facts: { partly: opened.length - open, opened: open, stubs, withdrawn },
    opened: opened.map((consent) => ({ ...consent, later: true as const })),
  }
}

/** At least those that can be named: both lists are cut. */
function newlyWithdrawn(both: ConsentFacts, own: ConsentFacts): LaterConsentFacts['withdrawn'] {
  const of = ({ problems }: ConsentFacts) =>
    problems.first.flatMap(({ item, code }): ConsentPlace<'withdrawn-in-log'>[] =>
      code === 'withdrawn-in-log' ? [{ item, code }] : [],
    )
  const known = new Set(of(own).map(({ item }) => item))
  const first = of(both).filter(({ item }) => !known.has(item))
  const countOf = ({ problems }: ConsentFacts) => problems.by['withdrawn-in-log'] ?? 0
  const count = Math.max(first.length, countOf(both) - countOf(own))
  return {
    count,
    by: count === 0 ? {} : { 'withdrawn-in-log': count },
    first: first.slice(0, LIMITS.exceptionsInFinding),
  }
}
