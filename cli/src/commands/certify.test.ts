// Needs: pdftotext, pdfdetach, zip.
import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { LANGUAGE_CODES } from '@probatum/words'
import { CERTIFICATE_TEMPLATES } from '@probatum/words/certificate'
import { availableLanguages } from '@probatum/words/languages'
import { beforeAll, describe, expect, it } from 'vitest'
import { BUNDLE } from '../../../tools/build.mjs'
import { placeHere } from '../../../tools/testing/place-here.ts'
import { LANGUAGES } from '../options.ts'
import { TEMPLATES } from '../rows/certificate.ts'

const ROOT = join(import.meta.dirname, '../../..')
const { place, at, probatum, newFolder } = placeHere('certify')

const AT = ['--at', '2026-06-01'] as const
const TRUST = ['--trust-set', 'trust.json', ...AT] as const
const certify = (out: string, ...args: string[]) => probatum('certify', 'bundle', '-o', out, ...TRUST, ...args)
const pages = (name: string) => execFileSync('pdftotext', ['-layout', at(name), '-'], { encoding: 'utf8' })
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')

beforeAll(async () => {
  const vectors = join(ROOT, 'test-vectors')
  cpSync(join(vectors, 'bundles/base/demonstration'), at('bundle'), { recursive: true })
  cpSync(join(vectors, 'trust-sets/demonstration.json'), at('trust.json'))
  cpSync(at('bundle'), at('changed'), { recursive: true })
  const file = at('changed/data/00/000001.txt')
  writeFileSync(file, `${readFileSync(file, 'utf8')}.`)
}, 120_000)

describe('probatum certify', () => {
  it('makes a PDF and what lies beside it, says where, and ends as verify does', async () => {
    const { code, out } = await certify('c.pdf')
    expect(code).toBe(0)
    expect(out).toContain('TOTAL-PASSED')
    expect(out).toContain('c.pdf.json')
    const sidecar = JSON.parse(readFileSync(at('c.pdf.json'), 'utf8')) as { base: object; certificateId: string }
    const pdf = readFileSync(at('c.pdf'))
    expect(sidecar.base).toEqual({ bytes: pdf.length, sha256: sha256(pdf) })
    expect(out).toContain(sidecar.certificateId)
  })

  it('carries the report that verify saves, byte for byte', async () => {
    await certify('same.pdf', '--quiet')
    await probatum(
      'verify',
      'bundle',
      ...TRUST,
      '--save',
      'saved.json',
      '--save-facts',
      'facts-saved.json',
      '--inventory',
      'inv.jsonl',
      '--quiet',
    )
    const folder = newFolder('files')
    execFileSync('pdfdetach', ['-saveall', '-o', folder, at('same.pdf')])
    for (const [attached, saved] of [
      ['report.json', 'saved.json'],
      ['facts.json', 'facts-saved.json'],
      ['inventory.jsonl', 'inv.jsonl'],
      ['trust-set.json', 'trust.json'],
    ] as const)
      expect(readFileSync(join(folder, attached)).equals(readFileSync(at(saved))), attached).toBe(true)
  })

  it('is made of a bundle that failed, and of one that nobody can vouch for', async () => {
    const failed = await probatum('certify', 'changed', '-o', 'failed.pdf', ...TRUST)
    expect(failed.code).toBe(1)
    const text = pages('failed.pdf')
    expect(text).toMatch(/FAILED\s+Something does not match/)
    expect(text).toContain('DIFFERENT')
    expect((await probatum('certify', 'bundle', '-o', 'open.pdf', ...AT, '--quiet')).code).toBe(3)
    expect(pages('open.pdf')).toContain('CANNOT BE DETERMINED')
  })

  it('writes over nothing without --force, and never into what is examined', async () => {
    writeFileSync(at('there.pdf'), 'kept')
    expect(await certify('there.pdf')).toMatchObject({ code: 2, err: expect.stringContaining('--force') })
    expect(readFileSync(at('there.pdf'), 'utf8')).toBe('kept')
    writeFileSync(at('beside.pdf.json'), 'kept')
    expect((await certify('beside.pdf')).code).toBe(2)
    expect(existsSync(at('beside.pdf'))).toBe(false)
    expect((await certify('there.pdf', '--force', '--quiet')).code).toBe(0)
    expect(readFileSync(at('there.pdf')).subarray(0, 5).toString()).toBe('%PDF-')
    expect((await certify('bundle/data/c.pdf')).code).toBe(2)
    expect((await certify('bundle', '--force')).code).toBe(2)
    expect(readdirSync(place).filter((name) => name.includes('unfinished'))).toEqual([])
  })

  it('refuses --show-opened, an unknown template, and a form whose variant was not chosen', async () => {
    expect(await certify('no.pdf', '--show-opened')).toMatchObject({
      code: 2,
      err: expect.stringContaining('no opened values'),
    })
    expect((await certify('no.pdf', '--template', 'us-903')).code).toBe(2)
    expect(await certify('no.pdf', '--template', 'us-902')).toMatchObject({
      code: 2,
      err: expect.stringContaining('--choice outside'),
    })
    expect((await certify('no.pdf', '--template', 'general', '--choice', 'inside')).code).toBe(2)
    expect(existsSync(at('no.pdf'))).toBe(false)
  })

  it('prints the variant of a form that was chosen, and no other', async () => {
    for (const [choice, has] of [
      ['inside', false],
      ['outside', true],
    ] as const) {
      await certify(`${choice}.pdf`, '--template', 'us-902', '--choice', choice, '--quiet')
      const text = pages(`${choice}.pdf`).replaceAll(/\s+/g, ' ')
      expect(text).toContain('I declare under penalty of perjury')
      expect(text.includes('under the laws of the United States of America')).toBe(has)
      expect(text).toContain('Have a lawyer of the place read it')
    }
  })

  it('prints Indian Standard Time in the form for India', async () => {
    await certify('india.pdf', '--template', 'in-bsa63', '--quiet')
    expect(pages('india.pdf')).toContain('02/06/2026 05:29:59 IST (UTC+05:30)')
  })

  it('prints original names only when asked, and then says so on every page', async () => {
    const names = pages('c.pdf')
    expect(names).not.toContain('README (sample).txt')
    await certify('names.pdf', '--names', '--quiet')
    const each = pages('names.pdf')
      .split('\f')
      .filter((page) => page.trim() !== '')
    expect(each.join('')).toContain('README (sample).txt')
    for (const page of each) expect(page).toContain('shows original file names')
  })

  it('takes exhibit numbers from lines as sha256sum writes them, and refuses others', async () => {
    const digest = sha256(readFileSync(at('bundle/data/00/000001.txt')))
    writeFileSync(at('labels.txt'), `# exhibits (sample)\n${digest}  P-17 (sample)\n`)
    await certify('labels.pdf', '--labels', 'labels.txt', '--utc-offset', '+05:30', '--quiet')
    expect(pages('labels.pdf')).toContain('P-17 (sample)')
    expect(pages('labels.pdf')).toContain('as given by the operator')
    expect(pages('labels.pdf')).toMatch(/checked as of .*Z, that is \S+T\d\d:\d\d:\d\d\+05:30/)
    expect(await certify('offset.pdf', '--utc-offset', '5.5')).toMatchObject({ code: 2 })
    for (const wrong of [
      'P-17',
      `${digest} P-17`,
      `${digest}  `,
      `${digest}  a\n${digest}  b`,
      `${digest}  ${'x'.repeat(201)}`,
    ]) {
      writeFileSync(at('wrong.txt'), wrong)
      expect((await certify('wrong.pdf', '--labels', 'wrong.txt')).code, wrong).toBe(2)
    }
  })

  it('prints the digest of an archive as it was handed in', async () => {
    execFileSync('zip', ['-q', '-0', '-r', 'bundle.zip', 'bundle'], { cwd: place })
    const { code } = await probatum('certify', 'bundle.zip', '-o', 'zip.pdf', ...TRUST, '--quiet')
    expect(code).toBe(0)
    expect(pages('zip.pdf').replaceAll(/\s+/g, ' ')).toContain(`(SHA-256) ${sha256(readFileSync(at('bundle.zip')))}`)
  })

  it('is made of saved facts too, and then does not know what the bundle records beside them', async () => {
    await probatum('verify', 'bundle', ...TRUST, '--save-facts', 'f.json', '--inventory', 'f.jsonl', '--quiet')
    const { code } = await probatum(
      'certify',
      'f.json',
      '--inventory',
      'f.jsonl',
      '-o',
      'saved.pdf',
      ...TRUST,
      '--quiet',
    )
    expect(code).toBe(0)
    const text = pages('saved.pdf').replaceAll(/\s+/g, ' ')
    expect(text).toContain('made from saved facts, without the bundle')
    expect(text).not.toContain('records no handling conditions')
    const digest = (name: string) =>
      (JSON.parse(readFileSync(at(name), 'utf8')) as { reportDigest: string }).reportDigest
    await certify('whole.pdf', '--quiet')
    expect(digest('saved.pdf.json')).toBe(digest('whole.pdf.json'))
    expect((await probatum('certify', 'f.json', '--inventory', 'labels.txt', '-o', 'no.pdf', ...TRUST)).code).toBe(2)
    expect(
      (await probatum('certify', 'f.json', '--inventory', 'f.jsonl', '--names', '-o', 'no.pdf', ...TRUST)).code,
    ).toBe(2)
  })

  it('ends as a defect of the installation where a font is missing or another, and makes nothing', () => {
    for (const name of readdirSync(dirname(BUNDLE)))
      if (name.startsWith('probatum')) cpSync(join(dirname(BUNDLE), name), at('program', name))
    const folder = at('program', 'certificate')
    cpSync(join(dirname(BUNDLE), 'certificate'), folder, { recursive: true })
    const own = (...args: string[]) =>
      spawnSync(
        process.execPath,
        [at('program', 'probatum.mjs'), 'certify', 'bundle', '-o', 'font.pdf', ...TRUST, ...args],
        {
          cwd: place,
          encoding: 'utf8',
        },
      )
    rmSync(join(folder, 'NotoSans-Bold.ttf'))
    expect(own()).toMatchObject({ status: 70, stderr: expect.stringContaining('NotoSans-Bold.ttf') })
    cpSync(join(folder, 'NotoSans-Regular.ttf'), join(folder, 'NotoSans-Bold.ttf'))
    expect(own()).toMatchObject({
      status: 70,
      stderr: expect.stringContaining('is not the file this program was made with'),
    })
    expect(existsSync(at('font.pdf'))).toBe(false)
  })

  it('offers in its help the templates and languages that there are', async () => {
    expect(TEMPLATES).toEqual(CERTIFICATE_TEMPLATES.map(({ id }) => id))
    expect(LANGUAGES).toEqual(LANGUAGE_CODES)
    for (const language of LANGUAGES.filter((code) => !availableLanguages().includes(code)))
      expect((await certify('no.pdf', '--language', language)).code).toBe(2)
    expect((await probatum('certify', '--help')).out).toContain('international-transmittal')
  })
})

describe('probatum verify --html', () => {
  it('saves one page without scripts that says what the terminal says, and the report inside', async () => {
    const { code } = await probatum('verify', 'bundle', ...TRUST, '--html', 'v.html', '--save', 'v.json', '--quiet')
    expect(code).toBe(0)
    const html = readFileSync(at('v.html'), 'utf8')
    const held = /id="probatum-report">(.*)<\/script>/.exec(html)?.[1]?.replaceAll('\\u003c', '<')
    expect(held).toBe(readFileSync(at('v.json'), 'utf8'))
    expect(html).toContain('Everything matches.')
    expect(html.replaceAll(/<[^>]*>/g, '')).toMatch(/made by probatum [0-9.]+, run as a command/)
    expect(html).not.toContain('README (sample).txt')
    expect((await probatum('verify', 'bundle', ...TRUST, '--html', 'v.html')).code).toBe(2)
    await probatum('verify', 'bundle', ...TRUST, '--html', 'a.html', '--language', 'ar', '--quiet')
    expect(readFileSync(at('a.html'), 'utf8')).toContain('<html lang="ar" dir="rtl">')
    expect(await probatum('verify', 'bundle', ...TRUST, '--language', 'ar')).toMatchObject({
      code: 2,
      err: expect.stringContaining('--html'),
    })
  })

  it('shows original names with --names, and opened values never', async () => {
    await probatum('verify', 'bundle', ...TRUST, '--html', 'n.html', '--names', '--show-opened')
    const html = readFileSync(at('n.html'), 'utf8')
    expect(html).toContain('README (sample).txt')
    expect(html).not.toContain('What this invented case is')
  })
})
