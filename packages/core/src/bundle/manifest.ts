import { comparePaths } from '../model/bytes.ts'
import { LIMITS } from '../model/limits.ts'
import type { DigestAlgorithm } from '../model/ports.ts'
import type { ManifestFacts, ManifestLeniency, ManifestProblem } from './bag-facts.ts'
import { decodePercent, hasStrayPercent } from './bag-path.ts'
import { decodeTagText, type TagEncoding } from './bag-text.ts'

/** Digest lengths in bytes, by the names that RFC 8493 §2.4 makes: lower case, nothing but letters and digits. */
export const DIGEST_BYTES: Readonly<Record<DigestAlgorithm, number>> = {
  md5: 16,
  sha1: 20,
  sha224: 28,
  sha256: 32,
  sha384: 48,
  sha512: 64,
  'sha3-224': 28,
  'sha3-256': 32,
  'sha3-384': 48,
  'sha3-512': 64,
}

const ALGORITHMS: ReadonlyMap<string, DigestAlgorithm> = new Map(
  (Object.keys(DIGEST_BYTES) as DigestAlgorithm[]).map((name) => [name.replace('-', ''), name]),
)

const MANIFEST_NAME = /^(tag)?manifest-([A-Za-z0-9_-]{1,64})\.txt$/

export interface ManifestName {
  readonly kind: 'payload' | 'tag'
  readonly algorithmName: string
  readonly algorithm: DigestAlgorithm | null
}

/** Reads a manifest's file name; `undefined` for any other file. Spellings as `sha-256` count as their algorithm. */
export function manifestName(path: string): ManifestName | undefined {
  const match = MANIFEST_NAME.exec(path)
  if (match === null) return undefined
  const algorithmName = match[2] ?? ''
  const key = algorithmName.toLowerCase().replace(/[^a-z0-9]/g, '')
  return {
    kind: match[1] === undefined ? 'payload' : 'tag',
    algorithmName,
    algorithm: ALGORITHMS.get(key) ?? null,
  }
}

export interface ManifestRules {
  readonly kind: 'payload' | 'tag'
  /** Null for an unknown algorithm: any even number of hex digits is then read past. */
  readonly algorithm: DigestAlgorithm | null
  readonly encoding: TagEncoding
  /** RFC 8493 §2.1.3 (1.0): `%0A`, `%0D`, `%25` are decoded. Before 1.0 a line is taken literally. */
  readonly percentDecoding: boolean
  /** Whether a file of this very name exists: decides what a leading `*` is. */
  readonly exists: (path: string) => boolean
}

/**
 * One listed path. `literal` is the line's own text after `*` and `./`; `digest` is a view that is overwritten by the
 * next call, null when the line's checksum is not one of the algorithm.
 */
export type ManifestEntryHandler = (path: string, digest: Uint8Array | null, literal: string, line: number) => void

export interface ManifestReading {
  readonly lines: number
  readonly nativeForm: boolean
  readonly problems: readonly { readonly line: number; readonly code: ManifestProblem; readonly path: string }[]
  readonly problemCounts: Readonly<Record<string, number>>
  readonly leniencies: ManifestFacts['leniencies']
}

// Decoding in pieces keeps one short string alive at a time instead of the whole manifest's text.
const PIECE_BYTES = 1_048_576

/**
 * Reads a payload or tag manifest (RFC 8493 §2.1.3) and calls `onEntry` for each line that names a path. Keeps nothing
 * of the lines itself, so that a million of them cost no more than the caller keeps. Never throws on content: what
 * cannot be read is counted by code, the first LIMITS.exceptionsInFinding with their line.
 */
export function parseManifest(bytes: Uint8Array, rules: ManifestRules, onEntry: ManifestEntryHandler): ManifestReading {
  const reader = new LineReader(rules, onEntry)
  if (rules.encoding === 'utf-8' || rules.encoding === 'iso-8859-1') {
    let start = 0
    while (start < bytes.length) {
      const end = endOfPiece(bytes, start)
      if (end - start > PIECE_BYTES) reader.skip('line-too-long')
      else {
        const text = decodeTagText(bytes.subarray(start, end), rules.encoding)
        if (text === undefined) reader.readUndecodable(bytes.subarray(start, end))
        else reader.read(text)
      }
      start = end
    }
  } else {
    const text = decodeTagText(bytes, rules.encoding)
    if (text === undefined) reader.skip('encoding')
    else reader.read(text)
  }
  return reader.finish()
}

/** End of the last whole line within a piece, or of the first line when it is longer than a piece. */
function endOfPiece(bytes: Uint8Array, start: number): number {
  const limit = start + PIECE_BYTES
  if (limit >= bytes.length) return bytes.length
  for (let i = limit - 1; i >= start; i--) if (isLineEnd(bytes[i])) return afterLineEnd(bytes, i)
  for (let i = limit; i < bytes.length; i++) if (isLineEnd(bytes[i])) return afterLineEnd(bytes, i)
  return bytes.length
}

function isLineEnd(byte: number | undefined): boolean {
  return byte === 0x0a || byte === 0x0d
}

function afterLineEnd(bytes: Uint8Array, at: number): number {
  return bytes[at] === 0x0d && bytes[at + 1] === 0x0a ? at + 2 : at + 1
}

class LineReader {
  private readonly rules: ManifestRules
  private readonly onEntry: ManifestEntryHandler
  private readonly scratch: Uint8Array
  private readonly problems: { line: number; code: ManifestProblem; path: string }[] = []
  private readonly problemCounts: Record<string, number> = {}
  private readonly leniencies: Partial<Record<ManifestLeniency, number>> = {}
  private line = 0
  private nativeForm = true
  private previous = ''
  private ended = true

  constructor(rules: ManifestRules, onEntry: ManifestEntryHandler) {
    this.rules = rules
    this.onEntry = onEntry
    this.scratch = new Uint8Array(rules.algorithm === null ? 0 : DIGEST_BYTES[rules.algorithm])
  }

  read(text: string): void {
    let start = 0
    if (this.line === 0 && text.charCodeAt(0) === 0xfeff) {
      this.lenient('byte-order-mark')
      start = 1
    }
    if (text.includes('\r')) {
      const lines = text.slice(start).split(/\r\n|\n|\r/)
      this.lenient('carriage-return')
      this.ended = lines.at(-1) === ''
      if (this.ended) lines.pop()
      for (const line of lines) this.readLine(line)
      return
    }
    for (;;) {
      const end = text.indexOf('\n', start)
      if (end < 0) break
      this.readLine(text.slice(start, end))
      start = end + 1
    }
    this.ended = start === text.length
    if (!this.ended) this.readLine(text.slice(start))
  }

  /** A piece that is not in the declared encoding: line by line, so that one bad line does not hide the others. */
  readUndecodable(piece: Uint8Array): void {
    let start = 0
    while (start < piece.length) {
      let end = start
      while (end < piece.length && !isLineEnd(piece[end])) end++
      const next = end < piece.length ? afterLineEnd(piece, end) : end
      const text = decodeTagText(piece.subarray(start, next), this.rules.encoding)
      if (text === undefined) this.skip('encoding')
      else this.read(text)
      start = next
    }
  }

  skip(code: ManifestProblem): void {
    this.line++
    this.problem(code, '')
  }

  finish(): ManifestReading {
    if (!this.ended) this.lenient('no-final-line-end')
    const { line, nativeForm, problems, problemCounts, leniencies } = this
    return { lines: line, nativeForm, problems, problemCounts, leniencies }
  }

  private readLine(line: string): void {
    this.line++
    const digits = endOfDigest(line)
    let at = digits
    while (line.charCodeAt(at) === 0x20 || line.charCodeAt(at) === 0x09) at++
    if (at === line.length || at === digits || digits === 0) {
      // Spaces alone are no statement; anything else is one that cannot be read.
      if (/^[ \t]*$/.test(line)) this.lenient('blank-line')
      else this.problem('no-separator', '')
      return
    }
    let literal = line.slice(at)
    if (at !== digits + 2 || line.charCodeAt(digits) !== 0x20 || line.charCodeAt(digits + 1) !== 0x20) {
      this.nativeForm = false
    }
    // md5sum and its kin write `*` before the name of a file that was read in binary mode.
    if (literal.startsWith('*') && at === digits + 1 && !this.rules.exists(literal)) {
      this.lenient('asterisk')
      literal = literal.slice(1)
    }
    if (literal.startsWith('./')) {
      this.lenient('dot-slash')
      literal = literal.replace(/^(?:\.\/+)+/, '')
    }
    let path = literal
    if (literal.includes('%')) {
      this.nativeForm = false
      if (this.rules.percentDecoding) {
        path = decodePercent(literal)
        if (hasStrayPercent(literal)) this.lenient('stray-percent')
      }
    }
    if (this.nativeForm && comparePaths(this.previous, path) >= 0) this.nativeForm = false
    this.previous = path
    const misplaced = path.startsWith('data/') !== (this.rules.kind === 'payload')
    if (misplaced) this.problem(this.rules.kind === 'payload' ? 'outside-payload' : 'inside-payload', path)
    this.onEntry(path, this.digest(line, digits, path), literal, this.line)
  }

  private digest(line: string, digits: number, path: string): Uint8Array | null {
    const { scratch } = this
    let upper = false
    let good = digits === 2 * scratch.length || (this.rules.algorithm === null && digits % 2 === 0)
    for (let i = 0, out = 0; good && i < digits; i += 2, out++) {
      const a = line.charCodeAt(i)
      const b = line.charCodeAt(i + 1)
      const high = hexValue(a)
      const low = hexValue(b)
      if ((high | low) < 0) good = false
      else if (scratch.length > 0) scratch[out] = (high << 4) | low
      // Bit 5 is clear in capital letters only.
      if ((a > 0x39 && (a & 0x20) === 0) || (b > 0x39 && (b & 0x20) === 0)) upper = true
    }
    if (!good) {
      this.problem('malformed-digest', path)
      return null
    }
    if (upper) this.lenient('upper-case-digest')
    return scratch
  }

  private problem(code: ManifestProblem, path: string): void {
    this.nativeForm = false
    this.problemCounts[code] = (this.problemCounts[code] ?? 0) + 1
    if (this.problems.length < LIMITS.exceptionsInFinding) this.problems.push({ line: this.line, code, path })
  }

  private lenient(code: ManifestLeniency): void {
    this.nativeForm = false
    this.leniencies[code] = (this.leniencies[code] ?? 0) + 1
  }
}

/** Index of the first space or tab, or the line's length. */
function endOfDigest(line: string): number {
  let at = 0
  for (; at < line.length; at++) {
    const code = line.charCodeAt(at)
    if (code === 0x20 || code === 0x09) break
  }
  return at
}

function hexValue(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30
  const letter = code | 0x20
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1
}
