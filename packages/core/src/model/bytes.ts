import { decodeUtf8, encodeUtf8 } from './utf8.ts'

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

/** The two digits of each byte as they lie in memory: half as many steps as digit by digit. */
const HEX_PAIRS = new Uint16Array(encodeUtf8(HEX.join('')).buffer)

/** Lower-case hex. */
export function toHex(bytes: Uint8Array): string {
  if (bytes.length < 16) {
    let text = ''
    for (const byte of bytes) text += HEX[byte]
    return text
  }
  // A text that grows is a tree of its parts, which costs more than the bytes of a digest or a key are worth.
  const pairs = new Uint16Array(bytes.length)
  for (let i = 0; i < bytes.length; i++) pairs[i] = HEX_PAIRS[bytes[i] ?? 0] ?? 0
  return decodeUtf8(new Uint8Array(pairs.buffer)) ?? ''
}

/** What `readHex` says of the digits: at least one is a capital letter, or none. */
export const HEX_CAPITAL = 16
export const HEX_NONE = 32

// Value of each ASCII code as a hex digit, marked where it is a capital letter or none.
const HEX_VALUES = Uint8Array.from({ length: 128 }, (_, code) => {
  if (code >= 0x30 && code <= 0x39) return code - 0x30
  if (code >= 0x61 && code <= 0x66) return code - 0x57
  return code >= 0x41 && code <= 0x46 ? (code - 0x37) | HEX_CAPITAL : HEX_NONE
})

/**
 * Reads `count` bytes from the hex digits of a text, from its place `start` on, into `target` from `at` on.
 * @returns bits of HEX_CAPITAL and HEX_NONE; the bytes are of no use where a digit was none
 */
export function readHex(text: string, start: number, count: number, target: Uint8Array, at = 0): number {
  let seen = 0
  for (let i = 0, from = start; i < count; i++, from += 2) {
    const high = HEX_VALUES[text.charCodeAt(from)] ?? HEX_NONE
    const low = HEX_VALUES[text.charCodeAt(from + 1)] ?? HEX_NONE
    seen |= high | low
    target[at + i] = (high << 4) | (low & 15)
  }
  return seen & (HEX_CAPITAL | HEX_NONE)
}

/** Strict hex, either case, even length; `undefined` otherwise. */
export function fromHex(text: string): Uint8Array | undefined {
  if (text.length % 2 !== 0) return undefined
  const bytes = new Uint8Array(text.length / 2)
  return (readHex(text, 0, bytes.length, bytes) & HEX_NONE) === 0 ? bytes : undefined
}

/** Whether both have the same bytes. Not for secrets: it ends at the first difference. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false
  return true
}

/** All parts, one behind the other, in an array of its own. */
export function concatBytes(...parts: readonly Uint8Array[]): Uint8Array {
  let length = 0
  for (const part of parts) length += part.length
  const whole = new Uint8Array(length)
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

/** Order of unsigned bytes, shorter first on a tie: the order of `LC_ALL=C sort`. */
export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const shared = Math.min(a.length, b.length)
  for (let i = 0; i < shared; i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0)
    if (difference !== 0) return difference
  }
  return a.length - b.length
}

/**
 * Orders two strings as their UTF-8 bytes would be ordered. UTF-16 order differs from it only where surrogates
 * meet U+E000 to U+FFFF, so the quick comparison is used everywhere else.
 */
export function comparePaths(a: string, b: string): number {
  if (a === b) return 0
  const shared = Math.min(a.length, b.length)
  for (let i = 0; i < shared; i++) {
    const x = a.charCodeAt(i)
    const y = b.charCodeAt(i)
    if (x !== y) {
      const xSurrogate = x >= 0xd800 && x <= 0xdfff
      const ySurrogate = y >= 0xd800 && y <= 0xdfff
      if (xSurrogate !== ySurrogate) return xSurrogate ? 1 : -1
      return x - y
    }
  }
  return a.length - b.length
}

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const BASE64_CODES = Uint8Array.from(BASE64, (character) => character.charCodeAt(0))
const PADDING = 0x3d
/** By character code; 255 for what is no character of the alphabet. */
const BASE64_VALUE = new Uint8Array(128).fill(255)
for (const [value, code] of BASE64_CODES.entries()) BASE64_VALUE[code] = value

/** RFC 4648 §4, padded. */
export function toBase64(bytes: Uint8Array): string {
  const codes = new Uint8Array(4 * Math.ceil(bytes.length / 3))
  let at = 0
  for (let i = 0; i < bytes.length; i += 3) {
    // Behind the end there are zeros, and their characters give way to padding.
    const group = ((bytes[i] ?? 0) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0)
    codes[at] = BASE64_CODES[group >> 18] ?? 0
    codes[at + 1] = BASE64_CODES[(group >> 12) & 63] ?? 0
    codes[at + 2] = BASE64_CODES[(group >> 6) & 63] ?? 0
    codes[at + 3] = BASE64_CODES[group & 63] ?? 0
    at += 4
  }
  const rest = bytes.length % 3
  if (rest > 0) codes[at - 1] = PADDING
  if (rest === 1) codes[at - 2] = PADDING
  return decodeUtf8(codes) ?? ''
}

/** Strict RFC 4648 §4: padded, no white space, unused bits zero; `undefined` otherwise. */
export function fromBase64(text: string): Uint8Array | undefined {
  if (text.length % 4 !== 0) return undefined
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0
  const bytes = new Uint8Array((text.length / 4) * 3 - padding)
  let at = 0
  let bits = 0
  let held = 0
  for (let i = 0; i < text.length - padding; i++) {
    const value = BASE64_VALUE[text.charCodeAt(i)] ?? 255
    if (value === 255) return undefined
    bits = ((bits << 6) | value) & 0xffffff
    held += 6
    if (held >= 8) {
      held -= 8
      bytes[at++] = (bits >> held) & 0xff
    }
  }
  return (bits & ((1 << held) - 1)) === 0 ? bytes : undefined
}

/** RFC 4648 §5 without padding. */
export function toBase64Url(bytes: Uint8Array): string {
  return toBase64(bytes).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

/** Strict RFC 4648 §5 without padding; `undefined` otherwise. */
export function fromBase64Url(text: string): Uint8Array | undefined {
  if (!/^[A-Za-z0-9_-]*$/.test(text)) return undefined
  const padding = '='.repeat((4 - (text.length % 4)) % 4)
  return fromBase64(text.replaceAll('-', '+').replaceAll('_', '/') + padding)
}
