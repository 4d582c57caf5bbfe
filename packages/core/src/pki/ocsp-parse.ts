import { sha256 } from '@noble/hashes/sha2.js'
import { contentOf, DerCursor, encodingOf } from '../asn1/cursor.ts'
import { contextConstructed, contextPrimitive, TAG } from '../asn1/tag.ts'
import { toHex } from '../model/bytes.ts'
import type { Instant } from '../model/instant.ts'
import { LIMITS } from '../model/limits.ts'
import { ParseError } from '../model/parse-error.ts'
import type { Extension } from './certificate.ts'
import { readAlgorithmIdentifier, readExtensionList, repeated, type Sha256 } from './certificate-parse.ts'
import type { RevocationReason } from './crl.ts'
import { readReason } from './crl-entries.ts'
import { digestAlgorithmOf } from './digest-algorithms.ts'
import { readName } from './name.ts'
import type { BasicOcspResponse, CertId, OcspResponse, SingleResponse } from './ocsp.ts'

/** RFC 6960 §4.2.1 */
const ID_PKIX_OCSP_BASIC = '1.3.6.1.5.5.7.48.1.1'
/** RFC 6960 §4.4.4 */
const ARCHIVE_CUTOFF = '1.3.6.1.5.5.7.48.1.6'
/** nonce (RFC 6960 §4.4.1) protects a conversation that is over; archive cutoff; extended revoke (§4.4.8). */
const PROCESSED: ReadonlySet<string> = new Set(['1.3.6.1.5.5.7.48.1.2', ARCHIVE_CUTOFF, '1.3.6.1.5.5.7.48.1.9'])
const SPEC = 'RFC 6960 §4.2.1'

/**
 * Reads an OCSPResponse, or a BasicOCSPResponse alone as CAdES stores it (ETSI EN 319 122-1 §A.1.2), in strict DER with
 * nothing behind it. Throws ParseError.
 */
export function parseOcspResponse(der: Uint8Array, digest: Sha256 = sha256): OcspResponse {
  if (der.length > LIMITS.crlBytes) {
    throw new ParseError('ERR_LIMIT', { where: 'OCSPResponse', expected: `at most ${LIMITS.crlBytes} octets` })
  }
  const outer = DerCursor.over(der, 'OCSPResponse')
  const response = outer.enter(TAG.SEQUENCE, '')
  outer.finish()
  const digestText = toHex(digest(der))
  if (response.tag !== TAG.ENUMERATED) {
    return { der, sha256: digestText, responseStatus: 0, basic: readBasic(der) }
  }
  const responseStatus = response.smallInteger('responseStatus', TAG.ENUMERATED)
  const bytesAt = response.offset
  const explicit = response.optionalExplicit(0, 'responseBytes')
  response.finish()
  // RFC 6960 §4.2.1: an error has no bytes, and success cannot be without.
  if ((responseStatus === 0) !== (explicit !== undefined)) {
    response.fail('ERR_X509_STRUCTURE', 'responseBytes', bytesAt, SPEC, undefined, `status ${responseStatus}`)
  }
  if (explicit === undefined) return { der, sha256: digestText, responseStatus, basic: null }
  const bytes = explicit.enter(TAG.SEQUENCE, '')
  explicit.finish()
  const typeAt = bytes.offset
  const type = bytes.oid('responseType')
  if (type !== ID_PKIX_OCSP_BASIC) {
    bytes.fail('ERR_X509_STRUCTURE', 'responseType', typeAt, SPEC, ID_PKIX_OCSP_BASIC, type)
  }
  const basic = bytes.octetString('response')
  bytes.finish()
  return { der, sha256: digestText, responseStatus, basic: readBasic(basic) }
}

function readBasic(der: Uint8Array): BasicOcspResponse {
  const outer = DerCursor.over(der, 'BasicOCSPResponse')
  const basic = outer.enter(TAG.SEQUENCE, '')
  outer.finish()
  const tbs = basic.read(TAG.SEQUENCE, 'tbsResponseData')
  const signatureAlgorithm = readAlgorithmIdentifier(basic, 'signatureAlgorithm')
  const signature = basic.octetsInBitString('signature')
  const certificates: Uint8Array[] = []
  const explicit = basic.optionalExplicit(0, 'certs')
  if (explicit !== undefined) {
    const list = explicit.enter(TAG.SEQUENCE, '')
    explicit.finish()
    while (!list.done) certificates.push(encodingOf(list.read(TAG.SEQUENCE, `${certificates.length}`)))
  }
  basic.finish()
  const data = basic.into(tbs, 'tbsResponseData')
  readVersion(data)
  const responderId = readResponderId(data)
  const producedAt = data.generalizedTime('producedAt', 'forbidden')
  const list = data.enter(TAG.SEQUENCE, 'responses')
  const responses: SingleResponse[] = []
  while (!list.done) responses.push(readSingleResponse(list.enter(TAG.SEQUENCE, `${responses.length}`)))
  const extensions = readOptionalExtensions(data, 'responseExtensions')
  data.finish()
  const unprocessed = unprocessedOf(extensions)
  return {
    tbs: encodingOf(tbs),
    responderId,
    producedAt,
    responses,
    extensions,
    unprocessed,
    signatureAlgorithm,
    signature,
    certificates,
  }
}

function readVersion(data: DerCursor): void {
  const offset = data.offset
  const explicit = data.optionalExplicit(0, 'version')
  if (explicit === undefined) return
  const version = explicit.smallInteger('')
  explicit.finish()
  if (version !== 0) data.fail('ERR_X509_STRUCTURE', 'version', offset, SPEC, '0', `${version}`)
}

function readResponderId(data: DerCursor): BasicOcspResponse['responderId'] {
  if (data.tag === contextConstructed(2)) {
    const explicit = data.enter(contextConstructed(2), 'responderID')
    const keyHash = explicit.octetString('byKey')
    explicit.finish()
    return { kind: 'byKey', keyHash }
  }
  const explicit = data.enter(contextConstructed(1), 'responderID')
  const name = readName(explicit, 'byName')
  explicit.finish()
  return { kind: 'byName', name }
}

function readSingleResponse(single: DerCursor): SingleResponse {
  const certId = readCertId(single.enter(TAG.SEQUENCE, 'certID'))
  const status = readStatus(single)
  const thisUpdate = single.generalizedTime('thisUpdate', 'forbidden')
  const next = single.optionalExplicit(0, 'nextUpdate')
  const nextUpdate = next === undefined ? null : next.generalizedTime('', 'forbidden')
  next?.finish()
  const extensions = readOptionalExtensions(single, 'singleExtensions')
  single.finish()
  const cutoff = readArchiveCutoff(extensions)
  const unprocessed = [...unprocessedOf(extensions), ...(cutoff === 'malformed' ? [ARCHIVE_CUTOFF] : [])]
  return {
    certId,
    ...status,
    thisUpdate,
    nextUpdate,
    archiveCutoff: cutoff === 'malformed' ? null : cutoff,
    unprocessed,
  }
}

function readCertId(certId: DerCursor): CertId {
  const algorithm = readAlgorithmIdentifier(certId, 'hashAlgorithm')
  const issuerNameHash = certId.octetString('issuerNameHash')
  const issuerKeyHash = certId.octetString('issuerKeyHash')
  const serialNumber = certId.integer('serialNumber', LIMITS.serialOctets)
  certId.finish()
  const hashAlgorithm = digestAlgorithmOf(algorithm)
  return { hashAlgorithm, hashOid: algorithm.oid, issuerNameHash, issuerKeyHash, serialNumber }
}

function readStatus(single: DerCursor): Pick<SingleResponse, 'status' | 'revocationTime' | 'reason'> {
  const none = { revocationTime: null, reason: null }
  const element = single.any('certStatus')
  if (element.tag === contextPrimitive(0) || element.tag === contextPrimitive(2)) {
    // Both are NULL under an implicit tag.
    if (contentOf(element).length > 0) {
      single.fail('ERR_DER_VALUE', 'certStatus', element.offset, 'X.690 §8.8.2', 'no content', undefined)
    }
    return { status: element.tag === contextPrimitive(0) ? 'good' : 'unknown', ...none }
  }
  if (element.tag !== contextConstructed(1)) {
    single.fail('ERR_DER_UNEXPECTED_TAG', 'certStatus', element.offset, SPEC, 'CertStatus', `tag ${element.tag}`)
  }
  const info = single.into(element, 'certStatus.revoked')
  const revocationTime = info.generalizedTime('revocationTime', 'forbidden')
  let reason: RevocationReason | null = null
  const explicit = info.optionalExplicit(0, 'revocationReason')
  if (explicit !== undefined) {
    reason = readReason(explicit)
    explicit.finish()
  }
  info.finish()
  return { status: 'revoked', revocationTime, reason }
}

function readOptionalExtensions(cursor: DerCursor, field: string): Extension[] {
  const explicit = cursor.optionalExplicit(1, field)
  if (explicit === undefined) return []
  const list = explicit.enter(TAG.SEQUENCE, '')
  explicit.finish()
  // RFC 5280 §4.1: at least one; responders in use write an empty list.
  return list.done ? [] : readExtensionList(list)
}

function readArchiveCutoff(extensions: readonly Extension[]): Instant | null | 'malformed' {
  const extension = extensions.find(({ oid }) => oid === ARCHIVE_CUTOFF)
  if (extension === undefined) return null
  try {
    const cursor = DerCursor.over(extension.value, 'archiveCutoff')
    const cutoff = cursor.generalizedTime('', 'forbidden')
    cursor.finish()
    return cutoff
  } catch (error) {
    if (error instanceof ParseError) return 'malformed'
    throw error
  }
}

function unprocessedOf(extensions: readonly Extension[]): string[] {
  const unknown = extensions.filter(({ oid, critical }) => critical && !PROCESSED.has(oid)).map(({ oid }) => oid)
  return [...new Set([...unknown, ...repeated(extensions)])].sort()
}
