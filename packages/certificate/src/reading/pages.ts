import { concatBytes, decodeLatin1, toHex } from '@probatum/core'
import { PdfLexer } from './lexer.ts'
import { PDF_LIMITS } from './limits.ts'
import { refuseLimit, refusePdf } from './pdf-error.ts'
import type { PdfFile } from './pdf-file.ts'
import { isKeyword, isRef, isString, itemsOf, nameOf, type PdfDict, type PdfKeyword, type PdfValue } from './values.ts'

/** A page's own object, in the order of the page tree. */
export interface PdfPage {
  readonly number: number
  readonly dict: PdfDict
}

/** @throws ParseError for a tree that is none, or too large */
export function pagesOf(file: PdfFile): readonly PdfPage[] {
  const pages: PdfPage[] = []
  const seen = new Set<number>()
  const walk = (value: PdfValue, depth: number): void => {
    if (!isRef(value) || depth > PDF_LIMITS.depth) refusePdf('page tree', 0, { expected: 'references' })
    if (seen.has(value.number)) refusePdf('page tree', 0, { found: `object ${value.number} twice` })
    seen.add(value.number)
    const dict = file.dict(value)
    if (dict === null) refusePdf('page tree', 0, { expected: 'pages' })
    if (dict.entries.has('Kids')) for (const kid of file.items(dict.entries.get('Kids'))) walk(kid, depth + 1)
    else {
      if (pages.length >= PDF_LIMITS.pages) refuseLimit('page tree', 0)
      pages.push({ number: value.number, dict })
    }
  }
  walk(file.catalog.entries.get('Pages') ?? null, 0)
  return pages
}

/** What a page shows, decoded, its parts joined as §7.8.2 says. */
export function contentOf(file: PdfFile, page: PdfPage): Uint8Array {
  const contents = page.dict.entries.get('Contents')
  const parts = itemsOf(file.resolve(contents)) ?? (contents === undefined ? [] : [contents])
  return concatBytes(
    ...parts.flatMap((part) => {
      const stream = file.stream(part)
      if (stream === null) refusePdf('Contents', 0, { expected: 'streams' })
      return [file.decode(stream), Uint8Array.of(10)]
    }),
  )
}

const SHOWS = new Set(['Tj', 'TJ', "'", '"'])

/**
 * Each piece of text that a content stream shows, as it is written: the font's name in the page and the codes. Whoever
 * writes the same file anew leaves these as they are.
 */
export function shownPieces(content: Uint8Array): readonly string[] {
  const lexer = new PdfLexer(content, 0, 'page')
  const pieces: string[] = []
  let operands: PdfValue[] = []
  let font = ''
  while (!lexer.isAtEnd) {
    const token: PdfValue | PdfKeyword = lexer.token(false)
    if (!isKeyword(token)) {
      operands.push(token)
      if (operands.length > 1000) refuseLimit('page', lexer.at)
      continue
    }
    if (token.word === 'Tf') font = nameOf(operands[0]) ?? ''
    else if (SHOWS.has(token.word)) {
      if (pieces.length >= PDF_LIMITS.pieces) refuseLimit('page', lexer.at)
      pieces.push(`${font} ${codesOf(operands.at(-1))}`)
    } else if (token.word === 'BI') refusePdf('page', token.start, { found: 'an inline image' })
    operands = []
  }
  return pieces
}

/** The codes alone, not how far they are moved: a writer may round. */
function codesOf(value: PdfValue | undefined): string {
  if (isString(value)) return toHex(value.bytes)
  return (itemsOf(value) ?? []).map((item) => (isString(item) ? toHex(item.bytes) : '')).join('')
}

/**
 * The text of a page, through its fonts' ToUnicode: only for fonts that say so, two bytes a code, as ours are. Pieces stand
 * one after the other as they are shown.
 */
export function textOfPage(file: PdfFile, page: PdfPage): string {
  const resources = file.dict(page.dict.entries.get('Resources'))
  const fonts = file.dict(resources?.entries.get('Font'))
  const maps = new Map<string, ReadonlyMap<number, string>>()
  return shownPieces(contentOf(file, page))
    .map((piece) => {
      const [font = '', codes = ''] = piece.split(' ')
      let map = maps.get(font)
      if (map === undefined) {
        const dict = file.dict(fonts?.entries.get(font))
        const stream = file.stream(dict?.entries.get('ToUnicode'))
        map = stream === null ? new Map() : toUnicode(decodeLatin1(file.decode(stream)))
        maps.set(font, map)
      }
      const read = map
      return (codes.match(/.{4}/g) ?? []).map((code) => read.get(Number.parseInt(code, 16)) ?? '').join('')
    })
    .join('\n')
}

function* blocksOf(text: string, name: string): Generator<string> {
  for (let at = text.indexOf(`begin${name}`); at >= 0; ) {
    const end = text.indexOf(`end${name}`, at)
    if (end < 0) return
    yield text.slice(at + name.length + 5, end)
    at = text.indexOf(`begin${name}`, end)
  }
}

/** bfchar and bfrange of a ToUnicode map (§9.10.3). */
function toUnicode(text: string): ReadonlyMap<number, string> {
  const map = new Map<number, string>()
  const utf16 = (hex: string) =>
    (hex.match(/.{4}/g) ?? []).map((unit) => String.fromCharCode(Number.parseInt(unit, 16))).join('')
  for (const block of blocksOf(text, 'bfchar'))
    for (const [, from = '', to = ''] of block.matchAll(/<([0-9a-fA-F]{4})>\s*<([0-9a-fA-F]*)>/g))
      map.set(Number.parseInt(from, 16), utf16(to))
  for (const block of blocksOf(text, 'bfrange'))
    for (const [, from = '', to = '', first = ''] of block.matchAll(
      /<([0-9a-fA-F]{4})>\s*<([0-9a-fA-F]{4})>\s*<([0-9a-fA-F]{4})>/g,
    )) {
      const [low, high, start] = [from, to, first].map((hex) => Number.parseInt(hex, 16)) as [number, number, number]
      for (let code = low; code <= high && map.size < 65_536; code++)
        map.set(code, String.fromCharCode(start + code - low))
    }
  return map
}

/** Whether the keys of a page are such that a widget alone was added to it. */
export function annotationsOf(file: PdfFile, page: PdfDict): readonly PdfValue[] {
  return file.items(page.entries.get('Annots'))
}
