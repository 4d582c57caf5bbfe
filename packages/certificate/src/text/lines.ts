import type { FontName } from './fonts.ts'
import { type Measured, measure, setText, sizeOf, type TextSetting } from './measure.ts'
import type { Item, Piece } from './paragraph.ts'
import type { SetGlyph, Typesetter } from './typesetter.ts'

export type { TextSetting } from './measure.ts'

/** Glyphs of one font, at `x` from the beginning of their line (its left edge), in logical order among a line's runs. */
export interface GlyphRun {
  readonly font: FontName
  readonly size: number
  readonly x: number
  readonly width: number
  readonly glyphs: readonly SetGlyph[]
  readonly text: string
  readonly piece: Piece
  readonly isBurmese: boolean
}

/** One line; lengths in points. The width is without the spaces at its end, which are set nevertheless. */
export interface Line {
  readonly runs: readonly GlyphRun[]
  readonly width: number
  readonly ascent: number
  readonly descent: number
}

/** Sums of many advances do not come out exact: a column made for its widest cell must take it. */
const TOLERANCE = 0.01

/**
 * The last place up to which an unbreakable stretch fits, at least one cluster. Codes are cut after a space if they have
 * one; names away from spaces, or else before one, where it shows as an indent.
 */
function cutInside({ text, clusters, items }: Measured, from: number, tooFar: number): number {
  const style = items.find((item) => item.from <= from && from < item.to)?.piece.style
  const isWanted = (index: number): boolean => {
    const before = text[index - 1] === ' '
    const after = text[index] === ' '
    return style === 'code' ? before && !after : !before && !after
  }
  const isBearable = (index: number): boolean => style !== 'name' || text[index - 1] !== ' '
  for (const isGood of [isWanted, isBearable, () => true])
    for (let index = tooFar; index > from; index -= 1) if (clusters[index] === 1 && isGood(index)) return index
  let index = from + 1
  while (index < text.length && clusters[index] !== 1) index += 1
  return index
}

/** Ranges of lines; spaces at a range's end hang outside. */
function rangesOf(measured: Measured, width: number): (readonly [number, number])[] {
  const { text, opportunities, along } = measured
  const ranges: (readonly [number, number])[] = []
  let from = 0
  let last = 0
  let index = 0
  const end = (to: number, next: number): void => {
    ranges.push([from, to])
    from = next
    last = next
    index = next
  }
  while (index < text.length) {
    if (text[index] === '\n') {
      end(index, index + 1)
      continue
    }
    if (opportunities[index] === 1) last = index
    const fits = text[index] === ' ' || (along[index + 1] ?? 0) - (along[from] ?? 0) <= width + TOLERANCE
    if (fits) index += 1
    else {
      const cut = last > from ? last : cutInside(measured, from, index)
      end(cut, cut)
    }
  }
  if (from < text.length || ranges.length === 0) ranges.push([from, text.length])
  return ranges
}

/** UAX #9 L2, on runs: from the highest level down to the lowest odd one, reverse what is at it or above. */
function visualOrder(levels: readonly number[]): number[] {
  const order = levels.map((_, index) => index)
  const odd = levels.filter((level) => level % 2 === 1)
  if (odd.length === 0) return order
  for (let level = Math.max(...levels); level >= Math.min(...odd); level -= 1)
    for (let at = 0; at < order.length; at += 1) {
      let to = at
      while (to < order.length && (levels[order[to] ?? 0] ?? 0) >= level) to += 1
      if (to > at) order.splice(at, to - at, ...order.slice(at, to).reverse())
      at = to
    }
  return order
}

function lineOf(
  { text, items, baseLevel }: Measured,
  [from, to]: readonly [number, number],
  setting: TextSetting,
  typesetter: Typesetter,
): Line {
  let trimmed = to
  while (trimmed > from && text[trimmed - 1] === ' ') trimmed -= 1
  const parts: { item: Item; level: number; text: string }[] = []
  for (const item of items) {
    if (item.to <= from || item.from >= to) continue
    const begin = Math.max(from, item.from)
    const middle = Math.min(Math.max(trimmed, begin), Math.min(to, item.to))
    if (middle > begin) parts.push({ item, level: item.level, text: text.slice(begin, middle) })
    // UAX #9 L1: spaces at the end of a line take the direction of the paragraph.
    if (Math.min(to, item.to) > middle)
      parts.push({ item, level: baseLevel, text: text.slice(middle, Math.min(to, item.to)) })
  }
  const set = parts.map(({ item, level, text: stretch }) => {
    const face = typesetter.face(item.font)
    const glyphs = setText(stretch, { ...item, level }, face, setting)
    const size = sizeOf(item.piece, setting)
    let advance = 0
    for (const glyph of glyphs) advance += glyph.advance
    return { item, face, glyphs, size, text: stretch, width: (advance * size) / 1000 }
  })
  const hanging = baseLevel === 1 ? set.slice(-1).filter(({ text: stretch }) => /^ +$/.test(stretch)) : []
  let x = -hanging.reduce((sum, { width }) => sum + width, 0)
  const places = new Float64Array(set.length)
  for (const index of visualOrder(parts.map(({ level }) => level))) {
    places[index] = x
    x += set[index]?.width ?? 0
  }
  const heights = set.length > 0 ? set : [{ face: typesetter.face('sans'), size: setting.size }]
  const trailing = set.filter(({ text: stretch }) => /^ +$/.test(stretch)).at(-1)
  const isHangingRight = baseLevel === 0 && trailing !== undefined && trailing === set.at(-1)
  return {
    runs: set.map(({ item, glyphs, size, text: stretch, width }, index) => ({
      font: item.font,
      size,
      x: places[index] ?? 0,
      width,
      glyphs,
      text: stretch,
      piece: item.piece,
      isBurmese: item.script === 'Mymr',
    })),
    width: x - (isHangingRight ? trailing.width : 0),
    ascent: Math.max(...heights.map(({ face, size }) => (face.ascent * size) / 1000)),
    descent: Math.max(...heights.map(({ face, size }) => (face.descent * size) / 1000)),
  }
}

/** Pieces broken into lines of at most `width` points. There is always one line, perhaps an empty one. */
export function breakLines(
  pieces: readonly Piece[],
  width: number,
  setting: TextSetting,
  typesetter: Typesetter,
): Line[] {
  const measured = measure(pieces, setting, typesetter)
  return rangesOf(measured, width).map((range) => lineOf(measured, range, setting, typesetter))
}

/** The width that the pieces want on one line, in points, and that of their widest unbreakable stretch. */
export function widthsOf(
  pieces: readonly Piece[],
  setting: TextSetting,
  typesetter: Typesetter,
): { readonly whole: number; readonly widest: number } {
  const { text, opportunities, along } = measure(pieces, setting, typesetter)
  let whole = 0
  let widest = 0
  let line = 0
  let word = 0
  for (let index = 0; index <= text.length; index += 1) {
    const isEnd = index === text.length || text[index] === '\n'
    if (isEnd || opportunities[index] === 1) {
      let trimmed = index
      while (trimmed > word && text[trimmed - 1] === ' ') trimmed -= 1
      widest = Math.max(widest, (along[trimmed] ?? 0) - (along[word] ?? 0))
      word = index
    }
    if (isEnd) {
      whole = Math.max(whole, (along[index] ?? 0) - (along[line] ?? 0))
      line = index + 1
    }
  }
  return { whole, widest }
}
