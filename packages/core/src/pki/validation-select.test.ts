// Needs: openssl.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { nodeSignatureVerifier, nodeSmallDigest } from '@probatum/platform/node'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { AUTHORITY, type Issued, opensslPki, SIGNER, TIME_STAMP_UNIT } from '../../../../tools/testing/openssl-pki.ts'
import { opensslRevocation } from '../../../../tools/testing/openssl-revocation.ts'
import type { Instant } from '../model/instant.ts'
import { ParseError } from '../model/parse-error.ts'
import { SHIPPED_POLICIES } from '../policies/shipped.ts'
import { accessLocationsOf } from './access-locations.ts'
import { parseCertificate } from './certificate-parse.ts'
import { readValidationFile, type ValidationObject } from './validation-file.ts'
import { selectValidation, signatureSigners, tokenSigners } from './validation-select.ts'

const ports = { signatures: nodeSignatureVerifier(), smallDigest: nodeSmallDigest }
const policy = SHIPPED_POLICIES.find(({ id }) => id === 'sealed')
const read = (bytes: Uint8Array, where = 'file') => readValidationFile(bytes, where, nodeSmallDigest)

let pki: ReturnType<typeof opensslPki>
let make: ReturnType<typeof opensslRevocation>
let root: Issued
let namesake: Issued
let authority: Issued
let signer: Issued
let responder: Issued
let now: Instant

beforeAll(() => {
  pki = opensslPki()
  make = opensslRevocation(pki)
  root = pki.issue({ subject: '/CN=Example Root (sample)', extensions: AUTHORITY })
  authority = pki.issue({ subject: '/CN=Example Authority (sample)', issuer: root, extensions: AUTHORITY })
  namesake = pki.issue({ subject: '/CN=Example Authority (sample)', issuer: root, extensions: AUTHORITY })
  signer = pki.issue({
    subject: '/CN=Example Signer (sample)',
    issuer: authority,
    extensions: [
      ...SIGNER,
      'authorityInfoAccess=OCSP;URI:http://ocsp.example/,caIssuers;URI:http://ca.example/a.cer,caIssuers;URI:ldap://ca.example/a',
      'crlDistributionPoints=URI:http://ca.example/a.crl,URI:ftp://ca.example/a.crl',
    ],
  })
  responder = pki.issue({
    subject: '/CN=Example Responder (sample)',
    issuer: authority,
    extensions: [...SIGNER, 'extendedKeyUsage=OCSPSigning', 'noCheck=ignored'],
  })
  now = inSeconds(60)
}, 60_000)
afterAll(() => pki.remove())

const inSeconds = (seconds: number): Instant => ({
  epochSeconds: Math.floor(Date.now() / 1000) + seconds,
  fraction: '',
})
type Crl = Partial<Parameters<ReturnType<typeof opensslRevocation>['crl']>[0]>
const crl = (options: Crl = {}) =>
  make.crl({ issuer: authority, thisUpdate: inSeconds(-3600), nextUpdate: inSeconds(86_400), ...options })

async function select(
  material: readonly Uint8Array[],
  more: { readonly target?: Issued; readonly role?: 'signer' | 'time-stamp-authority' } = {},
) {
  if (policy === undefined) throw new TypeError('sealed')
  const objects = material.flatMap((bytes) => read(bytes))
  const { target = signer, role = 'signer' } = more
  const answer = await selectValidation(
    {
      targets: [{ certificate: target.der, role, time: now }],
      certificates: [],
      material: objects,
      validationTime: now,
      policy,
    },
    ports,
  )
  const said = ({ sha256 }: ValidationObject) => (answer.kept.has(sha256) ? 'kept' : answer.refused.get(sha256))
  return {
    said: objects.map(said),
    statuses: answer.statuses.map(({ certificate, status }) => [certificate.subject.text, status]),
    open: answer.open.map(({ subject }) => subject.text),
  }
}

describe('choosing validation data', () => {
  test('keeps what speaks of the path under the issuer’s signature, and names the rest', async () => {
    const rootCrl = crl({ issuer: root })
    const other = pki.issue({ subject: '/CN=Example Elsewhere (sample)', extensions: AUTHORITY })
    const { said, statuses, open } = await select([
      authority.der,
      root.der,
      crl(),
      rootCrl,
      crl({ issuer: namesake }),
      crl({ issuer: other }),
      other.der,
      crl({ thisUpdate: inSeconds(-86_400), nextUpdate: inSeconds(-3600) }),
      crl({ thisUpdate: inSeconds(3600) }),
    ])
    expect(said).toEqual([
      'kept',
      'self-signed',
      'kept',
      'kept',
      'signature',
      'unrelated',
      'unrelated',
      'stale',
      'in-future',
    ])
    expect(statuses).toEqual([
      ['CN=Example Signer (sample)', 'good'],
      ['CN=Example Authority (sample)', 'good'],
    ])
    expect(open).toEqual([])
  })

  test('keeps no list whose signature cannot be checked, and says whose certificate is missing', async () => {
    const { said, statuses, open } = await select([authority.der, crl(), crl({ issuer: root })])
    expect(said).toEqual(['kept', 'kept', 'issuer-missing'])
    expect(statuses).toEqual([['CN=Example Signer (sample)', 'good']])
    expect(open).toEqual(['CN=Example Authority (sample)'])
    const alone = await select([crl(), make.ocsp({ issuer: authority, certificate: signer, known: [signer] })])
    expect(alone.said).toEqual(['issuer-missing', 'issuer-missing'])
    expect(alone.open).toEqual(['CN=Example Signer (sample)'])
  })

  test('keeps no list of which one octet of the signature is another', async () => {
    const list = crl()
    list[list.length - 1] = (list.at(-1) ?? 0) ^ 1
    expect((await select([authority.der, list])).said).toEqual(['kept', 'signature'])
  })

  test('keeps answers of responders, and the responder’s certificate where it stands alone', async () => {
    const answer = make.ocsp({ issuer: authority, certificate: signer, known: [signer], responder })
    const apart = make.ocsp({
      issuer: authority,
      certificate: signer,
      known: [signer],
      responder,
      options: ['-resp_no_certs'],
    })
    const { said, statuses } = await select([authority.der, answer, apart, responder.der])
    expect(said).toEqual(['kept', 'kept', 'kept', 'kept'])
    expect(statuses[0]).toEqual(['CN=Example Signer (sample)', 'good'])
  })

  test('keeps no answer about another certificate, of a stranger, or that knows nothing', async () => {
    const about = make.ocsp({ issuer: authority, certificate: responder, known: [responder] })
    const stranger = make.ocsp({ issuer: authority, certificate: signer, known: [signer], responder: signer })
    const unknown = make.ocsp({ issuer: authority, certificate: signer })
    const { said, statuses } = await select([authority.der, about, stranger, unknown])
    expect(said).toEqual(['kept', 'unrelated', 'key-usage', 'unknown-to-responder'])
    expect(statuses[0]).toEqual(['CN=Example Signer (sample)', 'unknown'])
  })

  test('says what was revoked', async () => {
    const revoked = [{ certificate: signer, date: inSeconds(-7200), reason: 'superseded' }]
    const { said, statuses } = await select([authority.der, crl({ revoked })])
    expect(said).toEqual(['kept', 'kept'])
    expect(statuses).toEqual([['CN=Example Signer (sample)', 'revoked']])
  })

  test('does not take a certificate that renews its key for one that signed itself', async () => {
    const renewed = pki.issue({ subject: '/CN=Example Root (sample)', issuer: root, extensions: AUTHORITY })
    const leaf = pki.issue({ subject: '/CN=Example Leaf (sample)', issuer: renewed, extensions: SIGNER })
    const { said, open } = await select([renewed.der, root.der], { target: leaf })
    expect(said).toEqual(['kept', 'self-signed'])
    expect(open).toEqual([])
  })
})

describe('files of validation data', () => {
  test('are told apart by content, several in one PEM, and in a CMS', () => {
    const list = crl()
    writeFileSync(join(pki.folder, 'list.der'), list)
    pki.openssl('crl', '-inform', 'DER', '-in', 'list.der', '-out', 'list.pem')
    const both = `text\n${readFileSync(signer.certificate, 'utf8')}${readFileSync(join(pki.folder, 'list.pem'), 'utf8')}`
    expect(read(Buffer.from(both)).map(({ kind }) => kind)).toEqual(['certificate', 'crl'])
    const described = Buffer.concat([Buffer.from('Aussteller: Beispielbehörde\n'.repeat(500)), Buffer.from(both)])
    expect(read(described).map(({ kind }) => kind)).toEqual(['certificate', 'crl'])
    expect(read(list)[0]?.der).toEqual(list)
    expect(read(Buffer.from(Buffer.from(list).toString('base64')))[0]?.der).toEqual(list)
    writeFileSync(join(pki.folder, 'both.pem'), both)
    pki.openssl('crl2pkcs7', '-in', 'list.pem', '-certfile', 'both.pem', '-outform', 'DER', '-out', 'both.p7b')
    expect(read(new Uint8Array(readFileSync(join(pki.folder, 'both.p7b')))).map(({ kind }) => kind)).toEqual([
      'certificate',
      'crl',
    ])
    const answer = make.ocsp({ issuer: authority, certificate: signer, known: [signer] })
    expect(read(answer).map(({ kind }) => kind)).toEqual(['ocsp'])
  })

  test('are refused when they are something else', () => {
    const key = new Uint8Array(readFileSync(signer.key))
    for (const bytes of [key, Buffer.from('<html>'), Buffer.from([]), crl().subarray(0, 100), Buffer.from([0x30, 0])])
      expect(() => read(bytes)).toThrow(ParseError)
  })
})

test('any bytes are objects that read, or a ParseError', () => {
  const real = [signer.der, crl(), Buffer.from(readFileSync(signer.certificate))]
  const mutated = fc
    .tuple(fc.constantFrom(...real), fc.nat(), fc.integer({ min: 0, max: 255 }), fc.nat({ max: 40 }))
    .map(([bytes, at, value, cut]) => {
      const copy = Uint8Array.from(bytes.subarray(0, bytes.length - cut))
      if (copy.length > 0) copy[at % copy.length] = value
      return copy
    })
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array({ maxLength: 200 }), mutated), (bytes) => {
      try {
        for (const { kind, der, sha256 } of read(bytes)) {
          expect(['certificate', 'crl', 'ocsp']).toContain(kind)
          expect(sha256).toBe(Buffer.from(nodeSmallDigest('sha256', der)).toString('hex'))
        }
      } catch (error) {
        expect(error).toBeInstanceOf(ParseError)
      }
    }),
    { numRuns: 500 },
  )
})

test('hostile addresses name nothing, and never throw', () => {
  const certificate = parseCertificate(signer.der)
  const withAccess = (value: Uint8Array) => ({
    ...certificate,
    extensions: [{ oid: '1.3.6.1.5.5.7.1.1', critical: false, value }],
  })
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 120 }), (value) => {
      for (const url of accessLocationsOf(withAccess(value)).ocsp) expect(url).toMatch(/^https?:/)
    }),
  )
  const { value = new Uint8Array() } = certificate.extensions.find(({ oid }) => oid === '1.3.6.1.5.5.7.1.1') ?? {}
  fc.assert(
    fc.property(fc.nat({ max: value.length - 1 }), fc.integer({ min: 0, max: 255 }), (at, octet) => {
      const copy = Uint8Array.from(value)
      copy[at] = octet
      for (const url of accessLocationsOf(withAccess(copy)).ocsp) expect(url).toMatch(/^https?:/i)
    }),
  )
})

test('a certificate’s addresses are those of http and https', () => {
  expect(accessLocationsOf(parseCertificate(signer.der))).toEqual({
    ocsp: ['http://ocsp.example/'],
    caIssuers: ['http://ca.example/a.cer'],
    crls: ['http://ca.example/a.crl'],
  })
  expect(accessLocationsOf(parseCertificate(root.der))).toEqual({ ocsp: [], caIssuers: [], crls: [] })
})

test('who signed a file is told by the file', async () => {
  const unit = pki.issue({ subject: '/CN=Example Unit (sample)', issuer: authority, extensions: TIME_STAMP_UNIT })
  const content = new TextEncoder().encode('invented\n')
  const token = await tokenSigners(pki.stamp(content, unit, [authority]), ports)
  expect(token.targets.map(({ certificate, role }) => [parseCertificate(certificate).subject.text, role])).toEqual([
    ['CN=Example Unit (sample)', 'time-stamp-authority'],
  ])
  expect(token.certificates).toHaveLength(2)
  const genTime = token.targets[0]?.time.epochSeconds ?? 0
  expect([token.earliest?.epochSeconds, token.latest?.epochSeconds]).toEqual([genTime - 1, genTime + 1])
  const signature = await signatureSigners(pki.sign(content, [signer], [authority]), now, ports)
  expect(signature.targets).toMatchObject([{ role: 'signer', time: now }])
  expect(signature.targets[0]?.certificate).toEqual(signer.der)
  const nothing = { targets: [], certificates: [], earliest: null, latest: null }
  expect(await tokenSigners(content, ports)).toEqual(nothing)
  expect(await signatureSigners(content, now, ports)).toEqual(nothing)
})
