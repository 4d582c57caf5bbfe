import { type Dictionary, PdfString, Reference, type Thing } from './reader.ts'
import type { Rule, Subject } from './rules.ts'

/** ISO 32000-1 §14.8.4: what may stand in what, for the types that are used. */
const CHILDREN: Readonly<Record<string, RegExp>> = {
  Document: /^(Sect|H[1-6]|P|L|Table|Figure)$/,
  Sect: /^(Sect|H[1-6]|P|L|Table|Figure)$/,
  P: /^Code$/,
  L: /^LI$/,
  LI: /^(Lbl|LBody)$/,
  LBody: /^(P|L)$/,
  Table: /^(Caption|THead|TBody|TR)$/,
  THead: /^TR$/,
  TBody: /^TR$/,
  TR: /^(TH|TD)$/,
}
const LEAVES = new Set(['H1', 'H2', 'H3', 'H4', 'H5', 'H6', 'Code', 'Lbl', 'Caption', 'TH', 'TD', 'Figure'])

interface Element {
  readonly reference: Reference
  readonly type: string
  readonly dictionary: Dictionary
  readonly parent: Element | undefined
  readonly children: Element[]
  /** Pages by object number, and the MCIDs there. */
  readonly content: { readonly page: number; readonly mcid: number }[]
}

/** The elements in reading order. */
export function elementsOf({ model }: Subject): Element[] {
  const root = model.dictionary(model.catalog.get('StructTreeRoot'))
  const elements: Element[] = []
  const visit = (reference: Reference, parent: Element | undefined, depth: number): void => {
    const dictionary = model.dictionary(reference)
    const element: Element = {
      reference,
      type: model.name(dictionary.get('S')) ?? '',
      dictionary,
      parent,
      children: [],
      content: [],
    }
    parent?.children.push(element)
    elements.push(element)
    const page = dictionary.get('Pg')
    const kids = dictionary.get('K')
    const list: Thing[] = kids === undefined ? [] : Array.isArray(kids) ? kids : [kids]
    for (const kid of list)
      if (typeof kid === 'number')
        element.content.push({ page: page instanceof Reference ? page.number : -1, mcid: kid })
      else if (kid instanceof Map) {
        const own = kid.get('Pg')
        element.content.push({ page: own instanceof Reference ? own.number : -1, mcid: Number(kid.get('MCID')) })
      } else if (kid instanceof Reference && depth < 24) visit(kid, element, depth + 1)
  }
  for (const kid of model.list(root.get('K'))) if (kid instanceof Reference) visit(kid, undefined, 0)
  return elements
}

const unless = (holds: boolean, problem: string): string[] => (holds ? [] : [problem])

const attribute = ({ dictionary }: Element, subject: Subject, name: string): Thing | undefined =>
  subject.model.dictionary(dictionary.get('A')).get(name)

function parentTree({ model }: Subject): Map<number, Thing[]> {
  const numbers = model.list(
    model.dictionary(model.dictionary(model.catalog.get('StructTreeRoot')).get('ParentTree')).get('Nums'),
  )
  const tree = new Map<number, Thing[]>()
  for (let index = 0; index < numbers.length; index += 2)
    tree.set(Number(numbers[index]), model.list(numbers[index + 1]))
  return tree
}

export const STRUCTURE: readonly Rule[] = [
  {
    id: 'structure-root',
    clause: 'ISO 19005-3 6.7.3',
    check(subject) {
      const [first, ...others] = elementsOf(subject).filter(({ parent }) => parent === undefined)
      return unless(first?.type === 'Document' && others.length === 0, 'the tree has not one Document at its root')
    },
  },
  {
    id: 'structure-types',
    clause: 'ISO 32000-1 14.8.4',
    check: (subject) =>
      elementsOf(subject).flatMap(({ type, parent, children }) => [
        ...unless(type in CHILDREN || LEAVES.has(type), `${type} is no type that is used`),
        ...unless(parent === undefined || CHILDREN[parent.type]?.test(type) === true, `${type} in ${parent?.type}`),
        ...unless(type !== 'Caption' || parent?.children[0]?.type === 'Caption', 'a caption that is not first'),
        ...unless(type !== 'L' || children.length > 0, 'a list without items'),
      ]),
  },
  {
    id: 'structure-parents',
    clause: 'ISO 32000-1 14.7.2',
    check: (subject) =>
      elementsOf(subject).flatMap(({ dictionary, parent, type }) => {
        const up = dictionary.get('P')
        const expected = parent?.reference ?? subject.model.catalog.get('StructTreeRoot')
        return unless(
          up instanceof Reference && expected instanceof Reference && up.number === expected.number,
          `a ${type} names another parent`,
        )
      }),
  },
  {
    id: 'content-in-structure',
    clause: 'ISO 32000-1 14.7.4',
    check(subject) {
      const claimed = new Set(
        elementsOf(subject).flatMap(({ content }) => content.map(({ page, mcid }) => `${page} ${mcid}`)),
      )
      const count = elementsOf(subject).reduce((sum, { content }) => sum + content.length, 0)
      const marked = subject.pages.flatMap(({ reference, mcids }) => mcids.map((mcid) => `${reference.number} ${mcid}`))
      return [
        ...unless(count === claimed.size, 'content that two elements claim'),
        ...unless(new Set(marked).size === marked.length, 'an MCID twice on a page'),
        ...marked.flatMap((key) => unless(claimed.has(key), `content ${key} is in no element`)),
        ...unless(claimed.size === marked.length, 'an element with content that no page has'),
      ]
    },
  },
  {
    id: 'parent-tree',
    clause: 'ISO 32000-1 14.7.4.4',
    check(subject) {
      const tree = parentTree(subject)
      const owners = new Map(
        elementsOf(subject).flatMap(({ reference, content }) =>
          content.map(({ page, mcid }) => [`${page} ${mcid}`, reference.number] as const),
        ),
      )
      return subject.pages.flatMap(({ reference, mcids }, index) => {
        const list = tree.get(index) ?? []
        return [
          ...unless(list.length === mcids.length, `page ${index + 1}: the tree of parents has another length`),
          ...mcids.flatMap((mcid) => {
            const entry = list[mcid]
            return unless(
              entry instanceof Reference && owners.get(`${reference.number} ${mcid}`) === entry.number,
              `page ${index + 1}: MCID ${mcid} has another parent`,
            )
          }),
        ]
      })
    },
  },
  {
    id: 'heading-levels',
    clause: 'ISO 14289-1 7.4.2',
    check(subject) {
      let level = 0
      return elementsOf(subject).flatMap(({ type }) => {
        const match = /^H([1-6])$/.exec(type)
        if (match === null) return []
        const own = Number(match[1])
        const problems = unless(own <= level + 1, `H${own} after H${level}`)
        level = own
        return problems
      })
    },
  },
  {
    id: 'table-headers',
    clause: 'ISO 14289-1 7.5',
    check: (subject) =>
      elementsOf(subject).flatMap((element) => {
        if (element.type === 'TH')
          return unless(
            ['Row', 'Column'].includes(subject.model.name(attribute(element, subject, 'Scope')) ?? ''),
            'a table header without scope',
          )
        if (element.type !== 'Table') return []
        const cells = rowsOf(element).flatMap(({ children }) => children)
        return unless(
          cells.some(({ type }) => type === 'TH'),
          'a table without headers',
        )
      }),
  },
  {
    id: 'table-regular',
    clause: 'ISO 14289-1 7.5',
    check: (subject) =>
      elementsOf(subject)
        .filter(({ type }) => type === 'Table')
        .flatMap((table) =>
          unless(new Set(rowsOf(table).map(({ children }) => children.length)).size <= 1, 'rows of different length'),
        ),
  },
  {
    id: 'list-items',
    clause: 'ISO 14289-1 7.6',
    check: (subject) =>
      elementsOf(subject).flatMap((element) => {
        if (element.type === 'LI')
          return unless(
            element.children.some(({ type }) => type === 'LBody'),
            'an item without body',
          )
        if (element.type !== 'L') return []
        const numbering = subject.model.name(attribute(element, subject, 'ListNumbering'))
        const labelled = element.children.some(({ children }) => children.some(({ type }) => type === 'Lbl'))
        return unless(
          labelled ? numbering === 'Decimal' || numbering === 'Disc' : numbering === 'None',
          'a list that does not say how it is numbered',
        )
      }),
  },
  {
    id: 'figures',
    clause: 'ISO 14289-1 7.3',
    check: (subject) =>
      elementsOf(subject)
        .filter(({ type }) => type === 'Figure')
        .flatMap((figure) => {
          const alternative = figure.dictionary.get('Alt')
          return [
            ...unless(alternative instanceof PdfString && alternative.text !== '', 'a figure without words'),
            ...unless(subject.model.list(attribute(figure, subject, 'BBox')).length === 4, 'a figure without a box'),
            ...unless(figure.content.length > 0, 'a figure without content'),
          ]
        }),
  },
]

function rowsOf(table: Element): Element[] {
  return table.children.flatMap((child) =>
    child.type === 'TR' ? [child] : child.type === 'Caption' ? [] : child.children,
  )
}
