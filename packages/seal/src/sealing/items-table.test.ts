import { encodeUtf8 } from '@probatum/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { instant } from '../../../../tools/testing/judgement.ts'
import { ITEMS_TABLE, readItemsTable, type TableProblem } from './items-table.ts'
import { applyItemsTable } from './items-table-match.ts'

const now = instant('2026-03-14T09:12:00Z')

const files = (...paths: string[]) => paths.map((path) => ({ path }))
const apply = (table: string | Uint8Array, ...paths: string[]) =>
  applyItemsTable(readItemsTable(typeof table === 'string' ? encodeUtf8(table) : table), files(...paths), now)
const codes = (problems: readonly TableProblem[]) => problems.map(({ code, line }) => `${line ?? '-'} ${code}`)

const FULL = `path,originalName,sourceReference,mediaType,description,acquiredBy,acquiredAt,acquiredFrom,acquiredWith,acquiredUnder,acquisitionNote
photos/a.jpg,"Brücke, Süd.jpg",S-7 (sample),image/jpeg,"Two lines
of text",Example Investigator (sample),2026-01-02T03:04:05Z,Example Town (sample),Example camera (sample),Order 1 (sample),by hand
b.txt,,,,,,,,,,
`

describe('the table of items', () => {
  it('says of each file what its columns say, in the fields of the format', () => {
    const { items, problems } = apply(FULL, 'b.txt', 'photos/a.jpg')
    expect(problems).toEqual([])
    expect(items).toEqual([
      {
        file: { path: 'photos/a.jpg' },
        originalName: 'Brücke, Süd.jpg',
        mediaType: 'image/jpeg',
        description: 'Two lines\nof text',
        acquisition: {
          agent: 'Example Investigator (sample)',
          time: '2026-01-02T03:04:05Z',
          place: 'Example Town (sample)',
          instrument: 'Example camera (sample)',
          authority: 'Order 1 (sample)',
          note: 'source reference: S-7 (sample); by hand',
        },
      },
      { file: { path: 'b.txt' } },
    ])
  })

  it('says the same in JSON', () => {
    const [header = [], ...rows] = FULL.split('\n').map((line) => line.split(','))
    expect([header.length, rows.length]).toEqual([11, 4])
    const json = {
      itemsTable: ITEMS_TABLE,
      items: [
        {
          path: 'photos/a.jpg',
          originalName: 'Brücke, Süd.jpg',
          acquiredAt: '2026-01-02T03:04:05Z',
          mediaType: 'image/jpeg',
        },
        { path: 'b.txt' },
      ],
    }
    const { items, problems } = apply(JSON.stringify(json, undefined, 2), 'b.txt', 'photos/a.jpg')
    expect(problems).toEqual([])
    expect(items[0]).toMatchObject({ mediaType: 'image/jpeg', acquisition: { time: '2026-01-02T03:04:05Z' } })
  })

  it('reads a byte order mark and line ends of Windows, and says so', () => {
    const table = readItemsTable(encodeUtf8('\ufeffpath,description\r\na,b\r\n\r\n'))
    expect(table.problems).toEqual([])
    expect(table.rows).toEqual([{ line: 2, values: { path: 'a', description: 'b' } }])
    expect(table.oddities).toEqual([{ code: 'byte-order-mark' }, { code: 'crlf' }, { code: 'empty-lines', count: 1 }])
  })

  it('names everything that is wrong at once, each with its line', () => {
    const table = `path,colour,acquiredAt,copyOf,copyMethod,mediaType
a.txt,red,2026-03-14,,,
a.txt,,,,,
gone.txt,,,,,
A2.TXT,,,,,not a type
b.txt,,,gone too.txt,blurred,
c.txt,,,,cut,
d.txt,,,a.txt,,
,,,,,
e.txt,,
f.txt,,2999-01-01T00:00:00Z,,,
`
    const { items, problems } = apply(
      table,
      'a.txt',
      'a2.txt',
      'b.txt',
      'c.txt',
      'd.txt',
      'e.txt',
      'f.txt',
      'extra.txt',
    )
    expect(items).toEqual([])
    expect(codes(problems)).toEqual([
      '1 unknown-column',
      '2 value',
      '3 row-twice',
      '4 row-without-file',
      '5 value',
      '5 row-without-file',
      '6 copy-of-nothing',
      '7 no-copy',
      '8 copy-without-method',
      '9 path-missing',
      '10 row-width',
      '11 acquired-later',
      '- file-without-row',
      '- file-without-row',
      '- file-without-row',
    ])
    expect(problems.find(({ code, line }) => code === 'row-without-file' && line === 5)).toMatchObject({
      near: 'a2.txt',
    })
    expect(problems.filter(({ code }) => code === 'file-without-row')).toMatchObject([
      { path: 'a2.txt' },
      { path: 'e.txt' },
      { path: 'extra.txt' },
    ])
  })

  it.each([
    ['', '1 no-header'],
    ['path;description\n', '1 semicolons'],
    ['description\nx\n', '1 column-missing'],
    ['path,path\n', '1 column-twice'],
    ['{"items":[]}', '1 json'],
    [`{"itemsTable":"${ITEMS_TABLE}","items":[{"path":"a"},{"path":"a","path":"b"}]}`, '1 json'],
    [`{"itemsTable":"${ITEMS_TABLE}","items":[{"path":1}]}`, '1 value'],
    [`{"itemsTable":"${ITEMS_TABLE}","items":[],"more":1}`, '1 unknown-column'],
  ])('refuses %j', (table, problem) => {
    expect(codes(readItemsTable(encodeUtf8(table)).problems)).toContain(problem)
  })

  it('names the line that is not UTF-8', () => {
    const { problems } = readItemsTable(Uint8Array.of(...encodeUtf8('path\na\n'), 0xff, 10))
    expect(problems).toEqual([{ code: 'not-utf-8', line: 3 }])
  })

  it('puts originals before their copies, however the lines stand', () => {
    const table = 'path,copyOf,copyMethod\nc2,c1,cut\nother,,\nc1,o,blurred\no,,\n'
    const { items, problems } = apply(table, 'o', 'c1', 'c2', 'other')
    expect(problems).toEqual([])
    expect(items.map(({ file, copyOf }) => [file.path, copyOf?.seq])).toEqual([
      ['o', undefined],
      ['c1', 0],
      ['c2', 1],
      ['other', undefined],
    ])
  })

  it('refuses a circle of copies once, with its lines', () => {
    const table = 'path,copyOf,copyMethod\na,b,x\nb,c,x\nc,a,x\nself,self,x\nd,a,x\n'
    const circles = apply(table, 'a', 'b', 'c', 'd', 'self').problems
    expect(circles).toEqual([
      { code: 'copy-cycle', line: 2, lines: [2, 3, 4] },
      { code: 'copy-cycle', line: 5, lines: [5] },
    ])
  })

  it('gives an order in which every original has its place, of any copies without a circle', () => {
    fc.assert(
      fc.property(fc.array(fc.option(fc.nat(30)), { minLength: 1, maxLength: 30 }), fc.nat(), (originals, seed) => {
        // An original has a smaller number, so there is no circle; the lines are in some other order.
        const rows = originals.map((of, at) => ({ at, of: of === null || of >= at ? null : of }))
        rows.sort((a, b) => ((a.at * 7919 + seed) % 31) - ((b.at * 7919 + seed) % 31))
        const table = rows.map(({ at, of }) => `${at},${of ?? ''},${of === null ? '' : 'x'}`)
        const { items, problems } = apply(
          `path,copyOf,copyMethod\n${table.join('\n')}\n`,
          ...rows.map(({ at }) => `${at}`),
        )
        expect(problems).toEqual([])
        expect(new Set(items.map(({ file }) => file.path)).size).toBe(rows.length)
        for (const [seq, { file, copyOf }] of items.entries()) {
          const of = rows.find(({ at }) => `${at}` === file.path)?.of ?? null
          expect(copyOf === undefined ? null : items[copyOf.seq]?.file.path).toBe(of === null ? null : `${of}`)
          expect(copyOf?.seq ?? -1).toBeLessThan(seq)
        }
      }),
    )
  })

  it('never throws, whatever the bytes are', () => {
    const piece = fc.constantFrom('path', ',', '\n', '"', 'copyOf', 'a', '{', '}', '[', ':', '\ufeff', '\0', '1')
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const { problems } = apply(pieces.join(''), 'a')
        expect(problems.every(({ code }) => code.length > 0)).toBe(true)
      }),
    )
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(readItemsTable(bytes).rows.length).toBeLessThanOrEqual(bytes.length)
      }),
    )
  })

  it('reads twenty thousand lines with chains of copies as long as the table', () => {
    const lines = Array.from(
      { length: 20_000 },
      (_, at) => `f${at},${at === 0 ? '' : `f${at - 1}`},${at === 0 ? '' : 'x'}`,
    )
    const paths = Array.from({ length: 20_000 }, (_, at) => `f${at}`)
    const table = readItemsTable(encodeUtf8(`path,copyOf,copyMethod\n${lines.reverse().join('\n')}\n`))
    const { items, problems } = applyItemsTable(
      table,
      paths.map((path) => ({ path })),
      now,
    )
    expect(problems).toEqual([])
    expect(items.at(-1)?.copyOf?.seq).toBe(19_998)
  })
})
