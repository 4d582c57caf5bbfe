import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { testPlace } from '../testing/place.ts'
import { parseDivergences, scoreSealed, scoreSuite, standingOf, tableOfSealed } from './score.ts'
import type { CaseResult } from './suite.ts'

const RUN = join(import.meta.dirname, '..', 'run.mjs')
const MAIN = join(import.meta.dirname, 'main.ts')

// Inside the repository, so that its packages are found.
const { newFolder } = testPlace('conformance', { within: join(import.meta.dirname, '..', '..', '.cache') })
let folder: string
beforeEach(() => {
  folder = newFolder('case')
  mkdirSync(join(folder, 'data'))
  mkdirSync(join(folder, 'suites'))
})

const CASES: CaseResult[] = [
  { id: 'good', expected: 'valid', got: 'PASSED', detail: '' },
  { id: 'bad', expected: 'invalid', got: 'FAILED', detail: '' },
  { id: 'open', expected: 'either', got: 'INDETERMINATE', detail: '' },
]

/** Runs the program with one made-up suite. */
function run(cases: readonly CaseResult[], divergences: unknown, ...args: string[]) {
  return runSuite(`{ name: 'made-up', run: async () => (${JSON.stringify(cases)}) }`, divergences, ...args)
}

function runSuite(suite: string, divergences: unknown, ...args: string[]) {
  writeFileSync(join(folder, 'suites', 'made-up.ts'), `export const suite = ${suite}`)
  writeFileSync(join(folder, 'divergences.json'), JSON.stringify(divergences))
  const fixed = ['--suites', join(folder, 'suites'), '--divergences', join(folder, 'divergences.json')]
  const report = join(folder, 'report.json')
  const ended = spawnSync(
    process.execPath,
    [RUN, MAIN, ...fixed, '--data', join(folder, 'data'), '--report', report, ...args],
    { encoding: 'utf8' },
  )
  return { ...ended, report }
}

test('a suite that is judged as it judges itself ends with 0 and is counted', () => {
  const { status, stdout, report } = run(CASES, {})
  expect(stdout).toContain('made-up      3      3              0              0            0       0')
  expect(stdout).toMatch(/^3 passed, 0 failed$/m)
  expect(status).toBe(0)
  expect(JSON.parse(readFileSync(report, 'utf8'))).toMatchObject({
    passed: 3,
    failed: 0,
    suites: [{ suite: 'made-up' }],
  })
})

test('a false accept that is not listed ends with 1 and is named', () => {
  const { status, stdout, report } = run(
    [...CASES, { id: 'forged\u202e', expected: 'invalid', got: 'PASSED', detail: 'signature.value' }],
    {},
  )
  expect(status).toBe(1)
  expect(stdout).toContain('made-up forged\\u{202e}: invalid in the suite, PASSED here: signature.value')
  expect(JSON.parse(readFileSync(report, 'utf8'))).toMatchObject({ passed: 3, failed: 1 })
})

test('a listed difference does not fail the run, and one that is no longer there does', () => {
  const cases: CaseResult[] = [...CASES, { id: 'old', expected: 'valid', got: 'FAILED', detail: 'x' }]
  const listed = { 'made-up': { old: { got: 'FAILED', reason: 'the suite is wrong' } } }
  expect(run(cases, listed).status).toBe(0)
  const { status, stdout } = run(CASES, listed)
  expect(status).toBe(1)
  expect(stdout).toContain('made-up old: listed as FAILED, and no longer so')
})

test('divergences of a suite that is not there fail the run', () => {
  expect(run(CASES, { gone: {} }).stdout).toContain('gone: divergences of a suite that is not there')
})

test('without data it says so and ends with 70', () => {
  const { status, stderr } = run(CASES, {}, '--data', join(folder, 'nowhere'))
  expect(status).toBe(70)
  expect(stderr).toContain('There is no conformance data in')
})

test('a suite that does not exist is a usage error, never an empty success', () => {
  const { status, stderr } = run(CASES, {}, '--only', 'other')
  expect(status).toBe(2)
  expect(stderr).toContain('There is no suite other; there are made-up.')
})

test('a suite without cases fails', () => {
  expect(run([], {}).status).toBe(1)
})

test('a case is scored as the data says', () => {
  const standing = (expected: CaseResult['expected'], got: CaseResult['got'], meant?: boolean) =>
    standingOf({ id: 'a', expected, got, detail: '', ...(meant === undefined ? {} : { meant }) })
  expect(standing('valid', 'PASSED')).toBe('right')
  expect(standing('valid', 'FAILED')).toBe('false-reject')
  expect(standing('valid', 'INDETERMINATE')).toBe('cannot-tell')
  expect(standing('invalid', 'PASSED')).toBe('false-accept')
  expect(standing('invalid', 'PASSED', true)).toBe('false-accept')
  expect(standing('invalid', 'FAILED')).toBe('right')
  expect(standing('invalid', 'INDETERMINATE', true)).toBe('right')
  expect(standing('invalid', 'INDETERMINATE', false)).toBe('wrong-reason')
  for (const got of ['PASSED', 'FAILED', 'INDETERMINATE'] as const) expect(standing('either', got)).toBe('right')
})

test('one entry may stand for many cases that cannot be told, and for no other difference', () => {
  const listed = { 'group/*': { got: 'INDETERMINATE', reason: 'not supported' } } as const
  const unsupported: CaseResult = { id: 'group/1', expected: 'valid', got: 'INDETERMINATE', detail: '' }
  expect(scoreSuite('s', [unsupported, { ...unsupported, id: 'group/2' }], listed)).toMatchObject({
    cannotTell: 2,
    listed: 2,
    failures: [],
  })
  const refused = scoreSuite('s', [unsupported, { ...unsupported, id: 'group/2', got: 'FAILED' }], listed)
  expect(refused.failures).toHaveLength(1)
  const forged: CaseResult = { ...unsupported, id: 'group/3', expected: 'invalid', got: 'PASSED' }
  const accepted = scoreSuite('s', [unsupported, forged], {
    ...listed,
    'group/3*': { got: 'PASSED', reason: 'x' },
  })
  expect(accepted.failures).toHaveLength(2)
  expect(scoreSuite('s', [{ ...unsupported, id: 'other/1' }], listed).failures).toHaveLength(2)
})

test('a listed difference with another answer than the one given does not count', () => {
  const listed = { a: { got: 'INDETERMINATE', reason: 'x' } } as const
  const { failures } = scoreSuite('s', [{ id: 'a', expected: 'invalid', got: 'PASSED', detail: '' }], listed)
  expect(failures).toHaveLength(2)
})

test('two cases of one id fail', () => {
  expect(scoreSuite('s', [...CASES, ...CASES.slice(0, 1)]).failures).toEqual(['s good: two cases of this id'])
})

test('an entry without a reason fails, and a malformed list is refused', () => {
  const cases: CaseResult[] = [{ id: 'a', expected: 'valid', got: 'FAILED', detail: '' }]
  expect(scoreSuite('s', cases, { a: { got: 'FAILED', reason: ' ' } }).failures).toHaveLength(1)
  expect(() => parseDivergences('{"s":{"a":{"got":"failed","reason":"x"}}}')).toThrow(TypeError)
  expect(() => parseDivergences('{"s":{"a":{"got":"FAILED","reason":"x","why":1}}}')).toThrow(TypeError)
  expect(() => parseDivergences('[]')).toThrow(TypeError)
})

test('a suite that cannot be run here is said aloud, with the reason, and is not counted', () => {
  const browserless = `{ name: 'in-a-browser', whyNotHere: () => 'There is no browser.', run: async () => { throw new Error('run') } }`
  writeFileSync(join(folder, 'suites', 'second.ts'), `export const suite = ${browserless}`)
  const { stdout, status, report } = run(CASES, { 'in-a-browser': { known: { got: 'FAILED', reason: 'x' } } })
  expect(stdout).toContain('NOT RUN: in-a-browser. There is no browser.')
  expect(stdout).toMatch(/^3 passed, 0 failed$/m)
  expect(status).toBe(0)
  expect(JSON.parse(readFileSync(report, 'utf8'))).toMatchObject({
    suites: [{ suite: 'made-up' }],
    notRun: [{ suite: 'in-a-browser', why: 'There is no browser.' }],
  })
})

test('a run of which nothing could be run does not end with 0', () => {
  const { status, stdout } = runSuite(`{ name: 'made-up', whyNotHere: () => 'no', run: async () => [] }`, {})
  expect(stdout).toMatch(/^0 passed, 1 failed$/m)
  expect(status).toBe(1)
})

test('a suite that must not be left out ends the run, with no verdict', () => {
  const demanding = `{ name: 'made-up', whyNotHere: () => { throw new Error('never left out') }, run: async () => [] }`
  const { status, stderr } = runSuite(demanding, {})
  expect(stderr).toContain('never left out')
  expect(status).toBe(70)
})

test('what the policy sealed says of paths is counted beside it, and a false accept of its own fails the run', () => {
  const cases: CaseResult[] = [
    { id: 'good', expected: 'valid', got: 'PASSED', detail: '', sealed: 'INDETERMINATE' },
    { id: 'bad', expected: 'invalid', got: 'FAILED', detail: '', sealed: 'PASSED' },
  ]
  const { stdout, status } = run(cases, {})
  expect(stdout).toContain('made-up                0            1       0                1            0       0')
  expect(stdout).toContain('made-up by sealed bad: invalid in the suite, PASSED here')
  expect(status).toBe(1)
  const listed = { 'made-up by sealed': { bad: { got: 'PASSED', reason: 'another question' } } }
  expect(run(cases, listed).status).toBe(0)
})

test('a false accept of sealed that the suite has too is listed once, and one that is gone fails the run', () => {
  const cases: CaseResult[] = [{ id: 'bad', expected: 'invalid', got: 'PASSED', detail: '', sealed: 'PASSED' }]
  const own = { suite: { bad: { got: 'PASSED' as const, reason: 'a host' } } }
  expect(scoreSealed('suite', cases, own)?.failures).toEqual([])
  const gone = { 'suite by sealed': { other: { got: 'PASSED' as const, reason: 'a host' } } }
  expect(scoreSealed('suite', [{ ...cases[0], sealed: 'FAILED' } as CaseResult], gone)?.failures).toEqual([
    'suite by sealed other: listed as PASSED, and not so',
  ])
  expect(scoreSealed('suite', CASES, own)).toBeNull()
  expect(tableOfSealed([])).toContain('invalid: passed')
})
