import { type PdfModel, Reference, type Thing } from './reader.ts'

/** A composite font of a file with what its parts say. */
export interface EmbeddedFont {
  readonly resource: string
  readonly problems: readonly string[]
  readonly glyphOf: (cid: number) => number
  readonly widthOf: (cid: number) => number | undefined
  readonly textOf: (cid: number) => string | undefined
  /** From the font program. */
  readonly advanceOf: (glyph: number) => number
  readonly hasOutline: (glyph: number) => boolean
  readonly glyphs: number
  readonly longestBlock: number
}

function tablesOf(font: DataView): Map<string, number> {
  const tables = new Map<string, number>()
  for (let index = 0; index < font.getUint16(4); index += 1) {
    const entry = 12 + index * 16
    const tag = String.fromCharCode(...[0, 1, 2, 3].map((at) => font.getUint8(entry + at)))
    tables.set(tag, font.getUint32(entry + 8))
  }
  return tables
}

function readToUnicode(text: string): { texts: Map<number, string>; longestBlock: number; problems: string[] } {
  const texts = new Map<number, string>()
  const problems: string[] = []
  let longestBlock = 0
  for (const [, count, body] of text.matchAll(/(\d+) beginbfchar\n([\s\S]*?)endbfchar/g)) {
    const lines = (body ?? '').trim().split('\n')
    if (lines.length !== Number(count)) problems.push('a block of a CMap has another length than it says')
    longestBlock = Math.max(longestBlock, lines.length)
    for (const line of lines) {
      const match = /^<([0-9A-F]{4})> <((?:[0-9A-F]{4})*)>$/.exec(line)
      if (match === null) problems.push(`not an entry of a CMap: ${line}`)
      else
        texts.set(
          Number.parseInt(match[1] ?? '', 16),
          (match[2] ?? '').replaceAll(/..../g, (unit) => String.fromCharCode(Number.parseInt(unit, 16))),
        )
    }
  }
  return { texts, longestBlock, problems }
}

/** The fonts of a file; all pages share one dictionary of resources. */
export function readFonts(model: PdfModel): EmbeddedFont[] {
  const seen = new Set<number>()
  const fonts: EmbeddedFont[] = []
  for (const { page } of model.pages)
    for (const [resource, thing] of model.dictionary(model.dictionary(page.get('Resources')).get('Font'))) {
      const number = thing instanceof Reference ? thing.number : -1
      if (seen.has(number)) continue
      seen.add(number)
      fonts.push(readFont(model, resource, thing))
    }
  return fonts
}

function readFont(model: PdfModel, resource: string, thing: Thing): EmbeddedFont {
  const problems: string[] = []
  const require = (holds: boolean, problem: string): void => {
    if (!holds) problems.push(`${resource}: ${problem}`)
  }
  const font = model.dictionary(thing)
  const descendant = model.dictionary(model.list(font.get('DescendantFonts'))[0])
  const descriptor = model.dictionary(descendant.get('FontDescriptor'))
  const base = model.name(font.get('BaseFont')) ?? ''
  require(model.name(font.get('Subtype')) === 'Type0', 'not a composite font')
  require(model.name(font.get('Encoding')) === 'Identity-H', 'another encoding than Identity-H')
  require(model.name(descendant.get('Subtype')) === 'CIDFontType2', 'not a TrueType CID font')
  require(/^[A-Z]{6}\+./.test(base), 'no subset tag')
  require(model.name(descendant.get('BaseFont')) === base, 'the descendant has another name')
  require(model.name(descriptor.get('FontName')) === base, 'the descriptor has another name')
  const file = model.stream(descriptor.get('FontFile2'))
  const map = model.stream(descendant.get('CIDToGIDMap'))?.data ?? new Uint8Array()
  const cmap = model.stream(font.get('ToUnicode'))
  require(file !== undefined, 'not embedded')
  require(map.length > 0, 'no CIDToGIDMap')
  require(cmap !== undefined, 'no ToUnicode')
  const program = file?.data ?? new Uint8Array()
  require(file?.dictionary.get('Length1') === program.length, 'Length1 is not the length of the font')
  const view = new DataView(program.buffer, program.byteOffset, program.byteLength)
  const tables = program.length > 12 ? tablesOf(view) : new Map<string, number>()
  for (const table of ['glyf', 'head', 'hhea', 'hmtx', 'loca', 'maxp']) require(tables.has(table), `no table ${table}`)
  for (const table of ['fpgm', 'cvt ']) require(!tables.has(table), `hinting in ${table}`)
  const at = (table: string, offset: number): number => (tables.get(table) ?? 0) + offset
  const glyphs = tables.has('maxp') ? view.getUint16(at('maxp', 4)) : 0
  const metrics = tables.has('hhea') ? view.getUint16(at('hhea', 34)) : 0
  const isLong = tables.has('head') && view.getInt16(at('head', 50)) === 1
  const location = (glyph: number): number =>
    isLong ? view.getUint32(at('loca', glyph * 4)) : view.getUint16(at('loca', glyph * 2)) * 2
  const widths = new Map<number, number>()
  const list = model.list(descendant.get('W'))
  for (let index = 0; index < list.length; index += 2)
    for (const [place, width] of model.list(list[index + 1]).entries())
      widths.set(Number(list[index]) + place, Number(width))
  const unicode = readToUnicode(Buffer.from(cmap?.data ?? new Uint8Array()).toString('latin1'))
  for (const problem of unicode.problems) require(false, problem)
  return {
    resource,
    problems,
    glyphs,
    longestBlock: unicode.longestBlock,
    glyphOf: (cid) => (map[cid * 2] ?? 0) * 256 + (map[cid * 2 + 1] ?? 0),
    widthOf: (cid) => widths.get(cid),
    textOf: (cid) => unicode.texts.get(cid),
    advanceOf: (glyph) => (metrics === 0 ? -1 : view.getUint16(at('hmtx', Math.min(glyph, metrics - 1) * 4))),
    hasOutline: (glyph) => glyph < glyphs && tables.has('loca') && location(glyph + 1) > location(glyph),
  }
}
