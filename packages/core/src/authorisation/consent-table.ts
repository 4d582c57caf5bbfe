import { CONSENT_SLOTS, type ConsentCommitment } from '../bundle/authorisation-record.ts'
import { decodeBase64Url } from '../custody/line-scan.ts'
import { encodeUtf8 } from '../model/utf8.ts'

const DIGEST_OCTETS = 32
const SLOTS = CONSENT_SLOTS.length

/** The commitments of a request by position of the item: what stands in their slots. */
export class ConsentTable {
  readonly kind = 'consents'
  readonly #places = new Map<number, number>()
  readonly #slots: Uint8Array

  /** Of a draft: none. The first of two for one item counts. */
  constructor(consents: readonly ConsentCommitment[]) {
    this.#slots = new Uint8Array(consents.length * SLOTS * DIGEST_OCTETS)
    const decoded = new Uint8Array(DIGEST_OCTETS + 1)
    for (const [place, { item, sd }] of consents.entries()) {
      if (this.#places.has(item)) continue
      this.#places.set(item, place)
      for (const [slot, text] of sd.entries()) {
        decodeBase64Url(encodeUtf8(text), decoded)
        this.#slots.set(decoded.subarray(0, DIGEST_OCTETS), (place * SLOTS + slot) * DIGEST_OCTETS)
      }
    }
  }

  get count(): number {
    return this.#places.size
  }

  /** Positions of the items, in the order of the request. */
  get items(): Iterable<number> {
    return this.#places.keys()
  }

  has(item: number): boolean {
    return this.#places.has(item)
  }

  /** As LineTable has it: the index of the item's slot that holds these octets, -1 for none. */
  findSlot(item: number, digest: Uint8Array): { readonly index: number; readonly again: boolean } {
    const place = this.#places.get(item)
    let index = -1
    let again = false
    if (place === undefined) return { index, again }
    for (let slot = 0; slot < SLOTS; slot++) {
      const from = (place * SLOTS + slot) * DIGEST_OCTETS
      if (!digest.every((octet, at) => this.#slots[from + at] === octet)) continue
      if (index === -1) index = slot
      else again = true
    }
    return { index, again }
  }
}
