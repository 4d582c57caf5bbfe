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

/**
 * Writes the inventory: one JSON line for each file and each listed file that is absent, in byte order of paths, as
 * RFC 8785 wants it: members sorted, no white space, strings as JSON.stringify writes them. Digests and manifests must
 * be given in the order of their names.
 */
export class InventoryWriter {
  /** Lines written. */
  lines = 0
  readonly #out = new TextWriter()
  #members = 0

  /** Begins a line; its digests come next. */
  begin(): void {
    this.#out.add('{"digests":{')
    this.#members = 0
  }

  /** @param hex lower-case */
  digest(algorithm: DigestAlgorithm, hex: string): void {
    this.#out.add(this.#members++ === 0 ? '"' : ',"')
    this.#out.add(algorithm)
    this.#out.add('":"')
    this.#out.add(hex)
    this.#out.add('"')
  }

  /** Ends the digests; the manifests come next. */
  endDigests(): void {
    this.#out.add('},"manifests":{')
    this.#members = 0
  }

  manifest(path: string, state: InventoryState): void {
    if (this.#members++ > 0) this.#out.add(',')
    this.#out.add(quoted(path))
    this.#out.add(`:"${state}"`)
  }

  end(path: string, role: InventoryRole, size: number | null): void {
    this.#out.add('},"path":')
    this.#out.add(quoted(path))
    this.#out.add(`,"role":"${role}","size":${size === null ? 'null' : size}}\n`)
    this.lines++
  }

  bytes(): Uint8Array {
    return this.#out.bytes()
  }
}

function quoted(text: string): string {
  return PLAIN.test(text) ? `"${text}"` : JSON.stringify(text)
}
