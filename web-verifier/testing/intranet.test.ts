// Needs: chromium.
import { readFileSync } from 'node:fs'
import { parseReport } from '@probatum/core'
import { nodeSmallDigest } from '@probatum/platform/node'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ensurePageBuilt, PAGE } from '../../tools/build-page.mjs'
import { launchBrowser } from '../../tools/testing/browser.ts'
import { watch } from '../../tools/testing/engine-page.ts'

/** The page as it ships, from a server of an institution. */

let browser: Browser
let html: string
beforeAll(async () => {
  await ensurePageBuilt()
  html = readFileSync(PAGE, 'utf8')
  browser = await launchBrowser()
}, 120_000)
afterAll(() => browser?.close())

const script = () => /script-src '(sha256-[^']*)'/.exec(html)?.[1] ?? ''

/** Opens the page at an address that no name server knows: everything but the page itself is refused. */
async function open(address: string, headers: Record<string, string> = {}) {
  const context = await browser.newContext({ acceptDownloads: true })
  const page = await context.newPage()
  await page.route('**/*', (route) =>
    route.request().url() === address
      ? route.fulfill({ contentType: 'text/html; charset=utf-8', headers, body: html })
      : route.abort(),
  )
  const problems = watch(page, address)
  await page.goto(address)
  await page.waitForSelector('#page:not([hidden])')
  await page.click('#sample-changed')
  await page.waitForSelector('.result[data-state=complete] .files')
  expect(await page.textContent('.verdict h1')).toBe('Something does not match.')
  const download = page.waitForEvent('download')
  await page.click('#save-json')
  const { body } = parseReport(readFileSync(await (await download).path()), nodeSmallDigest)
  return { page, context, problems, body }
}

test.each([
  ['https', 'https://intranet.example/tools/probatum-verifier.html', true],
  // Without a secure context the browser has no digests of its own.
  ['plain http', 'http://intranet.example/probatum-verifier.html', false],
])('it checks from an intranet by %s, and asks its server for nothing', async (_, address, isSecure) => {
  const { page, context, problems, body } = await open(address)
  expect(await page.evaluate(() => isSecureContext)).toBe(isSecure)
  expect(body.assessment.indication).toBe('TOTAL-FAILED')
  expect(problems).toEqual([])
  await context.close()
})

test('where a server forbids WebAssembly the digests are the same, and a certificate that cannot be made is said to be so', async () => {
  const policy = `default-src 'none'; script-src '${script()}'; style-src 'unsafe-inline'; worker-src blob:`
  const headers = { 'content-security-policy': policy }
  const address = 'https://strict.example/probatum-verifier.html'
  const plain = await open('https://intranet.example/probatum-verifier.html')
  const strict = await open(address, headers)
  const isAllowed = () => {
    try {
      return new WebAssembly.Module(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0)) !== null
    } catch {
      return false
    }
  }
  expect([await plain.page.evaluate(isAllowed), await strict.page.evaluate(isAllowed)]).toEqual([true, false])
  expect(strict.body.inventory).toEqual(plain.body.inventory)
  // Each is as of its own moment.
  const told = ({ findings }: typeof plain.body) => findings.map(({ id, value, reason }) => [id, value, reason])
  expect(told(strict.body)).toEqual(told(plain.body))
  // The browser itself says that its policy refused to compile; nothing else is said.
  expect(strict.problems.filter((problem) => !/WebAssembly|wasm/i.test(problem))).toEqual([])
  await strict.page.click('#save-pdf')
  // It stands on the screen, where everybody sees it.
  await strict.page.waitForSelector(
    '[role=status]:not(.aside) >> text=The file could not be made. Print this page instead.',
  )
  await plain.context.close()
  await strict.context.close()
}, 60_000)
