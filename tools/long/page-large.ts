import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Page } from 'playwright-core'
import { makePage } from '../build-page.mjs'
import type { PieceOptions, PieceResult } from '../sweep.ts'
import { launchBrowser } from '../testing/browser.ts'
import { trappedPage, trapServer, watch } from '../testing/engine-page.ts'
import { writeLargeBag } from '../testing/large-bags.ts'

/**
 * The page with evidence that is large: the page's own thread never waits for more than 100 ms, cancelling takes less than
 * 200 ms, the browser's memory stays flat, and nothing reaches the network.
 */
export const name = 'page-large'

interface Large {
  readonly what: string
  /** Makes it. */
  readonly make: (path: string) => void
  readonly minutes: number
}

const LARGE: readonly Large[] = [
  { what: 'a ZIP of 100,000 files', make: (path) => writeLargeBag(path, 100_000, 1200), minutes: 5 },
  { what: 'a ZIP64 with one file of 5 GiB', make: (path) => writeLargeBag(path, 1, 5 * 2 ** 30), minutes: 8 },
]
export const pieces = () => LARGE.length

const LONGEST_TASK = 100
const CANCELLED_WITHIN = 200
/** What the page's processes may take besides what a browser takes empty. */
const MOST_MEMORY = 700_000_000

export async function runPiece(piece: number, { root, progress }: PieceOptions): Promise<PieceResult> {
  const large = LARGE[piece]
  if (large === undefined) throw new RangeError(`no piece ${piece}`)
  const folder = mkdtempSync(join(tmpdir(), 'probatum-large-'))
  const archive = join(folder, 'large (sample).zip')
  large.make(archive)
  progress(`${large.what}: ${statSync(archive).size} bytes`)
  const html = join(folder, 'page.html')
  writeFileSync(html, await makePage(root))
  const trap = await trapServer()
  const browser = await launchBrowser()
  const failures: string[] = []
  try {
    const page = await trappedPage(browser, trap)
    const problems = watch(page, pathToFileURL(html).href)
    await page.goto(pathToFileURL(html).href)
    await page.locator('#damaged').waitFor({ state: 'detached' })
    await page.evaluate(() => {
      const longest = { milliseconds: 0 }
      Object.assign(globalThis, { longest })
      new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries()) longest.milliseconds = Math.max(longest.milliseconds, duration)
      }).observe({ type: 'longtask' })
    })
    const memory = memoryWatch()
    const before = memory.now()
    const begun = performance.now()
    await choose(page, archive)
    await page.getByRole('button', { name: 'Check now' }).click()
    const cancelled = await cancelledAfter(page)
    if (cancelled > CANCELLED_WITHIN) failures.push(`cancelling took ${cancelled} ms`)
    progress(`cancelled in ${cancelled} ms`)
    await page.getByRole('button', { name: /again/i }).first().click()
    await page
      .getByText('TOTAL-PASSED')
      .or(page.getByText('Everything matches'))
      .or(page.getByText('cannot tell'))
      .first()
      .waitFor({ timeout: large.minutes * 60_000 })
    const seconds = (performance.now() - begun) / 1000
    const longest = await page.evaluate(
      () => (globalThis as unknown as { longest: { milliseconds: number } }).longest.milliseconds,
    )
    const most = memory.end() - before
    progress(`${seconds.toFixed(1)} s, longest task ${longest} ms, ${Math.round(most / 1e6)} MB more at most`)
    if (longest > LONGEST_TASK) failures.push(`the page waited for ${longest} ms`)
    if (most > MOST_MEMORY) failures.push(`the browser took ${most} bytes more`)
    failures.push(...problems, ...trap.seen)
  } finally {
    await browser.close()
    trap.close()
    rmSync(folder, { recursive: true })
  }
  return { cases: Math.max(4, failures.length), failures }
}

async function choose(page: Page, archive: string): Promise<void> {
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Choose files' }).click()
  await (await chooser).setFiles(archive)
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

/** Memory that all of the browser's processes have for themselves. */
function memoryWatch(): { now(): number; end(): number } {
  let most = 0
  const now = () => {
    const kilobytes = execFileSync('sh', ['-c', "ps -C chromium,chrome -o rss= | awk '{s+=$1} END {print s+0}'"], {
      encoding: 'utf8',
    })
    const bytes = Number(kilobytes) * 1024
    most = Math.max(most, bytes)
    return bytes
  }
  const timer = setInterval(now, 1000)
  return {
    now,
    end() {
      clearInterval(timer)
      return most
    },
  }
}
