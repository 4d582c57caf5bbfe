import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toHex } from '../model/bytes.ts'
import type { SmallDigest } from '../model/ports.ts'
import { MerkleEdge, merkleLeaf, merkleNode, merkleRoot } from './merkle.ts'
import { consistencyPath, inclusionPath, verifyConsistency, verifyInclusion } from './merkle-proof.ts'

const digest: SmallDigest = (algorithm, bytes) => new Uint8Array(createHash(algorithm).update(bytes).digest())
const leafData = (index: number) => digest('sha256', Uint8Array.of(index & 255, (index >> 8) & 255, index >> 16))
const root = (size: number) =>
  merkleRoot(
    Array.from({ length: size }, (_, at) => leafData(at)),
    digest,
  )

const splitOf = (n: number) => {
  let k = 1
  while (2 * k < n) k *= 2
  return k
}

/** RFC 9162 §2.1.3.1, word for word: PATH(m, D_n). */
function pathByDefinition(m: number, leaves: readonly Uint8Array[]): Uint8Array[] {
  if (leaves.length === 1) return []
  const k = splitOf(leaves.length)
  return m < k
    ? [...pathByDefinition(m, leaves.slice(0, k)), merkleRoot(leaves.slice(k), digest)]
    : [...pathByDefinition(m - k, leaves.slice(k)), merkleRoot(leaves.slice(0, k), digest)]
}

/** RFC 9162 §2.1.4.1, word for word: SUBPROOF(m, D_n, b). */
function subproof(m: number, leaves: readonly Uint8Array[], b: boolean): Uint8Array[] {
  const n = leaves.length
  if (m === n) return b ? [] : [merkleRoot(leaves, digest)]
  const k = splitOf(n)
  return m <= k
    ? [...subproof(m, leaves.slice(0, k), b), merkleRoot(leaves.slice(k), digest)]
    : [...subproof(m - k, leaves.slice(k), false), merkleRoot(leaves.slice(0, k), digest)]
}

const hexes = (path: readonly Uint8Array[]) => path.map(toHex)

describe('proofs', () => {
  it('are what the definition says, and hold, for every pair of sizes up to 40', () => {
    for (let size = 1; size <= 40; size++) {
      const leaves = Array.from({ length: size }, (_, at) => leafData(at))
      for (let at = 0; at < size; at++) {
        const path = inclusionPath(at, size, leafData, digest)
        expect(hexes(path)).toEqual(hexes(pathByDefinition(at, leaves)))
        expect(verifyInclusion(merkleLeaf(leafData(at), digest), at, size, path, root(size), digest)).toBe(true)
      }
      for (let first = 1; first <= size; first++) {
        const path = consistencyPath(first, size, leafData, digest)
        expect(hexes(path)).toEqual(hexes(subproof(first, leaves, true)))
        expect(verifyConsistency(first, size, path, root(first), root(size), digest)).toBe(true)
      }
    }
  })

  it('hold in large trees at odd places', () => {
    const size = 9_001
    const leaves = Array.from({ length: size }, (_, at) => leafData(at))
    const at = (index: number) => leaves[index] ?? new Uint8Array(0)
    const whole = merkleRoot(leaves, digest)
    for (const index of [0, 1, 4_095, 8_191, 8_192, 9_000]) {
      const path = inclusionPath(index, size, at, digest)
      expect(verifyInclusion(merkleLeaf(at(index), digest), index, size, path, whole, digest)).toBe(true)
      expect(verifyInclusion(merkleLeaf(at(index), digest), index ^ 1, size, path, whole, digest)).toBe(false)
    }
    const path = consistencyPath(8_193, size, at, digest)
    expect(verifyConsistency(8_193, size, path, merkleRoot(leaves.slice(0, 8_193), digest), whole, digest)).toBe(true)
  })

  it('do not hold once a bit, a node, a size or a position is another', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 60 }), fc.nat(), fc.nat(), fc.nat(), (size, a, b, c) => {
        const at = a % size
        const leaf = merkleLeaf(leafData(at), digest)
        const path = inclusionPath(at, size, leafData, digest)
        const flip = (bytes: Uint8Array) => bytes.with(c % 32, (bytes[c % 32] ?? 0) ^ (1 << (b % 8)))
        const flipped = path.map((node, index) => (index === b % path.length ? flip(node) : node))
        expect(verifyInclusion(leaf, at, size, flipped, root(size), digest)).toBe(false)
        expect(verifyInclusion(flip(leaf), at, size, path, root(size), digest)).toBe(false)
        expect(verifyInclusion(leaf, at, size, path.slice(1), root(size), digest)).toBe(false)
        expect(verifyInclusion(leaf, at, size, [...path, leaf], root(size), digest)).toBe(false)
        expect(verifyInclusion(leaf, (at + 1) % size, size, path, root(size), digest)).toBe(false)

        const first = 1 + (a % (size - 1))
        const proof = consistencyPath(first, size, leafData, digest)
        const other = proof.map((node, index) => (index === b % proof.length ? flip(node) : node))
        expect(verifyConsistency(first, size, other, root(first), root(size), digest)).toBe(false)
        expect(verifyConsistency(first, size, proof.slice(1), root(first), root(size), digest)).toBe(false)
        expect(verifyConsistency(first, size, [...proof, leaf], root(first), root(size), digest)).toBe(false)
        expect(verifyConsistency(first, size, proof, root(size), root(first), digest)).toBe(false)
        expect(verifyConsistency(size, first, proof, root(size), root(first), digest)).toBe(false)
      }),
      { numRuns: 60 },
    )
  })

  it('of sizes that are none are refused', () => {
    const one = root(1)
    expect(verifyInclusion(one, 0, 0, [], one, digest)).toBe(false)
    expect(verifyInclusion(one, -1, 1, [], one, digest)).toBe(false)
    expect(verifyInclusion(one, 0, 1.5, [], one, digest)).toBe(false)
    expect(verifyInclusion(one, 0, 2 ** 53, [], one, digest)).toBe(false)
    expect(verifyConsistency(1, 2 ** 53, [], one, one, digest)).toBe(false)
    const none = root(0)
    expect(verifyConsistency(0, 0, [], none, none, digest)).toBe(false)
    expect(verifyConsistency(0, 1, [], none, one, digest)).toBe(false)
    expect(() => inclusionPath(1, 1, leafData, digest)).toThrow(RangeError)
    expect(() => consistencyPath(0, 1, leafData, digest)).toThrow(RangeError)
  })

  it('never take an inner node for a leaf', () => {
    const [a, b] = [leafData(0), leafData(1)]
    const node = merkleNode(merkleLeaf(a, digest), merkleLeaf(b, digest), digest)
    const pair = new Uint8Array([...merkleLeaf(a, digest), ...merkleLeaf(b, digest)])
    expect(toHex(merkleLeaf(pair, digest))).not.toBe(toHex(node))
  })
})

it('a tree gives its root after every leaf', () => {
  const edge = new MerkleEdge(digest)
  for (let size = 0; size < 70; size++) {
    expect(edge.size).toBe(size)
    expect(toHex(edge.root())).toBe(toHex(root(size)))
    edge.append(leafData(size))
  }
})
