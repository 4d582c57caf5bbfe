import type { DocumentChange, DocumentRevision } from '@probatum/core'
import { PDF_LIMITS } from './limits.ts'
import { pagesOf } from './pages.ts'
import type { PdfFile } from './pdf-file.ts'
import { isRef, nameOf, type PdfDict, type PdfValue, textOfValue } from './values.ts'

/** What an update changes, named one by one up to a limit, and what it adds that may be added. */
export class Changes {
  readonly named: DocumentChange[] = []
  readonly adds: DocumentRevision['adds'][number][] = []
  omitted = 0

  add(code: DocumentChange['code'], object: number | null, at = ''): void {
    if (this.named.length < PDF_LIMITS.changesNamed) this.named.push({ code, object, at })
    else this.omitted += 1
  }
}

const WIDGET_KEYS = new Set(['Type', 'Subtype', 'FT', 'T', 'F', 'Ff', 'Rect', 'P', 'AP', 'V', 'DA', 'M', 'NM'])
const STORE_KEYS = new Set(['Type', 'Certs', 'CRLs', 'OCSPs', 'VRI'])
const VRI_KEYS = new Set(['Type', 'Cert', 'CRL', 'OCSP', 'TU', 'TS'])

/** Objects of an update that are what a signature, a document time-stamp or a document security store needs, and no more. */
export class Accepted {
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
