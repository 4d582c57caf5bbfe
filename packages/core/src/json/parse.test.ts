import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ParseError } from '../model/parse-error.ts'
import { encodeUtf8 } from '../model/utf8.ts'
import { canonicalise, canonicalText } from './canonicalise.ts'
import { parseJson } from './parse.ts'

const LIMIT = 1_000_000

function read(text: string | Uint8Array, canonical = false) {
  return parseJson(typeof text === 'string' ? encodeUtf8(text) : text, 'x.json', { limit: LIMIT, canonical })
}

function refusal(text: string | Uint8Array, canonical = false): ParseError['code'] | 'none' {
  try {
    read(text, canonical)
  } catch (error) {
    if (error instanceof ParseError) return error.code
    throw error
  }
  return 'none'
}

describe('parseJson refuses', () => {
  test.each([
    ['nothing', '', 'ERR_JSON_SYNTAX'],
    ['a byte order mark', '\ufeff{}', 'ERR_JSON_SYNTAX'],
    ['data behind the value', '{} {}', 'ERR_JSON_SYNTAX'],
    ['a zero byte behind the value', '{}\0', 'ERR_JSON_SYNTAX'],
    ['a member twice', '{"a":1,"a":1}', 'ERR_JSON_DUPLICATE_KEY'],
    ['a member twice by an escape', '{"a":1,"\\u0061":2}', 'ERR_JSON_DUPLICATE_KEY'],
    ['__proto__ twice', '{"__proto__":1,"__proto__":2}', 'ERR_JSON_DUPLICATE_KEY'],
    ['a lone high surrogate', '"\\ud800"', 'ERR_JSON_STRING'],
    ['a lone low surrogate', '"\\udc00x"', 'ERR_JSON_STRING'],
    ['a pair the wrong way round', '"\\udc00\\ud800"', 'ERR_JSON_STRING'],
    ['a lone surrogate in a member name', '{"\\ud83d":1}', 'ERR_JSON_STRING'],
    ['an integer that a double cannot hold', '9007199254740993', 'ERR_JSON_NUMBER'],
    ['an integer of thirty digits that a double cannot hold', '123456789012345678901234567891', 'ERR_JSON_NUMBER'],
    ['a number that is too large', '1e400', 'ERR_JSON_NUMBER'],
    ['a number that would become zero', '1e-400', 'ERR_JSON_NUMBER'],
    ['NaN', 'NaN', 'ERR_JSON_SYNTAX'],
    ['Infinity', '-Infinity', 'ERR_JSON_SYNTAX'],
    ['a leading zero', '01', 'ERR_JSON_SYNTAX'],
    ['a leading plus', '+1', 'ERR_JSON_SYNTAX'],
    ['a point without a digit behind it', '1.', 'ERR_JSON_SYNTAX'],
    ['a hexadecimal number', '0x10', 'ERR_JSON_SYNTAX'],
    ['a trailing comma in an object', '{"a":1,}', 'ERR_JSON_SYNTAX'],
    ['a trailing comma in an array', '[1,]', 'ERR_JSON_SYNTAX'],
    ['single quotes', "{'a':1}", 'ERR_JSON_SYNTAX'],
    ['a comment', '{/**/}', 'ERR_JSON_SYNTAX'],
    ['a control character in a string', '"a\nb"', 'ERR_JSON_SYNTAX'],
    ['an unknown escape', '"\\x41"', 'ERR_JSON_SYNTAX'],
    ['a short escape', '"\\u12"', 'ERR_JSON_SYNTAX'],
    ['an unclosed string', '"abc', 'ERR_JSON_SYNTAX'],
    ['an unclosed object', '{"a":1', 'ERR_JSON_SYNTAX'],
    ['a member without a value', '{"a"}', 'ERR_JSON_SYNTAX'],
    ['white space that JSON does not have', '\u00a0{}', 'ERR_JSON_SYNTAX'],
    ['a capital literal', 'True', 'ERR_JSON_SYNTAX'],
    ['deep nesting', '['.repeat(100_000), 'ERR_LIMIT'],
  ])('%s', (_name, text, code) => {
    expect(refusal(text)).toBe(code)
    expect(refusal(text, true)).not.toBe('none')
  })

  test('bytes that are not UTF-8', () => {
    for (const bytes of [
      [0x22, 0xff, 0x22],
      [0x22, 0xed, 0xa0, 0x80, 0x22],
      [0x22, 0xc0, 0xa2, 0x22],
    ]) {
      expect(refusal(Uint8Array.from(bytes))).toBe('ERR_TEXT_ENCODING')
    }
  })

  test('more bytes than the limit', () => {
    expect(() => parseJson(encodeUtf8('[1,2]'), 'x', { limit: 4, canonical: false })).toThrow('ERR_LIMIT')
  })
})

describe('parseJson and what values cost', () => {
  test.each([
    ['objects', '{},', 7],
    ['members', '{"a":0},', 11],
    ['arrays', '[],', 3],
    ['texts', '"a",', 1],
    ['numbers', '1,', 1],
  ])('%s are counted, and one more than may be kept is a limit', (_name, one, units) => {
    const read = (count: number, allowed: number) =>
      parseJson(encodeUtf8(`[${one.repeat(count).slice(0, -1)}]`), 'x', {
        limit: LIMIT,
        canonical: true,
        units: allowed,
      })
    expect(read(100, 3 + 100 * units)).toHaveLength(100)
    expect(() => read(100, 2 + 100 * units)).toThrow('ERR_LIMIT')
  })

  test('a text within the bytes of a limit can be beyond it', () => {
    const bytes = new Uint8Array(Buffer.from(`[${'{},'.repeat(500_000)}{}]`))
    expect(() => parseJson(bytes, 'x', { limit: bytes.length, canonical: true })).toThrow('ERR_LIMIT')
  })
})

describe('parseJson in canonical form refuses', () => {
  test.each([
    ['white space', '{ }'],
    ['a line feed at the end', '{}\n'],
    ['members out of order', '{"b":1,"a":2}'],
    ['members in the order of code points where UTF-16 differs', '{"\uffff":1,"\u{10000}":2}'],
    ['a fraction that is an integer', '1.0'],
    ['an exponent that is not needed', '1e2'],
    ['minus zero', '-0'],
    ['a fraction with more digits than a double has', '333333333.33333329'],
    ['an escape that is not needed', '"\\u0061"'],
    ['an escaped slash', '"\\/"'],
    ['a long escape where a short one exists', '"\\u000a"'],
    ['a hexadecimal escape in capitals', '"\\u001F"'],
    ['an escaped pair', '"\\ud83d\\ude00"'],
  ])('%s', (_name, text) => {
    expect(refusal(text, false)).toBe('none')
    expect(refusal(text, true)).toBe('ERR_JSON_NOT_CANONICAL')
  })
})

test('members named like parts of Object.prototype are data', () => {
  const value = read('{"__proto__":{"polluted":true},"constructor":1,"toString":2}')
  expect(Object.keys(value as object)).toEqual(['__proto__', 'constructor', 'toString'])
  expect(Object.getPrototypeOf(value)).toBeNull()
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
  expect(canonicalText(value)).toBe('{"__proto__":{"polluted":true},"constructor":1,"toString":2}')
})

test('an offset counts bytes, not characters', () => {
  let offset: number | undefined
  try {
    read('{"é😀":1,"é😀":2}')
  } catch (error) {
    offset = error instanceof ParseError ? error.detail.offset : undefined
  }
  expect(offset).toBe(encodeUtf8('{"é😀":1,').length)
})

// -0 is the one number that JSON.stringify changes.
const anyJson = fc.jsonValue({ noUnicodeString: false, maxDepth: 6 })

test('whatever JSON.stringify writes is read as JSON.parse reads it', () => {
  fc.assert(
    fc.property(anyJson, (value) => {
      const text = JSON.stringify(value)
      expect(JSON.parse(canonicalText(read(text)))).toEqual(JSON.parse(text))
    }),
  )
})

test('the canonical form, and no other text with white space, order or escapes altered, is accepted as canonical', () => {
  fc.assert(
    fc.property(
      anyJson,
      fc.nat(),
      fc.constantFrom(' ', '\n', '\\u0061', '0', '.0', '/'),
      (value, position, inserted) => {
        const canonical = canonicalText(value as object)
        expect(canonicalText(read(canonical, true))).toBe(canonical)
        const at = position % (canonical.length + 1)
        const altered = encodeUtf8(canonical.slice(0, at) + inserted + canonical.slice(at))
        let accepted: ReturnType<typeof read>
        try {
          accepted = read(altered, true)
        } catch {
          return
        }
        // What is accepted is the canonical form of what it says.
        expect(canonicalise(accepted)).toEqual(altered)
      },
    ),
    { numRuns: 500 },
  )
})

test('any bytes give a value or a ParseError', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.uint8Array(), fc.string({ unit: fc.constantFrom(...'{}[]":,\\u0123eE+-. tfn') })),
      (input) => {
        expect(() => refusal(input, true)).not.toThrow()
      },
    ),
    { numRuns: 1000 },
  )
})
