import type { ItemRow, LogRelationName } from '@probatum/core'
import { LOG_RELATIONS, REPORT_INPUTS } from '@probatum/core'
import { describe, expect, it } from 'vitest'
import { bundleLetter, comparisonExitCode, csvCell, itemTableCsv, reportsExitCode } from './compare.ts'
import { COMPARE_WORDS } from './en/compare.ts'

describe('a cell of a table', () => {
  it.each<[string, string]>([
    ['plain', '"plain"'],
    ['', '""'],
    ['say "no"', '"say ""no"""'],
    ['=HYPERLINK("x")', '"\'=HYPERLINK(""x"")"'],
    ['+1', '"\'+1"'],
    ['-1', '"\'-1"'],
    ['@SUM(1)', '"\'@SUM(1)"'],
    ['|cmd', '"\'|cmd"'],
    ['a\r\n=1', '"a\\u{d}\\u{a}=1"'],
    ['\t=1', '"\\u{9}=1"'],
    ['\uff1d1+1', '"\'\uff1d1+1"'],
  ])('of %j is %j', (text, cell) => {
    expect(csvCell(text)).toBe(cell)
  })

  it('of a name that would be a formula is none in a whole table', () => {
    const row: ItemRow = {
      origin: '=evil.example/log',
      position: 0,
      presence: 'in-all',
      commitment: 'same',
      payload: 'closed',
      cells: [{ state: 'shown', line: 'ab', sha256: null, hasFile: true }, null],
      elsewhere: [],
    }
    const lines = [...itemTableCsv(['=a.zip', '+b'], [row])]
    expect(lines).toHaveLength(2)
    for (const line of lines) {
      expect(line.endsWith('\r\n')).toBe(true)
      for (const cell of line.trimEnd().split(/(?<="),/)) expect(cell).toMatch(/^"(?![=+\-@])/)
    }
  })
})

describe('the exit code of a comparison', () => {
  const bundle = (indication: string, state = 'trusted') => ({ indication, standing: { state } })
  const code = (relations: readonly LogRelationName[], bundles = [bundle('TOTAL-PASSED'), bundle('INDETERMINATE')]) =>
    comparisonExitCode({ bundles, pairs: relations.map((relation) => ({ relation })) } as never)

  it('is 0 only where everything is one history that is believed', () => {
    expect(code(['SAME HISTORY', 'ONE EXTENDS THE OTHER'])).toBe(0)
    expect(code([])).toBe(0)
    expect(code([], [bundle('INDETERMINATE', 'not-trusted')])).toBe(3)
    for (const relation of ['SEPARATE LOGS WITH COMMON CONTENT', 'UNRELATED', 'CANNOT TELL'] as const) {
      expect(code(['SAME HISTORY', relation])).toBe(3)
    }
  })

  it('is 1 for a fork among others, and for a bundle that does not hold', () => {
    expect(code(['CANNOT TELL', 'FORK'])).toBe(1)
    expect(code(['SAME HISTORY'], [bundle('TOTAL-PASSED'), bundle('TOTAL-FAILED')])).toBe(1)
  })

  it('of reports is 0 for the same, 1 for what nothing explains, else 3', () => {
    expect(reportsExitCode({ outcome: 'same-report', altered: [] })).toBe(0)
    expect(reportsExitCode({ outcome: 'same-facts', altered: [] })).toBe(3)
    expect(reportsExitCode({ outcome: 'other-facts', altered: [] })).toBe(3)
    expect(reportsExitCode({ outcome: 'unexplained', altered: [] })).toBe(1)
    expect(reportsExitCode({ outcome: 'same-facts', altered: ['b'] })).toBe(1)
  })
})

it('there are words for every relation and input', () => {
  expect(Object.keys(COMPARE_WORDS.relations)).toEqual([...LOG_RELATIONS])
  expect(Object.keys(COMPARE_WORDS.inputs)).toEqual([...REPORT_INPUTS])
})

it('bundles are called A to Z, and go on', () => {
  expect([0, 25, 26, 51, 52].map(bundleLetter)).toEqual(['A', 'Z', 'A1', 'Z1', 'A2'])
})
