import { md5, sha1 } from '@noble/hashes/legacy.js'
import { sha224, sha256, sha384, sha512 } from '@noble/hashes/sha2.js'
import {
  canonicalText,
  encodeUtf8,
  fromBase64,
  fromHex,
  hasLoneSurrogate,
  isJsonObject,
  type JsonValue,
  toBase64,
  toHex,
} from '@probatum/core'

/** How a value could stand in bytes. */
export type NeedleForm =
  | 'text'
  | 'utf-16'
  | 'base64'
  | 'percent-encoded'
  | 'escaped'
  | 'hex'
  | 'bytes'
  | 'digest'
  | 'opening'

/** A withheld value in one of the forms in which it might stand in a file. */
export interface Needle {
  readonly form: NeedleForm
  readonly bytes: Uint8Array
  /** Of base64: what must hold of the digits around, which the value shares with its neighbours. */
  readonly before?: DigitBits
  readonly after?: DigitBits
}

/** Bits that a base64 digit must have under a mask. */
export interface DigitBits {
  readonly mask: number
  readonly bits: number
}

/** Text of fewer characters is everywhere; its digests are looked for all the same. */
export const SHORTEST_TEXT = 4
/** A value that long is found by its beginning. */
const LONGEST_NEEDLE = 192
/** A beginning of base64 that is shorter says too little. */
const SHORTEST_BASE64 = 8

/** The texts in a value, each of which would give it away. Numbers are none: they are looked for in digests and openings. */
export function textsIn(value: JsonValue): string[] {
  if (typeof value === 'string') return [value]
  if (Array.isArray(value)) return (value as readonly JsonValue[]).flatMap(textsIn)
  if (isJsonObject(value)) return Object.values(value).flatMap(textsIn)
  return []
}

/** All forms of one text: in upper and lower case, composed and decomposed, and under the usual encodings. */
export function needlesOfText(text: string): Needle[] {
  if (hasLoneSurrogate(text)) return []
  const needles: Needle[] = []
  const add = (form: NeedleForm, bytes: Uint8Array) => {
    if (bytes.length >= SHORTEST_TEXT) needles.push({ form, bytes: bytes.subarray(0, LONGEST_NEEDLE) })
  }
  const addBase64 = (bytes: Uint8Array) => needles.push(...base64Needles(bytes, 'base64'))
  const spellings = spellingsOf(text)
  for (const spelling of spellings) {
    const bytes = encodeUtf8(spelling)
    if ([...spelling].length >= SHORTEST_TEXT) {
      add('text', bytes)
      add('utf-16', utf16(spelling, true))
      add('utf-16', utf16(spelling, false))
      add('percent-encoded', encodeUtf8(encodeURIComponent(spelling)))
      add('escaped', encodeUtf8(unicodeEscaped(spelling)))
    }
    add('percent-encoded', encodeUtf8(toHex(bytes).replace(/../g, '%$&')))
    if (bytes.length >= SHORTEST_TEXT) add('hex', encodeUtf8(toHex(bytes)))
    addBase64(bytes)
    addBase64(utf16(spelling, true))
    needles.push(...digestNeedles(bytes))
  }
  // A digest or a signature in text form is looked for as its octets too.
  const octets = /^[0-9a-f]{16,}$/i.test(text)
    ? fromHex(text.toLowerCase())
    : text.length >= 16
      ? fromBase64(text)
      : undefined
  if (octets !== undefined) {
    if (octets.length >= 8) add('bytes', octets)
    addBase64(octets)
    add('hex', encodeUtf8(toHex(octets)))
  }
  return needles
}

/** Unsalted digests of a value that is no text: of its JSON. */
export function needlesOfJson(value: JsonValue): Needle[] {
  return digestNeedles(encodeUtf8(canonicalText(value)))
}

function spellingsOf(text: string): Set<string> {
  const spellings = new Set([text])
  for (const form of [text.normalize('NFC'), text.normalize('NFD')])
    for (const spelling of [form, form.toLowerCase(), form.toUpperCase()]) spellings.add(spelling)
  return spellings
}

function utf16(text: string, littleEndian: boolean): Uint8Array {
  const bytes = new Uint8Array(text.length * 2)
  const view = new DataView(bytes.buffer)
  for (let at = 0; at < text.length; at++) view.setUint16(at * 2, text.charCodeAt(at), littleEndian)
  return bytes
}

function unicodeEscaped(text: string): string {
  return JSON.stringify(text)
    .slice(1, -1)
    .replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

/** What base64 looks like at each of the three places in a group of three, in both alphabets. */
function base64Needles(bytes: Uint8Array, form: NeedleForm, places = 3): Needle[] {
  const needles: Needle[] = []
  for (let before = 0; before < places; before++) {
    const padded = new Uint8Array(before + bytes.length)
    padded.set(bytes, before)
    const digits = toBase64(padded)
    const first = Math.ceil((before * 8) / 6)
    const last = Math.floor((padded.length * 8) / 6)
    if (last - first < SHORTEST_BASE64) continue
    const whole = digits.slice(first, last)
    const text = whole.slice(0, LONGEST_NEEDLE)
    const shared = (padded.length * 8) % 6
    const edges = {
      ...(first === 0 ? {} : { before: digitBits(digits, first - 1, (1 << (first * 6 - before * 8)) - 1) }),
      ...(shared === 0 || text !== whole ? {} : { after: digitBits(digits, last, 63 & ~((1 << (6 - shared)) - 1)) }),
    }
    needles.push({ form, bytes: encodeUtf8(text), ...edges })
    if (/[+/]/.test(text)) {
      const url = text.replaceAll('+', '-').replaceAll('/', '_')
      needles.push({ form, bytes: encodeUtf8(url), ...edges })
    }
  }
  return needles
}

function digitBits(digits: string, at: number, mask: number): DigitBits {
  return { mask, bits: (base64Digit(digits.charCodeAt(at)) ?? 0) & mask }
}

/** Value of a base64 or base64url digit; undefined for another character. */
export function base64Digit(character: number): number | undefined {
  if (character >= 0x41 && character <= 0x5a) return character - 0x41
  if (character >= 0x61 && character <= 0x7a) return character - 0x61 + 26
  if (character >= 0x30 && character <= 0x39) return character - 0x30 + 52
  if (character === 0x2b || character === 0x2d) return 62
  return character === 0x2f || character === 0x5f ? 63 : undefined
}

const DIGESTS = [md5, sha1, sha224, sha256, sha384, sha512]

function digestNeedles(bytes: Uint8Array): Needle[] {
  return DIGESTS.flatMap((digest): Needle[] => {
    const octets = digest(bytes)
    return [
      { form: 'digest', bytes: octets },
      { form: 'digest', bytes: encodeUtf8(toHex(octets)) },
      ...base64Needles(octets, 'digest', 1),
    ]
  })
}
