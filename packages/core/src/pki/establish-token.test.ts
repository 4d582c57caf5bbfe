import { nodeSignatureVerifier, nodeSmallDigest } from '@probatum/platform/node'
import { describe, expect, it } from 'vitest'
import {
  algorithm,
  certificate,
  digest,
  extension,
  ID_DATA,
  response,
  SHA256,
  signedData,
  signerInfo,
  TST_INFO,
  token,
  tstInfo,
} from '../../../../test-vectors/make/cms.ts'
import {
  ascii,
  bits,
  boolean,
  commonNames,
  explicit,
  integer,
  octets,
  oid,
  sequence,
  tlv,
  utf8,
} from '../../../../test-vectors/make/der.ts'
import { digestOfBytes } from './establish-signature-file.ts'
import { establishToken } from './establish-token.ts'
import type { TokenFacts } from './facts.ts'

const ports = { signatures: nodeSignatureVerifier(), smallDigest: nodeSmallDigest }
const data = ascii('sample evidence, invented')
const subject = commonNames('Example Time-Stamp Authority (sample)')
const authority = certificate({
  subject,
  extensions: [extension('2.5.29.17', sequence(tlv(0x82, ascii('tsa.example'))))],
})
const info = tstInfo({ data })
const good = token(authority, info)

function factsOf(bytes: Uint8Array): Promise<TokenFacts> {
  return establishToken({ path: 'sample.tsr', label: 'sample', bytes }, digestOfBytes(data, ports), [], ports)
}

function pem(label: string, der: Uint8Array): Uint8Array {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? []
  return ascii(`-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`)
}

describe('a good token', () => {
  it('has every fact', async () => {
    const facts = await factsOf(response(0, good))
    expect({ ...facts, cms: null }).toEqual({
      path: 'sample.tsr',
      label: 'sample',
      at: null,
      sha256: Buffer.from(digest('sha256', response(0, good))).toString('hex'),
      failure: null,
      form: 'response',
      status: 0,
      failInfo: null,
      tstInfo: {
        version: 1,
        policy: '1.3.6.1.4.1.32473.1',
        imprintAlgorithm: 'sha256',
        hashedMessage: Buffer.from(digest('sha256', data)).toString('hex'),
        dataDigest: Buffer.from(digest('sha256', data)).toString('hex'),
        serialNumber: '07',
        genTime: '2026-03-14T09:12:00Z',
        accuracyMicroseconds: null,
        ordering: false,
        nonce: null,
        tsa: null,
        tsaNames: [],
        extensions: [],
      },
      cms: null,
    })
    const [signer] = facts.cms?.signers ?? []
    expect([facts.cms?.eContent, facts.cms?.eContentType, facts.cms?.version, facts.cms?.expectedVersion]).toEqual([
      'present',
      TST_INFO,
      3,
      3,
    ])
    expect([signer?.contentType, signer?.messageDigest === signer?.contentDigest]).toEqual([TST_INFO, true])
    expect(signer?.candidates.map(({ bound, signature }) => [bound, signature])).toEqual([['match', 'valid']])
  })

  it.each([
    ['a token', good, 'token', null],
    ['a response', response(1, good), 'response', 1],
    ['a token in PEM', pem('PKCS7', good), 'token', null],
    ['a response in PEM', pem('TIME STAMP RESPONSE', response(0, good)), 'response', 0],
    ['a token in base64', ascii(Buffer.from(good).toString('base64')), 'token', null],
    [
      'a response in broken lines of base64',
      ascii(`${Buffer.from(response(0, good)).toString('base64').replace(/.{76}/g, '$&\r\n')}\n`),
      'response',
      0,
    ],
  ])('is told to be %s by its content', async (_, bytes, form, status) => {
    const facts = await factsOf(bytes)
    expect([facts.failure, facts.form, facts.status]).toEqual([null, form, status])
    expect(facts.tstInfo).toEqual((await factsOf(good)).tstInfo)
  })

  it('keeps every optional field', async () => {
    const rest = [
      sequence(integer(2), tlv(0x80, Uint8Array.of(0x01, 0xf4)), tlv(0x81, Uint8Array.of(7))),
      boolean(true),
      integer(0x0badc0den),
      explicit(0, explicit(4, subject)),
      tlv(0xa1, extension('1.2.3', ascii('x'), true), extension('1.2.4', ascii('y'))),
    ]
    const facts = await factsOf(token(authority, tstInfo({ data, rest })))
    expect(facts.tstInfo).toMatchObject({
      accuracyMicroseconds: 2_500_007,
      ordering: true,
      nonce: '0badc0de',
      tsa: 'directoryName:CN=Example Time-Stamp Authority (sample)',
      tsaNames: facts.cms?.certificates,
      extensions: [
        { oid: '1.2.3', critical: true },
        { oid: '1.2.4', critical: false },
      ],
    })
  })

  it.each([
    ['its subject', explicit(4, subject), 1],
    ['a name of subjectAltName', tlv(0x82, ascii('TSA.example')), 1],
    ['somebody else', explicit(4, commonNames('Other (sample)')), 0],
  ])('says that its tsa field names %s', async (_, name, count) => {
    const facts = await factsOf(token(authority, tstInfo({ data, rest: [explicit(0, name)] })))
    expect(facts.tstInfo?.tsaNames.length).toBe(count)
  })
})

describe('a token that is not over the evidence', () => {
  it('says both digests', async () => {
    const facts = await factsOf(token(authority, tstInfo({ data: ascii('other') })))
    expect(facts.tstInfo?.hashedMessage).not.toBe(facts.tstInfo?.dataDigest)
  })

  it('has no digest under an unknown algorithm', async () => {
    const imprint = sequence(algorithm('2.16.840.1.101.3.4.2.99'), octets(digest('sha256', data)))
    const { tstInfo: facts } = await factsOf(token(authority, tstInfo({ data, imprint })))
    expect([facts?.imprintAlgorithm, facts?.dataDigest]).toEqual(['2.16.840.1.101.3.4.2.99', null])
  })

  it('has no digest when parameters stand beside a known algorithm', async () => {
    const imprint = sequence(algorithm(SHA256, integer(1)), octets(digest('sha256', data)))
    const { tstInfo: facts } = await factsOf(token(authority, tstInfo({ data, imprint })))
    expect(facts?.dataDigest).toBeNull()
  })
})

describe('what is refused', () => {
  const wrongType = signedData({
    eContentType: ID_DATA,
    eContent: info,
    certificates: [authority.der],
    signerInfos: [signerInfo({ signer: authority, content: info })],
  })
  const nonMinimal = Uint8Array.of(0x30, 0x81, ...info.subarray(1))
  it.each([
    ['another eContentType', wrongType, 'ERR_TSP_STRUCTURE'],
    ['detached content', signedData({ eContentType: TST_INFO, signerInfos: [] }), 'ERR_TSP_STRUCTURE'],
    ['bytes behind the TSTInfo', token(authority, Uint8Array.of(...info, 0)), 'ERR_DER_TRAILING_DATA'],
    ['a padded length in the TSTInfo', token(authority, nonMinimal), 'ERR_DER_NON_CANONICAL'],
    ['a time without Z', token(authority, tstInfo({ data, genTime: '20260314091200' })), 'ERR_TIME'],
    [
      '999 and more milliseconds',
      token(authority, tstInfo({ data, rest: [sequence(tlv(0x80, Uint8Array.of(3, 0xe8)))] })),
      'ERR_TSP_STRUCTURE',
    ],
    ['a negative accuracy', token(authority, tstInfo({ data, rest: [sequence(integer(-1))] })), 'ERR_DER_VALUE'],
    [
      'fields out of order',
      token(authority, tstInfo({ data, rest: [integer(5), boolean(true)] })),
      'ERR_DER_TRAILING_DATA',
    ],
    ['an empty TSTInfo', token(authority, sequence()), 'ERR_DER_TRUNCATED'],
    ['a long nonce', token(authority, tstInfo({ data, rest: [tlv(2, new Uint8Array(65).fill(1))] })), 'ERR_LIMIT'],
  ])('%s, with the facts of the CMS', async (_, bytes, code) => {
    const facts = await factsOf(bytes)
    expect([facts.failure?.code, facts.tstInfo]).toEqual([code, null])
    expect(facts.cms).not.toBeNull()
  })

  it.each([
    ['bytes behind the response', Uint8Array.of(...response(0, good), 0), 'ERR_DER_TRAILING_DATA'],
    ['bytes behind the token', Uint8Array.of(...good, 0), 'ERR_DER_TRAILING_DATA'],
    ['two tokens', response(0, good, good), 'ERR_DER_TRAILING_DATA'],
    ['data in place of SignedData', sequence(oid(ID_DATA), explicit(0, octets(data))), 'ERR_CMS_NOT_SIGNED_DATA'],
    ['nothing', new Uint8Array(), 'ERR_DER_TRUNCATED'],
    ['text', ascii('not a time-stamp'), 'ERR_PEM'],
    ['two blocks of PEM', ascii(Buffer.concat([pem('CMS', good), pem('CMS', good)]).toString('latin1')), 'ERR_PEM'],
    ['a block that is cut', pem('CMS', good).subarray(0, 500), 'ERR_PEM'],
    ['another binary format', Uint8Array.of(0x89, 0x50, 0x4e, 0x47), 'ERR_DER_UNEXPECTED_TAG'],
  ])('%s, as a whole', async (_, bytes, code) => {
    const facts = await factsOf(bytes)
    expect([facts.failure?.code, facts.form, facts.cms, facts.tstInfo]).toEqual([code, null, null, null])
  })
})

describe('a response of an authority that refuses', () => {
  const status = sequence(
    sequence(integer(2), sequence(utf8('no time, sorry')), bits(Uint8Array.of(0b10000000, 0b00000010), 1)),
  )

  it('has a status and no token, which is no failure to read', async () => {
    const facts = await factsOf(status)
    expect([facts.failure, facts.status, facts.failInfo, facts.cms]).toEqual([null, 2, 'badAlg,timeNotAvailable', null])
  })

  it('keeps its status beside a token', async () => {
    const facts = await factsOf(response(2, good))
    expect([facts.status, facts.tstInfo?.version]).toEqual([2, 1])
  })
})

it('keeps the version of a TSTInfo for the checks to judge', async () => {
  expect((await factsOf(token(authority, tstInfo({ data, version: 2 })))).tstInfo?.version).toBe(2)
})

it('turns every damage of a good token into facts or a failure, and throws nothing', async () => {
  let accepted = 0
  for (let at = 0; at < good.length; at++) {
    const damaged = Uint8Array.from(good)
    damaged[at] = (damaged[at] ?? 0) ^ 0x80
    const facts = await factsOf(damaged)
    const [signer] = facts.cms?.signers ?? []
    const [candidate] = signer?.candidates ?? []
    const holds =
      facts.failure === null &&
      candidate?.bound === 'match' &&
      candidate.signature === 'valid' &&
      signer?.messageDigest === signer?.contentDigest &&
      signer?.contentType === facts.cms?.eContentType &&
      facts.tstInfo?.hashedMessage === facts.tstInfo?.dataDigest
    if (!holds) continue
    accepted++
    // Whatever still holds says the same.
    expect(facts.tstInfo).toEqual((await factsOf(good)).tstInfo)
    expect(facts.cms?.certificates).toEqual((await factsOf(good)).cms?.certificates)
  }
  // Versions and digestAlgorithms are protected by nothing.
  expect(accepted).toBeLessThan(40)
})
