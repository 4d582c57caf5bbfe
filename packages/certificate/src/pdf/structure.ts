import type { PdfObjects, Ref, Value } from './objects.ts'

/** Standard structure types (ISO 32000-1 §14.8.4) that are used. */
export type StructureType =
  | 'Document'
  | 'Sect'
  | 'H1'
  | 'H2'
  | 'H3'
  | 'H4'
  | 'P'
  | 'Code'
  | 'L'
  | 'LI'
  | 'Lbl'
  | 'LBody'
  | 'Table'
  | 'Caption'
  | 'THead'
  | 'TBody'
  | 'TR'
  | 'TH'
  | 'TD'
  | 'Figure'

/** A page as the structure tree sees it. */
export interface TaggedPage {
  readonly ref: Ref
  /** The elements of its marked-content sequences, by MCID. */
  readonly parents: Ref[]
}

type Kid = Ref | { readonly page: TaggedPage; readonly mcid: number }

export interface StructureElement {
  readonly type: StructureType
  readonly ref: Ref
  readonly parent: Ref
  readonly kids: Kid[]
  readonly entries: { readonly [name: string]: Value }
}

/** The logical structure (ISO 32000-1 §14.7): every mark on a page that says something belongs to one element. */
export class StructureTree {
  readonly #objects: PdfObjects
  readonly #elements: StructureElement[] = []
  readonly root: Ref
  readonly document: StructureElement

  constructor(objects: PdfObjects) {
    this.#objects = objects
    this.root = objects.ref()
    this.document = this.#create('Document', this.root, {})
  }

  #create(type: StructureType, parent: Ref, entries: { readonly [name: string]: Value }): StructureElement {
    const element = { type, ref: this.#objects.ref(), parent, kids: [], entries }
    this.#elements.push(element)
    return element
  }

  /** `entries` are those of its dictionary besides S, P, K and Pg: attributes (A), Alt, Lang. */
  add(
    type: StructureType,
    parent: StructureElement,
    entries: { readonly [name: string]: Value } = {},
  ): StructureElement {
    const element = this.#create(type, parent.ref, entries)
    parent.kids.push(element.ref)
    return element
  }

  /** A new marked-content sequence of the element on the page: its MCID. */
  content(element: StructureElement, page: TaggedPage): number {
    const mcid = page.parents.length
    page.parents.push(element.ref)
    element.kids.push({ page, mcid })
    return mcid
  }

  /** Writes the tree; `pages` in order, whose index is their StructParents. */
  finish(pages: readonly TaggedPage[]): void {
    for (const { type, ref, parent, kids, entries } of this.#elements) {
      const first = kids.find((kid): kid is Exclude<Kid, Ref> => 'mcid' in kid)?.page
      const values = kids.map((kid): Value => {
        if (!('mcid' in kid)) return kid
        return kid.page === first ? kid.mcid : { Type: 'MCR', Pg: kid.page.ref, MCID: kid.mcid }
      })
      const [only] = values
      this.#objects.set(ref, {
        Type: 'StructElem',
        S: type,
        P: parent,
        ...(first === undefined ? {} : { Pg: first.ref }),
        ...(values.length === 0 ? {} : { K: values.length === 1 && only !== undefined ? only : values }),
        ...entries,
      })
    }
    const numbers = pages.flatMap(({ parents }, index): Value[] => [index, this.#objects.add(parents)])
    this.#objects.set(this.root, {
      Type: 'StructTreeRoot',
      K: [this.document.ref],
      ParentTree: this.#objects.add({ Nums: numbers }),
      ParentTreeNextKey: pages.length,
    })
  }
}
