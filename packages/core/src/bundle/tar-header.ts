import { ParseError, type ParseErrorCode } from '../model/parse-error.ts'
import { visibleName } from './entry-path.ts'

export const BLOCK = 512

/** One header block of POSIX ustar (IEEE Std 1003.1, pax, "ustar Interchange Format"), or of what came before or grew beside it. */
export interface TarHeader {
  /** Raw bytes: prefix, `/` and name. */
  readonly name: Uint8Array
  /** Bytes of data, in blocks of 512 behind the header. */
  readonly size: number
  readonly type: string
  readonly format: 'ustar' | 'gnu' | 'v7'
}

/**
 * @param block exactly 512 bytes
 * @param offset of the block, for the error
 * @throws {ParseError} ERR_TAR_STRUCTURE, ERR_TAR_AMBIGUOUS
 */
export function parseTarHeader(block: Uint8Array, offset: number): TarHeader {
  if (!hasTarChecksum(block)) throw tarError('ERR_TAR_STRUCTURE', 'header', 'checksum', { offset })
  const magic = String.fromCharCode(...block.subarray(257, 265))
  const format = magic === 'ustar  \0' ? 'gnu' : magic.startsWith('ustar\0') ? 'ustar' : 'v7'
  const name = untilNul(block.subarray(0, 100))
  const beginning = block.subarray(345, 500)
  const prefix = format === 'ustar' ? untilNul(beginning) : new Uint8Array(0)
  const size = parseNumber(block.subarray(124, 136))
  if (size === undefined) throw tarError('ERR_TAR_STRUCTURE', 'header', 'size', { offset })
  const flag = block[156] ?? 0
  const type = flag === 0 ? '0' : String.fromCharCode(flag)
  // Only POSIX has the beginning of a name here. GNU has times, of an incremental archive, and others have nothing; yet some readers
  // put it before the name, and some writers meant it so.
  if (format !== 'ustar' && /[0-7]/.test(type) && beginning[0] !== 0) {
    const found = visibleName(untilNul(beginning))
    throw tarError('ERR_TAR_AMBIGUOUS', visibleName(name), 'prefix', { offset, expected: 'nothing', found })
  }
  return { name: prefix.length === 0 ? name : joined(prefix, name), size, type, format }
}

/** The sum of the block's bytes with the checksum field read as spaces; some old writers summed signed bytes. */
export function hasTarChecksum(block: Uint8Array): boolean {
  const stated = parseNumber(block.subarray(148, 156))
  if (stated === undefined) return false
  let unsigned = 0
  let signed = 0
  for (let i = 0; i < BLOCK; i++) {
    const byte = i >= 148 && i < 156 ? 0x20 : (block[i] ?? 0)
    unsigned += byte
    signed += byte > 127 ? byte - 256 : byte
  }
  return stated === unsigned || stated === signed
}

export function isZeroBlock(bytes: Uint8Array): boolean {
  for (const byte of bytes) if (byte !== 0) return false
  return true
}

/** Octal digits with spaces or NULs around them, or GNU's base-256 with the first bit set. */
function parseNumber(field: Uint8Array): number | undefined {
  const first = field[0] ?? 0
  if (first === 0x80) {
    let value = 0
    for (const byte of field.subarray(1)) value = value * 256 + byte
    return Number.isSafeInteger(value) ? value : undefined
  }
  const text = String.fromCharCode(...field)
  const octal = /^ *([0-7]+)[ \0]*$/.exec(text)
  if (octal?.[1] === undefined) return /^[ \0]*$/.test(text) ? 0 : undefined
  return Number.parseInt(octal[1], 8)
}

/**
 * The records of a pax header: `length key=value\n`, the length in decimal and counting itself.
 * A key that comes again replaces the earlier one, says POSIX; readers differ, so it is refused.
 * @throws {ParseError} ERR_TAR_STRUCTURE, ERR_TAR_AMBIGUOUS
 */
export function parsePaxRecords(bytes: Uint8Array, where: string): ReadonlyMap<string, Uint8Array> {
  const records = new Map<string, Uint8Array>()
  let at = 0
  while (at < bytes.length) {
    const space = bytes.indexOf(0x20, at)
    const digits = space < 0 ? '' : String.fromCharCode(...bytes.subarray(at, Math.min(space, at + 12)))
    const length = /^[1-9][0-9]{0,9}$/.test(digits) ? Number(digits) : 0
    const end = at + length
    const equals = bytes.indexOf(0x3d, space + 1)
    if (length === 0 || end > bytes.length || bytes[end - 1] !== 0x0a || equals < 0 || equals >= end) {
      throw tarError('ERR_TAR_STRUCTURE', where, 'pax', { offset: at })
    }
    const key = String.fromCharCode(...bytes.subarray(space + 1, Math.min(equals, space + 257)))
    // Sparse files have some keys once for each of their parts; they are refused by whoever looks at the keys.
    if (records.has(key) && !key.startsWith('GNU.sparse.')) {
      throw tarError('ERR_TAR_AMBIGUOUS', where, 'pax.repeated', { found: key })
    }
    records.set(key, bytes.slice(equals + 1, end - 1))
    at = end
  }
  return records
}

export function untilNul(bytes: Uint8Array): Uint8Array {
  const end = bytes.indexOf(0)
  return end < 0 ? bytes.slice() : bytes.slice(0, end)
}

export function tarError(
  code: ParseErrorCode,
  where: string,
  field: string,
  sides: { readonly offset?: number; readonly expected?: string; readonly found?: string } = {},
): ParseError {
  return new ParseError(code, { where, field, ...sides })
}

function joined(prefix: Uint8Array, name: Uint8Array): Uint8Array {
  const whole = new Uint8Array(prefix.length + 1 + name.length)
  whole.set(prefix)
  whole[prefix.length] = 0x2f
  whole.set(name, prefix.length + 1)
  return whole
}
