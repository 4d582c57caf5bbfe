import { toHex } from '../model/bytes.ts'
import type { SmallDigest } from '../model/ports.ts'
import { encodeUtf8 } from '../model/utf8.ts'
import type { Certificate } from '../pki/certificate.ts'
import { keyIdentity } from '../pki/key-identity.ts'

/** Somebody who signed, as two persons are told apart. */
export interface SigningPerson {
  /** `key` of the certificate's subject (DistinguishedName): equal keys are equal names. */
  readonly subject: string
  /** SHA-256 of what the certificate's key is known by, however it is written (`keyIdentity`), hex. */
  readonly key: string
  /** The same of the keys that certify it, where a path was judged: whoever holds one of them makes such a person. Absent: none known. */
  readonly certifiedBy?: readonly string[]
}

/** Who signed, as far as two signatures can be told to be of one person: name and key of the certificate. */
export function signingPerson(
  { subject, spki }: Certificate,
  smallDigest: SmallDigest,
  certifiedBy: readonly Uint8Array[] = [],
): SigningPerson {
  const keyOf = (one: Uint8Array) => toHex(smallDigest('sha256', encodeUtf8(keyIdentity(one))))
  return {
    subject: subject.key,
    key: keyOf(spki),
    ...(certifiedBy.length === 0 ? {} : { certifiedBy: certifiedBy.map(keyOf) }),
  }
}
