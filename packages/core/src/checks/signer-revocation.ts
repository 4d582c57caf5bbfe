import type { Evidence, Finding } from '../model/finding.ts'
import { compareInstants, formatInstant, type Instant, parseInstant } from '../model/instant.ts'
import type { CandidatePath } from '../pki/path.ts'
import { purposesOfRole } from '../pki/path-purpose.ts'
import type { RevocationSource, RevocationStatement } from '../pki/revocation.ts'
import {
  choosePath,
  type JudgedRevocation,
  type MadeBy,
  type RevocationConclusion,
  type SameKey,
} from '../pki/revocation-conclusion.ts'
import type { RevocationQuestion } from '../pki/revocation-question.ts'
import type { FindingId } from './catalogue.ts'
import { NO_RENEWAL } from './renewal-proofs.ts'
import { answer, type ExaminedSigner, type SignedObject, type SignerContext } from './signature-object.ts'

/** The path that a certificate's conclusion rests on, and what is known of its revocation. */
export interface ChosenPath {
  readonly path: CandidatePath
  /** Null when the policy does not ask. */
  readonly revocation: RevocationConclusion | null
}

/** Of the paths that hold the one whose certificates are least revoked; null when there is none. */
export function chosenPath(
  { object, search, signer, material }: ExaminedSigner,
  holding: readonly CandidatePath[],
  context: SignerContext,
): ChosenPath | null {
  const { policy, validationTime } = context.judgement
  if (policy.revocation === 'not-checked' || search === null) {
    // A real path says more than the certificate's own presence in the trust set.
    const path = holding.find(({ links }) => links.length > 0) ?? holding[0]
    return path === undefined ? null : { path, revocation: null }
  }
  const { role } = search
  const provedAt = provedAtOf(object, context)
  const question = {
    evidence: material.evidence,
    role,
    time: context.time,
    validationTime,
    policy,
    purposes: purposesOfRole(role),
    ...(provedAt === undefined ? {} : { provedAt }),
  }
  const claimed = signer.signingTime === null ? null : (parseInstant(signer.signingTime) ?? null)
  const chosen = choosePath(holding, question, { ...madeBy(context), claimed })
  return chosen === null ? null : { path: chosen.path, revocation: chosen.conclusion }
}

/** Where a bundle keeps lists that the tag manifests name, and the seal with them. */
const VALIDATION_FOLDER = 'record/validation/'

/**
 * What a later time-stamp covers of a token, its unsigned parts are. Of a seal that may be the signature value alone; but what
 * its manifest lists is older than the time-stamps over the seal, and what a later seal level lists is older than that level.
 */
function provedAtOf(
  { kind, subject }: SignedObject,
  { time, timeSource, validationCovered = false, proofs = [], renewal = NO_RENEWAL }: SignerContext,
): RevocationQuestion['provedAt'] {
  const own = kind === 'signature' ? null : (proofs.toSorted(compareInstants)[0] ?? null)
  const isSealed = kind === 'signature' && validationCovered && timeSource === 'bestSignatureTime'
  // It would say null of every source.
  if (own === null && !isSealed && renewal === NO_RENEWAL) return undefined
  return (source) => {
    const [file = ''] = source.split(' ', 1)
    const all = [...renewal.of(file)]
    if (isSealed && source.startsWith(VALIDATION_FOLDER)) all.push(time)
    if (own !== null && source.startsWith(`${subject.name} `)) all.push(own)
    return all.toSorted(compareInstants)[0] ?? null
  }
}

function madeBy({ time, timeSource, proofs = [] }: SignerContext): Omit<MadeBy, 'claimed'> {
  if (timeSource === 'bestSignatureTime') return { time: 'proved', provedBefore: time }
  const provedBefore = proofs.toSorted(compareInstants)[0] ?? null
  // Who asks about a certificate as of a time states that time.
  const isStated = timeSource === 'genTime' || timeSource === 'timeOfInterest'
  return { time: isStated ? 'stated' : 'unknown', provedBefore }
}

/**
 * Whether any certificate of the path below its anchor had been revoked by the time of interest, by the CRLs and OCSP
 * responses of the content and of what was given beside it. PASSED only when every one of them is known not to be;
 * what is not known is never good.
 */
export function checkRevocation(
  { object, subject, material }: ExaminedSigner,
  context: SignerContext,
  chosen: ChosenPath | null,
): Finding {
  const id: FindingId = object.kind === 'signature' ? 'signer.revocation' : 'timestamp.revocation'
  const { policy } = context.judgement
  if (policy.revocation === 'not-checked') return answer(id, subject, 'NOT-CHECKED:not-asked')
  const { crls, ocsp } = material.evidence
  const unread = material.failures.map(({ source, failure }) => ({
    name: 'unreadable',
    found: `${source} ${failure.code}`,
  }))
  const held: Evidence[] = [
    { name: 'crls', found: `${crls.length}` },
    { name: 'ocspResponses', found: `${ocsp.length}` },
    ...unread.slice(0, UNREADABLE_SHOWN),
  ]
  const needed: Evidence = { name: 'revocation', missing: 'revocation-data' }
  if (chosen === null || chosen.revocation === null) {
    const isHere = crls.length + ocsp.length + Number(material.evidence.unread) + material.omitted > 0
    if (isHere) return answer(id, subject, 'INDETERMINATE:no-path', held)
    return answer(id, subject, policy.revocation === 'required' ? 'INDETERMINATE:no-data' : 'NOT-CHECKED:no-data', [
      ...held,
      needed,
    ])
  }
  const { outcome, subIndication, certificates } = chosen.revocation
  const evidence: Evidence[] = [
    ...held,
    { name: context.timeSource, found: formatInstant(context.time) },
    ...conclusionEvidence(chosen.revocation),
  ]
  const isOpen = outcome.endsWith(':no-data') || outcome === 'NOT-CHECKED:incomplete'
  if (isOpen || outcome === 'INDETERMINATE:undecided') evidence.push(needed)
  return { ...answer(id, subject, outcome, evidence, subIndication ?? undefined), counts: countsOf(certificates) }
}

const UNREADABLE_SHOWN = 20

const shown = new WeakMap<RevocationConclusion, readonly Evidence[]>()

/** Nothing else is in it: the same for all tokens that have this conclusion. */
function conclusionEvidence(conclusion: RevocationConclusion): readonly Evidence[] {
  const known = shown.get(conclusion)
  if (known !== undefined) return known
  const { certificates, sameKey } = conclusion
  const evidence = [...certificates.flatMap(certificateEvidence), ...sameKey.flatMap(sameKeyEvidence)]
  shown.set(conclusion, evidence)
  return evidence
}

function countsOf(certificates: readonly JudgedRevocation[]): Record<string, number> {
  const counts = { good: 0, revoked: 0, unknown: 0, 'no-data': 0 }
  for (const { status } of certificates) counts[status]++
  return counts
}

/** What is known of one certificate, then what every source said of it. */
function certificateEvidence({ certificate, status, statements, effects, sources }: JudgedRevocation): Evidence[] {
  const { sha256 } = certificate
  const isContradicted = status === 'revoked' && sources.some((source) => contradicts(source, statements))
  return [
    { name: `certificate ${sha256}`, found: status },
    ...statements.map((statement, index) => ({
      name: `revoked ${sha256}`,
      found: statementText(statement, effects[index]),
    })),
    ...sources.map((source) => ({ name: `${source.kind} ${source.sha256}`, found: sourceText(source) })),
    ...(isContradicted ? [{ name: `contradiction ${sha256}`, expected: 'revoked', found: 'good' }] : []),
  ]
}

function sameKeyEvidence({ holder, other: { certificate, statements, effects } }: SameKey): Evidence[] {
  return statements.map((statement, index) => ({
    name: `sameKey ${holder}`,
    found: `${certificate.sha256} ${statementText(statement, effects[index])}`,
  }))
}

/** It was made after the revocation, and does not know of it. */
function contradicts(
  { answer: said, thisUpdate }: RevocationSource,
  statements: readonly RevocationStatement[],
): boolean {
  return said === 'good' && thisUpdate !== null && statements.some(({ date }) => compareInstants(date, thisUpdate) < 0)
}

function statementText({ date, reason, invalidityDate, kind, source }: RevocationStatement, effect = ''): string {
  const invalid = invalidityDate === null ? '' : ` invalidityDate ${formatInstant(invalidityDate)}`
  return `${formatInstant(date)} ${reason ?? 'no reason'}${invalid} ${kind} ${source} ${effect}`.trimEnd()
}

function sourceText({ answer: said, why, thisUpdate, nextUpdate }: RevocationSource): string {
  const text = (instant: Instant | null) => (instant === null ? '' : formatInstant(instant))
  return `${why ?? said} ${text(thisUpdate)}/${text(nextUpdate)}`
}
