import { equalBytes } from '../model/bytes.ts'
import type { SmallDigest } from '../model/ports.ts'
import { MerkleEdge, merkleLeaf, merkleNode } from './merkle.ts'

/** Leaves of a tree by position: the data of each, 32 raw octets of a line digest in a bundle. */
export type LeafAt = (index: number) => Uint8Array

const NODE_OCTETS = 32

const isSize = (value: number) => Number.isSafeInteger(value) && value >= 0
const half = (value: number) => Math.floor(value / 2)
const isOdd = (value: number) => value % 2 === 1

/**
 * Whether `leaf` (its hash, MTH({d})) is at `index` in the tree of `size` leaves with this root: RFC 9162 §2.1.3.2.
 * False for anything that does not fit, a path too short, too long or of other lengths included.
 */
export function verifyInclusion(
  leaf: Uint8Array,
  index: number,
  size: number,
  path: readonly Uint8Array[],
  root: Uint8Array,
  digest: SmallDigest,
): boolean {
  if (!isSize(index) || !isSize(size) || index >= size) return false
  if (leaf.length !== NODE_OCTETS || !path.every(({ length }) => length === NODE_OCTETS)) return false
  // Sizes go beyond 32 bits, so no bit operators.
  let fn = index
  let sn = size - 1
  let node = leaf
  for (const sibling of path) {
    if (sn === 0) return false
    if (isOdd(fn) || fn === sn) {
      node = merkleNode(sibling, node, digest)
      while (!isOdd(fn) && fn !== 0) {
        fn = half(fn)
        sn = half(sn)
      }
    } else node = merkleNode(node, sibling, digest)
    fn = half(fn)
    sn = half(sn)
  }
  return sn === 0 && equalBytes(node, root)
}

/**
 * Whether the tree of `second` leaves continues the tree of `first` leaves: RFC 9162 §2.1.4.2. Two trees of one size
 * are consistent when their roots are equal and the path is empty. Of the empty tree nothing is proved: every tree continues it.
 */
export function verifyConsistency(
  first: number,
  second: number,
  path: readonly Uint8Array[],
  firstRoot: Uint8Array,
  secondRoot: Uint8Array,
  digest: SmallDigest,
): boolean {
  if (!isSize(first) || !isSize(second) || first < 1 || first > second) return false
  if (first === second) return path.length === 0 && equalBytes(firstRoot, secondRoot)
  if (![firstRoot, secondRoot, ...path].every(({ length }) => length === NODE_OCTETS)) return false

  let fn = first - 1
  let sn = second - 1
  while (isOdd(fn)) {
    fn = half(fn)
    sn = half(sn)
  }
  // Of a complete tree its own root begins the path, and is left out of it.
  const rest = fn === 0 ? path : path.slice(1)
  const start = fn === 0 ? firstRoot : path[0]
  if (start === undefined) return false
  let fr = start
  let sr = start
  for (const node of rest) {
    if (sn === 0) return false
    if (isOdd(fn) || fn === sn) {
      fr = merkleNode(node, fr, digest)
      sr = merkleNode(node, sr, digest)
      while (!isOdd(fn) && fn !== 0) {
        fn = half(fn)
        sn = half(sn)
      }
    } else sr = merkleNode(sr, node, digest)
    fn = half(fn)
    sn = half(sn)
  }
  return sn === 0 && equalBytes(fr, firstRoot) && equalBytes(sr, secondRoot)
}

/**
 * The inclusion path of the leaf at `index` in the tree of `size` leaves (RFC 9162 §2.1.3.1), lowest node first. Reads
 * every other leaf once. Throws RangeError when there is no such leaf.
 */
export function inclusionPath(index: number, size: number, leafAt: LeafAt, digest: SmallDigest): Uint8Array[] {
  if (!isSize(index) || !isSize(size) || index >= size) throw new RangeError(`no leaf ${index} among ${size}`)
  const path: Uint8Array[] = []
  let from = 0
  let to = size
  while (to - from > 1) {
    const middle = from + splitOf(to - from)
    if (index < middle) {
      path.push(rootOf(middle, to, leafAt, digest))
      to = middle
    } else {
      path.push(rootOf(from, middle, leafAt, digest))
      from = middle
    }
  }
  return path.reverse()
}

/**
 * The consistency path from the tree of `first` leaves to that of `second` (RFC 9162 §2.1.4.1), as `proofs.jsonl` has it.
 * Reads every leaf at most once. Throws RangeError unless 0 < first ≤ second.
 */
export function consistencyPath(first: number, second: number, leafAt: LeafAt, digest: SmallDigest): Uint8Array[] {
  if (!isSize(first) || !isSize(second) || first < 1 || first > second)
    throw new RangeError(`no consistency from ${first} to ${second}`)
  const path: Uint8Array[] = []
  let from = 0
  let to = second
  // Whether the subtree that is left is still one of the first tree's own, whose root its holder knows: SUBPROOF's `b`.
  let known = true
  while (first !== to) {
    const middle = from + splitOf(to - from)
    if (first <= middle) {
      path.push(rootOf(middle, to, leafAt, digest))
      to = middle
    } else {
      path.push(rootOf(from, middle, leafAt, digest))
      from = middle
      known = false
    }
  }
  if (!known) path.push(rootOf(from, to, leafAt, digest))
  return path.reverse()
}

/** The largest power of two below n (RFC 9162 §2.1.1). */
function splitOf(n: number): number {
  let k = 1
  while (2 * k < n) k *= 2
  return k
}

function rootOf(from: number, to: number, leafAt: LeafAt, digest: SmallDigest): Uint8Array {
  const edge = new MerkleEdge(digest)
  for (let at = from; at < to; at++) edge.appendLeaf(merkleLeaf(leafAt(at), digest))
  return edge.root()
}
