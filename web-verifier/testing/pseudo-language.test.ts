// Needs: chromium.
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { pseudo } from './pseudo-language.ts'
import { makeResults } from './results.ts'
import { STATES } from './states.ts'
import { openViewPage, type ViewPage } from './view-page.ts'

let view: ViewPage
beforeAll(async () => {
  view = await openViewPage(await makeResults())
}, 60_000)
afterAll(async () => {
  await view?.close()
})

/** What names, numbers and codes stand in; an option that has a language has its name in it. */
const SET_APART = 'bdi, code, time, .hash, .path, option[lang]'

interface Drawn {
  /** Texts and names of controls, without what is set apart. */
  readonly texts: readonly string[]
  /** Whole texts of headings, paragraphs and the like. */
  readonly blocks: readonly string[]
}

function drawn(page: Page): Promise<Drawn> {
  return page.evaluate((apart) => {
    const texts: string[] = []
    const root = document.querySelector('#page')
    if (root === null) throw new TypeError('no page')
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode())
      if (node.parentElement?.closest(apart) === null) texts.push(node.nodeValue ?? '')
    for (const one of root.querySelectorAll('*'))
      for (const name of ['aria-label', 'aria-description', 'aria-valuetext', 'title', 'placeholder', 'alt'])
        texts.push(one.getAttribute(name) ?? '')
    // What stands at the foot of printed pages.
    for (const { cssRules } of document.adoptedStyleSheets)
      for (const { cssText } of cssRules) texts.push(/content: "([^"]*)"/.exec(cssText)?.[1] ?? cssText)
    const blocks = [...root.querySelectorAll('h1, h2, h3, p, li, dt, dd, td, th, summary, label, button')]
    return { texts, blocks: blocks.map((one) => one.textContent ?? '') }
  }, SET_APART)
}

/** Words in plain letters: from no catalogue, and no value that fills a place of one. */
function plainWords(text: string): string[] {
  let rest = text
  for (let before = ''; before !== rest; ) {
    before = rest
    rest = rest.replace(/‹[^‹›]*›/g, ' ')
  }
  // The name of an algorithm is the same in every language.
  return /[A-Za-z]{2}/.test(rest.replaceAll('SHA-256', '')) ? [rest] : []
}

describe('a page in a language that nobody speaks', () => {
  it('is made from English: longer by 40 of 100, in brackets, with no plain letter but in what is kept', () => {
    expect(pseudo('Everything matches.')).toBe('[Éṽéŕýţĥíñĝ ɱáţçĥéš. ~~~~~~~ ~]')
    expect(pseudo('{n} files: `probatum verify`')).toBe('[‹{n}› ƒíļéš: `probatum verify` ~~~~~~~ ~~~~~]')
    expect([pseudo(', '), pseudo('{name}')]).toEqual([', ', '‹{name}›'])
    expect(plainWords('[ƒíļéš ‹of ‹X› and› ~]')).toEqual([])
    expect(plainWords('[ƒíļéš] left in English')).toHaveLength(1)
  })

  it.each(['start', 'unfolded'])('says every word from a catalogue, whole, and has room for it: %s', async (state) => {
    const { page, context, problems } = await view.open({ pseudo: true })
    await STATES.find(({ name }) => name === state)?.reach(page)
    const { texts, blocks } = await drawn(page)
    // Otherwise nothing would have been looked at.
    expect(texts.filter((text) => text.includes('~')).length).toBeGreaterThan(state === 'start' ? 30 : 100)
    if (state === 'unfolded') expect(texts.join()).toContain('[ŕéþóŕţ ŠĤÁ-256 ‹')
    expect([...new Set(texts.flatMap(plainWords))]).toEqual([])
    const cut = blocks.filter((text) => text.split('[').length !== text.split(']').length)
    expect(cut).toEqual([])
    for (const width of [1280, 320]) {
      await page.setViewportSize({ width, height: 900 })
      expect([width, await page.evaluate(() => document.documentElement.scrollWidth)]).toEqual([width, width])
    }
    expect(problems).toEqual([])
    await context.close()
  })
})
