import { spawn } from 'node:child_process'
import { existsSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { requireNode } from './node-version.mjs'
import { CONFORMANCE_DATA, endWithError, isProgram, ROOT, readIfPresent, SetupError, writeWhole } from './setup.mjs'

/** @typedef {{ passed: number, failed: number }} Counts */
/**
 * @typedef {object} Suite
 * @property {string} name
 * @property {string[]} command
 * @property {string} [report] the file in which its runner reports
 * @property {(report: unknown) => Counts} [count] reads the report; a suite without one is a step that holds or breaks
 * @property {Record<string, string>} [env]
 * @property {string} [missing] why it cannot run here
 */
/** @typedef {{ total: number, suites: Record<string, number> }} Budget seconds */
/** @typedef {Counts & { name: string, seconds: number, budget: number, notes: string[] }} SuiteResult */

/**
 * Vitest's JSON report. A file that could not be loaded has no test in it and is one failure; a skipped test is one too.
 * @param {unknown} report
 * @returns {Counts}
 */
export function countVitest(report) {
  const { numTotalTests, numPassedTests, testResults } =
    /** @type {{ numTotalTests: number, numPassedTests: number, testResults: { status: string, assertionResults: { status: string }[] }[] }} */ (
      report
    )
  const broken = testResults.filter(
    ({ status, assertionResults }) =>
      status !== 'passed' && !assertionResults.some((result) => result.status !== 'passed'),
  )
  return { passed: numPassedTests, failed: numTotalTests - numPassedTests + broken.length }
}

/**
 * The report of this project's own runners: `{ "passed": n, "failed": n, … }`.
 * @param {unknown} report
 * @returns {Counts}
 */
export function countReport(report) {
  const { passed, failed } = /** @type {Counts} */ (report)
  return { passed, failed }
}

/**
 * @param {string} text .ci/budget.json
 * @param {readonly string[]} names the suites
 * @returns {Budget}
 * @throws {SetupError} when it does not name exactly these suites, or they could take longer than the total
 */
export function parseBudget(text, names) {
  const { total, suites } = /** @type {Budget} */ (JSON.parse(text))
  if (Object.keys(suites).sort().join() !== [...names].sort().join())
    throw new SetupError(`.ci/budget.json names ${Object.keys(suites).join(', ')}; the suites are ${names.join(', ')}.`)
  const sum = Object.values(suites).reduce((a, b) => a + b, 0)
  if (!(sum <= total))
    throw new SetupError(`The budgets of .ci/budget.json add up to ${sum} s; the total is ${total} s.`)
  return { total, suites }
}

/**
 * Runs a program to its end or to the end of its time; then it and all that it started are stopped.
 * @param {Suite} suite
 * @param {number} budget seconds
 * @returns {Promise<{ status: string, seconds: number }>} status: `0`, another exit code, a signal, or why it did not start
 */
function runWithin({ command, env }, budget) {
  return new Promise((settle) => {
    const start = process.hrtime.bigint()
    const seconds = () => Number((process.hrtime.bigint() - start) / 1_000_000n) / 1000
    const [program = '', ...args] = command
    // A process group of its own, so that nothing outlives the suite.
    const child = spawn(program, args, {
      cwd: ROOT,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'inherit', 'inherit'],
      detached: true,
    })
    const stop = (/** @type {NodeJS.Signals} */ signal) => {
      try {
        if (child.pid !== undefined) process.kill(-child.pid, signal)
      } catch {
        // The group is gone already.
      }
    }
    const cancelled = () => {
      stop('SIGKILL')
      process.exit(143)
    }
    process.once('SIGTERM', cancelled)
    const timers = [
      setTimeout(() => stop('SIGTERM'), budget * 1000),
      setTimeout(() => stop('SIGKILL'), budget * 1000 + 5000),
    ]
    const end = (/** @type {string} */ status) => {
      for (const timer of timers) clearTimeout(timer)
      process.off('SIGTERM', cancelled)
      settle({ status, seconds: seconds() })
    }
    child.on('error', (error) => end(error.message))
    child.on('exit', (code, signal) => {
      stop('SIGKILL')
      end(signal ?? String(code))
    })
  })
}

/**
 * Runs one suite. Whatever goes wrong counts as at least one failure: the exit code and the report must agree, a report
 * must be there and say that something ran, and the time must be kept.
 * @param {Suite} suite
 * @param {number} budget seconds
 * @returns {Promise<SuiteResult>}
 */
export async function runSuite(suite, budget) {
  const { name, report, count } = suite
  if (suite.missing !== undefined) return { name, passed: 0, failed: 1, seconds: 0, budget, notes: [suite.missing] }
  if (report !== undefined) rmSync(report, { force: true })
  const { status, seconds } = await runWithin(suite, budget)
  /** @type {string[]} */
  const notes = []
  let counts = { passed: 0, failed: 0 }
  if (report !== undefined && count !== undefined) {
    try {
      const text = readIfPresent(report)
      if (text === undefined) throw new SetupError('there is no report')
      const read = count(JSON.parse(text))
      if (
        !(
          Number.isSafeInteger(read.passed) &&
          Number.isSafeInteger(read.failed) &&
          read.passed >= 0 &&
          read.failed >= 0
        )
      )
        throw new SetupError('the report has no counts')
      counts = read
      if (counts.passed + counts.failed === 0) notes.push('nothing was run')
    } catch (error) {
      notes.push(error instanceof SetupError ? error.message : `the report cannot be read: ${error}`)
    }
  }
  if (seconds > budget) notes.push('over its budget')
  else if (status !== '0' && counts.failed === 0) notes.push(`ended with ${status}`)
  // A runner that counted failures and yet ended with 0 cannot be believed in either.
  else if (status === '0' && counts.failed > 0) notes.push('ended with 0 in spite of failures')
  return { name, passed: counts.passed, failed: counts.failed + (notes.length > 0 ? 1 : 0), seconds, budget, notes }
}

/**
 * @param {readonly SuiteResult[]} results
 * @returns {string} one line a suite
 */
export function table(results) {
  const rows = results.map(({ name, passed, failed, seconds, budget, notes }) => [
    name,
    String(passed),
    String(failed),
    seconds.toFixed(1),
    String(budget),
    notes.join('; '),
  ])
  const all = [['suite', 'passed', 'failed', 'seconds', 'budget', ''], ...rows]
  const widths = all[0]?.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0))) ?? []
  return all
    .map((row) =>
      row
        .map((cell, i) => (i === 0 || i === 5 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

/**
 * @param {string} data the folder of the conformance data
 * @param {string} reports a folder for the runners' reports
 * @returns {Suite[]} in the order in which they run
 */
function suitesOf(data, reports) {
  const at = (/** @type {string} */ name) => join(reports, `${name}.json`)
  return [
    { name: 'install', command: [process.execPath, 'tools/setup.mjs'] },
    {
      name: 'test',
      command: ['npm', 'test'],
      env: { PROBATUM_TEST_REPORT: at('test') },
      report: at('test'),
      count: countVitest,
    },
    { name: 'lint', command: ['npm', 'run', 'lint'] },
    {
      name: 'conformance',
      command: ['npm', 'run', 'conformance', '--', '--data', data, '--report', at('conformance')],
      report: at('conformance'),
      count: countReport,
      ...(existsSync(data) ? {} : { missing: `no conformance data in ${data}` }),
    },
    {
      name: 'long',
      command: ['npm', 'run', 'test:long', '--', '--shard-of-commit', '--report', at('long')],
      report: at('long'),
      count: countReport,
    },
  ]
}

function parsedArguments() {
  try {
    return parseArgs({ options: { data: { type: 'string' } } })
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\nusage: .ci/run [--data DIR]`)
    process.exit(2)
  }
}

async function main() {
  const { values } = parsedArguments()
  const reports = join(ROOT, '.cache', 'ci')
  const suites = suitesOf(values.data === undefined ? CONFORMANCE_DATA : resolve(values.data), reports)
  const budget = parseBudget(
    readIfPresent(join(ROOT, '.ci', 'budget.json')) ?? '',
    suites.map(({ name }) => name),
  )
  /** @type {SuiteResult[]} */
  const results = []
  for (const suite of suites) {
    console.log(`\n== ${suite.name}`)
    results.push(await runSuite(suite, budget.suites[suite.name] ?? 0))
    // Without the dependencies every other suite would fail for that one reason.
    if (suite.name === 'install' && results[0]?.failed !== 0) break
  }
  const passed = results.reduce((sum, result) => sum + result.passed, 0)
  const failed = results.reduce((sum, result) => sum + result.failed, 0)
  console.log(`\n${table(results)}\n`)
  writeWhole(join(reports, 'summary.txt'), `${passed} passed, ${failed} failed\n`)
  process.exitCode = failed > 0 || passed === 0 ? 1 : 0
}

if (isProgram(import.meta.url)) {
  requireNode()
  await main().catch(endWithError)
}
