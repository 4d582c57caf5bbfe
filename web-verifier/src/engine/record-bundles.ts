import {
  type BundleSource,
  decodeLatin1,
  makeFileTree,
  manifestName,
  ParseError,
  type SmallDigest,
  SourceFault,
  toHex,
} from '@probatum/core'
import type { Subject, SubjectId } from './engine.ts'
import { digestsListed, type GivenAccess, type ListedDigests } from './pairing.ts'

/** Lists of some 200,000 files; of longer ones the person chooses. */
const LIST_BYTES = 32 << 20
/** Of signatures and lists, which no list of a bundle names. */
const HASHED_BYTES = 4 << 20
const HASHED_FILES = 64

/**
 * Chooses, for an evidence record that was given with several bundles, the one that it is over: by the digests in their lists, and of
 * these lists and the seal themselves. Where none is found, or more than one, the person chooses.
 */
export async function chooseRecordBundles(
  subjects: readonly Subject[],
  files: GivenAccess,
  bundles: ReadonlyMap<SubjectId, { readonly source: BundleSource }>,
  digest: SmallDigest,
): Promise<readonly Subject[]> {
  const chosen: Subject[] = []
  for (const subject of subjects) {
    const isOpen = subject.kind === 'evidence-record' && subject.data.length === 0 && subject.bundles.length > 1
    const listed = isOpen ? await digestsListed(files.get(subject.file)?.access) : undefined
    if (!isOpen || listed === undefined) {
      chosen.push(subject)
      continue
    }
    const over: SubjectId[] = []
    for (const id of subject.bundles) {
      const source = bundles.get(id)?.source
      if (source !== undefined && (await hasAny(source, listed, digest))) over.push(id)
    }
    const [only, more] = over
    chosen.push({ ...subject, bundle: only === undefined || more !== undefined ? null : only })
  }
  return chosen
}

async function hasAny(
  source: BundleSource,
  { algorithm, digests }: ListedDigests,
  digest: SmallDigest,
): Promise<boolean> {
  try {
    const { tree } = await makeFileTree(source)
    let hashed = 0
    for (const { path, size } of tree.entries) {
      const list = manifestName(path)
      if (list?.algorithm === algorithm && size <= LIST_BYTES) {
        const lines = decodeLatin1(await tree.read(path, LIST_BYTES)).split('\n')
        if (lines.some((line) => digests.has((/^[0-9A-Fa-f]+/.exec(line)?.[0] ?? '').toLowerCase()))) return true
      }
      const isHashed = (list !== undefined || path.startsWith('seal/')) && size <= HASHED_BYTES
      if (isHashed && hashed++ < HASHED_FILES)
        if (digests.has(toHex(digest(algorithm, await tree.read(path, HASHED_BYTES))))) return true
    }
  } catch (error) {
    // What is wrong with it is said when it is verified.
    if (!(error instanceof ParseError) && !(error instanceof SourceFault)) throw error
  }
  return false
}
