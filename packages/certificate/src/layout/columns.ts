import type { DocumentBlock, TextRun } from '@probatum/words'
import type { StructureElement } from '../pdf/structure.ts'
import { FRAME_GREY, FRAME_WIDTH, fullHeight } from './flow.ts'
import { drawLines, type SetLine, type Setter, setRuns, startOf, totalHeight } from './setter.ts'
import { type SetBlocks, setBox } from './text-blocks.ts'

type Block = Extract<DocumentBlock, { kind: 'columns' }>

const GUTTER = 8
const PADDING = 5
const MARKER_WIDTH = 9

interface Item {
  readonly label: StructureElement
  readonly body: StructureElement
  readonly marker: SetLine | undefined
  readonly lines: readonly SetLine[]
}

interface Column {
  readonly left: number
  readonly width: number
  readonly title: readonly SetLine[]
  readonly heading: StructureElement
  readonly items: readonly Item[]
}

/** What the first of two columns gets of the width: that with which both are lowest, the half before any of these. */
const SHARES = [0.6, 0.4, 0.65] as const

const titleOf = (setter: Setter, title: string, width: number): SetLine[] =>
  setRuns(setter, [{ text: title, style: 'strong' }], width - 2 * PADDING, setter.density.facts)

const itemOf = (setter: Setter, runs: readonly TextRun[], width: number): SetLine[] =>
  setRuns(setter, runs, width - 2 * PADDING - MARKER_WIDTH, setter.density.facts)

function heightWith(setter: Setter, columns: Block['columns'], widths: readonly number[]): number {
  const heights = columns.map(({ title, items }, index) => {
    const width = widths[index] ?? 0
    const texts = [titleOf(setter, title, width), ...items.map((item) => itemOf(setter, item, width))]
    return texts.reduce((sum, lines) => sum + totalHeight(lines), 2 * PADDING)
  })
  return Math.max(...heights)
}

/** Columns as wide as their texts want: a short one leaves room to a long one. */
function widthsOf(setter: Setter, columns: Block['columns']): { widths: readonly number[]; height: number } {
  const room = setter.width - GUTTER * (columns.length - 1)
  const even = columns.map(() => room / columns.length)
  let best = { widths: even, height: heightWith(setter, columns, even) }
  if (columns.length !== 2) return best
  for (const share of SHARES) {
    const widths = [room * share, room * (1 - share)]
    const height = heightWith(setter, columns, widths)
    if (height < best.height) best = { widths, height }
  }
  return best
}

/** Framed lists side by side. One is read to its end before the next begins, on the page as in its structure. */
export function setColumns(setter: Setter, { columns }: Block, setBlocks: SetBlocks): void {
  if (columns.length === 0) return
  const { flow, density, structure, rightToLeft } = setter
  const { widths, height } = widthsOf(setter, columns)
  if (height > fullHeight(flow.body)) {
    // Longer than a page: one below the other, so that they can go on.
    for (const { title, items } of columns)
      setBox(setter, { title, blocks: [{ kind: 'list', ordered: false, items }] }, setBlocks)
    return
  }
  let along = 0
  const set = columns.map(({ title, items }, index): Column => {
    const width = widths[index] ?? 0
    const from = rightToLeft ? setter.left + setter.width - along - width : setter.left + along
    along += width + GUTTER
    const section = structure.add('Sect', setter.parent)
    const heading = structure.add('P', section)
    const list = items.length === 0 ? section : structure.add('L', section, { A: { O: 'List', ListNumbering: 'Disc' } })
    return {
      left: from,
      width,
      heading,
      title: titleOf(setter, title, width),
      items: items.map((runs) => {
        const item = structure.add('LI', list)
        const [marker] = setRuns(setter, [{ text: '\u2022' }], MARKER_WIDTH, density.facts)
        const label = structure.add('Lbl', item)
        return { label, body: structure.add('LBody', item), marker, lines: itemOf(setter, runs, width) }
      }),
    }
  })
  flow.add({
    height,
    gap: density.gap,
    draw(page, top) {
      for (const { left, width, heading, title, items } of set) {
        const frame = [
          [left, top - height],
          [left + width, top - height],
          [left + width, top],
          [left, top],
        ] as const
        page.path(frame, { width: FRAME_WIDTH, grey: FRAME_GREY, close: true })
        const inner = left + PADDING
        const inside = width - 2 * PADDING
        let y = drawLines(page, heading, title, { left: inner, width: inside }, top - PADDING)
        for (const { label, body, marker, lines } of items) {
          const [first] = lines
          if (marker !== undefined && first !== undefined)
            page.text(label, marker.line, startOf(marker, inner, inside), y - first.line.ascent, marker.grey)
          const box = { left: rightToLeft ? inner : inner + MARKER_WIDTH, width: inside - MARKER_WIDTH }
          y = drawLines(page, body, lines, box, y)
        }
      }
    },
  })
}
