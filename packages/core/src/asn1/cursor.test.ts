import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  bits,
  boolean,
  hex,
  indefinite,
  integer,
  join,
  nothing,
  octets,
  oid,
  sequence,
  set,
  tlv,
} from '../../../../test-vectors/make/der.ts'
import { toHex } from '../model/bytes.ts'
import { LIMITS } from '../model/limits.ts'
import { ParseError } from '../model/parse-error.ts'
import { contentOf, DerCursor, isSetOfOrder } from './cursor.ts'
import { requireDer } from './strict.ts'
import { TAG } from './tag.ts'

/** `ok`, or the code and offset of the refusal. */
function strictly(bytes: Uint8Array): string {
  return outcome(() => requireDer(bytes, 'test'))
}

function outcome(read: () => unknown): string {
  try {
    read()
    return 'ok'
  } catch (error) {
    if (error instanceof ParseError) return `${error.code} ${error.detail.offset}`
    throw error
  }
}

function segmented(bytes: Uint8Array): string {
  const cursor = DerCursor.over(bytes, 'test', 'BER')
  const content = cursor.octetString('')
  cursor.finish()
  return `${toHex(content)} ${cursor.sawBer}`
}

describe('strict DER', () => {
  it.each([
    ['', 'ERR_DER_TRUNCATED 0'],
    ['30', 'ERR_DER_TRUNCATED 0'],
    ['3001', 'ERR_DER_TRUNCATED 0'],
    ['3080 0000', 'ERR_DER_NON_CANONICAL 1'],
    ['308100', 'ERR_DER_NON_CANONICAL 1'],
    ['04820001ff', 'ERR_DER_NON_CANONICAL 1'],
    ['04ff00', 'ERR_DER_VALUE 1'],
    ['0484ffffffff', 'ERR_DER_TRUNCATED 0'],
    ['048affffffffffffffffffff', 'ERR_DER_TRUNCATED 0'],
    ['048a0000', 'ERR_DER_TRUNCATED 0'],
    ['1f8101', 'ERR_DER_UNEXPECTED_TAG 0'],
    ['0000', 'ERR_DER_UNEXPECTED_TAG 0'],
    ['2000', 'ERR_DER_UNEXPECTED_TAG 0'],
    ['05000500', 'ERR_DER_TRAILING_DATA 2'],
    ['0501 00', 'ERR_DER_VALUE 0'],
    ['010101', 'ERR_DER_NON_CANONICAL 0'],
    ['0100', 'ERR_DER_VALUE 0'],
    ['0200', 'ERR_DER_VALUE 0'],
    ['02020001', 'ERR_DER_NON_CANONICAL 0'],
    ['0202ffff', 'ERR_DER_NON_CANONICAL 0'],
    ['02020080', 'ok'],
    ['0300', 'ERR_DER_VALUE 0'],
    ['030101', 'ERR_DER_VALUE 0'],
    ['030208ff', 'ERR_DER_VALUE 0'],
    ['030201ff', 'ERR_DER_NON_CANONICAL 0'],
    ['030100', 'ok'],
    ['2403040100', 'ERR_DER_NON_CANONICAL 0'],
    ['0600', 'ERR_DER_VALUE 2'],
    ['060181', 'ERR_DER_VALUE 2'],
    ['06028001', 'ERR_DER_NON_CANONICAL 2'],
    ['3003020101', 'ok'],
    ['3003020201', 'ERR_DER_TRUNCATED 2'],
  ])('%s: %s', (text, expected) => {
    expect(strictly(hex(text))).toBe(expected)
  })

  it('reads what an encoder wrote, whatever it was', () => {
    const leaf = fc.oneof(
      fc.boolean().map(boolean),
      fc.bigInt({ min: -(1n << 500n), max: 1n << 500n }).map(integer),
      fc.uint8Array({ maxLength: 400 }).map(octets),
      fc.uint8Array({ maxLength: 40 }).map((content) => bits(content)),
      fc.constant(nothing()),
      fc.array(fc.nat(), { maxLength: 6 }).map((arcs) => oid(['2', '999', ...arcs].join('.'))),
    )
    const tree = fc.letrec<{ node: Uint8Array }>((tie) => ({
      node: fc.oneof(
        { maxDepth: 5 },
        leaf,
        fc.array(tie('node'), { maxLength: 4 }).map((content) => sequence(...content)),
        fc.array(tie('node'), { maxLength: 4 }).map((content) => set(...content)),
      ),
    })).node
    fc.assert(
      fc.property(tree, (bytes) => {
        expect(strictly(bytes)).toBe('ok')
      }),
    )
  })

  it('throws nothing but ParseError on arbitrary bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        expect(strictly(bytes)).toMatch(/^(ok|ERR_(DER|LIMIT)[A-Z_]* \d+)$/)
      }),
      { numRuns: 3000 },
    )
  })

  it('refuses every cut of a good encoding', () => {
    const whole = sequence(oid('1.2.840.113549'), octets(new Uint8Array(300)), sequence(integer(5), boolean(true)))
    for (let length = 0; length < whole.length; length++) {
      expect(strictly(whole.subarray(0, length))).toMatch(/^ERR_DER_TRUNCATED/)
    }
  })

  it('stops at its depth', () => {
    let nested = nothing()
    for (let i = 0; i < LIMITS.derDepth; i++) nested = sequence(nested)
    expect(strictly(nested)).toBe('ok')
    expect(strictly(sequence(nested))).toMatch(/^ERR_LIMIT/)
    // A million levels: no recursion that deep, no time that long.
    expect(outcome(() => requireDer(new Uint8Array(1_000_000).fill(0x30), 'test'))).toMatch(/^ERR_/)
  })

  it('stops at its number of elements', () => {
    const many = new Uint8Array(2 * LIMITS.derNodes)
    for (let i = 0; i < many.length; i += 2) many[i] = 0x05
    expect(strictly(tlv(0x30, many))).toMatch(/^ERR_LIMIT/)
  })

  it('refuses an OBJECT IDENTIFIER and an INTEGER of many octets by their length alone', () => {
    expect(strictly(tlv(0x06, new Uint8Array(4_000_000).fill(1)))).toBe('ERR_LIMIT 5')
    expect(strictly(tlv(0x02, new Uint8Array(15_000_000).fill(1)))).toBe('ERR_LIMIT 0')
  })

  it('takes an octet string of many octets by reference', () => {
    const content = new Uint8Array(17 * 1024 * 1024)
    const bytes = octets(content)
    const cursor = DerCursor.over(bytes, 'test')
    expect(cursor.octetString('').buffer).toBe(bytes.buffer)
  })
})

describe('numbers', () => {
  it('reads small ones and refuses negative and large ones', () => {
    const small = (bytes: Uint8Array) => DerCursor.over(bytes, 'test').smallInteger('')
    fc.assert(
      fc.property(fc.nat(), (value) => {
        expect(small(integer(value))).toBe(value)
      }),
    )
    expect(() => small(integer(-1))).toThrow(/^ERR_DER_VALUE/)
    expect(() => small(integer(2 ** 31))).toThrow(/^ERR_DER_VALUE/)
  })

  it('has a limit by role', () => {
    const serial = (octetCount: number) =>
      outcome(() => DerCursor.over(tlv(2, new Uint8Array(octetCount).fill(1)), 'test').integer('', LIMITS.serialOctets))
    expect([serial(64), serial(65)]).toEqual(['ok', 'ERR_LIMIT 0'])
  })
})

describe('object identifiers', () => {
  it('come out as they went in, arcs of any size included', () => {
    const arc = fc.oneof(fc.nat().map(BigInt), fc.bigInt({ min: 0n, max: 1n << 128n }))
    const dotted = fc
      .tuple(fc.constantFrom('0', '1', '2'), arc, fc.array(arc, { maxLength: 1 }))
      .map(([root, a, rest]) => {
        const second = root === '2' ? a : a % 40n
        return [root, second, ...rest].join('.')
      })
    fc.assert(
      fc.property(dotted, (text) => {
        expect(DerCursor.over(oid(text), 'test').oid('')).toBe(text)
      }),
    )
  })
})

describe('BER, in the envelope of CMS only', () => {
  it.each([
    ['0403010203', '010203 false'],
    ['2480 0402 0102 0401 03 0000', '010203 true'],
    ['2407 0402 0102 0401 03', '010203 true'],
    ['2480 2480 0401 01 0000 2403 0401 02 0000', '0102 true'],
    ['2480 0000', ' true'],
    ['048103010203', '010203 true'],
  ])('joins %s', (text, expected) => {
    expect(segmented(hex(text))).toBe(expected)
  })

  it.each([
    ['2480 0401 01', 'ERR_DER_TRUNCATED'],
    ['2480 0401 01 00', 'ERR_DER_TRUNCATED'],
    ['2480 0201 01 0000', 'ERR_DER_UNEXPECTED_TAG'],
    ['2480 0002 0000', 'ERR_DER_UNEXPECTED_TAG'],
    ['2480 0081 00', 'ERR_DER_UNEXPECTED_TAG'],
    ['2480 1f0000 0000', 'ERR_DER_UNEXPECTED_TAG'],
    ['0480 0401 01 0000', 'ERR_DER_NON_CANONICAL'],
    ['2480 0401 01 0000 00', 'ERR_DER_TRAILING_DATA'],
  ])('refuses %s: %s', (text, code) => {
    expect(outcome(() => segmented(hex(text)))).toMatch(new RegExp(`^${code}`))
  })

  it('joins any cutting of any content', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 8 }), fc.boolean(), (parts, endless) => {
        const content = parts.map(octets)
        const bytes = endless ? indefinite(0x24, ...content) : tlv(0x24, ...content)
        expect(segmented(bytes)).toBe(`${toHex(join(...parts))} true`)
      }),
    )
  })

  it('stops at its depth where lengths are indefinite', () => {
    const deep = new Uint8Array(200_000)
    for (let i = 0; i < deep.length; i += 2) deep.set([0x30, 0x80], i)
    expect(outcome(() => DerCursor.over(deep, 'test', 'BER').any(''))).toMatch(/^ERR_LIMIT/)
  })
})

it('tells the order of a SET OF', () => {
  const elements = (bytes: Uint8Array) => {
    const cursor = DerCursor.over(bytes, 'test').enter(TAG.SET, '')
    const list = []
    while (!cursor.done) list.push(cursor.any(''))
    return list
  }
  expect(isSetOfOrder(elements(set(integer(1), integer(2), oid('1.2'))))).toBe(true)
  expect(isSetOfOrder(elements(set(integer(2), integer(1))))).toBe(false)
  expect(isSetOfOrder(elements(set(integer(1), integer(1))))).toBe(true)
  expect(elements(set(integer(300))).map((element) => toHex(contentOf(element)))).toEqual(['012c'])
})
