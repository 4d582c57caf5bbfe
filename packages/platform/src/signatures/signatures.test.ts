import { generateKeyPairSync } from 'node:crypto'
import { ed448 } from '@noble/curves/ed448.js'
import { ed25519 } from '@noble/curves/ed25519.js'
import { concatBytes, type EcCurve } from '@probatum/core'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { derElement, derEncode, INTEGER, SEQUENCE } from './der-element.ts'
import { ecdsaRAndS } from './ecdsa-signature.ts'
import { isUsableEdwardsKey } from './edwards-key.ts'
import { CURVE_OCTETS } from './object-identifiers.ts'
import { readPublicKey } from './public-key.ts'

/** A non-negative INTEGER, written without looking at how it is read. */
function integer(octets: Uint8Array): Uint8Array {
  let at = 0
  while (at < octets.length - 1 && octets[at] === 0) at++
  const shortest = octets.subarray(at)
  return derEncode(INTEGER, (shortest[0] ?? 0) >= 0x80 ? concatBytes(Uint8Array.of(0), shortest) : shortest)
}

const curves = fc.constantFrom(...(Object.keys(CURVE_OCTETS) as EcCurve[]))

test('r and s come back from strict DER, and no other encoding of them is read', () => {
  fc.assert(
    fc.property(
      curves.chain((curve) => {
        const number = fc.uint8Array({ minLength: CURVE_OCTETS[curve], maxLength: CURVE_OCTETS[curve] })
        return fc.tuple(fc.constant(curve), number, number)
      }),
      fc.uint8Array({ minLength: 1, maxLength: 3 }),
      ([curve, r, s], more) => {
        const signature = derEncode(SEQUENCE, integer(r), integer(s))
        expect(ecdsaRAndS(signature, curve)).toEqual(concatBytes(r, s))
        const zeroes = derEncode(INTEGER, concatBytes(Uint8Array.of(0, 0), r))
        const negative = derEncode(INTEGER, concatBytes(Uint8Array.of(0x80), r.subarray(1)))
        const tooLong = derEncode(INTEGER, concatBytes(Uint8Array.of(1), r))
        for (const wrong of [
          concatBytes(signature, more),
          derEncode(SEQUENCE, integer(r), integer(s), more),
          derEncode(SEQUENCE, integer(r)),
          derEncode(SEQUENCE, integer(r), integer(s), integer(s)),
          derEncode(SEQUENCE, zeroes, integer(s)),
          derEncode(SEQUENCE, negative, integer(s)),
          derEncode(SEQUENCE, tooLong, integer(s)),
          derEncode(0x31, integer(r), integer(s)),
          signature.subarray(0, -1),
        ])
          expect(ecdsaRAndS(wrong, curve)).toBeUndefined()
      },
    ),
  )
})

test('an element is read only with the shortest length, and never beyond its limit', () => {
  expect(derElement(Uint8Array.of(2, 1, 5), 0, 3)).toEqual({ tag: 2, start: 2, end: 3 })
  expect(derElement(Uint8Array.of(2, 0x81, 1, 5), 0, 4)).toBeUndefined()
  expect(derElement(Uint8Array.of(2, 0x80, 0, 0), 0, 4)).toBeUndefined()
  expect(derElement(Uint8Array.of(2, 1, 5), 0, 2)).toBeUndefined()
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 70_000, size: 'max' }), (bytes) => {
      const whole = derEncode(4, bytes)
      expect(derElement(whole, 0, whole.length)).toMatchObject({ tag: 4, end: whole.length })
      expect(derElement(whole, 0, whole.length - 1)).toBeUndefined()
    }),
    { numRuns: 30 },
  )
})

const PSS = {
  modulusLength: 1024,
  hashAlgorithm: 'sha256',
  mgf1HashAlgorithm: 'sha256',
  // The type declarations ask for a string, Node for a number.
  saltLength: 32 as unknown as string,
}

const KEYS = [
  generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey,
  generateKeyPairSync('rsa-pss', PSS).publicKey,
  generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey,
  generateKeyPairSync('ed25519').publicKey,
  generateKeyPairSync('ed448').publicKey,
].map((key) => new Uint8Array(key.export({ format: 'der', type: 'spki' })))

test('every kind of key is read as what it is', () => {
  expect(KEYS.map((key) => readPublicKey(key).kind)).toEqual(['rsa', 'rsa', 'ec', 'ed25519', 'ed448'])
  expect(readPublicKey(KEYS[0] ?? new Uint8Array())).toMatchObject({ modulusBits: 1024, use: 'pkcs1-and-pss' })
  const use = { digest: 'sha256', mgfDigest: 'sha256', leastSaltLength: 32 }
  expect(readPublicKey(KEYS[1] ?? new Uint8Array())).toMatchObject({ use })
})

test('no bytes make the reader of keys throw, and no key with bytes behind it is read', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
      expect(readPublicKey(bytes).kind).toBeTypeOf('string')
    }),
  )
  fc.assert(
    fc.property(fc.constantFrom(...KEYS), fc.nat(), fc.integer({ min: 1, max: 255 }), (key, place, mask) => {
      const at = place % key.length
      const altered = key.map((octet, i) => (i === at ? octet ^ mask : octet))
      expect(readPublicKey(altered).kind).toBeTypeOf('string')
      expect(readPublicKey(concatBytes(key, Uint8Array.of(mask))).kind).toBe('unusable')
      expect(readPublicKey(key.subarray(0, at)).kind).toBe('unusable')
    }),
  )
})

test('an RSA key under which anybody could sign is unusable', () => {
  const withNumbers = (n: Uint8Array, e: Uint8Array) => {
    const key = derEncode(SEQUENCE, integer(n), integer(e))
    const identifier = (KEYS[0] ?? new Uint8Array()).subarray(3, 18)
    return readPublicKey(derEncode(SEQUENCE, identifier, derEncode(3, Uint8Array.of(0), key))).kind
  }
  const n = new Uint8Array(128).fill(0xab)
  expect(withNumbers(n, Uint8Array.of(1, 0, 1))).toBe('rsa')
  for (const e of [0, 1, 2, 4]) expect(withNumbers(n, Uint8Array.of(e))).toBe('unusable')
  expect(withNumbers(new Uint8Array(128).fill(0xaa), Uint8Array.of(3))).toBe('unusable')
  expect(withNumbers(Uint8Array.of(0), Uint8Array.of(3))).toBe('unusable')
  expect(withNumbers(new Uint8Array(4096).fill(0xab), Uint8Array.of(3))).toBe('unsupported')
})

/** Compares with an implementation that decodes the point. */
function usableByLibrary(kind: 'ed25519' | 'ed448', point: Uint8Array): boolean | undefined {
  const curve = kind === 'ed25519' ? ed25519 : ed448
  try {
    return !curve.Point.fromBytes(point, false).isSmallOrder()
  } catch {
    return undefined
  }
}

test('every point of small order is refused, and points of the group are not', () => {
  const key = (kind: 'ed25519' | 'ed448', point: Uint8Array) => ({ kind, point, spki: point })
  const withSign = (bytes: Uint8Array, sign: number) => {
    const copy = new Uint8Array(bytes)
    copy[copy.length - 1] = (copy.at(-1) ?? 0) | sign
    return copy
  }
  const little = (value: bigint, length: number) =>
    new Uint8Array(length).map((_, i) => Number((value >> BigInt(8 * i)) & 0xffn))
  // The torsion points of edwards25519 in their canonical encodings: eight points, by y alone five.
  const order8 = 0x7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7n
  const p25519 = 2n ** 255n - 19n
  const p448 = 2n ** 448n - 2n ** 224n - 1n
  let refused = 0
  for (const y of [0n, 1n, p25519 - 1n, order8, p25519 - order8])
    for (const sign of [0, 0x80]) {
      const point = withSign(little(y, 32), sign)
      expect(isUsableEdwardsKey(key('ed25519', point))).toBe(false)
      if (usableByLibrary('ed25519', point) === false) refused++
    }
  // (0, 1) and (0, -1) have one encoding each; the other six points come in pairs of signs.
  expect(refused).toBe(8)
  for (const y of [0n, 1n, p448 - 1n]) {
    const point = little(y, 57)
    expect(usableByLibrary('ed448', point)).toBe(false)
    expect(isUsableEdwardsKey(key('ed448', point))).toBe(false)
  }
  // y and y + p are one point in two encodings: only the first is a key.
  for (let y = 0n; y < 19n; y++) expect(isUsableEdwardsKey(key('ed25519', little(p25519 + y, 32)))).toBe(false)
  expect(isUsableEdwardsKey(key('ed448', little(p448 + 5n, 57)))).toBe(false)
  for (let i = 1; i < 20; i++) {
    for (const [kind, curve] of [
      ['ed25519', ed25519],
      ['ed448', ed448],
    ] as const) {
      const point = curve.getPublicKey(new Uint8Array(curve === ed25519 ? 32 : 57).fill(i))
      expect(isUsableEdwardsKey(key(kind, point))).toBe(true)
      expect(usableByLibrary(kind, point)).toBe(true)
    }
  }
})
