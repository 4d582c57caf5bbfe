import { equalBytes } from '../model/bytes.ts'
import { LIMITS } from '../model/limits.ts'
import { ParseError } from '../model/parse-error.ts'

/** The last ones read, each in a place that its octets choose: structures name the same few again and again. */
const PLACES = 512
const known = new Array<{ readonly content: Uint8Array; readonly text: string } | undefined>(PLACES).fill(undefined)

/** The text of one of the last ones that were read; all octets are compared. */
export function knownOid(content: Uint8Array): string | undefined {
  const before = known[placeOf(content)]
  return before !== undefined && equalBytes(before.content, content) ? before.text : undefined
}

function placeOf(content: Uint8Array): number {
  let place = content.length
  for (let i = 0; i < content.length && i < 32; i++) place = (Math.imul(place, 31) + (content[i] ?? 0)) | 0
  return (place >>> 0) % PLACES
}

/**
 * Dotted text of the content octets of an OBJECT IDENTIFIER (X.690 §8.19).
 * `offset` is that of the first content octet, for the error.
 */
export function parseOid(content: Uint8Array, where: string, offset: number): string {
  const before = knownOid(content)
  if (before !== undefined) return before
  const text = readOid(content, where, offset)
  known[placeOf(content)] = { content: new Uint8Array(content), text }
  return text
}

function readOid(content: Uint8Array, where: string, offset: number): string {
  const spec = 'X.690 §8.19'
  if (content.length === 0) throw new ParseError('ERR_DER_VALUE', { where, offset, spec, found: 'no content' })
  if (content.length > LIMITS.oidOctets) {
    throw new ParseError('ERR_LIMIT', {
      where,
      offset,
      spec,
      expected: `at most ${LIMITS.oidOctets} octets`,
      found: `${content.length}`,
    })
  }
  if ((content[content.length - 1] ?? 0) >= 0x80) {
    throw new ParseError('ERR_DER_VALUE', { where, offset, spec, found: 'unfinished arc' })
  }
  let text = ''
  let arc = 0
  let start = 0
  for (let i = 0; i < content.length; i++) {
    const octet = content[i] ?? 0
    // X.690 §8.19.2: an arc is encoded in the fewest octets.
    if (i === start && octet === 0x80) {
      throw new ParseError('ERR_DER_NON_CANONICAL', { where, offset: offset + i, spec, found: 'padded arc' })
    }
    arc = arc * 128 + (octet & 0x7f)
    if (octet >= 0x80) continue
    // 7 octets hold 49 bits, which a number counts exactly.
    const long = i - start >= 7
    if (text === '') {
      const root = arc >= 80 ? 2 : arc >= 40 ? 1 : 0
      text = `${root}.${long ? longArc(content.subarray(start, i + 1), 80) : arc - root * 40}`
    } else text += `.${long ? longArc(content.subarray(start, i + 1), 0) : arc}`
    arc = 0
    start = i + 1
  }
  return text
}

/** Arcs of more than 49 bits (UUIDs under 2.25): rare enough for arithmetic of any size. */
function longArc(octets: Uint8Array, subtract: number): string {
  let value = 0n
  for (const octet of octets) value = (value << 7n) | BigInt(octet & 0x7f)
  return String(value - BigInt(subtract))
}
