import { comparePaths, encodeUtf8, toHex } from '@probatum/core'
import type { StartDigest } from '../digest.ts'
import type { BundleSink, FileContent } from './bundle-sink.ts'

export type ManifestAlgorithm = 'sha256' | 'sha512'

export interface WrittenFile {
  readonly size: number
  /** Lower-case hex by algorithm. */
  readonly digests: Readonly<Partial<Record<ManifestAlgorithm, string>>>
}

/** Writes files to a sink and digests them in the same pass, for the manifests. */
export class CoveredFiles {
  private readonly written = new Map<string, WrittenFile>()
  private readonly sink: BundleSink
  private readonly startDigest: StartDigest
  private readonly algorithms: readonly ManifestAlgorithm[]

  constructor(sink: BundleSink, startDigest: StartDigest, algorithms: readonly ManifestAlgorithm[]) {
    this.sink = sink
    this.startDigest = startDigest
    this.algorithms = algorithms
  }

  /** `onBytes` is called with the size of each piece. */
  async write(path: string, content: FileContent, onBytes?: (count: number) => void): Promise<WrittenFile> {
    const digests = this.algorithms.map((algorithm) => [algorithm, this.startDigest(algorithm)] as const)
    let size = 0
    const pass = async function* (): AsyncIterable<Uint8Array> {
      for await (const piece of content instanceof Uint8Array ? [content] : content) {
        for (const [, digest] of digests) digest.update(piece)
        size += piece.length
        onBytes?.(piece.length)
        yield piece
      }
    }
    await this.sink.write(path, pass())
    const file = {
      size,
      digests: Object.fromEntries(digests.map(([algorithm, digest]) => [algorithm, toHex(digest.digest())])),
    }
    this.written.set(path, file)
    return file
  }

  /** Takes a file that was written by other means, as it was found there. */
  add(path: string, file: WrittenFile): void {
    if (this.written.has(path)) throw new RangeError(`written twice: ${path}`)
    this.written.set(path, file)
  }

  get(path: string): WrittenFile | undefined {
    return this.written.get(path)
  }

  /** A native manifest over the files written so far that `covers` chooses, in byte order. */
  manifest(algorithm: ManifestAlgorithm, covers: (path: string) => boolean): Uint8Array {
    const paths = [...this.written.keys()].filter(covers).sort(comparePaths)
    return encodeUtf8(paths.map((path) => `${this.written.get(path)?.digests[algorithm]}  ${path}\n`).join(''))
  }
}
