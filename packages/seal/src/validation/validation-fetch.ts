import { toBase64 } from '@probatum/core'
import { bodyWithin, codesOf, isNamed, isTlsFailure } from '../time-stamps/http-exchange.ts'
import type { FetchLike } from '../time-stamps/http-time-stamp-authority.ts'

/** Why an address gave nothing. */
export type ValidationFetchReason =
  | 'address'
  | 'private-address'
  | 'network'
  | 'tls'
  | 'connect-timeout'
  | 'timeout'
  | 'redirect'
  | 'http-status'
  | 'too-large'
  | 'budget'

/** An address gave nothing that could be read. */
export class ValidationFetchError extends Error {
  override readonly name = 'ValidationFetchError'
  readonly reason: ValidationFetchReason
  /** Terse, for experts. */
  readonly detail: string

  constructor(reason: ValidationFetchReason, detail: string, options?: { cause?: unknown }) {
    super(`${reason}: ${detail}`, options)
    this.reason = reason
    this.detail = detail
  }
}

/** How addresses in certificates are asked, and how much one run may fetch. */
export interface ValidationFetchInput {
  /** Follows no redirect. A refused address is told by an error of name PrivateAddressError. */
  readonly fetch: FetchLike
  /** For one request, from connecting to the last octet; default 30 s. */
  readonly timeoutMilliseconds?: number
  /** Requests of one run, redirects included; default 64. */
  readonly requests?: number
  /** Octets of all answers of one run; default 128 MiB, as much as a verification reads. */
  readonly totalBytes?: number
}

/** An OCSP response or some certificates have some kilobytes. */
const SMALL = 1_048_576
/** As core's limit for one CRL. */
const CRL = 67_108_864
/** From the address in the certificate to where the list really lies: one move of the server, and one to https. */
const REDIRECTS = 3
/** RFC 6960 §A.1: a GET while everything behind the address stays below 255 octets. */
const OCSP_GET = 255

/**
 * Fetches what certificates name (RFC 5280 §4.2.1.13, §4.2.2.1; RFC 6960 §A.1). Addresses stand in certificates, which
 * may come from anybody: http and https only, no user and password, bounded in size, time and number. Redirects of a GET are
 * followed within http and https, never from https to http; each is a new address, under the same rules. What is fetched is
 * bytes, and believed by nobody until its signature was checked.
 */
export class ValidationFetcher {
  readonly #input: ValidationFetchInput
  #requestsLeft: number
  #bytesLeft: number

  constructor(input: ValidationFetchInput) {
    this.#input = input
    this.#requestsLeft = input.requests ?? 64
    this.#bytesLeft = input.totalBytes ?? 134_217_728
  }

  /** @throws {ValidationFetchError} */
  async crl(url: string): Promise<Uint8Array> {
    return this.#get(url, CRL, 'application/pkix-crl')
  }

  /** @throws {ValidationFetchError} */
  async certificates(url: string): Promise<Uint8Array> {
    return this.#get(url, SMALL, 'application/pkix-cert, application/pkcs7-mime')
  }

  /** By GET where the request is short enough, which caches answer; else, and where that gives nothing, by POST. `isAnswer`: whether the bytes are a successful response. @throws {ValidationFetchError} */
  async ocsp(url: string, request: Uint8Array, isAnswer: (bytes: Uint8Array) => boolean): Promise<Uint8Array> {
    const path = encodeURIComponent(toBase64(request))
    if (path.length < OCSP_GET && !/[?#]/.test(url)) {
      try {
        const bytes = await this.#get(`${url.replace(/\/$/, '')}/${path}`, SMALL, 'application/ocsp-response')
        if (isAnswer(bytes)) return bytes
      } catch (error) {
        // Some responders know POST only, and say so in many ways; one that does not answer at all is not asked twice.
        if (!(error instanceof ValidationFetchError) || !/^(?:http-status|redirect|too-large)$/.test(error.reason))
          throw error
      }
    }
    const headers = { 'Content-Type': 'application/ocsp-request', Accept: 'application/ocsp-response' }
    return this.#ask(url, { method: 'POST', headers, body: new Uint8Array(request) }, SMALL, 0)
  }

  #get(url: string, most: number, accept: string): Promise<Uint8Array> {
    return this.#ask(url, { method: 'GET', headers: { Accept: accept } }, most, REDIRECTS)
  }

  async #ask(url: string, init: RequestInit, most: number, redirects: number): Promise<Uint8Array> {
    const address = requireAddress(url)
    if (this.#requestsLeft-- <= 0) throw new ValidationFetchError('budget', 'too many requests in one run')
    const signal = AbortSignal.timeout(this.#input.timeoutMilliseconds ?? 30_000)
    try {
      const response = await this.#input.fetch(address.href, { ...init, redirect: 'manual', signal })
      const { status, headers } = response
      if (status === 200) return await this.#body(response, most)
      await response.body?.cancel().catch(() => {})
      if (!isRedirect(status)) throw new ValidationFetchError('http-status', String(status))
      const next = nextAddress(address, headers.get('Location'), redirects, status)
      return await this.#ask(next, init, most, redirects - 1)
    } catch (error) {
      if (error instanceof ValidationFetchError) throw error
      if (signal.aborted) throw new ValidationFetchError('timeout', 'no whole answer in time', { cause: error })
      throw new ValidationFetchError(reasonOf(error), codesOf(error).join(' '), { cause: error })
    }
  }

  async #body(response: Response, most: number): Promise<Uint8Array> {
    const limit = Math.min(most, this.#bytesLeft)
    const tooLarge = () =>
      limit < most
        ? new ValidationFetchError('budget', 'too many octets in one run')
        : new ValidationFetchError('too-large', `more than ${most} octets`)
    const body = await bodyWithin(response, limit, tooLarge)
    this.#bytesLeft -= body.length
    return body
  }
}

function requireAddress(url: string): URL {
  if (!URL.canParse(url)) throw new ValidationFetchError('address', 'not an address')
  const address = new URL(url)
  if (address.protocol !== 'http:' && address.protocol !== 'https:')
    throw new ValidationFetchError('address', `${address.protocol} and not http or https`)
  if (address.username !== '' || address.password !== '')
    throw new ValidationFetchError('address', 'a user or password in it')
  return address
}

const isRedirect = (status: number): boolean => [301, 302, 303, 307, 308].includes(status)

function nextAddress(from: URL, location: string | null, left: number, status: number): string {
  if (left <= 0) throw new ValidationFetchError('redirect', `${status}, one too many`)
  if (location === null || !URL.canParse(location, from))
    throw new ValidationFetchError('redirect', `${status} to nowhere`)
  const next = new URL(location, from)
  if (next.protocol !== 'http:' && next.protocol !== 'https:')
    throw new ValidationFetchError('redirect', `${status} to ${next.protocol}`)
  if (from.protocol === 'https:' && next.protocol === 'http:')
    throw new ValidationFetchError('redirect', `${status} from https to http`)
  return next.href
}

function reasonOf(error: unknown): ValidationFetchReason {
  if (isNamed(error, 'PrivateAddressError')) return 'private-address'
  if (isNamed(error, 'ConnectTimeoutError')) return 'connect-timeout'
  return isTlsFailure(error) ? 'tls' : 'network'
}
