import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { EXIT_CODE_PROPERTIES } from '../../../tools/testing/exit-code-properties.ts'
import { EXIT_CODES, exitCodeOf, renderExitCodes, worstExitCode } from './exit-codes.ts'

describe('the exit codes', () => {
  it('are these, for ever', () => {
    expect(EXIT_CODES.map(({ code, name }) => [code, name])).toEqual([
      [0, 'TOTAL-PASSED'],
      [1, 'TOTAL-FAILED'],
      [2, 'usage error'],
      [3, 'INDETERMINATE'],
      [4, 'not read'],
      [70, 'internal error'],
      [130, 'cancelled'],
    ])
    expect(exitCodeOf('TOTAL-PASSED')).toBe(0)
    expect(exitCodeOf('TOTAL-FAILED')).toBe(1)
    expect(exitCodeOf('INDETERMINATE')).toBe(3)
  })

  it('of a batch are the worst: 1, then 70, 4, 3, 0', () => {
    expect(worstExitCode([0, 3, 4, 70, 1])).toBe(1)
    expect(worstExitCode([0, 3, 4, 70])).toBe(70)
    expect(worstExitCode([0, 3, 4])).toBe(4)
    expect(worstExitCode([0, 3])).toBe(3)
    expect(worstExitCode([0, 0])).toBe(0)
  })

  it('never pass where nothing was done', () => {
    expect(worstExitCode([])).toBe(3)
  })

  it.each(EXIT_CODE_PROPERTIES)('$name', ({ counterexample }) => {
    expect(counterexample({ exitCodeOf, worstExitCode })).toBeUndefined()
  })

  it('stand in the table, one line each', () => {
    expect(renderExitCodes().trimEnd().split('\n')).toHaveLength(EXIT_CODES.length)
  })
})

describe('the README', () => {
  it('has the table of exit codes as the program has it', () => {
    const readme = readFileSync(join(import.meta.dirname, '../../../README.md'), 'utf8')
    const rows = [...readme.matchAll(/^\| (\d+) \| ([^|]+) \| ([^|]+) \|$/gm)]
    const table = rows.map(([, code, name, words]) => ({ code: Number(code), name, words }))
    expect(table).toEqual(EXIT_CODES.map(({ code, name, words }) => ({ code, name, words })))
  })
})
