import type { DigestAlgorithm, EcCurve, SignatureVerifier } from '@probatum/core'
import type { EcKey, EdwardsKey, RsaKey } from '../signatures/public-key.ts'
import { signatureVerifier } from '../signatures/verifier.ts'

const DIGEST_NAMES: Readonly<Partial<Record<DigestAlgorithm, string>>> = {
  sha1: 'SHA-1',
  sha256: 'SHA-256',
  sha384: 'SHA-384',
  sha512: 'SHA-512',
}

const CURVE_NAMES: Readonly<Partial<Record<EcCurve, string>>> = { 'P-256': 'P-256', 'P-384': 'P-384', 'P-521': 'P-521' }

/** Signatures by WebCrypto, keys imported once; plain arithmetic for what it lacks (SHA-3, brainpool, mixed PSS digests, …). */
export function webSignatureVerifier(subtle: SubtleCrypto = globalThis.crypto.subtle): SignatureVerifier {
  const imported = new WeakMap<RsaKey | EcKey | EdwardsKey, Map<string, Promise<CryptoKey | null>>>()
  const cryptoKey = (
    key: RsaKey | EcKey | EdwardsKey,
    parameters: RsaHashedImportParams | EcKeyImportParams | Named,
  ) => {
    const ofKey = imported.get(key) ?? new Map<string, Promise<CryptoKey | null>>()
    imported.set(key, ofKey)
    const name = JSON.stringify(parameters)
    let promise = ofKey.get(name)
    if (promise === undefined) {
      // A browser that lacks the algorithm rejects, or throws at once.
      promise = (async () => subtle.importKey('spki', owned(key.spki), parameters, false, ['verify']))().catch(
        () => null,
      )
      ofKey.set(name, promise)
    }
    return promise
  }
  const ask = async (
    parameters: AlgorithmIdentifier | RsaPssParams | EcdsaParams,
    key: CryptoKey | null,
    message: Uint8Array,
    signature: Uint8Array,
  ) => {
    if (key === null) return undefined
    // What the platform will not compute is not a wrong signature.
    return subtle.verify(parameters, key, owned(signature), owned(message)).catch(() => undefined)
  }
  return signatureVerifier({
    async rsa(key, algorithm, message, signature) {
      const hash = DIGEST_NAMES[algorithm.digest]
      if (hash === undefined) return undefined
      if (algorithm.scheme === 'rsa-pkcs1') {
        const name = 'RSASSA-PKCS1-v1_5'
        return ask({ name }, await cryptoKey(key, { name, hash }), message, signature)
      }
      // WebCrypto gives the mask generation the digest of the message.
      if (algorithm.mgfDigest !== algorithm.digest) return undefined
      const name = 'RSA-PSS'
      return ask({ name, saltLength: algorithm.saltLength }, await cryptoKey(key, { name, hash }), message, signature)
    },
    async ecdsa(key, { digest, curve }, message, rAndS) {
      const hash = DIGEST_NAMES[digest]
      const namedCurve = CURVE_NAMES[curve]
      // Not every browser reads a compressed point.
      if (hash === undefined || namedCurve === undefined || key.point[0] !== 4) return undefined
      const name = 'ECDSA'
      return ask({ name, hash }, await cryptoKey(key, { name, namedCurve }), message, rAndS)
    },
    async edwards(key, message, signature) {
      const name = key.kind === 'ed25519' ? 'Ed25519' : 'Ed448'
      return ask({ name }, await cryptoKey(key, { name }), message, signature)
    },
  })
}

interface Named {
  readonly name: string
}

/** The DOM's types want bytes that no other thread can alter. */
function owned(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return bytes.buffer instanceof ArrayBuffer ? (bytes as Uint8Array<ArrayBuffer>) : new Uint8Array(bytes)
}
