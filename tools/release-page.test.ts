import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { type PageFile, pageWithEdition, readPage } from '../cli/src/page-file.ts'
import type { PageReleases } from '../cli/src/page-releases.ts'
import { ensurePageBuilt, PAGE } from './build-page.mjs'
import { releaseNotes, withRelease, writePublished } from './release-page.ts'
import { ROOT } from './setup.mjs'
import { testPlace } from './testing/place.ts'

const { place: folder } = testPlace('release')
let page: PageFile
beforeAll(async () => {
  await ensurePageBuilt()
  page = await readPage(PAGE)
}, 120_000)

const NONE: PageReleases = { pages: 'probatum/page-releases/1', releases: [] }
const DAY = '2026-12-01'

async function saved(name: string, text: string): Promise<PageFile> {
  writeFileSync(join(folder, name), text)
  return readPage(join(folder, name))
}

describe('the list of released pages', () => {
  it('in the repository has the form that the program reads, and each version once', () => {
    const list = JSON.parse(readFileSync(join(ROOT, 'cli/src/page-releases.json'), 'utf8')) as PageReleases
    expect(Object.keys(list)).toEqual(['pages', 'releases'])
    expect(list.pages).toBe(NONE.pages)
    for (const one of list.releases) {
      expect(Object.keys(one)).toEqual(['version', 'date', 'bytes', 'page', 'script'])
      expect(one.page).toMatch(/^[0-9a-f]{64}$/)
      expect(one.script).toMatch(/^sha256-[A-Za-z0-9+/]{43}=$/)
    }
    expect(new Set(list.releases.map(({ version }) => version)).size).toBe(list.releases.length)
  })

  it('takes a page with the digest of its file and the hash of its script, and says both for the release notes', () => {
    const { releases } = withRelease(NONE, page, 6_000_000, DAY)
    const { version, sha256, scriptHash } = page
    expect(releases).toEqual([{ version, date: DAY, bytes: 6_000_000, page: sha256, script: scriptHash }])
    const [release] = releases
    if (release === undefined) return expect.fail('none')
    const notes = releaseNotes(release)
    expect(notes.replaceAll(' ', '')).toContain(sha256)
    expect(notes).toContain(scriptHash)
    expect(notes).toContain(`probatum-verifier-${version}-${sha256.slice(0, 8)}.html`)
  })

  it('is joined by the page under its version and first digits, byte for byte, and by no other page', () => {
    const [release] = withRelease(NONE, page, 1, DAY).releases
    if (release === undefined) return expect.fail('none')
    const path = writePublished(page.text, release, join(folder, 'published'))
    expect(basename(path)).toBe(`probatum-verifier-${page.version}-${page.sha256.slice(0, 8)}.html`)
    expect(readFileSync(path).equals(readFileSync(PAGE))).toBe(true)
    expect(() => writePublished(`${page.text} `, release, folder)).toThrow('npm run build')
    expect(readdirSync(join(folder, 'published'))).toEqual([basename(path)])
  })

  it('is the same when the same page is added again, and refuses another one of that version', async () => {
    const list = withRelease(NONE, page, 1, DAY)
    expect(withRelease(list, page, 1, '2027-01-01')).toBe(list)
    const other = await saved('other.html', page.text.replace('<h1>', '<h1> '))
    expect(() => withRelease(list, other, 1, DAY)).toThrow('raise the version')
    const next = await saved('next.html', page.text.replace(`"probatum ${page.version}"`, '"probatum 9.0.0"'))
    expect(withRelease(list, next, 1, DAY).releases.map(({ version }) => version)).toEqual([page.version, '9.0.0'])
  })

  it('takes no edition, no page that would not run, none with other line ends, and no day that is none', async () => {
    const list = readFileSync(join(ROOT, 'test-vectors/trust-sets/sample.json'))
    const edition = pageWithEdition(page, { name: 'Example Court (sample)', policies: [], trustSets: [list] })
    const script = page.text.lastIndexOf('<script>') + 100
    const broken = `${page.text.slice(0, script)}X${page.text.slice(script + 1)}`
    for (const [name, text] of [
      ['edition.html', edition],
      ['broken.html', broken],
      ['crlf.html', page.text.replaceAll('\n', '\r\n')],
    ] as const) {
      const refused = await saved(name, text)
      expect(() => withRelease(NONE, refused, 1, DAY), name).toThrow()
    }
    expect(() => withRelease(NONE, page, 1, 'today')).toThrow('--date')
  })
})
