import type { RandomAccess } from '@probatum/core'

/** Plaintext that is kept: a walk through an archive reads forward, with looks back at what it has just read. */
const WINDOWS = 4

export interface Segments {
  /** Bytes of plaintext in all. */
  readonly size: number
  /** Bytes of plaintext in one segment; the last one may be shorter. */
  readonly segmentBytes: number
  /** The plaintext of segments `first` to before `behind`, as one. */
  open(first: number, behind: number): Promise<Uint8Array>
}

/**
 * Plaintext that exists a few segments at a time, as random access. Its handle means nothing to a digester, so that bytes are
 * never looked for in a file.
 */
export class SegmentedAccess implements RandomAccess {
  readonly handle = { kind: 'probatum/decrypted' } as const
  readonly #segments: Segments
  readonly #windowSegments: number
  readonly #windowBytes: number
  /** Windows by number, the one that was used last at the end. */
  readonly #windows = new Map<number, Promise<Uint8Array>>()

  constructor(segments: Segments, windowBytes = 1 << 20) {
    this.#segments = segments
    this.#windowSegments = Math.max(1, Math.round(windowBytes / segments.segmentBytes))
    this.#windowBytes = this.#windowSegments * segments.segmentBytes
  }

  get size(): number {
    return this.#segments.size
  }

  async read(offset: number, length: number): Promise<Uint8Array> {
    const end = offset + length
    if (!Number.isSafeInteger(offset) || !Number.isSafeInteger(length) || offset < 0 || length < 0 || end > this.size)
      throw new RangeError(`bytes ${offset} to ${end} of ${this.size}`)
    const bytes = new Uint8Array(length)
    for (let at = offset; at < end; ) {
      const number = Math.floor(at / this.#windowBytes)
      const window = await this.#window(number)
      const skip = at - number * this.#windowBytes
      const part = window.subarray(skip, Math.min(window.length, skip + end - at))
      bytes.set(part, at - offset)
      at += part.length
    }
    return bytes
  }

  #window(number: number): Promise<Uint8Array> {
    const known = this.#windows.get(number)
    const count = Math.ceil(this.size / this.#segments.segmentBytes)
    const first = number * this.#windowSegments
    const window = known ?? this.#segments.open(first, Math.min(count, first + this.#windowSegments))
    this.#windows.delete(number)
    this.#windows.set(number, window)
    // What could not be opened is tried again by whoever asks again.
    if (known === undefined) window.catch(() => this.#windows.delete(number))
    for (const oldest of this.#windows.keys()) {
      if (this.#windows.size <= WINDOWS) break
      this.#windows.delete(oldest)
    }
    return window
  }
}
