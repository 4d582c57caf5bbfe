import { sha256 } from '@noble/hashes/sha2.js'
import { DerCursor, encodingOf } from '../asn1/cursor.ts'
import { TAG } from '../asn1/tag.ts'
import { equalBytes, toHex } from '../model/bytes.ts'
import type { Instant } from '../model/instant.ts'
import { LIMITS } from '../model/limits.ts'
import { ParseError } from '../model/parse-error.ts'
import type { DistinguishedName, Extension } from './certificate.ts'
import { readAuthorityKeyIdentifier } from './certificate-extensions.ts'
import { readAlgorithmIdentifier, readExtensionList, repeated, type Sha256 } from './certificate-parse.ts'
import type { Crl } from './crl.ts'
import { readIssuingDistributionPoint } from './crl-distribution-points.ts'
import { scanEntries } from './crl-entries.ts'
import { readName } from './name.ts'

const CRL_EXTENSION = {
  crlNumber: '2.5.29.20',
  deltaCRLIndicator: '2.5.29.27',
  issuingDistributionPoint: '2.5.29.28',
  authorityKeyIdentifier: '2.5.29.35',
  /** X.509 §9.5.2.6 */
  expiredCertsOnCRL: '2.5.29.60',
} as const
const PROCESSED: ReadonlySet<string> = new Set(Object.values(CRL_EXTENSION))

/**
 * Reads a CertificateList (RFC 5280 §5.1) in strict DER with nothing behind it. All entries are read, none is kept.
 * Throws ParseError. An extension of the list whose value does not read is no error here: it stands in
 * `malformedExtensions`, and such a CRL answers nothing. `digest`: given so that a platform's faster one can be used.
 */
export function parseCrl(der: Uint8Array, digest: Sha256 = sha256): Crl {
  if (der.length > LIMITS.crlBytes) {
    throw new ParseError('ERR_LIMIT', { where: 'CertificateList', expected: `at most ${LIMITS.crlBytes} octets` })
  }
  const outer = DerCursor.over(der, 'CertificateList')
  const list = outer.enter(TAG.SEQUENCE, '')
  outer.finish()
  const tbs = list.read(TAG.SEQUENCE, 'tbsCertList')
  const signatureAlgorithm = readAlgorithmIdentifier(list, 'signatureAlgorithm')
  const signature = list.octetsInBitString('signatureValue')
  list.finish()
  const { inner, ...fields } = readTbs(list.into(tbs, 'tbsCertList'), der)
  return {
    der,
    sha256: toHex(digest(der)),
    tbs: encodingOf(tbs),
    ...fields,
    signatureAlgorithm,
    signatureAlgorithmsAgree: equalBytes(inner.der, signatureAlgorithm.der),
    signature,
  }
}

function readTbs(tbs: DerCursor, der: Uint8Array) {
  const version = readVersion(tbs)
  const inner = readAlgorithmIdentifier(tbs, 'signature')
  const issuer = readName(tbs, 'issuer')
  const thisUpdate = tbs.time('thisUpdate')
  const nextUpdate = tbs.tag === TAG.UTC_TIME || tbs.tag === TAG.GENERALIZED_TIME ? tbs.time('nextUpdate') : null
  // RFC 5280 §5.1.2.6 wants no empty list; there are such, and they have one meaning.
  const entries = tbs.tag === TAG.SEQUENCE ? tbs.read(TAG.SEQUENCE, 'revokedCertificates') : null
  const extensionsAt = tbs.offset
  const explicit = tbs.optionalExplicit(0, 'crlExtensions')
  let extensions: Extension[] = []
  if (explicit !== undefined) {
    // RFC 5280 §5.1.2.1
    if (version !== 2) {
      tbs.fail('ERR_X509_STRUCTURE', 'crlExtensions', extensionsAt, 'RFC 5280 §5.1.2.1', 'version 2', `${version}`)
    }
    const list = explicit.enter(TAG.SEQUENCE, '')
    explicit.finish()
    extensions = readExtensionList(list)
  }
  tbs.finish()
  return {
    version,
    inner,
    issuer,
    thisUpdate,
    nextUpdate,
    entries: scanEntries(der, entries?.contentStart ?? 0, entries?.contentEnd ?? 0, version),
    extensions,
    repeatedExtensions: repeated(extensions),
    unknownCritical: extensions.filter(({ oid, critical }) => critical && !PROCESSED.has(oid)).map(({ oid }) => oid),
    ...readValues(extensions, issuer),
  }
}

function readVersion(tbs: DerCursor): 1 | 2 {
  if (tbs.tag !== TAG.INTEGER) return 1
  const offset = tbs.offset
  const version = tbs.smallInteger('version')
  // RFC 5280 §5.1.2.1: absent for version 1; a written 0 has one meaning all the same.
  if (version > 1) tbs.fail('ERR_X509_STRUCTURE', 'version', offset, 'RFC 5280 §5.1.2.1', '0 or 1', `${version}`)
  return version === 1 ? 2 : 1
}

type Values = Pick<
  Crl,
  | 'malformedExtensions'
  | 'authorityKeyIdentifier'
  | 'crlNumber'
  | 'baseCrlNumber'
  | 'issuingDistributionPoint'
  | 'expiredCertsOnCRL'
>

function readValues(extensions: readonly Extension[], issuer: DistinguishedName): Values {
  const malformed: string[] = []
  function value<T>(oid: string, read: (cursor: DerCursor) => T): T | null {
    const extension = extensions.find((one) => one.oid === oid)
    if (extension === undefined) return null
    try {
      const cursor = DerCursor.over(extension.value, `extension ${oid}`)
      const result = read(cursor)
      cursor.finish()
      return result
    } catch (error) {
      if (!(error instanceof ParseError)) throw error
      malformed.push(oid)
      return null
    }
  }
  const number = (cursor: DerCursor): Uint8Array => {
    const offset = cursor.offset
    const octets = cursor.integer('', LIMITS.serialOctets)
    if ((octets[0] ?? 0) >= 0x80) {
      cursor.fail('ERR_DER_VALUE', '', offset, 'RFC 5280 §5.2.3', 'not negative', undefined)
    }
    return octets
  }
  const values = {
    authorityKeyIdentifier: value(CRL_EXTENSION.authorityKeyIdentifier, readAuthorityKeyIdentifier),
    crlNumber: value(CRL_EXTENSION.crlNumber, number),
    baseCrlNumber: value(CRL_EXTENSION.deltaCRLIndicator, number),
    issuingDistributionPoint: value(CRL_EXTENSION.issuingDistributionPoint, (cursor) =>
      readIssuingDistributionPoint(cursor, issuer),
    ),
    expiredCertsOnCRL: value(
      CRL_EXTENSION.expiredCertsOnCRL,
      (cursor): Instant => cursor.generalizedTime('', 'forbidden'),
    ),
  }
  return { ...values, malformedExtensions: malformed }
}
