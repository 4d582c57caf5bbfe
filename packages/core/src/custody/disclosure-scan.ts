import type { OpenableFile } from '../bundle/line-types.ts'
import { parseJson } from '../json/parse.ts'
import type { JsonValue } from '../json/value.ts'
import { LIMITS } from '../model/limits.ts'
import { ParseError } from '../model/parse-error.ts'
import { fromBase64UrlBytes, isBase64Url } from './line-scan.ts'

/** What a disclosure says: the JSON array [salt, name, value]. */
export interface Disclosed {
  readonly name: string
  readonly value: JsonValue
}

/** Reads the ASCII text of a disclosure; `undefined` unless it is base64url of the canonical array, its salt 128 bits. */
export function parseDisclosure(ascii: Uint8Array): Disclosed | undefined {
  const bytes = fromBase64UrlBytes(ascii)
  if (bytes === undefined) return undefined
  try {
    const parsed = parseJson(bytes, 'opening', { limit: LIMITS.jsonLineBytes, canonical: true })
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

const ascii = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0))
const FIELD_HEAD = ascii('{"field":"')
const FILE_HEAD = ascii('","file":"')
const OPENING_HEAD = ascii('.jsonl","opening":"')
const SEQ_HEAD = ascii('","seq":')
const FILES: readonly { readonly file: OpenableFile; readonly bytes: Uint8Array }[] = [
  { file: 'custody.jsonl', bytes: ascii('custody') },
  { file: 'items.jsonl', bytes: ascii('items') },
]
const QUOTE = 0x22
const CLOSE_BRACE = 0x7d

/** An opening's line as it stands, recognised byte by byte. */
export interface ScannedOpening {
  readonly field: string
  readonly file: OpenableFile
  readonly seq: number
  /** The disclosure's ASCII octets. Shares memory. */
  readonly opening: Uint8Array
}

/** Recognises a line of disclosures.jsonl that is exactly an opening; `undefined` says nothing: then it is parsed as JSON. */
export function scanOpening(line: Uint8Array): ScannedOpening | undefined {
  let at = after(line, 0, FIELD_HEAD)
  if (at === -1) return undefined
  const fieldEnd = line.indexOf(QUOTE, at)
  const field = fieldName(line, at, fieldEnd)
  at = field === undefined ? -1 : after(line, fieldEnd, FILE_HEAD)
  if (field === undefined || at === -1) return undefined
  for (const { file, bytes } of FILES) {
    const fileEnd = after(line, at, bytes)
    const from = fileEnd === -1 ? -1 : after(line, fileEnd, OPENING_HEAD)
    if (from === -1) continue
    const to = line.indexOf(QUOTE, from)
    const seqAt = to === -1 || !isBase64Url(line, from, to) ? -1 : after(line, to, SEQ_HEAD)
    const seq = seqAt === -1 ? undefined : digits(line, seqAt, line.length - 1)
    if (seq === undefined || line[line.length - 1] !== CLOSE_BRACE) return undefined
    return { field, file, seq, opening: line.subarray(from, to) }
  }
  return undefined
}

function after(line: Uint8Array, at: number, literal: Uint8Array): number {
  for (let i = 0; i < literal.length; i++) if (line[at + i] !== literal[i]) return -1
  return at + literal.length
}

/** `[a-z][A-Za-z0-9]{0,63}` */
function fieldName(line: Uint8Array, from: number, to: number): string | undefined {
  if (to <= from || to - from > 64) return undefined
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
