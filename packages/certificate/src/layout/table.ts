import type { DocumentBlock } from '@probatum/words'
import type { Owner, Page } from '../pdf/page.ts'
import type { StructureElement } from '../pdf/structure.ts'
import { widthsOf } from '../text/lines.ts'
import { displayRuns } from '../text/paragraph.ts'
import { fullHeight, type Unit } from './flow.ts'
import {
  addLines,
  drawLines,
  firstAscent,
  heightOf,
  inLanguage,
  lowered,
  rowHeight,
  type SetLine,
  type Setter,
  type Sizes,
  setRuns,
  settingFor,
  TABLE,
} from './setter.ts'
import { type Column, cellWidth, columnsOf, PADDING_X, placeColumns } from './table-columns.ts'

/** Above and below the text of a cell. */
const PADDING_Y = 2
const RULE = 0.35
const RULE_GREY = 0.6
const HEADER_RULE = 0.8
const HEADER_GREY = 0.92
/** The most of a page that a header may take and be set again. */
const MOST_REPEATED = 0.25

interface GridCell {
  readonly owner: Owner
  readonly lines: readonly SetLine[]
  readonly column: Column
}

/** Cells side by side, as units: one, or several where the row alone is higher than a page. */
function rowUnits(
  cells: readonly GridCell[],
  room: number,
  decorate: (page: Page, top: number, height: number, isLast: boolean) => void,
  padding = PADDING_Y,
): Unit[] {
  // Lowering the first baseline takes less than a line.
  const slices =
    rowHeight(cells) + 2 * padding <= room ? [cells] : divide(cells, room - 2 * padding - firstAscent(cells))
  return slices.map((slice, index) => {
    const height = rowHeight(slice) + 2 * padding
    const ascent = firstAscent(slice)
    return {
      height,
      gap: 0,
      draw(page, top) {
        decorate(page, top, height, index === slices.length - 1)
        for (const cell of slice) {
          const { owner, lines, column } = cell
          const box = { left: column.left + PADDING_X, width: cellWidth(column) }
          drawLines(page, owner, lines, box, top - padding - lowered(cell, ascent))
        }
      },
    }
  })
}

/** Lines of cells cut into slices of at most `room` points. */
function divide(cells: readonly GridCell[], room: number): GridCell[][] {
  const pieces = cells.map(({ lines }) => {
    const chunks: SetLine[][] = [[]]
    let used = 0
    for (const line of lines) {
      if (used > 0 && used + heightOf(line) > room) {
        chunks.push([])
        used = 0
      }
      chunks.at(-1)?.push(line)
      used += heightOf(line)
    }
    return chunks
  })
  const count = Math.max(...pieces.map((chunks) => chunks.length))
  return Array.from({ length: count }, (_, index) =>
    cells.map((cell, place) => ({ ...cell, lines: pieces[place]?.[index] ?? [] })),
  )
}

export function setTable(setter: Setter, { caption, columns, rows }: Extract<DocumentBlock, { kind: 'table' }>): void {
  const { flow, structure } = setter
  if (columns.length === 0) return
  const table = structure.add('Table', setter.parent)
  if (caption !== '') {
    const element = structure.add('Caption', table)
    const lines = setRuns(setter, [{ text: caption, style: 'strong' }], setter.width, { size: 9, codeSize: 8 })
    addLines(flow, element, lines, {
      gap: setter.density.gap + 2,
      left: setter.left,
      width: setter.width,
      keepWithNext: true,
    })
  }
  const places = columnsOf(setter, columns, rows)
  const left = Math.min(...places.map((place) => place.left))
  const width = places.reduce((sum, place) => sum + place.width, 0)
  const headerLines = columns.map(({ header }, index) => {
    const place = places[index] ?? { left, width }
    return setRuns(setter, [{ text: header, style: 'strong' }], cellWidth(place), TABLE, { kerning: false })
  })
  const header = (owners: readonly Owner[]): Unit[] =>
    rowUnits(
      owners.map((owner, index) => ({
        owner,
        lines: headerLines[index] ?? [],
        column: places[index] ?? { left, width },
      })),
      fullHeight(flow.body),
      (page, top, height) => {
        page.rectangle(left, top - height, width, height, HEADER_GREY)
        page.rule(left, top - height, width, HEADER_RULE, 0)
      },
    )
  const headRow = structure.add('TR', structure.add('THead', table))
  const heads = columns.map(() => structure.add('TH', headRow, { A: { O: 'Table', Scope: 'Column' } }))
  for (const unit of header(heads)) flow.add({ ...unit, gap: 3, keepWithNext: rows.length > 0 })
  // A header that takes much of a page is not set again on each.
  const [again, ...more] = header(columns.map(() => 'Layout' as const))
  const isShort = more.length === 0 && (again?.height ?? 0) <= fullHeight(flow.body) * MOST_REPEATED
  const repeated = isShort ? again : undefined
  const room = fullHeight(flow.body) - (repeated?.height ?? 0)
  const body = rows.length === 0 ? undefined : structure.add('TBody', table)
  for (const [index, row] of rows.entries()) {
    if (body === undefined) break
    const element = structure.add('TR', body)
    const cells = columns.map((_, place): GridCell => {
      const column = places[place] ?? { left, width }
      const lines = setRuns(setter, row[place] ?? [], cellWidth(column), TABLE, { kerning: false, isCell: true })
      return { owner: structure.add('TD', element), lines, column }
    })
    const units = rowUnits(cells, room, (page, top, height, isLast) => {
      if (isLast) page.rule(left, top - height, width, RULE, RULE_GREY)
    })
    for (const unit of units) flow.add(unit)
    if (index === 0) flow.repeatOnNewPages(repeated)
  }
  flow.repeatOnNewPages(undefined)
}

/** The most of the width that the names of facts take. */
const TERMS = 0.36

/** Names and values: a table whose row headers are the names. */
export function setFacts(setter: Setter, { rows }: Extract<DocumentBlock, { kind: 'facts' }>): void {
  if (rows.length === 0) return
  const { structure, flow } = setter
  const table: StructureElement = structure.add('Table', setter.parent)
  const body = structure.add('TBody', table)
  const setting = settingFor(setter, setter.density.facts, true)
  const wanted = Math.max(
    ...rows.map(({ term }) => {
      const { pieces } = displayRuns([{ text: term, style: 'strong' }], setter.typesetter)
      return widthsOf(pieces, setting, setter.typesetter).whole
    }),
  )
  const terms = Math.min(wanted + 4 * PADDING_X, setter.width * TERMS)
  const [termColumn, valueColumn] = placeColumns(setter, [terms, setter.width - terms])
  if (termColumn === undefined || valueColumn === undefined) return
  for (const [index, { term, lang, value }] of rows.entries()) {
    const row = structure.add('TR', body)
    const own = inLanguage(setter, lang)
    const head = structure.add('TH', row, { A: { O: 'Table', Scope: 'Row' }, ...own.entries })
    const cell = structure.add('TD', row)
    const sizes: Sizes = setter.density.facts
    const units = rowUnits(
      [
        {
          owner: head,
          lines: setRuns(own.setter, [{ text: term, style: 'strong' }], cellWidth(termColumn), sizes),
          column: termColumn,
        },
        { owner: cell, lines: setRuns(setter, value, cellWidth(valueColumn), sizes), column: valueColumn },
      ],
      fullHeight(flow.body),
      (page, top, height, isLast) => {
        if (index === 0) page.rule(setter.left, top, setter.width, RULE, RULE_GREY)
        if (isLast) page.rule(setter.left, top - height, setter.width, RULE, RULE_GREY)
      },
      setter.density.cellPadding,
    )
    for (const [place, unit] of units.entries())
      flow.add({ ...unit, gap: index === 0 && place === 0 ? setter.density.gap : 0 })
  }
}
