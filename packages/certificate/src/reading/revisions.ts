import type { DocumentRevision } from '@probatum/core'
import { equalBytes, ParseError } from '@probatum/core'
import { Accepted, Changes } from './accepted-update.ts'
import { type PdfSection, readObjectAt } from './cross-references.ts'
import { isPdfSpace } from './lexer.ts'
import { PdfFile } from './pdf-file.ts'
import { itemsOf, nameOf, textOfValue } from './values.ts'
import { writingsOf } from './writings.ts'

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
