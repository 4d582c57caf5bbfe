import { comparePaths, equalBytes, toHex } from '../model/bytes.ts'
import type { DigestAlgorithm } from '../model/ports.ts'
import type { BagInProgress } from './bag-establish.ts'
import type { Listing } from './bag-listing.ts'
import type { FoundDigests } from './bag-tables.ts'
import { type InventoryLine, type InventoryState, inventoryBytes } from './inventory.ts'
import { manifestName } from './manifest.ts'

/** Digests beside the manifests' own: SHA-256 always, so that inventories of one content can be compared. */
export function bagInventory(bag: BagInProgress): { readonly inventory: Uint8Array; readonly lines: number } {
  const algorithms = bag.found.algorithms
  const missing = [...new Set(bag.listings.flatMap((listing) => [...listing.missing.keys()]))].sort(comparePaths)
  const lines = bag.tree.entries.length + missing.length
  return { inventory: inventoryBytes(inOrder(bag, algorithms, missing)), lines }
}

function* inOrder(
  bag: BagInProgress,
  algorithms: readonly DigestAlgorithm[],
  missing: readonly string[],
): Generator<InventoryLine> {
  let next = 0
  for (const [file, entry] of bag.tree.entries.entries()) {
    for (let path = missing[next]; path !== undefined && comparePaths(path, entry.path) < 0; path = missing[++next]) {
      yield missingLine(bag, path)
    }
    const role = fileRole(entry.path)
    const digests: Partial<Record<DigestAlgorithm, string>> = {}
    for (const algorithm of algorithms) {
      const digest = bag.found.at(algorithm, file)
      if (digest !== undefined) digests[algorithm] = toHex(digest)
    }
    const manifests: Record<string, InventoryState> = {}
    for (const listing of bag.listings) {
      const isPayload = listing.name.kind === 'payload'
      if (listing.expected.lists(file) || isPayload === (role === 'payload')) {
        manifests[listing.path] = fileState(listing, file, bag.found)
      }
    }
    yield { digests, manifests, path: entry.path, role, size: entry.size }
  }
  for (let path = missing[next]; path !== undefined; path = missing[++next]) yield missingLine(bag, path)
}

function missingLine(bag: BagInProgress, path: string): InventoryLine {
  const manifests: Record<string, InventoryState> = {}
  for (const listing of bag.listings) if (listing.missing.has(path)) manifests[listing.path] = 'missing'
  return { digests: {}, manifests, path, role: fileRole(path), size: null }
}

function fileRole(path: string): InventoryLine['role'] {
  if (path.startsWith('data/')) return 'payload'
  if (path.startsWith('seal/')) return 'seal'
  const name = manifestName(path)
  return name === undefined ? 'tag' : name.kind === 'tag' ? 'tag-manifest' : 'manifest'
}

/** What a manifest says of a file that is here. */
export function fileState(listing: Listing, file: number, found: FoundDigests): InventoryState {
  if (listing.state !== 'read') return 'not-compared'
  const expected = listing.expected.at(file)
  if (expected === undefined) return 'unlisted'
  if (expected === null) return 'malformed-digest'
  const { algorithm } = listing.name
  if (algorithm === null || !listing.asked) return 'not-compared'
  const digest = found.at(algorithm, file)
  // A tag manifest has no say in how payload is digested: what it lists there by mistake may not have been.
  if (digest === undefined) return found.at('sha256', file) === undefined ? 'unreadable' : 'not-compared'
  return equalBytes(digest, expected) ? 'match' : 'mismatch'
}
