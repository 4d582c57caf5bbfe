import { constants, createPublicKey, type KeyObject, verify } from 'node:crypto'
import type { SignatureVerifier } from '@probatum/core'
import type { EcKey, EdwardsKey, RsaKey } from '../signatures/public-key.ts'
import { signatureVerifier } from '../signatures/verifier.ts'

/** Signatures by Node's OpenSSL, keys imported once; plain arithmetic for what it lacks. */
export function nodeSignatureVerifier(): SignatureVerifier {
  const imported = new WeakMap<RsaKey | EcKey | EdwardsKey, KeyObject | null>()
  const keyObject = (key: RsaKey | EcKey | EdwardsKey): KeyObject | null => {
    let object = imported.get(key)
    if (object === undefined) {
      object = importKey(key.spki)
      imported.set(key, object)
    }
    return object
  }
  return signatureVerifier({
    async rsa(key, algorithm, message, signature) {
      const object = keyObject(key)
      if (object === null) return undefined
      if (algorithm.scheme === 'rsa-pkcs1') {
        const padding = constants.RSA_PKCS1_PADDING
        return answer(() => verify(algorithm.digest, message, { key: object, padding }, signature))
      }
      // Node gives the mask generation the digest of the message.
      if (algorithm.mgfDigest !== algorithm.digest) return undefined
      const options = { key: object, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: algorithm.saltLength }
      return answer(() => verify(algorithm.digest, message, options, signature))
    },
    async ecdsa(key, { digest }, message, rAndS) {
      const object = keyObject(key)
      if (object === null) return undefined
      return answer(() => verify(digest, message, { key: object, dsaEncoding: 'ieee-p1363' }, rAndS))
    },
    async edwards(key, message, signature) {
      const object = keyObject(key)
      return object === null ? undefined : answer(() => verify(null, message, object, signature))
    },
  })
}

function importKey(spki: Uint8Array): KeyObject | null {
  try {
    return createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' })
  } catch {
    // A curve that this build of OpenSSL does not have, or a key that it thinks too small or too large.
    return null
  }
}

/** What OpenSSL will not compute is not a wrong signature. */
function answer(ask: () => boolean): boolean | undefined {
  try {
    return ask()
  } catch {
    return undefined
  }
}
