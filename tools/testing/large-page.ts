import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser, CDPSession, Page } from 'playwright-core'
import { makePage } from '../build-page.mjs'
import { launchBrowser } from './browser.ts'
import { trappedPage, trapServer, watch } from './engine-page.ts'

/** How a person hands something over. */
export type Way = 'choose a file' | 'choose a folder' | 'drop'

/** The shipped page with its view, from a `file:` address, its own thread watched for long tasks. */
export interface LargePage {
  readonly browser: Browser
  readonly page: Page
  /** Whatever must not happen: script errors, console errors, requests. */
  readonly problems: readonly string[]
  /** Returns when the button that starts the check is there. */
  handOver(way: Way, path: string): Promise<void>
  /**
   * Milliseconds of the longest task of the page's own thread that began after the page was told what was chosen. What the
   * browser does before that, in one task of its own, is `untold`.
   */
  longest(): Promise<{ readonly told: number; readonly untold: number }>
  /** Processor seconds that all processes of the browser have taken so far. */
  processor(): Promise<number>
  /** Bytes of memory that all processes of this browser have, and of no other that runs on the machine. */
  memory(): Promise<number>
  close(): Promise<void>
}

export async function openLargePage(root: string): Promise<LargePage> {
  const folder = mkdtempSync(join(tmpdir(), 'probatum-large-page-'))
  const html = join(folder, 'page.html')
  writeFileSync(html, await makePage(root))
  const trap = await trapServer()
  const browser = await launchBrowser()
  const page = await trappedPage(browser, trap)
  const problems = watch(page, pathToFileURL(html).href)
  const session = await page.context().newCDPSession(page)
  const processes = await browser.newBrowserCDPSession()
  await page.goto(pathToFileURL(html).href)
  await page.locator('#damaged').waitFor({ state: 'detached' })
  await page.evaluate(watchTasks)
  return {
    browser,
    page,
    problems,
    async handOver(way, path) {
      await (way === 'drop' ? drop(page, session, path) : choose(page, way === 'choose a folder', path))
      await page.locator('#check').waitFor({ timeout: 600_000 })
    },
    longest: () => page.evaluate(longestTasks),
    async processor() {
      const { processInfo } = await processes.send('SystemInfo.getProcessInfo')
      return processInfo.reduce((sum, { cpuTime }) => sum + cpuTime, 0)
    },
    async memory() {
      const { processInfo } = await processes.send('SystemInfo.getProcessInfo')
      // One that has ended since is none.
      const { stdout } = spawnSync('ps', ['-o', 'rss=', '-p', processInfo.map(({ id }) => id).join()], {
        encoding: 'utf8',
      })
      return stdout.split('\n').reduce((sum, kilobytes) => sum + Number(kilobytes) * 1024, 0)
    },
    async close() {
      await browser.close()
      trap.close()
      rmSync(folder, { recursive: true })
      if (trap.seen.length > 0) throw new Error(`the network was reached: ${trap.seen.join(', ')}`)
    },
  }
}

interface Watched {
  readonly tasks: { readonly begun: number; readonly milliseconds: number }[]
  toldAt: number
}

/** Runs in the page. */
function watchTasks(): void {
  const watched: Watched = { tasks: [], toldAt: 0 }
  Object.assign(globalThis, { watched })
  document.addEventListener(
    'change',
    () => {
      watched.toldAt = performance.now()
    },
    true,
  )
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries())
      watched.tasks.push({ begun: startTime, milliseconds: duration })
  }).observe({ type: 'longtask' })
}

/** Runs in the page. The task in which the page was told began before it was: only what it did from then on is its own. */
function longestTasks(): { told: number; untold: number } {
  const { tasks, toldAt } = (globalThis as unknown as { watched: Watched }).watched
  const result = { told: 0, untold: 0 }
  for (const { begun, milliseconds } of tasks) {
    const untold = Math.max(0, Math.min(milliseconds, toldAt - begun))
    result.untold = Math.max(result.untold, untold)
    result.told = Math.max(result.told, milliseconds - untold)
  }
  return result
}

async function choose(page: Page, isFolder: boolean, path: string): Promise<void> {
  const chooser = page.waitForEvent('filechooser')
  if (isFolder) {
    await page.locator('#folder').click()
    await page.locator('#choose-folder').click()
  } else await page.locator('#choose-files').click()
  await (await chooser).setFiles(path, { timeout: 600_000 })
}

async function drop(page: Page, session: CDPSession, path: string): Promise<void> {
  const box = await page.locator('#drop').boundingBox()
  const place = { x: (box?.x ?? 0) + 10, y: (box?.y ?? 0) + 5 }
  const data = { items: [], files: [path], dragOperationsMask: 1 }
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await session.send('Input.dispatchDragEvent', { type, ...place, data })
}
