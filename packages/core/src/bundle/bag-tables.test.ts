import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compareBytes, toHex } from '../model/bytes.ts'
import { digestsInOrder, ExpectedDigests, FoundDigests, hexAt } from './bag-tables.ts'

// Few values, so that long beginnings are shared and whole digests repeated.
const digest = fc.uint8Array({ minLength: 32, maxLength: 32, max: 1 })
const anyDigest = fc.oneof(fc.uint8Array({ minLength: 32, maxLength: 32 }), digest)

test('the wanted digests come in byte order, however alike they are', () => {
  fc.assert(
    fc.property(fc.array(fc.record({ digest: fc.option(anyDigest), isWanted: fc.boolean() })), (files) => {
      const found = new FoundDigests(files.length)
      for (const [file, { digest }] of files.entries()) if (digest !== null) found.set('sha256', file, digest)
      const expected = files
        .flatMap(({ digest, isWanted }) => (isWanted && digest !== null ? [digest] : []))
        .sort(compareBytes)
      const packed = digestsInOrder(found.table('sha256'), (file) => files[file]?.isWanted === true)
      expect(toHex(packed)).toBe(expected.map(toHex).join(''))
    }),
  )
})

test('a digest has its hex, whether it was given so or not, and however many came since', () => {
  const files = 20_000
  const found = new FoundDigests(files)
  const digestOf = (file: number) => Uint8Array.from({ length: 16 }, (_, i) => file >> i)
  for (let file = 0; file < files; file += 3) {
    if (file % 2 === 0) found.set('md5', file, digestOf(file))
    else found.setHex('md5', file, toHex(digestOf(file)))
  }
  const table = found.table('md5')
  if (table === undefined) throw new Error('no table')
  for (let file = 0; file < files; file++)
    expect(hexAt(table, file)).toBe(file % 3 === 0 ? toHex(digestOf(file)) : undefined)
})

test('tables come in the order of the algorithms’ names', () => {
  const found = new FoundDigests(1)
  found.set('sha512', 0, new Uint8Array(64))
  found.setHex('md5', 0, '00'.repeat(16))
  expect(found.tables().map(({ algorithm }) => algorithm)).toEqual(['md5', 'sha512'])
})

test('the next file that is not listed is the first one from there on, malformed lines counted as listed', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('listed', 'malformed', 'unlisted')), (files) => {
      const expected = new ExpectedDigests('md5', files.length)
      for (const [file, kind] of files.entries())
        if (kind !== 'unlisted') expected.set(file, kind === 'listed' ? new Uint8Array(16) : null)
      for (let from = 0; from <= files.length; from++) {
        const next = files.indexOf('unlisted', from)
        expect(expected.nextUnlisted(from)).toBe(next < 0 ? files.length : next)
      }
    }),
  )
})
