/** Ranges of items that are kept apart; a log that withdraws more in one bundle is taken to mean everything between them. */
const RANGES = 65_536

interface Withdrawn {
  readonly first: number
  readonly last: number
  /** RFC 3339 date; null where the event shows no time: then it may have been at any. */
  readonly day: string | null
}

/** What the shown events of a log withdraw of consents. */
export class ShownWithdrawals {
  readonly #ranges: Withdrawn[] = []
  #beyond: Withdrawn | null = null

  add(objects: readonly (readonly [number, number])[], day: string | null): void {
    for (const [first, last] of objects) {
      if (this.#ranges.length < RANGES) this.#ranges.push({ first, last, day })
      else {
        const { first: from, last: to } = this.#beyond ?? { first, last }
        this.#beyond = { first: Math.min(from, first), last: Math.max(to, last), day: null }
      }
    }
  }

  /**
   * The day of the latest withdrawal of an item's consent, by position below `items`: undefined for none, null where one shows no
   * day. Each item is looked at once, however many ranges it lies in.
   */
  latest(items: number): (item: number) => string | null | undefined {
    const all = this.#beyond === null ? this.#ranges : [...this.#ranges, this.#beyond]
    if (all.length === 0) return () => undefined
    const ordered = all.toSorted((a, b) => (isLater(a, b) ? -1 : isLater(b, a) ? 1 : 0))
    const by = new Int32Array(items).fill(-1)
    // Of each item the first from it on that no later withdrawal has taken.
    const free = Int32Array.from({ length: items + 1 }, (_, item) => item)
    const next = (item: number): number => {
      let at = item
      while (free[at] !== at) {
        const one = free[at] ?? items
        free[at] = free[one] ?? items
        at = one
      }
      return at
    }
    for (const [index, { first, last }] of ordered.entries()) {
      for (let item = next(Math.min(first, items)); item <= last && item < items; item = next(item)) {
        by[item] = index
        free[item] = item + 1
      }
    }
    return (item) => ordered[by[item] ?? -1]?.day
  }
}

function isLater(a: Withdrawn, b: Withdrawn): boolean {
  return a.day === null ? b.day !== null : b.day !== null && a.day > b.day
}
