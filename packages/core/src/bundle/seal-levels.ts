import { LIMITS } from '../model/limits.ts'
import type { DigestAlgorithm } from '../model/ports.ts'
import { listed, PathListing } from './bag-facts.ts'
import type { FileTree } from './file-tree.ts'
import { isSealHint, layoutRole, SUMS, sealLevelOf } from './layout.ts'
import type { SumsFacts, UnlistedFile, UnmatchedLine } from './level-facts.ts'
import { manifestName, parseManifest } from './manifest.ts'
import type { ManifestReading } from './manifest-lines.ts'
import { SUMS_ALGORITHM } from './sums-listing.ts'

/** What lies in one later level, by names. */
export interface LevelFiles {
  readonly level: number
  readonly sumsPath: string
  readonly misplaced: readonly string[]
  /** Paths and labels, in byte order. */
  readonly tokens: readonly { readonly path: string; readonly label: string }[]
}

/** The later levels that these paths make, by number. */
export function laterLevels(sealPaths: readonly string[]): {
  readonly levels: readonly LevelFiles[]
  readonly omitted: number
} {
  const numbers = new Set<number>()
  for (const path of sealPaths) {
    const level = sealLevelOf(path)
    // Hints alone make no level.
    if (level !== null && level > 1 && !isSealHint(path)) numbers.add(level)
  }
  const ordered = [...numbers].sort((a, b) => a - b)
  const looked = ordered.slice(0, LIMITS.sealLevels)
  const levels = looked.map((level): LevelFiles => {
    const own = sealPaths.filter((path) => sealLevelOf(path) === level && !isSealHint(path))
    const tokens = own.flatMap((path) => {
      const place = layoutRole(path)
      return place?.role === 'level-token' ? [{ path, label: place.label }] : []
    })
    const misplaced = own.filter((path) => layoutRole(path) === undefined)
    return { level, sumsPath: `seal/${level}/${SUMS}`, misplaced, tokens }
  })
  return { levels, omitted: ordered.length - looked.length }
}

/** What of a bag a list is compared with. */
export interface ComparedBag {
  readonly digestAt: (algorithm: DigestAlgorithm, file: number) => string | undefined
  readonly placeOf: (path: string) => number | undefined
  /** Payload digests that were asked for. */
  readonly digests: 'all' | readonly DigestAlgorithm[]
}

/** Files that a proof of existence may matter to by name: the seal, its time-stamps, and validation data. */
const VALIDATED = /^(?:seal|record\/validation)\//

const NOT_LISTED = 0
const AS_LISTED = 1
const LISTED = 2

/** Compares the list of a level with every file that is here. `bytes`: null when they could not be had, for `state`. */
export function compareSums(
  { level, sumsPath }: LevelFiles,
  bytes: Uint8Array | null,
  state: SumsFacts['state'],
  tree: FileTree,
  bag: ComparedBag,
): SumsFacts {
  const nothing = { path: sumsPath, lines: 0, problems: {}, matched: 0, notCompared: 0, covers: [] }
  const none = { count: 0, by: {}, first: [] }
  if (bytes === null) return { ...nothing, state, unmatched: none, unlisted: none }
  const places = new Uint8Array(tree.entries.length).fill(NOT_LISTED)
  const unmatched = new PathListing<UnmatchedLine>(
    ({ path }) => path,
    ({ code }) => code,
  )
  const covers: string[] = []
  const isAsked = bag.digests === 'all' || bag.digests.includes(SUMS_ALGORITHM)
  let matched = 0
  let notCompared = 0
  const compare = (path: string, expected: string | null) => {
    const file = bag.placeOf(path)
    const trouble = (code: UnmatchedLine['code'], found?: string) => {
      const sides = found === undefined || expected === null ? { expected: null, found: null } : { expected, found }
      unmatched.add({ path, code, ...sides })
    }
    if (file !== undefined) places[file] = LISTED
    if ((sealLevelOf(path) ?? 0) >= level) return trouble('own-level')
    if (file === undefined) return trouble('missing')
    // A line whose digest does not read is counted among the problems of form.
    if (expected === null) return undefined
    const found = bag.digestAt(SUMS_ALGORITHM, file)
    if (found === undefined && path.startsWith('data/') && !isAsked) {
      notCompared++
      return undefined
    }
    if (found === undefined) return trouble('unreadable')
    if (found !== expected) return trouble('mismatch', found)
    matched++
    places[file] = AS_LISTED
    // Beyond the limit nothing under seal/ was looked at either.
    if (VALIDATED.test(path) && covers.length < LIMITS.sealFiles) covers.push(path)
    return undefined
  }
  const rules = {
    kind: 'sums',
    algorithm: SUMS_ALGORITHM,
    encoding: 'utf-8',
    percentDecoding: false,
    exists: () => false,
  } as const
  const reading = parseManifest(bytes, rules, compare)
  return {
    path: sumsPath,
    state: 'read',
    lines: reading.lines,
    problems: problemsOf(reading),
    matched,
    notCompared,
    unmatched: unmatched.finish(),
    unlisted: listed(
      unlistedFiles(level, tree, places),
      ({ path }) => path,
      ({ code }) => code,
    ),
    covers,
  }
}

function problemsOf({ problemCounts, leniencies, nativeForm }: ManifestReading): SumsFacts['problems'] {
  const problems: Record<string, number> = { ...problemCounts }
  for (const [code, count] of Object.entries(leniencies)) problems[code] = (problems[code] ?? 0) + count
  // What is left of the form: one order, each path once, two spaces, nothing in percent.
  if (!nativeForm && Object.keys(problems).length === 0) problems.order = 1
  return problems
}

function* unlistedFiles(level: number, tree: FileTree, places: Uint8Array): Generator<UnlistedFile> {
  for (const [file, { path }] of tree.entries.entries()) {
    if (places[file] !== NOT_LISTED) continue
    if (!path.startsWith('seal/')) {
      yield { path, code: manifestName(path)?.kind === 'tag' ? 'tag-manifest' : 'file' }
    } else if ((sealLevelOf(path) ?? 0) < level) {
      yield { path, code: isSealHint(path) ? 'hint' : 'seal' }
    }
  }
}
