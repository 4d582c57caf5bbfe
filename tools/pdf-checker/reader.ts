import { inflateSync } from 'node:zlib'

/** A PDF name. */
export class Name {
  readonly name: string
  constructor(name: string) {
    this.name = name
  }
}

/** A reference to an indirect object. */
export class Reference {
  readonly number: number
  constructor(number: number) {
    this.number = number
  }
}

/** A string, as its bytes in Latin-1. */
export class PdfString {
  readonly bytes: string
  constructor(bytes: string) {
    this.bytes = bytes
  }
  /** As a text string: UTF-16BE with byte order mark, otherwise byte for byte. */
  get text(): string {
    if (!this.bytes.startsWith('\u00fe\u00ff')) return this.bytes
    let text = ''
    for (let at = 2; at + 1 < this.bytes.length; at += 2)
      text += String.fromCharCode(this.bytes.charCodeAt(at) * 256 + this.bytes.charCodeAt(at + 1))
    return text
  }
}

export type Dictionary = Map<string, Thing>

export class Stream {
  readonly dictionary: Dictionary
  readonly raw: Uint8Array
  constructor(dictionary: Dictionary, raw: Uint8Array) {
    this.dictionary = dictionary
    this.raw = raw
  }
  /** The data, unpacked. */
  get data(): Uint8Array {
    return this.dictionary.get('Filter') === undefined ? this.raw : new Uint8Array(inflateSync(this.raw))
  }
}

export type Thing = null | boolean | number | Name | PdfString | Reference | Thing[] | Dictionary | Stream

export class PdfSyntaxError extends Error {}

/** A token of a content stream that is no operand. */
export class Operator {
  readonly operator: string
  constructor(operator: string) {
    this.operator = operator
  }
}

const SPACE = /[\0\t\n\f\r ]/
const DELIMITER = /[()<>[\]{}/%]/

/** Reads things from Latin-1 text; strict about what the writer has no reason to do. */
export class Cursor {
  readonly text: string
  at: number

  constructor(text: string, at = 0) {
    this.text = text
    this.at = at
  }

  fail(message: string): never {
    throw new PdfSyntaxError(`${message} at ${this.at}: ${JSON.stringify(this.text.slice(this.at, this.at + 40))}`)
  }

  skip(): void {
    while (this.at < this.text.length) {
      const character = this.text[this.at] ?? ''
      if (character === '%') while (this.at < this.text.length && !/[\r\n]/.test(this.text[this.at] ?? '')) this.at += 1
      else if (SPACE.test(character)) this.at += 1
      else return
    }
  }

  word(): string {
    const from = this.at
    while (
      this.at < this.text.length &&
      !SPACE.test(this.text[this.at] ?? '') &&
      !DELIMITER.test(this.text[this.at] ?? '')
    )
      this.at += 1
    return this.text.slice(from, this.at)
  }

  expect(literal: string): void {
    this.skip()
    if (!this.text.startsWith(literal, this.at)) this.fail(`expected ${literal}`)
    this.at += literal.length
  }

  thing(): Thing {
    const found = this.token()
    if (found instanceof Operator) this.fail(`unexpected ${found.operator}`)
    return found
  }

  token(): Thing | Operator {
    this.skip()
    const character = this.text[this.at]
    if (character === undefined) this.fail('unexpected end')
    if (character === '/') {
      this.at += 1
      return new Name(
        this.word().replaceAll(/#([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
      )
    }
    if (character === '<' && this.text[this.at + 1] === '<') return this.#dictionary()
    if (character === '<') return this.#hexString()
    if (character === '(') return this.#literalString()
    if (character === '[') {
      this.at += 1
      const list: Thing[] = []
      for (this.skip(); this.text[this.at] !== ']'; this.skip()) list.push(this.thing())
      this.at += 1
      return list
    }
    const word = this.word()
    if (word === '') this.fail('unexpected character')
    if (/^[+-]?(\d+\.?\d*|\.\d+)$/.test(word)) {
      const reference = /^[\0\t\n\f\r ]+(\d+)[\0\t\n\f\r ]+R(?![A-Za-z0-9])/.exec(
        this.text.slice(this.at, this.at + 24),
      )
      if (reference !== null && /^\d+$/.test(word)) {
        if (reference[1] !== '0') this.fail('a generation other than 0')
        this.at += reference[0].length
        return new Reference(Number(word))
      }
      return Number(word)
    }
    if (word === 'true') return true
    if (word === 'false') return false
    if (word === 'null') return null
    return new Operator(word)
  }

  #dictionary(): Dictionary {
    this.expect('<<')
    const dictionary: Dictionary = new Map()
    for (this.skip(); !this.text.startsWith('>>', this.at); this.skip()) {
      const key = this.thing()
      if (!(key instanceof Name)) this.fail('a key that is no name')
      if (dictionary.has(key.name)) this.fail(`the key ${key.name} twice`)
      dictionary.set(key.name, this.thing())
    }
    this.at += 2
    return dictionary
  }

  #hexString(): PdfString {
    const end = this.text.indexOf('>', this.at)
    if (end < 0) this.fail('a string without end')
    const hex = this.text.slice(this.at + 1, end).replaceAll(/\s/g, '')
    if (!/^([0-9A-Fa-f]{2})*$/.test(hex)) this.fail('odd hexadecimal digits')
    this.at = end + 1
    return new PdfString(hex.replaceAll(/../g, (pair) => String.fromCharCode(Number.parseInt(pair, 16))))
  }

  #literalString(): PdfString {
    // The writer uses literal strings for plain words only.
    const end = this.text.indexOf(')', this.at)
    const text = this.text.slice(this.at + 1, end)
    if (end < 0 || /[()\\]/.test(text)) this.fail('a literal string with escapes')
    this.at = end + 1
    return new PdfString(text)
  }
}

const latin1 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1')

/** A file, read: objects by number, nothing repaired. */
export class PdfModel {
  readonly objects = new Map<number, Thing>()
  readonly head: string
  trailer: Dictionary = new Map()

  constructor(head: string) {
    this.head = head
  }

  /** Follows references. */
  get(thing: Thing | undefined): Thing | undefined {
    let found = thing
    for (let depth = 0; found instanceof Reference; depth += 1) {
      if (depth > 16) throw new PdfSyntaxError('references in a circle')
      found = this.objects.get(found.number)
    }
    return found
  }

  dictionary(thing: Thing | undefined): Dictionary {
    const found = this.get(thing)
    if (found instanceof Map) return found
    if (found instanceof Stream) return found.dictionary
    return new Map()
  }

  list(thing: Thing | undefined): Thing[] {
    const found = this.get(thing)
    return Array.isArray(found) ? found : []
  }

  stream(thing: Thing | undefined): Stream | undefined {
    const found = this.get(thing)
    return found instanceof Stream ? found : undefined
  }

  name(thing: Thing | undefined): string | undefined {
    const found = this.get(thing)
    return found instanceof Name ? found.name : undefined
  }

  text(thing: Thing | undefined): string | undefined {
    const found = this.get(thing)
    return found instanceof PdfString ? found.text : undefined
  }

  number(thing: Thing | undefined): number | undefined {
    const found = this.get(thing)
    return typeof found === 'number' ? found : undefined
  }

  get catalog(): Dictionary {
    return this.dictionary(this.trailer.get('Root'))
  }

  /** The pages in order, with their references. */
  get pages(): { readonly reference: Reference; readonly page: Dictionary }[] {
    return this.list(this.dictionary(this.catalog.get('Pages')).get('Kids')).flatMap((kid) =>
      kid instanceof Reference ? [{ reference: kid, page: this.dictionary(kid) }] : [],
    )
  }
}

function objectAt(text: string, bytes: Uint8Array, offset: number, number: number): Thing {
  const cursor = new Cursor(text, offset)
  if (!text.startsWith(`${number} 0 obj`, offset)) cursor.fail(`object ${number} is not where the table says`)
  cursor.at += `${number} 0 obj`.length
  const thing = cursor.thing()
  cursor.skip()
  if (!text.startsWith('stream', cursor.at)) {
    cursor.expect('endobj')
    return thing
  }
  if (!(thing instanceof Map)) return cursor.fail('a stream without dictionary')
  cursor.at += 'stream'.length
  if (text.startsWith('\r\n', cursor.at)) cursor.at += 2
  else if (text[cursor.at] === '\n') cursor.at += 1
  else cursor.fail('no end of line after stream')
  const length = thing.get('Length')
  if (typeof length !== 'number') return cursor.fail('a stream without direct length')
  const raw = bytes.subarray(cursor.at, cursor.at + length)
  cursor.at += length
  if (!/^\r?\nendstream/.test(text.slice(cursor.at, cursor.at + 11))) cursor.fail('the length of a stream is wrong')
  cursor.at = text.indexOf('endstream', cursor.at) + 'endstream'.length
  cursor.expect('endobj')
  return new Stream(thing, raw)
}

/**
 * Reads a file of one revision with a cross-reference stream, as `makePdf` writes them. Throws `PdfSyntaxError` at the
 * first thing that is not as it must be.
 */
export function readPdf(bytes: Uint8Array): PdfModel {
  const text = latin1(bytes)
  const model = new PdfModel(text.slice(0, 32))
  const ending = /startxref\r?\n(\d+)\r?\n%%EOF\s*$/.exec(text.slice(-64))
  if (ending === null) throw new PdfSyntaxError('no startxref at the end')
  const start = Number(ending[1])
  const own = /^(\d+) 0 obj/.exec(text.slice(start, start + 20))
  const table = objectAt(text, bytes, start, Number(own?.[1] ?? -1))
  if (!(table instanceof Stream) || model.name(table.dictionary.get('Type')) !== 'XRef')
    throw new PdfSyntaxError('startxref does not lead to a cross-reference stream')
  model.trailer = table.dictionary
  if (table.dictionary.has('Prev')) throw new PdfSyntaxError('more than one revision')
  const widths = model.list(table.dictionary.get('W')).map(Number)
  const size = Number(table.dictionary.get('Size'))
  const index = table.dictionary.has('Index') ? model.list(table.dictionary.get('Index')).map(Number) : [0, size]
  const data = table.data
  let at = 0
  const field = (width: number): number => {
    let value = 0
    for (let place = 0; place < width; place += 1) value = value * 256 + (data[at + place] ?? 0)
    at += width
    return value
  }
  const packed: { number: number; container: number; place: number }[] = []
  for (let section = 0; section < index.length; section += 2)
    for (let count = 0; count < (index[section + 1] ?? 0); count += 1) {
      const number = (index[section] ?? 0) + count
      const [type, second, third] = [field(widths[0] ?? 0), field(widths[1] ?? 0), field(widths[2] ?? 0)]
      if (type === 1) model.objects.set(number, objectAt(text, bytes, second, number))
      else if (type === 2) packed.push({ number, container: second, place: third })
    }
  if (at !== data.length) throw new PdfSyntaxError('the cross-reference stream has another length than its index')
  const opened = new Map<number, Thing[]>()
  for (const { number, container, place } of packed) {
    let things = opened.get(container)
    if (things === undefined) {
      things = unpack(model, container)
      opened.set(container, things)
    }
    const thing = things[place]
    if (thing === undefined) throw new PdfSyntaxError(`object ${number} is not in its object stream`)
    model.objects.set(number, thing)
  }
  return model
}

function unpack(model: PdfModel, container: number): Thing[] {
  const stream = model.objects.get(container)
  if (!(stream instanceof Stream) || model.name(stream.dictionary.get('Type')) !== 'ObjStm')
    throw new PdfSyntaxError(`${container} is no object stream`)
  const text = latin1(stream.data)
  const head = new Cursor(text)
  const count = Number(stream.dictionary.get('N'))
  const first = Number(stream.dictionary.get('First'))
  const offsets: number[] = []
  for (let index = 0; index < count; index += 1) {
    head.thing()
    offsets.push(Number(head.thing()))
  }
  return offsets.map((offset) => new Cursor(text, first + offset).thing())
}
