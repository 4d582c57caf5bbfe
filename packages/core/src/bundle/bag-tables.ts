import { compareBytes } from '../model/bytes.ts'
import { DIGEST_OCTETS } from '../model/digest-octets.ts'
import type { DigestAlgorithm } from '../model/ports.ts'
import { PackedDigests } from './packed-digests.ts'

/** More than LIMITS.archiveEntries. With 29 bits of a digest it makes 53, what a number holds exactly. */
const FILES_IN_KEY = 2 ** 24

/** Octets of a word; every digest has some whole ones. */
const WORD = 4

const NOT_LISTED = -1
const MALFORMED = -2

/** What one manifest lists of the files that are here, by their index in the tree. */
export class ExpectedDigests {
  /** Files that the manifest lists and that are here. */
  count = 0
  /** Of each file the place of its digest: a list of few files needs little. */
  readonly #slots: Int32Array
  readonly #digests: PackedDigests
  #used = 0

  constructor(algorithm: DigestAlgorithm | null, files: number) {
    this.#slots = new Int32Array(files).fill(NOT_LISTED)
    this.#digests = new PackedDigests(algorithm === null ? 0 : DIGEST_OCTETS[algorithm], files)
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
    return slot === MALFORMED ? null : this.#digests.at(slot)
  }

  /** As `at`, in lower-case hex. */
  hexAt(file: number): string | null | undefined {
    const slot = this.#slots[file] ?? NOT_LISTED
    return slot === MALFORMED ? null : this.#digests.hexAt(slot)
  }

  /** Whether the digest of the file in another table, by its index, is the listed one. False for a malformed one. */
  equals(file: number, found: PackedDigests): boolean {
    const slot = this.#slots[file] ?? NOT_LISTED
    return slot >= 0 && this.#digests.equals(slot, found, file)
  }

  /** Whether the line's checksum was malformed. */
  isMalformed(file: number): boolean {
    return this.#slots[file] === MALFORMED
  }

  /** @param hex lower-case, as a manifest's reader gives it */
  set(file: number, hex: string | null): void {
    if (!this.lists(file)) this.count++
    if (hex === null) {
      this.#slots[file] = MALFORMED
      return
    }
    this.#digests.setHex(this.#used, hex)
    this.#slots[file] = this.#used++
  }
}

/** Digests of one algorithm that were computed, by file index. */
export interface DigestTable {
  readonly algorithm: DigestAlgorithm
  readonly digests: PackedDigests
}

const LOWER_CASE_HEX = /^[0-9a-f]*$/

/** Digests that were computed, by algorithm and file index. */
export class FoundDigests {
  readonly #files: number
  readonly #tables = new Map<DigestAlgorithm, PackedDigests>()
  #inOrder: readonly DigestTable[] = []

  constructor(files: number) {
    this.#files = files
  }

  /** In byte order of the algorithms' names. */
  tables(): readonly DigestTable[] {
    return this.#inOrder
  }

  table(algorithm: DigestAlgorithm): PackedDigests | undefined {
    return this.#tables.get(algorithm)
  }

  at(algorithm: DigestAlgorithm, file: number): Uint8Array | undefined {
    return this.#tables.get(algorithm)?.at(file)
  }

  has(algorithm: DigestAlgorithm, file: number): boolean {
    return this.#tables.get(algorithm)?.has(file) === true
  }

  /** Whether the file's digest is the listed one. */
  equals(algorithm: DigestAlgorithm, file: number, expected: ExpectedDigests): boolean {
    const table = this.#tables.get(algorithm)
    return table !== undefined && expected.equals(file, table)
  }

  set(algorithm: DigestAlgorithm, file: number, digest: Uint8Array): void {
    const length = DIGEST_OCTETS[algorithm]
    if (digest.length !== length) throw new TypeError(`${algorithm} digest of ${digest.length} bytes`)
    this.#made(algorithm).set(file, digest)
  }

  setHex(algorithm: DigestAlgorithm, file: number, hex: string): void {
    const table = this.#made(algorithm)
    if (hex.length !== 2 * table.length) throw new TypeError(`${algorithm} digest of ${hex.length} digits`)
    // The port promises lower-case hex; anything else is a defect of an adapter.
    if (!LOWER_CASE_HEX.test(hex)) throw new TypeError('a digester returned something that is not lower-case hex')
    table.setHex(file, hex)
  }

  #made(algorithm: DigestAlgorithm): PackedDigests {
    let table = this.#tables.get(algorithm)
    if (table === undefined) {
      table = new PackedDigests(DIGEST_OCTETS[algorithm], this.#files)
      this.#tables.set(algorithm, table)
      this.#inOrder = Array.from(this.#tables, ([name, digests]) => ({ algorithm: name, digests })).sort((a, b) =>
        a.algorithm < b.algorithm ? -1 : 1,
      )
    }
    return table
  }
}

/** The digests of the wanted files in byte order, packed. */
export function digestsInOrder(
  table: PackedDigests | undefined,
  files: number,
  isWanted: (file: number) => boolean,
): Uint8Array {
  if (table === undefined) return new Uint8Array()
  const { length } = table
  const { bytes, words } = table.packed()
  const digestAt = (key: number) => {
    const file = key % FILES_IN_KEY
    return bytes.subarray(file * length, (file + 1) * length)
  }
  // Numbers sort ten times faster than arrays of bytes: the digest's first 29 bits, then the file's index.
  const keys = new Float64Array(files)
  let count = 0
  for (let file = 0; file < files; file++) {
    if (!table.has(file) || !isWanted(file)) continue
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
