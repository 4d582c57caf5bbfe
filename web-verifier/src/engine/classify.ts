import {
  DISCLOSED_FILES,
  decodeUtf8,
  isEvidenceRecordBeginning,
  LIMITS,
  orNull,
  ParseError,
  type Policy,
  parseCertificate,
  parseCms,
  parseCrl,
  parseOcspResponse,
  parsePem,
  parsePolicy,
  parseTimeStampFile,
  parseTrustSet,
  type SmallDigest,
  type TrustSet,
  unwrapByContent,
} from '@probatum/core'
import { carriesReport } from './saved-report.ts'

/** What a file beside the bundles is, by its content. */
export type FileClass =
  | { readonly is: 'trust-set'; readonly trustSet: TrustSet }
  | { readonly is: 'policy'; readonly policy: Policy }
  | { readonly is: 'crl' | 'ocsp' | 'disclosures' | 'report' | 'facts' | 'notice' | 'sidecar' | 'document' }
  | { readonly is: 'timestamp' | 'signature' | 'evidence-record' }
  | { readonly is: 'certificate'; readonly subject: string }
  /** `looksLike` as core names it; `error`: why it could not be read as that. */
  | { readonly is: 'other'; readonly looksLike: string; readonly error: unknown }

/** RFC 3161 §2.4.2: id-ct-TSTInfo. */
const TST_INFO = '1.2.840.113549.1.9.16.1.4'

/** Read whole to be recognised: reports and facts of a million files stay below, and so does any certificate as PDF. */
export const RECOGNISED_BYTES = LIMITS.factsBytes

/**
 * Says what a file is that is no archive.
 * @param looksLike what core's `openArchive` found
 * @param read the whole file
 */
export async function classify(
  looksLike: string,
  read: () => Promise<Uint8Array>,
  digest: SmallDigest,
): Promise<FileClass> {
  const other = (error: unknown = null): FileClass => ({ is: 'other', looksLike, error })
  try {
    if (looksLike === 'json') return classifyJson(await read(), digest) ?? other()
    if (looksLike === 'pdf') return isOurPdf(await read()) ? { is: 'document' } : other()
    if (looksLike === 'html') return carriesReport(await read()) ? { is: 'report' } : other()
    if (looksLike === 'evidence-record') return isTimeStampRequest(await read()) ? other() : { is: 'evidence-record' }
    if (looksLike === 'timestamp' || looksLike === 'cms' || looksLike === 'der' || looksLike === 'pem')
      return classifyDer(await read()) ?? other()
    // A CRL or certificate in base64 without a label is a text.
    if (looksLike === 'text') return classifyText(await read()) ?? other()
  } catch (error) {
    if (error instanceof ParseError) return other(error)
    throw error
  }
  return other()
}

/** Members by which our JSON files are known. The reader of each judges the rest. */
function classifyJson(bytes: Uint8Array, digest: SmallDigest): FileClass | undefined {
  const start = decodeUtf8(bytes.subarray(0, wholeCharacters(bytes, 65_536))) ?? ''
  if (/^\{"anchors":/.test(start) || /"trustSet":"probatum\/trust-set\//.test(start))
    return { is: 'trust-set', trustSet: parseTrustSet(bytes, (der) => parseCertificate(der), digest) }
  if (/"policy":"probatum\/policy\//.test(start)) return { is: 'policy', policy: parsePolicy(bytes) }
  if (/^\{"body":\{/.test(start)) return { is: 'report' }
  if (/^\{"container":\{/.test(start)) return { is: 'facts' }
  if (/^\{"base":\{"bytes":\d+,"sha256":"[0-9a-f]{64}"\},"bundleId":/.test(start)) return { is: 'sidecar' }
  if (/^\{"notice":\{/.test(start)) return { is: 'notice' }
  // Lines in any order of members: whether they are in form is for the run to say.
  const file = /^\s*\{[^\n]{0,4096}"file"\s*:\s*"([a-z.]+)"/.exec(start)?.[1]
  if (DISCLOSED_FILES.some((name) => name === file)) return { is: 'disclosures' }
  return undefined
}

/** A cut inside a character is none of the file's faults. */
function wholeCharacters(bytes: Uint8Array, most: number): number {
  let end = Math.min(bytes.length, most)
  if (end === bytes.length) return end
  while (end > 0 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end--
  return end
}

/** The name of an attachment that every certificate has, where it stands in the open, or the maker in its metadata, which PDF/A leaves open. */
const MARKS_OF_CERTIFICATE = ['certificate.json', '<pdf:Producer>probatum ', '<xmp:CreatorTool>probatum ']

/** Whether it may be a certificate of this program (docs/spec/certificate-1-draft.md): whether it is one, its check says. */
function isOurPdf(bytes: Uint8Array): boolean {
  return MARKS_OF_CERTIFICATE.some((mark) => {
    const wanted = [...mark].map((character) => character.charCodeAt(0))
    const first = wanted[0] ?? 0
    for (let at = bytes.indexOf(first); at >= 0; at = bytes.indexOf(first, at + 1))
      if (wanted.every((byte, i) => bytes[at + i] === byte)) return true
    return false
  })
}

function classifyText(bytes: Uint8Array): FileClass | undefined {
  if (bytes.length > LIMITS.crlBytes) return undefined
  try {
    return unwrapByContent(bytes, 'file')[0] === 0x30 ? classifyDer(bytes) : undefined
  } catch (error) {
    // A text like any other.
    if (error instanceof ParseError) return undefined
    throw error
  }
}

/** Structures of the public-key infrastructure; the first that reads. Those that only begin so are told by core's checks later. */
function classifyDer(bytes: Uint8Array): FileClass | undefined {
  if (bytes[0] !== 0x30 && holdsKeyOnly(bytes)) return undefined
  const first = orNull(() => parseTimeStampFile(bytes))
  if (first !== null) {
    const isToken = first.form === 'response' || first.token.eContentType === TST_INFO
    if (isToken) return { is: 'timestamp' }
  }
  if (orNull(() => parseCms(bytes)) !== null) return { is: 'signature' }
  const der = orNull(() => unwrapByContent(bytes, 'file'))
  if (der === null) return undefined
  const certificate = orNull(() => parseCertificate(der))
  if (certificate !== null) return { is: 'certificate', subject: certificate.subject.text }
  if (orNull(() => parseCrl(der)) !== null) return { is: 'crl' }
  if (orNull(() => parseOcspResponse(der)) !== null) return { is: 'ocsp' }
  // Armoured; what breaks inside is for the run to say.
  if (isEvidenceRecordBeginning(der) && !isTimeStampRequest(der)) return { is: 'evidence-record' }
  return undefined
}

/**
 * A request to an authority (RFC 3161 §2.4.1) begins with the same tags: version, and a SEQUENCE of an algorithm. There the digest
 * follows, an OCTET STRING, where a record has another algorithm or the end of the list.
 */
function isTimeStampRequest(der: Uint8Array): boolean {
  const inside = (at: number) => at + 2 + ((der[at + 1] ?? 0) > 0x80 ? (der[at + 1] ?? 0) & 0x7f : 0)
  // The version has one octet (isEvidenceRecordBeginning); neither list is as long as 128 octets in a request.
  const algorithm = inside(inside(0) + 3)
  return der[algorithm + 2 + (der[algorithm + 1] ?? 0)] === 0x04 && (der[inside(0) + 4] ?? 0x80) < 0x80
}

function holdsKeyOnly(bytes: Uint8Array): boolean {
  const blocks = orNull(() => parsePem(bytes)) ?? []
  return blocks.length > 0 && blocks.every(({ label }) => /PRIVATE KEY$|PUBLIC KEY$/.test(label))
}
