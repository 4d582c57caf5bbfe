import { comparePaths } from '../model/bytes.ts'
import type { DigestAlgorithm } from '../model/ports.ts'
import { ByteLines } from './content-digest.ts'

export type InventoryState =
  | 'match'
  | 'mismatch'
  | 'malformed-digest'
  | 'unreadable'
  | 'missing'
  | 'unlisted'
  | 'not-compared'

/** One line of the inventory. Members stand in the order of RFC 8785. */
export interface InventoryLine {
  readonly digests: Readonly<Partial<Record<DigestAlgorithm, string>>>
  /** By manifest: what it says of this file. Only manifests that could list it. */
  readonly manifests: Readonly<Record<string, InventoryState>>
  readonly path: string
  readonly role: 'payload' | 'manifest' | 'tag-manifest' | 'tag' | 'seal'
  /** Null for a listed file that is not here. */
  readonly size: number | null
}

/**
 * The inventory: one JSON line for each file and each listed file that is absent, in byte order of paths. RFC 8785
 * bytes: members sorted, no white space. (Strings come from JSON.stringify, which is what that RFC prescribes.)
 */
export function inventoryBytes(lines: Iterable<InventoryLine>): Uint8Array {
  const out = new ByteLines()
  for (const line of lines) {
    out.add(
      `{"digests":${sortedObject(line.digests)},"manifests":${sortedObject(line.manifests)},"path":${JSON.stringify(line.path)},` +
        `"role":"${line.role}","size":${line.size === null ? 'null' : String(line.size)}}\n`,
    )
  }
  return out.bytes()
}

function sortedObject(object: Readonly<Record<string, string>>): string {
  // RFC 8785 §3.2.3 sorts by UTF-16 units; the keys here are ASCII, where all orders agree.
  const members = Object.keys(object)
    .sort(comparePaths)
    .map((key) => `${JSON.stringify(key)}:${JSON.stringify(object[key])}`)
  return `{${members.join(',')}}`
}
