import type { RenewalFacts } from '../bundle/level-facts.ts'
import type { Finding } from '../model/finding.ts'
import { compareInstants } from '../model/instant.ts'
import type { Policy } from '../model/policy.ts'
import type { SignatureFileFacts, TokenFacts } from '../pki/facts.ts'
import { bestTimeOf } from '../pki/signing-time.ts'
import { checkRenewalCoverage } from './renewal.coverage.ts'
import { checkRenewalDue, type DueGroup } from './renewal.due.ts'
import { checkRenewalLevels, gapsOf } from './renewal.levels.ts'
import { checkRenewalOrder } from './renewal.order.ts'
import { checkRenewalSums } from './renewal.sums.ts'
import { checkRenewalToken, type TokenOfLevel } from './renewal.token.ts'
import { type LevelProof, type RenewalProofs, renewalProofs } from './renewal-proofs.ts'
import { type Ending, endsOfAlgorithms } from './timestamp.believed.ts'
import { type JudgedToken, judgeToken, type TrustContext } from './timestamp-token.ts'

/** What is below the levels. */
export interface BelowLevels {
  /** Digests of the bag's manifests, by name. */
  readonly manifests: readonly string[]
  readonly signatures: readonly SignatureFileFacts[]
}

/** Findings about the renewals of a seal, and what they prove of times before. */
export interface JudgedRenewal {
  readonly findings: readonly Finding[]
  readonly proofs: RenewalProofs
  /** The last level that holds, or would if its time-stamps were still believed; null without. */
  readonly last: { readonly group: DueGroup; readonly isWhole: boolean } | null
}

/**
 * Judges the later seal levels from the last one down. Each token is judged at its own time, and is believed at the validation
 * time by itself or by a believed level above it that covers it, made while it still held (ETSI EN 319 102-1 §5.6.2, time
 * sliding). What a believed level proves goes to everything below it. A level in which anything is wrong proves nothing.
 */
export function judgeLevels(renewal: RenewalFacts | null, below: BelowLevels, context: TrustContext): JudgedRenewal {
  const findings: Finding[] = [checkRenewalLevels(renewal)]
  if (renewal === null) return { findings, proofs: renewalProofs([]), last: null }
  const { judgement } = context
  const needed = Math.max(1, judgement.policy.timestamps.atLeast)
  const [gap = Number.POSITIVE_INFINITY] = gapsOf(renewal)
  const levels: LevelProof[] = []
  let last: JudgedRenewal['last'] = null
  for (const facts of renewal.levels.toReversed()) {
    const { level, sums, misplaced } = facts
    const proofs = renewalProofs(levels)
    const lower = tokensBelow(level, renewal, below)
    const tokens = facts.tokens.map((token): TokenOfLevel => {
      const proved = proofs.of(token.path, sums.path)
      return {
        path: token.path,
        judged: judgeToken(token, sums.path, { ...context, renewal: proofs }, 'alone', proved),
      }
    })
    const best = bestTimeOf(
      tokens.flatMap(({ judged }) => judged.proved ?? []),
      needed,
    )
    const covers = new Set(sums.covers)
    const covered = lower.filter(({ path }) => covers.has(path))
    const checks = [
      checkRenewalSums(facts),
      checkRenewalCoverage(facts, digestsBelow(lower, below), judgement),
      checkRenewalToken(facts, tokens, needed, best),
      checkRenewalOrder(facts, covered),
    ]
    findings.push(...checks)
    const open = checks.filter(({ value }) => value !== 'PASSED' && value !== 'NOT-CHECKED')
    const isPlaced = misplaced.length === 0 && level < gap
    const isWhole = sums.notCompared === 0 && sums.unlisted.count === (sums.unlisted.by.hint ?? 0)
    if (isPlaced && open.length === 0 && best !== null) levels.push({ by: best, covers, isWhole })
    const isEnded = open.length > 0 && open.every(({ reason }) => reason === 'not-believed')
    if (isPlaced && ((open.length === 0 && best !== null) || isEnded)) {
      const all = tokens.map(({ judged }) => judged)
      last ??= { group: dueGroupOf(all, needed), isWhole }
    }
  }
  return { findings, proofs: renewalProofs(levels), last }
}

/** What the tokens prove that hold or have only ceased to be believed. */
export function dueGroupOf(tokens: readonly JudgedToken[], needed: number): DueGroup {
  return {
    needed: Math.max(1, needed),
    tokens: tokens.flatMap(({ proved, provedButForBelief, ending }) => {
      const one = proved ?? provedButForBelief
      return one === null ? [] : [{ proved: one, ending: ending() }]
    }),
  }
}

/**
 * By when the bundle must be renewed: judged by the last level while it holds, or has only ended; else by the first seal.
 * `seal`: the tokens over each declared signature file.
 */
export function judgeDue(
  { last }: JudgedRenewal,
  seal: readonly DueGroup[],
  below: BelowLevels,
  { judgement }: TrustContext,
): Finding {
  const { policy, validationTime } = judgement
  const groups = last === null ? seal : [last.group]
  const proved = groups.flatMap(({ tokens }) => tokens.map((token) => token.proved.upperBound))
  const since = proved.toSorted(compareInstants)[0] ?? validationTime
  const ways = [
    ...(last === null ? [] : [['sha512']]),
    // A level that lists every file stands on its own list alone.
    ...(last === null || !last.isWhole ? contentDigests(below) : []),
  ]
  const ends = ways.flatMap((names) => endOfAll(names, policy) ?? [])
  // What had ended before there was any proof is no matter of renewing.
  const digests = ends.filter(({ at }) => compareInstants(at, since) > 0)
  return checkRenewalDue(groups, digests, validationTime)
}

/** When the last of digests ends of which any one is enough; null while one of them has no end. */
function endOfAll(names: readonly string[], policy: Policy): Ending | null {
  const all = endsOfAlgorithms(policy)
  const ends = names.flatMap((name) => all.find((end) => end.name === name) ?? [])
  if (ends.length < names.length) return null
  return ends.toSorted((a, b) => compareInstants(b.at, a.at))[0] ?? null
}

/** Digests by which alone content is proved from the seal down: any of the manifests', and each signature's own. */
function contentDigests({ manifests, signatures }: BelowLevels): readonly (readonly string[])[] {
  const signers = signatures.flatMap(({ cms }) => cms?.signers ?? [])
  return [manifests, ...signers.map(({ digestAlgorithm }) => [digestAlgorithm])]
}

/** Every time-stamp below a level. */
function tokensBelow(level: number, { levels }: RenewalFacts, { signatures }: BelowLevels): readonly TokenFacts[] {
  return [
    ...signatures.flatMap(({ tokens }) => tokens),
    ...levels.filter((one) => one.level < level).flatMap(({ tokens }) => tokens),
  ]
}

function digestsBelow(tokens: readonly TokenFacts[], { manifests, signatures }: BelowLevels): readonly string[] {
  const signers = [...signatures, ...tokens].flatMap(({ cms }) => cms?.signers ?? [])
  return [
    ...new Set([
      ...manifests,
      ...signers.map(({ digestAlgorithm }) => digestAlgorithm),
      ...tokens.flatMap(({ tstInfo }) => (tstInfo === null ? [] : [tstInfo.imprintAlgorithm])),
    ]),
  ].sort()
}
