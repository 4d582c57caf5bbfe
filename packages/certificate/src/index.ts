export {
  type CertificatePorts,
  type CertifyInput,
  certificateIdOf,
  fontSetDigest,
  type MadeCertificate,
  makeCertificate,
  remakeCertificate,
} from './certify.ts'
export { ATTACHMENT_NAMES, type CertificateFiles, type ReadCertificateFiles, readCertificateFiles } from './files.ts'
export { type Attachment, makePdf, type Paper, type PdfOptions } from './make-pdf.ts'
export { isKnownTemplate, parseRequest } from './request.ts'
export { FONT_FILES, type FontName, type NeededFile, SHAPER_FILES } from './text/fonts.ts'
export { openTypesetter, type Typesetter, type TypesetterFiles } from './text/typesetter.ts'
