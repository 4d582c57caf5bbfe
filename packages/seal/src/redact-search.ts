import { decodeUtf8 } from '@probatum/core'
import type { SealableFile } from './bundle-sink.ts'
import { base64Digit, type DigitBits, type Needle, type NeedleForm } from './redact-needles.ts'

/** Something that is looked for, under a name that the searcher gives back. */
export interface Wanted<Key> {
  readonly key: Key
  readonly needles: readonly Needle[]
}

export interface Hit<Key> {
  readonly key: Key
  readonly form: NeedleForm
  /** Path of the file. */
  readonly path: string
  readonly offset: number
}

/** ASCII letters are looked for in either case: everything else has its own needle. */
const FOLDED = Uint8Array.from({ length: 256 }, (_, octet) => (octet >= 0x41 && octet <= 0x5a ? octet + 32 : octet))

/** Below this a needle in the middle of binary data says nothing: it counts where text is around it. */
const SHORT = 8
const AROUND = 6
const BITS = 24
/** Octets of a needle that are compared before it is looked up by all of them. */
const BEGINNING = 8

interface Entry<Key> {
  readonly key: Key
  readonly needle: Needle
}

/** Looks for very many byte strings in one pass. */
export class Search<Key> {
  /** Lengths of the needles of fewer than eight octets that begin with these four. */
  readonly #short = new Map<number, number[]>()
  /** Lengths of the others, by a hash of their first eight: one that another shares costs a look-up, and no more. */
  readonly #lengths = new Map<number, number[]>()
  /** Needles by all of their octets. */
  readonly #needles = new Map<string, Entry<Key>[]>()
  readonly #first = new Uint8Array(1 << (BITS - 3))
  readonly #second = new Uint8Array(1 << (BITS - 3))
  #longest = 0

  constructor(wanted: Iterable<Wanted<Key>>) {
    for (const { key, needles } of wanted) for (const needle of needles) this.#add(key, needle)
  }

  #add(key: Key, needle: Needle): void {
    const { bytes } = needle
    const start = startOf(bytes, 0)
    setBit(this.#first, hashOf(start))
    if (bytes.length < BEGINNING) addTo(this.#short, start, bytes.length)
    else {
      const beginning = mixed(start, startOf(bytes, 4))
      setBit(this.#second, beginning >>> (32 - BITS))
      addTo(this.#lengths, beginning, bytes.length)
    }
    const text = latin1(bytes, 0, bytes.length)
    const entries = this.#needles.get(text)
    if (entries === undefined) this.#needles.set(text, [{ key, needle }])
    else entries.push({ key, needle })
    this.#longest = Math.max(this.#longest, bytes.length)
  }

  /** Calls `onHit` for every place where a needle stands. */
  async file(path: string, file: SealableFile, onHit: (hit: Hit<Key>) => void): Promise<void> {
    if (this.#longest === 0) return
    let kept: Uint8Array = new Uint8Array(0)
    let offset = 0
    // Octets before `at` were looked at; AROUND of them stay, for what stands after them.
    let at = 0
    const scan = (isLast: boolean) => {
      const until = kept.length - (isLast ? 3 : this.#longest + AROUND)
      if (until > at) {
        this.#scan(kept, at, until, path, offset, onHit)
        at = until
      }
    }
    for await (const piece of file.open()) {
      const drop = Math.max(0, at - AROUND)
      const joined = new Uint8Array(kept.length - drop + piece.length)
      joined.set(kept.subarray(drop))
      joined.set(piece, kept.length - drop)
      kept = joined
      offset += drop
      at -= drop
      scan(false)
    }
    scan(true)
  }

  #scan(
    bytes: Uint8Array,
    from: number,
    to: number,
    path: string,
    offset: number,
    onHit: (hit: Hit<Key>) => void,
  ): void {
    const first = this.#first
    const second = this.#second
    let start = 0
    for (let at = from; at < from + 3; at++) start = (start << 8) | (FOLDED[bytes[at] ?? 0] ?? 0)
    for (let at = from; at < to; at++) {
      start = (start << 8) | (FOLDED[bytes[at + 3] ?? 0] as number)
      if (!hasBit(first, hashOf(start))) continue
      const short = this.#short.get(start)
      if (short !== undefined) this.#lookUp(bytes, at, short, path, offset, onHit)
      const beginning = mixed(start, startOf(bytes, at + 4))
      if (!hasBit(second, beginning >>> (32 - BITS))) continue
      const lengths = this.#lengths.get(beginning)
      if (lengths !== undefined) this.#lookUp(bytes, at, lengths, path, offset, onHit)
    }
  }

  #lookUp(
    bytes: Uint8Array,
    at: number,
    lengths: readonly number[],
    path: string,
    offset: number,
    onHit: (hit: Hit<Key>) => void,
  ): void {
    for (const length of lengths) {
      if (at + length > bytes.length) continue
      const entries = this.#needles.get(latin1(bytes, at, at + length))
      if (entries === undefined) continue
      if (length < SHORT && !isAmongText(bytes, at, at + length)) continue
      let found: Key | undefined
      for (const { key, needle } of entries) {
        if (key === found || !digitsFit(bytes, at, needle)) continue
        found = key
        onHit({ key, form: needle.form, path, offset: offset + at })
      }
    }
  }
}

function digitsFit(bytes: Uint8Array, at: number, { bytes: { length }, before, after }: Needle): boolean {
  return hasBits(bytes[at - 1], before) && hasBits(bytes[at + length], after)
}

function hasBits(character: number | undefined, wanted: DigitBits | undefined): boolean {
  if (wanted === undefined) return true
  const digit = character === undefined ? undefined : base64Digit(character)
  return digit !== undefined && (digit & wanted.mask) === wanted.bits
}

function addTo(lengths: Map<number, number[]>, beginning: number, length: number): void {
  const known = lengths.get(beginning)
  if (known === undefined) lengths.set(beginning, [length])
  else if (!known.includes(length)) known.push(length)
}

function setBit(bits: Uint8Array, bit: number): void {
  bits[bit >>> 3] = (bits[bit >>> 3] ?? 0) | (1 << (bit & 7))
}

const hasBit = (bits: Uint8Array, bit: number) => ((bits[bit >>> 3] as number) & (1 << (bit & 7))) !== 0

/** Of the first four octets and the next four. */
const mixed = (start: number, next: number) =>
  (Math.imul(start, 0x9e3779b1) ^ Math.imul(next, 0x85ebca6b) ^ (Math.imul(next, 0xc2b2ae35) >>> 15)) >>> 0

const hashOf = (start: number) => Math.imul(start, 0x9e3779b1) >>> (32 - BITS)

function startOf(bytes: Uint8Array, at: number): number {
  let start = 0
  for (let index = at; index < at + 4; index++) start = (start << 8) | (FOLDED[bytes[index] ?? 0] ?? 0)
  return start
}

/** Folded octets as characters. Needles are short enough for one call. */
function latin1(bytes: Uint8Array, from: number, to: number): string {
  const folded = bytes.slice(from, to)
  for (let at = 0; at < folded.length; at++) folded[at] = FOLDED[folded[at] as number] as number
  return String.fromCharCode.apply(null, folded as unknown as number[])
}

/** Whether the octets around are text too: UTF-8 without control characters, cut characters at the ends left out. */
function isAmongText(bytes: Uint8Array, from: number, to: number): boolean {
  let start = Math.max(0, from - AROUND)
  while (start < from && ((bytes[start] ?? 0) & 0xc0) === 0x80) start += 1
  let end = Math.min(bytes.length, to + AROUND)
  while (end > to && ((bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1
  const text = decodeUtf8(bytes.subarray(start, end))
  // Of the control characters, NUL is half of a letter in UTF-16, and tab and line ends are text.
  return text !== undefined && !/[^\P{Cc}\0\t\n\f\r]/u.test(text)
}
