import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readCsv } from './csv.ts'

const field = fc.string({ unit: fc.constantFrom('a', 'é', '"', ',', '\n', '\r\n', ' ', ';', '😀') })
const quoted = (value: string) => `"${value.replaceAll('"', '""')}"`

describe('readCsv', () => {
  it('gives back every record that was written by the rules of RFC 4180', () => {
    const record = fc.array(field, { minLength: 2, maxLength: 5 })
    fc.assert(
      fc.property(
        fc.array(record, { maxLength: 6 }),
        fc.constantFrom('\n', '\r\n'),
        fc.boolean(),
        (rows, end, isEnded) => {
          const text = rows.map((row) => row.map(quoted).join(',')).join(end) + (isEnded && rows.length > 0 ? end : '')
          const { records, problems } = readCsv(text)
          expect(problems).toEqual([])
          expect(records.map(({ fields }) => fields)).toEqual(rows)
        },
      ),
    )
  })

  it('never throws, and numbers records by the lines on which they begin', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r') }), (text) => {
        const { records, problems } = readCsv(text)
        const lines = text.split('\n').length
        for (const { line } of [...records, ...problems]) expect(line >= 1 && line <= lines).toBe(true)
      }),
    )
  })

  it('counts lines within quoted values, and leaves out lines with nothing on them', () => {
    const { records, oddities } = readCsv('a,b\r\n"x\ny",z\n\nlast,one')
    expect(records).toEqual([
      { line: 1, fields: ['a', 'b'] },
      { line: 2, fields: ['x\ny', 'z'] },
      { line: 5, fields: ['last', 'one'] },
    ])
    expect(oddities).toEqual({ crlf: 1, lf: 2, emptyLines: 1 })
  })

  it.each([
    ['a,b"c\n', 'quote-in-field', 1],
    ['a\n"b"c,d\n', 'after-quote', 2],
    ['a\nb\n"c\nd', 'open-quote', 3],
    ['a\rb\n', 'lone-carriage-return', 1],
  ])('names what is wrong with %j', (text, code, line) => {
    expect(readCsv(text).problems).toEqual([{ code, line }])
  })

  it('takes a value from a megabyte of quotes in one pass', () => {
    const many = '"'.repeat(2_000_000)
    expect(readCsv(many).records[0]?.fields[0]).toHaveLength(999_999)
  })
})
