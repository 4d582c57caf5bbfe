import type { Evidence } from '../model/finding.ts'
import { LIMITS } from '../model/limits.ts'
import type { Policy } from '../model/policy.ts'
import type { Certificate } from './certificate.ts'
import { ANY_POLICY } from './certificate-policies.ts'
import { type CandidatePath, isSelfIssued } from './path.ts'

export interface PolicyObstacle {
  readonly value: 'FAILED' | 'INDETERMINATE'
  /** `policy-mapping`: anyPolicy is mapped (RFC 5280 §6.1.4 (a)). */
  readonly reason: 'policy-required' | 'policy-mapping' | 'policy-limit'
  readonly certificate: string
  readonly evidence: Evidence
}

/** One node of a depth of the valid_policy_graph (RFC 9618 §4.1), by its valid_policy. */
interface PolicyNode {
  /** Null at depth 0. */
  readonly parents: readonly PolicyNode[]
  readonly policy: string
  expected: ReadonlySet<string>
}

type Depth = ReadonlyMap<string, PolicyNode>

/**
 * Certificate policies of RFC 5280 §6.1 over the graph of RFC 9618, which grows with the size of the certificates and
 * not with the number of ways through them. A depth without nodes is the NULL graph; nodes that lead to no policy of
 * the target are left standing until the end, because no step reads them. The constraints of the anchor's certificate
 * are in force as if it stood in the path (RFC 5937 §4).
 */
export function problemsOfPolicies(path: CandidatePath, inputs: Policy['paths']): PolicyObstacle[] {
  const { anchor } = path
  if (path.links.length === 0) return []
  const tooMany = problemOfCount(path)
  if (tooMany !== null) return [tooMany]
  const n = path.certificates.length
  const start = (isSet: boolean | undefined, byAnchor: number | null) =>
    isSet ? 0 : Math.min(n + 1, byAnchor ?? n + 1)
  let explicitPolicy = start(inputs.initialExplicitPolicy, anchor.policyConstraints?.requireExplicitPolicy ?? null)
  let policyMapping = start(inputs.initialPolicyMappingInhibit, anchor.policyConstraints?.inhibitPolicyMapping ?? null)
  let inhibitAnyPolicy = start(inputs.initialAnyPolicyInhibit, anchor.inhibitAnyPolicy)
  let above: Depth = new Map([[ANY_POLICY, { parents: [], policy: ANY_POLICY, expected: new Set([ANY_POLICY]) }]])
  const problems: PolicyObstacle[] = []

  for (let index = n - 1; index >= 0; index--) {
    const certificate = path.certificates[index]
    if (certificate === undefined) continue
    const isTarget = index === 0
    const isExempt = !isTarget && isSelfIssued(certificate)
    const depth = depthOf(certificate, above, inhibitAnyPolicy > 0 || isExempt)
    // §6.1.3 (f)
    if (explicitPolicy === 0 && depth.size === 0) {
      problems.push(required(certificate, 'certificatePolicies', certificate.certificatePolicies))
      return problems
    }
    const mappings = isTarget ? null : certificate.policyMappings
    if (mappings !== null) {
      const isAny = mappings.some((one) => [one.issuerDomainPolicy, one.subjectDomainPolicy].includes(ANY_POLICY))
      if (isAny) {
        const evidence = { name: 'policyMappings', found: ANY_POLICY }
        problems.push({ value: 'FAILED', reason: 'policy-mapping', certificate: certificate.sha256, evidence })
        return problems
      }
      map(mappings, depth, above.get(ANY_POLICY), policyMapping > 0)
    }
    above = depth
    // §6.1.4 (h), §6.1.5 (a)
    if (isTarget || !isSelfIssued(certificate)) {
      explicitPolicy = Math.max(0, explicitPolicy - 1)
      policyMapping = Math.max(0, policyMapping - 1)
      inhibitAnyPolicy = Math.max(0, inhibitAnyPolicy - 1)
    }
    const constraints = certificate.policyConstraints
    const skip = constraints?.requireExplicitPolicy ?? null
    // §6.1.5 (b): of the target only 0 counts.
    if (skip !== null && (!isTarget || skip === 0)) explicitPolicy = Math.min(explicitPolicy, skip)
    policyMapping = Math.min(policyMapping, constraints?.inhibitPolicyMapping ?? policyMapping)
    inhibitAnyPolicy = Math.min(inhibitAnyPolicy, certificate.inhibitAnyPolicy ?? inhibitAnyPolicy)
  }

  // §6.1.5 (g)
  const target = path.certificates[0]
  if (explicitPolicy > 0 || target === undefined) return problems
  const wanted = wantedPolicies(inputs.userInitialPolicySet ?? null, anchor.certificatePolicies)
  if (!isAnyWanted(above, wanted)) problems.push(required(target, 'userInitialPolicySet', wanted))
  return problems
}

function problemOfCount({ certificates, anchor }: CandidatePath): PolicyObstacle | null {
  let count = 0
  for (const { certificatePolicies, policyMappings } of certificates) {
    count += (certificatePolicies?.length ?? 0) + (policyMappings?.length ?? 0)
  }
  if (count <= LIMITS.policiesInPath) return null
  const evidence = { name: 'certificatePolicies', expected: `at most ${LIMITS.policiesInPath}`, found: `${count}` }
  return { value: 'INDETERMINATE', reason: 'policy-limit', certificate: anchor.sha256, evidence }
}

function required(certificate: Certificate, name: string, found: readonly string[] | null): PolicyObstacle {
  const evidence = { name, expected: 'policy', found: found === null ? 'absent' : found.slice(0, 16).join(' ') }
  return { value: 'FAILED', reason: 'policy-required', certificate: certificate.sha256, evidence }
}

/** RFC 9618 §5.2: the nodes of one certificate below those of the one above. */
function depthOf(certificate: Certificate, above: Depth, isAnyAllowed: boolean): Map<string, PolicyNode> {
  const depth = new Map<string, PolicyNode>()
  const policies = certificate.certificatePolicies
  if (policies === null) return depth
  const expecting = new Map<string, PolicyNode[]>()
  for (const node of above.values()) {
    for (const policy of node.expected) {
      const nodes = expecting.get(policy)
      if (nodes === undefined) expecting.set(policy, [node])
      else nodes.push(node)
    }
  }
  const add = (policy: string, parents: readonly PolicyNode[]) =>
    depth.set(policy, { parents, policy, expected: new Set([policy]) })
  const any = above.get(ANY_POLICY)
  for (const policy of policies) {
    if (policy === ANY_POLICY || depth.has(policy)) continue
    const parents = expecting.get(policy) ?? (any === undefined ? [] : [any])
    if (parents.length > 0) add(policy, parents)
  }
  if (isAnyAllowed && policies.includes(ANY_POLICY)) {
    for (const [policy, parents] of expecting) if (!depth.has(policy)) add(policy, parents)
  }
  return depth
}

/** RFC 5280 §6.1.4 (b), RFC 9618 §5.4. */
function map(
  mappings: NonNullable<Certificate['policyMappings']>,
  depth: Map<string, PolicyNode>,
  anyAbove: PolicyNode | undefined,
  isAllowed: boolean,
): void {
  const mapped = new Map<string, Set<string>>()
  for (const { issuerDomainPolicy, subjectDomainPolicy } of mappings) {
    const known = mapped.get(issuerDomainPolicy)
    if (known === undefined) mapped.set(issuerDomainPolicy, new Set([subjectDomainPolicy]))
    else known.add(subjectDomainPolicy)
  }
  for (const [policy, expected] of mapped) {
    const node = depth.get(policy)
    if (!isAllowed) depth.delete(policy)
    else if (node !== undefined) node.expected = expected
    else if (depth.has(ANY_POLICY) && anyAbove !== undefined) {
      depth.set(policy, { parents: [anyAbove], policy, expected })
    }
  }
}

/** RFC 5937 §4: what the verifier accepts and the anchor's certificate is for; null is any policy. */
function wantedPolicies(
  byVerifier: readonly string[] | null,
  byAnchor: readonly string[] | null,
): readonly string[] | null {
  const user = byVerifier?.includes(ANY_POLICY) ? null : byVerifier
  const anchor = byAnchor?.includes(ANY_POLICY) ? null : byAnchor
  if (user === null || anchor === null) return user ?? anchor
  return user.filter((policy) => anchor.includes(policy))
}

/** RFC 9618 §5.5: whether a policy of the authorities' domain that a way to the target starts from is wanted. */
function isAnyWanted(last: Depth, wanted: readonly string[] | null): boolean {
  if (wanted === null) return last.size > 0
  // anyPolicy in the target, allowed from the anchor down, stands for every policy.
  if (last.has(ANY_POLICY)) return wanted.length > 0
  const isWanted = new Set(wanted)
  const seen = new Set<PolicyNode>(last.values())
  // A set hands out what is added while it is walked.
  for (const node of seen) {
    if (node.parents.some(({ policy }) => policy === ANY_POLICY) && isWanted.has(node.policy)) return true
    for (const parent of node.parents) if (parent.policy !== ANY_POLICY) seen.add(parent)
  }
  return false
}
