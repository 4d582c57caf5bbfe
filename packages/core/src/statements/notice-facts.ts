import type { CheckpointFacts } from '../custody/history-facts.ts'
import type { CmsFacts, ParseFailure, PooledCertificate } from '../pki/facts.ts'
import type { NoticeEventType, NoticeStatement } from './notice.ts'

/** A notice that was given beside a bundle or bag: what it says, and what arithmetic says of it. */
export interface NoticeFacts {
  /** Of the file as it was given, hex. */
  readonly sha256: string
  readonly bytes: number
  /** `unknown-version`: of a later version of the format. `limit`: too large, or one too many. */
  readonly state: 'read' | 'malformed' | 'unknown-version' | 'limit'
  /** Why it could not be read; null when it was. */
  readonly failure: ParseFailure | null
  /** Null unless it was read. */
  readonly statement: NoticeStatement | null
  /** `not-comparable`: what it was given with has no bundle id. Null unless it was read. */
  readonly about: 'this-bundle' | 'other-bundle' | 'not-comparable' | null
  /** Null unless it names this bundle. */
  readonly context: NoticeContextFacts | null
  /** Why the CMS could not be read. */
  readonly cmsFailure: ParseFailure | null
  readonly cms: CmsFacts | null
}

/** The notice against the bundle that it names. `unknown`: the bundle's own side could not be read. */
export interface NoticeContextFacts {
  readonly seal: 'same' | 'differs' | 'unknown'
  /** Log id and origin. */
  readonly log: 'same' | 'differs' | 'unknown'
  /** The checkpoint of the notice continues that of the bundle. */
  readonly consistency: 'holds' | 'differs' | 'unknown'
  readonly items: 'within' | 'beyond' | 'unknown'
  readonly event: {
    readonly state: 'included' | 'not-included'
    readonly seq: number
    readonly type: NoticeEventType
  } | null
  /** Of the notice: its signatures are verified when it is judged. */
  readonly checkpoint: CheckpointFacts
}

/** All notices that were given. */
export interface NoticesFacts {
  /** In the order of their digests, each once. */
  readonly files: readonly NoticeFacts[]
  /**
   * Of their signatures, by SHA-256, each once. Apart from those of the content: what a notice carries must change nothing
   * there.
   */
  readonly certificates: readonly PooledCertificate[]
}
