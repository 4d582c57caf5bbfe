import { makeFileTree, type SmallDigest, SourceFault, toHex } from '@probatum/core'
import { FileRows } from './file-rows.ts'
import type { KeptBundle } from './intake.ts'

/** A file of a bundle; null where it is not there, or larger than the limit. */
export async function readMember(
  bundle: KeptBundle | undefined,
  path: string,
  limit: number,
): Promise<Uint8Array | null> {
  if (bundle === undefined) return null
  const { tree } = await makeFileTree(bundle.source)
  const entry = tree.byPath.get(path)
  return entry === undefined || entry.size > limit ? null : tree.read(path, limit)
}

/** A record of a bundle, when it is the one that was verified. @throws {SourceFault} when it has changed since */
export async function verifiedRecord(
  bundle: KeptBundle | undefined,
  path: string,
  limit: number,
  inventory: Uint8Array,
  smallDigest: SmallDigest,
): Promise<Uint8Array | null> {
  const bytes = await readMember(bundle, path, limit)
  if (bytes === null) return null
  const sha256 = toHex(smallDigest('sha256', bytes))
  for (const line of new FileRows(inventory).lines()) {
    if (line.path === path && line.digests.sha256 === sha256) return bytes
  }
  throw new SourceFault('changed', path, 'digest')
}
