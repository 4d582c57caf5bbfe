import type { Oddity } from '../model/container.ts'

/** `age`: age-encryption.org/v1. `cms`: AuthEnvelopedData (RFC 5083). */
export type EncryptionFormat = 'age' | 'cms'

/** How a container was encrypted, as anybody can see it who has the file and no key. */
export interface EncryptionFacts {
  readonly format: EncryptionFormat
  /** age's armor, a form of PEM. */
  readonly isArmored: boolean
  /**
   * Kind of each recipient, in the order of the file: types of age's stanzas as they stand there; for CMS `RSA-OAEP`, `RSA`, `ECDH`,
   * or `other`. Stanzas that stand for nobody (`…-grease`) are left out.
   */
  readonly recipients: readonly string[]
}

/** As they stand in the envelope of a report. */
export function describeEncryption({ format, isArmored, recipients }: EncryptionFacts): readonly Oddity[] {
  return [
    { id: `encryption.${format}`, value: [...new Set(recipients)].join(', ') },
    { id: 'encryption.recipients', value: `${recipients.length}` },
    ...(isArmored ? [{ id: 'encryption.armored' }] : []),
  ]
}

/** DER and BER of OBJECT IDENTIFIER, which have one form. */
const AUTH_ENVELOPED_DATA = '\x06\x0b\x2a\x86\x48\x86\xf7\x0d\x01\x09\x10\x01\x17'
/** EncryptedData, EnvelopedData and the like (RFC 5652): nothing in them shows that a byte was changed. */
const WITHOUT_TAG = ['\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x03', '\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x06']

/** First line of a binary age file. */
export const AGE_VERSION_LINE = 'age-encryption.org/v1'
/** First line of an armored one. */
export const AGE_ARMOR_BEGIN = '-----BEGIN AGE ENCRYPTED FILE-----'

/**
 * Which encryption a file begins with, told by its content: `start` is its first 64 bytes or more, a character for each byte.
 * `cms-without-tag` is never read here. Undefined for everything else.
 */
export function encryptionOf(start: string): 'age' | 'age-armor' | 'cms' | 'cms-without-tag' | undefined {
  if (start.startsWith(AGE_VERSION_LINE)) return 'age'
  if (start.trimStart().startsWith(AGE_ARMOR_BEGIN)) return 'age-armor'
  if (start[0] !== '\x30') return undefined
  // RFC 5652 §3: the type is the first member of ContentInfo, behind a length of at most nine octets.
  const head = start.slice(0, 24)
  if (head.includes(AUTH_ENVELOPED_DATA)) return 'cms'
  return WITHOUT_TAG.some((type) => head.includes(type)) ? 'cms-without-tag' : undefined
}
