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
import { OID } from './object-identifiers.ts'

export interface CmsAttribute {
  readonly oid: string
  /** The whole encoding of each value. */
  readonly values: readonly Uint8Array[]
}

/** SignerIdentifier (RFC 5652 §5.3). */
export type SignerIdentifier =
  | { readonly kind: 'issuerAndSerialNumber'; readonly issuer: Uint8Array; readonly serialNumber: Uint8Array }
  | { readonly kind: 'subjectKeyIdentifier'; readonly keyIdentifier: Uint8Array }

export interface SignedAttributes {
  /** Whether the bytes as they arrived, under the tag of SET OF, are DER: then they are what was signed. */
  readonly isDer: boolean
  /** RFC 5652 §5.4: the encoding with the tag of SET OF in place of [0]. */
  readonly setOf: Uint8Array
  readonly attributes: readonly CmsAttribute[]
}

export interface SignerInfo {
  readonly version: number
  readonly sid: SignerIdentifier
  readonly digestAlgorithm: AlgorithmIdentifier
  readonly signedAttrs: SignedAttributes | null
  readonly signatureAlgorithm: AlgorithmIdentifier
  readonly signature: Uint8Array
  readonly unsignedAttrs: readonly CmsAttribute[]
}

export interface CmsCertificate {
  /** RFC 5652 §10.2.2. Only `certificate` is used; its DER is not judged here. */
  readonly kind: 'certificate' | 'extendedCertificate' | 'v1AttrCert' | 'v2AttrCert' | 'other'
  readonly der: Uint8Array
}

/** A SignedData in its ContentInfo (RFC 5652 §3, §5.1). Parsing knows no trust. */
export interface Cms {
  /** Of the envelope: what of it BER allows and DER does not. */
  readonly encoding: 'DER' | 'BER'
  readonly version: number
  /** What RFC 5652 §5.1 says the version is, given what is inside. */
  readonly expectedVersion: number
  readonly digestAlgorithms: readonly AlgorithmIdentifier[]
  readonly eContentType: string
  /** Null when detached. */
  readonly eContent: Uint8Array | null
  readonly certificates: readonly CmsCertificate[]
  /** RevocationInfoChoices, raw (RFC 5652 §10.2.1). */
  readonly crls: readonly { readonly kind: 'crl' | 'other'; readonly der: Uint8Array }[]
  readonly signerInfos: readonly SignerInfo[]
}

const SPEC = 'RFC 5652 §5.1'

/**
 * Reads a ContentInfo with SignedData; nothing may stand behind it. The envelope may be BER, as RFC 5652 §5.1 allows;
 * identifiers, algorithm identifiers and attributes that are signed may not. Throws ParseError:
 * `ERR_CMS_NOT_SIGNED_DATA` for another content type, which is no broken signature but none at all.
 */
export function parseCms(bytes: Uint8Array): Cms {
  if (bytes.length > LIMITS.cmsBytes) {
    throw new ParseError('ERR_LIMIT', {
      where: 'ContentInfo',
      spec: 'RFC 5652 §3',
      expected: `at most ${LIMITS.cmsBytes} octets`,
      found: `${bytes.length}`,
    })
  }
  const outer = DerCursor.over(bytes, 'ContentInfo', 'BER')
  const cms = readContentInfo(outer)
  outer.finish()
  return cms
}

/** Reads the ContentInfo that is next; `outer` must read BER. */
export function readContentInfo(outer: DerCursor): Cms {
  const info = outer.enter(TAG.SEQUENCE, '')
  const typeAt = info.offset
  const contentType = info.oid('contentType')
  if (contentType !== OID.signedData) {
    info.fail('ERR_CMS_NOT_SIGNED_DATA', 'contentType', typeAt, 'RFC 5652 §3', OID.signedData, contentType)
  }
  const explicit = info.enter(contextConstructed(0), 'content')
  info.finish()
  const content = explicit.enter(TAG.SEQUENCE, '')
  explicit.finish()
  const signedData = readSignedData(content)
  return { encoding: outer.sawBer ? 'BER' : 'DER', ...signedData }
}

function readSignedData(data: DerCursor): Omit<Cms, 'encoding'> {
  const version = data.smallInteger('version')
  const algorithms = data.enter(TAG.SET, 'digestAlgorithms')
  const digestAlgorithms: AlgorithmIdentifier[] = []
  while (!algorithms.done) digestAlgorithms.push(readAlgorithm(algorithms, `${digestAlgorithms.length}`))
  const encapsulated = data.enter(TAG.SEQUENCE, 'encapContentInfo')
  const eContentType = encapsulated.oid('eContentType')
  const eContent = readEContent(encapsulated)
  encapsulated.finish()
  const certificates = readCertificates(data)
  const crls = readCrls(data)
  const infos = data.enter(TAG.SET, 'signerInfos')
  const signerInfos: SignerInfo[] = []
  while (!infos.done) {
    if (signerInfos.length >= LIMITS.signersInCms) {
      infos.fail('ERR_LIMIT', '', infos.offset, SPEC, `at most ${LIMITS.signersInCms} signers`, undefined)
    }
    signerInfos.push(readSignerInfo(infos.enter(TAG.SEQUENCE, `${signerInfos.length}`)))
  }
  data.finish()
  const parts = { certificates, crls, signerInfos, eContentType }
  return { version, expectedVersion: expectedVersion(parts), digestAlgorithms, eContent, ...parts }
}

/** RFC 5652 §5.1, the rules for version. */
function expectedVersion(parts: Pick<Cms, 'certificates' | 'crls' | 'signerInfos' | 'eContentType'>): number {
  const has = (kind: CmsCertificate['kind']) => parts.certificates.some((one) => one.kind === kind)
  if (has('other') || parts.crls.some((one) => one.kind === 'other')) return 5
  if (has('v2AttrCert')) return 4
  const third = has('v1AttrCert') || parts.signerInfos.some((one) => one.version === 3)
  return third || parts.eContentType !== OID.data ? 3 : 1
}

function readEContent(encapsulated: DerCursor): Uint8Array | null {
  const explicit = encapsulated.optionalExplicit(0, 'eContent')
  if (explicit === undefined) return null
  if (explicit.tag !== TAG.OCTET_STRING && explicit.tag !== (TAG.OCTET_STRING | 0x20)) {
    // PKCS #7 1.5 put any type here; what is signed would then be another part of the bytes (RFC 5652 §5.2.1).
    explicit.fail('ERR_CMS_STRUCTURE', '', explicit.offset, 'RFC 5652 §5.2.1', 'OCTET STRING', undefined)
  }
  const content = explicit.octetString('')
  explicit.finish()
  return content
}

function requireRoom(bag: DerCursor, count: number): void {
  if (count >= LIMITS.cmsElements) {
    bag.fail('ERR_LIMIT', '', bag.offset, 'RFC 5652 §10.2', `at most ${LIMITS.cmsElements} elements`, undefined)
  }
}

function readCertificates(data: DerCursor): CmsCertificate[] {
  const certificates: CmsCertificate[] = []
  if (data.tag !== contextConstructed(0)) return certificates
  const bag = data.enter(contextConstructed(0), 'certificates')
  while (!bag.done) {
    requireRoom(bag, certificates.length)
    const element = bag.any(`${certificates.length}`)
    const kind = CERTIFICATE_CHOICES.get(element.tag)
    if (kind === undefined) {
      return bag.fail('ERR_CMS_STRUCTURE', '', element.offset, 'RFC 5652 §10.2.2', 'CertificateChoices', undefined)
    }
    certificates.push({ kind, der: encodingOf(element) })
  }
  return certificates
}

const CERTIFICATE_CHOICES: ReadonlyMap<number, CmsCertificate['kind']> = new Map([
  [TAG.SEQUENCE, 'certificate'],
  [contextConstructed(0), 'extendedCertificate'],
  [contextConstructed(1), 'v1AttrCert'],
  [contextConstructed(2), 'v2AttrCert'],
  [contextConstructed(3), 'other'],
])

function readCrls(data: DerCursor): { kind: 'crl' | 'other'; der: Uint8Array }[] {
  const crls: { kind: 'crl' | 'other'; der: Uint8Array }[] = []
  if (data.tag !== contextConstructed(1)) return crls
  const bag = data.enter(contextConstructed(1), 'crls')
  while (!bag.done) {
    requireRoom(bag, crls.length)
    const element = bag.any(`${crls.length}`)
    if (element.tag !== TAG.SEQUENCE && element.tag !== contextConstructed(1)) {
      bag.fail('ERR_CMS_STRUCTURE', '', element.offset, 'RFC 5652 §10.2.1', 'RevocationInfoChoice', undefined)
    }
    crls.push({ kind: element.tag === TAG.SEQUENCE ? 'crl' : 'other', der: encodingOf(element) })
  }
  return crls
}

const algorithms = new RememberedReadings<AlgorithmIdentifier>()

/** An AlgorithmIdentifier inside the BER envelope, itself in DER. */
function readAlgorithm(cursor: DerCursor, field: string): AlgorithmIdentifier {
  // DER only, with limits of its own. Offsets count from that element.
  return algorithms.of(encodingOf(cursor.any(field)), (der) =>
    readAlgorithmIdentifier(DerCursor.over(der, `${cursor.where}.${field}`), field),
  )
}

function readSignerInfo(info: DerCursor): SignerInfo {
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
