import { Worker } from 'node:worker_threads'
import type { DigestOutcome } from '@probatum/core'
import type { FileJob } from './extent-digest.ts'
import { DIGEST_WORKER_ROLE, type JobBatch, type OutcomeBatch, packJobs, unpackOutcomes } from './worker-protocol.ts'

/** Batches that a thread holds: the second one begins while the outcomes of the first travel. */
const BATCHES = 2
/** A large batch is not held back behind another one: this thread or another may be free for it sooner. */
const SMALL_BATCH = 4 << 20

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
  #held: { readonly jobs: readonly FileJob[]; readonly bytes: number }[] = []
  #isEnded = false

  /** @param program a module's address, or the text of a script */
  constructor(program: URL | string) {
    this.#worker = new Worker(program, {
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
  get isHungry(): boolean {
    const [first] = this.#held
    return first === undefined || (this.#held.length < BATCHES && first.bytes <= SMALL_BATCH)
  }

  take(memory: SharedArrayBuffer, events: ThreadEvents): void {
    this.#run = { number: runs++, memory, events }
    this.#held = []
  }

  /** @param jobs of one root, at most 256 */
  digest(jobs: readonly FileJob[]): void {
    if (this.#run === undefined) throw new TypeError('the thread serves no run')
    this.#held.push({ jobs, bytes: jobs.reduce((sum, { length }) => sum + length, 0) })
    const batch: JobBatch = { run: this.#run.number, memory: this.#run.memory, jobs: packJobs(jobs) }
    this.#worker.postMessage(batch)
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
