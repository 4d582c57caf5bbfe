import { compareBytes, encodeUtf8, instantOf, toHex } from '@probatum/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  derBitString,
  derElement,
  derGeneralizedTime,
  derInteger,
  derNamedBits,
  derOid,
  derPrintableString,
  derSequence,
  derSetOf,
  derTime,
} from './der.ts'
import { derInside, derParts } from './der-read.ts'

const hex = (bytes: Uint8Array) => toHex(bytes)
const instant = (...fields: Parameters<typeof instantOf>) => {
  const made = instantOf(...fields)
  if (made === undefined) throw new Error('no such instant')
  return made
}

describe('the DER writer', () => {
  it('writes lengths in the shortest form, and what it writes is read again', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 70_000 }), (length) => {
        const element = derElement(0x04, new Uint8Array(length))
        const header = length < 128 ? 2 : length < 256 ? 3 : length < 65_536 ? 4 : 5
        expect(element.length).toBe(header + length)
        const [part, ...more] = derParts(element, 'test')
        expect(more).toEqual([])
        expect(part?.content.length).toBe(length)
      }),
    )
  })

  it('writes integers minimally and never negative', () => {
    expect(hex(derInteger(0))).toBe('020100')
    expect(hex(derInteger(127))).toBe('02017f')
    expect(hex(derInteger(128))).toBe('02020080')
    expect(hex(derInteger(Uint8Array.of(0, 0, 1)))).toBe('020101')
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 200n }), (value) => {
        const text = value.toString(16)
        const octets = Uint8Array.from(Buffer.from(text.length % 2 === 0 ? text : `0${text}`, 'hex'))
        const content = derInteger(octets).subarray(2)
        expect(BigInt(`0x${hex(content)}`)).toBe(value)
        expect((content[0] ?? 0) < 0x80).toBe(true)
        expect(content.length === 1 || content[0] !== 0 || (content[1] ?? 0) >= 0x80).toBe(true)
      }),
    )
  })

  it('sorts a SET OF whatever the order it was given in', () => {
    const element = fc.uint8Array({ maxLength: 6 }).map((content) => derElement(0x04, content))
    fc.assert(
      fc.property(fc.array(element, { maxLength: 8 }), (elements) => {
        const parts = derInside(derSetOf(elements), 0x31, 'test').map(({ whole }) => whole)
        expect(parts.every((part, i) => i === 0 || compareBytes(parts[i - 1] ?? part, part) <= 0)).toBe(true)
        expect(hex(derSetOf([...elements].reverse()))).toBe(hex(derSetOf(elements)))
      }),
    )
  })

  it('writes known object identifiers, and refuses what is none', () => {
    expect(hex(derOid('1.2.840.113549.1.7.2'))).toBe('06092a864886f70d010702')
    expect(hex(derOid('2.999.3'))).toBe('0603883703')
    for (const wrong of ['', '1', '3.1', '1.40', '1.02', '1..2', '1.2.x'])
      expect(() => derOid(wrong)).toThrow(RangeError)
  })

  it('writes named bits without trailing zeros', () => {
    expect(hex(derNamedBits([0, 1]))).toBe('030206c0')
    expect(hex(derNamedBits([8]))).toBe('0303070080')
    expect(hex(derNamedBits([]))).toBe('030100')
    expect(hex(derBitString(Uint8Array.of(5)))).toBe('03020005')
  })

  it('writes UTCTime until 2049 and GeneralizedTime from 2050', () => {
    expect(derTime(instant(2049, 12, 31, 23, 59, 59)).subarray(2)).toEqual(encodeUtf8('491231235959Z'))
    expect(derTime(instant(2050, 1, 1, 0, 0, 0)).subarray(2)).toEqual(encodeUtf8('20500101000000Z'))
    expect(derGeneralizedTime(instant(2026, 3, 14, 9, 12, 0, '25')).subarray(2)).toEqual(
      encodeUtf8('20260314091200.25Z'),
    )
  })

  it('refuses what a PrintableString cannot hold', () => {
    expect(() => derPrintableString('a@b')).toThrow(RangeError)
    expect(() => derInteger(-1)).toThrow(RangeError)
  })
})

describe('the reader of one’s own DER', () => {
  it('says so when the bytes end early, or are another structure', () => {
    const element = derSequence(derInteger(5), derInteger(300))
    for (let length = 1; length < element.length; length++)
      expect(() => derInside(element.subarray(0, length), 0x30, 'test')).toThrow(TypeError)
    expect(() => derInside(element, 0x31, 'test')).toThrow(TypeError)
    expect(() => derParts(Uint8Array.of(0x30, 0x80, 0, 0), 'test')).toThrow(TypeError)
  })
})
