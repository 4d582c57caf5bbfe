/** Bytes of a file: at once, or piece by piece. */
export type FileContent = Uint8Array | AsyncIterable<Uint8Array>

/** Where a bundle is written to: a directory, memory. Paths are those of the format, `/` between segments. */
export interface BundleSink {
  /** Writes a new file whole; rejects when there is one of that path already. */
  write(path: string, content: FileContent): Promise<void>
}

/** A file that can be read from its beginning as often as is wanted, with the same bytes each time. */
export interface SealableFile {
  readonly size: number
  open(): AsyncIterable<Uint8Array>
}

/** A sink whose files can be read. */
export interface MemorySink extends BundleSink {
  /** What was written, by path. */
  readonly files: ReadonlyMap<string, Uint8Array>
}

/** Keeps a whole bundle in memory: for samples and tests. Throws RangeError for a path that is written twice. */
export function memorySink(): MemorySink {
  const files = new Map<string, Uint8Array>()
  return {
    files,
    async write(path, content) {
      if (files.has(path)) throw new RangeError(`written twice: ${path}`)
      files.set(path, await wholeOf(content))
    },
  }
}

/** Always a copy: the writer may use its buffer again. */
export async function wholeOf(content: FileContent): Promise<Uint8Array> {
  if (content instanceof Uint8Array) return content.slice()
  const pieces: Uint8Array[] = []
  let length = 0
  for await (const piece of content) {
    pieces.push(piece.slice())
    length += piece.length
  }
  const whole = new Uint8Array(length)
  let at = 0
  for (const piece of pieces) {
    whole.set(piece, at)
    at += piece.length
  }
  return whole
}

/** A file that is in memory. */
export function fileOf(bytes: Uint8Array): SealableFile {
  return {
    size: bytes.length,
    async *open() {
      yield bytes
    },
  }
}
