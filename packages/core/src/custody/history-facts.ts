import type { Listed } from '../bundle/bag-facts.ts'
import type { DisclosedFile } from '../bundle/line-types.ts'
import type { ParseFailure } from '../pki/facts.ts'
import type { TimeProblem } from './event-times.ts'

/** How a file of record/ came in. `invalid`: as a whole; single lines that are not in form are counted where they matter. */
export type HistoryFileState = 'read' | 'absent' | 'unreadable' | 'limit' | 'invalid'

/** One broken place of a chain or order. Lines are counted from 1, as editors do. */
export interface LineBreak {
  readonly line: number
  readonly code: 'broken' | 'fork' | 'gap' | 'repeated' | 'out-of-order'
  readonly expected: string
  readonly found: string
  /** The line whose digest stands here instead; null when it is no line's. */
  readonly at: number | null
}

/** A line number with what is said of it. */
export interface LinePlace<Code extends string = string> {
  readonly line: number
  readonly code: Code
  readonly expected: string | null
  readonly found: string | null
}

/** A line or item that is withheld. */
export interface WithheldPlace {
  readonly line: number
  readonly code: 'withheld'
  /** Ground code; null where the issuer gave none. */
  readonly ground: string | null
}

/** custody.jsonl: what its lines and their opened fields prove. Opened values themselves are not in here. */
export interface CustodyFacts {
  readonly state: HistoryFileState
  readonly lines: number
  readonly stubs: number
  /** Lines that could not be read, so that their place and predecessor are unknown. */
  readonly unread: number
  readonly links: {
    /** Lines whose `prev` was compared. */
    readonly compared: number
    readonly broken: Listed<LineBreak>
  }
  readonly order: Listed<LineBreak>
  readonly logStart: {
    readonly state: 'present' | 'withheld' | 'other-type' | 'unread' | 'absent'
    readonly logId: string | null
    readonly logKey: string | null
    readonly origin: string | null
    /** Whether `prev` is 64 zeros. */
    readonly first: boolean
    /** Other lines of this type. */
    readonly again: Listed<LinePlace>
  }
  readonly keyChanges: readonly KeyChangeFacts[]
  /** Beyond LIMITS.logKeyChanges, not looked at. */
  readonly keyChangesOmitted: number
  readonly ownExport: {
    readonly state: 'present' | 'withheld' | 'other-type' | 'unread' | 'absent'
    readonly authorisation: string | null
    readonly exportNumber: string | null
    readonly itemCount: number | null
    readonly itemRoot: string | null
    /** Earlier lines of type `export` that have the same export number, where there are any. */
    readonly again?: Listed<LinePlace>
  }
  /** SHA-256 of authorisation.json as it is here; null when it could not be read. */
  readonly authorisationSha256: string | null
  readonly unknownTypes: Listed<LinePlace>
  readonly withheld: Listed<WithheldPlace>
  /** When the issuer says that the bundle was made (bundle.json): no event is later. Null when that could not be read. */
  readonly created: string | null
  readonly times: OpenedCheck<TimeProblem>
  readonly objects: OpenedCheck<'no-item'>
  readonly digests: OpenedCheck<'differs'>
  readonly handovers: Listed<HandoverFacts>
}

/** A check of opened values over many lines. */
export interface OpenedCheck<Code extends string> {
  /** Opened values that were compared. */
  readonly compared: number
  /** Opened, but the other side is closed, or is of another algorithm. */
  readonly open: number
  readonly problems: Listed<LinePlace<Code | 'malformed-value'>>
}

/** A line of type `log-key-change`, as it stands. */
export interface KeyChangeFacts {
  readonly line: number
  readonly logKey: string
  readonly verifierKey: string
  readonly signedBy: string
  /** base64 */
  readonly signature: string
  /** What is signed: canonical JSON, base64. */
  readonly statement: string
}

/** Whether the CMS of giver or receiver in a transfer holds over the statement of its own line. */
export interface HandoverFacts {
  readonly line: number
  /**
   * `replayed`: its event id is another line's too. `name-closed`: it holds, but the line does not show whose it is said to
   * be. `one-for-both`: giver and receiver signed with one key, or under one name. `line-unread`: the line that has the log's id could not be read.
   */
  readonly code:
    | 'holds'
    | 'name-closed'
    | 'one-for-both'
    | 'other-content'
    | 'signature'
    | 'replayed'
    | 'malformed'
    | 'not-signed'
    | 'line-unread'
    | 'unsupported'
    | 'limit'
  readonly by: 'giver' | 'receiver'
  /** SHA-256 of the certificate that it holds under; null without one. */
  readonly certificate: string | null
  readonly failure: ParseFailure | null
}

/** checkpoint and proofs.jsonl against the lines of custody.jsonl. */
export interface LogFacts {
  readonly state: HistoryFileState
  readonly checkpoint: CheckpointFacts | null
  /** Merkle root over all line digests of custody.jsonl, hex; null when that file could not be read. */
  readonly root: string | null
  readonly lines: number | null
  /** Merkle root over all line digests of items.jsonl. */
  readonly itemRoot: string | null
  readonly itemLines: number | null
  /**
   * Earlier lines of type `export` that are shown, against the items that they state: those stand at the beginning of items.jsonl for
   * ever. Absent for none, and when items.jsonl could not be read.
   */
  readonly earlierExports?: {
    readonly compared: number
    /** Beyond LIMITS.earlierExports, not looked at. */
    readonly omitted: number
    readonly problems: Listed<LinePlace<'items-differ' | 'items-fewer'>>
  }
  readonly proofs: {
    readonly state: HistoryFileState
    readonly count: number
    /** Proofs that could not be read. */
    readonly unread: number
    readonly problems: Listed<LinePlace<'proof' | 'history-differs' | 'other-size'>>
  }
}

/** The signed head of the log, and what its signatures are. */
export interface CheckpointFacts {
  readonly origin: string
  readonly size: number
  readonly root: string
  /** The signed text, base64. */
  readonly text: string
  /** In the order of the note: key name, and key ID with signature in base64. */
  readonly signatures: readonly { readonly name: string; readonly signature: string }[]
}

/** An opening that does not do what it says. */
export interface OpeningProblem {
  readonly file: DisclosedFile
  /** Line of that file, from 1; in authorisation.json the position of the item and 1. */
  readonly line: number
  readonly field: string
  readonly code:
    | 'no-slot'
    | 'other-slot'
    | 'twice'
    | 'no-line'
    | 'no-such-field'
    | 'clear-member'
    | 'own-export'
    | 'line-withheld'
    | 'line-unread'
    | 'malformed'
    | 'malformed-value'
}

/** What is wrong with a ground for withholding. */
export interface GroundProblem {
  readonly file: DisclosedFile
  readonly line: number
  readonly field: string | null
  readonly code: 'no-line' | 'line-shown' | 'line-unread' | 'field-opened' | 'no-such-field'
}

/** disclosures.jsonl against the lines, and items against the manifests. */
export interface DisclosureFacts {
  readonly state: HistoryFileState
  readonly openings: number
  /** Openings that hold in the slot of their own name. */
  readonly holding: number
  /** Of these, openings whose salt another one has too: each commitment must have its own. */
  readonly saltsAgain: number
  readonly problems: Listed<OpeningProblem>
  readonly grounds: number
  readonly groundProblems: Listed<GroundProblem>
  /** Slots of all shown lines, this export's own event apart, and how many of them are opened. */
  readonly fields: {
    readonly slots: number
    readonly opened: number
    /** Closed slots for which a ground is given: withheld, not absent. */
    readonly grounded: number
  }
  readonly items: {
    readonly state: HistoryFileState
    readonly lines: number
    readonly unread: number
    /** With one opened field at least. */
    readonly opened: number
    readonly withheld: Listed<WithheldPlace>
  }
  readonly copies: {
    readonly count: number
    readonly problems: Listed<LinePlace<'no-original' | 'original-differs' | 'malformed-value'>>
  }
  /** Null when there was no payload to compare with. */
  readonly payload: PayloadBinding | null
}

/** Every payload file and its item. */
export interface PayloadBinding {
  readonly files: number
  /** Files with exactly one item, whose sha256 and size are opened and equal the manifest. */
  readonly bound: number
  readonly problems: Listed<PayloadBindingProblem>
  /** Whether every item shows its path, so that a file without an item has none. */
  readonly allPathsOpened: boolean
}

/** How an item and its file in the payload disagree. */
export interface PayloadBindingProblem {
  /** '' where the path is an opened value that names no file of this bundle. */
  readonly path: string
  /** Line of items.jsonl; null where no item names the file. */
  readonly line: number | null
  readonly code:
    | 'sha256-differs'
    | 'sha512-differs'
    | 'size-differs'
    | 'closed'
    | 'several-items'
    | 'no-item'
    | 'no-file'
}

/** Everything that arithmetic tells of the custody log, its items and its openings. */
export interface HistoryFacts {
  readonly custody: CustodyFacts
  readonly log: LogFacts
  readonly disclosure: DisclosureFacts
}
