import { refuseLimit, refusePdf } from './pdf-error.ts'

// DEFLATE (RFC 1951) in its zlib wrapper (RFC 1950), as FlateDecode has it. The platform's own cannot be asked here, and
// the one that pdf-lib brings has no limit on what comes out.

const LENGTH_BASE = [
  3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258,
]
const LENGTH_EXTRA = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0]
const DISTANCE_BASE = [
  1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145,
  8193, 12289, 16385, 24577,
]
const DISTANCE_EXTRA = [
  0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13,
]
/** RFC 1951 §3.2.7 */
const CODE_LENGTH_ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]
const LONGEST = 15

/** For each length: where its codes begin, and which symbols they are, in order (RFC 1951 §3.2.2). */
interface Codes {
  readonly counts: Uint16Array
  readonly symbols: Uint16Array
}

function codesOf(lengths: Uint8Array): Codes {
  const counts = new Uint16Array(LONGEST + 1)
  for (const length of lengths) counts[length] = (counts[length] ?? 0) + 1
  counts[0] = 0
  const offsets = new Uint16Array(LONGEST + 2)
  for (let length = 1; length <= LONGEST; length++) offsets[length + 1] = (offsets[length] ?? 0) + (counts[length] ?? 0)
  const symbols = new Uint16Array(lengths.length)
  for (const [symbol, length] of lengths.entries()) {
    if (length === 0) continue
    const place = offsets[length] ?? 0
    symbols[place] = symbol
    offsets[length] = place + 1
  }
  return { counts, symbols }
}

/** Whether no code is given twice: a code that is given to nobody is refused when it is met. */
function isSound({ counts }: Codes): boolean {
  let left = 1
  for (let length = 1; length <= LONGEST; length++) {
    left = left * 2 - (counts[length] ?? 0)
    if (left < 0) return false
  }
  return true
}

let fixed: readonly [Codes, Codes] | undefined
function fixedCodes(): readonly [Codes, Codes] {
  if (fixed === undefined) {
    const lengths = new Uint8Array(288).fill(8, 0, 144).fill(9, 144, 256).fill(7, 256, 280).fill(8, 280)
    fixed = [codesOf(lengths), codesOf(new Uint8Array(30).fill(5))]
  }
  return fixed
}

class Inflating {
  readonly #bytes: Uint8Array
  readonly #limit: number
  readonly #offset: number
  #at: number
  #bits = 0
  #held = 0
  #out: Uint8Array
  #length = 0

  constructor(bytes: Uint8Array, start: number, limit: number, offset: number, stated: number) {
    this.#bytes = bytes
    this.#at = start
    this.#limit = limit
    this.#offset = offset
    this.#out = new Uint8Array(Math.min(limit, stated > 0 ? stated : Math.max(1024, bytes.length * 4)))
  }

  /** The content, and where its last byte was read. */
  run(): { readonly content: Uint8Array; readonly end: number } {
    for (let last = false; !last; ) {
      last = this.#take(1) === 1
      const kind = this.#take(2)
      if (kind === 0) this.#stored()
      else if (kind === 1) this.#coded(...fixedCodes())
      else if (kind === 2) this.#coded(...this.#dynamicCodes())
      else this.#refuse('a block of a kind that there is not')
    }
    return { content: this.#out.subarray(0, this.#length), end: this.#at }
  }

  #refuse(found: string): never {
    refusePdf('FlateDecode', this.#offset + this.#at, { found })
  }

  #take(count: number): number {
    while (this.#held < count) {
      const byte = this.#bytes[this.#at]
      if (byte === undefined) this.#refuse('cut off')
      this.#bits |= byte << this.#held
      this.#held += 8
      this.#at += 1
    }
    const value = this.#bits & ((1 << count) - 1)
    this.#bits >>>= count
    this.#held -= count
    return value
  }

  #symbol({ counts, symbols }: Codes): number {
    let code = 0
    let first = 0
    let index = 0
    for (let length = 1; length <= LONGEST; length++) {
      code |= this.#take(1)
      const count = counts[length] ?? 0
      if (code - count < first) return symbols[index + code - first] ?? 0
      index += count
      first = (first + count) << 1
      code <<= 1
    }
    return this.#refuse('a code that stands for nothing')
  }

  #room(count: number): void {
    const needed = this.#length + count
    if (needed > this.#limit) refuseLimit('FlateDecode', this.#offset)
    if (needed <= this.#out.length) return
    const grown = new Uint8Array(Math.min(this.#limit, Math.max(needed, this.#out.length * 2)))
    grown.set(this.#out.subarray(0, this.#length))
    this.#out = grown
  }

  #stored(): void {
    this.#bits = 0
    this.#held = 0
    const [a, b, c, d] = this.#bytes.subarray(this.#at, this.#at + 4)
    if (a === undefined || b === undefined || c === undefined || d === undefined) this.#refuse('cut off')
    const length = a | (b << 8)
    if ((length ^ 0xffff) !== (c | (d << 8))) this.#refuse('a stored block whose length is not its length')
    this.#at += 4
    if (this.#at + length > this.#bytes.length) this.#refuse('cut off')
    this.#room(length)
    this.#out.set(this.#bytes.subarray(this.#at, this.#at + length), this.#length)
    this.#at += length
    this.#length += length
  }

  #coded(literals: Codes, distances: Codes): void {
    for (;;) {
      const symbol = this.#symbol(literals)
      if (symbol === 256) return
      if (symbol < 256) {
        this.#room(1)
        this.#out[this.#length] = symbol
        this.#length += 1
        continue
      }
      const base = LENGTH_BASE[symbol - 257]
      if (base === undefined) this.#refuse('a length that there is not')
      const length = base + this.#take(LENGTH_EXTRA[symbol - 257] ?? 0)
      const far = this.#symbol(distances)
      const near = DISTANCE_BASE[far]
      if (near === undefined) this.#refuse('a distance that there is not')
      const distance = near + this.#take(DISTANCE_EXTRA[far] ?? 0)
      if (distance > this.#length) this.#refuse('a distance before the beginning')
      this.#room(length)
      const out = this.#out
      for (let to = this.#length, end = to + length; to < end; to++) out[to] = out[to - distance] ?? 0
      this.#length += length
    }
  }

  #dynamicCodes(): [Codes, Codes] {
    const literalCount = this.#take(5) + 257
    const distanceCount = this.#take(5) + 1
    const lengthCount = this.#take(4) + 4
    if (literalCount > 286 || distanceCount > 30) this.#refuse('more codes than there are')
    const own = new Uint8Array(19)
    for (let index = 0; index < lengthCount; index++) own[CODE_LENGTH_ORDER[index] ?? 0] = this.#take(3)
    const codes = this.#sound(codesOf(own))
    const lengths = new Uint8Array(literalCount + distanceCount)
    for (let index = 0; index < lengths.length; ) {
      const symbol = this.#symbol(codes)
      if (symbol < 16) {
        lengths[index] = symbol
        index += 1
        continue
      }
      if (symbol === 16 && index === 0) this.#refuse('a repetition of nothing')
      const value = symbol === 16 ? (lengths[index - 1] ?? 0) : 0
      const times = symbol === 16 ? 3 + this.#take(2) : symbol === 17 ? 3 + this.#take(3) : 11 + this.#take(7)
      if (index + times > lengths.length) this.#refuse('more codes than there are')
      lengths.fill(value, index, index + times)
      index += times
    }
    if (lengths[256] === 0) this.#refuse('a block without an end')
    return [
      this.#sound(codesOf(lengths.subarray(0, literalCount))),
      this.#sound(codesOf(lengths.subarray(literalCount))),
    ]
  }

  #sound(codes: Codes): Codes {
    if (!isSound(codes)) this.#refuse('codes that overlap')
    return codes
  }
}

/** RFC 1950 §8.2 */
function adler32(bytes: Uint8Array): number {
  let [a, b] = [1, 0]
  // 5552 bytes are as many as can be summed up before 32 bits run over.
  for (let start = 0; start < bytes.length; start += 5552) {
    const end = Math.min(start + 5552, bytes.length)
    for (let at = start; at < end; at++) {
      a += bytes[at] ?? 0
      b += a
    }
    a %= 65521
    b %= 65521
  }
  return b * 65536 + a
}

/**
 * The content of a zlib stream. Bytes behind it are left alone, as writers put line ends there.
 * @param limit of the content, in bytes
 * @param offset of the stream in its file, for errors
 * @param stated how long somebody says the content is: so much room is made at first
 * @throws ParseError ERR_PDF_STRUCTURE for what is no such stream or has another check value; ERR_LIMIT
 */
export function inflateZlib(bytes: Uint8Array, limit: number, offset: number, stated = 0): Uint8Array {
  const [method = 0, flags = 0] = bytes
  if ((method & 0x0f) !== 8 || method >> 4 > 7 || (method * 256 + flags) % 31 !== 0 || (flags & 0x20) !== 0)
    refusePdf('FlateDecode', offset, { expected: 'zlib, RFC 1950' })
  const { content, end } = new Inflating(bytes, 2, limit, offset, stated).run()
  const [a, b, c, d] = bytes.subarray(end, end + 4)
  if (a === undefined || b === undefined || c === undefined || d === undefined)
    refusePdf('FlateDecode', offset + end, { found: 'cut off' })
  if (a * 0x1000000 + b * 0x10000 + c * 0x100 + d !== adler32(content))
    refusePdf('FlateDecode', offset + end, { expected: 'the check value of its content' })
  return content
}
