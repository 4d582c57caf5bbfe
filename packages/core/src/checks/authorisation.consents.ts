import type { ConsentProblem, RequestFacts } from '../authorisation/authorisation-facts.ts'
import type { OpenedConsent } from '../authorisation/opened-consents.ts'
import { unmetConsent } from '../authorisation/unmet-conditions.ts'
import type { UnmetCondition } from '../bundle/authorisation-record.ts'
import { AUTHORISATION } from '../bundle/layout.ts'
import type { Exception, Finding } from '../model/finding.ts'
import type { Instant } from '../model/instant.ts'
import { LIMITS } from '../model/limits.ts'
import { AUTHORISATION_SUBJECT, type AuthorisationContext, isExcepted, provedTime } from './authorisation-finding.ts'
import { type Given, outcomeFinding } from './history-finding.ts'

/**
 * The rule: what the consent itself says cannot be is a contradiction. That a consent had ended at the time that is proved is
 * none, because that time is the latest that the seal can be of: it may have been made earlier, and nothing shows it.
 */
const REASONS = [
  ['FAILED', 'no-item'],
  ['FAILED', 'consent-not-yet'],
  ['FAILED', 'consent-purpose'],
  ['FAILED', 'consent-recipient-kind'],
  ['INDETERMINATE', 'consent-missing'],
  ['INDETERMINATE', 'consent-withdrawn'],
  ['INDETERMINATE', 'withdrawn-in-log'],
  ['INDETERMINATE', 'consent-expired'],
  ['INDETERMINATE', 'malformed-value'],
  ['INDETERMINATE', 'no-time'],
  ['INDETERMINATE', 'not-in-facts'],
  ['INDETERMINATE', 'not-compared'],
  ['INDETERMINATE', 'excepted'],
] as const
type Reason = (typeof REASONS)[number][1]

/**
 * Whether every item that is exported has its source's consent, and whether each, as far as it is opened, covers this purpose
 * and kind of recipient at bestSignatureTime. What is closed is withheld under its commitment: the issuer's statement.
 */
export function checkConsents(request: RequestFacts, context: AuthorisationContext): Finding {
  const id = 'authorisation.consents'
  const { consents } = request
  const { needed, closed, partly, opened } = consents
  const problems: ConsentFinding[] = consents.problems.first.map(({ item, code }) => ({
    item,
    reason: placed(request, code, item),
  }))
  const all = new Set<Reason>(problems.map(({ reason }) => reason))
  // Beyond what is listed there may be others.
  for (const code of ['no-item', 'malformed-value'] as const) if ((consents.problems.by[code] ?? 0) > 0) all.add(code)
  const isCut = consents.problems.count > consents.problems.first.length
  for (const code of ['consent-missing', 'withdrawn-in-log'] as const)
    if (isCut && (consents.problems.by[code] ?? 0) > 0) all.add(placed(request, code, null))
  const at = provedTime(context)
  const shown = opened + partly
  // Where nobody can say which items are shared, nothing that a consent says contradicts the sharing.
  if (needed === null) all.add('not-compared')
  else {
    const here = (context.consents ?? []).filter(({ later }) => later !== true)
    problems.push(...valueProblems(request, here, at))
    if (shown > 0 && here.length < shown) all.add('not-in-facts')
  }
  for (const { reason } of problems) all.add(reason)
  if (shown > 0 && at === null) all.add('no-time')
  const omitted = consents.problems.count - consents.problems.first.length
  const stubs = consents.stubs === undefined ? {} : { stubs: consents.stubs }
  const { withdrawalsClosed } = consents
  const withdrawals = withdrawalsClosed === undefined ? {} : { withdrawalsClosed }
  const worst = concludeConsents(all, problems, omitted)
  const given = {
    counts: { items: needed ?? consents.count, opened, partly, closed, ...stubs, ...withdrawals },
    ...worst.given,
  }
  if (worst.outcome !== null) return outcomeFinding(id, worst.outcome, AUTHORISATION_SUBJECT, given)
  if (closed + partly > 0) return outcomeFinding(id, 'WITHHELD:closed', AUTHORISATION_SUBJECT, given)
  if (opened === 0) return outcomeFinding(id, 'NOT-CHECKED:none', AUTHORISATION_SUBJECT, given)
  const outcome = withdrawalsClosed === undefined ? 'PASSED' : 'WITHHELD:withdrawal-closed'
  return outcomeFinding(id, outcome, AUTHORISATION_SUBJECT, given)
}

/** What is wrong with, or open about, one consent. */
export interface ConsentFinding {
  readonly item: number
  readonly reason: Reason
}

/** What opened values of consents do not cover. @param at bestSignatureTime; null without one: then no date is judged */
export function valueProblems(
  request: RequestFacts,
  consents: readonly OpenedConsent[],
  at: Instant | null,
): readonly ConsentFinding[] {
  return consents.flatMap(({ item, values }) =>
    unmetConsent(request.statement, item, values, at).map(({ condition }) => ({
      item,
      reason: excepted(request, condition, item),
    })),
  )
}

/** Of a consent that the log withdraws. @param item null for one beyond those that are listed */
export function withdrawnReason(request: RequestFacts, item: number | null): Reason {
  return placed(request, 'withdrawn-in-log', item)
}

/**
 * The worst of what was found, with what a finding says of it; no outcome where nothing was.
 * @param omitted problems beyond those that are listed
 */
export function concludeConsents(
  all: ReadonlySet<Reason>,
  problems: readonly ConsentFinding[],
  omitted: number,
): { readonly outcome: string | null; readonly given: Given } {
  const worst = REASONS.find(([, reason]) => all.has(reason))
  return {
    outcome: worst === undefined ? null : worst.join(':'),
    given: {
      ...listed(problems, omitted),
      ...(all.has('no-time') ? { evidence: [{ name: 'bestSignatureTime', missing: 'time-stamp' }] } : {}),
    },
  }
}

/** The condition of sharing that a problem of the facts is about. */
const CONDITION_OF = { 'consent-missing': 'consent-missing', 'withdrawn-in-log': 'consent-withdrawn' } as const

function placed(request: RequestFacts, code: ConsentProblem, item: number | null): Reason {
  if (code !== 'consent-missing' && code !== 'withdrawn-in-log') return code
  return isExcepted({ condition: CONDITION_OF[code], item }, request) ? 'excepted' : code
}

/** `excepted` where a signed exception covers it: of this item, or of every one. */
function excepted(request: RequestFacts, condition: UnmetCondition, item: number | null): Reason {
  if (isExcepted({ condition, item }, request)) return 'excepted'
  const known = REASONS.find((one) => one[1] === condition)
  if (known === undefined) throw new TypeError(`no such condition of a consent: ${condition}`)
  return known[1]
}

function listed(problems: readonly ConsentFinding[], omitted: number) {
  const ordered = problems.toSorted((a, b) => a.item - b.item)
  const exceptions = ordered.slice(0, LIMITS.exceptionsInFinding).map(({ item, reason }): Exception => {
    const value = REASONS.find((one) => one[1] === reason)?.[0] ?? 'INDETERMINATE'
    return { path: AUTHORISATION, at: `item ${item}`, value, reason }
  })
  const more = omitted + ordered.length - exceptions.length
  return {
    ...(exceptions.length === 0 ? {} : { exceptions }),
    ...(more > 0 ? { exceptionsOmitted: more } : {}),
  }
}
