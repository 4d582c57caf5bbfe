/** One element of strict DER with a one-octet tag: all that a SubjectPublicKeyInfo and an ECDSA signature are made of. */
export interface DerElement {
  readonly tag: number
  /** First content octet. */
  readonly start: number
  /** First octet behind the content. */
  readonly end: number
}

export const SEQUENCE = 0x30
export const OBJECT_IDENTIFIER = 0x06
export const INTEGER = 0x02
export const BIT_STRING = 0x03
export const NULL = 0x05

/** Reads the element at `at`; `undefined` when it is not definite-length, minimal DER that ends at or before `limit`. */
export function derElement(bytes: Uint8Array, at: number, limit: number): DerElement | undefined {
  const tag = bytes[at]
  const first = bytes[at + 1]
  if (tag === undefined || first === undefined || at + 2 > limit || (tag & 0x1f) === 0x1f) return undefined
  let start = at + 2
  let length = first
  if (first >= 0x80) {
    const octets = first & 0x7f
    // X.690 §10.1: the shortest form; more than four octets never fits in memory.
    if (octets === 0 || octets > 4 || start + octets > limit) return undefined
    length = 0
    for (let i = 0; i < octets; i++) length = length * 256 + (bytes[start + i] ?? 0)
    if (length < 0x80 || length < 256 ** (octets - 1)) return undefined
    start += octets
  }
  const end = start + length
  return end > limit ? undefined : { tag, start, end }
}

/** The elements that fill `start` to `end` exactly; `undefined` when they do not, or when there are more than `most`. */
export function derElements(bytes: Uint8Array, start: number, end: number, most: number): DerElement[] | undefined {
  const elements: DerElement[] = []
  for (let at = start; at < end; ) {
    const element = derElement(bytes, at, end)
    if (element === undefined || elements.length === most) return undefined
    elements.push(element)
    at = element.end
  }
  return elements
}

/** Content octets of an element. */
export function content(bytes: Uint8Array, element: DerElement): Uint8Array {
  return bytes.subarray(element.start, element.end)
}

/** A non-negative INTEGER in its shortest form (X.690 §8.3.2), without the sign octet; `undefined` otherwise. */
export function unsignedInteger(bytes: Uint8Array, element: DerElement | undefined): Uint8Array | undefined {
  if (element === undefined || element.tag !== INTEGER) return undefined
  const octets = content(bytes, element)
  const first = octets[0]
  if (first === undefined || first >= 0x80) return undefined
  if (first !== 0) return octets
  if (octets.length === 1) return octets
  return (octets[1] ?? 0) >= 0x80 ? octets.subarray(1) : undefined
}

/** Wraps content octets in a tag and the shortest length. */
export function derEncode(tag: number, ...contents: readonly Uint8Array[]): Uint8Array {
  const length = contents.reduce((sum, part) => sum + part.length, 0)
  const head = [tag]
  if (length < 0x80) head.push(length)
  else {
    const octets: number[] = []
    for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) octets.unshift(rest % 256)
    head.push(0x80 | octets.length, ...octets)
  }
  const whole = new Uint8Array(head.length + length)
  whole.set(head)
  let at = head.length
  for (const part of contents) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
