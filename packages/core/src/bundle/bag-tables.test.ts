import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compareBytes, toHex } from '../model/bytes.ts'
import { digestsInOrder, ExpectedDigests, FoundDigests } from './bag-tables.ts'

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
      const packed = digestsInOrder(found.table('sha256'), files.length, (file) => files[file]?.isWanted === true)
      expect(toHex(packed)).toBe(expected.map(toHex).join(''))
    }),
  )
})

test('a digest has its hex and its bytes, whether it was given so or not, and however many came since', () => {
  const files = 80_000
  const found = new FoundDigests(files)
  const digestOf = (file: number) => Uint8Array.from({ length: 16 }, (_, i) => file >> i)
  for (let file = 0; file < files; file += 3) {
    if (file % 2 === 0) found.set('md5', file, digestOf(file))
    else found.setHex('md5', file, toHex(digestOf(file)))
  }
  const table = found.table('md5')
  // What was kept as hex, what had to give way to others, and what there never was.
  for (let file = 0; file < files; file += 7) {
    const isThere = file % 3 === 0
    expect([found.has('md5', file), table?.hexAt(file)]).toEqual([isThere, isThere ? toHex(digestOf(file)) : undefined])
    expect(found.at('md5', file)).toEqual(isThere ? digestOf(file) : undefined)
  }
  const packed = table?.packed().bytes ?? new Uint8Array()
  for (let file = 0; file < files; file += 3) {
    if (toHex(packed.subarray(16 * file, 16 * file + 16)) !== toHex(digestOf(file))) throw new Error(`file ${file}`)
  }
})

test('two tables agree on a file exactly where the digests are the same, in whatever form each of them has them', () => {
  const files = 40_000
  const found = new FoundDigests(files)
  const expected = new ExpectedDigests('sha256', files)
  const hexOf = (file: number) => file.toString(16).padStart(64, '0')
  const other = (hex: string, file: number) => {
    const at = file % 64
    return hex.slice(0, at) + (hex[at] === 'f' ? 'e' : 'f') + hex.slice(at + 1)
  }
  // In another order than they are found, so that some are kept here and packed there.
  for (let file = files - 1; file >= 0; file--) {
    if (file % 5 !== 0) expected.set(file, file % 5 === 1 ? other(hexOf(file), file) : hexOf(file))
    if (file % 5 === 4) expected.set(file, null)
  }
  for (let file = 0; file < files; file++) if (file % 5 !== 3) found.setHex('sha256', file, hexOf(file))
  for (let file = 0; file < files; file++) {
    if (found.equals('sha256', file, expected) !== (file % 5 === 2)) throw new Error(`file ${file}`)
  }
})

test('what a digester may not return is a defect: other digits, capitals, another length', () => {
  const found = new FoundDigests(1)
  for (const hex of ['0g'.repeat(16), 'AB'.repeat(16), '00'.repeat(15), '00'.repeat(17)])
    expect(() => found.setHex('md5', 0, hex)).toThrow(TypeError)
  expect(() => found.set('md5', 0, new Uint8Array(15))).toThrow(TypeError)
  expect(found.has('md5', 0)).toBe(false)
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
        if (kind !== 'unlisted') expected.set(file, kind === 'listed' ? '00'.repeat(16) : null)
      for (let from = 0; from <= files.length; from++) {
        const next = files.indexOf('unlisted', from)
        expect(expected.nextUnlisted(from)).toBe(next < 0 ? files.length : next)
      }
    }),
  )
})
