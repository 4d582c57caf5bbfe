import { generateKeyPairSync, sign } from 'node:crypto'
import type { SignatureCheck } from '@probatum/core'
import { beforeEach, describe, expect, test } from 'vitest'
import { signatureVerifier } from './verifier.ts'

const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const other = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey
const spki = (key: typeof publicKey) => new Uint8Array(key.export({ format: 'der', type: 'spki' }))

const checkOf = (message: Uint8Array): SignatureCheck => ({
  algorithm: { scheme: 'rsa-pkcs1', digest: 'sha256' },
  publicKey: spki(publicKey),
  message,
  signature: new Uint8Array(sign('sha256', message, privateKey)),
})

let asked: number
let verifier: ReturnType<typeof signatureVerifier>
beforeEach(() => {
  asked = 0
  const count = async () => {
    asked++
    // Then plain arithmetic decides.
    return undefined
  }
  verifier = signatureVerifier({ rsa: count, ecdsa: count, edwards: count })
})

describe('a question that comes again', () => {
  const check = checkOf(Uint8Array.from({ length: 300 }, (_, index) => index & 0xff))

  test('is answered from memory the third time, by all of its octets', async () => {
    for (let time = 0; time < 5; time++) expect(await verifier.verify(check)).toBe('valid')
    expect(asked).toBe(2)
  })

  test('in which anything differs is computed, and has its own answer', async () => {
    for (let time = 0; time < 3; time++) await verifier.verify(check)
    const flipped = (bytes: Uint8Array, at: number) => bytes.map((octet, index) => (index === at ? octet ^ 1 : octet))
    const last = check.signature.length - 1
    const variants: SignatureCheck[] = [
      { ...check, message: flipped(check.message, 0) },
      { ...check, message: flipped(check.message, 299) },
      { ...check, signature: flipped(check.signature, 0) },
      { ...check, signature: flipped(check.signature, last) },
      { ...check, publicKey: spki(other) },
      { ...check, algorithm: { scheme: 'rsa-pkcs1', digest: 'sha384' } },
      { ...check, algorithm: { scheme: 'rsa-pss', digest: 'sha256', mgfDigest: 'sha256', saltLength: 32 } },
    ]
    for (const variant of variants) {
      for (let time = 0; time < 3; time++) {
        expect(await verifier.verify(variant)).toBe('invalid')
        expect(await verifier.verify(check)).toBe('valid')
      }
    }
  })

  test('is not the one that the caller has written over since', async () => {
    const own = { ...check, message: new Uint8Array(check.message), signature: new Uint8Array(check.signature) }
    for (let time = 0; time < 3; time++) expect(await verifier.verify(own)).toBe('valid')
    own.message[7] = 0xff
    expect(await verifier.verify(own)).toBe('invalid')
    expect(await verifier.verify(check)).toBe('valid')
    expect(await verifier.verify({ ...check, message: own.message })).toBe('invalid')
  })

  test('stays while others come once, and goes when enough others come again', async () => {
    const others = Array.from({ length: 300 }, (_, index) => {
      const signature = new Uint8Array(check.signature)
      signature.set([index & 0xff, index >> 8], signature.length - 2)
      return { ...check, signature }
    })
    await verifier.verify(check)
    await verifier.verify(check)
    for (const [index, one] of others.entries()) {
      await verifier.verify(one)
      if (index % 100 === 0) await verifier.verify(check)
    }
    expect(asked).toBe(2 + 300)
    for (const one of [...others, ...others]) await verifier.verify(one)
    const before = asked
    expect(await verifier.verify(check)).toBe('valid')
    expect(asked).toBe(before + 1)
  })

  test('and is long is computed each time', async () => {
    const long = checkOf(new Uint8Array(40_000))
    for (let time = 0; time < 4; time++) expect(await verifier.verify(long)).toBe('valid')
    expect(asked).toBe(4)
  })
})
