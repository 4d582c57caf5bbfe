import { derInside, derParts } from '../der/der-read.ts'

/** What a signature needs of its signer's certificate; every member is a whole DER element. */
export interface CertificateParts {
  readonly der: Uint8Array
  readonly serialNumber: Uint8Array
  readonly issuer: Uint8Array
  readonly subject: Uint8Array
  readonly spki: Uint8Array
}

/** Takes the sealer's own certificate apart (RFC 5280 §4.1). Throws TypeError when it is none. */
export function certificateParts(der: Uint8Array): CertificateParts {
  const what = 'certificate'
  const [tbs] = derInside(der, 0x30, what)
  if (tbs?.tag !== 0x30) throw new TypeError('certificate: no TBSCertificate')
  const fields = derParts(tbs.content, what)
  const [serialNumber, , issuer, , subject, spki] = fields[0]?.tag === 0xa0 ? fields.slice(1) : fields
  if (serialNumber?.tag !== 0x02 || issuer?.tag !== 0x30 || subject?.tag !== 0x30 || spki?.tag !== 0x30)
    throw new TypeError('certificate: no TBSCertificate')
  return {
    der,
    serialNumber: serialNumber.whole,
    issuer: issuer.whole,
    subject: subject.whole,
    spki: spki.whole,
  }
}
