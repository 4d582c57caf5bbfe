import {
  decodeStream,
  type PdfPlace,
  type PdfSection,
  type PdfStream,
  readObjectAt,
  readSections,
} from './cross-references.ts'
import { PdfLexer } from './lexer.ts'
import { PDF_LIMITS } from './limits.ts'
import { refuseLimit, refusePdf } from './pdf-error.ts'
import { isDict, isRef, itemsOf, nameOf, type PdfDict, type PdfValue } from './values.ts'

/** An object as its section of the file has it. */
export interface PdfObject {
  readonly number: number
  readonly value: PdfValue
  readonly stream: PdfStream | null
  /** Where it begins; null within an object stream. */
  readonly at: number | null
}

/**
 * A PDF as a reader sees it that believes its last `startxref`: objects by number, the newest section first
 * (ISO 32000-1 §7.5). Nothing is repaired: what does not read is a ParseError with its offset.
 */
export class PdfFile {
  readonly bytes: Uint8Array
  /** The newest first. */
  readonly sections: readonly PdfSection[]
  readonly trailer: PdfDict
  readonly #places = new Map<number, PdfPlace>()
  readonly #objects = new Map<number, PdfObject | null>()
  readonly #packed = new Map<number, PackedObjects>()
  readonly #reading = new Set<number>()
  #decoded = 0
  #lexed = 0

  /** @throws ParseError ERR_PDF_STRUCTURE, ERR_LIMIT */
  constructor(bytes: Uint8Array) {
    this.bytes = bytes
    if (!HEADER.every((code, index) => bytes[index] === code)) refusePdf('header', 0, { expected: '%PDF-' })
    this.sections = readSections(bytes)
    const [newest] = this.sections
    if (newest === undefined) refusePdf('startxref', 0, { expected: 'a section' })
    this.trailer = newest.trailer
    if (this.trailer.entries.has('Encrypt')) refusePdf('Encrypt', newest.offset, { found: 'encrypted' })
    for (const { places } of this.sections)
      for (const [number, place] of places) if (!this.#places.has(number)) this.#places.set(number, place)
  }

  get numbers(): readonly number[] {
    return [...this.#places].flatMap(([number, place]) => (place === null ? [] : [number])).sort((a, b) => a - b)
  }

  /** Null for a number that is free, or that there is not (§7.3.10: such a reference is null). */
  object(number: number): PdfObject | null {
    const known = this.#objects.get(number)
    if (known !== undefined) return known
    const place = this.#places.get(number) ?? null
    const object = place === null ? null : this.#read(number, place)
    this.#objects.set(number, object)
    return object
  }

  #read(number: number, place: NonNullable<PdfPlace>): PdfObject {
    if (this.#reading.has(number)) refusePdf('object', 0, { found: `object ${number} needs itself` })
    this.#reading.add(number)
    try {
      if ('at' in place) {
        if (place.at >= this.bytes.length) refusePdf('xref', place.at, { expected: 'a place within the file' })
        const read = readObjectAt(this.bytes, place.at, (length) => {
          const resolved = this.resolve(length)
          if (typeof resolved !== 'number') refusePdf('stream', place.at, { expected: 'a length' })
          return resolved
        })
        // Objects that lie within each other would be read over and over.
        this.#lexed += read.end - place.at
        if (this.#lexed > 2 * this.bytes.length) refuseLimit('object', place.at)
        if (read.number !== number)
          refusePdf('xref', place.at, { expected: `object ${number}`, found: `object ${read.number}` })
        return { number, value: read.value, stream: read.stream, at: place.at }
      }
      const { content, places } = this.#packedIn(number, place)
      const value = new PdfLexer(content, places[place.index] ?? 0, 'object stream').value()
      return { number, value, stream: null, at: null }
    } finally {
      this.#reading.delete(number)
    }
  }

  /** The object stream that has an object at this place. */
  #packedIn(number: number, place: { readonly stream: number; readonly index: number }): PackedObjects {
    const packed = this.#packedObjects(place.stream)
    if (packed.numbers[place.index] !== number)
      refusePdf('object stream', place.stream, { expected: `object ${number}` })
    return packed
  }

  /**
   * Reads every object there is and keeps none: what does not read is refused here, before anything rests on the rest.
   * @throws ParseError
   */
  readAll(): void {
    for (const [number, place] of this.#places) {
      if (place === null) continue
      if ('at' in place) this.#read(number, place)
      else this.#packedIn(number, place)
    }
    this.release()
  }

  /** Forgets what was read: it is read again when it is asked for, and counts anew. */
  release(): void {
    this.#objects.clear()
    this.#packed.clear()
    this.#decoded = 0
    this.#lexed = 0
  }

  /** §7.5.7. All are read once, to know that they read; the values are many, and read again one by one. */
  #packedObjects(number: number): PackedObjects {
    const known = this.#packed.get(number)
    if (known !== undefined) return known
    const place = this.#places.get(number) ?? null
    if (place === null || !('at' in place)) refusePdf('object stream', 0, { expected: `object stream ${number}` })
    const { stream } = this.object(number) ?? { stream: null }
    if (stream === null || nameOf(stream.dict.entries.get('Type')) !== 'ObjStm')
      refusePdf('object stream', place.at, { expected: `object stream ${number}` })
    const content = this.decode(stream)
    const [count, first] = [stream.dict.entries.get('N'), stream.dict.entries.get('First')]
    if (typeof count !== 'number' || typeof first !== 'number' || count > PDF_LIMITS.objects || count < 0)
      refusePdf('object stream', place.at, { expected: 'N and First' })
    const head = new PdfLexer(content, 0, 'object stream')
    const numbers: number[] = []
    const places: number[] = []
    for (let index = 0; index < count; index++) {
      numbers.push(head.integer())
      places.push(first + head.integer())
    }
    // In rising order, and none within another: else a short stream could be read over and over.
    let end = first
    for (const at of places) {
      if (at < end) refusePdf('object stream', place.at, { expected: 'objects one after the other' })
      const lexer = new PdfLexer(content, at, 'object stream')
      lexer.value()
      end = lexer.at
    }
    const packed = { content, numbers, places }
    this.#packed.set(number, packed)
    return packed
  }

  /** What a reference leads to, through further references. */
  resolve(value: PdfValue | undefined): PdfValue {
    let at: PdfValue = value ?? null
    for (let steps = 0; isRef(at); steps++) {
      if (steps > 16) refuseLimit('reference', 0)
      at = this.object(at.number)?.value ?? null
    }
    return at
  }

  dict(value: PdfValue | undefined): PdfDict | null {
    const resolved = this.resolve(value)
    return isDict(resolved) ? resolved : null
  }

  items(value: PdfValue | undefined): readonly PdfValue[] {
    return itemsOf(this.resolve(value)) ?? []
  }

  /** The stream that a reference leads to. */
  stream(value: PdfValue | undefined): PdfStream | null {
    return isRef(value) ? (this.object(value.number)?.stream ?? null) : null
  }

  /** A stream's content; all streams of a document together are limited too. */
  decode(stream: PdfStream, limit: number = PDF_LIMITS.streamBytes, stated = 0): Uint8Array {
    const left = PDF_LIMITS.decodedBytes + PDF_LIMITS.decodedRatio * this.bytes.length - this.#decoded
    const content = decodeStream(stream, Math.max(0, Math.min(limit, left)), stated)
    this.#decoded += content.length
    return content
  }

  get catalog(): PdfDict {
    const catalog = this.dict(this.trailer.entries.get('Root'))
    if (catalog === null) refusePdf('Root', this.sections[0]?.offset ?? 0, { expected: 'a catalog' })
    return catalog
  }
}

/** An object stream: which objects it has, and where each begins in its content. */
interface PackedObjects {
  readonly content: Uint8Array
  readonly numbers: readonly number[]
  readonly places: readonly number[]
}

const HEADER = [...'%PDF-'].map((character) => character.charCodeAt(0))
