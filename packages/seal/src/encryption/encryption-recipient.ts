import { describeKey, encodeUtf8, parseCertificate, toHex } from '@probatum/core'
import { Encrypter } from 'age-encryption'
import { digestOf } from '../digest.ts'

/** A certificate to whose key a file is encrypted. */
export interface RecipientCertificate {
  readonly format: 'cms'
  readonly der: Uint8Array
  readonly spki: Uint8Array
  /** Of the certificate's extension: it names the recipient in the file, and neither person nor issuer. */
  readonly keyIdentifier: Uint8Array
  readonly key: { readonly kind: 'rsa' } | { readonly kind: 'ec'; readonly curve: 'P-256' | 'P-384' | 'P-521' }
  /** For people: the subject, escaped. */
  readonly name: string
  /** The last second of its validity, seconds since 1970. */
  readonly validUntil: number
}

/** A recipient of age, public. */
export interface AgeRecipient {
  readonly format: 'age'
  /** `age1…` */
  readonly text: string
}

/** Whom a file is encrypted to: an age recipient, or a certificate with its key. */
export type EncryptionRecipient = AgeRecipient | RecipientCertificate

/**
 * A recipient of age: an X25519 key (`age1…`), or a hybrid one (`age1pq1…`).
 * Throws TypeError for any other text; it is public, and may stand in what is said.
 */
export function ageRecipient(text: string): AgeRecipient {
  if (!/^age1(?:pq1)?[02-9ac-hj-np-z]+$/.test(text) || /^age1(?:tag|tagpq)1/.test(text))
    throw new TypeError('no recipient of age that is used here: age1… of an X25519 key, or age1pq1… of a hybrid one')
  try {
    new Encrypter().addRecipient(text)
  } catch (cause) {
    throw new TypeError('a recipient of age with a slip of the pen', { cause })
  }
  return { format: 'age', text }
}

/** Recipients of age, a line for each, as `age -R` reads them: empty lines and comments (#) between. Throws TypeError. */
export function ageRecipients(text: string): readonly AgeRecipient[] {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
  if (lines.length === 0) throw new TypeError('no recipient in it')
  return lines.map(ageRecipient)
}

/**
 * A certificate to encrypt to: RSA from 2048 bits, or EC on P-256, P-384, P-521, whose key may be used for it.
 * Throws TypeError that says what is in the way, ParseError for what is no certificate.
 */
export function recipientCertificate(der: Uint8Array): RecipientCertificate {
  const { spki, subjectKeyIdentifier, keyUsage, subject, notAfter } = parseCertificate(der)
  const described = describeKey(spki)
  const isEc = described.kind === 'ec'
  const curve = isEc && !described.curve.startsWith('brainpool') ? described.curve : undefined
  const isRsa = described.kind === 'rsa' && described.scheme === 'any'
  if (!isRsa && curve === undefined)
    throw new TypeError('its key is neither RSA nor EC on P-256, P-384 or P-521: nothing can be encrypted to it here')
  if (described.kind === 'rsa' && described.bits < 2048)
    throw new TypeError(`its RSA key has ${described.bits} bits; 2048 are needed`)
  // RFC 5280 §4.2.1.3
  const usage = isRsa ? 'keyEncipherment' : 'keyAgreement'
  if (keyUsage !== null && !keyUsage.has(usage))
    throw new TypeError(`it may not be used for encryption: its key usage lacks ${usage}`)
  if (subjectKeyIdentifier === null)
    throw new TypeError('it has no subject key identifier, by which the recipient would be named')
  return {
    format: 'cms',
    der,
    spki,
    keyIdentifier: subjectKeyIdentifier,
    key: isRsa ? { kind: 'rsa' } : { kind: 'ec', curve: curve as 'P-256' },
    name: subject.text,
    validUntil: notAfter.epochSeconds,
  }
}

/** Fingerprint of a recipient, hex: of an age recipient of its ASCII bytes, of a certificate of its SubjectPublicKeyInfo. */
export function recipientFingerprint(recipient: EncryptionRecipient): string {
  const bytes = recipient.format === 'age' ? encodeUtf8(recipient.text) : recipient.spki
  return toHex(digestOf('sha256', bytes))
}
