import { existsSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { importTypeScript } from '../run.mjs'
import { CONFORMANCE_DATA, endWithError, ROOT, readIfPresent, SetupError, writeWhole } from '../setup.mjs'
import {
  parseDivergences,
  type SealedScore,
  type SuiteScore,
  scoreSealed,
  scoreSuite,
  sealedName,
  tableOf,
  tableOfSealed,
} from './score.ts'
import type { Suite } from './suite.ts'

const USAGE = 'usage: npm run conformance -- [--data DIR] [--report FILE] [--only SUITE]…'
const PRINTED_FAILURES = 40

/** A suite is what a module of the folder exports as `suite`, or as `suites` when it has several. */
async function suitesIn(folder: string): Promise<Suite[]> {
  const suites: Suite[] = []
  for (const name of readdirSync(folder).sort()) {
    if (!name.endsWith('.ts') || name.endsWith('.test.ts')) continue
    const module = await importTypeScript(join(folder, name))
    const found = [...(module.suite === undefined ? [] : [module.suite]), ...((module.suites ?? []) as unknown[])]
    if (found.length === 0) throw new SetupError(`${name} exports neither suite nor suites.`)
    suites.push(...(found as Suite[]))
  }
  return suites
}

/** Names of hostile files do not reach the terminal as they are. */
function printable(line: string): string {
  return line.replaceAll(
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu,
    (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`,
  )
}

function parsedArguments() {
  try {
    return parseArgs({
      options: {
        data: { type: 'string' },
        report: { type: 'string' },
        only: { type: 'string', multiple: true },
        // For the tests of this program.
        suites: { type: 'string' },
        divergences: { type: 'string' },
      },
    }).values
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n${USAGE}`)
    process.exit(2)
  }
}

async function run(): Promise<void> {
  const given = parsedArguments()
  const data = given.data === undefined ? CONFORMANCE_DATA : resolve(given.data)
  if (!existsSync(data))
    throw new SetupError(`There is no conformance data in ${data}; --data DIR names another folder.`)
  const all = await suitesIn(given.suites ?? join(ROOT, 'tools', 'conformance', 'suites'))
  const suites = all.filter(({ name }) => given.only === undefined || given.only.includes(name))
  const unknown = given.only?.filter((name) => !all.some((suite) => suite.name === name)) ?? []
  if (unknown.length > 0) {
    console.error(
      `There is no suite ${unknown.join(', ')}; there are ${all.map(({ name }) => name).join(', ')}.\n${USAGE}`,
    )
    process.exit(2)
  }
  const divergences = parseDivergences(
    readIfPresent(given.divergences ?? join(ROOT, 'test-vectors', 'divergences.json')) ?? '{}',
  )
  const scores: SuiteScore[] = []
  const bySealed: SealedScore[] = []
  const notRun: { suite: string; why: string }[] = []
  for (const { name, run, whyNotHere } of suites) {
    const why = whyNotHere?.() ?? null
    if (why !== null) {
      notRun.push({ suite: name, why })
      continue
    }
    const results = await run(data)
    scores.push(scoreSuite(name, results, divergences[name]))
    const sealed = scoreSealed(name, results, divergences)
    if (sealed !== null) bySealed.push(sealed)
  }
  const failures = [...scores, ...bySealed].flatMap((score) => score.failures)
  for (const name of Object.keys(divergences))
    if (!all.some((suite) => suite.name === name || sealedName(suite.name) === name))
      failures.push(`${name}: divergences of a suite that is not there`)
  if (scores.length === 0) failures.push('no suites')

  console.log(tableOf(scores))
  if (bySealed.length > 0) console.log(`\nThe same paths by the shipped policy sealed:\n${tableOfSealed(bySealed)}`)
  for (const { suite, why } of notRun) console.log(`NOT RUN: ${suite}. ${why}`)
  for (const line of failures.slice(0, PRINTED_FAILURES)) console.log(`  ${printable(line)}`)
  if (failures.length > PRINTED_FAILURES) console.log(`  … and ${failures.length - PRINTED_FAILURES} more`)
  const passed = scores.reduce((sum, { right }) => sum + right, 0)
  console.log(`${passed} passed, ${failures.length} failed`)
  if (given.report !== undefined)
    writeWhole(
      resolve(given.report),
      `${JSON.stringify({ passed, failed: failures.length, suites: scores, bySealed, notRun }, null, 2)}\n`,
    )
  process.exitCode = failures.length > 0 || passed === 0 ? 1 : 0
}

await run().catch((error: unknown) => {
  // A suite is a program of its own, with a class of its own of that name.
  const isSetup = error instanceof Error && error.constructor.name === 'SetupError'
  endWithError(isSetup ? new SetupError(error.message) : error)
})
