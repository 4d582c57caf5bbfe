import { decodeLatin1, decodeUtf8, decodeUtf16 } from '../model/utf8.ts'

/** Encodings of tag files that can be read. */
export type TagEncoding = 'utf-8' | 'iso-8859-1' | 'utf-16' | 'utf-16be' | 'utf-16le'

// Names of the IANA character set registry, compared without case; US-ASCII is read as its superset UTF-8.
const ENCODINGS: Readonly<Record<string, TagEncoding>> = {
  'utf-8': 'utf-8',
  utf8: 'utf-8',
  'us-ascii': 'utf-8',
  ascii: 'utf-8',
  'iso-8859-1': 'iso-8859-1',
  iso_8859_1: 'iso-8859-1',
  latin1: 'iso-8859-1',
  'utf-16': 'utf-16',
  utf16: 'utf-16',
  'utf-16be': 'utf-16be',
  'utf-16le': 'utf-16le',
}

/** The encoding that bagit.txt declares; `undefined` when it is not one of ours. */
export function tagEncoding(name: string): TagEncoding | undefined {
  const key = name.toLowerCase()
  return Object.hasOwn(ENCODINGS, key) ? ENCODINGS[key] : undefined
}

/**
 * Decodes a tag file strictly. UTF-16 consumes its byte order mark, which belongs to the encoding (RFC 2781 §3.2);
 * any other encoding leaves U+FEFF in the text for the caller to judge. `undefined` when the bytes do not fit.
 */
export function decodeTagText(bytes: Uint8Array, encoding: TagEncoding): string | undefined {
  switch (encoding) {
    case 'utf-8':
      return decodeUtf8(bytes)
    case 'iso-8859-1':
      return decodeLatin1(bytes)
    case 'utf-16':
    case 'utf-16be':
      return decodeUtf16(bytes)
    case 'utf-16le':
      return decodeUtf16(swapPairs(bytes))
  }
}

function swapPairs(bytes: Uint8Array): Uint8Array {
  const swapped = new Uint8Array(bytes.length)
  for (let i = 0; i < bytes.length; i++) swapped[i] = bytes[i ^ 1] ?? 0
  return swapped
}

/** Lines without their ends: LF, CR or CRLF (RFC 8493 §2.1.3). A final line end makes no further line. */
export function splitLines(text: string): string[] {
  const lines = text.includes('\r') ? text.split(/\r\n|\n|\r/) : text.split('\n')
  if (lines.at(-1) === '') lines.pop()
  return lines
}
