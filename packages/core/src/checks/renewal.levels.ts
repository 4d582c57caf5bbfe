import type { RenewalFacts } from '../bundle/level-facts.ts'
import type { Exception, Finding } from '../model/finding.ts'
import { summarise, type Trouble } from './bag-summary.ts'
import { answer } from './signature-object.ts'

const SEAL = { kind: 'bundle', name: 'seal/' } as const

/** Numbers that are absent between the first seal and the last level. */
export function gapsOf({ levels }: RenewalFacts): readonly number[] {
  const here = new Set(levels.map(({ level }) => level))
  const gaps: number[] = []
  const last = Math.max(1, ...here)
  // A number may be as high as the name of a folder allows: the first gaps are enough to say so.
  for (let level = 2; level < last && gaps.length < GAPS_NAMED; level++) if (!here.has(level)) gaps.push(level)
  return gaps
}

const GAPS_NAMED = 20

/**
 * Whether the later seal levels are levels: numbered without gaps, each with its list and a time-stamp, and nothing else in
 * them. Nothing declares them, so that anybody can add one: what is wrong costs certainty, and the files are named.
 */
export function checkRenewalLevels(renewal: RenewalFacts | null): Finding {
  const id = 'renewal.levels'
  if (renewal === null) return answer(id, SEAL, 'NOT-CHECKED:none')
  const { levels, omitted } = renewal
  const trouble = (reason: string, paths: readonly (readonly [string, string])[]): Trouble => ({
    value: 'INDETERMINATE',
    reason,
    count: paths.length,
    exceptions: paths.map(([path, code]): Exception => ({ path, value: 'INDETERMINATE', reason: code })),
  })
  return summarise(id, {
    subject: SEAL,
    troubles: [
      trouble(
        'gap',
        gapsOf(renewal).map((level) => [`seal/${level}/`, 'level-missing']),
      ),
      trouble(
        'incomplete',
        levels.flatMap(({ level, sums, tokens }) => [
          ...(sums.state === 'absent' ? ([[sums.path, 'missing']] as const) : []),
          ...(tokens.length === 0 ? ([[`seal/${level}/`, 'no-time-stamp']] as const) : []),
        ]),
      ),
      trouble(
        'misplaced',
        levels.flatMap(({ misplaced }) => misplaced.map((path) => [path, 'no-place'] as const)),
      ),
      { value: 'INDETERMINATE', reason: 'limit', count: omitted, exceptions: [] },
    ],
    otherwise: { value: 'PASSED' },
    counts: { levels: levels.length, notLookedAt: omitted },
  })
}
