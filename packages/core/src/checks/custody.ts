import { CUSTODY } from '../bundle/layout.ts'
import type { BundleRecord } from '../bundle/record-facts.ts'
import { CLOCK_TOLERANCE_SECONDS } from '../custody/event-times.ts'
import type { CustodyFacts, HistoryFacts, LineBreak, LinePlace, OpenedCheck } from '../custody/history-facts.ts'
import type { Evidence, Finding } from '../model/finding.ts'
import { parseInstant } from '../model/instant.ts'
import type { FindingId } from './catalogue.ts'
import { firstOf, lineExceptions, notReadFinding, outcomeFinding, sides } from './history-finding.ts'

const SUBJECT = { kind: 'record', name: CUSTODY } as const

/**
 * Every finding about custody.jsonl but `custody.handover`: its chain, its two ends, and what the opened fields of its events say.
 * @param bestSignatureTime of the bundle, RFC 3339; null where nothing is proved
 */
export function checkCustody(
  history: HistoryFacts,
  record: BundleRecord | null,
  bestSignatureTime: string | null,
): readonly Finding[] {
  const { custody } = history
  const notRead = (id: FindingId) => notReadFinding(id, custody.state, SUBJECT)
  return [
    notRead('custody.chain') ?? checkChain(custody),
    notRead('custody.order') ?? checkOrder(custody),
    notRead('custody.log-start') ?? checkLogStart(custody, record),
    notRead('custody.export') ?? checkExport(history),
    notRead('custody.types') ?? checkTypes(custody),
    notRead('custody.shown') ?? checkShown(custody),
    notRead('custody.objects') ?? checkObjects(custody),
    notRead('custody.digests') ?? checkDigests(custody),
    notRead('custody.time') ?? checkTimes(custody, bestSignatureTime),
  ]
}

/**
 * Whether every `prev` that is shown is the digest of the line before it. Across a stub it proves nothing; the tree does.
 */
export function checkChain({ links, lines, unread }: CustodyFacts): Finding {
  const id = 'custody.chain'
  const { compared, broken } = links
  const counts = { lines, compared, broken: broken.count }
  const given = { counts, ...breakExceptions(broken) }
  const failed = firstOf(['fork', 'broken'], broken.by)
  if (failed !== undefined) return outcomeFinding(id, `FAILED:${failed}`, SUBJECT, given)
  if (unread > 0 || compared === 0) return outcomeFinding(id, 'INDETERMINATE:line-unread', SUBJECT, given)
  return outcomeFinding(id, 'PASSED', SUBJECT, given)
}

/** Whether the lines are numbered from 0 without gap or repetition. */
export function checkOrder({ order, lines }: CustodyFacts): Finding {
  const given = { counts: { lines, places: order.count }, ...breakExceptions(order) }
  return outcomeFinding('custody.order', order.count > 0 ? 'FAILED:out-of-order' : 'PASSED', SUBJECT, given)
}

function breakExceptions(breaks: CustodyFacts['order']) {
  return lineExceptions<LineBreak>(CUSTODY, breaks, ({ line, at, expected, found }) => ({
    line,
    value: 'FAILED',
    expected,
    found: at === null ? found : `${found} (line ${at})`,
  }))
}

/** Whether the log begins with its one `log-start`, which names the log that bundle.json names. */
export function checkLogStart({ logStart }: CustodyFacts, record: BundleRecord | null): Finding {
  const id = 'custody.log-start'
  const { state, again } = logStart
  const evidence: Evidence[] = []
  const compare = (name: string, expected: string | undefined, found: string | null) => {
    const differs = expected !== undefined && found !== null && expected !== found
    if (found !== null || differs) evidence.push({ name, ...sides(expected ?? null, found) })
    return differs
  }
  const idDiffers = compare('logId', record?.log.id, logStart.logId)
  const originDiffers = compare('origin', record?.log.origin, logStart.origin)
  const exceptions = lineExceptions<LinePlace>(CUSTODY, again, ({ line }) => ({ line, value: 'FAILED' }))
  const given = { evidence, ...exceptions }
  // What is there and is not the beginning says that the beginning was cut off.
  if (state === 'other-type' || (state === 'present' && !logStart.first)) {
    return outcomeFinding(id, 'FAILED:not-first', SUBJECT, given)
  }
  if (idDiffers || originDiffers) return outcomeFinding(id, 'FAILED:differs', SUBJECT, given)
  if (again.count > 0) return outcomeFinding(id, 'FAILED:again', SUBJECT, given)
  if (state === 'withheld') return outcomeFinding(id, 'INDETERMINATE:withheld', SUBJECT, given)
  if (state !== 'present') return outcomeFinding(id, 'INDETERMINATE:line-unread', SUBJECT, given)
  if (record === null) {
    const missing = { name: 'log', missing: 'bundle-record' }
    return outcomeFinding(id, 'INDETERMINATE:record-missing', SUBJECT, { ...given, evidence: [...evidence, missing] })
  }
  return outcomeFinding(id, 'PASSED', SUBJECT, given)
}

/** Whether the last line is this export's own event, over just these items and this authorisation. */
export function checkExport({ custody, log }: HistoryFacts): Finding {
  const id = 'custody.export'
  const { ownExport, authorisationSha256 } = custody
  const { state, itemCount, itemRoot, authorisation } = ownExport
  const evidence: Evidence[] = [
    { name: 'itemCount', ...sides(log.itemLines === null ? null : `${log.itemLines}`, itemCount?.toString() ?? null) },
    { name: 'itemRoot', ...sides(log.itemRoot, itemRoot) },
    { name: 'authorisation', ...sides(authorisationSha256, authorisation) },
  ]
  if (state === 'withheld') return outcomeFinding(id, 'INDETERMINATE:withheld', SUBJECT)
  if (state === 'unread' || state === 'absent') return outcomeFinding(id, 'INDETERMINATE:line-unread', SUBJECT)
  if (state === 'other-type') return outcomeFinding(id, 'FAILED:not-last', SUBJECT)
  const differs = (expected: number | string | null, found: number | string | null) =>
    expected !== null && found !== null && expected !== found
  const given = { evidence }
  if (differs(log.itemLines, itemCount) || differs(log.itemRoot, itemRoot)) {
    return outcomeFinding(id, 'FAILED:items-differ', SUBJECT, given)
  }
  if (differs(authorisationSha256, authorisation)) {
    return outcomeFinding(id, 'FAILED:authorisation-differs', SUBJECT, given)
  }
  const sidesThere = [log.itemLines, log.itemRoot, authorisationSha256, itemCount, itemRoot, authorisation]
  return outcomeFinding(id, sidesThere.includes(null) ? 'INDETERMINATE:not-compared' : 'PASSED', SUBJECT, given)
}

/** Types may be added in a later version: what is unknown is never called a contradiction. */
export function checkTypes({ unknownTypes, lines }: CustodyFacts): Finding {
  const given = {
    counts: { lines, unknown: unknownTypes.count },
    ...lineExceptions<LinePlace>(CUSTODY, unknownTypes, ({ line, expected, found }) => ({
      line,
      value: 'INDETERMINATE',
      ...sides(expected, found),
    })),
  }
  const outcome = unknownTypes.count > 0 ? 'INDETERMINATE:unknown-type' : 'PASSED'
  return outcomeFinding('custody.types', outcome, SUBJECT, given)
}

/**
 * How many events are shown: of the others only place and digest. The beginning, changes of key and the export's own event
 * are always shown, and carry no custody alone.
 */
export function checkShown({ lines, stubs, withheld, logStart, ownExport, ...rest }: CustodyFacts): Finding {
  const id = 'custody.shown'
  const ends = [logStart.state, ownExport.state].filter((state) => state === 'present').length
  const others = lines - stubs - ends - rest.keyChanges.length - rest.keyChangesOmitted
  const given = {
    counts: { events: lines, shown: lines - stubs, withheld: stubs },
    ...lineExceptions(CUSTODY, withheld, ({ line, ground }) => ({ line, value: 'WITHHELD', ...sides(null, ground) })),
  }
  if (others <= 0) return outcomeFinding(id, 'INDETERMINATE:none-shown', SUBJECT, given)
  return outcomeFinding(id, stubs > 0 ? 'WITHHELD:withheld' : 'PASSED', SUBJECT, given)
}

/** Whether every event whose objects are opened names items that there are. */
export function checkObjects({ objects }: CustodyFacts): Finding {
  const id = 'custody.objects'
  const given = openedGiven(objects, 'objects', { 'no-item': 'FAILED' })
  if ((objects.problems.by['no-item'] ?? 0) > 0) return outcomeFinding(id, 'FAILED:no-item', SUBJECT, given)
  if (objects.problems.count > 0) return outcomeFinding(id, 'INDETERMINATE:malformed-value', SUBJECT, given)
  if (objects.open > 0) return outcomeFinding(id, 'INDETERMINATE:not-compared', SUBJECT, given)
  return outcomeFinding(id, objects.compared > 0 ? 'PASSED' : 'NOT-CHECKED:closed', SUBJECT, given)
}

/** Whether digests before and after an event over one item are that item's. */
export function checkDigests({ digests }: CustodyFacts): Finding {
  const id = 'custody.digests'
  const given = openedGiven(digests, 'digests', { differs: 'FAILED' })
  if ((digests.problems.by.differs ?? 0) > 0) return outcomeFinding(id, 'FAILED:differs', SUBJECT, given)
  if (digests.problems.count > 0) return outcomeFinding(id, 'INDETERMINATE:malformed-value', SUBJECT, given)
  if (digests.compared > 0) return outcomeFinding(id, 'PASSED', SUBJECT, given)
  return outcomeFinding(id, digests.open > 0 ? 'NOT-CHECKED:not-compared' : 'NOT-CHECKED:closed', SUBJECT, given)
}

/**
 * Whether the opened times of the events can be: none after it was written down, which was before the bundle was made, which
 * was before it was time-stamped; and no item added before it was acquired. They are the makers' statements, from
 * anybody's clock: so what does not fit is a question to be asked, and no contradiction. What was written down late fits
 * (docs/adr/0023-times-of-events.md).
 * @param bestSignatureTime RFC 3339; null where nothing is proved
 */
export function checkTimes({ times, created }: CustodyFacts, bestSignatureTime: string | null): Finding {
  const id = 'custody.time'
  const given = openedGiven(times, 'time', {})
  const reason = firstOf(['later-than-record', 'before-acquisition', 'malformed-value'], times.problems.by)
  if (reason !== undefined) return outcomeFinding(id, `INDETERMINATE:${reason}`, SUBJECT, given)
  const made = instantOrNull(created)
  const proved = instantOrNull(bestSignatureTime)
  if (made !== null && proved !== null && made.epochSeconds > proved.epochSeconds + CLOCK_TOLERANCE_SECONDS) {
    const evidence: Evidence[] = [{ name: 'created', expected: `not after ${bestSignatureTime}`, found: `${created}` }]
    return outcomeFinding(id, 'INDETERMINATE:created-later', SUBJECT, { ...given, evidence })
  }
  return outcomeFinding(id, times.compared === 0 ? 'NOT-CHECKED:closed' : 'PASSED', SUBJECT, given)
}

const instantOrNull = (text: string | null) => (text === null ? null : (parseInstant(text) ?? null))

function openedGiven<Code extends string>(
  check: OpenedCheck<Code>,
  at: string,
  values: Readonly<Record<string, 'FAILED'>>,
) {
  return {
    counts: { compared: check.compared, open: check.open, problems: check.problems.count },
    ...lineExceptions(CUSTODY, check.problems, ({ line, code, expected, found }) => ({
      line,
      at,
      value: values[code] ?? ('INDETERMINATE' as const),
      ...sides(expected, found),
    })),
  }
}
