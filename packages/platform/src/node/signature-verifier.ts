import crypto, { constants, createPublicKey, KeyObject, type VerifyKeyObjectInput, verify } from 'node:crypto'
import type { SignatureVerifier } from '@probatum/core'
import type { EcKey, EdwardsKey, RsaKey } from '../signatures/public-key.ts'
import { signatureVerifier } from '../signatures/verifier.ts'

/**
 * From this size on a signature is worth a thread of Node's own, so that those of several objects overlap: RSA-4096 takes 54
 * microseconds, of which asking a thread leaves 6 to 10 here and adds as many there. RSA-2048 takes 17.
 */
const OCTETS_ASIDE = 384

/** Signatures by Node's OpenSSL, keys imported once; plain arithmetic for what it lacks. */
export function nodeSignatureVerifier(): SignatureVerifier {
  const imported = new WeakMap<RsaKey | EdwardsKey, KeyObject | null>()
  const keyObject = (key: RsaKey | EdwardsKey): KeyObject | null => {
    let object = imported.get(key)
    if (object === undefined) {
      object = importKey(key)
      imported.set(key, object)
    }
    return object
  }
  const points = new WeakMap<EcKey, Promise<KeyObject | null>>()
  const keyOnCurve = (key: EcKey): Promise<KeyObject | null> => {
    let object = points.get(key)
    if (object === undefined) {
      object = importPoint(key)
      points.set(key, object)
    }
    return object
  }
  return signatureVerifier({
    rsa(key, algorithm, message, signature) {
      const object = keyObject(key)
      if (object === null) return undefined
      const ask = key.modulus.length < OCTETS_ASIDE ? here : aside
      if (algorithm.scheme === 'rsa-pkcs1') {
        const padding = constants.RSA_PKCS1_PADDING
        return ask(algorithm.digest, message, { key: object, padding }, signature)
      }
      // Node gives the mask generation the digest of the message.
      if (algorithm.mgfDigest !== algorithm.digest) return undefined
      const options = { key: object, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: algorithm.saltLength }
      return ask(algorithm.digest, message, options, signature)
    },
    async ecdsa(key, { digest }, message, rAndS) {
      const object = await keyOnCurve(key)
      if (object === null) return undefined
      const options = { key: object, dsaEncoding: 'ieee-p1363' } as const
      // P-256 takes 45 microseconds, and ten for asking would not come back where one core is all there is; the others 450.
      return (key.curve === 'P-256' ? here : aside)(digest, message, options, rAndS)
    },
    async edwards(key, message, signature) {
      const object = keyObject(key)
      return object === null ? undefined : here(null, message, { key: object }, signature)
    },
  })
}

/**
 * OpenSSL 3 spends 100 microseconds on finding out what a SubjectPublicKeyInfo holds. That is known here, so the shorter
 * ways are taken where they are shorter: a point of a curve that WebCrypto has is read in 40, and must lie on the curve as well.
 */
async function importPoint(key: EcKey): Promise<KeyObject | null> {
  if (!key.curve.startsWith('P-') || key.point[0] !== 4) return importKey(key)
  try {
    const parameters = { name: 'ECDSA', namedCurve: key.curve }
    // Asked for by name it would be loaded by every run.
    const { subtle } = crypto.webcrypto
    return KeyObject.from(await subtle.importKey('raw', key.point, parameters, true, ['verify']))
  } catch {
    return null
  }
}

function importKey(key: RsaKey | EcKey | EdwardsKey): KeyObject | null {
  try {
    if (key.kind === 'rsa') return createPublicKey({ key: Buffer.from(key.pkcs1), format: 'der', type: 'pkcs1' })
    return createPublicKey({ key: Buffer.from(key.spki), format: 'der', type: 'spki' })
  } catch {
    // A curve that this build of OpenSSL does not have, or a key that it thinks too small or too large.
    return null
  }
}

/** What OpenSSL will not compute is not a wrong signature. */
function here(
  digest: string | null,
  message: Uint8Array,
  key: VerifyKeyObjectInput,
  signature: Uint8Array,
): boolean | undefined {
  try {
    return verify(digest, message, key, signature)
  } catch {
    return undefined
  }
}

/** The same in a thread. */
function aside(
  digest: string | null,
  message: Uint8Array,
  key: VerifyKeyObjectInput,
  signature: Uint8Array,
): Promise<boolean | undefined> {
  return new Promise((resolve) => {
    try {
      verify(digest, message, key, signature, (error, isValid) => resolve(error === null ? isValid : undefined))
    } catch {
      resolve(undefined)
    }
  })
}
