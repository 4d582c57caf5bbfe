// Needs: openssl.
import { nodeSignatureVerifier } from '@probatum/platform/node'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { shippedPolicy } from '../../../../tools/testing/judgement.ts'
import {
  AUTHORITY,
  type Issued,
  type IssueOptions,
  opensslPki,
  SIGNER,
  TIME_STAMP_UNIT,
} from '../../../../tools/testing/openssl-pki.ts'
import { addMicroseconds, type Instant } from '../model/instant.ts'
import type { Policy } from '../model/policy.ts'
import type { AnchorRole, TrustAnchor } from '../model/trust-set.ts'
import type { Certificate } from './certificate.ts'
import { parseCertificate } from './certificate-parse.ts'
import { establishSignature } from './establish-signature.ts'
import { type CandidatePath, type PathSearch, pathAnchorOf } from './path.ts'
import { searchPaths } from './path-search.ts'
import { validatePath } from './path-validation.ts'

const found = shippedPolicy('sealed')
const policy: Policy = found
const verifier = nodeSignatureVerifier()

let pki: ReturnType<typeof opensslPki>
let root: Issued
beforeAll(() => {
  pki = opensslPki()
  root = pki.issue({ subject: '/CN=Example Root (sample)', extensions: AUTHORITY })
})
afterAll(() => pki.remove())

function anchorOf(issued: Issued, role: AnchorRole = 'signer', interval: Pick<TrustAnchor, 'from' | 'until'> = {}) {
  const certificate = parseCertificate(issued.der)
  const entry: TrustAnchor = {
    anchor: true,
    role,
    label: 'sample',
    sha256: certificate.sha256,
    der: issued.der,
    ...interval,
  }
  return pathAnchorOf(entry, certificate)
}

let signatureChecks = 0
async function search(
  target: Issued,
  pool: readonly Issued[],
  anchors = [anchorOf(root)],
  role: AnchorRole = 'signer',
  budget = policy.paths,
): Promise<PathSearch> {
  const certificates = [target, ...pool].map(({ der }) => parseCertificate(der))
  return searchPaths(
    parseCertificate(target.der),
    role,
    anchors,
    certificates,
    budget,
    async (certificate, { spki }) => {
      signatureChecks++
      const { signatureAlgorithm, tbs: message, signature } = certificate
      const answer = await establishSignature(
        { signatureAlgorithm, contentDigest: null, spki, message, signature },
        verifier,
      )
      if (answer.outcome === 'not-tried') throw new TypeError('tried')
      return { ...answer, outcome: answer.outcome }
    },
  )
}

function only(result: PathSearch): CandidatePath {
  const [path, ...more] = result.candidates
  if (path === undefined || more.length > 0) throw new Error(`${result.candidates.length} candidate paths`)
  return path
}

/** A minute after the youngest certificate's beginning. */
function now(path: CandidatePath): Instant {
  const latest = path.certificates.reduce((a, b) => (a.notBefore.epochSeconds > b.notBefore.epochSeconds ? a : b))
  return addMicroseconds(latest.notBefore, 60_000_000)
}

function judge(path: CandidatePath, at = now(path), under = policy) {
  const { value, problems } = validatePath(path, at, under)
  return [value, ...new Set(problems.map(({ reason }) => reason))]
}

const issue = (name: string, issuer: Issued, extensions: readonly string[], more: Partial<IssueOptions> = {}) =>
  pki.issue({ subject: `/CN=${name} (sample)`, issuer, extensions, ...more })

describe('a candidate path', () => {
  test('of three certificates holds, and OpenSSL agrees', async () => {
    const authority = issue('Example Authority', root, AUTHORITY)
    const signer = issue('Example Signer', authority, SIGNER)
    const path = only(await search(signer, [authority, root]))
    expect(path.certificates.map(({ subject }) => subject.text)).toEqual([
      'CN=Example Signer (sample)',
      'CN=Example Authority (sample)',
    ])
    expect(judge(path)).toEqual(['PASSED'])
    expect(
      pki
        .openssl('verify', '-CAfile', root.certificate, '-untrusted', authority.certificate, signer.certificate)
        .toString(),
    ).toMatch(/OK/)
  })

  const REFUSED: readonly (readonly [string, readonly string[], readonly string[]])[] = [
    ['an authority without basicConstraints', ['keyUsage=critical,keyCertSign'], ['FAILED', 'not-a-ca']],
    ['an authority that says it is none', ['basicConstraints=critical,CA:FALSE'], ['FAILED', 'not-a-ca']],
    [
      'an authority whose key is not for certificates',
      [AUTHORITY[0], 'keyUsage=critical,cRLSign'],
      ['FAILED', 'key-usage'],
    ],
    [
      'an authority of another purpose',
      [...AUTHORITY, 'extendedKeyUsage=serverAuth'],
      ['FAILED', 'extended-key-usage'],
    ],
    [
      'constraints that leave out the signer’s name',
      [
        ...AUTHORITY,
        'nameConstraints=critical,permitted;dirName:elsewhere',
        '[elsewhere]',
        'O=Example Elsewhere (sample)',
      ],
      ['FAILED', 'name-not-permitted'],
    ],
    [
      'policy constraints and no policy',
      [...AUTHORITY, 'policyConstraints=critical,requireExplicitPolicy:0'],
      ['FAILED', 'policy-required'],
    ],
    [
      'an unknown critical extension',
      [...AUTHORITY, '1.2.3.4=critical,DER:0500'],
      ['INDETERMINATE', 'unknown-critical-extension'],
    ],
    [
      'a malformed extension',
      [AUTHORITY[0], 'keyUsage=critical,keyCertSign', '2.5.29.37=DER:0500'],
      ['FAILED', 'malformed-extension'],
    ],
  ]
  test.each(REFUSED)('with %s does not hold', async (_name, extensions, expected) => {
    const authority = issue('Example Authority', root, extensions)
    const signer = issue('Example Signer', authority, SIGNER)
    expect(judge(only(await search(signer, [authority])))).toEqual(expected)
  })

  const TOLERATED: readonly (readonly [string, readonly string[]])[] = [
    ['an unknown extension that is not critical', [...AUTHORITY, '1.2.3.4=DER:0500']],
    [
      'a critical certificate policy and nothing to control it',
      [...AUTHORITY, 'certificatePolicies=critical,1.3.6.1.4.1.32473.2'],
    ],
    ['any purpose', [...AUTHORITY, 'extendedKeyUsage=anyExtendedKeyUsage']],
    ['no keyUsage', [AUTHORITY[0]]],
  ]
  test.each(TOLERATED)('whose authority has %s holds', async (_name, extensions) => {
    const authority = issue('Example Authority', root, extensions)
    expect(judge(only(await search(issue('Example Signer', authority, SIGNER), [authority])))).toEqual(['PASSED'])
  })

  test('with an unknown critical extension in the signer certificate is not accepted either', async () => {
    const signer = issue('Example Signer', root, [...SIGNER, '1.2.3.4=critical,DER:0500'])
    expect(judge(only(await search(signer, [])))).toEqual(['INDETERMINATE', 'unknown-critical-extension'])
  })

  test('of an authority without extensions fails twice: version 1 certifies nothing', async () => {
    const authority = issue('Example Authority', root, [])
    const verdict = judge(only(await search(issue('Example Signer', authority, SIGNER), [authority])))
    expect(verdict).toEqual(['FAILED', 'version', 'not-a-ca'])
  })

  test('longer than pathLenConstraint fails; a self-issued certificate is not counted', async () => {
    const limited = issue('Example Limited', root, ['basicConstraints=critical,CA:TRUE,pathlen:0', AUTHORITY[1]])
    const rolled = issue('Example Limited', limited, AUTHORITY)
    expect(judge(only(await search(issue('Example Signer', rolled, SIGNER), [limited, rolled])))).toEqual(['PASSED'])
    const below = issue('Example Below', limited, AUTHORITY)
    const path = only(await search(issue('Example Signer', below, SIGNER), [limited, below]))
    expect(judge(path)).toEqual(['FAILED', 'path-length'])
  })

  test('obeys the pathLenConstraint of the anchor', async () => {
    const short = pki.issue({
      subject: '/CN=Example Short (sample)',
      extensions: ['basicConstraints=critical,CA:TRUE,pathlen:0', AUTHORITY[1]],
    })
    const authority = issue('Example Authority', short, AUTHORITY)
    const path = only(await search(issue('Example Signer', authority, SIGNER), [authority], [anchorOf(short)]))
    expect(judge(path)).toEqual(['FAILED', 'path-length'])
  })

  test('holds only while its authority and its anchor are in their periods', async () => {
    const authority = issue('Example Authority', root, AUTHORITY, { days: 10 })
    const path = only(await search(issue('Example Signer', authority, SIGNER), [authority]))
    const days = (n: number) => addMicroseconds(now(path), n * 86_400_000_000)
    expect(judge(path, days(9))).toEqual(['PASSED'])
    expect(judge(path, days(11))).toEqual(['FAILED', 'expired'])
    expect(judge(path, days(-2))).toEqual(['FAILED', 'not-yet-valid', 'anchor-validity'])
    expect(judge(path, days(4000))).toEqual(['FAILED', 'expired', 'anchor-validity'])
  })

  test('ends at an anchor only within the interval that the trust set gives', async () => {
    const signer = issue('Example Signer', root, SIGNER)
    const time = now(only(await search(signer, [])))
    const within = async (interval: Pick<TrustAnchor, 'from' | 'until'>) =>
      judge(only(await search(signer, [], [anchorOf(root, 'signer', interval)])), time)
    expect(await within({ from: time })).toEqual(['PASSED'])
    expect(await within({ until: time })).toEqual(['INDETERMINATE', 'anchor-interval'])
    expect(await within({ from: addMicroseconds(time, 1) })).toEqual(['INDETERMINATE', 'anchor-interval'])
    expect(await within({ until: addMicroseconds(time, 1) })).toEqual(['PASSED'])
  })

  test('through an anchor that is no authority fails, but the anchor may stand for itself', async () => {
    const leaf = pki.issue({ subject: '/CN=Example Leaf (sample)', extensions: SIGNER })
    const forged = issue('Example Forged', leaf, SIGNER)
    expect(judge(only(await search(forged, [], [anchorOf(leaf)])))).toEqual(['FAILED', 'anchor-not-a-ca'])
    const itself = only(await search(leaf, [], [anchorOf(leaf)]))
    expect(itself.links).toEqual([])
    expect(judge(itself)).toEqual(['PASSED'])
  })

  test('signed with SHA-1 counts only before the end that the policy gives', async () => {
    const signer = issue('Example Signer', root, SIGNER, { digest: 'sha1' })
    const path = only(await search(signer, []))
    expect(judge(path)).toEqual(['INDETERMINATE', 'weak-algorithm'])
    const later: Policy = {
      ...policy,
      algorithms: { ...policy.algorithms, digests: { ...policy.algorithms.digests, sha1: { until: '9999-01-01' } } },
    }
    expect(judge(path, now(path), later)).toEqual(['PASSED'])
  })

  test('under an RSA key of 1024 bits does not count', async () => {
    const small = pki.issue({
      subject: '/CN=Example Small (sample)',
      extensions: AUTHORITY,
      newKey: ['RSA', 'rsa_keygen_bits:1024'],
    })
    const path = only(await search(issue('Example Signer', small, SIGNER), [], [anchorOf(small)]))
    expect(judge(path)).toEqual(['INDETERMINATE', 'weak-algorithm'])
  })

  test('with an algorithm that the platform lacks could not be told', async () => {
    const path = only(await search(issue('Example Signer', root, SIGNER), []))
    const unsupported = { outcome: 'unsupported', algorithm: null, unsupported: 'sample', rsaBits: null } as const
    expect(judge({ ...path, links: [unsupported] })).toEqual(['INDETERMINATE', 'signature-unsupported'])
  })

  test.each([
    ['signatureAlgorithmsAgree', { signatureAlgorithmsAgree: false }, 'algorithms-disagree'],
    ['repeatedExtensions', { repeatedExtensions: ['2.5.29.15'] }, 'repeated-extension'],
    ['version', { version: 2 }, 'version'],
  ] satisfies [string, Partial<Certificate>, string][])('fails on %s', async (_name, change, reason) => {
    const path = only(await search(issue('Example Signer', root, SIGNER), []))
    const certificates = path.certificates.map((certificate) => ({ ...certificate, ...change }))
    expect(judge({ ...path, certificates })).toEqual(['FAILED', reason])
  })

  test('of a time-stamp unit asks its authorities for timeStamping when they name purposes', async () => {
    const anchors = [anchorOf(root, 'time-stamp-authority')]
    const under = async (purposes: string) => {
      const authority = issue('Example Authority', root, [...AUTHORITY, `extendedKeyUsage=${purposes}`])
      const unit = issue('Example Unit', authority, TIME_STAMP_UNIT)
      return judge(only(await search(unit, [authority], anchors, 'time-stamp-authority')))
    }
    expect(await under('timeStamping')).toEqual(['PASSED'])
    expect(await under('emailProtection')).toEqual(['FAILED', 'extended-key-usage'])
  })
})

describe('the search', () => {
  test('ends at authorities that certify each other, and finds the way out', async () => {
    const a = pki.issue({ subject: '/CN=Example A (sample)', extensions: AUTHORITY })
    const b = pki.issue({ subject: '/CN=Example B (sample)', extensions: AUTHORITY })
    const aByB = pki.issue({ subject: '/CN=Example A (sample)', key: a.key, issuer: b, extensions: AUTHORITY })
    const bByA = pki.issue({ subject: '/CN=Example B (sample)', key: b.key, issuer: a, extensions: AUTHORITY })
    const signer = issue('Example Signer', a, SIGNER)
    const closed = await search(signer, [a, b, aByB, bByA])
    expect(closed.candidates).toEqual([])
    expect(closed.limit).toBeNull()
    const open = await search(signer, [aByB, bByA, a], [anchorOf(b)])
    expect(open.candidates.map(({ certificates }) => certificates.length)).toEqual([2])
    expect(judge(only(open))).toEqual(['PASSED'])
  })

  test('gives the shortest path first and does not depend on the order of the pool', async () => {
    const first = issue('Example Authority', root, AUTHORITY)
    const second = pki.issue({
      subject: '/CN=Example Root (sample)',
      key: root.key,
      issuer: first,
      extensions: AUTHORITY,
    })
    const key = first.key
    const again = pki.issue({ subject: '/CN=Example Authority (sample)', key, issuer: root, extensions: AUTHORITY })
    const signer = issue('Example Signer', first, SIGNER)
    const pool = [first, again, second, root]
    const one = await search(signer, pool)
    const other = await search(signer, pool.toReversed())
    expect(one).toEqual(other)
    expect(one.candidates).toHaveLength(2)
    const lengths = one.candidates.map(({ certificates }) => certificates.length)
    expect(lengths).toEqual(lengths.toSorted())
  })

  test('notes an anchor of the same name with another key as a path whose signature is wrong', async () => {
    const impostor = pki.issue({ subject: '/CN=Example Root (sample)', extensions: AUTHORITY })
    const result = await search(issue('Example Signer', root, SIGNER), [root], [anchorOf(impostor)])
    expect(result.candidates.map((path) => judge(path))).toEqual([
      ['FAILED', 'signature'],
      ['FAILED', 'signature'],
    ])
    expect(result.deadEnds.map(({ selfIssued }) => selfIssued)).toEqual([true])
  })

  test('does not take an anchor of another role, and says that it met one', async () => {
    const result = await search(issue('Example Signer', root, SIGNER), [], [anchorOf(root, 'time-stamp-authority')])
    expect(result.candidates).toEqual([])
    expect(result.otherRole.map(({ role }) => role)).toEqual(['time-stamp-authority'])
  })

  test('names the issuer that is missing', async () => {
    const authority = issue('Example Authority', root, AUTHORITY)
    const result = await search(issue('Example Signer', authority, SIGNER), [])
    expect(result.deadEnds.map(({ certificate }) => certificate.issuer.text)).toEqual(['CN=Example Authority (sample)'])
    expect(result.deadEnds.map(({ selfIssued }) => selfIssued)).toEqual([false])
  })

  test('stops at its budget of signature checks and at its depth, and says so', async () => {
    const signer = issue('Example Signer', root, SIGNER)
    const crowd = Array.from({ length: 20 }, () =>
      pki.issue({ subject: '/CN=Example Root (sample)', extensions: AUTHORITY }),
    )
    signatureChecks = 0
    const checks = await search(signer, crowd, [], 'signer', { maxDepth: 8, maxSignatureChecks: 10 })
    expect(checks.limit).toBe('signature-checks')
    expect(signatureChecks).toBe(10)
    const chain: Issued[] = [root]
    for (let i = 0; i < 4; i++) chain.push(issue(`Example Level ${i}`, chain.at(-1) ?? root, AUTHORITY))
    const deep = issue('Example Deep', chain.at(-1) ?? root, SIGNER)
    expect(
      (await search(deep, chain, [anchorOf(root)], 'signer', { maxDepth: 5, maxSignatureChecks: 64 })).candidates,
    ).toHaveLength(1)
    const shallow = await search(deep, chain, [anchorOf(root)], 'signer', { maxDepth: 4, maxSignatureChecks: 64 })
    expect(shallow.limit).toBe('depth')
    expect(shallow.candidates).toEqual([])
  })
})
