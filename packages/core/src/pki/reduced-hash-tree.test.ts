import { nodeSmallDigest } from '@probatum/platform/node'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareBytes, concatBytes, toHex } from '../model/bytes.ts'
import { LIMITS } from '../model/limits.ts'
import type { ArchiveTimeStampChain } from './evidence-record.ts'
import { rootsOf, sequenceOf } from './reduced-hash-tree.ts'

const sha256 = (bytes: Uint8Array) => nodeSmallDigest('sha256', bytes)

/**
 * A whole hash tree as RFC 4998 §4.2 makes it, in the plainest way: digests as hex, put in order as text, which is the same order,
 * joined in fours. Gives the root, and for one leaf the lists that lead to it.
 */
function wholeTree(groups: readonly (readonly string[])[], leaf: number, width: number) {
  const digest = (hexes: readonly string[]): string =>
    toHex(sha256(new Uint8Array(Buffer.from([...hexes].sort().join(''), 'hex'))))
  const ofGroup = (group: readonly string[]): string => (group.length === 1 ? (group[0] ?? '') : digest(group))
  let level = groups.map(ofGroup)
  let at = leaf
  const own = groups[leaf] ?? []
  const lists: string[][] = []
  while (level.length > 1) {
    const start = at - (at % width)
    const beside = level.slice(start, start + width).filter((_, index) => start + index !== at)
    // Whoever is alone goes up as it is, and needs no list.
    if (beside.length > 0) lists.push(beside)
    const next: string[] = []
    for (let from = 0; from < level.length; from += width) next.push(ofGroup(level.slice(from, from + width)))
    level = next
    at = Math.floor(at / width)
  }
  // RFC 4998 §4.2, figure 2: a single file stands in one list with its neighbours, a group in a list of its own.
  const [first, ...rest] = lists
  const reduced = own.length === 1 && first !== undefined ? [[...own, ...first], ...rest] : [[...own], ...lists]
  return { root: level[0] ?? '', reduced }
}

const bytesOf = (lists: readonly (readonly string[])[]): Uint8Array[][] =>
  lists.map((list) => list.map((hex) => new Uint8Array(Buffer.from(hex, 'hex'))))

const groupsOfFiles = fc.array(
  fc.array(
    fc.uint8Array({ maxLength: 8 }).map((bytes) => toHex(sha256(bytes))),
    { minLength: 1, maxLength: 3 },
  ),
  { minLength: 1, maxLength: 40 },
)

describe('a reduced hash tree', () => {
  it('leads from each file and each group to the root of the whole tree', () => {
    fc.assert(
      fc.property(groupsOfFiles, fc.nat(), fc.integer({ min: 2, max: 5 }), (groups, nth, width) => {
        const { root, reduced } = wholeTree(groups, nth % groups.length, width)
        expect(toHex(rootsOf(bytesOf(reduced), sha256)[0] ?? new Uint8Array())).toBe(root)
      }),
      { numRuns: 300 },
    )
  })

  it('gives the same root in whatever order its lists are written', () => {
    fc.assert(
      fc.property(groupsOfFiles, fc.nat(), fc.integer({ min: 0, max: 1000 }), (groups, nth, seed) => {
        const { reduced } = wholeTree(groups, nth % groups.length, 3)
        const turned = reduced.map((list) => [...list.slice(seed % list.length), ...list.slice(0, seed % list.length)])
        expect(rootsOf(bytesOf(turned), sha256)).toEqual(rootsOf(bytesOf(reduced), sha256))
      }),
    )
  })

  it('gives another root when any bit of any digest is another', () => {
    fc.assert(
      fc.property(groupsOfFiles, fc.nat(), fc.nat(), fc.integer({ min: 0, max: 255 }), (groups, nth, which, bit) => {
        const lists = bytesOf(wholeTree(groups, nth % groups.length, 3).reduced)
        const before = rootsOf(lists, sha256).map(toHex)
        const all = lists.flat()
        const hash = all[which % all.length]
        if (hash !== undefined) hash[bit >> 3] = (hash[bit >> 3] ?? 0) ^ (1 << (bit & 7))
        expect(rootsOf(lists, sha256).map(toHex)).not.toEqual(before)
      }),
    )
  })

  it('is computed over as many digests as a record may hold', () => {
    const many = Array.from({ length: LIMITS.evidenceRecordHashes }, (_, at) =>
      sha256(Uint8Array.of(at >> 8, at & 255)),
    )
    const plain = sha256(new Uint8Array(Buffer.from(many.map(toHex).sort().join(''), 'hex')))
    expect(rootsOf([many], sha256).map(toHex)).toEqual([toHex(plain)])
  })

  it('has a second root where its first list is one digest, and no other', () => {
    const one = sha256(Uint8Array.of(1))
    const two = sha256(Uint8Array.of(2))
    expect(rootsOf([[one]], sha256).map(toHex)).toEqual([one, sha256(one)].map(toHex))
    expect(rootsOf([[one], [two]], sha256)).toHaveLength(2)
    expect(rootsOf([[one, two]], sha256)).toHaveLength(1)
    expect(rootsOf([[one, two], [two]], sha256)).toHaveLength(1)
  })
})

describe('the sequence of older chains', () => {
  it('has the DER header for its length', () => {
    for (const size of [1, 100, 127, 128, 255, 256, 65_535, 65_536, 70_000]) {
      const der = new Uint8Array(size).fill(7)
      const whole = sequenceOf([{ der } as unknown as ArchiveTimeStampChain])
      const header = whole.subarray(0, whole.length - size)
      const octets = size < 128 ? [size] : size < 256 ? [0x81, size] : null
      if (octets !== null) expect([...header]).toEqual([0x30, ...octets])
      else {
        const length = [...header.subarray(2)].reduce((value, octet) => value * 256 + octet, 0)
        expect([header[0], header[1], length]).toEqual([0x30, 0x80 | (header.length - 2), size])
        expect(header[2]).not.toBe(0)
      }
      expect(compareBytes(whole.subarray(header.length), concatBytes(der))).toBe(0)
    }
  })
})
