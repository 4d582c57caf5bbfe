import { equalBytes, ParseError, parseTimeStampFile, parseTstInfo } from '@probatum/core'
import { OID } from './oids.ts'
import type { RandomBytes } from './random.ts'
import { positiveSerial, type TimeStampAuthority } from './time-stamp-authority.ts'
import { type MessageImprint, timeStampRequest } from './time-stamp-token.ts'

/** Why an authority's answer was not taken. */
export type TimeStampErrorReason =
  | 'network'
  | 'timeout'
  | 'http-status'
  | 'content-type'
  | 'too-large'
  | 'unreadable'
  | 'refused'
  | 'no-token'
  | 'other-content'
  | 'other-imprint'
  | 'other-nonce'
  | 'other-policy'
  | 'signers'
  | 'no-certificate'

/** An authority did not give a usable time-stamp. `detail` may hold the authority's own words: escape it for display. */
export class TimeStampError extends Error {
  override readonly name = 'TimeStampError'
  readonly reason: TimeStampErrorReason
  readonly detail: string
  constructor(reason: TimeStampErrorReason, detail: string, options?: { cause?: unknown }) {
    super(`${reason}: ${detail}`, options)
    this.reason = reason
    this.detail = detail
  }
}

/** As much of `fetch` as is used here. */
export type FetchLike = (url: string, init: RequestInit) => Promise<Response>

export interface HttpAuthorityInput {
  /** http or https; what is sent is a digest only, and the answer is signed. */
  readonly url: string
  readonly label: string
  /** Name for people; default the URL's host. */
  readonly subject?: string
  readonly fetch: FetchLike
  readonly random: RandomBytes
  /** Dotted policy to ask for; none by default. */
  readonly policy?: string
  /** For the whole exchange; default 30 s. */
  readonly timeoutMilliseconds?: number
}

/** A response with a chain of five certificates has some 10 kB; a megabyte is no time-stamp. */
const RESPONSE_LIMIT = 1_048_576

/**
 * An RFC 3161 authority over HTTP (§3.4). An answer is taken only when it reads strictly, is granted, and is over this
 * imprint and this nonce; its signature and path are judged by verifying the sealed bundle. `stamp` rejects with
 * TimeStampError.
 */
export function httpTimeStampAuthority(input: HttpAuthorityInput): TimeStampAuthority {
  const url = new URL(input.url)
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw new TypeError('an authority has an http or https URL')
  return {
    label: input.label,
    subject: input.subject ?? url.host,
    async stamp(imprint) {
      const nonce = positiveSerial(input.random(8))
      const request = timeStampRequest(imprint, nonce, input.policy ?? null)
      const response = await exchange(input, request)
      requireAnswer(response, imprint, nonce, input.policy)
      return response
    },
  }
}

async function exchange(input: HttpAuthorityInput, request: Uint8Array): Promise<Uint8Array> {
  const signal = AbortSignal.timeout(input.timeoutMilliseconds ?? 30_000)
  try {
    const response = await input.fetch(input.url, {
      method: 'POST',
      headers: { 'Content-Type': 'application/timestamp-query', Accept: 'application/timestamp-reply' },
      body: new Uint8Array(request),
      // Another address is another authority: whoever runs the program names it.
      redirect: 'error',
      signal,
    })
    if (response.status !== 200) throw new TimeStampError('http-status', String(response.status))
    const type = response.headers.get('Content-Type') ?? ''
    if (type.split(';')[0]?.trim().toLowerCase() !== 'application/timestamp-reply')
      throw new TimeStampError('content-type', type === '' ? 'none' : type)
    return await limitedBody(response)
  } catch (error) {
    if (error instanceof TimeStampError) throw error
    if (signal.aborted) throw new TimeStampError('timeout', input.url, { cause: error })
    throw new TimeStampError('network', input.url, { cause: error })
  }
}

async function limitedBody(response: Response): Promise<Uint8Array> {
  const pieces: Uint8Array[] = []
  let length = 0
  const reader = response.body?.getReader()
  for (;;) {
    const { done, value } = (await reader?.read()) ?? { done: true, value: undefined }
    if (done || value === undefined) break
    length += value.length
    if (length > RESPONSE_LIMIT) {
      await reader?.cancel()
      throw new TimeStampError('too-large', `more than ${RESPONSE_LIMIT} octets`)
    }
    pieces.push(value)
  }
  const body = new Uint8Array(length)
  let at = 0
  for (const piece of pieces) {
    body.set(piece, at)
    at += piece.length
  }
  return body
}

/** RFC 3161 §2.4.2: what the requester must check, short of the signature. */
function requireAnswer(
  bytes: Uint8Array,
  imprint: MessageImprint,
  nonce: Uint8Array,
  policy: string | undefined,
): void {
  try {
    const file = parseTimeStampFile(bytes)
    // Read by content: only the DER of a response is what `openssl ts -in` takes.
    if (file.form !== 'response' || bytes[0] !== 0x30)
      throw new TimeStampError('unreadable', 'not a TimeStampResp in DER')
    const { status, statusString, failInfo } = file.statusInfo
    if (status > 1) throw new TimeStampError('refused', [`status ${status}`, ...failInfo, ...statusString].join(', '))
    const token = file.token
    if (token === null) throw new TimeStampError('no-token', `status ${status}`)
    if (token.eContentType !== OID.tstInfo || token.eContent === null)
      throw new TimeStampError('other-content', token.eContentType)
    if (token.signerInfos.length !== 1) throw new TimeStampError('signers', String(token.signerInfos.length))
    if (token.certificates.length === 0) throw new TimeStampError('no-certificate', 'the request asked for it')
    const info = parseTstInfo(token.eContent)
    const { hashAlgorithm, hashedMessage } = info.messageImprint
    const sameDigest = equalBytes(hashedMessage, imprint.digest)
    if (!sameDigest || hashAlgorithm.oid !== OID[imprint.algorithm])
      throw new TimeStampError('other-imprint', hashAlgorithm.oid)
    if (info.nonce === null || !equalBytes(info.nonce, nonce))
      throw new TimeStampError('other-nonce', info.nonce === null ? 'none' : 'not the one sent')
    if (policy !== undefined && info.policy !== policy) throw new TimeStampError('other-policy', info.policy)
  } catch (error) {
    if (error instanceof ParseError) throw new TimeStampError('unreadable', error.message, { cause: error })
    throw error
  }
}
