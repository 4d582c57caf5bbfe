import { sha256 } from '@noble/hashes/sha2.js'
import { type Asn1Element, contentOf, DerCursor, encodingOf } from '../asn1/cursor.ts'
import { requireDerElements } from '../asn1/strict.ts'
import { contextPrimitive, TAG } from '../asn1/tag.ts'
import { equalBytes, toHex } from '../model/bytes.ts'
import { LIMITS } from '../model/limits.ts'
import type { AlgorithmIdentifier, Certificate, Extension } from './certificate.ts'
import { parseExtensionValues } from './certificate-extensions.ts'
import { readName } from './name.ts'

/** 2050-01-01T00:00:00Z */
const YEAR_2050 = 2_524_608_000

/** Digest of the certificate's DER; given so that a platform's faster one can be used. */
export type Sha256 = (bytes: Uint8Array) => Uint8Array

/**
 * Reads one certificate (RFC 5280 §4.1) in strict DER with nothing behind it. Throws ParseError. An extension whose
 * value does not read as its type is no error here: it stands in `malformedExtensions`, and such a certificate holds
 * no path.
 */
export function parseCertificate(der: Uint8Array, digest: Sha256 = sha256): Certificate {
  const outer = DerCursor.over(der, 'Certificate')
  const certificate = outer.enter(TAG.SEQUENCE, '')
  outer.finish()
  const tbs = certificate.read(TAG.SEQUENCE, 'tbsCertificate')
  const signatureAlgorithm = readAlgorithmIdentifier(certificate, 'signatureAlgorithm')
  const signature = certificate.octetsInBitString('signatureValue')
  certificate.finish()
  const fields = readTbs(certificate.into(tbs, 'tbsCertificate'))
  const { extensions, inner, ...rest } = fields
  return {
    der,
    sha256: toHex(digest(der)),
    tbs: encodingOf(tbs),
    ...rest,
    signatureAlgorithm,
    signatureAlgorithmsAgree: equalBytes(inner.der, signatureAlgorithm.der),
    signature,
    extensions,
    repeatedExtensions: repeated(extensions),
    ...parseExtensionValues(extensions),
  }
}

function readTbs(tbs: DerCursor) {
  const version = readVersion(tbs)
  const serialNumber = tbs.integer('serialNumber', LIMITS.serialOctets)
  const inner = readAlgorithmIdentifier(tbs, 'signature')
  const issuer = readName(tbs, 'issuer')
  const validity = tbs.enter(TAG.SEQUENCE, 'validity')
  const tags = [validity.tag]
  const notBefore = validity.time('notBefore')
  tags.push(validity.tag)
  const notAfter = validity.time('notAfter')
  validity.finish()
  const subject = readName(tbs, 'subject')
  const key = tbs.read(TAG.SEQUENCE, 'subjectPublicKeyInfo')
  readSubjectPublicKeyInfo(tbs.into(key, 'subjectPublicKeyInfo'))
  let hasUniqueIdentifier = false
  for (const [number, field] of [
    [1, 'issuerUniqueID'],
    [2, 'subjectUniqueID'],
  ] as const) {
    if (tbs.tag !== contextPrimitive(number)) continue
    // RFC 5280 §4.1.2.8
    if (version === 1) tbs.fail('ERR_X509_STRUCTURE', field, tbs.offset, 'RFC 5280 §4.1.2.8', 'version 2 or 3', '1')
    tbs.bitString(field, contextPrimitive(number))
    hasUniqueIdentifier = true
  }
  const extensionsAt = tbs.offset
  const explicit = tbs.optionalExplicit(3, 'extensions')
  // RFC 5280 §4.1.2.9
  if (explicit !== undefined && version !== 3) {
    tbs.fail('ERR_X509_STRUCTURE', 'extensions', extensionsAt, 'RFC 5280 §4.1.2.9', 'version 3', `${version}`)
  }
  const extensions = explicit === undefined ? [] : readExtensions(explicit)
  tbs.finish()
  const isGeneralizedTimeEarly = [notBefore, notAfter].some(
    ({ epochSeconds }, index) => tags[index] === TAG.GENERALIZED_TIME && epochSeconds < YEAR_2050,
  )
  return {
    version,
    serialNumber,
    inner,
    issuer,
    notBefore,
    notAfter,
    isGeneralizedTimeEarly,
    subject,
    spki: encodingOf(key),
    hasUniqueIdentifier,
    extensions,
  }
}

function readVersion(tbs: DerCursor): 1 | 2 | 3 {
  const offset = tbs.offset
  const explicit = tbs.optionalExplicit(0, 'version')
  if (explicit === undefined) return 1
  const version = explicit.smallInteger('')
  explicit.finish()
  if (version === 0) return 1
  if (version === 1) return 2
  if (version === 2) return 3
  return tbs.fail('ERR_X509_STRUCTURE', 'version', offset, 'RFC 5280 §4.1.2.1', '0, 1 or 2', `${version}`)
}

/** Shape only; what kind of key it is, `describeKey` says. */
function readSubjectPublicKeyInfo(spki: DerCursor): void {
  readAlgorithmIdentifier(spki, 'algorithm')
  spki.bitString('subjectPublicKey')
  spki.finish()
}

/** `explicit`: over the content of [3]. RFC 5280 §4.1: at least one extension. */
function readExtensions(explicit: DerCursor): Extension[] {
  const list = explicit.enter(TAG.SEQUENCE, '')
  explicit.finish()
  return readExtensionList(list)
}

/** `list`: over the content of Extensions. */
export function readExtensionList(list: DerCursor): Extension[] {
  const extensions: Extension[] = []
  do {
    const extension = list.enter(TAG.SEQUENCE, `${extensions.length}`)
    const oid = extension.oid('extnID')
    const critical = extension.booleanDefaultFalse('critical')
    const value = extension.octetString('extnValue')
    extension.finish()
    extensions.push({ oid, critical, value })
  } while (!list.done)
  return extensions
}

/** Identifiers of extensions that stand more than once (RFC 5280 §4.2 allows each once). */
export function repeated(extensions: readonly Extension[]): string[] {
  const seen = new Set<string>()
  const twice = new Set<string>()
  for (const { oid } of extensions) (seen.has(oid) ? twice : seen).add(oid)
  return [...twice]
}

/** Reads the AlgorithmIdentifier that is next; its parameters are checked to be DER, whatever they mean. */
export function readAlgorithmIdentifier(cursor: DerCursor, field: string): AlgorithmIdentifier {
  return algorithmIdentifierOf(cursor, cursor.read(TAG.SEQUENCE, field), field)
}

/** The same from an element that `cursor` gave; its tag may be an implicit one. */
export function algorithmIdentifierOf(cursor: DerCursor, element: Asn1Element, field: string): AlgorithmIdentifier {
  const sequence = cursor.into(element, field)
  const oid = sequence.oid('algorithm')
  const parameters = sequence.done ? null : encodingOf(sequence.any('parameters'))
  sequence.finish()
  // NULL is by far the most common.
  if (parameters !== null && !(parameters.length === 2 && parameters[0] === TAG.NULL)) {
    requireDerElements(contentOf(element), `${sequence.where}`)
  }
  return { oid, parameters, der: encodingOf(element) }
}
