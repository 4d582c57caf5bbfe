// Needs: openssl.
import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { encodeUtf8 } from '@probatum/core'
import { nodeSignatureVerifier } from '@probatum/platform/node'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { instant } from '../../../../tools/testing/judgement.ts'
import { testPlace } from '../../../../tools/testing/place.ts'
import { derInteger, derNull, derOid, derSequence } from '../der/der.ts'
import { derInside } from '../der/der-read.ts'
import { OID } from '../der/oids.ts'
import { certificatesFromPem, privateKeyFromPem } from '../keys/pem.ts'
import { pkcs8SigningKey, signingKeyOf } from '../keys/pkcs8.ts'
import { ecdsaSigValue, type SignatureScheme, signatureForms } from '../keys/signature-scheme.ts'
import { certificateParts } from '../signatures/certificate-parts.ts'
import {
  matchSignatures,
  planSignatures,
  type SignatureProblem,
  SignatureRefused,
  type SignatureToMake,
  signatureFile,
} from './seal-signatures.ts'

const now = instant('2026-03-14T09:12:00Z')
const { place: folder, at } = testPlace('signatures')
const openssl = (...args: string[]) => spawnSync('openssl', args, { cwd: folder, encoding: 'utf8' })
const verifier = nodeSignatureVerifier()
const ask = (check: Parameters<typeof verifier.verify>[0]) => verifier.verify(check)

const TAG_MANIFESTS = [
  { algorithm: 'sha256', bytes: encodeUtf8('one line (sample)\n') },
  { algorithm: 'sha512', bytes: encodeUtf8('another line (sample)\n') },
] as const

/** How OpenSSL makes the key, and how it signs a file with it as a device would. */
interface Row {
  readonly name: string
  readonly scheme: SignatureScheme
  readonly generate: readonly string[]
  /** Lets an RSA key under rsaEncryption sign with PSS. */
  readonly pss?: boolean
  /** Whether `openssl cms` of version 3.0 knows it. */
  readonly cms: boolean
  readonly longTerm: boolean
}

const RSA = ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048']
const PSS = ['-algorithm', 'RSA-PSS', '-pkeyopt', 'rsa_keygen_bits:2048']
const ONLY_SHA256 = [
  ...['-pkeyopt', 'rsa_pss_keygen_md:sha256', '-pkeyopt', 'rsa_pss_keygen_mgf1_md:sha256'],
  ...['-pkeyopt', 'rsa_pss_keygen_saltlen:32'],
]
const curve = (name: string) => ['-algorithm', 'EC', '-pkeyopt', `ec_paramgen_curve:${name}`]
const ROWS: readonly Row[] = [
  { name: 'rsa', scheme: 'rsa-pkcs1', generate: RSA, cms: true, longTerm: true },
  { name: 'rsa-with-pss', scheme: 'rsa-pss', generate: RSA, pss: true, cms: true, longTerm: true },
  { name: 'pss-key', scheme: 'rsa-pss', generate: PSS, cms: true, longTerm: true },
  { name: 'pss-key-sha256', scheme: 'rsa-pss', generate: [...PSS, ...ONLY_SHA256], cms: true, longTerm: false },
  { name: 'p256', scheme: 'ecdsa', generate: curve('P-256'), cms: true, longTerm: true },
  { name: 'p384', scheme: 'ecdsa', generate: curve('P-384'), cms: true, longTerm: true },
  { name: 'p521', scheme: 'ecdsa', generate: curve('P-521'), cms: true, longTerm: true },
  { name: 'ed25519', scheme: 'ed25519', generate: ['-algorithm', 'ED25519'], cms: false, longTerm: true },
]

function certificatesOf({ name }: Row) {
  return certificatesFromPem(new Uint8Array(readFileSync(at(`${name}.pem`))))
}

function plansOf(row: Row, longTerm = row.longTerm): readonly SignatureToMake[] {
  const rsa = row.pss === true ? 'rsa-pss' : 'rsa-pkcs1'
  const signer = { key: null, certificates: certificatesOf(row), rsa } as const
  return planSignatures({ signer, longTerm, now }, TAG_MANIFESTS)
}

/** As a device signs: with the key alone, over the bytes that were written for it. */
function signElsewhere({ name, scheme }: Row, { message, digest }: SignatureToMake): Uint8Array {
  writeFileSync(at('message'), message)
  const padding = ['-sigopt', 'rsa_padding_mode:pss', '-sigopt', 'rsa_pss_saltlen:digest']
  const ended =
    scheme === 'ed25519'
      ? openssl('pkeyutl', '-sign', '-rawin', '-inkey', `${name}.key`, '-in', 'message', '-out', 'signature')
      : openssl(
          ...['dgst', `-${digest}`, '-sign', `${name}.key`, ...(scheme === 'rsa-pss' ? padding : [])],
          ...['-out', 'signature', 'message'],
        )
  expect(ended.stderr).toBe('')
  return new Uint8Array(readFileSync(at('signature')))
}

/** r ‖ s, as pkcs11-tool gives it. */
function rawOf(der: Uint8Array, octets: number): Uint8Array {
  const raw = new Uint8Array(2 * octets)
  let offset = der[1] === 0x81 ? 3 : 2
  for (const end of [octets, 2 * octets]) {
    const length = der[offset + 1] ?? 0
    const value = der.subarray(offset + 2, offset + 2 + length)
    const number = value[0] === 0 ? value.subarray(1) : value
    raw.set(number, end - number.length)
    offset += 2 + length
  }
  return raw
}

beforeAll(() => {
  for (const { name, generate } of ROWS) {
    expect(openssl('genpkey', ...generate, '-out', `${name}.key`).status).toBe(0)
    const subject = `/O=Example (sample)/CN=Example ${name} (sample)`
    const usage = ['-addext', 'keyUsage=critical,digitalSignature', '-days', '9000']
    const made = openssl('req', '-x509', '-key', `${name}.key`, '-subj', subject, ...usage, '-out', `${name}.pem`)
    expect(made.stderr).toBe('')
  }
})

describe.each(ROWS)('a key elsewhere: $name', (row) => {
  it('signs what was planned, and OpenSSL accepts the signature file', async () => {
    const plans = plansOf(row)
    const given = plans.map((plan) => ({ name: plan.covers, bytes: signElsewhere(row, plan) }))
    // In any order: a name says nothing.
    const values = await matchSignatures(plans, [...given].reverse(), ask)
    for (const plan of plans) {
      expect(plan.scheme).toBe(row.scheme)
      writeFileSync(at('seal.p7s'), signatureFile(plan, values.get(plan) ?? expect.fail('no value')))
      writeFileSync(at('content'), TAG_MANIFESTS.find(({ algorithm }) => algorithm === plan.algorithm)?.bytes ?? '')
      if (!row.cms) continue
      const checked = openssl(
        ...['cms', '-verify', '-cades', '-binary', '-inform', 'DER', '-in', 'seal.p7s', '-content', 'content'],
        ...['-CAfile', `${row.name}.pem`, '-no-CApath', '-no-CAstore', '-purpose', 'any', '-out', '/dev/null'],
      )
      expect(checked.stderr).toContain('CAdES Verification successful')
    }
  })

  it('and the same key here makes signatures that hold over the same bytes', async () => {
    const pkcs8 = privateKeyFromPem(new Uint8Array(readFileSync(at(`${row.name}.key`))))
    const [certificate = new Uint8Array(0)] = certificatesOf(row)
    const { spki } = certificateParts(certificate)
    const key = await signingKeyOf(spki, pkcs8, row.pss === true ? 'rsa-pss' : 'rsa-pkcs1')
    expect([key.scheme, key.spki]).toEqual([row.scheme, spki])
    const plans = plansOf(row)
    const given = await Promise.all(
      plans.map(async (plan) => ({ name: '', bytes: await key.sign(plan.message, plan.digest) })),
    )
    expect((await matchSignatures(plans, given, ask)).size).toBe(plans.length)
  })
})

const rowOf = (name: string) => ROWS.find((row) => row.name === name) ?? expect.fail(name)
async function problemsOf(plans: readonly SignatureToMake[], ...given: Uint8Array[]) {
  const named = given.map((bytes, index) => ({ name: `${index}`, bytes }))
  const error = await matchSignatures(plans, named, ask).then(
    () => expect.fail('taken'),
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof SignatureRefused)) throw error
  return error.problems.map(({ reason, name }: SignatureProblem) => `${reason} ${name}`)
}

describe('a signature that was made elsewhere', () => {
  it.each([
    ['p256', 32],
    ['p384', 48],
    ['p521', 66],
  ] as const)('is taken as DER and as r and s: %s', async (name, octets) => {
    const plans = plansOf(rowOf(name), false)
    const [plan = expect.fail('no plan')] = plans
    const der = signElsewhere(rowOf(name), plan)
    const raw = rawOf(der, octets)
    expect(raw).toHaveLength(2 * octets)
    const taken = await Promise.all(
      [der, raw].map((bytes) => matchSignatures(plans, [{ name: '', bytes }], ask).then((values) => values.get(plan))),
    )
    expect(taken).toEqual([der, der])
  })

  it('is refused when it is of another key, over other bytes, twice there or missing, all at once', async () => {
    const plans = plansOf(rowOf('p256'))
    const [first = expect.fail('no plan'), second = expect.fail('no plan')] = plans
    const good = signElsewhere(rowOf('p256'), first)
    const other = { ...second, message: encodeUtf8('something else') }
    expect(await problemsOf(plans, good)).toEqual([`missing ${second.file}`])
    expect(await problemsOf(plans, good, signElsewhere(rowOf('p256'), other))).toEqual([
      'other 1',
      `missing ${second.file}`,
    ])
    expect(await problemsOf(plans, good, signElsewhere(rowOf('p256'), first))).toEqual([
      'twice 1',
      `missing ${second.file}`,
    ])
    const stranger = { ...rowOf('p256'), name: 'p384' }
    expect(await problemsOf(plans, signElsewhere(stranger, first), encodeUtf8('none'))).toEqual([
      'form 0',
      'form 1',
      `missing ${first.file}`,
      `missing ${second.file}`,
    ])
  })

  it('is refused under another padding or salt than the signature file states', async () => {
    const pss = plansOf(rowOf('rsa-with-pss'), false)
    const plain = plansOf(rowOf('rsa'), false)
    const [toPad = expect.fail('no plan')] = pss
    const withPkcs1 = signElsewhere({ ...rowOf('rsa-with-pss'), scheme: 'rsa-pkcs1' }, toPad)
    expect(await problemsOf(pss, withPkcs1)).toContain('other 0')
    writeFileSync(at('message'), toPad.message)
    openssl(
      ...['dgst', '-sha256', '-sign', 'rsa-with-pss.key', '-sigopt', 'rsa_padding_mode:pss'],
      ...['-sigopt', 'rsa_pss_saltlen:20', '-out', 'short-salt', 'message'],
    )
    expect(await problemsOf(pss, new Uint8Array(readFileSync(at('short-salt'))))).toContain('other 0')
    const [toSign = expect.fail('no plan')] = plain
    expect(await problemsOf(plain, signElsewhere(rowOf('rsa'), toSign).subarray(1))).toContain('form 0')
  })

  it('is not even planned with a digest that the certificate’s PSS key is not for', () => {
    expect(() => plansOf(rowOf('pss-key-sha256'), true)).toThrow('not for sha512')
  })

  it('has one form, or two, or none, whatever its bytes; and DER is taken in its one encoding only', () => {
    const spki = (name: string) => certificateParts(certificatesOf(rowOf(name))[0] ?? new Uint8Array(0)).spki
    const number = fc.uint8Array({ minLength: 32, maxLength: 32 })
    fc.assert(
      fc.property(number, number, (r, s) => {
        const raw = Uint8Array.from([...r, ...s])
        const der = ecdsaSigValue(raw)
        expect(signatureForms(spki('p256'), 'ecdsa', raw)).toContainEqual(der)
        expect(signatureForms(spki('p256'), 'ecdsa', der)).toContainEqual(der)
        // A number with a leading zero too many, and a third one.
        const padded = derSequence(Uint8Array.from([2, 33, 0, ...r.with(0, 1)]), derInteger(s))
        expect(signatureForms(spki('p256'), 'ecdsa', padded)).toEqual([])
        const three = derSequence(derInteger(r), derInteger(s), derInteger(1))
        if (three.length !== 64) expect(signatureForms(spki('p256'), 'ecdsa', three)).toEqual([])
      }),
      { numRuns: 200 },
    )
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(signatureForms(spki('ed25519'), 'ed25519', bytes).length).toBe(bytes.length === 64 ? 1 : 0)
        expect(signatureForms(spki('p256'), 'ecdsa', bytes).length).toBeLessThanOrEqual(2)
      }),
    )
  })

  it('is r and s where it only begins like DER', () => {
    const { spki } = certificateParts(certificatesOf(rowOf('p256'))[0] ?? new Uint8Array(0))
    const raw = Uint8Array.from([0x30, 62, ...Array(62).fill(7)])
    expect(signatureForms(spki, 'ecdsa', raw)).toEqual([ecdsaSigValue(raw)])
  })

  it('is tried as both where it reads as both', async () => {
    // 64 octets that are also a strict ECDSA-Sig-Value: two numbers of 29 octets.
    const both = Uint8Array.from([0x30, 62, 2, 29, ...Array(29).fill(1), 2, 29, ...Array(29).fill(2)])
    expect(both).toHaveLength(64)
    const [certificate = new Uint8Array(0)] = certificatesOf(rowOf('p256'))
    const { spki } = certificateParts(certificate)
    expect(signatureForms(spki, 'ecdsa', both)).toEqual([both, ecdsaSigValue(both)])
    const plans = plansOf(rowOf('p256'), false)
    const asked: Uint8Array[] = []
    await expect(
      matchSignatures(plans, [{ name: 'both', bytes: both }], async ({ signature }) => {
        asked.push(signature)
        return signature === both ? 'invalid' : 'valid'
      }),
    ).resolves.toEqual(new Map([[plans[0], ecdsaSigValue(both)]]))
    expect(asked).toHaveLength(2)
  })
})

describe('a private key', () => {
  const read = (name: string) => new Uint8Array(readFileSync(at(name)))

  it('is refused when its two halves differ', async () => {
    const one = privateKeyFromPem(read('p256.key'))
    openssl('genpkey', ...curve('P-256'), '-out', 'another.key')
    const another = privateKeyFromPem(read('another.key'))
    // The public point stands at the end of both.
    const mixed = Uint8Array.from([...one.subarray(0, one.length - 65), ...another.subarray(another.length - 65)])
    await expect(pkcs8SigningKey(mixed)).rejects.toThrow('private key')
  })

  it('is refused beside a certificate of another key', async () => {
    const { spki } = certificateParts(certificatesOf(rowOf('p384'))[0] ?? new Uint8Array(0))
    for (const name of ['p256', 'p521', 'rsa', 'ed25519'])
      await expect(signingKeyOf(spki, privateKeyFromPem(read(`${name}.key`)))).rejects.toThrow('not the certificate’s')
  })

  it('in a file under rsaEncryption signs with PSS where its certificate says RSASSA-PSS', async () => {
    const { spki } = certificateParts(certificatesOf(rowOf('pss-key'))[0] ?? new Uint8Array(0))
    const [, , octets] = derInside(privateKeyFromPem(read('pss-key.key')), 0x30, 'key')
    const plain = derSequence(derOid(OID.rsaEncryption), derNull())
    const rewrapped = derSequence(derInteger(0), plain, octets?.whole ?? new Uint8Array(0))
    expect((await pkcs8SigningKey(rewrapped)).scheme).toBe('rsa-pkcs1')
    const key = await signingKeyOf(spki, rewrapped)
    expect(key.scheme).toBe('rsa-pss')
  })
})
