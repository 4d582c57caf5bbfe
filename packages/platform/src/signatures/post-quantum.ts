import type { SlhDsaSet } from '@probatum/core'
import type { MlDsaKey, SlhDsaKey } from './public-key.ts'

// Loaded when first needed: most bundles never do.

/** Octets of each set's public key (FIPS 204 table 2, FIPS 205 table 2). */
export const ML_DSA_KEY_OCTETS: Readonly<Record<MlDsaKey['set'], number>> = { 44: 1312, 65: 1952, 87: 2592 }

export function slhDsaKeyOctets(set: SlhDsaSet): number {
  return set.includes('128') ? 32 : set.includes('192') ? 48 : 64
}

/** ML-DSA.Verify (FIPS 204 §5.3), pure, with the empty context that RFC 9881 §2 and RFC 9882 §3.1 fix. */
export async function isMlDsaSignature(
  { set, key }: MlDsaKey,
  message: Uint8Array,
  signature: Uint8Array,
): Promise<boolean> {
  const { ml_dsa44, ml_dsa65, ml_dsa87 } = await import('@noble/post-quantum/ml-dsa.js')
  const scheme = set === 44 ? ml_dsa44 : set === 65 ? ml_dsa65 : ml_dsa87
  return answer(scheme, message, signature, key)
}

/** slh_verify (FIPS 205 §10.3), pure, with the empty context that RFC 9909 §3 and RFC 9814 §3 fix. */
export async function isSlhDsaSignature(
  { set, key }: SlhDsaKey,
  message: Uint8Array,
  signature: Uint8Array,
): Promise<boolean> {
  const schemes = await import('@noble/post-quantum/slh-dsa.js')
  const scheme = {
    'sha2-128s': schemes.slh_dsa_sha2_128s,
    'sha2-128f': schemes.slh_dsa_sha2_128f,
    'sha2-192s': schemes.slh_dsa_sha2_192s,
    'sha2-192f': schemes.slh_dsa_sha2_192f,
    'sha2-256s': schemes.slh_dsa_sha2_256s,
    'sha2-256f': schemes.slh_dsa_sha2_256f,
    'shake-128s': schemes.slh_dsa_shake_128s,
    'shake-128f': schemes.slh_dsa_shake_128f,
    'shake-192s': schemes.slh_dsa_shake_192s,
    'shake-192f': schemes.slh_dsa_shake_192f,
    'shake-256s': schemes.slh_dsa_shake_256s,
    'shake-256f': schemes.slh_dsa_shake_256f,
  }[set]
  return answer(scheme, message, signature, key)
}

interface Scheme {
  readonly lengths: { readonly signature?: number | undefined }
  verify(signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array): boolean
}

/** The length is asked first, so that nothing which the library throws stands for a wrong signature. */
function answer(scheme: Scheme, message: Uint8Array, signature: Uint8Array, key: Uint8Array): boolean {
  if (scheme.lengths.signature === undefined) throw new TypeError('the library names no signature length')
  return signature.length === scheme.lengths.signature && scheme.verify(signature, message, key)
}
