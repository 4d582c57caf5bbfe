import { sha256, sha384, sha512 } from '@noble/hashes/sha2.js'
import type { SmallDigest } from '@probatum/core'

/** Digests that a seal is made with. */
export type SealDigest = 'sha256' | 'sha384' | 'sha512'

const DIGESTS = { sha256, sha384, sha512 } as const

/** Digest of a small input; payload goes through a streaming digester. */
export function digestOf(digest: SealDigest, bytes: Uint8Array): Uint8Array {
  return DIGESTS[digest](bytes)
}

/** The core's port for small inputs, as far as a seal needs it. */
export const smallDigest: SmallDigest = (algorithm, bytes) => {
  if (algorithm !== 'sha256' && algorithm !== 'sha384' && algorithm !== 'sha512')
    throw new TypeError(`a seal is not made with ${algorithm}`)
  return digestOf(algorithm, bytes)
}

/** A digest that is fed piece by piece. */
export interface RunningDigest {
  update(bytes: Uint8Array): unknown
  digest(): Uint8Array
}

/** Starts a digest over payload. The platform's own is several times faster than `startPureDigest`. */
export type StartDigest = (algorithm: 'sha256' | 'sha512') => RunningDigest

/** In JavaScript alone. */
export const startPureDigest: StartDigest = (algorithm) => DIGESTS[algorithm].create()
