import { compareInstants } from '../model/instant.ts'
import { LIMITS } from '../model/limits.ts'
import { orNull } from '../model/parse-error.ts'
import type { Certificate } from './certificate.ts'
import { ALL_REASONS, type Crl, type CrlEntry, type DistributionPoint, type ReasonMask } from './crl.ts'
import { distributionPointsOf } from './crl-distribution-points.ts'
import { findEntries } from './crl-entries.ts'
import { crlIssuerNames } from './crl-issuer-names.ts'
import { joined, type RevocationSource, type RevocationStatement, type UnusableReason } from './revocation.ts'
import {
  type Assumed,
  certificateAt,
  issuerAt,
  type PlacedCertificate,
  type RevocationQuestion,
} from './revocation-question.ts'
import { compareNumbers, impliedPointOf, isDeltaOf, reasonsInScope } from './revocation-scope.ts'
import { crlSigners, linkProblem } from './revocation-signer.ts'

interface CrlJudgement {
  readonly good: boolean
  /**
   * A list that must not be used (RFC 5280 §5.2, §5.3), and that the issuer's own key signed, names the certificate as revoked: what
   * other lists leave out does not show that it is good.
   */
  readonly doubted: boolean
  readonly statements: readonly RevocationStatement[]
  readonly sources: readonly RevocationSource[]
}

/** RFC 5280 §6.3.3. Unlike there, every CRL is looked at, so that one that revokes is never left out. */
export function judgeCrls(place: PlacedCertificate, question: RevocationQuestion, assumed: Assumed): CrlJudgement {
  const certificate = certificateAt(place)
  const { evidence } = question
  const names = crlIssuerNames(certificate)
  const named = evidence.crls.filter(({ issuer }) => names.has(issuer.key))
  const statements: RevocationStatement[] = []
  const sources: RevocationSource[] = []
  let covered: ReasonMask = 0
  let doubted = false
  if (named.length === 0) return { good: false, doubted, statements, sources }
  const ofCertificate = pointsOf(certificate)
  const judged = new Map(named.map((crl) => [crl, judgeCrl(crl, place, ofCertificate, question, assumed)]))
  const deltas = named.filter(({ baseCrlNumber }) => baseCrlNumber !== null)
  const usedDeltas = new Set<Crl>()
  for (const [crl, one] of judged) {
    if (crl.baseCrlNumber !== null) continue
    if (one.why !== null) {
      doubted ||= isDoubt(crl, one.why, place, question)
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
    } else {
      doubted ||= isDoubt(delta, why, place, question)
      sources.push(sourceOf(delta, 'unusable', why ?? 'delta-without-base'))
    }
  }
  return { good: covered === ALL_REASONS, doubted, statements, sources }
}

/** Of the list alone, whoever signed it. */
const UNUSABLE_AS_IT_IS: readonly (UnusableReason | null)[] = [
  'unknown-critical-extension',
  'malformed-extension',
  'repeated-extension',
  'inconsistent',
]

function isDoubt(
  crl: Crl,
  why: UnusableReason | null,
  place: PlacedCertificate,
  question: RevocationQuestion,
): boolean {
  if (!UNUSABLE_AS_IT_IS.includes(why) || compareInstants(crl.thisUpdate, question.validationTime) > 0) return false
  if (!entriesOf(crl, certificateAt(place)).some(isLastingEntry)) return false
  const link = question.evidence.links.get(joined(crl.sha256, issuerAt(place).sha256))
  return link !== undefined && linkProblem(link, question, crl.thisUpdate) === null
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
  points: PointsRead,
  question: RevocationQuestion,
  assumed: Assumed,
): JudgedCrl {
  const certificate = certificateAt(place)
  const refuse = (why: UnusableReason): JudgedCrl => ({ why, reasons: 0, entries: [], signers: [] })
  if (typeof points === 'string') return refuse(points)
  const reasons = points.reduce((mask, point) => mask | reasonsInScope(crl, point, certificate), 0)
  if (reasons === 0) return refuse(namesAllTheSame(crl, certificate) ? 'out-of-scope' : 'other-certificate')
  const structure = structureProblem(crl)
  if (structure !== null) return refuse(structure)
  if (question.work.steps-- <= 0) return refuse('limit')
  const signers = crlSigners(crl, place, question, assumed)
  if (signers.why !== null) return refuse(signers.why)
  return { why: null, reasons, entries: entriesOf(crl, certificate), signers: signers.sha256 }
}

/**
 * Outside its scope, and among its entries: RFC 5280 §5.2.5 knows no such list, so that it revokes nothing; but the issuer may
 * have spelt a distribution point in two ways. Attribute certificates are numbered apart.
 */
function namesAllTheSame(crl: Crl, certificate: Certificate): boolean {
  if (crl.issuingDistributionPoint?.onlyContainsAttributeCerts === true) return false
  return entriesOf(crl, certificate).some(({ reason }) => reason !== 'removeFromCRL')
}

const entries = new WeakMap<Crl, Map<string, readonly CrlEntry[]>>()

/** A list is searched once for each certificate: one of a large authority has some hundred thousand entries. */
export function entriesOf(crl: Crl, { sha256, serialNumber, issuer }: Certificate): readonly CrlEntry[] {
  const ofCrl = entries.get(crl) ?? new Map<string, readonly CrlEntry[]>()
  entries.set(crl, ofCrl)
  const known = ofCrl.get(sha256)
  if (known !== undefined) return known
  const wanted = { serialNumber, issuerKey: issuer.key }
  const found = findEntries(crl.der, crl.entries, crl.version, crl.issuer.key, wanted)
  ofCrl.set(sha256, found)
  return found
}

function structureProblem(crl: Crl): UnusableReason | null {
  if (!crl.signatureAlgorithmsAgree) return 'algorithms-disagree'
  if (crl.repeatedExtensions.length > 0) return 'repeated-extension'
  if (crl.malformedExtensions.length > 0 || crl.entries.malformed.length > 0) return 'malformed-extension'
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

/** Of a certificate; or why not: its own extension does not read, or names too many. */
type PointsRead = readonly DistributionPoint[] | 'malformed-extension' | 'limit'

const points = new WeakMap<Certificate, PointsRead>()

function pointsOf(certificate: Certificate): PointsRead {
  const known = points.get(certificate)
  if (known !== undefined) return known
  const read = readPoints(certificate)
  points.set(certificate, read)
  return read
}

function readPoints(certificate: Certificate): PointsRead {
  const read = orNull(() => ({ named: distributionPointsOf(certificate) }))
  if (read === null) return 'malformed-extension'
  const named = read.named ?? []
  const names = named.reduce(
    (sum, { names: own, cRLIssuer }) => sum + 1 + (own ?? []).length + (cRLIssuer ?? []).length,
    0,
  )
  return names > LIMITS.distributionPointNames ? 'limit' : [...named, impliedPointOf(certificate, read.named !== null)]
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
