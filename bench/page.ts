import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'
import type { Page } from 'playwright-core'
import { endWithError, ROOT } from '../tools/setup.mjs'
import { openEnginePage } from '../tools/testing/engine-page.ts'
import type { Engine } from '../web-verifier/src/engine/engine.ts'
import { readCounts } from './counts.ts'
import { machine } from './machine.ts'
import { median } from './measure.ts'
import type { Way } from './page-alone.ts'
import { benchMembers } from './page-members.ts'

const USAGE = `usage: node tools/run.mjs bench/page.ts [--rounds N] [--megabytes N] [--members N]
Writes the section on the web page of docs/performance.md to standard output.`

const WAYS: readonly Way[] = ['stream', 'slices of 4 MiB', 'read only']
/** Each takes minutes. */
const MEMBER_ROUNDS = 3
/** Share of the best WebAssembly alone that the page must reach. */
const TARGET = 0.9

async function main(): Promise<void> {
  const { rounds, megabytes, members } = readCounts(USAGE, { rounds: 7, megabytes: 512, members: 100_000 })
  const bytes = megabytes << 20
  const folder = mkdtempSync(join(tmpdir(), 'probatum-bench-page-'))
  const file = join(folder, 'noise')
  writeNoise(file, bytes)
  const engine = await openEnginePage()
  try {
    const alone = await openAlone(engine.page)
    await alone.setInputFiles('input', file)
    await engine.give([file])
    const times = new Map<string, number[]>()
    const digests = new Set<string>()
    const note = (name: string, milliseconds: number) => times.set(name, [...(times.get(name) ?? []), milliseconds])
    const jobs: (() => Promise<void>)[] = [
      ...WAYS.map((way) => async () => {
        const { milliseconds, sha256 } = await hashAlone(alone, way)
        note(way, milliseconds)
        if (sha256 !== '') digests.add(sha256)
      }),
      async () => {
        const { milliseconds, sha256 } = await hashInPage(engine.page)
        note('the page', milliseconds)
        digests.add(sha256)
      },
    ]
    for (let round = -1; round < rounds; round++) {
      for (const job of shuffled(jobs, round)) await job()
      // The first one warms up.
      if (round === -1) times.clear()
    }
    if (digests.size !== 1) throw new Error('the ways do not agree on the digest')
    print(times, bytes, rounds, await engine.browser.version())
  } finally {
    await engine.close()
    rmSync(folder, { recursive: true })
  }
  const { lines, isKept } = await benchMembers(members, MEMBER_ROUNDS)
  console.log(lines.join('\n'))
  if (!isKept) process.exitCode = 1
}

/** A page of its own in the same browser, without our engine. */
async function openAlone(beside: Page): Promise<Page> {
  const { outputFiles } = await build({
    entryPoints: [join(ROOT, 'bench/page-alone.ts')],
    bundle: true,
    format: 'iife',
    platform: 'browser',
    write: false,
  })
  const context = await beside.context().browser()?.newContext()
  const page = await context?.newPage()
  if (page === undefined) throw new Error('no page')
  await page.route('**/*', (route) => route.fulfill({ contentType: 'text/html', body: '<input type="file">' }))
  await page.goto('https://probatum.example/')
  await page.evaluate((script) => {
    const url = URL.createObjectURL(new Blob([script], { type: 'text/javascript' }))
    Object.assign(globalThis, { worker: new Worker(url) })
  }, outputFiles[0]?.text ?? '')
  return page
}

function hashAlone(page: Page, way: Way): Promise<{ milliseconds: number; sha256: string }> {
  return page.evaluate((way) => {
    const { worker } = globalThis as unknown as { worker: Worker }
    const file = document.querySelector('input')?.files?.[0]
    return new Promise((resolve) => {
      worker.onmessage = ({ data }) => resolve(data)
      worker.postMessage({ file, way })
    })
  }, way)
}

function hashInPage(page: Page): Promise<{ milliseconds: number; sha256: string }> {
  return page.evaluate(async () => {
    const { engine } = globalThis as unknown as { engine: Engine }
    const begun = performance.now()
    const { digests } = await engine.digest(engine.intake.others[0]?.file ?? '', ['sha256']).done
    return { milliseconds: performance.now() - begun, sha256: digests.sha256 ?? '' }
  })
}

/** The same order each time it is run, another one in each round. */
function shuffled<Item>(items: readonly Item[], round: number): Item[] {
  return items.map((_, i) => items[(i * 3 + round + 1) % items.length] as Item)
}

function writeNoise(path: string, bytes: number): void {
  const piece = Buffer.alloc(1 << 20)
  const out = openSync(path, 'wx')
  let x = 1
  for (let done = 0; done < bytes; done += piece.length) {
    for (let at = 0; at < piece.length; at += 4) {
      x = (Math.imul(x, 1_664_525) + 1_013_904_223) >>> 0
      piece.writeUInt32LE(x, at)
    }
    writeSync(out, piece)
  }
  closeSync(out)
}

function print(times: ReadonlyMap<string, readonly number[]>, bytes: number, rounds: number, version: string): void {
  const speed = (name: string) => bytes / 1e3 / median([...(times.get(name) ?? [])])
  const best = Math.max(speed('stream'), speed('slices of 4 MiB'))
  // Of each round its own ratio: what else the machine does meets both sides.
  const ratios = (times.get('the page') ?? []).map((own, i) => {
    const others = ['stream', 'slices of 4 MiB'].map((name) => times.get(name)?.[i] ?? Number.POSITIVE_INFINITY)
    return Math.min(...others) / own
  })
  const ratio = median(ratios)
  const lines = [
    '## The web page',
    '',
    `\`node tools/run.mjs bench/page.ts\`: SHA-256 of one file of ${bytes >> 20} MiB in Chromium ${version}, from a \`file:\` address, ${rounds} rounds,`,
    'everything in one browser and in another order each round; medians.',
    '',
    ...machine(),
    `- load ${loadavg()[0]?.toFixed(1)} while it was measured`,
    '',
    '| | MB/s | share of the best alone | target |',
    '|---|--:|--:|---|',
    ...WAYS.map((way) => `| WebAssembly alone in a worker, ${way} | ${speed(way).toFixed(0)} | | |`),
    `| **the page** | **${speed('the page').toFixed(0)}** | **${ratio.toFixed(2)}** | ≥ ${TARGET}, ${ratio >= TARGET ? 'kept' : 'missed'} |`,
    '',
    `Best alone: ${best.toFixed(0)} MB/s. The page's time begins with the click and ends with the digest.`,
    '',
  ]
  console.log(lines.join('\n').replace('worker, read only', 'worker: reading, nothing hashed'))
  if (ratio < TARGET) process.exitCode = 1
}

await main().catch(endWithError)
