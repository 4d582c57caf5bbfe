import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { BUNDLE, ensureBuilt } from '../tools/build.mjs'
import { endWithError, ROOT } from '../tools/setup.mjs'
import { readCounts } from './counts.ts'
import { underWhat } from './machine.ts'
import { type Command, compare, type Result } from './measure.ts'

const USAGE = `usage: npm run bench:custody -- [--rounds N] [--events N]
Writes the section on large logs of docs/performance.md to standard output. The bundles (2 GB at a million events) are made
in .cache/bench and kept.`

/** What is promised of a million events: seconds, resident memory in bytes, and times the bare loop. */
const MOST_SECONDS = 10
const MOST_MEMORY = 600_000_000
const MOST_RATIO = 8

/** A bundle over a log of so many events, and the trust set for it. */
interface LargeLog {
  readonly bundle: string
  readonly trustSet: string
}

/** What `custody append --batch` takes for one event. */
const EVENTS = {
  closed: () => ({ fields: {}, type: 'access' }),
  opened: (at: number) => ({
    fields: {
      agent: `Example Officer ${at % 5000} (sample)`,
      place: `Example Room ${at % 300} (sample)`,
      time: `${new Date(Date.UTC(2026, 0, 1) + at * 1000).toISOString().slice(0, 19)}Z`,
    },
    type: 'access',
  }),
} as const

function probatum(cwd: string, ...args: string[]): void {
  const { status, stderr } = spawnSync(process.execPath, [BUNDLE, ...args], { cwd, encoding: 'utf8' })
  if (status !== 0) throw new Error(`${args.slice(0, 2).join(' ')} ended with ${status}: ${stderr.slice(-500)}`)
}

/** Writes lines to a batch as fast as it takes them; what it acknowledges is not kept. */
async function appendAll(cwd: string, log: string, events: number, event: (at: number) => object): Promise<void> {
  const child = spawn(process.execPath, [BUNDLE, 'custody', 'append', log, '--batch'], {
    cwd,
    stdio: ['pipe', 'ignore', 'inherit'],
  })
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve))
  for (let at = 0; at < events; ) {
    const lines: string[] = []
    for (const to = Math.min(events, at + 5000); at < to; at++) lines.push(`${JSON.stringify(event(at))}\n`)
    if (!child.stdin.write(lines.join(''))) await new Promise((resolve) => child.stdin.once('drain', resolve))
  }
  child.stdin.end()
  const code = await ended
  if (code !== 0) throw new Error(`custody append ended with ${code}`)
}

async function makeLargeLog(cache: string, kind: keyof typeof EVENTS, events: number): Promise<LargeLog> {
  const folder = join(cache, `custody-${kind}-${events}`)
  const made = { bundle: join(folder, 'bundle'), trustSet: join(folder, 'bundle.trust-set.json') }
  if (existsSync(folder)) return made
  const unfinished = `${folder}.unfinished`
  rmSync(unfinished, { recursive: true, force: true })
  mkdirSync(join(unfinished, 'files'), { recursive: true })
  for (const name of ['one', 'two', 'three'])
    writeFileSync(join(unfinished, 'files', `${name}.txt`), `INVENTED SAMPLE ${name}\n`)
  const key = ['--log-key', 'log-key.pem']
  probatum(unfinished, 'custody', 'init', 'log', ...key, '--new-key', '--origin', `bench.example/${kind}`)
  await appendAll(unfinished, 'log', events, EVENTS[kind])
  probatum(unfinished, 'seal', 'files', '-o', 'bundle', '--log', 'log', ...key, '--demo-authority')
  rmSync(join(unfinished, 'log'), { recursive: true })
  renameSync(unfinished, folder)
  return made
}

/** Reads files, parts them at line feeds and digests each line with Node's own SHA-256: the least that has to be done. */
const BARE_LOOP = `
const { hash, createHash } = require('node:crypto')
const { openSync, readSync } = require('node:fs')
const digest = hash === undefined ? (b) => createHash('sha256').update(b).digest('hex') : (b) => hash('sha256', b, 'hex')
let lines = 0
for (const path of process.argv.slice(1)) {
  const file = openSync(path)
  const block = Buffer.alloc(1 << 20)
  for (let held = 0; ; ) {
    const read = readSync(file, block, held, block.length - held, null)
    if (read === 0) break
    const end = held + read
    let start = 0
    for (let at; (at = block.indexOf(10, start)) !== -1 && at < end; start = at + 1) {
      digest(block.subarray(start, at))
      lines++
    }
    block.copyWithin(0, start, end)
    held = end - start
    block.fill(0, held)
  }
}
console.log(lines + ' lines')
`

function row({ comparison, ours, stock, ratio, lowest, highest, peak, processor }: Result): string {
  const isKept = ours < MOST_SECONDS && ratio <= MOST_RATIO && (peak ?? 0) < MOST_MEMORY
  return `| ${[
    comparison.name,
    `${ours.toFixed(1)} s`,
    `${stock.toFixed(2)} s`,
    `**${ratio.toFixed(1)}**`,
    `${lowest.toFixed(1)}–${highest.toFixed(1)}`,
    processor === undefined ? 'not known' : processor.toFixed(1),
    peak === undefined ? 'not known' : `${Math.round(peak / 1e6)} MB`,
    isKept ? 'kept' : '**missed**',
  ].join(' | ')} |`
}

async function run(): Promise<void> {
  const { rounds, events } = readCounts(USAGE, { rounds: 5, events: 1_000_000 })
  const cache = join(ROOT, '.cache', 'bench')
  mkdirSync(cache, { recursive: true })
  await ensureBuilt()
  const rows: string[] = []
  for (const kind of ['closed', 'opened'] as const) {
    console.error(`${events} events, ${kind}`)
    const { bundle, trustSet } = await makeLargeLog(cache, kind, events)
    const records = [join(bundle, 'record', 'custody.jsonl'), join(bundle, 'record', 'disclosures.jsonl')]
    const megabytes = Math.round(records.reduce((sum, path) => sum + statSync(path).size, 0) / 1e6)
    const ours: Command = {
      program: process.execPath,
      args: [BUNDLE, 'verify', bundle, '--trust-set', trustSet],
      says: 'TOTAL-PASSED',
    }
    const stock: Command = { program: process.execPath, args: ['-e', BARE_LOOP, ...records], says: 'lines' }
    const shown = kind === 'closed' ? 'no field opened' : 'three fields of each opened'
    const name = `${events.toLocaleString('en')} events, ${shown} (${megabytes} MB)`
    rows.push(row(compare({ name, ours, stock, stockName: '', target: MOST_RATIO }, rounds, cache)))
  }
  console.log(underWhat(rounds))
  console.log('| log | `verify` | bare loop | ratio | lowest–highest | by processor time | peak memory | |')
  console.log(['|---|--:|--:|--:|--:|--:|--:|---|', ...rows].join('\n'))
  process.exitCode = rows.some((line) => line.includes('**missed**')) ? 1 : 0
}

await run().catch(endWithError)
