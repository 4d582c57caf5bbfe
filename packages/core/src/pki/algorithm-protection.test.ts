import { describe, expect, it } from 'vitest'
import { algorithm } from '../../../../test-vectors/make/cms.ts'
import { type Der, nothing, octets, sequence } from '../../../../test-vectors/make/der.ts'
import { DerCursor } from '../asn1/cursor.ts'
import { ParseError } from '../model/parse-error.ts'
import { requireAlgorithmProtection } from './algorithm-protection.ts'
import { readAlgorithmIdentifier } from './certificate-parse.ts'

const SHA256 = algorithm('2.16.840.1.101.3.4.2.1')
const SHA512 = algorithm('2.16.840.1.101.3.4.2.3')
const ECDSA = algorithm('1.2.840.10045.4.3.2')
const identifier = (der: Der) => readAlgorithmIdentifier(DerCursor.over(der, ''), '')
const tagged = (number: number, der: Der) => Uint8Array.of(0xa0 | number, ...der.subarray(1))
const SIGNER = { digestAlgorithm: identifier(SHA256), signatureAlgorithm: identifier(ECDSA) }

describe('cmsAlgorithmProtection', () => {
  it('may repeat the algorithms of its SignerInfo, parameters absent or NULL', () => {
    requireAlgorithmProtection(sequence(SHA256, tagged(1, ECDSA)), SIGNER)
    const withNull = algorithm('2.16.840.1.101.3.4.2.1', nothing())
    requireAlgorithmProtection(sequence(withNull, tagged(1, ECDSA)), SIGNER)
  })

  it.each([
    ['another digest', sequence(SHA512, tagged(1, ECDSA))],
    ['another signature algorithm', sequence(SHA256, tagged(1, algorithm('1.2.840.10045.4.3.4')))],
    ['other parameters', sequence(SHA256, tagged(1, algorithm('1.2.840.10045.4.3.2', octets(Uint8Array.of(1)))))],
    ['a MAC in the place of a signature', sequence(SHA256, tagged(2, ECDSA))],
    ['a MAC beside it', sequence(SHA256, tagged(1, ECDSA), tagged(2, ECDSA))],
    ['a digest alone', sequence(SHA256)],
    ['no SEQUENCE', octets(SHA256)],
  ])('is refused with %s', (_, value) => {
    expect(() => requireAlgorithmProtection(value, SIGNER)).toThrow(ParseError)
  })
})
