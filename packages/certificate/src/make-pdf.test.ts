import { createHash } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { checkPdf, subjectOf } from '../../../tools/pdf-checker/check.ts'
import { readPdf } from '../../../tools/pdf-checker/reader.ts'
import { testTypesetter } from '../../../tools/testing/typesetter.ts'
import { makePdf, type PdfOptions } from './make-pdf.ts'
import { pagesOf, textOfPage } from './reading/pages.ts'
import { PdfFile } from './reading/pdf-file.ts'
import { SAMPLE_DIGESTS } from './testing/sample-digests.ts'
import { exhibitTable, sampleDocument } from './testing/sample-document.ts'
import { SAMPLE_ATTACHMENTS, sampleOptions } from './testing/sample-options.ts'
import type { Typesetter } from './text/typesetter.ts'

let typesetter: Typesetter
beforeAll(async () => {
  typesetter = await testTypesetter()
}, 60_000)

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

const SAMPLES = (['en', 'ar', 'my'] as const).flatMap((language) =>
  (['a4', 'letter'] as const).map((paper) => ({ language, paper })),
)

describe('a made PDF', () => {
  test.each(SAMPLES)(
    'in $language on $paper breaks no rule, and is the one whose digest is kept',
    ({ language, paper }) => {
      const pdf = makePdf(sampleDocument({ language }), sampleOptions(typesetter, paper))
      expect(checkPdf(pdf)).toEqual([])
      expect(sha256(pdf)).toBe(SAMPLE_DIGESTS[`${language}-${paper}`])
    },
  )

  test('is the same whatever was set before, and in any time zone', async () => {
    const zone = process.env.TZ
    const once = makePdf(sampleDocument(), sampleOptions(typesetter))
    makePdf(sampleDocument({ language: 'my', rows: 3 }), sampleOptions(typesetter))
    try {
      process.env.TZ = 'Pacific/Chatham'
      expect(sha256(makePdf(sampleDocument(), sampleOptions(typesetter)))).toBe(sha256(once))
    } finally {
      if (zone === undefined) delete process.env.TZ
      else process.env.TZ = zone
    }
  })

  test('sets an empty document, and one without attachments', () => {
    const pdf = makePdf(
      { title: 'Empty (sample)', language: 'en', direction: 'ltr', header: [], footer: '', footerRuns: [], blocks: [] },
      { ...sampleOptions(typesetter), attachments: [] },
    )
    expect(checkPdf(pdf)).toEqual([])
    expect(readPdf(pdf).pages).toHaveLength(1)
  })

  test('divides no receipt from the sentence above it, wherever on the page it begins', () => {
    for (const before of [46, 48, 51, 54, 56]) {
      const pdf = makePdf(
        {
          ...sampleDocument({ rows: 0 }),
          blocks: [
            { kind: 'commands', lines: Array.from({ length: before }, (_, index) => `line ${index} (sample)`) },
            { kind: 'paragraph', runs: [{ text: 'A receipt (sample).' }], number: '1' },
            {
              kind: 'form',
              fields: [
                { label: 'Received', lines: 1 },
                { label: 'Day', lines: 2 },
              ],
              ticks: ['compared'],
            },
          ],
        },
        sampleOptions(typesetter),
      )
      const file = new PdfFile(pdf)
      const pages = pagesOf(file).map((page) => textOfPage(file, page))
      const holding = ['A receipt (sample)', 'Received', 'Day', 'compared'].map((words) =>
        pages.findIndex((text) => JSON.stringify(text).includes(words)),
      )
      expect([before, new Set(holding).size, holding.includes(-1)]).toEqual([before, 1, false])
    }
  })

  test('divides a row that is higher than a page, and only such a row', () => {
    const name = '\u{1f600}'.repeat(1200)
    const document = sampleDocument({ rows: 0 })
    const pdf = makePdf(
      {
        ...document,
        blocks: [
          {
            kind: 'table',
            caption: 'One long name (sample)',
            columns: [
              { header: 'No.', width: 'fit' },
              { header: 'Name', width: 1 },
            ],
            rows: [1, 2, 3].map((index) => [
              [{ text: String(index) }],
              [{ text: index === 2 ? name : 'short', style: 'name' }],
            ]),
          },
        ],
      },
      sampleOptions(typesetter),
    )
    expect(checkPdf(pdf)).toEqual([])
    expect(readPdf(pdf).pages.length).toBeGreaterThan(1)
  })

  test('keeps its pages whatever runs along at their top and foot', () => {
    const long: { text: string; style: 'name' }[] = [{ text: '\u202e'.repeat(5000), style: 'name' }]
    const pdf = makePdf({ ...sampleDocument({ rows: 3 }), header: long, footerRuns: long }, sampleOptions(typesetter))
    expect(checkPdf(pdf)).toEqual([])
    expect(readPdf(pdf).pages.length).toBeLessThan(12)
  })

  test('sets tables of no column, of no row, and of more columns than there is room for', () => {
    const column = (index: number) => ({ header: `Column ${index}`, width: index % 2 === 0 ? 1 : ('fit' as const) })
    const pdf = makePdf(
      {
        ...sampleDocument(),
        blocks: [0, 1, 24].flatMap((count) =>
          [0, 2].map((rows) => ({
            kind: 'table' as const,
            caption: `${count} columns, ${rows} rows (sample)`,
            columns: Array.from({ length: count }, (_, index) => column(index)),
            rows: Array.from({ length: rows }, () =>
              Array.from({ length: count }, () => [{ text: 'words and words' }]),
            ),
          })),
        ),
      },
      sampleOptions(typesetter),
    )
    expect(checkPdf(pdf)).toEqual([])
  })

  test('does not set a header again that would leave no room for rows', () => {
    const rows = Array.from({ length: 60 }, (_, index) => [[{ text: String(index) }], [{ text: 'words' }]])
    const columns = [
      { header: 'a long header '.repeat(200), width: 1 },
      { header: 'b', width: 4 },
    ]
    const pdf = makePdf(
      { ...sampleDocument(), blocks: [{ kind: 'table', caption: 'A long header (sample)', columns, rows }] },
      sampleOptions(typesetter),
    )
    expect(checkPdf(pdf)).toEqual([])
    expect(readPdf(pdf).pages.length).toBeLessThan(10)
  })

  test('keeps a heading with what follows it', () => {
    for (let count = 32; count < 48; count += 1) {
      const pdf = makePdf(
        {
          ...sampleDocument(),
          blocks: [
            { kind: 'list', ordered: true, items: Array.from({ length: count }, () => [{ text: 'item' }]) },
            { kind: 'heading', level: 1, text: 'Heading of the end' },
            { kind: 'paragraph', runs: [{ text: 'The end.' }] },
          ],
        },
        sampleOptions(typesetter),
      )
      const model = readPdf(pdf)
      const bookmark = model.dictionary(model.dictionary(model.catalog.get('Outlines')).get('First'))
      const [page] = model.list(bookmark.get('Dest'))
      expect(page).toEqual(model.pages.at(-1)?.reference)
    }
  })

  test.each([
    ['an identifier that is not 16 bytes', { documentId: new Uint8Array(15) }, /16 bytes/],
    ['a time without zone', { created: '2026-03-04T05:06:07' }, /instant/],
    [
      'an attachment whose name came with the evidence',
      { attachments: [{ ...SAMPLE_ATTACHMENTS[0]!, name: '../x' }] },
      /attachment/,
    ],
    ['two attachments of one name', { attachments: [SAMPLE_ATTACHMENTS[0]!, SAMPLE_ATTACHMENTS[0]!] }, /one name/],
  ] satisfies [string, Partial<PdfOptions>, RegExp][])('refuses %s', (_, change, message) => {
    expect(() => makePdf(sampleDocument({ rows: 1 }), { ...sampleOptions(typesetter), ...change })).toThrow(message)
  })

  test('of 300 rows repeats the header on each page, once as content and then as an artifact', () => {
    const pdf = makePdf({ ...sampleDocument(), blocks: [exhibitTable(300)] }, sampleOptions(typesetter))
    expect(checkPdf(pdf)).toEqual([])
    const { pages, fonts } = subjectOf(readPdf(pdf))
    expect(pages.length).toBeGreaterThan(5)
    const bold = fonts.find(({ resource }) => resource === 'F2')
    const owners = pages.map(({ marks }) =>
      marks
        .filter(
          ({ font, codes = [] }) => font === 'F2' && codes.map((code) => bold?.textOf(code)).join('') === 'Result',
        )
        .map(({ owner }) => (typeof owner === 'number' ? 'content' : owner)),
    )
    expect(owners).toEqual([['content'], ...Array.from({ length: pages.length - 1 }, () => ['artifact'])])
  })
})
