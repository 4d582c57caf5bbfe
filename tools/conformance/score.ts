import type { CaseResult } from './suite.ts'

/** How a case stands to its suite's own verdict; `wrong-reason`: refused as it should be, for something else. */
export type Standing = 'right' | 'false-accept' | 'false-reject' | 'cannot-tell' | 'wrong-reason'

/** test-vectors/divergences.json: suite, then case, then what is answered here and why. */
export type Divergences = Readonly<Record<string, Readonly<Record<string, Divergence>>>>

export interface Divergence {
  readonly got: CaseResult['got']
  readonly reason: string
}

export interface SuiteScore {
  readonly suite: string
  readonly cases: number
  readonly right: number
  readonly falseAccepts: number
  readonly falseRejects: number
  /** Valid and INDETERMINATE; invalid and INDETERMINATE for another reason than the suite means. */
  readonly cannotTell: number
  /** Divergences that are listed with the answer that was given. */
  readonly listed: number
  /** One line for each difference that is not listed, and for each listed one that is no longer there. */
  readonly failures: readonly string[]
}

export function standingOf({ expected, got, meant }: CaseResult): Standing {
  if (expected === 'either') return 'right'
  if (expected === 'valid') return got === 'PASSED' ? 'right' : got === 'FAILED' ? 'false-reject' : 'cannot-tell'
  if (got === 'PASSED') return 'false-accept'
  return got === 'FAILED' || meant === true ? 'right' : 'wrong-reason'
}

/**
 * Scores one suite against the list of known divergences. An id that ends in `/*` stands for all cases below it that are INDETERMINATE
 * though valid: what is not supported yet need not be listed case by case. No false accept or reject hides behind one.
 */
export function scoreSuite(
  suite: string,
  results: readonly CaseResult[],
  divergences: Divergences[string] = {},
): SuiteScore {
  const failures: string[] = []
  const used = new Set<string>()
  const count = { right: 0, 'false-accept': 0, 'false-reject': 0, 'cannot-tell': 0, 'wrong-reason': 0 }
  const seen = new Set<string>()
  let listed = 0
  if (results.length === 0) failures.push(`${suite}: no cases`)
  for (const result of results) {
    if (seen.has(result.id)) failures.push(`${suite} ${result.id}: two cases of this id`)
    seen.add(result.id)
    const standing = standingOf(result)
    count[standing]++
    if (standing === 'right') continue
    const id = divergenceFor(result, standing, divergences)
    if (id !== undefined) {
      used.add(id)
      listed++
    } else failures.push(`${suite} ${result.id}: ${result.expected} in the suite, ${result.got} here: ${result.detail}`)
  }
  for (const [id, { got, reason }] of Object.entries(divergences)) {
    if (reason.trim() === '') failures.push(`${suite} ${id}: listed as a divergence without a reason`)
    if (!used.has(id)) failures.push(`${suite} ${id}: listed as ${got}, and no longer so`)
  }
  return {
    suite,
    cases: results.length,
    right: count.right,
    falseAccepts: count['false-accept'],
    falseRejects: count['false-reject'],
    cannotTell: count['cannot-tell'] + count['wrong-reason'],
    listed,
    failures,
  }
}

/** What `sealed` says of the paths of a suite, counted by what the suite says of them. */
export interface SealedScore {
  readonly suite: string
  readonly valid: Readonly<Record<CaseResult['got'], number>>
  readonly invalid: Readonly<Record<CaseResult['got'], number>>
  /** One line for each false accept that is not listed, and for each listed one that is no longer there. */
  readonly failures: readonly string[]
}

/**
 * Null for a suite that asks about no path. False accepts alone are listed, under `<suite> by sealed`, and those that the
 * suite's own policy gives too are not listed again; what a stricter policy leaves open is its purpose.
 */
export function scoreSealed(
  suite: string,
  results: readonly CaseResult[],
  all: Readonly<Partial<Divergences>> = {},
): SealedScore | null {
  const divergences = all[sealedName(suite)] ?? {}
  const own = all[suite] ?? {}
  const asked = results.filter(({ sealed }) => sealed !== undefined)
  if (asked.length === 0) return null
  const among = (expected: CaseResult['expected']) => {
    const count = { PASSED: 0, INDETERMINATE: 0, FAILED: 0 }
    for (const one of asked) if (one.expected === expected && one.sealed !== undefined) count[one.sealed]++
    return count
  }
  const accepted = asked.filter(({ expected, sealed }) => expected === 'invalid' && sealed === 'PASSED')
  const ids = new Set(accepted.map(({ id }) => id))
  const name = sealedName(suite)
  const failures = [...ids]
    .filter((id) => divergences[id]?.got !== 'PASSED' && own[id]?.got !== 'PASSED')
    .map((id) => `${name} ${id}: invalid in the suite, PASSED here`)
  for (const [id, { got, reason }] of Object.entries(divergences)) {
    if (reason.trim() === '') failures.push(`${name} ${id}: listed as a divergence without a reason`)
    if (got !== 'PASSED' || !ids.has(id)) failures.push(`${name} ${id}: listed as ${got}, and not so`)
  }
  return { suite, valid: among('valid'), invalid: among('invalid'), failures }
}

/** Its place in the list of divergences. */
export function sealedName(suite: string): string {
  return `${suite} by sealed`
}

function divergenceFor(result: CaseResult, standing: Standing, divergences: Divergences[string]): string | undefined {
  if (divergences?.[result.id]?.got === result.got) return result.id
  if (standing !== 'cannot-tell') return undefined
  return Object.keys(divergences ?? {}).find(
    (id) => id.endsWith('/*') && result.id.startsWith(id.slice(0, -1)) && divergences?.[id]?.got === 'INDETERMINATE',
  )
}

/** Reads divergences.json, which is edited by hand. @throws {TypeError} when it is anything else */
export function parseDivergences(text: string): Divergences {
  const value: unknown = JSON.parse(text)
  for (const [suite, cases] of members(value, 'divergences'))
    for (const [id, divergence] of members(cases, suite)) {
      const { got, reason, ...more } = Object.fromEntries(members(divergence, id))
      const isKnown = got === 'PASSED' || got === 'FAILED' || got === 'INDETERMINATE'
      if (!isKnown || typeof reason !== 'string' || Object.keys(more).length > 0)
        throw new TypeError(`${suite} ${id}: a divergence is { "got": "PASSED|FAILED|INDETERMINATE", "reason": "…" }`)
    }
  return value as Divergences
}

function members(value: unknown, name: string): [string, unknown][] {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new TypeError(`${name} is not an object`)
  return Object.entries(value)
}

export function tableOf(scores: readonly SuiteScore[]): string {
  const head = ['suite', 'cases', 'right', 'false accepts', 'false rejects', 'cannot tell', 'listed']
  const rows = scores.map((score) => [
    score.suite,
    ...[score.cases, score.right, score.falseAccepts, score.falseRejects, score.cannotTell, score.listed].map(String),
  ])
  return laidOut([head, ...rows])
}

export function tableOfSealed(scores: readonly SealedScore[]): string {
  const head = ['by sealed', 'valid: passed', 'cannot tell', 'failed', 'invalid: passed', 'cannot tell', 'failed']
  const cells = ({ PASSED, INDETERMINATE, FAILED }: SealedScore['valid']) => [PASSED, INDETERMINATE, FAILED].map(String)
  return laidOut([head, ...scores.map(({ suite, valid, invalid }) => [suite, ...cells(valid), ...cells(invalid)])])
}

function laidOut([head = [], ...rows]: readonly (readonly string[])[]): string {
  const widths = head.map((cell, column) => Math.max(cell.length, ...rows.map((row) => row[column]?.length ?? 0)))
  return [head, ...rows]
    .map((row) =>
      row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join('  '),
    )
    .join('\n')
}
