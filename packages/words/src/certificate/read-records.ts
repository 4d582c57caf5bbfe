import {
  AUTHORISATION,
  CUSTODY,
  decodeLatin1,
  type FactsFile,
  type FileTree,
  type InventoryLine,
  ITEMS,
  LIMITS,
  type SmallDigest,
  SourceFault,
  toHex,
} from '@probatum/core'
import { inventoryLines } from './inventory-lines.ts'
import type { RecordBytes } from './recorded.ts'

/**
 * The records that a certificate repeats, when they are the ones that were verified. A log that is too large to be read
 * whole is counted by the facts alone.
 * @throws SourceFault when a record was changed meanwhile
 */
export async function readRecords(
  tree: FileTree,
  { facts }: FactsFile,
  inventory: Uint8Array,
  smallDigest: SmallDigest,
): Promise<RecordBytes> {
  if (facts.kind !== 'bundle' || facts.records?.formatKnown !== true)
    return { custody: null, items: null, authorisation: null }
  const verified = new Map<string, string | undefined>()
  for (const { path, digests } of otherLines(inventory)) verified.set(path, digests.sha256)
  const read = async (path: string, limit: number) => {
    const entry = tree.byPath.get(path)
    if (entry === undefined || entry.size > limit) return null
    const bytes = await tree.read(path, limit)
    if (toHex(smallDigest('sha256', bytes)) !== verified.get(path)) throw new SourceFault('changed', path, 'digest')
    return bytes
  }
  return {
    custody: await read(CUSTODY, LIMITS.jsonLinesWholeBytes),
    items: await read(ITEMS, LIMITS.jsonLinesWholeBytes),
    authorisation: await read(AUTHORISATION, LIMITS.authorisationBytes),
  }
}

/** Lines of an inventory that are about no evidence file: a million of those need not be parsed. `role` and `size` end a line. */
function* otherLines(inventory: Uint8Array): Generator<InventoryLine> {
  for (let from = 0; from < inventory.length; ) {
    const end = inventory.indexOf(0x0a, from)
    const to = end === -1 ? inventory.length : end
    const isEvidence = /"role":"payload","size":(?:null|[0-9]+)\}$/.test(
      decodeLatin1(inventory.subarray(Math.max(from, to - 48), to)),
    )
    if (!isEvidence) yield* inventoryLines(inventory.subarray(from, to))
    from = to + 1
  }
}
