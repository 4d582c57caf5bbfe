import type { RequestFacts } from '../authorisation/authorisation-facts.ts'
import { unmetOfRequest } from '../authorisation/unmet-conditions.ts'
import type { Finding } from '../model/finding.ts'
import { AUTHORISATION_SUBJECT, unmetGiven } from './authorisation-finding.ts'
import { outcomeFinding } from './history-finding.ts'

/** Whether the recipient gave each of the four assurances: who gave it, when, and where that is written. */
export function checkAssurances(request: RequestFacts): Finding {
  const { assurances } = request.statement
  const unmet = unmetOfRequest(request.statement).filter(({ condition }) => condition.startsWith('assurance-missing:'))
  const { reason, given } = unmetGiven(unmet, request)
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
