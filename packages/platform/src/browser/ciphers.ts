import { GHASH } from '@noble/ciphers/_polyval.js'
import { chacha20poly1305 } from '@noble/ciphers/chacha.js'
import type { Ciphers } from '../encryption/ciphers.ts'

const BLOCK = 16

/**
 * AES by Web Crypto, which has no GCM that can be fed in pieces and no ChaCha20 at all: GHASH and ChaCha20-Poly1305 are
 * noble's.
 */
export const webCiphers: Ciphers = {
  openChunk(key, nonce, sealed) {
    if (sealed.length < 16) return undefined
    try {
      return chacha20poly1305(key, nonce).decrypt(sealed)
    } catch {
      return undefined
    }
  },
  async checkGcm(key, nonce, additional, tag) {
    const encrypt = await this.counterMode(key)
    const zeros = new Uint8Array(BLOCK)
    // SP 800-38D §7.1: the hash's key is the cipher of zeros, and the tag is the hash under the cipher of the first counter.
    const first = new Uint8Array(BLOCK)
    first.set(nonce)
    first[BLOCK - 1] = 1
    const mask = await encrypt(first, zeros)
    const hash = new GHASH(await encrypt(new Uint8Array(BLOCK), zeros))
    if (additional.length > 0) hash.update(additional)
    let length = 0
    return {
      update(bytes) {
        // It pads each piece to a block.
        if (length % BLOCK !== 0) throw new RangeError('a piece after one that was no whole number of blocks')
        length += bytes.length
        if (bytes.length > 0) hash.update(bytes)
      },
      holds() {
        const lengths = new DataView(new ArrayBuffer(BLOCK))
        lengths.setBigUint64(0, BigInt(additional.length) * 8n)
        lengths.setBigUint64(8, BigInt(length) * 8n)
        hash.update(new Uint8Array(lengths.buffer))
        const computed = hash.digest()
        let difference = 0
        for (const [i, byte] of tag.entries()) difference |= byte ^ (computed[i] ?? 0) ^ (mask[i] ?? 0)
        return difference === 0
      },
    }
  },
  async counterMode(key) {
    const { subtle } = globalThis.crypto
    const imported = await subtle.importKey('raw', new Uint8Array(key), 'AES-CTR', false, ['encrypt'])
    return async (counter, bytes) => {
      const parameters = { name: 'AES-CTR', counter: new Uint8Array(counter), length: 32 }
      return new Uint8Array(await subtle.encrypt(parameters, imported, bytes as Uint8Array<ArrayBuffer>))
    }
  },
  async sha256(bytes) {
    return new Uint8Array(await globalThis.crypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>))
  },
}
