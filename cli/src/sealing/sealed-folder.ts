import { type BundleRecord, establishRecords, makeFileTree, ParseError, type SealFileFacts } from '@probatum/core'
import { nodeSignatureVerifier, nodeSmallDigest, openDirectory } from '@probatum/platform/node'
import { escapeForDisplay } from '@probatum/words'
import { InputError, tellFile } from '../errors.ts'
import { isDirectory, noFolder } from '../files.ts'

/** A signature file that a bundle declares and has. */
export interface SealedFile extends SealFileFacts {
  /** From the bundle's root. */
  readonly path: string
  readonly bytes: Uint8Array
}

export interface SealedFolder {
  readonly record: BundleRecord
  readonly files: readonly SealedFile[]
}

/** A signature with a chain of some certificates has some 10 kB. */
const SIGNATURE_BYTES = 16_777_216

/**
 * Reads what a bundle in a folder declares about its seal.
 * @throws {InputError | SourceFault}
 */
export async function readSealedFolder(folder: string): Promise<SealedFolder> {
  if (!(await isDirectory(folder)))
    throw await noFolder(
      folder,
      'a bundle',
      'A time-stamp is put into the folder of a bundle: unpack an archive first, and make it again afterwards.',
    )
  const source = await openDirectory(folder)
  try {
    const { tree } = await makeFileTree(source).catch((error: unknown) => {
      if (error instanceof ParseError) tellFile(error, { path: folder })
      throw error
    })
    const ports = { signatures: nodeSignatureVerifier(), smallDigest: nodeSmallDigest }
    const { record, seal } = await establishRecords(tree, ports)
    if (record === null)
      throw new InputError(
        `${escapeForDisplay(folder)} has no record/bundle.json that can be read: it does not say which authorities its seal names.`,
        `Is it the top folder of a sealed bundle? \`probatum verify\` tells more.`,
      )
    const files: SealedFile[] = []
    for (const facts of seal) {
      const path = `seal/1/${facts.file}`
      if (facts.present) files.push({ ...facts, path, bytes: await tree.read(path, SIGNATURE_BYTES) })
    }
    if (files.length === 0)
      throw new InputError(
        `${escapeForDisplay(folder)} has none of the signature files that it declares.`,
        'A time-stamp is over a signature file: seal the bundle first, or get a whole copy.',
      )
    return { record, files }
  } finally {
    await source.close()
  }
}
