import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { ensureBuilt } from './build.mjs'
import { importTypeScript } from './run.mjs'
import { endWithError, ensureInstalled, isProgram, ROOT, readIfPresent, SetupError, writeWhole } from './setup.mjs'

/** @typedef {import('./sweep.ts').Sweep} Sweep */
/** @typedef {import('./sweep.ts').PieceResult} PieceResult */
/** @typedef {{ commit: string, node: string, pieces: number, done: Record<string, PieceResult> }} State */
/** @typedef {{ name: string, pieces: number, ran: number[], cases: number, passed: number, failed: number, failures: readonly string[] }} SweepResult */
/** @typedef {{ commit: string, commitDate: string, node: string }} Provenance the commit and its own date, never the clock */

/** A longer piece cannot be resumed where time is short. */
const PIECE_SECONDS = 600
const PRINTED_FAILURES = 20

/**
 * The piece that a commit's tests run: chosen by the commit id, so that a run can be repeated and commits differ.
 * @param {string} commit a full commit id in hex
 * @param {number} pieces
 */
export function pieceOfCommit(commit, pieces) {
  return Number(BigInt(`0x${commit}`) % BigInt(pieces))
}

/**
 * @param {unknown} value what runPiece gave
 * @param {string} where
 * @returns {PieceResult}
 */
function checkedResult(value, where) {
  const { cases, failures } = /** @type {Partial<PieceResult>} */ (value ?? {})
  if (cases === undefined || !Number.isSafeInteger(cases) || cases < 0)
    throw new SetupError(`${where}: no number of cases`)
  if (!Array.isArray(failures) || !failures.every((line) => typeof line === 'string'))
    throw new SetupError(`${where}: failures is not a list of lines`)
  if (failures.length > cases) throw new SetupError(`${where}: more failures than cases`)
  return { cases, failures }
}

/**
 * @param {Sweep} sweep
 * @param {number} piece
 * @param {(line: string) => void} log
 */
async function runPiece(sweep, piece, log) {
  const start = process.hrtime.bigint()
  const progress = (/** @type {string} */ line) => log(`  ${line}`)
  const result = checkedResult(await sweep.runPiece(piece, { root: ROOT, progress }), `${sweep.name}, piece ${piece}`)
  const seconds = Number((process.hrtime.bigint() - start) / 1_000_000n) / 1000
  log(`${sweep.name}: piece ${piece}: ${result.cases} cases, ${result.failures.length} failed, ${seconds.toFixed(1)} s`)
  for (const line of result.failures.slice(0, PRINTED_FAILURES)) log(`  ${line}`)
  if (result.failures.length > PRINTED_FAILURES) log(`  … and ${result.failures.length - PRINTED_FAILURES} more`)
  if (seconds > PIECE_SECONDS)
    log(`${sweep.name}: a piece must stay under ${PIECE_SECONDS} s: give the sweep more pieces`)
  return result
}

/**
 * @param {Sweep} sweep
 * @param {number} pieces
 * @param {ReadonlyMap<number, PieceResult>} done
 * @returns {SweepResult}
 */
function sumOf(sweep, pieces, done) {
  const ran = [...done.keys()].sort((a, b) => a - b)
  const results = ran.flatMap((piece) => done.get(piece) ?? [])
  const cases = results.reduce((sum, result) => sum + result.cases, 0)
  const failures = results.flatMap((result) => result.failures)
  return { name: sweep.name, pieces, ran, cases, passed: cases - failures.length, failed: failures.length, failures }
}

/** @param {Sweep} sweep @returns {Promise<number>} */
async function piecesOf(sweep) {
  const pieces = await sweep.pieces()
  if (!Number.isSafeInteger(pieces) || pieces < 1) throw new SetupError(`${sweep.name}: a sweep has at least one piece`)
  return pieces
}

/**
 * Runs one piece and records nothing.
 * @param {Sweep} sweep
 * @param {(pieces: number) => number} choose
 * @param {(line: string) => void} log
 * @returns {Promise<SweepResult>}
 */
export async function runShard(sweep, choose, log) {
  const pieces = await piecesOf(sweep)
  const piece = choose(pieces)
  if (!(Number.isInteger(piece) && piece >= 0 && piece < pieces))
    throw new SetupError(`${sweep.name} has pieces 0 to ${pieces - 1}, not ${piece}`)
  return sumOf(sweep, pieces, new Map([[piece, await runPiece(sweep, piece, log)]]))
}

/**
 * Runs the pieces that are not done yet for this commit and Node, recording each as soon as it ends; when all are done,
 * writes the assurance file.
 * @param {object} run
 * @param {Sweep} run.sweep
 * @param {Provenance} run.provenance
 * @param {string} run.stateFile what is done so far; made when missing, begun anew for another commit or Node
 * @param {string} run.assuranceFile written when the sweep is complete
 * @param {number} [run.only] one piece instead of all that are left
 * @param {(line: string) => void} run.log
 * @returns {Promise<SweepResult>}
 */
export async function runSweep({ sweep, provenance, stateFile, assuranceFile, only, log }) {
  const pieces = await piecesOf(sweep)
  const { commit, node } = provenance
  /** @type {Map<number, PieceResult>} */
  const done = new Map()
  const saved = readIfPresent(stateFile)
  if (saved !== undefined) {
    /** @type {State} */
    const state = JSON.parse(saved)
    if (state.commit === commit && state.node === node && state.pieces === pieces)
      for (const [piece, result] of Object.entries(state.done)) done.set(Number(piece), result)
  }
  if (done.size > 0) log(`${sweep.name}: ${done.size} of ${pieces} pieces are done already`)
  if (only !== undefined && !(Number.isInteger(only) && only >= 0 && only < pieces))
    throw new SetupError(`${sweep.name} has pieces 0 to ${pieces - 1}, not ${only}`)
  const wanted = only === undefined ? Array.from({ length: pieces }, (_, piece) => piece) : [only]
  for (const piece of wanted) {
    if (done.has(piece)) continue
    done.set(piece, await runPiece(sweep, piece, log))
    /** @type {State} */
    const state = { commit, node, pieces, done: Object.fromEntries(done) }
    writeWhole(stateFile, `${JSON.stringify(state)}\n`)
  }
  const result = sumOf(sweep, pieces, done)
  if (done.size < pieces) log(`${sweep.name}: ${pieces - done.size} pieces are left`)
  else {
    const { name, cases, passed, failed, failures } = result
    writeWhole(
      assuranceFile,
      `${JSON.stringify({ sweep: name, ...provenance, pieces, cases, passed, failed, failures }, null, 2)}\n`,
    )
    log(`${name}: complete: ${cases} cases, ${passed} passed, ${failed} failed`)
  }
  return result
}

/**
 * @param {string} folder
 * @returns {Promise<Sweep[]>} the sweeps that the modules of a folder export, in the order of their names
 */
export async function loadSweeps(folder) {
  const names = existsSync(folder) ? readdirSync(folder).filter((file) => /(?<!\.test)\.ts$/.test(file)) : []
  /** @type {Sweep[]} */
  const sweeps = []
  for (const file of names.sort()) {
    const sweep = /** @type {Partial<Sweep>} */ (await importTypeScript(join(folder, file)))
    if (sweep.name !== file.slice(0, -3) || typeof sweep.pieces !== 'function' || typeof sweep.runPiece !== 'function')
      throw new SetupError(`${file} is no sweep: it exports name (that of its file), pieces and runPiece`)
    sweeps.push(/** @type {Sweep} */ (sweep))
  }
  return sweeps
}

/** @param {string[]} args */
function git(...args) {
  // A checkout that belongs to another user is still the one to be tested.
  const { status, stdout, stderr } = spawnSync('git', ['-c', `safe.directory=${ROOT}`, ...args], {
    cwd: ROOT,
    encoding: 'utf8',
  })
  if (status !== 0) throw new SetupError(`git ${args[0]} failed: ${stderr}`.trim())
  return stdout.trim()
}

const USAGE = `usage: npm run test:long -- [--only NAME] [--piece N] [--report FILE]
       npm run test:long -- --shard-of-commit [--report FILE]

Runs every sweep of tools/long, piece by piece; run it again to go on where it stopped. Complete sweeps are written to
docs/assurance. --shard-of-commit runs one piece of each, chosen by the commit id, and records nothing.
--uncommitted runs with changes that are not committed, and records nothing either.`

/** @returns {{ only?: string, piece?: string, report?: string, 'shard-of-commit'?: boolean, uncommitted?: boolean }} */
function parsedArguments() {
  const text = /** @type {const} */ ({ type: 'string' })
  const flag = /** @type {const} */ ({ type: 'boolean' })
  const options = { only: text, piece: text, report: text, 'shard-of-commit': flag, uncommitted: flag }
  try {
    return parseArgs({ options }).values
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n\n${USAGE}`)
    process.exit(2)
  }
}

async function main() {
  const given = parsedArguments()
  ensureInstalled()
  await ensureBuilt()
  const all = await loadSweeps(join(ROOT, 'tools', 'long'))
  const sweeps = given.only === undefined ? all : all.filter(({ name }) => name === given.only)
  if (sweeps.length === 0)
    throw new SetupError(
      given.only === undefined ? 'There is no sweep in tools/long.' : `There is no sweep ${given.only}.`,
    )
  const piece = given.piece === undefined ? undefined : Number(given.piece)
  const commit = git('rev-parse', 'HEAD')
  const provenance = { commit, commitDate: git('show', '-s', '--format=%cI', 'HEAD'), node: process.version }
  const records = !given['shard-of-commit'] && !given.uncommitted
  if (records && git('status', '--porcelain', '--', '.', ':!docs/assurance') !== '')
    throw new SetupError(
      'There are changes that are not committed: figures would name a commit that they are not of. Commit first, or give --uncommitted.',
    )
  const log = (/** @type {string} */ line) => console.log(line)
  /** @type {SweepResult[]} */
  const results = []
  for (const sweep of sweeps) {
    if (given['shard-of-commit']) {
      results.push(await runShard(sweep, (pieces) => pieceOfCommit(commit, pieces), log))
    } else if (records) {
      const stateFile = join(ROOT, '.cache', 'long', `${sweep.name}-${commit}.json`)
      const assuranceFile = join(ROOT, 'docs', 'assurance', `${sweep.name}.json`)
      results.push(
        await runSweep({
          sweep,
          provenance,
          stateFile,
          assuranceFile,
          log,
          ...(piece === undefined ? {} : { only: piece }),
        }),
      )
    } else {
      const chosen = piece === undefined ? Array.from({ length: await piecesOf(sweep) }, (_, i) => i) : [piece]
      for (const one of chosen) results.push(await runShard(sweep, () => one, log))
    }
  }
  const passed = results.reduce((sum, result) => sum + result.passed, 0)
  const failed = results.reduce((sum, result) => sum + result.failed, 0)
  if (given.report !== undefined)
    writeWhole(given.report, `${JSON.stringify({ passed, failed, sweeps: results }, null, 2)}\n`)
  console.log(`${passed} passed, ${failed} failed`)
  if (passed + failed === 0) throw new SetupError('Not one case was run.')
  process.exitCode = failed > 0 ? 1 : 0
}

if (isProgram(import.meta.url)) await main().catch(endWithError)
