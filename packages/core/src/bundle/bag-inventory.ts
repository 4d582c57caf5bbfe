import { comparePaths } from '../model/bytes.ts'
import type { SmallDigest } from '../model/ports.ts'
import type { BagInProgress } from './bag-establish.ts'
import type { Listing } from './bag-listing.ts'
import { type FoundDigests, hexAt } from './bag-tables.ts'
import { ContentWriter } from './content-digest.ts'
import { type InventoryRole, type InventoryState, InventoryWriter, inventoryMember } from './inventory.ts'
import { manifestName } from './manifest.ts'
import type { SourceEntry } from './source.ts'

/**
 * What is written of every file of a bag: the inventory (every digest that was computed, and what each manifest says of the file) and
 * the content digest. Both are in the order of the tree. They are written as far as everything before is settled, while other
 * threads still digest: afterwards all of them would wait for this one.
 */
export class RecordsOfFiles {
  readonly states: FileStates
  readonly #entries: readonly SourceEntry[]
  readonly #listings: readonly Listing[]
  readonly #found: FoundDigests
  readonly #isSettled: Uint8Array
  /** Files before it are settled, and written. */
  #settled = 0
  readonly #inventory = new InventoryWriter()
  readonly #content = new ContentWriter()
  /** Listed names of which there is no file, in byte order, and the first that is not written. */
  readonly #missing: readonly string[]
  #nextMissing = 0

  /** @param listings as they stay: which files they list, and under which names */
  constructor({ tree, listings, found }: Pick<BagInProgress, 'tree' | 'listings' | 'found'>) {
    this.#entries = tree.entries
    this.#listings = listings
    this.#found = found
    this.#isSettled = new Uint8Array(tree.entries.length)
    this.#missing = [...new Set(listings.flatMap((listing) => [...listing.missing.keys()]))].sort(comparePaths)
    this.states = new FileStates(listings, tree.entries.length)
  }

  /** Nothing more will be found of this file. */
  settle(file: number): void {
    this.#isSettled[file] = 1
    this.states.settle(file, this.#found)
    while (this.#isSettled[this.#settled] === 1) this.#write(this.#settled++)
  }

  /** Called once, when every file is settled. */
  finish(smallDigest: SmallDigest): {
    readonly inventory: Uint8Array
    readonly lines: number
    readonly content: string
  } {
    const files = this.#entries.length
    if (this.#settled !== files) throw new TypeError(`file ${this.#settled} of ${files} was never settled`)
    this.#writeMissing(undefined)
    const { lines } = this.#inventory
    return { inventory: this.#inventory.bytes(), lines, content: this.#content.digest(smallDigest) }
  }

  #write(file: number): void {
    const entry = this.#entries[file]
    if (entry === undefined) throw new RangeError(`no file ${file}`)
    const { path, size } = entry
    if (this.#nextMissing < this.#missing.length) this.#writeMissing(path)
    let sha256: string | undefined
    let digests = ''
    for (const table of this.#found.tables()) {
      const hex = hexAt(table, file)
      if (hex === undefined) continue
      if (table.algorithm === 'sha256') sha256 = hex
      digests = withMember(digests, inventoryMember(table.algorithm, hex))
    }
    const role = fileRole(path)
    let manifests = ''
    for (const listing of this.#listings) {
      const isPayload = listing.name.kind === 'payload'
      if (isPayload === (role === 'payload') || listing.expected.lists(file)) {
        manifests = withMember(manifests, inventoryMember(listing.path, this.states.of(listing, file)))
      }
    }
    this.#inventory.add(digests, manifests, path, role, size)
    this.#content.add(path, sha256)
  }

  #writeMissing(before: string | undefined): void {
    for (;;) {
      const path = this.#missing[this.#nextMissing]
      if (path === undefined || (before !== undefined && comparePaths(path, before) > 0)) return
      this.#nextMissing++
      let ofManifests = ''
      for (const listing of this.#listings) {
        if (listing.missing.has(path)) ofManifests = withMember(ofManifests, inventoryMember(listing.path, 'missing'))
      }
      this.#inventory.add('', ofManifests, path, fileRole(path), null)
    }
  }
}

function withMember(members: string, member: string): string {
  return members === '' ? member : `${members},${member}`
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

const NOT_SETTLED = 255

/** What each manifest says of each file that is here, found out once: five questions are asked of it. */
export class FileStates {
  readonly #listings: readonly Listing[]
  /** Of each listing, one of each file, and how many files have each. */
  readonly #codes: readonly Uint8Array[]
  readonly #counts: readonly Uint32Array[]

  constructor(listings: readonly Listing[], files: number) {
    this.#listings = listings
    this.#codes = listings.map(() => new Uint8Array(files).fill(NOT_SETTLED))
    this.#counts = listings.map(() => new Uint32Array(STATES.length))
  }

  /** Once nothing more will be found of the file. Called once for each. */
  settle(file: number, found: FoundDigests): void {
    for (let at = 0; at < this.#listings.length; at++) {
      const listing = this.#listings[at]
      const codes = this.#codes[at]
      const counts = this.#counts[at]
      if (listing === undefined || codes === undefined || counts === undefined) continue
      const code = STATES.indexOf(fileState(listing, file, found))
      codes[file] = code
      counts[code] = (counts[code] ?? 0) + 1
    }
  }

  of(listing: Listing, file: number): InventoryState {
    const state = STATES[this.#codes[this.#listings.indexOf(listing)]?.[file] ?? NOT_SETTLED]
    if (state === undefined) throw new RangeError(`no state of file ${file} in ${listing.path}`)
    return state
  }

  /** Files of which the manifest says so. */
  count(listing: Listing, state: InventoryState): number {
    return this.#counts[this.#listings.indexOf(listing)]?.[STATES.indexOf(state)] ?? 0
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
