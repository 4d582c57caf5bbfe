import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { nodePorts } from '@probatum/platform/node'
import { containerBytes, type Vector } from '../../test-vectors/vector.ts'
import { makePage } from '../build-page.mjs'
import type { PieceOptions, PieceResult } from '../sweep.ts'
import { type FirefoxPage, findFirefox, openFirefoxPage } from '../testing/firefox.ts'
import { stretchesOf, withOneChange } from '../testing/seen-page.ts'
import { VectorRunner } from '../vectors/run-vector.ts'

/**
 * The web verifier as it ships, view and all, in Firefox, where one is installed: it starts from a `file:` address in a folder
 * with an odd name, checks its samples and a bundle that is dropped, speaks its languages, makes a certificate, and shows
 * of a changed copy nothing but that it is damaged. Nothing can hand Firefox a folder or the browser's own drag from outside.
 */
export const name = 'page-in-firefox'
export const pieces = () => 1

const TONES = {
  sealed: 'match',
  changed: 'mismatch',
  missing: 'mismatch',
  added: 'mismatch',
  unknown: 'undecided',
  weak: 'undecided',
  withheld: 'match',
} as const
const CHANGES = 6
const COMPLETE = "document.querySelector('.result[data-state=complete] .files') !== null"
const STARTED = "document.querySelector('#damaged') === null && !document.querySelector('#page').hidden"
const ODD = 'a # b %41 \u1019\u103c\u1014\u103a\u1019\u102c'

export async function runPiece(_: number, { root, progress }: PieceOptions): Promise<PieceResult> {
  const firefox = findFirefox()
  if (firefox === undefined) {
    progress('Firefox is not installed: nothing is run in it')
    return { cases: 0, failures: [] }
  }
  const html = Buffer.from(await makePage(root))
  const folder = mkdtempSync(join(tmpdir(), 'probatum-firefox-page-'))
  const page = await openFirefoxPage(firefox)
  progress(`Firefox ${page.version}`)
  const failures: string[] = []
  let cases = 0
  const expectThat = (what: string, holds: boolean) => {
    cases++
    if (!holds) failures.push(what)
  }
  const show = async (content: Buffer, path: string) => {
    const file = join(folder, path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, content)
    await page.goto(pathToFileURL(file).href)
  }
  try {
    for (const [sample, tone] of Object.entries(TONES)) {
      await show(html, join(ODD, 'page.html'))
      expectThat('the page starts', await until(page, STARTED))
      await page.call('(id) => document.getElementById(id).click()', `sample-${sample}`)
      expectThat(`${sample} comes to a result`, await until(page, COMPLETE))
      expectThat(`${sample}: ${tone}`, (await classOfVerdict(page)).includes(`tone-${tone}`))
    }
    for (const language of ['ar', 'my', 'en']) {
      await page.call(speakInPage, language)
      expectThat(
        `it speaks ${language}`,
        await until(page, `${COMPLETE} && document.documentElement.lang === '${language}'`),
      )
    }
    await page.call("() => document.getElementById('save-pdf').click()")
    expectThat('it makes a certificate', await until(page, "document.querySelector('.note .hash') !== null"))
    await show(html, 'page.html')
    await until(page, STARTED)
    await page.call(dropInPage, (await bundle(root)).toString('base64'))
    expectThat('it takes what is dropped', await until(page, "document.getElementById('check') !== null"))
    await page.call("() => document.getElementById('check').click()")
    expectThat('it checks what was dropped', await until(page, COMPLETE))
    expectThat('nobody knows its signer', (await classOfVerdict(page)).includes('tone-undecided'))
    expectThat(`nothing went wrong: ${page.problems.join('; ')}`, page.problems.length === 0)
    const { script, blocks } = stretchesOf(html)
    for (let turn = 0; turn < CHANGES; turn++) {
      const { what, at, copy } = withOneChange(html, turn % 2 === 0 ? [script] : blocks, `${name}, ${turn}`)
      const before = page.problems.length
      await show(copy, 'changed.html')
      for (let wait = 0; wait < 200 && page.problems.length === before; wait++) await pause()
      await pause()
      expectThat(`${what} changed at ${at} is damaged`, (await page.call(isDamagedInPage)) === true)
    }
  } finally {
    await page.close()
    rmSync(folder, { recursive: true })
  }
  return { cases, failures }
}

const pause = () => new Promise((turn) => setTimeout(turn, 50))

/** @returns whether it came true within a minute */
async function until(page: FirefoxPage, condition: string): Promise<boolean> {
  for (let turn = 0; turn < 1200; turn++) {
    if ((await page.call(`() => ${condition}`)) === true) return true
    await pause()
  }
  return false
}

const classOfVerdict = async (page: FirefoxPage) =>
  String(await page.call("() => document.querySelector('.verdict')?.className ?? ''"))

const isDamagedInPage = `() => {
  const damaged = document.getElementById('damaged')
  return damaged !== null && damaged.checkVisibility() && document.getElementById('page').hidden
}`

const speakInPage = `(language) => {
  const control = document.querySelector('.head select')
  control.value = language
  control.dispatchEvent(new Event('change', { bubbles: true }))
}`

const dropInPage = `(base64) => {
  const data = new DataTransfer()
  data.items.add(new File([Uint8Array.from(atob(base64), (one) => one.charCodeAt(0))], 'dropped (sample).zip'))
  document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }))
}`

/** A sealed bundle of the vectors, as a ZIP. */
async function bundle(root: string): Promise<Buffer> {
  const folder = join(root, 'test-vectors')
  const ports = nodePorts({ jobs: 1 })
  const runner = new VectorRunner(folder, folder, ports)
  const vector = { base: 'sealed', mutations: [] } as unknown as Vector
  const bytes = containerBytes({ kind: 'zip', topFolder: 'bundle' }, runner.filesOf(vector).files)
  await ports.close()
  return Buffer.from(bytes)
}
