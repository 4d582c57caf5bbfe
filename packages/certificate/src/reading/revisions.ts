import type { DocumentChange, DocumentRevision } from '@probatum/core'
import { equalBytes, ParseError } from '@probatum/core'
import { type PdfSection, readObjectAt } from './cross-references.ts'
import { isPdfSpace, isRef, itemsOf, nameOf, type PdfDict, PdfLexer, type PdfValue, textOfValue } from './lexer.ts'
import { PDF_LIMITS } from './limits.ts'
import { pagesOf } from './pages.ts'
import { PdfFile } from './pdf-file.ts'

/** One writing of the file, with the section that it ends with; null for bytes behind the last one. */
interface Written {
  readonly from: number
  readonly to: number
  readonly section: PdfSection | null
}

/**
 * Where each writing of the file ends: behind each section stand its `startxref`, with its own place, and `%%EOF`. Null
 * for a file that is not made so, as a linearized one is not.
 */
export function writingsOf(file: PdfFile): readonly Written[] | null {
  const { bytes } = file
  const writings: Written[] = []
  let from = 0
  for (const section of file.sections.toReversed()) {
    const to = section.offset < from ? null : endOf(bytes, section)
    if (to === null) return null
    writings.push({ from, to, section })
    from = to
  }
  // A transfer may add a line end; anything else is something.
  let rest = from
  while (isPdfSpace(bytes[rest])) rest += 1
  if (rest < bytes.length) writings.push({ from, to: bytes.length, section: null })
  return writings
}

function endOf(bytes: Uint8Array, section: PdfSection): number | null {
  try {
    const lexer = new PdfLexer(bytes, section.end, 'startxref')
    lexer.keyword('startxref')
    if (lexer.integer() !== section.offset) return null
    let at = lexer.at
    while (isPdfSpace(bytes[at])) at += 1
    if (!END.every((code, index) => bytes[at + index] === code)) return null
    at += END.length
    if (bytes[at] === 13 && bytes[at + 1] === 10) return at + 2
    return bytes[at] === 10 || bytes[at] === 13 ? at + 1 : at
  } catch (error) {
    if (error instanceof ParseError) return null
    throw error
  }
}

const END = [...'%%EOF'].map((character) => character.charCodeAt(0))

/** What each writing adds and changes, beside the one before it. */
export function revisionsOf(file: PdfFile): readonly DocumentRevision[] {
  const writings = writingsOf(file) ?? []
  let before: PdfFile | null = null
  return writings.map(({ from, to, section }, index): DocumentRevision => {
    const changes = new Changes()
    if (section === null) changes.add('unaccounted', null, String(from))
    else if (index > 0) {
      try {
        const after: PdfFile = to === file.bytes.length ? file : new PdfFile(file.bytes.subarray(0, to))
        before ??= new PdfFile(file.bytes.subarray(0, from))
        accountFor(file.bytes, from, section, after, changes)
        compareViews(before, after, section, changes)
        before = after
      } catch (error) {
        if (!(error instanceof ParseError)) throw error
        changes.add('unreadable', null, error.detail.where)
      }
    }
    return { from, to, adds: changes.adds, changes: changes.named, changesOmitted: changes.omitted }
  })
}

class Changes {
  readonly named: DocumentChange[] = []
  readonly adds: DocumentRevision['adds'][number][] = []
  omitted = 0

  add(code: DocumentChange['code'], object: number | null, at = ''): void {
    if (this.named.length < PDF_LIMITS.changesNamed) this.named.push({ code, object, at })
    else this.omitted += 1
  }
}

/** An update is its objects, one behind the other, and its section: a byte that is neither could be shown by some reader. */
function accountFor(bytes: Uint8Array, from: number, section: PdfSection, view: PdfFile, changes: Changes): void {
  const places = new Map<number, number>()
  for (const [number, place] of section.places) if (place !== null && 'at' in place) places.set(place.at, number)
  let at = from
  for (;;) {
    while (isPdfSpace(bytes[at])) at += 1
    if (at >= section.offset) break
    try {
      const object = readObjectAt(bytes, at, (length) => {
        const resolved = view.resolve(length)
        return typeof resolved === 'number' ? resolved : -1
      })
      if (places.get(at) !== object.number) changes.add('unaccounted', object.number, String(at))
      places.delete(at)
      at = object.end
    } catch (error) {
      if (!(error instanceof ParseError)) throw error
      changes.add('unaccounted', null, String(at))
      return
    }
  }
  places.delete(section.offset)
  for (const [place, number] of places) changes.add('unaccounted', number, String(place))
}

function compareViews(before: PdfFile, after: PdfFile, section: PdfSection, changes: Changes): void {
  for (const key of ['Root', 'Info', 'Encrypt'])
    if (textOfValue(before.trailer.entries.get(key)) !== textOfValue(after.trailer.entries.get(key)))
      changes.add('trailer', null, key)
  const first = (file: PdfFile) => textOfValue(itemsOf(file.trailer.entries.get('ID'))?.[0])
  if (first(before) !== first(after)) changes.add('trailer', null, 'ID')
  const accepted = new Accepted(before, after, changes)
  accepted.read()
  for (const [number, place] of section.places) {
    if (place !== null && 'at' in place && place.at === section.offset) continue
    const old = before.object(number)
    if (place === null) {
      if (old !== null) changes.add('object-freed', number)
      continue
    }
    const now = after.object(number)
    if (now === null || accepted.numbers.has(number)) continue
    const isPacking = nameOf(now.stream?.dict.entries.get('Type')) === 'ObjStm'
    if (old === null) {
      if (!isPacking) changes.add('object-added', number)
    } else if (
      textOfValue(old.value) !== textOfValue(now.value) ||
      !equalBytes(old.stream?.raw ?? new Uint8Array(), now.stream?.raw ?? new Uint8Array())
    )
      changes.add('object-replaced', number)
  }
}

const WIDGET_KEYS = new Set(['Type', 'Subtype', 'FT', 'T', 'F', 'Ff', 'Rect', 'P', 'AP', 'V', 'DA', 'M', 'NM'])
const STORE_KEYS = new Set(['Type', 'Certs', 'CRLs', 'OCSPs', 'VRI'])
const VRI_KEYS = new Set(['Type', 'Cert', 'CRL', 'OCSP', 'TU', 'TS'])

/** Objects of an update that are what a signature, a document time-stamp or a document security store needs, and no more. */
class Accepted {
  readonly numbers = new Set<number>()
  readonly #before: PdfFile
  readonly #after: PdfFile
  readonly #changes: Changes
  readonly #widgets = new Set<number>()

  constructor(before: PdfFile, after: PdfFile, changes: Changes) {
    this.#before = before
    this.#after = after
    this.#changes = changes
  }

  read(): void {
    const [before, after] = [this.#before, this.#after]
    const root = after.trailer.entries.get('Root')
    if (isRef(root)) this.numbers.add(root.number)
    const [old, now] = [before.catalog, after.catalog]
    for (const key of new Set([...old.entries.keys(), ...now.entries.keys()])) {
      const [was, is] = [old.entries.get(key), now.entries.get(key)]
      if (key === 'AcroForm') this.#form(was, is)
      else if (key === 'DSS') this.#store(was, is)
      else if (textOfValue(was) !== textOfValue(is)) this.#changes.add('catalog', isRef(root) ? root.number : null, key)
    }
    this.#pages()
  }

  #form(was: PdfValue | undefined, is: PdfValue | undefined): void {
    const [old, now] = [this.#before.dict(was), this.#after.dict(is)]
    if (isRef(is)) this.numbers.add(is.number)
    if (now === null) {
      if (old !== null) this.#changes.add('catalog', null, 'AcroForm')
      return
    }
    for (const key of new Set([...(old?.entries.keys() ?? []), ...now.entries.keys()]))
      if (
        key !== 'Fields' &&
        key !== 'SigFlags' &&
        textOfValue(old?.entries.get(key)) !== textOfValue(now.entries.get(key))
      )
        this.#changes.add('catalog', null, `AcroForm.${key}`)
    const fields = this.#after.items(now.entries.get('Fields'))
    for (const field of this.#appended(this.#before.items(old?.entries.get('Fields')), fields, 'AcroForm.Fields'))
      this.#field(field)
  }

  /** What stands behind the old items; anything else is named. */
  #appended(old: readonly PdfValue[], now: readonly PdfValue[], at: string): readonly PdfValue[] {
    if (old.every((value, index) => textOfValue(value) === textOfValue(now[index]))) return now.slice(old.length)
    this.#changes.add('catalog', null, at)
    return []
  }

  #field(value: PdfValue): void {
    const after = this.#after
    const field = after.dict(value)
    const signature = after.dict(field?.entries.get('V'))
    const kind = nameOf(after.resolve(signature?.entries.get('Type')))
    const rectangle = after.items(field?.entries.get('Rect')).map((side) => after.resolve(side))
    const isNew = isRef(value) && this.#before.object(value.number) === null
    const extra = [...(field?.entries.keys() ?? [])].find((key) => !WIDGET_KEYS.has(key))
    if (
      field === null ||
      !isRef(value) ||
      !isNew ||
      nameOf(field.entries.get('FT')) !== 'Sig' ||
      nameOf(field.entries.get('Subtype')) !== 'Widget' ||
      extra !== undefined ||
      signature === null ||
      (kind !== 'Sig' && kind !== 'DocTimeStamp')
    ) {
      this.#changes.add('annotation', isRef(value) ? value.number : null, extra ?? '')
      return
    }
    // Without area nothing is shown, whatever its appearance has.
    const [left, bottom, right, top] = rectangle
    if (rectangle.length !== 4 || left !== right || bottom !== top) {
      this.#changes.add('annotation', value.number, 'Rect')
      return
    }
    this.#widgets.add(value.number)
    this.numbers.add(value.number)
    const own = field.entries.get('V')
    if (isRef(own)) this.numbers.add(own.number)
    this.#appearance(field)
    this.#changes.adds.push(kind === 'Sig' ? 'signature' : 'document-timestamp')
  }

  #appearance(field: PdfDict): void {
    const given = field.entries.get('AP')
    const normal = this.#after.dict(given)?.entries.get('N')
    for (const value of [given, normal])
      if (isRef(value) && this.#before.object(value.number) === null) {
        const stream = this.#after.stream(value)
        if (stream === null || stream.raw.length === 0) this.numbers.add(value.number)
      }
  }

  #store(was: PdfValue | undefined, is: PdfValue | undefined): void {
    if (textOfValue(was) === textOfValue(is) && !isRef(is)) return
    const after = this.#after
    const store = after.dict(is)
    if (store === null) {
      if (was !== undefined) this.#changes.add('dss', null, 'DSS')
      return
    }
    if (isRef(is)) this.numbers.add(is.number)
    const isChanged =
      textOfValue(was) !== textOfValue(is) || textOfValue(this.#before.dict(was) ?? null) !== textOfValue(store)
    for (const key of store.entries.keys()) if (!STORE_KEYS.has(key) && isChanged) this.#changes.add('dss', null, key)
    for (const key of ['Certs', 'CRLs', 'OCSPs']) this.#streams(store.entries.get(key))
    const vri = store.entries.get('VRI')
    if (isRef(vri)) this.numbers.add(vri.number)
    for (const [name, value] of after.dict(vri)?.entries ?? []) {
      const own = after.dict(value)
      if (isRef(value)) this.numbers.add(value.number)
      if (own === null) this.#changes.add('dss', null, `VRI.${name}`)
      for (const key of own?.entries.keys() ?? [])
        if (!VRI_KEYS.has(key)) this.#changes.add('dss', null, `VRI.${name}.${key}`)
      for (const key of ['Cert', 'CRL', 'OCSP', 'TS']) this.#streams(own?.entries.get(key))
    }
    if (isChanged) this.#changes.adds.push('dss')
  }

  #streams(value: PdfValue | undefined): void {
    if (isRef(value) && this.#after.stream(value) === null) this.numbers.add(value.number)
    const items = isRef(value) && this.#after.stream(value) !== null ? [value] : this.#after.items(value)
    for (const item of items) {
      if (!isRef(item)) continue
      const isNew = this.#before.object(item.number) === null
      if (isNew && this.#after.stream(item) !== null) this.numbers.add(item.number)
    }
  }

  #pages(): void {
    const [before, after] = [this.#before, this.#after]
    const were = new Map(pagesOf(before).map(({ number, dict }) => [number, dict]))
    for (const { number, dict } of pagesOf(after)) {
      const old = were.get(number)
      // A page that was not there, or an order, is told by the objects that hold it.
      if (old === undefined || textOfValue(old) === textOfValue(dict)) continue
      this.numbers.add(number)
      for (const key of new Set([...old.entries.keys(), ...dict.entries.keys()])) {
        const [was, is] = [old.entries.get(key), dict.entries.get(key)]
        if (textOfValue(was) === textOfValue(is)) continue
        if (key !== 'Annots') {
          this.#changes.add('page', number, key)
          continue
        }
        const more = this.#appended(before.items(was), after.items(is), `page ${number} Annots`)
        for (const annotation of more)
          if (!isRef(annotation) || !this.#widgets.has(annotation.number))
            this.#changes.add('annotation', isRef(annotation) ? annotation.number : null, `page ${number}`)
      }
    }
  }
}
