import crypto from 'node:crypto'
import type { SmallDigest } from '@probatum/core'

const oneShot: typeof crypto.hash | undefined = crypto.hash

/** Synchronous digest of a small input with Node's own implementation. */
export const nodeSmallDigest: SmallDigest = (algorithm, bytes) => {
  if (algorithm === 'shake128' || algorithm === 'shake256') {
    const outputLength = algorithm === 'shake128' ? 32 : 64
    return new Uint8Array(crypto.createHash(algorithm, { outputLength }).update(bytes).digest())
  }
  if (oneShot === undefined) return new Uint8Array(crypto.createHash(algorithm).update(bytes).digest())
  // As text of one character an octet: making a Buffer takes twice as long as the digest of a line.
  const text = oneShot(algorithm, bytes, 'binary')
  const digest = new Uint8Array(text.length)
  for (let at = 0; at < digest.length; at++) digest[at] = text.charCodeAt(at)
  return digest
}
