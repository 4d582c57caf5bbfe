import { DerCursor } from '../asn1/cursor.ts'
import { RememberedReadings } from '../asn1/remembered-readings.ts'
import { TAG } from '../asn1/tag.ts'
import { toHex } from '../model/bytes.ts'
import { ParseError } from '../model/parse-error.ts'
import { readAlgorithmIdentifier } from './certificate-parse.ts'
import { describeKey, type KeyDescription, modulusOf } from './public-key.ts'

/**
 * A key as text: equal for every SubjectPublicKeyInfo that one secret makes. A key can be written in more than one way that
 * verifiers read: an RSA key under rsaEncryption, with parameters or without, and under id-RSASSA-PSS (RFC 4055 §1.2); a point
 * whole or compressed (RFC 5480 §2.2). Whoever has the secret of a point has that of its negative, and whoever has the
 * factors of a modulus signs under any exponent. Where two have to differ, they differ by this, not by the bytes of their
 * certificates. What does not read is known by all of its bytes.
 */
export function keyIdentity(spki: Uint8Array): string {
  return identities.of(spki, readIdentity)
}

const identities = new RememberedReadings<string>()

function readIdentity(spki: Uint8Array): string {
  const key = describeKey(spki)
  const named = key.kind === 'other' ? undefined : identityOf(key, spki)
  return named ?? `spki ${toHex(spki)}`
}

function identityOf(key: Exclude<KeyDescription, { kind: 'other' }>, spki: Uint8Array): string | undefined {
  try {
    const sequence = DerCursor.over(spki, 'SubjectPublicKeyInfo').enter(TAG.SEQUENCE, '')
    const { oid } = readAlgorithmIdentifier(sequence, 'algorithm')
    const octets = sequence.octetsInBitString('subjectPublicKey')
    if (key.kind === 'rsa') return `rsa ${toHex(modulusOf(octets))}`
    if (key.kind !== 'ec') return `${oid} ${toHex(octets)}`
    // SEC 1 §2.3.3: one octet that says how, then x.
    return `${key.curve} ${toHex(octets.subarray(1, 1 + key.octets))}`
  } catch (error) {
    if (error instanceof ParseError) return undefined
    throw error
  }
}
