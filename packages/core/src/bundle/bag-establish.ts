import { LIMITS } from '../model/limits.ts'
import type { AbortSignalLike, DigestAlgorithm, DigestProgress, Ports } from '../model/ports.ts'
import { bagFacts } from './bag-compare.ts'
import { declaredEncoding, noDeclaration, parseBagDeclaration, readsAsCurrent } from './bag-declaration.ts'
import { beginDigesting } from './bag-digesting.ts'
import type { BagFacts, DeclarationFacts, InfoFacts } from './bag-facts.ts'
import { type FetchReading, parseFetch } from './bag-fetch.ts'
import { noBagInfo, parseBagInfo } from './bag-info.ts'
import { type FileStates, RecordsOfFiles } from './bag-inventory.ts'
import { type Listing, makeListing, pairSpellings, type TreeIndex, tagPlaces, treeIndex } from './bag-listing.ts'
import {
  type ReadFailure,
  ReadTroubles,
  readWhole,
  requireGoing,
  type ReadTroubles as Troubles,
  type WholeFile,
} from './bag-reading.ts'
import { digestsInOrder, FoundDigests } from './bag-tables.ts'
import type { FileTree } from './file-tree.ts'
import { type ManifestName, manifestName } from './manifest.ts'
import { makePayloadManifest, type PayloadManifest } from './payload-manifest.ts'
import { listedBySums } from './sums-listing.ts'

/** What establishing a bag is asked for. */
export interface BagRequest {
  /** Payload manifests to compare; tag files are compared under every algorithm whatever it says. */
  readonly digests: 'all' | readonly DigestAlgorithm[]
  readonly signal?: AbortSignalLike
  readonly onProgress?: (done: DigestProgress) => void
  /** Size that a statement outside the manifests gives a file: only helps to say where a file was cut off. */
  readonly listedSize?: (path: string) => number | undefined
}

/** Facts of a bag, with its inventory. */
export interface EstablishedBag {
  readonly facts: BagFacts
  /** JSON lines, see InventoryLine. */
  readonly inventory: Uint8Array
  readonly inventoryLines: number
  readonly content: { readonly sha256: string; readonly files: number; readonly bytes: number }
  /** With the system's codes, which are for the envelope. */
  readonly readFailures: readonly ReadFailure[]
  /** SHA-256 (hex, null when it could not be read) and size of a file by its path; `undefined` for no such file. */
  readonly fileDigest: (path: string) => { readonly sha256: string | null; readonly size: number } | undefined
  /** SHA-256 of every file of at most so many bytes that could be read, packed, in byte order. */
  readonly digestsOfFilesUpTo: (bytes: number) => Uint8Array
  /** The payload by its manifests. */
  readonly payload: () => PayloadManifest
  /** What was computed, hex, by place in the tree's entries; `undefined` when it was not, or the file could not be read. */
  readonly digestAt: (algorithm: DigestAlgorithm, file: number) => string | undefined
  /** Place of a file in the tree's entries; `undefined` for no such file. */
  readonly placeOf: (path: string) => number | undefined
}

/** A bag while it is looked at. */
export interface BagInProgress {
  readonly tree: FileTree
  readonly index: TreeIndex
  readonly declaration: DeclarationFacts
  readonly info: InfoFacts
  readonly listings: readonly Listing[]
  readonly contested: ReadonlySet<number>
  readonly fetch: {
    readonly state: WholeFile['state'] | 'encoding' | 'unsupported-encoding'
    readonly reading: FetchReading
  }
  readonly found: FoundDigests
  readonly states: FileStates
  readonly troubles: Troubles
}

/**
 * Reads and digests a whole bag (RFC 8493) and says how it stands, without judging. Tag files are read once, and the
 * bytes that are parsed are the bytes that are digested; every other file is digested in one streaming pass. SHA-256
 * of every file is always among the digests. Files that cannot be read are facts.
 * @throws {SourceFault} `vanished`: the source itself is gone, the run is not finished
 * @throws an error named AbortError when the signal is aborted
 */
export async function establishBag(tree: FileTree, ports: Ports, request: BagRequest): Promise<EstablishedBag> {
  const index = treeIndex(tree)
  const troubles = new ReadTroubles()
  const read = (path: string): Promise<WholeFile> => readWhole(tree, path, troubles)

  const names = new Map<string, ManifestName>()
  for (const file of tagPlaces(index)) {
    const entry = tree.entries[file]
    const name = entry?.rawPath === undefined ? manifestName(entry?.path ?? '') : undefined
    if (entry !== undefined && name !== undefined) names.set(entry.path, name)
  }
  const found = new FoundDigests(tree.entries.length)
  const sums = await listedBySums(tree)
  const digesting = beginDigesting({ tree, index, names: [...names.values()], sums, found, troubles, ports, request })
  let bag: BagInProgress
  let records: RecordsOfFiles
  try {
    const declaration = await readDeclaration(read)
    const encoding = declaredEncoding(declaration)
    const current = readsAsCurrent(declaration)
    const info = await readInfo(read, tree, declaration)
    const listings: Listing[] = []
    const budget = { names: LIMITS.manifestNamesKept }
    for (const [path, name] of names) {
      const file = await read(path)
      requireGoing(request.signal)
      const rules = { encoding, percentDecoding: current, payloadDigests: request.digests, budget }
      listings.push(makeListing(path, name, file, index, rules))
    }
    const contested = new Set(listings.flatMap((listing) => pairSpellings(listing, index, encoding)))
    const fetch = await readFetch(read, encoding, current)
    records = new RecordsOfFiles({ tree, listings, found })
    const { states } = records
    await digesting.finish(read, (file) => records.settle(file))
    bag = { tree, index, declaration, info, listings, contested, fetch, found, states, troubles }
  } finally {
    await digesting.giveUp()
  }

  const facts = await bagFacts(bag, ports.smallDigest, request)
  const { inventory, lines, content } = records.finish(ports.smallDigest)
  const sha256At = (file: number) => found.table('sha256')?.hexAt(file) ?? null
  return {
    facts,
    inventory,
    inventoryLines: lines,
    content: {
      sha256: content,
      files: tree.entries.length,
      bytes: tree.entries.reduce((sum, entry) => sum + entry.size, 0),
    },
    readFailures: troubles.failures,
    fileDigest: (path) => {
      const file = index.indexOf.get(path)
      const entry = file === undefined ? undefined : tree.entries[file]
      return file === undefined || entry === undefined ? undefined : { sha256: sha256At(file), size: entry.size }
    },
    payload: () =>
      makePayloadManifest({ ...index, listings: bag.listings, sha256At: (file) => found.at('sha256', file) }),
    digestAt: (algorithm, file) => found.table(algorithm)?.hexAt(file),
    placeOf: (path) => index.indexOf.get(path),
    digestsOfFilesUpTo: (bytes) =>
      digestsInOrder(found.table('sha256'), tree.entries.length, (file) => (tree.entries[file]?.size ?? 0) <= bytes),
  }
}

type Read = (path: string) => Promise<WholeFile>

async function readDeclaration(read: Read): Promise<DeclarationFacts> {
  const file = await read('bagit.txt')
  return file.state === 'read' ? parseBagDeclaration(file.bytes) : noDeclaration(file.state)
}

async function readInfo(read: Read, tree: FileTree, declaration: DeclarationFacts): Promise<InfoFacts> {
  // Before 0.96 the file was called package-info.txt; in a later bag a file of that name is like any other.
  const isOld = /^0\.9[0-5]$/.test(declaration.version ?? '')
  const path = isOld && !tree.byPath.has('bag-info.txt') ? 'package-info.txt' : 'bag-info.txt'
  const file = await read(path)
  if (file.state === 'absent') return noBagInfo(null, 'absent')
  return file.state === 'read'
    ? parseBagInfo(path, file.bytes, declaredEncoding(declaration))
    : noBagInfo(path, file.state)
}

async function readFetch(
  read: Read,
  encoding: ReturnType<typeof declaredEncoding>,
  current: boolean,
): Promise<BagInProgress['fetch']> {
  const nothing = { entries: [], malformed: 0 }
  const file = await read('fetch.txt')
  if (file.state !== 'read') return { state: file.state, reading: nothing }
  if (encoding === undefined) return { state: 'unsupported-encoding', reading: nothing }
  const reading = parseFetch(file.bytes, encoding, current)
  return reading === undefined ? { state: 'encoding', reading: nothing } : { state: 'read', reading }
}
