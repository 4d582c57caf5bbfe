import { sha256 } from '@noble/hashes/sha2.js'
import type { Instant } from '@probatum/core'
import {
  derBitString,
  derBoolean,
  derContext,
  derContextPrimitive,
  derInteger,
  derNamedBits,
  derOctetString,
  derOid,
  derSequence,
  derSetOf,
  derTime,
  derUtf8String,
} from '../der/der.ts'
import { derInside } from '../der/der-read.ts'
import { OID } from '../der/oids.ts'
import type { SigningKey } from '../keys/signing-key.ts'

export interface NameInput {
  readonly organization: string
  readonly commonName: string
}

export interface CertificateInput {
  readonly subject: NameInput
  readonly issuer: NameInput
  /** Unsigned big-endian octets, at most 20. */
  readonly serialNumber: Uint8Array
  readonly notBefore: Instant
  readonly notAfter: Instant
  /** SubjectPublicKeyInfo of the subject. */
  readonly spki: Uint8Array
  readonly issuerKey: SigningKey
  readonly role: 'root' | 'signer' | 'time-stamp-authority'
}

// Bits of KeyUsage (RFC 5280 §4.2.1.3).
const DIGITAL_SIGNATURE = 0
const NON_REPUDIATION = 1
const KEY_CERT_SIGN = 5
const CRL_SIGN = 6

/** Name with organisation and common name, as UTF8String (RFC 5280 §4.1.2.4). */
function derName(name: NameInput): Uint8Array {
  const part = (type: string, value: string) => derSetOf([derSequence(derOid(type), derUtf8String(value))])
  return derSequence(part(OID.organizationName, name.organization), part(OID.commonName, name.commonName))
}

/** A version 3 certificate (RFC 5280 §4.1), DER. The authority that makes it is one for demonstrations. */
export async function makeCertificate(input: CertificateInput): Promise<Uint8Array> {
  const algorithm = input.issuerKey.signatureAlgorithm('sha256')
  const tbs = derSequence(
    derContext(0, derInteger(2)),
    derInteger(input.serialNumber),
    algorithm,
    derName(input.issuer),
    derSequence(derTime(input.notBefore), derTime(input.notAfter)),
    derName(input.subject),
    input.spki,
    derContext(3, derSequence(...extensions(input))),
  )
  return derSequence(tbs, algorithm, derBitString(await input.issuerKey.sign(tbs, 'sha256')))
}

function extensions(input: CertificateInput): Uint8Array[] {
  const extension = (oid: string, critical: boolean, value: Uint8Array) =>
    derSequence(derOid(oid), ...(critical ? [derBoolean(true)] : []), derOctetString(value))
  const root = input.role === 'root'
  const usage = root ? [KEY_CERT_SIGN, CRL_SIGN] : [DIGITAL_SIGNATURE, NON_REPUDIATION]
  return [
    extension(OID.basicConstraints, true, derSequence(...(root ? [derBoolean(true)] : []))),
    extension(OID.keyUsage, true, derNamedBits(input.role === 'time-stamp-authority' ? [DIGITAL_SIGNATURE] : usage)),
    // RFC 3161 §2.3: this purpose alone, and critical.
    ...(input.role === 'time-stamp-authority'
      ? [extension(OID.extendedKeyUsage, true, derSequence(derOid(OID.timeStamping)))]
      : []),
    extension(OID.subjectKeyIdentifier, false, derOctetString(keyIdentifier(input.spki))),
    ...(root
      ? []
      : [
          extension(
            OID.authorityKeyIdentifier,
            false,
            derSequence(derContextPrimitive(0, keyIdentifier(input.issuerKey.spki))),
          ),
        ]),
  ]
}

/** The leftmost 160 bits of SHA-256 over the BIT STRING's content (RFC 7093 §2, method 1). */
function keyIdentifier(spki: Uint8Array): Uint8Array {
  const bits = derInside(spki, 0x30, 'SubjectPublicKeyInfo')[1]
  if (bits?.tag !== 0x03) throw new TypeError('SubjectPublicKeyInfo: no subjectPublicKey')
  return sha256(bits.content.subarray(1)).slice(0, 20)
}
