import { merkleLeaf, merkleNode, type SmallDigest } from '@probatum/core'

const OCTETS = 32

/**
 * The Merkle tree (RFC 9162 §2.1) over the line digests of a log with its complete subtrees kept, so that many roots and
 * proofs cost no more than one: 64 octets a line.
 */
export class LogTree {
  readonly #digest: SmallDigest
  /** Level h holds the roots of the complete subtrees of 2^h leaves, packed. */
  readonly #levels: { bytes: Uint8Array; count: number }[] = []

  constructor(digest: SmallDigest) {
    this.#digest = digest
  }

  get size(): number {
    return this.#levels[0]?.count ?? 0
  }

  append(lineDigest: Uint8Array): void {
    let node = merkleLeaf(lineDigest, this.#digest)
    for (let height = 0; ; height++) {
      this.#levels[height] ??= { bytes: new Uint8Array(16 * OCTETS), count: 0 }
      const level = this.#levels[height] as { bytes: Uint8Array; count: number }
      if ((level.count + 1) * OCTETS > level.bytes.length) {
        const grown = new Uint8Array(level.bytes.length * 2)
        grown.set(level.bytes)
        level.bytes = grown
      }
      level.bytes.set(node, level.count * OCTETS)
      level.count += 1
      if (level.count % 2 === 1) return
      node = merkleNode(this.#node(height, level.count - 2), node, this.#digest)
    }
  }

  /** Root over the first so many lines; default all. Throws RangeError beyond them. */
  root(size: number = this.size): Uint8Array {
    if (size === 0) return this.#digest('sha256', new Uint8Array(0))
    return this.#range(0, size)
  }

  /** RFC 9162 §2.1.4.1, as proofs.jsonl has it. Throws RangeError unless 0 < first ≤ second ≤ size. */
  consistencyPath(first: number, second: number = this.size): Uint8Array[] {
    if (first < 1 || first > second || second > this.size)
      throw new RangeError(`no consistency from ${first} to ${second}`)
    const path: Uint8Array[] = []
    let from = 0
    let to = second
    let known = true
    while (first !== to) {
      const middle = from + splitOf(to - from)
      if (first <= middle) {
        path.push(this.#range(middle, to))
        to = middle
      } else {
        path.push(this.#range(from, middle))
        from = middle
        known = false
      }
    }
    if (!known) path.push(this.#range(from, to))
    return path.reverse()
  }

  /** RFC 9162 §2.1.3.1, lowest node first. Throws RangeError when there is no such line. */
  inclusionPath(index: number, size: number = this.size): Uint8Array[] {
    if (index < 0 || index >= size || size > this.size) throw new RangeError(`no line ${index} among ${size}`)
    const path: Uint8Array[] = []
    let from = 0
    let to = size
    while (to - from > 1) {
      const middle = from + splitOf(to - from)
      if (index < middle) {
        path.push(this.#range(middle, to))
        to = middle
      } else {
        path.push(this.#range(from, middle))
        from = middle
      }
    }
    return path.reverse()
  }

  #node(height: number, index: number): Uint8Array {
    const level = this.#levels[height]
    if (level === undefined || index >= level.count) throw new RangeError(`no subtree ${index} of height ${height}`)
    return level.bytes.subarray(index * OCTETS, (index + 1) * OCTETS)
  }

  /** Root over lines from..to, where `from` begins a subtree at least as large: all ranges that the RFC's splits make. */
  #range(from: number, to: number): Uint8Array {
    const length = to - from
    const height = Math.log2(length)
    if (Number.isInteger(height)) return this.#node(height, from / length)
    const middle = from + splitOf(length)
    return merkleNode(this.#range(from, middle), this.#range(middle, to), this.#digest)
  }
}

/** The largest power of two below n. */
function splitOf(n: number): number {
  let k = 1
  while (2 * k < n) k *= 2
  return k
}
