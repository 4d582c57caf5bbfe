import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ParseError } from '../model/parse-error.ts'
import { contentOfElement, endOfElement, isPlainDer } from './plain-der.ts'
import { requireDer } from './strict.ts'

function isDer(bytes: Uint8Array): boolean {
  try {
    requireDer(bytes, 'test')
    return true
  } catch (error) {
    if (error instanceof ParseError) return false
    throw error
  }
}

/** Small elements of every tag that has a rule, right or wrong; the length is mostly the right one. */
const octets = fc.array(fc.constantFrom(0, 1, 6, 0x7f, 0x80, 0x81, 0xff), { maxLength: 4 })
const tags = fc.constantFrom(0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x0a, 0x0c, 0x80, 0x00, 0x1f, 0x09)
const primitive = fc.tuple(tags, octets).map(([tag, content]) => [tag, content.length, ...content])
const { element } = fc.letrec<{ element: number[] }>((tie) => ({
  element: fc.oneof(
    { depthSize: 'small' },
    primitive,
    fc
      .tuple(fc.constantFrom(0x30, 0x31, 0xa0, 0x21, 0x28), fc.array(tie('element'), { maxLength: 3 }))
      .map(([tag, parts]) => {
        const content = parts.flat()
        return [tag, ...(content.length < 0x80 ? [content.length] : [0x81, content.length & 0xff]), ...content]
      }),
  ),
}))

describe('plain DER', () => {
  it('is never said of what is not strict DER', () => {
    const outcomes = new Set<string>()
    fc.assert(
      fc.property(element, fc.nat(), fc.nat(255), (bytes, place, octet) => {
        for (const one of [bytes, bytes.with(place % bytes.length, octet), bytes.slice(0, -1), [...bytes, octet]]) {
          const whole = Uint8Array.from(one)
          const [plain, strict] = [isPlainDer(whole), isDer(whole)]
          if (plain) expect(strict).toBe(true)
          outcomes.add(`${plain} ${strict}`)
        }
      }),
      { numRuns: 3000 },
    )
    expect(outcomes).toEqual(new Set(['true true', 'false false', 'false true']))
  })

  it('is said of what the attributes of a token hold', () => {
    const plain = [
      '3000',
      '020100',
      '0201ff',
      '0101ff',
      '0500',
      '06092a864886f70d010903',
      '030200ff',
      '0c0161',
      'a0020500',
    ]
    for (const hex of plain) expect(isPlainDer(Uint8Array.from(Buffer.from(hex, 'hex'))), hex).toBe(true)
    expect(isPlainDer(Uint8Array.of(0x04, 0x81, 0x80, ...new Uint8Array(0x80)))).toBe(true)
    expect(isPlainDer(Uint8Array.of(0x04, 0x82, 0x01, 0x00, ...new Uint8Array(0x100)))).toBe(true)
  })

  it('finds ends by headers alone, and none of lengths that are padded, indefinite or too long', () => {
    expect([contentOfElement(Uint8Array.of(4, 1, 9), 0, 3), endOfElement(Uint8Array.of(4, 1, 9), 0, 3)]).toEqual([2, 3])
    for (const bytes of [[4], [4, 2, 9], [4, 0x80, 0, 0], [4, 0x81, 1, 9], [4, 0x82, 0, 0x80], [4, 0x83, 0, 0, 1]]) {
      expect(endOfElement(Uint8Array.from(bytes), 0, bytes.length), `${bytes}`).toBe(-1)
    }
  })
})
