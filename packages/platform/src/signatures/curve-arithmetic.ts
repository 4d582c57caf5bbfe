import type { DigestAlgorithm, EcCurve } from '@probatum/core'
import { concatBytes, equalBytes } from '@probatum/core'
import { nobleSmallDigest } from '../digests/noble-digest.ts'
import { littleEndian } from './edwards-key.ts'
import type { EcKey, EdwardsKey } from './public-key.ts'

// Loaded when first needed: most bundles never do, and the tables cost time at the start.

async function curveOf(curve: EcCurve) {
  if (curve.startsWith('P-')) {
    const { p256, p384, p521 } = await import('@noble/curves/nist.js')
    return curve === 'P-256' ? p256 : curve === 'P-384' ? p384 : p521
  }
  const { brainpoolP256r1, brainpoolP384r1, brainpoolP512r1 } = await import('@noble/curves/misc.js')
  return curve === 'brainpoolP256r1' ? brainpoolP256r1 : curve === 'brainpoolP384r1' ? brainpoolP384r1 : brainpoolP512r1
}

/**
 * ECDSA (FIPS 186-5 §6.4.2) for curves and digests that a platform lacks.
 * @param rAndS r and s in the curve's length, as `ecdsaRAndS` gives them
 */
export async function isEcdsaSignature(
  key: EcKey,
  digest: DigestAlgorithm,
  message: Uint8Array,
  rAndS: Uint8Array,
): Promise<boolean> {
  const curve = await curveOf(key.curve)
  const hash = nobleSmallDigest(digest, message)
  try {
    return curve.verify(rAndS, hash, key.point, { prehash: false, lowS: false, format: 'compact' })
  } catch {
    // The library throws for r or s out of range and for a point that is not on the curve.
    return false
  }
}

/** Ed25519 and Ed448 (RFC 8032 §5.1.7, §5.2.7) without the cofactor, as OpenSSL and BoringSSL verify. */
export async function isEdwardsSignature(
  key: EdwardsKey,
  message: Uint8Array,
  signature: Uint8Array,
): Promise<boolean> {
  const { Point, challenge } = await edwards(key)
  const octets = key.point.length
  if (signature.length !== 2 * octets) return false
  const r = signature.subarray(0, octets)
  const s = littleEndian(signature.subarray(octets))
  const order = Point.Fn.ORDER
  if (s >= order) return false
  const k = littleEndian(challenge(r, key.point, message)) % order
  try {
    const a = Point.fromBytes(key.point, false)
    return equalBytes(Point.BASE.multiplyUnsafe(s).subtract(a.multiplyUnsafe(k)).toBytes(), r)
  } catch {
    return false
  }
}

async function edwards({ kind }: EdwardsKey) {
  if (kind === 'ed25519') {
    const [{ ed25519 }, { sha512 }] = await Promise.all([
      import('@noble/curves/ed25519.js'),
      import('@noble/hashes/sha2.js'),
    ])
    return { Point: ed25519.Point, challenge: (...parts: Uint8Array[]) => sha512(concatBytes(...parts)) }
  }
  const [{ ed448 }, { shake256 }] = await Promise.all([
    import('@noble/curves/ed448.js'),
    import('@noble/hashes/sha3.js'),
  ])
  // dom4(0, '') of RFC 8032 §2: "SigEd448", no prehash, no context.
  const domain = Uint8Array.of(0x53, 0x69, 0x67, 0x45, 0x64, 0x34, 0x34, 0x38, 0, 0)
  return {
    Point: ed448.Point,
    challenge: (...parts: Uint8Array[]) => shake256(concatBytes(domain, ...parts), { dkLen: 114 }),
  }
}
