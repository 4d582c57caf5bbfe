import type { DocumentBlock, ReadableDocument } from '@probatum/words'
import { DocumentFonts } from '../pdf/fonts.ts'
import { PdfObjects } from '../pdf/objects.ts'
import { Outline } from '../pdf/outline.ts'
import { Page } from '../pdf/page.ts'
import { StructureTree } from '../pdf/structure.ts'
import type { Typesetter } from '../text/typesetter.ts'
import { setAnswer } from './answer.ts'
import { setColumns } from './columns.ts'
import { DENSITIES, type Density, ROOMY } from './density.ts'
import { type Body, Flow } from './flow.ts'
import { setQr } from './qr.ts'
import { drawLines, heightOf, type SetLine, type Setter, setRuns, startOf, totalHeight } from './setter.ts'
import { setFacts, setTable } from './table.ts'
import { setBox, setCommands, setForm, setHeading, setList, setParagraph } from './text-blocks.ts'

export type Paper = 'a4' | 'letter'

const MILLIMETRE = 72 / 25.4
const MARGIN = 15 * MILLIMETRE
const PAPERS: Readonly<Record<Paper, readonly [width: number, height: number]>> = {
  a4: [Math.round(210 * MILLIMETRE * 100) / 100, Math.round(297 * MILLIMETRE * 100) / 100],
  letter: [612, 792],
}
const RUNNING = { size: 7.5, codeSize: 7 }
const RUNNING_GREY = 0.25
/** Between the body and what runs at the top and the foot of each page. */
const HEADER_GAP = 8
const FOOTER_GAP = 14
/** Between the last words at the foot of a page and its number beside them. */
const NUMBER_GAP = 12

function setBlocks(setter: Setter, blocks: readonly DocumentBlock[]): void {
  for (const [index, block] of blocks.entries()) {
    if (block.kind === 'heading') setHeading(setter, block.level, block.text, block.runs)
    // What a form is for stands on the page of its first field.
    else if (block.kind === 'paragraph') setParagraph(setter, block, blocks[index + 1]?.kind === 'form')
    else if (block.kind === 'list') setList(setter, block)
    else if (block.kind === 'facts') setFacts(setter, block)
    else if (block.kind === 'table') setTable(setter, block)
    else if (block.kind === 'answer') setAnswer(setter, block)
    else if (block.kind === 'box') setBox(setter, block, setBlocks)
    else if (block.kind === 'commands') setCommands(setter, block)
    else if (block.kind === 'qr') setQr(setter, block)
    else if (block.kind === 'form') setForm(setter, block)
    else if (block.kind === 'columns') setColumns(setter, block, setBlocks)
    else if (block.kind === 'page') setBlocks(setter, block.blocks)
    else setter.flow.forcedBreak()
  }
}

/** What runs along takes so many lines at most: a name that came with the evidence must not fill every page. */
const RUNNING_LINES = 4

/** What runs at the top and the foot of each page. */
function runningLines(
  document: ReadableDocument,
  setter: Pick<Setter, 'typesetter' | 'language' | 'rightToLeft' | 'density'>,
  width: number,
): {
  readonly header: readonly SetLine[]
  readonly footer: readonly SetLine[]
  numbers(page: number, pages: number): SetLine[]
} {
  const linesOf = (runs: ReadableDocument['header'], room: number): SetLine[] =>
    runs.length === 0 ? [] : setRuns(setter, runs, room, RUNNING, { grey: RUNNING_GREY })
  const set = (runs: ReadableDocument['header'], room: number): SetLine[] => {
    const lines = linesOf(runs, room)
    return lines.length <= RUNNING_LINES
      ? lines
      : [...lines.slice(0, RUNNING_LINES - 1), ...linesOf([{ text: '…' }], room)]
  }
  return {
    header: set(document.header, width),
    footer: set(document.footerRuns, width),
    numbers: (page, pages) =>
      set([{ text: document.footer.replaceAll('{page}', String(page)).replaceAll('{pages}', String(pages)) }], width),
  }
}

/** A document on its pages; nothing of it is a PDF yet. */
export interface SetDocument {
  readonly pages: readonly Page[]
  /** Width and height of the paper, in points. */
  readonly size: readonly [width: number, height: number]
  readonly fonts: DocumentFonts
  readonly structure: StructureTree
  readonly outline: Outline
  /** On how many pages the title and the document's first block stand; of a block of kind `page` this should be one. */
  readonly firstBlockPages: number
}

/** Fills pages with a document. */
export function setDocument(
  document: ReadableDocument,
  {
    paper,
    typesetter,
    objects,
  }: { readonly paper: Paper; readonly typesetter: Typesetter; readonly objects: PdfObjects },
): SetDocument {
  const rightToLeft = document.direction === 'rtl'
  const [paperWidth, paperHeight] = PAPERS[paper]
  const fonts = new DocumentFonts(typesetter)
  const structure = new StructureTree(objects)
  const outline = new Outline()
  const { language, title } = document

  const width = paperWidth - 2 * MARGIN
  const setterBase = { typesetter, language, rightToLeft, density: ROOMY }
  const running = runningLines(document, setterBase, width)
  const widest = running.numbers(8888, 8888)
  const lastOfFooter = running.footer.at(-1)
  // The page's number stands at the other end of the last line where that has the room.
  const isBeside =
    lastOfFooter !== undefined &&
    widest.length === 1 &&
    lastOfFooter.line.width + (widest[0]?.line.width ?? 0) + NUMBER_GAP <= width
  const footerHeight = totalHeight(running.footer) + (isBeside ? 0 : totalHeight(widest))
  const body: Body = {
    left: MARGIN,
    width,
    top: paperHeight - MARGIN - totalHeight(running.header) - (running.header.length > 0 ? HEADER_GAP : 0),
    bottom: MARGIN + footerHeight + FOOTER_GAP,
  }
  const pages: Page[] = []
  const flow = new Flow(body, {
    newPage() {
      const page = new Page(objects.ref(), fonts, structure, language)
      pages.push(page)
      return page
    },
  })
  const setter: Setter = { ...setterBase, flow, structure, outline, parent: structure.document, left: MARGIN, width }
  const [first, ...rest] = document.blocks
  const density = first?.kind === 'page' ? densityFor(title, first.blocks, { ...setterBase, body }) : ROOMY
  setHeading({ ...setter, density }, 0, title)
  if (first !== undefined) setBlocks({ ...setter, density }, [first])
  flow.flush()
  const firstBlockPages = pages.length
  setBlocks(setter, rest)
  flow.flush()

  for (const [index, page] of pages.entries()) {
    let y = drawLines(page, 'Header', running.header, { left: MARGIN, width }, paperHeight - MARGIN)
    if (running.header.length > 0) page.rectangle(MARGIN, y - 2, width, 0.35, 0.5, 'Header')
    y = MARGIN + footerHeight
    page.rectangle(MARGIN, y + 2, width, 0.35, 0.5, 'Footer')
    let baseline = y
    for (const set of running.footer) {
      baseline = y - set.line.ascent
      page.text('Footer', set.line, startOf(set, MARGIN, width), baseline, set.grey)
      y -= heightOf(set)
    }
    for (const set of running.numbers(index + 1, pages.length)) {
      const start = startOf(isBeside ? { ...set, alignRight: !rightToLeft } : set, MARGIN, width)
      page.text('Footer', set.line, start, isBeside ? baseline : y - set.line.ascent, set.grey)
      y -= heightOf(set)
    }
  }
  return { pages, size: [paperWidth, paperHeight], fonts, structure, outline, firstBlockPages }
}

/** The roomiest density with which title and blocks are one page: found by setting them where nobody looks. */
function densityFor(
  title: string,
  blocks: readonly DocumentBlock[],
  { body, ...base }: Pick<Setter, 'typesetter' | 'language' | 'rightToLeft'> & { readonly body: Body },
): Density {
  const pagesWith = (density: Density): number => {
    const objects = new PdfObjects()
    const fonts = new DocumentFonts(base.typesetter)
    const structure = new StructureTree(objects)
    let pages = 0
    const flow = new Flow(body, {
      newPage() {
        pages++
        return new Page(objects.ref(), fonts, structure, base.language)
      },
    })
    const { left, width } = body
    const setter = {
      ...base,
      density,
      flow,
      structure,
      outline: new Outline(),
      parent: structure.document,
      left,
      width,
    }
    setHeading(setter, 0, title)
    setBlocks(setter, blocks)
    flow.flush()
    return pages
  }
  const [roomiest, ...closer] = DENSITIES
  return DENSITIES.find((density) => pagesWith(density) === 1) ?? closer.at(-1) ?? roomiest
}
