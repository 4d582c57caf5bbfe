import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { countReport, countVitest, parseBudget, runSuite, table } from './ci.mjs'
import { testPlace } from './testing/place.ts'

const MINUTE = 60

const { newFolder } = testPlace('ci')
let folder: string
let report: string
beforeEach(() => {
  folder = newFolder('case')
  report = join(folder, 'report.json')
})

/** A suite that is a line of JavaScript; `write(text)` writes its report. */
const suite = (code: string) => ({
  name: 'fake',
  command: [process.execPath, '-e', `const write = (t) => fs.writeFileSync(${JSON.stringify(report)}, t); ${code}`],
  report,
  count: countReport,
})

describe('a suite', () => {
  test('gives the counts of its own report', async () => {
    const result = await runSuite(suite(`write('{"passed":3,"failed":0}')`), MINUTE)
    expect(result).toMatchObject({ name: 'fake', passed: 3, failed: 0, notes: [] })
  })

  test('gives the failures that its report names', async () => {
    const result = await runSuite(suite(`write('{"passed":3,"failed":2}'); process.exit(1)`), MINUTE)
    expect(result).toMatchObject({ passed: 3, failed: 2, notes: [] })
  })

  test.each([
    ['breaks after a good report', `write('{"passed":3,"failed":0}'); process.exit(70)`, 3, 'ended with 70'],
    ['is killed', `write('{"passed":3,"failed":0}'); process.kill(process.pid, 'SIGKILL')`, 3, 'ended with SIGKILL'],
    ['writes no report', '', 0, 'there is no report'],
    ['breaks before its report', 'process.exit(2)', 0, 'there is no report'],
    ['writes half a report', `write('{"passed":3')`, 0, 'the report cannot be read'],
    ['writes a report without counts', `write('{"passed":3}')`, 0, 'the report has no counts'],
    ['writes a report with words for counts', `write('{"passed":"3","failed":0}')`, 0, 'the report has no counts'],
    ['runs nothing', `write('{"passed":0,"failed":0}')`, 0, 'nothing was run'],
  ])('that %s is one failure', async (_, code, passed, note) => {
    const result = await runSuite(suite(code), MINUTE)
    expect(result).toMatchObject({ passed, failed: 1 })
    expect(result.notes.join()).toContain(note)
  })

  test('that ends with 0 in spite of failures is a failure more', async () => {
    const result = await runSuite(suite(`write('{"passed":3,"failed":1}')`), MINUTE)
    expect(result).toMatchObject({ failed: 2, notes: ['ended with 0 in spite of failures'] })
  })

  test('does not count what an earlier run left', async () => {
    writeFileSync(report, '{"passed":3,"failed":0}')
    expect(await runSuite(suite(''), MINUTE)).toMatchObject({ passed: 0, failed: 1, notes: ['there is no report'] })
  })

  test('that runs over its budget is stopped with all that it started, and fails', async () => {
    const alive = join(folder, 'alive')
    const grandchild = `setTimeout(() => fs.writeFileSync(${JSON.stringify(alive)}, ''), 2000)`
    const code = `child_process.spawn(process.execPath, ['-e', ${JSON.stringify(grandchild)}]); setTimeout(() => {}, 60000)`
    const endless = { name: 'fake', command: [process.execPath, '-e', code] }
    expect(await runSuite(endless, 0.5)).toMatchObject({ passed: 0, failed: 1, notes: ['over its budget'] })
    await new Promise((done) => setTimeout(done, 2500))
    expect(() => readFileSync(alive)).toThrow('ENOENT')
  })

  test('that cannot be started is a failure', async () => {
    const command = [join(folder, 'nowhere')]
    expect(await runSuite({ name: 'fake', command }, MINUTE)).toMatchObject({
      failed: 1,
      notes: [expect.stringContaining('ENOENT')],
    })
  })

  test('that cannot run here is a failure with its reason', async () => {
    const missing = 'no conformance data'
    expect(await runSuite({ ...suite(''), missing }, MINUTE)).toMatchObject({ passed: 0, failed: 1, notes: [missing] })
  })

  test('without a report holds or breaks', async () => {
    const step = (code: string) => ({ name: 'step', command: [process.execPath, '-e', code] })
    expect(await runSuite(step(''), MINUTE)).toMatchObject({ passed: 0, failed: 0, notes: [] })
    expect(await runSuite(step('process.exit(2)'), MINUTE)).toMatchObject({ failed: 1, notes: ['ended with 2'] })
  })
})

describe("Vitest's report", () => {
  const file = (status: string, ...results: string[]) => ({
    status,
    assertionResults: results.map((each) => ({ status: each })),
  })
  const reportOf = (...testResults: ReturnType<typeof file>[]) => {
    const all = testResults.flatMap(({ assertionResults }) => assertionResults)
    return {
      numTotalTests: all.length,
      numPassedTests: all.filter(({ status }) => status === 'passed').length,
      testResults,
    }
  }

  test.each([
    [
      'passes and failures',
      reportOf(file('failed', 'passed', 'failed'), file('passed', 'passed')),
      { passed: 2, failed: 1 },
    ],
    ['a skipped test as a failure', reportOf(file('passed', 'passed', 'skipped')), { passed: 1, failed: 1 }],
    ['a file that could not be loaded', reportOf(file('passed', 'passed'), file('failed')), { passed: 1, failed: 1 }],
    ['a file that broke after its last test', reportOf(file('failed', 'passed')), { passed: 1, failed: 1 }],
  ])('counts %s', (_, given, counts) => {
    expect(countVitest(given)).toEqual(counts)
  })
})

describe('the budget', () => {
  const text = (total: number, suites: object) => JSON.stringify({ total, suites })

  test('of this repository is twenty minutes and names every suite', () => {
    const given = readFileSync(join(import.meta.dirname, '..', '.ci', 'budget.json'), 'utf8')
    expect(parseBudget(given, ['install', 'test', 'lint', 'conformance', 'long']).total).toBe(1200)
  })

  test('names every suite and no other', () => {
    expect(() => parseBudget(text(9, { a: 1 }), ['a', 'b'])).toThrow('the suites are a, b')
    expect(() => parseBudget(text(9, { a: 1, b: 1 }), ['a'])).toThrow('names a, b')
  })

  test('is not larger in its parts than as a whole', () => {
    expect(() => parseBudget(text(9, { a: 5, b: 5 }), ['a', 'b'])).toThrow('add up to 10 s')
    expect(() => parseBudget(text(9, { a: 'b' }), ['a'])).toThrow('add up to')
  })
})

test('the table has a line for each suite, with what went wrong', () => {
  const results = [
    { name: 'test', passed: 1200, failed: 0, seconds: 61.25, budget: 420, notes: [] },
    { name: 'lint', passed: 0, failed: 1, seconds: 2, budget: 60, notes: ['ended with 1'] },
  ]
  expect(table(results)).toBe(
    [
      'suite  passed  failed  seconds  budget',
      'test     1200       0     61.3     420',
      'lint        0       1      2.0      60  ended with 1',
    ].join('\n'),
  )
})
