import { type Instant, instantOf } from '../model/instant.ts'
import { LIMITS } from '../model/limits.ts'
import { ParseError } from '../model/parse-error.ts'

function twoDigits(content: Uint8Array, at: number): number {
  const tens = (content[at] ?? 0) - 0x30
  const ones = (content[at + 1] ?? 0) - 0x30
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : -1
}

/** Printable for an error: an odd time is short or is not shown. */
function shown(content: Uint8Array): string {
  if (content.length > 40) return `${content.length} octets`
  let text = ''
  for (const octet of content) text += octet >= 0x20 && octet < 0x7f ? String.fromCharCode(octet) : '?'
  return text
}

function refuse(content: Uint8Array, where: string, offset: number, spec: string, expected: string): never {
  throw new ParseError('ERR_TIME', { where, offset, spec, expected, found: shown(content) })
}

function calendar(content: Uint8Array, at: number, year: number, fraction: string): Instant | undefined {
  // A pair that is not two digits reads as -1, which no calendar field is.
  return instantOf(
    year,
    twoDigits(content, at),
    twoDigits(content, at + 2),
    twoDigits(content, at + 4),
    twoDigits(content, at + 6),
    twoDigits(content, at + 8),
    fraction,
  )
}

/** UTCTime as DER and RFC 5280 §4.1.2.5.1 allow it: `YYMMDDHHMMSSZ`, 50 to 99 meaning the twentieth century. */
export function parseUtcTime(content: Uint8Array, where: string, offset: number): Instant {
  const spec = 'RFC 5280 §4.1.2.5.1'
  const short = twoDigits(content, 0)
  const ok = content.length === 13 && content[12] === 0x5a && short >= 0
  const instant = ok ? calendar(content, 2, short >= 50 ? 1900 + short : 2000 + short, '') : undefined
  return instant ?? refuse(content, where, offset, spec, 'YYMMDDHHMMSSZ')
}

/**
 * GeneralizedTime: `YYYYMMDDHHMMSSZ`. With `fraction: 'allowed'`, as in RFC 3161 §2.4.2, also `.` and digits of which
 * the last is not 0. Never without seconds, without Z, or with an offset.
 */
export function parseGeneralizedTime(
  content: Uint8Array,
  where: string,
  offset: number,
  fraction: 'allowed' | 'forbidden',
): Instant {
  const spec = fraction === 'allowed' ? 'RFC 3161 §2.4.2' : 'RFC 5280 §4.1.2.5.2'
  const expected = fraction === 'allowed' ? 'YYYYMMDDHHMMSS[.fraction]Z' : 'YYYYMMDDHHMMSSZ'
  const last = content.length - 1
  if (last < 14 || content[last] !== 0x5a) refuse(content, where, offset, spec, expected)
  let digits = ''
  if (last > 14) {
    const good = fraction === 'allowed' && content[14] === 0x2e && last > 15 && content[last - 1] !== 0x30
    if (!good) refuse(content, where, offset, spec, expected)
    if (last - 15 > LIMITS.fractionDigits) {
      const found = `${last - 15}`
      throw new ParseError('ERR_LIMIT', { where, offset, spec, expected: `${LIMITS.fractionDigits} digits`, found })
    }
    for (let i = 15; i < last; i++) {
      const octet = content[i] ?? 0
      if (octet < 0x30 || octet > 0x39) refuse(content, where, offset, spec, expected)
      digits += String.fromCharCode(octet)
    }
  }
  const century = twoDigits(content, 0)
  const year = twoDigits(content, 2)
  const instant = century >= 0 && year >= 0 ? calendar(content, 4, century * 100 + year, digits) : undefined
  return instant ?? refuse(content, where, offset, spec, expected)
}
