import type { RecordFacts } from '../bundle/record-facts.ts'
import { comparePaths } from '../model/bytes.ts'
import type { Exception, Finding } from '../model/finding.ts'
import { LIMITS } from '../model/limits.ts'
import { makeFinding } from './finding.ts'

/** Whether every mandatory file is here, and every file outside seal/ has a place in the format. */
export function checkBundleLayout(facts: RecordFacts): Finding {
  const subject = { kind: 'bundle', name: '' } as const
  const missing = facts.absent.map((path): Exception => ({ path, value: 'INDETERMINATE', reason: 'missing' }))
  const misplaced = facts.misplaced.first.map(
    ({ path, reason }): Exception => ({ path, value: 'INDETERMINATE', reason }),
  )
  const total = missing.length + facts.misplaced.count
  if (total === 0) return makeFinding('bundle.layout', 'PASSED', { subject })
  const exceptions = [...missing, ...misplaced]
    .sort((a, b) => comparePaths(a.path, b.path))
    .slice(0, LIMITS.exceptionsInFinding)
  const omitted = total - exceptions.length
  return makeFinding('bundle.layout', 'INDETERMINATE', {
    reason: missing.length > 0 ? 'missing' : 'no-place',
    subject,
    evidence: facts.absent.map((path) => ({ name: 'file', missing: path })),
    counts: { missing: missing.length, misplaced: facts.misplaced.count },
    exceptions,
    ...(omitted > 0 ? { exceptionsOmitted: omitted } : {}),
  })
}
