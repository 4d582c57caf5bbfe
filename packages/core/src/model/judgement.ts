import type { Instant } from './instant.ts'
import type { Policy } from './policy.ts'
import type { ReportInputs } from './report.ts'
import type { TrustSet } from './trust-set.ts'

/** Everything that a judgement rests on besides the facts. All of it is stated in the report. */
export interface Judgement {
  readonly policy: Policy
  /** SHA-256 of the policy file's bytes, hex. */
  readonly policySha256: string
  /** Null when none was given: then no signer or authority has a path. */
  readonly trustSet: TrustSet | null
  readonly validationTime: Instant
  readonly inputs: ReportInputs
}
