import { type DocumentFacts, equalBytes, orNull, ParseError } from '@probatum/core'
import { PDF_LIMITS } from './reading/limits.ts'
import { contentOf, pagesOf, shownPieces } from './reading/pages.ts'
import { PdfFile } from './reading/pdf-file.ts'
import { textOfValue } from './reading/values.ts'

/** What this version makes from the attached data, or why nothing was made. */
export type Made =
  | { readonly state: 'made'; readonly pdf: Uint8Array }
  | { readonly state: 'other-version' | 'no-data' }

export function compareBase(bytes: Uint8Array, made: Made): DocumentFacts['base'] {
  if (made.state !== 'made') return { state: made.state, bytes: null, firstDifference: null, differing: null }
  const { pdf } = made
  if (equalBytes(bytes.subarray(0, pdf.length), pdf))
    return { state: 'same', bytes: pdf.length, firstDifference: null, differing: null }
  let firstDifference: number | null = null
  let differing = Math.max(0, pdf.length - bytes.length)
  for (let at = 0; at < Math.min(pdf.length, bytes.length); at++)
    if (bytes[at] !== pdf[at]) {
      firstDifference ??= at
      differing += 1
    }
  const found = { bytes: pdf.length, firstDifference: firstDifference ?? bytes.length, differing }
  return { state: isAltered(bytes, pdf, differing) ? 'altered' : 'other', ...found }
}

/**
 * Whether these are the bytes that were made, but for some. Another program that writes the file anew puts its objects
 * elsewhere, or says in the document's information that it was there.
 */
function isAltered(bytes: Uint8Array, pdf: Uint8Array, differing: number): boolean {
  if (differing * 10 > pdf.length || bytes.length < pdf.length) return false
  const first = orNull(() => new PdfFile(bytes.subarray(0, pdf.length)))
  if (first === null) return false
  const information = (file: PdfFile) => textOfValue(file.resolve(file.trailer.entries.get('Info')))
  return orNull(() => information(first) === information(new PdfFile(pdf))) ?? false
}

/** A page's pieces, in a form in which a page is compared with a page. */
function piecesOf(file: PdfFile): readonly (readonly string[])[] {
  let pieces = 0
  return pagesOf(file).map((page) => {
    const own = shownPieces(contentOf(file, page))
    pieces += own.length
    if (pieces > PDF_LIMITS.pieces) throw new ParseError('ERR_LIMIT', { where: 'pages' })
    return own
  })
}

export function compareShown(file: PdfFile, made: Made, isClean: boolean): DocumentFacts['shown'] {
  const nothing = { pages: null, expectedPages: null, pieces: null, found: null, firstPage: null }
  if (made.state !== 'made') return { state: made.state, ...nothing }
  if (isClean) return { state: 'same', ...nothing }
  const expected = piecesOf(new PdfFile(made.pdf))
  const shown = orNull(() => piecesOf(file))
  if (shown === null) return { state: 'unread', ...nothing, expectedPages: expected.length }
  const all = expected.flat()
  const counts = new Map<string, number>()
  for (const piece of shown.flat()) counts.set(piece, (counts.get(piece) ?? 0) + 1)
  let found = 0
  for (const piece of all) {
    const left = counts.get(piece) ?? 0
    if (left === 0) continue
    counts.set(piece, left - 1)
    found += 1
  }
  const differs = expected.findIndex((page, index) => page.join('\n') !== shown[index]?.join('\n'))
  const numbers = {
    pages: shown.length,
    expectedPages: expected.length,
    pieces: all.length,
    found,
    firstPage: differs >= 0 ? differs + 1 : shown.length > expected.length ? expected.length + 1 : null,
  }
  if (differs < 0 && shown.length === expected.length) return { state: 'text-same', ...numbers }
  if (isSubsequence(all, shown.flat())) return { state: 'added', ...numbers }
  const texts = (pages: readonly (readonly string[])[]) => pages.map((page) => page.join('\n'))
  if (shown.length > 0 && shown.length < expected.length && isSubsequence(texts(shown), texts(expected)))
    return { state: 'pages-missing', ...numbers }
  const { altered, whole } = comparePages(expected, shown)
  // Written in the codes of our own fonts, and saying something else: that is no other program's doing.
  if (altered) return { state: 'differs', ...numbers }
  return { state: whole > 0 ? 'other-pages' : 'made-anew', ...numbers }
}

/**
 * Pages one by one, wherever they stand: whole ones, also under a stamp, and those of which a part says something else. A page
 * is known by the pieces that no other page of the certificate has.
 */
function comparePages(
  expected: readonly (readonly string[])[],
  shown: readonly (readonly string[])[],
): { readonly altered: boolean; readonly whole: number } {
  const owners = new Map<string, number | null>()
  for (const [page, pieces] of expected.entries())
    for (const piece of new Set(pieces)) owners.set(piece, owners.has(piece) ? null : page)
  const own = expected.map(() => 0)
  for (const page of owners.values()) if (page !== null) own[page] = (own[page] ?? 0) + 1
  let altered = false
  let whole = 0
  for (const pieces of shown) {
    const found = new Map<number, number>()
    for (const piece of new Set(pieces)) {
      const page = owners.get(piece)
      if (page !== undefined && page !== null) found.set(page, (found.get(page) ?? 0) + 1)
    }
    const [likest] = [...found].sort(([, a], [, b]) => b - a)
    if (likest === undefined) continue
    const [page, count] = likest
    if (isSubsequence(expected[page] ?? [], pieces)) whole++
    else if (count * 2 >= (own[page] ?? 0)) altered = true
  }
  return { altered, whole }
}

function isSubsequence(parts: readonly string[], whole: readonly string[]): boolean {
  let at = 0
  for (const one of whole) if (at < parts.length && parts[at] === one) at += 1
  return at === parts.length
}
