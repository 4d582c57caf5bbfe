import { LIMITS } from '../model/limits.ts'
import { ParseError, type ParseErrorCode } from '../model/parse-error.ts'
import { decodeUtf8, encodeUtf8, hasLoneSurrogate } from '../model/utf8.ts'
import { beginningOf, type JsonObject, type JsonValue } from './value.ts'

/** How JSON is read. */
export interface JsonOptions {
  /** Most bytes that are looked at; more is ERR_LIMIT. */
  readonly limit: number
  /** Whether the bytes must be the RFC 8785 form of what they say. */
  readonly canonical: boolean
  /** What the values may cost to keep; default LIMITS.jsonUnits. More is ERR_LIMIT. */
  readonly units?: number
}

/**
 * What is kept of a value, in units of some 40 bytes (measured): a text of 3 bytes can be an object of 240. Small texts and
 * numbers cost less.
 */
const UNITS = { object: 6, member: 3, array: 2, value: 1 } as const

/**
 * Reads one JSON text (RFC 8259) under the rules of I-JSON (RFC 7493), which JSON.parse does not keep: valid UTF-8
 * without a byte order mark, no member twice (whatever escapes spell it), no lone surrogate, no number that would be
 * another one afterwards, nothing behind the value, nesting of at most LIMITS.jsonDepth, and no more values than may be kept.
 * @param where what the bytes are, for the error: a path, or `path line 3`
 * @throws ParseError ERR_LIMIT, ERR_TEXT_ENCODING, ERR_JSON_*, with the byte offset
 */
export function parseJson(bytes: Uint8Array, where: string, options: JsonOptions): JsonValue {
  if (bytes.length > options.limit) {
    throw new ParseError('ERR_LIMIT', { where, expected: `at most ${options.limit} bytes`, found: `${bytes.length}` })
  }
  const text = decodeUtf8(bytes)
  if (text === undefined) throw new ParseError('ERR_TEXT_ENCODING', { where, expected: 'UTF-8', spec: 'RFC 8259 §8.1' })
  return new JsonReader(text, where, options).readWhole()
}

const QUOTE = 0x22
const COMMA = 0x2c
const COLON = 0x3a
const CLOSE_BRACKET = 0x5d
const CLOSE_BRACE = 0x7d
const BACKSLASH = 0x5c
/** What stands in a string as itself. Never fails, because it may be nothing. */
const PLAIN = /[^"\\\u0000-\u001f]*/y
const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y
const ESCAPED: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ['\\', '\\'],
  ['/', '/'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
])

class JsonReader {
  private readonly text: string
  private readonly where: string
  private readonly canonical: boolean
  private readonly units: number
  private spent = 0
  private at = 0

  constructor(text: string, where: string, { canonical, units = LIMITS.jsonUnits }: JsonOptions) {
    this.text = text
    this.where = where
    this.canonical = canonical
    this.units = units
  }

  readWhole(): JsonValue {
    this.skipWhiteSpace()
    const value = this.readValue(1)
    this.skipWhiteSpace()
    if (this.at < this.text.length) throw this.error('ERR_JSON_SYNTAX', 'end of text')
    return value
  }

  private readValue(depth: number): JsonValue {
    if (depth > LIMITS.jsonDepth) throw this.error('ERR_LIMIT', `nesting of at most ${LIMITS.jsonDepth}`)
    this.spend(UNITS.value)
    switch (this.text.charAt(this.at)) {
      case '{':
        return this.readObject(depth)
      case '[':
        return this.readArray(depth)
      case '"':
        return this.readString()
      case 't':
        return this.readWord('true', true)
      case 'f':
        return this.readWord('false', false)
      case 'n':
        return this.readWord('null', null)
      default:
        return this.readNumber()
    }
  }

  private readObject(depth: number): JsonObject {
    const members: Record<string, JsonValue> = Object.create(null)
    let previous: string | undefined
    this.spend(UNITS.object)
    this.at++
    this.skipWhiteSpace()
    if (this.take(CLOSE_BRACE)) return members
    for (;;) {
      const start = this.at
      if (this.text.charCodeAt(start) !== QUOTE) throw this.error('ERR_JSON_SYNTAX', 'member name')
      const name = this.readString()
      if (name in members) throw this.error('ERR_JSON_DUPLICATE_KEY', 'each member once', start)
      // RFC 8785 §3.2.3: by UTF-16 code units, which is how JavaScript compares strings.
      if (this.canonical && previous !== undefined && name < previous) {
        throw this.error('ERR_JSON_NOT_CANONICAL', 'members in order', start)
      }
      previous = name
      this.spend(UNITS.member)
      this.skipWhiteSpace()
      if (!this.take(COLON)) throw this.error('ERR_JSON_SYNTAX', ':')
      this.skipWhiteSpace()
      members[name] = this.readValue(depth + 1)
      this.skipWhiteSpace()
      if (this.take(CLOSE_BRACE)) return members
      if (!this.take(COMMA)) throw this.error('ERR_JSON_SYNTAX', ', or }')
      this.skipWhiteSpace()
    }
  }

  private readArray(depth: number): JsonValue[] {
    const elements: JsonValue[] = []
    this.spend(UNITS.array)
    this.at++
    this.skipWhiteSpace()
    if (this.take(CLOSE_BRACKET)) return elements
    for (;;) {
      elements.push(this.readValue(depth + 1))
      this.skipWhiteSpace()
      if (this.take(CLOSE_BRACKET)) return elements
      if (!this.take(COMMA)) throw this.error('ERR_JSON_SYNTAX', ', or ]')
      this.skipWhiteSpace()
    }
  }

  private readString(): string {
    const opening = this.at
    let value = ''
    let escaped = false
    this.at++
    for (;;) {
      PLAIN.lastIndex = this.at
      PLAIN.test(this.text)
      const end = PLAIN.lastIndex
      const plain = this.text.slice(this.at, end)
      this.at = end
      const unit = this.text.charCodeAt(end)
      if (unit === QUOTE) {
        this.at++
        if (!escaped) return plain
        value += plain
        // UTF-8 itself cannot carry a surrogate; only escapes can.
        if (hasLoneSurrogate(value)) throw this.error('ERR_JSON_STRING', 'no lone surrogate', opening)
        return value
      }
      // NaN (the end of the text) or a control character.
      if (unit !== BACKSLASH) throw this.error('ERR_JSON_SYNTAX', end < this.text.length ? 'no control character' : '"')
      value += plain + this.readEscape()
      escaped = true
    }
  }

  private readEscape(): string {
    const start = this.at
    const letter = this.text.charAt(start + 1)
    const short = ESCAPED.get(letter)
    if (short !== undefined) {
      this.at += 2
      if (this.canonical && letter === '/') throw this.error('ERR_JSON_NOT_CANONICAL', '/', start)
      return short
    }
    const hex = this.text.slice(start + 2, start + 6)
    if (letter !== 'u' || !/^[0-9a-fA-F]{4}$/.test(hex)) throw this.error('ERR_JSON_SYNTAX', 'escape sequence', start)
    this.at += 6
    const character = String.fromCharCode(Number.parseInt(hex, 16))
    if (!this.canonical) return character
    if (/[\ud800-\udfff]/.test(character)) {
      // A whole pair should have been written as itself; half a one is reported as what it is.
      const code = this.isPairAt(start) ? 'ERR_JSON_NOT_CANONICAL' : 'ERR_JSON_STRING'
      throw this.error(code, code === 'ERR_JSON_STRING' ? 'no lone surrogate' : 'the character itself', start)
    }
    if (`"\\u${hex}"` !== JSON.stringify(character))
      throw this.error('ERR_JSON_NOT_CANONICAL', 'shortest escape', start)
    return character
  }

  private isPairAt(start: number): boolean {
    return /^\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}/.test(this.text.slice(start, start + 12))
  }

  private readNumber(): number {
    NUMBER.lastIndex = this.at
    const start = this.at
    const written = NUMBER.exec(this.text)?.[0]
    if (written === undefined) throw this.error('ERR_JSON_SYNTAX', 'value')
    this.at += written.length
    const value = Number(written)
    if (!survives(written, value)) throw this.error('ERR_JSON_NUMBER', 'number of IEEE 754 double precision', start)
    if (this.canonical && written !== String(value)) {
      throw this.error('ERR_JSON_NOT_CANONICAL', String(value), start)
    }
    return value
  }

  private readWord<T extends JsonValue>(word: string, value: T): T {
    if (!this.text.startsWith(word, this.at)) throw this.error('ERR_JSON_SYNTAX', 'value')
    this.at += word.length
    return value
  }

  private spend(units: number): void {
    this.spent += units
    if (this.spent > this.units) throw this.error('ERR_LIMIT', `values of at most ${this.units} units`)
  }

  private take(unit: number): boolean {
    if (this.text.charCodeAt(this.at) !== unit) return false
    this.at++
    return true
  }

  private skipWhiteSpace(): void {
    const start = this.at
    for (;;) {
      const unit = this.text.charCodeAt(this.at)
      if (unit !== 0x20 && unit !== 0x0a && unit !== 0x0d && unit !== 0x09) break
      this.at++
    }
    if (this.canonical && this.at > start) throw this.error('ERR_JSON_NOT_CANONICAL', 'no white space', start)
  }

  private error(code: ParseErrorCode, expected: string, at = this.at): ParseError {
    const spec = code === 'ERR_JSON_NOT_CANONICAL' ? 'RFC 8785 §3.2' : 'RFC 8259'
    // Offsets are of bytes, and computed only now.
    const offset = encodeUtf8(this.text.slice(0, at)).length
    const found = at < this.text.length ? beginningOf(this.text.slice(at, at + 18), 16) : 'end of text'
    return new ParseError(code, { where: this.where, offset, spec, expected, found })
  }
}

/**
 * Whether a double holds what was written: not infinite, not zero for something that is none, and every digit of an
 * integer. Fractions are rounded in decimal by nature (RFC 8785 Appendix B), which is no loss that could be meant.
 */
function survives(written: string, value: number): boolean {
  if (!Number.isFinite(value)) return false
  if (value === 0) return /^-?[0.]*(?:[eE]|$)/.test(written)
  if (Number.isSafeInteger(value) || !/^-?[0-9]+$/.test(written)) return true
  // The shortest text that gives this double, e.g. 75985583658153300, is its RFC 8785 form without being its exact value.
  if (written === String(value)) return true
  // At most 309 digits here, because longer integers are infinite.
  return BigInt(written) === BigInt(value)
}
