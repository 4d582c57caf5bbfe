import type { Evidence } from '../model/finding.ts'
import {
  type AlikeMoments,
  compareInstants,
  formatInstant,
  type Instant,
  isAlike,
  withAlikeMoments,
} from '../model/instant.ts'
import { LIMITS } from '../model/limits.ts'
import type { Policy } from '../model/policy.ts'
import type { Certificate, KeyUsage } from './certificate.ts'
import { keyIdentity } from './key-identity.ts'
import { lastAnswer } from './last-answers.ts'
import { type CandidatePath, isSelfIssued, type PathAnchor, type PathLink, PROCESSED_EXTENSIONS } from './path.ts'
import { type NameObstacle, problemsOfNames } from './path-names.ts'
import { type PolicyObstacle, problemsOfPolicies } from './path-policies.ts'
import { type Departure, departuresFromProfile } from './path-profile.ts'
import { purposesOfRole } from './path-purpose.ts'
import { signatureWeaknesses } from './path-strength.ts'

/** One thing that keeps a path from holding. FAILED: it contradicts; INDETERMINATE: it could not be told, or is not believed at that time. */
export interface PathObstacle {
  readonly value: 'FAILED' | 'INDETERMINATE'
  readonly reason:
    | 'signature'
    | 'expired'
    | 'not-yet-valid'
    | 'not-a-ca'
    | 'path-length'
    | 'key-usage'
    | 'version'
    | 'algorithms-disagree'
    | 'repeated-extension'
    | 'malformed-extension'
    | 'extended-key-usage'
    | 'anchor-not-a-ca'
    | 'signature-unsupported'
    | 'unknown-critical-extension'
    | 'profile'
    | NameObstacle['reason']
    | PolicyObstacle['reason']
    | 'weak-algorithm'
    | 'anchor-interval'
    | 'anchor-validity'
  /** SHA-256 of the certificate, or of the anchor's. */
  readonly certificate: string
  readonly evidence: Evidence
}

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

/** RFC 5280 §6.1.3 (a) (2) */
function problemOfPeriod(
  { notBefore, notAfter }: Certificate,
  time: Instant,
): [PathObstacle['reason'], Evidence] | null {
  if (compareInstants(time, notAfter) > 0) {
    return ['expired', { name: 'notAfter', expected: formatInstant(time), found: formatInstant(notAfter) }]
  }
  if (compareInstants(time, notBefore) < 0) {
    return ['not-yet-valid', { name: 'notBefore', expected: formatInstant(time), found: formatInstant(notBefore) }]
  }
  return null
}

/** Issued against the standard is no contradiction of the path: no duty of RFC 5280 §6 refuses it. */
function problemsOfProfile(sha256: string, departures: readonly Departure[]): PathObstacle[] {
  return departures.map(({ section, found }) => ({
    value: 'INDETERMINATE',
    reason: 'profile',
    certificate: sha256,
    evidence: { name: `RFC 5280 §${section}`, found },
  }))
}

function problemsOfCertificate(certificate: Certificate): PathObstacle[] {
  const problems: PathObstacle[] = []
  const note = (value: PathObstacle['value'], reason: PathObstacle['reason'], name: string, found: string) => {
    if (problems.length >= LIMITS.problemsOfCertificate) return
    problems.push({ value, reason, certificate: certificate.sha256, evidence: { name, found } })
  }

  // RFC 5280 §4.1.1.2
  if (!certificate.signatureAlgorithmsAgree) {
    note('FAILED', 'algorithms-disagree', 'signatureAlgorithm', certificate.signatureAlgorithm.oid)
  }
  // RFC 5280 §4.2
  for (const oid of certificate.repeatedExtensions) note('FAILED', 'repeated-extension', 'extension', oid)
  for (const oid of certificate.malformedExtensions) note('FAILED', 'malformed-extension', 'extension', oid)
  // RFC 5280 §4.1.2.9
  if (certificate.version !== 3 && certificate.extensions.length > 0) {
    note('FAILED', 'version', 'version', `${certificate.version}`)
  }
  for (const { oid, critical } of certificate.extensions) {
    if (problems.length >= LIMITS.problemsOfCertificate) break
    // RFC 5280 §6.1.4 (o), §6.1.5 (f)
    if (critical && !PROCESSED_EXTENSIONS.has(oid)) {
      note('INDETERMINATE', 'unknown-critical-extension', 'extension', oid)
    }
  }
  return problems
}

/** RFC 5280 §6.1.4 (k) and (n), and the period of §6.1.3 (a) (2). */
function problemsOfAuthority(
  certificate: Certificate,
  wanted: readonly string[] | null,
  time: Instant,
): PathObstacle[] {
  const problems: PathObstacle[] = []
  const note = (reason: PathObstacle['reason'], evidence: Evidence) =>
    problems.push({ value: 'FAILED', reason, certificate: certificate.sha256, evidence })

  const outside = problemOfPeriod(certificate, time)
  if (outside !== null) note(...outside)
  // An intermediate of version 1 or 2 would have to be known as an authority by other means; there are none here.
  if (certificate.version !== 3) note('version', { name: 'version', expected: '3', found: `${certificate.version}` })
  if (certificate.basicConstraints?.ca !== true) {
    const found = certificate.basicConstraints === null ? 'absent' : 'FALSE'
    note('not-a-ca', { name: 'basicConstraints.cA', expected: 'TRUE', found })
  }
  if (certificate.keyUsage !== null && !certificate.keyUsage.has('keyCertSign')) {
    note('key-usage', { name: 'keyUsage', expected: 'keyCertSign', found: [...certificate.keyUsage].join(' ') })
  }
  const nesting = problemOfNesting(certificate.extendedKeyUsage?.purposes ?? null, wanted)
  if (nesting !== null) note('extended-key-usage', nesting)
  return problems
}

/**
 * An authority whose certificate names purposes does not certify for others. RFC 5280 §4.2.1.12 leaves this to
 * applications; of 43 authorities above time-stamp units 7 name purposes, and 6 of these name timeStamping.
 */
function problemOfNesting(purposes: readonly string[] | null, wanted: readonly string[] | null): Evidence | null {
  if (purposes === null || wanted === null || purposes.some((purpose) => wanted.includes(purpose))) return null
  return { name: 'extKeyUsage', expected: wanted.join(' '), found: purposes.join(' ') }
}

function problemsOfLink(certificate: Certificate, link: PathLink, time: Instant, policy: Policy): PathObstacle[] {
  const at = (value: PathObstacle['value'], reason: PathObstacle['reason'], evidence: Evidence): PathObstacle => ({
    value,
    reason,
    certificate: certificate.sha256,
    evidence,
  })
  const problems: PathObstacle[] = []
  if (link.outcome === 'invalid') problems.push(at('FAILED', 'signature', { name: 'signatureValue', found: 'invalid' }))
  if (link.outcome === 'unsupported') {
    const found = link.unsupported ?? certificate.signatureAlgorithm.oid
    problems.push(at('INDETERMINATE', 'signature-unsupported', { name: 'signatureAlgorithm', found }))
  }
  if (link.algorithm === null) return problems
  for (const weakness of signatureWeaknesses(link.algorithm, link.rsaBits, policy, time)) {
    const evidence = { name: weakness.part, expected: weakness.expected, found: weakness.found }
    problems.push(at('INDETERMINATE', 'weak-algorithm', evidence))
  }
  return problems
}

/** RFC 5280 §6.1.4 (l) and (m), from the anchor down; self-issued certificates are not counted. */
function problemsOfLength(path: CandidatePath): PathObstacle[] {
  const problems: PathObstacle[] = []
  let left = path.anchor.pathLen ?? Number.POSITIVE_INFINITY
  for (const certificate of path.certificates.slice(1).toReversed()) {
    if (!isSelfIssued(certificate)) {
      if (left <= 0) {
        const evidence = { name: 'pathLenConstraint', found: 'exceeded' }
        problems.push({ value: 'FAILED', reason: 'path-length', certificate: certificate.sha256, evidence })
      }
      left--
    }
    left = Math.min(left, certificate.basicConstraints?.pathLen ?? Number.POSITIVE_INFINITY)
  }
  return problems
}

function problemsOfAnchor(path: CandidatePath, time: Instant, purposes: readonly string[] | null): PathObstacle[] {
  const { anchor } = path
  const problems: PathObstacle[] = []
  const note = (value: PathObstacle['value'], reason: PathObstacle['reason'], evidence: Evidence) =>
    problems.push({ value, reason, certificate: anchor.sha256, evidence })

  if (!isWithinAnchorInterval(anchor, time)) {
    const expected = `${anchor.from === null ? '' : formatInstant(anchor.from)}/${anchor.until === null ? '' : formatInstant(anchor.until)}`
    note('INDETERMINATE', 'anchor-interval', { name: 'anchor', expected, found: formatInstant(time) })
  }
  for (const { until, label, sha256, spki } of path.endingKeys ?? []) {
    if (until === null || compareInstants(time, until) < 0) continue
    const holder = path.certificates.find((one) => keyIdentity(one.spki) === keyIdentity(spki)) ?? anchor
    const evidence = { name: 'sameKey', expected: `/${formatInstant(until)}`, found: `${label} ${sha256}` }
    problems.push({ value: 'INDETERMINATE', reason: 'anchor-interval', certificate: holder.sha256, evidence })
  }
  // Of a target that is its own anchor, period and usages are findings of their own.
  if (path.links.length === 0) return problems
  if (!anchor.mayCertify)
    note('FAILED', 'anchor-not-a-ca', { name: 'basicConstraints.cA', expected: 'TRUE', found: 'FALSE' })
  // RFC 5280 §6.1.1 (d) leaves the anchor's period open; stock tools refuse it outside, and so must an answer that they are to repeat.
  if (compareInstants(time, anchor.notBefore) < 0 || compareInstants(time, anchor.notAfter) > 0) {
    const expected = `${formatInstant(anchor.notBefore)}/${formatInstant(anchor.notAfter)}`
    note('INDETERMINATE', 'anchor-validity', { name: 'anchor', expected, found: formatInstant(time) })
  }
  for (const oid of anchor.unprocessed) {
    note('INDETERMINATE', 'unknown-critical-extension', { name: 'extension', found: oid })
  }
  const nesting = problemOfNesting(anchor.purposes, purposes)
  if (nesting !== null) note('FAILED', 'extended-key-usage', nesting)
  return problems
}

/** `from` is the first moment that may rely on the anchor; `until` is the first that may not. */
export function isWithinAnchorInterval(anchor: PathAnchor, time: Instant): boolean {
  if (anchor.from !== null && compareInstants(time, anchor.from) < 0) return false
  return anchor.until === null || compareInstants(time, anchor.until) < 0
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
