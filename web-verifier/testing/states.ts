import type { Page } from 'playwright-core'

/** A state of the page and how it is reached by the keyboard alone; files are put where the file dialog would put them. */
export interface PageState {
  readonly name: string
  readonly reach: (page: Page) => Promise<void>
}

/** Presses Tab until the focus is on it: whoever cannot use a mouse has no other way. */
export async function tabTo(page: Page, selector: string): Promise<void> {
  for (let presses = 0; presses < 300; presses++) {
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`Tab never reaches ${selector}`)
}

export async function pressOn(page: Page, selector: string): Promise<void> {
  await tabTo(page, selector)
  await page.keyboard.press('Enter')
}

interface PickedFile {
  readonly name: string
  readonly mimeType: string
  readonly buffer: Buffer
}

const ZIP = (name: string): PickedFile => ({ name, mimeType: 'application/zip', buffer: Buffer.from('x') })
const RAR: PickedFile = { name: 'old.rar', mimeType: 'application/vnd.rar', buffer: Buffer.from('Rar!') }
export const file = (name: string): PickedFile => ({
  name,
  mimeType: 'application/octet-stream',
  buffer: Buffer.from('x'),
})
const LIST: PickedFile = { name: 'trust-set.json', mimeType: 'application/json', buffer: Buffer.from('{}') }

export async function give(page: Page, files: readonly PickedFile[]): Promise<void> {
  await tabTo(page, '#choose-files')
  const chooser = page.waitForEvent('filechooser')
  await page.keyboard.press('Enter')
  await (await chooser).setFiles([...files])
  await page.waitForFunction(
    () => document.querySelector('section, #check') !== null && document.querySelector('progress') === null,
  )
}

async function held(page: Page): Promise<void> {
  await page.evaluate(() => Object.assign(window.HELD, { holdAt: 4, isHeld: false }))
  await pressOn(page, '#sample-sealed')
  await page.waitForSelector('progress')
  // A step that comes between a key that goes to a button and one that presses it may draw the button anew.
  await page.waitForFunction(() => window.HELD.isHeld === true)
}

const result = (id: string): PageState => ({
  name: `result-${id}`,
  reach: async (page) => {
    await pressOn(page, `#sample-${id}`)
    await page.waitForSelector('.result[data-state=complete] table')
    await page.waitForSelector('.conditions')
  },
})

export const STATES: readonly PageState[] = [
  { name: 'start', reach: async () => {} },
  { name: 'folder-explained', reach: (page) => pressOn(page, '#folder') },
  { name: 'found', reach: (page) => give(page, [ZIP('case.zip'), LIST, RAR]) },
  {
    name: 'found-lone',
    reach: async (page) => {
      await give(page, ['record.ers', 'in the record.txt', 'stranger.txt', 'locked.key', 'a.zip'].map(file))
      await pressOn(page, 'summary:has(+ .inside #recipient)')
      await tabTo(page, '#recipient')
      await page.keyboard.type('Example Court (sample)')
      await tabTo(page, '[id="passphrase-locked.key"]')
      await page.keyboard.type('another-9')
      await page.keyboard.press('Enter')
      await page.waitForSelector('[id="passphrase-locked.key-answer"]')
      await page.waitForFunction(() => document.activeElement?.id === 'passphrase-locked.key')
    },
  },
  { name: 'nothing-found', reach: (page) => give(page, [RAR]) },
  { name: 'running', reach: held },
  {
    name: 'stopped',
    reach: async (page) => {
      await held(page)
      await pressOn(page, '#cancel')
      await page.waitForSelector('.tone-stopped')
    },
  },
  {
    name: 'several',
    reach: async (page) => {
      await give(page, ['a.zip', 'b.zip', 'c.zip'].map(ZIP))
      await pressOn(page, '#check')
      await page.waitForFunction(() => document.querySelectorAll('.checked button').length === 3)
    },
  },
  {
    name: 'told',
    reach: async (page) => {
      await give(page, [file('earlier.report.json')])
      await pressOn(page, '#check')
      await page.waitForSelector('.told')
    },
  },
  ...['sealed', 'changed', 'missing', 'added', 'unknown', 'court'].map(result),
  {
    name: 'unfolded',
    reach: async (page) => {
      await result('court').reach(page)
      await pressOn(page, '#show-protected')
      await page.waitForSelector('.protected')
      await pressOn(page, '#show-all')
      await page.evaluate(() => {
        for (const details of document.querySelectorAll('details')) details.open = true
      })
    },
  },
]
