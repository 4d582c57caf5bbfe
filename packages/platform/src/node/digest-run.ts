import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Digester, DigestJob, DigestOutcome } from '@probatum/core'
import type { DigestThread } from './digest-thread.ts'
import { digestOther, ExtentReader, type FileExtentJob, type FileJob, fileJob, type Pace } from './extent-digest.ts'
import { isFileHandle } from './file-access.ts'
import { isOfOneRoot, SHARED_STATE_BYTES, type SharedState, sharedState } from './worker-protocol.ts'

/** Longest time in milliseconds for which other work of this thread waits: well below what a person notices. */
const TURN = 40
/** The same while other threads wait for their next batch. */
const TURN_WITH_THREADS = 1
/** Milliseconds between two progress reports. */
const PROGRESS = 50
/** Outcomes that wait for the consumer before no more work is handed out. */
const READY = 2048
/** Opening and closing a file takes as long as digesting about 16 KiB. */
export const FILE_AS_BYTES = 16 * 1024
/** Milliseconds a byte, until the run's own pace is known from this many: a processor with SHA extensions. */
export const GUESSED_PACE = 1e-6
const SAMPLE_BYTES = 16 << 20
/** Files of at least this size come first, the largest at the very first, so that no thread ends long after the others. */
const LARGE = 16 << 20
/** What a thread gets at once. */
const BATCH_BYTES = 16 << 20
const BATCH_JOBS = 256

/** Milliseconds. Not of `performance`, which takes as long to load as a small file to digest. */
function now(): number {
  const [seconds, nanoseconds] = process.hrtime()
  return seconds * 1e3 + nanoseconds / 1e6
}

type Options = Parameters<Digester['digest']>[1]

/** One run of a digester over its jobs, in this thread and in others. */
export class DigestRun {
  /** In the order in which they are handed out. A FileJob is made then: a million at once would be a hundred megabytes. */
  readonly #files: FileExtentJob[] = []
  readonly #others: DigestJob[] = []
  readonly #signal: Options['signal']
  readonly #onProgress: Options['onProgress']
  readonly #startThread: () => DigestThread | undefined
  readonly #worthAThread: number
  readonly #memory = new SharedArrayBuffer(SHARED_STATE_BYTES)
  readonly #shared: SharedState = sharedState(this.#memory)
  readonly #pace: Pace
  readonly #taken: DigestThread[] = []
  readonly #ready: DigestOutcome[] = []
  #next = 0
  #bytesLeft = 0
  #bytesHere = 0
  #filesDone = 0
  #begun = 0
  #turnBegan = 0
  #reported = 0
  #failure: unknown
  #wake: (() => void) | undefined

  constructor(
    jobs: readonly DigestJob[],
    signal: Options['signal'],
    onProgress: Options['onProgress'],
    startThread: () => DigestThread | undefined,
    worthAThread: number,
  ) {
    this.#worthAThread = worthAThread
    this.#signal = signal
    this.#onProgress = onProgress
    this.#startThread = startThread
    const first = jobs[0]?.extent.container.handle
    let isOneFile = true
    let isInOrder = true
    let hasLarge = false
    let behind = 0
    for (const job of jobs) {
      const { container, offset, length, size } = job.extent
      if (offset < 0 || length < 0 || size < 0 || offset + length > container.size)
        throw new RangeError(`${job.path}: bytes ${offset} to ${offset + length} of ${container.size}`)
      if (!isInFile(job)) {
        this.#others.push(job)
        continue
      }
      this.#files.push(job)
      this.#bytesLeft += length
      if (container.handle !== first) isOneFile = false
      if (offset < behind) isInOrder = false
      if (length >= LARGE) hasLarge = true
      behind = offset
    }
    if (hasLarge || (isOneFile && !isInOrder)) schedule(this.#files, isOneFile)
    this.#pace = {
      advance: (bytes) => {
        this.#bytesHere += bytes
        this.#requireGoing()
      },
      isDue: () => now() - this.#turnBegan > (this.#taken.length > 0 ? TURN_WITH_THREADS : TURN),
      rest: () => this.#rest(),
    }
  }

  async *outcomes(): AsyncGenerator<readonly DigestOutcome[], void, undefined> {
    const reader = new ExtentReader()
    this.#begun = this.#turnBegan = this.#reported = now()
    try {
      this.#feedThreads()
      while (this.#next < this.#files.length) {
        await this.#digestTurn(reader)
        yield this.#ready.splice(0)
        await this.#rest()
      }
      for (const { path, extent, algorithms } of this.#others) {
        this.#requireGoing()
        yield [this.#count(await digestOther(path, extent, algorithms, this.#pace))]
        if (this.#pace.isDue()) await this.#rest()
      }
      while (this.#taken.some((thread) => thread.isBusy)) {
        await this.#outcomeOrProgress()
        await this.#rest()
        yield this.#ready.splice(0)
      }
      this.#requireGoing()
      yield this.#ready.splice(0)
      this.#report(true)
    } finally {
      Atomics.store(this.#shared.flags, 0, 1)
      for (const thread of this.#taken) thread.release()
      reader.close()
    }
  }

  /** Digests here until the turn is over or what is ready should be taken. */
  async #digestTurn(reader: ExtentReader): Promise<void> {
    for (let job = this.#fileJob(this.#next); job !== undefined && this.#ready.length < READY; ) {
      this.#requireGoing()
      this.#next++
      this.#bytesLeft -= job.length
      const next = this.#fileJob(this.#next)
      const small = reader.digestSmall(job, next, this.#pace)
      this.#ready.push(this.#count(small ?? (await reader.digest(job, next, this.#pace))))
      if (this.#pace.isDue()) return
      // While a large one was digested, others may have been handed out.
      job = small === undefined ? this.#fileJob(this.#next) : next
    }
  }

  #outcomeOrProgress(): Promise<void> {
    return new Promise((settle) => {
      const timer = setTimeout(settle, PROGRESS)
      this.#wake = () => {
        clearTimeout(timer)
        settle()
      }
    })
  }

  /** Lets other work of this thread run: messages of other threads, Ctrl+C, the terminal. */
  async #rest(): Promise<void> {
    this.#report(false)
    this.#feedThreads()
    await nextTurn()
    this.#requireGoing()
    this.#turnBegan = now()
  }

  #feedThreads(): void {
    if (this.#isWorthAThread()) {
      const thread = this.#startThread()
      if (thread !== undefined) {
        this.#taken.push(thread)
        thread.take(this.#memory, {
          outcomes: (outcomes) => {
            for (const outcome of outcomes) this.#ready.push(this.#count(outcome))
            this.#feedThreads()
            this.#wake?.()
          },
          failed: (error) => {
            this.#failure ??= error
            this.#wake?.()
          },
        })
      }
    }
    for (const thread of this.#taken)
      while (thread.isHungry(this.#leftForEach()) && this.#next < this.#files.length && this.#ready.length < READY)
        thread.digest(this.#batch())
  }

  #fileJob(index: number): FileJob | undefined {
    const job = this.#files[index]
    return job === undefined ? undefined : fileJob(job)
  }

  #leftForEach(): number {
    return (this.#files.length - this.#next) / (1 + this.#taken.length)
  }

  #batch(): FileExtentJob[] {
    const batch: FileExtentJob[] = []
    for (let bytes = 0; batch.length < BATCH_JOBS; ) {
      const job = this.#files[this.#next]
      if (job === undefined) break
      const { length } = job.extent
      const first = batch[0]
      if ((bytes > 0 && bytes + length > BATCH_BYTES) || (first !== undefined && !isOfOneRoot(first, job))) break
      this.#next++
      bytes += length
      this.#bytesLeft -= length
      batch.push(job)
    }
    return batch
  }

  /** By this run's own speed: processors differ by a factor of four, disks by more. */
  #isWorthAThread(): boolean {
    if (this.#next >= this.#files.length) return false
    if (this.#worthAThread === 0) return true
    const done = this.#filesDone * FILE_AS_BYTES + this.#bytesHere
    const pace = done > SAMPLE_BYTES ? (now() - this.#begun) / done : GUESSED_PACE
    const left = (this.#files.length - this.#next) * FILE_AS_BYTES + this.#bytesLeft
    return (pace * left) / (1 + this.#taken.length) > this.#worthAThread
  }

  #count(outcome: DigestOutcome): DigestOutcome {
    this.#filesDone++
    return outcome
  }

  #requireGoing(): void {
    if (this.#failure !== undefined) throw this.#failure
    if (this.#signal?.aborted !== true) return
    const error = new Error('digesting was cancelled')
    error.name = 'AbortError'
    throw error
  }

  #report(isLast: boolean): void {
    if (this.#onProgress === undefined) return
    const time = now()
    if (!isLast && time - this.#reported < PROGRESS) return
    this.#reported = time
    const elsewhere = Number(Atomics.load(this.#shared.bytes, 0))
    this.#onProgress({ bytes: this.#bytesHere + elsewhere, files: this.#filesDone })
  }
}

function isInFile(job: DigestJob): job is FileExtentJob {
  return isFileHandle(job.extent.container.handle)
}

/** Orders jobs: large ones first; the rest of one archive as they lie in it. */
function schedule(jobs: FileExtentJob[], isOneFile: boolean): void {
  const rank = ({ extent }: FileExtentJob) => (extent.length >= LARGE ? extent.length : 0)
  jobs.sort((a, b) => rank(b) - rank(a) || (isOneFile ? a.extent.offset - b.extent.offset : 0))
}
