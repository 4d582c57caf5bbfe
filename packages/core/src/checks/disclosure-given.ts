import type { GivenDisclosureFacts, GivenDisclosuresFacts, RevealProblem } from '../custody/given-disclosures.ts'
import type { OpeningProblem } from '../custody/history-facts.ts'
import type { LaterValueFacts, LaterValueProblem } from '../custody/later-values.ts'
import { comparePaths } from '../model/bytes.ts'
import type { Exception, Finding, Subject } from '../model/finding.ts'
import { CATALOGUE, type FindingId } from './catalogue.ts'
import { disclosedPlace, firstOf, type Given, outcomeFinding } from './history-finding.ts'

/** Findings about files of later openings: there are none where no file was given. */
export const GIVEN_FINDINGS: readonly FindingId[] = [
  'disclosure.later-form',
  'disclosure.later-lines',
  'disclosure.later-openings',
  'disclosure.later-values',
]

/** Everything else about disclosure, custody and log is about the bundle. */
export const DISCLOSURE_FINDINGS: readonly FindingId[] = CATALOGUE.filter(({ axis }) => axis === 'disclosure').map(
  ({ id }) => id,
)

/** Every finding about the files of later openings that were given with a bundle. */
export function checkGivenDisclosures(given: GivenDisclosuresFacts): readonly Finding[] {
  const { files, values } = given
  const hasValues =
    values !== null && (values.state !== 'read' || values.compared + values.problems.count + values.handovers > 0)
  return [
    ...files.flatMap((facts) => [
      checkLaterForm(facts),
      ...(facts.lines.count > 0 ? [checkLaterLines(facts)] : []),
      ...(facts.lines.count === 0 || facts.openings.count > 0 ? [checkLaterOpenings(facts)] : []),
    ]),
    ...(hasValues ? [checkLaterValues(given, values)] : []),
  ]
}

const VALUE_FAILED = [
  'no-item',
  'digest-differs',
  'original-differs',
  'no-original',
  'payload-differs',
  'several-items',
] as const

/**
 * Whether values that given files open contradict what the bundle shows, or each other. They hold under their commitments: it
 * is the log then that says two things.
 */
export function checkLaterValues({ files }: Pick<GivenDisclosuresFacts, 'files'>, values: LaterValueFacts): Finding {
  const id = 'disclosure.later-values'
  const [only, more] = files
  const subject = { kind: 'disclosures', name: only !== undefined && more === undefined ? only.sha256 : '' } as const
  const { state, compared, problems, handovers } = values
  const isFailed = (code: LaterValueProblem['code']) => VALUE_FAILED.some((one) => one === code)
  const given = { counts: { compared, handovers }, ...exceptionsOf(problems.first, problems.count, isFailed) }
  if (state === 'limit') return outcomeFinding(id, 'INDETERMINATE:limit', subject, given)
  const failed = firstOf(VALUE_FAILED, problems.by)
  if (failed !== undefined) return outcomeFinding(id, `FAILED:${failed}`, subject, given)
  if (handovers > 0) return outcomeFinding(id, 'INDETERMINATE:handover', subject, given)
  return outcomeFinding(id, problems.count > 0 ? 'INDETERMINATE:times' : 'PASSED', subject, given)
}

const subjectOf = ({ sha256 }: GivenDisclosureFacts): Subject => ({ kind: 'disclosures', name: sha256 })

/** Whether a file of later openings is in form: only then is everything in it known to have been read. */
export function checkLaterForm(facts: GivenDisclosureFacts): Finding {
  const id = 'disclosure.later-form'
  const { file, unknown, grounds, sha256 } = facts
  const exceptions = file.problems.map(
    ({ at, member, code }): Exception => ({
      path: sha256,
      ...(at === '' ? {} : { at: member === '' ? at : `${at} ${member}` }),
      value: 'INDETERMINATE',
      reason: code,
    }),
  )
  const given: Given = {
    ...(exceptions.length > 0 ? { exceptions } : {}),
    ...(file.problemsOmitted > 0 ? { exceptionsOmitted: file.problemsOmitted } : {}),
  }
  if (file.state === 'limit') return outcomeFinding(id, 'INDETERMINATE:limit', subjectOf(facts), given)
  const isWhole = file.state === 'valid' && unknown === 0 && grounds === 0
  return outcomeFinding(id, isWhole ? 'PASSED' : 'INDETERMINATE:malformed', subjectOf(facts), given)
}

/** Codes that only a commitment of this very log can give: a digest of 256 bits, over a salt of 128, was met. */
const MET: readonly string[] = [
  'other-slot',
  'twice',
  'seq-differs',
  'prev-differs',
  'number-again',
  'items-differ',
  'log-again',
  'key-withheld',
]

/**
 * Whether anything in the file is of this log. If nothing is, the file is of another bundle, or all of it was made up: which of
 * both, nothing tells, and neither says anything about this bundle.
 */
function isOfThisLog({ lines, openings }: GivenDisclosureFacts): boolean {
  if (lines.holding + lines.shown + openings.holding > 0) return true
  // `malformed` of a line: it has the digest of its stub. Of an opening: it could not be read.
  if ((lines.problems.by.malformed ?? 0) > 0) return true
  return MET.some((code) => (openings.problems.by[code] ?? 0) + (lines.problems.by[code] ?? 0) > 0)
}

function exceptionsOf<T extends RevealProblem | OpeningProblem | LaterValueProblem>(
  problems: readonly T[],
  count: number,
  isFailed: (code: T['code']) => boolean,
): Given {
  const exceptions = problems.map(
    (problem): Exception => ({
      ...disclosedPlace(problem.file, problem.line, 'field' in problem ? problem.field : null),
      value: isFailed(problem.code) ? 'FAILED' : 'INDETERMINATE',
      reason: problem.code,
    }),
  )
  const ordered = exceptions.toSorted((a, b) => comparePaths(a.path, b.path))
  const omitted = count - ordered.length
  return {
    ...(ordered.length > 0 ? { exceptions: ordered } : {}),
    ...(omitted > 0 ? { exceptionsOmitted: omitted } : {}),
  }
}

const LINE_FAILED = ['differs', 'seq-differs', 'prev-differs', 'number-again', 'items-differ', 'log-again'] as const
const LINE_OPEN = ['key-withheld', 'no-line', 'unread', 'malformed'] as const

/** Whether every whole line in the file is the one that is withheld at its place. */
export function checkLaterLines(facts: GivenDisclosureFacts): Finding {
  const id = 'disclosure.later-lines'
  const subject = subjectOf(facts)
  const { count, holding, shown, problems } = facts.lines
  const isOurs = isOfThisLog(facts)
  const failing = isOurs ? LINE_FAILED : []
  const isFailed = (code: RevealProblem['code']) => failing.some((one) => one === code)
  const given = {
    counts: { lines: count, hold: holding + shown },
    ...exceptionsOf(problems.first, problems.count, isFailed),
  }
  if (facts.against === 'no-lines') return outcomeFinding(id, 'INDETERMINATE:no-lines', subject, given)
  const failed = firstOf(failing, problems.by)
  if (failed !== undefined) return outcomeFinding(id, `FAILED:${failed}`, subject, given)
  const isForeign = !isOurs && firstOf(LINE_FAILED, problems.by) !== undefined
  if (isForeign) return outcomeFinding(id, 'INDETERMINATE:other-bundle', subject, given)
  const open = firstOf(LINE_OPEN, problems.by)
  if (open !== undefined) {
    return outcomeFinding(id, `INDETERMINATE:${open === 'unread' ? 'line-unread' : open}`, subject, given)
  }
  return outcomeFinding(id, 'PASSED', subject, given)
}

const OPENING_FAILED = ['no-slot', 'other-slot', 'twice', 'clear-member', 'no-such-field'] as const
/** A later bundle of the same log has more lines, and shows others: no contradiction. */
const OPENING_OPEN = ['no-line', 'line-withheld', 'line-unread', 'own-export', 'malformed', 'malformed-value'] as const

/** Whether every opening in the file stands in the slot of its own name, once. */
export function checkLaterOpenings(facts: GivenDisclosureFacts): Finding {
  const id = 'disclosure.later-openings'
  const subject = subjectOf(facts)
  const { count, holding, problems } = facts.openings
  const isOurs = isOfThisLog(facts)
  const failing = isOurs ? OPENING_FAILED : []
  const isFailed = (code: OpeningProblem['code']) => failing.some((one) => one === code)
  const given = {
    counts: { openings: count, hold: holding },
    ...exceptionsOf(problems.first, problems.count, isFailed),
  }
  if (facts.against === 'no-lines') return outcomeFinding(id, 'INDETERMINATE:no-lines', subject, given)
  if (count === 0) return outcomeFinding(id, 'INDETERMINATE:empty', subject, given)
  const failed = firstOf(failing, problems.by)
  if (failed !== undefined) return outcomeFinding(id, `FAILED:${failed}`, subject, given)
  const isForeign = !isOurs && firstOf(OPENING_FAILED, problems.by) !== undefined
  if (isForeign) return outcomeFinding(id, 'INDETERMINATE:other-bundle', subject, given)
  const open = firstOf(OPENING_OPEN, problems.by)
  return outcomeFinding(id, open === undefined ? 'PASSED' : `INDETERMINATE:${open}`, subject, given)
}
