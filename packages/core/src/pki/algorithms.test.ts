import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { algorithm, SHA256 } from '../../../../test-vectors/make/cms.ts'
import {
  bits,
  type Der,
  explicit,
  hex,
  integer,
  nothing,
  octets,
  oid,
  sequence,
} from '../../../../test-vectors/make/der.ts'
import { DerCursor } from '../asn1/cursor.ts'
import { chooseAlgorithm, digestBeside, digestOfSignatureAlgorithm } from './algorithms.ts'
import { readAlgorithmIdentifier } from './certificate-parse.ts'
import { digestAlgorithmOf, signedDigestOf } from './digest-algorithms.ts'
import { describeKey } from './public-key.ts'

const identifier = (der: Der) => readAlgorithmIdentifier(DerCursor.over(der, 'algorithm'), '')
const named = (id: string, ...parameters: readonly Der[]) => identifier(algorithm(id, ...parameters))

function spki(pair: { publicKey: { export(options: { format: 'der'; type: 'spki' }): Buffer } }): Uint8Array {
  return new Uint8Array(pair.publicKey.export({ format: 'der', type: 'spki' }))
}
const ec = (namedCurve: string) => describeKey(spki(generateKeyPairSync('ec', { namedCurve })))

const RSA = '1.2.840.113549.1.1.1'
const rsaSpki = spki(generateKeyPairSync('rsa', { modulusLength: 1024 }))
const rsa = describeKey(rsaSpki)
const pssOnly = describeKey(spki(generateKeyPairSync('rsa-pss', { modulusLength: 1024 })))
const p256 = ec('P-256')

describe('keys', () => {
  it('are described by what their SubjectPublicKeyInfo says', () => {
    expect(rsa).toEqual({ kind: 'rsa', scheme: 'any', bits: 1024, octets: 128 })
    expect(pssOnly).toEqual({ kind: 'rsa', scheme: 'pss', bits: 1024, octets: 128 })
    expect(['P-256', 'P-384', 'P-521', 'brainpoolP256r1', 'brainpoolP384r1', 'brainpoolP512r1'].map(ec)).toEqual([
      { kind: 'ec', curve: 'P-256', octets: 32 },
      { kind: 'ec', curve: 'P-384', octets: 48 },
      { kind: 'ec', curve: 'P-521', octets: 66 },
      { kind: 'ec', curve: 'brainpoolP256r1', octets: 32 },
      { kind: 'ec', curve: 'brainpoolP384r1', octets: 48 },
      { kind: 'ec', curve: 'brainpoolP512r1', octets: 64 },
    ])
    expect(describeKey(spki(generateKeyPairSync('ed25519')))).toEqual({ kind: 'ed25519' })
    expect(describeKey(spki(generateKeyPairSync('ed448')))).toEqual({ kind: 'ed448' })
    expect(describeKey(sequence(algorithm('2.16.840.1.101.3.4.3.18'), bits(hex('00'))))).toEqual({
      kind: 'ml-dsa',
      set: 65,
    })
  })

  it('that are unknown say what was met', () => {
    expect(ec('secp256k1')).toEqual({ kind: 'other', met: 'curve 1.3.132.0.10' })
    const unknown = sequence(algorithm('1.2.840.10040.4.1'), bits(hex('00')))
    expect(describeKey(unknown)).toEqual({ kind: 'other', met: 'key 1.2.840.10040.4.1' })
    const parameters = spki(generateKeyPairSync('ec', { namedCurve: 'P-256', paramEncoding: 'explicit' }))
    expect(describeKey(parameters)).toEqual({ kind: 'other', met: 'curve by parameters' })
    const negative = sequence(algorithm(RSA, nothing()), bits(sequence(integer(-5), integer(3))))
    expect(describeKey(negative)).toEqual({ kind: 'other', met: 'key ERR_DER_VALUE' })
    expect(describeKey(hex('3000'))).toEqual({ kind: 'other', met: 'key ERR_DER_TRUNCATED' })
  })
})

describe('the table of algorithms', () => {
  const sha256 = named(SHA256)
  const pss = (...fields: readonly Der[]) => named('1.2.840.113549.1.1.10', sequence(...fields))
  const mgf = (...parameters: readonly Der[]) => explicit(1, algorithm('1.2.840.113549.1.1.8', ...parameters))
  const choose = (id: Parameters<typeof chooseAlgorithm>[0], key = rsa) => {
    const choice = chooseAlgorithm(id, sha256, key)
    return choice.outcome === 'supported' ? JSON.stringify(choice.algorithm) : `${choice.outcome}: ${choice.met}`
  }

  it('takes NULL and absent parameters where both are in use, and nothing else', () => {
    const expected = '{"scheme":"rsa-pkcs1","digest":"sha256"}'
    expect(choose(named('1.2.840.113549.1.1.11', nothing()))).toBe(expected)
    expect(choose(named('1.2.840.113549.1.1.11'))).toBe(expected)
    expect(choose(named('1.2.840.113549.1.1.11', integer(1)))).toMatch(/^unsupported: parameters/)
    expect(choose(named('1.3.101.112', nothing()), { kind: 'ed25519' })).toMatch(/^unsupported: parameters/)
    expect(choose(named('1.3.101.112'), { kind: 'ed25519' })).toBe('{"scheme":"ed25519"}')
  })

  it('takes the digest of the content where only the key is named', () => {
    expect(choose(named(RSA, nothing()))).toBe('{"scheme":"rsa-pkcs1","digest":"sha256"}')
    expect(chooseAlgorithm(named(RSA), null, rsa).outcome).toBe('unsupported')
    expect(chooseAlgorithm(named(RSA), named('2.16.840.1.101.3.4.2.17'), rsa)).toEqual({
      outcome: 'unsupported',
      met: 'digest 2.16.840.1.101.3.4.2.17',
    })
    expect(digestOfSignatureAlgorithm(named(RSA))).toBeNull()
  })

  it('knows weak digests: judging them is for the policy', () => {
    expect(choose(named('1.2.840.113549.1.1.4', nothing()))).toBe('{"scheme":"rsa-pkcs1","digest":"md5"}')
    expect(choose(named('1.2.840.10045.4.1'), p256)).toBe('{"scheme":"ecdsa","digest":"sha1","curve":"P-256"}')
  })

  it('reads the parameters of PSS with their defaults', () => {
    const salt = (value: number) => explicit(2, integer(value))
    const hash = explicit(0, algorithm(SHA256, nothing()))
    expect(choose(pss())).toBe('{"scheme":"rsa-pss","digest":"sha1","mgfDigest":"sha1","saltLength":20}')
    expect(choose(pss(hash, mgf(algorithm(SHA256)), salt(32)), pssOnly)).toBe(
      '{"scheme":"rsa-pss","digest":"sha256","mgfDigest":"sha256","saltLength":32}',
    )
    expect(choose(pss(hash, mgf(algorithm('1.3.14.3.2.26')), salt(0), explicit(3, integer(1))))).toBe(
      '{"scheme":"rsa-pss","digest":"sha256","mgfDigest":"sha1","saltLength":0}',
    )
    expect(digestOfSignatureAlgorithm(pss(hash))).toBe('sha256')
    for (const wrong of [
      named('1.2.840.113549.1.1.10'),
      named('1.2.840.113549.1.1.10', nothing()),
      pss(explicit(3, integer(2))),
      pss(salt(-1)),
      pss(mgf()),
      pss(explicit(1, algorithm('1.2.3', algorithm(SHA256)))),
      pss(explicit(0, algorithm('1.2.3'))),
      pss(salt(20), hash),
      pss(explicit(4, integer(1))),
    ]) {
      expect(choose(wrong)).toBe('unsupported: parameters of 1.2.840.113549.1.1.10')
    }
  })

  it('keeps a key for PSS to the parameters that it names', () => {
    const of = (digest: string, mask: string, salt: number, ...more: readonly Der[]) =>
      sequence(explicit(0, algorithm(digest)), mgf(algorithm(mask)), explicit(2, integer(salt)), ...more)
    const SHA512 = '2.16.840.1.101.3.4.2.3'
    const keyFor = (parameters: Der) => {
      // Behind the head of the SEQUENCE and 15 octets of rsaEncryption with NULL.
      const bitString = rsaSpki.subarray(3 + 15)
      return describeKey(sequence(algorithm('1.2.840.113549.1.1.10', parameters), bitString))
    }
    const said = (digest: string, mask: string, salt: number) => named('1.2.840.113549.1.1.10', of(digest, mask, salt))
    const key = keyFor(of(SHA256, SHA256, 32))
    expect(key).toMatchObject({ scheme: 'pss', only: { digest: 'sha256', mgfDigest: 'sha256', saltLength: 32 } })
    expect(choose(said(SHA256, SHA256, 32), key)).toMatch(/"saltLength":32/)
    expect(choose(said(SHA256, SHA256, 48), key)).toMatch(/"saltLength":48/)
    const excluded = [said(SHA256, SHA256, 31), said(SHA512, SHA256, 32), said(SHA256, SHA512, 32), pss()]
    for (const other of excluded) {
      expect(choose(other, key)).toMatch(/^mismatch: .* under a key for sha256 mgf1-sha256 salt 32$/)
    }
    expect(choose(pss(), keyFor(sequence()))).toMatch(/"saltLength":20/)
    expect(choose(said(SHA256, SHA256, 32), keyFor(sequence()))).toMatch(/key for sha1 mgf1-sha1 salt 20$/)
    for (const unread of [nothing(), of(SHA256, SHA256, 32, explicit(3, integer(2))), of('1.2.3', SHA256, 32)]) {
      expect(choose(said(SHA256, SHA256, 32), keyFor(unread))).toBe('unsupported: parameters of an rsa-pss key')
    }
  })

  it('never puts a key under the algorithm of another', () => {
    expect(choose(named('1.2.840.113549.1.1.11'), p256)).toMatch(/^mismatch/)
    expect(choose(named('1.2.840.10045.4.3.2'), rsa)).toMatch(/^mismatch/)
    expect(choose(named('1.3.101.112'), { kind: 'ed448' })).toMatch(/^mismatch/)
    expect(choose(named('2.16.840.1.101.3.4.3.17'), { kind: 'ml-dsa', set: 65 })).toMatch(/^mismatch/)
    expect(choose(pss(), p256)).toMatch(/^mismatch/)
  })

  it('does not guess what a key for PSS alone signed under the name of another padding', () => {
    for (const name of ['1.2.840.113549.1.1.1', '1.2.840.113549.1.1.11']) {
      expect(choose(named(name), pssOnly)).toBe(`unsupported: rsa-pss key under ${name}`)
    }
  })

  it('calls what it does not know unsupported, whatever the key', () => {
    expect(choose(named('1.2.840.10040.4.3'))).toBe('unsupported: signatureAlgorithm 1.2.840.10040.4.3')
    expect(choose(named('1.2.840.113549.1.1.11'), ec('secp256k1'))).toBe('unsupported: curve 1.3.132.0.10')
  })

  it('refuses parameters that are not DER when it reads the identifier', () => {
    expect(() => identifier(sequence(oid('1.2.3'), octets(hex('00')), nothing()))).toThrow(/^ERR_DER_TRAILING_DATA/)
    expect(() => identifier(sequence(oid('1.2.3'), sequence(hex('010101'))))).toThrow(/^ERR_DER_NON_CANONICAL/)
  })
})

describe('the digest beside a scheme that hashes by itself', () => {
  it('is the one that the RFC names, another as strong, or weaker', () => {
    expect(digestBeside({ scheme: 'ed25519' }, 'sha512')).toBe('named')
    expect(digestBeside({ scheme: 'ed25519' }, 'sha256')).toBe('as-strong')
    expect(digestBeside({ scheme: 'ed25519' }, 'sha1')).toBe('weaker')
    expect(digestBeside({ scheme: 'ed448' }, 'shake256')).toBe('named')
    expect(digestBeside({ scheme: 'ed448' }, 'sha512')).toBe('as-strong')
    expect(digestBeside({ scheme: 'ed448' }, 'sha384')).toBe('weaker')
    expect(digestBeside({ scheme: 'ml-dsa', set: 44 }, 'sha256')).toBe('named')
    expect(digestBeside({ scheme: 'ml-dsa', set: 65 }, 'sha256')).toBe('weaker')
    expect(digestBeside({ scheme: 'ml-dsa', set: 87 }, 'sha384')).toBe('weaker')
    expect(digestBeside({ scheme: 'ml-dsa', set: 87 }, 'shake256')).toBe('named')
    expect(digestBeside({ scheme: 'slh-dsa', set: 'sha2-128s' }, 'sha256')).toBe('named')
    expect(digestBeside({ scheme: 'slh-dsa', set: 'shake-192f' }, 'sha512')).toBe('as-strong')
    expect(digestBeside({ scheme: 'slh-dsa', set: 'shake-256f' }, '1.2.3')).toBe('weaker')
    // RFC 5652 leaves it to the signer.
    expect(digestBeside({ scheme: 'ecdsa', digest: 'sha256', curve: 'P-256' }, 'sha1')).toBe('named')
  })
})

describe('digests of signed attributes', () => {
  it('SHAKE has no parameters, or the length that makes it the same digest', () => {
    const shake256 = '2.16.840.1.101.3.4.2.12'
    const withLength = '2.16.840.1.101.3.4.2.18'
    expect(signedDigestOf(named(shake256))).toBe('shake256')
    expect(signedDigestOf(named('2.16.840.1.101.3.4.2.11'))).toBe('shake128')
    expect(signedDigestOf(named(withLength, integer(512)))).toBe('shake256')
    expect(signedDigestOf(named(withLength, integer(256)))).toBe(null)
    expect(signedDigestOf(named(withLength))).toBe(null)
    expect(signedDigestOf(named(shake256, nothing()))).toBe(null)
    // A manifest's digests stay what they were.
    expect(digestAlgorithmOf(named(shake256))).toBe(null)
  })
})
