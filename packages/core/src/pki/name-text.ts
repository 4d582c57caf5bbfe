import { sha256 } from '@noble/hashes/sha2.js'
import { beginningOf } from '../json/value.ts'
import { toHex } from '../model/bytes.ts'
import { LIMITS } from '../model/limits.ts'
import { encodeUtf8 } from '../model/utf8.ts'

/** `whole`: the octets that the text was made from, at least as far as it is shown. */
export function cutText(text: string, whole: Uint8Array): string {
  if (text.length <= LIMITS.nameTextCharacters) return text
  return `${beginningOf(text, LIMITS.nameTextCharacters)}… (cut; SHA-256 of the whole ${toHex(sha256(whole))})`
}

/** Hex of what is no text; cut like a name. */
export function identifierText(octets: Uint8Array): string {
  return cutText(toHex(octets.subarray(0, LIMITS.nameTextCharacters)), octets)
}

/**
 * What must not reach a terminal or a page as it is: controls, format, bidi and invisible characters, separators, white
 * space but the plain one, private use. Fixed ranges: Unicode properties would change with the engine's version.
 */
const HOSTILE: readonly (readonly [number, number])[] = [
  [0x00, 0x1f],
  [0x7f, 0xa0],
  [0xad, 0xad],
  [0x34f, 0x34f],
  [0x600, 0x605],
  [0x61c, 0x61c],
  [0x6dd, 0x6dd],
  [0x70f, 0x70f],
  [0x115f, 0x1160],
  [0x1680, 0x1680],
  [0x180b, 0x180f],
  [0x2000, 0x200f],
  [0x2028, 0x202f],
  [0x205f, 0x206f],
  [0x3000, 0x3000],
  [0x3164, 0x3164],
  [0xd800, 0xf8ff],
  [0xfe00, 0xfe0f],
  [0xfeff, 0xfeff],
  [0xffa0, 0xffa0],
  [0xfff0, 0xfffc],
  [0xfffe, 0xffff],
  [0x1d173, 0x1d17a],
  [0xe0000, 0x10ffff],
]

function isHostile(character: string): boolean {
  const point = character.codePointAt(0) ?? 0
  return HOSTILE.some(([from, to]) => point >= from && point <= to)
}
const SPECIAL = /["+,;<>\\=]/

/** Nothing of it is escaped: letters, digits and the like, and single characters of these at both ends. */
const PLAIN_VALUE = /^[A-Za-z0-9().:/_-](?:[A-Za-z0-9().:/_ -]*[A-Za-z0-9().:/_-])?$/

/** RFC 4514 §2.4, with every hostile character written as its UTF-8 octets in hex. */
export function escapeValue(value: string): string {
  if (PLAIN_VALUE.test(value)) return value
  let text = ''
  const characters = [...value]
  for (const [index, character] of characters.entries()) {
    const edge =
      (index === 0 && character === '#') || ((index === 0 || index === characters.length - 1) && character === ' ')
    if (isHostile(character)) for (const octet of encodeUtf8(character)) text += `\\${toHex(Uint8Array.of(octet))}`
    else text += edge || SPECIAL.test(character) ? `\\${character}` : character
  }
  return text
}
