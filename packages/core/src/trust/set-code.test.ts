import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseSetCode, trustSetCode } from './set-code.ts'

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const digest = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes).toString('hex'))

describe('a set code', () => {
  test('is the first 140 bits of the digest with a check symbol in each group', () => {
    const sha256 = createHash('sha256').update('an invented trust set (sample)').digest('hex')
    const code = trustSetCode(sha256)
    expect(code).toMatch(/^(?:[0-9A-HJKMNP-TV-Z]{8}-){3}[0-9A-HJKMNP-TV-Z]{8}$/)
    const bits = [...code.replaceAll('-', '')]
      .filter((_, index) => index % 8 !== 7)
      .map((symbol) => ALPHABET.indexOf(symbol).toString(2).padStart(5, '0'))
      .join('')
    expect(BigInt(`0b${bits}`).toString(16).padStart(35, '0')).toBe(sha256.slice(0, 35))
  })

  test('has the check symbols that its description says', () => {
    expect(trustSetCode('00'.repeat(32))).toBe('00000001-00000002-00000003-00000004')
    // v7 = 1, so c = 1 + a⁷; a⁵ = a² + 1 gives a⁷ = a⁴ + a², and 0b10101 is M.
    expect(trustSetCode('0000000020'.padEnd(64, '0'))).toBe('0000001N-00000002-00000003-00000004')
  })

  test('reads back as itself, in either case, with lookalikes, spaces and hyphens', () => {
    fc.assert(
      fc.property(digest, (sha256) => {
        const code = trustSetCode(sha256)
        const typed = ` ${code.toLowerCase().replaceAll('0', 'o').replaceAll('1', 'l').replaceAll('-', ' – ')} `
        expect(parseSetCode(code)).toEqual({ state: 'read', code })
        expect(parseSetCode(typed)).toEqual({ state: 'read', code })
      }),
    )
  })

  test('shows every single wrong symbol and every exchange of two in a group', () => {
    fc.assert(
      fc.property(digest, fc.nat(31), fc.nat(31), fc.nat(7), (sha256, place, other, second) => {
        const symbols = [...trustSetCode(sha256).replaceAll('-', '')]
        const wrong = symbols.with(place, ALPHABET.charAt(other)).join('')
        const group = Math.floor(place / 8)
        if (wrong !== symbols.join('')) expect(parseSetCode(wrong)).toEqual({ state: 'mistyped', groups: [group + 1] })
        const partner = group * 8 + second
        const [a = '', b = ''] = [symbols[place], symbols[partner]]
        const exchanged = symbols.with(place, b).with(partner, a).join('')
        if (a !== b) expect(parseSetCode(exchanged)).toEqual({ state: 'mistyped', groups: [group + 1] })
      }),
    )
  })

  test('shows groups in the wrong order', () => {
    fc.assert(
      fc.property(digest, (sha256) => {
        const [a = '', b = '', ...rest] = trustSetCode(sha256).split('-')
        expect(parseSetCode([b, a, ...rest].join('-'))).toEqual({ state: 'mistyped', groups: [1, 2] })
      }),
    )
  })

  test('says what is wrong with anything else', () => {
    expect(parseSetCode('')).toEqual({ state: 'length', symbols: 0 })
    expect(parseSetCode('0000 0001')).toEqual({ state: 'length', symbols: 8 })
    expect(parseSetCode('UUUU')).toEqual({ state: 'character', character: 'U' })
    expect(parseSetCode('é')).toEqual({ state: 'character', character: 'É' })
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(['length', 'character', 'mistyped', 'read']).toContain(parseSetCode(text).state)
      }),
    )
  })
})

test('only a SHA-256 has a set code', () => {
  expect(() => trustSetCode('00')).toThrow(TypeError)
})
