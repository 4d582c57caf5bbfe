const OCTETS = 32

/** SHA-256 of nothing: what all empty files have in common says nothing about them. */
export const EMPTY_FILE = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'

/**
 * SHA-256 values, packed one behind the other, to be looked up. In sorted order and found by halving: what stands in a
 * stub or a manifest is chosen by whoever wrote it, and any hash without a secret could be made to collide.
 */
export class DigestTable {
  readonly packed: Uint8Array
  readonly count: number
  readonly #order: Uint32Array

  /** @param packed 32 octets for each digest. Shares memory. */
  constructor(packed: Uint8Array) {
    if (packed.length % OCTETS !== 0) throw new TypeError('digests are 32 octets each')
    this.packed = packed
    this.count = packed.length / OCTETS
    this.#order = sortedOrder(packed)
  }

  /** Number of the first equal digest, from 0; -1 for none. `at`: offset of the 32 octets in `bytes`. */
  indexOf(bytes: Uint8Array, at = 0): number {
    let low = 0
    let high = this.count
    while (low < high) {
      const middle = (low + high) >>> 1
      if (compareAt(this.packed, (this.#order[middle] ?? 0) * OCTETS, bytes, at) < 0) low = middle + 1
      else high = middle
    }
    const found = this.#order[low]
    return found !== undefined && compareAt(this.packed, found * OCTETS, bytes, at) === 0 ? found : -1
  }

  /** How many of these packed digests are here too. */
  countShared(packed: Uint8Array): number {
    let shared = 0
    for (let at = 0; at < packed.length; at += OCTETS) if (this.indexOf(packed, at) !== -1) shared++
    return shared
  }
}

/** Numbers of packed digests in their order, equal ones in their own: by the first two octets, then within these. */
function sortedOrder(packed: Uint8Array): Uint32Array {
  const count = packed.length / OCTETS
  const head = (at: number) => ((packed[at * OCTETS] ?? 0) << 8) | (packed[at * OCTETS + 1] ?? 0)
  const starts = new Uint32Array(HEADS + 1)
  for (let at = 0; at < count; at++) starts[head(at) + 1] = (starts[head(at) + 1] ?? 0) + 1
  for (let bucket = 1; bucket <= HEADS; bucket++) starts[bucket] = (starts[bucket] ?? 0) + (starts[bucket - 1] ?? 0)
  const order = new Uint32Array(count)
  const next = starts.slice()
  for (let at = 0; at < count; at++) {
    const place = next[head(at)] ?? 0
    order[place] = at
    next[head(at)] = place + 1
  }
  for (let bucket = 0; bucket < HEADS; bucket++) {
    const [from, to] = [starts[bucket] ?? 0, starts[bucket + 1] ?? 0]
    if (to - from > 1)
      order.subarray(from, to).sort((a, b) => compareAt(packed, a * OCTETS, packed, b * OCTETS) || a - b)
  }
  return order
}

/** Two octets: of a million digests some fifteen are in each. */
const HEADS = 65_536

/** Order of the 32 octets at two places. */
function compareAt(a: Uint8Array, atA: number, b: Uint8Array, atB: number): number {
  for (let i = 0; i < OCTETS; i++) {
    const difference = (a[atA + i] ?? 0) - (b[atB + i] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}

/** The first position below `count` at which two packed lists differ; null when they do not. */
export function firstDifference(a: Uint8Array, b: Uint8Array, count: number): number | null {
  for (let at = 0; at < count; at++) if (compareAt(a, at * OCTETS, b, at * OCTETS) !== 0) return at
  return null
}
