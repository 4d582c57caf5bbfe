// Needs: chromium.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { HOSTILE } from './hostile-texts.ts'
import { type MadeResults, makeResults, poisoned } from './results.ts'
import { file, give, pressOn, STATES } from './states.ts'
import { openViewPage, type ViewPage } from './view-page.ts'

const AXE = readFileSync(join(import.meta.dirname, '../../node_modules/axe-core/axe.min.js'), 'utf8')
const LANGUAGES = ['en', 'fr', 'es', 'ar', 'my'] as const

let view: ViewPage
let results: MadeResults

beforeAll(async () => {
  results = await makeResults()
  view = await openViewPage(results)
}, 60_000)
afterAll(async () => {
  await view?.close()
})

const focused = (page: Page) => page.evaluate(() => document.activeElement?.id ?? '')

/** What axe-core finds wrong under WCAG 2.2 A and AA and its best practices. Run outside the page's own policy. */
async function axe(page: Page, areColoursSeen = false): Promise<string[]> {
  const isThere = await page.evaluate(() => 'axe' in globalThis)
  if (!isThere) await page.evaluate(AXE)
  return page.evaluate(async (skipsColours) => {
    const { axe: checker } = globalThis as unknown as { axe: typeof import('axe-core') }
    const { violations } = await checker.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
      // Everything is looked at all the same; what passes is not described element by element.
      resultTypes: ['violations'],
      // Of the style sheet, the same in every language, and a third of all the time.
      rules: { 'color-contrast': { enabled: !skipsColours } },
    })
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`))
  }, areColoursSeen)
}

/** Results differ in what is said and not in how it is built: one of them is looked at in all languages. */
function languagesFor(state: string): readonly (typeof LANGUAGES)[number][] {
  if (state === 'unfolded') return ['en', 'ar', 'my']
  return /^result-(?!changed)/.test(state) ? ['en'] : LANGUAGES
}

const choose = async (page: Page, language: string) => {
  await page.selectOption('.head select', language)
  await page.waitForFunction((wanted) => document.documentElement.lang === wanted, language)
}

describe('every state of the page', () => {
  it.each(STATES)(
    'is reached by the keyboard, fits a screen of 320 pixels (1280 at four times the size), and has no fault for axe in any language: $name',
    async ({ name, reach }) => {
      const { page, context, problems } = await view.open({ width: 320, height: 256 })
      await reach(page)
      for (const language of ['en', 'ar', 'my']) {
        await choose(page, language)
        const [wide, screen] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth])
        expect.soft([language, wide]).toEqual([language, screen])
      }
      await page.setViewportSize({ width: 1280, height: 900 })
      for (const [at, language] of languagesFor(name).entries()) {
        await choose(page, language)
        await page.waitForFunction(
          () =>
            document.querySelector('.result') === null ||
            document.querySelector('.result[data-state=complete] table') !== null,
        )
        expect([language, await axe(page, at > 0)]).toEqual([language, []])
        expect(await page.evaluate(() => document.documentElement.dir)).toBe(language === 'ar' ? 'rtl' : 'ltr')
      }
      expect(problems).toEqual([])
      await context.close()
    },
    240_000,
  )
})

describe('the folder button', () => {
  it('explains the browser’s word before the dialog can be opened, and leads there', async () => {
    const { page, context } = await view.open()
    expect(await page.isVisible('#folder-note')).toBe(false)
    await pressOn(page, '#folder')
    expect(await focused(page)).toBe('choose-folder')
    expect(await page.textContent('#folder-note')).toContain('upload')
    expect(await page.getAttribute('#folder', 'aria-expanded')).toBe('true')
    await context.close()
  })
})

describe('a result', () => {
  it('sets a command in letters of its own, and offers what the page makes', async () => {
    const { page, context, problems } = await view.open()
    await STATES.find(({ name }) => name === 'result-changed')?.reach(page)
    for (const language of LANGUAGES) {
      await page.selectOption('.head select', language)
      await page.waitForSelector(`html[lang=${language}] .result[data-state=complete] table`)
      expect(await page.locator('.result code', { hasText: /^probatum steps$/ }).count(), language).toBe(1)
      expect(await page.textContent('.result'), language).not.toContain('`')
      expect(await page.locator('#save-pdf, #save-html').count(), language).toBe(2)
    }
    expect(problems).toEqual([])
    await context.close()
  })

  it('has the focus on its headline, and says so once to who cannot see it', async () => {
    const { page, context } = await view.open()
    await pressOn(page, '#sample-changed')
    await page.waitForSelector('.result[data-state=complete]')
    expect(await focused(page)).toBe('top')
    expect(await page.textContent('[role=alert]')).toContain('Something does not match.')
    await context.close()
  })

  it.each([
    ['sealed', 'Matches', 'tone-match'],
    ['changed', 'Does not match', 'tone-mismatch'],
    ['missing', 'Does not match', 'tone-mismatch'],
    ['unknown', 'Cannot tell', 'tone-undecided'],
  ])('says its family in a word and by the outline of a sign: %s', async (id, word, tone) => {
    const { page, context } = await view.open()
    await page.click(`#sample-${id}`)
    await page.waitForSelector('.verdict')
    expect(await page.textContent('.verdict .word')).toBe(word)
    expect(await page.getAttribute('.verdict', 'class')).toContain(tone)
    const outline = await page.getAttribute('.verdict .outline', 'd')
    const other = await page.evaluate(() => document.querySelectorAll('.verdict').length)
    expect([outline === null, other]).toEqual([false, 1])
    await context.close()
  })

  it('is marked as a sample in every place where it can be seen apart', async () => {
    const { page, context } = await view.open()
    await page.click('#sample-sealed')
    await page.waitForSelector('.result[data-state=complete]')
    expect(await page.textContent('.sample')).toMatch(/^Sample/)
    expect(await page.title()).toMatch(/^Sample – /)
    const download = page.waitForEvent('download')
    await page.click('#save-json')
    expect((await download).suggestedFilename()).toContain('.sample.report.json')
    await context.close()
  })

  it('shows undecided in no shade of red', async () => {
    const { page, context } = await view.open()
    await page.click('#sample-unknown')
    await page.waitForSelector('.result[data-state=complete] table')
    const colours = await page.$$eval('.tone-undecided', (found) =>
      found.map((one) => getComputedStyle(one).borderColor),
    )
    expect(colours.length).toBeGreaterThan(1)
    for (const colour of colours) {
      const [red = 0, green = 0] = (colour.match(/\d+/g) ?? []).map(Number)
      expect(red - green).toBeLessThan(60)
    }
    await context.close()
  })

  it('keeps when the language changes, and what was typed with it', async () => {
    const { page, context } = await view.open()
    await page.click('#sample-changed')
    await page.waitForSelector('.result[data-state=complete] table')
    await page.fill('.typed', '5a5a 5a5a 5a5a 5a5a')
    await page.keyboard.press('Enter')
    await page.waitForSelector('[role=status]:not([hidden]) >> text=agree')
    await page.selectOption('.head select', 'fr')
    expect(await page.inputValue('.typed')).toBe('5a5a 5a5a 5a5a 5a5a')
    expect(await page.getAttribute('.verdict', 'class')).toContain('tone-mismatch')
    await context.close()
  })

  it('compares a number from paper and names the first group that differs', async () => {
    const { page, context } = await view.open()
    await page.click('#sample-sealed')
    await page.waitForSelector('.result[data-state=complete]')
    const answer = async (typed: string) => {
      await page.fill('form .typed', typed)
      await page.press('form .typed', 'Enter')
      await page.waitForTimeout(50)
      return page.textContent('.result [role=status].note')
    }
    expect(await answer('5A5A-5A5A-5A5A-5A5A')).toContain('16 digits that you typed agree')
    expect(await answer('5a5a 5a5a 5a5b 5a5a')).toMatch(/Group 3 is different: you typed 5a5b, here stands 5a5a/)
    expect(await answer('5a5a')).toContain('At least 16')
    expect(await answer('5a5a 5a5a 5a5x 5a5a')).toContain('has the sign x')
    await context.close()
  })

  it('shows opened values only after a person asked, and hides them again', async () => {
    const { page, context } = await view.open()
    await page.click('#sample-sealed')
    await page.waitForSelector('.result[data-state=complete] table')
    const opened = () =>
      page.evaluate(
        () => document.body.textContent?.includes('npp.exe') === true || document.querySelector('.protected') !== null,
      )
    expect(await opened()).toBe(false)
    await page.click('#show-protected')
    await page.waitForSelector('.protected')
    expect(await page.textContent('.protected')).toContain('\\u{202e}gnp.exe')
    await page.emulateMedia({ media: 'print' })
    expect(await page.isVisible('.protected')).toBe(false)
    await page.emulateMedia({ media: 'screen' })
    await page.click('#show-protected')
    expect(await opened()).toBe(false)
    await context.close()
  })

  it('filters, searches and turns the pages of a hundred thousand files', async () => {
    const { page, context } = await view.open()
    await page.evaluate(() => Object.assign(window, { MORE_ROWS: 100_000 }))
    await page.click('#sample-changed')
    await page.waitForSelector('.result[data-state=complete] table')
    expect(await page.locator('.files tbody tr').count()).toBe(100)
    expect(await page.textContent('.files tbody tr:first-child')).toContain('Different')
    await page.click('button[data-standing=mismatch]')
    await page.waitForFunction(() => document.querySelectorAll('.files tbody tr').length === 1)
    await page.click('button[data-standing=""]')
    await page.fill('input[type=search]', 'more/99999')
    await page.waitForFunction(() => document.querySelectorAll('.files tbody tr').length === 1)
    await page.fill('input[type=search]', '')
    await page.waitForFunction(() => document.querySelectorAll('.files tbody tr').length === 100)
    await page.click('.pager button:last-child')
    await page.waitForFunction(
      () => document.querySelector('.pager span')?.textContent?.startsWith('Rows 101') === true,
    )
    await context.close()
  })

  it('shows a hundred of the files that it does not know at a time', async () => {
    const { page, context, problems } = await view.open()
    await page.evaluate(() => {
      const data = new DataTransfer()
      Object.assign(window.HELD, { holdAt: 120 })
      for (let number = 1; number <= 250; number++) data.items.add(new File(['x'], `note ${number} (sample).txt`))
      document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }))
    })
    const shown = () => page.locator('article h3').allTextContents()
    const range = (text: string) => page.locator('.pager span', { hasText: text }).waitFor()
    const turn = (name: string) => page.getByRole('button', { name }).click()
    // While they are looked at the page says how many were.
    await page.locator('#looked', { hasText: '120 files' }).waitFor()
    await page.evaluate(() => Object.assign(window.HELD, { holdAt: undefined }))
    await range('Rows 1 to 100 of 250')
    expect((await shown()).length).toBe(100)
    expect((await shown())[0]).toContain('note 1 (sample)')
    await turn('Next 100')
    await range('Rows 101 to 200 of 250')
    // What is asked of one file leaves the list where it is.
    await page.getByRole('button', { name: 'note 150 (sample)' }).first().click()
    await page.locator('article dl').waitFor()
    expect((await shown())[0]).toContain('note 101 (sample)')
    await turn('Next 100')
    await range('Rows 201 to 250 of 250')
    expect((await shown()).length).toBe(50)
    // The button that was pressed is at its end: the focus is on the other, not lost.
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Previous 100')
    await turn('Previous 100')
    await range('Rows 101 to 200 of 250')
    expect(problems).toEqual([])
    await context.close()
  })

  it('saves a list of files that no spreadsheet runs', async () => {
    const { page, context } = await view.open()
    await page.click('#sample-added')
    await page.waitForSelector('.result[data-state=complete] table')
    const download = page.waitForEvent('download')
    await page.click('#save-csv')
    const path = await (await download).path()
    const lines = readFileSync(path, 'utf8').split('\r\n')
    expect(lines.length).toBeGreaterThan(10)
    for (const line of lines.filter((each) => each !== '')) {
      for (const [, cell = ''] of line.matchAll(/"((?:[^"]|"")*)"/g)) expect(cell).not.toMatch(/^[=+\-@|%\t]/)
    }
    await context.close()
  })
})

describe('a run', () => {
  it('keeps the computer awake, and asks before the page is left, while it goes on and no longer', async () => {
    const { page, context } = await view.open()
    const asked: string[] = []
    page.on('dialog', (dialog) => asked.push(dialog.type()))
    await page.evaluate(() => {
      const locks = { held: 0, taken: 0 }
      Object.assign(globalThis, { locks })
      Object.defineProperty(navigator, 'wakeLock', {
        value: {
          request: async () => {
            locks.held++
            locks.taken++
            return { release: async () => void locks.held-- }
          },
        },
      })
    })
    const locks = () => page.evaluate(() => (globalThis as unknown as { locks: unknown }).locks)
    await STATES.find(({ name }) => name === 'running')?.reach(page)
    expect(await locks()).toEqual({ held: 1, taken: 1 })
    const leaving = page.waitForEvent('dialog')
    void page.close({ runBeforeUnload: true })
    expect((await leaving).type()).toBe('beforeunload')
    await pressOn(page, '#cancel')
    await page.waitForSelector('.tone-stopped')
    expect(await locks()).toEqual({ held: 0, taken: 1 })
    const closed = page.waitForEvent('close')
    void page.close({ runBeforeUnload: true })
    await closed
    expect(asked).toEqual(['beforeunload'])
    await context.close()
  })
})

describe('a saved report', () => {
  it('is told under its own word, in print and title too, and looks like no result', async () => {
    const { page, context, problems } = await view.open()
    await STATES.find(({ name }) => name === 'told')?.reach(page)
    expect(await focused(page)).toBe('top')
    expect(await page.textContent('.verdict')).toMatch(/^Saved report.*nothing was checked here/)
    expect(await page.title()).toMatch(/^Saved report/)
    expect(await page.textContent('.told')).toContain('It says, and')
    const printed = await page.evaluate(() => document.adoptedStyleSheets[0]?.cssRules[0]?.cssText)
    expect(printed).toContain('Saved report')
    // No sign of a result stands at verdict and answers, and no colour of one anywhere.
    expect(await page.locator('.verdict .sign-match, .verdict .sign-mismatch, .answers .sign').count()).toBe(0)
    const colours = await page.$$eval('.told [class*="tone-"]', (all) => [
      ...new Set(all.map((one) => getComputedStyle(one).getPropertyValue('--tone'))),
    ])
    expect(colours).toHaveLength(1)
    expect(await page.locator('#save-json, #save-pdf, #judge-again').count()).toBe(0)
    expect(problems).toEqual([])
    await context.close()
  })
})

describe('saved facts', () => {
  it('are judged under their own word, in print and title too, and make no certificate and no page for people', async () => {
    const { page, context, problems } = await view.open()
    await give(page, [file('earlier.facts.json')])
    await pressOn(page, '#check')
    await page.waitForSelector('.result[data-state=complete]')
    expect(await page.textContent('#from-facts')).toMatch(/^Saved facts.*no file was read/)
    expect(await page.title()).toMatch(/^Saved facts/)
    const printed = await page.evaluate(() => document.adoptedStyleSheets[0]?.cssRules[0]?.cssText)
    expect(printed).toContain('Saved facts')
    expect(await page.locator('#save-json').count()).toBe(1)
    expect(await page.locator('#save-pdf, #save-html').count()).toBe(0)
    expect(problems).toEqual([])
    await context.close()
  })
})

describe('what is given beside a bundle', () => {
  it('a pass phrase opens a key, and stands nowhere on the page; another one is said to be wrong', async () => {
    const { page, context, problems } = await view.open()
    await STATES.find(({ name }) => name === 'found-lone')?.reach(page)
    await page.waitForFunction(() =>
      /does not open the key/.test(document.querySelector('[role=alert]')?.textContent ?? ''),
    )
    await page.keyboard.type('right')
    await page.keyboard.press('Enter')
    await page.waitForSelector('input[type=password]', { state: 'detached' })
    expect(await page.textContent('#content')).toContain('it stays in this page')
    const typed = await page.$$eval('#content input', (inputs) => inputs.map((one) => (one as HTMLInputElement).value))
    expect(`${typed} ${await page.textContent('#content')}`).not.toMatch(/another-9|right/)
    expect(problems).toEqual([])
    await context.close()
  })

  it('nothing is begun for a recipient that is none, and the field says why', async () => {
    const { page, context } = await view.open()
    await STATES.find(({ name }) => name === 'found-lone')?.reach(page)
    await page.fill('#recipient', 'age1xyz')
    await pressOn(page, '#check')
    expect(await focused(page)).toBe('recipient')
    expect(await page.textContent('#recipient-answer')).toContain('begins as a recipient of age')
    await context.close()
  })

  it('of an evidence record the files are ticked; with none it is left out, which is said before and after', async () => {
    const { page, context } = await view.open()
    await STATES.find(({ name }) => name === 'found-lone')?.reach(page)
    const first = page.locator('[role=group] input').first()
    expect(await first.isChecked()).toBe(true)
    // What is judged with the record is not asked about once more.
    const unknown = () => page.locator('article h3').allTextContents()
    expect((await unknown()).join()).not.toContain('in the record.txt')
    await first.focus()
    await page.keyboard.press('Space')
    expect(await page.textContent('#check')).toBe('Check the other one')
    expect(await page.textContent('#content')).toContain('Tick first the files')
    expect(await page.textContent('#content')).toContain('Left out, and not checked, until that is chosen: record.ers')
    expect((await unknown()).join()).toContain('in the record.txt')
    // The focus stays where the person works.
    await page.keyboard.press('Space')
    expect(await page.textContent('#check')).toBe('Check all 2')
    await page.keyboard.press('Space')
    await pressOn(page, '#check')
    await page.waitForSelector('.checked button')
    const listed = await page.locator('.checked li').allTextContents()
    expect(listed[1]).toMatch(/^record\.ersNot checked – Tick first the files/)
    expect(listed[0]).toContain('Show the result of a.zip')
    await context.close()
  })
})

/** Texts that mean different harm can stand behind one another: a result is drawn once for each row. */
const HARMS: readonly (readonly string[])[] = [
  HOSTILE.filter((harm) => harm.startsWith('javascript:')),
  HOSTILE.filter((harm) => /^[=+]/.test(harm)),
  HOSTILE.filter((harm) => /[<&{]/.test(harm)),
  HOSTILE.filter((harm) => /[\p{Cc}\p{Cf}]/u.test(harm)),
  HOSTILE.filter((harm) => /^\p{Lo}/u.test(harm)),
]

describe('what comes with the evidence', () => {
  it('is tried with every text that means harm', () => {
    expect(HARMS.flat().sort()).toEqual([...HOSTILE].sort())
  })

  it.each(HARMS.map((harms) => [JSON.stringify(harms), harms]))('is only ever shown: %s', async (_, harms) => {
    const harm = harms.join('')
    const poison: MadeResults = {
      ...results,
      results: Object.fromEntries(Object.entries(results.results).map(([id, made]) => [id, poisoned(made, harm)])),
    }
    const { page, context, problems } = await view.open({ results: poison })
    const elements = () =>
      page.evaluate(
        () =>
          document.querySelectorAll('script, img, iframe, object, embed, link, base, style, [onerror], [onload]')
            .length,
      )
    const before = await elements()
    await page.click('#sample-changed')
    await page.waitForSelector('.result[data-state=complete] table')
    await page.evaluate(() => {
      for (const details of document.querySelectorAll('details')) details.open = true
    })
    expect(await elements()).toBe(before)
    const text = (await page.evaluate(() => document.querySelector('#page main')?.textContent)) ?? ''
    // What can be seen stands there to the letter, and so it was there to do harm.
    for (const one of harms.filter((each) => !/[\p{Cc}\p{Cf}]/u.test(each))) expect(text).toContain(one)
    // Characters that hide, or turn the direction of what stands around them, stand nowhere as themselves.
    expect(text).not.toMatch(/[\u202a-\u202e\u2066\u2067\u200b]/)
    expect(problems).toEqual([])
    await context.close()
  })
})

// Archives of the vectors under such names, in the page as it ships: tools/long/hostile-in-view.ts.
it('a name of a file that is no bundle stands on one line, as what it is, in texts to send too', async () => {
  const { page, context, problems } = await view.open()
  await page.evaluate((names) => {
    const data = new DataTransfer()
    for (const name of names) data.items.add(new File(['x'], name))
    document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }))
  }, HOSTILE)
  await page.waitForSelector('article')
  expect(await page.locator('article').count()).toBe(HOSTILE.length)
  const texts = await page.locator('article').allTextContents()
  for (const text of texts) expect(text).not.toMatch(/[\u202a-\u202e\u2066\u2067\u200b\n\t]/)
  expect(texts.join()).toContain('Dear sender, the file \\u{202e}gpj.exe')
  expect(await page.locator('article :is(script, img, svg)').count()).toBe(0)
  expect(problems).toEqual([])
  await context.close()
})

describe('people', () => {
  it('who asked for less motion get none, and forced colours keep the outline of the verdict', async () => {
    const { page, context } = await view.open({ forcedColours: true, reducedMotion: true })
    await page.click('#sample-changed')
    await page.waitForSelector('.verdict')
    const style = await page.$eval('.verdict', (box) => {
      const { borderTopWidth, borderTopStyle } = getComputedStyle(box)
      return { borderTopWidth, borderTopStyle }
    })
    expect(style).toEqual({ borderTopWidth: '2px', borderTopStyle: 'solid' })
    expect(await page.evaluate(() => document.getAnimations().length)).toBe(0)
    await context.close()
  })

  it('who set wide text spacing lose nothing (WCAG 2.2, 1.4.12)', async () => {
    const { page, context } = await view.open({ width: 390 })
    await page.click('#sample-court')
    await page.waitForSelector('.result[data-state=complete] table')
    const clipped = await page.evaluate(() => {
      const sheet = new CSSStyleSheet()
      sheet.replaceSync(
        '* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-block-end: 2em !important }',
      )
      document.adoptedStyleSheets = [sheet]
      return [...document.querySelectorAll('button, p, h1, h2, h3, li, td')].filter(
        (one) =>
          one.scrollWidth > one.clientWidth + 1 &&
          getComputedStyle(one).overflow === 'hidden' &&
          !one.closest('.aside') &&
          !one.classList.contains('aside'),
      ).length
    })
    const [wide, screen] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth])
    expect([clipped, wide]).toEqual([0, screen])
    await context.close()
  })
})
