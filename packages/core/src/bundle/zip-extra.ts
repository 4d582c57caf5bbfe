import { ParseError } from '../model/parse-error.ts'
import { readUint64 } from './zip-end.ts'

/** APPNOTE 4.5.3 and 4.6.9; 0x756e is Info-ZIP's "ASi Unix". */
const ID = { zip64: 0x0001, unicodePath: 0x7075, asiUnix: 0x756e }
export const MAX32 = 0xffffffff

/** Places of the extra fields that can change what an entry is; offsets in the view, -1 when absent. */
export interface ExtraFields {
  zip64At: number
  zip64Length: number
  unicodePathAt: number
  unicodePathLength: number
  /** Mode of an ASi Unix field; 0 when absent. */
  mode: number
}

export function emptyExtraFields(): ExtraFields {
  return { zip64At: -1, zip64Length: 0, unicodePathAt: -1, unicodePathLength: 0, mode: 0 }
}

/**
 * Reads an extra field into `into`. Time stamps, owners and alignment are passed over; so are zeros at its end, which
 * aligning tools leave.
 * @returns what is wrong with it, or undefined
 */
export function readExtraFields(
  view: DataView,
  start: number,
  length: number,
  into: ExtraFields,
): 'extra' | 'extra.repeated' | undefined {
  into.zip64At = -1
  into.unicodePathAt = -1
  into.mode = 0
  const end = start + length
  let at = start
  while (at + 4 <= end) {
    const id = view.getUint16(at, true)
    const size = view.getUint16(at + 2, true)
    const data = at + 4
    if (data + size > end) return 'extra'
    if (id === ID.zip64) {
      if (into.zip64At !== -1) return 'extra.repeated'
      into.zip64At = data
      into.zip64Length = size
    } else if (id === ID.unicodePath) {
      if (into.unicodePathAt !== -1) return 'extra.repeated'
      into.unicodePathAt = data
      into.unicodePathLength = size
    } else if (id === ID.asiUnix && size >= 6) {
      into.mode = view.getUint16(data + 4, true)
    }
    at = data + size
  }
  for (; at < end; at++) if (view.getUint8(at) !== 0) return 'extra'
  return undefined
}

/** Sizes and places of one header, short fields replaced by the ZIP64 field's. */
export interface HeaderNumbers {
  size: number
  compressedSize: number
  offset: number
  disk: number
}

/**
 * Replaces each field that holds all ones by its value in the ZIP64 field (APPNOTE 4.5.3: in this order, only those
 * present). A field that repeats values of the short fields must agree with them.
 * @throws {ParseError} ERR_ZIP_AMBIGUOUS, field `zip64`
 */
export function applyZip64(view: DataView, extra: ExtraFields, numbers: HeaderNumbers, where: string): void {
  const needed =
    (numbers.size === MAX32 ? 8 : 0) +
    (numbers.compressedSize === MAX32 ? 8 : 0) +
    (numbers.offset === MAX32 ? 8 : 0) +
    (numbers.disk === 0xffff ? 4 : 0)
  const length = extra.zip64At === -1 ? 0 : extra.zip64Length
  if (needed === 0 && length === 0) return
  if (needed > length) throw conflict(where, `${needed} bytes`, `${length} bytes`)
  let at = extra.zip64At
  const take = (): number => {
    at += 8
    return readUint64(view, at - 8, 'zip64')
  }
  if (numbers.size === MAX32) numbers.size = take()
  if (numbers.compressedSize === MAX32) numbers.compressedSize = take()
  if (numbers.offset === MAX32) numbers.offset = take()
  if (numbers.disk === 0xffff) {
    numbers.disk = view.getUint32(at, true)
    at += 4
  }
  if (length > needed) requireRepeated(view, extra, numbers, where)
}

function requireRepeated(view: DataView, extra: ExtraFields, numbers: HeaderNumbers, where: string): void {
  const all = [numbers.size, numbers.compressedSize, numbers.offset]
  let at = extra.zip64At
  const end = at + extra.zip64Length
  for (const value of all) {
    if (at === end) return
    if (at + 8 > end) break
    const repeated = readUint64(view, at, 'zip64')
    if (repeated !== value) throw conflict(where, `${value}`, `${repeated}`)
    at += 8
  }
  if (at + 4 === end && view.getUint32(at, true) === numbers.disk) return
  if (at !== end) throw conflict(where, '8, 16, 24 or 28 bytes', `${extra.zip64Length} bytes`)
}

function conflict(where: string, expected: string, found: string): ParseError {
  return new ParseError('ERR_ZIP_AMBIGUOUS', { where, field: 'zip64', spec: 'APPNOTE 4.5.3', expected, found })
}
