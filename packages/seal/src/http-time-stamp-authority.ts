import {
  type Cms,
  equalBytes,
  ParseError,
  parseCertificate,
  parseTimeStampFile,
  parseTstInfo,
  type TstInfo,
} from '@probatum/core'
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
  | 'other-authority'

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
  /** RFC 4514 subject of its certificate; asked for with a time-stamp over random octets when it is not given. */
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
 * An RFC 3161 authority over HTTP (§3.4). An answer is taken only when it reads strictly, is granted, is over this
 * imprint and this nonce, and names the same authority each time; its signature and path are judged by verifying the
 * sealed bundle. This and `stamp` reject with TimeStampError; TypeError for a URL that is not HTTP.
 */
export async function httpTimeStampAuthority(input: HttpAuthorityInput): Promise<TimeStampAuthority> {
  const { protocol } = new URL(input.url)
  if (protocol !== 'http:' && protocol !== 'https:') throw new TypeError('an authority has an http or https URL')
  // A bundle names its authorities before anything is stamped.
  const subject = input.subject ?? (await ask(input, { algorithm: 'sha256', digest: input.random(32) })).subject
  return {
    label: input.label,
    subject,
    async stamp(imprint) {
      const answer = await ask(input, imprint)
      if (answer.subject !== subject) throw new TimeStampError('other-authority', answer.subject)
      return answer.response
    },
  }
}

async function ask(input: HttpAuthorityInput, imprint: MessageImprint) {
  const nonce = positiveSerial(input.random(8))
  const response = await exchange(input, timeStampRequest(imprint, nonce, input.policy ?? null))
  return { response, subject: requireAnswer(response, imprint, nonce, input.policy) }
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

/** RFC 3161 §2.4.2: what the requester must check, short of the signature. Returns the authority's subject. */
function requireAnswer(
  bytes: Uint8Array,
  imprint: MessageImprint,
  nonce: Uint8Array,
  policy: string | undefined,
): string {
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
    requireInfo(parseTstInfo(token.eContent), imprint, nonce, policy)
    return signerSubject(token)
  } catch (error) {
    if (error instanceof ParseError) throw new TimeStampError('unreadable', error.message, { cause: error })
    throw error
  }
}

function requireInfo(info: TstInfo, imprint: MessageImprint, nonce: Uint8Array, policy: string | undefined): void {
  const { hashAlgorithm, hashedMessage } = info.messageImprint
  if (!equalBytes(hashedMessage, imprint.digest) || hashAlgorithm.oid !== OID[imprint.algorithm])
    throw new TimeStampError('other-imprint', hashAlgorithm.oid)
  if (info.nonce === null || !equalBytes(info.nonce, nonce))
    throw new TimeStampError('other-nonce', info.nonce === null ? 'none' : 'not the one sent')
  if (policy !== undefined && info.policy !== policy) throw new TimeStampError('other-policy', info.policy)
}

/** Subject of the certificate that the one SignerInfo names. */
function signerSubject(token: Cms): string {
  const [signer, another] = token.signerInfos
  if (signer === undefined || another !== undefined)
    throw new TimeStampError('signers', String(token.signerInfos.length))
  const { sid } = signer
  for (const { kind, der } of token.certificates) {
    if (kind !== 'certificate') continue
    const { issuer, serialNumber, subject, subjectKeyIdentifier } = parseCertificate(der)
    const named =
      sid.kind === 'issuerAndSerialNumber'
        ? equalBytes(sid.issuer, issuer.der) && equalBytes(sid.serialNumber, serialNumber)
        : subjectKeyIdentifier !== null && equalBytes(sid.keyIdentifier, subjectKeyIdentifier)
    if (named) return subject.text
  }
  throw new TimeStampError('no-certificate', 'the request asked for the authority’s own')
}
