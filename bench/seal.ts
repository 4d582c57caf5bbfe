import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { BUNDLE, ensureBuilt } from '../tools/build.mjs'
import { endWithError, ROOT } from '../tools/setup.mjs'
import { makeBag } from './corpus.ts'
import { readCounts } from './counts.ts'
import { underWhat } from './machine.ts'
import { type Command, measure, median, type Run } from './measure.ts'

const USAGE = `usage: node tools/run.mjs bench/seal.ts [--rounds N] [--many N]
Measures \`probatum seal\` in turns with stock tools over the same files and digests, and writes the section on sealing of
docs/performance.md to standard output. Needs room for two copies of 2 GB in .cache/bench.`

/** Promised: sealing has at least this share of the throughput of what it is compared with. */
const LEAST = 0.8

/** Of finished runs, below the cache. */
const DONE = 'seal-done'

interface Case {
  readonly name: string
  readonly folder: string
  readonly isLarge: boolean
  readonly isLongTerm: boolean
  /** Hard links in place of copies. */
  readonly isLinked?: true
  /** What the promise is about. Making 20,000 files takes far longer than hashing them, whoever makes them. */
  readonly promised: Tool
}

/** What the work is compared with; all of them run in each round. */
const TOOLS = ['sha256sum', 'openssl dgst', 'copy, hash, read again'] as const
type Tool = (typeof TOOLS)[number]

function listOf(folder: string, list: string): number {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
  writeFileSync(list, names.map((name) => `${name}\0`).join(''))
  return names.length
}

function stock(tool: Tool, { isLongTerm }: Case, list: string, copy: string): Command {
  const bits = isLongTerm ? ['256', '512'] : ['256']
  const hash = (program: (of: string) => string) => bits.map((of) => `xargs -0 ${program(of)} < ${list}`).join(' && ')
  const sums = hash((of) => `sha${of}sum`)
  const script =
    tool === 'openssl dgst'
      ? hash((of) => `openssl dgst -sha${of}`)
      : tool === 'sha256sum'
        ? sums
        : // What somebody does by hand: copies, a list of what came, and the copy compared with it.
          `mkdir ${copy} && xargs -0 cp --parents -t ${copy} < ${list} && sync -f ${copy} && ` +
          bits
            .map(
              (of) =>
                `xargs -0 sha${of}sum < ${list} > ${copy}/list${of} && (cd ${copy} && sed 's|  /|  |' list${of} | sha${of}sum -c --quiet)`,
            )
            .join(' && ')
  return { program: 'sh', args: ['-c', script] }
}

interface Row {
  readonly case: Case
  readonly runs: ReadonlyMap<Tool | 'seal', readonly Run[]>
}

function measureCase(each: Case, rounds: number, cache: string): Row {
  const [list, copy, out] = [join(cache, 'seal-list'), join(cache, 'seal-copy'), join(cache, 'seal-out')]
  listOf(each.folder, list)
  const ours: Command = {
    program: process.execPath,
    args: [
      ...[BUNDLE, 'seal', each.folder, '-o', out, '--demo-authority'],
      ...(each.isLongTerm ? ['--long-term'] : []),
      ...(each.isLinked === true ? ['--link'] : []),
    ],
    says: each.isLinked === true ? '; read and verified' : 'read again and verified',
  }
  const runs = new Map<Tool | 'seal', Run[]>()
  // Moved away and removed at the end: ext4 without a journal looks at every file that was removed in the last minutes each time it makes
  // one, and 20,000 of them make 20,000 new ones sixteen times slower, whoever makes them.
  const done = join(cache, DONE, String(performance.now()))
  let made = 0
  const one = (name: Tool | 'seal', command: Command, isKept: boolean) => {
    for (const path of [copy, out, `${out}.trust-set.json`])
      if (existsSync(path)) {
        mkdirSync(done, { recursive: true })
        renameSync(path, join(done, String(made++)))
        // Few large files cost nothing to remove, and much room to keep.
        if (each.isLarge) rmSync(done, { recursive: true })
      }
    const run = measure(command, cache)
    if (isKept) runs.set(name, [...(runs.get(name) ?? []), run])
  }
  // The first round warms the cache. Neither always goes first.
  for (let round = 0; round <= rounds; round++) {
    const all: (Tool | 'seal')[] = round % 2 === 0 ? ['seal', ...TOOLS] : [...TOOLS, 'seal']
    for (const name of all) one(name, name === 'seal' ? ours : stock(name, each, list, copy), round > 0)
  }
  for (const path of [copy, out, `${out}.trust-set.json`])
    if (existsSync(path)) {
      mkdirSync(done, { recursive: true })
      renameSync(path, join(done, String(made++)))
    }
  return { case: each, runs }
}

/** Throughput against a tool: its time by ours, the median over the rounds. */
function share(row: Row, tool: Tool, of: 'seconds' | 'processor'): number | undefined {
  const [ours = [], theirs = []] = [row.runs.get('seal'), row.runs.get(tool)]
  const ratios = ours.flatMap((run, at) => {
    const [mine, other] = [run[of], theirs[at]?.[of]]
    return mine === undefined || other === undefined || mine === 0 ? [] : [other / mine]
  })
  return ratios.length === 0 ? undefined : median(ratios)
}

function line(row: Row): string {
  const ours = row.runs.get('seal') ?? []
  const peaks = ours.flatMap(({ peak }) => peak ?? [])
  const said = (value: number | undefined) => (value === undefined ? 'not known' : value.toFixed(2))
  const cells = TOOLS.map((tool) => {
    const wall = said(share(row, tool, 'seconds'))
    return `${tool === row.case.promised ? `**${wall}**` : wall} (${said(share(row, tool, 'processor'))})`
  })
  const isKept = (share(row, row.case.promised, 'seconds') ?? 0) >= LEAST
  return `| ${[
    row.case.name,
    `${median(ours.map(({ seconds }) => seconds)).toFixed(2)} s`,
    `${median(ours.flatMap(({ processor }) => processor ?? [])).toFixed(2)} s`,
    ...cells,
    peaks.length === 0 ? 'not known' : `${Math.round(Math.max(...peaks) / 1e6)} MB`,
    isKept ? 'kept' : '**missed**',
  ].join(' | ')} |`
}

async function run(): Promise<void> {
  const { rounds, many } = readCounts(USAGE, { rounds: 3, many: 20_000 })
  const cache = join(ROOT, '.cache', 'bench')
  mkdirSync(cache, { recursive: true })
  await ensureBuilt()
  const large = join(makeBag(cache, 'large', 20, 100_000_000).folder, 'data')
  const small = join(makeBag(cache, many === 20_000 ? 'small' : `small-${many}`, many, 10_000).folder, 'data')
  const of20 = { folder: large, isLarge: true, isLongTerm: false, promised: 'sha256sum' } as const
  const ofMany = { folder: small, isLarge: false, isLongTerm: false, promised: 'copy, hash, read again' } as const
  const manyNamed = `${many.toLocaleString('en')} files of 10 KB, SHA-256`
  const cases: readonly Case[] = [
    { ...of20, name: '20 files of 100 MB, SHA-256' },
    { ...of20, name: '20 files of 100 MB, SHA-256 and SHA-512', isLongTerm: true },
    { ...of20, name: '20 files of 100 MB, SHA-256, `--link`', isLinked: true, promised: 'openssl dgst' },
    { ...ofMany, name: manyNamed },
    { ...ofMany, name: `${manyNamed}, \`--link\``, isLinked: true },
  ]
  const rows: string[] = []
  for (const each of cases) {
    console.error(each.name)
    rows.push(line(measureCase(each, rounds, cache)))
  }
  rmSync(join(cache, DONE), { recursive: true, force: true })
  console.log(underWhat(rounds, 'share'))
  console.log(
    '| files | `seal` | processor | of `sha256sum` | of `openssl dgst` | of copy, hash, read again | peak memory | |',
  )
  console.log(['|---|--:|--:|--:|--:|--:|--:|---|', ...rows].join('\n'))
  process.exitCode = rows.some((row) => row.includes('**missed**')) ? 1 : 0
}

await run().catch(endWithError)
