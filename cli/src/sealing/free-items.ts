import type { KnownItem } from '../custody/custody-input.ts'

class FreeList {
  readonly #items: readonly KnownItem[]
  #next = 0

  constructor(items: readonly KnownItem[]) {
    this.#items = items
  }

  /** The first that is not taken; what is taken is passed over once. */
  first(isTaken: (seq: number) => boolean): KnownItem | undefined {
    let item = this.#items[this.#next]
    while (item !== undefined && isTaken(item.seq)) item = this.#items[++this.#next]
    return item
  }
}

/**
 * The items of a log that no file stands for yet, by content: one of the wanted name before others, else the first. Of one content, as
 * of empty files, there can be as many as files.
 */
export class FreeItems {
  readonly #known: ReadonlyMap<string, readonly KnownItem[]>
  readonly #taken = new Set<number>()
  readonly #lists = new Map<string, { readonly all: FreeList; readonly byName: ReadonlyMap<string, FreeList> }>()

  constructor(known: ReadonlyMap<string, readonly KnownItem[]>) {
    this.#known = known
  }

  /** @param content SHA-256, hex */
  take(content: string, name: string): number | undefined {
    const isTaken = (seq: number) => this.#taken.has(seq)
    const lists = this.#listsOf(content)
    const item = lists?.byName.get(name)?.first(isTaken) ?? lists?.all.first(isTaken)
    if (item !== undefined) this.#taken.add(item.seq)
    return item?.seq
  }

  #listsOf(content: string) {
    const known = this.#lists.get(content)
    const items = this.#known.get(content)
    if (known !== undefined || items === undefined) return known
    const named = new Map<string, KnownItem[]>()
    for (const item of items) {
      const same = named.get(item.name)
      if (same === undefined) named.set(item.name, [item])
      else same.push(item)
    }
    const made = {
      all: new FreeList(items),
      byName: new Map(Array.from(named, ([name, same]) => [name, new FreeList(same)] as const)),
    }
    this.#lists.set(content, made)
    return made
  }
}
