import { createCipheriv, randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { webCiphers } from '../browser/ciphers.ts'
import { nodeCiphers } from '../node/ciphers.ts'

const BOTH = [nodeCiphers, webCiphers] as const

/** Pieces of whole blocks, but for the last. */
async function holds(
  ciphers: (typeof BOTH)[number],
  key: Uint8Array,
  nonce: Uint8Array,
  additional: Uint8Array,
  sealed: Uint8Array,
  tag: Uint8Array,
  piece: number,
) {
  const check = await ciphers.checkGcm(key, nonce, additional, tag)
  for (let at = 0; at < sealed.length; at += piece) check.update(sealed.subarray(at, at + piece))
  return check.holds()
}

describe('the ciphers of every platform', () => {
  it('agree about a tag of AES-GCM, whatever the sizes, and about one that is wrong', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(16, 24, 32),
        fc.integer({ min: 12, max: 16 }),
        fc.nat(70),
        fc.nat(5000),
        fc.integer({ min: 1, max: 100 }),
        fc.nat(),
        async (keyBytes, tagBytes, additionalBytes, size, blocks, place) => {
          const [key, nonce] = [randomBytes(keyBytes), randomBytes(12)]
          const [additional, plain] = [randomBytes(additionalBytes), randomBytes(size)]
          const name = `aes-${keyBytes * 8}-gcm` as 'aes-256-gcm'
          const cipher = createCipheriv(name, key, nonce, { authTagLength: tagBytes }).setAAD(additional)
          const sealed = Buffer.concat([cipher.update(plain), cipher.final()])
          const tag = cipher.getAuthTag()
          const spoilt = Buffer.from(tag)
          spoilt[place % tagBytes] = (spoilt[place % tagBytes] ?? 0) ^ (1 << (place % 8))
          for (const ciphers of BOTH) {
            const ask = (of: Uint8Array, wanted: Uint8Array) =>
              holds(ciphers, key, nonce, additional, of, wanted, blocks * 16)
            expect(await ask(sealed, tag)).toBe(true)
            expect(await ask(sealed, spoilt)).toBe(false)
            expect(await ask(Buffer.concat([sealed, Buffer.alloc(1)]), tag)).toBe(false)
          }
        },
      ),
      { numRuns: 60 },
    )
  })

  it('decipher any block by itself as the whole deciphers it', async () => {
    for (const keyBytes of [16, 24, 32]) {
      const [key, nonce, plain] = [randomBytes(keyBytes), randomBytes(12), randomBytes(1000)]
      const cipher = createCipheriv(`aes-${keyBytes * 8}-gcm` as 'aes-256-gcm', key, nonce)
      const sealed = cipher.update(plain)
      for (const ciphers of BOTH) {
        const decipher = await ciphers.counterMode(key)
        for (const [block, length] of [
          [0, 1000],
          [1, 16],
          [30, 100],
          [62, 8],
        ] as const) {
          const counter = Buffer.concat([nonce, Buffer.alloc(4)])
          counter.writeUInt32BE(2 + block, 12)
          const part = await decipher(counter, sealed.subarray(block * 16, block * 16 + length))
          expect(Buffer.compare(part, plain.subarray(block * 16, block * 16 + length))).toBe(0)
        }
      }
    }
  })

  it('agree about a chunk of ChaCha20-Poly1305', () => {
    fc.assert(
      fc.property(fc.nat(300), fc.nat(), (size, place) => {
        const [key, nonce, plain] = [randomBytes(32), randomBytes(12), randomBytes(size)]
        const cipher = createCipheriv('chacha20-poly1305', key, nonce, { authTagLength: 16 })
        const sealed = Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()])
        const spoilt = Buffer.from(sealed)
        spoilt[place % sealed.length] = (spoilt[place % sealed.length] ?? 0) ^ (1 << (place % 8))
        for (const ciphers of BOTH) {
          expect(Buffer.compare(ciphers.openChunk(key, nonce, sealed) ?? Buffer.of(1), plain)).toBe(0)
          expect(ciphers.openChunk(key, nonce, spoilt)).toBe(undefined)
          expect(ciphers.openChunk(key, nonce, sealed.subarray(0, 15))).toBe(undefined)
        }
      }),
      { numRuns: 60 },
    )
  })
})
