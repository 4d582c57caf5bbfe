import type { RequestFacts } from '../authorisation/authorisation-facts.ts'
import { isDatedLater, unmetOfRequest } from '../authorisation/unmet-conditions.ts'
import type { Finding } from '../model/finding.ts'
import type { Instant } from '../model/instant.ts'
import { AUTHORISATION_SUBJECT, unmetGiven } from './authorisation-finding.ts'
import { outcomeFinding } from './history-finding.ts'

/**
 * Whether the recipient gave each of the four assurances: who gave it, when, and where that is written.
 * @param at bestSignatureTime; null without one: then no date is judged
 */
export function checkAssurances(request: RequestFacts, at: Instant | null): Finding {
  const { assurances } = request.statement
  const unmet = unmetOfRequest(request.statement, at).filter(({ condition }) =>
    condition.startsWith('assurance-missing:'),
  )
  const later = new Set(
    assurances.flatMap(({ assurance, date }) =>
      at !== null && isDatedLater(date, at) ? [`assurance-missing:${assurance}`] : [],
    ),
  )
  const { reason, given } = unmetGiven(unmet, request, ({ condition }) =>
    later.has(condition) ? 'dated-later' : 'not-stated',
  )
  const evidence = assurances.map(({ assurance, by, date, reference }) => ({
    name: assurance,
    found: `${by}, ${date}, ${reference}`,
  }))
  return outcomeFinding(
    'authorisation.assurances',
    reason === null ? 'PASSED' : `INDETERMINATE:${reason}`,
    AUTHORISATION_SUBJECT,
    { counts: { given: assurances.length }, evidence, ...given },
  )
}
