import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fromBase64, toBase64 } from './bytes.ts'

test('base64 is what Node makes of it, both ways', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
      const text = Buffer.from(bytes).toString('base64')
      expect(toBase64(bytes)).toBe(text)
      expect(fromBase64(text)).toEqual(bytes)
    }),
  )
})

test('base64 is read only in the one form that it is written in', () => {
  const odd = [
    'A',
    'AA',
    'AAA',
    'AA=A',
    'AB==',
    'AAB=',
    'AA==AAAA',
    'AAA\u00ff',
    'AAA\u0100',
    'AAA-',
    'AA A',
    '====',
    'AAA\n',
  ]
  for (const text of odd) expect(fromBase64(text), text).toBeUndefined()
  fc.assert(
    fc.property(fc.string({ maxLength: 12 }), (text) => {
      const bytes = fromBase64(text)
      return bytes === undefined || toBase64(bytes) === text
    }),
  )
})
