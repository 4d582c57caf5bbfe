import { encodeUtf8, equalBytes } from '@probatum/core'
import { nodeSignatureVerifier } from '@probatum/platform/node'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { derContextPrimitive, derInteger, derOctetString, derOid, derSequence } from '../der/der.ts'
import { OID } from '../der/oids.ts'
import { pkcs8SigningKey } from '../keys/pkcs8.ts'
import { algorithmRow, signatureForms } from '../keys/signature-scheme.ts'
import { mlDsa65Pkcs8, mlDsa65SigningKey } from './ml-dsa.ts'

const seed = Uint8Array.from({ length: 32 }, (_, index) => index)
const message = encodeUtf8('signed attributes (sample)')
const verifier = nodeSignatureVerifier()

/** PKCS#8 around what stands in its OCTET STRING. */
const pkcs8 = (...content: Uint8Array[]) =>
  derSequence(
    derInteger(0),
    derSequence(derOid(OID.mlDsa65)),
    derOctetString(Uint8Array.from(content.flatMap((part) => [...part]))),
  )

async function expandedOf(from: Uint8Array): Promise<Uint8Array> {
  const { ml_dsa65 } = await import('@noble/post-quantum/ml-dsa.js')
  return ml_dsa65.keygen(from).secretKey
}

describe('an ML-DSA-65 key', () => {
  it('is read from its seed, its expanded key, or both, and signs what the platform verifies', async () => {
    const expanded = await expandedOf(seed)
    const both = derSequence(derOctetString(seed), derOctetString(expanded))
    const files = [mlDsa65Pkcs8(seed), pkcs8(derOctetString(expanded)), pkcs8(both)]
    const { spki } = await mlDsa65SigningKey(seed)
    for (const file of files) {
      const key = await pkcs8SigningKey(file)
      expect(equalBytes(key.spki, spki)).toBe(true)
      const signature = await key.sign(message, 'sha512')
      expect(signatureForms(spki, 'ml-dsa-65', signature)).toEqual([signature])
      const check = { algorithm: algorithmRow(spki, 'ml-dsa-65', 'sha512'), publicKey: spki, message, signature }
      expect(await verifier.verify(check)).toBe('valid')
      const other = signature.map((octet, index) => (index === 7 ? octet ^ 4 : octet))
      expect(await verifier.verify({ ...check, signature: other })).toBe('invalid')
      expect(await verifier.verify({ ...check, message: encodeUtf8('something else') })).toBe('invalid')
    }
  })

  it('signs each time otherwise, unless it is a sample’s', async () => {
    const key = await mlDsa65SigningKey(seed)
    expect(await key.sign(message, 'sha512')).not.toEqual(await key.sign(message, 'sha512'))
    const sample = await mlDsa65SigningKey(seed, true)
    expect(await sample.sign(message, 'sha512')).toEqual(await sample.sign(message, 'sha512'))
  })

  it('is refused when seed and expanded key differ, or have other lengths or tags', async () => {
    const expanded = await expandedOf(seed)
    const other = expanded.map((octet, index) => (index === 2000 ? octet ^ 1 : octet))
    const wrong = [
      pkcs8(derSequence(derOctetString(seed), derOctetString(other))),
      pkcs8(derSequence(derOctetString(seed), derOctetString(expanded), derOctetString(seed))),
      pkcs8(derSequence(derOctetString(expanded), derOctetString(seed))),
      pkcs8(derSequence(derOctetString(seed))),
      pkcs8(derOctetString(seed)),
      pkcs8(derContextPrimitive(0, expanded)),
      pkcs8(derContextPrimitive(1, seed)),
      pkcs8(derContextPrimitive(0, seed.subarray(1))),
      pkcs8(derContextPrimitive(0, seed), derContextPrimitive(0, seed)),
      pkcs8(seed),
      pkcs8(),
    ]
    for (const file of wrong) await expect(pkcs8SigningKey(file)).rejects.toThrow(TypeError)
  })

  it('is read or refused, whatever its bytes', async () => {
    const whole = mlDsa65Pkcs8(seed)
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), async (at, mask) => {
        const changed = whole.map((octet, index) => (index === at ? octet ^ mask : octet))
        await pkcs8SigningKey(changed).catch((error: unknown) => expect(error).toBeInstanceOf(TypeError))
      }),
      { numRuns: 60 },
    )
  })
})
