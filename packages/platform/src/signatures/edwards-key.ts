import type { EdwardsKey } from './public-key.ts'

const P25519 = 2n ** 255n - 19n
const P448 = 2n ** 448n - 2n ** 224n - 1n

/** y of the two points of order 8 with positive and negative sign (cofactor 8, RFC 7748 §4.1). */
const ORDER_8 = 0x7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7n

/** y of the points whose order divides the cofactor: 8 for edwards25519, 4 for edwards448. */
const SMALL_25519: readonly bigint[] = [0n, 1n, P25519 - 1n, ORDER_8, P25519 - ORDER_8]
const SMALL_448: readonly bigint[] = [0n, 1n, P448 - 1n]

/**
 * Whether the key is canonical (RFC 8032 §5.1.3 and §5.2.3 step 1: y below p) and not of small order. Platforms differ in both, and
 * under a key of small order one signature fits many messages. Whether it lies on the curve the verification finds out.
 */
export function isUsableEdwardsKey({ kind, point }: EdwardsKey): boolean {
  const withoutSign = new Uint8Array(point)
  const last = point.length - 1
  withoutSign[last] = (point[last] ?? 0) & 0x7f
  const y = littleEndian(withoutSign)
  return kind === 'ed25519' ? y < P25519 && !SMALL_25519.includes(y) : y < P448 && !SMALL_448.includes(y)
}

export function littleEndian(bytes: Uint8Array): bigint {
  let number = 0n
  for (let i = bytes.length - 1; i >= 0; i--) number = (number << 8n) | BigInt(bytes[i] ?? 0)
  return number
}
