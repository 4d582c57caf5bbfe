const PAGE_BITS = 15
const PAGE_NUMBERS = 1 << PAGE_BITS

/** Numbers in the order in which they come, in pages: an array that grows needs its old memory beside the new. */
export class NumberList {
  readonly #pages: Float64Array[] = []
  #length = 0

  get length(): number {
    return this.#length
  }

  push(value: number): void {
    const at = this.#length++
    const within = at % PAGE_NUMBERS
    if (within === 0) this.#pages.push(new Float64Array(PAGE_NUMBERS))
    const page = this.#pages[at >>> PAGE_BITS]
    if (page !== undefined) page[within] = value
  }

  at(index: number): number {
    const value = index < this.#length ? this.#pages[index >>> PAGE_BITS]?.[index % PAGE_NUMBERS] : undefined
    if (value === undefined) throw new RangeError(`no number ${index} of ${this.#length}`)
    return value
  }
}
