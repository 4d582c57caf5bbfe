import { ml_dsa44, ml_dsa65, ml_dsa87 } from '@noble/post-quantum/ml-dsa.js'
import * as slhDsa from '@noble/post-quantum/slh-dsa.js'
import { fromHex, type SignatureAlgorithm, type SignatureVerifier, type SlhDsaSet } from '@probatum/core'
import { describe, expect, test } from 'vitest'
import { webSignatureVerifier } from '../browser/index.ts'
import { nodeSignatureVerifier } from '../node/index.ts'
import { derEncode } from '../signatures/der-element.ts'

const VERIFIERS: readonly (readonly [string, () => SignatureVerifier])[] = [
  ['Node', nodeSignatureVerifier],
  ['WebCrypto', () => webSignatureVerifier()],
]

interface Row {
  readonly name: string
  readonly algorithm: SignatureAlgorithm
  /** Last octet of 2.16.840.1.101.3.4.3.n (RFC 9881 §2, RFC 9909 §3). */
  readonly arc: number
  readonly scheme: typeof ml_dsa44 | typeof slhDsa.slh_dsa_sha2_128f
}

// The fast sets of each family: the small ones sign for seconds, and verify by the same code with other numbers.
const SLH = [
  [21, 'sha2-128f', slhDsa.slh_dsa_sha2_128f],
  [23, 'sha2-192f', slhDsa.slh_dsa_sha2_192f],
  [25, 'sha2-256f', slhDsa.slh_dsa_sha2_256f],
  [27, 'shake-128f', slhDsa.slh_dsa_shake_128f],
] as const satisfies readonly (readonly [number, SlhDsaSet, unknown])[]

const ROWS: readonly Row[] = [
  { name: 'ML-DSA-44', algorithm: { scheme: 'ml-dsa', set: 44 }, arc: 17, scheme: ml_dsa44 },
  { name: 'ML-DSA-65', algorithm: { scheme: 'ml-dsa', set: 65 }, arc: 18, scheme: ml_dsa65 },
  { name: 'ML-DSA-87', algorithm: { scheme: 'ml-dsa', set: 87 }, arc: 19, scheme: ml_dsa87 },
  ...SLH.map(([arc, set, scheme]) => ({
    name: `SLH-DSA-${set}`,
    algorithm: { scheme: 'slh-dsa' as const, set },
    arc,
    scheme,
  })),
]

const MESSAGE = new TextEncoder().encode('an invented statement (sample)')

function spki(arc: number, key: Uint8Array, ...parameters: Uint8Array[]): Uint8Array {
  const oid = derEncode(0x06, fromHex('6086480165030403') ?? new Uint8Array(), Uint8Array.of(arc))
  return derEncode(0x30, derEncode(0x30, oid, ...parameters), derEncode(0x03, Uint8Array.of(0), key))
}

const MADE = ROWS.map((row) => {
  const { publicKey, secretKey } = row.scheme.keygen(new Uint8Array(row.scheme.lengths.seed ?? 32).fill(7))
  const signature = row.scheme.sign(MESSAGE, secretKey, { extraEntropy: false })
  const withContext = row.scheme.sign(MESSAGE, secretKey, { extraEntropy: false, context: Uint8Array.of(1) })
  return { ...row, publicKey, signature, withContext }
})

describe.each(VERIFIERS)('post-quantum signatures by %s', (_, make) => {
  const verifier = make()

  test.each(MADE)('$name: pure, with the empty context and nothing else', async (row) => {
    const check = { algorithm: row.algorithm, publicKey: spki(row.arc, row.publicKey), message: MESSAGE }
    const { signature } = row
    expect(await verifier.verify({ ...check, signature })).toBe('valid')
    expect(await verifier.verify({ ...check, signature: row.withContext })).toBe('invalid')
    for (const at of [0, signature.length >> 1, signature.length - 1]) {
      const flipped = new Uint8Array(signature)
      flipped[at] = (flipped[at] ?? 0) ^ 1
      expect(await verifier.verify({ ...check, signature: flipped }), `octet ${at}`).toBe('invalid')
    }
    for (const wrong of [signature.subarray(1), Uint8Array.of(...signature, 0), new Uint8Array()])
      expect(await verifier.verify({ ...check, signature: wrong })).toBe('invalid')
    expect(await verifier.verify({ ...check, message: MESSAGE.subarray(1), signature })).toBe('invalid')
  })

  test.each(MADE)('$name: a key of another length or with parameters is no key', async (row) => {
    const { algorithm, signature, publicKey } = row
    const null_ = Uint8Array.of(5, 0)
    for (const key of [
      spki(row.arc, publicKey.subarray(1)),
      spki(row.arc, Uint8Array.of(...publicKey, 0)),
      spki(row.arc, publicKey, null_),
      spki(row.arc, new Uint8Array()),
    ])
      expect(await verifier.verify({ algorithm, publicKey: key, message: MESSAGE, signature })).toBe('invalid')
  })

  test('the identifiers that hash first are not supported, never wrong', async () => {
    const [first] = MADE
    if (first === undefined) throw new Error('nothing was made')
    const { algorithm, signature, publicKey } = first
    const check = { algorithm, message: MESSAGE, signature }
    for (const arc of [32, 33, 34, 35, 46])
      expect(await verifier.verify({ ...check, publicKey: spki(arc, publicKey) })).toBe('unsupported')
  })
})
