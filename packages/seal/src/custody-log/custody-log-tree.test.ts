import { consistencyPath, merkleRoot, toHex } from '@probatum/core'
import { describe, expect, it } from 'vitest'
import { digestOf, smallDigest } from '../digest.ts'
import { LogTree } from './custody-log-tree.ts'

const leaf = (index: number) => digestOf('sha256', Uint8Array.of(index & 255, index >> 8))

describe('the tree of a log', () => {
  it('has the roots and consistency paths that core computes leaf by leaf', () => {
    const tree = new LogTree(smallDigest)
    expect(toHex(tree.root())).toBe(toHex(merkleRoot([], smallDigest)))
    const leaves: Uint8Array[] = []
    for (let size = 1; size <= 67; size++) {
      leaves.push(leaf(size - 1))
      tree.append(leaf(size - 1))
      expect(toHex(tree.root())).toBe(toHex(merkleRoot(leaves, smallDigest)))
      for (let first = 1; first <= size; first++)
        expect(tree.consistencyPath(first).map(toHex)).toEqual(
          consistencyPath(first, size, leaf, smallDigest).map(toHex),
        )
    }
    for (let size = 1; size <= 67; size++)
      expect(toHex(tree.root(size))).toBe(toHex(merkleRoot(leaves.slice(0, size), smallDigest)))
  })

  it('has no consistency with a size that it never had', () => {
    const tree = new LogTree(smallDigest)
    tree.append(leaf(0))
    expect(() => tree.consistencyPath(0)).toThrow(RangeError)
    expect(() => tree.consistencyPath(2)).toThrow(RangeError)
  })
})
