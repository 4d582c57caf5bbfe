import { concatBytes, equalBytes } from '@probatum/core'
import { derBitString, derContext, derInteger, derNull, derOid, derSequence } from './der.ts'
import { derInside } from './der-read.ts'
import { digestOf, type SealDigest } from './digest.ts'
import { OID } from './oids.ts'

/** A private key that can sign, wherever it lives. */
export interface SigningKey {
  /** SubjectPublicKeyInfo, DER. */
  readonly spki: Uint8Array
  readonly scheme: 'rsa-pkcs1' | 'rsa-pss' | 'ecdsa' | 'ed25519'
  /** AlgorithmIdentifier of a signature made with this digest, DER. Ed25519 has its digest in itself. */
  signatureAlgorithm(digest: SealDigest): Uint8Array
  /** The signature as it stands in a certificate or a SignerInfo: for ECDSA the DER of RFC 3279 §2.2.3. */
  sign(message: Uint8Array, digest: SealDigest): Promise<Uint8Array>
}

const DIGEST_OID = { sha256: OID.sha256, sha384: OID.sha384, sha512: OID.sha512 } as const
const DIGEST_OCTETS = { sha256: 32, sha384: 48, sha512: 64 } as const
const WEB_CRYPTO_DIGEST = { sha256: 'SHA-256', sha384: 'SHA-384', sha512: 'SHA-512' } as const
const RSA_OID = { sha256: OID.sha256WithRsa, sha384: OID.sha384WithRsa, sha512: OID.sha512WithRsa } as const
const ECDSA_OID = { sha256: OID.ecdsaWithSha256, sha384: OID.ecdsaWithSha384, sha512: OID.ecdsaWithSha512 } as const

/** AlgorithmIdentifier of a digest: RFC 5754 §2 has the parameters absent. */
export const digestAlgorithmIdentifier = (digest: SealDigest): Uint8Array => derSequence(derOid(DIGEST_OID[digest]))

/** AlgorithmIdentifier of a signature, DER. */
export function algorithmIdentifier(scheme: SigningKey['scheme'], digest: SealDigest): Uint8Array {
  if (scheme === 'rsa-pkcs1') return derSequence(derOid(RSA_OID[digest]), derNull())
  if (scheme === 'ecdsa') return derSequence(derOid(ECDSA_OID[digest]))
  if (scheme === 'ed25519') return derSequence(derOid(OID.ed25519))
  // RFC 4055 §3.1; saltLength as long as the digest.
  const hash = digestAlgorithmIdentifier(digest)
  return derSequence(
    derOid(OID.rsassaPss),
    derSequence(
      derContext(0, hash),
      derContext(1, derSequence(derOid(OID.mgf1), hash)),
      derContext(2, derInteger(DIGEST_OCTETS[digest])),
    ),
  )
}

// Web Crypto takes views of plain ArrayBuffers only.
const own = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => new Uint8Array(bytes)

/** ECDSA-Sig-Value (RFC 3279 §2.2.3) from r ‖ s. */
export function ecdsaSigValue(raw: Uint8Array): Uint8Array {
  const half = raw.length / 2
  return derSequence(derInteger(raw.subarray(0, half)), derInteger(raw.subarray(half)))
}

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

const WEB_CRYPTO_SCHEMES: Readonly<Record<string, SigningKey['scheme']>> = {
  'RSASSA-PKCS1-v1_5': 'rsa-pkcs1',
  'RSA-PSS': 'rsa-pss',
  ECDSA: 'ecdsa',
  Ed25519: 'ed25519',
}

const CURVES = [
  ['P-256', OID.p256],
  ['P-384', OID.p384],
  ['P-521', OID.p521],
] as const

/**
 * Reads a private key in PKCS#8 (RFC 5958 §2), not encrypted: RSA, ECDSA on P-256, P-384 and P-521, Ed25519.
 * Throws TypeError for anything else. `rsa` chooses the padding of an RSA key.
 */
export async function pkcs8SigningKey(
  pkcs8: Uint8Array,
  rsa: 'rsa-pkcs1' | 'rsa-pss' = 'rsa-pkcs1',
): Promise<SigningKey> {
  const what = 'private key'
  const [version, algorithm] = derInside(pkcs8, 0x30, what)
  if (version?.tag !== 0x02 || algorithm?.tag !== 0x30) throw new TypeError('private key: not PKCS#8, or encrypted')
  const [oid, parameters] = derInside(algorithm.whole, 0x30, what)
  const is = (dotted: string, part = oid) => part !== undefined && equalBytes(part.whole, derOid(dotted))
  if (is(OID.rsaEncryption)) return rsaSigningKey(pkcs8, rsa)
  if (is(OID.ed25519)) return importedSigningKey(pkcs8, () => ({ name: 'Ed25519' }))
  const curve = is(OID.ecPublicKey) ? CURVES.find(([, dotted]) => is(dotted, parameters))?.[0] : undefined
  if (curve === undefined) throw new TypeError('private key: an algorithm or curve that does not sign here')
  return importedSigningKey(pkcs8, () => ({ name: 'ECDSA', namedCurve: curve }))
}

async function rsaSigningKey(pkcs8: Uint8Array, scheme: 'rsa-pkcs1' | 'rsa-pss'): Promise<SigningKey> {
  const name = scheme === 'rsa-pss' ? 'RSA-PSS' : 'RSASSA-PKCS1-v1_5'
  const load = (digest: SealDigest) => importedSigningKey(pkcs8, () => ({ name, hash: WEB_CRYPTO_DIGEST[digest] }))
  const keys = { sha256: await load('sha256'), sha384: await load('sha384'), sha512: await load('sha512') }
  return {
    spki: keys.sha256.spki,
    scheme,
    signatureAlgorithm: (digest) => algorithmIdentifier(scheme, digest),
    sign: (message, digest) => keys[digest].sign(message, digest),
  }
}

/** The key stays in Web Crypto and cannot be taken out again; only its public half is read. */
async function importedSigningKey(
  pkcs8: Uint8Array,
  algorithm: () => AlgorithmIdentifier & { name: string; namedCurve?: string; hash?: string },
): Promise<SigningKey> {
  const { subtle } = globalThis.crypto
  const parameters = algorithm() as RsaHashedImportParams & EcKeyImportParams
  try {
    const readable = await subtle.importKey('pkcs8', own(pkcs8), parameters, true, ['sign'])
    const { kty, crv, n, e, x, y } = await subtle.exportKey('jwk', readable)
    const half = Object.fromEntries(Object.entries({ kty, crv, n, e, x, y }).filter(([, value]) => value !== undefined))
    const publicKey = await subtle.importKey('jwk', half, parameters, true, ['verify'])
    const spki = new Uint8Array(await subtle.exportKey('spki', publicKey))
    const sealed = await subtle.importKey('pkcs8', own(pkcs8), parameters, false, ['sign'])
    return webCryptoSigningKey(sealed, spki)
  } catch (cause) {
    throw new TypeError('private key: the platform does not read it', { cause })
  }
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
