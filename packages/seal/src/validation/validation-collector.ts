import {
  accessLocationsOf,
  type Certificate,
  compareInstants,
  type Instant,
  orNull,
  ParseError,
  type Policy,
  parseOcspResponse,
  readValidationFile,
  type SignaturePorts,
  selectValidation,
  toHex,
  type ValidationAnswer,
  type ValidationKind,
  type ValidationObject,
  type ValidationRefusal,
  type ValidationStatus,
  type ValidationTarget,
} from '@probatum/core'
import { ocspRequest } from './ocsp-request.ts'
import { ValidationFetchError, type ValidationFetcher, type ValidationFetchReason } from './validation-fetch.ts'

/** A file of record/validation or seal/N/validation. */
export interface ValidationFile {
  /** `[a-z0-9-]{1,64}\.(cer|crl|ocsp)`: the same object has the same name everywhere. */
  readonly name: string
  readonly bytes: Uint8Array
}

/** An object that somebody gave, and what the file is called. */
export interface GivenValidation extends ValidationObject {
  /** For messages only. */
  readonly from: string
}

/** What a collector of revocation data works with. */
export interface ValidationCollectorInput {
  readonly given: readonly GivenValidation[]
  /** Null: nothing is fetched. */
  readonly online: ValidationFetcher | null
  readonly policy: Policy
  readonly ports: SignaturePorts
  readonly now: () => Instant
  /** Default: a timer. */
  readonly sleep?: (milliseconds: number) => Promise<void>
}

/** Certificates about which something is to be known, and what is known already. */
export interface CollectRequest {
  readonly targets: readonly ValidationTarget[]
  /** DER of the certificates that lie with what was signed. */
  readonly certificates: readonly Uint8Array[]
  /** CRLs and OCSP responses, and certificates, that the bundle has already: they count, and are not given out again. */
  readonly here: readonly ValidationObject[]
  /**
   * Whether the last thing that these are asked for is there. Then an answer that counts from its own moment is waited for until it
   * is no older than the targets; before, there is no use in one.
   */
  readonly isLast: boolean
}

/** What was fetched and not taken, or not got at all. */
export interface FetchProblem {
  readonly url: string
  readonly reason: ValidationFetchReason | ValidationRefusal | 'unreadable'
  readonly detail: string
}

/** What was collected for one request. */
export interface CollectedValidation {
  /** To be stored: what the bundle has not got, by SHA-256. */
  readonly files: readonly ValidationFile[]
  /** The same, in the same order. */
  readonly objects: readonly ValidationObject[]
  readonly counts: Readonly<Record<ValidationKind, number>>
  /** As it is with everything that is here, fetched and given. */
  readonly statuses: readonly ValidationStatus[]
  /** Certificates whose issuer is nowhere. */
  readonly open: readonly Certificate[]
}

/** Seconds by which the clocks of authorities may be ahead. */
const TOLERANCE_SECONDS = 300
/** How long an answer is waited for that is not older than the time-stamps: their accuracy, and a second. */
const LONGEST_WAIT_SECONDS = 10
/** Depth of a chain whose certificates are fetched one after the other. */
const ROUNDS = 6
const ENDINGS: Readonly<Record<ValidationKind, string>> = { certificate: 'cer', crl: 'crl', ocsp: 'ocsp' }

/** The name under which a bundle keeps an object. */
export function validationName({ kind, sha256 }: Pick<ValidationObject, 'kind' | 'sha256'>): string {
  return `${kind}-${sha256.slice(0, 16)}.${ENDINGS[kind]}`
}

/** Seconds later. */
const later = ({ epochSeconds, fraction }: Instant, seconds: number): Instant => ({
  epochSeconds: epochSeconds + seconds,
  fraction,
})

/**
 * Collects what a later verification needs: from what was given, and fetched where certificates say so. Everything is
 * judged by core before it is given out; what it does not keep is remembered with its reason.
 */
export class ValidationCollector {
  /** Of every address that gave nothing to keep, in order. */
  readonly problems: FetchProblem[] = []
  readonly #input: ValidationCollectorInput
  readonly #fetched = new Map<string, ValidationObject & { readonly url: string }>()
  readonly #keptOnce = new Set<string>()
  readonly #why = new Map<string, ValidationRefusal>()

  constructor(input: ValidationCollectorInput) {
    this.#input = input
  }

  /** Throws what core throws for targets that do not read. */
  async collect(request: CollectRequest): Promise<CollectedValidation> {
    const tried = new Set<string>()
    let answer = await this.#select(request)
    if (this.#input.online !== null) {
      for (let round = 0; round < ROUNDS; round++) {
        const before = tried.size
        answer = await this.#fetchIssuers(answer, request, tried)
        answer = await this.#fetchAnswers(answer, request, tried)
        answer = await this.#fetchLists(answer, request, tried)
        if (tried.size === before) break
      }
    }
    for (const sha256 of answer.kept) this.#keptOnce.add(sha256)
    for (const [sha256, why] of answer.refused) this.#why.set(sha256, why)
    this.#noteRefused(answer)
    const present = new Set([
      ...request.here.map(({ sha256 }) => sha256),
      ...request.certificates.map((der) => toHex(this.#input.ports.smallDigest('sha256', der))),
    ])
    const kept = this.#material([]).filter(({ sha256 }) => answer.kept.has(sha256) && !present.has(sha256))
    const count = (kind: ValidationKind) => kept.filter((one) => one.kind === kind).length
    return {
      files: kept.map((object) => ({ name: validationName(object), bytes: object.der })),
      objects: kept,
      counts: { certificate: count('certificate'), crl: count('crl'), ocsp: count('ocsp') },
      statuses: answer.statuses,
      open: answer.open,
    }
  }

  /** Given objects that no call kept, each with the reason of the last one. Ask when all is collected. */
  leftOver(): readonly { readonly given: GivenValidation; readonly why: ValidationRefusal }[] {
    return this.#input.given
      .filter(({ sha256 }) => !this.#keptOnce.has(sha256))
      .map((given) => ({ given, why: this.#why.get(given.sha256) ?? 'unrelated' }))
  }

  #material(here: readonly ValidationObject[]): ValidationObject[] {
    const all = [...here, ...this.#input.given, ...this.#fetched.values()]
    const bySha256 = new Map(all.map(({ kind, der, sha256 }) => [sha256, { kind, der, sha256 }]))
    return [...bySha256.values()].sort((a, b) => (a.sha256 < b.sha256 ? -1 : 1))
  }

  async #select({ targets, certificates, here }: CollectRequest): Promise<ValidationAnswer> {
    const { policy, ports, now } = this.#input
    const validationTime = later(now(), TOLERANCE_SECONDS)
    return selectValidation({ targets, certificates, material: this.#material(here), validationTime, policy }, ports)
  }

  /** caIssuers (RFC 5280 §4.2.2.1), up to where nothing further is named. */
  async #fetchIssuers(given: ValidationAnswer, request: CollectRequest, tried: Set<string>): Promise<ValidationAnswer> {
    let answer = given
    for (let depth = 0; depth < ROUNDS; depth++) {
      let isNew = false
      for (const certificate of answer.open)
        for (const url of accessLocationsOf(certificate).caIssuers)
          if ((await this.#fetch(`ca ${url}`, url, tried, (online) => online.certificates(url))).length > 0)
            isNew = true
      if (!isNew) return answer
      answer = await this.#select(request)
    }
    return answer
  }

  async #fetchAnswers(given: ValidationAnswer, request: CollectRequest, tried: Set<string>): Promise<ValidationAnswer> {
    let answer = given
    for (const { certificate, issuer } of lackingIn(given)) {
      const der = ocspRequest(certificate, issuer.spki, this.#input.ports.smallDigest)
      for (const url of accessLocationsOf(certificate).ocsp) {
        const key = `ocsp ${certificate.sha256} ${url}`
        const ask = () => this.#fetch(key, url, tried, (online) => online.ocsp(url, der, isAnswer))
        const came = await ask()
        if (came.length === 0) continue
        answer = await this.#select(request)
        // An answer that gives no end to its period counts from when it was made: it must not be older than what it is about.
        const early = came.filter(({ kind, sha256 }) => kind === 'ocsp' && answer.refused.get(sha256) === 'stale')
        if (early.length > 0) {
          for (const { sha256 } of early) this.#fetched.delete(sha256)
          if (request.isLast && (await this.#isLate(request))) {
            tried.delete(key)
            await ask()
          }
          answer = await this.#select(request)
        }
        if (!isLacking(answer, certificate)) break
      }
    }
    return answer
  }

  async #fetchLists(given: ValidationAnswer, request: CollectRequest, tried: Set<string>): Promise<ValidationAnswer> {
    let answer = given
    for (const { certificate } of lackingIn(given)) {
      if (!isLacking(answer, certificate)) continue
      for (const url of accessLocationsOf(certificate).crls) {
        if ((await this.#fetch(`crl ${url}`, url, tried, (online) => online.crl(url))).length === 0) continue
        answer = await this.#select(request)
        if (!isLacking(answer, certificate)) break
      }
    }
    return answer
  }

  /** What came that was not here yet. */
  async #fetch(
    key: string,
    url: string,
    tried: Set<string>,
    ask: (online: ValidationFetcher) => Promise<Uint8Array>,
  ): Promise<readonly ValidationObject[]> {
    const { online, ports } = this.#input
    if (online === null || tried.has(key)) return []
    tried.add(key)
    try {
      const objects = readValidationFile(await ask(online), url, ports.smallDigest)
      const came = objects.filter(({ sha256 }) => !this.#fetched.has(sha256))
      for (const object of came) this.#fetched.set(object.sha256, { ...object, url })
      return came
    } catch (error) {
      if (error instanceof ValidationFetchError) this.#note({ url, reason: error.reason, detail: error.detail })
      else if (error instanceof ParseError) this.#note({ url, reason: 'unreadable', detail: error.message })
      else throw error
      return []
    }
  }

  /** Whether an answer of now is no older than the targets, which is waited for where it is near. */
  async #isLate({ targets }: CollectRequest): Promise<boolean> {
    const latest = targets.map(({ time }) => time).reduce((a, b) => (compareInstants(a, b) < 0 ? b : a))
    const seconds = latest.epochSeconds - this.#input.now().epochSeconds + 1
    if (seconds > LONGEST_WAIT_SECONDS) return false
    if (seconds <= 0) return true
    const { sleep = (milliseconds) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds)) } = this.#input
    await sleep(seconds * 1000)
    return true
  }

  /** What came and was not kept, once all has been tried. A certificate that signed itself was not asked for in vain. */
  #noteRefused({ refused }: ValidationAnswer): void {
    for (const { sha256, url } of this.#fetched.values()) {
      const why = refused.get(sha256)
      // Unrelated here, kept in another call: an authority's, when the signer's were collected.
      if (why === undefined || why === 'self-signed' || this.#keptOnce.has(sha256)) continue
      this.#note({ url, reason: why, detail: '' })
    }
  }

  #note(problem: FetchProblem): void {
    if (!this.problems.some(({ url, reason }) => url === problem.url && reason === problem.reason))
      this.problems.push(problem)
  }
}

function lackingIn({ statuses }: Pick<ValidationAnswer, 'statuses'>): ValidationStatus[] {
  return statuses.filter(({ status }) => status === 'no-data' || status === 'unknown')
}

function isLacking(answer: ValidationAnswer, { sha256 }: Certificate): boolean {
  return lackingIn(answer).some(({ certificate }) => certificate.sha256 === sha256)
}

/** A successful response; whose it is and what it says is judged with the rest. */
function isAnswer(bytes: Uint8Array): boolean {
  return (orNull(() => parseOcspResponse(bytes))?.basic ?? null) !== null
}
