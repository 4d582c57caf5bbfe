// As a whole: the command line loads it when a thread starts, which a small verification never does.
import threads, { type Worker } from 'node:worker_threads'
import type { DigestOutcome } from '@probatum/core'
import type { FileExtentJob } from './extent-digest.ts'
import type { NamesTogether } from './names-together.ts'
import { DIGEST_WORKER_ROLE, type JobBatch, type OutcomeBatch, packJobs, unpackOutcomes } from './worker-protocol.ts'

/** A large batch is not held back behind another one: this thread or another may be free for it sooner. */
const SMALL_BATCH = 4 << 20
/** What a thread holds of small ones: work for as long as the thread that hands it out may be busy with something else. */
const HELD_BYTES = 48 << 20

export interface ThreadEvents {
  readonly outcomes: (outcomes: readonly DigestOutcome[]) => void
  readonly failed: (error: unknown) => void
}

let runs = 0

/** One worker thread; serves one run at a time and then waits for the next. */
export class DigestThread {
  readonly #worker: Worker
  #run: { readonly number: number; readonly memory: SharedArrayBuffer; readonly events: ThreadEvents } | undefined
  /** Batches that were sent and not answered, the first one first. */
  #held: { readonly jobs: readonly FileExtentJob[]; readonly bytes: number }[] = []
  #isEnded = false

  /** @param program a module's address, or the text of a script */
  constructor(program: URL | string) {
    this.#worker = new threads.Worker(program, {
      eval: typeof program === 'string',
      workerData: { role: DIGEST_WORKER_ROLE },
    })
    this.#worker.on('message', (batch: OutcomeBatch) => this.#received(batch))
    this.#worker.on('error', (error) => this.#failed(error))
    this.#worker.on('exit', (code) => this.#failed(new Error(`a digest worker ended with ${code}`)))
    // An idle thread does not keep the program alive.
    this.#worker.unref()
  }

  get isTaken(): boolean {
    return this.#run !== undefined || this.#isEnded
  }
  get isBusy(): boolean {
    return this.#held.length > 0
  }
  /** @param left jobs that nobody has begun, for each thread: whoever holds more may end long after the others */
  isHungry(left: number): boolean {
    let jobs = 0
    let bytes = 0
    for (const batch of this.#held) {
      if (batch.bytes > SMALL_BATCH) return false
      jobs += batch.jobs.length
      bytes += batch.bytes
    }
    // The second batch begins while the outcomes of the first travel.
    return this.#held.length < 2 || (bytes < HELD_BYTES && jobs < left)
  }

  take(memory: SharedArrayBuffer, events: ThreadEvents): void {
    this.#run = { number: runs++, memory, events }
    this.#held = []
  }

  /** @param jobs of one root */
  digest(jobs: readonly FileExtentJob[]): void {
    if (this.#run === undefined) throw new TypeError('the thread serves no run')
    this.#held.push({ jobs, bytes: jobs.reduce((sum, { extent }) => sum + extent.length, 0) })
    const batch: JobBatch = { run: this.#run.number, memory: this.#run.memory, jobs: packJobs(jobs) }
    this.#worker.postMessage(batch)
  }

  /** Whatever it works for: it soon has done it. */
  lookAt(names: NamesTogether): void {
    if (!this.#isEnded) this.#worker.postMessage(names)
  }

  /** The run is over; what the thread may still send for it is not listened to. */
  release(): void {
    this.#run = undefined
  }

  async end(): Promise<void> {
    this.#failed(new Error('the digester was closed'))
    await this.#worker.terminate()
  }

  #received({ run, outcomes, cancelled }: OutcomeBatch): void {
    if (run !== this.#run?.number || cancelled) return
    const jobs = this.#held.shift()?.jobs ?? []
    this.#run.events.outcomes(unpackOutcomes(jobs, outcomes))
  }

  #failed(error: unknown): void {
    this.#isEnded = true
    this.#run?.events.failed(error)
  }
}
