import { Worker } from 'node:worker_threads'
import type { DigestOutcome } from '@probatum/core'
import type { FileJob } from './extent-digest.ts'
import { DIGEST_WORKER_ROLE, type JobBatch, type OutcomeBatch } from './worker-protocol.ts'

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
  #bytesHeld: number[] = []
  #isEnded = false

  constructor(url: URL) {
    this.#worker = new Worker(url, { workerData: { role: DIGEST_WORKER_ROLE } })
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
    return this.#bytesHeld.length > 0
  }
  get isHungry(): boolean {
    const [held, ...more] = this.#bytesHeld
    return held === undefined || (more.length < BATCHES - 1 && held <= SMALL_BATCH)
  }

  take(memory: SharedArrayBuffer, events: ThreadEvents): void {
    this.#run = { number: runs++, memory, events }
    this.#bytesHeld = []
  }

  digest(jobs: readonly FileJob[]): void {
    if (this.#run === undefined) throw new TypeError('the thread serves no run')
    this.#bytesHeld.push(jobs.reduce((sum, { length }) => sum + length, 0))
    const batch: JobBatch = { run: this.#run.number, memory: this.#run.memory, jobs }
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
    this.#bytesHeld.shift()
    this.#run.events.outcomes(outcomes)
  }

  #failed(error: unknown): void {
    this.#isEnded = true
    this.#run?.events.failed(error)
  }
}
