import type { Listed } from '../bundle/bag-facts.ts'
import { LIMITS } from '../model/limits.ts'

/** Collects places in the order in which they come; the first LIMITS.exceptionsInFinding are kept, all are counted. */
export class PlaceList<T extends { readonly code: string }> {
  #count = 0
  readonly #by: Record<string, number> = {}
  readonly #first: T[] = []

  add(place: T): void {
    this.#count++
    this.#by[place.code] = (this.#by[place.code] ?? 0) + 1
    if (this.#first.length < LIMITS.exceptionsInFinding) this.#first.push(place)
  }

  get first(): readonly T[] {
    return this.#first
  }

  finish(): Listed<T> {
    return { count: this.#count, by: this.#by, first: this.#first }
  }
}
