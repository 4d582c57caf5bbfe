import { comparePaths, equalBytes } from '../model/bytes.ts'
import { LIMITS } from '../model/limits.ts'
import type { DigestAlgorithm, SmallDigest } from '../model/ports.ts'
import { readsAsCurrent } from './bag-declaration.ts'
import type { BagInProgress, BagRequest } from './bag-establish.ts'
import {
  type BagFacts,
  listed,
  type ManifestFacts,
  type MissingFacts,
  type SpellingFacts,
  type UnlistedFacts,
  type UnmatchedFacts,
} from './bag-facts.ts'
import { type Listing, tagPlaces } from './bag-listing.ts'
import { type MovedFiles, movedFiles } from './bag-moved.ts'
import { nameFacts } from './bag-names.ts'
import { unmatchedFacts } from './bag-unmatched.ts'
import { IrregularPlaces } from './irregular-places.ts'

/** Compares everything that was read and digested, and sums it up. */
export async function bagFacts(bag: BagInProgress, smallDigest: SmallDigest, request: BagRequest): Promise<BagFacts> {
  const { tree, listings, troubles, fetch } = bag
  const { start, end } = bag.index.payload
  const moved = movedFiles(bag, unlistedAnywhere(bag), absentNames(bag))
  const missing = missingFacts(bag).map((item) => withElsewhere(item, moved))
  const unmatched = await unmatchedFacts(bag, smallDigest, request)
  const byPath = (item: { readonly path: string }) => item.path
  const byCode = (item: { readonly code: string }) => item.code
  const missingOf = (role: 'payload' | 'tag') => {
    const items = missing.filter((item) => item.role === role).map(({ role: _, ...item }) => item)
    return listed<MissingFacts>(items, byPath, byCode)
  }
  const fetched = fetch.reading.entries
  const payloadListings = listings.filter(({ name, state }) => name.kind === 'payload' && state === 'read')
  return {
    declaration: bag.declaration,
    info: bag.info,
    manifests: listings.map((listing) => manifestFacts(listing, bag, unmatched.get(listing) ?? [])),
    fetch: {
      state: fetch.state,
      entries: fetched.length,
      malformed: fetch.reading.malformed,
      absent: listed(
        fetched.filter(({ path }) => !bag.index.indexOf.has(path)),
        byPath,
        () => 'absent',
      ),
      unlisted: listed(
        fetched.filter(({ path }) => payloadListings.some((listing) => !listsByName(listing, path, bag))),
        byPath,
        () => 'unlisted',
      ),
    },
    payloadDigests: request.digests,
    files: tree.entries.length,
    payload: { files: end - start, bytes: bytesOf(bag) },
    coverage: coverageFacts(bag),
    missing: { payload: missingOf('payload'), tag: missingOf('tag') },
    unlisted: unlistedFacts(bag, moved),
    tagFiles: [...tagPlaces(bag.index)].filter((file) => isTagFile(tree.entries[file]?.path ?? '')).length,
    spellings: listed(spellingFacts(bag), byPath, ({ role, code }) => `${role}:${code}`),
    unreadable: listed(
      troubles.failures.map(({ path, reason }) => ({ path, code: reason })),
      byPath,
      byCode,
    ),
    contradictions: listed(troubles.contradictions, byPath, ({ path, code }) =>
      path.startsWith('seal/') ? `seal:${code}` : code,
    ),
    irregular: listed(
      tree.irregular.map(({ path, what }) => ({ path, code: what })),
      byPath,
      ({ path, code }) => (path.startsWith('seal/') ? `seal:${code}` : code),
    ),
    ...nameFacts(
      bag,
      missing.map(({ path }) => path),
    ),
  }
}

/** Of the payload. */
function bytesOf({ tree, index }: BagInProgress): number {
  let bytes = 0
  for (let file = index.payload.start; file < index.payload.end; file++) bytes += tree.entries[file]?.size ?? 0
  return bytes
}

function listsByName(listing: Listing, path: string, bag: BagInProgress): boolean {
  const file = bag.index.indexOf.get(path)
  return file === undefined ? listing.missing.has(path) : listing.expected.lists(file)
}

/** Of those outside data/, a file that a tag manifest could list: not one itself, not of the seal that comes after them. */
function isTagFile(path: string): boolean {
  return !(path.startsWith('seal/') || isTagManifest(path))
}

function isTagManifest(path: string): boolean {
  return /^tagmanifest-[^/]*\.txt$/.test(path)
}

function manifestFacts(listing: Listing, bag: BagInProgress, unmatched: readonly UnmatchedFacts[]): ManifestFacts {
  const { name, reading } = listing
  const problems = reading?.problems ?? []
  const counts = reading?.problemCounts ?? {}
  return {
    path: listing.path,
    ...name,
    state: listing.state,
    lines: reading?.lines ?? 0,
    nativeForm: reading?.nativeForm ?? false,
    problems: {
      count: Object.values(counts).reduce((sum, count) => sum + count, 0),
      by: counts,
      first: problems,
    },
    leniencies: reading?.leniencies ?? {},
    duplicates: listed(
      listing.duplicates,
      ({ path }) => path,
      ({ code }) => code,
    ),
    asked: listing.asked,
    matched: bag.states.count(listing, 'match'),
    unmatched: listed(
      unmatched,
      ({ path }) => path,
      ({ code }) => code,
    ),
  }
}

function coverageFacts(bag: BagInProgress): BagFacts['coverage'] {
  const compared = bag.listings.filter(({ name }) => name.kind === 'payload' && name.algorithm !== null)
  const groups = new Map<string, { algorithms: DigestAlgorithm[]; count: number; first: { path: string }[] }>()
  const { start, end } = bag.index.payload
  // Nearly always each is the same of all files.
  const isWhole = compared.every((listing) => bag.states.isOfAll(listing, 'match', start, end))
  const ofAll = isWhole ? '1'.repeat(compared.length) : undefined
  for (let file = start; file < end; ) {
    let key = ofAll ?? ''
    if (ofAll === undefined)
      for (const listing of compared) {
        const state = bag.states.of(listing, file)
        key += state === 'match' || state === 'mismatch' ? '1' : '0'
      }
    let group = groups.get(key)
    if (group === undefined) {
      const algorithms = compared.flatMap(({ name }, at) => (key[at] === '1' && name.algorithm ? [name.algorithm] : []))
      group = { algorithms: [...new Set(algorithms)].sort(), count: 0, first: [] }
      groups.set(key, group)
    }
    const isFull = group.first.length >= LIMITS.exceptionsInFinding
    const alike = isFull && ofAll !== undefined ? end - file : 1
    group.count += alike
    if (!isFull) group.first.push({ path: bag.tree.entries[file]?.path ?? '' })
    file += alike
  }
  return [...groups.entries()]
    .sort(([a], [b]) => comparePaths(a, b))
    .map(([, { algorithms, count, first }]) => ({ algorithms, files: { count, by: { file: count }, first } }))
}

/** `role` by who lists a path: a payload manifest's word is never lost because the path lies elsewhere. */
function missingFacts(bag: BagInProgress): (MissingFacts & { readonly role: 'payload' | 'tag' })[] {
  const inFetch = new Set(bag.fetch.reading.entries.map(({ path }) => path))
  const irregular = new IrregularPlaces(bag.tree.irregular)
  const byPath = new Map<
    string,
    { manifests: string[]; ambiguous: boolean; stated: boolean; role: 'payload' | 'tag' }
  >()
  for (const listing of bag.listings) {
    for (const [path, entry] of listing.missing) {
      const known = byPath.get(path)
      const stated = entry.digest !== null
      if (known === undefined) {
        const { ambiguous } = entry
        byPath.set(path, { manifests: [listing.path], ambiguous, stated, role: listing.name.kind })
      } else {
        known.manifests.push(listing.path)
        known.ambiguous ||= entry.ambiguous
        known.stated ||= stated
        if (listing.name.kind === 'payload') known.role = 'payload'
      }
    }
  }
  return [...byPath].map(([path, { manifests, ambiguous, stated, role }]) => {
    const above = irregular.at(path)
    const code =
      above === 'unreadable-folder'
        ? 'unreadable-folder'
        : above !== undefined
          ? 'irregular'
          : ambiguous
            ? 'ambiguous'
            : inFetch.has(path)
              ? 'in-fetch'
              : stated
                ? 'absent'
                : 'malformed'
    return { path, code, manifests, role }
  })
}

/** Places of the files outside seal/ that no manifest of any kind lists, the tag manifests apart. */
function unlistedAnywhere({ tree, listings, contested }: BagInProgress): number[] {
  const files: number[] = []
  // Nearly every file is listed: what lies between two that a manifest does not list is passed over.
  const next = (from: number) =>
    listings.reduce((file, { expected }) => Math.max(file, expected.nextUnlisted(file)), from)
  for (let file = next(0); file < tree.entries.length; file = next(file + 1)) {
    const entry = tree.entries[file]
    if (entry === undefined || listings.some(({ expected }) => expected.lists(file))) continue
    const { path, rawPath } = entry
    if (rawPath !== undefined || path.startsWith('seal/') || isTagManifest(path) || contested.has(file)) continue
    files.push(file)
  }
  return files
}

function absentNames(bag: BagInProgress): string[] {
  return missingFacts(bag).flatMap(({ path, code }) => (code === 'absent' ? [path] : []))
}

type Missing = ReturnType<typeof missingFacts>[number]

function withElsewhere(item: Missing, { elsewhere }: MovedFiles): Missing {
  const found = item.code === 'absent' ? elsewhere.get(item.path) : undefined
  return found === undefined ? item : { ...item, code: 'renamed', elsewhere: found }
}

function unlistedFacts(bag: BagInProgress, moved: MovedFiles): BagFacts['unlisted'] {
  const everyManifest = readsAsCurrent(bag.declaration)
  const readOf = (kind: 'payload' | 'tag') =>
    bag.listings.filter(({ name, state }) => name.kind === kind && state === 'read')
  const payloadListings = readOf('payload')
  const tagListings = readOf('tag')
  const found: Record<'payload' | 'tag', UnlistedFacts[]> = { payload: [], tag: [] }
  const look = (kind: 'payload' | 'tag', file: number, listings: readonly Listing[]) => {
    let by = 0
    for (const { expected } of listings) if (expected.lists(file)) by++
    if (by === listings.length && by > 0) return
    const code = bag.contested.has(file) ? 'ambiguous' : by === 0 ? 'nowhere' : 'some'
    // RFC 8493 §2.1.3: from 1.0 on, every payload manifest lists every payload file.
    if (code === 'some' && !everyManifest) return
    const path = bag.tree.entries[file]?.path ?? ''
    const from = code === 'nowhere' ? moved.of.get(file) : undefined
    found[kind].push(from === undefined ? { path, code } : { path, code: from.code, of: from.path })
  }
  const { start, end } = bag.index.payload
  // Of each manifest the next file that it does not list: what all of them list is passed over.
  const unlisted = payloadListings.map(() => -1)
  const next = (from: number) => {
    if (payloadListings.length === 0) return from
    for (const [at, { expected }] of payloadListings.entries())
      if ((unlisted[at] ?? -1) < from) unlisted[at] = expected.nextUnlisted(from)
    return Math.min(...unlisted)
  }
  for (let file = next(start); file < end; file = next(file + 1)) look('payload', file, payloadListings)
  for (const file of tagPlaces(bag.index)) {
    if (!isTagManifest(bag.tree.entries[file]?.path ?? '')) look('tag', file, tagListings)
  }
  const codeOf = ({ path, code }: UnlistedFacts) => (path.startsWith('seal/') ? `seal:${code}` : code)
  return {
    payload: listed(found.payload, ({ path }) => path, codeOf),
    tag: listed(found.tag, ({ path }) => path, codeOf),
  }
}

function spellingFacts(bag: BagInProgress): SpellingFacts[] {
  return bag.listings.flatMap((listing) =>
    listing.spellings.map(({ file, ...spelling }) => {
      const { algorithm } = listing.name
      const expected = listing.expected.at(file)
      const found = algorithm === null ? undefined : bag.found.at(algorithm, file)
      const agrees = !!expected && !!found && equalBytes(expected, found)
      return { ...spelling, manifest: listing.path, code: agrees ? ('agrees' as const) : ('unproved' as const) }
    }),
  )
}
