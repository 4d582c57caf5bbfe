import { comparePaths } from '../model/bytes.ts'
import { DIGEST_OCTETS } from '../model/digest-octets.ts'
import { LIMITS } from '../model/limits.ts'
import { ParseError } from '../model/parse-error.ts'
import type { DigestAlgorithm } from '../model/ports.ts'
import type { ManifestFacts, ManifestLeniency, ManifestProblem } from './bag-facts.ts'
import { decodePercent, hasStrayPercent } from './bag-path.ts'
import { decodeTagText, type TagEncoding } from './bag-text.ts'

/** What decides how a line of a manifest is read. */
export interface ManifestRules {
  /** `sums`: of a later seal level, which lists files of any place. */
  readonly kind: 'payload' | 'tag' | 'sums'
  /** Null for an unknown algorithm: any even number of hex digits is then read past. */
  readonly algorithm: DigestAlgorithm | null
  readonly encoding: TagEncoding
  /** RFC 8493 §2.1.3 (1.0): `%0A`, `%0D`, `%25` are decoded. Before 1.0 a line is taken literally. */
  readonly percentDecoding: boolean
  /** Whether a file of this very name exists: decides what a leading `*` is. */
  readonly exists: (path: string) => boolean
}

/**
 * One listed path. `literal` is the line's own text after `*` and `./`; `digest` is lower-case hex, null when the line's checksum is
 * not one of the algorithm, empty for an unknown algorithm.
 */
export type ManifestEntryHandler = (path: string, digest: string | null, literal: string, line: number) => void

/** What was noted of a manifest; its lines went to the handler. */
export interface ManifestReading {
  readonly lines: number
  readonly nativeForm: boolean
  readonly problems: readonly { readonly line: number; readonly code: ManifestProblem; readonly path: string }[]
  readonly problemCounts: Readonly<Record<string, number>>
  readonly leniencies: ManifestFacts['leniencies']
}

const HEX = /^[0-9A-Fa-f]*$/

/** Reads the lines of one manifest, piece by piece. */
export class LineReader {
  private readonly rules: ManifestRules
  private readonly onEntry: ManifestEntryHandler
  /** Hex digits of a digest; 0 for an unknown algorithm. */
  private readonly digits: number
  private readonly common: RegExp
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
    this.digits = rules.algorithm === null ? 0 : 2 * DIGEST_OCTETS[rules.algorithm]
    this.common = commonLine(this.digits)
  }

  read(text: string): void {
    let start = 0
    if (this.line === 0 && text.charCodeAt(0) === 0xfeff) {
      this.lenient('byte-order-mark')
      start = 1
    }
    const next = (character: string, from: number) => {
      const at = text.indexOf(character, from)
      return at < 0 ? text.length : at
    }
    let lineFeed = next('\n', start)
    let carriageReturn = next('\r', start)
    if (carriageReturn < text.length) this.lenient('carriage-return')
    while (start < text.length) {
      start = this.readCommonLines(text, start)
      if (lineFeed < start) lineFeed = next('\n', start)
      if (start === text.length) break
      const end = Math.min(lineFeed, carriageReturn)
      this.ended = end < text.length
      this.readLine(text, start, end)
      start = end + (text.startsWith('\r\n', end) ? 2 : 1)
      // Only the one that was passed is looked for again: a text of the other kind alone is not searched for each line.
      if (lineFeed < start) lineFeed = next('\n', start)
      if (carriageReturn < start) carriageReturn = next('\r', start)
    }
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
    this.count()
    this.problem(code, '')
  }

  finish(): ManifestReading {
    if (!this.ended) this.lenient('no-final-line-end')
    const { line, nativeForm, problems, problemCounts, leniencies } = this
    return { lines: line, nativeForm, problems, problemCounts, leniencies }
  }

  /**
   * Reads lines as long as they are of the common form, and says where the first other one starts. A pattern finds each at
   * once; what a line may be beyond it, and what is then to be said of it, `readLine` alone decides.
   */
  private readCommonLines(text: string, from: number): number {
    const { common, digits, rules } = this
    if (digits === 0) return from
    const isPayload = rules.kind === 'payload'
    let start = from
    for (;;) {
      common.lastIndex = start
      if (!common.test(text)) return start
      const end = common.lastIndex
      const path = text.slice(start + digits + 2, end - 1)
      if (path.length > LIMITS.pathBytes) return start
      this.count()
      this.ended = true
      // One of the two is ASCII, and then the order of UTF-16 is that of UTF-8.
      if (this.nativeForm && this.previous >= path) this.nativeForm = false
      this.previous = path
      if (rules.kind !== 'sums' && path.startsWith('data/') !== isPayload) {
        this.problem(isPayload ? 'outside-payload' : 'inside-payload', path)
      }
      this.onEntry(path, text.slice(start, start + digits), path, this.line)
      start = end
    }
  }

  /** A line by its place in the text: taking a million lines out of it one by one costs as much as reading them. */
  private readLine(text: string, start: number, end: number): void {
    this.count()
    const digits = endOfDigest(text, start, end)
    let at = digits
    while (at < end && isBlank(text.charCodeAt(at))) at++
    if (at === end || at === digits || digits === start) {
      // Spaces alone are no statement; anything else is one that cannot be read.
      if (/^[ \t]*$/.test(text.slice(start, end))) this.lenient('blank-line')
      else this.problem('no-separator', '')
      return
    }
    // No system stores such a name: a limit, and no statement that something is missing.
    if (end - at > LIMITS.pathBytes) {
      this.problem('line-too-long', '')
      return
    }
    let literal = text.slice(at, end)
    if (at !== digits + 2 || text.charCodeAt(digits) !== 0x20 || text.charCodeAt(digits + 1) !== 0x20) {
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
    const { kind } = this.rules
    const misplaced = kind !== 'sums' && path.startsWith('data/') !== (kind === 'payload')
    if (misplaced) this.problem(kind === 'payload' ? 'outside-payload' : 'inside-payload', path)
    this.onEntry(path, this.digest(text, start, digits, path), literal, this.line)
  }

  private digest(text: string, start: number, end: number, path: string): string | null {
    const digits = end - start
    const isUnknown = this.digits === 0
    const isWhole = isUnknown ? digits % 2 === 0 : digits === this.digits
    const hex = text.slice(start, end)
    if (!isWhole || !HEX.test(hex)) {
      this.problem('malformed-digest', path)
      return null
    }
    const lowerCase = hex.toLowerCase()
    if (lowerCase !== hex) this.lenient('upper-case-digest')
    // Of an unknown algorithm the digits are looked at, and not kept.
    return isUnknown ? '' : lowerCase
  }

  private count(): void {
    this.line++
    if (this.line > LIMITS.manifestLines) {
      throw new ParseError('ERR_LIMIT', { where: 'manifest', expected: `at most ${LIMITS.manifestLines} lines` })
    }
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

/**
 * A line as our own `seal` and the stock tools write it: lower-case hex, two spaces, and a path of printable ASCII that needs no
 * decoding and begins with neither `./` nor a space.
 */
function commonLine(digits: number): RegExp {
  return new RegExp(`[0-9a-f]{${digits}}  [!-$&--/-~][ -$&-~]*\\n`, 'y')
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09
}

/** Index of the first space or tab, or the line's end. */
function endOfDigest(text: string, start: number, end: number): number {
  let at = start
  while (at < end && !isBlank(text.charCodeAt(at))) at++
  return at
}

/** CR or LF. */
export function isLineEnd(byte: number | undefined): boolean {
  return byte === 0x0a || byte === 0x0d
}

/** The place behind a line end, which CR and LF together are one of. */
export function afterLineEnd(bytes: Uint8Array, at: number): number {
  return bytes[at] === 0x0d && bytes[at + 1] === 0x0a ? at + 2 : at + 1
}
