import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { encodeUtf8 } from '../model/utf8.ts'
import { ContentWriter, contentDigest, TextWriter } from './content-digest.ts'

test('a text of any length is written, whatever was expected', () => {
  const piece = fc
    .tuple(fc.constantFrom('a', 'é', '€', '\u{1f600}', '\ud800'), fc.integer({ min: 0, max: 90_000 }))
    .map(([character, count]) => character.repeat(count))
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 6 }), fc.integer({ min: 0, max: 300_000 }), (pieces, expected) => {
      const writer = new TextWriter(expected)
      for (const one of pieces) writer.add(one)
      expect(Buffer.compare(writer.bytes(), encodeUtf8(pieces.join('')))).toBe(0)
    }),
    { numRuns: 40 },
  )
})

test('the content digest is that of the lines, also where more was written than was expected', () => {
  const smallDigest = (_: unknown, bytes: Uint8Array) => new Uint8Array(createHash('sha256').update(bytes).digest())
  const files = Array.from({ length: 3_000 }, (_, at) => ({ path: `data/%${at} é`, sha256: 'ab'.repeat(32) }))
  const lines = files.map(({ path, sha256 }) => `${sha256}  ${path.replace('%', '%25')}\n`).join('')
  const expected = createHash('sha256').update(lines).digest('hex')
  expect(contentDigest(files, smallDigest)).toBe(expected)
  const writer = new ContentWriter(1_000)
  for (const { path, sha256 } of files) writer.add(path, sha256)
  expect(writer.digest(smallDigest)).toBe(expected)
})
