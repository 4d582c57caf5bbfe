import type { SubIndication } from '../model/finding.ts'
import { type AlikeMoments, compareInstants, type Instant, isAlike, withAlikeMoments } from '../model/instant.ts'
import type { Policy } from '../model/policy.ts'
import { lastAnswer } from './last-answers.ts'
import type { CandidatePath } from './path.ts'
import {
  type CertificateRevocation,
  effectOf,
  type RevocationEffect,
  type RevocationEvidence,
  type RevocationStatement,
} from './revocation.ts'
import { judgePathRevocation, judgeSameKey } from './revocation-judge.ts'
import { questionOf, type RevocationQuestion } from './revocation-question.ts'

/** What the time of interest is of the thing that the certificate made. */
export interface MadeBy {
  /**
   * `proved`: others prove that it existed by then. `stated`: it says so itself, or the verifier asks as of then.
   * `unknown`: nothing says when it was made, and the validation time stands for it.
   */
  readonly time: 'proved' | 'stated' | 'unknown'
  /** A moment by which others than the key's holder prove that it existed; null without. */
  readonly provedBefore: Instant | null
  /** The maker's own signed statement of when it was made; null without. */
  readonly claimed: Instant | null
}

/** An outcome of the findings about revocation. */
export type RevocationOutcome =
  | 'PASSED'
  | 'PASSED:revoked-later'
  | 'FAILED:revoked'
  | 'INDETERMINATE:revoked-no-proof'
  | 'INDETERMINATE:authority-revoked-no-proof'
  | 'INDETERMINATE:key-compromised'
  | 'INDETERMINATE:on-hold'
  | 'INDETERMINATE:undecided'
  | 'INDETERMINATE:no-data'
  | 'INDETERMINATE:limit'
  | 'NOT-CHECKED:no-data'
  | 'NOT-CHECKED:incomplete'
  | 'NOT-CHECKED:end-entity-anchor'

/** One certificate of the path with what its statements mean. */
export interface JudgedRevocation extends CertificateRevocation {
  /** In the order of `statements`. */
  readonly effects: readonly RevocationEffect[]
}

/** What is said of one path, and by what. */
export interface RevocationConclusion {
  readonly outcome: RevocationOutcome
  readonly subIndication: SubIndication | null
  /** The target first. */
  readonly certificates: readonly JudgedRevocation[]
  /** Other certificates over a key of the path that were revoked because the key was in other hands. */
  readonly sameKey: readonly SameKey[]
}

/** What was said of another certificate with the key of one of the path. */
export interface SameKey {
  /** SHA-256 of the certificate or anchor of the path. */
  readonly holder: string
  readonly other: JudgedRevocation
}

/** Better ones first: of several paths that hold the first of these is the one that is rested on. */
const RANK: readonly RevocationOutcome[] = [
  'PASSED',
  'PASSED:revoked-later',
  'NOT-CHECKED:end-entity-anchor',
  'NOT-CHECKED:incomplete',
  'NOT-CHECKED:no-data',
  'INDETERMINATE:no-data',
  'INDETERMINATE:undecided',
  'INDETERMINATE:limit',
  'INDETERMINATE:on-hold',
  'INDETERMINATE:key-compromised',
  'INDETERMINATE:authority-revoked-no-proof',
  'INDETERMINATE:revoked-no-proof',
  'FAILED:revoked',
]

/** A path that holds, with what is known of its revocation. */
export interface PathConclusion {
  readonly path: CandidatePath
  readonly conclusion: RevocationConclusion
}

type Asked = Omit<RevocationQuestion, 'work'>

/** What was asked, but for the time, and what came of it. */
interface KnownConclusions extends Pick<Asked, 'role' | 'policy' | 'validationTime' | 'purposes'> {
  /** The times of interest that they are the conclusions for. */
  readonly times: AlikeMoments
  readonly paths: readonly CandidatePath[]
  readonly conclusions: readonly PathConclusion[]
}

const CONCLUSIONS_KEPT = 4
const known = new WeakMap<RevocationEvidence, KnownConclusions[]>()

/**
 * Judges every path that holds and takes the best, but for the target: once a path says that it is revoked or on hold, it
 * is. The paths of a target differ above it only, and who revoked it may speak on one of them alone.
 */
export function choosePath(holding: readonly CandidatePath[], question: Asked, made: MadeBy): PathConclusion | null {
  // A real path says more than the certificate's own presence in the trust set.
  const real = holding.filter(({ links }) => links.length > 0)
  const judged = concludeAll(real.length > 0 ? real : holding, question, made)
  const worst = (['revoked', 'suspect', 'on-hold'] as const).find((effect) => judged.some(hasOnTarget(effect)))
  const [first, ...others] = worst === undefined ? judged : judged.filter(hasOnTarget(worst))
  if (first === undefined) return null
  return others.reduce((best, one) => (rankOf(one.conclusion) < rankOf(best.conclusion) ? one : best), first)
}

/**
 * The last ones over the same evidence are remembered, since thousands of tokens of an authority ask the same: under all that
 * was asked, and for the times between which no comparison comes out otherwise. Not where anything says that a certificate or
 * key is revoked, and not where others prove a time: only there `made` and `provedAt`, which are the object's own, are looked at.
 */
function concludeAll(paths: readonly CandidatePath[], question: Asked, made: MadeBy): readonly PathConclusion[] {
  const { evidence, role, policy, validationTime, purposes, time } = question
  if (question.provedAt !== undefined) return paths.map((path) => concludePath(path, question, made))
  let ofEvidence = known.get(evidence)
  if (ofEvidence === undefined) {
    ofEvidence = []
    known.set(evidence, ofEvidence)
  }
  return lastAnswer<KnownConclusions>(
    ofEvidence,
    CONCLUSIONS_KEPT,
    (one) =>
      one.role === role &&
      one.policy === policy &&
      one.validationTime === validationTime &&
      one.purposes === purposes &&
      one.paths.length === paths.length &&
      one.paths.every((path, index) => path === paths[index]) &&
      isAlike(time, one.times),
    () => {
      const conclude = () => paths.map((path) => concludePath(path, question, made))
      const { result: conclusions, alike: times } = withAlikeMoments(time, conclude)
      return { role, policy, validationTime, purposes, times, paths, conclusions }
    },
    ({ conclusions }) => conclusions.every(({ conclusion }) => isWithoutStatements(conclusion)),
  ).conclusions
}

function isWithoutStatements({ certificates, sameKey }: RevocationConclusion): boolean {
  return sameKey.length === 0 && certificates.every(({ statements }) => statements.length === 0)
}

function concludePath(path: CandidatePath, question: Asked, made: MadeBy): PathConclusion {
  const asked = questionOf(question)
  const certificates = judgePathRevocation(path, asked)
  const conclusion = concludeRevocation(certificates, question, made, judgeSameKey(path, asked))
  return { path, conclusion }
}

function hasOnTarget(effect: RevocationEffect) {
  return ({ conclusion }: PathConclusion): boolean => conclusion.certificates[0]?.effects.includes(effect) === true
}

function rankOf({ outcome }: RevocationConclusion): number {
  return RANK.indexOf(outcome)
}

/** The worst of the certificates of one path. */
export function concludeRevocation(
  judged: readonly CertificateRevocation[],
  { time, policy, evidence }: Pick<RevocationQuestion, 'time' | 'policy' | 'evidence'>,
  made: MadeBy,
  others: readonly { readonly holder: string; readonly other: CertificateRevocation }[] = [],
): RevocationConclusion {
  const withEffects = (one: CertificateRevocation): JudgedRevocation => ({
    ...one,
    effects: one.statements.map((statement) => effectOf(statement, time, made.provedBefore)),
  })
  const certificates = judged.map(withEffects)
  const sameKey = others.map(({ holder, other }) => ({ holder, other: withEffects(other) }))
  const conclude = (outcome: RevocationOutcome, subIndication: SubIndication | null = null): RevocationConclusion => ({
    outcome,
    subIndication,
    certificates,
    sameKey,
  })
  const isKeyOut = sameKey.some(({ other }) => other.effects.some((effect) => effect !== 'stands'))
  if (judged.length === 0 && !isKeyOut) return conclude('NOT-CHECKED:end-entity-anchor')
  const has = (effect: RevocationEffect) => certificates.some(({ effects }) => effects.includes(effect))
  const isTarget = (effect: RevocationEffect) => certificates[0]?.effects.includes(effect) === true
  const noProof = (effect: RevocationEffect) =>
    isTarget(effect)
      ? conclude('INDETERMINATE:revoked-no-proof', 'REVOKED_NO_POE')
      : conclude('INDETERMINATE:authority-revoked-no-proof', 'REVOKED_CA_NO_POE')
  if (has('revoked')) {
    // EN 319 102-1 §5.5.4, REVOKED_NO_POE: a time-stamp says by when it existed and not since when, and anybody can add a
    // late one. Without a word of its maker that it is younger than the revocation nothing is contradicted.
    const contradicted =
      made.time === 'stated' ||
      certificates.some(({ statements, effects }) =>
        statements.some((said, index) => effects[index] === 'revoked' && isAfter(made.claimed, said)),
      )
    return contradicted ? conclude('FAILED:revoked', 'REVOKED') : noProof('revoked')
  }
  if (has('suspect')) return noProof('suspect')
  // Made before the key was in other hands it stands, whichever certificate is asked about.
  if (isKeyOut) return conclude('INDETERMINATE:key-compromised', 'REVOKED_NO_POE')
  if (has('on-hold')) return conclude('INDETERMINATE:on-hold', 'TRY_LATER')
  if (certificates.some(({ status }) => status === 'unknown')) {
    const limited = certificates.some(({ sources }) => sources.some(({ why }) => why === 'limit'))
    return limited || evidence.limited
      ? conclude('INDETERMINATE:limit')
      : conclude('INDETERMINATE:undecided', 'TRY_LATER')
  }
  const isOpen = certificates.some(({ status }) => status === 'no-data')
  // What is here and does not read may be about this very certificate.
  if (isOpen && evidence.unread) return conclude('INDETERMINATE:undecided', 'TRY_LATER')
  return isOpen
    ? conclude(withoutData(certificates, policy), policy.revocation === 'required' ? 'TRY_LATER' : null)
    : conclude(has('stands') ? 'PASSED:revoked-later' : 'PASSED')
}

function withoutData(certificates: readonly CertificateRevocation[], policy: Policy): RevocationOutcome {
  if (policy.revocation === 'required') return 'INDETERMINATE:no-data'
  return certificates.every(({ status }) => status === 'no-data') ? 'NOT-CHECKED:no-data' : 'NOT-CHECKED:incomplete'
}

/** The maker's own statement puts it at or after the revocation. */
function isAfter(claimed: Instant | null, { date }: RevocationStatement): boolean {
  return claimed !== null && compareInstants(claimed, date) >= 0
}
