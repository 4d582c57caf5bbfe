import { DeflateError, DISTANCE_BASE, DISTANCE_EXTRA, LENGTH_BASE, LENGTH_EXTRA, ORDER } from './deflate-format.ts'
import { DISTANCE_BITS, FIXED_DISTANCES, FIXED_LITERALS, HuffmanCode, LITERAL_BITS, longCode } from './huffman-code.ts'

/** A match can lie this far back (RFC 1951 §3.2.5). */
const WINDOW = 32_768
const PIECE = 262_144

/** RFC 1951 §3.2.7: 14 bits, 19 lengths of 3, and at most 320 codes of 7 bits with 7 more: 571 bytes. */
const HEADER_BYTES = 600

/** One length and distance with all their bits are 48. */
const SYMBOL_BYTES = 8
const END_OF_BLOCK = 256

type Mode = 'header' | 'stored' | 'codes' | 'ended'

/**
 * Raw DEFLATE (RFC 1951), as strict as zlib: what Node refuses is refused here, for the same one of three reasons, so that
 * reports are the same everywhere. fflate takes incomplete codes, does not say where the stream ends, and grows without a
 * bound; DecompressionStream gives its reasons in words that every browser chooses for itself.
 */
export class InflateStream {
  #input: Uint8Array = new Uint8Array(0)
  #at = 0
  #isLast = false
  #hold = 0
  #bits = 0
  #mode: Mode = 'header'
  #isLastBlock = false
  #storedLeft = 0
  /** Of a match that did not fit into the piece. */
  #matchLeft = 0
  #matchDistance = 0
  readonly #out = new Uint8Array(WINDOW + PIECE)
  #outAt = WINDOW
  /** Bytes before `#outAt` that a match may reach. */
  #history = 0
  readonly #lengths = new Uint8Array(320)
  readonly #lengthCode = new HuffmanCode(7)
  readonly #ownLiterals = new HuffmanCode(LITERAL_BITS)
  readonly #ownDistances = new HuffmanCode(DISTANCE_BITS)
  #literals = FIXED_LITERALS
  #distances = FIXED_DISTANCES

  /** Begins another stream. */
  reset(): void {
    this.#input = new Uint8Array(0)
    this.#at = 0
    this.#isLast = false
    this.#hold = 0
    this.#bits = 0
    this.#mode = 'header'
    this.#isLastBlock = false
    this.#storedLeft = 0
    this.#matchLeft = 0
    this.#outAt = WINDOW
    this.#history = 0
  }

  /** Further input, which must not be altered until the next call. */
  give(bytes: Uint8Array): void {
    // Whole bytes that were taken too early go back, so that they can be given up at the end of the stream.
    this.#at -= this.#bits >> 3
    this.#bits &= 7
    this.#hold &= (1 << this.#bits) - 1
    const left = this.#input.length - this.#at
    if (left === 0) this.#input = bytes
    else {
      const joined = new Uint8Array(left + bytes.length)
      joined.set(this.#input.subarray(this.#at))
      joined.set(bytes, left)
      this.#input = joined
    }
    this.#at = 0
  }

  /** There is no further input. */
  end(): void {
    this.#isLast = true
  }

  /**
   * Goes on until a piece of output is full.
   * @returns the piece, which the next call overwrites; `input` when it needs more; `ended` behind the last byte
   * @throws {DeflateError}
   */
  run(): Uint8Array | 'input' | 'ended' {
    const out = this.#out
    if (this.#outAt === out.length) {
      out.copyWithin(0, out.length - WINDOW)
      this.#outAt = WINDOW
    }
    const from = this.#outAt
    const answer = this.#advance()
    this.#history = Math.min(WINDOW, this.#history + this.#outAt - from)
    if (this.#outAt > from) return out.subarray(from, this.#outAt)
    if (answer === 'ended' && this.#input.length - this.#at > 0) {
      throw new DeflateError('bytes behind the end of the stream')
    }
    return answer
  }

  #advance(): 'input' | 'ended' {
    const { length } = this.#out
    const from = this.#outAt
    while (this.#outAt < length) {
      const available = this.#input.length - this.#at
      if (this.#mode === 'header') {
        if (available < HEADER_BYTES && !this.#isLast) return 'input'
        this.#readHeader()
      } else if (this.#mode === 'stored') {
        if (available === 0) {
          if (this.#isLast) throw new DeflateError('ends early')
          return 'input'
        }
        const take = Math.min(available, this.#storedLeft, length - this.#outAt)
        this.#out.set(this.#input.subarray(this.#at, this.#at + take), this.#outAt)
        this.#at += take
        this.#outAt += take
        this.#storedLeft -= take
        if (this.#storedLeft === 0) this.#endBlock()
      } else if (this.#mode === 'codes') {
        if (available < SYMBOL_BYTES && !this.#isLast && this.#matchLeft === 0) return 'input'
        this.#decode(this.#history - from)
      } else return 'ended'
    }
    return this.#mode === 'ended' ? 'ended' : 'input'
  }

  #endBlock(): void {
    this.#mode = 'header'
    if (!this.#isLastBlock) return
    this.#mode = 'ended'
    // Whole bytes that were taken too early belong to what is behind the stream.
    this.#at -= this.#bits >> 3
    this.#hold = 0
    this.#bits = 0
  }

  /** @throws {DeflateError} when the input ends before */
  #take(count: number): number {
    while (this.#bits < count) {
      if (this.#at === this.#input.length) throw new DeflateError('ends early')
      this.#hold |= (this.#input[this.#at++] as number) << this.#bits
      this.#bits += 8
    }
    const value = this.#hold & ((1 << count) - 1)
    this.#hold >>>= count
    this.#bits -= count
    return value
  }

  #readHeader(): void {
    // zlib wants all three bits before it looks at one.
    const bits = this.#take(3)
    this.#isLastBlock = (bits & 1) === 1
    const type = bits >> 1
    if (type === 0) {
      // RFC 1951 §3.2.4: the rest of the byte is ignored.
      this.#hold >>>= this.#bits & 7
      this.#bits -= this.#bits & 7
      const length = this.#take(16)
      if (length !== (this.#take(16) ^ 0xffff)) throw new DeflateError('damaged')
      // What the hold still has are whole bytes of the content.
      this.#at -= this.#bits >> 3
      this.#hold = 0
      this.#bits = 0
      this.#storedLeft = length
      this.#mode = 'stored'
      if (length === 0) this.#endBlock()
    } else if (type === 1) {
      this.#literals = FIXED_LITERALS
      this.#distances = FIXED_DISTANCES
      this.#mode = 'codes'
    } else if (type === 2) {
      this.#readCodes()
      this.#literals = this.#ownLiterals
      this.#distances = this.#ownDistances
      this.#mode = 'codes'
    } else throw new DeflateError('damaged')
  }

  /** RFC 1951 §3.2.7. */
  #readCodes(): void {
    const lengths = this.#lengths
    const counts = this.#take(14)
    const literals = (counts & 31) + 257
    const distances = ((counts >> 5) & 31) + 1
    const own = (counts >> 10) + 4
    if (literals > 286 || distances > 30) throw new DeflateError('damaged')
    lengths.fill(0)
    for (let i = 0; i < own; i++) lengths[ORDER[i] as number] = this.#take(3)
    if (!this.#lengthCode.build(lengths, 0, 19, true)) throw new DeflateError('damaged')
    const total = literals + distances
    let before = 0
    for (let have = 0; have < total; ) {
      const { symbol, length } = this.#peekLength()
      if (symbol < 16) {
        this.#take(length)
        lengths[have++] = before = symbol
        continue
      }
      const extra = symbol === 16 ? 2 : symbol === 17 ? 3 : 7
      const repeat = (this.#take(length + extra) >> length) + (symbol === 18 ? 11 : 3)
      if (symbol !== 16) before = 0
      else if (have === 0) throw new DeflateError('damaged')
      if (have + repeat > total) throw new DeflateError('damaged')
      lengths.fill(before, have, have + repeat)
      have += repeat
    }
    if (lengths[END_OF_BLOCK] === 0) throw new DeflateError('damaged')
    if (!this.#ownLiterals.build(lengths, 0, literals, false)) throw new DeflateError('damaged')
    if (!this.#ownDistances.build(lengths, literals, distances, false)) throw new DeflateError('damaged')
  }

  #peekLength(): { readonly symbol: number; readonly length: number } {
    for (;;) {
      const entry = this.#lengthCode.table[this.#hold & 127] as number
      const length = entry & 15
      if (length <= this.#bits) return { symbol: entry >> 4, length }
      if (this.#at === this.#input.length) throw new DeflateError('ends early')
      this.#hold |= (this.#input[this.#at++] as number) << this.#bits
      this.#bits += 8
    }
  }

  /**
   * Symbols until the output is full, the block ends or more input is needed.
   * @param reach to be added to a place in `#out`: how far back a match may go from there
   */
  #decode(reach: number): void {
    const out = this.#out
    const input = this.#input
    const literals = this.#literals
    const distances = this.#distances
    const literalTable = literals.table
    const distanceTable = distances.table
    const outEnd = out.length
    const inputEnd = input.length
    // Below this many bytes a symbol may not be whole; behind the last input there is nothing to wait for.
    const inputStop = this.#isLast ? inputEnd + 1 : inputEnd - SYMBOL_BYTES
    let at = this.#at
    let outAt = this.#outAt
    let hold = this.#hold
    let bits = this.#bits
    let left = this.#matchLeft
    let distance = this.#matchDistance
    let isAtEnd = false
    try {
      for (;;) {
        if (left > 0) {
          const take = Math.min(left, outEnd - outAt)
          let source = outAt - distance
          const stop = outAt + take
          if (distance >= take && take > 32) {
            out.copyWithin(outAt, source, source + take)
            outAt = stop
          } else while (outAt < stop) out[outAt++] = out[source++] as number
          left -= take
          if (left > 0) return
        }
        if (outAt === outEnd || at > inputStop) return
        while (bits < 24 && at < inputEnd) {
          hold |= (input[at++] as number) << bits
          bits += 8
        }
        let entry = literalTable[hold & ((1 << LITERAL_BITS) - 1)] as number
        if (entry === 0) entry = longCode(literals, hold, bits)
        let used = entry & 15
        if (used > bits) throw new DeflateError('ends early')
        hold >>>= used
        bits -= used
        const symbol = entry >> 4
        if (symbol < END_OF_BLOCK) {
          out[outAt++] = symbol
          continue
        }
        if (symbol === END_OF_BLOCK) {
          isAtEnd = true
          return
        }
        if (symbol > 285) throw new DeflateError('damaged')
        let extra = LENGTH_EXTRA[symbol - 257] as number
        if (extra > bits) throw new DeflateError('ends early')
        const length = (LENGTH_BASE[symbol - 257] as number) + (hold & ((1 << extra) - 1))
        hold >>>= extra
        bits -= extra
        while (bits < 24 && at < inputEnd) {
          hold |= (input[at++] as number) << bits
          bits += 8
        }
        entry = distanceTable[hold & ((1 << DISTANCE_BITS) - 1)] as number
        if (entry === 0) entry = longCode(distances, hold, bits)
        used = entry & 15
        if (used > bits) throw new DeflateError('ends early')
        hold >>>= used
        bits -= used
        const place = entry >> 4
        if (place > 29) throw new DeflateError('damaged')
        while (bits < 24 && at < inputEnd) {
          hold |= (input[at++] as number) << bits
          bits += 8
        }
        extra = DISTANCE_EXTRA[place] as number
        if (extra > bits) throw new DeflateError('ends early')
        distance = (DISTANCE_BASE[place] as number) + (hold & ((1 << extra) - 1))
        hold >>>= extra
        bits -= extra
        if (distance > outAt + reach) throw new DeflateError('damaged')
        left = length
      }
    } finally {
      this.#at = at
      this.#outAt = outAt
      this.#hold = hold
      this.#bits = bits
      this.#matchLeft = left
      this.#matchDistance = distance
      if (isAtEnd) this.#endBlock()
    }
  }
}
