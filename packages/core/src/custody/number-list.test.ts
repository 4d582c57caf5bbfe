import { expect, it } from 'vitest'
import { NumberList } from './number-list.ts'

it('numbers are given back by position, over several pages', () => {
  const list = new NumberList()
  const count = 100_000
  for (let at = 0; at < count; at++) list.push(at * 1e9 - 0.5)
  expect(list.length).toBe(count)
  for (const at of [0, 1, 32_767, 32_768, 65_536, count - 1]) expect(list.at(at)).toBe(at * 1e9 - 0.5)
  for (const at of [-1, 0.5, count, Number.NaN]) expect(() => list.at(at), `${at}`).toThrow(RangeError)
})
