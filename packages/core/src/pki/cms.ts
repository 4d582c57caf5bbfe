import { DerCursor, encodingOf } from '../asn1/cursor.ts'
import { contextConstructed, TAG } from '../asn1/tag.ts'
import { LIMITS } from '../model/limits.ts'
import { ParseError } from '../model/parse-error.ts'
import type { AlgorithmIdentifier } from './certificate.ts'
import { OID } from './object-identifiers.ts'
import { readAlgorithm, readSignerInfo, type SignerInfo } from './signer-info.ts'

/** A CertificateChoices (RFC 5652 §10.2.2) as it arrived. */
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
