import {
  PDFContext,
  PDFCrossRefStream,
  type PDFDict,
  PDFHeader,
  PDFHexString,
  PDFName,
  PDFNumber,
  type PDFObject,
  PDFObjectStream,
  PDFRawStream,
  PDFRef,
  PDFStream,
  PDFTrailer,
} from 'pdf-lib'

// The one file that knows pdf-lib: its objects, its deflate and its cross-reference stream. Of its layer for text, fonts
// and attachments nothing is used (docs/adr/0011-text-shaped-by-harfbuzz.md).

/** The number of an indirect object. */
export type Ref = PDFRef

/** A direct object. A JavaScript string becomes a name; text and bytes are made by `textString` and `hexString`. */
export type Value =
  | string
  | number
  | boolean
  | PDFObject
  | readonly Value[]
  | { readonly [name: string]: Value | undefined }

/** A text string in UTF-16BE with byte order mark (ISO 32000-1 §7.9.2.2). */
export function textString(text: string): PDFObject {
  let hex = 'FEFF'
  for (let index = 0; index < text.length; index += 1) hex += text.charCodeAt(index).toString(16).padStart(4, '0')
  return PDFHexString.of(hex.toUpperCase())
}

/** A byte string of ASCII characters, as dates and names of attachments are. */
export function asciiString(text: string): PDFObject {
  if (!/^[ -~]*$/.test(text)) throw new Error(`not printable ASCII: ${JSON.stringify(text)}`)
  return hexString(Uint8Array.from(text, (character) => character.charCodeAt(0)))
}

export function hexString(bytes: Uint8Array): PDFObject {
  return PDFHexString.of(
    Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0'))
      .join('')
      .toUpperCase(),
  )
}

interface Placed {
  readonly at: number
  readonly before: Uint8Array
  readonly object: PDFObject
}

const names = new Map<string, PDFName>()

/** pdf-lib looks for escapes in a name each time that it is asked for one. */
function nameOf(text: string): PDFName {
  let name = names.get(text)
  if (name === undefined) {
    name = PDFName.of(text)
    names.set(text, name)
  }
  return name
}

/** Objects to an object stream: readers unpack whole streams, so that they stay small. */
const OBJECTS_PER_STREAM = 100

function latin1(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length)
  for (let index = 0; index < text.length; index += 1) bytes[index] = text.charCodeAt(index)
  return bytes
}

const END_OF_OBJECT = latin1('\nendobj\n')

/** The objects of one file, numbered in the order in which they are asked for. */
export class PdfObjects {
  readonly #context = PDFContext.create()

  ref(): Ref {
    return this.#context.nextRef()
  }

  set(ref: Ref, value: Value): void {
    this.#context.assign(ref, this.#object(value))
  }

  add(value: Value): Ref {
    return this.#context.register(this.#object(value))
  }

  /** A stream as it is. */
  addStream(bytes: Uint8Array, dictionary: { readonly [name: string]: Value }): Ref {
    return this.#context.register(PDFRawStream.of(this.#dict({ ...dictionary, Length: bytes.length }), bytes))
  }

  /** A stream under FlateDecode, by the compressor that pdf-lib brings: the same bytes wherever it runs. */
  addCompressed(content: Uint8Array | string, dictionary: { readonly [name: string]: Value }, ref?: Ref): Ref {
    const stream = this.#context.flateStream(typeof content === 'string' ? latin1(content) : content)
    const dict = this.#dict({ ...dictionary, Filter: 'FlateDecode', Length: stream.contents.length })
    const at = ref ?? this.ref()
    this.#context.assign(at, PDFRawStream.of(dict, stream.contents))
    return at
  }

  #object(value: Value): PDFObject {
    if (typeof value === 'string') return nameOf(value)
    if (typeof value === 'number') return PDFNumber.of(value)
    if (typeof value === 'boolean') return this.#context.obj(value)
    if (Array.isArray(value)) {
      const array = this.#context.obj([])
      for (const entry of value as readonly Value[]) array.push(this.#object(entry))
      return array
    }
    if (isObject(value)) return value
    return this.#dict(value as { readonly [name: string]: Value | undefined })
  }

  #dict(entries: { readonly [name: string]: Value | undefined }): PDFDict {
    const dict = this.#context.obj({})
    for (const [name, value] of Object.entries(entries))
      if (value !== undefined) dict.set(nameOf(name), this.#object(value))
    return dict
  }

  /**
   * The file: streams first, everything else in object streams, then a cross-reference stream (ISO 32000-1 §7.5.7,
   * §7.5.8). pdf-lib's own writer does the same but yields to the event loop between objects.
   */
  bytes({ root, info, id }: { readonly root: Ref; readonly info: Ref; readonly id: Uint8Array }): Uint8Array {
    const header = PDFHeader.forVersion(1, 7)
    const direct: (readonly [PDFRef, PDFObject])[] = []
    const packed: [PDFRef, PDFObject][] = []
    for (const entry of this.#context.enumerateIndirectObjects())
      if (entry[1] instanceof PDFStream) direct.push(entry)
      else packed.push(entry)
    let next = this.#context.largestObjectNumber + 1
    // pdf-lib numbers the entries' sections as they come: they are added in the order of their numbers, at the end.
    const entries = new Map<number, () => void>()
    const crossReference = PDFCrossRefStream.create(
      this.#dict({ Root: root, Info: info, ID: [hexString(id), hexString(id)] }),
      true,
    )
    for (let at = 0; at < packed.length; at += OBJECTS_PER_STREAM) {
      const chunk = packed.slice(at, at + OBJECTS_PER_STREAM)
      const ref = PDFRef.of(next)
      next += 1
      for (const [index, [own]] of chunk.entries())
        entries.set(own.objectNumber, () => crossReference.addCompressedEntry(own, ref, index))
      direct.push([ref, PDFObjectStream.withContextAndObjects(this.#context, chunk, true)])
    }
    // Everything has its size before anything is written: the file exists once in memory.
    const head = new Uint8Array(header.sizeInBytes() + 1).fill(0x0a)
    header.copyBytesInto(head, 0)
    let size = head.length
    const place = (ref: PDFRef, object: PDFObject): Placed => {
      const before = latin1(`${ref.objectNumber} 0 obj\n`)
      const placed = { at: size, before, object }
      size += before.length + object.sizeInBytes() + END_OF_OBJECT.length
      return placed
    }
    const placed = direct.map(([ref, object]) => {
      const own = place(ref, object)
      entries.set(ref.objectNumber, () => crossReference.addUncompressedEntry(ref, own.at))
      return own
    })
    for (const number of [...entries.keys()].sort((a, b) => a - b)) entries.get(number)?.()
    const own = PDFRef.of(next)
    crossReference.dict.set(PDFName.of('Size'), PDFNumber.of(next + 1))
    crossReference.addUncompressedEntry(own, size)
    const trailer = PDFTrailer.forLastCrossRefSectionOffset(size)
    placed.push(place(own, crossReference))
    const file = new Uint8Array(size + trailer.sizeInBytes())
    file.set(head)
    for (const { at, before, object } of placed) {
      file.set(before, at)
      const end = at + before.length + object.copyBytesInto(file, at + before.length)
      file.set(END_OF_OBJECT, end)
    }
    trailer.copyBytesInto(file, size)
    return file
  }
}

function isObject(value: Value): value is PDFObject {
  return typeof value === 'object' && 'copyBytesInto' in value
}
