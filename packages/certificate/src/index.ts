export {
  type CertificatePorts,
  type CertifyInput,
  certificateIdOf,
  fontSetDigest,
  type MadeCertificate,
  makeCertificate,
  remakeCertificate,
} from './certify.ts'
export {
  type AttachedJudgement,
  type CheckedCertificate,
  type CheckInput,
  type CheckPorts,
  establishCertificate,
} from './check.ts'
export type { BundleRead } from './compare-bundle.ts'
export { ATTACHMENT_NAMES, type CertificateFiles, type ReadCertificateFiles, readCertificateFiles } from './files.ts'
export { type Attachment, makePdf, type Paper, type PdfOptions } from './make-pdf.ts'
export { PdfFile } from './reading/pdf-file.ts'
export { revisionsOf } from './reading/revisions.ts'
export { signaturesOf } from './reading/signatures.ts'
export { isKnownTemplate, parseRequest } from './request.ts'
export {
  addValidationMaterial,
  embedContents,
  type PreparedPdf,
  type PrepareInput,
  preparePdf,
  signedBytes,
  type ValidationMaterial,
} from './signing/sign-pdf.ts'
export { FONT_FILES, type FontName, type NeededFile, SHAPER_FILES } from './text/fonts.ts'
export { openTypesetter, type Typesetter, type TypesetterFiles } from './text/typesetter.ts'
