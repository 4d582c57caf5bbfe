import { decodeLatin1, decodeUtf8, hasLoneSurrogate } from '../model/utf8.ts'
import { TAG } from './tag.ts'

/**
 * Text of a character string by its identifier octet; `undefined` for another type, or for octets that are not what
 * the type says. T61String is read as ISO 8859-1, which is what is really in it.
 */
export function stringText(tag: number, content: Uint8Array): string | undefined {
  switch (tag) {
    case TAG.UTF8_STRING:
      return decodeUtf8(content)
    case TAG.PRINTABLE_STRING:
    case TAG.IA5_STRING:
    case TAG.VISIBLE_STRING:
    case TAG.NUMERIC_STRING:
      // `*`, `@` and `&` are common in PrintableString; anything in ASCII has one meaning.
      return isAscii(content) ? decodeLatin1(content) : undefined
    case TAG.TELETEX_STRING:
      return decodeLatin1(content)
    case TAG.BMP_STRING:
      return bmpText(content)
    case TAG.UNIVERSAL_STRING:
      return universalText(content)
    default:
      return undefined
  }
}

export function isAscii(content: Uint8Array): boolean {
  for (const octet of content) if (octet >= 0x80) return false
  return true
}

/** X.690 §8.23.9: two octets a character, big-endian, no mark. */
function bmpText(content: Uint8Array): string | undefined {
  if (content.length % 2 !== 0) return undefined
  let text = ''
  for (let i = 0; i < content.length; i += 2) {
    text += String.fromCharCode((content[i] ?? 0) * 256 + (content[i + 1] ?? 0))
  }
  return hasLoneSurrogate(text) ? undefined : text
}

/** X.690 §8.23.8: four octets a character. */
function universalText(content: Uint8Array): string | undefined {
  if (content.length % 4 !== 0) return undefined
  let text = ''
  for (let i = 0; i < content.length; i += 4) {
    const point =
      (content[i] ?? 0) * 0x1000000 +
      (content[i + 1] ?? 0) * 0x10000 +
      (content[i + 2] ?? 0) * 256 +
      (content[i + 3] ?? 0)
    if (point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff)) return undefined
    text += String.fromCodePoint(point)
  }
  return text
}
