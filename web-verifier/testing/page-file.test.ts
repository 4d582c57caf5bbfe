// Needs: chromium.
import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ensurePageBuilt, makePage, PAGE, PAGE_LIMIT } from '../../tools/build-page.mjs'
import { ROOT } from '../../tools/setup.mjs'
import { testPlace } from '../../tools/testing/place.ts'
import { openSeenPages, type SeenPages, stretchesOf, WORKS, withOneChange } from '../../tools/testing/seen-page.ts'

const { place: folder } = testPlace('page-file')
let html: string
let pages: SeenPages
beforeAll(async () => {
  await ensurePageBuilt()
  html = readFileSync(PAGE, 'utf8')
  pages = await openSeenPages()
}, 120_000)
afterAll(async () => {
  await pages.close()
})

const seen: SeenPages['seen'] = (content, name) => pages.seen(content, name)

test('it starts from a file, without a console message or a request', async () => {
  expect(await seen(html)).toEqual(WORKS)
  expect(Buffer.byteLength(html)).toBeLessThanOrEqual(PAGE_LIMIT)
})

test('it starts from folders with odd names, and saved with other line ends or a byte order mark', async () => {
  expect(await seen(html, 'a # b %41 \u1019\u103c\u1014\u103a\u1019\u102c/page.html')).toEqual(WORKS)
  expect(await seen(html.replaceAll('\n', '\r\n'))).toEqual(WORKS)
  expect(await seen(`\ufeff${html}`)).toEqual(WORKS)
})

test('without scripts it says so, and what to do, in every language', async () => {
  const file = join(folder, 'without-scripts.html')
  writeFileSync(file, html)
  const context = await pages.browser.newContext({ javaScriptEnabled: false })
  const page = await context.newPage()
  await page.goto(pathToFileURL(file).href)
  expect(await page.locator('#page').isVisible()).toBe(false)
  expect(await page.locator('noscript h2').isVisible()).toBe(true)
  const text = await page.locator('main').textContent()
  for (const part of [
    'It has checked nothing',
    'sha256sum',
    'VERIFY.txt',
    'Rien n’a été vérifié',
    'No se ha comprobado nada',
  ])
    expect(text).toContain(part)
  expect(await page.locator('main [lang=ar], main [lang=my]').count()).toBe(2)
  await context.close()
})

// Hundreds of places: tools/long/page-flips.ts.
test('one changed octet anywhere in the script, the first and the last too, leaves only the text that it is damaged', async () => {
  const whole = Buffer.from(html)
  const { script } = stretchesOf(whole)
  expect(script.end - script.start).toBeGreaterThan(200_000)
  const first = { ...script, end: script.start + 1 }
  const last = { ...script, start: script.end - 1 }
  for (let turn = 0; turn < 4; turn++) {
    const stretch = [first, last][turn] ?? script
    const { at, copy } = withOneChange(whole, [stretch], `in the script, ${turn}`)
    const found = await seen(copy)
    expect([found.isDamaged, found.hasPage], `at ${at}`).toEqual([true, false])
  }
}, 120_000)

test('one changed octet in any block of data leaves only that text', async () => {
  const whole = Buffer.from(html)
  const { blocks } = stretchesOf(whole)
  expect(blocks.length).toBeGreaterThan(10)
  for (const block of blocks) {
    const { at, copy } = withOneChange(whole, [block], `in ${block.what}`)
    const found = await seen(copy)
    expect([found.isDamaged, found.hasPage], `${block.what} at ${at}`).toEqual([true, false])
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

test('a copy of the sources in another folder gives the same bytes', async () => {
  const copy = copyOf(ROOT, join(folder, 'another place', 'probatum'))
  expect((await makePage(copy)) === html).toBe(true)
  // The copy is what was built: a change there changes the page.
  const version = join(copy, 'packages/core/src/version.ts')
  writeFileSync(version, readFileSync(version, 'utf8').replace(/'[0-9.]+'/, "'9.9.9'"))
  expect((await makePage(copy)) === html).toBe(false)
}, 120_000)

test('nothing of all this reached the network', () => {
  expect(pages.trapped).toEqual([])
})
