/** Why an authority's answer was not taken. */
export type TimeStampErrorReason =
  // Getting an answer.
  | 'network'
  | 'tls'
  | 'connect-timeout'
  | 'timeout'
  | 'redirect'
  | 'http-status'
  | 'content-type'
  | 'too-large'
  // What is answered.
  | 'unreadable'
  | 'refused'
  | 'no-token'
  | 'other-imprint'
  | 'other-nonce'
  | 'other-policy'
  | 'other-time'
  | 'other-authority'
  // What core finds about the token.
  | 'signers'
  | 'no-certificate'
  | 'extension'
  | 'algorithm'
  | 'signed-attributes'
  | 'signature'
  | 'tsa-name'
  | 'extended-key-usage'
  | 'key-usage'
  | 'validity'
  | 'contradiction'

/** One thing that is wrong with an answer. */
export interface TimeStampProblem {
  readonly reason: TimeStampErrorReason
  /** May hold the authority's own words: escape it for display. Never holds credentials. */
  readonly detail: string
}

/** Faults that may be gone at the next attempt. What an authority answered is never one of them. */
const TRANSIENT: ReadonlySet<TimeStampErrorReason> = new Set(['network', 'connect-timeout', 'timeout'])

/** Characters of what an authority says that are passed on: a screen full. */
const DETAIL_LIMIT = 2000
/** A hostile answer may have thousands of signers, each wrong in ten ways. */
const PROBLEMS_LIMIT = 32

const clipped = (text: string): string => (text.length > DETAIL_LIMIT ? `${text.slice(0, DETAIL_LIMIT)}…` : text)

/** More about a failure than its first problem. */
export interface TimeStampErrorOptions {
  readonly cause?: unknown
  /** Everything that is wrong, this first; the first 32 are kept. */
  readonly problems?: readonly TimeStampProblem[]
  readonly isTransient?: boolean
  /** Milliseconds after which the authority wants to be asked again. */
  readonly retryAfter?: number
}

/** An authority did not give a usable time-stamp. `detail` may hold the authority's own words: escape it for display. */
export class TimeStampError extends Error {
  override readonly name = 'TimeStampError'
  readonly reason: TimeStampErrorReason
  readonly detail: string
  readonly problems: readonly TimeStampProblem[]
  readonly isTransient: boolean
  readonly retryAfter: number | null
  constructor(reason: TimeStampErrorReason, detail: string, options: TimeStampErrorOptions = {}) {
    super(`${reason}: ${clipped(detail)}`, options.cause === undefined ? undefined : { cause: options.cause })
    this.reason = reason
    this.detail = clipped(detail)
    this.problems = (options.problems ?? [{ reason, detail }])
      .slice(0, PROBLEMS_LIMIT)
      .map((problem) => ({ reason: problem.reason, detail: clipped(problem.detail) }))
    this.isTransient = options.isTransient ?? TRANSIENT.has(reason)
    this.retryAfter = options.retryAfter ?? null
  }
}
