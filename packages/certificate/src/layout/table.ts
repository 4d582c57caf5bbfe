import type { DocumentBlock, TableCell, TableColumn } from '@probatum/words'
import type { Owner, Page } from '../pdf/page.ts'
import type { StructureElement } from '../pdf/structure.ts'
import { widthsOf } from '../text/lines.ts'
import { displayRuns } from '../text/paragraph.ts'
import { fullHeight, type Unit } from './flow.ts'
import {
  addLines,
  BLOCK_GAP,
  FACTS,
  heightOf,
  type SetLine,
  type Setter,
  type Sizes,
  setRuns,
  settingFor,
  startOf,
  TABLE,
  totalHeight,
} from './setter.ts'

const PADDING_X = 3
const PADDING_Y = 2
const RULE = 0.35
const RULE_GREY = 0.6
const HEADER_RULE = 0.8
const HEADER_GREY = 0.92
/** A flexible column keeps at least this. */
const LEAST_FLEXIBLE = 56
/** A column that wants more than this share of the table is set on two lines (128 digits of SHA-512). */
const MOST_FIT = 0.62

interface Column {
  readonly left: number
  readonly width: number
}

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
): Unit[] {
  const height = Math.max(...cells.map(({ lines }) => totalHeight(lines)), 0) + 2 * PADDING_Y
  const slices = height <= room ? [cells] : divide(cells, room - 2 * PADDING_Y)
  return slices.map((slice, index) => {
    const own = Math.max(...slice.map(({ lines }) => totalHeight(lines)), 0) + 2 * PADDING_Y
    return {
      height: own,
      gap: 0,
      draw(page, top) {
        decorate(page, top, own, index === slices.length - 1)
        for (const { owner, lines, column } of slice) {
          let y = top - PADDING_Y
          for (const set of lines) {
            const x = startOf(set, column.left + PADDING_X, column.width - 2 * PADDING_X)
            page.text(owner, set.line, x, y - set.line.ascent, set.grey)
            y -= heightOf(set)
          }
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

/** The widths that `fit` columns want, from all their cells. */
function fitWidths(setter: Setter, columns: readonly TableColumn[], rows: readonly (readonly TableCell[])[]): number[] {
  const setting = settingFor(setter, TABLE, false)
  return columns.map(({ header, width }, index) => {
    if (width !== 'fit') return 0
    const { pieces } = displayRuns([{ text: header, style: 'strong' }], setter.typesetter)
    let widest = widthsOf(pieces, setting, setter.typesetter).widest
    const seen = new Map<string, number>()
    for (const row of rows) {
      const runs = row[index] ?? []
      const [only] = runs
      // Codes are of fixed width: one of each length is measured.
      const key =
        runs.length === 1 && only?.style === 'code' && /^[ -~]*$/.test(only.text)
          ? `code ${only.text.length}`
          : undefined
      const known = key === undefined ? undefined : seen.get(key)
      const whole = known ?? widthsOf(displayRuns(runs, setter.typesetter).pieces, setting, setter.typesetter).whole
      if (key !== undefined) seen.set(key, whole)
      widest = Math.max(widest, whole)
    }
    if (widest > setter.width * MOST_FIT) widest = widest / 2 + TABLE.codeSize * 0.35
    return widest + 2 * PADDING_X + 0.1
  })
}

function placeColumns(setter: Setter, widths: readonly number[]): Column[] {
  const total = widths.reduce((sum, width) => sum + width, 0)
  let along = 0
  return widths.map((width) => {
    const left = setter.rightToLeft ? setter.left + setter.width - along - width : setter.left + along
    along += width
    return { left: setter.rightToLeft ? left : Math.min(left, setter.left + total), width }
  })
}

function columnsOf(setter: Setter, columns: readonly TableColumn[], rows: readonly (readonly TableCell[])[]): Column[] {
  const fit = fitWidths(setter, columns, rows)
  const shares = columns.map(({ width }) => (width === 'fit' ? 0 : Math.max(width, 0.01)))
  const shareSum = shares.reduce((sum, share) => sum + share, 0)
  const flexible = shares.filter((share) => share > 0).length
  const most = setter.width - flexible * LEAST_FLEXIBLE
  let fitSum = fit.reduce((sum, width) => sum + width, 0)
  if (fitSum > most) {
    // The widest gives way first; its cells are then broken.
    const capped = [...fit]
    while (fitSum > most) {
      const widest = Math.max(...capped)
      const at = capped.indexOf(widest)
      const next = Math.max(...capped.filter((_, index) => index !== at), 0)
      const less = Math.min(fitSum - most, Math.max(widest - next, 1))
      capped[at] = widest - less
      fitSum -= less
    }
    return placeColumns(setter, spread(setter.width, capped, shares, shareSum, fitSum))
  }
  return placeColumns(setter, spread(setter.width, fit, shares, shareSum, fitSum))
}

const spread = (
  width: number,
  fit: readonly number[],
  shares: readonly number[],
  shareSum: number,
  fitSum: number,
): number[] =>
  fit.map((own, index) => ((shares[index] ?? 0) > 0 ? ((width - fitSum) * (shares[index] ?? 0)) / shareSum : own))

const cellWidth = ({ width }: Column): number => width - 2 * PADDING_X

export function setTable(setter: Setter, { caption, columns, rows }: Extract<DocumentBlock, { kind: 'table' }>): void {
  const { flow, structure } = setter
  const table = structure.add('Table', setter.parent)
  if (caption !== '') {
    const element = structure.add('Caption', table)
    const lines = setRuns(setter, [{ text: caption, style: 'strong' }], setter.width, { size: 9, codeSize: 8 })
    addLines(flow, element, lines, { gap: BLOCK_GAP + 2, left: setter.left, width: setter.width, keepWithNext: true })
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
  const [repeated] = header(columns.map(() => 'Layout' as const))
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
  const setting = settingFor(setter, FACTS, true)
  const wanted = Math.max(
    ...rows.map(({ term }) => {
      const { pieces } = displayRuns([{ text: term, style: 'strong' }], setter.typesetter)
      return widthsOf(pieces, setting, setter.typesetter).whole
    }),
  )
  const terms = Math.min(wanted + 4 * PADDING_X, setter.width * TERMS)
  const [termColumn, valueColumn] = placeColumns(setter, [terms, setter.width - terms])
  if (termColumn === undefined || valueColumn === undefined) return
  for (const [index, { term, value }] of rows.entries()) {
    const row = structure.add('TR', body)
    const head = structure.add('TH', row, { A: { O: 'Table', Scope: 'Row' } })
    const cell = structure.add('TD', row)
    const sizes: Sizes = FACTS
    const units = rowUnits(
      [
        {
          owner: head,
          lines: setRuns(setter, [{ text: term, style: 'strong' }], cellWidth(termColumn), sizes),
          column: termColumn,
        },
        { owner: cell, lines: setRuns(setter, value, cellWidth(valueColumn), sizes), column: valueColumn },
      ],
      fullHeight(flow.body),
      (page, top, height, isLast) => {
        if (index === 0) page.rule(setter.left, top, setter.width, RULE, RULE_GREY)
        if (isLast) page.rule(setter.left, top - height, setter.width, RULE, RULE_GREY)
      },
    )
    for (const [place, unit] of units.entries()) flow.add({ ...unit, gap: index === 0 && place === 0 ? BLOCK_GAP : 0 })
  }
}
