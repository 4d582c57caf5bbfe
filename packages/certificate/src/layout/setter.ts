import { asciiString, type Value } from '../pdf/objects.ts'
import type { Outline } from '../pdf/outline.ts'
import type { Grey, Owner, Page } from '../pdf/page.ts'
import type { StructureElement, StructureTree } from '../pdf/structure.ts'
import { breakLines, type Line, type TextSetting } from '../text/lines.ts'
import { displayRuns, type InputRun, type Piece } from '../text/paragraph.ts'
import type { Typesetter } from '../text/typesetter.ts'
import type { Density } from './density.ts'
import type { Flow } from './flow.ts'

/** Where and how blocks are set. */
export interface Setter {
  readonly flow: Flow
  readonly density: Density
  readonly typesetter: Typesetter
  readonly structure: StructureTree
  readonly outline: Outline
  readonly parent: StructureElement
  /** The column, in points from the left edge of the page. */
  readonly left: number
  readonly width: number
  readonly language: string
  readonly rightToLeft: boolean
}

/** Sizes in points: text, and `code` and `name` within it. */
export interface Sizes {
  readonly size: number
  readonly codeSize: number
}

/** 64 hexadecimal digits of 7 points are 269 points wide: they stand beside a number and a path. */
export const TABLE: Sizes = { size: 7.5, codeSize: 7 }
export const COMMAND: Sizes = { size: 8, codeSize: 8 }

/** Of the ASCII form under a name. */
const ASCII_FORM_GREY = 0.3

export interface SetLine {
  readonly line: Line
  readonly grey: Grey
  /** At the right edge of its column. */
  readonly alignRight: boolean
}

/** The one language of all runs, where that is not the document's. */
export function languageOf(setter: Setter, runs: readonly InputRun[]): string | undefined {
  const [first] = runs
  const isOne = first?.lang !== undefined && runs.every(({ lang }) => lang === first.lang)
  return isOne && first.lang !== setter.language ? first.lang : undefined
}

/**
 * A setter for an element in another language, in the direction of that, and what the structure says of it: its Lang (ISO 14289-1 §7.2),
 * so that a screen reader speaks it as what it is.
 */
export function inLanguage(
  setter: Setter,
  language: string | undefined,
): { readonly setter: Setter; readonly entries: { readonly Lang?: Value } } {
  if (language === undefined || !/^[A-Za-z0-9-]+$/.test(language)) return { setter, entries: {} }
  const rightToLeft = /^ar\b/.test(language)
  return { setter: { ...setter, language, rightToLeft }, entries: { Lang: asciiString(language) } }
}

export const heightOf = ({ line }: SetLine): number => line.ascent + line.descent

export const totalHeight = (lines: readonly SetLine[]): number => lines.reduce((sum, line) => sum + heightOf(line), 0)

export function settingFor(
  { language, rightToLeft }: Pick<Setter, 'language' | 'rightToLeft'>,
  sizes: Sizes,
  kerning: boolean,
): TextSetting {
  return { ...sizes, kerning, language, rightToLeft }
}

const isFixed = ({ style }: Piece): boolean => style === 'code' || style === 'name'

/** Runs as lines for a column, the ASCII forms of names below them. */
export function setRuns(
  setter: Pick<Setter, 'typesetter' | 'language' | 'rightToLeft' | 'density'>,
  runs: readonly InputRun[],
  width: number,
  sizes: Sizes,
  options: { readonly kerning?: boolean; readonly grey?: Grey; readonly isCell?: boolean } = {},
): SetLine[] {
  const { pieces, ascii } = displayRuns(runs, setter.typesetter)
  // In a table a column of codes or names keeps to its left edge, whatever the language.
  const rightToLeft = setter.rightToLeft && !(options.isCell === true && pieces.every(isFixed))
  const setting = settingFor({ language: setter.language, rightToLeft }, sizes, options.kerning ?? true)
  const { leading } = setter.density
  const lead = (line: Line): Line =>
    leading === 1 ? line : { ...line, ascent: line.ascent * leading, descent: line.descent * leading }
  const lines = breakLines(pieces, width, setting, setter.typesetter).map(lead)
  const plain = { ...setting, rightToLeft: false }
  const below = ascii.flatMap((text) =>
    breakLines([{ text, style: 'name' }], width, plain, setter.typesetter).map(lead),
  )
  return [
    ...lines.map((line) => ({ line, grey: options.grey ?? 0, alignRight: rightToLeft })),
    ...below.map((line) => ({ line, grey: ASCII_FORM_GREY, alignRight: rightToLeft })),
  ]
}

/** The left edge of a line in its column. */
export function startOf({ line, alignRight }: SetLine, left: number, width: number): number {
  return alignRight ? left + width - line.width : left
}

/** Draws lines one below the other. @returns where the last one ends */
export function drawLines(
  page: Page,
  owner: Owner,
  lines: readonly SetLine[],
  { left, width }: { readonly left: number; readonly width: number },
  top: number,
): number {
  let y = top
  for (const set of lines) {
    page.text(owner, set.line, startOf(set, left, width), y - set.line.ascent, set.grey)
    y -= heightOf(set)
  }
  return y
}

interface Lined {
  readonly lines: readonly SetLine[]
}

/** How far the first baseline of parts side by side lies below their top. */
export const firstAscent = (row: readonly Lined[]): number =>
  Math.max(0, ...row.map(({ lines: [first] }) => first?.line.ascent ?? 0))

/** Where the lines of a part begin, so that all parts of a row stand on one baseline. */
export const lowered = ({ lines: [first] }: Lined, ascent: number): number =>
  first === undefined ? 0 : ascent - first.line.ascent

/** Of parts side by side. */
export function rowHeight(row: readonly Lined[]): number {
  const ascent = firstAscent(row)
  return Math.max(0, ...row.map((part) => totalHeight(part.lines) + lowered(part, ascent)))
}

export interface LinesOptions {
  readonly gap: number
  readonly left: number
  readonly width: number
  /** All of it stands on the page of what follows. */
  readonly keepWithNext?: boolean
  /** Drawn with the first line. */
  readonly beside?: (page: Parameters<Parameters<Flow['add']>[0]['draw']>[0], baseline: number, top: number) => void
}

/** Lines one below the other; neither the first nor the last line stands on a page alone. */
export function addLines(flow: Flow, owner: Owner, lines: readonly SetLine[], options: LinesOptions): void {
  for (const [index, set] of lines.entries()) {
    const isBeforeLast = index === lines.length - 2
    flow.add({
      height: heightOf(set),
      gap: index === 0 ? options.gap : 0,
      keepWithNext: options.keepWithNext === true || (index === 0 && lines.length > 1) || isBeforeLast,
      draw(page, top) {
        const baseline = top - set.line.ascent
        if (index === 0) options.beside?.(page, baseline, top)
        page.text(owner, set.line, startOf(set, options.left, options.width), baseline, set.grey)
      },
    })
  }
}
