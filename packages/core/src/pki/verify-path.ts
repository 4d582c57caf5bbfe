import type { Instant } from '../model/instant.ts'
import { ParseError } from '../model/parse-error.ts'
import type { Policy } from '../model/policy.ts'
import type { Ports } from '../model/ports.ts'
import type { AnchorRole } from '../model/trust-set.ts'
import type { Certificate, KeyUsage } from './certificate.ts'
import { parseCertificate } from './certificate-parse.ts'
import { uniqueCertificates } from './certificate-pool.ts'
import { type CandidatePath, type PathSearch, pathAnchorOf } from './path.ts'
import type { PathObstacle } from './path-obstacles.ts'
import { purposesOfRole } from './path-purpose.ts'
import { searchPaths } from './path-search.ts'
import { checkTarget, type PathVerdict, validatePath } from './path-validation.ts'
import { choosePath, type RevocationConclusion } from './revocation-conclusion.ts'
import { establishRevocation } from './revocation-establish.ts'
import { GIVEN, readRevocation } from './revocation-pool.ts'
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
  /** DER. One that does not read tells nothing. */
  readonly crls?: readonly Uint8Array[]
  /** DER. */
  readonly ocsp?: readonly Uint8Array[]
  /** The time of interest. */
  readonly time: Instant
  /** Revocation data that was made after it is not taken. Absent: the time of interest. */
  readonly validationTime?: Instant
  readonly policy: Policy
  /** Of which the target and its authorities must name one where they name purposes; null for any. Absent: those of the role. */
  readonly purposes?: readonly string[] | null
  /** Of which the target must have one where it has a keyUsage. Absent: any. */
  readonly usages?: readonly KeyUsage[]
  /** Authorities between target and anchor, the self-issued not counted, beside what the certificates say. Absent: any number. */
  readonly pathLength?: number
}

/** What is said of one certificate in one role, path by path. */
export interface PathAnswer {
  readonly target: Certificate
  /** What keeps the certificate itself from counting at that time and for that use, whatever its paths. */
  readonly targetProblems: readonly PathObstacle[]
  readonly search: PathSearch
  /** In the order of the search's candidates. */
  readonly verdicts: readonly { readonly path: CandidatePath; readonly verdict: PathVerdict }[]
  /** Of the paths that hold the one that is rested on, with its revocation; null when none holds, or nobody asks. */
  readonly chosen: { readonly path: CandidatePath; readonly conclusion: RevocationConclusion } | null
}

/**
 * Searches and judges the paths of one certificate. Throws ParseError when the target or an anchor does not read; an
 * intermediate that does not read is no intermediate.
 */
export async function verifyPath(
  question: PathQuestion,
  ports: Pick<Ports, 'signatures' | 'smallDigest'>,
): Promise<PathAnswer> {
  const { role, time, policy, purposes = purposesOfRole(role), usages = null, pathLength } = question
  const target = parseCertificate(question.target)
  const pool = uniqueCertificates(question.intermediates.flatMap((der) => readCertificate(der)))
  const anchors = question.anchors.map((der) => {
    const certificate = parseCertificate(der)
    const { sha256 } = certificate
    const anchor = pathAnchorOf({ anchor: true, role, label: certificate.subject.text, sha256, der }, certificate)
    return pathLength === undefined
      ? anchor
      : { ...anchor, pathLen: Math.min(anchor.pathLen ?? pathLength, pathLength) }
  })
  const computeLink = rememberingLinks(ports)
  const search = await searchPaths(target, role, anchors, pool, policy.paths, computeLink)
  const verdicts = search.candidates.map((path) => ({ path, verdict: validatePath(path, time, policy, purposes) }))
  const targetProblems = checkTarget(target, time, purposes, usages)
  if (policy.revocation === 'not-checked') return { target, targetProblems, search, verdicts, chosen: null }
  const files = [
    ...(question.crls ?? []).map((bytes) => ({ source: GIVEN, bytes, kind: 'crl' as const })),
    ...(question.ocsp ?? []).map((bytes) => ({ source: GIVEN, bytes, kind: 'ocsp' as const })),
  ]
  const material = readRevocation(files, ports.smallDigest)
  const surroundings = { searches: [search], pool, anchors, limits: policy.paths, computeLink }
  const evidence = await establishRevocation(material, surroundings, ports)
  const holding = verdicts.filter(({ verdict }) => verdict.value === 'PASSED').map(({ path }) => path)
  const asked = { evidence, role, time, validationTime: question.validationTime ?? time, policy, purposes }
  const chosen = choosePath(holding, asked, { time: 'stated', provedBefore: null, claimed: null })
  return { target, targetProblems, search, verdicts, chosen }
}

function readCertificate(der: Uint8Array): Certificate[] {
  try {
    return [parseCertificate(der)]
  } catch (error) {
    if (!(error instanceof ParseError)) throw error
    return []
  }
}
