import { compareBytes } from '../model/bytes.ts'
import type { DigestAlgorithm } from '../model/ports.ts'
import { decodeUtf8, encodeUtf8 } from '../model/utf8.ts'
import { DIGEST_BYTES } from './manifest.ts'

/** More than LIMITS.archiveEntries. With 29 bits of a digest it makes 53, what a number holds exactly. */
const FILES_IN_KEY = 2 ** 24

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
  #used = 0

  constructor(algorithm: DigestAlgorithm | null, files: number) {
    this.#length = algorithm === null ? 0 : DIGEST_BYTES[algorithm]
    this.#slots = new Int32Array(files).fill(NOT_LISTED)
    this.#bytes = new Uint8Array(0)
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

  /** Whether these bytes, from `offset` on, are the listed digest. False for a malformed one. */
  equals(file: number, bytes: Uint8Array, offset: number): boolean {
    const slot = this.#slots[file] ?? NOT_LISTED
    if (slot < 0) return false
    const start = slot * this.#length
    for (let i = 0; i < this.#length; i++) if (this.#bytes[start + i] !== bytes[offset + i]) return false
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
    return table?.has[file] === 1 && expected.equals(file, table.bytes, file * DIGEST_BYTES[algorithm])
  }

  set(algorithm: DigestAlgorithm, file: number, digest: Uint8Array): void {
    const length = DIGEST_BYTES[algorithm]
    if (digest.length !== length) throw new TypeError(`${algorithm} digest of ${digest.length} bytes`)
    const table = this.#made(algorithm)
    table.bytes.set(digest, file * length)
    table.has[file] = 1
  }

  setHex(algorithm: DigestAlgorithm, file: number, hex: string): void {
    const length = DIGEST_BYTES[algorithm]
    if (hex.length !== 2 * length) throw new TypeError(`${algorithm} digest of ${hex.length} digits`)
    const table = this.#made(algorithm)
    for (let i = 0, at = file * length; i < hex.length; i += 2, at++) {
      table.bytes[at] = (digit(hex.charCodeAt(i)) << 4) | digit(hex.charCodeAt(i + 1))
    }
    table.has[file] = 1
  }

  #made(algorithm: DigestAlgorithm): DigestTable {
    let table = this.#tables.get(algorithm)
    if (table === undefined) {
      const length = DIGEST_BYTES[algorithm]
      table = {
        algorithm,
        length,
        bytes: new Uint8Array(this.#files * length),
        has: new Uint8Array(this.#files),
      }
      this.#tables.set(algorithm, table)
    }
    return table
  }
}

// The port promises lower-case hex; anything else is a defect of an adapter.
function digit(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30
  if (code >= 0x61 && code <= 0x66) return code - 0x57
  throw new TypeError('a digester returned something that is not lower-case hex')
}

const HEX_CODES = encodeUtf8('0123456789abcdef')
/** HexDigests makes text of so many files at once: of 0 to 511, of 512 to 1023 and so on. What comes to the table later it does not see. */
export const HEX_FILES = 512

/** Digests as hex, read in the order of the files: made for many at once, because one by one takes ten times as long. */
export class HexDigests {
  readonly algorithm: DigestAlgorithm
  readonly #table: DigestTable
  readonly #codes: Uint8Array
  #text = ''
  #from = 0
  #to = 0

  constructor(table: DigestTable) {
    this.algorithm = table.algorithm
    this.#table = table
    this.#codes = new Uint8Array(2 * table.length * Math.min(HEX_FILES, table.has.length))
  }

  at(file: number): string | undefined {
    if (this.#table.has[file] !== 1) return undefined
    if (file < this.#from || file >= this.#to) this.#load(file - (file % HEX_FILES))
    const digits = 2 * this.#table.length
    return this.#text.slice((file - this.#from) * digits, (file - this.#from + 1) * digits)
  }

  #load(first: number): void {
    const { bytes, length, has } = this.#table
    const codes = this.#codes
    const from = first * length
    const to = Math.min(has.length, first + HEX_FILES) * length
    let at = 0
    for (let i = from; i < to; i++) {
      const byte = bytes[i] ?? 0
      codes[at++] = HEX_CODES[byte >> 4] ?? 0
      codes[at++] = HEX_CODES[byte & 15] ?? 0
    }
    this.#text = decodeUtf8(codes.subarray(0, at)) ?? ''
    this.#from = first
    this.#to = to / length
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
