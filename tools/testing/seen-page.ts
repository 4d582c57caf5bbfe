import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser } from 'playwright-core'
import { launchBrowser } from './browser.ts'
import { trappedPage, trapServer, watch } from './engine-page.ts'

/** What a person sees of a copy of the page: the page, or the text that the copy is damaged. */
export interface Seen {
  readonly isDamaged: boolean
  readonly hasPage: boolean
  readonly problems: readonly string[]
}

export const WORKS: Seen = { isDamaged: false, hasPage: true, problems: [] }

/** Opens copies of the page from `file:` addresses, one at a time, in a browser whose requests all go to a trap. */
export interface SeenPages {
  readonly browser: Browser
  /** What reached the network. */
  readonly trapped: readonly string[]
  /** @param name of the file, with folders that are made for it */
  seen(content: string | Uint8Array, name?: string): Promise<Seen>
  close(): Promise<void>
}

export async function openSeenPages(): Promise<SeenPages> {
  const folder = mkdtempSync(join(tmpdir(), 'probatum-page-file-'))
  const trap = await trapServer()
  const browser = await launchBrowser()
  return {
    browser,
    trapped: trap.seen,
    async seen(content, name = 'page.html') {
      const file = join(folder, name)
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(file, content)
      const page = await trappedPage(browser, trap)
      const problems = watch(page, pathToFileURL(file).href)
      try {
        await page.goto(pathToFileURL(file).href)
        // Either the script has swapped the two, or it or the browser has said why not.
        const isDone = async () => (await page.locator('#damaged').count()) === 0 || problems.length > 0
        for (let turn = 0; turn < 200 && !(await isDone()); turn++) await page.waitForTimeout(50)
        await page.waitForTimeout(100)
        return {
          isDamaged: await page.locator('#damaged').isVisible(),
          hasPage: await page.locator('#page').isVisible(),
          problems: [...problems],
        }
      } finally {
        await page.context().close()
      }
    },
    async close() {
      await browser.close()
      trap.close()
      rmSync(folder, { recursive: true })
    },
  }
}

/** A stretch of the page's file, in octets. */
export interface Stretch {
  readonly what: string
  readonly start: number
  readonly end: number
}

/** The script, and every block of data that is not empty. */
export function stretchesOf(html: Buffer): { readonly script: Stretch; readonly blocks: readonly Stretch[] } {
  const text = html.toString('latin1')
  const stretch = (what: string, start: number): Stretch => ({ what, start, end: text.indexOf('</script>', start) })
  const blocks = [...text.matchAll(/<script type="application\/octet-stream" id="([^"]*)"[^>]*>/g)].map((found) =>
    stretch(found[1] ?? '', found.index + found[0].length),
  )
  const opening = '<script>'
  return {
    script: stretch('script', text.lastIndexOf(opening) + opening.length),
    blocks: blocks.filter(({ start, end }) => end > start),
  }
}

/** A copy with one octet changed to a drawn other one, at a drawn place: each octet of the stretches is as likely as any other. */
export function withOneChange(
  html: Buffer,
  stretches: readonly Stretch[],
  seed: string,
): { readonly what: string; readonly at: number; readonly copy: Buffer } {
  const drawn = createHash('sha256').update(seed).digest()
  const { what, at } = placeAt(stretches, drawn.readUIntBE(0, 6))
  const copy = Buffer.from(html)
  const before = copy[at] ?? 0
  // A line end in another form is the same text: HTML §13.2.3.5 reads all of them as one.
  const isLineEnd = (octet: number) => octet === 0x0a || octet === 0x0d
  const after = [...drawn.subarray(6)].find((octet) => octet !== before && !(isLineEnd(before) && isLineEnd(octet)))
  if (after === undefined) throw new TypeError(`the seed ${seed} changes nothing`)
  copy[at] = after
  return { what, at, copy }
}

function placeAt(stretches: readonly Stretch[], drawn: number): { readonly what: string; readonly at: number } {
  let left = drawn % stretches.reduce((sum, { start, end }) => sum + end - start, 0)
  for (const { what, start, end } of stretches) {
    if (left < end - start) return { what, at: start + left }
    left -= end - start
  }
  throw new RangeError('no stretch')
}
