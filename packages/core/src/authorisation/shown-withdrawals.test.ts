import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ShownWithdrawals } from './shown-withdrawals.ts'

const range = fc.tuple(fc.nat(20), fc.nat(20)).map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const)
const day = fc.option(fc.constantFrom('2026-01-01', '2026-02-01', '2026-03-01'), { nil: null })
const events = fc.array(fc.record({ objects: fc.array(range, { maxLength: 3 }), day }), { maxLength: 8 })

describe('what a log withdraws of consents', () => {
  test('is for each item the latest day that an event shows, or none where one shows no day', () => {
    fc.assert(
      fc.property(events, fc.nat(18), (given, items) => {
        const withdrawals = new ShownWithdrawals()
        for (const { objects, day: on } of given) withdrawals.add(objects, on)
        const latest = withdrawals.latest(items)
        for (let item = 0; item < items; item++) {
          const days = given.flatMap(({ objects, day: on }) =>
            objects.some(([first, last]) => first <= item && item <= last) ? [on] : [],
          )
          const expected = days.includes(null) ? null : days.toSorted().at(-1)
          expect(latest(item)).toBe(expected)
        }
      }),
    )
  })

  test('is never less than it is when there is too much of it', () => {
    const withdrawals = new ShownWithdrawals()
    for (let at = 0; at < 65_536; at++) withdrawals.add([[0, 1]], '2026-01-01')
    withdrawals.add([[4, 4]], '2026-01-01')
    withdrawals.add([[6, 7]], '2026-01-01')
    const latest = withdrawals.latest(9)
    expect([0, 1, 2, 3, 4, 5, 6, 7, 8].map(latest)).toEqual([
      ...['2026-01-01', '2026-01-01', undefined, undefined],
      ...[null, null, null, null, undefined],
    ])
  })
})
