// As a whole: the command line loads it when a thread starts, which a small verification never does.
import threads, { type Worker } from 'node:worker_threads'
import type { FileExtentJob } from './extent-digest.ts'
import type { NamesTogether } from './names-together.ts'
import {
  DIGEST_WORKER_ROLE,
  type JobBatch,
  type OutcomeBatch,
  type PackedOutcomes,
  packJobs,
} from './worker-protocol.ts'

/** A large batch is not held back behind another one: this thread or another may be free for it sooner. */
const SMALL_BATCH = 4 << 20
/** What a thread holds of small ones: work for as long as the thread that hands it out may be busy with something else. */
export const HELD_BYTES = 96 << 20

export interface ThreadEvents {
  readonly outcomes: (jobs: readonly FileExtentJob[], outcomes: PackedOutcomes) => void
  readonly failed: (error: unknown) => void
}

interface ThreadRun {
  readonly memory: SharedArrayBuffer
  readonly events: ThreadEvents
  isOver: boolean
}

/** One worker thread; serves one run at a time and then waits for the next. */
export class DigestThread {
  readonly #worker: Worker
  #run: ThreadRun | undefined
  /** Batches that were sent and not answered, the first one first; of runs that are over, too: each is answered. */
  readonly #held: { readonly run: ThreadRun; readonly jobs: readonly FileExtentJob[]; readonly bytes: number }[] = []
  /** Counts the batches that the thread is done with, as it goes: their answers may not have been looked at yet. */
  readonly #done = new Int32Array(new SharedArrayBuffer(4))
  #answered = 0
  #isEnded = false

  /** @param program a module's address, or the text of a script */
  constructor(program: URL | string) {
    this.#worker = new threads.Worker(program, {
      eval: typeof program === 'string',
      workerData: { role: DIGEST_WORKER_ROLE, done: this.#done },
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
    return this.#held.some(({ run }) => !run.isOver)
  }
  /** Bytes of what is not done yet. */
  get heldBytes(): number {
    let sum = 0
    for (const { bytes } of this.#undone()) sum += bytes
    return sum
  }
  /** @param left jobs that nobody has begun, for each thread: whoever holds more may end long after the others */
  isHungry(left: number): boolean {
    let jobs = 0
    let bytes = 0
    const undone = this.#undone()
    for (const batch of undone) {
      if (batch.bytes > SMALL_BATCH) return false
      jobs += batch.jobs.length
      bytes += batch.bytes
    }
    // The second batch begins while the outcomes of the first travel.
    return undone.length < 2 || (bytes < HELD_BYTES && jobs < left)
  }

  /** What the thread was given before is still told to whom it was promised, until `release`. */
  take(memory: SharedArrayBuffer, events: ThreadEvents): void {
    this.#run = { memory, events, isOver: false }
  }

  /** @param jobs of one root */
  digest(jobs: readonly FileExtentJob[]): void {
    if (this.#run === undefined) throw new TypeError('the thread serves no run')
    let bytes = 0
    for (const { extent } of jobs) bytes += extent.length
    this.#held.push({ run: this.#run, jobs, bytes })
    const batch: JobBatch = { memory: this.#run.memory, jobs: packJobs(jobs) }
    this.#worker.postMessage(batch)
  }

  /** Whatever it works for: it soon has done it. */
  lookAt(names: NamesTogether): void {
    if (!this.#isEnded) this.#worker.postMessage(names)
  }

  /** The run is over; what the thread may still send for it, or for what was begun before it, is not listened to. */
  release(): void {
    for (const { run } of this.#held) run.isOver = true
    this.#run = undefined
  }

  async end(): Promise<void> {
    this.#failed(new Error('the digester was closed'))
    await this.#worker.terminate()
  }

  #received({ outcomes, cancelled }: OutcomeBatch): void {
    const batch = this.#held.shift()
    this.#answered++
    // What comes for a run that was given up belongs to no other.
    if (batch === undefined || batch.run.isOver || cancelled) return
    batch.run.events.outcomes(batch.jobs, outcomes)
  }

  #undone() {
    const answers = Atomics.load(this.#done, 0) - this.#answered
    return answers > 0 ? this.#held.slice(answers) : this.#held
  }

  #failed(error: unknown): void {
    this.#isEnded = true
    this.#run?.events.failed(error)
  }
}
