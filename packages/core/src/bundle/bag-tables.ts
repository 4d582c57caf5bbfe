import { compareBytes, readHex, toHex } from '../model/bytes.ts'
import { DIGEST_OCTETS } from '../model/digest-octets.ts'
import type { DigestAlgorithm } from '../model/ports.ts'

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
    this.#length = algorithm === null ? 0 : DIGEST_OCTETS[algorithm]
    this.#slots = new Int32Array(files).fill(NOT_LISTED)
    this.#bytes = new Uint8Array(0)
    this.#words = new Uint32Array(0)
  }

  lists(file: number): boolean {
    return this.#slots[file] !== NOT_LISTED
  }

  /** The first file from this one on that is not listed; how many files there are when all are. */
  nextUnlisted(file: number): number {
    const at = this.#slots.indexOf(NOT_LISTED, file)
    return at < 0 ? this.#slots.length : at
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
  readonly hex: KeptHex
}

/** The digest of a file in lower-case hex; `undefined` when it was not computed. */
export function hexAt({ has, hex, bytes, length }: DigestTable, file: number): string | undefined {
  if (has[file] !== 1) return undefined
  return hex.of(file) ?? toHex(bytes.subarray(file * length, (file + 1) * length))
}

/** Digests that were computed, by algorithm and file index, packed. */
export class FoundDigests {
  readonly #files: number
  readonly #tables = new Map<DigestAlgorithm, DigestTable>()
  #inOrder: readonly DigestTable[] = []

  constructor(files: number) {
    this.#files = files
  }

  /** In byte order of the algorithms' names. */
  tables(): readonly DigestTable[] {
    return this.#inOrder
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
    const length = DIGEST_OCTETS[algorithm]
    if (digest.length !== length) throw new TypeError(`${algorithm} digest of ${digest.length} bytes`)
    const table = this.#made(algorithm)
    table.bytes.set(digest, file * length)
    table.hex.keep(file, toHex(digest))
    table.has[file] = 1
  }

  setHex(algorithm: DigestAlgorithm, file: number, hex: string): void {
    const table = this.#made(algorithm)
    const { length } = table
    if (hex.length !== 2 * length) throw new TypeError(`${algorithm} digest of ${hex.length} digits`)
    // The port promises lower-case hex; anything else is a defect of an adapter.
    if (readHex(hex, 0, length, table.bytes, file * length) !== 0)
      throw new TypeError('a digester returned something that is not lower-case hex')
    table.hex.keep(file, hex)
    table.has[file] = 1
  }

  #made(algorithm: DigestAlgorithm): DigestTable {
    let table = this.#tables.get(algorithm)
    if (table === undefined) {
      const length = DIGEST_OCTETS[algorithm]
      const bytes = new Uint8Array(this.#files * length)
      const [words, has] = [new Uint32Array(bytes.buffer), new Uint8Array(this.#files)]
      table = { algorithm, length, bytes, words, has, hex: new KeptHex() }
      this.#tables.set(algorithm, table)
      this.#inOrder = [...this.#tables.values()].sort((a, b) => (a.algorithm < b.algorithm ? -1 : 1))
    }
    return table
  }
}

/** Files whose hex is kept, of the latest; what is asked for later is made again. */
const HEX_KEPT = 8192

/** Digests in hex, for whoever writes them soon: making hex of bytes takes as long as writing all the rest. */
class KeptHex {
  readonly #texts: string[] = []
  readonly #files = new Int32Array(HEX_KEPT).fill(-1)

  keep(file: number, hex: string): void {
    const slot = file % HEX_KEPT
    this.#texts[slot] = hex
    this.#files[slot] = file
  }

  of(file: number): string | undefined {
    const slot = file % HEX_KEPT
    return this.#files[slot] === file ? this.#texts[slot] : undefined
  }
}

/** The digests of the wanted files in byte order, packed. */
export function digestsInOrder(table: DigestTable | undefined, isWanted: (file: number) => boolean): Uint8Array {
  if (table === undefined) return new Uint8Array()
  const { bytes, words, has, length } = table
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
  const orderedWords = new Uint32Array(ordered.buffer)
  const perDigest = length / WORD
  for (let start = 0; start < count; ) {
    const beyond = (Math.floor((sorted[start] ?? 0) / FILES_IN_KEY) + 1) * FILES_IN_KEY
    let end = start + 1
    while (end < count && (sorted[end] ?? 0) < beyond) end++
    if (end - start === 1) {
      const from = ((sorted[start] ?? 0) % FILES_IN_KEY) * perDigest
      const to = start * perDigest
      for (let i = 0; i < perDigest; i++) orderedWords[to + i] = words[from + i] ?? 0
    } else {
      const alike = Array.from(sorted.subarray(start, end), digestAt).sort(compareBytes)
      for (const [i, digest] of alike.entries()) ordered.set(digest, (start + i) * length)
    }
    start = end
  }
  return ordered
}
