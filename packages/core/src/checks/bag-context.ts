import type { BagFacts, ManifestFacts, ManifestProblem } from '../bundle/bag-facts.ts'
import type { Instant } from '../model/instant.ts'
import { compareInstants, parseInstant } from '../model/instant.ts'
import type { Policy } from '../model/policy.ts'
import type { DigestAlgorithm } from '../model/ports.ts'

/** What a bag is judged by, beside its facts. */
export interface BagContext {
  readonly policy: Policy
  /** The day on which a digest has to be worth something. */
  readonly validationTime: Instant
  /** The copy was declared to be a part: absent listed files are no contradiction. */
  readonly part: boolean
  /** The bag says that it is an evidence bundle of this project's format. */
  readonly native: boolean
  /** Paths set aside as left behind by operating systems, in byte order. */
  readonly leftovers: readonly string[]
  /** Files under seal/ that bundle.json says the seal consists of. Any other there can have been added by anybody. */
  readonly declaredSeal: ReadonlySet<string>
  /** A moment by which a believed seal level under a stronger digest proves that every file existed. Absent, null: no proof. */
  readonly provedBy?: Instant | null
}

/**
 * Whether equality under this digest proves equal bytes: on the day of the judgement, or on the day by which others prove that all
 * of the files were there already.
 */
export function isStrongDigest(algorithm: DigestAlgorithm, { provedBy, ...context }: BagContext): boolean {
  const times = [context.validationTime, ...(provedBy === undefined || provedBy === null ? [] : [provedBy])]
  return times.some((time) => isStrongAt(algorithm, time, context.policy))
}

/** Whether the policy believes a digest algorithm at a time. */
export function isStrongAt(algorithm: DigestAlgorithm, time: Instant, policy: Policy): boolean {
  const entry = policy.algorithms.digests[algorithm]
  if (entry === undefined) return false
  if (entry.until === undefined) return true
  const until = parseInstant(entry.until)
  return until !== undefined && compareInstants(time, until) < 0
}

/** The manifests of one kind. */
export function manifestsOf(facts: BagFacts, kind: ManifestFacts['kind']): readonly ManifestFacts[] {
  return facts.manifests.filter((manifest) => manifest.kind === kind)
}

const NAMELESS = ['no-separator', 'encoding', 'line-too-long'] as const satisfies readonly ManifestProblem[]

/** Whether a manifest that was read has lines that were not: which files these list is not known. */
export function hasUnreadLines(facts: BagFacts, kind: ManifestFacts['kind']): boolean {
  return manifestsOf(facts, kind).some(({ problems }) => NAMELESS.some((code) => (problems.by[code] ?? 0) > 0))
}

/** A manifest that is here and could not be read: what it lists is not known. */
export function unreadManifests(facts: BagFacts, kind: ManifestFacts['kind']): readonly ManifestFacts[] {
  return manifestsOf(facts, kind).filter(({ state }) => state !== 'read')
}
