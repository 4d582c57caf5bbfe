import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import type { PieceOptions, PieceResult } from '../sweep.ts'
import { writeLargeBag, writeLargeFolder } from '../testing/large-bags.ts'
import { type LargePage, openLargePage, type Way } from '../testing/large-page.ts'

/**
 * The page with evidence that is large: it can be stopped and begun again, it comes to a result, the browser's memory stays
 * within a limit, and nothing reaches the network. How long the page's own thread was busy is printed, and asserted by nothing:
 * docs/performance.md has the figures of a quiet machine.
 */
export const name = 'page-large'

interface Large {
  readonly what: string
  readonly way: Way
  /** Makes it. @returns where it is */
  readonly make: (folder: string) => string
  readonly minutes: number
  /** Bytes that the page's processes may take besides what a browser takes empty. */
  readonly most: number
}

const archiveOf = (members: number, size: number) => (folder: string) => {
  const path = join(folder, 'large (sample).zip')
  writeLargeBag(path, members, size)
  return path
}
const folderOf = (members: number, size: number) => (folder: string) => {
  const path = join(folder, 'large (sample)')
  writeLargeFolder(path, members, size)
  return join(path, 'bag')
}

const LARGE: readonly Large[] = [
  { what: 'a ZIP of 100,000 files', way: 'choose a file', make: archiveOf(100_000, 1200), minutes: 5, most: 700e6 },
  {
    what: 'a ZIP64 with one file of 5 GiB',
    way: 'choose a file',
    make: archiveOf(1, 5 * 2 ** 30),
    minutes: 8,
    most: 300e6,
  },
  // A folder of 10,000: one of 100,000 takes 2 GB in the browser, which docs/limits.md says, and bench/page.ts measures.
  { what: 'a dropped folder of 10,000 files', way: 'drop', make: folderOf(10_000, 200), minutes: 8, most: 700e6 },
]
export const pieces = () => LARGE.length

export async function runPiece(piece: number, { root, progress }: PieceOptions): Promise<PieceResult> {
  const large = LARGE[piece]
  if (large === undefined) throw new RangeError(`no piece ${piece}`)
  const folder = mkdtempSync(join(tmpdir(), 'probatum-large-'))
  const evidence = large.make(folder)
  progress(large.what)
  const failures: string[] = []
  const opened = await openLargePage(root)
  const { page } = opened
  try {
    const memory = await memoryWatch(opened)
    const begun = performance.now()
    await opened.handOver(large.way, evidence)
    await page.locator('#check').click()
    const cancelled = await cancelledAfter(page)
    progress(`cancelled in ${cancelled} ms`)
    await page.getByRole('button', { name: /again/i }).first().click()
    // A search by text would itself keep the page's thread busy.
    await page.locator('table.files').waitFor({ state: 'attached', timeout: large.minutes * 60_000 })
    const seconds = (performance.now() - begun) / 1000
    const { told, untold } = await opened.longest()
    const most = await memory.end()
    progress(
      `${seconds.toFixed(1)} s, longest task ${told.toFixed(0)} ms (${untold.toFixed(0)} ms before the page was told), ${Math.round(most / 1e6)} MB more at most`,
    )
    if (most > large.most) failures.push(`the browser took ${most} bytes more`)
    failures.push(...opened.problems)
  } finally {
    await opened.close()
    rmSync(folder, { recursive: true })
  }
  return { cases: Math.max(4, failures.length), failures }
}

/** Milliseconds from the click until the page says that it is stopped. */
async function cancelledAfter(page: Page): Promise<number> {
  const cancel = page.getByRole('button', { name: /stop|cancel/i }).first()
  await cancel.waitFor()
  await page.waitForTimeout(1000)
  const handle = await cancel.elementHandle()
  return page.evaluate(async (button) => {
    const begun = performance.now()
    ;(button as HTMLButtonElement).click()
    while (button?.isConnected) await new Promise((resume) => setTimeout(resume, 5))
    return Math.round(performance.now() - begun)
  }, handle)
}

/** The most memory that the browser has at any second. */
async function memoryWatch({ memory }: LargePage) {
  const before = await memory()
  let most = before
  let isOver = false
  const watched = (async () => {
    while (!isOver) {
      most = Math.max(most, await memory())
      await new Promise((resume) => setTimeout(resume, 1000))
    }
  })()
  return {
    /** @returns bytes more than at the beginning */
    async end() {
      isOver = true
      await watched
      return most - before
    },
  }
}
