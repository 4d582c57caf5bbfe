import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromHex, toHex } from '../model/bytes.ts'
import type { SmallDigest } from '../model/ports.ts'
import { merkleLeaf, merkleNode, merkleRoot } from './merkle.ts'

const digest: SmallDigest = (algorithm, bytes) => new Uint8Array(createHash(algorithm).update(bytes).digest())

/** The definition of RFC 9162 §2.1.1, word for word: split at the largest power of two below n. */
function rootByDefinition(leaves: readonly Uint8Array[]): Uint8Array {
  const [first] = leaves
  if (first === undefined) return digest('sha256', new Uint8Array(0))
  if (leaves.length === 1) return merkleLeaf(first, digest)
  let k = 1
  while (2 * k < leaves.length) k *= 2
  return merkleNode(rootByDefinition(leaves.slice(0, k)), rootByDefinition(leaves.slice(k)), digest)
}

describe('merkleRoot', () => {
  // Leaves and roots that implementations of Certificate Transparency have in common.
  const leaves = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f']
  it.each([
    [0, 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
    [1, '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d'],
    [2, 'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125'],
    [3, 'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77'],
    [7, 'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c'],
    [8, '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328'],
  ])('of the first %i known leaves is the known root', (size, root) => {
    const data = leaves.slice(0, size).map((text) => fromHex(text) ?? new Uint8Array(0))
    expect(toHex(merkleRoot(data, digest))).toBe(root)
  })

  it('is what the definition says for any leaves', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 70 }), (data) => {
        expect(toHex(merkleRoot(data, digest))).toBe(toHex(rootByDefinition(data)))
      }),
    )
  })
})
