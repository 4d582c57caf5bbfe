import { type Asn1Element, contentOf, DerCursor, encodingOf, isSetOfOrder } from '../asn1/cursor.ts'
import { contentOfElement, endOfElement, isPlainDer, isPlainSetOfOrder } from '../asn1/plain-der.ts'
import { RememberedReadings } from '../asn1/remembered-readings.ts'
import { requireDer } from '../asn1/strict.ts'
import { contextConstructed, contextPrimitive, TAG } from '../asn1/tag.ts'
import { concatBytes } from '../model/bytes.ts'
import { LIMITS } from '../model/limits.ts'
import { ParseError } from '../model/parse-error.ts'
import type { AlgorithmIdentifier } from './certificate.ts'
import { readAlgorithmIdentifier } from './certificate-parse.ts'

/** Attribute (RFC 5652 §5.3). */
export interface CmsAttribute {
  readonly oid: string
  /** The whole encoding of each value. */
  readonly values: readonly Uint8Array[]
}

/** SignerIdentifier (RFC 5652 §5.3). */
export type SignerIdentifier =
  | { readonly kind: 'issuerAndSerialNumber'; readonly issuer: Uint8Array; readonly serialNumber: Uint8Array }
  | { readonly kind: 'subjectKeyIdentifier'; readonly keyIdentifier: Uint8Array }

/** signedAttrs (RFC 5652 §5.3). */
export interface SignedAttributes {
  /** Whether the bytes as they arrived, under the tag of SET OF, are DER: then they are what was signed. */
  readonly isDer: boolean
  /** RFC 5652 §5.4: the encoding with the tag of SET OF in place of [0]. */
  readonly setOf: Uint8Array
  readonly attributes: readonly CmsAttribute[]
}

/** SignerInfo (RFC 5652 §5.3), its values as they arrived. */
export interface SignerInfo {
  readonly version: number
  readonly sid: SignerIdentifier
  readonly digestAlgorithm: AlgorithmIdentifier
  readonly signedAttrs: SignedAttributes | null
  readonly signatureAlgorithm: AlgorithmIdentifier
  readonly signature: Uint8Array
  readonly unsignedAttrs: readonly CmsAttribute[]
}

const algorithms = new RememberedReadings<AlgorithmIdentifier>()

/** An AlgorithmIdentifier inside the BER envelope, itself in DER. */
export function readAlgorithm(cursor: DerCursor, field: string): AlgorithmIdentifier {
  // DER only, with limits of its own. Offsets count from that element.
  return algorithms.of(encodingOf(cursor.any(field)), (der) =>
    readAlgorithmIdentifier(DerCursor.over(der, `${cursor.where}.${field}`), field),
  )
}

/** SignerInfo (RFC 5652 §5.3). */
export function readSignerInfo(info: DerCursor): SignerInfo {
  const version = info.smallInteger('version')
  const sid = readSignerIdentifier(info)
  const digestAlgorithm = readAlgorithm(info, 'digestAlgorithm')
  const signedAttrs = info.tag === contextConstructed(0) ? readSignedAttributes(info) : null
  const signatureAlgorithm = readAlgorithm(info, 'signatureAlgorithm')
  const signature = info.octetString('signature')
  const unsignedAttrs =
    info.tag === contextConstructed(1) ? readAttributes(info.enter(contextConstructed(1), 'unsignedAttrs')) : []
  info.finish()
  return { version, sid, digestAlgorithm, signedAttrs, signatureAlgorithm, signature, unsignedAttrs }
}

function readSignerIdentifier(info: DerCursor): SignerIdentifier {
  if (info.tag === contextPrimitive(0)) {
    return { kind: 'subjectKeyIdentifier', keyIdentifier: contentOf(info.read(contextPrimitive(0), 'sid')) }
  }
  return identifiers.of(encodingOf(info.any('sid')), (der) => readIssuerAndSerialNumber(der, `${info.where}.sid`))
}
const identifiers = new RememberedReadings<SignerIdentifier>()

function readIssuerAndSerialNumber(der: Uint8Array, where: string): SignerIdentifier {
  const sid = DerCursor.over(der, where).enter(TAG.SEQUENCE, '')
  const issuer = encodingOf(sid.read(TAG.SEQUENCE, 'issuer'))
  requireDer(issuer, `${sid.where}.issuer`)
  const serialNumber = sid.integer('serialNumber', LIMITS.serialOctets)
  sid.finish()
  return { kind: 'issuerAndSerialNumber', issuer, serialNumber }
}

function readSignedAttributes(info: DerCursor): SignedAttributes {
  const element = info.read(contextConstructed(0), 'signedAttrs')
  const attributes = readAttributes(info.into(element, 'signedAttrs'))
  const encoding = encodingOf(element)
  const setOf = concatBytes(Uint8Array.of(TAG.SET), encoding.subarray(1))
  return { isDer: isDerSetOfAttribute(setOf), setOf, attributes }
}

/** RFC 5652 §5.4 with X.690 §10, §11.6: everything below is DER, attributes and values stand in order. */
function isDerSetOfAttribute(setOf: Uint8Array): boolean {
  if (isPlainDer(setOf)) {
    const inOrder = isPlainSetOfAttribute(setOf)
    if (inOrder !== undefined) return inOrder
  }
  try {
    requireDer(setOf, 'signedAttrs')
    const attributes = DerCursor.over(setOf, 'signedAttrs').enter(TAG.SET, '')
    const elements: Asn1Element[] = []
    while (!attributes.done) {
      const element = attributes.any('')
      elements.push(element)
      const attribute = attributes.into(element, '')
      attribute.any('')
      const values = attribute.enter(TAG.SET, '')
      const valueElements: Asn1Element[] = []
      while (!values.done) valueElements.push(values.any(''))
      if (!isSetOfOrder(valueElements)) return false
    }
    return isSetOfOrder(elements)
  } catch (error) {
    if (error instanceof ParseError) return false
    throw error
  }
}

/** The same of plain DER without an object for each element; undefined where an attribute is not a SEQUENCE of type and values. */
function isPlainSetOfAttribute(setOf: Uint8Array): boolean | undefined {
  const end = setOf.length
  let at = contentOfElement(setOf, 0, end)
  if (!isPlainSetOfOrder(setOf, at, end)) return false
  for (; at < end; at = endOfElement(setOf, at, end)) {
    const attributeEnd = endOfElement(setOf, at, end)
    const values = endOfElement(setOf, contentOfElement(setOf, at, end), attributeEnd)
    if (values < 0 || setOf[values] !== TAG.SET) return undefined
    const valuesEnd = endOfElement(setOf, values, attributeEnd)
    if (!isPlainSetOfOrder(setOf, contentOfElement(setOf, values, attributeEnd), valuesEnd)) return false
  }
  return true
}

/** `set`: over the content of a SET OF Attribute. */
function readAttributes(set: DerCursor): CmsAttribute[] {
  const attributes: CmsAttribute[] = []
  while (!set.done) {
    const attribute = set.enter(TAG.SEQUENCE, `${attributes.length}`)
    const oid = attribute.oid('attrType')
    const list = attribute.enter(TAG.SET, 'attrValues')
    const values: Uint8Array[] = []
    while (!list.done) values.push(encodingOf(list.any('value')))
    attribute.finish()
    attributes.push({ oid, values })
  }
  return attributes
}

/**
 * Whether bytes read as a non-empty SET OF Attribute. Such a content could be the signed attributes of another
 * signature, passed off as what was signed (draft-ietf-lamps-cms-euf-cma-signeddata).
 */
export function isSetOfAttribute(bytes: Uint8Array): boolean {
  if (bytes[0] !== TAG.SET) return false
  try {
    const outer = DerCursor.over(bytes, 'SET OF Attribute', 'BER')
    const set = outer.enter(TAG.SET, '')
    outer.finish()
    return readAttributes(set).length > 0
  } catch (error) {
    if (error instanceof ParseError) return false
    throw error
  }
}
