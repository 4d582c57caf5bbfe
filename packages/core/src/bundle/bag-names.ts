import { comparePaths } from '../model/bytes.ts'
import type { BagInProgress } from './bag-establish.ts'
import { type BagFacts, listed, type UnsafePathFacts } from './bag-facts.ts'
import { collisionKey, isEscaping, isPlainName, normalisationKey, unsafeKind } from './bag-path.ts'
import type { SourceEntry } from './source.ts'

/** What is to be said of the names themselves, those of the files and those that are only listed. */
export function nameFacts(bag: BagInProgress, missing: readonly string[]): Pick<BagFacts, 'unsafe' | 'collisions'> {
  const odd = bag.tree.entries.filter(({ path, rawPath }) => rawPath !== undefined || !isPlainName(path))
  const unsafe = unsafePaths(bag, odd)
  return {
    unsafe: listed(unsafe, ({ path }) => path, unsafeGroup),
    collisions: listed(
      collisions(bag, odd, missing),
      ({ path }) => path,
      ({ code }) => code,
    ),
  }
}

/** `escapes`, or the kind itself: what a check decides by. */
function unsafeGroup({ code, where }: UnsafePathFacts): string {
  // A file that is here lies inside the bag, whatever a shell would make of its name.
  return where !== '' && isEscaping(code) ? 'escapes' : code
}

function unsafePaths(bag: BagInProgress, odd: readonly SourceEntry[]): UnsafePathFacts[] {
  const found: UnsafePathFacts[] = []
  const look = (path: string, where: string) => {
    const code = unsafeKind(path)
    if (code !== undefined) found.push({ path, code, where })
  }
  for (const entry of odd) {
    if (entry.rawPath === undefined) look(entry.path, '')
    else found.push({ path: entry.path, code: 'not-utf-8', where: '' })
  }
  for (const listing of bag.listings) for (const path of listing.missing.keys()) look(path, listing.path)
  for (const { path } of bag.fetch.reading.entries) if (!bag.index.indexOf.has(path)) look(path, 'fetch.txt')
  return found
}

function collisions(
  bag: BagInProgress,
  odd: readonly SourceEntry[],
  missing: readonly string[],
): { path: string; code: 'normalisation' | 'case'; other: string }[] {
  // Only names that differ from their own key can collide, with each other or with a name that is its own key.
  const byKey = new Map<string, string[]>()
  const plain = new Set<string>()
  const note = (path: string) => {
    const key = collisionKey(path)
    if (key === path) return
    const names = byKey.get(key)
    if (names === undefined) byKey.set(key, [path])
    else names.push(path)
  }
  for (const entry of odd) if (entry.rawPath === undefined) note(entry.path)
  for (const path of missing) {
    note(path)
    plain.add(path)
  }
  const found: { path: string; code: 'normalisation' | 'case'; other: string }[] = []
  for (const [key, names] of byKey) {
    const all = bag.index.indexOf.has(key) || plain.has(key) ? [key, ...names] : names
    all.sort(comparePaths)
    const first = all[0] ?? key
    const firstByText = new Map<string, string>()
    for (const path of all) {
      const text = normalisationKey(path)
      const twin = firstByText.get(text)
      if (twin === undefined) firstByText.set(text, path)
      if (path !== first)
        found.push({ path, code: twin === undefined ? 'case' : 'normalisation', other: twin ?? first })
    }
  }
  return found
}
