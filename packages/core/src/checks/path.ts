import type { BagFacts, UnsafePathFacts } from '../bundle/bag-facts.ts'
import type { Finding } from '../model/finding.ts'
import { BAG, one, summarise, troubleOf } from './bag-summary.ts'

const NAMED = 20
const NOT_PORTABLE = ['home', 'backslash', 'control', 'reserved', 'trailing', 'drive'] as const

/** Do all names stay inside the bag (RFC 8493 §5.1), and can they be stored elsewhere? */
export function checkPathSafe(facts: BagFacts): Finding {
  const id = 'path.safe'
  const { unsafe } = facts
  if (facts.files === 0 && unsafe.count === 0) return one(id, 'INDETERMINATE', 'no-files')
  const where = (item: UnsafePathFacts) => (item.where === '' ? {} : { found: item.where })
  const escapes = (item: UnsafePathFacts) =>
    item.where !== '' && ['absolute', 'parent', 'home', 'drive', 'nul'].includes(item.code)
  // Names that no file could have here cannot come from the tree; if a source lets one through, it counts the same.
  const stray = ['absolute', 'parent', 'nul'] as const
  const portable = NOT_PORTABLE.reduce((sum, code) => sum + (unsafe.by[code] ?? 0), 0)
  return summarise(id, {
    subject: BAG,
    troubles: [
      troubleOf(unsafe, ['escapes'], 'FAILED', 'unsafe', where, escapes),
      troubleOf(
        unsafe,
        stray,
        'FAILED',
        'unsafe',
        where,
        (item) => !escapes(item) && stray.some((code) => code === item.code),
      ),
      troubleOf(unsafe, ['not-utf-8'], 'INDETERMINATE', 'not-utf-8', where),
      troubleOf(unsafe, ['too-long'], 'INDETERMINATE', 'too-long', where),
    ],
    otherwise: portable > 0 ? { value: 'PASSED', reason: 'not-portable' } : { value: 'PASSED' },
    counts: { 'not-portable': portable },
    evidence: unsafe.first
      .filter((item) => !escapes(item) && NOT_PORTABLE.some((code) => code === item.code))
      .slice(0, NAMED)
      .map(({ path, code }) => ({ name: code, found: path })),
  })
}

/**
 * Can all names stand beside each other? Two names of one text (NFC, NFD) cannot be told apart by people: which file a
 * statement speaks of is open. Two names that differ in case are two names; other systems keep only one of the files,
 * so that is said, and costs nothing here, where both were examined.
 */
export function checkPathCollision(facts: BagFacts): Finding {
  const id = 'path.collision'
  const { collisions } = facts
  if (facts.files === 0) return one(id, 'INDETERMINATE', 'no-files')
  const byCase = collisions.by.case ?? 0
  return summarise(id, {
    subject: BAG,
    troubles: [
      troubleOf(collisions, ['normalisation'], 'INDETERMINATE', 'normalisation', ({ other }) => ({ found: other })),
    ],
    otherwise: byCase > 0 ? { value: 'PASSED', reason: 'case' } : { value: 'PASSED' },
    counts: { case: byCase },
    evidence: collisions.first
      .filter(({ code }) => code === 'case')
      .slice(0, NAMED)
      .map(({ path, other }) => ({ name: 'case', expected: other, found: path })),
  })
}
