import { comparePaths } from '../model/bytes.ts'
import type { SmallDigest } from '../model/ports.ts'
import type { BagInProgress } from './bag-establish.ts'
import type { Listing } from './bag-listing.ts'
import type { FoundDigests } from './bag-tables.ts'
import { ContentWriter } from './content-digest.ts'
import { type InventoryRole, type InventoryState, InventoryWriter, inventoryMember } from './inventory.ts'
import { manifestName } from './manifest.ts'
import type { SourceEntry } from './source.ts'

/** Of a line of the inventory beside its path and what manifests say: member names, one SHA-256, a role, a size. */
const MEMBERS_UNITS = 152
/** What one manifest says: mostly `"manifest-sha256.txt":"match"`. */
const MANIFEST_UNITS = 36
/** Digest, two spaces, line feed. */
const CONTENT_UNITS = 67

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
  readonly #inventory: InventoryWriter
  readonly #content: ContentWriter
  /** Listed names of which there is no file, in byte order, and the first that is not written. */
  readonly #missing: readonly string[]
  #nextMissing = 0
  #lastRole: InventoryRole | undefined
  #lastFile = 0
  #lastManifests = ''

  /** @param listings as they stay: which files they list, and under which names */
  constructor({ tree, listings, found }: Pick<BagInProgress, 'tree' | 'listings' | 'found'>) {
    this.#entries = tree.entries
    this.#listings = listings
    this.#found = found
    this.#isSettled = new Uint8Array(tree.entries.length)
    this.#missing = [...new Set(listings.flatMap((listing) => [...listing.missing.keys()]))].sort(comparePaths)
    this.states = new FileStates(listings, tree.entries.length)
    let units = 0
    for (const { path } of tree.entries) units += path.length
    for (const path of this.#missing) units += path.length
    const lines = tree.entries.length + this.#missing.length
    this.#inventory = new InventoryWriter(units + lines * (MEMBERS_UNITS + MANIFEST_UNITS * listings.length))
    this.#content = new ContentWriter(units + lines * CONTENT_UNITS)
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
    const tables = this.#found.tables()
    for (let at = 0; at < tables.length; at++) {
      const table = tables[at]
      const hex = table?.digests.hexAt(file)
      if (table === undefined || hex === undefined) continue
      if (table.algorithm === 'sha256') sha256 = hex
      digests += `${digests === '' ? '' : ','}"${table.algorithm}":"${hex}"`
    }
    const role = roleOf(path)
    this.#inventory.add(digests, this.#manifestsOf(file, role), path, role, size)
    this.#content.add(path, sha256)
  }

  /** What the manifests say of a file is mostly what they say of the one before. */
  #manifestsOf(file: number, role: InventoryRole): string {
    if (role === this.#lastRole && this.states.areSame(file, this.#lastFile)) return this.#lastManifests
    let members = ''
    for (const listing of this.#listings) {
      const isPayload = listing.name.kind === 'payload'
      if (isPayload === (role === 'payload') || listing.expected.lists(file)) {
        members = withMember(members, inventoryMember(listing.path, this.states.of(listing, file)))
      }
    }
    this.#lastRole = role
    this.#lastFile = file
    this.#lastManifests = members
    return members
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
      const role = roleOf(path)
      this.#inventory.add('', ofManifests, path, role, null)
    }
  }
}

function withMember(members: string, member: string): string {
  return members === '' ? member : `${members},${member}`
}

/** Of two functions: nearly every path is told by the short one. */
function roleOf(path: string): InventoryRole {
  return path.startsWith('data/') ? 'payload' : roleOutsidePayload(path)
}

function roleOutsidePayload(path: string): InventoryRole {
  if (path.startsWith('seal/')) return 'seal'
  const name = manifestName(path)
  return name === undefined ? 'tag' : name.kind === 'tag' ? 'tag-manifest' : 'manifest'
}

/** What a manifest can say of a file that is here, by its code. */
const STATES: readonly InventoryState[] = [
  'unlisted',
  'match',
  'mismatch',
  'malformed-digest',
  'unreadable',
  'not-compared',
]

const UNLISTED = 0
const MATCH = 1
const MISMATCH = 2
const MALFORMED_DIGEST = 3
const UNREADABLE = 4
const NOT_COMPARED = 5

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
      const code = stateCode(listing, file, found)
      codes[file] = code
      counts[code] = (counts[code] ?? 0) + 1
    }
  }

  of(listing: Listing, file: number): InventoryState {
    const state = STATES[this.#codes[this.#listings.indexOf(listing)]?.[file] ?? NOT_SETTLED]
    if (state === undefined) throw new RangeError(`no state of file ${file} in ${listing.path}`)
    return state
  }

  /** Whether each manifest says the same of both; what it says of files that it does not read it says whether it lists them or not. */
  areSame(file: number, other: number): boolean {
    for (let at = 0; at < this.#codes.length; at++) {
      const codes = this.#codes[at]
      const code = codes?.[file]
      if (code !== codes?.[other] || code === NOT_COMPARED) return false
    }
    return true
  }

  /** Whether the manifest says so of every file from `start` on and before `end`. */
  isOfAll(listing: Listing, state: InventoryState, start: number, end: number): boolean {
    const codes = this.#codes[this.#listings.indexOf(listing)]?.subarray(start, end)
    const wanted = STATES.indexOf(state)
    // Searching for one code is the engine's own.
    const isAbsent = (code: number) => code === wanted || codes?.includes(code) === false
    return STATES.every((_, code) => isAbsent(code)) && isAbsent(NOT_SETTLED)
  }

  /** Files of which the manifest says so. */
  count(listing: Listing, state: InventoryState): number {
    return this.#counts[this.#listings.indexOf(listing)]?.[STATES.indexOf(state)] ?? 0
  }
}

/** Place in STATES. */
function stateCode(listing: Listing, file: number, found: FoundDigests): number {
  if (listing.state !== 'read') return NOT_COMPARED
  const { expected, name, asked } = listing
  if (!expected.lists(file)) return UNLISTED
  if (expected.isMalformed(file)) return MALFORMED_DIGEST
  if (name.algorithm === null || !asked) return NOT_COMPARED
  if (found.has(name.algorithm, file)) return found.equals(name.algorithm, file, expected) ? MATCH : MISMATCH
  // A tag manifest has no say in how payload is digested: what it lists there by mistake may not have been.
  return found.has('sha256', file) ? NOT_COMPARED : UNREADABLE
}
