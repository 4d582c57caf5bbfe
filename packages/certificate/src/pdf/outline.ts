import { type PdfObjects, type Ref, textString, type Value } from './objects.ts'

interface Entry {
  readonly level: number
  readonly title: string
  page?: Ref
  top?: number
}

/** The bookmarks, from headings (ISO 32000-1 §12.3.3). */
export class Outline {
  readonly #entries: Entry[] = []

  /** `place` is called when the heading's page is known. */
  add(level: number, title: string): { place(page: Ref, top: number): void } {
    const entry: Entry = { level, title }
    this.#entries.push(entry)
    return {
      place(page, top) {
        entry.page = page
        entry.top = top
      },
    }
  }

  /** Writes the tree; `undefined` without headings. */
  finish(objects: PdfObjects): Ref | undefined {
    if (this.#entries.length === 0) return undefined
    const root = objects.ref()
    const nodes = this.#entries.map((entry) => ({ entry, ref: objects.ref(), parent: root, kids: [] as number[] }))
    const top: number[] = []
    const path: number[] = []
    for (const [index, node] of nodes.entries()) {
      while (path.length > 0 && (nodes[path.at(-1) ?? 0]?.entry.level ?? 0) >= node.entry.level) path.pop()
      const parent = path.at(-1)
      const owner = parent === undefined ? undefined : nodes[parent]
      if (owner === undefined) top.push(index)
      else {
        owner.kids.push(index)
        node.parent = owner.ref
      }
      path.push(index)
    }
    const refOf = (index: number | undefined): Ref | undefined => (index === undefined ? undefined : nodes[index]?.ref)
    const family = (kids: readonly number[], open: boolean): { readonly [name: string]: Value | undefined } =>
      kids.length === 0
        ? {}
        : { First: refOf(kids[0]), Last: refOf(kids.at(-1)), Count: open ? kids.length : -kids.length }
    const write = (siblings: readonly number[]): void => {
      for (const [place, index] of siblings.entries()) {
        const node = nodes[index]
        if (node === undefined) continue
        const { entry, ref, parent, kids } = node
        objects.set(ref, {
          Title: textString(entry.title),
          Parent: parent,
          Prev: refOf(siblings[place - 1]),
          Next: refOf(siblings[place + 1]),
          ...family(kids, false),
          ...(entry.page === undefined ? {} : { Dest: [entry.page, 'XYZ', 0, Math.round(entry.top ?? 0), 0] }),
        })
        write(kids)
      }
    }
    write(top)
    objects.set(root, { Type: 'Outlines', ...family(top, true) })
    return root
  }
}
