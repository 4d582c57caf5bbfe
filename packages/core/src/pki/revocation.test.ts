// Needs: openssl.
import { nodeSignatureVerifier, nodeSmallDigest } from '@probatum/platform/node'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { shippedPolicy } from '../../../../tools/testing/judgement.ts'
import { AUTHORITY, type Issued, opensslPki, SIGNER } from '../../../../tools/testing/openssl-pki.ts'
import { compact, opensslRevocation, type Revoked } from '../../../../tools/testing/openssl-revocation.ts'
import { formatInstant, type Instant } from '../model/instant.ts'
import { LIMITS } from '../model/limits.ts'
import type { Policy } from '../model/policy.ts'
import { SHIPPED_POLICIES } from '../policies/shipped.ts'
import { parseCertificate } from './certificate-parse.ts'
import { parseCrl } from './crl-parse.ts'
import { pathAnchorOf } from './path.ts'
import { effectOf, joined, NO_EVIDENCE, type RevocationStatement } from './revocation.ts'
import { choosePath, concludeRevocation } from './revocation-conclusion.ts'
import { verifyPath } from './verify-path.ts'

const ports = { signatures: nodeSignatureVerifier(), smallDigest: nodeSmallDigest }
const RSA = { scheme: 'rsa-pkcs1', digest: 'sha256' } as const
const POINT = 'URI:http://example.invalid/one.crl'

let pki: ReturnType<typeof opensslPki>
let make: ReturnType<typeof opensslRevocation>
let root: Issued
let authority: Issued
let signer: Issued
let pointed: Issued
let responder: Issued
let start: Instant

beforeAll(() => {
  pki = opensslPki()
  make = opensslRevocation(pki)
  root = pki.issue({ subject: '/CN=Example Root (sample)', extensions: AUTHORITY })
  authority = pki.issue({ subject: '/CN=Example Authority (sample)', issuer: root, extensions: AUTHORITY })
  signer = pki.issue({ subject: '/CN=Example Signer (sample)', issuer: authority, extensions: SIGNER, days: 300 })
  pointed = pki.issue({
    subject: '/CN=Example Pointed (sample)',
    issuer: authority,
    extensions: [...SIGNER, `crlDistributionPoints=${POINT}`],
  })
  responder = pki.issue({
    subject: '/CN=Example Responder (sample)',
    issuer: authority,
    extensions: [...SIGNER, 'extendedKeyUsage=OCSPSigning', 'noCheck=ignored'],
  })
  start = parseCertificate(signer.der).notBefore
}, 60_000)
afterAll(() => pki.remove())

const DAY = 86_400
const day = (days: number): Instant => ({ epochSeconds: start.epochSeconds + days * DAY, fraction: '' })
/** Everything was made by day 10; it is judged on day 40. */
const TIME = 10
const NOW = 40

type Crl = Omit<Parameters<ReturnType<typeof opensslRevocation>['crl']>[0], 'thisUpdate' | 'nextUpdate'>
const crlOf = (options: Crl, from = 9, to = 12) => make.crl({ ...options, thisUpdate: day(from), nextUpdate: day(to) })
const rootCrl = () => crlOf({ issuer: root })
const revokedOn = (days: number, reason?: string): Revoked => ({
  certificate: signer,
  date: day(days),
  ...(reason === undefined ? {} : { reason }),
})

async function conclude(
  crls: readonly Uint8Array[],
  more: {
    readonly ocsp?: readonly Uint8Array[]
    readonly rule?: Policy['revocation']
    readonly target?: Issued
    readonly intermediates?: readonly Issued[]
    readonly time?: Instant
    readonly now?: Instant
    /** Digests of the policy that count until a day. */
    readonly ended?: Policy['algorithms']['digests']
  } = {},
): Promise<string | undefined> {
  const shipped = shippedPolicy('sealed')
  const { chosen } = await verifyPath(
    {
      target: (more.target ?? signer).der,
      intermediates: (more.intermediates ?? [authority]).map(({ der }) => der),
      anchors: [root.der],
      role: 'signer',
      time: more.time ?? day(TIME),
      validationTime: more.now ?? day(NOW),
      policy: {
        ...shipped,
        revocation: more.rule ?? 'required',
        algorithms: { ...shipped.algorithms, digests: { ...shipped.algorithms.digests, ...more.ended } },
      },
      crls,
      ocsp: more.ocsp ?? [],
    },
    ports,
  )
  return chosen?.conclusion.outcome
}

describe('CRLs made by OpenSSL', () => {
  test('make a path good when there is a current one for every certificate', async () => {
    expect(await conclude([rootCrl(), crlOf({ issuer: authority })])).toBe('PASSED')
  })

  test('leave open what they do not speak of', async () => {
    expect(await conclude([])).toBe('INDETERMINATE:no-data')
    expect(await conclude([rootCrl()])).toBe('INDETERMINATE:no-data')
    expect(await conclude([], { rule: 'if-present' })).toBe('NOT-CHECKED:no-data')
    expect(await conclude([rootCrl()], { rule: 'if-present' })).toBe('NOT-CHECKED:incomplete')
    expect(await conclude([], { rule: 'not-checked' })).toBe(undefined)
  })

  test('leave open what one that does not read may speak of', async () => {
    const broken = crlOf({ issuer: authority }).subarray(1)
    for (const rule of ['required', 'if-present'] as const) {
      expect(await conclude([rootCrl(), broken], { rule })).toBe('INDETERMINATE:undecided')
    }
    expect(await conclude([rootCrl(), crlOf({ issuer: authority }), broken])).toBe('PASSED')
  })

  test.each([
    ['before, superseded', 5, 'superseded', 'FAILED:revoked'],
    ['before, without reason', 5, undefined, 'FAILED:revoked'],
    ['at that moment', TIME, 'superseded', 'FAILED:revoked'],
    ['on hold before', 5, 'certificateHold', 'INDETERMINATE:on-hold'],
    ['later, superseded', 11, 'superseded', 'PASSED:revoked-later'],
    ['later, cessationOfOperation', 11, 'cessationOfOperation', 'PASSED:revoked-later'],
    ['later, affiliationChanged', 11, 'affiliationChanged', 'PASSED:revoked-later'],
    ['later, without reason', 11, undefined, 'INDETERMINATE:revoked-no-proof'],
    ['later, keyCompromise', 11, 'keyCompromise', 'INDETERMINATE:revoked-no-proof'],
    ['later, CACompromise', 11, 'CACompromise', 'INDETERMINATE:revoked-no-proof'],
    ['later, on hold', 11, 'certificateHold', 'INDETERMINATE:revoked-no-proof'],
  ])('tell what a revocation means: %s', async (_name, date, reason, expected) => {
    const crl = crlOf({ issuer: authority, revoked: [revokedOn(date, reason)] }, 12, 15)
    expect(await conclude([rootCrl(), crl])).toBe(expected)
  })

  test('are believed about an invalidityDate before the time of interest', async () => {
    const reason = `keyTime,${compact(day(5))}`
    const crl = crlOf({ issuer: authority, revoked: [revokedOn(11, reason)] }, 12, 15)
    expect(await conclude([rootCrl(), crl])).toBe('INDETERMINATE:revoked-no-proof')
  })

  test('count for authorities above the signer too', async () => {
    const revoked = (date: number, reason: string): Revoked[] => [{ certificate: authority, date: day(date), reason }]
    const own = crlOf({ issuer: authority })
    expect(await conclude([crlOf({ issuer: root, revoked: revoked(5, 'superseded') }), own])).toBe('FAILED:revoked')
    expect(await conclude([crlOf({ issuer: root, revoked: revoked(11, 'keyCompromise') }, 12, 15), own])).toBe(
      'INDETERMINATE:authority-revoked-no-proof',
    )
  })

  test('let another path stand when an authority of one is revoked', async () => {
    const otherRoot = pki.issue({ subject: '/CN=Example Cross (sample)', issuer: root, extensions: AUTHORITY })
    const cross = pki.issue({
      subject: '/CN=Example Authority (sample)',
      issuer: otherRoot,
      extensions: AUTHORITY,
      key: authority.key,
    })
    const crls = [
      crlOf({ issuer: root, revoked: [{ certificate: authority, date: day(5), reason: 'superseded' }] }),
      crlOf({ issuer: otherRoot }),
      crlOf({ issuer: authority }),
    ]
    expect(await conclude(crls)).toBe('FAILED:revoked')
    expect(await conclude(crls, { intermediates: [authority, cross, otherRoot] })).toBe('PASSED')
  })

  test.each([
    ['ended before the time of interest', 5, 8, 'INDETERMINATE:undecided'],
    ['made later, while the certificate was valid', 20, 25, 'PASSED'],
    ['made after the validation time', NOW + 1, NOW + 5, 'INDETERMINATE:undecided'],
  ])('are taken by their time: %s', async (_name, from, to, expected) => {
    expect(await conclude([rootCrl(), crlOf({ issuer: authority }, from, to)])).toBe(expected)
  })

  test('say nothing once the certificate has expired, and may have left the list', async () => {
    const late = crlOf({ issuer: authority }, 400, 410)
    const lateRoot = crlOf({ issuer: root }, 400, 410)
    expect(await conclude([lateRoot, late], { now: day(405) })).toBe('INDETERMINATE:undecided')
    const kept = crlOf({ issuer: authority, extensions: [`2.5.29.60=ASN1:GENTIME:${compact(start)}`] }, 400, 410)
    expect(await conclude([lateRoot, kept], { now: day(405) })).toBe('PASSED')
  })

  test('that ended still prove a revocation, and not a hold', async () => {
    const old = (reason: string) => crlOf({ issuer: authority, revoked: [revokedOn(3, reason)] }, 5, 8)
    expect(await conclude([rootCrl(), old('superseded')])).toBe('FAILED:revoked')
    expect(await conclude([rootCrl(), old('certificateHold')])).toBe('INDETERMINATE:undecided')
  })

  test('that revoke win over others that do not', async () => {
    const revoking = crlOf({ issuer: authority, revoked: [revokedOn(5, 'superseded')] })
    const good = crlOf({ issuer: authority, number: 2 }, 9, 20)
    const orders = [
      [rootCrl(), revoking, good],
      [good, revoking, rootCrl()],
    ]
    for (const crls of orders) expect(await conclude(crls)).toBe('FAILED:revoked')
  })

  test('of a namesake with another key say nothing', async () => {
    const namesake = pki.issue({ subject: '/CN=Example Authority (sample)', extensions: AUTHORITY })
    const forged = crlOf({ issuer: namesake, revoked: [revokedOn(5, 'keyCompromise')] })
    expect(await conclude([rootCrl(), forged])).toBe('INDETERMINATE:undecided')
    expect(await conclude([rootCrl(), forged], { intermediates: [authority, namesake] })).toBe(
      'INDETERMINATE:undecided',
    )
    expect(await conclude([rootCrl(), forged, crlOf({ issuer: authority })])).toBe('PASSED')
  })

  test('with one bit changed say nothing', async () => {
    const crl = crlOf({ issuer: authority })
    const damaged = crl.slice()
    damaged[damaged.length - 5] = (damaged[damaged.length - 5] ?? 0) ^ 1
    expect(await conclude([rootCrl(), damaged])).not.toBe('PASSED')
  })

  test.each([
    ['onlyuser', 'PASSED'],
    ['onlyCA', 'INDETERMINATE:no-data'],
    ['onlyAA', 'INDETERMINATE:no-data'],
  ])('are limited to their kind: %s', async (kind, expected) => {
    const crl = crlOf({
      issuer: authority,
      extensions: ['issuingDistributionPoint=critical,@idp'],
      sections: ['[idp]', `${kind}=TRUE`],
    })
    expect(await conclude([rootCrl(), crl])).toBe(expected)
  })

  test('are limited to their distribution point', async () => {
    const of = (name: string) =>
      crlOf({
        issuer: authority,
        extensions: ['issuingDistributionPoint=critical,@idp'],
        sections: ['[idp]', `fullname=${name}`],
      })
    expect(await conclude([rootCrl(), of(POINT)], { target: pointed })).toBe('PASSED')
    expect(await conclude([rootCrl(), of('URI:http://example.invalid/two.crl')], { target: pointed })).toBe(
      'INDETERMINATE:no-data',
    )
  })

  test('are compared with as many names of distribution points as are looked at', async () => {
    const naming = (count: number) => Array.from({ length: count }, (_, at) => `URI:http://example.invalid/${at}.crl`)
    const target = (count: number) =>
      pki.issue({
        subject: '/CN=Example Pointed (sample)',
        issuer: authority,
        extensions: [...SIGNER, `crlDistributionPoints=${naming(count).join(',')}`],
      })
    const last = `URI:http://example.invalid/${LIMITS.distributionPointNames / 2 - 1}.crl`
    const extensions = ['issuingDistributionPoint=critical,@idp']
    const crls = [rootCrl(), crlOf({ issuer: authority, extensions, sections: ['[idp]', `fullname=${last}`] })]
    // Each is a point of its own with one name.
    expect(await conclude(crls, { target: target(LIMITS.distributionPointNames / 2) })).toBe('PASSED')
    expect(await conclude(crls, { target: target(LIMITS.distributionPointNames / 2 + 1) })).toBe('INDETERMINATE:limit')
  })

  test('for some reasons add up to all of them', async () => {
    const of = (...reasons: string[]) =>
      crlOf({
        issuer: authority,
        extensions: ['issuingDistributionPoint=critical,@idp'],
        sections: ['[idp]', `onlysomereasons=${reasons.join(',')}`],
      })
    const half = of('keyCompromise', 'CACompromise', 'affiliationChanged', 'superseded')
    const rest = of('cessationOfOperation', 'certificateHold', 'privilegeWithdrawn', 'AACompromise')
    expect(await conclude([rootCrl(), half])).toBe('INDETERMINATE:undecided')
    expect(await conclude([rootCrl(), half, rest])).toBe('PASSED')
  })

  test('that are deltas need their base, and change it', async () => {
    const base = crlOf({ issuer: authority, number: 3 })
    const deltaOf = (number: number, baseNumber: number, revoked: readonly Revoked[]) =>
      crlOf({ issuer: authority, number, revoked, extensions: [`2.5.29.27=critical,ASN1:INTEGER:${baseNumber}`] })
    const revoking = deltaOf(5, 3, [revokedOn(5, 'superseded')])
    expect(await conclude([rootCrl(), deltaOf(5, 3, [])])).toBe('INDETERMINATE:undecided')
    expect(await conclude([rootCrl(), base, deltaOf(5, 3, [])])).toBe('PASSED')
    expect(await conclude([rootCrl(), base, revoking])).toBe('FAILED:revoked')
    const held = crlOf({ issuer: authority, number: 3, revoked: [revokedOn(5, 'certificateHold')] })
    expect(await conclude([rootCrl(), held])).toBe('INDETERMINATE:on-hold')
    expect(await conclude([rootCrl(), held, deltaOf(5, 3, [revokedOn(5, 'removeFromCRL')])])).toBe('PASSED')
  })

  test('that are deltas take back a hold only, and revoke without their base', async () => {
    const deltaOf = (number: number, revoked: readonly Revoked[]) =>
      crlOf({ issuer: authority, number, revoked, extensions: ['2.5.29.27=critical,ASN1:INTEGER:3'] })
    const good = crlOf({ issuer: authority, number: 3 })
    const bad = crlOf({ issuer: authority, number: 3, revoked: [revokedOn(5, 'superseded')] })
    const revoking = deltaOf(4, [revokedOn(5, 'superseded')])
    const holding = deltaOf(4, [revokedOn(5, 'certificateHold')])
    const removing = deltaOf(5, [revokedOn(6, 'removeFromCRL')])
    // RFC 5280 §5.3.1: such an entry also says that a certificate which stays revoked has expired.
    expect(await conclude([rootCrl(), bad, removing])).toBe('FAILED:revoked')
    expect(await conclude([rootCrl(), good, revoking, removing])).toBe('FAILED:revoked')
    expect(await conclude([rootCrl(), good, holding, removing])).toBe('PASSED')
    // A complete list that is newer than the delta, and none at all.
    const newer = crlOf({ issuer: authority, number: 9 })
    expect(await conclude([rootCrl(), newer, revoking])).toBe('FAILED:revoked')
    expect(await conclude([rootCrl(), revoking])).toBe('FAILED:revoked')
    expect(await conclude([rootCrl(), holding])).toBe('INDETERMINATE:undecided')
  })

  test('with an unknown critical extension are not used', async () => {
    const crl = crlOf({ issuer: authority, extensions: ['1.3.6.1.4.1.32473.7=critical,ASN1:NULL'] })
    expect(await conclude([rootCrl(), crl])).toBe('INDETERMINATE:undecided')
  })

  test('of an authority whose certificate is not for CRLs are not used', async () => {
    const noCrls = ['basicConstraints=critical,CA:TRUE', 'keyUsage=critical,keyCertSign']
    const other = pki.issue({ subject: '/CN=Example No CRLs (sample)', issuer: root, extensions: noCrls })
    const target = pki.issue({ subject: '/CN=Example Other (sample)', issuer: other, extensions: SIGNER })
    const crls = [rootCrl(), crlOf({ issuer: other })]
    expect(await conclude(crls, { target, intermediates: [other] })).toBe('INDETERMINATE:undecided')
  })

  test('under a digest that the policy does not count are not used', async () => {
    expect(await conclude([rootCrl(), crlOf({ issuer: authority, digest: 'sha1' })])).toBe('INDETERMINATE:undecided')
  })

  // What is judged was made on day 10 and the lists are of day 9; it is judged on day 40.
  test.each([
    [30, 'INDETERMINATE:undecided'],
    [41, 'PASSED'],
  ])('under a digest that ends on day %i can have been made since', async (last, expected) => {
    const until = formatInstant(day(last)).slice(0, 10)
    const lists = [crlOf({ issuer: root, digest: 'sha384' }), crlOf({ issuer: authority, digest: 'sha384' })]
    expect(await conclude(lists, { ended: { sha384: { until } } })).toBe(expected)
    const ocsp = [make.ocsp({ issuer: authority, certificate: signer, known: [signer], options: ['-rmd', 'sha384'] })]
    expect(await conclude([rootCrl()], { ocsp, time: day(5), ended: { sha384: { until } } })).toBe(expected)
  })
})

describe('a flood of lists', () => {
  test('never hides the one that revokes behind a good one', async () => {
    const namesake = pki.issue({ subject: '/CN=Example Authority (sample)', extensions: AUTHORITY })
    const one = crlOf({ issuer: namesake })
    const good = crlOf({ issuer: authority })
    // Each is another list by its bytes: what the signature is over stays, and the signature does not hold.
    const flood = Array.from({ length: LIMITS.revocationSignatureChecks }, (_, n) => {
      const changed = one.slice()
      changed[changed.length - 2] = n & 0xff
      changed[changed.length - 3] = n >> 8
      return changed
    })
    const outcome = await conclude([rootCrl(), good, ...flood], { intermediates: [authority, namesake] })
    expect(outcome).toBe('INDETERMINATE:limit')
  })
})

describe('an indirect CRL', () => {
  test('counts when the certificate names its issuer, who has a path of its own to the same anchor', async () => {
    const extensions = ['basicConstraints=critical,CA:FALSE', 'keyUsage=critical,cRLSign']
    const crlIssuer = pki.issue({ subject: '/CN=Example Lists (sample)', issuer: root, extensions })
    const target = pki.issue({
      subject: '/CN=Example Delegated (sample)',
      issuer: authority,
      extensions: [
        ...SIGNER,
        'crlDistributionPoints=point',
        '[point]',
        'CRLissuer=dirName:lists',
        '[lists]',
        'CN=Example Lists (sample)',
      ],
    })
    const indirect = crlOf({
      issuer: crlIssuer,
      extensions: ['issuingDistributionPoint=critical,@idp'],
      sections: ['[idp]', 'indirectCRL=TRUE'],
    })
    const direct = crlOf({ issuer: crlIssuer })
    const around = { target, intermediates: [authority, crlIssuer] }
    expect(await conclude([rootCrl(), indirect], around)).toBe('PASSED')
    expect(await conclude([rootCrl(), direct], around)).toBe('INDETERMINATE:no-data')
    expect(await conclude([rootCrl(), indirect], { target })).toBe('INDETERMINATE:undecided')
    const withdrawn = crlOf({ issuer: root, revoked: [{ certificate: crlIssuer, date: day(5), reason: 'superseded' }] })
    expect(await conclude([withdrawn, indirect], around)).toBe('INDETERMINATE:undecided')
  })
})

describe('OCSP responses made by OpenSSL', () => {
  const now = () => day(1)
  const judge = (...ocsp: Uint8Array[]) => conclude([crlOf({ issuer: root }, 0, 9)], { ocsp, time: now() })

  test('are good when the issuer or its delegate answers', async () => {
    const known = { issuer: authority, certificate: signer, known: [signer] }
    expect(await judge(make.ocsp(known))).toBe('PASSED')
    expect(await judge(make.ocsp({ ...known, responder }))).toBe('PASSED')
    expect(await judge(make.ocsp({ ...known, responder, options: ['-resp_key_id'] }))).toBe('PASSED')
    for (const certIdDigest of ['sha1', 'sha384', 'sha512']) {
      expect(await judge(make.ocsp({ ...known, certIdDigest }))).toBe('PASSED')
    }
  })

  test('that revoke win over a good one and over a CRL', async () => {
    const revoked = [{ certificate: signer, date: day(0), reason: 'superseded' }]
    const revoking = make.ocsp({ issuer: authority, certificate: signer, revoked })
    const good = make.ocsp({ issuer: authority, certificate: signer, known: [signer] })
    expect(await judge(revoking)).toBe('FAILED:revoked')
    expect(await judge(good, revoking)).toBe('FAILED:revoked')
    const crls = [rootCrl(), crlOf({ issuer: authority }, 0, 9)]
    expect(await conclude(crls, { ocsp: [revoking], time: now() })).toBe('FAILED:revoked')
  })

  test('that do not know the certificate are no good answer', async () => {
    const unknown = make.ocsp({ issuer: authority, certificate: signer })
    expect(await judge(unknown)).toBe('INDETERMINATE:undecided')
    const crls = [crlOf({ issuer: root }, 0, 9), crlOf({ issuer: authority }, 0, 9)]
    expect(await conclude(crls, { ocsp: [unknown], time: now() })).toBe('INDETERMINATE:undecided')
  })

  test.each([
    ['is not for OCSP', SIGNER, 'authority'],
    ['is of another issuer', [...SIGNER, 'extendedKeyUsage=OCSPSigning', 'noCheck=ignored'], 'root'],
    ['may be for anything', [...SIGNER, 'extendedKeyUsage=anyExtendedKeyUsage', 'noCheck=ignored'], 'authority'],
    [
      'may not sign',
      ['keyUsage=critical,keyEncipherment', 'extendedKeyUsage=OCSPSigning', 'noCheck=ignored'],
      'authority',
    ],
    ['is not known not to be revoked', [...SIGNER, 'extendedKeyUsage=OCSPSigning'], 'authority'],
  ])('are not believed when the responder’s certificate %s', async (_name, extensions, by) => {
    const issuer = by === 'root' ? root : authority
    const other = pki.issue({ subject: '/CN=Example Impostor (sample)', issuer, extensions })
    const response = make.ocsp({ issuer: authority, certificate: signer, known: [signer], responder: other })
    expect(await judge(response)).toBe('INDETERMINATE:undecided')
  })

  test('are not believed when a list that is here revokes the responder, whom nobody need ask about', async () => {
    const response = make.ocsp({ issuer: authority, certificate: signer, known: [signer], responder })
    const stale = (revoked: readonly Revoked[]) => crlOf({ issuer: authority, revoked }, -3, -1)
    const withList = (crl: Uint8Array) =>
      conclude([crlOf({ issuer: root }, 0, 9), crl], { ocsp: [response], time: now() })
    const taken: Revoked = { certificate: responder, date: day(-4), reason: 'keyCompromise' }
    expect(await withList(stale([taken]))).toBe('INDETERMINATE:undecided')
    expect(await withList(stale([]))).toBe('PASSED')
  })

  test('of another certificate, or older than the time of interest allows, say nothing', async () => {
    const other = make.ocsp({ issuer: authority, certificate: pointed, known: [pointed] })
    expect(await judge(other)).toBe('INDETERMINATE:no-data')
    const good = make.ocsp({ issuer: authority, certificate: signer, known: [signer] })
    const crls = [crlOf({ issuer: root }, 9, 20)]
    expect(await conclude(crls, { ocsp: [good], time: day(TIME) })).toBe('INDETERMINATE:undecided')
  })
})

describe('a statement of revocation', () => {
  const said = (date: number, reason: RevocationStatement['reason'], invalid?: number): RevocationStatement => ({
    kind: 'crl',
    source: '',
    date: day(date),
    reason,
    invalidityDate: invalid === undefined ? null : day(invalid),
  })

  test('that is a hold does not contradict a maker who says that he signed during it', () => {
    const [policy] = SHIPPED_POLICIES
    if (policy === undefined) throw new TypeError('no policy')
    const certificate = parseCertificate(signer.der)
    const judged = [said(5, 'certificateHold'), said(20, 'superseded')].map((statement) => {
      return { certificate, status: 'revoked' as const, statements: [statement], sources: [] }
    })
    const outcomeOf = (claimed: number) =>
      concludeRevocation(
        judged,
        { time: day(NOW), policy, evidence: NO_EVIDENCE },
        { time: 'unknown', provedBefore: null, claimed: day(claimed) },
      ).outcome
    expect(outcomeOf(10)).toBe('INDETERMINATE:authority-revoked-no-proof')
    expect(outcomeOf(20)).toBe('FAILED:revoked')
  })

  test('contradicts what is proved later only when its maker says that it is younger', () => {
    const [policy] = SHIPPED_POLICIES
    if (policy === undefined) throw new TypeError('no policy')
    const judged = [{ certificate: parseCertificate(signer.der), status: 'revoked' as const, sources: [] }].map(
      (one) => ({
        ...one,
        statements: [said(9, 'superseded')],
      }),
    )
    const outcomeOf = (time: 'proved' | 'stated' | 'unknown', claimed: number | null) =>
      concludeRevocation(
        judged,
        { time: day(TIME), policy, evidence: NO_EVIDENCE },
        { time, provedBefore: null, claimed: claimed === null ? null : day(claimed) },
      ).outcome
    // A time-stamp that anybody adds to an old signature makes it no worse.
    for (const time of ['proved', 'unknown'] as const) {
      expect(outcomeOf(time, 8)).toBe('INDETERMINATE:revoked-no-proof')
      expect(outcomeOf(time, null)).toBe('INDETERMINATE:revoked-no-proof')
      expect(outcomeOf(time, 9)).toBe('FAILED:revoked')
    }
    expect(outcomeOf('stated', null)).toBe('FAILED:revoked')
  })

  test('counts when one path alone makes it, whatever it means, and the other knows nothing', () => {
    const shipped = shippedPolicy('sealed')
    const parsed = [signer, authority, pointed].map(({ der }) => parseCertificate(der))
    const [target, one, other] = parsed
    if (target === undefined || one === undefined || other === undefined) throw new TypeError('three')
    const anchorOf = (sha256: string) => {
      const entry = { anchor: true, role: 'signer', label: '', sha256, der: root.der } as const
      return { ...pathAnchorOf(entry, parseCertificate(root.der)), sha256 }
    }
    const link = { outcome: 'valid', algorithm: RSA, unsupported: null, rsaBits: 3072 } as const
    const paths = [one, other].map((above) => ({
      certificates: [target, above],
      links: [link, link],
      anchor: anchorOf(root.der.length.toString()),
    }))
    const crl = parseCrl(
      crlOf({ issuer: authority, revoked: [{ certificate: signer, date: day(11), reason: 'keyCompromise' }] }),
    )
    // Only the first authority's key made it.
    const evidence = { ...NO_EVIDENCE, crls: [crl], links: new Map([[joined(crl.sha256, one.sha256), link]]) }
    const question = { evidence, role: 'signer', time: day(TIME), validationTime: day(NOW), policy: shipped } as const
    const made = { time: 'unknown', provedBefore: null, claimed: null } as const
    for (const holding of [paths, paths.toReversed()]) {
      const chosen = choosePath(holding, { ...question, purposes: null }, made)
      expect(chosen?.conclusion.outcome).toBe('INDETERMINATE:revoked-no-proof')
    }
  })

  test('leaves what others prove to be older', () => {
    expect(effectOf(said(11, 'keyCompromise'), day(10), null)).toBe('suspect')
    expect(effectOf(said(11, 'keyCompromise'), day(10), day(10))).toBe('stands')
    expect(effectOf(said(11, 'keyCompromise'), day(10), day(11))).toBe('suspect')
    expect(effectOf(said(11, 'keyCompromise', 9), day(10), day(10))).toBe('suspect')
    expect(effectOf(said(11, 'superseded', 9), day(10), null)).toBe('suspect')
    expect(effectOf(said(9, 'superseded'), day(10), day(8))).toBe('revoked')
  })
})
