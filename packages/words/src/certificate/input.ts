import type { FactsFile, InventoryLine, Policy, Report, TrustSet } from '@probatum/core'
import type { Language } from '../messages.ts'

/** How much of the list of files is printed; the attached inventory always has all of it. */
export type ListMode = 'auto' | 'full' | 'exceptions' | 'none'

export type Paper = 'a4' | 'letter'

/** Rows of a table of files under `auto`: 500 rows are some twelve pages, which a person can still leaf through. */
export const LISTED_ROWS = 500
/** Under `full`: beyond it the pages help nobody, and setting them would take memory without end. */
export const LISTED_ROWS_IN_FULL = 10_000

/** What a certificate says beside the facts of a report: of this copy, and of what the bundle records. Nothing here is judged. */
export interface Recorded {
  /** SHA-256 of the archive as it was handed in; null for a folder, and where the archive was not at hand. */
  readonly container: string | null
  /** Entries of the custody log by their kind, which stands in the clear; `withheld` for stubs. Null: none could be read. */
  readonly events: Readonly<Record<string, number>> | null
  /** Of record/custody.jsonl and record/items.jsonl; null where the file was not at hand, or has no lines. */
  readonly custody: RecordedLines | null
  readonly items: RecordedLines | null
  readonly sharing: RecordedSharing
}

/** A withheld line that is named one by one; the facts name no more either. */
export const WITHHELD_NAMED = 100

/** Line digests, hex: docs/spec/bundle-1.md, section 5.1. */
export interface RecordedLines {
  readonly first: string
  readonly last: string
  /** What stands for withheld lines, the first WITHHELD_NAMED of them; `line` from 1. */
  readonly withheld: readonly { readonly digest: string; readonly line: number }[]
}

export type RecordedSharing =
  /**
   * `absent`: there is no such record; `no-request`: it says that none was made; `not-at-hand`: the bundle was not, when
   * the certificate was made from saved facts.
   */
  | { readonly state: 'absent' }
  | { readonly state: 'not-at-hand' }
  | { readonly state: 'unreadable' }
  | { readonly state: 'no-request' }
  | {
      readonly state: 'request'
      readonly purpose: string
      readonly grounds: readonly string[]
      readonly conditions: readonly string[]
      readonly assurances: readonly {
        readonly assurance: string
        readonly by: string
        readonly date: string
        readonly reference: string
      }[]
      /** How many are recorded: who gave them is withheld, or no matter of a certificate. */
      readonly consents: number
      readonly approvals: number
      readonly exceptions: number
    }

/**
 * Which program made the document, in the version of the engine. A page's script and edition are what the page stated of
 * itself: they tell copies apart, and prove nothing.
 */
export type Maker =
  | { readonly program: 'probatum'; readonly script: null; readonly edition: null }
  | {
      readonly program: 'probatum-web-verifier'
      /** Hash by which the page's policy admits its only script, `sha256-<base64>` (CSP 3, hash-source). */
      readonly script: string
      /** An institution's edition of the page, with the SHA-256 of what it put in, hex; null for the plain page. */
      readonly edition: { readonly name: string; readonly sha256: string } | null
    }

export const COMMAND_LINE: Maker = { program: 'probatum', script: null, edition: null }

/**
 * Everything that a certificate depends on besides its attachments, whose digests stand in it: the file certificate.json.
 * Its SHA-256 behind a prefix is the certificate id.
 */
export interface CertificateRequest {
  readonly certificate: 'probatum/certificate/1-draft'
  /** `build`: SHA-256 of the sources, hex: of one version there can be several, and only the same makes the same bytes. */
  readonly engine: { readonly name: 'probatum'; readonly version: string; readonly build: string }
  readonly maker: Maker
  /** SHA-256 of the attached files. */
  readonly attachments: {
    readonly report: string
    readonly facts: string
    readonly inventory: string
    readonly policy: string
    readonly trustSet: string | null
  }
  readonly template: { readonly id: string; readonly version: number; readonly choice: string | null }
  readonly language: Language
  readonly paper: Paper
  /** SHA-256 over the fonts. */
  readonly fonts: string
  readonly list: ListMode
  /** Exhibit numbers as the operator gives them, ascending by digest. */
  readonly labels: readonly { readonly sha256: string; readonly label: string }[]
  /** Opened original names by path, ascending, only where the operator asked for them. */
  readonly names: readonly { readonly path: string; readonly name: string }[] | null
  readonly recorded: Recorded
  /** In which times of the first page are also given, `+06:30`; null: in UTC alone. */
  readonly utcOffset: string | null
}

/** What the readable document is made from: the request and the attachments that it names, parsed. */
export interface CertificateInput {
  readonly report: Report
  readonly facts: FactsFile
  /** Read more than once, in order. */
  readonly inventory: Iterable<InventoryLine>
  readonly policy: Policy
  readonly trustSet: TrustSet | null
  readonly request: CertificateRequest
  /** 64 hex digits. */
  readonly certificateId: string
}

/** The same without what only a certificate has. */
export type ReportInput = Pick<CertificateInput, 'report' | 'facts' | 'inventory' | 'policy' | 'trustSet'> & {
  readonly recorded: Recorded
  readonly names: CertificateRequest['names']
  readonly maker: Maker
}
