import { inflateZlib } from './inflate.ts'
import { isPdfSpace, PdfLexer } from './lexer.ts'
import { PDF_LIMITS } from './limits.ts'
import { refuseLimit, refusePdf } from './pdf-error.ts'
import { isDict, itemsOf, nameOf, type PdfDict, type PdfValue } from './values.ts'

/** Where an object stands: at a byte, or in an object stream; null for a number that is free. */
export type PdfPlace =
  | { readonly at: number; readonly generation: number }
  | { readonly stream: number; readonly index: number }
  | null

/** One section of cross-references (ISO 32000-1 §7.5.4, §7.5.8): what one writing of the file adds. */
export interface PdfSection {
  /** Where it begins. */
  readonly offset: number
  /** Behind its table and trailer, or behind its stream's `endobj`. */
  readonly end: number
  readonly kind: 'table' | 'stream'
  /** Of a stream: its own number as an object. */
  readonly number: number | null
  readonly places: ReadonlyMap<number, PdfPlace>
  readonly trailer: PdfDict
}

/** A stream as it stands in the file. */
export interface PdfStream {
  readonly dict: PdfDict
  readonly raw: Uint8Array
  /** Of its first byte. */
  readonly offset: number
}

/** An object read at its place. */
export interface PdfObjectAt {
  readonly number: number
  readonly generation: number
  readonly value: PdfValue
  readonly stream: PdfStream | null
  /** Behind `endobj`. */
  readonly end: number
}

/** Reads `N G obj … endobj`. `lengthOf`: what an indirect /Length is. */
export function readObjectAt(bytes: Uint8Array, at: number, lengthOf: (value: PdfValue) => number): PdfObjectAt {
  const lexer = new PdfLexer(bytes, at, 'object')
  if (isPdfSpace(bytes[at]) || bytes[at] === 0x25) lexer.refuse('an object')
  const number = lexer.integer()
  const generation = lexer.integer()
  lexer.keyword('obj')
  const value = lexer.value()
  if (!isDict(value) || !lexer.takes('stream')) {
    lexer.keyword('endobj')
    return { number, generation, value, stream: null, end: lexer.at }
  }
  // §7.3.8.1: a line feed, or a carriage return and a line feed.
  if (bytes[lexer.at] === 13 && bytes[lexer.at + 1] === 10) lexer.at += 2
  else if (bytes[lexer.at] === 10) lexer.at += 1
  else lexer.refuse('a line end behind stream')
  const length = lengthOf(value.entries.get('Length') ?? null)
  const offset = lexer.at
  if (!Number.isSafeInteger(length) || length < 0 || offset + length > bytes.length)
    refusePdf('stream', offset, { expected: 'a length within the file' })
  lexer.at += length
  lexer.keyword('endstream')
  lexer.keyword('endobj')
  const stream = { dict: value, raw: bytes.subarray(offset, offset + length), offset }
  return { number, generation, value, stream, end: lexer.at }
}

/**
 * A stream's content: as it is, or under FlateDecode with the predictor that cross-references use. `stated`: how long somebody
 * says it is; it is taken for no more than a hint.
 */
export function decodeStream({ dict, raw, offset }: PdfStream, limit: number, stated = 0): Uint8Array {
  const filters = filtersOf(dict, offset)
  if (filters.length === 0) return raw
  if (filters.length > 1 || filters[0] !== 'FlateDecode')
    refusePdf('stream', offset, { expected: 'FlateDecode', found: filters.join(' ') })
  const content = inflateZlib(raw, limit, offset, stated)
  const given = dict.entries.get('DecodeParms') ?? dict.entries.get('DP')
  const parameters = itemsOf(given)?.[0] ?? given
  return isDict(parameters) ? unpredict(content, parameters, offset) : content
}

function filtersOf(dict: PdfDict, offset: number): readonly string[] {
  const filter = dict.entries.get('Filter') ?? dict.entries.get('F') ?? null
  if (filter === null) return []
  const names = (itemsOf(filter) ?? [filter]).map(nameOf)
  if (names.some((name) => name === null)) refusePdf('stream', offset, { expected: 'names of filters' })
  return names.map((name) => (name === 'Fl' ? 'FlateDecode' : (name ?? '')))
}

/** PNG predictors (§7.4.4.4) over rows of whole bytes. */
function unpredict(content: Uint8Array, parameters: PdfDict, offset: number): Uint8Array {
  const number = (name: string, otherwise: number) => {
    const value = parameters.entries.get(name)
    return typeof value === 'number' ? value : otherwise
  }
  const predictor = number('Predictor', 1)
  if (predictor === 1) return content
  const [colors, bits, columns] = [number('Colors', 1), number('BitsPerComponent', 8), number('Columns', 1)]
  if (predictor < 10 || predictor > 15 || bits !== 8 || colors < 1 || colors > 4 || columns < 1 || columns > 100_000)
    refusePdf('stream', offset, { expected: 'a predictor that is read here', found: String(predictor) })
  const row = colors * columns
  if (content.length % (row + 1) !== 0) refusePdf('stream', offset, { expected: 'whole rows' })
  const rows = content.length / (row + 1)
  const out = new Uint8Array(rows * row)
  for (let line = 0; line < rows; line++) {
    const type = content[line * (row + 1)] ?? 0
    for (let column = 0; column < row; column++) {
      const at = line * row + column
      const left = column < colors ? 0 : (out[at - colors] ?? 0)
      const up = line === 0 ? 0 : (out[at - row] ?? 0)
      const corner = line === 0 || column < colors ? 0 : (out[at - row - colors] ?? 0)
      const guess =
        type === 0
          ? 0
          : type === 1
            ? left
            : type === 2
              ? up
              : type === 3
                ? (left + up) >> 1
                : type === 4
                  ? paeth(left, up, corner)
                  : refusePdf('stream', offset, { expected: 'a filter type of PNG', found: String(type) })
      out[at] = ((content[line * (row + 1) + 1 + column] ?? 0) + guess) & 0xff
    }
  }
  return out
}

function paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)]
  return a <= b && a <= c ? left : b <= c ? up : corner
}

/** The number behind the last `startxref`, and where that stands. */
function lastStartxref(bytes: Uint8Array): { readonly target: number; readonly at: number } {
  // §7.5.5 and its note: readers look in the last 1024 bytes for %%EOF.
  const from = Math.max(0, bytes.length - 2048)
  for (let at = bytes.length - 9; at >= from; at--) {
    if (bytes[at] !== 0x73 || !STARTXREF.every((code, index) => bytes[at + index] === code)) continue
    const lexer = new PdfLexer(bytes, at + 9, 'startxref')
    return { target: lexer.integer(), at }
  }
  return refusePdf('startxref', bytes.length, { expected: 'startxref near the end' })
}

const STARTXREF = [...'startxref'].map((character) => character.charCodeAt(0))

/**
 * All sections, the newest first. A section that is met twice is a loop; a table with a stream beside it (XRefStm) would
 * read differently in different readers: both are refused.
 */
export function readSections(bytes: Uint8Array): readonly PdfSection[] {
  const sections: PdfSection[] = []
  const seen = new Set<number>()
  let places = 0
  for (let next: number | null = lastStartxref(bytes).target; next !== null; ) {
    if (seen.has(next)) refusePdf('Prev', next, { found: 'a section that was read before' })
    if (sections.length >= PDF_LIMITS.sections) refuseLimit('Prev', next)
    if (next >= bytes.length) refusePdf('startxref', next, { expected: 'a place within the file' })
    seen.add(next)
    const section = readSection(bytes, next)
    sections.push(section)
    places += section.places.size
    // All sections together: a stream of zeros is short and has many entries.
    if (places > PDF_LIMITS.objects) refuseLimit('xref', next)
    const previous = section.trailer.entries.get('Prev')
    if (previous !== undefined && !(typeof previous === 'number' && Number.isSafeInteger(previous) && previous >= 0))
      refusePdf('Prev', section.offset, { expected: 'a place within the file' })
    next = previous === undefined ? null : (previous as number)
  }
  return sections
}

function readSection(bytes: Uint8Array, offset: number): PdfSection {
  const lexer = new PdfLexer(bytes, offset, 'xref')
  const section = lexer.takes('xref') ? readTable(lexer, offset) : readStreamSection(bytes, offset)
  if (section.trailer.entries.has('XRefStm')) refusePdf('XRefStm', offset, { found: 'a table and a stream of it' })
  return section
}

function readTable(lexer: PdfLexer, offset: number): PdfSection {
  const places = new Map<number, PdfPlace>()
  while (!lexer.takes('trailer')) {
    const first = lexer.integer()
    const count = lexer.integer()
    if (first + count > PDF_LIMITS.objects) refuseLimit('xref', lexer.at)
    for (let number = first; number < first + count; number++) {
      const at = lexer.integer()
      const generation = lexer.integer()
      const isUsed = lexer.takes('n')
      if (!isUsed) lexer.keyword('f')
      if (places.has(number)) refusePdf('xref', lexer.at, { found: `object ${number} twice` })
      places.set(number, isUsed ? { at, generation } : null)
    }
  }
  const trailer = lexer.value()
  if (!isDict(trailer)) lexer.refuse('a dictionary')
  return { offset, end: lexer.at, kind: 'table', number: null, places, trailer }
}

function readStreamSection(bytes: Uint8Array, offset: number): PdfSection {
  const {
    number: own,
    stream,
    end,
  } = readObjectAt(bytes, offset, (length) => {
    if (typeof length !== 'number') refusePdf('xref', offset, { expected: 'a length that is written out' })
    return length
  })
  if (stream === null || nameOf(stream.dict.entries.get('Type')) !== 'XRef')
    refusePdf('xref', offset, { expected: 'a table or stream of cross-references' })
  const { entries } = stream.dict
  const widths = numbersOf(entries.get('W'))
  const [type = 0, second = 0, third = 0] = widths ?? []
  if (widths?.length !== 3 || widths.some((width) => width > 7) || second === 0)
    refusePdf('xref', offset, { expected: 'three widths' })
  const size = entries.get('Size')
  if (typeof size !== 'number' || size > PDF_LIMITS.objects) refuseLimit('xref', offset)
  const index = numbersOf(entries.get('Index')) ?? [0, size]
  if (index.length % 2 !== 0) refusePdf('xref', offset, { expected: 'pairs in Index' })
  const content = decodeStream(stream, PDF_LIMITS.referenceBytes)
  const places = new Map<number, PdfPlace>()
  let at = 0
  const field = (width: number): number => {
    let value = 0
    for (let count = 0; count < width; count++, at++) value = value * 256 + (content[at] ?? 0)
    return value
  }
  for (let pair = 0; pair < index.length; pair += 2) {
    const [first = 0, count = 0] = [index[pair], index[pair + 1]]
    if (first + count > size) refusePdf('xref', offset, { expected: 'numbers below Size' })
    for (let number = first; number < first + count; number++) {
      if (at + type + second + third > content.length)
        refusePdf('xref', offset, { expected: 'an entry for each number' })
      const kind = type === 0 ? 1 : field(type)
      const [where, more] = [field(second), field(third)]
      if (places.has(number)) refusePdf('xref', offset, { found: `object ${number} twice` })
      if (kind > 2) refusePdf('xref', offset, { found: `an entry of type ${kind}` })
      places.set(
        number,
        kind === 0 ? null : kind === 1 ? { at: where, generation: more } : { stream: where, index: more },
      )
    }
  }
  return { offset, end, kind: 'stream', number: own, places, trailer: stream.dict }
}

function numbersOf(value: PdfValue | undefined): readonly number[] | null {
  const items = itemsOf(value)
  if (items === null) return null
  return items.every((item): item is number => typeof item === 'number' && Number.isSafeInteger(item) && item >= 0)
    ? items
    : null
}
