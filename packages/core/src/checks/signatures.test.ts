// Needs: openssl.
import { nodeSignatureVerifier, nodeSmallDigest } from '@probatum/platform/node'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { shippedPolicy } from '../../../../tools/testing/judgement.ts'
import { AUTHORITY, type Issued, opensslPki, SIGNER, TIME_STAMP_UNIT } from '../../../../tools/testing/openssl-pki.ts'
import { assess } from '../model/assess.ts'
import type { Finding } from '../model/finding.ts'
import { addMicroseconds, formatInstant, type Instant } from '../model/instant.ts'
import type { Judgement } from '../model/judgement.ts'
import type { Policy } from '../model/policy.ts'
import type { AnchorRole, TrustAnchor, TrustSet } from '../model/trust-set.ts'
import { encodeUtf8 } from '../model/utf8.ts'
import type { Certificate } from '../pki/certificate.ts'
import { parseCertificate } from '../pki/certificate-parse.ts'
import { collectCertificates, poolOf } from '../pki/certificate-pool.ts'
import { establishSignatureFile } from '../pki/establish-signature-file.ts'
import type {
  CmsFacts,
  PooledCertificate,
  SignatureFileFacts,
  SignerCandidate,
  SignerFacts,
  TokenFacts,
  TstInfoFacts,
} from '../pki/facts.ts'
import { genTimeOf } from '../pki/signing-time.ts'
import { establishTrust, type TrustFacts } from '../pki/trust-facts.ts'
import { CATALOGUE, type FindingId } from './catalogue.ts'
import { checkLoneToken } from './lone.ts'
import { type Declaration, examineSigner, type SignedObject } from './signature-object.ts'
import { bestSignatureTimeOf, checkSignatures, summariseSignatures } from './signatures.ts'
import { checkPath } from './signer-path.ts'
import { checkBelieved } from './timestamp.believed.ts'

const ports = { signatures: nodeSignatureVerifier(), smallDigest: nodeSmallDigest }
const PATH = 'seal/1/tagmanifest-sha256.txt.p7s'
const MANIFEST = encodeUtf8(`${'0'.repeat(64)}  bagit.txt\n`)
const NOTHING: ReadonlySet<string> = new Set()

/** Everything that a judgement takes in; a mutation alters one thing of it. */
interface Case {
  readonly signatures: readonly SignatureFileFacts[]
  readonly certificates: readonly PooledCertificate[]
  readonly record: Declaration | null
  readonly trustSet: TrustSet | null
  readonly policy: Policy
  readonly at: Instant
  readonly inside: ReadonlySet<string>
  /** Alters parsed certificates, where a certificate cannot be had from OpenSSL. */
  readonly alter: (certificate: Certificate, owner: 'signer' | 'unit' | 'other') => Certificate
}

let pki: ReturnType<typeof opensslPki>
let good: Case
let issued: Record<'root' | 'authority' | 'signer' | 'tsaRoot' | 'unit' | 'unit2' | 'tsaRoot2', Issued>
let genTime: Instant

beforeAll(async () => {
  pki = opensslPki()
  const root = pki.issue({ subject: '/CN=Example Root (sample)', extensions: AUTHORITY })
  const authority = pki.issue({ subject: '/CN=Example Authority (sample)', issuer: root, extensions: AUTHORITY })
  const signer = pki.issue({ subject: '/CN=Example Signer (sample)', issuer: authority, extensions: SIGNER, days: 30 })
  const tsaRoot = pki.issue({ subject: '/CN=Example Time Root (sample)', extensions: AUTHORITY })
  const unit = pki.issue({
    subject: '/CN=Example Unit (sample)',
    issuer: tsaRoot,
    extensions: TIME_STAMP_UNIT,
    days: 30,
  })
  const tsaRoot2 = pki.issue({ subject: '/CN=Example Second Time Root (sample)', extensions: AUTHORITY })
  const unit2 = pki.issue({
    subject: '/CN=Example Second Unit (sample)',
    issuer: tsaRoot2,
    extensions: TIME_STAMP_UNIT,
  })
  issued = { root, authority, signer, tsaRoot, unit, tsaRoot2, unit2 }
  const p7s = pki.sign(MANIFEST, [signer], [authority])
  good = await caseOf(p7s, [['tsa1', pki.stamp(p7s, unit, [])]])
  const tstInfo = good.signatures[0]?.tokens[0]?.tstInfo
  if (tstInfo === null || tstInfo === undefined) throw new Error('no token')
  genTime = genTimeOf(tstInfo)
  good = { ...good, at: addMicroseconds(genTime, 3_600_000_000) }
}, 60_000)
afterAll(() => pki.remove())

async function caseOf(p7s: Uint8Array, tokens: readonly (readonly [string, Uint8Array])[]): Promise<Case> {
  const files = tokens.map(([label, bytes]) => ({ path: `${PATH}.${label}.tsr`, label, bytes }))
  const sources = files.map(({ path, bytes }) => ({ path, bytes, kind: 'token' as const }))
  const pool = collectCertificates([{ path: PATH, bytes: p7s, kind: 'signature' }, ...sources], nodeSmallDigest)
  const covers = { covers: 'tagmanifest-sha256.txt', coversBytes: MANIFEST, coversState: 'tag-manifest' as const }
  const facts = await establishSignatureFile(
    { path: PATH, bytes: p7s, ...covers, tokens: files },
    pool.certificates,
    ports,
  )
  return {
    signatures: [facts],
    certificates: poolOf(pool.certificates),
    record: recordOf(1),
    trustSet: trustSetOf([
      ['signer', issued.root],
      ['time-stamp-authority', issued.tsaRoot],
    ]),
    policy: shippedPolicy('sealed'),
    at: genTime ?? { epochSeconds: 4_000_000_000, fraction: '' },
    inside: NOTHING,
    alter: (certificate) => certificate,
  }
}

function recordOf(timestamps: number, signer = sha256(issued.signer)): Declaration {
  return {
    record: {
      authorities: [
        { label: 'tsa1', subject: 'CN=Example Unit (sample)' },
        { label: 'tsa2', subject: 'CN=Example Second Unit (sample)' },
      ],
      created: '2026-01-01T00:00:00Z',
      format: 'probatum/bundle/1-draft',
      issuer: { name: 'Example Mechanism (sample)' },
      itemCount: 1,
      log: { id: '0'.repeat(32), origin: 'sample.example/log' },
      recipient: null,
      sample: true,
      seal: [{ file: 'tagmanifest-sha256.txt.p7s', signer, timestamps }],
    },
  }
}

function sha256(one: Issued): string {
  return parseCertificate(one.der).sha256
}

function trustSetOf(
  anchors: readonly (readonly [AnchorRole, Issued, Pick<TrustAnchor, 'from' | 'until'>?])[],
  date = '9998-01-01',
): TrustSet {
  return {
    file: {
      trustSet: 'probatum/trust-set/1-draft',
      issuer: 'Example Court (sample)',
      number: 1,
      date,
      reviewBy: '9999-01-01',
      sample: true,
      anchors: anchors.map(([role]) => ({ role, label: `${role} (sample)`, source: 'this test' })),
    },
    sha256: 'ab'.repeat(32),
    anchors: anchors.map(([role, { der }, interval]) => ({
      anchor: true,
      role,
      label: `${role} (sample)`,
      sha256: parseCertificate(der).sha256,
      der,
      ...interval,
    })),
  }
}

async function trustOf(subject: Case): Promise<TrustFacts> {
  const facts = { signatures: subject.signatures, tokens: [], certificates: subject.certificates }
  const trust = await establishTrust(facts, subject.trustSet, subject.policy.paths, ports)
  const signer = sha256(issued.signer)
  const unit = sha256(issued.unit)
  const change = (one: Certificate) =>
    subject.alter(one, one.sha256 === signer ? 'signer' : one.sha256 === unit ? 'unit' : 'other')
  return { ...trust, certificates: new Map([...trust.certificates].map(([key, one]) => [key, change(one)])) }
}

function judgementOf({ policy, trustSet, at }: Case): Judgement {
  const inputs = {
    digests: 'all',
    part: false,
    names: false,
    setCode: 'confirmed',
    files: [],
    recipient: null,
  } as const
  return { policy, policySha256: '00'.repeat(32), trustSet, validationTime: at, inputs }
}

async function judge(subject: Case): Promise<Finding[]> {
  return checkSignatures(
    subject.signatures,
    await trustOf(subject),
    subject.record,
    judgementOf(subject),
    subject.inside,
  )
}

const outcomeOf = ({ value, reason }: Finding) => (reason === undefined ? value : `${value}:${reason}`)

function outcomes(findings: readonly Finding[], id: FindingId): string[] {
  return findings.filter((finding) => finding.id === id).map(outcomeOf)
}

function axis(findings: readonly Finding[], name: 'signer' | 'time', policy = good.policy) {
  return assess(findings, policy).axes[name].value
}

// Ways to alter one thing
const inFile = (subject: Case, change: Partial<SignatureFileFacts>): Case => ({
  ...subject,
  signatures: subject.signatures.map((file) => ({ ...file, ...change })),
})
const inCms = (subject: Case, change: Partial<CmsFacts>): Case =>
  inFile(subject, { cms: { ...cmsOf(subject.signatures[0]?.cms), ...change } })
const inSigner = (subject: Case, change: Partial<SignerFacts>): Case =>
  inCms(subject, { signers: cmsOf(subject.signatures[0]?.cms).signers.map((signer) => ({ ...signer, ...change })) })
const inCandidate = (subject: Case, change: Partial<SignerCandidate>): Case =>
  inSigner(subject, { candidates: candidatesOf(subject.signatures[0]?.cms).map((one) => ({ ...one, ...change })) })
const inToken = (subject: Case, change: Partial<TokenFacts>): Case =>
  inFile(subject, { tokens: (subject.signatures[0]?.tokens ?? []).map((token) => ({ ...token, ...change })) })
const inTst = (subject: Case, change: Partial<TstInfoFacts>): Case =>
  inToken(subject, { tstInfo: { ...defined(subject.signatures[0]?.tokens[0]?.tstInfo), ...change } })
const inTokenCms = (subject: Case, change: Partial<CmsFacts>): Case =>
  inToken(subject, { cms: { ...cmsOf(subject.signatures[0]?.tokens[0]?.cms), ...change } })
const inTokenSigner = (subject: Case, change: Partial<SignerFacts>): Case =>
  inTokenCms(subject, {
    signers: cmsOf(subject.signatures[0]?.tokens[0]?.cms).signers.map((signer) => ({ ...signer, ...change })),
  })
const inTokenCandidate = (subject: Case, change: Partial<SignerCandidate>): Case =>
  inTokenSigner(subject, {
    candidates: candidatesOf(subject.signatures[0]?.tokens[0]?.cms).map((one) => ({ ...one, ...change })),
  })
const withCertificate = (subject: Case, owner: 'signer' | 'unit', change: Partial<Certificate>): Case => ({
  ...subject,
  alter: (one, of) => (of === owner ? { ...one, ...change } : one),
})
const withAlgorithms = (subject: Case, change: Partial<Policy['algorithms']>): Case => ({
  ...subject,
  policy: { ...subject.policy, algorithms: { ...subject.policy.algorithms, ...change } },
})
const defined = <T>(value: T | null | undefined): T => {
  if (value === null || value === undefined) throw new TypeError('absent')
  return value
}
const cmsOf = (cms: CmsFacts | null | undefined) => defined(cms)
const candidatesOf = (cms: CmsFacts | null | undefined) => defined(defined(cms).signers[0]).candidates

/** A signature file with one token, by their names. */
const HERE = {
  file: 'tagmanifest-sha256.txt.p7s',
  present: true,
  timestamps: 1,
  tokens: ['seal/1/tagmanifest-sha256.txt.p7s.sample.tsr'],
}
const FAILURE = { code: 'ERR_DER_TRUNCATED', where: 'ContentInfo', offset: 3, spec: null } as const
const LIMIT = { ...FAILURE, code: 'ERR_LIMIT' } as const
const bits = (...names: ('digitalSignature' | 'keyEncipherment')[]) => new Set(names)
const CA = { ca: true, pathLen: null }
const ended = (digest: 'sha256', until: Instant) => ({
  digests: { [digest]: { until: formatInstant(until).slice(0, 10) } },
})

type Mutation = readonly [FindingId, string, (subject: Case) => Case, 'FAILED' | 'INDETERMINATE' | 'PASSED']

/** Finding, its outcome after the change, the change, and what becomes of the axis. */
const MUTATIONS: readonly Mutation[] = [
  ['signature.present', 'INDETERMINATE:declared-missing', (g) => ({ ...g, signatures: [] }), 'INDETERMINATE'],
  [
    'signature.present',
    'INDETERMINATE:unreadable',
    (g) => ({ ...g, signatures: [], record: g.record === null ? null : { ...g.record, seal: [HERE] } }),
    'INDETERMINATE',
  ],
  [
    'timestamp.present',
    'INDETERMINATE:signature-not-read',
    (g) => ({ ...g, signatures: [], record: g.record === null ? null : { ...g.record, seal: [HERE] } }),
    'INDETERMINATE',
  ],
  [
    'signature.present',
    'INDETERMINATE:none',
    (g) => ({ ...g, signatures: [], record: { record: null } }),
    'INDETERMINATE',
  ],
  ['signature.present', 'NOT-CHECKED:none', (g) => ({ ...g, signatures: [], record: null }), 'INDETERMINATE'],
  ['signature.structure', 'FAILED:malformed', (g) => inFile(g, { cms: null, failure: FAILURE }), 'FAILED'],
  ['signature.structure', 'INDETERMINATE:limit', (g) => inFile(g, { cms: null, failure: LIMIT }), 'INDETERMINATE'],
  ['signature.structure', 'INDETERMINATE:version', (g) => inCms(g, { version: 7 }), 'INDETERMINATE'],
  [
    'signature.structure',
    'INDETERMINATE:undeclared',
    (g) => ({ ...inFile(g, { cms: null, failure: FAILURE, path: 'seal/1/tagmanifest-sha512.txt.p7s' }), record: null }),
    'INDETERMINATE',
  ],
  ['signature.signer-info', 'INDETERMINATE:none', (g) => inCms(g, { signers: [] }), 'INDETERMINATE'],
  ['signature.signer-info', 'INDETERMINATE:version', (g) => inSigner(g, { version: 3 }), 'INDETERMINATE'],
  [
    'signature.signer-info',
    'INDETERMINATE:digest-not-announced',
    (g) => inCms(g, { digestAlgorithms: ['sha512'] }),
    'INDETERMINATE',
  ],
  ['signature.content', 'PASSED:attached', (g) => inCms(g, { eContent: 'equal' }), 'PASSED'],
  ['signature.content', 'FAILED:differs', (g) => inCms(g, { eContent: 'differs' }), 'FAILED'],
  ['signature.content', 'FAILED:line-ends', (g) => inCms(g, { eContent: 'differs', lineEnds: 'CRLF' }), 'FAILED'],
  ['signature.content', 'FAILED:attributes', (g) => inCms(g, { contentIsAttributes: true }), 'FAILED'],
  ['signature.content', 'FAILED:not-a-tag-manifest', (g) => inFile(g, { coversState: 'not-a-tag-manifest' }), 'FAILED'],
  ['signature.content', 'INDETERMINATE:content-unread', (g) => inFile(g, { coversState: 'unread' }), 'INDETERMINATE'],
  ['signature.content', 'INDETERMINATE:content-missing', (g) => inFile(g, { coversState: 'absent' }), 'INDETERMINATE'],
  [
    'signature.signed-attributes',
    'INDETERMINATE:absent',
    (g) => inSigner(g, { signedAttrs: 'absent', contentType: null, messageDigest: null }),
    'INDETERMINATE',
  ],
  [
    'signature.signed-attributes',
    'FAILED:absent',
    (g) => inSigner(inCms(g, { eContentType: '1.2.3' }), { signedAttrs: 'absent' }),
    'FAILED',
  ],
  ['signature.signed-attributes', 'FAILED:not-der', (g) => inSigner(g, { signedAttrs: 'not-der' }), 'FAILED'],
  [
    'signature.signed-attributes',
    'FAILED:irregular',
    (g) => inSigner(g, { irregularAttributes: ['1.2.840.113549.1.9.4'] }),
    'FAILED',
  ],
  ['signature.content-type', 'FAILED:differs', (g) => inSigner(g, { contentType: '1.2.3' }), 'FAILED'],
  ['signature.content-type', 'FAILED:absent', (g) => inSigner(g, { contentType: null }), 'FAILED'],
  [
    'signature.content-type',
    'INDETERMINATE:unexpected-type',
    (g) => inSigner(inCms(g, { eContentType: '1.2.3' }), { contentType: '1.2.3' }),
    'INDETERMINATE',
  ],
  [
    'signature.content-type',
    'NOT-CHECKED:attributes-absent',
    (g) => inSigner(g, { signedAttrs: 'absent' }),
    'INDETERMINATE',
  ],
  ['signature.message-digest', 'FAILED:differs', (g) => inSigner(g, { contentDigest: '00' }), 'FAILED'],
  [
    'signature.message-digest',
    'FAILED:line-ends',
    (g) => inSigner(g, { contentDigest: '00', lineEnds: 'LF' }),
    'FAILED',
  ],
  ['signature.message-digest', 'FAILED:absent', (g) => inSigner(g, { messageDigest: null }), 'FAILED'],
  [
    'signature.message-digest',
    'INDETERMINATE:unsupported',
    (g) => inSigner(g, { contentDigest: null }),
    'INDETERMINATE',
  ],
  [
    'signature.message-digest',
    'INDETERMINATE:content-missing',
    (g) => inFile(g, { coversState: 'absent' }),
    'INDETERMINATE',
  ],
  [
    'signature.message-digest',
    'NOT-CHECKED:attributes-absent',
    (g) => inSigner(g, { signedAttrs: 'absent' }),
    'INDETERMINATE',
  ],
  ['signature.algorithm', 'PASSED:digests-differ', (g) => inSigner(g, { signatureDigest: 'sha512' }), 'PASSED'],
  [
    'signature.algorithm',
    'INDETERMINATE:unsupported',
    (g) => inCandidate(g, { signatureAlgorithm: null, unsupported: 'sample' }),
    'INDETERMINATE',
  ],
  [
    'signature.algorithm',
    'INDETERMINATE:unsupported',
    (g) => inSigner(g, { digestAlgorithm: '1.2.3' }),
    'INDETERMINATE',
  ],
  [
    'signature.algorithm',
    'INDETERMINATE:weak',
    (g) => inCandidate(g, { signatureAlgorithm: { scheme: 'rsa-pkcs1', digest: 'sha256' }, rsaBits: 1023 }),
    'INDETERMINATE',
  ],
  ['signature.algorithm', 'INDETERMINATE:weak', (g) => withAlgorithms(g, { curves: [] }), 'INDETERMINATE'],
  ['signature.algorithm', 'INDETERMINATE:weak', (g) => withAlgorithms(g, { schemes: [] }), 'INDETERMINATE'],
  ['signature.algorithm', 'INDETERMINATE:ended', (g) => withAlgorithms(g, ended('sha256', genTime)), 'INDETERMINATE'],
  ['signature.algorithm', 'INDETERMINATE:certificate-missing', (g) => inSigner(g, { candidates: [] }), 'INDETERMINATE'],
  ['signature.signing-certificate', 'PASSED:not-first', (g) => inCandidate(g, { essPosition: 1 }), 'PASSED'],
  [
    'signature.signing-certificate',
    'FAILED:other-certificate',
    (g) => inCandidate(g, { bound: 'hash-differs' }),
    'FAILED',
  ],
  [
    'signature.signing-certificate',
    'FAILED:issuer-serial',
    (g) => inCandidate(g, { bound: 'issuer-serial-differs' }),
    'FAILED',
  ],
  ['signature.signing-certificate', 'FAILED:malformed', (g) => inSigner(g, { essFailure: FAILURE, ess: [] }), 'FAILED'],
  [
    'signature.signing-certificate',
    'INDETERMINATE:limit',
    (g) => inSigner(g, { essFailure: { ...FAILURE, code: 'ERR_LIMIT' }, ess: [] }),
    'INDETERMINATE',
  ],
  [
    'signature.signing-certificate',
    'INDETERMINATE:absent',
    (g) => inCandidate(inSigner(g, { ess: [] }), { bound: 'attribute-absent' }),
    'INDETERMINATE',
  ],
  [
    'signature.signing-certificate',
    'INDETERMINATE:unsupported',
    (g) => inCandidate(g, { bound: 'digest-unsupported' }),
    'INDETERMINATE',
  ],
  [
    'signature.signing-certificate',
    'INDETERMINATE:certificate-missing',
    (g) => inSigner(g, { candidates: [] }),
    'INDETERMINATE',
  ],
  // Anybody can make a certificate of that name and serial number and put it beside the seal.
  [
    'signature.signing-certificate',
    'INDETERMINATE:certificate-missing',
    (g) => inCandidate(inCms(g, { certificates: [] }), { bound: 'hash-differs', signature: 'invalid' }),
    'INDETERMINATE',
  ],
  ['signature.value', 'FAILED:invalid', (g) => inCandidate(g, { signature: 'invalid' }), 'FAILED'],
  [
    'signature.value',
    'INDETERMINATE:unsupported',
    (g) => inCandidate(g, { signature: 'unsupported' }),
    'INDETERMINATE',
  ],
  ['signature.value', 'INDETERMINATE:not-tried', (g) => inCandidate(g, { signature: 'not-tried' }), 'INDETERMINATE'],
  [
    'signature.value',
    'INDETERMINATE:certificate-missing',
    (g) => inCandidate(inCms(g, { certificates: [] }), { bound: 'hash-differs', signature: 'invalid' }),
    'INDETERMINATE',
  ],
  [
    'signature.declared-signer',
    'FAILED:other-signer',
    (g) => ({ ...g, record: recordOf(1, '00'.repeat(32)) }),
    'FAILED',
  ],
  [
    'signature.declared-signer',
    'INDETERMINATE:not-established',
    (g) => inSigner(g, { candidates: [] }),
    'INDETERMINATE',
  ],
  [
    'signature.declared-signer',
    'INDETERMINATE:record-missing',
    (g) => ({ ...g, record: { record: null } }),
    'INDETERMINATE',
  ],
  [
    'signature.declared-signer',
    'INDETERMINATE:undeclared',
    (g) => inFile(g, { path: 'seal/1/tagmanifest-sha512.txt.p7s' }),
    'INDETERMINATE',
  ],
  [
    'signer.key-usage',
    'INDETERMINATE:unreadable',
    (g) => withCertificate(g, 'signer', { keyUsage: null, malformedExtensions: ['2.5.29.15'] }),
    'INDETERMINATE',
  ],
  ['signer.key-usage', 'PASSED:unrestricted', (g) => withCertificate(g, 'signer', { keyUsage: null }), 'PASSED'],
  [
    'signer.key-usage',
    'FAILED:key-usage',
    (g) => withCertificate(g, 'signer', { keyUsage: bits('keyEncipherment') }),
    'FAILED',
  ],
  [
    'signer.key-usage',
    'INDETERMINATE:ca-certificate',
    (g) => withCertificate(g, 'signer', { basicConstraints: CA }),
    'INDETERMINATE',
  ],
  [
    'signer.key-usage',
    'INDETERMINATE:extended-key-usage',
    (g) => withCertificate(g, 'signer', { extendedKeyUsage: { purposes: ['1.3.6.1.5.5.7.3.1'], critical: false } }),
    'INDETERMINATE',
  ],
  ['signer.path', 'INDETERMINATE:no-trust-set', (g) => ({ ...g, trustSet: null }), 'INDETERMINATE'],
  [
    'signer.path',
    'INDETERMINATE:trust-set-inside',
    (g) => ({ ...g, inside: new Set([defined(g.trustSet).sha256]) }),
    'INDETERMINATE',
  ],
  [
    'signer.path',
    'INDETERMINATE:issuer-missing',
    (g) => ({ ...g, trustSet: trustSetOf([['time-stamp-authority', issued.tsaRoot]]) }),
    'INDETERMINATE',
  ],
  [
    'signer.path',
    'INDETERMINATE:set-older',
    (g) => ({ ...g, trustSet: trustSetOf([['time-stamp-authority', issued.tsaRoot]], '2001-01-01') }),
    'INDETERMINATE',
  ],
  [
    'signer.path',
    'INDETERMINATE:other-role',
    (g) => ({ ...g, trustSet: trustSetOf([['time-stamp-authority', issued.root]]) }),
    'INDETERMINATE',
  ],
  [
    'signer.path',
    'PASSED:end-entity-anchor',
    (g) => ({
      ...g,
      trustSet: trustSetOf([
        ['signer', issued.signer],
        ['time-stamp-authority', issued.tsaRoot],
      ]),
    }),
    'PASSED',
  ],
  [
    'signer.path',
    'INDETERMINATE:anchor-interval',
    (g) => ({
      ...g,
      trustSet: trustSetOf([
        ['signer', issued.root, { until: genTime }],
        ['time-stamp-authority', issued.tsaRoot],
      ]),
    }),
    'INDETERMINATE',
  ],
  [
    'signer.path',
    'INDETERMINATE:limit',
    (g) => ({ ...g, policy: { ...g.policy, paths: { maxDepth: 1, maxSignatureChecks: 64 } } }),
    'INDETERMINATE',
  ],
  ['signer.path', 'INDETERMINATE:none-holds', (g) => withAlgorithms(g, { schemes: [] }), 'INDETERMINATE'],
  ['signer.path', 'INDETERMINATE:certificate-missing', (g) => inSigner(g, { candidates: [] }), 'INDETERMINATE'],
  [
    'signer.validity',
    'INDETERMINATE:expired',
    (g) => withCertificate(g, 'signer', { notAfter: addMicroseconds(genTime, -1) }),
    'INDETERMINATE',
  ],
  [
    'signer.validity',
    'INDETERMINATE:not-yet-valid',
    (g) => withCertificate(g, 'signer', { notBefore: addMicroseconds(genTime, 9_000_000) }),
    'INDETERMINATE',
  ],
  ['signer.validity', 'INDETERMINATE:certificate-missing', (g) => inSigner(g, { candidates: [] }), 'INDETERMINATE'],
  [
    'signer.revocation',
    'NOT-CHECKED:not-asked',
    (g) => ({ ...g, policy: { ...g.policy, revocation: 'not-checked' } }),
    'PASSED',
  ],
  ['timestamp.present', 'INDETERMINATE:none', (g) => inFile(g, { tokens: [] }), 'INDETERMINATE'],
  ['timestamp.present', 'NOT-CHECKED:none', (g) => ({ ...g, signatures: [], record: null }), 'INDETERMINATE'],
  [
    'timestamp.structure',
    'FAILED:malformed',
    (g) => inToken(g, { failure: FAILURE, tstInfo: null, cms: null, form: null }),
    'FAILED',
  ],
  [
    'timestamp.structure',
    'INDETERMINATE:limit',
    (g) => inToken(g, { failure: LIMIT, tstInfo: null, cms: null, form: null }),
    'INDETERMINATE',
  ],
  ['timestamp.structure', 'INDETERMINATE:version', (g) => inTokenCms(g, { version: 1 }), 'INDETERMINATE'],
  ['timestamp.structure', 'INDETERMINATE:version', (g) => inTst(g, { version: 2 }), 'INDETERMINATE'],
  [
    'timestamp.structure',
    'INDETERMINATE:refused',
    (g) => inToken(g, { status: 2, tstInfo: null, cms: null }),
    'INDETERMINATE',
  ],
  ['timestamp.status', 'FAILED:refused-with-token', (g) => inToken(g, { status: 2, failInfo: 'badAlg' }), 'FAILED'],
  [
    'timestamp.status',
    'INDETERMINATE:refused',
    (g) => inToken(g, { status: 2, tstInfo: null, cms: null }),
    'INDETERMINATE',
  ],
  ['timestamp.status', 'PASSED:bare-token', (g) => inToken(g, { form: 'token', status: null }), 'PASSED'],
  ['timestamp.message-imprint', 'FAILED:differs', (g) => inTst(g, { dataDigest: '00' }), 'FAILED'],
  ['timestamp.message-imprint', 'INDETERMINATE:unsupported', (g) => inTst(g, { dataDigest: null }), 'INDETERMINATE'],
  // A token of a label that the bundle does not list can have been added by anybody.
  [
    'timestamp.message-imprint',
    'INDETERMINATE:undeclared',
    (g) => inToken(inTst(g, { dataDigest: '00' }), { label: 'other' }),
    'INDETERMINATE',
  ],
  ['timestamp.signer-info', 'FAILED:none', (g) => inTokenCms(g, { signers: [] }), 'FAILED'],
  [
    'timestamp.signer-info',
    'FAILED:several',
    (g) => inTokenCms(g, { signers: [0, 1].map(() => defined(cmsOf(g.signatures[0]?.tokens[0]?.cms).signers[0])) }),
    'FAILED',
  ],
  ['timestamp.signed-attributes', 'FAILED:absent', (g) => inTokenSigner(g, { signedAttrs: 'absent' }), 'FAILED'],
  ['timestamp.signed-attributes', 'FAILED:not-der', (g) => inTokenSigner(g, { signedAttrs: 'not-der' }), 'FAILED'],
  [
    'timestamp.signed-attributes',
    'FAILED:irregular',
    (g) => inTokenSigner(g, { irregularAttributes: ['1.2.3'] }),
    'FAILED',
  ],
  [
    'timestamp.content-type',
    'FAILED:differs',
    (g) => inTokenSigner(g, { contentType: '1.2.840.113549.1.7.1' }),
    'FAILED',
  ],
  ['timestamp.content-type', 'FAILED:absent', (g) => inTokenSigner(g, { contentType: null }), 'FAILED'],
  ['timestamp.message-digest', 'FAILED:differs', (g) => inTokenSigner(g, { messageDigest: '00' }), 'FAILED'],
  ['timestamp.message-digest', 'FAILED:absent', (g) => inTokenSigner(g, { messageDigest: null }), 'FAILED'],
  ['timestamp.algorithm', 'INDETERMINATE:unsupported', (g) => inTst(g, { imprintAlgorithm: '1.2.3' }), 'INDETERMINATE'],
  ['timestamp.algorithm', 'INDETERMINATE:ended', (g) => inTst(g, { imprintAlgorithm: 'sha1' }), 'INDETERMINATE'],
  [
    'timestamp.algorithm',
    'INDETERMINATE:unsupported',
    (g) => inTokenCandidate(g, { signatureAlgorithm: null, unsupported: 'sample' }),
    'INDETERMINATE',
  ],
  ['timestamp.signing-certificate', 'FAILED:absent', (g) => inTokenSigner(g, { ess: [] }), 'FAILED'],
  [
    'timestamp.signing-certificate',
    'FAILED:other-certificate',
    (g) => inTokenCandidate(g, { bound: 'hash-differs' }),
    'FAILED',
  ],
  [
    'timestamp.signing-certificate',
    'FAILED:issuer-serial',
    (g) => inTokenCandidate(g, { bound: 'issuer-serial-differs' }),
    'FAILED',
  ],
  ['timestamp.signature', 'FAILED:invalid', (g) => inTokenCandidate(g, { signature: 'invalid' }), 'FAILED'],
  [
    'timestamp.signature',
    'INDETERMINATE:certificate-missing',
    (g) => inTokenSigner(g, { candidates: [] }),
    'INDETERMINATE',
  ],
  [
    'timestamp.extensions',
    'INDETERMINATE:unknown-critical',
    (g) => inTst(g, { extensions: [{ oid: '1.2.3', critical: true }] }),
    'INDETERMINATE',
  ],
  ['timestamp.extensions', 'PASSED', (g) => inTst(g, { extensions: [{ oid: '1.2.3', critical: false }] }), 'PASSED'],
  ['timestamp.tsa-name', 'PASSED:absent', (g) => inTst(g, { tsa: null, tsaNames: [] }), 'PASSED'],
  ['timestamp.tsa-name', 'FAILED:other-name', (g) => inTst(g, { tsaNames: [] }), 'FAILED'],
  [
    'timestamp.extended-key-usage',
    'FAILED:absent',
    (g) => withCertificate(g, 'unit', { extendedKeyUsage: null }),
    'FAILED',
  ],
  [
    'timestamp.extended-key-usage',
    'FAILED:not-critical',
    (g) => withCertificate(g, 'unit', { extendedKeyUsage: { purposes: ['1.3.6.1.5.5.7.3.8'], critical: false } }),
    'FAILED',
  ],
  [
    'timestamp.extended-key-usage',
    'FAILED:other-purpose',
    (g) => withCertificate(g, 'unit', { extendedKeyUsage: { purposes: ['2.5.29.37.0'], critical: true } }),
    'FAILED',
  ],
  [
    'timestamp.extended-key-usage',
    'FAILED:additional-purpose',
    (g) =>
      withCertificate(g, 'unit', {
        extendedKeyUsage: { purposes: ['1.3.6.1.5.5.7.3.8', '1.3.6.1.5.5.7.3.3'], critical: true },
      }),
    'FAILED',
  ],
  [
    'timestamp.key-usage',
    'FAILED:key-usage',
    (g) => withCertificate(g, 'unit', { keyUsage: bits('keyEncipherment') }),
    'FAILED',
  ],
  ['timestamp.key-usage', 'PASSED:unrestricted', (g) => withCertificate(g, 'unit', { keyUsage: null }), 'PASSED'],
  [
    'timestamp.key-usage',
    'INDETERMINATE:additional-usage',
    (g) => withCertificate(g, 'unit', { keyUsage: bits('digitalSignature', 'keyEncipherment') }),
    'INDETERMINATE',
  ],
  [
    'timestamp.key-usage',
    'INDETERMINATE:ca-certificate',
    (g) => withCertificate(g, 'unit', { basicConstraints: CA }),
    'INDETERMINATE',
  ],
  ['timestamp.path', 'INDETERMINATE:no-trust-set', (g) => ({ ...g, trustSet: null }), 'INDETERMINATE'],
  [
    'timestamp.path',
    'INDETERMINATE:other-role',
    (g) => ({
      ...g,
      trustSet: trustSetOf([
        ['signer', issued.root],
        ['signer', issued.tsaRoot],
      ]),
    }),
    'INDETERMINATE',
  ],
  [
    'timestamp.path',
    'PASSED:end-entity-anchor',
    (g) => ({
      ...g,
      trustSet: trustSetOf([
        ['signer', issued.root],
        ['time-stamp-authority', issued.unit],
      ]),
    }),
    'PASSED',
  ],
  [
    'timestamp.validity',
    'INDETERMINATE:expired',
    (g) => withCertificate(g, 'unit', { notAfter: addMicroseconds(genTime, -1) }),
    'INDETERMINATE',
  ],
  [
    'timestamp.validity',
    'INDETERMINATE:not-yet-valid',
    (g) => withCertificate(g, 'unit', { notBefore: addMicroseconds(genTime, 1) }),
    'INDETERMINATE',
  ],
  [
    'timestamp.revocation',
    'INDETERMINATE:no-data',
    (g) => ({ ...g, policy: { ...shippedPolicy('court'), timestamps: { atLeast: 1 } } }),
    'INDETERMINATE',
  ],
  [
    'timestamp.gen-time',
    'INDETERMINATE:bound-in-future',
    (g) => ({ ...inTst(g, { accuracyMicroseconds: 60_000_001 }), at: genTime }),
    'INDETERMINATE',
  ],
  [
    'timestamp.gen-time',
    'PASSED',
    (g) => ({ ...inTst(g, { accuracyMicroseconds: 60_000_000 }), at: genTime }),
    'PASSED',
  ],
  [
    'timestamp.gen-time',
    'INDETERMINATE:in-future',
    (g) => ({ ...g, at: addMicroseconds(genTime, -1) }),
    'INDETERMINATE',
  ],
  [
    'timestamp.believed',
    'INDETERMINATE:in-future',
    (g) => ({ ...g, at: addMicroseconds(genTime, -1) }),
    'INDETERMINATE',
  ],
  [
    'timestamp.believed',
    'INDETERMINATE:expired',
    (g) => ({ ...g, at: addMicroseconds(genTime, 31 * 86_400_000_000) }),
    'INDETERMINATE',
  ],
  ['timestamp.believed', 'INDETERMINATE:no-path', (g) => ({ ...g, trustSet: null }), 'INDETERMINATE'],
  [
    'timestamp.believed',
    'INDETERMINATE:algorithm-ended',
    (g) => ({
      ...withAlgorithms(g, ended('sha256', addMicroseconds(genTime, 86_400_000_000))),
      at: addMicroseconds(genTime, 2 * 86_400_000_000),
    }),
    'INDETERMINATE',
  ],
  [
    'timestamp.believed',
    'INDETERMINATE:path-ended',
    (g) => ({
      ...g,
      trustSet: trustSetOf([
        ['signer', issued.root],
        ['time-stamp-authority', issued.tsaRoot, { until: addMicroseconds(genTime, 1_000_000) }],
      ]),
    }),
    'INDETERMINATE',
  ],
  ['timestamp.declared-authority', 'INDETERMINATE:not-listed', (g) => inToken(g, { label: 'other' }), 'INDETERMINATE'],
  [
    'timestamp.declared-authority',
    'INDETERMINATE:other-subject',
    (g) => inToken(g, { label: 'tsa2' }),
    'INDETERMINATE',
  ],
  [
    'timestamp.declared-authority',
    'INDETERMINATE:record-missing',
    (g) => ({ ...g, record: { record: null } }),
    'INDETERMINATE',
  ],
  ['timestamp.threshold', 'INDETERMINATE:too-few', (g) => ({ ...g, record: recordOf(2) }), 'INDETERMINATE'],
  [
    'timestamp.threshold',
    'INDETERMINATE:revocation-unknown',
    (g) => ({ ...g, policy: { ...shippedPolicy('court'), timestamps: { atLeast: 1 } } }),
    'INDETERMINATE',
  ],
  [
    'timestamp.threshold',
    'NOT-CHECKED:not-asked',
    (g) => ({ ...g, record: recordOf(0), policy: { ...g.policy, timestamps: { atLeast: 0 } } }),
    'INDETERMINATE',
  ],
  [
    'trust.outside',
    'PASSED:review-overdue',
    (g) => ({
      ...g,
      trustSet: { ...defined(g.trustSet), file: { ...defined(g.trustSet).file, reviewBy: '2001-01-01' } },
    }),
    'PASSED',
  ],
  [
    'trust.outside',
    'INDETERMINATE:inside-bundle',
    (g) => ({ ...g, inside: new Set([defined(g.trustSet).sha256]) }),
    'INDETERMINATE',
  ],
  ['trust.outside', 'NOT-CHECKED:no-trust-set', (g) => ({ ...g, trustSet: null }), 'INDETERMINATE'],
  ['trust.outside', 'NOT-CHECKED:nothing-rests', (g) => ({ ...g, signatures: [], record: null }), 'INDETERMINATE'],
]

/** But for the key of a certificate alone. */
const MINE = CATALOGUE.filter(({ id }) => /^(signature|signer|timestamp|trust)\.(?!key$)/.test(id))

describe('a seal that OpenSSL made', () => {
  test('passes every check but revocation, on both axes', async () => {
    const findings = await judge(good)
    const notPassed = findings.filter(({ value }) => value !== 'PASSED').map((one) => `${one.id} ${outcomeOf(one)}`)
    expect(notPassed).toEqual(['signer.revocation NOT-CHECKED:no-data', 'timestamp.revocation NOT-CHECKED:no-data'])
    expect([axis(findings, 'signer'), axis(findings, 'time')]).toEqual(['PASSED', 'PASSED'])
    expect(new Set(findings.map(({ id }) => id))).toEqual(new Set(MINE.map(({ id }) => id)))
  })

  test('gives its findings in the order of the catalogue', async () => {
    const place = new Map(CATALOGUE.map(({ id }, index) => [id, index]))
    const places = (await judge(good)).map(({ id }) => place.get(id) ?? -1)
    expect(places).toEqual(places.toSorted((a, b) => a - b))
  })

  test('is dated by its token, accuracy included', async () => {
    const summaries = summariseSignatures(good.signatures, await trustOf(good), good.record, judgementOf(good), NOTHING)
    const best = formatInstant(addMicroseconds(genTime, 1_000_000))
    expect(summaries).toMatchObject([
      {
        file: PATH,
        signer: { subject: 'CN=Example Signer (sample)', sha256: sha256(issued.signer) },
        bestSignatureTime: best,
        timestamps: [{ authority: 'CN=Example Unit (sample)', genTime: formatInstant(genTime), accuracy: '1 s' }],
      },
    ])
    expect(bestSignatureTimeOf(summaries, good.record)).toBe(best)
  })

  test('proves no time after the one at which it is judged', async () => {
    const now: Case = { ...inTst(good, { accuracyMicroseconds: 60_000_000 }), at: genTime }
    const summaries = summariseSignatures(now.signatures, await trustOf(now), now.record, judgementOf(now), NOTHING)
    expect(bestSignatureTimeOf(summaries, now.record)).toBe(formatInstant(genTime))
  })

  test('lacks a trust set, and no further time-stamp, where none was chosen', async () => {
    const lacked = async (changed: Case) =>
      (await judge(changed))
        .filter(({ id }) => id === 'timestamp.threshold')
        .flatMap(({ evidence }) => evidence.flatMap(({ missing }) => missing ?? []))
    expect(await lacked({ ...good, trustSet: null })).toEqual(['trust-set'])
    expect(await lacked({ ...good, record: recordOf(2) })).toEqual(['time-stamp'])
  })

  test('is refused under the strictest policy for want of revocation data and a second authority', async () => {
    const findings = await judge({ ...good, policy: shippedPolicy('court') })
    expect(outcomes(findings, 'timestamp.threshold')).toEqual(['INDETERMINATE:too-few'])
    expect(axis(findings, 'time', shippedPolicy('court'))).toBe('INDETERMINATE')
    expect(axis(findings, 'signer', shippedPolicy('court'))).toBe('INDETERMINATE')
  })
})

describe('one change', () => {
  test.each(
    MUTATIONS.map(([id, outcome, change, value], index) => ({ name: `${index} ${id}`, id, outcome, change, value })),
  )('$name gives $outcome', async ({ id, outcome, change, value }) => {
    const subject = change(good)
    const findings = await judge(subject)
    expect(outcomes(findings, id)).toContain(outcome)
    const name = id.startsWith('timestamp.') ? 'time' : 'signer'
    expect(axis(findings, name, subject.policy)).toBe(value)
    for (const finding of findings) {
      const entry = MINE.find((row) => row.id === finding.id)
      expect(entry?.outcomes, finding.id).toContain(outcomeOf(finding))
    }
  })

  test('is tried for almost every outcome that the catalogue names', () => {
    const tried = new Set(MUTATIONS.map(([id, outcome]) => `${id} ${outcome}`))
    const families = new Set([...tried].map((one) => one.split(' ')[0]))
    expect(MINE.filter(({ id }) => !families.has(id)).map(({ id }) => id)).toEqual([
      'signer.path-candidate',
      'timestamp.path-candidate',
    ])
  })
})

describe('what anybody can do to a sealed bundle', () => {
  const hint = (subject: Case, certificate: Issued): Case => ({
    ...subject,
    certificates: [...subject.certificates, ...poolOf([parseCertificate(certificate.der)])],
  })

  test('adding certificates or changing their order does not alter a finding', async () => {
    const findings = await judge(good)
    const stranger = pki.issue({ subject: '/CN=Example Stranger (sample)', extensions: AUTHORITY })
    const namesake = pki.issue({ subject: '/CN=Example Authority (sample)', extensions: AUTHORITY })
    expect(await judge(hint(hint(good, stranger), namesake))).toEqual(findings)
    expect(await judge({ ...good, certificates: good.certificates.toReversed() })).toEqual(findings)
  })

  test('a root that the bundle brings along is not trusted', async () => {
    const subject = hint(
      hint({ ...good, trustSet: trustSetOf([['notice', issued.signer]]) }, issued.root),
      issued.tsaRoot,
    )
    const findings = await judge(subject)
    expect(outcomes(findings, 'signer.path')).toEqual(['INDETERMINATE:other-role'])
    expect(outcomes(findings, 'timestamp.path')).toEqual(['INDETERMINATE:anchor-missing'])
  })

  test('a namesake of the anchor is told from it', async () => {
    const impostor = pki.issue({ subject: '/CN=Example Root (sample)', extensions: AUTHORITY })
    const trustSet = trustSetOf([
      ['signer', impostor],
      ['time-stamp-authority', issued.tsaRoot],
    ])
    const findings = await judge({ ...good, trustSet })
    expect(outcomes(findings, 'signer.path')).toEqual(['INDETERMINATE:same-name-other-key'])
    expect(outcomes(findings, 'signer.path-candidate')).toEqual(['FAILED:signature'])
    expect(axis(findings, 'signer')).toBe('INDETERMINATE')
  })

  test('a certificate that only a hint offers and nothing binds is not the signer', async () => {
    const offered = inCandidate(inCms(good, { certificates: [] }), { bound: 'hash-differs', signature: 'valid' })
    const findings = await judge({ ...offered, record: recordOf(1, '00'.repeat(32)) })
    expect(outcomes(findings, 'signature.declared-signer')).toEqual(['INDETERMINATE:not-established'])
    expect(axis(findings, 'signer')).toBe('INDETERMINATE')
  })

  const GARBAGE: readonly (readonly [string, (token: TokenFacts) => TokenFacts])[] = [
    ['garbage', (token) => ({ ...token, failure: FAILURE, tstInfo: null, cms: null, form: null })],
    ['over other bytes', (token) => ({ ...token, tstInfo: { ...defined(token.tstInfo), dataDigest: '00' } })],
    ['refused', (token) => ({ ...token, status: 2 })],
  ]
  test.each(GARBAGE.flatMap(([name, spoil]) => ['tsa2', 'other'].map((label) => [label, name, spoil] as const)))(
    'adding a token %s that is %s costs certainty and fails nothing',
    async (label, _name, spoil) => {
      const token = defined(good.signatures[0]?.tokens[0])
      const added = spoil({ ...token, path: `${PATH}.${label}.tsr`, label })
      const findings = await judge(inFile(good, { tokens: [token, added] }))
      expect(outcomes(findings, 'timestamp.threshold')).toEqual(['PASSED'])
      expect(axis(findings, 'time')).toBe('INDETERMINATE')
    },
  )

  test('adding a signature file fails nothing', async () => {
    const file = defined(good.signatures[0])
    const added = { ...file, path: 'seal/1/tagmanifest-sha512.txt.p7s', cms: null, failure: FAILURE, tokens: [] }
    const findings = await judge({ ...good, signatures: [file, added] })
    expect(findings.filter(({ value }) => value === 'FAILED')).toEqual([])
    expect(axis(findings, 'signer')).toBe('INDETERMINATE')
  })
})

describe('tokens of several authorities', () => {
  let two: Case
  beforeAll(async () => {
    const p7s = pki.sign(MANIFEST, [issued.signer], [issued.authority])
    const tokens = [
      ['tsa1', pki.stamp(p7s, issued.unit, [])],
      ['tsa2', pki.stamp(p7s, issued.unit2, [])],
    ] as const
    two = { ...(await caseOf(p7s, tokens)), at: addMicroseconds(genTime, 3_600_000_000) }
  })
  const both = () =>
    trustSetOf([
      ['signer', issued.root],
      ['time-stamp-authority', issued.tsaRoot],
      ['time-stamp-authority', issued.tsaRoot2],
    ])

  test('meet a threshold of two when both are trusted', async () => {
    const findings = await judge({ ...two, record: recordOf(2), trustSet: both() })
    expect(outcomes(findings, 'timestamp.threshold')).toEqual(['PASSED'])
    expect(axis(findings, 'time')).toBe('PASSED')
  })

  test('do not cost anything when one of them is not trusted and one is enough', async () => {
    const findings = await judge(two)
    expect(outcomes(findings, 'timestamp.path')).toEqual(['PASSED', 'INDETERMINATE:issuer-missing'])
    expect(axis(findings, 'time')).toBe('PASSED')
  })

  test('cost certainty when one contradicts that may have been added, and fail when both were declared', async () => {
    const broken = inFile(two, {
      tokens: (two.signatures[0]?.tokens ?? []).map((token, index) =>
        index === 0 ? token : { ...token, tstInfo: { ...defined(token.tstInfo), dataDigest: '00' } },
      ),
    })
    const surplus = await judge(broken)
    expect(outcomes(surplus, 'timestamp.message-imprint')).toEqual(['PASSED', 'INDETERMINATE:undeclared'])
    expect(axis(surplus, 'time')).toBe('INDETERMINATE')
    const declared = await judge({ ...broken, record: recordOf(2) })
    expect(outcomes(declared, 'timestamp.message-imprint')).toEqual(['PASSED', 'FAILED:differs'])
    expect(axis(declared, 'time')).toBe('FAILED')
  })

  test('of one anchor count once', async () => {
    const p7s = pki.sign(MANIFEST, [issued.signer], [issued.authority])
    const sibling = pki.issue({
      subject: '/CN=Example Second Unit (sample)',
      issuer: issued.tsaRoot,
      extensions: TIME_STAMP_UNIT,
    })
    const same = await caseOf(p7s, [
      ['tsa1', pki.stamp(p7s, issued.unit, [])],
      ['tsa2', pki.stamp(p7s, sibling, [])],
    ])
    const findings = await judge({ ...same, record: recordOf(2), trustSet: both(), at: two.at })
    expect(outcomes(findings, 'timestamp.path')).toEqual(['PASSED', 'PASSED'])
    expect(outcomes(findings, 'timestamp.threshold')).toEqual(['INDETERMINATE:too-few'])
  })
})

describe('several signers', () => {
  test('are each judged; another beside the declared one costs certainty', async () => {
    const other = pki.issue({ subject: '/CN=Example Other (sample)', issuer: issued.authority, extensions: SIGNER })
    const p7s = pki.sign(MANIFEST, [issued.signer, other], [issued.authority])
    const subject = { ...(await caseOf(p7s, [['tsa1', pki.stamp(p7s, issued.unit, [])]])), at: good.at }
    const findings = await judge(subject)
    expect(outcomes(findings, 'signature.value')).toEqual(['PASSED', 'PASSED'])
    expect(outcomes(findings, 'signature.declared-signer')).toEqual(['INDETERMINATE:additional-signer'])
    const neither = await judge({ ...subject, record: recordOf(1, '00'.repeat(32)) })
    expect(outcomes(neither, 'signature.declared-signer')).toEqual(['FAILED:other-signer'])
  })

  test('fail when one of them is bad', async () => {
    const [signer] = cmsOf(good.signatures[0]?.cms).signers
    const bad = { ...defined(signer), at: 'signerInfos[1]', messageDigest: '00' }
    const findings = await judge(inCms(good, { signers: [defined(signer), bad] }))
    expect(outcomes(findings, 'signature.message-digest')).toEqual(['PASSED', 'FAILED:differs'])
    expect(axis(findings, 'signer')).toBe('FAILED')
  })
})

describe('a token whose authority has expired', () => {
  test('is believed when a later token renewed it, and else says what OpenSSL needs to repeat the answer', async () => {
    const later = { ...good, at: addMicroseconds(genTime, 31 * 86_400_000_000) }
    const token = defined(later.signatures[0]?.tokens[0])
    const object: SignedObject = {
      kind: 'timestamp',
      subject: { kind: 'timestamp', name: token.path },
      cms: cmsOf(token.cms),
    }
    const examined = examineSigner(object, defined(object.cms.signers[0]), await trustOf(later))
    const judgement = judgementOf(later)
    const context = {
      judgement,
      time: genTime,
      timeSource: 'genTime',
      trustSetInside: false,
    } as const
    const { chosen } = checkPath(examined, context)
    const path = chosen?.path ?? null
    expect(path).not.toBeNull()
    const tstInfo = defined(token.tstInfo)
    const renewed = addMicroseconds(genTime, 86_400_000_000)
    expect(outcomeOf(checkBelieved(examined, tstInfo, path, [renewed], context))).toBe('PASSED:renewed')
    // One that came after the certificate had ended proves nothing of the time before, and is named.
    const tooLate = addMicroseconds(genTime, 30.5 * 86_400_000_000)
    const late = checkBelieved(examined, tstInfo, path, [tooLate], context)
    expect(outcomeOf(late)).toBe('INDETERMINATE:expired')
    expect(late.evidence).toContainEqual({ name: 'renewedTooLate', found: formatInstant(tooLate) })
    const open = checkBelieved(examined, tstInfo, path, [], context)
    expect(outcomeOf(open)).toBe('INDETERMINATE:expired')
    expect(open.evidence).toContainEqual({ name: 'attime', found: `${genTime.epochSeconds}` })
    expect(open.evidence).toContainEqual({ name: 'renewal', missing: 'renewal' })
  })
})

test('a trust set beside a bag without any signature shows no signer', async () => {
  const findings = await judge({ ...good, signatures: [], record: null })
  expect(axis(findings, 'signer', shippedPolicy('fixity'))).toBe('NOT-CHECKED')
})

describe('a token alone', () => {
  test('needs one authority and no declaration', async () => {
    const token = defined(good.signatures[0]?.tokens[0])
    const findings = checkLoneToken(token, await trustOf(good), judgementOf(good), NOTHING)
    expect(axis(findings, 'time')).toBe('PASSED')
    // It has no signer, and a good trust set is none.
    expect(axis(findings, 'signer', shippedPolicy('fixity'))).toBe('NOT-CHECKED')
    expect(outcomes(findings, 'timestamp.declared-authority')).toEqual([])
    const wrong = { ...token, tstInfo: { ...defined(token.tstInfo), dataDigest: '00' } }
    const failed = checkLoneToken(wrong, await trustOf(good), judgementOf(good), NOTHING)
    expect(outcomes(failed, 'timestamp.message-imprint')).toEqual(['FAILED:differs'])
    expect(axis(failed, 'time')).toBe('FAILED')
  })
})
