import { memberOf } from '../json/shape.ts'
import type { JsonObject } from '../json/value.ts'
import { fromHex } from '../model/bytes.ts'
import { LIMITS } from '../model/limits.ts'

const HEX_32 = /^[0-9a-f]{32}$/
const NUMBER_OCTETS = 16

/** What an export says of the items of its log. */
export interface StatedItems {
  /** Position of the line, from 0. */
  readonly seq: number
  readonly itemCount: number
  /** Merkle root over the first `itemCount` item lines, hex. */
  readonly itemRoot: string
}

/** What lines of type `export` state. Their numbers are packed: a hostile log may have a million of them. */
export class StatedExports {
  #count = 0
  #numbers = new Uint8Array(64 * NUMBER_OCTETS)
  #lines = new Uint32Array(64)
  readonly #items: StatedItems[] = []
  /** Lines whose statement about items counts, and the last of them. */
  #stating = 0
  #last = -1

  /** What is no number of 16 octets is a matter of the line's form; of a line that is not in form nothing else is compared. */
  add(seq: number, line: JsonObject, inForm: boolean): void {
    this.#addNumber(seq, memberOf(line, 'exportNumber'))
    const itemCount = memberOf(line, 'itemCount')
    const itemRoot = memberOf(line, 'itemRoot')
    if (!inForm || typeof itemCount !== 'number' || typeof itemRoot !== 'string') return
    this.#stating++
    this.#last = seq
    if (this.#items.length < LIMITS.earlierExports) this.#items.push({ seq, itemCount, itemRoot })
  }

  /** What those before the last line of the log say. */
  before(last: number): { readonly stated: readonly StatedItems[]; readonly omitted: number } {
    const stated = this.#items.filter(({ seq }) => seq < last)
    const earlier = this.#stating - (this.#last === last ? 1 : 0)
    return { stated, omitted: earlier - stated.length }
  }

  #addNumber(seq: number, value: unknown): void {
    const octets = typeof value === 'string' && HEX_32.test(value) ? fromHex(value) : undefined
    if (octets === undefined) return
    const at = this.#count++
    if (at >= this.#lines.length) this.#grow()
    this.#numbers.set(octets, at * NUMBER_OCTETS)
    this.#lines[at] = seq
  }

  /** Lines, from 0, that have this number. */
  *places(number: string | null): Generator<number> {
    const octets = number === null || !HEX_32.test(number) ? undefined : fromHex(number)
    if (octets === undefined) return
    for (let at = 0; at < this.#count; at++) {
      const own = this.#numbers.subarray(at * NUMBER_OCTETS, (at + 1) * NUMBER_OCTETS)
      if (own.every((octet, place) => octet === octets[place])) yield this.#lines[at] ?? 0
    }
  }

  #grow(): void {
    const numbers = new Uint8Array(this.#numbers.length * 2)
    numbers.set(this.#numbers)
    const lines = new Uint32Array(this.#lines.length * 2)
    lines.set(this.#lines)
    this.#numbers = numbers
    this.#lines = lines
  }
}
