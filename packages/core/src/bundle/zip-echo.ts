import type { Echo } from '../model/ports.ts'
import { LOCAL_HEADER_BYTES, LOCAL_SIGNATURE } from './zip-local-header.ts'

/** Where the fields that both headers have begin, and where they end: APPNOTE 4.3.7 and 4.3.12, from `version needed` on. */
const CENTRAL = { from: 6, to: 32, name: 46 }
const LOCAL_FROM = 4

/**
 * The local headers of an archive as its directory lets expect them, byte by byte: signature, the fields from `version needed` to the
 * lengths of name and extra field, which stand in both in one order, and the name. Only where the directory has no extra fields: what
 * a local one may hold it does not say.
 */
export class EchoOfDirectory {
  readonly #ends: Uint32Array
  #bytes: Uint8Array
  #view: DataView
  #used = 0
  #count = 0
  #isWhole = true

  /** @param bytes of the directory, which are enough */
  constructor(entries: number, bytes: number) {
    this.#ends = new Uint32Array(entries)
    this.#bytes = new Uint8Array(bytes)
    this.#view = new DataView(this.#bytes.buffer)
  }

  /** @param i where the entry's central header begins in `directory` */
  add(directory: Uint8Array, i: number, nameBytes: number, extraBytes: number): void {
    if (extraBytes !== 0) this.#isWhole = false
    if (!this.#isWhole) return
    const to = this.#used
    this.#view.setUint32(to, LOCAL_SIGNATURE, true)
    this.#bytes.set(directory.subarray(i + CENTRAL.from, i + CENTRAL.to), to + LOCAL_FROM)
    this.#bytes.set(directory.subarray(i + CENTRAL.name, i + CENTRAL.name + nameBytes), to + LOCAL_HEADER_BYTES)
    this.#used = to + LOCAL_HEADER_BYTES + nameBytes
    this.#ends[this.#count++] = this.#used
  }

  /** @returns undefined where an entry has an extra field */
  finish(): Echo | undefined {
    if (!this.#isWhole || this.#count !== this.#ends.length) return undefined
    return { bytes: this.#bytes.subarray(0, this.#used), ends: this.#ends }
  }
}
