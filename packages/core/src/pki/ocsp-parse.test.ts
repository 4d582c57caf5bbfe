// Needs: openssl.
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  explicit,
  generalizedTime,
  hex,
  join,
  octets,
  sequence,
  tlv,
  utcTime,
} from '../../../../test-vectors/make/der.ts'
import { AUTHORITY, type Issued, opensslPki, SIGNER } from '../../../../tools/testing/openssl-pki.ts'
import { opensslRevocation } from '../../../../tools/testing/openssl-revocation.ts'
import { equalBytes } from '../model/bytes.ts'
import { ParseError } from '../model/parse-error.ts'
import { parseCertificate } from './certificate-parse.ts'
import { parseOcspResponse } from './ocsp-parse.ts'

const ALGORITHM = hex('300a 0608 2a8648ce3d040302')
const SHA256 = hex('300b 0609 608648016503040201')
const BASIC = hex('0609 2b0601050507300101')
const WHEN = generalizedTime('20260101000000Z')
const GOOD = hex('8000')

interface Parts {
  readonly certId?: Uint8Array
  readonly status?: Uint8Array
  readonly times?: readonly Uint8Array[]
  readonly single?: readonly Uint8Array[]
  readonly version?: readonly Uint8Array[]
  readonly responder?: Uint8Array
  readonly producedAt?: Uint8Array
  readonly extensions?: readonly Uint8Array[]
}

const certIdOf = (...more: Uint8Array[]) =>
  sequence(SHA256, octets(new Uint8Array(32)), octets(new Uint8Array(32)), hex('020107'), ...more)

function basicOf(parts: Parts = {}): Uint8Array {
  const single = sequence(
    parts.certId ?? certIdOf(),
    parts.status ?? GOOD,
    ...(parts.times ?? [WHEN]),
    ...(parts.single ?? []),
  )
  const responder = parts.responder ?? explicit(2, octets(new Uint8Array(20)))
  const more = parts.extensions === undefined ? [] : [explicit(1, sequence(...parts.extensions))]
  const data = sequence(...(parts.version ?? []), responder, parts.producedAt ?? WHEN, sequence(single), ...more)
  return sequence(data, ALGORITHM, tlv(0x03, hex('00 0102')))
}

const responseOf = (basic: Uint8Array) => sequence(hex('0a0100'), explicit(0, sequence(BASIC, octets(basic))))

function codeOf(der: Uint8Array): string | null {
  try {
    parseOcspResponse(der)
    return null
  } catch (error) {
    if (error instanceof ParseError) return error.code
    throw error
  }
}

describe('an OCSP response', () => {
  test('reads whole, or as the BasicOCSPResponse alone', () => {
    const [whole, alone] = [parseOcspResponse(responseOf(basicOf())), parseOcspResponse(basicOf())]
    expect(whole.basic?.responses).toMatchObject([{ status: 'good', nextUpdate: null, archiveCutoff: null }])
    expect(whole.basic?.responses[0]?.certId).toMatchObject({ hashAlgorithm: 'sha256', serialNumber: hex('07') })
    expect(alone.basic?.responses).toEqual(whole.basic?.responses)
  })

  test('that reports an error holds no answer', () => {
    expect(parseOcspResponse(sequence(hex('0a0106')))).toMatchObject({ responseStatus: 6, basic: null })
    expect(codeOf(sequence(hex('0a0100')))).toBe('ERR_X509_STRUCTURE')
    const both = sequence(hex('0a0106'), explicit(0, sequence(BASIC, octets(basicOf()))))
    expect(codeOf(both)).toBe('ERR_X509_STRUCTURE')
  })

  test('says when and why a certificate was revoked', () => {
    const revoked = tlv(0xa1, generalizedTime('20251231000000Z'), explicit(0, hex('0a0101')))
    expect(parseOcspResponse(basicOf({ status: revoked })).basic?.responses[0]).toMatchObject({
      status: 'revoked',
      reason: 'keyCompromise',
    })
    expect(parseOcspResponse(basicOf({ status: hex('8200') })).basic?.responses[0]?.status).toBe('unknown')
  })

  test('names extensions that are critical and unknown, or that do not read', () => {
    const unknown = sequence(hex('0603550463 0101ff 0400'))
    expect(parseOcspResponse(basicOf({ extensions: [unknown] })).basic?.unprocessed).toEqual(['2.5.4.99'])
    const single = [explicit(1, sequence(unknown))]
    expect(parseOcspResponse(basicOf({ single })).basic?.responses[0]?.unprocessed).toEqual(['2.5.4.99'])
    const cutoff = (value: Uint8Array) => [
      explicit(1, sequence(sequence(hex('0609 2b0601050507300106'), octets(value)))),
    ]
    const [read] = parseOcspResponse(basicOf({ single: cutoff(WHEN) })).basic?.responses ?? []
    expect(read).toMatchObject({ archiveCutoff: { fraction: '' }, unprocessed: [] })
    const [unread] = parseOcspResponse(basicOf({ single: cutoff(hex('0500')) })).basic?.responses ?? []
    expect(unread).toMatchObject({ archiveCutoff: null, unprocessed: ['1.3.6.1.5.5.7.48.1.6'] })
  })

  test.each([
    ['bytes behind it', join(responseOf(basicOf()), hex('00'))],
    [
      'another responseType',
      sequence(hex('0a0100'), explicit(0, sequence(hex('0609 2b0601050507300102'), octets(basicOf())))),
    ],
    ['bytes behind the basic response', responseOf(join(basicOf(), hex('00')))],
    ['version 2', basicOf({ version: [explicit(0, hex('020101'))] })],
    ['a status that is none', basicOf({ status: hex('8300') })],
    ['content in good', basicOf({ status: hex('800100') })],
    ['revoked without a time', basicOf({ status: hex('a100') })],
    ['a reason that is no ENUMERATED', basicOf({ status: tlv(0xa1, WHEN, explicit(0, hex('020101'))) })],
    ['UTCTime', basicOf({ times: [utcTime('260101000000Z')] })],
    ['a fraction of a second', basicOf({ producedAt: generalizedTime('20260101000000.5Z') })],
    ['a day that does not exist', basicOf({ times: [generalizedTime('20260230000000Z')] })],
    ['no responder', basicOf({ responder: new Uint8Array() })],
    ['two thisUpdates', basicOf({ times: [WHEN, WHEN] })],
    ['more in the CertID', basicOf({ certId: certIdOf(hex('0500')) })],
  ])('is refused with %s', (_name, der) => {
    expect(codeOf(der)).not.toBeNull()
  })

  test('cut anywhere is refused, and any bytes never throw but a ParseError', () => {
    const good = responseOf(basicOf())
    for (let at = 0; at < good.length; at++) expect(codeOf(good.subarray(0, at))).not.toBeNull()
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => codeOf(bytes) !== undefined))
  })
})

describe('what OpenSSL makes', () => {
  let pki: ReturnType<typeof opensslPki>
  let issuer: Issued
  let signer: Issued
  beforeAll(() => {
    pki = opensslPki()
    issuer = pki.issue({ subject: '/CN=Example Authority (sample)', extensions: AUTHORITY })
    signer = pki.issue({ subject: '/CN=Example Signer (sample)', issuer, extensions: SIGNER })
  }, 30_000)
  afterAll(() => pki.remove())

  test.each(['sha1', 'sha256', 'sha384', 'sha512'])('reads with a CertID under %s', (certIdDigest) => {
    const { ocsp } = opensslRevocation(pki)
    const certificate = parseCertificate(signer.der)
    const revoked = [{ certificate: signer, date: certificate.notBefore, reason: 'superseded' }]
    const { basic } = parseOcspResponse(ocsp({ issuer, certificate: signer, revoked, certIdDigest }))
    expect(basic?.responses).toMatchObject([
      { status: 'revoked', reason: 'superseded', revocationTime: certificate.notBefore, unprocessed: [] },
    ])
    const certId = basic?.responses[0]?.certId
    expect(certId?.hashAlgorithm).toBe(certIdDigest)
    expect(certId !== undefined && equalBytes(certId.serialNumber, certificate.serialNumber)).toBe(true)
    expect(basic?.responderId).toMatchObject({ kind: 'byName', name: { key: certificate.issuer.key } })
  })
})
