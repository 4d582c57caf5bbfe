import {
  exactly,
  integer,
  listOf,
  noteProblem,
  object,
  oneOf,
  orNull,
  problemCount,
  type Shape,
  text,
  textWhere,
} from '../json/shape.ts'
import { parseInstant } from '../model/instant.ts'
import {
  ORIGIN,
  parseSignedStatement,
  parseStatement,
  RANDOM_128,
  SHA256,
  type SignedStatement,
  signedStatementFile,
  statementBytes,
} from './signed-statement.ts'

/**
 * Notices: what a recipient is told after a bundle was sent (docs/spec/notice-1.md). A notice names bundles, positions and a
 * code, and neither people nor reasons in words: whoever finds one learns nothing of anybody.
 */

export const NOTICE_STATEMENT = 'probatum/notice/1'

/** `withdrawn`: it must not be used any more; `superseded`: another bundle takes its place; `recalled`: it is to be given back. */
export const NOTICE_KINDS = ['recalled', 'superseded', 'withdrawn'] as const

/** One of NOTICE_KINDS. */
export type NoticeKind = (typeof NOTICE_KINDS)[number]

/** Why, from a closed list: free words would tell of people. */
export const NOTICE_CODES = [
  'conditions-not-met',
  'consent-expired',
  'consent-withdrawn',
  'corrected',
  'not-stated',
  'ordered',
  'seal-key-compromised',
  'shared-in-error',
] as const

/** One of NOTICE_CODES. */
export type NoticeCode = (typeof NOTICE_CODES)[number]

/** Types of the log's line that a notice may show: what the log records where it has such an event. */
export const NOTICE_EVENT_TYPES = ['consent-withdrawal', 'deaccession', 'export', 'redaction'] as const

/** One of NOTICE_EVENT_TYPES. */
export type NoticeEventType = (typeof NOTICE_EVENT_TYPES)[number]

/** A bundle that a notice is about, and how the log continues from it. */
export interface NoticedBundle {
  /** Bundle id: SHA-256 of tagmanifest-sha256.txt, hex. */
  readonly bundle: string
  /** RFC 9162 §2.1.4.1, from the bundle's checkpoint to that of the notice: node digests, hex. */
  readonly consistencyPath: readonly string[]
  /** Seal id: SHA-256 of tagmanifest-sha256.txt.p7s, hex. */
  readonly seal: string
  /** Size in the bundle's checkpoint. */
  readonly size: number
}

/** What is signed. */
export interface NoticeStatement {
  /** Ascending by bundle id, each once: bundles of one recipient. */
  readonly bundles: readonly NoticedBundle[]
  /** Signed note of the log (C2SP tlog-checkpoint), the whole file as text. */
  readonly checkpoint: string
  readonly code: NoticeCode
  /** RFC 3339 time in UTC from which it holds: the signer's own statement. */
  readonly date: string
  /** The log's line that records it, and its inclusion in the checkpoint (RFC 9162 §2.1.3.1); null where none does. */
  readonly event: { readonly line: string; readonly path: readonly string[] } | null
  /** Positions of items, from 0, ascending, each once; null for everything in these bundles. */
  readonly items: readonly number[] | null
  readonly kind: NoticeKind
  readonly log: { readonly id: string; readonly origin: string }
  /** Bundle id of what takes their place; null where nothing does, or it is not said. */
  readonly replacement: string | null
  readonly statement: typeof NOTICE_STATEMENT
}

/** A tree of at most 2^53 leaves: RFC 9162 §2.1.3.1 and §2.1.4.1. */
const PATH = listOf(SHA256, { maximum: 54 })
const TIME = textWhere('RFC 3339 time in UTC', (value) => value.length > 10 && parseInstant(value) !== undefined)

/** What `shape` reads, where each stands behind the one before it. */
function ascending<T>(shape: Shape<readonly T[]>, keyOf: (one: T) => number | string): Shape<readonly T[]> {
  return (value, member, report) => {
    const before = problemCount(report)
    const read = shape(value, member, report)
    if (read === undefined || problemCount(report) > before) return undefined
    const isAscending = read.every((one, at) => {
      const last = read[at - 1]
      return last === undefined || keyOf(last) < keyOf(one)
    })
    if (isAscending) return read
    noteProblem(report, { member, expected: 'ascending, each once', found: 'otherwise' })
    return undefined
  }
}

/** What a notice must look like. */
export const NOTICE_SHAPE: Shape<NoticeStatement> = object<NoticeStatement>({
  bundles: ascending(
    listOf(
      object<NoticedBundle>({ bundle: SHA256, consistencyPath: PATH, seal: SHA256, size: integer(1) }),
      // Exports to one recipient; a log of some thousand exports has many recipients.
      { minimum: 1, maximum: 1000 },
    ),
    ({ bundle }) => bundle,
  ),
  checkpoint: text(),
  code: oneOf(NOTICE_CODES),
  date: TIME,
  event: orNull(object<NonNullable<NoticeStatement['event']>>({ line: text(), path: PATH })),
  items: orNull(ascending(listOf(integer(0), { minimum: 1 }), (position) => position)),
  kind: oneOf(NOTICE_KINDS),
  log: object<NoticeStatement['log']>({ id: RANDOM_128, origin: ORIGIN }),
  replacement: orNull(SHA256),
  statement: exactly(NOTICE_STATEMENT),
})

/** The bytes that a notice's signature is over. */
export function noticeStatement(notice: NoticeStatement): Uint8Array {
  return statementBytes(notice)
}

/** The file of a notice. `cms`: a detached CMS over `noticeStatement(notice)`, DER. */
export function noticeFile(notice: NoticeStatement, cms: Uint8Array): Uint8Array {
  return signedStatementFile('notice', notice, cms)
}

/**
 * Reads the file of a notice. Nothing is said about whether it holds.
 * @throws ParseError ERR_LIMIT, ERR_TEXT_ENCODING, ERR_JSON_*
 */
export function parseNotice(bytes: Uint8Array, where?: string): SignedStatement<NoticeStatement> {
  return parseSignedStatement(bytes, 'notice', NOTICE_SHAPE, where)
}

/** Reads what is signed alone, before there is a signature. @throws ParseError as `parseNotice` */
export function parseNoticeStatement(bytes: Uint8Array): NoticeStatement {
  return parseStatement(bytes, 'notice', NOTICE_SHAPE)
}
