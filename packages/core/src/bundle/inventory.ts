import type { DigestAlgorithm } from '../model/ports.ts'
import { TextWriter } from './content-digest.ts'

/** What a manifest says of a file. */
export type InventoryState =
  | 'match'
  | 'mismatch'
  | 'malformed-digest'
  | 'unreadable'
  | 'missing'
  | 'unlisted'
  | 'not-compared'

/** What a file is in its bag. */
export type InventoryRole = 'payload' | 'manifest' | 'tag-manifest' | 'tag' | 'seal'

/** One line of the inventory as JSON, for its readers. Members stand in the order of RFC 8785. */
export interface InventoryLine {
  readonly digests: Readonly<Partial<Record<DigestAlgorithm, string>>>
  /** By manifest: what it says of this file. Only manifests that could list it. */
  readonly manifests: Readonly<Record<string, InventoryState>>
  readonly path: string
  readonly role: InventoryRole
  /** Null for a listed file that is not here. */
  readonly size: number | null
}

// Text that JSON leaves as it is.
const PLAIN = /^[\w ./-]*$/

/** Text as JSON.stringify writes it. */
export function quoted(text: string): string {
  return PLAIN.test(text) ? `"${text}"` : JSON.stringify(text)
}

/** A member whose value needs no escape: a digest of a file, or what a manifest says of it. */
export function inventoryMember(name: string, value: string): string {
  return `${quoted(name)}:"${value}"`
}

/**
 * Writes the inventory: one JSON line for each file and each listed file that is absent, in byte order of paths, as
 * RFC 8785 wants it: members sorted, no white space, strings as JSON.stringify writes them.
 */
export class InventoryWriter {
  /** Lines written. */
  lines = 0
  readonly #out: TextWriter

  /** @param expected see TextWriter */
  constructor(expected = 0) {
    this.#out = new TextWriter(expected)
  }

  /** `digests`, `manifests`: their members with commas between them, in the order of their names; see `inventoryMember`. */
  add(digests: string, manifests: string, path: string, role: InventoryRole, size: number | null): void {
    const name = quoted(path)
    this.#out.add(
      `{"digests":{${digests}},"manifests":{${manifests}},"path":${name},"role":"${role}","size":${size}}\n`,
    )
    this.lines++
  }

  bytes(): Uint8Array {
    return this.#out.bytes()
  }
}
