import { comparePaths, equalBytes, toHex } from '../model/bytes.ts'
import type { BagInProgress } from './bag-establish.ts'
import type { Listing } from './bag-listing.ts'

/** What became of files that were renamed, or copied beside themselves, after the bag was made. */
export interface MovedFiles {
  /** By the listed path that no file has: the path of the file that has its bytes. */
  readonly elsewhere: ReadonlyMap<string, string>
  /** By the place of a file that no manifest lists: the path whose bytes it has. */
  readonly of: ReadonlyMap<number, { readonly code: 'renamed' | 'copy'; readonly path: string }>
}

/**
 * Files that no manifest of their kind lists, and whose bytes are all the same listed ones: of a listed name that no file
 * has (`renamed`), or of another file that is here (`copy`).
 *
 * Mail gateways, cloud folders, old file systems and people rename files and make second copies: `photo (1).jpg`,
 * `000001.TXT`. Nothing is lost by that and nothing was added, so it is no contradiction; but the bag is not as it was
 * made either, and only a person can say whether the new name says something. An empty file has no bytes to be known by:
 * it is a copy only under the name of the other, in another folder.
 * @param unlisted places of such files, outside seal/, in byte order of their paths
 * @param missing listed names without a file, and nothing that explains it
 */
export function movedFiles(
  bag: Pick<BagInProgress, 'tree' | 'listings' | 'found'>,
  unlisted: readonly number[],
  missing: readonly string[],
): MovedFiles {
  const elsewhere = new Map<string, string>()
  const of = new Map<number, { code: 'renamed' | 'copy'; path: string }>()
  if (unlisted.length === 0) return { elsewhere, of }
  const { entries } = bag.tree
  const byDigest = listedDigests(bag.listings, missing)
  for (const file of unlisted) {
    for (const { name } of bag.listings) {
      const { algorithm } = name
      const digest = algorithm === null ? undefined : bag.found.at(algorithm, file)
      const wanted = digest === undefined ? undefined : byDigest.get(`${algorithm}:${toHex(digest)}`)
      const path =
        wanted === undefined ? undefined : nextOf(wanted, (each) => !elsewhere.has(each) && agrees(bag, file, each))
      if (path === undefined) continue
      elsewhere.set(path, entries[file]?.path ?? '')
      of.set(file, { code: 'renamed', path })
      break
    }
  }
  for (const [file, path] of copies(bag, unlisted)) if (!of.has(file)) of.set(file, { code: 'copy', path })
  return { elsewhere, of }
}

/** Missing paths that one digest is listed for, in byte order, and how many of them are behind. */
interface Wanted {
  readonly paths: string[]
  next: number
}

/**
 * The next path that will do. What was passed over is not looked at again, so that as many files as paths cost no square of
 * their number: it was taken, or another manifest lists other bytes for it, which no other file of this digest has either.
 */
function nextOf(wanted: Wanted, willDo: (path: string) => boolean): string | undefined {
  for (; wanted.next < wanted.paths.length; wanted.next++) {
    const path = wanted.paths[wanted.next]
    if (path !== undefined && willDo(path)) return path
  }
  return undefined
}

/** Missing paths by each digest that a manifest lists for them. */
function listedDigests(listings: readonly Listing[], missing: readonly string[]): Map<string, Wanted> {
  const byDigest = new Map<string, Wanted>()
  for (const path of missing.toSorted(comparePaths)) {
    for (const { name, missing: entries } of listings) {
      const digest = entries.get(path)?.digest
      if (!digest || name.algorithm === null) continue
      const key = `${name.algorithm}:${toHex(digest)}`
      const wanted = byDigest.get(key)
      if (wanted === undefined) byDigest.set(key, { paths: [path], next: 0 })
      else if (wanted.paths.at(-1) !== path) wanted.paths.push(path)
    }
  }
  return byDigest
}

/** Whether no manifest lists other bytes for the path than the file has, of those digests that were computed of it. */
function agrees({ listings, found }: Pick<BagInProgress, 'listings' | 'found'>, file: number, path: string): boolean {
  return listings.every(({ name, missing }) => {
    const expected = missing.get(path)?.digest
    const digest = name.algorithm === null ? undefined : found.at(name.algorithm, file)
    return !expected || digest === undefined || equalBytes(expected, digest)
  })
}

/** By the place of an unlisted file: the path of the first other file, in byte order, that has its bytes. */
function copies({ tree, found }: Pick<BagInProgress, 'tree' | 'found'>, unlisted: readonly number[]) {
  const isUnlisted = new Set(unlisted)
  const wanted = new Map<number, string>()
  // The size tells nearly all other files apart, of a million too.
  const sizes = new Set<number>()
  for (const file of unlisted) {
    const digest = found.at('sha256', file)
    const entry = tree.entries[file]
    if (digest === undefined || entry === undefined) continue
    wanted.set(file, sameBytes(digest, entry))
    sizes.add(entry.size)
  }
  const asked = new Set(wanted.values())
  const firstOf = new Map<string, string>()
  for (let other = 0; other < tree.entries.length && asked.size > firstOf.size; other++) {
    const original = tree.entries[other]
    if (original === undefined || !sizes.has(original.size) || isUnlisted.has(other)) continue
    const digest = found.at('sha256', other)
    if (digest === undefined) continue
    const key = sameBytes(digest, original)
    if (asked.has(key) && !firstOf.has(key)) firstOf.set(key, original.path)
  }
  const originals = new Map<number, string>()
  for (const [file, key] of wanted) {
    const path = firstOf.get(key)
    if (path !== undefined) originals.set(file, path)
  }
  return originals
}

/** What two files have in common of which one is a copy of the other: the digest, and of empty files the last name. */
function sameBytes(digest: Uint8Array, { path, size }: { readonly path: string; readonly size: number }): string {
  return size > 0 ? toHex(digest) : `${toHex(digest)} ${path.slice(path.lastIndexOf('/') + 1)}`
}
