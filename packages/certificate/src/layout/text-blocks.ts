import type { DocumentBlock } from '@probatum/words'
import type { StructureType } from '../pdf/structure.ts'
import { displayText } from '../text/display.ts'
import type { InputRun } from '../text/paragraph.ts'
import { FRAME_GREY, FRAME_WIDTH } from './flow.ts'
import { addLines, COMMAND, heightOf, inLanguage, languageOf, type Setter, setRuns, startOf } from './setter.ts'

type Block<Kind extends DocumentBlock['kind']> = Extract<DocumentBlock, { kind: Kind }>

const HEADINGS: readonly { readonly type: StructureType; readonly size: number; readonly gap: number }[] = [
  { type: 'H1', size: 18, gap: 0 },
  { type: 'H2', size: 14, gap: 14 },
  { type: 'H3', size: 11.5, gap: 11 },
  { type: 'H4', size: 10, gap: 8 },
]

/** Level 0 is the title of the document; it has no bookmark. */
export function setHeading(
  setter: Setter,
  level: 0 | 1 | 2 | 3,
  text: string,
  runs: readonly InputRun[] = [{ text }],
): void {
  const style = HEADINGS[level]
  if (style === undefined || (level > 0 && text.trim() === '')) return
  const own = inLanguage(setter, languageOf(setter, runs))
  const element = setter.structure.add(style.type, setter.parent, own.entries)
  const strong = runs.map((run): InputRun => ({ ...run, style: 'strong' }))
  const size = level === 0 ? setter.density.title : style.size
  const lines = setRuns(own.setter, strong, setter.width, { size, codeSize: size })
  const bookmark = level === 0 ? undefined : setter.outline.add(level, displayText(text, setter.typesetter.hasGlyph))
  addLines(setter.flow, element, lines, {
    gap: style.gap,
    left: setter.left,
    width: setter.width,
    keepWithNext: true,
    beside: (page, _baseline, top) => bookmark?.place(page.ref, top + 4),
  })
}

const NUMBER_WIDTH = 26
const NUMBER_SIZE = 7
const NUMBER_GREY = 0.3

export function setParagraph(
  setter: Setter,
  { runs, number }: Omit<Block<'paragraph'>, 'kind'>,
  keepWithNext = false,
): void {
  const own = inLanguage(setter, languageOf(setter, runs))
  const element = setter.structure.add('P', setter.parent, own.entries)
  const indent = number === undefined ? 0 : NUMBER_WIDTH
  const width = setter.width - indent
  const left = setter.rightToLeft ? setter.left : setter.left + indent
  const label =
    number === undefined
      ? undefined
      : setRuns(
          setter,
          [{ text: `${number} `, style: 'code' }],
          NUMBER_WIDTH,
          { size: NUMBER_SIZE, codeSize: NUMBER_SIZE },
          {
            grey: NUMBER_GREY,
          },
        )[0]
  addLines(setter.flow, element, setRuns(own.setter, runs, width, setter.density.body), {
    gap: setter.density.gap,
    left,
    width,
    keepWithNext,
    beside(page, baseline) {
      if (label === undefined) return
      const x = setter.rightToLeft ? setter.left + setter.width - label.line.width : setter.left
      page.text(element, label.line, x, baseline, label.grey)
    },
  })
}

const MARKER_WIDTH = 14

export function setList(setter: Setter, { ordered, items }: Block<'list'>): void {
  if (items.length === 0) return
  const list = setter.structure.add('L', setter.parent, {
    A: { O: 'List', ListNumbering: ordered ? 'Decimal' : 'Disc' },
  })
  const widest = ordered ? MARKER_WIDTH + 6 * Math.max(0, String(items.length).length - 1) : MARKER_WIDTH
  for (const [index, runs] of items.entries()) {
    const item = setter.structure.add('LI', list)
    const label = setter.structure.add('Lbl', item)
    const body = setter.structure.add('LBody', item)
    const width = setter.width - widest
    const [marker] = setRuns(setter, [{ text: ordered ? `${index + 1}.` : '•' }], widest, setter.density.body)
    addLines(setter.flow, body, setRuns(setter, runs, width, setter.density.body), {
      gap: index === 0 ? setter.density.gap : 2,
      left: setter.rightToLeft ? setter.left : setter.left + widest,
      width,
      beside(page, baseline) {
        if (marker !== undefined) page.text(label, marker.line, startOf(marker, setter.left, setter.width), baseline)
      },
    })
  }
}

const FRAME_PADDING = 8

/** A frame around blocks, which may go on over pages. */
export function setBox(setter: Setter, { title, blocks }: Omit<Block<'box'>, 'kind'>, setBlocks: SetBlocks): void {
  const { flow, left, width } = setter
  const section = setter.structure.add('Sect', setter.parent)
  flow.add({
    height: FRAME_PADDING / 2,
    gap: setter.density.gap + 2,
    keepWithNext: true,
    draw(page, top) {
      page.rule(left, top, width, FRAME_WIDTH, FRAME_GREY)
      flow.openFrame({ left, width, top })
    },
  })
  const inner: Setter = { ...setter, parent: section, left: left + FRAME_PADDING, width: width - 2 * FRAME_PADDING }
  if (title !== '') {
    const heading = setter.structure.add('P', section)
    const lines = setRuns(inner, [{ text: title, style: 'strong' }], inner.width, setter.density.body)
    addLines(flow, heading, lines, { gap: 0, left: inner.left, width: inner.width, keepWithNext: true })
  }
  setBlocks(inner, blocks)
  flow.add({
    height: FRAME_PADDING,
    gap: 0,
    overhangs: true,
    draw: (_page, top) => flow.closeFrame(top - FRAME_PADDING),
  })
}

export type SetBlocks = (setter: Setter, blocks: readonly DocumentBlock[]) => void

const COMMAND_PADDING = 6
const CONTINUED = 14
const COMMAND_GREY = 0.94

/** Commands on a grey ground. A line that goes on ends with a bent arrow, which is drawn, so that nobody copies it. */
export function setCommands(setter: Setter, { lines: commands }: Block<'commands'>): void {
  const { flow, left, width } = setter
  if (commands.length === 0) return
  const group = setter.structure.add('P', setter.parent)
  const room = width - 2 * COMMAND_PADDING - 2 * CONTINUED
  for (const [index, command] of commands.entries()) {
    const element = setter.structure.add('Code', group)
    const lines = setRuns({ ...setter, rightToLeft: false }, [{ text: command, style: 'code' }], room, COMMAND, {
      kerning: false,
    })
    for (const [part, set] of lines.entries()) {
      const isFirst = index === 0 && part === 0
      const goesOn = part < lines.length - 1
      const height = heightOf(set) + 1
      flow.add({
        height,
        gap: isFirst ? setter.density.gap : 0,
        keepWithNext: goesOn,
        draw(page, top) {
          page.rectangle(left, top - height, width, height, COMMAND_GREY)
          const x = left + COMMAND_PADDING + (part === 0 ? 0 : CONTINUED)
          const baseline = top - set.line.ascent
          page.text(element, set.line, x, baseline)
          if (goesOn) drawBentArrow(page, left + width - COMMAND_PADDING - 9, baseline)
        },
      })
    }
  }
}

function drawBentArrow(page: Parameters<Parameters<Setter['flow']['add']>[0]['draw']>[0], x: number, y: number): void {
  const width = 0.8
  page.path(
    [
      [x + 8, y + 5],
      [x + 8, y + 1.5],
      [x + 1, y + 1.5],
    ],
    { width },
  )
  page.path(
    [
      [x + 3.5, y + 4],
      [x + 1, y + 1.5],
      [x + 3.5, y - 1],
    ],
    { width },
  )
}

const WRITING_HEIGHT = 20
const TICK = 8

/** Fields and boxes of a form that is not divided between pages: a receipt is torn off as one. */
const KEPT_WHOLE = 4

/** Lines to be filled in by hand, and empty boxes. */
export function setForm(document: Setter, { fields, ticks, lang }: Block<'form'>): void {
  const { setter, entries } = inLanguage(document, lang)
  const { flow, left, width, rightToLeft } = setter
  const isWhole = fields.length + ticks.length <= KEPT_WHOLE
  const isKept = (place: number) => isWhole && place < fields.length + ticks.length - 1
  for (const [place, { label, lines: count }] of fields.entries()) {
    const element = setter.structure.add('P', setter.parent, entries)
    const lines = setRuns(setter, [{ text: label }], width, setter.density.body)
    const last = lines.at(-1)
    const besideWidth = width - (last?.line.width ?? 0) - 8
    // One line beside its label where there is room for writing.
    const isBeside = count === 1 && lines.length === 1 && besideWidth > width / 3
    addLines(flow, element, lines, {
      gap: setter.density.gap + 4,
      left,
      width,
      keepWithNext: (!isBeside && count > 0) || isKept(place),
      beside(page, baseline) {
        if (isBeside) page.rule(rightToLeft ? left : left + width - besideWidth, baseline - 2, besideWidth, 0.5, 0.3)
      },
    })
    if (!isBeside)
      for (let index = 0; index < count; index += 1)
        flow.add({
          height: WRITING_HEIGHT,
          gap: 0,
          keepWithNext: index < count - 1 || isKept(place),
          draw: (page, top) => page.rule(left, top - WRITING_HEIGHT + 2, width, 0.5, 0.3),
        })
  }
  if (ticks.length === 0) return
  const list = setter.structure.add('L', setter.parent, { A: { O: 'List', ListNumbering: 'None' }, ...entries })
  for (const [place, text] of ticks.entries()) {
    const body = setter.structure.add('LBody', setter.structure.add('LI', list))
    const indent = TICK + 6
    const lines = setRuns(setter, [{ text }], width - indent, setter.density.body)
    addLines(flow, body, lines, {
      gap: setter.density.gap,
      left: rightToLeft ? left : left + indent,
      width: width - indent,
      keepWithNext: isKept(fields.length + place),
      beside(page, baseline) {
        const x = rightToLeft ? left + width - TICK : left
        page.path(
          [
            [x, baseline - 0.5],
            [x + TICK, baseline - 0.5],
            [x + TICK, baseline - 0.5 + TICK],
            [x, baseline - 0.5 + TICK],
          ],
          { width: 0.8, close: true },
        )
      },
    })
  }
}
