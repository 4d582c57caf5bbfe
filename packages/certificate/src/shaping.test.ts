// Needs: chromium, pdftoppm.
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launchBrowser } from '../../../tools/testing/browser.ts'
import { renderPages } from '../../../tools/testing/pictures.ts'
import { testTypesetter, typesetterFiles } from '../../../tools/testing/typesetter.ts'
import { makePdf } from './make-pdf.ts'
import { SENTENCES } from './testing/sample-document.ts'
import { sampleOptions } from './testing/sample-options.ts'

// A browser sets the same sentences with the same fonts, by its own code. What it draws must be what stands on our pages:
// dots and vowels of Arabic in their places, Burmese medials and stacks too.

/** Letters of both pictures are so many dots high: 10 points at 288 dots per inch. */
const EM = 40
const DOTS_PER_INCH = 288

interface Ink {
  readonly width: number
  readonly height: number
  /** Dark where 1. */
  readonly dots: Uint8Array
}

/** The dark part of a picture, without the white around it. */
function inkOf(width: number, height: number, isDark: (index: number) => boolean): Ink {
  let [left, right, top, bottom] = [width, -1, height, -1]
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1)
      if (isDark(y * width + x)) {
        left = Math.min(left, x)
        right = Math.max(right, x)
        top = Math.min(top, y)
        bottom = Math.max(bottom, y)
      }
  const size = { width: Math.max(0, right - left + 1), height: Math.max(0, bottom - top + 1) }
  const dots = new Uint8Array(size.width * size.height)
  for (let y = 0; y < size.height; y += 1)
    for (let x = 0; x < size.width; x += 1) dots[y * size.width + x] = isDark((y + top) * width + x + left) ? 1 : 0
  return { ...size, dots }
}

/** The share of dark dots of one picture that have no dark dot of the other within two dots. */
function strayInk(one: Ink, other: Ink): number {
  const isNear = (x: number, y: number): boolean => {
    for (let dy = -2; dy <= 2; dy += 1)
      for (let dx = -2; dx <= 2; dx += 1) {
        const [column, row] = [x + dx, y + dy]
        if (column < 0 || row < 0 || column >= other.width || row >= other.height) continue
        if (other.dots[row * other.width + column] === 1) return true
      }
    return false
  }
  let dark = 0
  let stray = 0
  for (let y = 0; y < one.height; y += 1)
    for (let x = 0; x < one.width; x += 1)
      if (one.dots[y * one.width + x] === 1) {
        dark += 1
        if (!isNear(x, y)) stray += 1
      }
  return dark === 0 ? 1 : stray / dark
}

let browser: Awaited<ReturnType<typeof launchBrowser>>
let page: Page
beforeAll(async () => {
  browser = await launchBrowser()
  page = await browser.newPage()
  const { fonts } = typesetterFiles()
  await page.evaluate(
    async (files) => {
      for (const [name, base64] of files) {
        const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
        document.fonts.add(await new FontFace(name, bytes).load())
      }
    },
    Object.entries(fonts).map(([name, bytes]) => [name, Buffer.from(bytes).toString('base64')] as const),
  )
}, 60_000)
afterAll(() => browser.close())

async function drawnByBrowser(text: string, lang: string): Promise<Ink> {
  const { width, height, dark } = await page.evaluate(
    ({ text, lang, em }) => {
      const canvas = document.createElement('canvas')
      canvas.width = 3000
      canvas.height = em * 4
      canvas.lang = lang
      const context = canvas.getContext('2d')
      if (context === null) throw new Error('no canvas')
      context.fillStyle = 'white'
      context.fillRect(0, 0, canvas.width, canvas.height)
      context.fillStyle = 'black'
      context.font = `${em}px "sans", arabic, myanmar, han`
      context.direction = lang === 'ar' ? 'rtl' : 'ltr'
      context.textAlign = 'left'
      context.fillText(text, 40, em * 2.5)
      const { data } = context.getImageData(0, 0, canvas.width, canvas.height)
      let dark = ''
      for (let index = 0; index < data.length; index += 4) dark += (data[index] ?? 255) < 128 ? '1' : '0'
      return { width: canvas.width, height: canvas.height, dark }
    },
    { text, lang, em: EM },
  )
  return inkOf(width, height, (index) => dark[index] === '1')
}

/** The picture of a page whose only line is the sentence. */
async function drawnByUs(text: string, lang: string): Promise<Ink> {
  const pdf = makePdf(
    {
      title: '',
      language: lang,
      direction: lang === 'ar' ? 'rtl' : 'ltr',
      header: [],
      footer: '',
      footerRuns: [],
      blocks: [{ kind: 'paragraph', runs: [{ text }] }],
    },
    sampleOptions(await testTypesetter()),
  )
  // The rule above the foot of the page is left out.
  const [page] = renderPages(pdf, DOTS_PER_INCH, ['-x', '0', '-y', '0', '-W', '2400', '-H', '700'])
  if (page === undefined) throw new Error('no page')
  return inkOf(page.width, page.height, (index) => (page.grey[index] ?? 255) < 128)
}

describe('letters', () => {
  test.each(SENTENCES)('of $text stand where a browser puts them', async ({ text, lang }) => {
    const ours = await drawnByUs(text, lang)
    const theirs = await drawnByBrowser(text, lang)
    expect(Math.abs(ours.width - theirs.width)).toBeLessThanOrEqual(6)
    expect(Math.abs(ours.height - theirs.height)).toBeLessThanOrEqual(3)
    expect(strayInk(ours, theirs)).toBeLessThan(0.01)
    expect(strayInk(theirs, ours)).toBeLessThan(0.01)
  })

  test('that lack their dots are noticed', async () => {
    // Shin and sin, the letters that a lost offset confuses.
    const ours = await drawnByUs('\u0634\u0647\u0627\u062f\u0629', 'ar')
    const theirs = await drawnByBrowser('\u0633\u0647\u0627\u062f\u0629', 'ar')
    expect(strayInk(ours, theirs)).toBeGreaterThan(0.01)
  })
})
