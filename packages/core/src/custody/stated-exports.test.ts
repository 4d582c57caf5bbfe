import { expect, test } from 'vitest'
import { LIMITS } from '../model/limits.ts'
import { StatedExports } from './stated-exports.ts'

const line = (number: number, itemCount: number) => ({
  exportNumber: number.toString(16).padStart(32, '0'),
  itemCount,
  itemRoot: '0'.repeat(64),
})

test('the last line of a log is no earlier export, and one that is not in form states nothing', () => {
  const exports = new StatedExports()
  exports.add(3, line(1, 4), true)
  exports.add(5, line(2, 4), false)
  exports.add(7, line(2, 6), true)
  expect(exports.before(7)).toEqual({ stated: [{ seq: 3, itemCount: 4, itemRoot: '0'.repeat(64) }], omitted: 0 })
  expect(exports.before(9).stated.map(({ seq }) => seq)).toEqual([3, 7])
  expect([...exports.places(line(2, 0).exportNumber)]).toEqual([5, 7])
})

test('what is beyond the limit is counted, with and without an export at the end', () => {
  const exports = new StatedExports()
  const all = LIMITS.earlierExports + 2
  for (let seq = 0; seq < all; seq++) exports.add(seq, line(seq, 1), true)
  const stated = exports.before(all - 1)
  expect([stated.stated.length, stated.omitted]).toEqual([LIMITS.earlierExports, 1])
  expect(exports.before(all).omitted).toBe(2)
})
