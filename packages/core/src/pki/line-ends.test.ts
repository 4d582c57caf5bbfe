import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeUtf8 } from '../model/utf8.ts'
import { otherLineEnds, TEXT_BYTES, withLineEnds } from './line-ends.ts'

const written = (text: string, ends: 'CRLF' | 'LF') => {
  const bytes = withLineEnds(encodeUtf8(text), ends)
  return bytes === null ? null : Buffer.from(bytes).toString('latin1')
}

describe('line ends', () => {
  it.each([
    ['one\ntwo\n', 'one\r\ntwo\r\n', null],
    ['one\r\ntwo\r\n', null, 'one\ntwo\n'],
    ['one\ntwo', 'one\r\ntwo', null],
    ['one\r\ntwo\nthree', 'one\r\ntwo\r\nthree', 'one\ntwo\nthree'],
    // A CR alone ends no line.
    ['one\rtwo\n', 'one\rtwo\r\n', null],
    ['one\r\r\n', null, 'one\r\n'],
    ['\n', '\r\n', null],
    ['\r\n', null, '\n'],
    ['one', null, null],
    ['\r', null, null],
    ['', null, null],
  ])('of %j are CR LF in %j and LF in %j', (text, crlf, lf) => {
    expect(written(text, 'CRLF')).toBe(crlf)
    expect(written(text, 'LF')).toBe(lf)
  })

  it('written one way and back are what they were, where all were of one kind', () => {
    const line = fc
      .uint8Array({ maxLength: 20 })
      .map((bytes) => bytes.map((byte) => (byte === 13 || byte === 10 ? 32 : byte)))
    fc.assert(
      fc.property(fc.array(line, { minLength: 2, maxLength: 9 }), (lines) => {
        const bytes = Uint8Array.from(lines.flatMap((one, index) => (index === 0 ? [...one] : [10, ...one])))
        const mail = withLineEnds(bytes, 'CRLF') ?? new Uint8Array()
        expect(mail.length).toBe(bytes.length + lines.length - 1)
        expect(withLineEnds(mail, 'LF')).toEqual(bytes)
        expect(withLineEnds(mail, 'CRLF')).toBeNull()
      }),
      { numRuns: 200 },
    )
  })

  it('of a text are one or both others, and of what has none there is no other', () => {
    const ends = (text: string) => otherLineEnds(encodeUtf8(text)).map((other) => other.ends)
    expect(ends('a\nb')).toEqual(['CRLF'])
    expect(ends('a\r\nb')).toEqual(['LF'])
    expect(ends('a\r\nb\n')).toEqual(['CRLF', 'LF'])
    expect(ends('a\rb')).toEqual([])
  })

  it('of what is too long for a text are not looked at', () => {
    const long = new Uint8Array(TEXT_BYTES + 1).fill(10)
    expect(otherLineEnds(long)).toEqual([])
    expect(otherLineEnds(long.subarray(1))).toHaveLength(1)
  })
})
