import { comparePaths } from '../model/bytes.ts'
import type { Oddity } from '../model/container.ts'
import { LIMITS } from '../model/limits.ts'
import { ParseError } from '../model/parse-error.ts'
import { SourceFault } from '../model/ports.ts'
import { encodeUtf8 } from '../model/utf8.ts'
import { collisionKey } from './bag-path.ts'
import { type FileTree, PathIndex } from './file-tree.ts'
import { isLeftover, LEFTOVER_HEAD_BYTES, leftoverName } from './leftovers.ts'
import type { BundleSource, SourceEntry } from './source.ts'
import { findTopFolder } from './top-folder.ts'

/** A bundle found in a source, with everything in it: what a manifest lists is known only after reading the tree. */
export interface FoundTree {
  /** Every file below the top folder, leftovers included. */
  readonly tree: FileTree
  /** Files that are leftovers of operating systems by name and content, unless a manifest lists them. */
  readonly leftoverCandidates: readonly string[]
  /** Entries of the container outside the top folder, in byte order; leftovers of operating systems apart. */
  readonly outside: readonly string[]
  /** Leftovers outside the top folder, where no manifest could list them (`__MACOSX/…`), by their container's paths. */
  readonly outsideLeftovers: readonly string[]
  /** Null when the bundle's files lie at the root of the container. */
  readonly topFolder: string | null
  readonly oddities: readonly Oddity[]
}

/**
 * Finds the bundle in a source and makes the tree of its names and bytes.
 * @throws {ParseError} ERR_NOT_A_BUNDLE when there is no bag, ERR_SEVERAL_BUNDLES when there is more than one,
 *   ERR_PATH_DUPLICATE when an archive has another folder that some systems unpack into the bundle's own
 * @throws {SourceFault} `vanished` when the source went away
 */
export async function makeFileTree(source: BundleSource): Promise<FoundTree> {
  const topFolder = findTopFolder(source)
  const prefix = topFolder === null ? '' : `${topFolder}/`
  const inside: SourceEntry[] = []
  const outside: string[] = []
  const outsideLeftovers: string[] = []
  for (const entry of source.entries) {
    if (entry.path.startsWith(prefix)) inside.push(withoutPrefix(entry, prefix))
    else if (await isLeftoverEntry(source, entry)) outsideLeftovers.push(entry.path)
    else outside.push(entry.path)
  }
  const irregular: { readonly path: string; readonly what: string }[] = []
  for (const { path, what } of source.irregular) {
    if (path.startsWith(prefix)) irregular.push({ path: path.slice(prefix.length), what })
    else outside.push(path)
  }
  if (source.kind !== 'directory' && topFolder !== null) requireApart(outside, topFolder)
  sortByPath(inside)
  irregular.sort((a, b) => comparePaths(a.path, b.path))

  const leftoverCandidates: string[] = []
  for (const entry of inside) {
    // Most names are none: waiting for each of a million answers would take longer than giving them.
    if (leftoverName(entry.path) !== undefined && (await isLeftoverEntry(source, entry))) {
      leftoverCandidates.push(entry.path)
    }
  }
  return {
    tree: new SourceTree(source, inside, irregular, { files: new Map(), bytes: 0 }),
    leftoverCandidates,
    outside: outside.sort(comparePaths),
    outsideLeftovers: outsideLeftovers.sort(comparePaths),
    topFolder,
    oddities: [...source.oddities, ...topFolderOddities(source, topFolder)],
  }
}

/**
 * What lies beside a bundle is no part of it. But Windows and macOS unpack `B/data` over `b/data`: there the archive would hold other
 * evidence than was judged here.
 */
function requireApart(outside: readonly string[], topFolder: string): void {
  const wanted = collisionKey(topFolder)
  const depth = topFolder.split('/').length
  for (const path of outside) {
    if (collisionKey(path.split('/', depth).join('/')) !== wanted) continue
    throw new ParseError('ERR_PATH_DUPLICATE', { where: path, field: 'name', found: `${topFolder} in other letters` })
  }
}

/**
 * Takes the leftovers out of a tree, once the manifests have been read: a file that one of them lists is an ordinary
 * file, whatever its name. What was read stays read. `leftovers`: by their container's paths, so that two of one name, in the
 * top folder and beside it, are two.
 */
export function setLeftoversAside(
  found: FoundTree,
  isListed: (path: string) => boolean,
): { readonly tree: FileTree; readonly leftovers: readonly string[] } {
  const aside = new Set(found.leftoverCandidates.filter((path) => !isListed(path)))
  const prefix = found.topFolder === null ? '' : `${found.topFolder}/`
  const leftovers = [...Array.from(aside, (path) => prefix + path), ...found.outsideLeftovers].sort(comparePaths)
  if (aside.size === 0) return { tree: found.tree, leftovers }
  if (!(found.tree instanceof SourceTree)) throw new TypeError('not a tree that makeFileTree made')
  return { tree: found.tree.without(aside), leftovers }
}

const ASCII = /^[\x00-\x7f]*$/

/** What was read whole: of one source, however many trees look at it. */
interface Kept {
  readonly files: Map<string, Promise<Uint8Array>>
  bytes: number
}

class SourceTree implements FileTree {
  readonly entries: readonly SourceEntry[]
  readonly byPath: FileTree['byPath']
  readonly irregular: readonly { readonly path: string; readonly what: string }[]
  readonly #source: BundleSource
  readonly #kept: Kept

  constructor(
    source: BundleSource,
    entries: readonly SourceEntry[],
    irregular: readonly { readonly path: string; readonly what: string }[],
    kept: Kept,
  ) {
    this.#source = source
    this.#kept = kept
    this.entries = entries
    this.irregular = irregular
    this.byPath = new SortedEntries(entries)
  }

  async read(path: string, limit: number): Promise<Uint8Array> {
    const entry = this.#entry(path)
    if (entry.size > limit) {
      throw new ParseError('ERR_LIMIT', {
        where: path,
        field: 'size',
        expected: `at most ${limit}`,
        found: `${entry.size}`,
      })
    }
    const kept = this.#kept.files.get(path)
    if (kept !== undefined) return kept
    if (this.#kept.bytes + entry.size > LIMITS.wholeReadBytes) {
      const expected = `at most ${LIMITS.wholeReadBytes} in all files that are read whole`
      throw new ParseError('ERR_LIMIT', { where: path, field: 'size', expected, found: `${entry.size}` })
    }
    this.#kept.bytes += entry.size
    const reading = readWhole(this.#source, entry)
    this.#kept.files.set(path, reading)
    return reading
  }

  open(path: string): AsyncIterable<Uint8Array> {
    return this.#source.open(this.#entry(path))
  }

  get postponed(): FileTree['postponed'] {
    return this.#source.postponed
  }

  without(paths: ReadonlySet<string>): SourceTree {
    const entries = this.entries.filter((entry) => entry.rawPath !== undefined || !paths.has(entry.path))
    return new SourceTree(this.#source, entries, this.irregular, this.#kept)
  }

  #entry(path: string): SourceEntry {
    const entry = this.byPath.get(path)
    if (entry === undefined) throw new RangeError(`no such file in the tree: ${path}`)
    return entry
  }
}

class SortedEntries implements Pick<ReadonlyMap<string, SourceEntry>, 'get' | 'has' | 'keys'> {
  readonly #entries: readonly SourceEntry[]
  readonly #places: PathIndex

  constructor(entries: readonly SourceEntry[]) {
    this.#entries = entries
    this.#places = new PathIndex(entries)
  }

  get(path: string): SourceEntry | undefined {
    const place = this.#places.get(path)
    return place === undefined ? undefined : this.#entries[place]
  }

  has(path: string): boolean {
    return this.#places.has(path)
  }

  *keys(): MapIterator<string> {
    for (const { path, rawPath } of this.#entries) if (rawPath === undefined) yield path
  }
}

async function readWhole(source: BundleSource, entry: SourceEntry): Promise<Uint8Array> {
  const bytes = new Uint8Array(entry.size)
  let at = 0
  for await (const chunk of source.open(entry)) {
    // An archive judges its own sizes; a file of a folder may grow or shrink under our eyes.
    if (at + chunk.length > bytes.length) throw new SourceFault('changed', entry.path, 'PROBATUM_GREW')
    bytes.set(chunk, at)
    at += chunk.length
  }
  if (at !== bytes.length) throw new SourceFault('changed', entry.path, 'PROBATUM_SHORT_READ')
  return bytes
}

async function isLeftoverEntry(source: BundleSource, entry: SourceEntry): Promise<boolean> {
  if (entry.rawPath !== undefined || leftoverName(entry.path) === undefined) return false
  const head = new Uint8Array(Math.min(entry.size, LEFTOVER_HEAD_BYTES))
  let at = 0
  try {
    for await (const chunk of source.open(entry)) {
      const part = chunk.subarray(0, head.length - at)
      head.set(part, at)
      at += part.length
      if (at === head.length) break
    }
  } catch (error) {
    // What cannot be looked at is no leftover: it stays in the tree and is reported there.
    if (error instanceof ParseError || (error instanceof SourceFault && error.reason !== 'vanished')) return false
    throw error
  }
  return at === head.length && isLeftover(entry.path, head, entry.size)
}

/** Mostly they are in order. A name of ASCII alone is in the same place in the order of UTF-16, which is known at once. */
function sortByPath(entries: SourceEntry[]): void {
  let last = ''
  for (const { path } of entries) {
    if (path <= last || !ASCII.test(path)) {
      entries.sort((a, b) => comparePaths(a.path, b.path))
      return
    }
    last = path
  }
}

function withoutPrefix(entry: SourceEntry, prefix: string): SourceEntry {
  if (prefix === '') return entry
  const { rawPath, size, extent } = entry
  const path = entry.path.slice(prefix.length)
  return rawPath === undefined
    ? { path, size, extent }
    : { path, size, extent, rawPath: rawPath.slice(encodeUtf8(prefix).length) }
}

function topFolderOddities(source: BundleSource, topFolder: string | null): readonly Oddity[] {
  if (topFolder === null) return source.kind === 'directory' ? [] : [{ id: `${source.kind}.top-folder-missing` }]
  if (topFolder.includes('/')) return [{ id: `${source.kind}.top-folder-doubled`, value: topFolder }]
  return source.kind === 'directory' ? [{ id: 'directory.top-folder', value: topFolder }] : []
}
