import type { FindingId } from '../checks/catalogue.ts'

/** What one check found. FAILED needs positive evidence of contradiction; missing material is INDETERMINATE. */
export type FindingValue = 'PASSED' | 'FAILED' | 'INDETERMINATE' | 'NOT-CHECKED' | 'WITHHELD'

/** The questions that the findings are summed up under, in the order in which they are printed. */
export const AXES = [
  'bytes',
  'completeness',
  'signer',
  'time',
  'custody',
  'log',
  'disclosure',
  'authorisation',
] as const

/** One of AXES: a kind of question. */
export type Axis = (typeof AXES)[number]

/**
 * Sub-indications of ETSI EN 319 102-1 (V1.4.1) §5.1.3, table 5 and 6. Set only where the standard's own definition
 * covers the case; fixity and completeness have none.
 */
export type SubIndication =
  | 'FORMAT_FAILURE'
  | 'HASH_FAILURE'
  | 'SIG_CRYPTO_FAILURE'
  | 'REVOKED'
  | 'EXPIRED'
  | 'NOT_YET_VALID'
  | 'SIG_CONSTRAINTS_FAILURE'
  | 'CHAIN_CONSTRAINTS_FAILURE'
  | 'CERTIFICATE_CHAIN_GENERAL_FAILURE'
  | 'CRYPTO_CONSTRAINTS_FAILURE'
  | 'CRYPTO_CONSTRAINTS_FAILURE_NO_POE'
  | 'NO_SIGNING_CERTIFICATE_FOUND'
  | 'NO_CERTIFICATE_CHAIN_FOUND'
  | 'OUT_OF_BOUNDS_NO_POE'
  | 'OUT_OF_BOUNDS_NOT_REVOKED'
  | 'REVOKED_NO_POE'
  | 'REVOKED_CA_NO_POE'
  | 'TIMESTAMP_ORDER_FAILURE'
  | 'SIGNED_DATA_NOT_FOUND'
  | 'NO_POE'
  | 'TRY_LATER'
  | 'POLICY_PROCESSING_ERROR'

/** Which object a finding speaks of, and where it lies in the input. */
export interface Subject {
  readonly kind:
    | 'bundle'
    | 'bag'
    | 'manifest'
    | 'tag-file'
    | 'payload'
    | 'record'
    | 'signature'
    | 'timestamp'
    | 'certificate'
    | 'document'
    | 'evidence-record'
    | 'trust-set'
    | 'log'
    | 'disclosures'
    | 'notice'
  /** Path in the bundle; SHA-256 of a certificate, of a given file of openings, of a notice; '' for the whole bundle. */
  readonly name: string
  /** Position inside it where that helps: `signerInfos[0]`, `line 12`. */
  readonly at?: string
}

/** One compared value. Names come from the standards; values are printable data, never sentences. */
export interface Evidence {
  readonly name: string
  readonly expected?: string
  readonly found?: string
  /** What is needed and not here: a name for the words to explain, e.g. `trust-anchor`, `issuer-certificate`. */
  readonly missing?: string
}

/** One object that did not pass in a check over many. */
export interface Exception {
  readonly path: string
  /** Position inside the file where that helps: `line 12 prev`. */
  readonly at?: string
  readonly value: 'FAILED' | 'INDETERMINATE' | 'NOT-CHECKED' | 'WITHHELD'
  /** Code of what is wrong with it, e.g. `mismatch`, `missing`, `unlisted`; explained in the message catalogue. */
  readonly reason: string
  readonly expected?: string
  readonly found?: string
  /** Never changes the value: `line-ends`, `byte-order-mark`, `truncated`, `zeros`, `cut-at-4-gib`, `other-item`. */
  readonly diagnosis?: { readonly id: string; readonly at?: number; readonly path?: string }
}

/** The clause that a finding rests on. */
export interface SpecRef {
  readonly document: string
  readonly section: string
}

/** The answer of one check about one subject. */
export interface Finding {
  readonly id: FindingId
  readonly axis: Axis
  readonly value: FindingValue
  readonly subject: Subject
  /** Code that selects the sentence within id and value; explained in the message catalogue. */
  readonly reason?: string
  readonly evidence: readonly Evidence[]
  readonly spec: SpecRef
  readonly subIndication?: SubIndication
  /** Counts of a check over many objects, e.g. `{ passed: 3, failed: 1 }`. */
  readonly counts?: Readonly<Record<string, number>>
  /** In byte order of paths; the first LIMITS.exceptionsInFinding of them. The inventory has all. */
  readonly exceptions?: readonly Exception[]
  readonly exceptionsOmitted?: number
  /** A candidate path's finding is printed and never counts; only the certificate's conclusion does. */
  readonly role?: 'candidate-path'
  /**
   * One of several tokens over one signature file. Once `timestamp.threshold` of the same group PASSED,
   * an INDETERMINATE or NOT-CHECKED finding of a member no longer counts; FAILED always does.
   */
  readonly alternative?: { readonly group: string; readonly member: string }
}
