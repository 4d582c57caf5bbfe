import { decodeUtf8, type OpenedField } from '@probatum/core'
import { type OriginalName, originalNamesIn } from '@probatum/words'
import type { OpenedFields } from './engine.ts'

/** Fields that a view is given at once: a case with thousands of items has hundreds of thousands. */
const FIRST = 500
/** Lines that are one piece of the Blob. */
const PIECE = 4096

/** Opened fields as the page holds them: the first ones to be shown, all of them as lines of JSON that nobody has to copy. */
export function packOpened(fields: readonly OpenedField[] | null): OpenedFields | null {
  if (fields === null) return null
  const pieces: string[] = []
  for (let at = 0; at < fields.length; at += PIECE)
    pieces.push(
      fields
        .slice(at, at + PIECE)
        .map((field) => `${JSON.stringify(field)}\n`)
        .join(''),
    )
  return { count: fields.length, first: fields.slice(0, FIRST), all: new Blob(pieces, { type: 'application/jsonl' }) }
}

/** Original names among opened fields; null where nobody asked for them. */
export async function originalNamesOf(opened: Blob | null): Promise<readonly OriginalName[] | null> {
  if (opened === null) return null
  return originalNamesIn(fieldsIn(new Uint8Array(await opened.arrayBuffer())))
}

/** Line by line: a whole text of all would not fit. */
function* fieldsIn(lines: Uint8Array): Generator<OpenedField, void, undefined> {
  for (let at = 0; at < lines.length; ) {
    const end = lines.indexOf(0x0a, at)
    yield JSON.parse(decodeUtf8(lines.subarray(at, end)) ?? '') as OpenedField
    at = end + 1
  }
}
