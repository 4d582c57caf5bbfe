import { LIMITS } from '../model/limits.ts'
import { ParseError, type ParseErrorCode } from '../model/parse-error.ts'
import type { RandomAccess } from '../model/ports.ts'

/** End of central directory record without its comment (APPNOTE 4.3.16). */
const END_BYTES = 22
/** ZIP64 end of central directory locator (APPNOTE 4.3.15). */
const LOCATOR_BYTES = 20
/** ZIP64 end of central directory record, version 1 (APPNOTE 4.3.14). */
const END64_BYTES = 56

const SIGNATURE = { central: 0x02014b50, local: 0x04034b50, end: 0x06054b50, end64: 0x06064b50, locator: 0x07064b50 }
const MAX16 = 0xffff
const MAX32 = 0xffffffff
const TWO_32 = 0x1_0000_0000

/** Where the central directory lies, after everything that says so has been found to agree. */
export interface ZipEnd {
  readonly directoryOffset: number
  readonly directorySize: number
  readonly entries: number
  readonly zip64: boolean
  /** Bytes of the archive comment. */
  readonly commentBytes: number
}

interface EndRecord {
  /** Offset of the record in the container. */
  readonly at: number
  readonly disk: number
  readonly directoryDisk: number
  readonly entriesHere: number
  readonly entries: number
  readonly directorySize: number
  readonly directoryOffset: number
  readonly commentBytes: number
}

/**
 * Finds the one end record and the central directory that lies right before it.
 * @throws {ParseError} ERR_ZIP_TRUNCATED when the end is missing; ERR_ZIP_AMBIGUOUS when two ends, bytes behind the end or
 *   before the archive, or fields in conflict would let readers see different archives
 */
export async function readZipEnd(container: RandomAccess): Promise<ZipEnd> {
  const tailStart = Math.max(0, container.size - END_BYTES - MAX16)
  const tail = await container.read(tailStart, container.size - tailStart)
  const isAtStart = startsWithHeader(tailStart === 0 ? tail : await container.read(0, 4))
  const record = findEndRecord(tail, tailStart, container.size, isAtStart)
  const end64 = await readEnd64(container, record)
  requireOneDisk(record, end64)
  const end = end64 === undefined ? await endWithoutZip64(container, record) : endWithZip64(record, end64)
  if (end.directorySize > LIMITS.zipDirectoryBytes) {
    throw limit('directory-size', LIMITS.zipDirectoryBytes, end.directorySize)
  }
  if (end.entries > LIMITS.archiveEntries) throw limit('entries', LIMITS.archiveEntries, end.entries)
  return end
}

function startsWithHeader(bytes: Uint8Array): boolean {
  return bytes.length >= 4 && viewOf(bytes).getUint32(0, true) === SIGNATURE.local
}

function findEndRecord(tail: Uint8Array, tailStart: number, size: number, isAtStart: boolean): EndRecord {
  const found: EndRecord[] = []
  const view = viewOf(tail)
  for (let at = tail.indexOf(0x50); at >= 0 && at + 4 <= tail.length; at = tail.indexOf(0x50, at + 1)) {
    if (tail[at + 1] !== 0x4b || view.getUint32(at, true) !== SIGNATURE.end) continue
    if (at + END_BYTES > tail.length) continue
    found.push({
      at: tailStart + at,
      disk: view.getUint16(at + 4, true),
      directoryDisk: view.getUint16(at + 6, true),
      entriesHere: view.getUint16(at + 8, true),
      entries: view.getUint16(at + 10, true),
      directorySize: view.getUint32(at + 12, true),
      directoryOffset: view.getUint32(at + 16, true),
      commentBytes: view.getUint16(at + 20, true),
    })
  }
  const complete = found.filter((record) => record.at + END_BYTES + record.commentBytes === size)
  const record = complete.at(-1)
  if (record === undefined) {
    // An end that closes an archive beginning at byte 0, and then more: not a cut-off download.
    const followed = found.findLast(
      (each) =>
        (each.directoryOffset + each.directorySize === each.at || isBehindEnd64(view, each.at - tailStart, each.at)) &&
        each.at + END_BYTES + each.commentBytes < size,
    )
    if (followed === undefined) {
      // An end of something else: of an archive stored in this one, which begins here and was cut off, or of one behind a prefix.
      if (isAtStart || found.length === 0) {
        throw new ParseError('ERR_ZIP_TRUNCATED', { where: 'end record', field: 'absent' })
      }
      throw ambiguous('prefix', { offset: 0, found: 'other bytes before and behind the archive' })
    }
    const behind = followed.at + END_BYTES + followed.commentBytes
    throw ambiguous('trailing-data', { offset: behind, found: `${size - behind} bytes behind the end` })
  }
  if (complete.length > 1 || found.some((each) => each.at > record.at)) {
    throw ambiguous('end-records', { offset: record.at, expected: '1 end record', found: `${found.length}` })
  }
  return record
}

/** Whether the ZIP64 end record and its locator lie right before an end record, as the locator says it. @param at in the tail */
function isBehindEnd64(tail: DataView, at: number, offset: number): boolean {
  const locator = at - LOCATOR_BYTES
  if (locator < 0 || tail.getUint32(locator, true) !== SIGNATURE.locator) return false
  return tail.getBigUint64(locator + 8, true) === BigInt(offset - LOCATOR_BYTES - END64_BYTES)
}

interface End64 {
  readonly at: number
  readonly disk: number
  readonly directoryDisk: number
  readonly entriesHere: number
  readonly entries: number
  readonly directorySize: number
  readonly directoryOffset: number
}

async function readEnd64(container: RandomAccess, record: EndRecord): Promise<End64 | undefined> {
  const locatorAt = record.at - LOCATOR_BYTES
  if (locatorAt < 0) return undefined
  const locator = viewOf(await container.read(locatorAt, LOCATOR_BYTES))
  if (locator.getUint32(0, true) !== SIGNATURE.locator) return undefined
  const at = readUint64(locator, 8, 'zip64.locator')
  if (locator.getUint32(4, true) !== 0 || locator.getUint32(16, true) > 1) {
    throw unsupported('disk', { offset: locatorAt, found: 'a split archive' })
  }
  if (at + END64_BYTES > locatorAt) {
    throw ambiguous('zip64.locator', {
      offset: locatorAt,
      expected: `at most ${locatorAt - END64_BYTES}`,
      found: `${at}`,
    })
  }
  const view = viewOf(await container.read(at, END64_BYTES))
  if (view.getUint32(0, true) !== SIGNATURE.end64) {
    throw ambiguous('zip64.locator', { offset: at, expected: 'ZIP64 end record', found: 'something else' })
  }
  const recordSize = readUint64(view, 4, 'zip64.end')
  if (at + 12 + recordSize !== locatorAt) {
    throw ambiguous('zip64.end', { offset: at, expected: `${locatorAt - at - 12} bytes`, found: `${recordSize} bytes` })
  }
  // Version 2 (APPNOTE 7.3.4) carries an encrypted directory; private extensions have no agreed meaning.
  if (recordSize !== END64_BYTES - 12) {
    throw unsupported('zip64.end', { offset: at, expected: `${END64_BYTES - 12} bytes`, found: `${recordSize} bytes` })
  }
  return {
    at,
    disk: view.getUint32(16, true),
    directoryDisk: view.getUint32(20, true),
    entriesHere: readUint64(view, 24, 'zip64.entries'),
    entries: readUint64(view, 32, 'zip64.entries'),
    directorySize: readUint64(view, 40, 'zip64.directory-size'),
    directoryOffset: readUint64(view, 48, 'zip64.directory-offset'),
  }
}

function requireOneDisk(record: EndRecord, end64: End64 | undefined): void {
  const isFirst = (disk: number): boolean => disk === 0 || (end64 !== undefined && disk === MAX16)
  const disks64 = end64 === undefined ? 0 : end64.disk | end64.directoryDisk
  if (!isFirst(record.disk) || !isFirst(record.directoryDisk) || disks64 !== 0) {
    throw unsupported('disk', { offset: record.at, expected: 'one disk', found: 'a split archive' })
  }
  const counts = end64 ?? record
  if (counts.entriesHere !== counts.entries) {
    throw ambiguous('entry-count', { offset: record.at, expected: `${counts.entries}`, found: `${counts.entriesHere}` })
  }
}

function endWithZip64(record: EndRecord, end64: End64): ZipEnd {
  const agree = (field: string, short: number, long: number, unknown: number): void => {
    // APPNOTE 4.4.1.4: the short field holds the value or all ones.
    if (short !== unknown && short !== long) {
      throw ambiguous(field, { offset: record.at, expected: `${long}`, found: `${short}` })
    }
  }
  agree('zip64.entries', record.entriesHere, end64.entriesHere, MAX16)
  agree('zip64.entries', record.entries, end64.entries, MAX16)
  agree('zip64.directory-size', record.directorySize, end64.directorySize, MAX32)
  agree('zip64.directory-offset', record.directoryOffset, end64.directoryOffset, MAX32)
  requireAdjacent(end64.directoryOffset, end64.directorySize, end64.at, false)
  return {
    directoryOffset: end64.directoryOffset,
    directorySize: end64.directorySize,
    entries: end64.entries,
    zip64: true,
    commentBytes: record.commentBytes,
  }
}

async function endWithoutZip64(container: RandomAccess, record: EndRecord): Promise<ZipEnd> {
  const { directoryOffset, directorySize, entries, commentBytes } = record
  if (directoryOffset + directorySize !== record.at) {
    const start = record.at - directorySize
    const isDirectory =
      start >= 0 &&
      directorySize >= 4 &&
      viewOf(await container.read(start, 4)).getUint32(0, true) === SIGNATURE.central
    if (isDirectory && start > directoryOffset && (start - directoryOffset) % TWO_32 === 0) {
      throw new ParseError('ERR_ZIP_WRAPPED', {
        where: 'end record',
        field: 'directory-offset',
        offset: record.at,
        expected: `${start}`,
        found: `${directoryOffset}`,
      })
    }
    requireAdjacent(directoryOffset, directorySize, record.at, isDirectory)
  }
  return { directoryOffset, directorySize, entries, zip64: false, commentBytes }
}

/** The directory ends where its end record begins: nothing between them, and nothing before the archive's first byte. */
function requireAdjacent(offset: number, size: number, end: number, directoryBeforeEnd: boolean): void {
  const missing = end - (offset + size)
  if (missing === 0) return
  if (missing < 0) {
    throw new ParseError('ERR_ZIP_STRUCTURE', {
      where: 'end record',
      field: 'directory-offset',
      offset: end,
      expected: `a directory before byte ${end}`,
      found: `bytes ${offset} to ${offset + size}`,
    })
  }
  throw directoryBeforeEnd
    ? ambiguous('prefix', { offset: 0, found: `${missing} bytes before the archive` })
    : ambiguous('unlisted-bytes', { offset: offset + size, found: `${missing} bytes behind the directory` })
}

/** @throws {ParseError} beyond 2^53: no container is that large */
export function readUint64(view: DataView, at: number, field: string): number {
  const value = view.getUint32(at + 4, true) * TWO_32 + view.getUint32(at, true)
  if (value > Number.MAX_SAFE_INTEGER) {
    throw new ParseError('ERR_ZIP_STRUCTURE', {
      where: 'archive',
      field,
      expected: 'less than 2^53',
      found: `${value}`,
    })
  }
  return value
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

interface Sides {
  readonly offset?: number
  readonly expected?: string
  readonly found?: string
}

function ambiguous(field: string, sides: Sides): ParseError {
  return endError('ERR_ZIP_AMBIGUOUS', field, sides)
}

function unsupported(field: string, sides: Sides): ParseError {
  return endError('ERR_ZIP_UNSUPPORTED', field, sides)
}

function limit(field: string, expected: number, found: number): ParseError {
  return endError('ERR_LIMIT', field, { expected: `at most ${expected}`, found: `${found}` })
}

function endError(code: ParseErrorCode, field: string, sides: Sides): ParseError {
  return new ParseError(code, { where: 'end record', field, spec: 'APPNOTE 4.3', ...sides })
}
