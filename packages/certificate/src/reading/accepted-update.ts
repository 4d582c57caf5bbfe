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

  /**
   * An object that has a part in this: a new one, or the one that had the part before. Any other is somebody else's: a page's
   * content that becomes a store leaves the page empty.
   */
  #take(is: PdfValue | undefined, was: PdfValue | undefined = undefined): void {
    if (!isRef(is)) return
    const isSame = isRef(was) && was.number === is.number
    if (isSame || this.#before.object(is.number) === null) this.numbers.add(is.number)
  }

  #form(was: PdfValue | undefined, is: PdfValue | undefined): void {
    const [old, now] = [this.#before.dict(was), this.#after.dict(is)]
    this.#take(is, was)
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
    this.#take(field.entries.get('V'))
    this.#appearance(field)
    this.#changes.adds.push(kind === 'Sig' ? 'signature' : 'document-timestamp')
  }

  #appearance(field: PdfDict): void {
    const given = field.entries.get('AP')
    const normal = this.#after.dict(given)?.entries.get('N')
    for (const value of [given, normal]) if ((this.#after.stream(value)?.raw.length ?? 0) === 0) this.#take(value)
  }

  #store(was: PdfValue | undefined, is: PdfValue | undefined): void {
    if (textOfValue(was) === textOfValue(is) && !isRef(is)) return
    const after = this.#after
    const store = after.dict(is)
    if (store === null) {
      if (was !== undefined) this.#changes.add('dss', null, 'DSS')
      return
    }
    this.#take(is, was)
    const old = this.#before.dict(was)
    const isChanged = textOfValue(was) !== textOfValue(is) || textOfValue(old ?? null) !== textOfValue(store)
    for (const key of store.entries.keys()) if (!STORE_KEYS.has(key) && isChanged) this.#changes.add('dss', null, key)
    for (const key of ['Certs', 'CRLs', 'OCSPs']) this.#streams(store.entries.get(key), old?.entries.get(key))
    const [oldNames, names] = [old?.entries.get('VRI'), store.entries.get('VRI')]
    this.#take(names, oldNames)
    const oldEntries = this.#before.dict(oldNames)?.entries
    for (const [name, value] of after.dict(names)?.entries ?? []) {
      const own = after.dict(value)
      const oldValue = oldEntries?.get(name)
      this.#take(value, oldValue)
      if (own === null) this.#changes.add('dss', null, `VRI.${name}`)
      for (const key of own?.entries.keys() ?? [])
        if (!VRI_KEYS.has(key)) this.#changes.add('dss', null, `VRI.${name}.${key}`)
      const oldOwn = this.#before.dict(oldValue)
      for (const key of ['Cert', 'CRL', 'OCSP', 'TS']) this.#streams(own?.entries.get(key), oldOwn?.entries.get(key))
    }
    if (isChanged) this.#changes.adds.push('dss')
  }

  /** One stream, or a list of them. A stream is never replaced. */
  #streams(is: PdfValue | undefined, was: PdfValue | undefined): void {
    const isStream = this.#after.stream(is) !== null
    if (!isStream) this.#take(is, was)
    for (const item of isStream ? [is] : this.#after.items(is)) if (this.#after.stream(item) !== null) this.#take(item)
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
