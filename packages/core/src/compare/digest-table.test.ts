import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { DigestTable, firstDifference } from './digest-table.ts'

const pack = (digests: readonly Uint8Array[]) => new Uint8Array(Buffer.concat(digests))
/** Few values, and many that begin alike. */
const digestLike = fc
  .tuple(fc.constantFrom(0, 1, 255), fc.constantFrom(0, 7), fc.nat(3), fc.nat(3))
  .map(([first, second, middle, last]) => {
    const bytes = new Uint8Array(32)
    bytes.set([first, second], 0)
    bytes[16] = middle
    bytes[31] = last
    return bytes
  })

it('a table finds the first of equal digests and nothing else, as a plain list does', () => {
  fc.assert(
    fc.property(fc.array(digestLike, { maxLength: 60 }), fc.array(digestLike, { maxLength: 20 }), (own, others) => {
      const table = new DigestTable(pack(own))
      const hex = own.map((bytes) => Buffer.from(bytes).toString('hex'))
      const wanted = others.map((bytes) => Buffer.from(bytes).toString('hex'))
      expect(others.map((bytes) => table.indexOf(bytes))).toEqual(wanted.map((text) => hex.indexOf(text)))
      expect(table.countShared(pack(others))).toBe(wanted.filter((text) => hex.includes(text)).length)
    }),
  )
})

it('a table of evenly spread digests finds each of them', () => {
  const digests = Array.from({ length: 5000 }, (_, at) => new Uint8Array(createHash('sha256').update(`${at}`).digest()))
  const table = new DigestTable(pack(digests))
  expect(digests.map((bytes) => table.indexOf(bytes))).toEqual(digests.map((_, at) => at))
})

it('a table of nothing finds nothing, and one of half a digest is refused', () => {
  expect(new DigestTable(new Uint8Array(0)).indexOf(new Uint8Array(32))).toBe(-1)
  expect(() => new DigestTable(new Uint8Array(33))).toThrow(TypeError)
})

it('the first difference is the first, within so many', () => {
  const list = Array.from({ length: 4 }, (_, at) => new Uint8Array(32).fill(at))
  const other = list.map((bytes, at) => (at === 2 ? new Uint8Array(32).fill(9) : bytes))
  expect(firstDifference(pack(list), pack(other), 4)).toBe(2)
  expect(firstDifference(pack(list), pack(other), 2)).toBeNull()
})
