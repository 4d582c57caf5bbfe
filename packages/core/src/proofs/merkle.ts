import type { SmallDigest } from '../model/ports.ts'

// RFC 9162 §2.1.1 tells leaves from nodes by one octet, so that a node can never be shown as a leaf.
const LEAF = 0x00
const NODE = 0x01

/** MTH({d}) of RFC 9162 §2.1.1 under SHA-256: SHA-256(0x00 ‖ data). */
export function merkleLeaf(data: Uint8Array, digest: SmallDigest): Uint8Array {
  const input = new Uint8Array(1 + data.length)
  input[0] = LEAF
  input.set(data, 1)
  return digest('sha256', input)
}

/** SHA-256(0x01 ‖ left ‖ right). */
export function merkleNode(left: Uint8Array, right: Uint8Array, digest: SmallDigest): Uint8Array {
  const input = new Uint8Array(1 + left.length + right.length)
  input[0] = NODE
  input.set(left, 1)
  input.set(right, 1 + left.length)
  return digest('sha256', input)
}

/**
 * Merkle tree hash over the leaves' data in order (RFC 9162 §2.1.1, SHA-256). In a bundle the data of a leaf is the
 * 32 raw octets of a line digest. Holds one node for each level, whatever the number of leaves; the root of no leaves
 * is the digest of nothing.
 */
export function merkleRoot(leaves: Iterable<Uint8Array>, digest: SmallDigest): Uint8Array {
  // Roots of complete subtrees, largest first; `size` in binary says which sizes are there.
  const subtrees: Uint8Array[] = []
  let size = 0
  for (const data of leaves) {
    let node = merkleLeaf(data, digest)
    for (let rest = size; rest % 2 === 1; rest = (rest - 1) / 2) {
      const left = subtrees.pop()
      if (left === undefined) throw new RangeError('a subtree is missing')
      node = merkleNode(left, node, digest)
    }
    subtrees.push(node)
    size += 1
  }
  const last = subtrees.pop()
  if (last === undefined) return digest('sha256', new Uint8Array(0))
  return subtrees.reduceRight((right, left) => merkleNode(left, right, digest), last)
}
