import { md5 } from '@noble/hashes/legacy.js'
import { encodeUtf8, formatInstant, parseInstant } from '@probatum/core'
import type { DocumentBlock, ReadableDocument } from '@probatum/words'
import { setAnswer } from './layout/answer.ts'
import { type Body, Flow } from './layout/flow.ts'
import { setQr } from './layout/qr.ts'
import { heightOf, type SetLine, type Setter, setRuns, startOf, totalHeight } from './layout/setter.ts'
import { setFacts, setTable } from './layout/table.ts'
import { setBox, setCommands, setForm, setHeading, setList, setParagraph } from './layout/text-blocks.ts'
import { DocumentFonts } from './pdf/fonts.ts'
import { srgbProfile } from './pdf/icc.ts'
import { asciiString, hexString, PdfObjects, type Ref, textString, type Value } from './pdf/objects.ts'
import { Outline } from './pdf/outline.ts'
import { Page } from './pdf/page.ts'
import { StructureTree } from './pdf/structure.ts'
import { xmpPacket } from './pdf/xmp.ts'
import { displayText } from './text/display.ts'
import type { Typesetter } from './text/typesetter.ts'

export type Paper = 'a4' | 'letter'

/** A file that the document carries (an associated file of the whole, ISO 19005-3 §6.8). */
export interface Attachment {
  /** Letters, digits, `.`, `_` and `-` alone: names that came with the evidence do not belong here. */
  readonly name: string
  readonly mediaType: string
  readonly description: string
  readonly relationship: 'Data' | 'Source' | 'Supplement'
  readonly bytes: Uint8Array
}

export interface PdfOptions {
  readonly paper: Paper
  readonly typesetter: Typesetter
  /** 16 bytes: the file's identifier, derived from what the document is made of. */
  readonly documentId: Uint8Array
  /** The instant that the document speaks of, RFC 3339 in UTC (`2026-01-02T03:04:05Z`), to the second. */
  readonly created: string
  /** The program and its version. */
  readonly producer: string
  readonly attachments: readonly Attachment[]
}

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

function setBlocks(setter: Setter, blocks: readonly DocumentBlock[]): void {
  for (const block of blocks) {
    if (block.kind === 'heading') setHeading(setter, block.level, block.text, block.runs)
    else if (block.kind === 'paragraph') setParagraph(setter, block)
    else if (block.kind === 'list') setList(setter, block)
    else if (block.kind === 'facts') setFacts(setter, block)
    else if (block.kind === 'table') setTable(setter, block)
    else if (block.kind === 'answer') setAnswer(setter, block)
    else if (block.kind === 'box') setBox(setter, block, setBlocks)
    else if (block.kind === 'commands') setCommands(setter, block)
    else if (block.kind === 'qr') setQr(setter, block)
    else if (block.kind === 'form') setForm(setter, block)
    else setter.flow.forcedBreak()
  }
}

/** The instant in the two spellings that a PDF wants. */
function datesOf(created: string): { readonly iso: string; readonly pdf: string } {
  const instant = parseInstant(created)
  if (instant === undefined) throw new Error(`not an instant in UTC: ${created}`)
  const iso = formatInstant({ ...instant, fraction: '' })
  return { iso, pdf: `D:${iso.replaceAll(/[-:TZ]/g, '')}Z` }
}

function addAttachment(objects: PdfObjects, attachment: Attachment, date: string): Ref {
  const { name, mediaType, description, relationship, bytes } = attachment
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(name))
    throw new Error(`not a name for an attachment: ${JSON.stringify(name)}`)
  if (!/^[a-z]+\/[A-Za-z0-9.+-]+$/.test(mediaType)) throw new Error(`not a media type: ${JSON.stringify(mediaType)}`)
  const file = objects.addCompressed(bytes, {
    Type: 'EmbeddedFile',
    Subtype: mediaType,
    Params: {
      Size: bytes.length,
      CreationDate: asciiString(date),
      ModDate: asciiString(date),
      // ISO 32000-1 table 46 knows only MD5; it finds accidents, the report's digests find the rest.
      CheckSum: hexString(md5(bytes)),
    },
  })
  return objects.add({
    Type: 'Filespec',
    F: asciiString(name),
    UF: textString(name),
    Desc: textString(description),
    AFRelationship: relationship,
    EF: { F: file, UF: file },
  })
}

/** What runs along takes so many lines at most: a name that came with the evidence must not fill every page. */
const RUNNING_LINES = 4

/** What runs at the top and the foot of each page. */
function runningLines(
  document: ReadableDocument,
  setter: Pick<Setter, 'typesetter' | 'language' | 'rightToLeft'>,
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

/**
 * The document as PDF/A-3a and PDF/UA-1 (ISO 19005-3, ISO 14289-1). A function of its arguments: the same bytes in Node
 * and in a browser, in any time zone.
 */
export function makePdf(document: ReadableDocument, options: PdfOptions): Uint8Array {
  const { typesetter, documentId } = options
  if (documentId.length !== 16) throw new Error('the identifier of a document has 16 bytes')
  const { iso, pdf: date } = datesOf(options.created)
  const rightToLeft = document.direction === 'rtl'
  const [paperWidth, paperHeight] = PAPERS[options.paper]
  const objects = new PdfObjects()
  const fonts = new DocumentFonts(typesetter)
  const structure = new StructureTree(objects)
  const outline = new Outline()
  const language = document.language

  const width = paperWidth - 2 * MARGIN
  const setterBase = { typesetter, language, rightToLeft }
  const running = runningLines(document, setterBase, width)
  const footerHeight = totalHeight(running.footer) + totalHeight(running.numbers(8888, 8888))
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
  setHeading(setter, 0, document.title)
  setBlocks(setter, document.blocks)
  flow.flush()

  for (const [index, page] of pages.entries()) {
    let y = paperHeight - MARGIN
    for (const set of running.header) {
      page.text('Header', set.line, startOf(set, MARGIN, width), y - set.line.ascent, set.grey)
      y -= heightOf(set)
    }
    if (running.header.length > 0) page.rectangle(MARGIN, y - 2, width, 0.35, 0.5, 'Header')
    y = MARGIN + footerHeight
    page.rectangle(MARGIN, y + 2, width, 0.35, 0.5, 'Footer')
    for (const set of [...running.footer, ...running.numbers(index + 1, pages.length)]) {
      page.text('Footer', set.line, startOf(set, MARGIN, width), y - set.line.ascent, set.grey)
      y -= heightOf(set)
    }
  }

  const resources = objects.ref()
  const pageTree = objects.ref()
  for (const [index, page] of pages.entries())
    objects.set(page.ref, {
      Type: 'Page',
      Parent: pageTree,
      MediaBox: [0, 0, paperWidth, paperHeight],
      Resources: resources,
      Contents: objects.addCompressed(page.content(), {}),
      StructParents: index,
      Tabs: 'S',
    })
  objects.set(pageTree, { Type: 'Pages', Count: pages.length, Kids: pages.map(({ ref }) => ref) })
  objects.set(resources, { Font: fonts.embed(objects) })
  structure.finish(pages)
  const outlines = outline.finish(objects)

  const files = [...options.attachments]
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map((attachment) => ({ name: attachment.name, ref: addAttachment(objects, attachment, date) }))
  if (new Set(files.map(({ name }) => name)).size < files.length) throw new Error('two attachments of one name')
  const title = displayText(document.title, typesetter.hasGlyph)
  const creator = options.producer
  const metadata = objects.addStream(
    encodeUtf8(xmpPacket({ title, language, producer: options.producer, creator, created: iso })),
    { Type: 'Metadata', Subtype: 'XML' },
  )
  const intent: Value = {
    Type: 'OutputIntent',
    S: 'GTS_PDFA1',
    OutputConditionIdentifier: textString('sRGB IEC61966-2.1'),
    RegistryName: textString('http://www.color.org'),
    Info: textString('sRGB IEC61966-2.1'),
    DestOutputProfile: objects.addCompressed(srgbProfile(), { N: 3 }),
  }
  const refs = files.map(({ ref }) => ref)
  const root = objects.add({
    Type: 'Catalog',
    Pages: pageTree,
    Lang: asciiString(language),
    MarkInfo: { Marked: true },
    ViewerPreferences: { DisplayDocTitle: true, ...(rightToLeft ? { Direction: 'R2L' } : {}) },
    StructTreeRoot: structure.root,
    Metadata: metadata,
    OutputIntents: [intent],
    ...(outlines === undefined ? {} : { Outlines: outlines, PageMode: 'UseOutlines' }),
    ...(files.length === 0
      ? {}
      : {
          AF: refs,
          Names: { EmbeddedFiles: { Names: files.flatMap(({ name, ref }): Value[] => [asciiString(name), ref]) } },
        }),
  })
  const info = objects.add({
    Title: textString(title),
    Creator: textString(creator),
    Producer: textString(options.producer),
    CreationDate: asciiString(date),
    ModDate: asciiString(date),
  })
  return objects.bytes({ root, info, id: documentId })
}
