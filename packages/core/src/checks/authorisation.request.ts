import type { AuthorisationFacts, RequestFacts } from '../authorisation/authorisation-facts.ts'
import type { Listed } from '../bundle/bag-facts.ts'
import { AUTHORISATION, CUSTODY } from '../bundle/layout.ts'
import type { BundleRecord } from '../bundle/record-facts.ts'
import type { HistoryFacts, LinePlace } from '../custody/history-facts.ts'
import type { Exception, Finding } from '../model/finding.ts'
import { AUTHORISATION_SUBJECT } from './authorisation-finding.ts'
import { type Given, notReadFinding, outcomeFinding, sides } from './history-finding.ts'

/** Contradictions first, then what could not be compared. */
const REASONS = [
  ['FAILED', 'log-differs'],
  ['FAILED', 'export-differs'],
  ['FAILED', 'export-repeated'],
  ['FAILED', 'items-differ'],
  ['FAILED', 'disclosures-differ'],
  ['FAILED', 'recipient-differs'],
  ['FAILED', 'head-differs'],
  ['FAILED', 'head-stale'],
  ['INDETERMINATE', 'line-unread'],
  ['INDETERMINATE', 'not-compared'],
] as const
type Reason = (typeof REASONS)[number][1]

/**
 * Whether there is a request to share, and whether it is about this very bundle: its log, export, items, openings and
 * recipient, and the log as it was with nothing but exports and comparisons of digests behind.
 */
export function checkRequest(
  { state, request }: AuthorisationFacts,
  history: HistoryFacts,
  record: BundleRecord | null,
): Finding {
  const id = 'authorisation.request'
  const unread = notReadFinding(id, state, AUTHORISATION_SUBJECT)
  if (unread !== null) return unread
  if (request === null) {
    if (record === null) return outcomeFinding(id, 'INDETERMINATE:not-compared', AUTHORISATION_SUBJECT)
    if (record.recipient === null) return outcomeFinding(id, 'NOT-CHECKED:draft', AUTHORISATION_SUBJECT)
    const evidence = [{ name: 'recipient', found: record.recipient.name, missing: 'sharing-request' }]
    return outcomeFinding(id, 'INDETERMINATE:no-request', AUTHORISATION_SUBJECT, { evidence })
  }
  const { again } = history.custody.ownExport
  const problems = [
    ...comparedMembers(request, history, record),
    ...repeatedExports(again),
    ...comparedHead(request, history),
  ]
  const worst = REASONS.find(([, reason]) => problems.some((problem) => problem.reason === reason))
  const omitted = omittedOf(request.since.problems) + (again === undefined ? 0 : omittedOf(again))
  const given: Given = {
    evidence: [
      { name: 'request', found: request.sha256 },
      { name: 'exportNumber', found: request.statement.exportNumber },
    ],
    ...(problems.length === 0 ? {} : { exceptions: problems }),
    ...(omitted > 0 ? { exceptionsOmitted: omitted } : {}),
  }
  return outcomeFinding(id, worst === undefined ? 'PASSED' : worst.join(':'), AUTHORISATION_SUBJECT, given)
}

function problem(at: string, reason: Reason, expected: string | null, found: string | null): Exception {
  const value = REASONS.find((one) => one[1] === reason)?.[0] ?? 'INDETERMINATE'
  return { path: AUTHORISATION, at, value, reason, ...sides(expected, found) }
}

/** What the request states beside what is here. Null: it is not known here. */
function comparedMembers(
  { statement, disclosures }: RequestFacts,
  { custody, log }: HistoryFacts,
  record: BundleRecord | null,
): Exception[] {
  const { logStart, ownExport } = custody
  const problems: Exception[] = []
  const compare = (at: string, reason: Reason, expected: string | null, found: string) => {
    if (expected === null) problems.push(problem(at, 'not-compared', null, found))
    else if (expected !== found) problems.push(problem(at, reason, expected, found))
  }
  compare('request.logId', 'log-differs', logStart.logId ?? record?.log.id ?? null, statement.logId)
  compare('request.exportNumber', 'export-differs', ownExport.exportNumber, statement.exportNumber)
  const items = log.itemLines === null ? null : `${log.itemLines}`
  compare('request.itemCount', 'items-differ', items, `${statement.itemCount}`)
  compare('request.itemRoot', 'items-differ', log.itemRoot, statement.itemRoot)
  compare('request.disclosures', 'disclosures-differ', disclosures, statement.disclosures)
  const recipient = record === null ? null : (record.recipient?.name ?? '')
  compare('request.recipient.name', 'recipient-differs', recipient, statement.recipient?.name ?? '')
  return problems
}

const omittedOf = ({ count, first }: Listed<unknown>) => count - first.length

/** A number is drawn for one export, and approvals are for one: an earlier line that has it says that they were used before. */
function repeatedExports(again: Listed<LinePlace> | undefined): Exception[] {
  return (again?.first ?? []).map(({ line, found }) => ({
    ...problem(`line ${line}`, 'export-repeated', null, found),
    path: CUSTODY,
  }))
}

function comparedHead({ statement, headRoot, since }: RequestFacts, { log }: HistoryFacts): Exception[] {
  const { head } = statement
  if (log.lines === null || since.lines === null) {
    return [problem('request.head', 'not-compared', null, `${head.size}`)]
  }
  if (head.size > log.lines - 1) {
    return [problem('request.head.size', 'head-differs', `at most ${log.lines - 1}`, `${head.size}`)]
  }
  const problems = headRoot === head.root ? [] : [problem('request.head.root', 'head-differs', headRoot, head.root)]
  const stale = since.problems.first.map(({ line, code, expected, found }): Exception => {
    const reason = code === 'unread' ? 'line-unread' : 'head-stale'
    return { ...problem(`line ${line}`, reason, expected, found), path: CUSTODY }
  })
  return [...problems, ...stale]
}
