import fc from 'fast-check'
import { expect, test } from 'vitest'
import { inRanges } from './redact-policy.ts'

const range = fc.tuple(fc.nat(12), fc.nat(12)).map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const)

test('a position is in ranges in any order, that may meet, as by looking at each of them', () => {
  fc.assert(
    fc.property(fc.array(range, { maxLength: 6 }), fc.nat(14), (ranges, seq) => {
      expect(inRanges(ranges, seq)).toBe(ranges.some(([first, last]) => seq >= first && seq <= last))
    }),
  )
  expect(inRanges(undefined, 3)).toBe(true)
})
