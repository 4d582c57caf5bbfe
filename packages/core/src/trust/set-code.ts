import { fromHex } from '../model/bytes.ts'

/**
 * The set code: what a person types from a printed card to confirm that the trust set before him is the one on the card.
 *
 * The first 140 bits of the file's SHA-256, as 28 symbols of Crockford's base 32 (digits and letters without I, L, O,
 * U), in 4 groups of 7. Each group ends with a check symbol, so that a slip of the hand is told from another set:
 * `c = g + a·v1 + a²·v2 + … + a⁷·v7` in GF(32) with the polynomial x⁵ + x² + 1, a = x, and g the number of the group, 1
 * to 4. Within a group it shows every single wrong symbol and every exchange of two; g shows exchanged groups.
 *
 * Read with either case, any spaces and hyphens, O for 0, and I or L for 1.
 */
export function trustSetCode(sha256: string): string {
  const symbols = symbolsOf(sha256)
  const groups: string[] = []
  for (let group = 1; group <= GROUPS; group++) {
    const values = symbols.slice((group - 1) * GROUP_SYMBOLS, group * GROUP_SYMBOLS)
    groups.push([...values, checkSymbol(values, group)].map((value) => ALPHABET.charAt(value)).join(''))
  }
  return groups.join('-')
}

/** A trust set’s code as a person typed it. */
export type SetCodeReading =
  | { readonly state: 'read' /** As `trustSetCode` writes it. */; readonly code: string }
  /** Not 32 symbols. `symbols`: how many there were. */
  | { readonly state: 'length'; readonly symbols: number }
  /** A character that no code has. */
  | { readonly state: 'character'; readonly character: string }
  /** Groups, from 1, whose check symbol does not fit: mistyped, or in the wrong order. */
  | { readonly state: 'mistyped'; readonly groups: readonly number[] }

/** Reads a code as a person typed it. Says nothing about which set it belongs to: compare `code` with `trustSetCode`. */
export function parseSetCode(text: string): SetCodeReading {
  const values: number[] = []
  for (const character of text.replace(/[\s\-\u2010-\u2015]/gu, '').toUpperCase()) {
    const value = ALPHABET.indexOf(LOOKALIKES[character] ?? character)
    if (value === -1) return { state: 'character', character }
    values.push(value)
  }
  if (values.length !== GROUPS * (GROUP_SYMBOLS + 1)) return { state: 'length', symbols: values.length }
  const groups: string[] = []
  const wrong: number[] = []
  for (let group = 1; group <= GROUPS; group++) {
    const all = values.slice((group - 1) * (GROUP_SYMBOLS + 1), group * (GROUP_SYMBOLS + 1))
    if (checkSymbol(all.slice(0, GROUP_SYMBOLS), group) !== all[GROUP_SYMBOLS]) wrong.push(group)
    groups.push(all.map((value) => ALPHABET.charAt(value)).join(''))
  }
  return wrong.length > 0 ? { state: 'mistyped', groups: wrong } : { state: 'read', code: groups.join('-') }
}

/** Crockford's order, which is the order of ASCII. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const LOOKALIKES: Readonly<Record<string, string | undefined>> = { O: '0', I: '1', L: '1' }
const GROUPS = 4
const GROUP_SYMBOLS = 7

function symbolsOf(sha256: string): number[] {
  const bytes = fromHex(sha256)
  if (bytes?.length !== 32) throw new TypeError('a set code is made from a SHA-256 in hex')
  const symbols: number[] = []
  let held = 0
  let bits = 0
  for (const byte of bytes) {
    held = (held << 8) | byte
    bits += 8
    while (bits >= 5) {
      bits -= 5
      symbols.push((held >> bits) & 31)
    }
    held &= (1 << bits) - 1
  }
  return symbols.slice(0, GROUPS * GROUP_SYMBOLS)
}

function checkSymbol(values: readonly number[], group: number): number {
  // Horner's rule from the last symbol: a·(v1 + a·(v2 + …)).
  let sum = 0
  for (const value of values.toReversed()) sum = timesX(sum ^ value)
  return sum ^ group
}

function timesX(value: number): number {
  const shifted = value << 1
  return (shifted & 32) === 0 ? shifted : shifted ^ 0b100101
}
