import type { DigestAlgorithm } from '../model/ports.ts'
import { encodeUtf8 } from '../model/utf8.ts'
import { ByteWriter } from './content-digest.ts'

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

/** What many lines have in common, encoded once. */
class Encoded {
  readonly #form: (text: string) => string
  readonly #known = new Map<string, Uint8Array>()

  constructor(form: (text: string) => string) {
    this.#form = form
  }

  of(text: string): Uint8Array {
    const known = this.#known.get(text)
    if (known !== undefined) return known
    const encoded = encodeUtf8(this.#form(text))
    this.#known.set(text, encoded)
    return encoded
  }
}

const BEGIN = encodeUtf8('{"digests":{')
const MANIFESTS = encodeUtf8('},"manifests":{')
const PATH = encodeUtf8('},"path":')
const STATES = new Encoded((state) => `"${state}"`)
const ROLES = new Encoded((role) => `,"role":"${role}","size":`)

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
  readonly #out = new ByteWriter()
  readonly #algorithms = new Encoded((name) => `"${name}":"`)
  readonly #manifests = new Encoded((path) => `${quoted(path)}:`)
  #members = 0

  /** Begins a line; its digests come next. */
  begin(): void {
    this.#out.encoded(BEGIN)
    this.#members = 0
  }

  /** The digest is the `length` octets of `bytes` at `offset`. */
  digest(algorithm: DigestAlgorithm, bytes: Uint8Array, offset: number, length: number): void {
    if (this.#members++ > 0) this.#out.text(',')
    this.#out.encoded(this.#algorithms.of(algorithm))
    this.#out.hex(bytes, offset, length)
    this.#out.text('"')
  }

  /** Ends the digests; the manifests come next. */
  endDigests(): void {
    this.#out.encoded(MANIFESTS)
    this.#members = 0
  }

  manifest(path: string, state: InventoryState): void {
    if (this.#members++ > 0) this.#out.text(',')
    this.#out.encoded(this.#manifests.of(path))
    this.#out.encoded(STATES.of(state))
  }

  end(path: string, role: InventoryRole, size: number | null): void {
    this.#out.encoded(PATH)
    this.#out.text(quoted(path))
    this.#out.encoded(ROLES.of(role))
    this.#out.text(`${size === null ? 'null' : size}}\n`)
    this.lines++
  }

  bytes(): Uint8Array {
    return this.#out.bytes()
  }
}

function quoted(text: string): string {
  return PLAIN.test(text) ? `"${text}"` : JSON.stringify(text)
}
