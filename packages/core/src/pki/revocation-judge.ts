import { compareInstants, type Instant } from '../model/instant.ts'
import { LIMITS } from '../model/limits.ts'
import { ParseError } from '../model/parse-error.ts'
import type { Policy } from '../model/policy.ts'
import type { AnchorRole } from '../model/trust-set.ts'
import type { Certificate } from './certificate.ts'
import { ALL_REASONS, type Crl, type CrlEntry, type DistributionPoint, type ReasonMask } from './crl.ts'
import { distributionPointsOf } from './crl-distribution-points.ts'
import { findEntries } from './crl-entries.ts'
import type { CandidatePath } from './path.ts'
import {
  type CertificateRevocation,
  isOfTheKey,
  isUnvouchedSource,
  joined,
  type PathIssuer,
  type RevocationEvidence,
  type RevocationSource,
  type RevocationStatement,
  type UnusableReason,
} from './revocation.ts'
import { crlIssuerNames } from './revocation-establish.ts'
import { judgeResponses } from './revocation-ocsp.ts'
import { compareNumbers, impliedPointOf, isDeltaOf, reasonsInScope } from './revocation-scope.ts'
import { crlSigners } from './revocation-signer.ts'

/** What revocation is judged by, and the work that is left to spend on it. */
export interface RevocationQuestion {
  readonly evidence: RevocationEvidence
  readonly role: AnchorRole
  /** The time of interest. */
  readonly time: Instant
  /** Nothing that was made after it is taken. */
  readonly validationTime: Instant
  readonly policy: Policy
  /** What authorities may have been limited to; null for any. As the path of the target was judged. */
  readonly purposes: readonly string[] | null
  /** A moment by which others prove that what was found at a source existed; null without. Absent: no proof of anything. */
  readonly provedAt?: (source: string) => Instant | null
  readonly work: { steps: number }
}

/** Signers whose own status is being judged, by SHA-256: CRLs of theirs that list themselves make the answer no worse. */
export interface Assumed {
  readonly certificates: ReadonlySet<string>
  /** Signers of signers so far. */
  readonly depth: number
}

/** A certificate in its path: `path.certificates[index]`. */
export interface PlacedCertificate {
  readonly path: CandidatePath
  readonly index: number
}

export function questionOf(question: Omit<RevocationQuestion, 'work'>): RevocationQuestion {
  return { ...question, work: { steps: LIMITS.revocationSteps } }
}

/** Every certificate of a path below its anchor, the target first (RFC 5280 §6.3). */
export function judgePathRevocation(path: CandidatePath, question: RevocationQuestion): CertificateRevocation[] {
  if (path.links.length === 0) return []
  return path.certificates.map((_, index) =>
    judgeRevocation({ path, index }, question, { certificates: new Set(), depth: 0 }),
  )
}

/**
 * What issuers that lead to an anchor say of other certificates over the keys of a path: only that a key was in other
 * hands, which is true of the key wherever it stands. Whether those certificates hold for themselves is not asked.
 */
export function judgeSameKey(
  path: CandidatePath,
  question: RevocationQuestion,
): { readonly holder: string; readonly other: CertificateRevocation }[] {
  const { evidence, role } = question
  return [...path.certificates, path.anchor].flatMap(({ sha256: holder }) =>
    (evidence.sameKey.get(holder) ?? []).flatMap((other) => {
      const candidates = evidence.searches.get(joined(role, other.sha256))?.candidates ?? []
      const ways = candidates.filter(
        ({ links }) => links.length > 0 && links.every(({ outcome }) => outcome === 'valid'),
      )
      for (const way of ways) {
        const judged = judgeRevocation({ path: way, index: 0 }, question, { certificates: new Set(), depth: 0 })
        const statements = judged.statements.filter(isOfTheKey)
        if (statements.length > 0) return [{ holder, other: { ...judged, statements } }]
      }
      return []
    }),
  )
}

/** Whether one certificate is revoked, by all CRLs and OCSP responses that speak of it. */
export function judgeRevocation(
  place: PlacedCertificate,
  question: RevocationQuestion,
  assumed: Assumed,
): CertificateRevocation {
  const certificate = certificateAt(place)
  const within: Assumed = {
    certificates: new Set([...assumed.certificates, certificate.sha256]),
    depth: assumed.depth + 1,
  }
  const byCrl = judgeCrls(place, question, within)
  const byOcsp = judgeResponses(place, question, within)
  const sources = [...byCrl.sources, ...byOcsp.sources]
  const statements = [...byCrl.statements, ...byOcsp.statements]
  const heard = sources.filter((source) => !isNobodys(source, place, question.evidence))
  // What was not looked at might revoke it.
  const isCut = question.evidence.limited || heard.some(({ why }) => why === 'limit')
  const isGood = (byCrl.good || byOcsp.good) && !byOcsp.denied && !isCut
  const isAsked = heard.some(({ why }) => why !== 'other-certificate')
  const status = statements.length > 0 ? 'revoked' : isGood ? 'good' : isAsked || isCut ? 'unknown' : 'no-data'
  return { certificate, status, statements, sources }
}

/** Reasons that are found after somebody was found to have signed it who may. */
const SIGNED_ALL_THE_SAME: readonly (UnusableReason | null)[] = [
  'stale',
  'in-future',
  'after-expiry',
  'delta-without-base',
  'no-proof',
]

/**
 * In an unsigned part, and nobody who may speak is known to have signed it: anybody may have put it there, and could as
 * well have taken it away. It is named, and leaves no question open that would not be open without it.
 */
function isNobodys(
  { sha256, answer, why }: RevocationSource,
  place: PlacedCertificate,
  { sources, links }: RevocationEvidence,
): boolean {
  if (answer !== 'unusable' || SIGNED_ALL_THE_SAME.includes(why)) return false
  if (!isUnvouchedSource(sources.get(sha256) ?? '')) return false
  return links.get(joined(sha256, issuerAt(place).sha256))?.outcome !== 'valid'
}

export function certificateAt({ path, index }: PlacedCertificate): Certificate {
  const certificate = path.certificates[index]
  if (certificate === undefined) throw new RangeError(`a path of ${path.certificates.length} has no place ${index}`)
  return certificate
}

export function issuerAt({ path, index }: PlacedCertificate): PathIssuer {
  return path.certificates[index + 1] ?? path.anchor
}

interface CrlJudgement {
  readonly good: boolean
  readonly statements: readonly RevocationStatement[]
  readonly sources: readonly RevocationSource[]
}

/** RFC 5280 §6.3.3. Unlike there, every CRL is looked at, so that one that revokes is never left out. */
function judgeCrls(place: PlacedCertificate, question: RevocationQuestion, assumed: Assumed): CrlJudgement {
  const certificate = certificateAt(place)
  const { evidence } = question
  const names = crlIssuerNames(certificate)
  const named = evidence.crls.filter(({ issuer }) => names.has(issuer.key))
  const statements: RevocationStatement[] = []
  const sources: RevocationSource[] = []
  let covered: ReasonMask = 0
  if (named.length === 0) return { good: false, statements, sources }
  const ofCertificate = pointsOf(certificate)
  const judged = new Map(named.map((crl) => [crl, judgeCrl(crl, place, ofCertificate, question, assumed)]))
  const deltas = named.filter(({ baseCrlNumber }) => baseCrlNumber !== null)
  const usedDeltas = new Set<Crl>()
  for (const [crl, one] of judged) {
    if (crl.baseCrlNumber !== null) continue
    if (one.why !== null) {
      sources.push(sourceOf(crl, 'unusable', one.why))
      continue
    }
    const fitting = deltas
      .filter((delta) => isDeltaOf(delta, crl) && isUsableWith(judged.get(delta), one))
      .filter((delta) => timeProblem(delta, certificate, question) !== 'in-future')
      .sort((a, b) => compareNumbers(a.crlNumber ?? new Uint8Array(), b.crlNumber ?? new Uint8Array()))
    const entries = new Map(fitting.map((delta) => [delta, judged.get(delta)?.entries ?? []]))
    for (const delta of fitting) usedDeltas.add(delta)
    const current = fitting.findLast((delta) => timeProblem(delta, certificate, question) === null)
    // The newest that says anything of the certificate; but an entry takes back a hold only, and else says that the
    // certificate has expired (RFC 5280 §5.3.1): then what was said before stands.
    const speaking = fitting.filter((delta) => (entries.get(delta) ?? []).length > 0)
    const saidBy = (list: Crl) => (list === crl ? one.entries : (entries.get(list) ?? []))
    const lasting = [crl, ...speaking].findLast((list) => saidBy(list).some(isLastingEntry))
    const newest = speaking.at(-1)
    const speaker = lasting ?? newest ?? crl
    const revoking = saidBy(speaker).filter(({ reason }) => speaker === crl || reason !== 'removeFromCRL')
    const late = current === undefined ? timeProblem(crl, certificate, question) : null
    if (revoking.length > 0) {
      // Whoever was revoked stays so, but for a hold: an old list proves the one and not the other.
      const isLasting = revoking.some(isLastingEntry)
      const isTaken = isLasting ? late !== 'in-future' : late === null
      sources.push(sourceOf(speaker, isTaken ? 'revoked' : 'unusable', isTaken ? null : late))
      // One by one: a list may name one serial number more often than a call takes arguments.
      if (isTaken) for (const statement of statementsOf(speaker, revoking)) statements.push(statement)
    } else if (late !== null) sources.push(sourceOf(crl, 'unusable', late))
    else {
      covered |= one.reasons
      sources.push(sourceOf(current ?? crl, 'good', null))
    }
  }
  for (const delta of deltas) {
    if (usedDeltas.has(delta)) continue
    const { why = 'delta-without-base', entries = [] } = judged.get(delta) ?? {}
    const revoking = entries.filter(isLastingEntry)
    const late = timeProblem(delta, certificate, question)
    // Without its base it says of no certificate that it is good; what it says is revoked for good, is.
    if (why === null && revoking.length > 0 && late !== 'in-future') {
      sources.push(sourceOf(delta, 'revoked', null))
      for (const statement of statementsOf(delta, revoking)) statements.push(statement)
    } else sources.push(sourceOf(delta, 'unusable', why ?? 'delta-without-base'))
  }
  return { good: covered === ALL_REASONS, statements, sources }
}

interface JudgedCrl {
  readonly why: UnusableReason | null
  /** Reasons that it speaks of for the certificate, over all points. */
  readonly reasons: ReasonMask
  readonly entries: readonly CrlEntry[]
  /** SHA-256 of the certificates or anchors whose key may have signed it. */
  readonly signers: readonly string[]
}

/** Everything about one CRL but its time. */
function judgeCrl(
  crl: Crl,
  place: PlacedCertificate,
  points: readonly DistributionPoint[] | null,
  question: RevocationQuestion,
  assumed: Assumed,
): JudgedCrl {
  const certificate = certificateAt(place)
  const refuse = (why: UnusableReason): JudgedCrl => ({ why, reasons: 0, entries: [], signers: [] })
  if (points === null) return refuse('malformed-extension')
  const reasons = points.reduce((mask, point) => mask | reasonsInScope(crl, point, certificate), 0)
  if (reasons === 0) return refuse('other-certificate')
  const structure = structureProblem(crl)
  if (structure !== null) return refuse(structure)
  if (question.work.steps-- <= 0) return refuse('limit')
  const signers = crlSigners(crl, place, question, assumed)
  if (signers.why !== null) return refuse(signers.why)
  return { why: null, reasons, entries: entriesOf(crl, certificate), signers: signers.sha256 }
}

const entries = new WeakMap<Crl, Map<string, readonly CrlEntry[]>>()

/** A list is searched once for each certificate: one of a large authority has some hundred thousand entries. */
function entriesOf(crl: Crl, { sha256, serialNumber, issuer }: Certificate): readonly CrlEntry[] {
  const ofCrl = entries.get(crl) ?? new Map<string, readonly CrlEntry[]>()
  entries.set(crl, ofCrl)
  const known = ofCrl.get(sha256)
  if (known !== undefined) return known
  const wanted = { serialNumber, issuerKey: issuer.key }
  const found = findEntries(crl.der, crl.entries, crl.version, crl.issuer.key, wanted)
  ofCrl.set(sha256, found)
  return found
}

/** Whether anything here could say that a certificate is revoked, whoever signed it: without that nothing can. */
export function isListed(place: PlacedCertificate, { crls, ocsp, certIds }: RevocationEvidence): boolean {
  const certificate = certificateAt(place)
  const names = crlIssuerNames(certificate)
  if (crls.some((crl) => names.has(crl.issuer.key) && entriesOf(crl, certificate).length > 0)) return true
  return ocsp.some(({ sha256, basic }) =>
    (certIds.get(joined(sha256, certificate.sha256, issuerAt(place).sha256)) ?? []).some(
      ({ index }) => basic?.responses[index]?.status === 'revoked',
    ),
  )
}

function structureProblem(crl: Crl): UnusableReason | null {
  if (!crl.signatureAlgorithmsAgree) return 'algorithms-disagree'
  if (crl.repeatedExtensions.length > 0) return 'repeated-extension'
  if (crl.malformedExtensions.length > 0) return 'malformed-extension'
  // RFC 5280 §5.2, §5.3: such a CRL must not be used for any certificate.
  if (crl.unknownCritical.length > 0 || crl.entries.unknownCritical.length > 0) return 'unknown-critical-extension'
  const scope = crl.issuingDistributionPoint
  // RFC 5280 §5.3.3: entries of another issuer stand in an indirect CRL only.
  if (crl.entries.issuers.length > 0 && scope?.indirectCRL !== true) return 'inconsistent'
  const kinds = [scope?.onlyContainsUserCerts, scope?.onlyContainsCACerts, scope?.onlyContainsAttributeCerts]
  // RFC 5280 §5.2.5: at most one of the three.
  return kinds.filter((one) => one === true).length > 1 ? 'inconsistent' : null
}

/** RFC 5280 §6.3.3 (c) (3), (h): the same key signed both. */
function isUsableWith(delta: JudgedCrl | undefined, base: JudgedCrl): boolean {
  return delta !== undefined && delta.why === null && delta.signers.some((sha256) => base.signers.includes(sha256))
}

const points = new WeakMap<Certificate, readonly DistributionPoint[] | null>()

/** Null for a certificate whose own extension does not read. */
function pointsOf(certificate: Certificate): readonly DistributionPoint[] | null {
  const known = points.get(certificate)
  if (known !== undefined) return known
  const read = readPoints(certificate)
  points.set(certificate, read)
  return read
}

function readPoints(certificate: Certificate): readonly DistributionPoint[] | null {
  try {
    return [...(distributionPointsOf(certificate) ?? []), impliedPointOf(certificate)]
  } catch (error) {
    if (error instanceof ParseError) return null
    throw error
  }
}

/**
 * Why a CRL says nothing about the time of interest, when it says nothing of the certificate. One that was made later
 * is good evidence as long as it still had to list the certificate (RFC 5280 §3.3: until it expires, and once more).
 */
function timeProblem(crl: Crl, certificate: Certificate, question: RevocationQuestion): UnusableReason | null {
  const { thisUpdate, nextUpdate, expiredCertsOnCRL } = crl
  if (compareInstants(thisUpdate, question.validationTime) > 0) return 'in-future'
  if (compareInstants(question.time, thisUpdate) <= 0) {
    if (compareInstants(thisUpdate, certificate.notAfter) <= 0) return null
    const isKept = expiredCertsOnCRL !== null && compareInstants(expiredCertsOnCRL, certificate.notAfter) <= 0
    return isKept ? null : 'after-expiry'
  }
  return nextUpdate !== null && compareInstants(question.time, nextUpdate) <= 0 ? null : 'stale'
}

function isLastingEntry({ reason }: CrlEntry): boolean {
  return reason !== 'certificateHold' && reason !== 'removeFromCRL'
}

function statementsOf({ sha256 }: Crl, entries: readonly CrlEntry[]): RevocationStatement[] {
  return entries.map((entry) => ({ kind: 'crl', source: sha256, ...datesOf(entry) }))
}

function datesOf({
  revocationDate,
  reason,
  invalidityDate,
}: CrlEntry): Pick<RevocationStatement, 'date' | 'reason' | 'invalidityDate'> {
  return { date: revocationDate, reason, invalidityDate }
}

function sourceOf(crl: Crl, answer: RevocationSource['answer'], why: UnusableReason | null): RevocationSource {
  const { sha256, thisUpdate, nextUpdate } = crl
  return { kind: 'crl', sha256, answer, why, thisUpdate, nextUpdate }
}
