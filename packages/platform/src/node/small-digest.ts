import crypto from 'node:crypto'
import type { SmallDigest } from '@probatum/core'

const oneShot: typeof crypto.hash | undefined = crypto.hash

/** Synchronous digest of a small input with Node's own implementation. */
export const nodeSmallDigest: SmallDigest = (algorithm, bytes) => {
  if (algorithm === 'shake128' || algorithm === 'shake256') {
    const outputLength = algorithm === 'shake128' ? 32 : 64
    return new Uint8Array(crypto.createHash(algorithm, { outputLength }).update(bytes).digest())
  }
  const digest =
    oneShot === undefined ? crypto.createHash(algorithm).update(bytes).digest() : oneShot(algorithm, bytes, 'buffer')
  return new Uint8Array(digest)
}
