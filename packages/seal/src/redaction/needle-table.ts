/**
 * Of very many byte strings what it takes to know that one of them stands somewhere: numbers in typed arrays, some 30 octets for each,
 * where the string itself with its object takes five hundred. What is found here is compared with the string itself afterwards.
 */

/** Pairs of 32-bit numbers, open addressing. A length of 0 marks a free place. */
export class LengthTable {
  #hashes = new Uint32Array(1 << 10)
  #lengths = new Uint8Array(1 << 10)
  #count = 0

  /** @param length from 1 to 255 */
  add(hash: number, length: number): void {
    if (this.#count * 8 >= this.#hashes.length * 5) this.#grow()
    if (put(this.#hashes, this.#lengths, hash, length)) this.#count++
  }

  /** Puts the lengths that were added under this hash into `found`, ascending. */
  find(hash: number, found: number[]): void {
    found.length = 0
    const mask = this.#hashes.length - 1
    for (let at = spread(hash) & mask; this.#lengths[at] !== 0; at = (at + 1) & mask)
      if (this.#hashes[at] === hash) found.push(this.#lengths[at] as number)
    if (found.length > 1) found.sort((a, b) => a - b)
  }

  #grow(): void {
    const hashes = new Uint32Array(this.#hashes.length * 2)
    const lengths = new Uint8Array(hashes.length)
    for (let at = 0; at < this.#hashes.length; at++)
      if (this.#lengths[at] !== 0) put(hashes, lengths, this.#hashes[at] as number, this.#lengths[at] as number)
    this.#hashes = hashes
    this.#lengths = lengths
  }
}

function put(hashes: Uint32Array, lengths: Uint8Array, hash: number, length: number): boolean {
  const mask = hashes.length - 1
  let at = spread(hash) & mask
  for (; lengths[at] !== 0; at = (at + 1) & mask) if (hashes[at] === hash && lengths[at] === length) return false
  hashes[at] = hash
  lengths[at] = length
  return true
}

/** Numbers of what was wanted, under two hashes of a whole byte string. */
export class OwnerTable {
  #first = new Uint32Array(1 << 10)
  #second = new Uint32Array(1 << 10)
  /** One more than the owner; 0 marks a free place. */
  #owners = new Uint32Array(1 << 10)
  #count = 0

  add(first: number, second: number, owner: number): void {
    if (this.#count * 8 >= this.#owners.length * 5) this.#grow()
    if (this.#put(first, second, owner + 1)) this.#count++
  }

  /** Each once; undefined for none, which is what nearly every look-up finds. */
  find(first: number, second: number): number[] | undefined {
    let found: number[] | undefined
    const mask = this.#owners.length - 1
    for (let at = spread(first) & mask; this.#owners[at] !== 0; at = (at + 1) & mask)
      if (this.#first[at] === first && this.#second[at] === second) {
        found ??= []
        found.push((this.#owners[at] as number) - 1)
      }
    return found
  }

  #put(first: number, second: number, owner: number): boolean {
    const mask = this.#owners.length - 1
    let at = spread(first) & mask
    for (; this.#owners[at] !== 0; at = (at + 1) & mask)
      if (this.#first[at] === first && this.#second[at] === second && this.#owners[at] === owner) return false
    this.#first[at] = first
    this.#second[at] = second
    this.#owners[at] = owner
    return true
  }

  #grow(): void {
    const old = { first: this.#first, second: this.#second, owners: this.#owners }
    const size = old.owners.length * 2
    this.#first = new Uint32Array(size)
    this.#second = new Uint32Array(size)
    this.#owners = new Uint32Array(size)
    for (let at = 0; at < old.owners.length; at++)
      if (old.owners[at] !== 0) this.#put(old.first[at] as number, old.second[at] as number, old.owners[at] as number)
  }
}

/** Two running hashes of octets: FNV-1a, and a multiplication of another kind. */
export const FIRST_SEED: number = 0x811c9dc5
export const SECOND_SEED: number = 0x9747b28c
export const nextFirst = (hash: number, octet: number): number => Math.imul(hash ^ octet, 0x01000193)
export const nextSecond = (hash: number, octet: number): number => {
  const mixed = Math.imul(hash ^ octet, 0x5bd1e995)
  return mixed ^ (mixed >>> 15)
}

const spread = (hash: number) => {
  const mixed = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  return (mixed ^ (mixed >>> 13)) >>> 0
}
