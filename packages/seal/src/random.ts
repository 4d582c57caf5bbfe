import { sha256 } from '@noble/hashes/sha2.js'
import { concatBytes, encodeUtf8 } from '@probatum/core'

/** Gives that many random octets. In use: the platform's generator; in test vectors: `seededRandom`. */
export type RandomBytes = (length: number) => Uint8Array

/** The platform's generator (Web Crypto, in Node and in browsers). */
export const platformRandom: RandomBytes = (length) => {
  const bytes = new Uint8Array(length)
  // Web Crypto §10.1.1: at most 65,536 octets in one call.
  for (let at = 0; at < length; at += 65_536) globalThis.crypto.getRandomValues(bytes.subarray(at, at + 65_536))
  return bytes
}

/**
 * Octets that follow from a public seed: SHA-256(seed ‖ counter), block after block. For samples and test vectors
 * only; whoever knows the seed knows every key and salt.
 */
export function seededRandom(seed: string): RandomBytes {
  const prefix = encodeUtf8(`probatum public sample randomness, no secret\n${seed}\n`)
  let counter = 0
  let left: Uint8Array = new Uint8Array(0)
  return (length) => {
    const parts: Uint8Array[] = [left]
    for (let have = left.length; have < length; have += 32) {
      parts.push(sha256(concatBytes(prefix, encodeUtf8(String(counter)))))
      counter += 1
    }
    const all = concatBytes(...parts)
    left = all.slice(length)
    return all.slice(0, length)
  }
}
