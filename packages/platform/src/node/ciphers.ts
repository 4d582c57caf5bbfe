import { createDecipheriv, createHash } from 'node:crypto'
import type { Ciphers } from '../encryption/ciphers.ts'

/** By Node's own OpenSSL. */
export const nodeCiphers: Ciphers = {
  openChunk(key, nonce, sealed) {
    const end = sealed.length - 16
    if (end < 0) return undefined
    const decipher = createDecipheriv('chacha20-poly1305', key, nonce, { authTagLength: 16 })
    decipher.setAuthTag(sealed.subarray(end))
    const opened = decipher.update(sealed.subarray(0, end))
    try {
      decipher.final()
    } catch {
      return undefined
    }
    return opened
  },
  async checkGcm(key, nonce, additional, tag) {
    const names = { 16: 'aes-128-gcm', 24: 'aes-192-gcm', 32: 'aes-256-gcm' } as const
    const decipher = createDecipheriv(names[key.length as keyof typeof names], key, nonce, {
      authTagLength: tag.length,
    })
    decipher.setAuthTag(tag)
    if (additional.length > 0) decipher.setAAD(additional)
    return {
      update(bytes) {
        decipher.update(bytes)
      },
      holds() {
        try {
          decipher.final()
          return true
        } catch {
          return false
        }
      },
    }
  },
  async counterMode(key) {
    return async (counter, bytes) => {
      const cipher = createDecipheriv(`aes-${key.length * 8}-ctr`, key, counter)
      return cipher.update(bytes)
    }
  },
  sha256: (bytes) => new Uint8Array(createHash('sha256').update(bytes).digest()),
}
