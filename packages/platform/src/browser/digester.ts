import type { Digester, DigestJob, DigestOutcome } from '@probatum/core'
import { isBlobHandle } from './blob-access.ts'
import { BlobDigester, type BlobJob, digestOther, isSmall } from './blob-digest.ts'
import { DigestThread } from './digest-thread.ts'
import { HasherPool } from './hashers.ts'

/** How it digests; every member has a default. */
export interface WebDigesterOptions {
  /**
   * Starts a worker whose script calls `runDigestWorker(self)`. Without it everything is digested in this thread.
   */
  readonly startWorker?: () => Worker
  /** Workers that hash at the same time. Default: the processor's cores, at most 4. */
  readonly jobs?: number
  /** Bytes below which no worker is started. Default 16 MiB: what one thread does while another one starts. */
  readonly worthAWorker?: number
  /** Overrides whether WebAssembly is used. */
  readonly wasm?: boolean
}

/** The digester of a browser: WebAssembly in Blob workers, or what is there of it. */
export interface WebDigester extends Digester {
  /** Kills the workers. A run that is under way rejects. */
  close(): void
}

/** Longest time in milliseconds for which other messages of this thread wait. */
const TURN = 40
const PROGRESS = 100
const WORTH_A_WORKER = 16 << 20

/** Files of at least this size come first, so that no worker ends long after the others. */
const LARGE = 16 << 20
const BATCH_BYTES = 16 << 20
const BATCH_JOBS = 512

/** A file of a folder costs more to send to a worker than to digest when it is smaller than this. */
const WORTH_SENDING = 256 << 10

/** Digests with WebAssembly where it is allowed: Blobs by workers of our own, several algorithms in one read. */
export function createWebDigester(options: WebDigesterOptions = {}): WebDigester {
  const most = options.jobs ?? Math.min(4, globalThis.navigator?.hardwareConcurrency ?? 1)
  if (!Number.isInteger(most) || most < 1) throw new RangeError(`jobs: ${most}`)
  const pool = new HasherPool(options.wasm)
  const threads = new Set<DigestThread>()
  const start = () => {
    const free = [...threads].find((thread) => !thread.isTaken)
    if (free !== undefined) return free
    if (options.startWorker === undefined || threads.size >= most) return undefined
    const thread = new DigestThread(options.startWorker(), () => threads.delete(thread))
    threads.add(thread)
    return thread
  }
  return {
    digest: (jobs, given) => new Run(jobs, given, pool, start, options.worthAWorker ?? WORTH_A_WORKER).outcomes(),
    close() {
      for (const thread of [...threads]) thread.kill(new Error('the digester was closed'))
    },
  }
}
type Options = Parameters<Digester['digest']>[1]

class Run {
  /** For workers, in the order in which they are handed out. */
  readonly #sent: readonly BlobJob[]
  /** Small files of a folder; everything where no worker is worth its start. */
  readonly #here: readonly BlobJob[]
  readonly #others: DigestJob[] = []
  readonly #options: Options
  readonly #pool: HasherPool
  readonly #start: () => DigestThread | undefined
  readonly #threads: DigestThread[] = []
  readonly #ready: DigestOutcome[] = []
  #next = 0
  #bytes = 0
  #files = 0
  #turnBegan = 0
  #reported = 0
  #failure: { readonly error: unknown } | undefined
  #wake: (() => void) | undefined

  constructor(
    jobs: readonly DigestJob[],
    options: Options,
    pool: HasherPool,
    start: () => DigestThread | undefined,
    worthAWorker: number,
  ) {
    this.#options = options
    this.#pool = pool
    this.#start = start
    const [sent, here]: [BlobJob[], BlobJob[]] = [[], []]
    let worth = 0
    for (const job of jobs) {
      const { path, extent, algorithms } = job
      const { container, offset, length, size, method } = extent
      if (offset < 0 || length < 0 || size < 0 || offset + length > container.size)
        throw new RangeError(`${path}: bytes ${offset} to ${offset + length} of ${container.size}`)
      const { handle } = container
      if (!isBlobHandle(handle)) {
        this.#others.push(job)
        continue
      }
      const { blob, isWhole } = handle
      const { crc32 } = extent
      const own: BlobJob = { path, blob, isWhole, offset, length, method, size, crc32, algorithms }
      const isLoose = length === blob.size && length < WORTH_SENDING
      if (isLoose) here.push(own)
      else sent.push(own)
      if (!isLoose) worth += length
    }
    const isWorth = worth >= worthAWorker
    // A manifest has its own order; neighbours in the archive are one read, here as in a worker.
    schedule(sent)
    this.#sent = isWorth ? sent : []
    // Not one argument for each of them: a hundred thousand are more than a call takes in a worker.
    this.#here = isWorth ? here : sent.concat(here)
  }

  async *outcomes(): AsyncGenerator<readonly DigestOutcome[], void, undefined> {
    this.#turnBegan = this.#reported = performance.now()
    const pace = {
      advance: (count: number) => {
        this.#advance(count)
        this.#requireGoing()
      },
      isDue: () => performance.now() - this.#turnBegan > TURN,
      rest: () => this.#rest(),
    }
    try {
      this.#requireGoing()
      this.#feed()
      const digester = new BlobDigester(this.#pool)
      for await (const outcome of digester.digest(this.#here, pace)) {
        yield [this.#count(outcome), ...this.#ready.splice(0)]
        if (pace.isDue()) await this.#rest()
      }
      for (const { path, extent, algorithms } of this.#others) {
        this.#requireGoing()
        const { length, method, size, crc32 } = extent
        const claim = { path, length, method, size, crc32, algorithms }
        yield [this.#count(await digestOther(claim, piecesOfAccess(extent, pace), this.#pool))]
        if (pace.isDue()) await this.#rest()
      }
      // No worker could be started: this thread does it all.
      if (this.#threads.length === 0) {
        for await (const outcome of digester.digest(this.#sent, pace)) yield [this.#count(outcome)]
      }
      while (this.#threads.some((thread) => thread.isBusy)) {
        if (this.#ready.length === 0) await this.#somethingHappens()
        this.#requireGoing()
        yield this.#ready.splice(0)
      }
      this.#requireGoing()
      yield this.#ready.splice(0)
      this.#report(true)
    } finally {
      for (const thread of this.#threads) thread.release()
    }
  }

  /** Hands batches to workers that have too few, starting workers while there is work for them. */
  #feed(): void {
    for (const thread of this.#threads) while (thread.isHungry && this.#sendTo(thread));
    while (this.#next < this.#sent.length) {
      const thread = this.#start()
      if (thread === undefined) return
      thread.take({
        bytes: (count) => {
          this.#advance(count)
        },
        outcomes: (outcomes) => {
          for (const outcome of outcomes) this.#ready.push(this.#count(outcome))
          this.#feed()
          this.#wake?.()
        },
        failed: (error) => {
          this.#failure ??= { error }
          this.#wake?.()
        },
      })
      this.#threads.push(thread)
      this.#sendTo(thread)
    }
  }

  #sendTo(thread: DigestThread): boolean {
    const batch: BlobJob[] = []
    let bytes = 0
    // Towards the end batches become small, so that all workers end together.
    const share = Math.ceil((this.#sent.length - this.#next) / (2 * Math.max(1, this.#threads.length)))
    const most = Math.max(1, Math.min(BATCH_JOBS, share))
    while (this.#next < this.#sent.length && batch.length < most && bytes < BATCH_BYTES) {
      const job = this.#sent[this.#next] as BlobJob
      if (batch.length > 0 && !isSmall(job) && job.length > BATCH_BYTES) break
      batch.push(job)
      bytes += job.length
      this.#next++
    }
    if (batch.length === 0) return false
    thread.digest(batch)
    return true
  }

  #count(outcome: DigestOutcome): DigestOutcome {
    this.#files++
    this.#report(false)
    return outcome
  }

  #advance(bytes: number): void {
    this.#bytes += bytes
    if (this.#options.signal?.aborted === true) this.#wake?.()
    this.#report(false)
  }

  #report(isLast: boolean): void {
    const now = performance.now()
    if (!isLast && now - this.#reported < PROGRESS) return
    this.#reported = now
    this.#options.onProgress?.({ bytes: this.#bytes, files: this.#files })
  }

  /** @throws AbortError, or what a worker failed with */
  #requireGoing(): void {
    if (this.#failure !== undefined) throw this.#failure.error
    if (this.#options.signal?.aborted !== true) return
    const error = new Error('The digest run was aborted.')
    error.name = 'AbortError'
    throw error
  }

  async #rest(): Promise<void> {
    await new Promise<void>((resume) => {
      // A timer of a page waits for four milliseconds; a message does not.
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = () => {
        port1.close()
        resume()
      }
      port2.postMessage(null)
    })
    this.#turnBegan = performance.now()
    this.#requireGoing()
  }

  #somethingHappens(): Promise<void> {
    return new Promise((resume) => {
      const timer = setTimeout(resume, PROGRESS)
      this.#wake = () => {
        clearTimeout(timer)
        this.#wake = undefined
        resume()
      }
    })
  }
}

/** Large ones first, the largest before all; the rest as they lie in their archives. */
function schedule(jobs: BlobJob[]): void {
  jobs.sort((a, b) => {
    const [large, other] = [a.length >= LARGE, b.length >= LARGE]
    if (large !== other) return large ? -1 : 1
    if (large) return b.length - a.length
    return a.blob === b.blob ? a.offset - b.offset : 0
  })
}
const PIECE = 1 << 20

async function* piecesOfAccess(
  { container, offset, length }: DigestJob['extent'],
  pace: { advance(bytes: number): void; isDue(): boolean; rest(): Promise<void> },
): AsyncGenerator<Uint8Array, void, undefined> {
  for (let at = 0; at < length; at += PIECE) {
    const piece = await container.read(offset + at, Math.min(PIECE, length - at))
    pace.advance(piece.length)
    if (pace.isDue()) await pace.rest()
    yield piece
  }
}
