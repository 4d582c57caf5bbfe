import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bestTimeOf, distinctAuthorities, type ProvedTime } from './signing-time.ts'

const at = (epochSeconds: number) => ({ epochSeconds, fraction: '' })
const token = (anchorKey: string, key: string, seconds: number): ProvedTime => ({
  anchorKey,
  key,
  upperBound: at(seconds),
})

/** By trying every choice. */
function largestChoice(
  times: readonly ProvedTime[],
  from = 0,
  anchors: readonly string[] = [],
  keys: readonly string[] = [],
): number {
  let best = 0
  for (let i = from; i < times.length; i++) {
    const one = times[i]
    if (one === undefined || anchors.includes(one.anchorKey) || keys.includes(one.key)) continue
    best = Math.max(best, 1 + largestChoice(times, i + 1, [...anchors, one.anchorKey], [...keys, one.key]))
  }
  return best
}

const some = fc.constantFrom('a', 'b', 'c', 'd')
const tokens = fc.array(
  fc.tuple(some, some, fc.nat(9)).map(([anchor, key, seconds]) => token(anchor, key, seconds)),
  { maxLength: 8 },
)

describe('authorities are distinct', () => {
  test('by anchor and by key, whichever choice counts most', () => {
    fc.assert(
      fc.property(tokens, (times) => {
        expect(distinctAuthorities(times)).toBe(largestChoice(times))
      }),
    )
  })

  test('and one anchor with two keys, or two anchors with one key, are one', () => {
    expect(distinctAuthorities([token('a', 'x', 1), token('a', 'y', 2)])).toBe(1)
    expect(distinctAuthorities([token('a', 'x', 1), token('b', 'x', 2)])).toBe(1)
    expect(distinctAuthorities([token('a', 'x', 1), token('a', 'y', 2), token('b', 'x', 3)])).toBe(2)
  })
})

describe('the best time', () => {
  test('is that of the n-th distinct authority, not of the n-th token', () => {
    const times = [token('c', 'z', 9), token('a', 'x', 1), token('a', 'x', 2), token('b', 'y', 5)]
    expect(bestTimeOf(times, 1)).toEqual(at(1))
    expect(bestTimeOf(times, 2)).toEqual(at(5))
    expect(bestTimeOf(times, 3)).toEqual(at(9))
    expect(bestTimeOf(times, 4)).toBeNull()
    expect(bestTimeOf([], 0)).toBeNull()
  })

  test('never gets earlier with more authorities asked for, nor later with one more token', () => {
    fc.assert(
      fc.property(
        tokens,
        fc.tuple(some, some, fc.nat(9)),
        fc.integer({ min: 1, max: 4 }),
        (times, [anchor, key, seconds], n) => {
          const best = bestTimeOf(times, n)
          const stricter = bestTimeOf(times, n + 1)
          if (stricter !== null) expect(best?.epochSeconds).toBeLessThanOrEqual(stricter.epochSeconds)
          const more = bestTimeOf([...times, token(anchor, key, seconds)], n)
          if (best !== null) expect(more?.epochSeconds).toBeLessThanOrEqual(best.epochSeconds)
        },
      ),
    )
  })
})
