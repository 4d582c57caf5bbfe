import { sha256 } from '@noble/hashes/sha2.js'
import { concatBytes, encodeUtf8 } from '@probatum/core'
import type { PdfFile } from '../reading/pdf-file.ts'
import { isString, itemsOf, type PdfValue } from '../reading/values.ts'
import { writeValue } from './write-values.ts'

/** An object of an update: its body in ASCII, and a stream's bytes. */
export interface UpdateObject {
  readonly number: number
  readonly body: string
  readonly stream?: Uint8Array
}

export interface AppendedUpdate {
  readonly bytes: Uint8Array
  /** Where each object begins, by its number. */
  readonly places: ReadonlyMap<number, number>
}

/** The first number that no object has. */
export function nextNumber(file: PdfFile): number {
  const size = file.trailer.entries.get('Size')
  return Math.max(typeof size === 'number' ? size : 0, (file.numbers.at(-1) ?? 0) + 1)
}

/**
 * The file with an incremental update behind it (ISO 32000-1 §7.5.6): its bytes stay as they are. The cross-references are
 * a stream that is not compressed, as a file that has such streams wants it and so that everybody can read it.
 */
export function appendUpdate(file: PdfFile, objects: readonly UpdateObject[]): AppendedUpdate {
  const places = new Map<number, number>()
  const pieces: Uint8Array[] = [file.bytes]
  let at = file.bytes.length
  const put = (piece: Uint8Array) => {
    pieces.push(piece)
    at += piece.length
  }
  if (file.bytes.at(-1) !== 0x0a) put(Uint8Array.of(0x0a))
  for (const { number, body, stream } of [...objects].sort((a, b) => a.number - b.number)) {
    places.set(number, at)
    put(encodeUtf8(`${number} 0 obj\n${body}\n`))
    if (stream !== undefined) {
      put(encodeUtf8('stream\n'))
      put(stream)
      put(encodeUtf8('\nendstream\n'))
    }
    put(encodeUtf8('endobj\n'))
  }
  const own = Math.max(nextNumber(file), ...objects.map(({ number }) => number + 1))
  const start = at
  places.set(own, start)
  const table = crossReferences(places)
  const kept = (name: string): string => {
    const value = file.trailer.entries.get(name)
    return value === undefined ? '' : `/${name} ${writeValue(value)} `
  }
  const previous = file.sections[0]?.offset ?? 0
  put(
    encodeUtf8(
      `${own} 0 obj\n<</Type /XRef /Size ${own + 1} ${kept('Root')}${kept('Info')}${identifiers(file)}/Prev ${previous} ` +
        `/W [1 5 2] /Index [${table.index.join(' ')}] /Length ${table.content.length}>>\nstream\n`,
    ),
  )
  put(table.content)
  put(encodeUtf8(`\nendstream\nendobj\nstartxref\n${start}\n%%EOF\n`))
  return { bytes: concatBytes(...pieces), places }
}

function crossReferences(places: ReadonlyMap<number, number>): { index: readonly number[]; content: Uint8Array } {
  const index: number[] = []
  const rows: Uint8Array[] = []
  let next = -1
  for (const [number, place] of [...places].sort(([a], [b]) => a - b)) {
    if (number === next) index[index.length - 1] = (index.at(-1) ?? 0) + 1
    else index.push(number, 1)
    next = number + 1
    const row = new Uint8Array(8)
    row[0] = 1
    for (let byte = 5, rest = place; byte > 0; byte--, rest = Math.floor(rest / 256)) row[byte] = rest % 256
    rows.push(row)
  }
  return { index, content: concatBytes(...rows) }
}

/** §14.4: the first identifier stays, the second one changes with the file; here by its bytes, so that nothing is drawn. */
function identifiers(file: PdfFile): string {
  const [first] = itemsOf(file.trailer.entries.get('ID')) ?? []
  if (!isString(first)) return ''
  const changed: PdfValue = { ...first, bytes: sha256(file.bytes).subarray(0, 16) }
  return `/ID [${writeValue(first)} ${writeValue(changed)}] `
}
