// Needs: pdfdetach, pdftoppm, pdftotext, qpdf.
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import jsQrModule from 'jsqr'
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { beforeAll, describe, expect, test } from 'vitest'
import { subjectOf } from '../../../tools/pdf-checker/check.ts'
import { readPdf } from '../../../tools/pdf-checker/reader.ts'
import { type GreyPicture, renderPages } from '../../../tools/testing/pictures.ts'
import { testPlace } from '../../../tools/testing/place.ts'
import { testTypesetter } from '../../../tools/testing/typesetter.ts'
import { makePdf } from './make-pdf.ts'
import { expectedTexts } from './testing/expected-texts.ts'
import { SENTENCES, sampleDigest, sampleDocument } from './testing/sample-document.ts'
import { SAMPLE_ATTACHMENTS, sampleOptions } from './testing/sample-options.ts'

// jsqr is CommonJS with a default export inside.
const jsQr = (typeof jsQrModule === 'function' ? jsQrModule : (jsQrModule as { default: unknown }).default) as (
  data: Uint8ClampedArray,
  width: number,
  height: number,
) => { readonly data: string } | null

const LANGUAGES = ['en', 'ar', 'my'] as const
const { place: folder, newFolder } = testPlace('certificate')

const pathOf = (language: string): string => join(folder, `${language}.pdf`)
const run = (tool: string, ...options: string[]): string =>
  execFileSync(tool, options, { encoding: 'utf8', maxBuffer: 1 << 26 })

beforeAll(async () => {
  const typesetter = await testTypesetter()
  for (const language of LANGUAGES)
    writeFileSync(pathOf(language), makePdf(sampleDocument({ language }), sampleOptions(typesetter)))
}, 60_000)

const withoutSpace = (text: string): string => text.replaceAll(/\s/g, '')

/** What is missing in the text of the pages. What goes on over lines is not looked for where columns interleave. */
function missingTexts(language: string, text: string, { areColumnsApart = true, areCellsApart = true } = {}): string[] {
  const { codes, names } = expectedTexts(sampleDocument({ language }))
  const words = new Set(text.split(/\s+/))
  const all = withoutSpace(text)
  return [
    ...codes.filter((code) =>
      code.length <= 64 && !code.includes(' ')
        ? !(areCellsApart ? words.has(code) : text.includes(code))
        : areColumnsApart && !all.includes(withoutSpace(code)),
    ),
    ...names.filter((name) => areColumnsApart && !all.includes(withoutSpace(name))),
  ]
}

const pictures = (language: string, dotsPerInch: number): GreyPicture[] =>
  renderPages(new Uint8Array(readFileSync(pathOf(language))), dotsPerInch)

describe.each(LANGUAGES)('the sample in %s', (language) => {
  test('is clean for qpdf', () => {
    expect(run('qpdf', '--check', pathOf(language))).toContain('No syntax or stream encoding errors found')
  })

  test('gives pdftotext every digest, number and ASCII name', () => {
    const raw = run('pdftotext', '-raw', pathOf(language), '-')
    expect(missingTexts(language, raw)).toEqual([])
    const layout = run('pdftotext', '-layout', pathOf(language), '-')
    expect(missingTexts(language, layout, { areColumnsApart: false })).toEqual([])
  })

  test('gives pdf.js every digest, number and ASCII name', async () => {
    const document = await getDocument({ data: new Uint8Array(readFileSync(pathOf(language))), verbosity: 0 }).promise
    let text = ''
    for (let number = 1; number <= document.numPages; number += 1) {
      const { items } = await (await document.getPage(number)).getTextContent()
      for (const item of items) if ('str' in item) text += `${item.str}${item.hasEOL ? '\n' : ''}`
    }
    await document.destroy()
    // pdf.js sets no space between cells that follow each other to the left.
    expect(missingTexts(language, text, { areCellsApart: language !== 'ar' })).toEqual([])
    // Words of each script: signs and spaces beside them may change places in right-to-left text.
    for (const sentence of SENTENCES.filter(({ lang }) => lang !== 'ar'))
      for (const word of sentence.text.match(/[\p{L}\p{M}]+/gu) ?? [])
        if (!withoutSpace(text).includes(word)) throw new Error(`${word} is not in the text`)
    for (const word of ['شهادة', 'سلامة', 'مطابقة', 'البيان', 'نموذج'])
      if (!text.includes(word)) throw new Error(`${word} is not in the text`)
  })

  test('gives its attachments byte for byte', () => {
    const out = newFolder('attachments')
    run('pdfdetach', '-saveall', '-o', out, pathOf(language))
    expect(readdirSync(out).sort()).toEqual(SAMPLE_ATTACHMENTS.map(({ name }) => name).sort())
    for (const { name, bytes } of SAMPLE_ATTACHMENTS)
      expect(new Uint8Array(readFileSync(join(out, name)))).toEqual(bytes)
  })

  test('shows ink wherever it has text, under each digit of a code', () => {
    const dotsPerInch = 100
    const pages = pictures(language, dotsPerInch)
    const { model, pages: contents, fonts } = subjectOf(readPdf(new Uint8Array(readFileSync(pathOf(language)))))
    const scale = dotsPerInch / 72
    let boxes = 0
    for (const [index, { reference, marks }] of contents.entries()) {
      const picture = pages[index]
      if (picture === undefined) throw new Error('a page without picture')
      const paper = Number(model.list(model.dictionary(reference).get('MediaBox'))[3])
      const hasInk = (x: number, y: number, width: number, size: number): boolean => {
        for (let row = Math.floor((paper - y - size) * scale); row <= (paper - y + size / 3) * scale; row += 1)
          for (let column = Math.floor(x * scale); column <= (x + width) * scale; column += 1)
            if ((picture.grey[row * picture.width + column] ?? 255) < 160) return true
        return false
      }
      for (const { kind, font: resource, codes = [], x = 0, y = 0, size = 0 } of marks) {
        const font = fonts.find((entry) => entry.resource === resource)
        if (kind !== 'text' || font === undefined) continue
        let along = x
        const isFixedPitch = resource === 'F3'
        let whole = ''
        for (const code of codes) {
          const text = font.textOf(code) ?? ''
          const width = ((font.widthOf(code) ?? 0) * size) / 1000
          if (isFixedPitch && text.trim() !== '') {
            boxes += 1
            if (!hasInk(along, y, width, size)) throw new Error(`page ${index + 1}: no ink for ${text} of ${whole}`)
          }
          whole += text
          along += width
        }
        if (whole.trim() === '') continue
        boxes += 1
        if (!hasInk(x, y, along - x, size)) throw new Error(`page ${index + 1}: no ink for ${whole}`)
      }
    }
    expect(boxes).toBeGreaterThan(5000)
  })

  test.each([100, 150])('shows a QR code that decodes at %d dpi', (dotsPerInch) => {
    const [page] = pictures(language, dotsPerInch)
    if (page === undefined) throw new Error('no page')
    const rgba = new Uint8ClampedArray(page.width * page.height * 4).fill(255)
    for (const [index, grey] of page.grey.entries()) rgba.fill(grey, index * 4, index * 4 + 3)
    expect(jsQr(rgba, page.width, page.height)?.data).toBe(`PROBATUM1:${sampleDigest(4711)}`)
  })
})
