/** An element of DER: its identifier octet, the whole encoding and the content. */
export interface DerPart {
  readonly tag: number
  readonly whole: Uint8Array
  readonly content: Uint8Array
}

/**
 * Takes one's own material apart (certificates and keys of the sealer): the elements that stand one after the other in
 * `bytes`. Throws TypeError when that is not definite-length DER with one-octet tags. What comes from others is read
 * by the core.
 */
export function derParts(bytes: Uint8Array, what: string): DerPart[] {
  const parts: DerPart[] = []
  for (let at = 0; at < bytes.length; ) {
    const tag = bytes[at]
    const first = bytes[at + 1]
    if (tag === undefined || first === undefined || (tag & 0x1f) === 0x1f) throw new TypeError(`${what}: not DER`)
    let start = at + 2
    let length = first
    if (first >= 0x80) {
      const octets = first & 0x7f
      if (octets === 0 || octets > 4 || start + octets > bytes.length) throw new TypeError(`${what}: not DER`)
      length = bytes.subarray(start, start + octets).reduce((sum, octet) => sum * 256 + octet, 0)
      start += octets
    }
    const end = start + length
    if (end > bytes.length) throw new TypeError(`${what}: cut off`)
    parts.push({ tag, whole: bytes.subarray(at, end), content: bytes.subarray(start, end) })
    at = end
  }
  return parts
}

/** The elements inside the one element that `bytes` is. */
export function derInside(bytes: Uint8Array, tag: number, what: string): DerPart[] {
  const [outer, ...more] = derParts(bytes, what)
  if (outer === undefined || more.length > 0 || outer.tag !== tag) throw new TypeError(`${what}: another structure`)
  return derParts(outer.content, what)
}
