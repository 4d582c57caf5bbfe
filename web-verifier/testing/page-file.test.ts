// Needs: chromium.
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makePage, PAGE_LIMIT } from '../../tools/build-page.mjs'
import { ROOT } from '../../tools/setup.mjs'
import { launchBrowser } from '../../tools/testing/browser.ts'
import { trappedPage, trapServer, watch } from '../../tools/testing/engine-page.ts'

let folder: string
let html: string
let browser: Browser
let trap: Awaited<ReturnType<typeof trapServer>>
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'probatum-page-file-'))
  html = await makePage(ROOT)
  trap = await trapServer()
  browser = await launchBrowser()
}, 120_000)
afterAll(async () => {
  await browser.close()
  trap.close()
  rmSync(folder, { recursive: true })
})

/** What a person sees: the page, or the text that it is damaged. */
async function seen(text: string | Uint8Array, name = 'page.html') {
  const file = join(folder, name)
  writeFileSync(file, text)
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
}

const WORKS = { isDamaged: false, hasPage: true, problems: [] }

/** Another character in place of one. */
function changedAt(text: string, at: number): string {
  const other = text[at] === 'x' ? 'y' : 'x'
  return text.slice(0, at) + other + text.slice(at + 1)
}

const places = (from: string, to: string) => {
  const start = html.lastIndexOf(from) + from.length
  return { start, end: html.indexOf(to, start) }
}

test('it starts from a file, without a console message or a request', async () => {
  expect(await seen(html)).toEqual(WORKS)
  expect(Buffer.byteLength(html)).toBeLessThanOrEqual(PAGE_LIMIT)
})

test('it starts from folders with odd names, and saved with other line ends or a byte order mark', async () => {
  mkdirSync(join(folder, 'a # b %41 \u1019\u103c\u1014\u103a\u1019\u102c'))
  expect(await seen(html, 'a # b %41 \u1019\u103c\u1014\u103a\u1019\u102c/page.html')).toEqual(WORKS)
  expect(await seen(html.replaceAll('\n', '\r\n'))).toEqual(WORKS)
  expect(await seen(`\ufeff${html}`)).toEqual(WORKS)
})

test('one changed character anywhere in the script leaves only the text that it is damaged', async () => {
  const { start, end } = places('<script>', '</script>')
  expect(end - start).toBeGreaterThan(200_000)
  for (let i = 0; i <= 12; i++) {
    const at = Math.min(end - 1, start + Math.floor(((end - start) * i) / 12))
    const found = await seen(changedAt(html, at))
    expect([found.isDamaged, found.hasPage], `at ${at}`).toEqual([true, false])
  }
})

test('one changed character in any block of data leaves only that text', async () => {
  const blocks = [...html.matchAll(/<script type="application\/octet-stream" id="(data-[^"]*)">/g)]
  expect(blocks.length).toBeGreaterThan(10)
  for (const block of blocks) {
    const start = block.index + block[0].length
    const end = html.indexOf('</script>', start)
    const found = await seen(changedAt(html, Math.floor((start + end) / 2)))
    expect([found.isDamaged, found.hasPage], block[1]).toEqual([true, false])
  }
}, 240_000)

test('a changed style, policy, block name or edition, and an added element, leave only that text', async () => {
  const changes: readonly (readonly [string, string])[] = [
    ['<style>', '<style>b{}'],
    ["connect-src 'none'", 'connect-src *'],
    ["default-src 'none'; ", ''],
    ['id="data-sample-sealed"', 'id="data-sample-other"'],
    ['<main id="damaged"', '<iframe></iframe><main id="damaged"'],
    ['<main id="damaged"', '<base href="https://example.org/"><main id="damaged"'],
    ['id="edition" data-sha256="">', 'id="edition" data-sha256="">e30='],
  ]
  for (const [from, to] of changes) {
    expect(html).toContain(from)
    const found = await seen(html.replace(from, to))
    expect([found.isDamaged, found.hasPage], to).toEqual([true, false])
  }
}, 120_000)

test('its policy names one script and one style, and no place to load anything from', () => {
  const policy = /<meta http-equiv="Content-Security-Policy" content="([^"]*)">/.exec(html)?.[1] ?? ''
  const rules = Object.fromEntries(policy.split('; ').map((rule) => [rule.split(' ')[0], rule.split(' ').slice(1)]))
  expect(rules).toEqual({
    'default-src': ["'none'"],
    'script-src': [expect.stringMatching(/^'sha256-[A-Za-z0-9+/]{43}='$/), "'wasm-unsafe-eval'"],
    'style-src': [expect.stringMatching(/^'sha256-[A-Za-z0-9+/]{43}='$/)],
    'worker-src': ['blob:'],
    'connect-src': ["'none'"],
    'img-src': ["'none'"],
    'font-src': ["'none'"],
    'base-uri': ["'none'"],
    'form-action': ["'none'"],
    'require-trusted-types-for': ["'script'"],
    'trusted-types': ['probatum'],
  })
  expect(html.indexOf('Content-Security-Policy')).toBeLessThan(200)
})

/** The sources in another folder; the dependencies are the same, the workspaces are the copy's. */
function copyOf(root: string, copy: string): string {
  const parts = ['package.json', 'package-lock.json', 'tsconfig.base.json', 'packages', 'web-verifier', 'test-vectors']
  const filter = (path: string) => !/[\\/](dist|node_modules)$/.test(path)
  for (const part of parts) cpSync(join(root, part), join(copy, part), { recursive: true, filter })
  mkdirSync(join(copy, 'node_modules', '@probatum'), { recursive: true })
  for (const name of readdirSync(join(ROOT, 'node_modules')))
    if (!['@probatum', '.vite', '.vite-temp'].includes(name))
      symlinkSync(join(ROOT, 'node_modules', name), join(copy, 'node_modules', name))
  for (const name of readdirSync(join(copy, 'packages')))
    symlinkSync(join(copy, 'packages', name), join(copy, 'node_modules', '@probatum', name))
  return copy
}

test('two copies of the sources in two folders give the same bytes', async () => {
  const one = copyOf(ROOT, join(folder, 'one'))
  const two = copyOf(one, join(folder, 'another place', 'probatum'))
  const made = await makePage(one)
  expect((await makePage(two)) === made).toBe(true)
  // The copy is what was built: a change there changes the page.
  const version = join(two, 'packages/core/src/version.ts')
  writeFileSync(version, readFileSync(version, 'utf8').replace(/'[0-9.]+'/, "'9.9.9'"))
  expect((await makePage(two)) === made).toBe(false)
}, 120_000)

test('nothing of all this reached the network', () => {
  expect(trap.seen).toEqual([])
})
