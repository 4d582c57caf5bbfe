import { deflateSync, inflateSync } from 'node:zlib'
import { ParseError } from '@probatum/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { inflateZlib } from './inflate.ts'

const same = (a: Uint8Array, b: Uint8Array) => expect(Buffer.from(a).equals(Buffer.from(b))).toBe(true)
const outcome = (read: () => unknown): string => {
  try {
    read()
    return 'read'
  } catch (error) {
    if (error instanceof ParseError) return error.code
    throw error
  }
}

describe('inflating', () => {
  it('gives what zlib compressed, at every level and strategy', () => {
    const words = fc.array(fc.constantFrom('a', 'bc', 'probatum ', '0000000000'), { maxLength: 2000 })
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array({ maxLength: 5000 }),
          words.map((parts) => new Uint8Array(Buffer.from(parts.join('')))),
        ),
        fc.integer({ min: 0, max: 9 }),
        fc.constantFrom(0, 1, 2, 3, 4),
        (bytes, level, strategy) => {
          same(inflateZlib(new Uint8Array(deflateSync(bytes, { level, strategy })), 100_000, 0), bytes)
        },
      ),
      { numRuns: 300 },
    )
  })

  it('takes nothing that zlib refuses, and gives the same where both take it', () => {
    const whole = new Uint8Array(deflateSync(Buffer.from('Example Mechanism (sample) '.repeat(40))))
    fc.assert(
      fc.property(fc.integer({ min: 0, max: whole.length - 1 }), fc.integer({ min: 1, max: 255 }), (at, mask) => {
        const changed = Uint8Array.from(whole)
        changed[at] = (changed[at] ?? 0) ^ mask
        let theirs: Uint8Array | null = null
        try {
          theirs = inflateSync(changed)
        } catch {}
        let ours: Uint8Array | null = null
        try {
          ours = inflateZlib(changed, 100_000, 0)
        } catch (error) {
          expect(error).toBeInstanceOf(ParseError)
        }
        if (ours !== null) same(ours, theirs ?? new Uint8Array())
      }),
      { numRuns: 2000 },
    )
  })

  it('stops at its limit, however much is promised', () => {
    const bomb = new Uint8Array(deflateSync(new Uint8Array(5_000_000)))
    expect(outcome(() => inflateZlib(bomb, 1_000_000, 0))).toBe('ERR_LIMIT')
    expect(outcome(() => inflateZlib(bomb, 5_000_000, 0))).toBe('read')
  })

  it('refuses what is cut off, and another check value', () => {
    const whole = new Uint8Array(deflateSync(Buffer.from('sample'.repeat(100))))
    for (let length = 0; length < whole.length; length++)
      expect(outcome(() => inflateZlib(whole.subarray(0, length), 10_000, 0))).toBe('ERR_PDF_STRUCTURE')
  })
})
