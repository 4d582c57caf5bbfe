/** A file of the payload, as the payload manifests list it. */
export interface ListedPayload {
  /** 0 to `files` - 1. */
  readonly file: number
  /** What manifest-sha256.txt lists; null when it does not, or in no form. */
  readonly sha256: Uint8Array | null
  readonly sha512: Uint8Array | null
  /** Bytes of the file; null when it is absent, or its bytes are not those that are listed. */
  readonly size: number | null
}

/** The payload of a bag by its manifests: what items are compared with. */
export interface PayloadManifest {
  /** Files of data/ that are here, and listed ones that are not. */
  readonly files: number
  /** Whether a payload manifest lists a file by its number; also where none could be read. What none lists was never sealed. */
  isListed(file: number): boolean
  /** Path of a file by its number. */
  pathOf(file: number): string
  /** Null when neither the bag nor a manifest has such a file. */
  find(path: string): ListedPayload | null
}

const PAYLOAD = 'data/'

/** What it is made of: the parts of a bag while it is looked at (BagInProgress). */
export interface PayloadParts {
  readonly entries: readonly { readonly path: string; readonly size: number; readonly rawPath?: Uint8Array }[]
  readonly indexOf: Pick<ReadonlyMap<string, number>, 'get'>
  readonly listings: readonly {
    readonly name: { readonly kind: 'payload' | 'tag'; readonly algorithm: string | null }
    readonly state: string
    readonly expected: { at(file: number): Uint8Array | null | undefined }
    readonly missing: ReadonlyMap<string, { readonly digest: Uint8Array | null }>
  }[]
  /** SHA-256 as computed; `undefined` when the file could not be read. */
  readonly sha256At: (file: number) => Uint8Array | undefined
}

/** Numbers the payload: files in their order in the tree, then listed ones that are absent. */
export function makePayloadManifest({ entries, indexOf, listings, sha256At }: PayloadParts): PayloadManifest {
  const paths: string[] = []
  /** Places in the tree of the files that are here, which have the first numbers. */
  const placeOf: number[] = []
  const numberOf = new Int32Array(entries.length).fill(-1)
  for (const [index, { path, rawPath }] of entries.entries()) {
    if (rawPath !== undefined || !path.startsWith(PAYLOAD)) continue
    numberOf[index] = paths.length
    placeOf.push(index)
    paths.push(path)
  }
  const payload = listings.filter(({ name }) => name.kind === 'payload')
  const read = payload.filter(({ state }) => state === 'read')
  const absent = new Map<string, number>()
  for (const { missing } of payload) {
    for (const path of missing.keys()) {
      if (absent.has(path)) continue
      absent.set(path, paths.length)
      paths.push(path)
    }
  }
  const listingOf = (algorithm: string) => payload.find(({ name }) => name.algorithm === algorithm)
  const [sha256, sha512] = [listingOf('sha256'), listingOf('sha512')]
  return {
    files: paths.length,
    isListed: (file) => {
      const place = placeOf[file]
      return place === undefined || read.length === 0 || read.some(({ expected }) => expected.at(place) !== undefined)
    },
    pathOf: (file) => paths[file] ?? '',
    find: (path) => {
      const index = indexOf.get(path)
      const file = index === undefined ? -1 : (numberOf[index] ?? -1)
      if (index === undefined || file === -1) {
        const missing = absent.get(path)
        if (missing === undefined) return null
        const digest = (listing: typeof sha256) => listing?.missing.get(path)?.digest ?? null
        return { file: missing, sha256: digest(sha256), sha512: digest(sha512), size: null }
      }
      const listed = sha256?.expected.at(index) ?? null
      const found = sha256At(index)
      const isListed = listed !== null && found !== undefined && listed.every((octet, at) => octet === found[at])
      const size = isListed ? (entries[index]?.size ?? null) : null
      return { file, sha256: listed, sha512: sha512?.expected.at(index) ?? null, size }
    },
  }
}
