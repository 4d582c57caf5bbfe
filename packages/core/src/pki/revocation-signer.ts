import { equalBytes } from '../model/bytes.ts'
import { compareInstants, type Instant } from '../model/instant.ts'
import type { Certificate } from './certificate.ts'
import type { Crl } from './crl.ts'
import type { CandidatePath, PathAnchor, PathLink } from './path.ts'
import { isWithinAnchorInterval } from './path-obstacles.ts'
import { signatureWeaknesses } from './path-strength.ts'
import { validatePath } from './path-validation.ts'
import { effectOf, joined, type PathIssuer, type UnusableReason } from './revocation.ts'
import { nameOfIssuer } from './revocation-establish.ts'
import { isListed, judgeRevocation } from './revocation-judge.ts'
import { type Assumed, issuerAt, type PlacedCertificate, type RevocationQuestion } from './revocation-question.ts'

/** How deep signers of signers of CRLs are followed. */
const MAX_SIGNERS_DEEP = 4

/** The worst reason first: what is said when nobody's signature counts. */
const ORDER: readonly UnusableReason[] = [
  'limit',
  'signer-revoked',
  'no-proof',
  'signer-unknown',
  'signer-path',
  'key-usage',
  'weak-algorithm',
  'signature-unsupported',
  'signature',
]

/**
 * Who may have signed a CRL about a certificate: the key that issued the certificate, or another of the same name, or
 * the CRL issuer that the certificate's distribution point names. A separate one has a path of its own that holds and
 * ends at the same anchor (RFC 5280 §6.3.3 (f), (g)).
 */
export function crlSigners(
  crl: Crl,
  place: PlacedCertificate,
  question: RevocationQuestion,
  assumed: Assumed,
): { readonly why: UnusableReason | null; readonly sha256: readonly string[] } {
  const problems: UnusableReason[] = question.evidence.limited ? ['limit', 'signature'] : ['signature']
  const signers: string[] = []
  const at = laterOf(question.time, crl.thisUpdate)
  const made = existenceOf(crl.sha256, crl.thisUpdate, question)
  const take = (signer: PathIssuer, problem: () => UnusableReason | null) => {
    const link = question.evidence.links.get(joined(crl.sha256, signer.sha256))
    if (link === undefined || link.outcome === 'invalid') return
    const why =
      linkProblem(link, question, at) ??
      (mayIssueCrls(signer) ? problem() : 'key-usage') ??
      forgeryProblem([link], question, made)
    if (why === null) signers.push(signer.sha256)
    else problems.push(why)
  }
  const issuer = issuerAt(place)
  const { anchor } = place.path
  if (crl.issuer.key === nameOfIssuer(issuer).key) {
    take(issuer, () => suffixProblem(place, question, at) ?? issuerProblem(place, question, assumed, made))
  }
  if (crl.issuer.key === anchor.name.key && issuer !== anchor) {
    take(anchor, () => anchorProblem(anchor, at) ?? endedAnchorProblem(anchor, made))
  }
  for (const signer of question.evidence.certificates) {
    if (signer.subject.key !== crl.issuer.key || signer.sha256 === issuer.sha256) continue
    take(signer, () => separateSignerProblem(signer, anchor, question, at, assumed, made))
  }
  if (signers.length > 0) return { why: null, sha256: signers }
  return { why: ORDER.find((reason) => problems.includes(reason)) ?? 'signature', sha256: [] }
}

export function linkProblem(link: PathLink, { policy }: RevocationQuestion, at: Instant): UnusableReason | null {
  if (link.outcome === 'invalid') return 'signature'
  if (link.outcome === 'unsupported' || link.algorithm === null) return 'signature-unsupported'
  return signatureWeaknesses(link.algorithm, link.rsaBits, policy, at).length > 0 ? 'weak-algorithm' : null
}

/** When revocation data say that they were made, and what shows that they are no younger. */
export interface Existence {
  readonly stated: Instant
  /** A moment by which others than their signer prove that they existed; null without. */
  readonly provedBefore: Instant | null
  /** The latest moment at which they can have been made: the proof's, or else the validation time. */
  readonly latest: Instant
}

export function existenceOf(sha256: string, stated: Instant, question: RevocationQuestion): Existence {
  const { provedAt, evidence, validationTime } = question
  if (provedAt === undefined) return { stated, provedBefore: null, latest: validationTime }
  const places = [evidence.sources.get(sha256) ?? '', ...(evidence.also.get(sha256) ?? [])]
  const by = places.flatMap((place) => provedAt(place) ?? []).toSorted(compareInstants)[0]
  if (by === undefined) return { stated, provedBefore: null, latest: validationTime }
  return { stated, provedBefore: by, latest: by }
}

/**
 * Revocation data need a proof of existence as the signature does (ETSI EN 319 102-1 §5.6.2.2, §5.6.2.3): once an algorithm has
 * ended, what it signed can have been forged since, whatever date it bears.
 */
export function forgeryProblem(
  links: readonly PathLink[],
  question: RevocationQuestion,
  { latest }: Existence,
): UnusableReason | null {
  return links.some((link) => linkProblem(link, question, latest) !== null) ? 'no-proof' : null
}

/** The same of the issuer's key: what was made after it was in other hands, or can have been, says nothing. */
export function issuerProblem(
  { path, index }: PlacedCertificate,
  question: RevocationQuestion,
  assumed: Assumed,
  made: Existence,
): UnusableReason | null {
  const issuer = path.certificates[index + 1]
  if (issuer === undefined) return endedAnchorProblem(path.anchor, made)
  if (assumed.certificates.has(issuer.sha256) || !isListed({ path, index: index + 1 }, question.evidence)) return null
  if (question.work.steps-- <= 0) return 'limit'
  // Up its own path this is no signer of a signer: that depth is bounded by the path's.
  const above = { ...assumed, depth: assumed.depth - 1 }
  const { statements } = judgeRevocation({ path, index: index + 1 }, question, above)
  const effects = statements.map((statement) => effectOf(statement, made.stated, made.provedBefore))
  if (effects.includes('revoked') || effects.includes('on-hold')) return 'signer-revoked'
  return effects.includes('suspect') ? 'no-proof' : null
}

/** The trust set relies on the key until a day. Later, its list can have been made by whoever has the key, under any date. */
function endedAnchorProblem({ until }: PathAnchor, { latest }: Existence): UnusableReason | null {
  return until !== null && compareInstants(latest, until) >= 0 ? 'no-proof' : null
}

function mayIssueCrls(signer: PathIssuer): boolean {
  if ('anchor' in signer) return signer.mayIssueCrls
  return signer.keyUsage === null || signer.keyUsage.has('cRLSign')
}

const suffixes = new WeakMap<CandidatePath, Map<number, CandidatePath>>()

/** The path above a certificate: the same object each time, so that its verdicts are remembered with it. */
function suffixOf(path: CandidatePath, index: number): CandidatePath {
  const ofPath = suffixes.get(path) ?? new Map<number, CandidatePath>()
  suffixes.set(path, ofPath)
  const known = ofPath.get(index)
  if (known !== undefined) return known
  const suffix = { ...path, certificates: path.certificates.slice(index), links: path.links.slice(index) }
  ofPath.set(index, suffix)
  return suffix
}

/** What issued the certificate holds at the time of interest; here, whether it still held when the object was made. */
export function suffixProblem(
  place: PlacedCertificate,
  question: RevocationQuestion,
  at: Instant,
): UnusableReason | null {
  if (compareInstants(at, question.time) <= 0) return null
  const { path, index } = place
  const first = path.certificates[index + 1]
  if (first === undefined) return anchorProblem(path.anchor, at)
  if (!isWithinPeriod(first, at)) return 'signer-path'
  const suffix = suffixOf(path, index + 1)
  return validatePath(suffix, at, question.policy, question.purposes).value === 'PASSED' ? null : 'signer-path'
}

/** A key that was taken from an authority, or is closed, speaks no longer. */
function anchorProblem(anchor: PathAnchor, at: Instant): UnusableReason | null {
  const isIn = compareInstants(at, anchor.notBefore) >= 0 && compareInstants(at, anchor.notAfter) <= 0
  return isIn && isWithinAnchorInterval(anchor, at) ? null : 'signer-path'
}

function separateSignerProblem(
  signer: Certificate,
  anchor: PathAnchor,
  question: RevocationQuestion,
  at: Instant,
  assumed: Assumed,
  made: Existence,
): UnusableReason | null {
  if (!isWithinPeriod(signer, at)) return 'signer-path'
  const search = question.evidence.searches.get(joined(question.role, signer.sha256))
  const paths = (search?.candidates ?? []).filter(
    (path) =>
      path.links.length > 0 &&
      path.anchor.name.key === anchor.name.key &&
      equalBytes(path.anchor.spki, anchor.spki) &&
      validatePath(path, at, question.policy, question.purposes).value === 'PASSED',
  )
  let problem: UnusableReason = 'signer-path'
  for (const path of paths) {
    const why = signerRevocationProblem(path, question, assumed, made) ?? forgeryProblem(path.links, question, made)
    if (why === null) return null
    problem = why
  }
  return problem
}

/** Whether the certificates of a signer's own path are revoked. One whose own status is being asked is assumed good. */
export function signerRevocationProblem(
  path: CandidatePath,
  question: RevocationQuestion,
  assumed: Assumed,
  { stated }: Existence,
): UnusableReason | null {
  const at = laterOf(question.time, stated)
  if (assumed.depth > MAX_SIGNERS_DEEP) return 'limit'
  for (const [index, certificate] of path.certificates.entries()) {
    if (assumed.certificates.has(certificate.sha256)) continue
    if (question.work.steps-- <= 0) return 'limit'
    const { status, statements } = judgeRevocation({ path, index }, question, assumed)
    if (statements.some((statement) => effectOf(statement, at, null) !== 'stands')) return 'signer-revoked'
    if (status === 'unknown' || (status === 'no-data' && question.policy.revocation === 'required')) {
      return 'signer-unknown'
    }
  }
  return null
}

export function isWithinPeriod(certificate: Certificate, at: Instant): boolean {
  return compareInstants(at, certificate.notBefore) >= 0 && compareInstants(at, certificate.notAfter) <= 0
}

export function laterOf(a: Instant, b: Instant): Instant {
  return compareInstants(a, b) >= 0 ? a : b
}
