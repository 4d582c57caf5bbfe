import type { Evidence } from '../model/finding.ts'
import { compareInstants, formatInstant, type Instant } from '../model/instant.ts'
import { LIMITS } from '../model/limits.ts'
import type { Policy } from '../model/policy.ts'
import type { Certificate } from './certificate.ts'
import { keyIdentity } from './key-identity.ts'
import { type CandidatePath, isSelfIssued, type PathAnchor, type PathLink, PROCESSED_EXTENSIONS } from './path.ts'
import type { NameObstacle } from './path-names.ts'
import type { PolicyObstacle } from './path-policies.ts'
import type { Departure } from './path-profile.ts'
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

/** RFC 5280 §6.1.3 (a) (2) */
export function problemOfPeriod(
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
export function problemsOfProfile(sha256: string, departures: readonly Departure[]): PathObstacle[] {
  return departures.map(({ section, found }) => ({
    value: 'INDETERMINATE',
    reason: 'profile',
    certificate: sha256,
    evidence: { name: `RFC 5280 §${section}`, found },
  }))
}

export function problemsOfCertificate(certificate: Certificate): PathObstacle[] {
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
export function problemsOfAuthority(
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
export function problemOfNesting(
  purposes: readonly string[] | null,
  wanted: readonly string[] | null,
): Evidence | null {
  if (purposes === null || wanted === null || purposes.some((purpose) => wanted.includes(purpose))) return null
  return { name: 'extKeyUsage', expected: wanted.join(' '), found: purposes.join(' ') }
}

export function problemsOfLink(
  certificate: Certificate,
  link: PathLink,
  time: Instant,
  policy: Policy,
): PathObstacle[] {
  const at = (value: PathObstacle['value'], reason: PathObstacle['reason'], evidence: Evidence): PathObstacle => ({
    value,
    reason,
    certificate: certificate.sha256,
    evidence,
  })
  const problems: PathObstacle[] = []
  if (link.outcome === 'invalid') {
    // A key of another kind, or one that excludes such a signature, is named.
    const found = link.unsupported === null ? 'invalid' : `invalid: ${link.unsupported}`
    problems.push(at('FAILED', 'signature', { name: 'signatureValue', found }))
  }
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
export function problemsOfLength(path: CandidatePath): PathObstacle[] {
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

export function problemsOfAnchor(
  path: CandidatePath,
  time: Instant,
  purposes: readonly string[] | null,
): PathObstacle[] {
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
