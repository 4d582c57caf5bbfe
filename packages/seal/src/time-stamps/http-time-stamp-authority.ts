import { encodeUtf8, type Instant, ParseError, parseTimeStampFile, type SignaturePorts, toBase64 } from '@probatum/core'
import type { RandomBytes } from '../random.ts'
import { bodyWithin, codesOf, isNamed, isTlsFailure } from './http-exchange.ts'
import { requireTimeStampAnswer } from './time-stamp-answer.ts'
import { positiveSerial, type TimeStampAuthority } from './time-stamp-authority.ts'
import { TimeStampError } from './time-stamp-error.ts'
import { type MessageImprint, timeStampRequest } from './time-stamp-token.ts'

/** As much of `fetch` as is used here. Follows no redirect; an error of name ConnectTimeoutError is told apart. */
export type FetchLike = (url: string, init: RequestInit) => Promise<Response>

/** What whoever runs the program is told; never an error. */
export type TimeStampNote =
  /** Asked over http, at another computer: the answer is signed and holds our nonce, but others can read and hold up what is sent. */
  | { readonly kind: 'not-encrypted' }
  | { readonly kind: 'retry'; readonly error: TimeStampError; readonly waitMilliseconds: number }
  /** Status grantedWithMods: accepted, because all that was asked for is in the token. */
  | { readonly kind: 'granted-with-mods' }

/** For HTTP Basic (RFC 7617). Stands in no error and no note. */
export interface AuthorityCredentials {
  readonly user: string
  readonly password: string
}

/** An RFC 3161 authority behind an address, and how it is asked. */
export interface HttpAuthorityInput {
  /** http or https, without user and password; what is sent is a digest only, and the answer is signed. */
  readonly url: string
  readonly label: string
  /** RFC 4514 subject of its certificate; asked for with a time-stamp over random octets when it is not given. */
  readonly subject?: string
  readonly fetch: FetchLike
  readonly random: RandomBytes
  /** Check signatures and digests: an answer is judged before it is taken. */
  readonly ports: SignaturePorts
  /** Our own clock, asked when an answer has come. */
  readonly now: () => Instant
  /** Dotted policy to ask for; none by default. */
  readonly policy?: string
  readonly credentials?: AuthorityCredentials
  /** For one attempt, from connecting to the last octet; default 30 s. */
  readonly timeoutMilliseconds?: number
  /** For all attempts and the waits between them; default 2 min. */
  readonly totalMilliseconds?: number
  /** Default 3. Only a fault on the way is tried again: never a refusal, and never an answer that is wrong. */
  readonly attempts?: number
  /** Seconds by which genTime may differ from our clock; default 300. */
  readonly toleranceSeconds?: number
  /** Default: a timer. */
  readonly sleep?: (milliseconds: number) => Promise<void>
  /** A clock that only goes forward; default: the platform's. */
  readonly elapsed?: () => number
  readonly onNote?: (note: TimeStampNote) => void
}

/** A response with a chain of five certificates has some 10 kB; a megabyte is no time-stamp. */
const RESPONSE_LIMIT = 1_048_576
/** Half of what people set their clocks by hand with is within a minute; a replay is found by its nonce. */
const TOLERANCE_SECONDS = 300
/** Nobody waits longer because an authority asks for it. */
const LONGEST_WAIT = 60_000
/** RFC 9110 §15, RFC 6585 §4: the server says itself that the same request may succeed later. */
const TRANSIENT_STATUS: ReadonlySet<number> = new Set([408, 425, 429, 502, 503, 504])
/** RFC 9110 §15.4; 304 is none. */
const REDIRECTS: ReadonlySet<number> = new Set([300, 301, 302, 303, 305, 307, 308])

/**
 * An RFC 3161 authority over HTTP (§3.4). An answer is taken only when core's own checks of the token hold, all but the
 * path to an anchor, and it is over this imprint, this nonce and the policy asked for, made now, and by the same authority
 * each time. No redirect is followed, not even to https of the same host: another address is another authority, and whoever
 * runs the program names it. This and `stamp` reject with TimeStampError; TypeError for an address or credentials that
 * cannot be used.
 */
export async function httpTimeStampAuthority(input: HttpAuthorityInput): Promise<TimeStampAuthority> {
  requireAddress(input)
  if (new URL(input.url).protocol === 'http:' && !isHere(input.url)) input.onNote?.({ kind: 'not-encrypted' })
  // A bundle names its authorities before anything is stamped.
  const asked = input.subject === undefined ? await ask(input, { algorithm: 'sha256', digest: input.random(32) }) : null
  const subject = input.subject ?? asked?.subject ?? ''
  return {
    label: input.label,
    subject,
    ...(asked === null ? {} : { topIssuer: asked.topIssuer }),
    async stamp(imprint) {
      const answer = await ask(input, imprint)
      if (answer.subject !== subject) throw new TimeStampError('other-authority', answer.subject)
      return answer.response
    },
  }
}

/** The message never repeats the address: a password may stand in it. */
function requireAddress({ url, credentials }: HttpAuthorityInput): void {
  if (!URL.canParse(url)) throw new TypeError('an authority has an http or https URL')
  const { protocol, username, password } = new URL(url)
  if (protocol !== 'http:' && protocol !== 'https:') throw new TypeError('an authority has an http or https URL')
  if (username !== '' || password !== '') throw new TypeError('user and password do not belong into the URL')
  if (credentials === undefined) return
  // RFC 7617 §2: a colon would end the user's name.
  if (/[:\p{Cc}]/u.test(credentials.user) || /\p{Cc}/u.test(credentials.password) || credentials.user === '')
    throw new TypeError('the user’s name has no colon, and neither it nor the password a control character')
  if (protocol === 'http:' && !isHere(url)) throw new TypeError('a password is sent over https only')
}

/** Whether an address is on this computer: nobody is on the way. */
function isHere(url: string): boolean {
  const { hostname } = new URL(url)
  return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d+){3}$/.test(hostname)
}

async function ask(input: HttpAuthorityInput, imprint: MessageImprint) {
  const { attempts = 3, totalMilliseconds = 120_000, sleep = timer, elapsed = () => performance.now() } = input
  const start = elapsed()
  const left = () => totalMilliseconds - (elapsed() - start)
  for (let attempt = 1; ; attempt++) {
    try {
      return await askOnce(input, imprint, Math.min(input.timeoutMilliseconds ?? 30_000, Math.max(1, left())))
    } catch (error) {
      if (!(error instanceof TimeStampError) || !error.isTransient) throw error
      const wait = waitBefore(attempt, error, input.random)
      if (attempt >= attempts || wait >= left())
        throw attempt === 1
          ? error
          : new TimeStampError(error.reason, `${error.detail}, after ${attempt} attempts`, { cause: error })
      input.onNote?.({ kind: 'retry', error, waitMilliseconds: wait })
      await sleep(wait)
    }
  }
}

/** 1 s, 4 s, 16 s …, and up to a half more, so that many who failed together do not come back together. */
function waitBefore(attempt: number, { retryAfter }: TimeStampError, random: RandomBytes): number {
  const base = 1000 * 4 ** (attempt - 1)
  const spread = Math.round((base / 2) * ((random(1)[0] ?? 0) / 255))
  return Math.min(LONGEST_WAIT, Math.max(base + spread, retryAfter ?? 0))
}

const timer = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds))

/** One request with a nonce of its own: an answer to another attempt is none to this one. */
async function askOnce(input: HttpAuthorityInput, imprint: MessageImprint, timeout: number) {
  const nonce = positiveSerial(input.random(8))
  const response = await exchange(input, timeStampRequest(imprint, nonce, input.policy ?? null), timeout)
  requireResponse(response)
  const accepted = await requireTimeStampAnswer(
    response,
    {
      imprint,
      nonce,
      policy: input.policy ?? null,
      now: input.now(),
      toleranceSeconds: input.toleranceSeconds ?? TOLERANCE_SECONDS,
      isFresh: true,
    },
    input.ports,
  )
  if (accepted.isModified) input.onNote?.({ kind: 'granted-with-mods' })
  return { response, subject: accepted.subject, topIssuer: accepted.topIssuer }
}

/** RFC 3161 §3.4: a response, and in DER: that alone is what `openssl ts -in` takes. */
function requireResponse(bytes: Uint8Array): void {
  try {
    if (bytes[0] === 0x30 && parseTimeStampFile(bytes).form === 'response') return
  } catch (error) {
    if (!(error instanceof ParseError)) throw error
    throw new TimeStampError('unreadable', error.message, { cause: error })
  }
  throw new TimeStampError('unreadable', 'not a TimeStampResp in DER')
}

async function exchange(input: HttpAuthorityInput, request: Uint8Array, timeout: number): Promise<Uint8Array> {
  const { credentials } = input
  const { origin, pathname } = new URL(input.url)
  // A query may hold what only the authority is to know.
  const where = `${origin}${pathname}`
  // Whole milliseconds: it takes no others.
  const signal = AbortSignal.timeout(Math.ceil(timeout))
  try {
    const response = await input.fetch(input.url, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/timestamp-query',
        Accept: 'application/timestamp-reply',
        ...(credentials === undefined
          ? {}
          : { Authorization: `Basic ${toBase64(encodeUtf8(`${credentials.user}:${credentials.password}`))}` }),
      },
      body: new Uint8Array(request),
      redirect: 'manual',
      signal,
    })
    try {
      requireHeaders(response)
    } catch (error) {
      await response.body?.cancel().catch(() => {})
      throw error
    }
    return await bodyWithin(response, RESPONSE_LIMIT, tooLarge)
  } catch (error) {
    if (error instanceof TimeStampError) throw error
    if (signal.aborted) throw new TimeStampError('timeout', where, { cause: error })
    const reason = isNamed(error, 'ConnectTimeoutError') ? 'connect-timeout' : isTlsFailure(error) ? 'tls' : 'network'
    throw new TimeStampError(reason, `${where} ${codesOf(error).join(' ')}`.trim(), { cause: error })
  }
}

function requireHeaders(response: Response): void {
  const { status, headers } = response
  if (response.type === 'opaqueredirect' || REDIRECTS.has(status))
    throw new TimeStampError('redirect', `${status} ${originOf(headers.get('Location'))}`.trim())
  if (status !== 200) {
    const seconds = headers.get('Retry-After') ?? ''
    throw new TimeStampError('http-status', String(status), {
      isTransient: TRANSIENT_STATUS.has(status),
      ...(/^\d{1,6}$/.test(seconds) ? { retryAfter: Number(seconds) * 1000 } : {}),
    })
  }
  const type = headers.get('Content-Type') ?? ''
  if (type.split(';')[0]?.trim().toLowerCase() !== 'application/timestamp-reply')
    throw new TimeStampError('content-type', type === '' ? 'none' : type.slice(0, 200))
}

function originOf(location: string | null): string {
  if (location === null) return ''
  return URL.canParse(location) ? `to ${new URL(location).origin}` : 'to another path'
}

const tooLarge = () => new TimeStampError('too-large', `more than ${RESPONSE_LIMIT} octets`)
