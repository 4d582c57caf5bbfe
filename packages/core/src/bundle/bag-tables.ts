import { compareBytes, readHex, writeHexPairs } from '../model/bytes.ts'
import type { DigestAlgorithm } from '../model/ports.ts'
import { decodeUtf8 } from '../model/utf8.ts'
import { DIGEST_BYTES } from './manifest.ts'

/** More than LIMITS.archiveEntries. With 29 bits of a digest it makes 53, what a number holds exactly. */
const FILES_IN_KEY = 2 ** 24

/** Octets of a word; every digest has some whole ones. */
const WORD = 4

const NOT_LISTED = -1
const MALFORMED = -2

/**
 * What one manifest lists of the files that are here, by their index in the tree. Digests lie packed in one array:
 * a million of them as hex strings would take four times the memory.
 */
export class ExpectedDigests {
  /** Files that the manifest lists and that are here. */
  count = 0
  readonly #length: number
  readonly #slots: Int32Array
  #bytes: Uint8Array
  #words: Uint32Array
  #used = 0

  constructor(algorithm: DigestAlgorithm | null, files: number) {
    this.#length = algorithm === null ? 0 : DIGEST_BYTES[algorithm]
    this.#slots = new Int32Array(files).fill(NOT_LISTED)
    this.#bytes = new Uint8Array(0)
    this.#words = new Uint32Array(0)
  }

  lists(file: number): boolean {
    return this.#slots[file] !== NOT_LISTED
  }

  /** Null when the line's checksum was malformed; `undefined` when the file is not listed. */
  at(file: number): Uint8Array | null | undefined {
    const slot = this.#slots[file] ?? NOT_LISTED
    if (slot === NOT_LISTED) return undefined
    if (slot === MALFORMED) return null
    return this.#bytes.subarray(slot * this.#length, (slot + 1) * this.#length)
  }

  /** Whether these words, those of the file's place in a DigestTable, are the listed digest. False for a malformed one. */
  equals(file: number, words: Uint32Array): boolean {
    const slot = this.#slots[file] ?? NOT_LISTED
    if (slot < 0) return false
    const count = this.#length / WORD
    for (let i = 0; i < count; i++) if (this.#words[slot * count + i] !== words[file * count + i]) return false
    return true
  }

  /** Whether the line's checksum was malformed. */
  isMalformed(file: number): boolean {
    return this.#slots[file] === MALFORMED
  }

  /** `digest` is copied. */
  set(file: number, digest: Uint8Array | null): void {
    if (!this.lists(file)) this.count++
    if (digest === null) {
      this.#slots[file] = MALFORMED
      return
    }
    const end = (this.#used + 1) * this.#length
    if (end > this.#bytes.length) {
      const room = Math.min(this.#slots.length, Math.max(64, this.#used * 2)) + 1
      const grown = new Uint8Array(room * this.#length)
      grown.set(this.#bytes)
      this.#bytes = grown
      this.#words = new Uint32Array(grown.buffer)
    }
    this.#bytes.set(digest, this.#used * this.#length)
    this.#slots[file] = this.#used++
  }
}

/** Digests of one algorithm, packed: that of a file is `length` octets at `file * length`, where `has[file]` is 1. */
export interface DigestTable {
  readonly algorithm: DigestAlgorithm
  readonly length: number
  readonly bytes: Uint8Array
  /** The same memory: to compare many. */
  readonly words: Uint32Array
  readonly has: Uint8Array
}

/** Digests that were computed, by algorithm and file index, packed. */
export class FoundDigests {
  readonly #files: number
  readonly #tables = new Map<DigestAlgorithm, DigestTable>()

  constructor(files: number) {
    this.#files = files
  }

  /** In byte order of the algorithms' names. */
  tables(): readonly DigestTable[] {
    return [...this.#tables.values()].sort((a, b) => (a.algorithm < b.algorithm ? -1 : 1))
  }

  table(algorithm: DigestAlgorithm): DigestTable | undefined {
    return this.#tables.get(algorithm)
  }

  at(algorithm: DigestAlgorithm, file: number): Uint8Array | undefined {
    const table = this.#tables.get(algorithm)
    if (table?.has[file] !== 1) return undefined
    const { length } = table
    return table.bytes.subarray(file * length, (file + 1) * length)
  }

  has(algorithm: DigestAlgorithm, file: number): boolean {
    return this.#tables.get(algorithm)?.has[file] === 1
  }

  /** Whether the file's digest is the listed one; compared in place, because it is done for every file. */
  equals(algorithm: DigestAlgorithm, file: number, expected: ExpectedDigests): boolean {
    const table = this.#tables.get(algorithm)
    return table?.has[file] === 1 && expected.equals(file, table.words)
  }

  set(algorithm: DigestAlgorithm, file: number, digest: Uint8Array): void {
    const length = DIGEST_BYTES[algorithm]
    if (digest.length !== length) throw new TypeError(`${algorithm} digest of ${digest.length} bytes`)
    const table = this.#made(algorithm)
    table.bytes.set(digest, file * length)
    table.has[file] = 1
  }

  setHex(algorithm: DigestAlgorithm, file: number, hex: string): void {
    const table = this.#made(algorithm)
    const { length } = table
    if (hex.length !== 2 * length) throw new TypeError(`${algorithm} digest of ${hex.length} digits`)
    // The port promises lower-case hex; anything else is a defect of an adapter.
    if (readHex(hex, 0, length, table.bytes, file * length) !== 0)
      throw new TypeError('a digester returned something that is not lower-case hex')
    table.has[file] = 1
  }

  #made(algorithm: DigestAlgorithm): DigestTable {
    let table = this.#tables.get(algorithm)
    if (table === undefined) {
      const length = DIGEST_BYTES[algorithm]
      const bytes = new Uint8Array(this.#files * length)
      table = { algorithm, length, bytes, words: new Uint32Array(bytes.buffer), has: new Uint8Array(this.#files) }
      this.#tables.set(algorithm, table)
    }
    return table
  }
}

/** HexDigests makes text of so many files at once: of 0 to 511, of 512 to 1023 and so on. What comes to the table later it does not see. */
export const HEX_FILES = 512

/** Digests as hex, read in the order of the files: made for many at once, because one by one takes ten times as long. */
export class HexDigests {
  readonly algorithm: DigestAlgorithm
  readonly #table: DigestTable
  readonly #pairs: Uint16Array
  #text = ''
  #from = 0
  #to = 0

  constructor(table: DigestTable) {
    this.algorithm = table.algorithm
    this.#table = table
    this.#pairs = new Uint16Array(table.length * Math.min(HEX_FILES, table.has.length))
  }

  at(file: number): string | undefined {
    if (this.#table.has[file] !== 1) return undefined
    if (file < this.#from || file >= this.#to) this.#load(file - (file % HEX_FILES))
    const digits = 2 * this.#table.length
    return this.#text.slice((file - this.#from) * digits, (file - this.#from + 1) * digits)
  }

  #load(first: number): void {
    const { bytes, length, has } = this.#table
    const beyond = Math.min(has.length, first + HEX_FILES)
    const count = (beyond - first) * length
    writeHexPairs(bytes, first * length, count, this.#pairs)
    this.#text = decodeUtf8(new Uint8Array(this.#pairs.buffer, 0, 2 * count)) ?? ''
    this.#from = first
    this.#to = beyond
  }
}

/** The digests of the wanted files in byte order, packed. */
export function digestsInOrder(table: DigestTable | undefined, isWanted: (file: number) => boolean): Uint8Array {
  if (table === undefined) return new Uint8Array()
  const { bytes, has, length } = table
  const digestAt = (key: number) => {
    const file = key % FILES_IN_KEY
    return bytes.subarray(file * length, (file + 1) * length)
  }
  // Numbers sort ten times faster than arrays of bytes: the digest's first 29 bits, then the file's index.
  const keys = new Float64Array(has.length)
  let count = 0
  for (let file = 0; file < has.length; file++) {
    if (has[file] !== 1 || !isWanted(file)) continue
    const at = file * length
    const head =
      ((bytes[at] ?? 0) << 21) |
      ((bytes[at + 1] ?? 0) << 13) |
      ((bytes[at + 2] ?? 0) << 5) |
      ((bytes[at + 3] ?? 0) >> 3)
    keys[count++] = head * FILES_IN_KEY + file
  }
  const sorted = keys.subarray(0, count).sort()
  const ordered = new Uint8Array(count * length)
  for (let start = 0; start < count; ) {
    const beyond = (Math.floor((sorted[start] ?? 0) / FILES_IN_KEY) + 1) * FILES_IN_KEY
    let end = start + 1
    while (end < count && (sorted[end] ?? 0) < beyond) end++
    if (end - start === 1) {
      const from = ((sorted[start] ?? 0) % FILES_IN_KEY) * length
      const to = start * length
      for (let i = 0; i < length; i++) ordered[to + i] = bytes[from + i] ?? 0
    } else {
      const alike = Array.from(sorted.subarray(start, end), digestAt).sort(compareBytes)
      for (const [i, digest] of alike.entries()) ordered.set(digest, (start + i) * length)
    }
    start = end
  }
  return ordered
}
