import { DerCursor } from '../asn1/cursor.ts'
import { RememberedReadings } from '../asn1/remembered-readings.ts'
import { toHex } from '../model/bytes.ts'
import { formatInstant } from '../model/instant.ts'
import { ParseError } from '../model/parse-error.ts'
import { requireAlgorithmProtection, type SignerAlgorithms } from './algorithm-protection.ts'
import { parseFailureOf } from './certificate-pool.ts'
import { type EssCertId, parseSigningCertificate } from './ess.ts'
import type { ParseFailure } from './facts.ts'
import { OID } from './object-identifiers.ts'
import type { CmsAttribute } from './signer-info.ts'

export interface SignedAttributeValues {
  readonly contentType: string | null
  /** Hex. */
  readonly messageDigest: string | null
  /** RFC 3339; somebody's statement. */
  readonly signingTime: string | null
  readonly ess: readonly { readonly version: 1 | 2; readonly entries: readonly EssCertId[] }[]
  /** The first signing-certificate attribute that could not be read, or that is not there exactly once with one value. */
  readonly essFailure: ParseFailure | null
  /** OIDs, each once: repeated, not exactly one value where one is required, or a value that does not read or contradicts the SignerInfo. */
  readonly irregular: readonly string[]
}

/** Attributes that have exactly one value: RFC 5652 §11.1 to §11.3, RFC 5035 §3 and §5, RFC 6211 §2. */
const SINGLE_VALUED: ReadonlySet<string> = new Set([
  OID.contentType,
  OID.messageDigest,
  OID.signingTime,
  OID.signingCertificate,
  OID.signingCertificateV2,
  OID.algorithmProtection,
])

/**
 * Reads the values that are judged. Never throws ParseError: what does not read is irregular and has no value.
 * `signer`: the algorithms that the attributes may repeat.
 */
export function readSignedAttributeValues(
  attributes: readonly CmsAttribute[],
  signer: SignerAlgorithms,
): SignedAttributeValues {
  const irregular = new Set<string>()
  const seen = new Set<string>()
  for (const { oid, values } of attributes) {
    // RFC 5652 §5.3: no two instances of one type; §5.3 too: at least one value.
    if (seen.has(oid) || values.length === 0 || (SINGLE_VALUED.has(oid) && values.length !== 1)) irregular.add(oid)
    seen.add(oid)
  }
  let essFailure: ParseFailure | null = null
  function read<T>(oid: string, parse: (der: Uint8Array) => T): T | null {
    if (!seen.has(oid)) return null
    const der = attributes.find((one) => one.oid === oid)?.values[0]
    try {
      if (der === undefined || irregular.has(oid)) {
        throw new ParseError('ERR_CMS_STRUCTURE', { where: `signedAttrs.${oid}`, spec: 'RFC 5652 §5.3' })
      }
      return parse(der)
    } catch (error) {
      if (!(error instanceof ParseError)) throw error
      irregular.add(oid)
      if (oid === OID.signingCertificate || oid === OID.signingCertificateV2) essFailure ??= parseFailureOf(error)
      return null
    }
  }
  const contentType = read(OID.contentType, (der) => contentTypes.of(der, readContentType))
  const messageDigest = read(OID.messageDigest, (der) =>
    whole(der, 'message-digest', (cursor) => toHex(cursor.octetString(''))),
  )
  const signingTime = read(OID.signingTime, (der) =>
    whole(der, 'signing-time', (cursor) => formatInstant(cursor.time(''))),
  )
  const first = read(OID.signingCertificate, (der) => parseSigningCertificate(der, 1))
  const second = read(OID.signingCertificateV2, (der) => parseSigningCertificate(der, 2))
  read(OID.algorithmProtection, (der) => requireAlgorithmProtection(der, signer))
  const ess: { version: 1 | 2; entries: readonly EssCertId[] }[] = []
  if (first !== null) ess.push({ version: 1, entries: first })
  if (second !== null) ess.push({ version: 2, entries: second })
  return { contentType, messageDigest, signingTime, ess, essFailure, irregular: [...irregular] }
}

/** Nearly all tokens and seals have one of two. */
const contentTypes = new RememberedReadings<string>()

function readContentType(der: Uint8Array): string {
  return whole(der, 'content-type', (cursor) => cursor.oid(''))
}

function whole<T>(der: Uint8Array, where: string, read: (cursor: DerCursor) => T): T {
  const cursor = DerCursor.over(der, where)
  const value = read(cursor)
  cursor.finish()
  return value
}
