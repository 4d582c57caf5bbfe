// Needs: chromium.
import { type ChildProcess, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { BUNDLE } from '../../../tools/build.mjs'
import { ensurePageBuilt, PAGE, PAGE_OF_PROGRAM } from '../../../tools/build-page.mjs'
import { ROOT } from '../../../tools/setup.mjs'
import { launchBrowser } from '../../../tools/testing/browser.ts'
import { watch } from '../../../tools/testing/engine-page.ts'
import { probatumPlace } from '../../../tools/testing/place.ts'
import { type PageFile, pageWithEdition, readPage } from '../page-file.ts'
import { publishedName, readPublishedName } from '../page-name.ts'
import { PAGE_RELEASES, type PageRelease } from '../page-releases.ts'
import { standingOf } from '../page-standing.ts'
import { describePage } from './page.ts'

const SET = join(ROOT, 'test-vectors/trust-sets/sample.json')
const { at, put, probatum } = probatumPlace('cli-page')
let html: string
beforeAll(async () => {
  await ensurePageBuilt()
  html = readFileSync(PAGE_OF_PROGRAM, 'utf8')
}, 120_000)
function saved(name: string, text: string): string {
  put(name, text)
  return at(name)
}

describe('page check', () => {
  test('names the page of this version, also with other line ends and a byte order mark', () => {
    expect(readFileSync(PAGE, 'utf8') === html).toBe(true)
    for (const text of [html, html.replaceAll('\n', '\r\n'), `\ufeff${html}`]) {
      const { code, out } = probatum('page', 'check', saved('page.html', text))
      expect(code, out).toBe(0)
      expect(out).toContain('byte for byte the one that belongs to this program')
      expect(out).toMatch(PAGE_RELEASES.length === 0 ? /unreleased build[\s\S]*release {11}none/ : /./)
    }
  })

  test('tells a changed script, a changed policy and changed data from the page', () => {
    const inScript = html.lastIndexOf('<script>') + 1000
    const inData = html.indexOf('id="data-sample-sealed">') + 1000
    const other = (text: string, at: number) =>
      `${text.slice(0, at)}${text[at] === 'A' ? 'B' : 'A'}${text.slice(at + 1)}`
    const script = probatum('page', 'check', saved('script.html', other(html, inScript)))
    expect([script.code, script.out]).toEqual([1, expect.stringContaining('It is damaged')])
    const policy = probatum('page', 'check', saved('policy.html', html.replace("connect-src 'none'", 'connect-src *')))
    expect([policy.code, policy.out]).toEqual([1, expect.stringContaining('is not the page that belongs')])
    const data = probatum('page', 'check', saved('data.html', other(html, inData)))
    expect([data.code, data.out]).toEqual([1, expect.stringContaining('is not the page that belongs')])
  })

  test('cannot tell about a page of another version, and reads nothing else as a page', () => {
    const later = html.replace('content="probatum 0.1.0"', 'content="probatum 9.0.0"')
    expect(probatum('page', 'check', saved('later.html', later)).code).toBe(3)
    expect(probatum('page', 'check', saved('text.html', '<!doctype html><p>none')).code).toBe(4)
    expect(probatum('page', 'check', at('nothing.html')).code).toBe(4)
  })
})

describe('page check against the list of releases', () => {
  const release = (page: PageFile, version = page.version): PageRelease => ({
    ...{ version, date: '2026-12-01', bytes: 1 },
    ...{ page: page.coreSha256, script: page.scriptHash },
  })
  const said = async (name: string, text: string, releases: readonly PageRelease[]) => {
    const page = await readPage(saved(name, text))
    const standing = standingOf(page, await readPage(PAGE), releases)
    return [standing.is, describePage(page, standing, name)] as const
  }

  test('names the release, also with other line ends, and an edition of it', async () => {
    const own = await readPage(PAGE)
    // What a file's digest is: of a plain page it is what stands in the list.
    expect(own.coreSha256).toBe(createHash('sha256').update(readFileSync(PAGE)).digest('hex'))
    const releases = [release(own)]
    for (const text of [html, html.replaceAll('\n', '\r\n'), `\ufeff${html}`]) {
      const [is, words] = await said('released.html', text, releases)
      expect([is, words]).toEqual(['release', expect.stringContaining('released as version 0.1.0 on 2026-12-01')])
      expect(words).toContain('release           0.1.0 of 2026-12-01')
    }
    const edition = { name: 'Example Court (sample)', policies: [], trustSets: [readFileSync(SET)] }
    const [is, words] = await said('edition-of-release.html', pageWithEdition(own, edition), releases)
    expect([is, words]).toEqual(['edition', expect.stringContaining('edition of the web verifier released as version')])
  })

  test('knows the page of an earlier release, whose version this program no longer has', async () => {
    const earlier = html.replace('content="probatum 0.1.0"', 'content="probatum 0.0.9"')
    const page = await readPage(saved('earlier.html', earlier))
    expect((await said('earlier.html', earlier, [release(page)]))[0]).toBe('release')
    expect((await said('earlier.html', earlier, []))[0]).toBe('unknown')
  })

  test('tells a page that calls itself a release and is another one, and whose script it has', async () => {
    const own = await readPage(PAGE)
    const changed = html.replace('<h1>', '<h1> ')
    const [is, words] = await said('changed.html', changed, [release(own)])
    expect([is, words]).toEqual(['other-content', expect.stringContaining('is not the page that was released')])
    expect(words).toContain('Its script is that of version 0.1.0')
    // A digest of another page under this version is no release of this page.
    const other = { ...release(own), page: '0'.repeat(64), script: 'sha256-other' }
    expect((await said('other.html', changed, [other]))[0]).toBe('other-content')
  })
})

describe('the name of a page', () => {
  const OTHER = 'The file\u2019s name is that of another file'
  const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

  test('with its version and digits is passed over, and any other name is no fault', () => {
    const published = publishedName('0.1.0', sha256(html))
    const copies = [published.replace('.html', ' (1).html'), published.toUpperCase(), 'example-court-20261201.html']
    for (const name of [published, ...copies]) {
      const { code, out } = probatum('page', 'check', saved(name, html))
      expect([name, code, out.includes(OTHER)]).toEqual([name, 0, false])
    }
  })

  test('with digits or a version of another file is said, and the answer stays that of the bytes', () => {
    const digits = sha256(html).slice(0, 8)
    const wrong = digits === '00000000' ? '11111111' : '00000000'
    for (const name of [`probatum-verifier-0.1.0-${wrong}.html`, `probatum-verifier-0.2.0-${digits}.html`]) {
      const { code, out } = probatum('page', 'check', saved(name, html))
      expect([name, code]).toEqual([name, 0])
      expect(out).toContain('byte for byte the one that belongs to this program')
      expect(out).toContain(OTHER)
      expect(out).toContain(`begins with ${digits}`)
    }
    // A changed page keeps neither its standing nor its name, and one that was named anew has the standing of its bytes.
    const changed = html.replace('<h1>', '<h1> ')
    const kept = probatum('page', 'check', saved(publishedName('0.1.0', sha256(html)), changed))
    expect([kept.code, kept.out]).toEqual([1, expect.stringContaining(OTHER)])
    const named = probatum('page', 'check', saved(publishedName('0.1.0', sha256(changed)), changed))
    expect([named.code, named.out.includes(OTHER)]).toEqual([1, false])
  })

  test('is read only where it is a published one', () => {
    const digest = 'abcdef01'.repeat(8)
    expect(readPublishedName(publishedName('1.0.0-rc.1', digest))).toEqual({
      version: '1.0.0-rc.1',
      digits: 'abcdef01',
    })
    for (const name of [
      'probatum-verifier.html',
      'probatum-verifier-0.1.0.html',
      'probatum-verifier-0.1.0-abcdef0.html',
      'probatum-verifier-0.1.0-abcdef012.html',
      'probatum-verifier-0.1.0-abcdefgh.html',
      'my-probatum-verifier-0.1.0-abcdef01.html',
    ])
      expect([name, readPublishedName(name)]).toEqual([name, null])
  })
})

describe('page make', () => {
  test('adds lists as data; script and hash stay, and check names the edition', () => {
    const file = at('edition.html')
    const made = probatum('page', 'make', '--name', 'Example Court (sample)', '--trust-set', SET, '-o', file)
    expect(made.code, made.err).toBe(0)
    const edition = readFileSync(file, 'utf8')
    const scriptOf = (text: string) => text.slice(text.lastIndexOf('<script>'))
    expect(scriptOf(edition) === scriptOf(html)).toBe(true)
    expect(edition.length).toBeGreaterThan(html.length + readFileSync(SET).length)
    const { code, out } = probatum('page', 'check', file)
    expect(code).toBe(0)
    expect(out).toContain('edition           Example Court (sample)')
    expect(out).toMatch(/code [0-9A-Z]{8}-[0-9A-Z]{8}-[0-9A-Z]{8}-[0-9A-Z]{8}/)
    const changed = edition.replace(/(id="edition" data-sha256="[0-9a-f]{64}">)./, '$1Z')
    expect(probatum('page', 'check', saved('changed-edition.html', changed)).code).toBe(1)
  })

  test('refuses what is no trust set or policy, no name, no list, and a file that is there', () => {
    const make = (...args: string[]) => probatum('page', 'make', ...args).code
    const out = at('refused.html')
    expect(make('--name', 'A', '-o', out)).toBe(2)
    expect(make('--name', 'A\u202eB', '--trust-set', SET, '-o', out)).toBe(2)
    expect(make('--name', 'A', '--trust-set', join(ROOT, 'package.json'), '-o', out)).toBe(4)
    expect(make('--name', 'A', '--policy', SET, '-o', out)).toBe(4)
    expect(make('--name', 'A', '--trust-set', SET, '-o', saved('there.html', 'x'))).toBe(2)
  })
})

describe('serve', () => {
  let server: ChildProcess
  let port: number
  beforeAll(async () => {
    server = spawn(process.execPath, [BUNDLE, 'serve'], { stdio: ['ignore', 'pipe', 'inherit'] })
    const first = await new Promise<string>((resolve) => server.stdout?.once('data', (data) => resolve(String(data))))
    port = Number(/:(\d+)\//.exec(first)?.[1])
  })
  afterAll(() => {
    server.kill()
  })

  const ask = (path: string, options: { method?: string; host?: string } = {}) =>
    new Promise<{ status: number; headers: Record<string, unknown>; body: string }>((resolve, reject) => {
      const asked = request(
        {
          host: '127.0.0.1',
          port,
          path,
          method: options.method ?? 'GET',
          headers: { host: options.host ?? `127.0.0.1:${port}` },
        },
        (response) => {
          let body = ''
          response.setEncoding('utf8')
          response.on('data', (piece) => {
            body += piece
          })
          response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }))
        },
      )
      asked.on('error', reject)
      asked.end()
    })

  test('gives this one page, to this host by its own name, and nothing else', async () => {
    const { status, headers, body } = await ask('/')
    expect([status, body === html]).toEqual([200, true])
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'")
    expect(headers['x-content-type-options']).toBe('nosniff')
    expect((await ask('/../package.json')).status).toBe(404)
    expect((await ask('/?a')).status).toBe(404)
    expect((await ask('/', { method: 'POST' })).status).toBe(405)
    expect((await ask('/', { host: 'evidence.example' })).status).toBe(421)
    expect(await ask('/', { method: 'HEAD' })).toMatchObject({ status: 200, body: '' })
  })

  test('the served page starts under its headers and verifies a sample', async () => {
    const browser = await launchBrowser()
    try {
      const page = await browser.newPage()
      const problems = watch(page, `http://127.0.0.1:${port}/`)
      await page.goto(`http://127.0.0.1:${port}/`)
      await page.locator('#damaged').waitFor({ state: 'detached' })
      await page.getByRole('button', { name: 'A changed file' }).click()
      await page.getByText('Something does not match').first().waitFor({ timeout: 30_000 })
      expect(problems).toEqual([])
    } finally {
      await browser.close()
    }
  })
})
