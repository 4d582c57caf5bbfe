import { comparePaths, concatBytes, crc32, encodeUtf8 } from '@probatum/core'
import type { SealableFile } from '../sealing/bundle-sink.ts'

/** What a bundle's ZIP is made of (format, section 2.5). */
export interface ZipInput {
  /** One folder around everything, without a slash: the name that unpacking makes. */
  readonly topFolder: string
  readonly files: ReadonlyMap<string, SealableFile>
  /** `always` writes ZIP64 fields where they are not needed; for tests. */
  readonly zip64?: 'when-needed' | 'always'
}

interface Entry {
  readonly name: Uint8Array
  readonly file: SealableFile
  readonly crc: number
  readonly offset: number
}

const MAX_32 = 0xffff_ffff
const MAX_16 = 0xffff
// APPNOTE 4.4.3, 4.4.2: what is needed to read a stored file (1.0) or ZIP64 (4.5); made on Unix, for the permissions.
const NEEDS_STORED = 10
const NEEDS_ZIP64 = 45
const MADE_BY_UNIX = 0x0300
const REGULAR_FILE = 0o100644
/** APPNOTE 4.4.4: bit 11, the name is UTF-8. */
const UTF8_NAME = 0x0800
/** 1980-01-01 00:00, the earliest there is: a time here would only be the copyist's. */
const DATE = 0x0021

/**
 * Writes the ZIP that bundles travel in: STORED, tag files first, then the payload, each in byte order, one fixed time,
 * sizes and checksums in front of the data, ZIP64 where it is needed. The same files always give the same bytes.
 * Every file is read twice: a ZIP without data descriptors needs the checksum first. Rejects with RangeError when a
 * file is not the same both times.
 */
export async function* writeZip(input: ZipInput): AsyncIterable<Uint8Array> {
  const always = input.zip64 === 'always'
  requireTopFolder(input)
  const paths = sortedPaths(input)
  const entries: Entry[] = []
  let offset = 0
  for (const path of paths) {
    const file = input.files.get(path)
    if (file === undefined) continue
    const name = encodeUtf8(`${input.topFolder}/${path}`)
    const entry = { name, file, crc: await checksum(path, file), offset }
    const header = localHeader(entry, always)
    yield header
    yield* unchanged(path, entry)
    offset += header.length + file.size
    entries.push(entry)
  }
  const start = offset
  for (const entry of entries) {
    const header = centralHeader(entry, always)
    yield header
    offset += header.length
  }
  yield ending(entries.length, start, offset - start, always)
}

/** Bytes that `writeZip` gives for this input, without reading a file. */
export function zipBytes(input: ZipInput): number {
  const always = input.zip64 === 'always'
  requireTopFolder(input)
  const paths = sortedPaths(input)
  let offset = 0
  let directory = 0
  for (const path of paths) {
    const file = input.files.get(path)
    if (file === undefined) continue
    const entry = { name: encodeUtf8(`${input.topFolder}/${path}`), file, crc: 0, offset }
    offset += localHeader(entry, always).length + file.size
    directory += centralHeader(entry, always).length
  }
  return offset + directory + ending(paths.length, offset, directory, always).length
}

function requireTopFolder({ topFolder }: ZipInput): void {
  if (!/^[^/\\\0]+$/.test(topFolder) || /^\.{1,2}$/.test(topFolder))
    throw new RangeError(`not the name of a folder: ${topFolder}`)
}

function sortedPaths({ files }: ZipInput): string[] {
  return [...files.keys()].sort(
    (a, b) => Number(a.startsWith('data/')) - Number(b.startsWith('data/')) || comparePaths(a, b),
  )
}

async function checksum(path: string, file: SealableFile): Promise<number> {
  let crc = 0
  let size = 0
  for await (const piece of file.open()) {
    crc = crc32(piece, crc)
    size += piece.length
  }
  if (size !== file.size) throw new RangeError(`the file changed while it was read: ${path}`)
  return crc
}

async function* unchanged(path: string, entry: Entry): AsyncIterable<Uint8Array> {
  let crc = 0
  let size = 0
  for await (const piece of entry.file.open()) {
    crc = crc32(piece, crc)
    size += piece.length
    if (size > entry.file.size) break
    yield piece
  }
  if (size !== entry.file.size || crc !== entry.crc) throw new RangeError(`the file changed while it was read: ${path}`)
}

/** Little-endian fields: [octets, value]. */
function fields(...list: readonly (readonly [2 | 4 | 8, number])[]): Uint8Array {
  const bytes = new Uint8Array(list.reduce((sum, [octets]) => sum + octets, 0))
  const view = new DataView(bytes.buffer)
  let at = 0
  for (const [octets, value] of list) {
    if (octets === 2) view.setUint16(at, value, true)
    else if (octets === 4) view.setUint32(at, value, true)
    else view.setBigUint64(at, BigInt(value), true)
    at += octets
  }
  return bytes
}

const nameFlag = (name: Uint8Array) => (name.every((byte) => byte < 0x80) ? 0 : UTF8_NAME)

function localHeader({ name, file, crc }: Entry, always: boolean): Uint8Array {
  const large = always || file.size >= MAX_32
  // APPNOTE 4.5.3: in a local header both sizes stand, or none.
  const extra = large ? fields([2, 0x0001], [2, 16], [8, file.size], [8, file.size]) : new Uint8Array(0)
  const size = large ? MAX_32 : file.size
  const head = fields(
    [4, 0x0403_4b50],
    [2, large ? NEEDS_ZIP64 : NEEDS_STORED],
    [2, nameFlag(name)],
    [2, 0],
    [2, 0],
    [2, DATE],
    [4, crc],
    [4, size],
    [4, size],
    [2, name.length],
    [2, extra.length],
  )
  return concatBytes(head, name, extra)
}

function centralHeader({ name, file, crc, offset }: Entry, always: boolean): Uint8Array {
  const large = always || file.size >= MAX_32
  const far = always || offset >= MAX_32
  const values = [...(large ? [file.size, file.size] : []), ...(far ? [offset] : [])]
  const extra =
    values.length === 0
      ? new Uint8Array(0)
      : fields([2, 0x0001], [2, 8 * values.length], ...values.map((value) => [8, value] as const))
  const needs = large || far ? NEEDS_ZIP64 : NEEDS_STORED
  const size = large ? MAX_32 : file.size
  const head = fields(
    [4, 0x0201_4b50],
    [2, MADE_BY_UNIX | needs],
    [2, needs],
    [2, nameFlag(name)],
    [2, 0],
    [2, 0],
    [2, DATE],
    [4, crc],
    [4, size],
    [4, size],
    [2, name.length],
    [2, extra.length],
    [2, 0],
    [2, 0],
    [2, 0],
    [4, REGULAR_FILE * 0x1_0000],
    [4, far ? MAX_32 : offset],
  )
  return concatBytes(head, name, extra)
}

/** End of the central directory, with its ZIP64 form in front where a number does not fit (APPNOTE 4.3.14 to 4.3.16). */
function ending(count: number, start: number, length: number, always: boolean): Uint8Array {
  const large = always || count >= MAX_16 || start >= MAX_32 || length >= MAX_32
  const zip64 = large
    ? fields(
        [4, 0x0606_4b50],
        [8, 44],
        [2, MADE_BY_UNIX | NEEDS_ZIP64],
        [2, NEEDS_ZIP64],
        [4, 0],
        [4, 0],
        [8, count],
        [8, count],
        [8, length],
        [8, start],
        [4, 0x0706_4b50],
        [4, 0],
        [8, start + length],
        [4, 1],
      )
    : new Uint8Array(0)
  const short = fields(
    [4, 0x0605_4b50],
    [2, 0],
    [2, 0],
    [2, large ? MAX_16 : count],
    [2, large ? MAX_16 : count],
    [4, large ? MAX_32 : length],
    [4, large ? MAX_32 : start],
    [2, 0],
  )
  return concatBytes(zip64, short)
}
