import type { TableCell, TableColumn } from '@probatum/words'
import { widthsOf } from '../text/lines.ts'
import { displayRuns } from '../text/paragraph.ts'
import { type Setter, settingFor, TABLE } from './setter.ts'

/** Left and right of the text of a cell. */
export const PADDING_X = 3
/** A flexible column keeps at least this. */
const LEAST_FLEXIBLE = 56
/** A column that wants more than this share of the table is set on two lines (128 digits of SHA-512). */
const MOST_FIT = 0.62

export interface Column {
  readonly left: number
  readonly width: number
}

/** A code of up to so many characters is not broken to make room. */
const WHOLE_CODE = 64

interface Wish {
  /** All on one line; 0 for a column that is not `fit`. */
  readonly whole: number
  /** Nothing broken inside. */
  readonly least: number
}

/** The widths that `fit` columns want, from all their cells. */
function wishesOf(setter: Setter, columns: readonly TableColumn[], rows: readonly (readonly TableCell[])[]): Wish[] {
  const setting = settingFor(setter, TABLE, false)
  const digit = (setter.typesetter.face('mono').ascii[0x30]?.advance ?? 0) * (TABLE.codeSize / 1000)
  return columns.map(({ header, width }, index) => {
    if (width !== 'fit') return { whole: 0, least: 0 }
    const { pieces } = displayRuns([{ text: header, style: 'strong' }], setter.typesetter)
    const { widest } = widthsOf(pieces, setting, setter.typesetter)
    let whole = widest
    let least = widest
    const seen = new Set<number>()
    for (const row of rows) {
      const runs = row[index] ?? []
      const [only] = runs
      // Codes are of fixed width: one of each length is measured.
      if (runs.length === 1 && only?.style === 'code' && /^[ -~]*$/.test(only.text)) {
        if (seen.has(only.text.length)) continue
        seen.add(only.text.length)
      }
      const cell = widthsOf(displayRuns(runs, setter.typesetter).pieces, setting, setter.typesetter)
      whole = Math.max(whole, cell.whole)
      least = Math.max(least, Math.min(cell.widest, WHOLE_CODE * digit))
    }
    if (whole > setter.width * MOST_FIT) whole = Math.max(least, whole / 2 + digit / 2)
    const room = 2 * PADDING_X + 0.1
    return { whole: whole + room, least: least + room }
  })
}

/** Columns of these widths side by side, from where the language begins. */
export function placeColumns(setter: Setter, widths: readonly number[]): Column[] {
  const total = widths.reduce((sum, width) => sum + width, 0)
  let along = 0
  return widths.map((width) => {
    const left = setter.rightToLeft ? setter.left + setter.width - along - width : setter.left + along
    along += width
    return { left: setter.rightToLeft ? left : Math.min(left, setter.left + total), width }
  })
}

/** Where the columns of a table stand: what is `fit` by what it holds, the others by their shares of the rest. */
export function columnsOf(
  setter: Setter,
  columns: readonly TableColumn[],
  rows: readonly (readonly TableCell[])[],
): Column[] {
  const wishes = wishesOf(setter, columns, rows)
  const shares = columns.map(({ width }) => (width === 'fit' ? 0 : Math.max(width, 0.01)))
  const flexible = shares.filter((share) => share > 0).length
  const most = setter.width - Math.min(flexible * LEAST_FLEXIBLE, setter.width / 2)
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)
  let fit = wishes.map(({ whole }) => whole)
  const excess = sum(fit) - most
  if (excess > 0) {
    // What can be broken between words gives way first, then everything.
    const slack = wishes.map(({ whole, least }) => whole - least)
    const given = Math.min(1, excess / Math.max(sum(slack), 0.001))
    fit = fit.map((width, index) => width - (slack[index] ?? 0) * given)
    const still = sum(fit) - most
    if (still > 0.01) fit = fit.map((width) => (width * most) / (most + still))
  }
  return placeColumns(setter, flexibleWidths(fit, shares, setter.width - sum(fit)))
}

/** Shares of the rest; none so small that a word of two syllables has no room. */
function flexibleWidths(fit: readonly number[], shares: readonly number[], rest: number): number[] {
  const flexible = shares.filter((share) => share > 0).length
  const least = Math.min(LEAST_FLEXIBLE, rest / Math.max(1, flexible))
  const widths = [...fit]
  const open = new Set([...shares.keys()].filter((index) => (shares[index] ?? 0) > 0))
  for (let room = rest, again = true; again; ) {
    again = false
    const total = [...open].reduce((sum, index) => sum + (shares[index] ?? 0), 0)
    for (const index of open) {
      widths[index] = (room * (shares[index] ?? 0)) / total
      if (widths[index] < least) {
        widths[index] = least
        open.delete(index)
        room -= least
        again = true
        break
      }
    }
  }
  return widths
}

/** What the text of a cell has. */
export const cellWidth = ({ width }: Column): number => width - 2 * PADDING_X
