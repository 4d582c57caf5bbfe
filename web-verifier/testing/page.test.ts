// Needs: chromium, pdfdetach, pdftotext, sh.
import { execFileSync } from 'node:child_process'
import { X509Certificate } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { ATTACHMENT_NAMES, type CertificateFiles, parseRequest, remakeCertificate } from '@probatum/certificate'
import { parseReport, toHex, trustSetCode } from '@probatum/core'
import { nodeSmallDigest } from '@probatum/platform/node'
import { fileOf, sealSample, seededRandom, writeZip } from '@probatum/seal'
import { LANGUAGE_CODES, messagesIn } from '@probatum/words'
import { messagesOf } from '@probatum/words/languages'
import type { Browser, BrowserContext, Download, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { pageWithEdition, readPage } from '../../cli/src/page-file.ts'
import { ensurePageBuilt, PAGE } from '../../tools/build-page.mjs'
import { launchBrowser } from '../../tools/testing/browser.ts'
import { instant } from '../../tools/testing/judgement.ts'
import { testPlace } from '../../tools/testing/place.ts'
import { testTypesetter } from '../../tools/testing/typesetter.ts'
import { pressOn, tabTo } from './states.ts'

const RECORDS = join(import.meta.dirname, '../../test-vectors/evidence-records')

/** The built page as it ships, opened by its file: address, with the engine that it has. */

let browser: Browser
const { place: folder, newFolder } = testPlace('page')
let code: string

beforeAll(async () => {
  await ensurePageBuilt()
  browser = await launchBrowser()
  const now = instant('2026-03-14T09:12:00Z')
  const { files, trustSet } = await sealSample({ now, random: seededRandom('built page') })
  for (const [path, bytes] of files) {
    const file = join(folder, 'bundle', path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, bytes)
  }
  const parts: Uint8Array[] = []
  const sealable = new Map([...files].map(([path, bytes]) => [path, fileOf(bytes)]))
  for await (const part of writeZip({ topFolder: 'bundle', files: sealable })) parts.push(part)
  writeFileSync(join(folder, 'case.zip'), Buffer.concat(parts))
  const letter = Buffer.from('A letter (sample).\n')
  const bag = new Map([
    ['bagit.txt', Buffer.from('BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n')],
    ['manifest-sha256.txt', Buffer.from(`${toHex(nodeSmallDigest('sha256', letter))}  data/letter.txt\n`)],
    ['data/letter.txt', letter],
  ])
  const packed: Uint8Array[] = []
  const inBag = new Map([...bag].map(([path, bytes]) => [path, fileOf(bytes)]))
  for await (const part of writeZip({ topFolder: 'bag', files: inBag })) packed.push(part)
  writeFileSync(join(folder, 'bag.zip'), Buffer.concat(packed))
  writeFileSync(join(folder, 'trust-set.json'), trustSet)
  writeFileSync(join(folder, 'old.rar'), Buffer.from('526172211a0701000000', 'hex'))
  code = trustSetCode(toHex(nodeSmallDigest('sha256', trustSet)))
}, 240_000)
afterAll(async () => {
  await browser?.close()
})

interface Opened {
  readonly page: Page
  readonly context: BrowserContext
  readonly problems: readonly string[]
}

/** The hash in the policy that stands in the page, and so was in force. */
async function policyHash(page: Page): Promise<string> {
  const policy = await page.getAttribute('meta[http-equiv="Content-Security-Policy"]', 'content')
  const hash = /script-src[^;]*'(sha256-[A-Za-z0-9+/]{43}=)'/.exec(policy ?? '')?.[1]
  if (hash === undefined) throw new TypeError(`no hash in the policy ${policy}`)
  return hash
}

/** What a certificate carries, as a stock tool takes it out. */
function filesIn(pdf: string): CertificateFiles {
  const place = newFolder('carried')
  execFileSync('pdfdetach', ['-saveall', '-o', place, pdf])
  const read = (key: keyof typeof ATTACHMENT_NAMES) => new Uint8Array(readFileSync(join(place, ATTACHMENT_NAMES[key])))
  const trustSet = existsSync(join(place, ATTACHMENT_NAMES.trustSet)) ? read('trustSet') : null
  return {
    request: read('request'),
    report: read('report'),
    facts: read('facts'),
    inventory: read('inventory'),
    policy: read('policy'),
    trustSet,
  }
}

async function open(file: string = PAGE): Promise<Opened> {
  const context = await browser.newContext({ acceptDownloads: true })
  const page = await context.newPage()
  const problems: string[] = []
  const address = pathToFileURL(file).href
  page.on('pageerror', (error) => problems.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') problems.push(message.text())
  })
  page.on('request', (request) => {
    if (request.url() !== address && !/^(blob|data):/.test(request.url())) problems.push(`request: ${request.url()}`)
  })
  // Choosers are intercepted only while somebody listens.
  page.on('filechooser', () => {})
  await page.goto(address)
  await page.waitForSelector('#page:not([hidden])')
  return { page, context, problems }
}

async function choose(page: Page, button: string, paths: string | readonly string[]): Promise<void> {
  const chooser = page.waitForEvent('filechooser')
  await pressOn(page, button)
  await (await chooser).setFiles(typeof paths === 'string' ? paths : [...paths])
}

async function contentOf(download: Download): Promise<Buffer> {
  return readFileSync(await download.path())
}

describe('the page as it ships', () => {
  it('checks each of its own samples, one after the other, and marks it', async () => {
    const { page, context, problems } = await open()
    for (const [id, tone] of [
      ['sealed', 'tone-match'],
      ['changed', 'tone-mismatch'],
      ['missing', 'tone-mismatch'],
      ['added', 'tone-mismatch'],
      ['unknown', 'tone-undecided'],
      ['weak', 'tone-undecided'],
      ['withheld', 'tone-match'],
    ] as const) {
      await pressOn(page, `#sample-${id}`)
      await page.waitForSelector('.result[data-state=complete] .files')
      expect((await page.getAttribute('.verdict', 'class'))?.split(' '), id).toContain(tone)
      expect(await page.textContent('.sample'), id).toMatch(/^Sample/)
      expect(await page.title(), id).toMatch(/^Sample/)
      await page.click('#start-again')
      await page.waitForSelector('#choose-files')
      expect(await page.locator('.verdict, .sample').count(), id).toBe(0)
    }
    expect(problems).toEqual([])
    await context.close()
  })

  it('judges an evidence record with the bundle that it was dropped with, and says what it proves', async () => {
    const { page, context, problems } = await open()
    const record = join(RECORDS, 'one-file.ers')
    await choose(page, '#choose-files', [join(folder, 'bag.zip'), record])
    await page.waitForSelector('#check')
    const bundles = page.locator('.subjects select')
    expect(await bundles.locator('option').allTextContents()).toEqual([expect.stringMatching(/^with none/), 'bag.zip'])
    // It has no result of its own while it goes with the bundle.
    expect(await page.textContent('#check')).toBe('Check now')
    await bundles.selectOption({ index: 0 })
    expect(await page.textContent('#check')).toBe('Check the other one')
    await bundles.selectOption({ index: 1 })
    await pressOn(page, '#check')
    await page.waitForSelector('.result[data-state=complete] .files')
    const text = (await page.textContent('.result')) ?? ''
    expect(text).toContain('The evidence record is over files of this, but it proves no time for them.')
    expect(text).toContain('data/letter.txt')
    expect(problems).toEqual([])
    await context.close()
  })

  it('checks a ZIP on a list whose code was typed, all by keyboard', async () => {
    const { page, context, problems } = await open()
    await choose(page, '#choose-files', [join(folder, 'case.zip'), join(folder, 'trust-set.json')])
    await page.waitForSelector('#check')
    await tabTo(page, '#trust-code')
    await page.keyboard.type(code.toLowerCase().replaceAll('-', ' '))
    expect(await page.textContent('#trust-code-answer')).toContain('agrees')
    await pressOn(page, '#check')
    await page.waitForSelector('.result[data-state=complete] .files')
    expect(await page.textContent('.verdict h1')).toBe('Everything matches.')
    const download = page.waitForEvent('download')
    await page.click('#save-json')
    const { body } = parseReport(await contentOf(await download), nodeSmallDigest)
    expect(body.inputs.setCode).toBe('confirmed')
    expect(body.assessment.indication).toBe('TOTAL-PASSED')
    expect(problems).toEqual([])
    await context.close()
  })

  it('shows original names only where they were asked for, and states it in the report', async () => {
    const { page, context } = await open()
    await choose(page, '#choose-files', join(folder, 'case.zip'))
    await page.waitForSelector('#check')
    await page.click('summary:has-text("More:")')
    await page.check('text=Show original file names')
    await pressOn(page, '#check')
    await page.waitForSelector('.result[data-state=complete] .files')
    expect(await page.textContent('.files')).toContain('original name: README (sample).txt')
    const json = page.waitForEvent('download')
    await page.click('#save-json')
    const { body } = parseReport(await contentOf(await json), nodeSmallDigest)
    expect(body.inputs.names).toBe(true)
    const report = page.waitForEvent('download')
    await page.click('#save-html')
    expect((await contentOf(await report)).toString('utf8')).toContain('README (sample).txt')
    await context.close()
  })

  it('begins nothing with a mistyped code or moment, and leads to the field', async () => {
    const { page, context } = await open()
    await choose(page, '#choose-files', [join(folder, 'case.zip'), join(folder, 'trust-set.json')])
    await page.waitForSelector('#check')
    const wrong = `${code.slice(0, -1)}${code.endsWith('0') ? '1' : '0'}`
    await page.fill('#trust-code', wrong)
    await pressOn(page, '#check')
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('trust-code')
    expect(await page.textContent('[role=alert]')).toContain('slip in group 4')
    expect(await page.isVisible('.verdict')).toBe(false)
    await page.fill('#trust-code', '')
    await page.click('summary:has(+ .inside #moment)')
    await page.fill('#moment', 'yesterday')
    await page.click('summary:has(+ .inside #moment)')
    await pressOn(page, '#check')
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('moment')
    expect(await page.getAttribute('#moment', 'aria-invalid')).toBe('true')
    expect(await page.textContent('#moment-answer')).toContain('cannot be read as a day')
    expect(await page.isVisible('.verdict')).toBe(false)
    await context.close()
  })

  it('judges again with a list that is given after the result, without reading the bundle again', async () => {
    const { page, context } = await open()
    await choose(page, '#choose-files', join(folder, 'case.zip'))
    await pressOn(page, '#check')
    await page.waitForSelector('.result[data-state=complete] .files')
    expect(await page.getAttribute('.verdict', 'class')).toContain('tone-undecided')
    await page.click('summary:has-text("Judge again")')
    await choose(page, '#add-trust-set', join(folder, 'trust-set.json'))
    await page.waitForSelector('#trust-code')
    // It stays unfolded, because the person is at work in it.
    await page.click('#judge-again')
    await page.waitForSelector('.tone-match.verdict')
    expect(await page.textContent('.verdict h1')).toBe('Everything matches.')
    await context.close()
  })

  it('checks a folder after the browser’s word was explained', async () => {
    const { page, context } = await open()
    await pressOn(page, '#folder')
    await choose(page, '#choose-folder', join(folder, 'bundle'))
    await page.waitForSelector('#check')
    await pressOn(page, '#check')
    await page.waitForSelector('.result[data-state=complete] .files')
    expect(await page.textContent('.answers > li:first-child .says')).toContain('Yes')
    await context.close()
  })

  it('takes what is dropped anywhere on it', async () => {
    const { page, context } = await open()
    const bytes = [...readFileSync(join(folder, 'case.zip'))]
    await page.evaluate((content) => {
      const data = new DataTransfer()
      data.items.add(new File([Uint8Array.from(content)], 'dropped.zip'))
      document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }))
    }, bytes)
    await page.waitForSelector('#check')
    expect(await page.textContent('.subjects')).toContain('dropped.zip')
    await context.close()
  })

  it('looks for a file that is dropped on a result, and keeps the result', async () => {
    const { page, context } = await open()
    await page.click('#sample-sealed')
    await page.waitForSelector('.result[data-state=complete] .files')
    await page.evaluate(() => {
      const data = new DataTransfer()
      data.items.add(new File(['not in it'], 'stray.txt'))
      document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }))
    })
    await page.waitForSelector('text=has the same bytes')
    expect(await page.textContent('[role=status].aside')).toContain('No file of')
    expect(await page.textContent('.verdict h1')).toBe('Everything matches.')
    await context.close()
  })

  it('tells a saved report as one, and says of a bundle beside it whether it is the same', async () => {
    const { page, context, problems } = await open()
    await choose(page, '#choose-files', join(folder, 'case.zip'))
    await pressOn(page, '#check')
    await page.waitForSelector('.result[data-state=complete] .files')
    const download = page.waitForEvent('download')
    await page.click('#save-html')
    const report = join(folder, 'earlier (sample).html')
    writeFileSync(report, await contentOf(await download))
    await page.click('#start-again')
    await choose(page, '#choose-files', [report, join(folder, 'case.zip')])
    await pressOn(page, '#check')
    await page.waitForFunction(() => document.querySelectorAll('.checked button').length === 2)
    expect(await page.textContent('.checked li:first-child')).toContain('Saved report')
    await page.click('.checked li:first-child button')
    await page.waitForSelector('.told')
    expect(await page.textContent('.told .note')).toContain('has the same content, byte for byte, as case.zip')
    expect(await page.title()).toMatch(/^Sample – Saved report/)
    expect(problems).toEqual([])
    await context.close()
  })

  it('says what a RAR archive is, and has a text for its sender', async () => {
    const { page, context } = await open()
    await choose(page, '#choose-files', join(folder, 'old.rar'))
    await page.waitForSelector('article')
    expect(await page.textContent('h1')).toBe('We could not read this as an evidence bundle.')
    expect(await page.textContent('article')).toContain('RAR')
    expect(await page.textContent('article blockquote')).toContain('Please send me the sealed bundle')
    await context.close()
  })

  it('finds the same file in a bundle, and says when it is not there', async () => {
    const { page, context } = await open()
    await choose(page, '#choose-files', join(folder, 'case.zip'))
    await pressOn(page, '#check')
    await page.waitForSelector('.result[data-state=complete] .files')
    await choose(page, '#find-file', join(folder, 'bundle/data/00/000003.txt'))
    await page.waitForSelector('text=Yes: the same bytes are listed')
    expect(await page.textContent('.result')).toContain('data/00/000003.txt')
    await choose(page, '#find-file', join(folder, 'old.rar'))
    await page.waitForSelector('text=has the same bytes')
    await context.close()
  })

  it('speaks the catalogue of each language that has one, and English in its place where not', async () => {
    const { page, context, problems } = await open()
    await page.click('#sample-changed')
    await page.waitForSelector('.result[data-state=complete] .files')
    for (const language of LANGUAGE_CODES) {
      await page.selectOption('.head select', language)
      const messages = messagesOf(language) ?? messagesIn()
      const headline = page.locator('.verdict h1')
      expect(await headline.textContent()).toBe(messages.verdict.headlines.mismatch)
      // Read out in its own language, also where that is not the page's.
      expect(
        await headline.evaluate((one) => (one.querySelector('[lang]') ?? one).closest('[lang]')?.getAttribute('lang')),
      ).toBe(messages.language)
      const download = page.waitForEvent('download')
      await page.click('#save-html')
      const html = (await contentOf(await download)).toString('utf8')
      expect(html).toContain(`<html lang="${messages.language}"`)
      expect(html).toContain(messages.verdict.headlines.mismatch)
    }
    expect(problems).toEqual([])
    await context.close()
  })

  it('makes the certificate, and shows the number that stands in it', async () => {
    const { page, context, problems } = await open()
    await page.click('#sample-changed')
    await page.waitForSelector('.result[data-state=complete] .files')
    const download = page.waitForEvent('download')
    await page.click('#save-pdf')
    const made = await download
    expect(made.suggestedFilename()).toMatch(/\.sample\.certificate\.pdf$/)
    const file = join(folder, 'certificate.pdf')
    writeFileSync(file, await contentOf(made))
    await page.waitForSelector('.note .hash')
    const number = (await page.textContent('.note .hash')) ?? ''
    expect(number).toMatch(/^[0-9a-f]{64}$/)
    expect(execFileSync('pdftotext', [file, '-'], { encoding: 'utf8' })).toContain(number)
    // What the browser enforced, and what makes the same bytes again on the command line.
    const script = await policyHash(page)
    expect(execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' })).toContain(script)
    const carried = filesIn(file)
    expect(parseRequest(carried.request).maker).toEqual({ program: 'probatum-web-verifier', script, edition: null })
    const ports = { typesetter: await testTypesetter(), smallDigest: nodeSmallDigest }
    expect(Buffer.from(remakeCertificate(carried, ports).pdf).equals(readFileSync(file))).toBe(true)
    // With the form of a court behind it, in the variant that the person chose.
    const form = page
      .locator('select')
      .filter({ has: page.locator('option', { hasText: 'executed without the United States' }) })
    await form.selectOption({ index: 3 })
    const another = page.waitForEvent('download')
    await page.click('#save-pdf')
    const formed = join(folder, 'certificate-with-form.pdf')
    writeFileSync(formed, await contentOf(await another))
    expect(parseRequest(filesIn(formed).request).template).toMatchObject({ id: 'us-902', choice: 'outside' })
    await page.fill('form .typed', number.slice(0, 20).toUpperCase())
    await page.press('form .typed', 'Enter')
    await page.waitForSelector('text=the certificate that was made here')
    expect(problems).toEqual([])
    await context.close()
  })

  it('names the edition in what an institution’s edition makes', async () => {
    const own = await readPage(PAGE)
    const name = 'Example Court <b> (sample)'
    const trustSet = readFileSync(join(folder, 'trust-set.json'))
    const file = join(folder, 'edition.html')
    writeFileSync(file, pageWithEdition(own, { name, policies: [], trustSets: [trustSet] }))
    const { edition, scriptHash } = await readPage(file)
    const { page, context, problems } = await open(file)
    await page.click('#sample-sealed')
    await page.waitForSelector('.result[data-state=complete] .files')
    const pdf = page.waitForEvent('download')
    await page.click('#save-pdf')
    const made = join(folder, 'of-edition.pdf')
    writeFileSync(made, await contentOf(await pdf))
    const maker = { program: 'probatum-web-verifier', script: scriptHash, edition: { name, sha256: edition?.sha256 } }
    expect(parseRequest(filesIn(made).request).maker).toEqual(maker)
    const html = page.waitForEvent('download')
    await page.click('#save-html')
    const text = (await contentOf(await html)).toString('utf8')
    const parts = [scriptHash, edition?.sha256 ?? 'no edition', 'Example Court &#60;b&#62; (sample)']
    expect(parts.filter((part) => !text.includes(part))).toEqual([])
    expect(problems).toEqual([])
    await context.close()
  })

  it('saves a report for people that has the JSON in it and runs nothing', async () => {
    const { page, context } = await open()
    await page.click('#sample-changed')
    await page.waitForSelector('.result[data-state=complete] .files')
    const download = page.waitForEvent('download')
    await page.click('#save-html')
    const html = (await contentOf(await download)).toString('utf8')
    expect(html).toContain('probatum/report/1-draft')
    expect(html).toMatch(/SAMPLE|Sample/)
    expect(html).toContain(await policyHash(page))
    expect(html).not.toMatch(/<script(?![^>]*type="application\/json")/)
    await context.close()
  })

  it('hands out what the result rests on: files of the seal, certificates, steps for other tools', async () => {
    const { page, context, problems } = await open()
    await choose(page, '#choose-files', join(folder, 'case.zip'))
    await pressOn(page, '#check')
    await page.waitForSelector('.result[data-state=complete] .files')
    await page.evaluate(() => {
      for (const details of document.querySelectorAll('details')) details.open = true
    })
    const savedBy = async (button: Locator) => {
      const download = page.waitForEvent('download')
      await button.click()
      return contentOf(await download)
    }
    for (const path of ['seal/1/tagmanifest-sha256.txt.p7s', 'manifest-sha256.txt', 'record/custody.jsonl']) {
      const own = readFileSync(join(folder, 'bundle', path))
      const saved = await savedBy(page.locator('#raw button', { hasText: new RegExp(`(?<![\\w/])${path}`) }).first())
      expect(saved.equals(own), path).toBe(true)
    }
    const pem = await savedBy(page.locator('button', { hasText: 'Save certificate (PEM)' }).first())
    expect(new X509Certificate(pem).subject).toContain('DEMONSTRATION ONLY')
    const steps = await savedBy(page.locator('.result button', { hasText: 'as a script (sh)' }))
    expect(execFileSync('sh', ['-n'], { input: steps }).length).toBe(0)
    expect(steps.toString('utf8')).toContain('openssl cms -verify')
    expect(problems).toEqual([])
    await context.close()
  })
})
