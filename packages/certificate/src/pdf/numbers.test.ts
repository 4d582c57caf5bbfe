import fc from 'fast-check'
import { expect, test } from 'vitest'
import { number } from './numbers.ts'

test.each([
  [0, '0'],
  [-0.0001, '0'],
  [1, '1'],
  [-1.5, '-1.5'],
  [0.25, '0.25'],
  [0.0304, '0.03'],
  [-0.001, '-0.001'],
  [841.89, '841.89'],
])('%d is written as %s', (value, text) => {
  expect(number(value)).toBe(text)
})

test('a number is off by half a thousandth at most, and never has an exponent', () => {
  fc.assert(
    fc.property(fc.double({ min: -20_000, max: 20_000, noNaN: true }), (value) => {
      expect(number(value)).toMatch(/^-?\d+(\.\d{1,3})?$/)
      expect(Math.abs(Number(number(value)) - value)).toBeLessThanOrEqual(0.000_501)
    }),
  )
})
