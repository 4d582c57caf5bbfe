import { compareBytes, concatBytes, encodeUtf8, formatInstant, type Instant } from '@probatum/core'

// A writer of DER (X.690 §10, §11): each function gives one whole element.

/** One element from its identifier octet and its content. */
export function derElement(tag: number, ...content: readonly Uint8Array[]): Uint8Array {
  const length = content.reduce((sum, part) => sum + part.length, 0)
  return concatBytes(Uint8Array.of(tag), derLength(length), ...content)
}

/** X.690 §10.1: the shortest length form. */
function derLength(length: number): Uint8Array {
  if (length < 0x80) return Uint8Array.of(length)
  const octets: number[] = []
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) octets.unshift(rest % 256)
  return Uint8Array.of(0x80 | octets.length, ...octets)
}

export const derSequence = (...content: readonly Uint8Array[]): Uint8Array => derElement(0x30, ...content)

/** SET OF in the order of X.690 §11.6: ascending encodings, the shorter one padded with zeros. */
export function derSetOf(elements: readonly Uint8Array[]): Uint8Array {
  return derElement(0x31, ...sortedSetOf(elements))
}

/** The elements of a SET OF in their order, for a SET under another tag. */
export function sortedSetOf(elements: readonly Uint8Array[]): Uint8Array[] {
  return [...elements].sort(compareBytes)
}

export const derNull = (): Uint8Array => Uint8Array.of(0x05, 0x00)

export const derBoolean = (value: boolean): Uint8Array => Uint8Array.of(0x01, 0x01, value ? 0xff : 0x00)

/** INTEGER from a safe integer of at least 0, or from the unsigned big-endian octets of one. */
export function derInteger(value: number | Uint8Array): Uint8Array {
  if (typeof value !== 'number') return derUnsigned(value)
  if (!Number.isSafeInteger(value) || value < 0) throw new RangeError('derInteger: a safe integer of at least 0')
  const octets: number[] = []
  for (let rest = value; rest > 0; rest = Math.floor(rest / 256)) octets.unshift(rest % 256)
  return derUnsigned(Uint8Array.from(octets))
}

function derUnsigned(octets: Uint8Array): Uint8Array {
  let start = 0
  while (start < octets.length && octets[start] === 0) start += 1
  const significant = octets.subarray(start)
  // X.690 §8.3: a leading octet only where the first bit would read as a sign; zero is one octet.
  const signed = (significant[0] ?? 0x80) >= 0x80
  return signed ? derElement(0x02, Uint8Array.of(0), significant) : derElement(0x02, significant)
}

/** OBJECT IDENTIFIER from its dotted form; arcs up to 2^53 - 1. */
export function derOid(dotted: string): Uint8Array {
  if (!/^[0-2](?:\.(?:0|[1-9][0-9]*))+$/.test(dotted)) throw new RangeError(`not an object identifier: ${dotted}`)
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number)
  if (first < 2 && second > 39) throw new RangeError(`not an object identifier: ${dotted}`)
  const octets = [first * 40 + second, ...rest].flatMap(base128)
  return derElement(0x06, Uint8Array.from(octets))
}

function base128(arc: number): number[] {
  if (!Number.isSafeInteger(arc)) throw new RangeError('an arc of an object identifier is too large')
  const octets = [arc % 128]
  for (let rest = Math.floor(arc / 128); rest > 0; rest = Math.floor(rest / 128)) octets.unshift((rest % 128) | 0x80)
  return octets
}

export const derOctetString = (bytes: Uint8Array): Uint8Array => derElement(0x04, bytes)

/** BIT STRING of whole octets. */
export const derBitString = (bytes: Uint8Array): Uint8Array => derElement(0x03, Uint8Array.of(0), bytes)

/** BIT STRING of named bits, first bit first: X.690 §11.2.2 leaves out trailing zero bits. */
export function derNamedBits(bits: readonly number[]): Uint8Array {
  if (bits.length === 0) return Uint8Array.of(0x03, 0x01, 0x00)
  const last = Math.max(...bits)
  const octets = new Uint8Array(Math.floor(last / 8) + 1)
  for (const bit of bits) octets[bit >> 3] = (octets[bit >> 3] ?? 0) | (0x80 >> (bit & 7))
  return derElement(0x03, Uint8Array.of(7 - (last & 7)), octets)
}

export const derUtf8String = (text: string): Uint8Array => derElement(0x0c, encodeUtf8(text))

/** X.680 §41.4 limits the characters. */
export function derPrintableString(text: string): Uint8Array {
  if (!/^[A-Za-z0-9 '()+,\-./:=?]*$/.test(text)) throw new RangeError('not a PrintableString')
  return derElement(0x13, encodeUtf8(text))
}

/** [number] around whole elements: EXPLICIT, or IMPLICIT over a constructed type when the content is given bare. */
export const derContext = (number: number, ...content: readonly Uint8Array[]): Uint8Array =>
  derElement(0xa0 | number, ...content)

/** [number] IMPLICIT over a primitive type. */
export const derContextPrimitive = (number: number, content: Uint8Array): Uint8Array =>
  derElement(0x80 | number, content)

/** Time of a certificate or of signing-time: UTCTime until 2049, GeneralizedTime after (RFC 5280 §4.1.2.5). */
export function derTime(instant: Instant): Uint8Array {
  const digits = formatInstant({ epochSeconds: instant.epochSeconds, fraction: '' }).replace(/[-:T]/g, '')
  const year = Number(digits.slice(0, 4))
  return year >= 1950 && year < 2050
    ? derElement(0x17, encodeUtf8(digits.slice(2)))
    : derElement(0x18, encodeUtf8(digits))
}

/** GeneralizedTime with its fraction, if any (RFC 3161 §2.4.2). */
export function derGeneralizedTime(instant: Instant): Uint8Array {
  return derElement(0x18, encodeUtf8(formatInstant(instant).replace(/[-:T]/g, '')))
}
