// As a whole: the command line loads it when a thread starts, which a small verification never does.
import threads from 'node:worker_threads'
import type { DigestOutcome } from '@probatum/core'
import { ExtentReader, type Pace } from './extent-digest.ts'
import {
  DIGEST_WORKER_ROLE,
  type JobBatch,
  type OutcomeBatch,
  packOutcomes,
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
  port.on('message', (batch: JobBatch) => {
    // An error here is our own: it ends this thread and reaches the digester as an `error` event.
    work = work.then(async () => port.postMessage(await digestBatch(batch, reader)))
  })
}

async function digestBatch({ run, memory, jobs: packed }: JobBatch, reader: ExtentReader): Promise<OutcomeBatch> {
  const jobs = unpackJobs(packed)
  const shared = sharedState(memory)
  const pace: Pace = {
    advance(bytes) {
      Atomics.add(shared.bytes, 0, BigInt(bytes))
      if (Atomics.load(shared.flags, 0) !== 0) throw new Cancelled()
    },
    isDue: () => false,
    rest: async () => {},
  }
  const outcomes: DigestOutcome[] = []
  try {
    for (const [index, job] of jobs.entries()) {
      const next = jobs[index + 1]
      outcomes.push(reader.digestSmall(job, next, pace) ?? (await reader.digest(job, next, pace)))
    }
  } catch (error) {
    if (!(error instanceof Cancelled)) throw error
    return { run, outcomes: packOutcomes([], []), cancelled: true }
  } finally {
    reader.close()
  }
  return { run, outcomes: packOutcomes(jobs, outcomes), cancelled: false }
}
