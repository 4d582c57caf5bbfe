import type { DocumentRevision } from '@probatum/core'
import { equalBytes, ParseError } from '@probatum/core'
import { Accepted, Changes } from './accepted-update.ts'
import { type PdfSection, readObjectAt } from './cross-references.ts'
import { isPdfSpace } from './lexer.ts'
import { PdfFile, type PdfObject } from './pdf-file.ts'
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
  for (const [number, place] of section.places) {
    if (place === null || !('at' in place)) continue
    places.set(place.at, number)
    if (place.generation !== 0) changes.add('unaccounted', number, `generation ${place.generation}`)
  }
  let at = from
  for (;;) {
    while (isPdfSpace(bytes[at])) at += 1
    if (at >= section.offset) break
    try {
      const object = readObjectAt(bytes, at, (length) => {
        const resolved = view.resolve(length)
        return typeof resolved === 'number' ? resolved : -1
      })
      // A reference asks for the first generation; whether another one answers differs between readers.
      if (places.get(at) !== object.number || object.generation !== 0)
        changes.add('unaccounted', object.number, String(at))
      places.delete(at)
      at = object.end
    } catch (error) {
      if (!(error instanceof ParseError)) throw error
      changes.add('unaccounted', null, String(at))
      return
    }
  }
  if (places.get(section.offset) === section.number) places.delete(section.offset)
  for (const [place, number] of places) changes.add('unaccounted', number, String(place))
}

function compareViews(before: PdfFile, after: PdfFile, section: PdfSection, changes: Changes): void {
  for (const key of ['Root', 'Info', 'Encrypt'])
    if (textOfValue(before.trailer.entries.get(key)) !== textOfValue(after.trailer.entries.get(key)))
      changes.add('trailer', null, key)
  const first = (file: PdfFile) => textOfValue(itemsOf(file.trailer.entries.get('ID'))?.[0])
  if (first(before) !== first(after)) changes.add('trailer', null, 'ID')
  // ISO 32000-1 §7.5.5: objects from Size on are not there, for who believes it.
  if (sizeOf(after) < sizeOf(before)) changes.add('trailer', null, 'Size')
  const accepted = new Accepted(before, after, changes)
  accepted.read()
  for (const [number, place] of section.places) {
    const old = before.object(number)
    if (number === section.number && (old === null || isOfType(old, 'XRef'))) continue
    if (place === null) {
      if (old !== null) changes.add('object-freed', number)
      continue
    }
    const now = after.object(number)
    if (now === null || accepted.numbers.has(number)) continue
    if (old === null) {
      if (!isOfType(now, 'ObjStm')) changes.add('object-added', number)
    } else if (
      textOfValue(old.value) !== textOfValue(now.value) ||
      !equalBytes(old.stream?.raw ?? new Uint8Array(), now.stream?.raw ?? new Uint8Array())
    )
      changes.add('object-replaced', number)
  }
}

function isOfType({ stream }: PdfObject, type: string): boolean {
  return nameOf(stream?.dict.entries.get('Type')) === type
}

function sizeOf({ trailer }: PdfFile): number {
  const size = trailer.entries.get('Size')
  return typeof size === 'number' ? size : 0
}
