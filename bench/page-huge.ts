import { mkdirSync, rmSync } from 'node:fs'
import { loadavg } from 'node:os'
import { join } from 'node:path'
import { ROOT } from '../tools/setup.mjs'
import { writeLargeBag } from '../tools/testing/large-bags.ts'
import { openLargePage } from '../tools/testing/large-page.ts'
import { readCounts } from './counts.ts'
import { machine } from './machine.ts'

const USAGE = `usage: node tools/run.mjs bench/page-huge.ts [--gigabytes N]
Has the web page check one stored file of N GB (100 without the option) in a ZIP64 that is chosen, and prints how fast that is, and
the memory that it takes. The file is a hole: the disk needs no room for it.`

/** A reader of the file's bytes takes whole multiples of it (`writeLargeBag`). */
const BLOCK = 1 << 24
/** Promised: bytes of memory for a file of any size, besides what the browser takes empty. */
const MOST_MEMORY = 300e6
const MINUTES = 60

async function main(): Promise<void> {
  const { gigabytes } = readCounts(USAGE, { gigabytes: 100 })
  const bytes = Math.ceil((gigabytes * 1e9) / BLOCK) * BLOCK
  const cache = join(ROOT, '.cache', 'bench')
  mkdirSync(cache, { recursive: true })
  const evidence = join(cache, 'huge (sample).zip')
  console.error(`making ${gigabytes} GB`)
  writeLargeBag(evidence, 1, bytes)
  const opened = await openLargePage(ROOT)
  try {
    const before = await opened.memory()
    let most = before
    const watch = setInterval(async () => {
      most = Math.max(most, await opened.memory())
    }, 1000)
    const begun = performance.now()
    await opened.handOver('choose a file', evidence)
    await opened.page.locator('#check').click()
    console.error('checking')
    await opened.page.locator('table.files').waitFor({ state: 'attached', timeout: MINUTES * 60_000 })
    const seconds = (performance.now() - begun) / 1000
    clearInterval(watch)
    const { told } = await opened.longest()
    if (opened.problems.length > 0) throw new Error(opened.problems.join('; '))
    const answer = (await opened.page.locator('main').textContent()) ?? ''
    if (!answer.includes('byte for byte what its list says')) throw new Error(`the page says otherwise: ${answer}`)
    console.log(machine().join('\n'))
    console.log(`- load at the end, mean of a minute: ${loadavg()[0]?.toFixed(1)}\n`)
    console.log('| | time | MB/s | longest task of the page | memory more, at most | target | |')
    console.log('|---|--:|--:|--:|--:|--:|---|')
    const isKept = most - before <= MOST_MEMORY
    console.log(
      `| a ZIP64 of ${gigabytes} GB | ${seconds.toFixed(0)} s | ${(bytes / seconds / 1e6).toFixed(0)} | ${told.toFixed(0)} ms | ${Math.round((most - before) / 1e6)} MB | ≤ ${MOST_MEMORY / 1e6} MB | ${isKept ? 'kept' : '**missed**'} |`,
    )
  } finally {
    await opened.close()
    rmSync(evidence)
  }
}

await main()
