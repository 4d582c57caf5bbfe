import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Page } from 'playwright-core'
import { buildArchive } from '../../test-vectors/archives/build.ts'
import type { ArchiveCase } from '../../test-vectors/archives/recipe.ts'
import { HOSTILE } from '../../web-verifier/testing/hostile-texts.ts'
import { makePage } from '../build-page.mjs'
import type { PieceOptions, PieceResult } from '../sweep.ts'
import { launchBrowser } from '../testing/browser.ts'
import { trappedPage, trapServer, watch } from '../testing/engine-page.ts'

/**
 * Every hostile archive in the page as it ships, under a hostile name, with all that the page shows of it unfolded: nothing runs,
 * nothing is fetched, no element comes of it, the console stays empty, and nothing is called a match that is none.
 */
export const name = 'hostile-in-view'
const PIECES = 12
const cases = (root: string) =>
  JSON.parse(readFileSync(join(root, 'test-vectors/archives/hostile-zip.json'), 'utf8')) as ArchiveCase[]
export const pieces = () => PIECES

export async function runPiece(piece: number, { root, progress }: PieceOptions): Promise<PieceResult> {
  const wanted = cases(root).filter((_, at) => at % PIECES === piece)
  const scratch = mkdtempSync(join(tmpdir(), 'probatum-hostile-view-'))
  const html = join(scratch, 'page.html')
  writeFileSync(html, await makePage(root))
  const trap = await trapServer()
  const browser = await launchBrowser()
  const failures: string[] = []
  try {
    const page = await trappedPage(browser, trap)
    const problems = watch(page, pathToFileURL(html).href)
    page.on('dialog', (dialog) => {
      problems.push(`dialog: ${dialog.message()}`)
      void dialog.dismiss()
    })
    // Choosers are intercepted only while somebody listens.
    page.on('filechooser', () => {})
    await page.goto(pathToFileURL(html).href)
    await page.waitForSelector('#page:not([hidden])')
    progress(`${wanted.length} archives`)
    for (const [at, { id, recipe }] of wanted.entries()) {
      const path = join(scratch, nameOf(HOSTILE[at % HOSTILE.length] ?? '', id))
      writeFileSync(path, buildArchive(recipe))
      const wrong = await shown(page, path)
      failures.push(...[...wrong, ...problems.splice(0)].map((line) => `${id}: ${line}`))
      rmSync(path)
    }
  } finally {
    await browser.close()
    trap.close()
    rmSync(scratch, { recursive: true })
  }
  if (trap.seen.length > 0) failures.push(`the network was reached: ${trap.seen.join(', ')}`)
  return { cases: Math.max(wanted.length, failures.length), failures }
}

/** A name that a disk takes. */
const nameOf = (harm: string, id: string) => `${harm.replaceAll('/', '\u2215')} ${id}.zip`

/** @returns what is wrong with what the page shows of the file */
async function shown(page: Page, path: string): Promise<string[]> {
  const chooser = page.waitForEvent('filechooser')
  await page.click('#choose-files')
  await (await chooser).setFiles(path)
  await page.waitForSelector('#check, article')
  if ((await page.locator('#check').count()) > 0) {
    await page.click('#check')
    await page.waitForSelector('.result[data-state=complete], .verdict.tone-not-read, #again')
  }
  const wrong = await page.evaluate(lookInPage)
  await page.click('#start-again')
  await page.waitForSelector('#sample-sealed')
  return wrong
}

/** Runs in the page. */
function lookInPage(): string[] {
  for (const details of document.querySelectorAll('details')) details.open = true
  const strange = document.querySelectorAll(
    '#page :is(script, img, iframe, object, embed, link, base, style, form[action], a:not([href^="#"]), [onerror], [onload])',
  )
  const text = document.querySelector('#page')?.textContent ?? ''
  const hidden = /.{0,40}[\u202a-\u202e\u2066\u2067\u200b].{0,20}/.exec(text)?.[0]
  const isMatch = document.querySelector('.verdict.tone-match') !== null
  return [
    ...[...strange].map((element) => `an element ${element.outerHTML.slice(0, 100)}`),
    ...(hidden === undefined ? [] : [`a hidden character in ${JSON.stringify(hidden)}`]),
    ...(isMatch ? ['a match'] : []),
  ]
}
