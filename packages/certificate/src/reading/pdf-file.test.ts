import { encodeUtf8, ParseError } from '@probatum/core'
import fc from 'fast-check'
import { zlibSync } from 'fflate'
import { beforeAll, describe, expect, it } from 'vitest'
import { testTypesetter } from '../../../../tools/testing/typesetter.ts'
import { makePdf } from '../make-pdf.ts'
import { embedContents, preparePdf } from '../signing/sign-pdf.ts'
import { sampleDocument } from '../testing/sample-document.ts'
import { SAMPLE_ATTACHMENTS, sampleOptions } from '../testing/sample-options.ts'
import { attachmentsOf } from './attachments.ts'
import { PdfLexer } from './lexer.ts'
import { PDF_LIMITS } from './limits.ts'
import { pagesOf, textOfPage } from './pages.ts'
import { PdfFile } from './pdf-file.ts'
import { revisionsOf } from './revisions.ts'
import { signaturesOf, storeOf } from './signatures.ts'
import { isDict, textOfValue } from './values.ts'

let made: Uint8Array
let signed: Uint8Array

beforeAll(async () => {
  made = makePdf(sampleDocument(), sampleOptions(await testTypesetter()))
  signed = embedContents(
    preparePdf(made, { kind: 'signature', claimedTime: null, room: 200 }),
    Uint8Array.of(0x30, 3, 2, 1, 5),
  )
}, 60_000)

/** Reads everything that a check reads. */
function readAll(bytes: Uint8Array): string {
  try {
    const file = new PdfFile(bytes)
    for (const number of file.numbers) file.object(number)
    for (const page of pagesOf(file)) textOfPage(file, page)
    attachmentsOf(file)
    signaturesOf(file, revisionsOf(file))
    storeOf(file)
    return 'read'
  } catch (error) {
    if (error instanceof ParseError) return error.code
    throw error
  }
}

const codeOf = (text: string) => readAll(encodeUtf8(text))
const objectOf = (text: string) => new PdfLexer(encodeUtf8(text), 0, 'test').value()

describe('reading a PDF', () => {
  it('finds in what was made every page, text and attachment', () => {
    const file = new PdfFile(made)
    expect(pagesOf(file).length).toBeGreaterThan(1)
    expect(new Set(attachmentsOf(file).keys())).toEqual(new Set(SAMPLE_ATTACHMENTS.map(({ name }) => name)))
    for (const { name, bytes } of SAMPLE_ATTACHMENTS)
      expect(Buffer.from(attachmentsOf(file).get(name) ?? []).equals(Buffer.from(bytes))).toBe(true)
    expect(
      pagesOf(file)
        .map((page) => textOfPage(file, page))
        .join('\n'),
    ).toContain('sample')
  })

  it('tells two writings apart, and what the second one adds', () => {
    const revisions = revisionsOf(new PdfFile(signed))
    expect(revisions.map(({ adds, changes }) => [adds, changes])).toEqual([
      [[], []],
      [['signature'], []],
    ])
    // What was made ends without a line end; the update begins with one.
    expect(revisions[0]?.to).toBe(made.length + 1)
    expect(revisions[1]?.to).toBe(signed.length)
  })

  it('reads strings, names and numbers as the standard writes them', () => {
    expect(textOfValue(objectOf('(a\\(b\\)\\101\\\r\nc(d))'))).toBe('("a(b)Ac(d)")')
    expect(textOfValue(objectOf('<48 65 6C6C 6F7>'))).toBe('("Hellop")')
    expect(textOfValue(objectOf('/A#20B'))).toBe('/"A B"')
    expect(textOfValue(objectOf('[1 0 R -.5 +3 true null]'))).toBe('[1 0 R -0.5 3 true null]')
    expect(isDict(objectOf('<</A 1/B<</C()>>>>'))).toBe(true)
  })

  it('refuses a name twice in one dictionary, and values nested without end', () => {
    expect(() => objectOf('<</A 1 /A 2>>')).toThrow(/name twice/)
    expect(() => objectOf('['.repeat(500))).toThrow(/ERR_LIMIT/)
  })

  it('refuses what is no PDF, has no end, or leads in circles', () => {
    expect(codeOf('')).toBe('ERR_PDF_STRUCTURE')
    expect(codeOf('%PDF-1.7\n')).toBe('ERR_PDF_STRUCTURE')
    expect(codeOf('%PDF-1.7\nxref\n0 0\ntrailer\n<</Prev 9>>\nstartxref\n9\n%%EOF')).toBe('ERR_PDF_STRUCTURE')
    expect(codeOf('%PDF-1.7\nxref\n0 99999999\ntrailer\n<<>>\nstartxref\n9\n%%EOF')).toBe('ERR_LIMIT')
    expect(
      codeOf(
        '%PDF-1.7\n1 0 obj\n<</Length 1 0 R>>\nstream\n\nendstream\nendobj\nxref\n1 1\n0000000009 00000 n \ntrailer\n<</Root 1 0 R>>\nstartxref\n66\n%%EOF',
      ),
    ).toBe('ERR_PDF_STRUCTURE')
  })

  it('never meets bytes that it does not either read or refuse', () => {
    for (const source of [made, signed])
      fc.assert(
        fc.property(
          fc.array(fc.tuple(fc.nat({ max: source.length - 1 }), fc.nat({ max: 255 })), { minLength: 1, maxLength: 20 }),
          fc.nat({ max: 200 }),
          (changes, cut) => {
            const bytes = Uint8Array.from(source.subarray(0, source.length - (cut % 3 === 0 ? cut : 0)))
            for (const [at, value] of changes) bytes[at % bytes.length] = value
            expect(['read', 'ERR_PDF_STRUCTURE', 'ERR_LIMIT']).toContain(readAll(bytes))
          },
        ),
        { numRuns: 60 },
      )
  })
})

/** A file of a table and some objects, as they are written here. */
function written(objects: readonly string[]): Uint8Array {
  let text = '%PDF-1.7\n'
  const places: number[] = []
  for (const [index, object] of objects.entries()) {
    places.push(text.length)
    text += `${index + 1} 0 obj\n${object}\nendobj\n`
  }
  const start = text.length
  const entries = places.map((place) => `${String(place).padStart(10, '0')} 00000 n `)
  text += `xref\n1 ${entries.length}\n${entries.join('\n')}\ntrailer\n<</Root 1 0 R /Size ${entries.length + 1}>>\nstartxref\n${start}\n%%EOF\n`
  return encodeUtf8(text)
}

const CATALOG = '<</Type /Catalog /Pages 2 0 R>>'

describe('a hostile PDF', () => {
  const PAGES = '<</Type /Pages /Kids [3 0 R] /Count 1>>'
  const PAGE = '<</Type /Page /Parent 2 0 R>>'

  it('is read when it is none', () => {
    expect(readAll(written([CATALOG, PAGES, PAGE]))).toBe('read')
  })

  it('is refused when its page tree or its references lead in circles', () => {
    expect(readAll(written([CATALOG, '<</Type /Pages /Kids [2 0 R]>>']))).toBe('ERR_PDF_STRUCTURE')
    expect(readAll(written([CATALOG, '<</Type /Pages /Kids [3 0 R 3 0 R]>>', PAGE]))).toBe('ERR_PDF_STRUCTURE')
    expect(readAll(written([CATALOG, PAGES, '<</Type /Page /Contents 4 0 R>>', '5 0 R', '4 0 R']))).toBe('ERR_LIMIT')
  })

  it('is refused when one object lies within another, so that each is read again with it', () => {
    const nested = (depth: number) => {
      const number = (level: number) => level + 4
      let text = 'x'.repeat(2000)
      for (let level = depth - 1; level >= 0; level--) text = `${number(level)} 0 obj\n(${text})\nendobj\n`
      const head = '%PDF-1.7\n'
      const first = [CATALOG, PAGES, PAGE].map((object, index) => `${index + 1} 0 obj\n${object}\nendobj\n`)
      const file = `${head}${first.join('')}${text}`
      const places = Array.from({ length: depth + 3 }, (_, index) => file.indexOf(`${index + 1} 0 obj`))
      const entries = places.map((place) => `${String(place).padStart(10, '0')} 00000 n `).join('\n')
      return encodeUtf8(
        `${file}xref\n1 ${places.length}\n${entries}\ntrailer\n<</Root 1 0 R>>\nstartxref\n${file.length}\n%%EOF\n`,
      )
    }
    expect(readAll(nested(1))).toBe('read')
    expect(readAll(nested(30))).toBe('ERR_LIMIT')
  })

  it('is refused when objects in a stream lie within each other', () => {
    const content = '4 0 5 1 [[1]]'
    const packed = `<</Type /ObjStm /N 2 /First 8 /Length ${content.length}>>\nstream\n${content}\nendstream`
    // Cross-references as a stream, for only there can an object be in another one.
    const head = '%PDF-1.7\n'
    const first = `6 0 obj\n${packed}\nendobj\n`
    const rows = [
      [0, 0, 0],
      [2, 6, 0],
      [2, 6, 1],
      [1, head.length, 0],
    ]
    const table = rows
      .map(([type = 0, where = 0, index = 0]) => String.fromCharCode(type, where >> 8, where & 255, index))
      .join('')
    const start = head.length + first.length
    const file = `${head}${first}7 0 obj\n<</Type /XRef /W [1 2 1] /Index [0 1 4 3] /Size 8 /Root 4 0 R /Length ${table.length}>>\nstream\n${table}\nendstream\nendobj\nstartxref\n${start}\n%%EOF\n`
    expect(readAll(Uint8Array.from(file, (character) => character.charCodeAt(0)))).toBe('ERR_PDF_STRUCTURE')
  })

  it('is refused when it promises more than a certificate has', () => {
    const sections = (count: number) => {
      let text = '%PDF-1.7\n'
      let before = ''
      for (let index = 0; index < count; index++) {
        const start = text.length
        text += `xref\n0 0\ntrailer\n<</Root 1 0 R${before}>>\nstartxref\n${start}\n%%EOF\n`
        before = ` /Prev ${start}`
      }
      return encodeUtf8(text)
    }
    expect(readAll(sections(3))).toBe('ERR_PDF_STRUCTURE')
    expect(readAll(sections(40))).toBe('ERR_LIMIT')
    expect(readAll(written([CATALOG, PAGES, `<</Type /Page /A ${'['.repeat(100)}${']'.repeat(100)}>>`]))).toBe(
      'ERR_LIMIT',
    )
  })

  it('is taken at its limit by what unpacks to much more than it is, all streams together', () => {
    const file = new PdfFile(made)
    const dict = {
      kind: 'dict',
      entries: new Map([['Filter', { kind: 'name', name: 'FlateDecode' } as const]]),
    } as const
    const zeros = (megabytes: number) => ({ dict, raw: zlibSync(new Uint8Array(megabytes << 20)), offset: 0 })
    const half = zeros(20)
    expect(file.decode(half, PDF_LIMITS.attachmentBytes).length).toBe(20 << 20)
    expect(() => file.decode(half, PDF_LIMITS.attachmentBytes)).toThrow(expect.objectContaining({ code: 'ERR_LIMIT' }))
  })

  it('reads as before when what was read is forgotten', () => {
    const file = new PdfFile(signed)
    const texts = () => file.numbers.map((number) => textOfValue(file.object(number)?.value))
    const before = texts()
    file.readAll()
    expect(texts()).toEqual(before)
    file.release()
    expect(texts()).toEqual(before)
  })
})
