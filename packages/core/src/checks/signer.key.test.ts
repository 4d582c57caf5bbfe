import { describe, expect, test } from 'vitest'
import { instant } from '../../../../tools/testing/judgement.ts'
import type { Policy } from '../model/policy.ts'
import { keyWeaknesses } from '../pki/path-strength.ts'
import type { KeyDescription, RsaDescription } from '../pki/public-key.ts'
import { SHIPPED_POLICIES } from '../policies/shipped.ts'

const sealed = SHIPPED_POLICIES.find(({ id }) => id === 'sealed') as Policy

function partsOf(key: KeyDescription, at = '2026-06-01T00:00:00Z', policy = sealed): string[] | null {
  const time = instant(at)
  return keyWeaknesses(key, policy, time)?.map(({ part, kind }) => `${part} ${kind}`) ?? null
}

const rsa = (bits: number, scheme: 'any' | 'pss' = 'any'): RsaDescription => ({
  kind: 'rsa',
  scheme,
  bits,
  octets: bits / 8,
})

describe('a key by itself', () => {
  test('counts as it would in a signature', () => {
    expect(partsOf(rsa(2048))).toEqual([])
    expect(partsOf({ kind: 'ec', curve: 'P-256', octets: 32 })).toEqual([])
    expect(partsOf({ kind: 'ed25519' })).toEqual([])
    expect(partsOf({ kind: 'ml-dsa', set: 65 })).toEqual([])
  })

  test('is too small, or counted until a day', () => {
    expect(partsOf(rsa(1024))).toEqual([expect.stringMatching(/^key-size /)])
    expect(partsOf(rsa(512))).toEqual(['key-size weak'])
    const until = { ...sealed.algorithms, rsaUntil: [{ bits: 1024, until: '2014-01-01' }] }
    const policy = { ...sealed, algorithms: until }
    expect(partsOf(rsa(1024), '2013-12-31T23:59:59Z', policy)).toEqual([])
    expect(partsOf(rsa(1024), '2014-01-01T00:00:00Z', policy)).toEqual(['key-size ended'])
  })

  test('for PSS alone is worth what the digests are that it is kept to', () => {
    const kept = (digest: 'sha1' | 'sha256', mgfDigest: 'sha1' | 'sha256'): KeyDescription => ({
      ...rsa(2048, 'pss'),
      only: { digest, mgfDigest, saltLength: 32 },
    })
    expect(partsOf(kept('sha256', 'sha256'))).toEqual([])
    expect(partsOf(kept('sha1', 'sha1'))).toEqual(['digest ended'])
    expect(partsOf(kept('sha256', 'sha1'))).toEqual(['digest ended'])
    expect(partsOf({ ...rsa(2048, 'pss'), only: 'unread' })).toBeNull()
  })

  test('is of no scheme, or of a curve, that the policy counts', () => {
    const policy = { ...sealed, algorithms: { ...sealed.algorithms, schemes: ['rsa-pkcs1' as const], curves: [] } }
    expect(partsOf(rsa(2048), undefined, policy)).toEqual([])
    expect(partsOf(rsa(2048, 'pss'), undefined, policy)).toEqual(['scheme weak'])
    expect(partsOf({ kind: 'ec', curve: 'P-256', octets: 32 }, undefined, policy)).toEqual([
      'scheme weak',
      'curve weak',
    ])
    expect(partsOf({ kind: 'ed448' }, undefined, policy)).toEqual(['scheme weak'])
  })

  test('is not judged when nothing here can verify with it', () => {
    expect(partsOf({ kind: 'other', met: 'curve by parameters' })).toBeNull()
  })
})
