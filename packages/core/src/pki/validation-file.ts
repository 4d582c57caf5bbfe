import { toHex } from '../model/bytes.ts'
import { LIMITS } from '../model/limits.ts'
import { orNull, ParseError } from '../model/parse-error.ts'
import type { SmallDigest } from '../model/ports.ts'
import { decodeLatin1 } from '../model/utf8.ts'
import { parseCertificate } from './certificate-parse.ts'
import { parseCms } from './cms.ts'
import { parseCrl } from './crl-parse.ts'
import { parseOcspResponse } from './ocsp-parse.ts'
import { parsePem, unwrapByContent } from './pem.ts'
import { looksLikeOcsp } from './revocation-pool.ts'

/** What a file of validation data is. */
export type ValidationKind = 'certificate' | 'crl' | 'ocsp'

/** A certificate, CRL or OCSP response that reads. Nothing is known of who made it. */
export interface ValidationObject {
  readonly kind: ValidationKind
  readonly der: Uint8Array
  /** Of `der`, hex. */
  readonly sha256: string
}

/**
 * Reads a file of certificates, CRLs and OCSP responses, told apart by content: one in DER or base64, several in PEM, or
 * a CMS that carries certificates and CRLs alone or beside a signature (RFC 5652 §5, "certs-only").
 * @throws ParseError when it is none of them, or one of them does not read
 */
export function readValidationFile(bytes: Uint8Array, where: string, digest: SmallDigest): ValidationObject[] {
  const several = isPem(bytes) ? parsePem(bytes, where).map(({ der }) => der) : [unwrapByContent(bytes, where)]
  return several.flatMap((der) => readObjects(der, where, digest))
}

/** `openssl x509 -text` writes pages before the block, and names in them need not be ASCII. */
function isPem(bytes: Uint8Array): boolean {
  return bytes[0] !== 0x30 && bytes.length <= LIMITS.cmsBytes * 2 && decodeLatin1(bytes).includes('-----BEGIN ')
}

function readObjects(der: Uint8Array, where: string, digest: SmallDigest): ValidationObject[] {
  const sha256 = (all: Uint8Array) => digest('sha256', all)
  const one = (kind: ValidationKind, parsed: { readonly sha256: string }) => [{ kind, der, sha256: parsed.sha256 }]
  const certificate = orNull(() => parseCertificate(der, sha256))
  if (certificate !== null) return one('certificate', certificate)
  // Of what is left, only an OCSP response begins so.
  if (orNull(() => looksLikeOcsp(der)) === true) return one('ocsp', parseOcspResponse(der, sha256))
  const cms = orNull(() => parseCms(der))
  if (cms !== null) {
    const inside = (kind: 'certificate' | 'crl', all: readonly { readonly kind: string; readonly der: Uint8Array }[]) =>
      all.filter((each) => each.kind === kind).map((each) => ({ kind, der: each.der, sha256: toHex(sha256(each.der)) }))
    return [...inside('certificate', cms.certificates), ...inside('crl', cms.crls)]
  }
  try {
    return one('crl', parseCrl(der, sha256))
  } catch (error) {
    if (!(error instanceof ParseError)) throw error
    const found = toHex(der.subarray(0, 8))
    throw new ParseError('ERR_X509_STRUCTURE', { where, expected: 'a certificate, CRL or OCSP response', found })
  }
}
