import { md5 } from '@noble/hashes/legacy.js'
import { encodeUtf8, formatInstant, parseInstant } from '@probatum/core'
import type { ReadableDocument } from '@probatum/words'
import { type Paper, setDocument } from './layout/set-document.ts'
import { srgbProfile } from './pdf/icc.ts'
import { asciiString, hexString, PdfObjects, type Ref, textString, type Value } from './pdf/objects.ts'
import { xmpPacket } from './pdf/xmp.ts'
import { displayText } from './text/display.ts'
import type { Typesetter } from './text/typesetter.ts'

export type { Paper } from './layout/set-document.ts'

/** A file that the document carries (an associated file of the whole, ISO 19005-3 §6.8). */
export interface Attachment {
  /** Letters, digits, `.`, `_` and `-` alone: names that came with the evidence do not belong here. */
  readonly name: string
  readonly mediaType: string
  readonly description: string
  readonly relationship: 'Data' | 'Source' | 'Supplement'
  readonly bytes: Uint8Array
}

/** What a PDF has beside its pages. */
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

/**
 * The document as PDF/A-3a and PDF/UA-1 (ISO 19005-3, ISO 14289-1). A function of its arguments: the same bytes in Node
 * and in a browser, in any time zone.
 */
export function makePdf(document: ReadableDocument, options: PdfOptions): Uint8Array {
  const { typesetter, documentId } = options
  if (documentId.length !== 16) throw new Error('the identifier of a document has 16 bytes')
  const { iso, pdf: date } = datesOf(options.created)
  const objects = new PdfObjects()
  const { pages, size, fonts, structure, outline } = setDocument(document, { ...options, objects })
  const { language } = document
  const [paperWidth, paperHeight] = size

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
    ViewerPreferences: { DisplayDocTitle: true, ...(document.direction === 'rtl' ? { Direction: 'R2L' } : {}) },
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
