import { LIMITS } from '../model/limits.ts'
import { decodeBase64Url } from './line-scan.ts'

/** Words of 32 bits in a salt of 128. */
const WORDS = 4
/** Places that are looked at for one salt: chosen salts could else make every look-up as long as the list. */
const PROBES = 64

/**
 * Salts of openings, to find one that was used twice. It proves nothing by not finding any: the first LIMITS.saltsCompared
 * are compared with each other, and of those that were chosen to fall on one place only some.
 */
export class SaltSet {
  #seen = 0
  #count = 0
  #capacity = 1024
  #words = new Uint32Array(1024 * WORDS)
  #isUsed = new Uint8Array(1024)
  readonly #salt = new Uint32Array(WORDS)
  readonly #octets = new Uint8Array(4 * WORDS)
  readonly #view = new DataView(this.#octets.buffer)

  /** Whether no more are compared. */
  get isFull(): boolean {
    return this.#seen >= LIMITS.saltsCompared
  }

  /** @param salt 22 octets of base64url. Returns whether it was there already. */
  add(salt: Uint8Array): boolean {
    if (this.isFull) return false
    this.#seen++
    this.#decode(salt)
    if (this.#count * 2 >= this.#capacity) this.#grow()
    const place = this.#find()
    if (place === -1) return false
    if (this.#isUsed[place] === 1) return true
    this.#isUsed[place] = 1
    this.#words.set(this.#salt, place * WORDS)
    this.#count++
    return false
  }

  #decode(salt: Uint8Array): void {
    decodeBase64Url(salt, this.#octets)
    for (let word = 0; word < WORDS; word++) this.#salt[word] = this.#view.getUint32(4 * word)
  }

  /** The place of the salt, or the free one for it; -1 when too many others stand in the way. */
  #find(): number {
    const [a = 0, b = 0, c = 0, d = 0] = this.#salt
    const mixed = Math.imul(a ^ b ^ c ^ d, 0x9e3779b1)
    let place = (mixed ^ (mixed >>> 16)) & (this.#capacity - 1)
    for (let probe = 0; probe < PROBES; probe++) {
      if (this.#isUsed[place] === 0) return place
      const at = place * WORDS
      const words = this.#words
      if (words[at] === a && words[at + 1] === b && words[at + 2] === c && words[at + 3] === d) return place
      place = (place + 1) & (this.#capacity - 1)
    }
    return -1
  }

  #grow(): void {
    const [words, isUsed, capacity] = [this.#words, this.#isUsed, this.#capacity]
    this.#capacity = capacity * 2
    this.#words = new Uint32Array(this.#capacity * WORDS)
    this.#isUsed = new Uint8Array(this.#capacity)
    const kept = this.#salt.slice()
    for (let place = 0; place < capacity; place++) {
      if (isUsed[place] === 0) continue
      this.#salt.set(words.subarray(place * WORDS, (place + 1) * WORDS))
      const next = this.#find()
      if (next === -1) continue
      this.#isUsed[next] = 1
      this.#words.set(this.#salt, next * WORDS)
    }
    this.#salt.set(kept)
  }
}
