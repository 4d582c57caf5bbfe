import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addMicroseconds,
  compareInstants,
  formatInstant,
  type Instant,
  isAlike,
  parseInstant,
  withAlikeMoments,
} from './instant.ts'

const moment = fc.record({
  epochSeconds: fc.integer({ min: -62_135_596_800, max: 253_402_300_799 }),
  fraction: fc.oneof(
    fc.constant(''),
    fc.integer({ min: 1, max: 999_999 }).map((n) => `${n}`.replace(/0+$/, '')),
  ),
})
const near = fc.record({ epochSeconds: fc.integer({ min: 0, max: 9 }), fraction: fc.constantFrom('', '5') })

describe('a moment', () => {
  it('is read again as it was written, however often and in whatever order', () => {
    fc.assert(
      fc.property(fc.array(moment, { minLength: 1, maxLength: 40 }), (moments) => {
        // Written twice: the second time from memory, or after another one took the place; moments of one second have one place.
        const whole = moments.map((one) => ({ ...one, fraction: '' }))
        for (const one of [...moments, ...whole, ...moments]) expect(parseInstant(formatInstant(one))).toEqual(one)
      }),
    )
  })

  it('is written as a Date writes it', () => {
    fc.assert(
      fc.property(fc.integer({ min: -62_135_596_800, max: 253_402_300_799 }), (epochSeconds) => {
        const text = new Date(epochSeconds * 1000).toISOString().replace('.000Z', 'Z')
        expect(formatInstant({ epochSeconds, fraction: '' })).toBe(text)
        expect(parseInstant(text)).toEqual({ epochSeconds, fraction: '' })
        const day = text.slice(0, 10)
        expect(parseInstant(day)).toEqual({ epochSeconds: Date.parse(day) / 1000, fraction: '' })
      }),
    )
  })

  it.each([
    '2026-02-30T09:12:00Z',
    '2026-03-14T24:00:00Z',
    '2026-03-14T09:12:60Z',
    '2026-03-14t09:12:00Z',
    '2026-03-14T09:12:00z',
    '2026-03-14 09:12:00Z',
    '2026/03/14T09:12:00Z',
    '2026-03-14T09.12:00Z',
    '2026-03-14T09:12.00Z',
    '2026-0x-14T09:12:00Z',
    '+026-03-14T09:12:00Z',
    '2026-03-14T0 :12:00Z',
    '2026-03-14T09:12:0Z',
    '2026-03-14T09:12:00.Z',
    '0000-03-14T09:12:00Z',
    '2026-02-30',
    '2026-3-14',
    '2026-03-1x',
    '03-14T09:1',
  ])('%s is none', (text) => {
    expect(parseInstant(text)).toBeUndefined()
  })

  it('moves by microseconds as whole numbers do', () => {
    const micro = (instant: Instant) =>
      BigInt(instant.epochSeconds) * 1_000_000n + BigInt(instant.fraction.padEnd(6, '0'))
    const steps = fc.oneof(
      fc.integer({ min: -5e9, max: 5e9 }),
      fc.integer({ min: -99, max: 99 }).map((s) => s * 1e6),
    )
    fc.assert(
      fc.property(moment, steps, (instant, microseconds) => {
        const moved = addMicroseconds(instant, microseconds)
        expect(micro(moved)).toBe(micro(instant) + BigInt(microseconds))
        expect(moved.fraction).not.toMatch(/0$/)
      }),
    )
  })
})

describe('moments that a computation cannot tell apart', () => {
  /** Some comparisons of `instant`, of which each decides what comes next; nested, and with an object that stands for two. */
  const walk = (instant: Instant, others: readonly Instant[]): string =>
    others
      .map((other, index) => {
        const order = Math.sign(index % 2 === 0 ? compareInstants(instant, other) : -compareInstants(other, instant))
        if (order > 0 && index % 3 === 0) return `${order}`
        return withAlikeMoments(other, () => `${order} ${Math.sign(compareInstants(other, instant))}`).result
      })
      .join()

  it('give the same answer', () => {
    let alikeOnes = 0
    fc.assert(
      fc.property(near, near, fc.array(near, { maxLength: 5 }), (first, second, others) => {
        const { result, alike } = withAlikeMoments(first, () => walk(first, others))
        expect(isAlike(first, alike)).toBe(true)
        if (!isAlike(second, alike)) return
        alikeOnes++
        expect(walk(second, others)).toBe(result)
      }),
      { numRuns: 2000 },
    )
    expect(alikeOnes).toBeGreaterThan(200)
  })

  it('are the moment alone, once it was compared with itself', () => {
    const instant = { epochSeconds: 5, fraction: '' }
    const { alike } = withAlikeMoments(instant, () => compareInstants(instant, instant))
    expect(isAlike({ epochSeconds: 6, fraction: '' }, alike)).toBe(false)
    expect(isAlike({ epochSeconds: 5, fraction: '' }, alike)).toBe(true)
  })

  it.each([
    ['written', (instant: Instant) => formatInstant(instant)],
    ['reckoned with', (instant: Instant) => formatInstant(addMicroseconds(instant, 1))],
  ])('are the moment alone, once it was %s', (_name, look) => {
    const instant = { epochSeconds: 5, fraction: '' }
    const { alike } = withAlikeMoments(instant, () => withAlikeMoments(instant, () => look(instant)).result)
    expect(isAlike({ epochSeconds: 5, fraction: '1' }, alike)).toBe(false)
    expect(isAlike({ epochSeconds: 5, fraction: '' }, alike)).toBe(true)
  })

  it('are told to a computation around the one that asks for them', () => {
    const [early, bound, late] = [1, 2, 3].map((epochSeconds) => ({ epochSeconds, fraction: '' })) as [
      Instant,
      Instant,
      Instant,
    ]
    const known = { exactly: null, after: null, before: bound }
    const { alike } = withAlikeMoments(early, () => isAlike(early, known))
    expect(isAlike(late, alike)).toBe(false)
  })

  it('end with the computation, also when it throws', () => {
    const instant = { epochSeconds: 5, fraction: '' }
    const failing = () =>
      withAlikeMoments(instant, () => {
        throw new RangeError('as meant')
      })
    const { alike } = withAlikeMoments(instant, () => expect(failing).toThrow('as meant'))
    compareInstants(instant, { epochSeconds: 6, fraction: '' })
    expect(alike).toEqual({ exactly: null, after: null, before: null })
  })
})
