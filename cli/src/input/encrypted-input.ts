import { type BundleSource, openArchive, type Ports } from '@probatum/core'
import {
  type Identity,
  isEncrypted,
  type NodeDigester,
  nodeCiphers,
  type OpenFile,
  openEncrypted,
  openInside,
} from '@probatum/platform/node'

export interface OpenOptions {
  /** Keys that may open an encrypted archive. Nothing in it is handed out before every tag of it holds. */
  readonly identities?: readonly Identity[] | undefined
  /** Told what lies there as far as it is known, before all of it was looked at: an archive's bytes, or a folder's names. */
  readonly onFound?: (found: { readonly bytes: number; readonly files: number }) => void
  /** Lets other threads look at the names of a large folder, too. */
  readonly lookTogether?: NodeDigester['lookTogether']
  /** Bytes of an encrypted archive whose tags hold so far. */
  readonly onChecked?: (done: number, total: number) => void
  /** See ArchiveOptions of core. */
  readonly postpones?: boolean
}

/** An archive, encrypted or not; loaded only when keys are given. @throws {SourceFault | ParseError} */
export async function openWithIdentities(
  file: OpenFile,
  name: string,
  { inflater }: Pick<Ports, 'inflater'>,
  { identities = [], onChecked, postpones = false }: OpenOptions,
): Promise<{
  readonly source: BundleSource
  readonly recipient: string | null
  readonly encryption: 'age' | 'cms' | null
}> {
  if (!(await isEncrypted(file)))
    return { source: await openArchive(file, inflater, { postpones }), recipient: null, encryption: null }
  const opened = await openEncrypted(file, identities, nodeCiphers, {
    name,
    ...(onChecked === undefined ? {} : { onProgress: onChecked }),
  })
  return {
    source: await openInside(opened, inflater),
    recipient: opened.recipient,
    encryption: opened.encryption.format,
  }
}
