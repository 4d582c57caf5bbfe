import { fromHex, toHex } from '../model/bytes.ts'
import { LIMITS } from '../model/limits.ts'
import { ParseError } from '../model/parse-error.ts'
import type { DigestAlgorithm } from '../model/ports.ts'
import { decodeLatin1 } from '../model/utf8.ts'
import type { ReadState, SpellingFacts } from './bag-facts.ts'
import { isEscaping, normalisationKey, otherSpellings, unsafeKind } from './bag-path.ts'
import { ExpectedDigests } from './bag-tables.ts'
import type { TagEncoding } from './bag-text.ts'
import { type FileTree, PathIndex, type Places, placesUnder } from './file-tree.ts'
import { type ManifestName, parseManifest } from './manifest.ts'
import type { ManifestReading } from './manifest-lines.ts'
import type { SourceEntry } from './source.ts'

/** A manifest while a bag is looked at. */
export interface Listing {
  readonly path: string
  readonly name: ManifestName
  readonly state: ReadState
  readonly asked: boolean
  readonly reading: ManifestReading | null
  readonly expected: ExpectedDigests
  /** Listed names of which there is no file. */
  readonly missing: Map<string, MissingEntry>
  readonly duplicates: { readonly path: string; readonly code: 'repeated' | 'contradictory' }[]
  readonly spellings: (Omit<SpellingFacts, 'code' | 'manifest'> & { readonly file: number })[]
}

export interface MissingEntry {
  readonly literal: string
  readonly digest: Uint8Array | null
  ambiguous: boolean
}

/** The files of the tree by name and index. */
export interface TreeIndex {
  readonly entries: readonly SourceEntry[]
  /** Without the entries whose name is not text. */
  readonly indexOf: Pick<ReadonlyMap<string, number>, 'get' | 'has'>
  /** The files of data/. */
  readonly payload: Places
}

/** @throws {TypeError} for a tree with two files of one name */
export function treeIndex({ entries }: Pick<FileTree, 'entries'>): TreeIndex {
  let last: string | undefined
  for (const { path, rawPath } of entries) {
    if (rawPath !== undefined) continue
    // Sources refuse such containers; here a second file of one name would go unexamined.
    if (path === last) throw new TypeError(`two files of one name: ${path}`)
    last = path
  }
  return { entries, indexOf: new PathIndex(entries), payload: placesUnder(entries, 'data/') }
}

/** Places of the files outside data/: few, mostly. */
export function* tagPlaces({ entries, payload }: TreeIndex): Generator<number> {
  for (let file = 0; file < payload.start; file++) yield file
  for (let file = payload.end; file < entries.length; file++) yield file
}

export interface ListingRules {
  readonly encoding: TagEncoding | undefined
  readonly percentDecoding: boolean
  readonly payloadDigests: 'all' | readonly DigestAlgorithm[]
  /** What may still be kept of all manifests of the bag, see LIMITS.manifestNamesKept. Counted down. */
  readonly budget: { names: number }
}

/** Reads one manifest and sets what it lists against the tree. One that is beyond a limit lists nothing. */
export function makeListing(
  path: string,
  name: ManifestName,
  file: { readonly state: ReadState; readonly bytes?: Uint8Array },
  tree: TreeIndex,
  rules: ListingRules,
): Listing {
  const asked =
    name.kind === 'tag' ||
    rules.payloadDigests === 'all' ||
    name.algorithm === null ||
    rules.payloadDigests.includes(name.algorithm)
  const listing = (state: ReadState): Listing => ({
    path,
    name,
    state,
    asked,
    reading: null,
    expected: new ExpectedDigests(name.algorithm, tree.entries.length),
    missing: new Map(),
    duplicates: [],
    spellings: [],
  })
  if (file.bytes === undefined) return listing(file.state)
  if (rules.encoding === undefined) return listing('unsupported-encoding')
  const read = listing('read')
  try {
    return { ...read, reading: readInto(read, file.bytes, tree, { ...rules, encoding: rules.encoding }) }
  } catch (error) {
    if (error instanceof ParseError && error.code === 'ERR_LIMIT') return listing('too-large')
    throw error
  }
}

/** @throws {ParseError} ERR_LIMIT */
function readInto(
  { name, expected, missing, duplicates }: Listing,
  bytes: Uint8Array,
  tree: TreeIndex,
  { encoding, percentDecoding, budget }: ListingRules & { readonly encoding: TagEncoding },
): ManifestReading {
  const keep = () => {
    if (budget.names-- > 0) return
    throw new ParseError('ERR_LIMIT', { where: 'manifests', expected: `at most ${LIMITS.manifestNamesKept} names` })
  }
  const exists = (candidate: string) => tree.indexOf.has(candidate)
  const { kind, algorithm } = name
  return parseManifest(bytes, { kind, algorithm, encoding, percentDecoding, exists }, (listedPath, digest, literal) => {
    const file = tree.indexOf.get(listedPath)
    const known = file === undefined ? statedOf(missing.get(listedPath)) : expected.hexAt(file)
    if (known !== undefined) {
      keep()
      // A line without a digest of its algorithm states nothing that another could contradict.
      const contradicts = known !== null && digest !== null && known !== digest
      duplicates.push({ path: listedPath, code: contradicts ? 'contradictory' : 'repeated' })
    } else if (file === undefined) {
      keep()
      missing.set(listedPath, { literal, digest: digest === null ? null : (fromHex(digest) ?? null), ambiguous: false })
    } else expected.set(file, digest)
  })
}

/** What a line stated, in lower-case hex; null for a malformed checksum. */
function statedOf(entry: MissingEntry | undefined): string | null | undefined {
  const digest = entry?.digest
  return digest === null || digest === undefined ? digest : toHex(digest)
}

/**
 * Finds listed names that are here under another spelling, and files them as the listed ones.
 *
 * A bag that passed through macOS, an old ZIP or a tool that reads `%25` otherwise keeps its bytes and loses the exact
 * characters of its names. To call such a file both missing and added would be a wrong "changed". So a name and a file
 * are paired when nothing else could be meant: the file is one that this manifest does not list by its own name, it is
 * the only one that fits the name, and the name is the only one that fits it. The pair is recorded, and counts as
 * complete only when the bytes match what the manifest lists; a native bundle, whose names cannot be spelled in two
 * ways, never counts it. Where two files or two names compete nothing is paired: which one was meant is not ours to say.
 */
export function pairSpellings(listing: Listing, tree: TreeIndex, encoding: TagEncoding | undefined): number[] {
  if (listing.missing.size === 0) return []
  const candidates = candidatesByKey(listing, tree, encoding)
  // By key: each file has one, and there can be as many files of one key as names that wish for it.
  const claims = new Map<string, number>()
  const wishes: { path: string; keys: Map<string, SpellingFacts['how']> }[] = []
  for (const [path, { literal }] of listing.missing) {
    const kind = unsafeKind(path)
    if (kind !== undefined && isEscaping(kind)) continue
    const keys = new Map<string, SpellingFacts['how']>()
    for (const spelling of otherSpellings(path, literal)) {
      const key = normalisationKey(spelling.path)
      if (candidates.has(key) && !keys.has(key)) keys.set(key, spelling.how)
    }
    if (keys.size === 0) continue
    for (const key of keys.keys()) claims.set(key, (claims.get(key) ?? 0) + 1)
    wishes.push({ path, keys })
  }
  const contested = new Set<string>()
  for (const { path, keys } of wishes) {
    const [only] = keys
    const entry = listing.missing.get(path)
    if (only === undefined || entry === undefined) continue
    const [key, how] = only
    const [file, another] = candidates.get(key) ?? []
    if (file === undefined || another !== undefined || keys.size > 1 || (claims.get(key) ?? 0) > 1) {
      entry.ambiguous = true
      for (const each of keys.keys()) contested.add(each)
      continue
    }
    listing.expected.set(file, entry.digest === null ? null : toHex(entry.digest))
    listing.missing.delete(path)
    const { path: found = '', rawPath } = tree.entries[file] ?? {}
    listing.spellings.push({
      file,
      path,
      found,
      how: rawPath === undefined ? how : 'encoding',
      role: listing.name.kind,
    })
  }
  return Array.from(contested).flatMap((key) => candidates.get(key) ?? [])
}

/** Files that the manifest does not list by name, by the key of their own name. */
function candidatesByKey(listing: Listing, tree: TreeIndex, encoding: TagEncoding | undefined) {
  const byKey = new Map<string, number[]>()
  const isPayload = listing.name.kind === 'payload'
  for (const [file, entry] of tree.entries.entries()) {
    if (listing.expected.lists(file) || entry.path.startsWith('data/') !== isPayload) continue
    if (entry.rawPath !== undefined && encoding !== 'iso-8859-1') continue
    const name = entry.rawPath === undefined ? entry.path : decodeLatin1(entry.rawPath)
    const key = normalisationKey(name)
    const files = byKey.get(key)
    if (files === undefined) byKey.set(key, [file])
    else files.push(file)
  }
  return byKey
}
