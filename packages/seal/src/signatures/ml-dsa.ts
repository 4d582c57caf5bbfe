import { equalBytes } from '@probatum/core'
import { derBitString, derContextPrimitive, derInteger, derOctetString, derOid, derSequence } from '../der/der.ts'
import { derParts } from '../der/der-read.ts'
import { OID } from '../der/oids.ts'
import { algorithmIdentifier } from '../keys/signature-scheme.ts'
import type { SigningKey } from '../keys/signing-key.ts'

/** FIPS 204 §5.1. */
const SEED_OCTETS = 32
/** FIPS 204, table 2. */
const EXPANDED_OCTETS = 4032

/** ML-DSA-65 from its seed. Pure, with an empty context (RFC 9882 §3.1), hedged unless `isRepeatable`. The seed is not kept. */
export async function mlDsa65SigningKey(seed: Uint8Array, isRepeatable = false): Promise<SigningKey> {
  const { ml_dsa65 } = await import('@noble/post-quantum/ml-dsa.js')
  const { secretKey, publicKey } = ml_dsa65.keygen(seed)
  return keyFrom(secretKey, publicKey, isRepeatable)
}

async function keyFrom(secretKey: Uint8Array, publicKey: Uint8Array, isRepeatable: boolean): Promise<SigningKey> {
  const { ml_dsa65 } = await import('@noble/post-quantum/ml-dsa.js')
  let isForgotten = false
  return {
    // RFC 9881 §2, §4: no parameters, the key's octets alone.
    spki: derSequence(derSequence(derOid(OID.mlDsa65)), derBitString(publicKey)),
    scheme: 'ml-dsa-65',
    signatureAlgorithm: () => algorithmIdentifier('ml-dsa-65', 'sha512'),
    async sign(message) {
      if (isForgotten) throw new TypeError('this key was forgotten')
      return ml_dsa65.sign(message, secretKey, isRepeatable ? { extraEntropy: false } : {})
    },
    forget() {
      isForgotten = true
      secretKey.fill(0)
    },
  }
}

/**
 * ML-DSA-65-PrivateKey (RFC 9881 §6): a seed, an expanded key, or both, which must then agree. Throws TypeError for another
 * structure. `content`: of the privateKey OCTET STRING.
 */
export async function mlDsa65FromPkcs8(content: Uint8Array): Promise<SigningKey> {
  const { ml_dsa65 } = await import('@noble/post-quantum/ml-dsa.js')
  const [choice, ...more] = derParts(content, 'ML-DSA-65 private key')
  const parts = choice?.tag === 0x30 ? derParts(choice.content, 'ML-DSA-65 private key') : [choice]
  const isBoth = choice?.tag === 0x30 && parts.length === 2
  const seed = isBoth || choice?.tag === 0x80 ? parts[0]?.content : undefined
  const expanded = isBoth ? parts[1]?.content : choice?.tag === 0x04 ? choice.content : undefined
  const isRight =
    more.length === 0 &&
    (seed !== undefined || expanded !== undefined) &&
    (seed === undefined || seed.length === SEED_OCTETS) &&
    (expanded === undefined || expanded.length === EXPANDED_OCTETS) &&
    (!isBoth || parts.every((part) => part?.tag === 0x04))
  if (!isRight) throw new TypeError('private key: not the structure of ML-DSA-65 (RFC 9881 §6)')
  if (seed === undefined) {
    const own = (expanded ?? new Uint8Array()).slice()
    return keyFrom(own, ml_dsa65.getPublicKey(own), false)
  }
  const made = ml_dsa65.keygen(seed)
  if (expanded !== undefined && !equalBytes(expanded, made.secretKey)) {
    made.secretKey.fill(0)
    throw new TypeError('private key: seed and expanded key differ (RFC 9881 §8.2)')
  }
  return keyFrom(made.secretKey, made.publicKey, false)
}

/** PKCS#8 of an ML-DSA-65 key as its seed alone, DER (RFC 9881 §6). */
export function mlDsa65Pkcs8(seed: Uint8Array): Uint8Array {
  return derSequence(derInteger(0), derSequence(derOid(OID.mlDsa65)), derOctetString(derContextPrimitive(0, seed)))
}
