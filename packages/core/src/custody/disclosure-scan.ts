import { CONSENT_SLOTS } from '../bundle/authorisation-record.ts'
import { type DisclosedFile, EVENT_TYPES, ITEM_TYPE } from '../bundle/line-types.ts'
import { parseJson } from '../json/parse.ts'
import type { JsonValue } from '../json/value.ts'
import { LIMITS } from '../model/limits.ts'
import { ParseError } from '../model/parse-error.ts'
import { decodeBase64Url, fromBase64UrlBytes, isBase64Url } from './line-scan.ts'

/** What a disclosure says: the JSON array [salt, name, value]. */
export interface Disclosed {
  readonly name: string
  readonly value: JsonValue
}

/** Reads the ASCII text of a disclosure; `undefined` unless it is base64url of the canonical array, its salt 128 bits. */
export function parseDisclosure(ascii: Uint8Array): Disclosed | undefined {
  const length = ascii.length <= SCANNED ? decodeBase64Url(ascii, DECODED) : 0
  const scanned = length > 0 ? scanDisclosed(DECODED, length) : undefined
  if (scanned !== undefined) return scanned
  const bytes = fromBase64UrlBytes(ascii)
  if (bytes === undefined) return undefined
  try {
    const parsed = parseJson(bytes, 'opening', {
      limit: LIMITS.jsonLineBytes,
      canonical: true,
      units: LIMITS.jsonLineUnits,
    })
    if (!Array.isArray(parsed) || parsed.length !== 3) return undefined
    const [salt, name, value] = parsed as readonly JsonValue[]
    // 128 bits in base64url: 22 characters, the last of which carries two bits.
    const isSalt = typeof salt === 'string' && /^[A-Za-z0-9_-]{21}[AQgw]$/.test(salt)
    return isSalt && typeof name === 'string' && value !== undefined ? { name, value } : undefined
  } catch (error) {
    if (error instanceof ParseError) return undefined
    throw error
  }
}

/** Octets of JSON before the name: `["`, 22 digits of the salt, `","`. In base64url the first 24 are 32 digits. */
const SALT_AT = 2
const SALT_DIGITS = 22

/** The salt of a disclosure that is in form: 128 bits in base64url, 22 octets of ASCII. */
export function saltIn(ascii: Uint8Array): Uint8Array {
  const head = new Uint8Array(SALT_AT + SALT_DIGITS)
  decodeBase64Url(ascii.subarray(0, (head.length / 3) * 4), head)
  return head.subarray(SALT_AT)
}

/** Longer ones are rare, and are parsed as JSON. */
const SCANNED = 4096
/** One at a time: memory of its own for each of millions would be most of the work. */
const DECODED = new Uint8Array(SCANNED)

const NAME_AT = SALT_AT + SALT_DIGITS + 3
const OPEN_BRACKET = 0x5b
const CLOSE_BRACKET = 0x5d
const COMMA = 0x2c
const BACKSLASH = 0x5c
/** Digits that carry two bits: 128 bits in base64url end in one of them. */
const LAST_SALT_DIGITS: ReadonlySet<number> = new Set([...'AQgw'].map((digit) => digit.charCodeAt(0)))

/**
 * Recognises, byte by byte, the array whose value is a text of printable ASCII that needs no escape: there are millions of
 * them. `undefined` says nothing: then it is parsed as JSON.
 */
function scanDisclosed(bytes: Uint8Array, end: number): Disclosed | undefined {
  const isHead =
    bytes[0] === OPEN_BRACKET &&
    bytes[1] === QUOTE &&
    bytes[NAME_AT - 3] === QUOTE &&
    bytes[NAME_AT - 2] === COMMA &&
    bytes[NAME_AT - 1] === QUOTE
  if (!isHead || end < NAME_AT || bytes[end - 1] !== CLOSE_BRACKET || bytes[end - 2] !== QUOTE) return undefined
  if (!isBase64Url(bytes, 2, NAME_AT - 3) || !LAST_SALT_DIGITS.has(bytes[NAME_AT - 4] ?? 0)) return undefined
  const nameEnd = nearQuote(bytes, NAME_AT)
  const name = fieldName(bytes, NAME_AT, nameEnd)
  const from = nameEnd + 3
  if (name === undefined || from > end - 2 || bytes[nameEnd + 1] !== COMMA || bytes[nameEnd + 2] !== QUOTE) {
    return undefined
  }
  const value = plainText(bytes, from, end - 2)
  return value === undefined ? undefined : { name, value }
}

/** Text of printable ASCII that needs no escape. At most SCANNED octets: as many arguments as every engine takes. */
function plainText(bytes: Uint8Array, from: number, to: number): string | undefined {
  // Elements of an Array are taken as arguments in half the time of those of a Uint8Array.
  const codes = new Array<number>(to - from)
  for (let at = from; at < to; at++) {
    const octet = bytes[at] as number
    if (octet < 0x20 || octet > 0x7e || octet === QUOTE || octet === BACKSLASH) return undefined
    codes[at - from] = octet
  }
  return String.fromCharCode(...codes)
}

const ascii = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0))
const FIELD_HEAD = ascii('{"field":"')
const FILE_HEAD = ascii('","file":"')
const OPENING_HEAD = ascii('","opening":"')
const SEQ_HEAD = ascii('","seq":')
/** The most frequent one first. */
const FILES: readonly { readonly file: DisclosedFile; readonly bytes: Uint8Array }[] = [
  { file: 'custody.jsonl', bytes: ascii('custody.jsonl') },
  { file: 'items.jsonl', bytes: ascii('items.jsonl') },
  { file: 'authorisation.json', bytes: ascii('authorisation.json') },
]
const QUOTE = 0x22
const CLOSE_BRACE = 0x7d

/** An opening's line as it stands, recognised byte by byte. */
export interface ScannedOpening {
  readonly field: string
  readonly file: DisclosedFile
  readonly seq: number
  /** The disclosure's ASCII octets. Shares memory. */
  readonly opening: Uint8Array
  /** What it says, where that was read: `undefined` when it is not in form. */
  readonly disclosed?: Disclosed | undefined
}

/** Recognises a line of disclosures.jsonl that is exactly an opening; `undefined` says nothing: then it is parsed as JSON. */
export function scanOpening(line: Uint8Array): ScannedOpening | undefined {
  let at = after(line, 0, FIELD_HEAD)
  if (at === -1) return undefined
  const fieldEnd = nearQuote(line, at)
  const field = fieldName(line, at, fieldEnd)
  at = field === undefined ? -1 : after(line, fieldEnd, FILE_HEAD)
  if (field === undefined || at === -1) return undefined
  for (const { file, bytes } of FILES) {
    const fileEnd = after(line, at, bytes)
    const from = fileEnd === -1 ? -1 : after(line, fileEnd, OPENING_HEAD)
    if (from === -1) continue
    const to = line.indexOf(QUOTE, from)
    const seqAt = to === -1 ? -1 : after(line, to, SEQ_HEAD)
    const seq = seqAt === -1 ? undefined : digits(line, seqAt, line.length - 1)
    if (seq === undefined || line[line.length - 1] !== CLOSE_BRACE) return undefined
    const opening = line.subarray(from, to)
    const disclosed = parseDisclosure(opening)
    // What says something is base64url: it was decoded.
    const isText = disclosed !== undefined || isBase64Url(line, from, to)
    return isText ? { field, file, seq, opening, disclosed } : undefined
  }
  return undefined
}

/** Where the name that begins here ends; LONGEST_NAME octets on, if it does not before. */
function nearQuote(line: Uint8Array, from: number): number {
  let at = from
  while (at < from + LONGEST_NAME && line[at] !== QUOTE) at++
  return at
}

function after(line: Uint8Array, at: number, literal: Uint8Array): number {
  for (let i = 0; i < literal.length; i++) if (line[at + i] !== literal[i]) return -1
  return at + literal.length
}

/** The names of the format by their length, so that no text is made for each of millions of lines. */
const KNOWN_NAMES: ReadonlyMap<number, readonly { readonly name: string; readonly bytes: Uint8Array }[]> = (() => {
  const names = new Set([
    ...CONSENT_SLOTS,
    ...ITEM_TYPE.slots,
    ...Object.values(EVENT_TYPES).flatMap(({ slots }) => slots),
  ])
  const byLength = new Map<number, { readonly name: string; readonly bytes: Uint8Array }[]>()
  for (const name of names) {
    const same = byLength.get(name.length)
    const one = { name, bytes: ascii(name) }
    if (same === undefined) byLength.set(name.length, [one])
    else same.push(one)
  }
  return byLength
})()

function knownName(line: Uint8Array, from: number, to: number): string | undefined {
  for (const { name, bytes } of KNOWN_NAMES.get(to - from) ?? []) if (after(line, from, bytes) !== -1) return name
  return undefined
}

const LONGEST_NAME = 64

/** `[a-z][A-Za-z0-9]{0,63}` */
function fieldName(line: Uint8Array, from: number, to: number): string | undefined {
  if (to <= from || to - from > LONGEST_NAME) return undefined
  const known = knownName(line, from, to)
  if (known !== undefined) return known
  let name = ''
  for (let at = from; at < to; at++) {
    const code = line[at] ?? 0
    const isLower = code >= 0x61 && code <= 0x7a
    const isOther = (code >= 0x41 && code <= 0x5a) || (code >= 0x30 && code <= 0x39)
    if (!isLower && (at === from || !isOther)) return undefined
    name += String.fromCharCode(code)
  }
  return name
}

function digits(line: Uint8Array, from: number, to: number): number | undefined {
  if (to <= from || to - from > 15 || (to - from > 1 && line[from] === 0x30)) return undefined
  let value = 0
  for (let at = from; at < to; at++) {
    const digit = (line[at] ?? 0) - 0x30
    if (digit < 0 || digit > 9) return undefined
    value = value * 10 + digit
  }
  return value
}

const LINE_FEED = 0x0a

/** The openings among the whole lines of a file; what is none is left to whoever judges its form. */
export function openingsIn(bytes: Uint8Array): ScannedOpening[] {
  const found: ScannedOpening[] = []
  for (let start = 0; start < bytes.length; ) {
    const feed = bytes.indexOf(LINE_FEED, start)
    if (feed === -1) break
    const scanned = scanOpening(bytes.subarray(start, feed))
    if (scanned !== undefined) {
      // Not what they say: all of them are held at once.
      const { field, file, seq, opening } = scanned
      found.push({ field, file, seq, opening })
    }
    start = feed + 1
  }
  return found
}
