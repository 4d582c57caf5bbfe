/** record/authorisation.json. A draft has no request and no approvals. */
export interface AuthorisationRecord {
  readonly approvals: readonly Approval[]
  readonly authorisation: 'probatum/authorisation/1-draft'
  readonly request: AuthorisationRequest | null
}

/** A signature over the request, of somebody who approves it. */
export interface Approval {
  /** Name of the person or office, as the request's conditions know it. */
  readonly approver: string
  /** Detached CMS over the approval statement, DER in base64. */
  readonly signature: string
}

/** What is to be shared with whom, for what, and on what ground. */
export interface AuthorisationRequest {
  readonly assurances: readonly Assurance[]
  /** How the recipient handles what it gets. */
  readonly conditions: readonly HandlingCondition[]
  /** One for each item that is exported and not wholly withheld, ascending, under its own salt. */
  readonly consents: readonly ConsentCommitment[]
  /** SHA-256 of disclosures.jsonl, hex. */
  readonly disclosures: string
  readonly exceptions: readonly RequestException[]
  readonly exportNumber: string
  readonly grounds: readonly string[]
  /** Lines 0 to size - 1 of the log when the request was made. */
  readonly head: { readonly root: string; readonly size: number }
  readonly itemCount: number
  readonly itemRoot: string
  readonly logId: string
  /** Null: none is stated. */
  readonly purpose: string | null
  /** Null when the export is for nobody in particular. */
  readonly recipient: RequestRecipient | null
}

/** For whom the export is. */
export interface RequestRecipient {
  /**
   * Hex; null when none is known. Of a certificate the SHA-256 of its SubjectPublicKeyInfo, of an age recipient that of the
   * ASCII octets of the recipient string.
   */
  readonly key: string | null
  /** What sort of authority: `national prosecutor`. Consents name the kinds that they cover. */
  readonly kind: string
  /** As in bundle.json. */
  readonly name: string
}

/** What a recipient must be known to assure. */
export const ASSURANCES = [
  'confidentiality-respected',
  'fair-trial-and-human-rights',
  'no-death-penalty',
  'victims-and-witnesses-protected',
] as const

/** One of ASSURANCES. */
export type AssuranceName = (typeof ASSURANCES)[number]

/** Who says that a recipient assures something, and since when. */
export interface Assurance {
  readonly assurance: AssuranceName
  readonly by: string
  /** RFC 3339 date. */
  readonly date: string
  readonly reference: string
}

/** Kinds of conditions that go with what is shared. */
export const HANDLING_KINDS = ['onward-disclosure', 'return-or-destroy', 'security', 'use'] as const

/** How the recipient must handle what is shared. */
export interface HandlingCondition {
  readonly kind: (typeof HANDLING_KINDS)[number]
  readonly text: string
  /** RFC 3339 date. */
  readonly until?: string
}

/** Commitments to the consent of one item; its values are opened or withheld one by one. */
export interface ConsentCommitment {
  readonly item: number
  readonly salt: string
  /** One slot for each of CONSENT_SLOTS, as in a line. */
  readonly sd: readonly string[]
}

/** `scope` is {purposes, recipients}; `from` a date; `until` and `withdrawn` a date or null, which says that there is none. */
export const CONSENT_SLOTS = ['giver', 'scope', 'from', 'until', 'withdrawn'] as const

/** What a sharing must show. One that is not met is named by these codes, everywhere. */
export const UNMET_CONDITIONS = [
  'assurance-missing:confidentiality-respected',
  'assurance-missing:fair-trial-and-human-rights',
  'assurance-missing:no-death-penalty',
  'assurance-missing:victims-and-witnesses-protected',
  'consent-missing',
  'consent-purpose',
  'consent-recipient-kind',
  'consent-not-yet',
  'consent-expired',
  'consent-withdrawn',
  'purpose-missing',
  'recipient-missing',
  'handling-missing',
  'approvals-missing',
  'approvers-same-subject',
  'approvers-same-key',
  'approver-is-sealer',
] as const

/** One of UNMET_CONDITIONS. */
export type UnmetCondition = (typeof UNMET_CONDITIONS)[number]

/** A condition that is not met, and somebody's signed decision to share all the same. */
export interface RequestException {
  readonly condition: UnmetCondition
  readonly ground: string
  /** Position of the item; null for all of the request. */
  readonly item: number | null
  /** Detached CMS over the exception statement, DER in base64. */
  readonly signature: string
}
