import { equalBytes } from '@probatum/core'
import { derBitString, derInteger, derNull, derOctetString, derOid, derSequence } from '../der/der.ts'
import { type DerPart, derInside, derParts } from '../der/der-read.ts'
import { OID } from '../der/oids.ts'
import type { SealDigest } from '../digest.ts'
import { mlDsa65FromPkcs8 } from '../signatures/ml-dsa.ts'
import {
  algorithmIdentifier,
  CURVES,
  publicKeyParts,
  type RsaScheme,
  requireAllowedDigest,
  schemeOf,
} from './signature-scheme.ts'
import { own, type SigningKey, webCryptoSigningKey } from './signing-key.ts'

const WHAT = 'private key'
const NOT_OF_CERTIFICATE = 'the private key is not the certificate’s'

/**
 * Reads a private key in PKCS#8 (RFC 5958 §2), not encrypted: RSA, ECDSA on P-256, P-384 and P-521, Ed25519, ML-DSA-65.
 * Throws TypeError for anything else; nothing of the key is in it. `rsa` chooses the padding of a key under rsaEncryption.
 * Copies of the key that are made here are overwritten; `pkcs8` itself is the caller's.
 */
export async function pkcs8SigningKey(pkcs8: Uint8Array, rsa: RsaScheme = 'rsa-pkcs1'): Promise<SigningKey> {
  return readKey(pkcs8, rsa, undefined)
}

/** `expected`: SubjectPublicKeyInfo of the key, where it is known. A file that is of another kind throws NOT_OF_CERTIFICATE. */
async function readKey(pkcs8: Uint8Array, rsa: RsaScheme, expected: Uint8Array | undefined): Promise<SigningKey> {
  const [version, algorithm, secret] = derInside(pkcs8, 0x30, WHAT)
  if (version?.tag !== 0x02 || algorithm?.tag !== 0x30 || secret?.tag !== 0x04)
    throw new TypeError('private key: not PKCS#8, or encrypted')
  const [oid, parameters] = derInside(algorithm.whole, 0x30, WHAT)
  const is = (dotted: string, part = oid) => part !== undefined && equalBytes(part.whole, derOid(dotted))
  const isRsa = is(OID.rsaEncryption) || is(OID.rsassaPss)
  if (expected !== undefined && !isRsa && !equalBytes(publicKeyParts(expected).algorithm, algorithm.whole))
    throw new TypeError(NOT_OF_CERTIFICATE)
  if (is(OID.rsaEncryption)) return rsaSigningKey(secret, algorithm, rsa)
  if (is(OID.rsassaPss)) return rsaSigningKey(secret, algorithm, 'rsa-pss')
  if (is(OID.ed25519)) return importedSigningKey(pkcs8, { name: 'Ed25519' }, expected)
  if (is(OID.mlDsa65)) return mlDsa65FromPkcs8(secret.content)
  const curve = is(OID.ecPublicKey) ? CURVES.find((each) => is(each.oid, parameters)) : undefined
  if (curve === undefined) throw new TypeError('private key: an algorithm or curve that does not sign here')
  const inner = derInside(secret.content, 0x30, WHAT).find(({ tag }) => tag === 0xa1)
  const [point] = inner === undefined ? [] : derParts(inner.content, WHAT)
  const spki = point?.tag === 0x03 ? derSequence(algorithm.whole, point.whole) : expected
  return importedSigningKey(pkcs8, { name: 'ECDSA', namedCurve: curve.name }, spki)
}

/**
 * The key of a certificate. An RSA key may stand in the certificate under id-RSASSA-PSS and in its file under rsaEncryption:
 * then the certificate decides how it signs. Throws TypeError as `pkcs8SigningKey`, and when they do not belong together.
 */
export async function signingKeyOf(
  spki: Uint8Array,
  pkcs8: Uint8Array,
  rsa: RsaScheme = 'rsa-pkcs1',
): Promise<SigningKey> {
  const scheme = schemeOf(spki, rsa)
  const key = await readKey(pkcs8, scheme === 'rsa-pss' ? 'rsa-pss' : 'rsa-pkcs1', spki)
  const isRsa = scheme.startsWith('rsa') && key.scheme.startsWith('rsa')
  const isSame = isRsa ? equalBytes(publicKeyParts(spki).key, publicKeyParts(key.spki).key) : equalBytes(spki, key.spki)
  if (!isSame || scheme !== key.scheme) {
    key.forget?.()
    throw new TypeError(NOT_OF_CERTIFICATE)
  }
  return isRsa ? { ...key, spki } : key
}

async function rsaSigningKey(secret: DerPart, algorithm: DerPart, scheme: RsaScheme): Promise<SigningKey> {
  const [, modulus, exponent] = derInside(secret.content, 0x30, WHAT)
  if (modulus?.tag !== 0x02 || exponent?.tag !== 0x02) throw new TypeError('private key: no RSA key')
  const publicKey = derBitString(derSequence(modulus.whole, exponent.whole))
  const plain = derSequence(derOid(OID.rsaEncryption), derNull())
  // Web Crypto takes RSA keys under rsaEncryption alone.
  const octets = derOctetString(secret.content)
  const pkcs8 = derSequence(derInteger(0), plain, octets)
  const spki = derSequence(plain, publicKey)
  const name = scheme === 'rsa-pss' ? 'RSA-PSS' : 'RSASSA-PKCS1-v1_5'
  const load = (hash: string) => importedSigningKey(pkcs8, { name, hash }, spki)
  try {
    const keys = { sha256: await load('SHA-256'), sha384: await load('SHA-384'), sha512: await load('SHA-512') }
    const stated = derSequence(algorithm.whole, publicKey)
    return {
      spki: stated,
      scheme,
      signatureAlgorithm: (digest) => algorithmIdentifier(scheme, digest),
      async sign(message, digest) {
        requireAllowedDigest(stated, digest)
        return keys[digest].sign(message, digest)
      },
    }
  } finally {
    for (const copy of [octets, pkcs8]) copy.fill(0)
  }
}

type ImportParameters = { readonly name: string; readonly namedCurve?: string; readonly hash?: string }

/**
 * The key stays in Web Crypto and cannot be taken out again. `spki`: its public half, where the file or a certificate says it; else
 * it is computed, which only a key that can be exported allows, as a text that cannot be overwritten.
 */
async function importedSigningKey(
  pkcs8: Uint8Array,
  algorithm: ImportParameters,
  spki: Uint8Array | undefined,
): Promise<SigningKey> {
  const { subtle } = globalThis.crypto
  const parameters = algorithm as RsaHashedImportParams & EcKeyImportParams
  const copy = own(pkcs8)
  let key: SigningKey
  let isPair: boolean
  try {
    const publicHalf = spki ?? (await computedPublicHalf(copy, parameters))
    key = webCryptoSigningKey(await subtle.importKey('pkcs8', copy, parameters, false, ['sign']), publicHalf)
    const probe = Uint8Array.of(0x70)
    const digest: SealDigest = DIGEST_OF[algorithm.hash ?? ''] ?? 'sha256'
    const publicKey = await subtle.importKey('spki', own(publicHalf), parameters, false, ['verify'])
    isPair = await isVerified(publicKey, await key.sign(probe, digest), probe, digest)
  } catch (cause) {
    throw new TypeError('private key: the platform does not read it', { cause })
  } finally {
    copy.fill(0)
  }
  // Nobody could verify what such a key signs.
  if (!isPair) throw new TypeError('private key: its two halves differ, or it is not the certificate’s')
  return key
}

const DIGEST_OF: Readonly<Record<string, SealDigest>> = { 'SHA-384': 'sha384', 'SHA-512': 'sha512' }

async function computedPublicHalf(
  pkcs8: Uint8Array<ArrayBuffer>,
  parameters: RsaHashedImportParams & EcKeyImportParams,
): Promise<Uint8Array> {
  const { subtle } = globalThis.crypto
  const readable = await subtle.importKey('pkcs8', pkcs8, parameters, true, ['sign'])
  const { kty, crv, x, y } = await subtle.exportKey('jwk', readable)
  const half = Object.fromEntries(Object.entries({ kty, crv, x, y }).filter(([, value]) => value !== undefined))
  const publicKey = await subtle.importKey('jwk', half, parameters, true, ['verify'])
  return new Uint8Array(await subtle.exportKey('spki', publicKey))
}

async function isVerified(
  key: CryptoKey,
  signature: Uint8Array,
  message: Uint8Array<ArrayBuffer>,
  digest: SealDigest,
): Promise<boolean> {
  const hash = { sha256: 'SHA-256', sha384: 'SHA-384', sha512: 'SHA-512' }[digest]
  const { name, namedCurve } = key.algorithm as { name: string; namedCurve?: string }
  const octets = CURVES.find((curve) => curve.name === namedCurve)?.octets
  const value = octets === undefined ? own(signature) : concatenated(signature, octets)
  const saltLength = Number(hash.slice(4)) / 8
  return globalThis.crypto.subtle.verify({ name, hash, saltLength } as AlgorithmIdentifier, key, value, message)
}

/** r ‖ s from ECDSA-Sig-Value. */
function concatenated(der: Uint8Array, octets: number): Uint8Array<ArrayBuffer> {
  const raw = new Uint8Array(2 * octets)
  for (const [index, { content }] of derInside(der, 0x30, 'ECDSA-Sig-Value').entries()) {
    const number = content[0] === 0 ? content.subarray(1) : content
    raw.set(number, (index + 1) * octets - number.length)
  }
  return raw
}
