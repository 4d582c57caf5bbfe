// As a whole: the command line loads it when a thread starts, which a small verification never does.
import threads from 'node:worker_threads'
import { SourceFault, type SourceFaultReason } from '@probatum/core'
import { type CopyJob, type CopyOutcome, FileCopyist, TargetFault } from './copy-file.ts'
import { sharedState } from './worker-protocol.ts'

/** `workerData.role` of a copy worker. */
export const COPY_WORKER_ROLE = 'probatum/copy-worker'

/** To a worker. */
export interface CopyBatch {
  readonly memory: SharedArrayBuffer
  readonly jobs: readonly CopyJob[]
}

/** `workerData` of a copy worker. */
export interface CopyWorkerData {
  readonly role: typeof COPY_WORKER_ROLE
  /** As in FileCopyist. */
  readonly syncedFrom: number
}

/** From a worker: outcomes as they are there, and a last answer for each batch. */
export interface CopyAnswer {
  readonly outcomes: readonly CopyOutcome[]
  /** The batch is over. */
  readonly isOver: boolean
  readonly fault: SentFault | null
}

/** A fault as plain data: an error's class does not survive the way between threads. */
export type SentFault =
  | { readonly kind: 'source'; readonly reason: SourceFaultReason; readonly path: string; readonly systemCode: string }
  | { readonly kind: 'target'; readonly path: string; readonly systemCode: string }

export function asFault({ kind, ...fault }: SentFault): SourceFault | TargetFault {
  return 'reason' in fault
    ? new SourceFault(fault.reason, fault.path, fault.systemCode)
    : new TargetFault(fault.path, fault.systemCode)
}

function sentFault(error: unknown): SentFault {
  if (error instanceof SourceFault) {
    const { reason, path, systemCode } = error
    return { kind: 'source', reason, path, systemCode }
  }
  // Anything else is our own mistake: it ends this thread.
  if (!(error instanceof TargetFault)) throw error
  return { kind: 'target', path: error.path, systemCode: error.systemCode }
}

/** Whether this thread was started to copy, and is to call `runCopyWorker` and nothing else. */
export function isCopyWorker(): boolean {
  return (
    !threads.isMainThread &&
    typeof threads.workerData === 'object' &&
    threads.workerData !== null &&
    threads.workerData.role === COPY_WORKER_ROLE
  )
}

class Cancelled extends Error {}

/** Serves batches of copies until the thread that started this one ends it. */
export function runCopyWorker(): void {
  const port = threads.parentPort
  if (port === null || !isCopyWorker()) throw new TypeError('not a copy worker')
  const { syncedFrom }: CopyWorkerData = threads.workerData
  const copyist = new FileCopyist(syncedFrom)
  let work: Promise<void> = Promise.resolve()
  port.on('message', (batch: CopyBatch) => {
    work = work.then(() => copyBatch(batch, copyist, (answer) => port.postMessage(answer)))
  })
}

async function copyBatch({ memory, jobs }: CopyBatch, copyist: FileCopyist, send: (answer: CopyAnswer) => void) {
  const shared = sharedState(memory)
  const pace = {
    advance(bytes: number) {
      Atomics.add(shared.bytes, 0, BigInt(bytes))
      if (Atomics.load(shared.flags, 0) !== 0) throw new Cancelled()
    },
    isDue: () => false,
    rest: async () => {},
  }
  let ready: CopyOutcome[] = []
  let fault: SentFault | null = null
  const done = (outcome: CopyOutcome) => {
    ready.push(outcome)
  }
  try {
    for (const job of jobs) await copyist.copy(job, pace, done)
    await copyist.settle()
  } catch (error) {
    if (!(error instanceof Cancelled)) fault = sentFault(error)
    await copyist.settle().catch(() => {})
  }
  send({ outcomes: ready, isOver: true, fault })
  ready = []
}
