// Needs: openssl.
import { execFileSync } from 'node:child_process'
import { nodeSignatureVerifier, nodeSmallDigest } from '@probatum/platform/node'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { tlv } from '../../../../test-vectors/make/der.ts'
import { shippedPolicy } from '../../../../tools/testing/judgement.ts'
import { AUTHORITY, type Issued, opensslPki, SIGNER, TIME_STAMP_UNIT } from '../../../../tools/testing/openssl-pki.ts'
import { opensslRevocation, type Revoked } from '../../../../tools/testing/openssl-revocation.ts'
import { establishSignatureFacts } from '../establish-alone.ts'
import { parseFacts, serializeFacts } from '../facts-file.ts'
import type { FactsFile } from '../model/facts.ts'
import type { Instant } from '../model/instant.ts'
import { LIMITS } from '../model/limits.ts'
import { PLAIN_INPUTS, type Report } from '../model/report.ts'
import type { AnchorRole, TrustSet } from '../model/trust-set.ts'
import { encodeUtf8 } from '../model/utf8.ts'
import { parseCertificate } from '../pki/certificate-parse.ts'
import { parseCms } from '../pki/cms.ts'
import { revocationInCms } from '../pki/embedded-revocation.ts'
import { digestOfBytes } from '../pki/evidence-digest.ts'
import { collectRevocation, type RevocationSourceFile } from '../pki/revocation-pool.ts'
import { establishTrust } from '../pki/trust-facts.ts'
import { SHIPPED_POLICIES } from '../policies/shipped.ts'
import { judge } from '../verify.ts'
import { CATALOGUE } from './catalogue.ts'
import { judgeSignatureFile } from './signature-file.ts'

const ports = { signatures: nodeSignatureVerifier(), smallDigest: nodeSmallDigest }
const CONTENT = encodeUtf8('an invented statement (sample)')
const DAY = 86_400

let pki: ReturnType<typeof opensslPki>
let make: ReturnType<typeof opensslRevocation>
let root: Issued
let signer: Issued
let timeRoot: Issued
let unit: Issued
let otherTimeRoot: Issued
let otherUnit: Issued
let trustSet: TrustSet
let p7s: Uint8Array
let stamp: Uint8Array
let otherStamp: Uint8Array
let start: Instant

beforeAll(() => {
  pki = opensslPki()
  make = opensslRevocation(pki)
  root = pki.issue({ subject: '/CN=Example Root (sample)', extensions: AUTHORITY })
  signer = pki.issue({ subject: '/CN=Example Signer (sample)', issuer: root, extensions: SIGNER })
  timeRoot = pki.issue({ subject: '/CN=Example Time Root (sample)', extensions: AUTHORITY })
  unit = pki.issue({ subject: '/CN=Example Unit (sample)', issuer: timeRoot, extensions: TIME_STAMP_UNIT })
  otherTimeRoot = pki.issue({ subject: '/CN=Example Second Time Root (sample)', extensions: AUTHORITY })
  otherUnit = pki.issue({
    subject: '/CN=Example Second Unit (sample)',
    issuer: otherTimeRoot,
    extensions: TIME_STAMP_UNIT,
  })
  trustSet = trustSetOf([
    ['signer', root],
    ['time-stamp-authority', timeRoot],
    ['time-stamp-authority', otherTimeRoot],
  ])
  p7s = pki.sign(CONTENT, [signer], [])
  stamp = pki.stamp(p7s, unit, [])
  otherStamp = pki.stamp(p7s, otherUnit, [])
  start = parseCertificate(signer.der).notBefore
}, 60_000)
afterAll(() => pki.remove())

function trustSetOf(anchors: readonly (readonly [AnchorRole, Issued, Instant?])[]): TrustSet {
  const listed = anchors.map(([role, { der }, until]) => {
    const { sha256 } = parseCertificate(der)
    const interval = until === undefined ? {} : { until }
    return { anchor: true as const, role, label: `Example ${role} (sample)`, der, sha256, ...interval }
  })
  const file = {
    trustSet: 'probatum/trust-set/1-draft',
    issuer: 'Example Compiler (sample)',
    number: 1,
    date: '2026-01-01',
    reviewBy: '2099-01-01',
    anchors: [],
  } as const
  return { file, sha256: '0'.repeat(64), anchors: listed }
}

const day = (days: number): Instant => ({ epochSeconds: start.epochSeconds + days * DAY, fraction: '' })

/** A CRL of day 10; everything was made on day 0 and is judged on day 20. */
function crlOf(issuer: Issued, ...revoked: readonly (readonly [Issued, number, (string | undefined)?])[]): Uint8Array {
  const entries = revoked.map(
    ([certificate, date, reason]): Revoked => ({
      certificate,
      date: day(date),
      ...(reason === undefined ? {} : { reason }),
    }),
  )
  return make.crl({ issuer, revoked: entries, thisUpdate: day(10), nextUpdate: day(17) })
}

interface Given {
  readonly tokens?: readonly Uint8Array[]
  readonly given?: readonly Uint8Array[]
  readonly policy?: string
  readonly signature?: Uint8Array
}

async function factsOf({ tokens = [stamp], given = [], signature = p7s }: Given): Promise<FactsFile> {
  const content = { digest: digestOfBytes(CONTENT, ports), bytes: CONTENT }
  const revocation = given.map((bytes) => ({ name: 'list', bytes }))
  const certificates = [signer, unit, otherUnit].map(({ der }) => der)
  return establishSignatureFacts({ name: 'letter.p7s', bytes: signature }, content, ports, {
    tokens,
    certificates,
    revocation,
  })
}

async function reportOf(given: Given): Promise<Report> {
  const policy = shippedPolicy(given.policy ?? 'sealed')
  const facts = await factsOf(given)
  return judge(
    facts,
    { policy, policySha256: '1'.repeat(64), trustSet, validationTime: day(20), inputs: PLAIN_INPUTS },
    ports,
  )
}

function outcomes({ body }: Report, id: string): string[] {
  return body.findings
    .filter((finding) => finding.id === id && finding.role !== 'candidate-path')
    .map(({ value, reason }) => (reason === undefined ? value : `${value}:${reason}`))
}

describe('revocation of a signature and its time-stamp', () => {
  test('is known not to have happened when every list is here, and not checked when none is', async () => {
    const all = await reportOf({ given: [crlOf(root), crlOf(timeRoot)] })
    expect(outcomes(all, 'signer.revocation')).toEqual(['PASSED'])
    expect(outcomes(all, 'timestamp.revocation')).toEqual(['PASSED'])
    expect(all.body.assessment.indication).toBe('TOTAL-PASSED')
    const none = await reportOf({})
    expect(outcomes(none, 'signer.revocation')).toEqual(['NOT-CHECKED:no-data'])
    expect(none.body.assessment.indication).toBe('TOTAL-PASSED')
    const asked = await reportOf({ policy: 'court' })
    expect(outcomes(asked, 'signer.revocation')).toEqual(['INDETERMINATE:no-data'])
    expect(asked.body.assessment.axes.signer.value).toBe('INDETERMINATE')
  })

  test.each([
    ['before the proved time', -1, 'superseded', 'FAILED:revoked', 'FAILED'],
    [
      'later, although the key was stolen: others prove the seal to be older',
      5,
      'keyCompromise',
      'PASSED:revoked-later',
      'PASSED',
    ],
    ['later, without reason', 5, undefined, 'PASSED:revoked-later', 'PASSED'],
  ])('of the signer %s', async (_name, date, reason, expected, axis) => {
    const report = await reportOf({ given: [crlOf(root, [signer, date, reason]), crlOf(timeRoot)] })
    expect(outcomes(report, 'signer.revocation')).toEqual([expected])
    expect(report.body.assessment.axes.signer.value).toBe(axis)
  })

  test('of the signer cannot be placed without a time-stamp, unless the signer’s own statement does', async () => {
    const undated = await reportOf({ tokens: [], given: [crlOf(root, [signer, 5, 'superseded'])] })
    expect(outcomes(undated, 'signer.revocation')).toEqual(['INDETERMINATE:revoked-no-proof'])
    expect(undated.body.assessment.axes.signer.value).toBe('INDETERMINATE')
    const dated = await reportOf({ tokens: [], given: [crlOf(root, [signer, -1, 'superseded'])] })
    expect(outcomes(dated, 'signer.revocation')).toEqual(['FAILED:revoked'])
  })

  test.each([
    ['before its genTime', -1, 'superseded', 'FAILED:revoked', 'FAILED'],
    ['later, superseded', 5, 'superseded', 'PASSED:revoked-later', 'PASSED'],
    [
      'later, with a stolen key: whoever has it may have made the token since',
      5,
      'keyCompromise',
      'INDETERMINATE:revoked-no-proof',
      'INDETERMINATE',
    ],
    ['later, without reason', 5, undefined, 'INDETERMINATE:revoked-no-proof', 'INDETERMINATE'],
  ])('of the time-stamp authority %s', async (_name, date, reason, expected, axis) => {
    const given = [crlOf(root), crlOf(timeRoot, [unit, date, reason])]
    const report = await reportOf({ given })
    expect(outcomes(report, 'timestamp.revocation')).toEqual([expected])
    expect(report.body.assessment.axes.time.value).toBe(axis)
    // A time that is not proved is no time for the signer.
    expect(report.body.signatures[0]?.bestSignatureTime === null).toBe(axis !== 'PASSED')
  })

  test('of one authority with a stolen key costs nothing when another proves the time', async () => {
    const given = [crlOf(root), crlOf(timeRoot, [unit, 5, 'keyCompromise']), crlOf(otherTimeRoot)]
    const report = await reportOf({ tokens: [stamp, otherStamp], given })
    expect(outcomes(report, 'timestamp.revocation').toSorted()).toEqual(['INDETERMINATE:revoked-no-proof', 'PASSED'])
    expect(report.body.assessment.axes.time.value).toBe('PASSED')
  })

  test('that cannot be read is said, and contradicts nothing', async () => {
    const report = await reportOf({ given: [encodeUtf8('no list'), crlOf(root).subarray(1)] })
    expect(outcomes(report, 'signer.revocation')).toEqual(['INDETERMINATE:undecided'])
    expect(report.body.assessment.indication).toBe('INDETERMINATE')
  })

  test('says that two sources contradict each other', async () => {
    const early = crlOf(root, [signer, -1, 'superseded'])
    const late = make.crl({ issuer: root, thisUpdate: day(12), nextUpdate: day(17), number: 9 })
    const { body } = await reportOf({ given: [early, late, crlOf(timeRoot)] })
    const finding = body.findings.find(({ id }) => id === 'signer.revocation')
    expect(finding?.value).toBe('FAILED')
    expect(finding?.evidence.some(({ name }) => name.startsWith('contradiction '))).toBe(true)
  })

  test('gives only what the catalogue announces', async () => {
    const announced = new Set<string>(CATALOGUE.find(({ id }) => id === 'signer.revocation')?.outcomes ?? [])
    for (const given of [[], [crlOf(root)], [crlOf(timeRoot)], [crlOf(root, [signer, 5, 'certificateHold'])]]) {
      for (const outcome of outcomes(await reportOf({ given }), 'signer.revocation'))
        expect(announced).toContain(outcome)
    }
  })
})

describe('revocation data of an authority that was withdrawn', () => {
  let authority: Issued
  let below: Issued
  let seal: Uint8Array
  let sealStamp: Uint8Array
  beforeAll(() => {
    authority = pki.issue({ subject: '/CN=Example Authority (sample)', issuer: root, extensions: AUTHORITY })
    below = pki.issue({ subject: '/CN=Example Second Signer (sample)', issuer: authority, extensions: SIGNER })
    seal = pki.sign(CONTENT, [below], [])
    sealStamp = pki.stamp(seal, unit, [])
  })

  /** The seal is proved to be of day 0; the authority's list is of day 10. */
  async function judged(date: number, reason: string): Promise<Report> {
    const content = { digest: digestOfBytes(CONTENT, ports), bytes: CONTENT }
    const revocation = [crlOf(root, [authority, date, reason]), crlOf(authority), crlOf(timeRoot)]
    const facts = await establishSignatureFacts({ name: 'letter.p7s', bytes: seal }, content, ports, {
      tokens: [sealStamp],
      certificates: [below, authority, unit].map(({ der }) => der),
      revocation: revocation.map((bytes) => ({ name: 'list', bytes })),
    })
    const policy = shippedPolicy('sealed')
    const inputs = { digests: 'all', part: false, names: false, setCode: 'not-confirmed' } as const
    const judgement = { policy, policySha256: '1'.repeat(64), trustSet, validationTime: day(20) }
    return judge(facts, { ...judgement, inputs: { ...inputs, files: [], recipient: null } }, ports)
  }
  const said = ({ body }: Report) =>
    body.findings
      .filter(({ id }) => id === 'signer.revocation')
      .flatMap(({ evidence }) => evidence)
      .flatMap(({ name, found }) => (name.startsWith('crl ') ? [found?.split(' ')[0]] : []))

  test.each([
    ['stolen before it says that it was made', 5, 'keyCompromise', 'INDETERMINATE:undecided', 'signer-revoked'],
    ['given up before that', 5, 'superseded', 'INDETERMINATE:undecided', 'signer-revoked'],
    [
      'stolen afterwards, so that the date may be the thief’s',
      15,
      'keyCompromise',
      'INDETERMINATE:undecided',
      'no-proof',
    ],
    ['given up afterwards', 15, 'superseded', 'PASSED:revoked-later', 'good'],
  ])('say what they say when the key was %s', async (_name, date, reason, expected, answer) => {
    const report = await judged(date, reason)
    expect(report.body.signatures[0]?.bestSignatureTime).not.toBeNull()
    expect(outcomes(report, 'signer.revocation')).toEqual([expected])
    expect(said(report)).toContain(answer)
  })
})

describe('a key that was in other hands', () => {
  let other: Issued
  beforeAll(() => {
    other = pki.issue({ subject: '/CN=Example Other Use (sample)', issuer: root, extensions: SIGNER, key: signer.key })
  })

  async function judged(date: number, reason: string, tokens = [stamp], holder = other): Promise<Report> {
    const content = { digest: digestOfBytes(CONTENT, ports), bytes: CONTENT }
    const revocation = [crlOf(root, [holder, date, reason]), crlOf(timeRoot)]
    const facts = await establishSignatureFacts({ name: 'letter.p7s', bytes: p7s }, content, ports, {
      tokens,
      certificates: [signer, unit, holder].map(({ der }) => der),
      revocation: revocation.map((bytes) => ({ name: 'list', bytes })),
    })
    const policy = shippedPolicy('sealed')
    const inputs = { digests: 'all', part: false, names: false, setCode: 'not-confirmed' } as const
    const judgement = { policy, policySha256: '1'.repeat(64), trustSet, validationTime: day(20) }
    return judge(facts, { ...judgement, inputs: { ...inputs, files: [], recipient: null } }, ports)
  }

  // The seal is proved to be of day 0.
  test.each([
    ['before', -1, 'keyCompromise', 'INDETERMINATE:key-compromised'],
    ['after', 5, 'keyCompromise', 'PASSED'],
    ['before, for a reason that is about the certificate', -1, 'superseded', 'PASSED'],
  ])('by another certificate over it, %s the proved time', async (_name, date, reason, expected) => {
    const report = await judged(date, reason)
    expect(outcomes(report, 'signer.revocation')).toEqual([expected])
    const finding = report.body.findings.find(({ id }) => id === 'signer.revocation')
    const named = finding?.evidence.filter(({ name }) => name.startsWith('sameKey ')) ?? []
    expect(named.map(({ found }) => found?.split(' ')[0])).toEqual(
      reason === 'superseded' ? [] : [parseCertificate(other.der).sha256],
    )
  })

  test('by a certificate that writes it as a compressed point', async () => {
    const key = `${signer.key}.short`
    execFileSync('openssl', ['ec', '-in', signer.key, '-conv_form', 'compressed', '-out', key], { stdio: 'pipe' })
    const short = pki.issue({ subject: '/CN=Example Other Use (sample)', issuer: root, extensions: SIGNER, key })
    const [own, same] = [signer, short].map(({ der }) => parseCertificate(der).spki.length)
    expect([own, same]).toEqual([91, 59])
    expect(outcomes(await judged(-1, 'keyCompromise', [stamp], short), 'signer.revocation')).toEqual([
      'INDETERMINATE:key-compromised',
    ])
  })

  test('makes nothing sure without a time-stamp, and says nothing of another key', async () => {
    expect(outcomes(await judged(5, 'keyCompromise', []), 'signer.revocation')).toEqual([
      'INDETERMINATE:key-compromised',
    ])
    const stranger = pki.issue({ subject: '/CN=Example Other Use (sample)', issuer: root, extensions: SIGNER })
    expect(outcomes(await judged(-1, 'keyCompromise', [stamp], stranger), 'signer.revocation')).toEqual(['PASSED'])
  })
})

describe('an anchor that the trust set relies on until a day', () => {
  async function judged(anchors: Parameters<typeof trustSetOf>[0]): Promise<Report> {
    const policy = shippedPolicy('sealed')
    const facts = await factsOf({ given: [crlOf(root), crlOf(timeRoot)] })
    const inputs = { digests: 'all', part: false, names: false, setCode: 'not-confirmed' } as const
    const judgement = { policy, policySha256: '1'.repeat(64), trustSet: trustSetOf(anchors), validationTime: day(20) }
    return judge(facts, { ...judgement, inputs: { ...inputs, files: [], recipient: null } }, ports)
  }

  // The seal is proved to be of day 0, the lists say that they are of day 10, and it is judged on day 20.
  test.each([
    [15, 'INDETERMINATE:undecided'],
    [21, 'PASSED'],
  ])('on day %i signs no list that can be younger', async (until, expected) => {
    const report = await judged([
      ['signer', root, day(until)],
      ['time-stamp-authority', timeRoot],
    ])
    expect(outcomes(report, 'signer.path')).toEqual(['PASSED'])
    expect(outcomes(report, 'signer.revocation')).toEqual([expected])
  })

  test('signed a list that lies under the seal when the seal was dated', async () => {
    const { facts } = await factsOf({})
    const bytes = crlOf(root)
    const list = (source: string) => ({ source, bytes, kind: 'crl' as const })
    const policy = shippedPolicy('sealed')
    const set = trustSetOf([
      ['signer', root, day(15)],
      ['time-stamp-authority', timeRoot],
    ])
    const inputs = { digests: 'all', part: false, names: false, setCode: 'not-confirmed' } as const
    const judgement = { policy, policySha256: '1'.repeat(64), trustSet: set, validationTime: day(20) }
    const given = { ...judgement, inputs: { ...inputs, files: [], recipient: null } }
    const said = async (sources: string | string[], state: 'tag-manifest' | 'file', isCovered: boolean) => {
      const revocation = collectRevocation([sources].flat().map(list), ports.smallDigest)
      const trust = await establishTrust({ ...facts, tokens: [], revocation }, set, policy.paths, ports)
      const context = { trust, judgement: given, trustSetInside: false, validationCovered: isCovered }
      const judged = facts.signatures.map((file) =>
        judgeSignatureFile({ ...file, coversState: state }, 'none', context),
      )
      const found = judged.flatMap(({ findings }) => findings).find(({ id }) => id === 'signer.revocation')
      return `${found?.value}:${found?.reason ?? ''}`
    }
    expect(await said('record/validation/root.crl', 'tag-manifest', true)).toBe('PASSED:')
    expect(await said('record/validation/root.crl', 'tag-manifest', false)).toBe('INDETERMINATE:undecided')
    expect(await said('record/validation/root.crl', 'file', true)).toBe('INDETERMINATE:undecided')
    expect(await said('given', 'tag-manifest', true)).toBe('INDETERMINATE:undecided')
    expect(await said('letter.p7s crls[0]', 'tag-manifest', true)).toBe('INDETERMINATE:undecided')
    // Who has the same list beside it, or in a second place, has no less.
    const elsewhere = ['given', 'letter.p7s crls[0]']
    expect(await said([...elsewhere, 'record/validation/root.crl'], 'tag-manifest', true)).toBe('PASSED:')
    expect(await said(elsewhere, 'tag-manifest', true)).toBe('INDETERMINATE:undecided')
  })

  test('ends its key in every other anchor over it, whatever the role', async () => {
    const again = pki.issue({ subject: '/CN=Example Root renewed (sample)', extensions: AUTHORITY, key: root.key })
    const same = pki.issue({ subject: '/CN=Example Root (sample)', extensions: AUTHORITY, key: root.key, days: 400 })
    const time = ['time-stamp-authority', timeRoot] as const
    for (const ended of [
      ['signer', again, day(-1)],
      ['notice', again, day(-1)],
      ['signer', same, day(-1)],
    ] as const) {
      const report = await judged([['signer', root], ended, time])
      expect(outcomes(report, 'signer.path'), ended[0]).toEqual(['INDETERMINATE:anchor-interval'])
      const finding = report.body.findings.find(({ id }) => id === 'signer.path')
      const named = finding?.evidence.find(({ name }) => name.endsWith(' sameKey'))
      expect(named?.found).toContain(parseCertificate(ended[1].der).sha256)
    }
    const key = `${root.key}.short`
    execFileSync('openssl', ['ec', '-in', root.key, '-conv_form', 'compressed', '-out', key], { stdio: 'pipe' })
    const short = pki.issue({ subject: '/CN=Example Root renewed (sample)', extensions: AUTHORITY, key })
    expect(parseCertificate(short.der).spki).toHaveLength(59)
    const report = await judged([['signer', root], ['signer', short, day(-1)], time])
    expect(outcomes(report, 'signer.path')).toEqual(['INDETERMINATE:anchor-interval'])
    const later = await judged([['signer', root], ['signer', again, day(1)], time])
    expect(outcomes(later, 'signer.path')).toEqual(['PASSED'])
    const other = await judged([['signer', root], ['signer', otherTimeRoot, day(-1)], time])
    expect(outcomes(other, 'signer.path')).toEqual(['PASSED'])
  })
})

describe('revocation data', () => {
  test('are facts, the same in any order and under any name, and can be judged again', async () => {
    const lists = [crlOf(root), crlOf(timeRoot)]
    const facts = await factsOf({ given: lists })
    expect(await factsOf({ given: [...lists.toReversed(), ...lists] })).toEqual(facts)
    expect(facts.facts.revocation.crls).toHaveLength(2)
    expect(parseFacts(serializeFacts(facts))).toEqual(facts)
  })

  test('that facts state under another digest are refused', async () => {
    const { facts, container } = await factsOf({ given: [crlOf(root)] })
    const crls = facts.revocation.crls.map((crl) => ({ ...crl, sha256: '0'.repeat(64) }))
    const altered: FactsFile = { container, facts: { ...facts, revocation: { ...facts.revocation, crls } } }
    const policy = SHIPPED_POLICIES[1]
    if (policy === undefined) throw new TypeError('policy')
    const judgement = { policy, policySha256: '1'.repeat(64), trustSet, validationTime: day(20), inputs: PLAIN_INPUTS }
    await expect(judge(altered, judgement, ports)).rejects.toMatchObject({ code: 'ERR_FACTS' })
  })

  test('are found among the crls of a CMS: lists, and OCSP responses by RFC 5940', () => {
    const crl = crlOf(root)
    const ocsp = make.ocsp({ issuer: root, certificate: signer, known: [signer] })
    const other = tlv(0xa1, tlv(0x06, Uint8Array.of(0x2b, 6, 1, 5, 5, 7, 0x10, 2)), ocsp)
    const cms = parseCms(p7s)
    const withLists = {
      ...cms,
      crls: [
        { kind: 'crl', der: crl },
        { kind: 'other', der: other },
      ],
    } as const
    expect(revocationInCms(withLists, 'a.p7s')).toEqual([
      { source: 'a.p7s crls[0]', bytes: crl, kind: 'crl' },
      { source: 'a.p7s crls[1]', bytes: ocsp, kind: 'ocsp' },
    ])
  })
})

describe('revocation data in unsigned parts of a signature', () => {
  const UNSIGNED = ['letter.p7s crls[0]', 'letter.p7s signerInfos[0].revocation-values']
  const SIGNED = ['given', 'record/validation/a.crl']

  /** The facts as if these had been found in the content, and nothing else. */
  async function judged(files: readonly RevocationSourceFile[]): Promise<Report> {
    const policy = shippedPolicy('sealed')
    const { facts, container } = await factsOf({})
    const revocation = collectRevocation(files, ports.smallDigest)
    const inputs = { digests: 'all', part: false, names: false, setCode: 'not-confirmed' } as const
    const judgement = { policy, policySha256: '1'.repeat(64), trustSet, validationTime: day(20) }
    const given = { ...judgement, inputs: { ...inputs, files: [], recipient: null } }
    return judge({ container, facts: { ...facts, revocation } }, given, ports)
  }
  const found = ({ body }: Report) => body.findings.find(({ id }) => id === 'signer.revocation')

  test.each(UNSIGNED)('that does not read is named, and costs nothing: %s', async (source) => {
    const report = await judged([{ source, bytes: encodeUtf8('no list'), kind: 'crl' }])
    expect(outcomes(report, 'signer.revocation')).toEqual(['NOT-CHECKED:no-data'])
    expect(found(report)?.evidence.find(({ name }) => name === 'unreadable')?.found).toContain(source)
    expect(report.body.assessment.indication).toBe('TOTAL-PASSED')
  })

  test('of a number that anybody can make is bounded, and costs nothing', async () => {
    const cms = parseCms(p7s)
    const crls = Array.from({ length: 300_000 }, () => ({ kind: 'crl' as const, der: Uint8Array.of(0x30, 0) }))
    const files = revocationInCms({ ...cms, crls }, 'letter.p7s')
    expect(files).toHaveLength(LIMITS.revocationUnprotected + 1)
    expect(files.at(-1)).toMatchObject({ source: 'letter.p7s crls[256]', bytes: null })
    const twice = [...files, ...revocationInCms({ ...cms, crls }, 'other.p7s')]
    const { failures, omitted } = collectRevocation(twice, ports.smallDigest)
    expect([failures.length, omitted]).toEqual([LIMITS.revocationUnprotected, 0])
    expect((await judged(twice)).body.assessment.indication).toBe('TOTAL-PASSED')
  })

  test('among revocation-values is bounded over all values together', () => {
    const cms = parseCms(p7s)
    const list = tlv(
      0x30,
      tlv(
        0xa0,
        tlv(
          0x30,
          new Uint8Array(2 * 200_000).map((_, at) => (at % 2 === 0 ? 0x30 : 0)),
        ),
      ),
    )
    const attribute = { oid: '1.2.840.113549.1.9.16.2.24', values: [list, list] }
    const signerInfos = cms.signerInfos.map((info) => ({ ...info, unsignedAttrs: [attribute] }))
    const files = revocationInCms({ ...cms, signerInfos } as typeof cms, 'letter.p7s')
    expect(files).toHaveLength(LIMITS.revocationUnprotected + 1)
    expect(files.filter(({ bytes }) => bytes === null)).toHaveLength(1)
  })

  test.each(SIGNED)('is another thing elsewhere: %s', async (source) => {
    const report = await judged([{ source, bytes: encodeUtf8('no list'), kind: 'crl' }])
    expect(outcomes(report, 'signer.revocation')).toEqual(['INDETERMINATE:undecided'])
  })

  test('that bears the issuer’s name and another signature is named, and costs nothing', async () => {
    const namesake = pki.issue({ subject: '/CN=Example Root (sample)', extensions: AUTHORITY })
    const bytes = crlOf(namesake, [signer, -1, 'superseded'])
    const inside = await judged([{ source: 'letter.p7s crls[0]', bytes, kind: 'crl' }])
    expect(outcomes(inside, 'signer.revocation')).toEqual(['NOT-CHECKED:no-data'])
    expect(found(inside)?.evidence.some(({ found: said }) => said?.startsWith('signature '))).toBe(true)
    const given = await judged([{ source: 'given', bytes, kind: 'crl' }])
    expect(outcomes(given, 'signer.revocation')).toEqual(['INDETERMINATE:undecided'])
  })

  test('that the authority signed counts, for good and for bad', async () => {
    const inside = (bytes: Uint8Array) => judged([{ source: 'letter.p7s crls[0]', bytes, kind: 'crl' }])
    expect(outcomes(await inside(crlOf(root)), 'signer.revocation')).toEqual(['PASSED'])
    expect(outcomes(await inside(crlOf(root, [signer, -1, 'superseded'])), 'signer.revocation')).toEqual([
      'FAILED:revoked',
    ])
    const old = make.crl({ issuer: root, thisUpdate: day(-9), nextUpdate: day(-8) })
    expect(outcomes(await inside(old), 'signer.revocation')).toEqual(['INDETERMINATE:undecided'])
  })

  test('push out nothing that lies elsewhere, however many there are', async () => {
    const namesake = pki.issue({ subject: '/CN=Example Root (sample)', extensions: AUTHORITY })
    const one = crlOf(namesake)
    // Another signature value each: another list, which still reads.
    const many = Array.from({ length: 300 }, (_, index): RevocationSourceFile => {
      const bytes = new Uint8Array(one)
      bytes[bytes.length - 1] = index & 0xff
      bytes[bytes.length - 2] = index >> 8
      return { source: `letter.p7s crls[${index}]`, bytes, kind: 'crl' }
    })
    const lists = [crlOf(root), crlOf(timeRoot)].map((bytes) => ({ source: 'z.crl', bytes, kind: 'crl' as const }))
    const report = await judged([...many, ...lists])
    expect(outcomes(report, 'signer.revocation')).toEqual(['PASSED'])
    expect(outcomes(report, 'timestamp.revocation')).toEqual(['PASSED'])
    expect(report.body.assessment.indication).toBe('TOTAL-PASSED')
    const revoking = [{ source: 'z.crl', bytes: crlOf(root, [signer, -1, 'superseded']), kind: 'crl' as const }]
    expect(outcomes(await judged([...many, ...revoking]), 'signer.revocation')).toEqual(['FAILED:revoked'])
  })
})
