// Needs: python3.
import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { encodeUtf8 } from '../model/utf8.ts'
import { canonicalise, canonicalText } from './canonicalise.ts'

test('members are ordered by UTF-16 code units', () => {
  // U+1F600 begins with the surrogate D83D, which comes before U+FB33 although its code point comes after.
  expect(canonicalText({ '\u{1f600}': 1, '\ufb33': 2, '10': 3, '9': 4, '': 5 })).toBe(
    '{"":5,"10":3,"9":4,"\u{1f600}":1,"\ufb33":2}',
  )
})

test('numbers are written as ECMAScript writes them', () => {
  expect(canonicalText([-0, 1e21, 1e-7, 4.5, 0.002, 1e-27, 5e-324, 1.7976931348623157e308])).toBe(
    '[0,1e+21,1e-7,4.5,0.002,1e-27,5e-324,1.7976931348623157e+308]',
  )
})

test('only characters that must be escaped are', () => {
  expect(canonicalText('\u0000\u0008\u000b\u001f"\\/\u007f\u2028é')).toBe(
    '"\\u0000\\b\\u000b\\u001f\\"\\\\/\u007f\u2028é"',
  )
})

test('members that are undefined are left out', () => {
  expect(canonicalText({ b: undefined, a: null })).toBe('{"a":null}')
})

test('what JSON cannot say is a mistake of the caller', () => {
  for (const value of [
    Number.NaN,
    Number.POSITIVE_INFINITY,
    '\ud800',
    { '\udc00': 1 },
    [undefined],
    new Map(),
    () => 0,
  ]) {
    expect(() => canonicalise(value as object)).toThrow(TypeError)
  }
})

test('Python writes the same bytes for text, integers and members of the basic plane', () => {
  const name = fc.string({ unit: fc.integer({ min: 0x20, max: 0xd7ff }).map((unit) => String.fromCharCode(unit)) })
  const value = fc.letrec((tie) => ({
    any: fc.oneof({ maxDepth: 3 }, name, fc.maxSafeInteger(), fc.boolean(), fc.constant(null), tie('object')),
    object: fc.dictionary(name, tie('any'), { noNullPrototype: true }),
  })).object
  const samples = fc.sample(value, 200)
  const program =
    'import json,sys\n' +
    'for v in json.load(sys.stdin): print(json.dumps(v,sort_keys=True,separators=(",",":"),ensure_ascii=False).encode().hex())'
  const lines = execFileSync('python3', ['-c', program], { input: JSON.stringify(samples), encoding: 'utf8' }).split(
    '\n',
  )
  // Python escapes U+007F as it stands, and the short escapes are the same: RFC 8785 §3.2.2.2.
  for (const [index, sample] of samples.entries()) {
    expect(Buffer.from(canonicalise(sample as object)).toString('hex')).toBe(lines[index])
  }
  expect(encodeUtf8('é')).toEqual(canonicalise('é').subarray(1, 3))
})
