import { type RandomAccess, SourceFault } from '@probatum/core'

/** How a browser's digester reaches the same bytes: a Blob can be sent to a worker. */
export interface BlobHandle {
  readonly kind: 'probatum/blob'
  readonly blob: Blob
  /** Name for faults. */
  readonly name: string
  /** It is the whole of what was chosen (an archive): when it is gone, everything is. */
  readonly isWhole: boolean
}

export function isBlobHandle(handle: unknown): handle is BlobHandle {
  return typeof handle === 'object' && handle !== null && 'kind' in handle && handle.kind === 'probatum/blob'
}

/** Read in one go: a call costs as much as about 200 KiB. */
const LARGEST_WINDOW = 4 << 20
const SMALLEST_WINDOW = 64 << 10
/** Places nearer than this are read together. */
const DENSE_BYTES = 192 << 10
const IN_FLIGHT = 16

/**
 * A Blob or File as RandomAccess. Short reads are served from a window that grows while they follow one another: a walk
 * through an archive costs few calls, and a lone look few bytes.
 */
export class BlobAccess implements RandomAccess {
  readonly handle: BlobHandle
  #window: Uint8Array = new Uint8Array(0)
  #from = 0
  #grown = SMALLEST_WINDOW

  constructor(blob: Blob, name: string, { isWhole = false } = {}) {
    this.handle = { kind: 'probatum/blob', blob: snapshotOf(blob), name, isWhole }
  }

  get size(): number {
    return this.handle.blob.size
  }

  async read(offset: number, length: number): Promise<Uint8Array> {
    requireRange(offset, length, this.size)
    const end = offset + length
    const to = this.#from + this.#window.length
    if (offset >= this.#from && end <= to) return this.#window.subarray(offset - this.#from, end - this.#from)
    if (length >= LARGEST_WINDOW) return readRange(this.handle, offset, length)
    const follows = offset >= this.#from && offset <= to + SMALLEST_WINDOW && to > 0
    this.#grown = follows ? Math.min(LARGEST_WINDOW, this.#grown * 2) : SMALLEST_WINDOW
    const wanted = Math.min(this.size - offset, Math.max(length, this.#grown))
    this.#window = await readRange(this.handle, offset, wanted)
    this.#from = offset
    return this.#window.subarray(0, length)
  }

  async readEach(offsets: readonly number[], length: number): Promise<Uint8Array> {
    for (const offset of offsets) requireRange(offset, length, this.size)
    const bytes = new Uint8Array(offsets.length * length)
    const groups = groupsOf(offsets, length)
    let next = 0
    const take = async () => {
      for (let group = groups[next++]; group !== undefined; group = groups[next++]) {
        const { first, last } = group
        const from = offsets[first] ?? 0
        const read = await readRange(this.handle, from, (offsets[last] ?? 0) + length - from)
        for (let i = first; i <= last; i++) {
          const at = (offsets[i] ?? 0) - from
          bytes.set(read.subarray(at, at + length), i * length)
        }
      }
    }
    await Promise.all(Array.from({ length: Math.min(IN_FLIGHT, groups.length) }, take))
    return bytes
  }

  /** The whole, in pieces of memory of their own. */
  async *stream(): AsyncGenerator<Uint8Array, void, undefined> {
    for (let at = 0; at < this.size; at += LARGEST_WINDOW)
      yield await readRange(this.handle, at, Math.min(LARGEST_WINDOW, this.size - at))
    if (this.size === 0) await readRange(this.handle, 0, 0)
  }
}

/**
 * The file as it is now: Chromium asks for size and time of a picked file anew until a part of it is taken, and refuses to
 * read a part once they have changed. Whether an empty file has grown since no browser tells.
 */
function snapshotOf(blob: Blob): Blob {
  return blob instanceof File ? blob.slice(0, blob.size) : blob
}

/** Runs of places that lie in ascending order and near each other. */
function groupsOf(offsets: readonly number[], length: number): { readonly first: number; readonly last: number }[] {
  const groups: { first: number; last: number }[] = []
  for (const [i, offset] of offsets.entries()) {
    const group = groups.at(-1)
    const before = offsets[i - 1] ?? 0
    const from = offsets[group?.first ?? 0] ?? 0
    const isNear = offset >= before && offset - before - length < DENSE_BYTES && offset - from < LARGEST_WINDOW
    if (group !== undefined && isNear) group.last = i
    else groups.push({ first: i, last: i })
  }
  return groups
}

/**
 * Reads a range of a Blob into memory of its own.
 * @throws {SourceFault}
 */
export async function readRange(handle: BlobHandle, offset: number, length: number): Promise<Uint8Array> {
  let buffer: ArrayBuffer
  try {
    const { blob } = handle
    // A part of it is one more thing that the browser's own process keeps: for a small file that costs as much as reading it.
    const part = offset === 0 && length === blob.size ? blob : blob.slice(offset, offset + length)
    buffer = await part.arrayBuffer()
  } catch (error) {
    throw blobFault(error, handle)
  }
  if (buffer.byteLength !== length) throw new SourceFault('changed', handle.name, 'PROBATUM_SHORT_READ')
  return new Uint8Array(buffer)
}

/**
 * A browser tells neither why a file cannot be read nor whether it is the one that was chosen: it says `NotFoundError`
 * for one that is gone, and `NotReadableError` for one that was altered, locked or forbidden since.
 * An error of our own is thrown as it is.
 */
export function blobFault(error: unknown, { name, isWhole }: Pick<BlobHandle, 'name' | 'isWhole'>): SourceFault {
  if (error instanceof SourceFault) return error
  if (!(error instanceof DOMException)) throw error
  if (error.name === 'NotFoundError')
    return new SourceFault(isWhole ? 'vanished' : 'changed', name, error.name, { cause: error })
  if (error.name === 'NotReadableError') return new SourceFault('changed', name, error.name, { cause: error })
  if (error.name === 'NotAllowedError' || error.name === 'SecurityError')
    return new SourceFault('permission', name, error.name, { cause: error })
  return new SourceFault('other', name, error.name, { cause: error })
}

/** Callers keep within the size that they were told. */
function requireRange(offset: number, length: number, size: number): void {
  if (!Number.isSafeInteger(offset) || !Number.isSafeInteger(length) || offset < 0 || length < 0)
    throw new RangeError(`offset ${offset}, length ${length}`)
  if (offset + length > size) throw new RangeError(`bytes ${offset} to ${offset + length} of ${size}`)
}
