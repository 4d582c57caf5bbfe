import type { DocumentBlock, Tone } from '@probatum/words'
import type { Page } from '../pdf/page.ts'
import { fullHeight } from './flow.ts'
import {
  addLines,
  BLOCK_GAP,
  BODY,
  heightOf,
  type SetLine,
  type Setter,
  setRuns,
  startOf,
  totalHeight,
} from './setter.ts'

const SIGN = 30
const PADDING = 7

/** The ground of the sign and its frame: each tone has a grey and a shape of its own. */
const GROUNDS: Readonly<Record<Tone, number>> = { match: 0.93, mismatch: 0.35, undecided: 0.78, 'not-checked': 1 }

/** Tick in a square, cross in an octagon, bar in a diamond, dash in a circle. */
export function drawSign(page: Page, tone: Tone, x: number, y: number, radius: number): void {
  const at = (dx: number, dy: number): readonly [number, number] => [x + dx * radius, y + dy * radius]
  const outline = { width: 1.2, fill: tone === 'mismatch' ? 0 : 1, close: true }
  const stroke = { width: radius / 4, grey: tone === 'mismatch' ? 1 : 0 }
  const corner = 0.414
  if (tone === 'match') {
    page.path([at(-0.9, -0.9), at(0.9, -0.9), at(0.9, 0.9), at(-0.9, 0.9)], outline)
    page.path([at(-0.5, 0), at(-0.1, -0.45), at(0.55, 0.5)], stroke)
  } else if (tone === 'mismatch') {
    const ring = [
      at(-1, -corner),
      at(-corner, -1),
      at(corner, -1),
      at(1, -corner),
      at(1, corner),
      at(corner, 1),
      at(-corner, 1),
      at(-1, corner),
    ]
    page.path(ring, outline)
    page.path([at(-0.45, -0.45), at(0.45, 0.45)], stroke)
    page.path([at(-0.45, 0.45), at(0.45, -0.45)], stroke)
  } else if (tone === 'undecided') {
    page.path([at(0, -1.1), at(1.1, 0), at(0, 1.1), at(-1.1, 0)], outline)
    page.path([at(0, -0.45), at(0, 0.45)], stroke)
  } else {
    page.circle(x, y, radius * 0.95, { width: 1.2, fill: 1 })
    page.path([at(-0.5, 0), at(0.5, 0)], stroke)
  }
}

/** A box with a sign, a word and a sentence. */
export function setAnswer(
  setter: Setter,
  { tone, question, word, runs }: Extract<DocumentBlock, { kind: 'answer' }>,
): void {
  const { flow, left, width, rightToLeft } = setter
  const section = setter.structure.add('Sect', setter.parent)
  const band = SIGN + 2 * PADDING
  const textLeft = rightToLeft ? left + PADDING : left + band + PADDING
  const textWidth = width - band - 2 * PADDING
  const parts: { readonly element: ReturnType<Setter['structure']['add']>; readonly lines: readonly SetLine[] }[] = []
  const add = (lines: readonly SetLine[]): void => {
    parts.push({ element: setter.structure.add('P', section), lines })
  }
  if (question !== '') add(setRuns(setter, [{ text: question }], textWidth, { size: 9, codeSize: 8 }))
  add(setRuns(setter, [{ text: word, style: 'strong' }], textWidth, { size: 13, codeSize: 12 }))
  if (runs.length > 0) add(setRuns(setter, runs, textWidth, BODY))
  const height = Math.max(band, parts.reduce((sum, { lines }) => sum + totalHeight(lines), 0) + 2 * PADDING)
  if (height > fullHeight(flow.body)) {
    // Longer than a page: without the box, so that it can go on.
    for (const { element, lines } of parts) addLines(flow, element, lines, { gap: BLOCK_GAP, left, width: textWidth })
    return
  }
  flow.add({
    height,
    gap: BLOCK_GAP,
    draw(page, top) {
      const bandLeft = rightToLeft ? left + width - band : left
      const bottom = top - height
      page.rectangle(bandLeft, bottom, band, height, GROUNDS[tone])
      page.path(
        [
          [left, bottom],
          [left + width, bottom],
          [left + width, top],
          [left, top],
        ],
        { width: tone === 'mismatch' ? 1.6 : 0.75, close: true },
      )
      drawSign(page, tone, bandLeft + band / 2, top - height / 2, SIGN / 2)
      let y = top - PADDING
      for (const { element, lines } of parts)
        for (const set of lines) {
          page.text(element, set.line, startOf(set, textLeft, textWidth), y - set.line.ascent, set.grey)
          y -= heightOf(set)
        }
    },
  })
}
