import type { InventoryLine } from '@probatum/core'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { TypedSubject } from './engine.ts'
import { LEAST_DIGITS, matchTyped } from './typed-match.ts'

const hex = (seed: number, digits = 64) =>
  Array.from({ length: digits }, (_, i) => ((seed * 31 + i * 7 + ((seed * i) >> 2)) & 15).toString(16)).join('')
const BUNDLE = hex(3)
const FILE = hex(5, 128)
const KNOWN = [[{ what: 'bundle-id' }, BUNDLE]] as const satisfies [TypedSubject, string][]
const LINE: InventoryLine = { digests: { sha512: FILE }, manifests: {}, path: 'data/a', role: 'payload', size: 1 }
const match = (typed: string) => matchTyped(typed, KNOWN, () => [LINE])

describe('a digest that was typed', () => {
  test('is found whole or by its beginning, however it is grouped and in either case', () => {
    const separators = fc.constantFrom('', ' ', '  ', '-', ':', '.', '\n', '\u2011')
    fc.assert(
      fc.property(
        fc.integer({ min: LEAST_DIGITS, max: 64 }),
        separators,
        fc.boolean(),
        (digits, separator, isUpper) => {
          const typed = BUNDLE.slice(0, digits).replaceAll(/.{4}/g, `$&${separator}`)
          expect(match(isUpper ? typed.toUpperCase() : typed)).toEqual({
            state: 'equal',
            digits,
            whole: digits === 64,
            is: [{ what: 'bundle-id' }],
          })
        },
      ),
    )
    expect(match(FILE.slice(0, 20))).toMatchObject({ is: [{ what: 'file', path: 'data/a', algorithm: 'sha512' }] })
  })

  test('with one wrong digit is never equal, and the first wrong group is named', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: LEAST_DIGITS, max: 64 }),
        fc.nat(),
        fc.integer({ min: 1, max: 15 }),
        (digits, where, by) => {
          const at = where % digits
          const wrong = ((Number.parseInt(BUNDLE[at] ?? '0', 16) + by) & 15).toString(16)
          const found = match(BUNDLE.slice(0, at) + wrong + BUNDLE.slice(at + 1, digits))
          const group = Math.floor(at / 4)
          expect(found).toMatchObject({
            state: 'different',
            digits,
            nearest: { what: 'bundle-id' },
            wrongGroup: group + 1,
          })
          expect(found).toMatchObject({ expected: BUNDLE.slice(group * 4, group * 4 + 4) })
        },
      ),
    )
  })

  test('with digits behind the end, or of nothing that is here, is different', () => {
    expect(match(`${BUNDLE}00`)).toMatchObject({ state: 'different', nearest: { what: 'bundle-id' }, wrongGroup: 17 })
    expect(match('0123456789abcdef'.repeat(2))).toMatchObject({ state: 'different', nearest: null, typed: '' })
  })

  test('below sixteen digits, or with another character, is not compared', () => {
    expect(match(BUNDLE.slice(0, LEAST_DIGITS - 1))).toEqual({ state: 'too-short', digits: 15, least: 16 })
    expect(match('')).toEqual({ state: 'too-short', digits: 0, least: 16 })
    expect(match('ab cz')).toEqual({ state: 'not-hex', character: 'z', at: 4 })
    expect(match('\u{1f600}')).toEqual({ state: 'not-hex', character: '\u{1f600}', at: 0 })
  })
})
