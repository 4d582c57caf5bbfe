import type { RecordFacts } from '../bundle/record-facts.ts'
import { comparePaths } from '../model/bytes.ts'
import type { Exception, Finding } from '../model/finding.ts'
import { LIMITS } from '../model/limits.ts'
import { makeFinding } from './finding.ts'

/**
 * Whether anything lies under seal/ that bundle.json does not declare and that has no place in a later level. Anybody can add a
 * file there, because the seal cannot list itself: so it costs certainty, never the verdict, and the finding names what to
 * set aside. Later levels are judged by the findings of renewal.
 */
export function checkSealUndeclared(facts: RecordFacts): Finding {
  const subject = { kind: 'bundle', name: 'seal/' } as const
  const id = 'seal.undeclared'
  const undeclared = facts.undeclaredSealFiles
  const all = undeclared
    .map((path): Exception => ({ path, value: 'INDETERMINATE', reason: 'undeclared' }))
    .sort((a, b) => comparePaths(a.path, b.path))
  const exceptions = all.slice(0, LIMITS.exceptionsInFinding)
  const omitted = all.length - exceptions.length
  const counts = {
    undeclared: undeclared.length,
    laterLevels: facts.laterLevelFiles.length,
    notLookedAt: facts.sealFilesOmitted,
  }
  const given = {
    subject,
    counts,
    ...(all.length > 0 ? { exceptions } : {}),
    ...(omitted > 0 ? { exceptionsOmitted: omitted } : {}),
  }
  if (undeclared.length > 0) return makeFinding(id, 'INDETERMINATE', { reason: 'undeclared', ...given })
  if (facts.sealFilesOmitted > 0) return makeFinding(id, 'INDETERMINATE', { reason: 'limit', ...given })
  return facts.record === null
    ? makeFinding(id, 'NOT-CHECKED', { reason: 'declaration-unreadable', ...given })
    : makeFinding(id, 'PASSED', given)
}
