import type { Instant } from '../model/instant.ts'
import type { Policy } from '../model/policy.ts'
import type { Ports } from '../model/ports.ts'
import type { AnchorRole } from '../model/trust-set.ts'
import type { Certificate, KeyUsage } from './certificate.ts'
import { parseCertificate } from './certificate-parse.ts'
import { uniqueCertificates } from './certificate-pool.ts'
import { type CandidatePath, type PathSearch, pathAnchorOf } from './path.ts'
import { purposesOfRole } from './path-purpose.ts'
import { searchPaths } from './path-search.ts'
import { checkTarget, type PathObstacle, type PathVerdict, validatePath } from './path-validation.ts'
import { rememberingLinks } from './trust-facts.ts'

/** One certificate and everything that its path may be built and judged from. No bundle, no signature, no token. */
export interface PathQuestion {
  /** DER. */
  readonly target: Uint8Array
  /** DER; hints, never anchors. */
  readonly intermediates: readonly Uint8Array[]
  /** DER of certificates that the verifier chose to believe. */
  readonly anchors: readonly Uint8Array[]
  readonly role: AnchorRole
  /** The time of interest. */
  readonly time: Instant
  readonly policy: Policy
  /** Of which the target and its authorities must name one where they name purposes; null for any. Absent: those of the role. */
  readonly purposes?: readonly string[] | null
  /** Of which the target must have one where it has a keyUsage. Absent: any. */
  readonly usages?: readonly KeyUsage[]
}

export interface PathAnswer {
  readonly target: Certificate
  /** What keeps the certificate itself from counting at that time and for that use, whatever its paths. */
  readonly targetProblems: readonly PathObstacle[]
  readonly search: PathSearch
  /** In the order of the search's candidates. */
  readonly verdicts: readonly { readonly path: CandidatePath; readonly verdict: PathVerdict }[]
}

/**
 * Searches and judges the paths of one certificate. Throws ParseError when the target or an anchor does not read; an
 * intermediate that does not read is no intermediate.
 */
export async function verifyPath(question: PathQuestion, ports: Pick<Ports, 'signatures'>): Promise<PathAnswer> {
  const { role, time, policy, purposes = purposesOfRole(role), usages = null } = question
  const target = parseCertificate(question.target)
  const pool = uniqueCertificates(question.intermediates.map((der) => parseCertificate(der)))
  const anchors = question.anchors.map((der) => {
    const certificate = parseCertificate(der)
    const { sha256 } = certificate
    return pathAnchorOf({ anchor: true, role, label: certificate.subject.text, sha256, der }, certificate)
  })
  const search = await searchPaths(target, role, anchors, pool, policy.paths, rememberingLinks(ports))
  const verdicts = search.candidates.map((path) => ({ path, verdict: validatePath(path, time, policy, purposes) }))
  return { target, targetProblems: checkTarget(target, time, purposes, usages), search, verdicts }
}
