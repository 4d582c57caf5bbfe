import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { build } from 'esbuild'
import { BUNDLE, ensureBuilt } from '../tools/build.mjs'
import { endWithError, ROOT, SetupError } from '../tools/setup.mjs'
import { makeBag, makeZip, VERIFY_ZIP_IN_PYTHON } from './corpus.ts'
import { underWhat } from './machine.ts'
import { type Command, type Comparison, compare, type Result } from './measure.ts'

const USAGE = `usage: npm run bench -- [--rounds N] [--sample BUNDLE --trust-set FILE] [--at TIME] [--digester-only]
Writes the table of docs/performance.md to standard output. The data (4 GB) is made in .cache/bench and kept.`

/** Resident memory that no case may exceed, in bytes. */
const MOST_MEMORY = 200_000_000

function parsedArguments() {
  try {
    const { values } = parseArgs({
      options: {
        rounds: { type: 'string', default: '7' },
        sample: { type: 'string' },
        'trust-set': { type: 'string' },
        at: { type: 'string' },
        'digester-only': { type: 'boolean', default: false },
      },
    })
    const rounds = Number(values.rounds)
    if (!Number.isInteger(rounds) || rounds < 1)
      throw new RangeError(`--rounds ${values.rounds} is not a number of rounds`)
    return { ...values, rounds }
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n${USAGE}`)
    process.exit(2)
  }
}

const node = (...args: string[]): Command => ({ program: process.execPath, args })

/**
 * What a machine puts before a program is no part of its work: Node reads the file of NODE_EXTRA_CA_CERTS at each start, and `python3`
 * may be a launcher that looks for the interpreter first. Only the small sample is compared with another start of Node, as it is set.
 */
const { NODE_EXTRA_CA_CERTS: _, ...WITHOUT_ROOTS } = process.env

function pythonItself(): string {
  const { stdout } = spawnSync('python3', ['-c', 'import sys; print(sys.executable)'], { encoding: 'utf8' })
  const path = stdout?.trim() ?? ''
  if (path === '') throw new SetupError('python3 is not here.')
  return path
}

function payloadOf(folder: string): string[] {
  const paths: string[] = []
  for (const place of readdirSync(join(folder, 'data')).sort())
    for (const name of readdirSync(join(folder, 'data', place)).sort()) paths.push(`data/${place}/${name}`)
  return paths
}

async function comparisons(cache: string, given: ReturnType<typeof parsedArguments>): Promise<Comparison[]> {
  const alone = join(cache, 'digest-alone.mjs')
  await build({
    absWorkingDir: ROOT,
    entryPoints: ['bench/digest-alone.ts'],
    bundle: true,
    platform: 'node',
    format: 'esm',
    conditions: ['probatum-source'],
    outfile: alone,
    logLevel: 'silent',
  })
  const large = makeBag(cache, 'large', 20, 100_000_000)
  const small = makeBag(cache, 'small', 20_000, 10_240)
  const openssl: Command = {
    program: 'openssl',
    args: ['dgst', '-sha256', ...payloadOf(large.folder)],
    cwd: large.folder,
  }
  const check = ['--strict', '--quiet', '-c', 'manifest-sha256.txt']
  const sha256sum: Command = { program: 'sha256sum', args: check, cwd: small.folder }
  const digester = (folder: string): Command => ({ ...node(alone, folder, '2'), env: WITHOUT_ROOTS, says: 'same' })
  const found: Comparison[] = [
    {
      name: 'digester alone: 20 files of 100 MB',
      ours: digester(large.folder),
      stock: openssl,
      stockName: '`openssl dgst -sha256`',
      target: 0.65,
    },
    {
      name: 'digester alone: 20,000 files of 10 KB',
      ours: digester(small.folder),
      stock: sha256sum,
      stockName: '`sha256sum -c`',
      target: 1,
    },
  ]
  if (given['digester-only']) return found

  await ensureBuilt()
  const verify = (...args: string[]): Command => ({ ...node(BUNDLE, 'verify', ...args), says: 'TOTAL-PASSED' })
  const fixity = (bundle: string): Command => ({ ...verify('--policy', 'fixity', bundle), env: WITHOUT_ROOTS })
  const zip = makeZip(small)
  const python: Command = { program: pythonItself(), args: ['-c', VERIFY_ZIP_IN_PYTHON, zip], says: 'same' }
  found.push(
    {
      name: '`verify`: folder of 20 files of 100 MB',
      ours: fixity(large.folder),
      stock: openssl,
      stockName: '`openssl dgst -sha256`',
      target: 0.65,
    },
    {
      name: '`verify`: folder of 20,000 files of 10 KB',
      ours: fixity(small.folder),
      stock: sha256sum,
      stockName: '`sha256sum -c`',
      target: 1,
    },
    {
      name: '`verify`: the same as a stored ZIP',
      ours: fixity(zip),
      stock: python,
      stockName: "Python's zipfile and hashlib",
      target: 0.8,
    },
  )
  if (given.sample !== undefined) {
    const trust = given['trust-set'] === undefined ? [] : ['--trust-set', resolve(given['trust-set'])]
    const at = given.at === undefined ? [] : ['--at', given.at]
    found.push({
      name: '`verify`: the sealed sample, from start to verdict',
      ours: verify(...trust, ...at, resolve(given.sample)),
      stock: node('-e', '0'),
      stockName: '`node -e 0`',
      target: 3,
    })
  }
  return found
}

const HEAD = '| case | Probatum | stock tool | | ratio | lowest–highest | target | processor time | peak memory | |'

function row({ comparison, ours, stock, ratio, lowest, highest, peak, processor }: Result): string {
  const isKept = ratio <= comparison.target && (peak ?? 0) < MOST_MEMORY
  return `| ${[
    comparison.name,
    `${ours.toFixed(3)} s`,
    comparison.stockName,
    `${stock.toFixed(3)} s`,
    `**${ratio.toFixed(2)}**`,
    `${lowest.toFixed(2)}–${highest.toFixed(2)}`,
    `≤ ${comparison.target.toFixed(2)}`,
    processor === undefined ? 'not known' : processor.toFixed(2),
    peak === undefined ? 'not known' : `${Math.round(peak / 1e6)} MB`,
    isKept ? 'kept' : '**missed**',
  ].join(' | ')} |`
}

async function run(): Promise<void> {
  const given = parsedArguments()
  const cache = join(ROOT, '.cache', 'bench')
  mkdirSync(cache, { recursive: true })
  if (given.sample !== undefined && !existsSync(given.sample)) throw new SetupError(`There is no ${given.sample}.`)
  const rows: string[] = []
  let missed = 0
  for (const comparison of await comparisons(cache, given)) {
    console.error(comparison.name)
    const line = row(compare(comparison, given.rounds, cache))
    if (line.includes('**missed**')) missed++
    rows.push(line)
  }
  console.log(underWhat(given.rounds))
  console.log([HEAD, '|---|--:|---|--:|--:|--:|--:|--:|--:|---|', ...rows].join('\n'))
  process.exitCode = missed > 0 ? 1 : 0
}

await run().catch(endWithError)
