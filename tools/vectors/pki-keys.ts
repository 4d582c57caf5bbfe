import { constants, createHash, createPrivateKey, privateEncrypt, sign } from 'node:crypto'
import { ed25519 } from '@noble/curves/ed25519.js'
import { p256, p384 } from '@noble/curves/nist.js'
import { concatBytes, fromBase64 } from '@probatum/core'
import { seededRandom } from '@probatum/seal'
import { algorithm } from '../../test-vectors/make/cms.ts'
import { bits, type Der, explicit, integer, nothing, oid, sequence } from '../../test-vectors/make/der.ts'
import { PUBLIC_RSA_KEYS } from './rsa-keys.ts'

/** Keys that follow from their public names and sign the same message with the same octets each time. No secrets. */

export type HashName = 'md5' | 'sha1' | 'sha256' | 'sha384' | 'sha512'

export const HASH_OID = {
  md5: '1.2.840.113549.2.5',
  sha1: '1.3.14.3.2.26',
  sha256: '2.16.840.1.101.3.4.2.1',
  sha384: '2.16.840.1.101.3.4.2.2',
  sha512: '2.16.840.1.101.3.4.2.3',
} as const

export interface VectorKey {
  /** SubjectPublicKeyInfo. */
  readonly spki: Der
  algorithm(hash: HashName): Der
  sign(message: Uint8Array, hash: HashName): Uint8Array
}

const ECDSA_OID = {
  md5: null,
  sha1: '1.2.840.10045.4.1',
  sha256: '1.2.840.10045.4.3.2',
  sha384: '1.2.840.10045.4.3.3',
  sha512: '1.2.840.10045.4.3.4',
} as const
const RSA_OID = {
  md5: '1.2.840.113549.1.1.4',
  sha1: '1.2.840.113549.1.1.5',
  sha256: '1.2.840.113549.1.1.11',
  sha384: '1.2.840.113549.1.1.12',
  sha512: '1.2.840.113549.1.1.13',
} as const

export const digestOf = (hash: HashName, ...parts: readonly Uint8Array[]): Uint8Array =>
  new Uint8Array(
    createHash(hash)
      .update(concatBytes(...parts))
      .digest(),
  )

/** ECDSA with the nonce of RFC 6979. */
function ecKey(name: string, curve: typeof p256, curveOid: string, seedOctets: number): VectorKey {
  const { secretKey } = curve.keygen(seededRandom(`vector key ${name}`)(seedOctets))
  const point = curve.getPublicKey(secretKey, false)
  return {
    spki: sequence(sequence(oid('1.2.840.10045.2.1'), oid(curveOid)), bits(point)),
    algorithm: (hash) => algorithm(ECDSA_OID[hash] ?? '2.999.4'),
    sign: (message, hash) =>
      curve.sign(digestOf(hash, message), secretKey, { prehash: false, lowS: false, format: 'der' }),
  }
}

export const p256Key = (name: string): VectorKey => ecKey(name, p256, '1.2.840.10045.3.1.7', 48)
export const p384Key = (name: string): VectorKey => ecKey(name, p384, '1.3.132.0.34', 72)

export function ed25519Key(name: string): VectorKey {
  const seed = seededRandom(`vector key ${name}`)(32)
  return {
    spki: sequence(algorithm('1.3.101.112'), bits(ed25519.getPublicKey(seed))),
    algorithm: () => algorithm('1.3.101.112'),
    sign: (message) => ed25519.sign(message, seed),
  }
}

function rsaPrivate(name: keyof typeof PUBLIC_RSA_KEYS) {
  const pkcs8 = fromBase64(PUBLIC_RSA_KEYS[name])
  if (pkcs8 === undefined) throw new TypeError('a sample key is not base64')
  return createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' })
}

const RSA_ENCRYPTION = '1.2.840.113549.1.1.1'
const RSASSA_PSS = '1.2.840.113549.1.1.10'

/** SubjectPublicKeyInfo of a private RSA key, by its numbers. */
function rsaSpki(key: ReturnType<typeof rsaPrivate>, identifier: Der = algorithm(RSA_ENCRYPTION, nothing())): Der {
  const { n = '', e = '' } = key.export({ format: 'jwk' })
  const number = (text: string) => integer(BigInt(`0x${Buffer.from(text, 'base64url').toString('hex')}`))
  return sequence(identifier, bits(sequence(number(n), number(e))))
}

/** PKCS #1 v1.5, which has no random part. */
export function rsaKey(name: keyof typeof PUBLIC_RSA_KEYS): VectorKey {
  const key = rsaPrivate(name)
  return {
    spki: rsaSpki(key),
    algorithm: (hash) => algorithm(RSA_OID[hash], nothing()),
    sign: (message, hash) => new Uint8Array(sign(hash, message, key)),
  }
}

/** RSASSA-PSS-params (RFC 4055 §3.1). */
export const pssParameters = (hash: HashName, mgfHash: HashName, saltLength: number, ...more: readonly Der[]): Der =>
  sequence(
    explicit(0, algorithm(HASH_OID[hash])),
    explicit(1, algorithm('1.2.840.113549.1.1.8', algorithm(HASH_OID[mgfHash]))),
    explicit(2, integer(saltLength)),
    ...more,
  )

/** The same under a key whose own parameters say what it may sign (RFC 4055 §3.3). */
export const rsaPssKeyFor = (parameters: Der, saltLength = 32): VectorKey => ({
  ...rsaPssKey(saltLength),
  spki: rsaSpki(rsaPrivate('rsa-2048'), algorithm(RSASSA_PSS, parameters)),
})

/** RSASSA-PSS whose salt follows from the message (RFC 8017 §9.1.1); 2048 bits. `only`: the key is for nothing else. */
export function rsaPssKey(saltLength = 32, only = false): VectorKey {
  const key = rsaPrivate('rsa-2048')
  return {
    spki: only ? rsaSpki(key, algorithm(RSASSA_PSS)) : rsaSpki(key),
    algorithm: (hash) => algorithm(RSASSA_PSS, pssParameters(hash, hash, saltLength)),
    sign: (message, hash) => {
      const salt = digestOf(hash, new TextEncoder().encode('salt of a sample'), message).subarray(0, saltLength)
      const h = digestOf(hash, new Uint8Array(8), digestOf(hash, message), salt)
      const block = concatBytes(new Uint8Array(256 - h.length - salt.length - 2), Uint8Array.of(1), salt)
      const mask = concatBytes(
        ...Array.from({ length: Math.ceil(block.length / h.length) }, (_, i) =>
          digestOf(hash, h, Uint8Array.of(0, 0, 0, i)),
        ),
      )
      const masked = block.map((byte, at) => byte ^ (mask[at] ?? 0))
      // emBits is one less than the modulus has.
      masked[0] = (masked[0] ?? 0) & 0x7f
      const encoded = Buffer.from(concatBytes(masked, h, Uint8Array.of(0xbc)))
      return new Uint8Array(privateEncrypt({ key, padding: constants.RSA_NO_PADDING }, encoded))
    },
  }
}
