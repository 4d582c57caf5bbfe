import { ParseError, type ParseErrorCode } from '../model/parse-error.ts'
import type { RandomAccess } from '../model/ports.ts'
import { decodeUtf8 } from '../model/utf8.ts'
import { ContainerPiece } from './container-piece.ts'
import { visibleName } from './entry-path.ts'
import { crc32 } from './zip-crc32.ts'
import { EchoOfDirectory } from './zip-echo.ts'
import type { ZipEnd } from './zip-end.ts'
import { applyZip64, emptyExtraFields, type HeaderNumbers, readExtraFields } from './zip-extra.ts'

/** Central file header without name, extra field and comment (APPNOTE 4.3.12). */
const HEADER_BYTES = 46
const SIGNATURE = 0x02014b50
/** One read of the directory: about 40,000 entries. A header with three fields of 65,535 bytes fits many times. */
const PIECE_BYTES = 4_194_304

/** Compression method (APPNOTE 4.4.5). */
export const DEFLATE = 8

/** General purpose bit flag (APPNOTE 4.4.4). */
export const FLAG = {
  encrypted: 1,
  descriptor: 1 << 3,
  patched: 1 << 5,
  strong: 1 << 6,
  utf8: 1 << 11,
  masked: 1 << 13,
}

/** The central directory as columns: a million entries stay small. */
export interface ZipDirectory {
  readonly count: number
  /** Names as text; a name that is not UTF-8 has its visible escape here and its bytes in `rawNames`. */
  readonly names: string[]
  readonly rawNames: Map<number, Uint8Array>
  readonly flags: Uint16Array
  readonly methods: Uint16Array
  readonly crcs: Uint32Array
  readonly sizes: Float64Array
  readonly compressedSizes: Float64Array
  /** Offsets of the local headers. */
  readonly offsets: Float64Array
  /** Unix file type (mode & 0xf000) that any field states; 0 when none does. */
  readonly types: Uint16Array
  /** DOS attribute byte. */
  readonly dosAttributes: Uint8Array
  /** Systems that made the entries (APPNOTE 4.4.2.2). */
  readonly creators: Set<number>
  /** Entries that are deflated, and those whose sizes follow in a descriptor. */
  deflated: number
  descriptors: number
  /** Entries whose name has other than ASCII characters without the flag that says UTF-8. */
  unflaggedNames: number
  /** Present where it was asked for. */
  readonly echo: EchoOfDirectory | undefined
}

/**
 * Reads the central directory in large pieces.
 * @throws {ParseError} ERR_ZIP_STRUCTURE, ERR_ZIP_AMBIGUOUS, ERR_ZIP_WRAPPED
 */
export async function readZipDirectory(container: RandomAccess, end: ZipEnd, wantsEcho = false): Promise<ZipDirectory> {
  if (end.entries * HEADER_BYTES > end.directorySize) {
    throw countConflict(end, Math.floor(end.directorySize / HEADER_BYTES))
  }
  const directory = emptyDirectory(
    end.entries,
    wantsEcho ? new EchoOfDirectory(end.entries, end.directorySize) : undefined,
  )
  const piece = new ContainerPiece(container)
  const stop = end.directoryOffset + end.directorySize
  const extra = emptyExtraFields()
  const numbers: HeaderNumbers = { size: 0, compressedSize: 0, offset: 0, disk: 0 }
  let at = end.directoryOffset
  let index = 0
  for (; at < stop; index++) {
    const left = stop - at
    if (left < HEADER_BYTES) throw structure(index, 'central.header', at)
    if (!piece.holds(at, HEADER_BYTES)) await piece.load(at, Math.min(left, PIECE_BYTES))
    let i = at - piece.start
    if (piece.view.getUint32(i, true) !== SIGNATURE) throw structure(index, 'central.header', at)
    const nameBytes = piece.view.getUint16(i + 28, true)
    const extraBytes = piece.view.getUint16(i + 30, true)
    const length = HEADER_BYTES + nameBytes + extraBytes + piece.view.getUint16(i + 32, true)
    if (length > left) throw structure(index, 'central.header', at)
    if (!piece.holds(at, length)) {
      await piece.load(at, Math.min(left, PIECE_BYTES))
      i = 0
    }
    // Surplus entries are only counted, to say how the count is wrong.
    if (index < end.entries) readEntry(directory, index, piece, i, nameBytes, extraBytes, extra, numbers)
    at += length
  }
  if (index !== end.entries) throw countConflict(end, index)
  return directory
}

function readEntry(
  directory: ZipDirectory,
  index: number,
  piece: ContainerPiece,
  i: number,
  nameBytes: number,
  extraBytes: number,
  extra: ReturnType<typeof emptyExtraFields>,
  numbers: HeaderNumbers,
): void {
  const { view } = piece
  const flags = view.getUint16(i + 8, true)
  const raw = piece.bytes.subarray(i + HEADER_BYTES, i + HEADER_BYTES + nameBytes)
  const name = decodeName(directory, index, raw, flags)
  const extraStart = i + HEADER_BYTES + nameBytes
  const wrong = readExtraFields(view, extraStart, extraBytes, extra)
  if (wrong !== undefined) throw entryError('ERR_ZIP_AMBIGUOUS', name, `central.${wrong}`)
  numbers.compressedSize = view.getUint32(i + 20, true)
  numbers.size = view.getUint32(i + 24, true)
  numbers.disk = view.getUint16(i + 34, true)
  numbers.offset = view.getUint32(i + 42, true)
  applyZip64(view, extra, numbers, name)
  if (numbers.disk !== 0) throw entryError('ERR_ZIP_UNSUPPORTED', name, 'disk', { found: `${numbers.disk}` })
  if (extra.unicodePathAt !== -1) requireSameUnicodePath(view, piece.bytes, extra, raw, name)

  directory.echo?.add(piece.bytes, i, nameBytes, extraBytes)
  const attributes = view.getUint32(i + 38, true)
  directory.names.push(name)
  const method = view.getUint16(i + 10, true)
  if (method === DEFLATE) directory.deflated++
  if ((flags & FLAG.descriptor) !== 0) directory.descriptors++
  directory.flags[index] = flags
  directory.methods[index] = method
  directory.crcs[index] = view.getUint32(i + 16, true)
  directory.sizes[index] = numbers.size
  directory.compressedSizes[index] = numbers.compressedSize
  directory.offsets[index] = numbers.offset
  directory.types[index] = ((attributes >>> 16) | extra.mode) & 0xf000
  directory.dosAttributes[index] = attributes & 0xff
  directory.creators.add(view.getUint8(i + 5))
}

function decodeName(directory: ZipDirectory, index: number, raw: Uint8Array, flags: number): string {
  const text = decodeUtf8(raw)
  if (text !== undefined) {
    // Without the flag the name is CP437 by the letter of APPNOTE appendix D; macOS and Info-ZIP write UTF-8 all the same.
    if ((flags & FLAG.utf8) === 0 && text.length !== raw.length) directory.unflaggedNames++
    return text
  }
  const escaped = visibleName(raw)
  if ((flags & FLAG.utf8) !== 0) {
    throw entryError('ERR_ZIP_AMBIGUOUS', escaped, 'name', {
      expected: 'UTF-8, as the flag says',
      found: 'other bytes',
    })
  }
  directory.rawNames.set(index, raw.slice())
  return escaped
}

/**
 * The Unicode Path field gives an entry a second name (APPNOTE 4.6.9); some readers use it and others do not.
 * @throws {ParseError} ERR_ZIP_AMBIGUOUS when it is another one
 */
export function requireSameUnicodePath(
  view: DataView,
  bytes: Uint8Array,
  extra: { readonly unicodePathAt: number; readonly unicodePathLength: number },
  raw: Uint8Array,
  name: string,
): void {
  const at = extra.unicodePathAt
  const second = extra.unicodePathLength < 5 ? undefined : bytes.subarray(at + 5, at + extra.unicodePathLength)
  const same = second !== undefined && second.length === raw.length && second.every((byte, i) => byte === raw[i])
  if (same) return
  const applies = second !== undefined && view.getUint8(at) === 1 && view.getUint32(at + 1, true) === crc32(raw)
  throw entryError('ERR_ZIP_AMBIGUOUS', name, 'unicode-path', {
    expected: name,
    found:
      second === undefined ? 'too short' : `${decodeUtf8(second) ?? visibleName(second)}${applies ? '' : ' (stale)'}`,
  })
}

export function entryError(
  code: ParseErrorCode,
  where: string,
  field: string,
  sides: { readonly offset?: number; readonly expected?: string; readonly found?: string } = {},
): ParseError {
  return new ParseError(code, { where, field, ...sides })
}

function structure(index: number, field: string, offset: number): ParseError {
  return entryError('ERR_ZIP_STRUCTURE', `entry ${index}`, field, { offset })
}

/** macOS writes the count modulo 2^16; any other difference is two stories about one archive. */
function countConflict(end: ZipEnd, found: number): ParseError {
  const wrapped = !end.zip64 && found > end.entries && (found - end.entries) % 0x10000 === 0
  return entryError(wrapped ? 'ERR_ZIP_WRAPPED' : 'ERR_ZIP_AMBIGUOUS', 'end record', 'entry-count', {
    expected: `${end.entries}`,
    found: `${found}`,
  })
}

function emptyDirectory(count: number, echo: EchoOfDirectory | undefined): ZipDirectory {
  return {
    count,
    names: [],
    rawNames: new Map(),
    flags: new Uint16Array(count),
    methods: new Uint16Array(count),
    crcs: new Uint32Array(count),
    sizes: new Float64Array(count),
    compressedSizes: new Float64Array(count),
    offsets: new Float64Array(count),
    types: new Uint16Array(count),
    dosAttributes: new Uint8Array(count),
    creators: new Set(),
    deflated: 0,
    descriptors: 0,
    unflaggedNames: 0,
    echo,
  }
}
