import { type CheckedNoteSignature, checkNoteSignatures, type LogAnchor, logAnchors } from '../custody/log-trust.ts'
import type { Facts } from '../model/facts.ts'
import type { Evidence, Finding, Subject } from '../model/finding.ts'
import { compareInstants, formatInstant, type Instant, parseInstant } from '../model/instant.ts'
import type { Judgement } from '../model/judgement.ts'
import type { Policy } from '../model/policy.ts'
import type { Ports } from '../model/ports.ts'
import type { AnchorRole, TrustSet } from '../model/trust-set.ts'
import type { SignatureFileFacts } from '../pki/facts.ts'
import { isEstablished, signingCandidate } from '../pki/trust-candidate.ts'
import { establishTrust, type TrustFacts } from '../pki/trust-facts.ts'
import type { NoticeContextFacts, NoticeFacts, NoticesFacts } from '../statements/notice-facts.ts'
import { statementSignatureOf } from '../statements/signed-statement.ts'
import { type Given, outcomeFinding } from './history-finding.ts'
import { type JudgedSigner, judgeStatementSigner, type SignerProblem } from './statement-signer.ts'

/** Id of the finding about each notice that is given beside a bundle (docs/spec/notice-1.md, section 5). */
export const NOTICES_FINDING = 'authorisation.notices'
const ID = NOTICES_FINDING

/** What the trust set makes of notices. Made anew for each judgement. */
export interface NoticeTrust {
  readonly trust: TrustFacts
  readonly anchors: readonly LogAnchor[]
  /** Signature lines of each notice's checkpoint whose keys are anchors, by the SHA-256 of the notice. */
  readonly checkpoints: ReadonlyMap<string, readonly CheckedNoteSignature[]>
}

/** What notices are judged by, beside their facts. */
export interface NoticesContext {
  readonly trust: NoticeTrust
  readonly judgement: Judgement
  readonly trustSetInside: boolean
  /** Of the bundle, RFC 3339; null without one. */
  readonly bestSignatureTime: string | null
  /** Of the certificates under which the declared seals hold: their keys, see `keysOfSeal`. */
  readonly sealKeys: ReadonlySet<string>
}

/** Null where no notice was given. */
export async function establishNoticeTrust(
  { notices, certificates, revocation }: Facts,
  trustSet: TrustSet | null,
  limits: Policy['paths'],
  ports: Pick<Ports, 'signatures' | 'smallDigest'>,
): Promise<NoticeTrust | null> {
  if (notices === undefined) return null
  // Apart from the seal's: what a notice carries must change nothing there.
  const own = new Set(certificates.map(({ sha256 }) => sha256))
  const pool = [...certificates, ...notices.certificates.filter(({ sha256 }) => !own.has(sha256))]
  // One with several signers is nobody's notice, and costs no search.
  const statements = notices.files.flatMap(({ cms }) =>
    cms === null || cms.signers.length !== 1 ? [] : (['notice', 'signer'] as const).map((role) => ({ role, cms })),
  )
  const asked = { signatures: [], tokens: [], certificates: pool, revocation, statements }
  const anchors = logAnchors(trustSet, ports.smallDigest)
  const checkpoints = new Map<string, readonly CheckedNoteSignature[]>()
  for (const { sha256, context } of notices.files) {
    if (context === null) continue
    const { signatures } = await checkNoteSignatures(context.checkpoint, anchors, ports)
    checkpoints.set(sha256, signatures)
  }
  return { trust: await establishTrust(asked, trustSet, limits, ports), anchors, checkpoints }
}

/** Keys, as SubjectPublicKeyInfo in base64, under which signature files that the bundle declares hold. */
export function keysOfSeal(
  files: readonly SignatureFileFacts[],
  declared: readonly { readonly file: string; readonly signer: string }[],
  certificates: TrustFacts['certificates'],
): ReadonlySet<string> {
  const keys = new Set<string>()
  for (const { path, cms } of files) {
    const [signer, more] = cms?.signers ?? []
    if (cms === null || signer === undefined || more !== undefined) continue
    const candidate = signingCandidate(signer, cms)
    if (candidate === null || !isEstablished(candidate, cms) || statementSignatureOf(cms) !== 'holds') continue
    // A file that nobody declared may have been added by anybody.
    const isDeclared = declared.some(
      ({ file, signer: sha256 }) => path === `seal/1/${file}` && sha256 === candidate.certificate,
    )
    const certificate = certificates.get(candidate.certificate)
    if (isDeclared && certificate !== undefined) keys.add(keyOf(certificate.spki))
  }
  return keys
}

const keyOf = (spki: Uint8Array): string => spki.join()

/**
 * What notices say of whether the bundle may still be used: one finding for each, and one that none was given. Whatever a
 * notice is, it says nothing against the files: no answer here is FAILED.
 */
export function checkNotices(notices: NoticesFacts | undefined, context: NoticesContext | null): readonly Finding[] {
  if (notices === undefined || context === null || notices.files.length === 0) {
    return [outcomeFinding(ID, 'NOT-CHECKED:none', { kind: 'bundle', name: '' })]
  }
  return notices.files.map((facts) => checkNotice(facts, context))
}

/** In the order in which the reason is chosen: whether it holds, whether it is of this log, who made it, when, what it says. */
const PROBLEMS = [
  'other-content',
  'signature',
  'malformed-signature',
  'other-log',
  'seal-differs',
  'inconsistent',
  'checkpoint-signature',
  'event-differs',
  'item-beyond',
  'unsupported',
  'limit',
  'no-trust-set',
  'trust-set-inside',
  'other-role',
  'signer-unknown',
  'anchor-interval',
  'validity',
  'key-usage',
  'algorithm',
  'revoked',
  'none-holds',
  'revocation',
  'log-unknown',
  'log-interval',
  'not-compared',
  'later',
  'dated-before',
] as const
type Problem = (typeof PROBLEMS)[number]

function checkNotice(facts: NoticeFacts, context: NoticesContext): Finding {
  const { state, statement, about } = facts
  const subject: Subject = { kind: 'notice', name: facts.sha256 }
  if (state !== 'read' || statement === null) {
    const evidence = facts.failure === null ? [] : [{ name: facts.failure.where, found: facts.failure.code }]
    return outcomeFinding(ID, `INDETERMINATE:${state === 'read' ? 'malformed' : state}`, subject, { evidence })
  }
  const told = tellNotice(facts)
  const given = (evidence: readonly Evidence[]): Given => ({ evidence: [...told, ...evidence] })
  // Whoever has all notices of an issuer gives all of them: what is about something else costs nothing.
  if (about === 'other-bundle') return outcomeFinding(ID, 'NOT-CHECKED:other-bundle', subject, given([]))
  if (about === 'not-comparable' || facts.context === null) {
    return outcomeFinding(ID, 'INDETERMINATE:no-bundle-id', subject, given([]))
  }
  const signer = judgeSigner(facts, subject, context)
  const found: readonly Problem[] = [
    ...signer.problems.map((problem): Problem => (problem === 'malformed' ? 'malformed-signature' : problem)),
    ...problemsOfContext(facts.context),
    ...problemsOfCheckpoint(facts, facts.context, context),
    ...problemsOfDate(statement.date, context),
  ]
  const problems = PROBLEMS.filter((problem) => found.includes(problem))
  const evidence = given([
    ...signer.evidence,
    ...problems.slice(1).map((problem) => ({ name: 'also', found: problem })),
  ])
  const [worst] = problems
  return outcomeFinding(ID, `INDETERMINATE:${worst ?? saidBy(facts)}`, subject, evidence)
}

/** What a notice that holds says. */
function saidBy({ statement }: NoticeFacts): string {
  const { kind = 'withdrawn', items = null } = statement ?? {}
  return items === null ? kind : items.length === 1 ? `${kind}-item` : `${kind}-items`
}

function tellNotice({ statement, context }: NoticeFacts): Evidence[] {
  if (statement === null) return []
  const { kind, code, date, items, replacement } = statement
  const event = context?.event ?? null
  return [
    // The day: people are told the day, and the file has the second.
    { name: 'date', found: date.slice(0, 10) },
    { name: 'kind', found: kind },
    { name: 'items', found: items === null ? 'all' : sayPositions(items) },
    { name: 'code', found: code },
    ...(replacement === null ? [] : [{ name: 'replacement', found: replacement }]),
    ...(event === null ? [] : [{ name: 'event', found: `${event.type} ${event.seq}` }]),
  ]
}

/** Runs that are named before the rest is counted. */
const RUNS_NAMED = 20

/** `3, 7-9, 14` */
function sayPositions(positions: readonly number[]): string {
  const runs: { readonly first: number; last: number }[] = []
  for (const position of positions) {
    const run = runs.at(-1)
    if (run !== undefined && run.last + 1 === position) run.last = position
    else runs.push({ first: position, last: position })
  }
  const named = runs.slice(0, RUNS_NAMED).map(({ first, last }) => (first === last ? `${first}` : `${first}-${last}`))
  return `${named.join(', ')}${runs.length > RUNS_NAMED ? `, … (${positions.length})` : ''}`
}

/**
 * The signer is the seal's own, or whoever an anchor of role `notice` certifies, at the validation time: nothing proves that
 * a notice existed before, and its date is a statement.
 */
function judgeSigner(
  { cms, cmsFailure }: NoticeFacts,
  subject: Subject,
  { trust, judgement, trustSetInside, sealKeys }: NoticesContext,
): { readonly problems: readonly SignerProblem[]; readonly evidence: readonly Evidence[] } {
  if (cms === null) {
    const evidence = cmsFailure === null ? [] : [{ name: cmsFailure.where, found: cmsFailure.code }]
    return { problems: [cmsFailure?.code === 'ERR_LIMIT' ? 'limit' : 'malformed'], evidence }
  }
  const time = judgement.validationTime
  const judge = (role: AnchorRole): JudgedSigner & { readonly role: AnchorRole } => ({
    ...judgeStatementSigner(cms, role, subject, trust.trust, {
      judgement,
      time,
      timeSource: 'validationTime',
      trustSetInside,
    }),
    role,
  })
  const asNotice = judge('notice')
  const { certificate } = asNotice
  const isSealer = certificate !== null && sealKeys.has(keyOf(certificate.spki))
  const asSealer = isSealer ? judge('signer') : null
  const best = asSealer !== null && asNotice.problems.length > 0 ? asSealer : asNotice
  if (certificate === null) return { problems: best.problems, evidence: [] }
  const evidence = [
    { name: 'signer', found: certificate.subject.text },
    { name: 'certificate', found: certificate.sha256 },
    { name: 'role', found: best.role },
    { name: 'validity', expected: validityOf(certificate), found: formatInstant(time) },
  ]
  return { problems: best.problems, evidence }
}

function validityOf({ notBefore, notAfter }: { readonly notBefore: Instant; readonly notAfter: Instant }): string {
  return `${formatInstant(notBefore)}/${formatInstant(notAfter)}`
}

function problemsOfContext({ seal, log, consistency, items, event }: NoticeContextFacts): Problem[] {
  const problems: Problem[] = []
  if (log === 'differs') problems.push('other-log')
  if (seal === 'differs') problems.push('seal-differs')
  // Of another log there is nothing to continue.
  if (consistency === 'differs' && log !== 'differs') problems.push('inconsistent')
  if (event?.state === 'not-included') problems.push('event-differs')
  if (items === 'beyond') problems.push('item-beyond')
  if ([seal, log, consistency, items].includes('unknown')) problems.push('not-compared')
  return problems
}

/** The checkpoint bears the signature of the log, by an anchor of its origin. */
function problemsOfCheckpoint(
  { sha256 }: NoticeFacts,
  { checkpoint }: NoticeContextFacts,
  context: NoticesContext,
): Problem[] {
  const { trust, judgement, trustSetInside } = context
  // Who is believed at all has been said of the signer already.
  if (judgement.trustSet === null || trustSetInside) return []
  const own = (trust.checkpoints.get(sha256) ?? []).filter(
    ({ anchor }) => anchor.key.type === 'ed25519' && anchor.key.name === checkpoint.origin,
  )
  if (own.some(({ outcome }) => outcome === 'invalid')) return ['checkpoint-signature']
  if (own.length === 0) return ['log-unknown']
  if (own.some(({ outcome }) => outcome === 'unsupported')) return ['unsupported']
  return own.some(({ anchor }) => isInInterval(anchor, judgement.validationTime)) ? [] : ['log-interval']
}

function isInInterval({ from, until }: LogAnchor, time: Instant): boolean {
  const [first, last] = [from, until].map((one) => (one === null ? undefined : parseInstant(one)))
  return (
    (first === undefined || compareInstants(time, first) >= 0) &&
    (last === undefined || compareInstants(time, last) < 0)
  )
}

function problemsOfDate(date: string, { judgement, bestSignatureTime }: NoticesContext): Problem[] {
  const at = parseInstant(date)
  if (at === undefined) return []
  const best = bestSignatureTime === null ? undefined : parseInstant(bestSignatureTime)
  const problems: Problem[] = []
  if (compareInstants(at, judgement.validationTime) > 0) problems.push('later')
  if (best !== undefined && compareInstants(at, best) <= 0) problems.push('dated-before')
  return problems
}
