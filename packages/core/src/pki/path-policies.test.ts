// Needs: openssl.
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { madeCertificate } from '../../../../tools/testing/made-certificate.ts'
import { AUTHORITY, type Issued, opensslPki, SIGNER } from '../../../../tools/testing/openssl-pki.ts'
import { LIMITS } from '../model/limits.ts'
import type { Policy } from '../model/policy.ts'
import type { Certificate, PolicyConstraints, PolicyMapping } from './certificate.ts'
import { parseCertificate } from './certificate-parse.ts'
import { ANY_POLICY } from './certificate-policies.ts'
import { type CandidatePath, pathAnchorOf } from './path.ts'
import { problemsOfPolicies } from './path-policies.ts'

type Inputs = Policy['paths']
const BUDGET = { maxDepth: 8, maxSignatureChecks: 64 }
const LINK = { outcome: 'valid', algorithm: null, unsupported: null, rsaBits: null } as const

/** What a certificate says of policies. */
interface Said {
  readonly policies: readonly string[] | null
  readonly mappings: readonly PolicyMapping[] | null
  readonly constraints: PolicyConstraints | null
  readonly inhibitAnyPolicy: number | null
  readonly selfIssued: boolean
}

const NOTHING: Said = { policies: null, mappings: null, constraints: null, inhibitAnyPolicy: null, selfIssued: false }

/** From below the anchor to the target. */
function pathOf(said: readonly Said[], anchorSays: Partial<Certificate> = {}): CandidatePath {
  const root = madeCertificate('root', 'Example Root', 'Example Root', anchorSays)
  const { sha256, der } = root
  let above = 'Example Root'
  const certificates = said.map((one, index) => {
    const name = one.selfIssued ? above : `Example ${index}`
    const certificate = madeCertificate(`${index}`, above, name, {
      certificatePolicies: one.policies,
      policyMappings: one.mappings,
      policyConstraints: one.constraints,
      inhibitAnyPolicy: one.inhibitAnyPolicy,
    })
    above = name
    return certificate
  })
  const anchor = pathAnchorOf({ anchor: true, role: 'signer', label: 'sample', sha256, der }, root)
  return { certificates: certificates.toReversed(), links: certificates.map(() => LINK), anchor }
}

const reasons = (path: CandidatePath, inputs: Partial<Inputs> = {}) =>
  problemsOfPolicies(path, { ...BUDGET, ...inputs }).map(({ reason }) => reason)

/** RFC 5280 §6.1 as it stands there, with its tree: what the graph must be equal to. */
function isAcceptedByTree(said: readonly Said[], inputs: Partial<Inputs>): boolean {
  interface Node {
    readonly depth: number
    readonly policy: string
    expected: readonly string[]
    readonly parent: Node | null
  }
  const n = said.length
  let tree: Node[] = [{ depth: 0, policy: ANY_POLICY, expected: [ANY_POLICY], parent: null }]
  const at = (depth: number) => tree.filter((node) => node.depth === depth)
  const childrenOf = (parent: Node) => tree.filter((node) => node.parent === parent)
  const prune = (deepest: number) => {
    for (let depth = deepest; depth >= 0; depth--) {
      tree = tree.filter((node) => node.depth !== depth || childrenOf(node).length > 0)
    }
  }
  let explicit = inputs.initialExplicitPolicy ? 0 : n + 1
  let mapping = inputs.initialPolicyMappingInhibit ? 0 : n + 1
  let any = inputs.initialAnyPolicyInhibit ? 0 : n + 1
  for (const [index, one] of said.entries()) {
    const i = index + 1
    if (one.policies === null) tree = []
    for (const policy of one.policies ?? []) {
      if (policy === ANY_POLICY) continue
      const expecting = at(i - 1).filter(({ expected }) => expected.includes(policy))
      const parents = expecting.length > 0 ? expecting : at(i - 1).filter((node) => node.policy === ANY_POLICY)
      for (const parent of parents) tree.push({ depth: i, policy, expected: [policy], parent })
    }
    if (one.policies?.includes(ANY_POLICY) && (any > 0 || (i < n && one.selfIssued))) {
      for (const parent of at(i - 1)) {
        for (const policy of parent.expected) {
          if (childrenOf(parent).some((child) => child.policy === policy)) continue
          tree.push({ depth: i, policy, expected: [policy], parent })
        }
      }
    }
    prune(i - 1)
    if (explicit === 0 && tree.length === 0) return false
    const isTarget = i === n
    if (!isTarget && one.mappings !== null) {
      for (const policy of new Set(one.mappings.map(({ issuerDomainPolicy }) => issuerDomainPolicy))) {
        const expected = one.mappings
          .filter(({ issuerDomainPolicy }) => issuerDomainPolicy === policy)
          .map(({ subjectDomainPolicy }) => subjectDomainPolicy)
        const nodes = at(i).filter((node) => node.policy === policy)
        if (mapping === 0) {
          tree = tree.filter((node) => !nodes.includes(node))
          prune(i - 1)
        } else if (nodes.length > 0) for (const node of nodes) node.expected = expected
        else {
          const above = at(i).find((node) => node.policy === ANY_POLICY)?.parent
          if (above != null) tree.push({ depth: i, policy, expected, parent: above })
        }
      }
    }
    if (isTarget || !one.selfIssued) {
      explicit = Math.max(0, explicit - 1)
      mapping = Math.max(0, mapping - 1)
      any = Math.max(0, any - 1)
    }
    const required = one.constraints?.requireExplicitPolicy ?? null
    if (required !== null && (!isTarget || required === 0)) explicit = Math.min(explicit, required)
    mapping = Math.min(mapping, one.constraints?.inhibitPolicyMapping ?? mapping)
    any = Math.min(any, one.inhibitAnyPolicy ?? any)
  }
  const wanted = inputs.userInitialPolicySet
  if (wanted !== undefined && !wanted.includes(ANY_POLICY)) {
    const remove = (node: Node): void => {
      for (const child of childrenOf(node)) remove(child)
      tree = tree.filter((one) => one !== node)
    }
    const free = tree.filter((node) => node.parent?.policy === ANY_POLICY)
    for (const node of free) if (node.policy !== ANY_POLICY && !wanted.includes(node.policy)) remove(node)
    const last = at(n).find((node) => node.policy === ANY_POLICY)
    if (last !== undefined) {
      for (const policy of wanted) {
        if (free.some((node) => node.policy === policy)) continue
        tree.push({ depth: n, policy, expected: [policy], parent: last.parent })
      }
      tree = tree.filter((node) => node !== last)
    }
    prune(n - 1)
  }
  return explicit > 0 || tree.length > 0
}

const policy = fc.constantFrom('1.2.1', '1.2.2', '1.2.3')
const policyOrAny = fc.oneof({ weight: 3, arbitrary: policy }, { weight: 1, arbitrary: fc.constant(ANY_POLICY) })
const skip = fc.option(fc.nat({ max: 3 }), { freq: 2 })
const said: fc.Arbitrary<Said> = fc.record({
  policies: fc.option(fc.uniqueArray(policyOrAny, { minLength: 1, maxLength: 3 }), { freq: 8 }),
  mappings: fc.option(
    fc.array(fc.record({ issuerDomainPolicy: policy, subjectDomainPolicy: policy }), { minLength: 1, maxLength: 3 }),
  ),
  constraints: fc.option(fc.record({ requireExplicitPolicy: skip, inhibitPolicyMapping: skip })),
  inhibitAnyPolicy: fc.option(fc.nat({ max: 2 }), { freq: 2 }),
  selfIssued: fc.boolean(),
})
const inputs: fc.Arbitrary<Partial<Inputs>> = fc.record(
  {
    userInitialPolicySet: fc.uniqueArray(policyOrAny, { maxLength: 2 }),
    initialExplicitPolicy: fc.boolean(),
    initialPolicyMappingInhibit: fc.boolean(),
    initialAnyPolicyInhibit: fc.boolean(),
  },
  { requiredKeys: [] },
)

describe('certificate policies', () => {
  test('are judged by the graph as by the tree of RFC 5280', () => {
    let refused = 0
    fc.assert(
      fc.property(fc.array(said, { minLength: 1, maxLength: 4 }), inputs, (certificates, given) => {
        const isAccepted = isAcceptedByTree(certificates, given)
        if (!isAccepted) refused++
        expect(reasons(pathOf(certificates), given)).toEqual(isAccepted ? [] : ['policy-required'])
      }),
      { numRuns: 3000 },
    )
    expect(refused).toBeGreaterThan(300)
  })

  // CVE-2023-0464: two policies, each mapped to both, double the tree with each certificate.
  test('mapped to each other through many certificates take no more than the certificates are long', () => {
    const both = ['1.2.1', '1.2.2']
    const mappings = both.flatMap((issuerDomainPolicy) =>
      both.map((subjectDomainPolicy) => ({ issuerDomainPolicy, subjectDomainPolicy })),
    )
    const authority = { ...NOTHING, policies: both, mappings }
    const path = pathOf([...Array.from({ length: 31 }, () => authority), { ...NOTHING, policies: ['1.2.1'] }])
    expect(reasons(path, { initialExplicitPolicy: true })).toEqual([])
    expect(reasons(path, { initialExplicitPolicy: true, userInitialPolicySet: ['1.2.3'] })).toEqual(['policy-required'])
  })

  test('beyond the limit could not be examined', () => {
    const policies = Array.from({ length: LIMITS.policiesInPath + 1 }, (_, i) => `1.2.3.${i}`)
    expect(reasons(pathOf([{ ...NOTHING, policies }]))).toEqual(['policy-limit'])
  })

  test('of which any is mapped make no path', () => {
    const mappings = [{ issuerDomainPolicy: ANY_POLICY, subjectDomainPolicy: '1.2.1' }]
    expect(reasons(pathOf([{ ...NOTHING, mappings }, NOTHING]))).toEqual(['policy-mapping'])
    expect(reasons(pathOf([NOTHING, { ...NOTHING, mappings }]))).toEqual([])
  })

  test('that the anchor asks for are asked for below it', () => {
    const constraints = { requireExplicitPolicy: 0, inhibitPolicyMapping: null }
    expect(reasons(pathOf([NOTHING], { policyConstraints: constraints }))).toEqual(['policy-required'])
    const one = pathOf([{ ...NOTHING, policies: ['1.2.1'] }], {
      policyConstraints: constraints,
      certificatePolicies: ['1.2.2'],
    })
    expect(reasons(one)).toEqual(['policy-required'])
    const other = pathOf([{ ...NOTHING, policies: ['1.2.2'] }], {
      policyConstraints: constraints,
      certificatePolicies: ['1.2.2'],
    })
    expect(reasons(other)).toEqual([])
    const any = { ...NOTHING, policies: [ANY_POLICY] }
    expect(reasons(pathOf([any], { policyConstraints: constraints, inhibitAnyPolicy: 0 }))).toEqual(['policy-required'])
  })

  test('are not asked of a certificate that is its own anchor', () => {
    const path = { ...pathOf([NOTHING]), links: [] }
    expect(reasons(path, { initialExplicitPolicy: true })).toEqual([])
  })
})

describe('beside OpenSSL', () => {
  let pki: ReturnType<typeof opensslPki>
  let root: Issued
  beforeAll(() => {
    pki = opensslPki()
    root = pki.issue({ subject: '/CN=Example Root (sample)', extensions: AUTHORITY })
  })
  afterAll(() => pki.remove())

  const CHAINS: readonly (readonly [string, readonly string[], readonly string[]])[] = [
    ['one policy', ['certificatePolicies=1.2.1'], ['certificatePolicies=1.2.1']],
    ['another policy below', ['certificatePolicies=1.2.1'], ['certificatePolicies=1.2.2']],
    ['no policy', [], []],
    ['any policy', ['certificatePolicies=2.5.29.32.0'], ['certificatePolicies=1.2.1']],
    ['a mapping', ['certificatePolicies=1.2.1', 'policyMappings=critical,1.2.1:1.2.2'], ['certificatePolicies=1.2.2']],
    [
      'a mapping and the old policy below',
      ['certificatePolicies=1.2.1', 'policyMappings=critical,1.2.1:1.2.2'],
      ['certificatePolicies=1.2.1'],
    ],
    [
      'a requirement and no policy below',
      ['certificatePolicies=1.2.1', 'policyConstraints=critical,requireExplicitPolicy:0'],
      [],
    ],
    [
      'a requirement for two certificates later',
      ['certificatePolicies=1.2.1', 'policyConstraints=critical,requireExplicitPolicy:2'],
      [],
    ],
    [
      'any policy inhibited',
      ['certificatePolicies=1.2.1', 'inhibitAnyPolicy=critical,0'],
      ['certificatePolicies=2.5.29.32.0'],
    ],
  ]
  // Without -policy OpenSSL accepts none where one is required; RFC 5280 §6.1.1 (c) accepts any.
  const any = ['-explicit_policy', '-policy', ANY_POLICY]
  const INPUTS: readonly (readonly [Partial<Inputs>, readonly string[]])[] = [
    [{}, []],
    [{ initialExplicitPolicy: true }, any],
    [{ initialExplicitPolicy: true, userInitialPolicySet: ['1.2.1'] }, ['-explicit_policy', '-policy', '1.2.1']],
    [{ initialExplicitPolicy: true, userInitialPolicySet: ['1.2.2'] }, ['-explicit_policy', '-policy', '1.2.2']],
    [{ initialExplicitPolicy: true, initialPolicyMappingInhibit: true }, [...any, '-inhibit_map']],
    [{ initialExplicitPolicy: true, initialAnyPolicyInhibit: true }, [...any, '-inhibit_any']],
  ]
  test.each(CHAINS)('a chain with %s has the same answer under every input', (_name, above, below) => {
    const authority = pki.issue({
      subject: '/CN=Example Authority (sample)',
      issuer: root,
      extensions: [...AUTHORITY, ...above],
    })
    const signer = pki.issue({
      subject: '/CN=Example Signer (sample)',
      issuer: authority,
      extensions: [...SIGNER, ...below],
    })
    const certificates = [signer, authority].map(({ der }) => parseCertificate(der))
    const parsed = parseCertificate(root.der)
    const anchor = pathAnchorOf(
      { anchor: true, role: 'signer', label: 'sample', sha256: parsed.sha256, der: root.der },
      parsed,
    )
    const files = ['-CAfile', root.certificate, '-untrusted', authority.certificate, signer.certificate]
    for (const [given, options] of INPUTS) {
      let theirs = true
      try {
        pki.openssl('verify', '-policy_check', ...options, ...files)
      } catch {
        theirs = false
      }
      const ours = reasons({ certificates, links: [LINK, LINK], anchor }, given)
      expect([options, ours.length === 0]).toEqual([options, theirs])
    }
  })
})
