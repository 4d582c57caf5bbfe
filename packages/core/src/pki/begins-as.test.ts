import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { encodeUtf8 } from '../model/utf8.ts'
import { requireCmsBeginning, requireTimeStampBeginning } from './begins-as.ts'

const SEAL = new URL('../../../../test-vectors/bundles/base/two-authorities/seal/1/', import.meta.url)
const sealed = (end: string) => {
  const name = readdirSync(SEAL).find((file) => file.endsWith(end))
  return new Uint8Array(readFileSync(new URL(name ?? end, SEAL)))
}

const NOTHING: readonly (readonly [string, Uint8Array])[] = [
  ['an empty file', new Uint8Array()],
  ['a text', encodeUtf8('an invented statement (sample)\n')],
  ['a text that is base64', encodeUtf8('MAMGAQ')],
  ['a picture', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)],
  ['an empty SEQUENCE', Uint8Array.of(0x30, 0)],
  ['a lone tag', Uint8Array.of(0x30)],
  ['a private key', Uint8Array.of(0x30, 0x05, 0x02, 0x01, 0x00, 0x30, 0x00)],
  // Certificate: TBSCertificate begins with [0] version.
  ['a certificate', Uint8Array.of(0x30, 0x07, 0x30, 0x05, 0xa0, 0x03, 0x02, 0x01, 0x02)],
]

describe('a file that is to be a time-stamp', () => {
  test.each(NOTHING)('is refused when it is %s', (_, bytes) => {
    expect(() => requireTimeStampBeginning(bytes, 'token')).toThrow(/ERR_TSP_STRUCTURE: token/)
  })

  test('is refused when it is a CRL, which begins with the same tags', () => {
    // CertificateList: TBSCertList with version 1, then an AlgorithmIdentifier.
    const crl = Uint8Array.of(0x30, 0x0a, 0x30, 0x08, 0x02, 0x01, 0x01, 0x30, 0x03, 0x06, 0x01, 0x2a)
    expect(() => requireTimeStampBeginning(crl, 'token')).toThrow(/ERR_TSP_STRUCTURE/)
  })

  test('is taken from its first octets on, whatever breaks behind them', () => {
    const whole = sealed('.tsr')
    for (const end of [whole.length, whole.length - 1, 200, 40]) {
      expect(() => requireTimeStampBeginning(whole.subarray(0, end), 'token')).not.toThrow()
    }
    const refusal = Uint8Array.of(0x30, 0x05, 0x30, 0x03, 0x02, 0x01, 0x02)
    expect(() => requireTimeStampBeginning(refusal, 'token')).not.toThrow()
  })
})

describe('a file that is to be a signature', () => {
  test.each(NOTHING)('is refused when it is %s', (_, bytes) => {
    expect(() => requireCmsBeginning(bytes, 'signature')).toThrow(/ERR_CMS_STRUCTURE: signature/)
  })

  test('is taken from its first octets on, whatever breaks behind them', () => {
    const whole = sealed('.p7s')
    for (const end of [whole.length, whole.length - 1, 200, 40]) {
      expect(() => requireCmsBeginning(whole.subarray(0, end), 'signature')).not.toThrow()
    }
  })
})
