import type { Instant } from '../model/instant.ts'
import { LIMITS } from '../model/limits.ts'
import type { Policy } from '../model/policy.ts'
import type { AnchorRole } from '../model/trust-set.ts'
import type { Certificate } from './certificate.ts'
import type { CandidatePath } from './path.ts'
import type { PathIssuer, RevocationEvidence } from './revocation.ts'

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

/** The question with all its work still to spend. */
export function questionOf(question: Omit<RevocationQuestion, 'work'>): RevocationQuestion {
  return { ...question, work: { steps: LIMITS.revocationSteps } }
}

/** @throws {RangeError} for a place that the path does not have */
export function certificateAt({ path, index }: PlacedCertificate): Certificate {
  const certificate = path.certificates[index]
  if (certificate === undefined) throw new RangeError(`a path of ${path.certificates.length} has no place ${index}`)
  return certificate
}

/** The next certificate of the path, or its anchor. */
export function issuerAt({ path, index }: PlacedCertificate): PathIssuer {
  return path.certificates[index + 1] ?? path.anchor
}
