import { concatBytes } from '@probatum/core'
import { derBitString, derOid, derSequence } from '../der/der.ts'
import { OID } from '../der/oids.ts'
import { digestOf, type SealDigest } from '../digest.ts'
import { algorithmIdentifier, DIGEST_OCTETS, ecdsaSigValue, type SignatureScheme } from './signature-scheme.ts'

/** A private key that can sign, wherever it lives. */
export interface SigningKey {
  /** SubjectPublicKeyInfo, DER. */
  readonly spki: Uint8Array
  readonly scheme: SignatureScheme
  /** AlgorithmIdentifier of a signature made with this digest, DER. Ed25519 and ML-DSA have their digest in themselves. */
  signatureAlgorithm(digest: SealDigest): Uint8Array
  /** The signature as it stands in a certificate or a SignerInfo: for ECDSA the DER of RFC 3279 §2.2.3. */
  sign(message: Uint8Array, digest: SealDigest): Promise<Uint8Array>
  /** Writes zeros over what this program holds of the key, which cannot sign after that. Absent where the platform holds it. */
  forget?(): void
}

const WEB_CRYPTO_DIGEST = { sha256: 'SHA-256', sha384: 'SHA-384', sha512: 'SHA-512' } as const

/** Web Crypto takes views of plain ArrayBuffers only. */
export const own = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => new Uint8Array(bytes)

/** Wraps a key that Web Crypto holds, exportable or not. `spki` is its public half, DER. */
export function webCryptoSigningKey(privateKey: CryptoKey, spki: Uint8Array): SigningKey {
  const name = privateKey.algorithm.name
  const scheme = WEB_CRYPTO_SCHEMES[name]
  if (scheme === undefined) throw new TypeError(`keys of this kind do not sign here: ${name}`)
  return {
    spki,
    scheme,
    signatureAlgorithm: (digest) => algorithmIdentifier(scheme, digest),
    async sign(message, digest) {
      const hash = WEB_CRYPTO_DIGEST[digest]
      // An RSA key of Web Crypto is bound to one digest.
      const bound = (privateKey.algorithm as { hash?: { name: string } }).hash?.name
      if (bound !== undefined && bound !== hash) throw new TypeError(`this key signs with ${bound} only`)
      const signature = await globalThis.crypto.subtle.sign(
        { name, hash, saltLength: DIGEST_OCTETS[digest] },
        privateKey,
        own(message),
      )
      return scheme === 'ecdsa' ? ecdsaSigValue(new Uint8Array(signature)) : new Uint8Array(signature)
    },
  }
}

const WEB_CRYPTO_SCHEMES: Readonly<Record<string, SignatureScheme>> = {
  'RSASSA-PKCS1-v1_5': 'rsa-pkcs1',
  'RSA-PSS': 'rsa-pss',
  ECDSA: 'ecdsa',
  Ed25519: 'ed25519',
}

/**
 * ECDSA on P-256 with the nonce of RFC 6979, so that the same message gives the same signature. For samples and test
 * vectors: pure JavaScript arithmetic takes no care of timing.
 */
export async function sampleP256Key(seed: Uint8Array): Promise<SigningKey> {
  const { p256 } = await import('@noble/curves/nist.js')
  const { secretKey } = p256.keygen(seed)
  const point = p256.getPublicKey(secretKey, false)
  return {
    spki: derSequence(derSequence(derOid(OID.ecPublicKey), derOid(OID.p256)), derBitString(point)),
    scheme: 'ecdsa',
    signatureAlgorithm: (digest) => algorithmIdentifier('ecdsa', digest),
    async sign(message, digest) {
      return p256.sign(digestOf(digest, message), secretKey, { prehash: false, lowS: false, format: 'der' })
    },
  }
}

/** Ed25519 from its 32 octets of seed (RFC 8032 §5.1.5), for samples and test vectors. */
export async function sampleEd25519Key(seed: Uint8Array): Promise<SigningKey> {
  const { ed25519 } = await import('@noble/curves/ed25519.js')
  const publicKey = ed25519.getPublicKey(seed)
  return {
    spki: concatBytes(ED25519_SPKI_PREFIX, publicKey),
    scheme: 'ed25519',
    signatureAlgorithm: () => algorithmIdentifier('ed25519', 'sha512'),
    async sign(message) {
      return ed25519.sign(message, seed)
    },
  }
}

/** RFC 8410 §4: everything before the 32 octets of the key. */
export const ED25519_SPKI_PREFIX: Uint8Array = Uint8Array.of(0x30, 0x2a, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 3, 0x21, 0)
