import { toHex } from '../model/bytes.ts'
import type { SmallDigest } from '../model/ports.ts'
import type { Certificate } from '../pki/certificate.ts'

/** Somebody who signed, as two persons are told apart. */
export interface SigningPerson {
  /** `key` of the certificate's subject (DistinguishedName): equal keys are equal names. */
  readonly subject: string
  /** SHA-256 of the certificate's SubjectPublicKeyInfo, hex. */
  readonly key: string
}

export function signingPerson({ subject, spki }: Certificate, smallDigest: SmallDigest): SigningPerson {
  return { subject: subject.key, key: toHex(smallDigest('sha256', spki)) }
}
