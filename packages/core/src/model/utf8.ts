/**
 * The one place that declares the encoder and decoder that Node and browsers share (WHATWG Encoding).
 * The core's compiler settings know no platform, so that nothing else can slip in.
 */
declare class TextEncoder {
  encode(input: string): Uint8Array<ArrayBuffer>
  encodeInto(input: string, target: Uint8Array): { readonly read: number; readonly written: number }
}
declare class TextDecoder {
  constructor(label: string, options: { fatal: boolean; ignoreBOM: boolean })
  decode(input: Uint8Array): string
}

const encoder = new TextEncoder()
const fatalDecoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** UTF-8 octets of a text; a lone surrogate becomes U+FFFD. */
export function encodeUtf8(text: string): Uint8Array {
  return encoder.encode(text)
}

/**
 * The same, into memory that is there already.
 * @returns bytes written
 * @throws {RangeError} when the text does not fit
 */
export function encodeUtf8Into(text: string, target: Uint8Array): number {
  const { read, written } = encoder.encodeInto(text, target)
  if (read !== text.length) throw new RangeError(`${text.length} characters in ${target.length} bytes`)
  return written
}

/** Strict UTF-8, a byte order mark kept as U+FEFF. `undefined` when the bytes are not UTF-8. */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return fatalDecoder.decode(bytes)
  } catch {
    return undefined
  }
}

/** Decodes ISO-8859-1 (ISO/IEC 8859-1: byte = code point), for tag files of old bags that declare it. */
export function decodeLatin1(bytes: Uint8Array): string {
  let text = ''
  for (let start = 0; start < bytes.length; start += 8192) {
    text += String.fromCharCode(...bytes.subarray(start, start + 8192))
  }
  return text
}

/** Decodes UTF-16 in the byte order that its mark states (big-endian without one); `undefined` when malformed. */
export function decodeUtf16(bytes: Uint8Array): string | undefined {
  if (bytes.length % 2 !== 0) return undefined
  const little = bytes[0] === 0xff && bytes[1] === 0xfe
  const marked = little || (bytes[0] === 0xfe && bytes[1] === 0xff)
  let text = ''
  for (let i = marked ? 2 : 0; i < bytes.length; i += 2) {
    const high = bytes[little ? i + 1 : i] ?? 0
    const low = bytes[little ? i : i + 1] ?? 0
    text += String.fromCharCode(high * 256 + low)
  }
  return hasLoneSurrogate(text) ? undefined : text
}

/** A UTF-16 surrogate without its partner: such a string has no UTF-8 form (RFC 3629 §3). */
export function hasLoneSurrogate(text: string): boolean {
  return /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/.test(text)
}
