import { ParseError } from '@probatum/core'
import type { PdfSection } from './cross-references.ts'
import { isPdfSpace, PdfLexer } from './lexer.ts'
import type { PdfFile } from './pdf-file.ts'

/** One writing of the file, with the section that it ends with; null for bytes behind the last one. */
export interface Written {
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
