export { type Attachment, makePdf, type Paper, type PdfOptions } from './make-pdf.ts'
export { FONT_FILES, type FontName, type NeededFile, SHAPER_FILES } from './text/fonts.ts'
export { openTypesetter, type Typesetter, type TypesetterFiles } from './text/typesetter.ts'
