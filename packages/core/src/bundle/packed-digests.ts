import { readHex, toHex } from '../model/bytes.ts'

/** Digests whose hex is kept: the latest ones. */
const HEX_KEPT = 32_768

/** Octets of a word; every digest has some whole ones. */
const WORD = 4

/**
 * Digests of one length by their place, packed: a million of them as hex strings would take four times the memory. The latest ones
 * stay in the hex in which they came until their bytes are wanted: mostly they are compared with hex and written as hex, and to make
 * bytes of the hex of a small file's digest takes as long as to digest the file.
 */
export class PackedDigests {
  /** Octets of each. */
  readonly length: number
  /** Of each place whether its digest is known, and whether `#bytes` has it. */
  readonly #isKnown: Uint8Array
  readonly #isPacked: Uint8Array
  #bytes: Uint8Array = new Uint8Array(0)
  #words: Uint32Array = new Uint32Array(0)
  /** Hex and place of the latest ones, each in the slot of its place. */
  readonly #hex: string[] = []
  readonly #places: Int32Array

  constructor(length: number, places: number) {
    this.length = length
    this.#isKnown = new Uint8Array(places)
    this.#isPacked = new Uint8Array(places)
    this.#places = new Int32Array(Math.min(HEX_KEPT, places)).fill(-1)
  }

  has(place: number): boolean {
    return this.#isKnown[place] === 1
  }

  /** `digest` is copied. */
  set(place: number, digest: Uint8Array): void {
    this.setHex(place, toHex(digest))
  }

  /** @param hex lower-case, of the table's length: whoever calls has looked */
  setHex(place: number, hex: string): void {
    const slot = place % HEX_KEPT
    const before = this.#places[slot] ?? -1
    if (before >= 0 && before !== place) this.#pack(before)
    this.#hex[slot] = hex
    this.#places[slot] = place
    this.#isKnown[place] = 1
    this.#isPacked[place] = 0
  }

  /** Lower-case; `undefined` when it is not known. */
  hexAt(place: number): string | undefined {
    return this.#isKnown[place] === 1 ? (this.#keptHex(place) ?? toHex(this.#view(place))) : undefined
  }

  /** A view; `undefined` when it is not known. */
  at(place: number): Uint8Array | undefined {
    if (this.#isKnown[place] !== 1) return undefined
    this.#pack(place)
    return this.#view(place)
  }

  /** Whether both are known and the same; in the form in which they are at hand, because it is asked for every file. */
  equals(place: number, other: PackedDigests, otherPlace: number): boolean {
    if (this.#isKnown[place] !== 1 || other.#isKnown[otherPlace] !== 1 || this.length !== other.length) return false
    const [hex, otherHex] = [this.#keptHex(place), other.#keptHex(otherPlace)]
    if (hex !== undefined && otherHex !== undefined) return hex === otherHex
    this.#pack(place)
    other.#pack(otherPlace)
    const count = this.length / WORD
    for (let i = 0; i < count; i++) {
      if (this.#words[place * count + i] !== other.#words[otherPlace * count + i]) return false
    }
    return true
  }

  /** All bytes: the digest of a place is `length` octets at `place * length`, where it is known. `words`: the same memory. */
  packed(): { readonly bytes: Uint8Array; readonly words: Uint32Array } {
    for (const place of this.#places) if (place >= 0) this.#pack(place)
    this.#makeRoom(this.#isKnown.length)
    return { bytes: this.#bytes, words: this.#words }
  }

  #keptHex(place: number): string | undefined {
    const slot = place % HEX_KEPT
    return this.#places[slot] === place ? this.#hex[slot] : undefined
  }

  #pack(place: number): void {
    if (this.#isPacked[place] === 1) return
    this.#makeRoom(place + 1)
    const hex = this.#keptHex(place)
    if (hex === undefined || readHex(hex, 0, this.length, this.#bytes, place * this.length) !== 0) {
      throw new TypeError(`no lower-case hex at ${place}`)
    }
    this.#isPacked[place] = 1
  }

  #makeRoom(places: number): void {
    const needed = places * this.length
    if (needed <= this.#bytes.length) return
    const grown = new Uint8Array(Math.min(this.#isKnown.length * this.length, Math.max(needed, 2 * this.#bytes.length)))
    grown.set(this.#bytes)
    this.#bytes = grown
    this.#words = new Uint32Array(grown.buffer)
  }

  #view(place: number): Uint8Array {
    return this.#bytes.subarray(place * this.length, (place + 1) * this.length)
  }
}
