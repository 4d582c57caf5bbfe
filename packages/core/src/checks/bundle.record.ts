import { ITEMS } from '../bundle/layout.ts'
import type { RecordFacts, RecordFileFacts } from '../bundle/record-facts.ts'
import { comparePaths } from '../model/bytes.ts'
import type { Exception, Finding, FindingValue } from '../model/finding.ts'
import { LIMITS } from '../model/limits.ts'
import { makeFinding } from './finding.ts'

/** From the worst: what a file's state makes of the whole. */
const WORST_FIRST = [
  ['contradictory', 'FAILED', 'contradiction'],
  ['invalid', 'INDETERMINATE', 'malformed'],
  ['limit', 'INDETERMINATE', 'limit'],
  ['unreadable', 'INDETERMINATE', 'unreadable'],
  ['absent', 'INDETERMINATE', 'missing'],
] as const satisfies readonly (readonly [RecordFileFacts['state'], FindingValue, string])[]

/** Whether the files of record/ are in the form of their format version, and state nothing that contradicts another statement. */
export function checkBundleRecord(facts: RecordFacts): Finding {
  const files = facts.files.filter(({ path }) => path !== ITEMS)
  const states = Object.fromEntries(WORST_FIRST.map(([state]) => [state, filesIn(files, state)]))
  const counts = { valid: filesIn(files, 'valid'), ...states }
  const given = { subject: { kind: 'bundle', name: 'record/' } as const, counts, ...recordExceptions(files) }
  const [, value, reason] = WORST_FIRST.find(([state]) => filesIn(files, state) > 0) ?? []
  return value === undefined
    ? makeFinding('bundle.record', 'PASSED', given)
    : makeFinding('bundle.record', value, { reason, ...given })
}

/** Whether items.jsonl is in form, a line or stub for each item in order, and as many as bundle.json says. */
export function checkBundleItems(facts: RecordFacts): Finding {
  const subject = { kind: 'record', name: ITEMS } as const
  const file = facts.files.find(({ path }) => path === ITEMS)
  if (file === undefined) throw new TypeError('a known format has items')
  const counts = { items: file.lines ?? 0, withheld: file.stubs ?? 0 }
  const given = { subject, counts, ...recordExceptions([file]) }
  const [, value, reason] = WORST_FIRST.find(([state]) => file.state === state) ?? []
  if (value === 'FAILED') return makeFinding('bundle.items', value, { reason, ...given })
  const declared = facts.record?.itemCount
  const evidence = [{ name: 'itemCount', expected: `${declared ?? ''}`, found: `${file.lines ?? ''}` }]
  if (declared !== undefined && file.lines !== null && declared !== file.lines) {
    return makeFinding('bundle.items', 'FAILED', { reason: 'count-differs', ...given, evidence })
  }
  if (value !== undefined) return makeFinding('bundle.items', value, { reason, ...given })
  return declared === undefined
    ? makeFinding('bundle.items', 'INDETERMINATE', {
        reason: 'count-unknown',
        ...given,
        evidence: [{ name: 'itemCount', missing: 'bundle-record' }],
      })
    : makeFinding('bundle.items', 'PASSED', { ...given, evidence })
}

function filesIn(files: readonly RecordFileFacts[], state: RecordFileFacts['state']): number {
  return files.filter((file) => file.state === state).length
}

function recordExceptions(files: readonly RecordFileFacts[]): Pick<Finding, 'exceptions' | 'exceptionsOmitted'> {
  const all = [...files].sort((a, b) => comparePaths(a.path, b.path)).flatMap(exceptionsOf)
  const exceptions = all.slice(0, LIMITS.exceptionsInFinding)
  const omitted = files.reduce((sum, file) => sum + file.problemsOmitted, all.length - exceptions.length)
  return { ...(all.length > 0 ? { exceptions } : {}), ...(omitted > 0 ? { exceptionsOmitted: omitted } : {}) }
}

function exceptionsOf(file: RecordFileFacts): readonly Exception[] {
  const { path } = file
  if (file.problems.length === 0) {
    const [, , reason] = WORST_FIRST.find(([state]) => state === file.state) ?? []
    return reason === undefined ? [] : [{ path, value: 'INDETERMINATE', reason }]
  }
  return file.problems.map(({ code, at, member, expected, found }) => ({
    path,
    ...(at === '' && member === '' ? {} : { at: [at, member].filter((part) => part !== '').join(' ') }),
    value: code === 'contradiction' ? 'FAILED' : 'INDETERMINATE',
    reason: code,
    ...(expected === null ? {} : { expected }),
    ...(found === null ? {} : { found }),
  }))
}
