import { availableParallelism } from 'node:os'
import { setImmediate as nextTurn } from 'node:timers/promises'
// As a whole: the command line loads it when a thread starts.
import threads, { type Worker } from 'node:worker_threads'
import { type CopyJob, type CopyOutcome, FileCopyist } from './copy-file.ts'
import { asFault, COPY_WORKER_ROLE, type CopyAnswer, type CopyBatch, type CopyWorkerData } from './copy-worker.ts'
import { SHARED_STATE_BYTES, sharedState } from './worker-protocol.ts'

export interface FileCopierOptions {
  /** The text of digest-worker-main.ts as one CommonJS script. Without it everything is copied in this thread. */
  readonly workerScript?: string
  /** Files copied at the same time. Default: the processor's cores, at most 8. */
  readonly jobs?: number
  /** Bytes, a file counted as 64 KiB more, above which threads are started. 0 starts them at once. */
  readonly worthThreads?: number
  /**
   * Bytes from which each copy is put on the disk by itself. Smaller ones are only written, and their outcomes say so: the
   * caller does that for many at once. Default 0.
   */
  readonly syncedFrom?: number
}

export interface CopyRun {
  /** Called with the bytes that were written since the last call. */
  readonly onBytes?: (count: number) => void
}

/** Starting a thread costs 0.1 s of another core: about the time in which 64 MiB are copied. */
const WORTH_THREADS = 64 << 20
/** Making, syncing and closing a file takes as long as copying some 64 KiB. */
const FILE_AS_BYTES = 64 * 1024
/** Files of at least this size come first, the largest at the very first, so that no thread ends long after the others. */
const LARGE = 16 << 20
const BATCH_BYTES = 16 << 20
const BATCH_JOBS = 64
/** Milliseconds between two reports of progress. */
const PROGRESS = 100
/** Longest time in milliseconds for which other work of this thread waits. */
const TURN = 40

/**
 * Copies files and digests what it writes, on several threads where that gains. Outcomes come in any order, each once its
 * bytes are on the disk (but for `syncedFrom`). Ends with the first SourceFault or TargetFault, after everything that was done by then.
 */
export async function* copyFiles(
  given: readonly CopyJob[],
  { onBytes }: CopyRun = {},
  options: FileCopierOptions = {},
): AsyncGenerator<CopyOutcome, void, undefined> {
  const jobs = scheduled(given)
  const work = jobs.reduce((sum, { file }) => sum + file.size + FILE_AS_BYTES, 0)
  const script = options.workerScript
  if (script === undefined || work <= (options.worthThreads ?? WORTH_THREADS))
    yield* copyHere(jobs, onBytes, options.syncedFrom)
  else {
    const count = Math.min(options.jobs ?? Math.min(8, availableParallelism()), jobs.length)
    yield* new ThreadedCopy(jobs, script, count, onBytes, options.syncedFrom).outcomes()
  }
}

function scheduled(given: readonly CopyJob[]): readonly CopyJob[] {
  const large = given.filter(({ file }) => file.size >= LARGE).sort((a, b) => b.file.size - a.file.size)
  return large.length === 0 ? given : [...large, ...given.filter(({ file }) => file.size < LARGE)]
}

async function* copyHere(jobs: readonly CopyJob[], onBytes: CopyRun['onBytes'], syncedFrom = 0) {
  const copyist = new FileCopyist(syncedFrom)
  const ready: CopyOutcome[] = []
  let began = performance.now()
  const pace = {
    advance: (bytes: number) => onBytes?.(bytes),
    isDue: () => performance.now() - began > TURN,
    rest: async () => {
      await nextTurn()
      began = performance.now()
    },
  }
  const done = (outcome: CopyOutcome) => {
    ready.push(outcome)
  }
  const taken = () => ready.splice(0)
  let failure: unknown
  let hasFailed = false
  try {
    for (const job of jobs) {
      await copyist.copy(job, pace, done)
      if (pace.isDue()) await pace.rest()
      yield* taken()
    }
  } catch (error) {
    failure = error
    hasFailed = true
  }
  await copyist.settle().catch((error: unknown) => {
    failure = hasFailed ? failure : error
    hasFailed = true
  })
  yield* taken()
  if (hasFailed) throw failure
}

interface Thread {
  readonly worker: Worker
  /** Batches that were sent and not answered. */
  held: number
}

class ThreadedCopy {
  readonly #jobs: readonly CopyJob[]
  readonly #threads: readonly Thread[]
  readonly #memory = new SharedArrayBuffer(SHARED_STATE_BYTES)
  readonly #shared = sharedState(this.#memory)
  readonly #onBytes: CopyRun['onBytes']
  #ready: CopyOutcome[] = []
  #next = 0
  #reported = 0
  #failure: unknown
  #hasFailed = false
  #wake: (() => void) | undefined

  constructor(
    jobs: readonly CopyJob[],
    script: string,
    count: number,
    onBytes: CopyRun['onBytes'],
    syncedFrom: number | undefined,
  ) {
    this.#jobs = jobs
    this.#onBytes = onBytes
    const workerData: CopyWorkerData = { role: COPY_WORKER_ROLE, syncedFrom: syncedFrom ?? 0 }
    this.#threads = Array.from({ length: count }, () => this.#start(script, workerData))
  }

  #start(script: string, workerData: CopyWorkerData): Thread {
    const worker = new threads.Worker(script, { eval: true, workerData })
    const thread: Thread = { worker, held: 0 }
    worker.on('message', ({ outcomes, isOver, fault }: CopyAnswer) => {
      for (const outcome of outcomes) this.#ready.push(outcome)
      if (isOver) thread.held--
      if (fault !== null) this.#fail(asFault(fault))
      this.#feed(thread)
      this.#wake?.()
    })
    worker.on('error', (error) => {
      thread.held = 0
      this.#fail(error)
    })
    return thread
  }

  #fail(error: unknown): void {
    if (!this.#hasFailed) this.#failure = error
    this.#hasFailed = true
    // Whoever is in the middle of a large file stops at its next piece.
    Atomics.store(this.#shared.flags, 0, 1)
    this.#wake?.()
  }

  #feed(thread: Thread): void {
    // The second batch begins while the outcomes of the first travel.
    while (thread.held < 2 && !this.#hasFailed && this.#next < this.#jobs.length) {
      const jobs = this.#batch()
      thread.held++
      const batch: CopyBatch = { memory: this.#memory, jobs }
      thread.worker.postMessage(batch)
      // A large file is not held back behind another one: the other thread may be free for it sooner.
      if ((jobs[0]?.file.size ?? 0) >= LARGE) return
    }
  }

  #batch(): CopyJob[] {
    const jobs: CopyJob[] = []
    for (let bytes = 0; jobs.length < BATCH_JOBS; ) {
      const job = this.#jobs[this.#next]
      if (job === undefined || (bytes > 0 && bytes + job.file.size > BATCH_BYTES)) break
      this.#next++
      bytes += job.file.size
      jobs.push(job)
    }
    return jobs
  }

  async *outcomes(): AsyncGenerator<CopyOutcome, void, undefined> {
    try {
      for (const thread of this.#threads) this.#feed(thread)
      while (this.#threads.some(({ held }) => held > 0)) {
        await this.#answerOrProgress()
        this.#report()
        yield* this.#taken()
      }
      this.#report()
      yield* this.#taken()
      if (this.#hasFailed) throw this.#failure
    } finally {
      Atomics.store(this.#shared.flags, 0, 1)
      await Promise.all(this.#threads.map(({ worker }) => worker.terminate()))
    }
  }

  #taken(): CopyOutcome[] {
    const taken = this.#ready
    this.#ready = []
    return taken
  }

  #report(): void {
    const written = Number(Atomics.load(this.#shared.bytes, 0))
    if (written > this.#reported) this.#onBytes?.(written - this.#reported)
    this.#reported = written
  }

  #answerOrProgress(): Promise<void> {
    if (this.#ready.length > 0) return Promise.resolve()
    return new Promise((settle) => {
      const timer = setTimeout(settle, PROGRESS)
      this.#wake = () => {
        clearTimeout(timer)
        settle()
      }
    })
  }
}
