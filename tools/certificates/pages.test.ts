// Needs: pdftoppm, pdftotext.
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { qrText } from '@probatum/words/certificate'
import { messagesOf } from '@probatum/words/languages'
import jsqrModule from 'jsqr'
import { beforeAll, describe, expect, it } from 'vitest'
import { testPlace } from '../testing/place.ts'
import { certificateCases, sampleCertificate, sampleJudged } from './cases.ts'

// It comes as CommonJS, of which the default may be the default's.
const jsqr = (typeof jsqrModule === 'function' ? jsqrModule : (jsqrModule as { default: unknown }).default) as (
  data: Uint8ClampedArray,
  width: number,
  height: number,
) => { data: string } | null

const { place: scratch } = testPlace('pages')
const CHOSEN = certificateCases().filter(({ name }) => /^(general\/\w+\/a4|us-902:outside\/en\/letter)$/.test(name))

/** A page as pixels: P6 of netpbm, whose head is three numbers in text. */
function pixels(path: string): { data: Uint8ClampedArray; width: number; height: number } {
  const bytes = readFileSync(path)
  const head = /^P6\s+(\d+)\s+(\d+)\s+255\s/.exec(bytes.subarray(0, 64).toString('latin1'))
  const [all = '', width = '0', height = '0'] = head ?? []
  const rgb = bytes.subarray(all.length)
  const data = new Uint8ClampedArray(Number(width) * Number(height) * 4)
  for (let at = 0; at * 3 < rgb.length; at++)
    data.set([rgb[at * 3] ?? 0, rgb[at * 3 + 1] ?? 0, rgb[at * 3 + 2] ?? 0, 255], at * 4)
  return { data, width: Number(width), height: Number(height) }
}

describe.each(CHOSEN)('the pages of $name', (one) => {
  const path = join(scratch, `${one.name.replaceAll(/\W/g, '-')}.pdf`)
  let texts: readonly string[]
  beforeAll(async () => {
    writeFileSync(path, (await sampleCertificate(one)).pdf)
    texts = execFileSync('pdftotext', ['-layout', path, '-'], { encoding: 'utf8' })
      .split('\f')
      .filter((page) => page.trim() !== '')
  })

  it('have a QR code that reads as report digest and bundle id', async () => {
    const { report } = await sampleJudged()
    const read: string[] = []
    for (const [index] of texts.slice(0, 3).entries()) {
      const page = String(index + 1)
      execFileSync('pdftoppm', ['-r', '150', '-f', page, '-l', page, '-singlefile', path, join(scratch, 'page')])
      const { data, width, height } = pixels(join(scratch, 'page.ppm'))
      const found = jsqr(data, width, height)
      if (found !== null) read.push(found.data)
    }
    expect(read).toEqual([qrText(report)])
  })

  it('carry report digest, bundle id and their own number at every foot', async () => {
    const { report } = await sampleJudged()
    expect(texts.length).toBeGreaterThan(8)
    for (const [index, page] of texts.entries()) {
      expect(page).toContain(report.envelope.digests.whole)
      expect(page).toContain(report.body.subject.bundleId)
      expect(page.trimEnd().split('\n').at(-1)).toMatch(
        new RegExp(`\\b${index + 1}\\b.*\\b${texts.length}\\b|\\b${texts.length}\\b.*\\b${index + 1}\\b`),
      )
    }
  })

  it('say what matters first on the first of them', async () => {
    const { report } = await sampleJudged()
    const first = texts[0] ?? ''
    expect(first).toContain(report.body.bestSignatureTime)
    expect(first).toContain(report.body.validationTime)
    expect(first).toContain('TOTAL-PASSED')
    // Burmese is not spelt alike by what extracts it.
    const { labels } = messagesOf(one.language)?.certificate ?? expect.fail(one.language)
    if (one.language !== 'my' && one.language !== 'ar')
      for (const label of [labels.headingWarnings, labels.conditions, labels.axisValues]) expect(first).toContain(label)
  })
})
