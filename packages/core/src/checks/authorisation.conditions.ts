import type { RequestFacts } from '../authorisation/authorisation-facts.ts'
import { hasDayPassed, unmetOfRequest } from '../authorisation/unmet-conditions.ts'
import type { Evidence, Finding } from '../model/finding.ts'
import type { Instant } from '../model/instant.ts'
import { AUTHORISATION_SUBJECT, unmetGiven } from './authorisation-finding.ts'
import { outcomeFinding } from './history-finding.ts'

/**
 * Whether purpose, recipient and handling conditions are stated. That a day of theirs has passed is told, and contradicts
 * nothing: what the recipient did with its copy nobody sees here.
 */
export function checkConditions(request: RequestFacts, validationTime: Instant): Finding {
  const { purpose, recipient, conditions } = request.statement
  const unmet = unmetOfRequest(request.statement, null).filter(
    ({ condition }) => !condition.startsWith('assurance-missing:'),
  )
  const { reason, given } = unmetGiven(unmet, request)
  const evidence: Evidence[] = [
    ...(purpose === null ? [] : [{ name: 'purpose', found: purpose }]),
    ...(recipient === null ? [] : [{ name: 'recipient', found: `${recipient.name} (${recipient.kind})` }]),
    ...conditions.map(({ kind, text, until }) => ({
      name: kind,
      found: until === undefined ? text : `${text} (${until})`,
    })),
  ]
  const passed = conditions.some(({ until }) => until !== undefined && hasDayPassed(until, validationTime))
  const outcome = reason !== null ? `INDETERMINATE:${reason}` : passed ? 'PASSED:day-passed' : 'PASSED'
  return outcomeFinding('authorisation.conditions', outcome, AUTHORISATION_SUBJECT, { evidence, ...given })
}
