import { decodeUtf8 } from '@probatum/core'
import type { SealableFile } from '../sealing/bundle-sink.ts'
import { FIRST_SEED, LengthTable, nextFirst, nextSecond, OwnerTable, SECOND_SEED } from './needle-table.ts'
import { base64Digit, type DigitBits, type Needle, type NeedleForm } from './redact-needles.ts'

/** Something that is looked for, under a name that the searcher gives back. */
export interface Wanted<Key> {
  readonly key: Key
  /** The same each time: they are made once for the tables, and again where one of them may stand. Of 255 octets at most. */
  readonly needles: () => readonly Needle[]
}

/** A place where a withheld value stands. */
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

/** Wanted things whose needles are kept after they were made again: one that stands somewhere stands in several forms. */
const KEPT = 64

/** Looks for very many byte strings in one pass. They are not kept: see needle-table.ts. */
export class Search<Key> {
  readonly #wanted: Wanted<Key>[] = []
  /** Lengths of the needles of fewer than eight octets that begin with these four. */
  readonly #short = new Map<number, number[]>()
  /** Lengths of the others, by a hash of their first eight: one that another shares costs a look-up, and no more. */
  readonly #lengths = new LengthTable()
  readonly #owners = new OwnerTable()
  /** Of byte strings that stood somewhere, the needles that they are: none where two hashes were equal by chance. */
  readonly #met = new Map<string, readonly Entry<Key>[]>()
  readonly #made = new Map<number, readonly Needle[]>()
  readonly #first = new Uint8Array(1 << (BITS - 3))
  readonly #second = new Uint8Array(1 << (BITS - 3))
  readonly #found: number[] = []
  #longest = 0

  constructor(wanted: Iterable<Wanted<Key>>) {
    for (const one of wanted) {
      const owner = this.#wanted.push(one) - 1
      for (const { bytes } of one.needles()) this.#add(owner, bytes)
    }
  }

  #add(owner: number, bytes: Uint8Array): void {
    const start = startOf(bytes, 0)
    setBit(this.#first, hashOf(start))
    if (bytes.length < BEGINNING) addTo(this.#short, start, bytes.length)
    else {
      const beginning = mixed(start, startOf(bytes, 4))
      setBit(this.#second, beginning >>> (32 - BITS))
      this.#lengths.add(beginning, bytes.length)
    }
    let first = FIRST_SEED
    let second = SECOND_SEED
    for (let at = 0; at < bytes.length; at++) {
      const octet = FOLDED[bytes[at] as number] as number
      first = nextFirst(first, octet)
      second = nextSecond(second, octet)
    }
    this.#owners.add(first >>> 0, second >>> 0, owner)
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
      this.#lengths.find(beginning, this.#found)
      if (this.#found.length > 0) this.#lookUp(bytes, at, this.#found, path, offset, onHit)
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
    let first = FIRST_SEED
    let second = SECOND_SEED
    let end = at
    for (const length of lengths) {
      if (at + length > bytes.length) break
      for (; end < at + length; end++) {
        const octet = FOLDED[bytes[end] as number] as number
        first = nextFirst(first, octet)
        second = nextSecond(second, octet)
      }
      const owners = this.#owners.find(first >>> 0, second >>> 0)
      if (owners === undefined) continue
      if (length < SHORT && !isAmongText(bytes, at, end)) continue
      let found: Key | undefined
      for (const { key, needle } of this.#entries(bytes, at, end, owners)) {
        if (key === found || !digitsFit(bytes, at, needle)) continue
        found = key
        onHit({ key, form: needle.form, path, offset: offset + at })
      }
    }
  }

  /** The needles that these octets are. */
  #entries(bytes: Uint8Array, from: number, to: number, owners: readonly number[]): readonly Entry<Key>[] {
    const text = latin1(bytes, from, to)
    const met = this.#met.get(text)
    if (met !== undefined) return met
    const entries = owners.flatMap((owner) => {
      const needles = this.#needlesOf(owner).filter(
        (needle) => needle.bytes.length === to - from && isSame(needle.bytes, bytes, from),
      )
      return needles.map((needle): Entry<Key> => ({ key: (this.#wanted[owner] as Wanted<Key>).key, needle }))
    })
    this.#met.set(text, entries)
    return entries
  }

  #needlesOf(owner: number): readonly Needle[] {
    const made = this.#made.get(owner) ?? this.#wanted[owner]?.needles() ?? []
    this.#made.delete(owner)
    this.#made.set(owner, made)
    for (const oldest of this.#made.keys()) {
      if (this.#made.size <= KEPT) break
      this.#made.delete(oldest)
    }
    return made
  }
}

function isSame(needle: Uint8Array, bytes: Uint8Array, from: number): boolean {
  for (let at = 0; at < needle.length; at++)
    if (FOLDED[needle[at] as number] !== FOLDED[bytes[from + at] as number]) return false
  return true
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
  // Ascending: the look-up goes on from one to the next.
  else if (!known.includes(length)) known.splice(0, known.length, ...[...known, length].sort((a, b) => a - b))
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
