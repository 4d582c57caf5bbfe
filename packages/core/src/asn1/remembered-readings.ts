import { equalBytes } from '../model/bytes.ts'

const PLACES = 64
/** Longer encodings come seldom, and are read anew. */
const OCTETS_KEPT = 1024

/**
 * What small encodings read as that come again and again, as the algorithm identifiers in all tokens of an authority: for the
 * very same octets, all of them compared, the same value. Each has a place that some of its octets choose, and what comes later
 * takes it. The value must follow from the octets alone, and must not be changed by whoever gets it.
 */
export class RememberedReadings<Value> {
  readonly #known = new Array<{ readonly bytes: Uint8Array; readonly value: Value } | undefined>(PLACES).fill(undefined)

  /** `read` is given a copy, of which the value may keep parts; what it throws is not remembered. */
  of(bytes: Uint8Array, read: (bytes: Uint8Array) => Value): Value {
    const { length } = bytes
    if (length > OCTETS_KEPT) return read(bytes)
    const place = placeOf(bytes)
    const before = this.#known[place]
    if (before !== undefined && equalBytes(before.bytes, bytes)) return before.value
    const copy = new Uint8Array(bytes)
    const value = read(copy)
    this.#known[place] = { bytes: copy, value }
    return value
  }
}

/** By some octets: names of one authority differ in a word. Who shares a place costs time and nothing else. */
function placeOf(bytes: Uint8Array): number {
  const { length } = bytes
  const step = length < 128 ? 3 : length >> 4
  let place = length
  for (let at = length - 1; at >= 0; at -= step) place = (Math.imul(place, 31) + (bytes[at] ?? 0)) | 0
  return (place >>> 0) % PLACES
}
