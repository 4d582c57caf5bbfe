import { DerCursor } from '../asn1/cursor.ts'
import { TAG } from '../asn1/tag.ts'
import { equalBytes, toHex } from '../model/bytes.ts'
import type { DigestAlgorithm, SmallDigest } from '../model/ports.ts'
import type { Certificate } from './certificate.ts'
import type { BasicOcspResponse, CertId } from './ocsp.ts'
import type { PathIssuer } from './revocation.ts'

type Hash = (algorithm: DigestAlgorithm, bytes: Uint8Array, key: string) => Uint8Array

/** Digests that are computed once for each key of the caller's. */
export function rememberingHashes(smallDigest: SmallDigest): Hash {
  const known = new Map<string, Uint8Array>()
  return (algorithm, bytes, key) => {
    const name = `${algorithm} ${key}`
    const hash = known.get(name) ?? smallDigest(algorithm, bytes)
    known.set(name, hash)
    return hash
  }
}

/** The hashes of a CertID (RFC 6960 §4.1.1) for a certificate that this key issued. Throws ParseError for no key. */
export function certIdHashesOf(
  certificate: Certificate,
  issuerSpki: Uint8Array,
  algorithm: DigestAlgorithm,
  smallDigest: SmallDigest,
): Pick<CertId, 'issuerNameHash' | 'issuerKeyHash'> {
  return {
    issuerNameHash: smallDigest(algorithm, certificate.issuer.der),
    issuerKeyHash: smallDigest(algorithm, keyBits(issuerSpki)),
  }
}

/** RFC 6960 §4.1.1. One hash alone that agrees is said: such a response was meant for this certificate, or to look so. */
export function agreementOf(
  certId: CertId,
  certificate: Certificate,
  issuer: PathIssuer,
  hashes: Hash,
): 'both' | 'one' | null {
  if (!equalBytes(certId.serialNumber, certificate.serialNumber)) return null
  const { hashAlgorithm } = certId
  if (hashAlgorithm === null) return 'one'
  const nameHash = hashes(hashAlgorithm, certificate.issuer.der, `name ${certificate.sha256}`)
  const keyHash = hashes(hashAlgorithm, keyBits(issuer.spki), `key ${issuer.sha256}`)
  const name = equalBytes(certId.issuerNameHash, nameHash)
  const key = equalBytes(certId.issuerKeyHash, keyHash)
  return name && key ? 'both' : name || key ? 'one' : null
}

/** RFC 6960 §4.2.1: ResponderID; the key's hash is SHA-1 in all versions. */
export function isResponder(
  { responderId }: BasicOcspResponse,
  nameKey: string,
  spki: Uint8Array,
  hashes: Hash,
): boolean {
  if (responderId.kind === 'byName') return responderId.name.key === nameKey
  const bits = keyBits(spki)
  return equalBytes(responderId.keyHash, hashes('sha1', bits, `bits ${toHex(bits)}`))
}

/** The BIT STRING of the key without tag, length and unused bits, of a SubjectPublicKeyInfo that was read once. */
function keyBits(spki: Uint8Array): Uint8Array {
  const info = DerCursor.over(spki, 'SubjectPublicKeyInfo').enter(TAG.SEQUENCE, '')
  info.read(TAG.SEQUENCE, 'algorithm')
  return info.bitString('subjectPublicKey').octets
}
