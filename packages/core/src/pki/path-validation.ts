import type { Evidence } from '../model/finding.ts'
import { type AlikeMoments, type Instant, isAlike, withAlikeMoments } from '../model/instant.ts'
import type { Policy } from '../model/policy.ts'
import type { Certificate, KeyUsage } from './certificate.ts'
import { lastAnswer } from './last-answers.ts'
import type { CandidatePath } from './path.ts'
import { problemsOfNames } from './path-names.ts'
import {
  type PathObstacle,
  problemOfNesting,
  problemOfPeriod,
  problemsOfAnchor,
  problemsOfAuthority,
  problemsOfCertificate,
  problemsOfLength,
  problemsOfLink,
  problemsOfProfile,
} from './path-obstacles.ts'
import { problemsOfPolicies } from './path-policies.ts'
import { departuresFromProfile } from './path-profile.ts'
import { purposesOfRole } from './path-purpose.ts'

/** What became of one path: everything that keeps it from holding. */
export interface PathVerdict {
  readonly value: 'PASSED' | 'FAILED' | 'INDETERMINATE'
  /** All of them, from the target to the anchor. */
  readonly problems: readonly PathObstacle[]
}

interface KnownVerdict {
  /** The times that it is the verdict at. */
  readonly times: AlikeMoments
  readonly policy: Policy
  readonly purposes: readonly string[] | null
  readonly verdict: PathVerdict
}

/** Of one path: around the time of interest, the validation time, and those of two lists above it. */
const VERDICTS_KEPT = 4
const verdicts = new WeakMap<CandidatePath, KnownVerdict[]>()

/**
 * RFC 5280 §6.1 on one candidate path at one time. The target's own period and usages have findings of their own and are
 * not judged here. `purposes`: those of which an authority that names purposes must name one; null for no such demand.
 */
export function validatePath(
  path: CandidatePath,
  time: Instant,
  policy: Policy,
  purposes: readonly string[] | null = purposesOfRole(path.anchor.role),
): PathVerdict {
  let known = verdicts.get(path)
  if (known === undefined) {
    known = []
    verdicts.set(path, known)
  }
  return lastAnswer(
    known,
    VERDICTS_KEPT,
    (one) => one.policy === policy && one.purposes === purposes && isAlike(time, one.times),
    () => verdictWithTimes(path, time, policy, purposes),
  ).verdict
}

function verdictWithTimes(
  path: CandidatePath,
  time: Instant,
  policy: Policy,
  purposes: readonly string[] | null,
): KnownVerdict {
  const { result: verdict, alike: times } = withAlikeMoments(time, () => verdictOf(path, time, policy, purposes))
  return { times, policy, purposes, verdict }
}

function verdictOf(
  path: CandidatePath,
  time: Instant,
  policy: Policy,
  purposes: readonly string[] | null,
): PathVerdict {
  const isProfileRequired = policy.paths.certificateProfile === 'required'
  const problems: PathObstacle[] = []
  for (const [index, certificate] of path.certificates.entries()) {
    problems.push(...problemsOfCertificate(certificate))
    if (index > 0) problems.push(...problemsOfAuthority(certificate, purposes, time))
    const link = path.links[index]
    if (link !== undefined) problems.push(...problemsOfLink(certificate, link, time, policy))
    if (isProfileRequired) problems.push(...problemsOfProfile(certificate.sha256, departuresFromProfile(certificate)))
  }
  problems.push(...problemsOfLength(path), ...problemsOfNames(path), ...problemsOfPolicies(path, policy.paths))
  problems.push(...problemsOfAnchor(path, time, purposes))
  if (isProfileRequired) problems.push(...problemsOfProfile(path.anchor.sha256, path.anchor.departures))
  const value = problems.some((problem) => problem.value === 'FAILED')
    ? 'FAILED'
    : problems.length > 0
      ? 'INDETERMINATE'
      : 'PASSED'
  return { value, problems }
}

/**
 * The certificate at the end of a path, for a question that has no checks of its own for it: what it is by itself, be
 * there a path or not; its period, and its use. Outside of these two it does not count; nothing contradicts.
 */
export function checkTarget(
  certificate: Certificate,
  time: Instant,
  purposes: readonly string[] | null,
  usages: readonly KeyUsage[] | null,
): readonly PathObstacle[] {
  const problems = problemsOfCertificate(certificate)
  const note = (reason: PathObstacle['reason'], evidence: Evidence) =>
    problems.push({ value: 'INDETERMINATE', reason, certificate: certificate.sha256, evidence })
  const outside = problemOfPeriod(certificate, time)
  if (outside !== null) note(...outside)
  const { keyUsage } = certificate
  if (keyUsage !== null && usages !== null && !usages.some((usage) => keyUsage.has(usage))) {
    note('key-usage', { name: 'keyUsage', expected: usages.join(' '), found: [...keyUsage].join(' ') })
  }
  const purpose = problemOfNesting(certificate.extendedKeyUsage?.purposes ?? null, purposes)
  if (purpose !== null) note('extended-key-usage', purpose)
  return problems
}
const descriptions = new WeakMap<CandidatePath, string>()

/** For people to compare on paper. */
export function describePath(path: CandidatePath): string {
  const known = descriptions.get(path)
  if (known !== undefined) return known
  const certificates = path.certificates.map((certificate) => certificate.sha256)
  const text = [...certificates, `anchor ${path.anchor.sha256}`].join(' > ')
  descriptions.set(path, text)
  return text
}
