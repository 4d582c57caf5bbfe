import type { DocumentBlock, Tone } from '@probatum/words'
import type { Page } from '../pdf/page.ts'
import { fullHeight } from './flow.ts'
import { addLines, drawLines, firstAscent, lowered, rowHeight, type SetLine, type Setter, setRuns } from './setter.ts'

/** The ground of the sign and its frame: each tone has a grey and a shape of its own. */
const GROUNDS: Readonly<Record<Tone, number>> = { match: 0.93, mismatch: 0.35, undecided: 0.78, 'not-checked': 1 }

/** Tick in a square, cross in an octagon, bar in a diamond, dash in a circle. */
function drawSign(page: Page, tone: Tone, x: number, y: number, radius: number): void {
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

/** Between a question and the word behind it. */
const WORD_GAP = 8
/** Of the width of a box: a question and its word that leave less of it stand one below the other. */
const MOST_SHORT = 0.96
/** Of the width: a longer word stands above its sentence. */
const MOST_WORD = 0.3

interface Part {
  readonly element: ReturnType<Setter['structure']['add']>
  readonly lines: readonly SetLine[]
  readonly left: number
  readonly width: number
}

/** Parts side by side on one baseline, or a part alone. */
type Row = readonly Part[]

/** Question, word and sentence; the word behind its question where the density says so and both have room. */
function rowsOf(
  setter: Setter,
  { question, word, runs }: Extract<DocumentBlock, { kind: 'answer' }>,
  left: number,
  width: number,
): Row[] {
  const { density, structure, rightToLeft } = setter
  const { answer } = density
  const section = structure.add('Sect', setter.parent)
  const part = (lines: readonly SetLine[]): Part => ({ element: structure.add('P', section), lines, left, width })
  const asked = question === '' ? [] : setRuns(setter, [{ text: question }], width, answer.question)
  const said = setRuns(setter, [{ text: word, style: 'strong' }], width, answer.word)
  const [ask] = asked
  const [say] = said
  const widths = (ask?.line.width ?? 0) + WORD_GAP + (say?.line.width ?? 0)
  const isShort = answer.isShort && asked.length === 1 && said.length === 1 && widths <= width * MOST_SHORT
  const behind = (taken: number) => ({ left: rightToLeft ? left : left + taken, width: width - taken })
  const told = (room: number) => (runs.length > 0 ? [part(setRuns(setter, runs, room, density.body))] : [])
  if (isShort && ask !== undefined)
    return [[part(asked), { ...part(said), ...behind(ask.line.width + WORD_GAP) }], told(width)]
  // Without a question the sentence stands behind the word.
  const taken = (say?.line.width ?? 0) + WORD_GAP
  if (answer.isShort && asked.length === 0 && said.length === 1 && taken <= width * MOST_WORD)
    return [[part(said), ...told(width - taken).map((sentence) => ({ ...sentence, ...behind(taken) }))]]
  return [...(asked.length > 0 ? [[part(asked)]] : []), [part(said)], told(width)]
}

/** A box with a sign, a word and a sentence. */
export function setAnswer(setter: Setter, block: Extract<DocumentBlock, { kind: 'answer' }>): void {
  const { flow, left, width, rightToLeft, density } = setter
  const { tone } = block
  const { sign, padding } = density.answer
  const band = sign + 2 * padding
  const textLeft = rightToLeft ? left + padding : left + band + padding
  const rows = rowsOf(setter, block, textLeft, width - band - 2 * padding)
  const height = Math.max(band, rows.reduce((sum, row) => sum + rowHeight(row), 0) + 2 * padding)
  if (height > fullHeight(flow.body)) {
    // Longer than a page: without the box, so that it can go on.
    for (const part of rows.flat()) addLines(flow, part.element, part.lines, { gap: density.gap, ...part, left })
    return
  }
  flow.add({
    height,
    gap: density.gap,
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
      drawSign(page, tone, bandLeft + band / 2, top - height / 2, sign / 2)
      let rowTop = top - padding
      for (const row of rows) {
        const ascent = firstAscent(row)
        for (const part of row) drawLines(page, part.element, part.lines, part, rowTop - lowered(part, ascent))
        rowTop -= rowHeight(row)
      }
    },
  })
}
