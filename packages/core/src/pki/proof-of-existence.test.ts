import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compareInstants, type Instant } from '../model/instant.ts'
import {
  type BelievedToken,
  believedTokens,
  earliestProof,
  orderOf,
  proofsOf,
  proofsOfTokens,
  type RenewalToken,
} from './proof-of-existence.ts'

const at = (epochSeconds: number): Instant => ({ epochSeconds, fraction: '' })

/** A token at a second, over objects, whose certificate and algorithms hold until a second. */
function token(sha256: string, second: number, covers: readonly string[], until: number): RenewalToken {
  return { sha256, upperBound: at(second), covers, holdsAt: (time) => compareInstants(time, at(until)) <= 0 }
}

const names = (believed: readonly BelievedToken[]) =>
  believed.map(({ token: { sha256 }, renewedBy }) => (renewedBy === null ? sha256 : `${sha256} by ${renewedBy.sha256}`))

describe('a chain of renewals', () => {
  const first = token('a', 10, ['data'], 20)
  const second = token('b', 19, ['a'], 30)
  const third = token('c', 29, ['b'], 40)

  test('is believed as long as each link was covered while it held', () => {
    expect(names(believedTokens([first, second, third], at(35)))).toEqual(['c', 'b by c', 'a by b'])
    expect(names(believedTokens([third, first, second], at(35)))).toEqual(['c', 'b by c', 'a by b'])
    expect(names(believedTokens([first, second, third], at(29)))).toEqual(['c', 'b', 'a by b'])
  })

  test('that was renewed too late, or of another object, proves nothing before the gap', () => {
    const late = token('b', 21, ['a'], 30)
    expect(names(believedTokens([first, late, third], at(35)))).toEqual(['c', 'b by c'])
    expect(names(believedTokens([first, token('b', 19, ['x'], 30), third], at(35)))).toEqual(['c', 'b by c'])
    // Side by side over the same data: neither covers the other.
    expect(names(believedTokens([first, token('b', 19, ['data'], 40)], at(35)))).toEqual(['b'])
  })

  test('whose last link has ended is believed no more, and so is nothing below it', () => {
    expect(names(believedTokens([first, second, third], at(41)))).toEqual([])
    expect(names(believedTokens([first, second, third], at(20)))).toEqual(['b', 'a'])
  })

  test('does not count what lies after the validation time', () => {
    expect(names(believedTokens([first, second, third], at(28)))).toEqual(['b', 'a by b'])
  })

  test('gives each object its earliest proof', () => {
    const proofs = proofsOfTokens(believedTokens([first, second, third, token('d', 12, ['data'], 99)], at(35)))
    expect(earliestProof(proofs, 'data')).toEqual({ object: 'data', by: at(10), token: 'a' })
    expect(proofsOf(proofs, 'data').map(({ token: by }) => by)).toEqual(['a', 'd'])
    expect(earliestProof(proofs, 'nothing')).toBeNull()
  })

  test('a token more never takes a proof away, and what lasts longer never proves less', () => {
    const tokens = fc.array(
      fc.record({ second: fc.nat(30), covers: fc.array(fc.nat(7), { maxLength: 3 }), lasts: fc.nat(15) }),
      { maxLength: 8 },
    )
    fc.assert(
      fc.property(tokens, fc.nat(50), fc.nat(7), (recipes, validation, which) => {
        const made = recipes.map(({ second: s, covers, lasts }, index) =>
          token(
            `t${index}`,
            s,
            covers.map((n) => `t${n}`),
            s + lasts,
          ),
        )
        const all = new Set(believedTokens(made, at(validation)).map((one) => one.token.sha256))
        const fewer = made.filter((_, index) => index !== which)
        for (const one of believedTokens(fewer, at(validation))) expect(all).toContain(one.token.sha256)
        const longer = made.map((one, index) => (index === which ? { ...one, holdsAt: () => true } : one))
        const more = new Set(believedTokens(longer, at(validation)).map((one) => one.token.sha256))
        for (const sha256 of all) expect(more).toContain(sha256)
      }),
    )
  })
})

describe('the order of two moments', () => {
  const interval = (earliest: number, latest: number) => ({ earliest: at(earliest), latest: at(latest) })

  test('is stated only where their intervals do not touch', () => {
    expect(orderOf(interval(1, 2), interval(3, 4))).toBe('before')
    expect(orderOf(interval(3, 4), interval(1, 2))).toBe('after')
    expect(orderOf(interval(1, 2), interval(2, 3))).toBeNull()
    expect(orderOf(interval(1, 9), interval(3, 4))).toBeNull()
    expect(orderOf(interval(5, 5), interval(5, 5))).toBeNull()
  })
})
