/** What is no regular file or folder: links, devices, folders that could not be listed. */
export interface Irregular {
  readonly path: string
  readonly what: string
}

/**
 * Finds what stands at a path or at a folder above it. In an order in which `/` comes first, a path stands directly before
 * all that lies below it: only what precedes a path can be above it, or lies below what is. Looking for each of its folders
 * would cost the length of a path once more for each of them.
 */
export class IrregularPlaces {
  readonly #sorted: readonly Irregular[]
  /** Of each the nearest one above it; -1 for none. */
  readonly #above: Int32Array

  constructor(irregular: readonly Irregular[]) {
    this.#sorted = irregular.toSorted((a, b) => compareFolderFirst(a.path, b.path))
    this.#above = new Int32Array(this.#sorted.length)
    for (const [at, { path }] of this.#sorted.entries()) this.#above[at] = this.#nearest(path, at - 1)
  }

  /** The nearest: what stands at the path itself before what stands above. */
  at(path: string): string | undefined {
    let low = 0
    let high = this.#sorted.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (compareFolderFirst(this.#sorted[middle]?.path ?? '', path) <= 0) low = middle + 1
      else high = middle
    }
    return this.#sorted[this.#nearest(path, low - 1)]?.what
  }

  #nearest(path: string, before: number): number {
    let at = before
    for (let above = this.#sorted[at]; above !== undefined; above = this.#sorted[at]) {
      if (isAtOrAbove(above.path, path)) return at
      at = this.#above[at] ?? -1
    }
    return -1
  }
}

/** A top folder that could not be listed at all has the empty path, and is above everything. */
function isAtOrAbove(folder: string, path: string): boolean {
  return path.startsWith(folder) && (folder === '' || path.length === folder.length || path[folder.length] === '/')
}

function compareFolderFirst(a: string, b: string): number {
  const shorter = Math.min(a.length, b.length)
  let at = 0
  while (at < shorter && a.charCodeAt(at) === b.charCodeAt(at)) at++
  if (at === shorter) return a.length - b.length
  if (a[at] === '/') return -1
  if (b[at] === '/') return 1
  return a.charCodeAt(at) - b.charCodeAt(at)
}
