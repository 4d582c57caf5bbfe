// Needs: chromium.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { STATES } from '../web-verifier/testing/states.ts'
import { ROOT } from './setup.mjs'
import { launchBrowser } from './testing/browser.ts'
import { farSquares, PAGE_PICTURES } from './testing/page-pictures.ts'

const DOCS = join(ROOT, 'docs', 'web-verifier')
const PICTURES = join(DOCS, 'pictures')

// Whether they are of the page as it is, tools/long/page-as-pictured.ts says.
test('every state of the page is pictured in two languages and two widths, and told', () => {
  expect(readdirSync(PICTURES).sort()).toEqual(PAGE_PICTURES.map(({ name }) => name).sort())
  const readme = readFileSync(join(DOCS, 'README.md'), 'utf8')
  const told = [...readme.matchAll(/^\| `([a-z-]+)` \| \[.*\]\(pictures\/([a-z-]+-en-1280\.webp)\) \|$/gm)]
  expect(told.map(([, state, file]) => [state, file])).toEqual(STATES.map(({ name }) => [name, `${name}-en-1280.webp`]))
})

test('a picture is like itself, and unlike another state, language or length', async () => {
  const browser = await launchBrowser()
  try {
    const picture = (name: string) => readFileSync(join(PICTURES, `${name}.webp`))
    const start = picture('start-en-390')
    expect(await farSquares(browser, start, start)).toBe(0)
    for (const other of ['folder-explained-en-390', 'start-ar-390', 'start-en-1280', 'found-en-390'])
      expect(await farSquares(browser, start, picture(other)), other).toBeGreaterThan(12)
  } finally {
    await browser.close()
  }
}, 60_000)
