import { type Certificate, certIdHashesOf, type SmallDigest } from '@probatum/core'
import { derElement, derNull, derOctetString, derOid, derSequence } from '../der/der.ts'

const SHA1 = '1.3.14.3.2.26'

/**
 * OCSPRequest (RFC 6960 §4.1.1) about one certificate, unsigned and without a nonce. The CertID is in SHA-1, which every
 * responder knows (RFC 5019 §2.1.1): it only names the certificate. An old answer within its own period is as good as a
 * new one, and what is older is refused, so that a nonce would only keep answers from being prepared in advance.
 */
export function ocspRequest(certificate: Certificate, issuerSpki: Uint8Array, digest: SmallDigest): Uint8Array {
  const { issuerNameHash, issuerKeyHash } = certIdHashesOf(certificate, issuerSpki, 'sha1', digest)
  const certId = derSequence(
    derSequence(derOid(SHA1), derNull()),
    derOctetString(issuerNameHash),
    derOctetString(issuerKeyHash),
    // As it stands in the certificate.
    derElement(0x02, certificate.serialNumber),
  )
  return derSequence(derSequence(derSequence(derSequence(certId))))
}
