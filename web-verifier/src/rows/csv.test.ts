import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { csvCell, csvParts } from './csv.ts'

/** RFC 4180 §2: what a reader makes of one quoted cell. */
function cellRead(cell: string): string {
  return cell.slice(1, -1).replaceAll('""', '"')
}

describe('a cell of the list of files', () => {
  it.each(['=1+1', '+cmd|x', '-2', '@SUM(A1)', '  =1', '\t=1', '\uff1d1', '|calc', '%0A'])(
    'cannot be a formula: %j',
    (text) => {
      expect(cellRead(csvCell(text))).toMatch(/^'/)
    },
  )

  it('keeps an ordinary name as it is', () => {
    expect(cellRead(csvCell('data/00/000001 "copy", final.txt'))).toBe('data/00/000001 "copy", final.txt')
  })

  it('shows control characters instead of acting on them', () => {
    expect(cellRead(csvCell('a\r\nb\u0000'))).toBe('a\\u{d}\\u{a}b\\u{0}')
  })

  it('is one cell, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const cell = csvCell(text)
        const inside = cell.slice(1, -1)
        expect(cell.startsWith('"') && cell.endsWith('"')).toBe(true)
        expect(inside.replaceAll('""', '')).not.toContain('"')
        expect(cell).not.toMatch(/[\r\n]/)
      }),
    )
  })
})

describe('the list of files', () => {
  it('has its head once and every row once, over all parts', () => {
    const rows = Array.from({ length: 1201 }, (_, index) => [`file ${index}`, 'x'])
    const text = [...csvParts(rows, ['a', 'b'])].join('')
    const lines = text.split('\r\n')
    expect(lines[0]).toBe('\ufeff"a","b"')
    expect(lines).toHaveLength(1203)
    expect(lines.at(-2)).toBe('"file 1200","x"')
    expect([...csvParts([['c']], null)].join('')).toBe('"c"\r\n')
  })
})
