import { type Asn1Element, contentOf, DerCursor, encodingOf } from '../asn1/cursor.ts'
import { contextConstructed, contextPrimitive, TAG } from '../asn1/tag.ts'
import { concatBytes } from '../model/bytes.ts'
import { ParseError } from '../model/parse-error.ts'
import type { Certificate, DistinguishedName, GeneralName } from './certificate.ts'
import { ALL_REASONS, type DistributionPoint, type IssuingDistributionPoint, type ReasonMask } from './crl.ts'
import { readGeneralNames } from './general-name.ts'
import { parseName } from './name.ts'

/** id-ce-cRLDistributionPoints (RFC 5280 §4.2.1.13). */
const CRL_DISTRIBUTION_POINTS = '2.5.29.31'

/** DistributionPointName before it is known what a relative name is relative to. */
type PointName =
  | { readonly kind: 'full'; readonly names: readonly GeneralName[] }
  | { readonly kind: 'relative'; readonly rdn: Uint8Array }

/**
 * The distribution points that a certificate names; null when it names none. Throws ParseError for an extension that
 * does not read.
 */
export function distributionPointsOf(certificate: Certificate): readonly DistributionPoint[] | null {
  const extension = certificate.extensions.find(({ oid }) => oid === CRL_DISTRIBUTION_POINTS)
  if (extension === undefined) return null
  const cursor = DerCursor.over(extension.value, 'CRLDistributionPoints')
  const list = cursor.enter(TAG.SEQUENCE, '')
  cursor.finish()
  const points: DistributionPoint[] = []
  do points.push(readDistributionPoint(list.enter(TAG.SEQUENCE, `${points.length}`), certificate.issuer))
  while (!list.done)
  return points
}

function readDistributionPoint(point: DerCursor, issuer: DistinguishedName): DistributionPoint {
  const name = readPointName(point)
  const reasons = readReasonFlags(point, 1)
  const cRLIssuer =
    point.tag === contextConstructed(2) ? readGeneralNames(point.enter(contextConstructed(2), 'cRLIssuer')) : null
  point.finish()
  // RFC 5280 §4.2.1.13: relative to cRLIssuer where there is one, which then has one name only.
  const base = cRLIssuer?.find((one) => one.kind === 'directoryName')?.name ?? issuer
  return { names: name === null ? null : namesOf(name, base), reasons, cRLIssuer }
}

/** Reads the content of an issuingDistributionPoint extension. Throws ParseError. */
export function readIssuingDistributionPoint(cursor: DerCursor, issuer: DistinguishedName): IssuingDistributionPoint {
  const element = cursor.read(TAG.SEQUENCE, '')
  const point = cursor.into(element, '')
  const name = readPointName(point)
  const onlyContainsUserCerts = point.booleanDefaultFalse('onlyContainsUserCerts', contextPrimitive(1))
  const onlyContainsCACerts = point.booleanDefaultFalse('onlyContainsCACerts', contextPrimitive(2))
  const onlySomeReasons = readReasonFlags(point, 3)
  const indirectCRL = point.booleanDefaultFalse('indirectCRL', contextPrimitive(4))
  const onlyContainsAttributeCerts = point.booleanDefaultFalse('onlyContainsAttributeCerts', contextPrimitive(5))
  point.finish()
  return {
    names: name === null ? null : namesOf(name, issuer),
    onlyContainsUserCerts,
    onlyContainsCACerts,
    onlyContainsAttributeCerts,
    onlySomeReasons,
    indirectCRL,
    der: encodingOf(element),
  }
}

function readPointName(point: DerCursor): PointName | null {
  const explicit = point.optionalExplicit(0, 'distributionPoint')
  if (explicit === undefined) return null
  const element: Asn1Element = explicit.any('')
  explicit.finish()
  if (element.tag === contextConstructed(0)) {
    return { kind: 'full', names: readGeneralNames(explicit.into(element, 'fullName')) }
  }
  if (element.tag === contextConstructed(1)) return { kind: 'relative', rdn: contentOf(element) }
  return explicit.fail('ERR_DER_UNEXPECTED_TAG', '', element.offset, 'RFC 5280 §4.2.1.13', 'a name', `${element.tag}`)
}

function namesOf(name: PointName, base: DistinguishedName): readonly GeneralName[] {
  if (name.kind === 'full') return name.names
  const rdns = DerCursor.over(base.der, 'Name').read(TAG.SEQUENCE, '')
  const whole = sequenceOf(concatBytes(contentOf(rdns), encode(TAG.SET, name.rdn)))
  return [{ kind: 'directoryName', name: parseName(whole, 'nameRelativeToCRLIssuer') }]
}

function readReasonFlags(cursor: DerCursor, number: number): ReasonMask | null {
  if (cursor.tag !== contextPrimitive(number)) return null
  const { octets } = cursor.bitString('reasons', contextPrimitive(number))
  let mask = 0
  for (let bit = 1; bit <= 8; bit++) {
    if (((octets[bit >> 3] ?? 0) & (0x80 >> (bit & 7))) !== 0) mask |= 1 << bit
  }
  return mask & ALL_REASONS
}

function sequenceOf(content: Uint8Array): Uint8Array {
  return encode(TAG.SEQUENCE, content)
}

/** One element of at most 65,535 octets of content, which a name never reaches. */
function encode(tag: number, content: Uint8Array): Uint8Array {
  const { length } = content
  if (length > 0xffff) throw new ParseError('ERR_LIMIT', { where: 'Name', expected: 'at most 65535 octets' })
  const header = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff]
  return concatBytes(Uint8Array.of(tag, ...header), content)
}
