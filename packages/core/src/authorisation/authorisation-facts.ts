import type { AuthorisationRequest, RequestException } from '../bundle/authorisation-record.ts'
import type { Listed } from '../bundle/bag-facts.ts'
import type { HistoryFileState, LinePlace } from '../custody/history-facts.ts'
import type { CmsFacts, ParseFailure, PooledCertificate } from '../pki/facts.ts'

/** A CMS over a statement of the sharing decision. Whose it is, and whether it may be, is judged later. */
export interface StatementSignatureFacts {
  /** Why it could not be read; null when it was. */
  readonly failure: ParseFailure | null
  readonly cms: CmsFacts | null
}

/** An approval of record/authorisation.json, and what its signature is. */
export interface ApprovalFacts extends StatementSignatureFacts {
  /** Name of the person or office, as the record has it. */
  readonly approver: string
}

/** An exception that somebody signed for, and what its signature is. */
export interface ExceptionFacts extends Omit<RequestException, 'signature'>, StatementSignatureFacts {}

/** An item, and what is said of its consent. Values are not in here. */
export interface ConsentPlace<Code extends string = string> {
  /** Position of the item, from 0. */
  readonly item: number
  readonly code: Code
}

/** `withdrawn-in-log`: an opened event of the log withdraws it, and no opened `from` lies behind that day. */
export type ConsentProblem = 'consent-missing' | 'no-item' | 'malformed-value' | 'withdrawn-in-log'

/** The consents of a request against the items and their openings. */
export interface ConsentFacts {
  /** Commitments in the request. */
  readonly count: number
  /** Items that need one: exported and not wholly withheld; null when items.jsonl could not be read. */
  readonly needed: number | null
  readonly problems: Listed<ConsentPlace<ConsentProblem>>
  /** Of the needed ones that are there: with nothing opened of scope and dates, with some of them, with all of them. */
  readonly closed: number
  readonly partly: number
  readonly opened: number
  /** Opened consents for items that are wholly withheld: nothing of them is shared, and nothing is asked of them. Absent for none. */
  readonly stubs?: number
  /** Shown withdrawals of consent that do not show which items they are about. Absent for none. */
  readonly withdrawalsClosed?: number
}

/** What later openings show of consents, beyond what the bundle shows. Values are not in here. */
export interface LaterConsentFacts {
  /** Items whose consent a given file opens, by what is open then with what the bundle opens: not all of it, and all of it. */
  readonly partly: number
  readonly opened: number
  /** Such items that are wholly withheld in the bundle: nothing of them is shared, and nothing is asked of them. */
  readonly stubs: number
  /** Consents that a withdrawal which only a given file opens is about. */
  readonly withdrawn: Listed<ConsentPlace<'withdrawn-in-log'>>
}

/** What a request states in the clear, its consents and exceptions apart. */
export type RequestStatement = Omit<AuthorisationRequest, 'consents' | 'exceptions'>

/** The request of record/authorisation.json, without opened values. */
export interface RequestFacts {
  /** Of the canonical request, hex: what approvals are over. */
  readonly sha256: string
  readonly statement: RequestStatement
  /** SHA-256 of disclosures.jsonl as it is here; null when it could not be read. */
  readonly disclosures: string | null
  /** Root over the first `head.size` lines as they are here; null when there are not as many. */
  readonly headRoot: string | null
  /** Lines behind the head and before this export's own event. */
  readonly since: {
    /** Null when custody.jsonl could not be read. */
    readonly lines: number | null
    readonly problems: Listed<LinePlace<'other-type' | 'withheld' | 'unread'>>
  }
  readonly consents: ConsentFacts
  /** The first LIMITS.requestExceptions of them. */
  readonly exceptions: readonly ExceptionFacts[]
  readonly exceptionsOmitted: number
}

/** record/authorisation.json against the rest of the bundle. */
export interface AuthorisationFacts {
  readonly state: HistoryFileState
  /** Null in a draft, and where the record could not be read. */
  readonly request: RequestFacts | null
  readonly approvals: readonly ApprovalFacts[]
  /**
   * Of approvals and exceptions, by SHA-256, each once. Apart from those of the seal: what the record carries must change
   * nothing there.
   */
  readonly certificates: readonly PooledCertificate[]
}
