import { DeflateError } from './deflate-format.ts'

export const LITERAL_BITS = 10
export const DISTANCE_BITS = 8
const MOST_BITS = 15

/** A Huffman code: short ones by table, longer ones bit by bit. */
export class HuffmanCode {
  /** `symbol << 4 | length`, by the next bits; 0 for a longer code, and for bits that are no code. */
  readonly table: Uint16Array
  readonly bits: number
  readonly counts = new Uint16Array(MOST_BITS + 1)
  readonly symbols = new Uint16Array(288)
  readonly #next = new Uint16Array(MOST_BITS + 1)
  readonly #offsets = new Uint16Array(MOST_BITS + 1)

  constructor(bits: number) {
    this.bits = bits
    this.table = new Uint16Array(1 << bits)
  }

  /**
   * Builds it from the lengths of `count` symbols.
   * @returns how zlib sees it: a code that is not complete is taken only when it has one symbol of one bit, or none
   */
  build(lengths: Uint8Array, from: number, count: number, isForLengths: boolean): boolean {
    const { table, counts, symbols, bits } = this
    counts.fill(0)
    for (let i = 0; i < count; i++)
      counts[lengths[from + i] as number] = (counts[lengths[from + i] as number] as number) + 1
    counts[0] = 0
    let left = 1
    let longest = 0
    for (let length = 1; length <= MOST_BITS; length++) {
      left = (left << 1) - (counts[length] as number)
      if (left < 0) return false
      if (counts[length] !== 0) longest = length
    }
    table.fill(0)
    if (longest === 0) {
      // zlib reads such a code of code lengths as a zero for each bit.
      if (isForLengths) table.fill(1)
      return true
    }
    if (left > 0 && (isForLengths || longest !== 1)) return false
    const next = this.#next
    const offsets = this.#offsets
    let code = 0
    let offset = 0
    for (let length = 1; length <= MOST_BITS; length++) {
      code = (code + (counts[length - 1] as number)) << 1
      next[length] = code
      offsets[length] = offset
      offset += counts[length] as number
    }
    for (let symbol = 0; symbol < count; symbol++) {
      const length = lengths[from + symbol] as number
      if (length === 0) continue
      symbols[offsets[length] as number] = symbol
      offsets[length] = (offsets[length] as number) + 1
      const own = next[length] as number
      next[length] = own + 1
      if (length > bits) continue
      let reversed = 0
      for (let bit = 0; bit < length; bit++) reversed |= ((own >> bit) & 1) << (length - 1 - bit)
      const entry = (symbol << 4) | length
      for (let at = reversed; at < table.length; at += 1 << length) table[at] = entry
    }
    return true
  }
}

function fixedCode(bits: number, lengths: (symbol: number) => number, count: number): HuffmanCode {
  const code = new HuffmanCode(bits)
  code.build(
    Uint8Array.from({ length: count }, (_, symbol) => lengths(symbol)),
    0,
    count,
    false,
  )
  return code
}

/** RFC 1951 §3.2.6. Symbols 286, 287 and distances 30, 31 take part in the code and are never valid. */
export const FIXED_LITERALS = fixedCode(LITERAL_BITS, (n) => (n < 144 ? 8 : n < 256 ? 9 : n < 280 ? 7 : 8), 288)
export const FIXED_DISTANCES = fixedCode(DISTANCE_BITS, () => 5, 32)

/**
 * A code longer than the table's bits, bit by bit (RFC 1951 §3.2.2).
 * @returns `symbol << 4 | length`
 */
export function longCode({ counts, symbols }: HuffmanCode, hold: number, bits: number): number {
  let code = 0
  let first = 0
  let index = 0
  // A code of one symbol, or none, is no code from its first bit on.
  const most = hasShortCodesOnly(counts) ? 1 : MOST_BITS
  for (let length = 1; length <= most; length++) {
    if (length > bits) throw new DeflateError('ends early')
    code |= (hold >>> (length - 1)) & 1
    const count = counts[length] as number
    if (code - count < first) return ((symbols[index + (code - first)] as number) << 4) | length
    index += count
    first = (first + count) << 1
    code <<= 1
  }
  throw new DeflateError('damaged')
}

function hasShortCodesOnly(counts: Uint16Array): boolean {
  for (let length = 2; length <= MOST_BITS; length++) if (counts[length] !== 0) return false
  return true
}
