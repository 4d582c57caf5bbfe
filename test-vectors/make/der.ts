/** A tiny DER encoder: what a test or a vector says is what it writes, right or wrong. */

export type Der = Uint8Array

export function join(...parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts))
}

export function hex(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text.replaceAll(' ', ''), 'hex'))
}

export function ascii(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'latin1'))
}

/** X.690 §10.1: the shortest definite form. */
export function lengthOctets(length: number): Uint8Array {
  if (length < 0x80) return Uint8Array.of(length)
  const octets: number[] = []
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) octets.unshift(rest % 256)
  return Uint8Array.of(0x80 | octets.length, ...octets)
}

export function tlv(tag: number, ...content: readonly Uint8Array[]): Der {
  const whole = join(...content)
  return join(Uint8Array.of(tag), lengthOctets(whole.length), whole)
}

/** BER: indefinite length with end-of-contents. */
export function indefinite(tag: number, ...content: readonly Uint8Array[]): Uint8Array {
  return join(Uint8Array.of(tag, 0x80), ...content, Uint8Array.of(0, 0))
}

export const sequence = (...content: readonly Uint8Array[]): Der => tlv(0x30, ...content)
/** In the order given. */
export const set = (...content: readonly Uint8Array[]): Der => tlv(0x31, ...content)
/** In the order of DER (X.690 §11.6). */
export const setOf = (...content: readonly Uint8Array[]): Der => tlv(0x31, ...[...content].sort(Buffer.compare))
export const explicit = (number: number, ...content: readonly Uint8Array[]): Der => tlv(0xa0 | number, ...content)
export const octets = (content: Uint8Array): Der => tlv(0x04, content)
export const bits = (content: Uint8Array, unused = 0): Der => tlv(0x03, Uint8Array.of(unused), content)
export const boolean = (value: boolean): Der => tlv(0x01, Uint8Array.of(value ? 0xff : 0))
export const nothing = (): Der => tlv(0x05)
export const utf8 = (text: string): Der => tlv(0x0c, new Uint8Array(Buffer.from(text, 'utf8')))
export const printable = (text: string): Der => tlv(0x13, ascii(text))
export const utcTime = (text: string): Der => tlv(0x17, ascii(text))
export const generalizedTime = (text: string): Der => tlv(0x18, ascii(text))

/** Shortest two's complement. */
export function integer(value: bigint | number): Der {
  let rest = BigInt(value)
  const content: number[] = []
  do {
    content.unshift(Number(rest & 0xffn))
    rest >>= 8n
  } while (!(rest === 0n && (content[0] ?? 0) < 0x80) && !(rest === -1n && (content[0] ?? 0) >= 0x80))
  return tlv(0x02, Uint8Array.from(content))
}

export function oid(dotted: string): Der {
  const arcs = dotted.split('.').map(BigInt)
  const [first = 0n, second = 0n, ...rest] = arcs
  return tlv(0x06, ...[first * 40n + second, ...rest].map(arcOctets))
}

function arcOctets(arc: bigint): Uint8Array {
  const content = [Number(arc & 0x7fn)]
  for (let rest = arc >> 7n; rest > 0n; rest >>= 7n) content.unshift(Number(rest & 0x7fn) | 0x80)
  return Uint8Array.from(content)
}

/** Distinguished name of one commonName each, in the order given. */
export function commonNames(...names: readonly string[]): Der {
  return sequence(...names.map((name) => set(sequence(oid('2.5.4.3'), utf8(name)))))
}
