import type { FindingId } from '../checks/catalogue.ts'
import type { Axis } from './finding.ts'
import type { DigestAlgorithm, EcCurve, SignatureAlgorithm, SignedDigestAlgorithm } from './ports.ts'

/** What a verifier asks for. A policy is a file: canonical JSON whose SHA-256 stands in every report. */
export interface Policy {
  readonly policy: 'probatum/policy/1-draft'
  /** Short name, lower case: `sealed`. */
  readonly id: string
  readonly number: number
  /** Axes that must pass for TOTAL-PASSED. FAILED on any axis, required or not, makes the whole TOTAL-FAILED. */
  readonly requiredAxes: readonly Axis[]
  /** Checks on required axes whose NOT-CHECKED costs nothing. */
  readonly mayBeNotChecked: readonly FindingId[]
  /** Checks on required axes whose WITHHELD costs nothing. */
  readonly mayBeWithheld: readonly FindingId[]
  readonly revocation: 'required' | 'if-present' | 'not-checked'
  readonly timestamps: {
    /** Tokens of distinct authorities that each signature file needs, whatever the bundle itself declares. */
    readonly atLeast: number
  }
  readonly payload: {
    /** Every payload file must have been compared under each of these. */
    readonly digests: readonly DigestAlgorithm[]
  }
  readonly strict: {
    /** What operating systems leave behind: set aside and listed in the envelope, or a reason to refuse. */
    readonly systemLeftovers: 'set-aside' | 'refused'
    /** Tag files of a foreign bag that no tag manifest lists. */
    readonly unlistedTagFiles: 'allowed' | 'refused'
    /** Bags before 0.97, whose rules were looser. */
    readonly oldBagVersions: 'allowed' | 'refused'
  }
  readonly paths: {
    readonly maxDepth: number
    readonly maxSignatureChecks: number
    /** RFC 5280 §6.1.1 (c): OIDs of the certificate policies that the verifier accepts where one is required. Absent: any. */
    readonly userInitialPolicySet?: readonly string[]
    /** RFC 5280 §6.1.1 (e), (f) and (g). Absent: false. */
    readonly initialPolicyMappingInhibit?: boolean
    readonly initialExplicitPolicy?: boolean
    readonly initialAnyPolicyInhibit?: boolean
    /**
     * What RFC 5280 §4 demands of the authorities that issue, and of nobody who verifies: `required`, a certificate
     * that departs from it holds no path. Absent: it may depart.
     */
    readonly certificateProfile?: 'required'
  }
  readonly algorithms: {
    /** Digests that count as proof; `until` is the day from which a new use no longer counts (RFC 3339 date). */
    readonly digests: { readonly [algorithm in SignedDigestAlgorithm]?: { readonly until?: string } }
    /** Bits of a modulus that count at any time. */
    readonly rsaMinimumBits: number
    /** Smaller ones that counted: at least `bits`, for what is proved before the day `until` (RFC 3339 date). */
    readonly rsaUntil?: readonly { readonly bits: number; readonly until: string }[]
    readonly curves: readonly EcCurve[]
    /** Schemes that count. */
    readonly schemes: readonly SignatureAlgorithm['scheme'][]
  }
}
