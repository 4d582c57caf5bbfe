import type { LevelFacts, UnmatchedLine } from '../bundle/level-facts.ts'
import type { Evidence, Finding } from '../model/finding.ts'
import { summarise, troubleOf } from './bag-summary.ts'
import { answer } from './signature-object.ts'

/**
 * Whether the list of a level is in form, and every file that it lists is as listed. A file of the bag or of the first seal
 * that was changed is contradicted there; here it means that the level proves nothing of this copy.
 */
export function checkRenewalSums({ sums }: LevelFacts): Finding {
  const id = 'renewal.sums'
  const subject = { kind: 'bundle', name: sums.path } as const
  if (sums.state === 'absent') {
    return answer(id, subject, 'INDETERMINATE:absent', [{ name: 'sums', missing: 'renewal' }], 'NO_POE')
  }
  if (sums.state !== 'read') {
    return answer(id, subject, 'INDETERMINATE:not-read', [{ name: 'state', found: sums.state }], 'NO_POE')
  }
  const problems = Object.entries(sums.problems)
  const evidence: Evidence[] = problems.map(([name, lines]) => ({ name, found: `${lines} lines` }))
  const sides = ({ expected, found }: UnmatchedLine) => (expected === null || found === null ? {} : { expected, found })
  const finding = summarise(id, {
    subject,
    troubles: [
      {
        value: 'INDETERMINATE',
        reason: 'malformed',
        count: problems.length > 0 || sums.lines === 0 ? 1 : 0,
        exceptions: [{ path: sums.path, value: 'INDETERMINATE', reason: 'malformed' }],
      },
      troubleOf(sums.unmatched, ['own-level'], 'INDETERMINATE', 'malformed'),
      troubleOf(sums.unmatched, ['mismatch'], 'INDETERMINATE', 'mismatch', (line) => ({
        reason: 'differs-from-level',
        ...sides(line),
      })),
      troubleOf(sums.unmatched, ['missing'], 'INDETERMINATE', 'missing'),
      troubleOf(sums.unmatched, ['unreadable'], 'INDETERMINATE', 'unreadable'),
    ],
    otherwise: { value: 'PASSED' },
    counts: { lines: sums.lines, matched: sums.matched, notCompared: sums.notCompared },
    evidence,
  })
  return finding.value === 'PASSED' ? finding : { ...finding, subIndication: 'NO_POE' }
}
