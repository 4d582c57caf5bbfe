import { closeSync, constants, fstatSync, openSync, readSync, type Stats } from 'node:fs'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { type RandomAccess, type SourceEntry, SourceFault } from '@probatum/core'
import { sourceFault } from './source-fault.ts'

/** Plain data, so that it can be sent to a worker: a regular file as it was when it was listed. */
export interface FileHandle {
  readonly kind: 'probatum/file'
  /** Bytes where the name is not text. */
  readonly path: string | Uint8Array
  readonly size: number
  readonly mtimeMs: number
  readonly ino: number
  /** What the operator named: the folder, or the file itself. */
  readonly root: string
  /** Name for faults: below the root. */
  readonly name: string
}

/** Whether this is the handle of a file of this platform, of which the system can be asked itself. */
export function isFileHandle(handle: unknown): handle is FileHandle {
  return typeof handle === 'object' && handle !== null && 'kind' in handle && handle.kind === 'probatum/file'
}

/** One system call; a larger read would keep Ctrl+C waiting on a slow disk. */
const CHUNK = 1 << 20

/** Short reads before other work gets its turn. */
const READS_IN_A_TURN = 512

// A name that became a link, a pipe or a terminal since it was listed is not followed, waited for or taken over.
// Windows has neither constant.
const NOT_FOLLOWED =
  constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0) | (constants.O_NOCTTY ?? 0)

/**
 * Opens a listed file. Whether it still is what was listed is asked by `requireUnchanged` after each read.
 * @returns a file descriptor, to be closed with `closeSync`
 * @throws {SourceFault}
 */
export function openListed(handle: FileHandle): number {
  try {
    const path = typeof handle.path === 'string' ? handle.path : Buffer.from(handle.path)
    return openSync(path, handle.path === handle.root ? constants.O_RDONLY : NOT_FOLLOWED)
  } catch (error) {
    throw sourceFault(error, handle.name, handle.root)
  }
}

/** @throws {SourceFault} `changed` when size, time or identity are not those of the listing */
export function requireUnchanged(fd: number, handle: FileHandle): void {
  let now: Stats
  try {
    now = fstatSync(fd)
  } catch (error) {
    throw sourceFault(error, handle.name, handle.root)
  }
  if (!now.isFile()) throw new SourceFault('not-a-file', handle.name, 'PROBATUM_NOT_A_FILE')
  if (now.size !== handle.size || now.mtimeMs !== handle.mtimeMs || now.ino !== handle.ino)
    throw new SourceFault('changed', handle.name, 'PROBATUM_CHANGED')
}

/**
 * Fills `target`, or `length` bytes of it from `at` on, from `position`.
 * @throws {SourceFault} `changed` when the file ends before
 */
export function readFully(
  fd: number,
  handle: FileHandle,
  target: Uint8Array,
  position: number,
  at = 0,
  length: number = target.length,
): void {
  let done = 0
  while (done < length) {
    let count: number
    try {
      count = readSync(fd, target, at + done, Math.min(CHUNK, length - done), position + done)
    } catch (error) {
      throw sourceFault(error, handle.name, handle.root)
    }
    if (count === 0) throw new SourceFault('changed', handle.name, 'PROBATUM_SHORT_READ')
    done += count
  }
}

/** Callers keep within the size that they were told. */
function requireRange(offset: number, length: number, size: number): void {
  if (!Number.isSafeInteger(offset) || !Number.isSafeInteger(length) || offset < 0 || length < 0)
    throw new RangeError(`offset ${offset}, length ${length}`)
  if (offset + length > size) throw new RangeError(`bytes ${offset} to ${offset + length} of ${size}`)
}

/** Reads a range, giving way to other work after each piece. */
async function readRange(fd: number, handle: FileHandle, offset: number, length: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(length)
  for (let at = 0; at < length; at += CHUNK) {
    if (at > 0) await nextTurn()
    readFully(fd, handle, bytes.subarray(at, Math.min(length, at + CHUNK)), offset + at)
  }
  requireUnchanged(fd, handle)
  return bytes
}

/** A listed file that is opened for each read and closed after it: 20,000 of them would not fit into a process. */
export class ListedFile implements RandomAccess, FileHandle {
  readonly kind = 'probatum/file'
  readonly path: FileHandle['path']
  readonly size: number
  readonly mtimeMs: number
  readonly ino: number
  readonly root: string
  readonly name: string
  constructor(
    path: FileHandle['path'],
    { size, mtimeMs, ino }: Pick<FileHandle, 'size' | 'mtimeMs' | 'ino'>,
    root: string,
    name: string,
  ) {
    this.path = path
    this.size = size
    this.mtimeMs = mtimeMs
    this.ino = ino
    this.root = root
    this.name = name
  }
  /** Itself, so that of a million files there is one object each. */
  get handle(): FileHandle {
    return this
  }
  async read(offset: number, length: number): Promise<Uint8Array> {
    requireRange(offset, length, this.size)
    const fd = openListed(this)
    try {
      return await readRange(fd, this, offset, length)
    } finally {
      closeSync(fd)
    }
  }
  /** The whole file, in pieces of 1 MiB, each in memory of its own. */
  async *stream(): AsyncGenerator<Uint8Array, void, undefined> {
    const fd = openListed(this)
    try {
      for (let at = 0; at < this.size; at += CHUNK) yield await readRange(fd, this, at, Math.min(CHUNK, this.size - at))
      requireUnchanged(fd, this)
    } finally {
      closeSync(fd)
    }
  }
}

/** Where an entry of a folder lies; undefined for entries of archives. */
export function handleOfEntry({ extent }: Pick<SourceEntry, 'extent'>): FileHandle | undefined {
  const { container, offset, length, method } = extent
  const isWhole = container instanceof ListedFile && offset === 0 && length === container.size && method === 'stored'
  return isWhole ? container.handle : undefined
}

/** A file on the disk, kept open. */
export interface OpenFile extends RandomAccess {
  readonly handle: FileHandle
  /** Frees the file descriptor; a second call does nothing. */
  close(): Promise<void>
}

/**
 * Opens one file that the operator named (links are followed: he named it) and keeps it open.
 * @throws {SourceFault} `not-a-file` for a folder or a device; the system's reason when it cannot be opened
 */
export async function openFileAccess(path: string): Promise<OpenFile> {
  let fd: number | undefined
  try {
    // Without O_NONBLOCK a pipe that nobody writes to would never open.
    fd = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOCTTY ?? 0))
    const { size, mtimeMs, ino, ...found } = statOf(fd)
    if (!found.file) throw new SourceFault('not-a-file', path, 'PROBATUM_NOT_A_FILE')
    return new KeptFile(fd, { kind: 'probatum/file', path, size, mtimeMs, ino, root: path, name: path })
  } catch (error) {
    if (fd !== undefined) closeSync(fd)
    throw sourceFault(error, path, path)
  }
}

function statOf(fd: number): { size: number; mtimeMs: number; ino: number; file: boolean } {
  const stats = fstatSync(fd)
  return { size: stats.size, mtimeMs: stats.mtimeMs, ino: stats.ino, file: stats.isFile() }
}

class KeptFile implements OpenFile {
  readonly handle: FileHandle
  #fd: number | undefined
  constructor(fd: number, handle: FileHandle) {
    this.#fd = fd
    this.handle = handle
  }
  get size(): number {
    return this.handle.size
  }
  async read(offset: number, length: number): Promise<Uint8Array> {
    requireRange(offset, length, this.size)
    if (this.#fd === undefined) throw new TypeError(`${this.handle.name} is closed`)
    return readRange(this.#fd, this.handle, offset, length)
  }
  async readEach(offsets: readonly number[], length: number): Promise<Uint8Array> {
    if (this.#fd === undefined) throw new TypeError(`${this.handle.name} is closed`)
    const bytes = new Uint8Array(offsets.length * length)
    for (let from = 0; from < offsets.length; from += READS_IN_A_TURN) {
      if (from > 0) await nextTurn()
      this.#readSlots(offsets, from, Math.min(offsets.length, from + READS_IN_A_TURN), length, bytes)
    }
    requireUnchanged(this.#fd, this.handle)
    return bytes
  }
  /** Those before `to`. Nearly all are there at the first read: they need nothing of what `readFully` does. */
  #readSlots(offsets: readonly number[], from: number, to: number, length: number, bytes: Uint8Array): void {
    const { handle } = this
    if (this.#fd === undefined) throw new TypeError(`${handle.name} is closed`)
    try {
      for (let i = from; i < to; i++) {
        const offset = offsets[i] ?? 0
        requireRange(offset, length, handle.size)
        const count = readSync(this.#fd, bytes, i * length, length, offset)
        if (count < length) readFully(this.#fd, handle, bytes, offset + count, i * length + count, length - count)
      }
    } catch (error) {
      throw sourceFault(error, handle.name, handle.root)
    }
  }

  async close(): Promise<void> {
    if (this.#fd !== undefined) closeSync(this.#fd)
    this.#fd = undefined
  }
}
