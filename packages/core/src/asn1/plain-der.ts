import { CONSTRUCTED, TAG } from './tag.ts'

/** Longer or deeper elements are for `requireDer`, which counts them against the limits. */
const PLAIN_OCTETS = 4096
const PLAIN_DEPTH = 12
const PLAIN_OID_OCTETS = 32

/**
 * Whether one element, and everything below it, is strict DER for certain: what `requireDer` asks, without an object for each
 * element, since the attributes of every token are asked about. False says nothing: then `requireDer` decides, and says where.
 */
export function isPlainDer(bytes: Uint8Array): boolean {
  return bytes.length <= PLAIN_OCTETS && endOfPlain(bytes, 0, bytes.length, 0) === bytes.length
}

/**
 * Offset behind the element at `at`, by its header alone; -1 where its length is not definite and minimal (X.690 §10.1), takes
 * more than two octets, or reaches beyond `limit`.
 */
export function endOfElement(bytes: Uint8Array, at: number, limit: number): number {
  const content = contentOfElement(bytes, at, limit)
  if (content < 0) return -1
  const first = bytes[at + 1] ?? 0
  const length = first < 0x80 ? first : first === 0x81 ? (bytes[at + 2] ?? 0) : pairAt(bytes, at + 2)
  return content + length > limit ? -1 : content + length
}

/** Offset of the first content octet; -1 as above. */
export function contentOfElement(bytes: Uint8Array, at: number, limit: number): number {
  if (at + 2 > limit) return -1
  const first = bytes[at + 1] ?? 0
  if (first < 0x80) return at + 2
  if (first === 0x81) return at + 3 <= limit && (bytes[at + 2] ?? 0) >= 0x80 ? at + 3 : -1
  return first === 0x82 && at + 4 <= limit && pairAt(bytes, at + 2) >= 0x100 ? at + 4 : -1
}

/** `isSetOfOrder` of the elements from `start` to `end`, which are plain DER. */
export function isPlainSetOfOrder(bytes: Uint8Array, start: number, end: number): boolean {
  let before = start
  while (before < end) {
    const after = endOfElement(bytes, before, end)
    if (after < 0) return false
    // The header of the earlier one ends the comparison before its end at the latest: no encoding is a prefix of another.
    let at = 0
    while (after + at < end && before + at < after && bytes[before + at] === bytes[after + at]) at++
    const isEqual = before + at >= after
    if (after < end && !isEqual && (bytes[before + at] ?? 0) > (bytes[after + at] ?? 0)) return false
    before = after
  }
  return true
}

function pairAt(bytes: Uint8Array, at: number): number {
  return (bytes[at] ?? 0) * 256 + (bytes[at + 1] ?? 0)
}

function endOfPlain(bytes: Uint8Array, at: number, limit: number, depth: number): number {
  const end = endOfElement(bytes, at, limit)
  const start = contentOfElement(bytes, at, limit)
  if (end < 0 || start < 0 || depth > PLAIN_DEPTH) return -1
  const tag = bytes[at] ?? 0
  // Tags above 30 and end-of-contents have no place in these structures.
  if ((tag & 0x1f) === 0x1f || (tag & 0xdf) === 0) return -1
  if ((tag & CONSTRUCTED) === 0) return isPlainValue(bytes, tag, start, end) ? end : -1
  // X.690 §10.2: of the universal types SEQUENCE and SET are constructed; the two rare others are for `requireDer`.
  if (tag < 0x40 && tag !== TAG.SEQUENCE && tag !== TAG.SET) return -1
  let next = start
  while (next < end) {
    next = endOfPlain(bytes, next, end, depth + 1)
    if (next < 0) return -1
  }
  return end
}

/** The canonical form of the universal types that have one. */
function isPlainValue(bytes: Uint8Array, tag: number, start: number, end: number): boolean {
  const length = end - start
  const first = bytes[start] ?? 0
  switch (tag) {
    case TAG.BOOLEAN:
      // X.690 §11.1
      return length === 1 && (first === 0 || first === 0xff)
    case TAG.INTEGER:
    case TAG.ENUMERATED: {
      // X.690 §8.3.2
      const second = bytes[start + 1] ?? 0
      return length === 1 || (length > 1 && length <= 512 && !isPadding(first, second))
    }
    case TAG.BIT_STRING:
      // X.690 §11.2.1; one with unused bits is for `requireDer`.
      return length > 0 && first === 0
    case TAG.NULL:
      return length === 0
    case TAG.OBJECT_IDENTIFIER:
      return length <= PLAIN_OID_OCTETS && isPlainOid(bytes, start, end)
    default:
      return true
  }
}

function isPadding(first: number, second: number): boolean {
  return (first === 0 && second < 0x80) || (first === 0xff && second >= 0x80)
}

/** X.690 §8.19.2: arcs in the fewest octets, the last one finished. */
function isPlainOid(bytes: Uint8Array, start: number, end: number): boolean {
  let isArcStart = true
  for (let at = start; at < end; at++) {
    const octet = bytes[at] ?? 0
    if (isArcStart && octet === 0x80) return false
    isArcStart = octet < 0x80
  }
  return end > start && isArcStart
}
