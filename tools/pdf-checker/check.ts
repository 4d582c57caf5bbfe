import { readContent } from './content.ts'
import { readFonts } from './font.ts'
import { type PdfModel, readPdf } from './reader.ts'
import { CATALOG, FILE, FONTS, PAGES, type Rule, type Subject } from './rules.ts'
import { STRUCTURE } from './structure-rules.ts'

/** The rules of PDF/A-3a and PDF/UA-1 that can be judged without a picture, and those of the layout. */
export const RULES: readonly Rule[] = [...FILE, ...CATALOG, ...PAGES, ...FONTS, ...STRUCTURE]

export interface PdfViolation {
  readonly rule: string
  readonly clause: string
  readonly problem: string
}

export function subjectOf(model: PdfModel): Subject {
  const metadata = model.stream(model.catalog.get('Metadata'))
  return {
    model,
    pages: model.pages.map(({ reference }) => readContent(model, reference)),
    fonts: readFonts(model),
    xmp: Buffer.from(metadata?.data ?? new Uint8Array()).toString('utf8'),
  }
}

export function checkModel(model: PdfModel): PdfViolation[] {
  const subject = subjectOf(model)
  return RULES.flatMap(({ id, clause, check }) => check(subject).map((problem) => ({ rule: id, clause, problem })))
}

/**
 * Judges a file that this project made. It is no validator: it knows what `makePdf` writes and refuses everything else,
 * with `PdfSyntaxError` where the file cannot be read.
 */
export function checkPdf(bytes: Uint8Array): PdfViolation[] {
  return checkModel(readPdf(bytes))
}
