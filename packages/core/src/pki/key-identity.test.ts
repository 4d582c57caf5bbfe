import { createECDH, ECDH, generateKeyPairSync } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { keyIdentity } from './key-identity.ts'

const spkiOf = (key: { export(options: { type: 'spki'; format: 'der' }): Uint8Array }) =>
  new Uint8Array(key.export({ type: 'spki', format: 'der' }))
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')
const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'hex'))

const der = (tag: number, ...content: Uint8Array[]) => {
  const joined = Buffer.concat(content)
  const { length } = joined
  const head = length < 0x80 ? [tag, length] : [tag, 0x81, length]
  return new Uint8Array(Buffer.concat([Uint8Array.from(head), joined]))
}

const P256 = bytes('301306072a8648ce3d020106082a8648ce3d030107')
const point = (octets: Uint8Array) => der(0x30, P256, der(0x03, Uint8Array.of(0), octets))

describe('what a key is known by', () => {
  test('a point is one key, whole or compressed, and so is its negative', () => {
    const ecdh = createECDH('prime256v1')
    ecdh.generateKeys()
    const compressed = new Uint8Array(ecdh.getPublicKey(null, 'compressed'))
    const negative = Uint8Array.of(compressed[0] === 2 ? 3 : 2, ...compressed.subarray(1))
    const whole = (short: Uint8Array) =>
      new Uint8Array(ECDH.convertKey(short, 'prime256v1', undefined, undefined, 'uncompressed') as Buffer)
    const spellings = [compressed, whole(compressed), negative, whole(negative)].map((octets) => point(octets))
    expect(new Set(spellings.map(hex)).size).toBe(4)
    expect(new Set(spellings.map(keyIdentity)).size).toBe(1)
  })

  test('an RSA key is one key under both identifiers, with and without parameters, and under any exponent', () => {
    const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 1024 })
    // 30 81 89, and 02 03 01 00 01 at the end.
    const pkcs1 = new Uint8Array(publicKey.export({ type: 'pkcs1', format: 'der' }))
    const exponent3 = der(0x30, pkcs1.subarray(3, pkcs1.length - 5), Uint8Array.of(0x02, 0x01, 0x03))
    const under = (identifier: string, key: Uint8Array) =>
      der(0x30, bytes(identifier), der(0x03, Uint8Array.of(0), key))
    const spellings = [
      spkiOf(publicKey),
      under('300b06092a864886f70d010101', pkcs1),
      under('300b06092a864886f70d01010a', pkcs1),
      under('300d06092a864886f70d0101010500', exponent3),
    ]
    expect(hex(under('300d06092a864886f70d0101010500', pkcs1))).toBe(hex(spkiOf(publicKey)))
    expect(new Set(spellings.map(keyIdentity)).size).toBe(1)
    expect(keyIdentity(spkiOf(publicKey))).toMatch(/^rsa [0-9a-f]{256}$/)
  })

  test('two keys are two, of every kind', () => {
    const kinds = [
      () => generateKeyPairSync('ed25519'),
      () => generateKeyPairSync('ec', { namedCurve: 'P-256' }),
      () => generateKeyPairSync('ec', { namedCurve: 'P-521' }),
      () => generateKeyPairSync('rsa', { modulusLength: 1024 }),
    ]
    const all = kinds.flatMap((make) => [make(), make()].map(({ publicKey }) => keyIdentity(spkiOf(publicKey))))
    expect(new Set(all).size).toBe(kinds.length * 2)
  })

  test('what does not read is known by all of its bytes', () => {
    expect(keyIdentity(Uint8Array.of(0x30, 0x00))).toBe('spki 3000')
    expect(keyIdentity(Uint8Array.of(0x30, 0x01))).toBe('spki 3001')
  })
})
