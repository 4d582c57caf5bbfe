import { comparePaths } from '../model/bytes.ts'
import type { BagInProgress } from './bag-establish.ts'
import type { Listing } from './bag-listing.ts'
import { type FoundDigests, HexDigests } from './bag-tables.ts'
import { type InventoryRole, type InventoryState, InventoryWriter } from './inventory.ts'
import { manifestName } from './manifest.ts'

/** The inventory of a bag: every digest that was computed, and what each manifest says of each file. */
export function bagInventory(bag: BagInProgress): { readonly inventory: Uint8Array; readonly lines: number } {
  const { entries } = bag.tree
  const digests = bag.found.tables().map((table) => new HexDigests(table))
  const missing = [...new Set(bag.listings.flatMap((listing) => [...listing.missing.keys()]))].sort(comparePaths)
  const writer = new InventoryWriter()
  let next = 0
  const writeMissing = (before: string | undefined) => {
    for (let path = missing[next]; path !== undefined; path = missing[++next]) {
      if (before !== undefined && comparePaths(path, before) > 0) return
      writer.begin()
      writer.endDigests()
      for (const listing of bag.listings) if (listing.missing.has(path)) writer.manifest(listing.path, 'missing')
      writer.end(path, fileRole(path), null)
    }
  }
  for (const [file, { path, size }] of entries.entries()) {
    writeMissing(path)
    const role = fileRole(path)
    writer.begin()
    for (const table of digests) {
      const hex = table.at(file)
      if (hex !== undefined) writer.digest(table.algorithm, hex)
    }
    writer.endDigests()
    for (const listing of bag.listings) {
      const isPayload = listing.name.kind === 'payload'
      if (isPayload === (role === 'payload') || listing.expected.lists(file)) {
        writer.manifest(listing.path, bag.states.of(listing, file))
      }
    }
    writer.end(path, role, size)
  }
  writeMissing(undefined)
  return { inventory: writer.bytes(), lines: writer.lines }
}

function fileRole(path: string): InventoryRole {
  if (path.startsWith('data/')) return 'payload'
  if (path.startsWith('seal/')) return 'seal'
  const name = manifestName(path)
  return name === undefined ? 'tag' : name.kind === 'tag' ? 'tag-manifest' : 'manifest'
}

const STATES: readonly InventoryState[] = [
  'unlisted',
  'match',
  'mismatch',
  'malformed-digest',
  'unreadable',
  'not-compared',
]

/** What each manifest says of each file that is here, found out once: five questions are asked of it. */
export class FileStates {
  readonly #codes = new Map<Listing, Uint8Array>()

  constructor(listings: readonly Listing[], found: FoundDigests, files: number) {
    for (const listing of listings) {
      const codes = new Uint8Array(files)
      for (let file = 0; file < files; file++) codes[file] = STATES.indexOf(fileState(listing, file, found))
      this.#codes.set(listing, codes)
    }
  }

  of(listing: Listing, file: number): InventoryState {
    const state = STATES[this.#codes.get(listing)?.[file] ?? -1]
    if (state === undefined) throw new RangeError(`no state of file ${file} in ${listing.path}`)
    return state
  }
}

function fileState(listing: Listing, file: number, found: FoundDigests): InventoryState {
  if (listing.state !== 'read') return 'not-compared'
  const { expected, name, asked } = listing
  if (!expected.lists(file)) return 'unlisted'
  if (expected.isMalformed(file)) return 'malformed-digest'
  if (name.algorithm === null || !asked) return 'not-compared'
  if (found.has(name.algorithm, file)) return found.equals(name.algorithm, file, expected) ? 'match' : 'mismatch'
  // A tag manifest has no say in how payload is digested: what it lists there by mistake may not have been.
  return found.has('sha256', file) ? 'not-compared' : 'unreadable'
}
