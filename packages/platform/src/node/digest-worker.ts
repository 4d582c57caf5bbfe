// As a whole: the command line loads it when a thread starts, which a small verification never does.
import threads from 'node:worker_threads'
import type { DigestOutcome } from '@probatum/core'
import { ExtentReader, type FileJob, type Pace } from './extent-digest.ts'
import { lookAtNames, type NamesTogether } from './names-together.ts'
import {
  DIGEST_WORKER_ROLE,
  type JobBatch,
  type OutcomeBatch,
  packOutcomes,
  type SharedState,
  sharedState,
  unpackJobs,
} from './worker-protocol.ts'

/** Whether this thread was started by the digester, and is to call `runDigestWorker` and nothing else. */
export function isDigestWorker(): boolean {
  return (
    !threads.isMainThread &&
    typeof threads.workerData === 'object' &&
    threads.workerData !== null &&
    threads.workerData.role === DIGEST_WORKER_ROLE
  )
}

class Cancelled extends Error {}

/**
 * Serves digest jobs until the thread that started this one ends it. A program that is one file passes its own address as
 * `workerUrl`, and calls this first of all when `isDigestWorker()`.
 */
export function runDigestWorker(): void {
  const port = threads.parentPort
  if (port === null || !isDigestWorker()) throw new TypeError('not a digest worker')
  const reader = new ExtentReader()
  let work: Promise<void> = Promise.resolve()
  port.on('message', (batch: JobBatch | NamesTogether) => {
    if ('names' in batch) {
      lookAtNames(batch)
      return
    }
    // An error here is our own: it ends this thread and reaches the digester as an `error` event.
    work = work.then(async () => port.postMessage(await digestBatch(batch, reader)))
  })
}

/** Bytes between two looks at what the threads share. */
const SHARED_EVERY = 1 << 20

async function digestBatch({ run, memory, jobs: packed }: JobBatch, reader: ExtentReader): Promise<OutcomeBatch> {
  const jobs = unpackJobs(packed)
  const pace = new WorkerPace(memory)
  const outcomes: DigestOutcome[] = []
  try {
    while (outcomes.length < jobs.length) {
      digestSmallOnes(jobs, outcomes, reader, pace)
      const job = jobs[outcomes.length]
      if (job !== undefined) outcomes.push(await reader.digest(job, jobs[outcomes.length + 1], pace))
    }
    pace.share()
  } catch (error) {
    if (!(error instanceof Cancelled)) throw error
    return { run, outcomes: packOutcomes([], []), cancelled: true }
  } finally {
    reader.close()
  }
  return { run, outcomes: packOutcomes(jobs, outcomes), cancelled: false }
}

/** Those before the first that is not. */
function digestSmallOnes(jobs: readonly FileJob[], outcomes: DigestOutcome[], reader: ExtentReader, pace: Pace): void {
  for (let at = outcomes.length; at < jobs.length; at++) {
    const job = jobs[at]
    const outcome = job === undefined ? undefined : reader.digestSmall(job, jobs[at + 1], pace)
    if (outcome === undefined) return
    outcomes.push(outcome)
  }
}

class WorkerPace implements Pace {
  readonly #shared: SharedState
  #bytes = 0

  constructor(memory: SharedArrayBuffer) {
    this.#shared = sharedState(memory)
  }

  advance(bytes: number): void {
    this.#bytes += bytes
    if (this.#bytes >= SHARED_EVERY) this.share()
  }

  /** Tells what was read. @throws {Cancelled} */
  share(): void {
    Atomics.add(this.#shared.bytes, 0, BigInt(this.#bytes))
    this.#bytes = 0
    if (Atomics.load(this.#shared.flags, 0) !== 0) throw new Cancelled()
  }

  isDue(): boolean {
    return false
  }

  async rest(): Promise<void> {}
}
