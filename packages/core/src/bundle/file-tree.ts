import { comparePaths } from '../model/bytes.ts'
import type { PostponedChecks, SourceEntry } from './source.ts'

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
  /** Told what a digester saw right before a file's bytes. */
  readonly postponed?: Pick<PostponedChecks, 'agreed'> | undefined
}

/** Places of entries in byte order: from `start` on, before `end`. */
export interface Places {
  readonly start: number
  readonly end: number
}

/** Where the entries lie whose path begins with `prefix`: all together, because they are in byte order. */
export function placesUnder(entries: readonly SourceEntry[], prefix: string): Places {
  const first = (isBehind: (path: string) => boolean) => {
    let low = 0
    let high = entries.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (isBehind(entries[middle]?.path ?? '')) high = middle
      else low = middle + 1
    }
    return low
  }
  return {
    start: first((path) => comparePaths(path, prefix) >= 0),
    end: first((path) => comparePaths(path, prefix) > 0 && !path.startsWith(prefix)),
  }
}

/**
 * Finds the place of a path among entries in byte order. Manifests list, and digesters answer, mostly in that order: the place
 * behind the last one that was asked for is looked at first. All others are found by halving, because a map of a million names is
 * larger than the rest of the tree.
 */
export class PathIndex {
  readonly #entries: readonly SourceEntry[]
  #next = 0

  constructor(entries: readonly SourceEntry[]) {
    this.#entries = entries
  }

  /** The visible form of other bytes may be another file's very name: it is not found. */
  get(path: string): number | undefined {
    const next = this.#entries[this.#next]
    const place = next?.path === path && next.rawPath === undefined ? this.#next : this.#byHalving(path)
    if (place !== undefined) this.#next = place + 1
    return place
  }

  has(path: string): boolean {
    return this.get(path) !== undefined
  }

  #byHalving(path: string): number | undefined {
    const entries = this.#entries
    let low = 0
    let high = entries.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (comparePaths(entries[middle]?.path ?? '', path) < 0) low = middle + 1
      else high = middle
    }
    for (let at = low; entries[at]?.path === path; at++) {
      if (entries[at]?.rawPath === undefined) return at
    }
    return undefined
  }
}
