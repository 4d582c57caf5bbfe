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

const DIGEST_OCTETS = 32
/** What a node is over, one at a time: 65 octets are more than an engine keeps beside its objects, and there are millions. */
const JOINED = new Uint8Array(1 + 2 * DIGEST_OCTETS)

/** SHA-256(0x01 ‖ left ‖ right). */
export function merkleNode(left: Uint8Array, right: Uint8Array, digest: SmallDigest): Uint8Array {
  const isPlain = left.length === DIGEST_OCTETS && right.length === DIGEST_OCTETS
  const input = isPlain ? JOINED : new Uint8Array(1 + left.length + right.length)
  input[0] = NODE
  input.set(left, 1)
  input.set(right, 1 + left.length)
  return digest('sha256', input)
}

/**
 * A Merkle tree (RFC 9162 §2.1.1, SHA-256) of which only the right edge is kept: one node for each complete subtree,
 * whatever the number of leaves. The root can be asked for after any leaf. In a bundle the data of a leaf is the 32 raw
 * octets of a line digest.
 */
export class MerkleEdge {
  #size = 0
  readonly #subtrees: Uint8Array[] = []
  readonly #digest: SmallDigest

  constructor(digest: SmallDigest) {
    this.#digest = digest
  }

  get size(): number {
    return this.#size
  }

  append(data: Uint8Array): void {
    this.appendLeaf(merkleLeaf(data, this.#digest))
  }

  /** Appends a leaf by its own hash, MTH({d}). */
  appendLeaf(leaf: Uint8Array): void {
    let node = leaf
    // The subtrees are those of `size` in binary, largest first: each trailing 1 is one to be joined.
    for (let rest = this.#size; rest % 2 === 1; rest = (rest - 1) / 2) {
      const left = this.#subtrees.pop()
      if (left === undefined) throw new RangeError('a subtree is missing')
      node = merkleNode(left, node, this.#digest)
    }
    this.#subtrees.push(node)
    this.#size += 1
  }

  /** The root over the leaves so far; of none, the digest of nothing. */
  root(): Uint8Array {
    let right = this.#subtrees.at(-1)
    if (right === undefined) return this.#digest('sha256', new Uint8Array(0))
    for (let at = this.#subtrees.length - 2; at >= 0; at--) {
      const left = this.#subtrees[at]
      if (left === undefined) throw new RangeError('a subtree is missing')
      right = merkleNode(left, right, this.#digest)
    }
    return right
  }
}

/** Merkle tree hash over the leaves' data in order (RFC 9162 §2.1.1, SHA-256). */
export function merkleRoot(leaves: Iterable<Uint8Array>, digest: SmallDigest): Uint8Array {
  const edge = new MerkleEdge(digest)
  for (const data of leaves) edge.append(data)
  return edge.root()
}
