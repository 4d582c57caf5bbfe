import { describe, expect, test } from 'vitest'
import { instant, shippedPolicy } from '../../../../tools/testing/judgement.ts'
import type { Policy } from '../model/policy.ts'
import type { SignatureAlgorithm } from '../model/ports.ts'
import { digestWeakness, signatureWeaknesses } from './path-strength.ts'

const found = shippedPolicy('sealed')
const policy: Policy = found

describe('a digest', () => {
  test('counts until the day that the policy names, and not on it', () => {
    expect(digestWeakness('sha1', policy, instant('2017-02-22T23:59:59Z'))).toBeNull()
    expect(digestWeakness('sha1', policy, instant('2017-02-23'))).toMatchObject({ kind: 'ended', found: 'sha1' })
    expect(digestWeakness('sha256', policy, instant('9999-12-31'))).toBeNull()
  })

  test('that the policy does not list counts for nothing, whatever its name', () => {
    for (const name of ['1.2.3', '', 'toString', '__proto__', 'constructor', 'SHA256']) {
      expect(digestWeakness(name, policy, instant('2000-01-01')), name).toMatchObject({ kind: 'weak', found: name })
    }
  })

  test('with an end that is no date is the policy author’s mistake', () => {
    const digests = { sha256: { until: 'soon' } }
    const wrong = { ...policy, algorithms: { ...policy.algorithms, digests } }
    expect(() => digestWeakness('sha256', wrong, instant('2020-01-01'))).toThrow(TypeError)
  })
})

describe('a signature algorithm', () => {
  const at = instant('2026-01-01')
  const parts = (algorithm: SignatureAlgorithm, bits: number | null = null, under = policy) =>
    signatureWeaknesses(algorithm, bits, under, at).map(({ part, kind }) => `${part} ${kind}`)

  test('under RSA needs the bits that the policy asks for', () => {
    expect(parts({ scheme: 'rsa-pkcs1', digest: 'sha256' }, 2048)).toEqual([])
    expect(parts({ scheme: 'rsa-pkcs1', digest: 'sha256' }, 2047)).toEqual(['key-size ended'])
    expect(parts({ scheme: 'rsa-pkcs1', digest: 'sha256' }, 1023)).toEqual(['key-size weak'])
    expect(parts({ scheme: 'rsa-pkcs1', digest: 'sha256' }, null)).toEqual(['key-size weak'])
  })

  test('under a smaller RSA key counts for what is proved before the end of its size', () => {
    const rsa = { scheme: 'rsa-pkcs1', digest: 'sha256' } as const
    const before = instant('2013-12-31T23:59:59Z')
    expect(signatureWeaknesses(rsa, 1024, policy, before)).toEqual([])
    expect(signatureWeaknesses(rsa, 1024, policy, instant('2014-01-01'))).toMatchObject([
      { kind: 'ended', found: '1024' },
    ])
    expect(signatureWeaknesses(rsa, 1023, policy, before)).toMatchObject([{ kind: 'weak' }])
    // Rows in any order, and a larger key never counts for less.
    const rsaUntil = [
      { bits: 1024, until: '2014-01-01' },
      { bits: 512, until: '2020-01-01' },
    ]
    const odd: Policy = { ...policy, algorithms: { ...policy.algorithms, rsaUntil } }
    for (const rows of [rsaUntil, rsaUntil.toReversed()]) {
      const under = { ...odd, algorithms: { ...odd.algorithms, rsaUntil: rows } }
      expect(signatureWeaknesses(rsa, 1024, under, instant('2019-12-31'))).toEqual([])
      expect(signatureWeaknesses(rsa, 1024, under, instant('2020-01-01'))).toHaveLength(1)
    }
    const { rsaUntil: _, ...algorithms } = policy.algorithms
    expect(signatureWeaknesses(rsa, 1024, { ...policy, algorithms }, before)).toMatchObject([{ kind: 'weak' }])
  })

  test('is judged by each of its digests', () => {
    const pss = { scheme: 'rsa-pss', saltLength: 32 } as const
    expect(parts({ ...pss, digest: 'sha256', mgfDigest: 'sha1' }, 2048)).toEqual(['digest ended'])
    expect(parts({ ...pss, digest: 'md5', mgfDigest: 'sha1' }, 1024)).toEqual([
      'digest ended',
      'digest ended',
      'key-size ended',
    ])
    expect(parts({ scheme: 'ecdsa', digest: 'sha1', curve: 'P-256' })).toEqual(['digest ended'])
    expect(parts({ scheme: 'ed25519' })).toEqual([])
  })

  test('counts only with a scheme and a curve that the policy lists', () => {
    const narrow: Policy = { ...policy, algorithms: { ...policy.algorithms, schemes: ['rsa-pss'], curves: ['P-384'] } }
    expect(parts({ scheme: 'ecdsa', digest: 'sha256', curve: 'P-256' }, null, narrow)).toEqual([
      'scheme weak',
      'curve weak',
    ])
    expect(parts({ scheme: 'slh-dsa', set: 'shake-128s' }, null, narrow)).toEqual(['scheme weak'])
    expect(parts({ scheme: 'slh-dsa', set: 'shake-128s' })).toEqual([])
    expect(parts({ scheme: 'ml-dsa', set: 44 }, null, narrow)).toEqual(['scheme weak'])
  })
})
