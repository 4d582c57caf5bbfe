// Needs: chromium, openssl.
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { DigestAlgorithm, SignatureAlgorithm, SignatureCheck, SignatureVerifier } from '@probatum/core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testPlace } from '../../../../tools/testing/place.ts'
import { openPortPage, type PortPage } from '../../../../tools/testing/port-page.ts'
import { webSignatureVerifier } from '../browser/index.ts'
import { nodeSignatureVerifier } from '../node/index.ts'

let page: PortPage
beforeAll(async () => {
  page = await openPortPage()
})
afterAll(() => page.close())

const VERIFIERS: readonly (readonly [string, () => SignatureVerifier])[] = [
  ['Node', nodeSignatureVerifier],
  ['WebCrypto', () => webSignatureVerifier()],
  ['plain arithmetic', () => webSignatureVerifier({} as SubtleCrypto)],
  ['Chromium', () => ({ verify: (check) => page.signatures.verify(check) })],
]

interface Scheme {
  readonly name: string
  readonly algorithm: SignatureAlgorithm
  /** Arguments of `openssl genpkey`. */
  readonly key: readonly string[]
  /** Arguments of `openssl pkeyutl -sign` or `openssl dgst -sign`. */
  readonly sign: readonly string[]
}

const RSA = ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048']
const dgst = (digest: string, ...more: string[]) => ['dgst', `-${digest}`, ...more]
const pss = (digest: string, mgf: string, salt: number) =>
  dgst(digest, '-sigopt', 'rsa_padding_mode:pss', '-sigopt', `rsa_pss_saltlen:${salt}`, '-sigopt', `rsa_mgf1_md:${mgf}`)
const curve = (name: string) => ['-algorithm', 'EC', '-pkeyopt', `ec_paramgen_curve:${name}`]

const DIGESTS: readonly DigestAlgorithm[] = [
  'md5',
  'sha1',
  'sha224',
  'sha256',
  'sha384',
  'sha512',
  'sha3-224',
  'sha3-256',
  'sha3-384',
  'sha3-512',
]

const SCHEMES: readonly Scheme[] = [
  ...DIGESTS.map((digest) => ({
    name: `RSA PKCS#1 v1.5 with ${digest}`,
    algorithm: { scheme: 'rsa-pkcs1' as const, digest },
    key: RSA,
    sign: dgst(digest),
  })),
  ...(
    [
      ['sha256', 'sha256', 32],
      ['sha512', 'sha512', 64],
      ['sha256', 'sha1', 20],
      ['sha3-256', 'sha3-256', 0],
      ['sha1', 'sha1', 20],
    ] as const
  ).map(([digest, mgfDigest, saltLength]) => ({
    name: `RSA-PSS with ${digest}, ${mgfDigest}, salt ${saltLength}`,
    algorithm: { scheme: 'rsa-pss' as const, digest, mgfDigest, saltLength },
    key: RSA,
    sign: pss(digest, mgfDigest, saltLength),
  })),
  {
    name: 'RSA-PSS with a modulus of 8k+1 bits',
    algorithm: { scheme: 'rsa-pss', digest: 'sha256', mgfDigest: 'sha256', saltLength: 32 },
    key: ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:1025'],
    sign: pss('sha256', 'sha256', 32),
  },
  {
    name: 'RSA-PSS under a key that is restricted to it',
    algorithm: { scheme: 'rsa-pss', digest: 'sha384', mgfDigest: 'sha384', saltLength: 48 },
    key: [
      ...['-algorithm', 'RSA-PSS', '-pkeyopt', 'rsa_keygen_bits:2048', '-pkeyopt', 'rsa_pss_keygen_md:sha384'],
      ...['-pkeyopt', 'rsa_pss_keygen_mgf1_md:sha384', '-pkeyopt', 'rsa_pss_keygen_saltlen:48'],
    ],
    sign: pss('sha384', 'sha384', 48),
  },
  ...(
    [
      ['P-256', 'P-256', 'sha256'],
      ['P-256', 'P-256', 'sha512'],
      ['P-256', 'P-256', 'sha3-256'],
      ['P-384', 'P-384', 'sha384'],
      ['P-521', 'P-521', 'sha512'],
      ['P-521', 'P-521', 'sha1'],
      ['brainpoolP256r1', 'brainpoolP256r1', 'sha256'],
      ['brainpoolP384r1', 'brainpoolP384r1', 'sha384'],
      ['brainpoolP512r1', 'brainpoolP512r1', 'sha512'],
    ] as const
  ).map(([name, curveName, digest]) => ({
    name: `ECDSA on ${name} with ${digest}`,
    algorithm: { scheme: 'ecdsa' as const, digest, curve: curveName },
    key: curve(name),
    sign: dgst(digest),
  })),
  { name: 'Ed25519', algorithm: { scheme: 'ed25519' }, key: ['-algorithm', 'ED25519'], sign: ['pkeyutl', '-rawin'] },
  { name: 'Ed448', algorithm: { scheme: 'ed448' }, key: ['-algorithm', 'ED448'], sign: ['pkeyutl', '-rawin'] },
]

const MESSAGE = new TextEncoder().encode('an invented statement (sample)')

const { place: folder } = testPlace('signatures')
const made = new Map<string, SignatureCheck>()
beforeAll(() => {
  const openssl = (...args: string[]) =>
    execFileSync('openssl', args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] })
  writeFileSync(join(folder, 'message'), MESSAGE)
  const keys = new Map<string, string>()
  for (const { name, algorithm, key, sign } of SCHEMES) {
    const keyFile = keys.get(key.join()) ?? `${keys.size}.pem`
    if (!keys.has(key.join())) openssl('genpkey', ...key, '-out', keyFile)
    keys.set(key.join(), keyFile)
    openssl('pkey', '-in', keyFile, '-pubout', '-outform', 'DER', '-out', 'public')
    if (sign[0] === 'pkeyutl') openssl(...sign, '-sign', '-inkey', keyFile, '-in', 'message', '-out', 'signature')
    else openssl(...sign, '-sign', keyFile, '-out', 'signature', 'message')
    const [publicKey, signature] = ['public', 'signature'].map(
      (file) => new Uint8Array(readFileSync(join(folder, file))),
    )
    if (publicKey === undefined || signature === undefined) throw new Error(name)
    made.set(name, { algorithm, publicKey, message: MESSAGE, signature })
  }
}, 120_000)

function checkOf(name: string): SignatureCheck {
  const check = made.get(name)
  if (check === undefined) throw new Error(`no signature ${name}`)
  return check
}

function flipped(bytes: Uint8Array, bit: number): Uint8Array {
  const copy = new Uint8Array(bytes)
  copy[bit >> 3] = (copy[bit >> 3] ?? 0) ^ (1 << (bit & 7))
  return copy
}

/** Bits spread over the whole, both ends included. */
function someBits(bytes: Uint8Array, most: number): number[] {
  const bits = bytes.length * 8
  const step = Math.max(1, Math.floor(bits / most))
  return [...new Set([...Array(Math.ceil(bits / step)).keys()].map((i) => i * step).concat(bits - 1))]
}

describe.each(VERIFIERS)('signatures by %s', (_, make) => {
  const verifier = make()

  test.each(SCHEMES.map(({ name }) => name))('%s: what openssl signed is valid', async (name) => {
    expect(await verifier.verify(checkOf(name))).toBe('valid')
  })

  test.each(SCHEMES.map(({ name }) => name))('%s: a flipped bit of signature or message is invalid', async (name) => {
    const check = checkOf(name)
    for (const bit of someBits(check.signature, 24))
      expect(await verifier.verify({ ...check, signature: flipped(check.signature, bit) }), `bit ${bit}`).toBe(
        'invalid',
      )
    for (const bit of someBits(check.message, 5))
      expect(await verifier.verify({ ...check, message: flipped(check.message, bit) }), `bit ${bit}`).toBe('invalid')
  })

  test.each(SCHEMES.map(({ name }) => name))('%s: no flipped bit of the key verifies', async (name) => {
    const check = checkOf(name)
    for (const bit of someBits(check.publicKey, 40)) {
      const outcome = await verifier.verify({ ...check, publicKey: flipped(check.publicKey, bit) })
      // Bits of the AlgorithmIdentifier may turn the key into one of an unknown kind; none may leave it as good.
      expect(outcome, `bit ${bit}`).not.toBe('valid')
    }
  })

  test.each(SCHEMES.map(({ name }) => name))('%s: cut, lengthened and empty signatures are invalid', async (name) => {
    const check = checkOf(name)
    const { signature } = check
    const longer = Uint8Array.of(...signature, 0)
    const shifted = Uint8Array.of(0, ...signature)
    for (const wrong of [signature.subarray(1), signature.subarray(0, -1), longer, shifted, new Uint8Array()])
      expect(await verifier.verify({ ...check, signature: wrong })).toBe('invalid')
  })

  test('a signature does not pass as one of another scheme, digest or curve', async () => {
    const pkcs1 = checkOf('RSA PKCS#1 v1.5 with sha256')
    const pssCheck = checkOf('RSA-PSS with sha256, sha256, salt 32')
    const pssParameters = { scheme: 'rsa-pss', digest: 'sha256', mgfDigest: 'sha256', saltLength: 32 } as const
    const others: SignatureCheck[] = [
      { ...pkcs1, algorithm: { scheme: 'rsa-pkcs1', digest: 'sha512' } },
      { ...pkcs1, algorithm: pssParameters },
      { ...pssCheck, algorithm: { scheme: 'rsa-pkcs1', digest: 'sha256' } },
      { ...pssCheck, algorithm: { ...pssParameters, saltLength: 31 } },
      { ...pssCheck, algorithm: { ...pssParameters, saltLength: 0 } },
      { ...pssCheck, algorithm: { ...pssParameters, saltLength: 400 } },
      { ...pssCheck, algorithm: { ...pssParameters, mgfDigest: 'sha512' } },
      { ...checkOf('ECDSA on P-256 with sha256'), algorithm: { scheme: 'ecdsa', digest: 'sha256', curve: 'P-384' } },
      {
        ...checkOf('ECDSA on P-256 with sha256'),
        algorithm: { scheme: 'ecdsa', digest: 'sha256', curve: 'brainpoolP256r1' },
      },
      { ...checkOf('Ed25519'), algorithm: { scheme: 'ed448' } },
      { ...checkOf('Ed25519'), algorithm: { scheme: 'rsa-pkcs1', digest: 'sha256' } },
    ]
    for (const check of others) expect(await verifier.verify(check), JSON.stringify(check.algorithm)).toBe('invalid')
  })

  test('a key that is restricted to PSS with one digest takes nothing else', async () => {
    const check = checkOf('RSA-PSS under a key that is restricted to it')
    const other = { scheme: 'rsa-pss', digest: 'sha256', mgfDigest: 'sha256', saltLength: 48 } as const
    expect(await verifier.verify({ ...check, algorithm: other })).toBe('invalid')
    expect(await verifier.verify({ ...check, algorithm: { scheme: 'rsa-pkcs1', digest: 'sha384' } })).toBe('invalid')
    const shorter = { scheme: 'rsa-pss', digest: 'sha384', mgfDigest: 'sha384', saltLength: 20 } as const
    expect(await verifier.verify({ ...check, algorithm: shorter })).toBe('invalid')
  })

  test('a compressed point is the same key', async () => {
    const check = checkOf('ECDSA on P-256 with sha256')
    const point = check.publicKey.subarray(-65)
    const parity = 2 + ((point[64] ?? 0) & 1)
    const spki = Uint8Array.of(...check.publicKey.subarray(0, -65), parity, ...point.subarray(1, 33))
    spki[1] = (spki[1] ?? 0) - 32
    const bits = spki.length - 33 - 2
    spki[bits] = (spki[bits] ?? 0) - 32
    expect(await verifier.verify({ ...check, publicKey: spki })).toBe('valid')
    const otherSign = new Uint8Array(spki)
    otherSign[spki.length - 33] = parity ^ 1
    expect(await verifier.verify({ ...check, publicKey: otherSign })).toBe('invalid')
  })

  test('an unknown kind of key and explicit curve parameters are not supported, never wrong', async () => {
    const check = checkOf('ECDSA on P-256 with sha256')
    const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: folder })
    openssl('genpkey', ...curve('secp256k1'), '-out', 'k1.pem')
    const k1 = new Uint8Array(openssl('pkey', '-in', 'k1.pem', '-pubout', '-outform', 'DER'))
    expect(await verifier.verify({ ...check, publicKey: k1 })).toBe('unsupported')
    openssl('genpkey', ...curve('P-256'), '-pkeyopt', 'ec_param_enc:explicit', '-out', 'explicit.pem')
    const explicit = new Uint8Array(openssl('pkey', '-in', 'explicit.pem', '-pubout', '-outform', 'DER'))
    expect(await verifier.verify({ ...check, publicKey: explicit })).toBe('unsupported')
  })

  test('under an Ed25519 key of small order no signature is valid', async () => {
    // The neutral point as key: S·B = R holds for any message.
    const { publicKey } = checkOf('Ed25519')
    const neutral = new Uint8Array(32)
    neutral[0] = 1
    const spki = Uint8Array.of(...publicKey.subarray(0, 12), ...neutral)
    const signature = Uint8Array.of(...neutral, ...new Uint8Array(32))
    const check = { algorithm: { scheme: 'ed25519' }, publicKey: spki, message: MESSAGE, signature } as const
    expect(await verifier.verify(check)).toBe('invalid')
  })

  test('a key that is no key makes every signature invalid', async () => {
    const check = checkOf('ECDSA on P-256 with sha256')
    const offCurve = flipped(check.publicKey, check.publicKey.length * 8 - 8)
    for (const publicKey of [
      new Uint8Array(),
      check.publicKey.subarray(0, -1),
      Uint8Array.of(...check.publicKey, 0),
      offCurve,
    ])
      expect(await verifier.verify({ ...check, publicKey })).toBe('invalid')
  })

  test('the bytes that the caller alters later do not alter a key that is kept', async () => {
    const check = checkOf('RSA PKCS#1 v1.5 with sha256')
    const publicKey = new Uint8Array(check.publicKey)
    expect(await verifier.verify({ ...check, publicKey })).toBe('valid')
    publicKey[60] = (publicKey[60] ?? 0) ^ 1
    expect(await verifier.verify({ ...check, publicKey })).toBe('invalid')
    expect(await verifier.verify(check)).toBe('valid')
  })
})
