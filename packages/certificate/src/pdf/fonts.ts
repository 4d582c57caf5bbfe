import { sha256 } from '@noble/hashes/sha2.js'
import type { FontName } from '../text/fonts.ts'
import { addComposites } from '../text/sfnt.ts'
import { type Face, FIRST_COMPOSITE, type SetGlyph, type Typesetter } from '../text/typesetter.ts'
import { asciiString, type PdfObjects, type Ref } from './objects.ts'

/** Resource names in content streams; the order is that of embedding. */
const RESOURCES: Readonly<Record<FontName, { readonly resource: string; readonly postScriptName: string }>> = {
  sans: { resource: 'F1', postScriptName: 'NotoSans-Regular' },
  'sans-bold': { resource: 'F2', postScriptName: 'NotoSans-Bold' },
  mono: { resource: 'F3', postScriptName: 'NotoSansMono-Regular' },
  arabic: { resource: 'F4', postScriptName: 'NotoSansArabic-Regular' },
  'arabic-bold': { resource: 'F5', postScriptName: 'NotoSansArabic-Bold' },
  myanmar: { resource: 'F6', postScriptName: 'NotoSansMyanmar-Regular' },
  'myanmar-bold': { resource: 'F7', postScriptName: 'NotoSansMyanmar-Bold' },
  han: { resource: 'F8', postScriptName: 'ProbatumHanSubset-Regular' },
}

/** ISO 32000-1 table 123: FixedPitch, and Symbolic because the codes are our own. */
const FIXED_PITCH = 1
const SYMBOLIC = 4
/** The most entries of one block in a CMap (Adobe technical note 5014). */
const BLOCK = 100
const LAST_CID = 0xffff

const hex4 = (value: number): string => value.toString(16).padStart(4, '0').toUpperCase()

function hexText(text: string): string {
  let hex = ''
  for (let index = 0; index < text.length; index += 1) hex += hex4(text.charCodeAt(index))
  return hex
}

/**
 * The glyphs that a document uses of one font. Each pair of a glyph and the text it stands for has a number of its own
 * (CID), so that text taken from the page is exact, whatever a glyph is shared by.
 */
class UsedFont {
  readonly #numbers = new Map<string, number>()
  readonly #ascii = new Int32Array(0x80)
  readonly #pairs: SetGlyph[] = []
  readonly face: Face

  constructor(face: Face) {
    this.face = face
  }

  /** Four hexadecimal digits. */
  codeOf(glyph: SetGlyph): string {
    const code = glyph.text.length === 1 ? glyph.text.charCodeAt(0) : 0x80
    const isAscii = code < 0x80 && this.face.ascii[code]?.glyph === glyph.glyph
    let cid = isAscii ? (this.#ascii[code] ?? 0) : (this.#numbers.get(`${glyph.glyph} ${glyph.text}`) ?? 0)
    if (cid === 0) {
      this.#pairs.push(glyph)
      cid = this.#pairs.length
      if (cid > LAST_CID) throw new Error(`more than ${LAST_CID} different glyphs of one font in one document`)
      if (isAscii) this.#ascii[code] = cid
      else this.#numbers.set(`${glyph.glyph} ${glyph.text}`, cid)
    }
    return hex4(cid)
  }

  advanceOf({ glyph }: SetGlyph): number {
    return this.face.advanceOf(glyph)
  }

  get pairs(): readonly SetGlyph[] {
    return this.#pairs
  }
}

function toUnicode(pairs: readonly SetGlyph[]): string {
  const lines = pairs.map(({ text }, index) => `<${hex4(index + 1)}> <${hexText(text)}>`)
  const blocks: string[] = []
  for (let at = 0; at < lines.length; at += BLOCK) {
    const block = lines.slice(at, at + BLOCK)
    blocks.push(`${block.length} beginbfchar\n${block.join('\n')}\nendbfchar\n`)
  }
  return [
    '/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n',
    '/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n',
    '/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n',
    '1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n',
    ...blocks,
    'endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n',
  ].join('')
}

/** Six letters that stand for the set of glyphs (ISO 32000-1 §9.6.4). */
function subsetTag(glyphs: readonly number[]): string {
  const digest = sha256(Uint8Array.from(glyphs.flatMap((glyph) => [glyph >> 8, glyph & 0xff])))
  return Array.from(digest.subarray(0, 6), (byte) => String.fromCharCode(0x41 + (byte % 26))).join('')
}

/** Embeds what was used of the fonts. */
export class DocumentFonts {
  readonly #used = new Map<FontName, UsedFont>()
  readonly #typesetter: Typesetter

  constructor(typesetter: Typesetter) {
    this.#typesetter = typesetter
  }

  use(name: FontName): UsedFont {
    let used = this.#used.get(name)
    if (used === undefined) {
      used = new UsedFont(this.#typesetter.face(name))
      this.#used.set(name, used)
    }
    return used
  }

  resourceOf(name: FontName): string {
    return RESOURCES[name].resource
  }

  /** The dictionary of font resources. */
  embed(objects: PdfObjects): Record<string, Ref> {
    const names = (Object.keys(RESOURCES) as FontName[]).filter((name) => this.#used.has(name))
    return Object.fromEntries(
      names.map((name) => [RESOURCES[name].resource, this.#embedFont(objects, name, this.use(name))]),
    )
  }

  #embedFont(objects: PdfObjects, name: FontName, { face, pairs }: UsedFont): Ref {
    const used = pairs.map(({ glyph }) => glyph)
    const composed = [...new Set(used.filter((glyph) => glyph >= FIRST_COMPOSITE))]
    const composites = composed.flatMap((glyph) => face.compositeOf(glyph) ?? [])
    const parts = composites.flatMap((composite) => composite.parts.map(({ glyph }) => glyph))
    const glyphs = [...new Set([0, ...used, ...parts])].filter((glyph) => glyph < FIRST_COMPOSITE).sort((a, b) => a - b)
    const subset = this.#typesetter.subsetter.subset({ font: face.bytes, glyphs, keepNumbers: true })
    const { font: file, first } = addComposites(subset, composites)
    const numbers = new Map(composed.map((glyph, index) => [glyph, first + index]))
    const data = new DataView(file.buffer, file.byteOffset, file.byteLength)
    const baseFont = `${subsetTag([...glyphs, ...composites.flatMap(({ parts: own }) => own.map(({ glyph }) => glyph))])}+${RESOURCES[name].postScriptName}`
    const map = new Uint8Array((pairs.length + 1) * 2)
    for (const [index, glyph] of used.entries()) {
      const number = numbers.get(glyph) ?? glyph
      map[index * 2 + 2] = number >> 8
      map[index * 2 + 3] = number & 0xff
    }
    const descriptor = objects.add({
      Type: 'FontDescriptor',
      FontName: baseFont,
      Flags: name === 'mono' ? SYMBOLIC | FIXED_PITCH : SYMBOLIC,
      FontBBox: boundingBoxOf(data),
      ItalicAngle: 0,
      Ascent: face.ascent,
      Descent: -face.descent,
      CapHeight: 714,
      StemV: name.endsWith('bold') ? 140 : 80,
      FontFile2: objects.addCompressed(file, { Length1: file.length }),
    })
    const descendant = objects.add({
      Type: 'Font',
      Subtype: 'CIDFontType2',
      BaseFont: baseFont,
      CIDSystemInfo: { Registry: asciiString('Adobe'), Ordering: asciiString('Identity'), Supplement: 0 },
      FontDescriptor: descriptor,
      DW: 1000,
      W: [1, used.map((glyph) => face.advanceOf(glyph))],
      CIDToGIDMap: objects.addCompressed(map, {}),
    })
    return objects.add({
      Type: 'Font',
      Subtype: 'Type0',
      BaseFont: baseFont,
      Encoding: 'Identity-H',
      DescendantFonts: [descendant],
      ToUnicode: objects.addCompressed(toUnicode(pairs), {}),
    })
  }
}

function boundingBoxOf(font: DataView): number[] {
  for (let index = 0; index < font.getUint16(4); index += 1) {
    const entry = 12 + index * 16
    if (font.getUint32(entry) === 0x6865_6164) {
      const head = font.getUint32(entry + 8)
      return [36, 38, 40, 42].map((at) => font.getInt16(head + at))
    }
  }
  throw new Error('a font without a head table')
}
