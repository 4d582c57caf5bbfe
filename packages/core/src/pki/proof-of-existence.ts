import { compareInstants, type Instant } from '../model/instant.ts'

/**
 * Proofs of existence (ETSI EN 319 102-1 §5.6.2.3): what a believed time-stamp is over existed by the upper bound of its
 * time. An object is named by the SHA-256 of its bytes. A token proves itself nothing: only a later one that covers its
 * bytes does, so two tokens side by side over one file say nothing of each other.
 */
export interface ProofOfExistence {
  /** SHA-256 of the object, hex. */
  readonly object: string
  /** It existed no later than this. */
  readonly by: Instant
  /** SHA-256 of the token that proves it, hex. */
  readonly token: string
}

/** The earliest proof of one object; null without any. Of equal times the token that comes first by digest. */
export function earliestProof(proofs: readonly ProofOfExistence[], object: string): ProofOfExistence | null {
  const ordered = proofsOf(proofs, object)
  return ordered[0] ?? null
}

/** The proofs of one object, earliest first, whatever order they came in. */
export function proofsOf(proofs: readonly ProofOfExistence[], object: string): readonly ProofOfExistence[] {
  return proofs
    .filter((proof) => proof.object === object)
    .toSorted((a, b) => compareInstants(a.by, b.by) || (a.token < b.token ? -1 : a.token > b.token ? 1 : 0))
}

/** A time-stamp as a link of a chain of renewals (RFC 4998 §5, ETSI EN 319 102-1 §5.6.2). */
export interface RenewalToken {
  /** SHA-256 of its bytes, hex. */
  readonly sha256: string
  /** The upper bound of its time: what it is over existed no later. */
  readonly upperBound: Instant
  /** SHA-256 of everything that it is over: the data, and each earlier token. */
  readonly covers: readonly string[]
  /** Whether certificate, path, revocation and algorithms hold at a time at or after its own. */
  readonly holdsAt: (time: Instant) => boolean
}

/** A token that is believed, and by which renewal it still is. */
export interface BelievedToken {
  readonly token: RenewalToken
  /** Null when it holds at the validation time by itself. */
  readonly renewedBy: RenewalToken | null
}

/**
 * The tokens that are believed at the validation time, the latest first (time sliding): one that holds then; or one that a
 * believed later token covers, made while this one still held. One that broke before it was renewed proves nothing any
 * more, and nor does what it alone covers.
 */
export function believedTokens(tokens: readonly RenewalToken[], validationTime: Instant): readonly BelievedToken[] {
  const latestFirst = tokens
    .filter(({ upperBound }) => compareInstants(upperBound, validationTime) <= 0)
    .toSorted((a, b) => compareInstants(b.upperBound, a.upperBound) || (a.sha256 < b.sha256 ? -1 : 1))
  const believed: BelievedToken[] = []
  for (const token of latestFirst) {
    if (token.holdsAt(validationTime)) {
      believed.push({ token, renewedBy: null })
      continue
    }
    const renewal = believed.find(
      ({ token: later }) =>
        later.covers.includes(token.sha256) &&
        compareInstants(later.upperBound, token.upperBound) >= 0 &&
        token.holdsAt(later.upperBound),
    )
    if (renewal !== undefined) believed.push({ token, renewedBy: renewal.token })
  }
  return believed
}

/** What the believed tokens prove, each object by each of them. */
export function proofsOfTokens(believed: readonly BelievedToken[]): readonly ProofOfExistence[] {
  return believed.flatMap(({ token }) =>
    token.covers.map((object) => ({ object, by: token.upperBound, token: token.sha256 })),
  )
}

/** A moment that is known up to an uncertainty: genTime with accuracy on both sides (RFC 3161 §2.4.2). */
export interface TimeInterval {
  readonly earliest: Instant
  readonly latest: Instant
}

/**
 * Which of two moments came first; null when their intervals touch or overlap. `ordering` of RFC 3161 §2.4.2 is a promise
 * of one authority about its own tokens and is not used.
 */
export function orderOf(a: TimeInterval, b: TimeInterval): 'before' | 'after' | null {
  if (compareInstants(a.latest, b.earliest) < 0) return 'before'
  if (compareInstants(b.latest, a.earliest) < 0) return 'after'
  return null
}
