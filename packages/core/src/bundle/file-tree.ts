import type { SourceEntry } from './source.ts'

/**
 * What is judged: names and bytes, whatever holds them. Made from a BundleSource by taking out what operating systems
 * leave behind. Everything here is content; the container's own facts are not.
 */
export interface FileTree {
  /** In byte order of their paths. */
  readonly entries: readonly SourceEntry[]
  /** A path that is only the visible form of other bytes names no file. */
  readonly byPath: Pick<ReadonlyMap<string, SourceEntry>, 'get' | 'has' | 'keys'>
  /** Links, devices and the like, in byte order of their paths. */
  readonly irregular: readonly { readonly path: string; readonly what: string }[]
  /**
   * Reads one file whole, and keeps the bytes: a second call gives the same array, so that what is digested is what is parsed.
   * Rejects with ParseError ERR_LIMIT when it is larger than `limit` bytes, with SourceFault when it cannot be read,
   * with ParseError ERR_ZIP_CONTENT when the container contradicts itself about it.
   */
  read(path: string, limit: number): Promise<Uint8Array>
  /** Streams one file, for looking at a file again after its digest did not match. */
  open(path: string): AsyncIterable<Uint8Array>
}
