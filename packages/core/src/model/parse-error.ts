/**
 * What a parser found wrong with bytes: they are not what they claim to be.
 * A closed list, because every code is explained in the message catalogue.
 */
export type ParseErrorCode =
  | 'ERR_DER_TRUNCATED'
  | 'ERR_DER_TRAILING_DATA'
  | 'ERR_DER_NON_CANONICAL'
  | 'ERR_DER_UNEXPECTED_TAG'
  | 'ERR_DER_VALUE'
  | 'ERR_LIMIT'
  | 'ERR_TIME'
  | 'ERR_CMS_STRUCTURE'
  | 'ERR_CMS_NOT_SIGNED_DATA'
  | 'ERR_X509_STRUCTURE'
  | 'ERR_TSP_STRUCTURE'
  | 'ERR_ERS_STRUCTURE'
  | 'ERR_PEM'
  | 'ERR_ZIP_STRUCTURE'
  | 'ERR_ZIP_AMBIGUOUS'
  | 'ERR_ZIP_TRUNCATED'
  | 'ERR_ZIP_UNSUPPORTED'
  | 'ERR_ZIP_ENCRYPTED'
  | 'ERR_ZIP_CONTENT'
  /** Names separated by backslashes, as old .NET and PowerShell wrote them: systems disagree about what they mean. */
  | 'ERR_ZIP_BACKSLASH'
  /** Sizes or counts cut to 32 or 16 bits, as macOS writes archives over 4 GiB. */
  | 'ERR_ZIP_WRAPPED'
  | 'ERR_TAR_STRUCTURE'
  /** What readers of tar take differently, or go past differently: names, sizes, the end. */
  | 'ERR_TAR_AMBIGUOUS'
  | 'ERR_TAR_TRUNCATED'
  | 'ERR_TAR_UNSUPPORTED'
  | 'ERR_PATH_UNSAFE'
  | 'ERR_PATH_DUPLICATE'
  | 'ERR_ENTRY_TYPE'
  | 'ERR_NOT_A_BUNDLE'
  /** An encrypted file, and no identity to open it with. */
  | 'ERR_ENCRYPTED'
  /** What an encrypted file holds is an encrypted file. */
  | 'ERR_ENCRYPTED_TWICE'
  | 'ERR_ENCRYPTION_STRUCTURE'
  /** Another encryption than is read here, or one that would not show a change. */
  | 'ERR_ENCRYPTION_UNSUPPORTED'
  /** Encrypted with a passphrase, not to a key. */
  | 'ERR_ENCRYPTION_PASSPHRASE'
  /** None of the identities that were given opens the file. */
  | 'ERR_ENCRYPTION_IDENTITY'
  /** An authentication tag does not hold: other bytes than were encrypted, fewer, or more. */
  | 'ERR_ENCRYPTION_TAG'
  /** A file of identities that cannot be used. Nothing of a key is ever in the error. */
  | 'ERR_IDENTITY'
  | 'ERR_SEVERAL_BUNDLES'
  | 'ERR_JSON_SYNTAX'
  | 'ERR_JSON_DUPLICATE_KEY'
  | 'ERR_JSON_NUMBER'
  | 'ERR_JSON_STRING'
  | 'ERR_JSON_NOT_CANONICAL'
  | 'ERR_JSON_SHAPE'
  | 'ERR_CHECKPOINT'
  | 'ERR_TEXT_ENCODING'
  | 'ERR_BAGIT_SYNTAX'
  | 'ERR_PDF_STRUCTURE'
  | 'ERR_TRUST_SET'
  | 'ERR_POLICY'
  | 'ERR_FACTS'
  | 'ERR_REPORT'
  /** The file beside a certificate, with its data. */
  | 'ERR_SIDECAR'

/** Where it does not read, and what would have. */
export interface ParseErrorDetail {
  /** Dotted place in the structure, e.g. `SignedData.signerInfos[0].signedAttrs`, or an entry's path. */
  readonly where: string
  /** Which field or rule of that place, e.g. `local.crc32`; explained in the message catalogue. */
  readonly field?: string
  /** Byte offset in the input that was handed to the parser, where one is known. */
  readonly offset?: number
  /** Document and section, e.g. `RFC 5652 §5.4`. */
  readonly spec?: string
  /** Machine-readable facts: what was expected and found. Printed escaped. */
  readonly expected?: string
  readonly found?: string
}

/**
 * The bytes are not what they claim. `message` is a terse technical line for experts;
 * human sentences come from the message catalogue by `code`.
 */
export class ParseError extends Error {
  override readonly name = 'ParseError'
  readonly code: ParseErrorCode
  readonly detail: ParseErrorDetail
  constructor(code: ParseErrorCode, detail: ParseErrorDetail) {
    const at = detail.offset === undefined ? '' : ` at byte ${detail.offset}`
    const sides =
      (detail.expected === undefined ? '' : `, expected ${detail.expected}`) +
      (detail.found === undefined ? '' : `, found ${detail.found}`)
    const spec = detail.spec === undefined ? '' : ` (${detail.spec})`
    const field = detail.field === undefined ? '' : ` [${detail.field}]`
    super(`${code}: ${detail.where}${field}${at}${sides}${spec}`)
    this.code = code
    this.detail = detail
  }
}

/** What is read, or null where the bytes do not read; every other error is passed on. */
export function orNull<T>(read: () => T): T | null {
  try {
    return read()
  } catch (error) {
    if (error instanceof ParseError) return null
    throw error
  }
}
