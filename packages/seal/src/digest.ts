import { sha256, sha384, sha512 } from '@noble/hashes/sha2.js'

/** Digests that a seal is made with. */
export type SealDigest = 'sha256' | 'sha384' | 'sha512'

const DIGESTS = { sha256, sha384, sha512 } as const

/** Digest of a small input; payload goes through a streaming digester. */
export function digestOf(digest: SealDigest, bytes: Uint8Array): Uint8Array {
  return DIGESTS[digest](bytes)
}
