import { availableParallelism } from 'node:os'
import type { Digester } from '@probatum/core'
import { DigestRun, FILE_AS_BYTES, GUESSED_PACE } from './digest-run.ts'
import { DigestThread } from './digest-thread.ts'
import type { NamesTogether } from './names-together.ts'

export interface NodeDigesterOptions {
  /**
   * A module that calls `runDigestWorker()` when `isDigestWorker()`; the program's own file where it is one file.
   * Without it everything is digested in this thread.
   */
  readonly workerUrl?: URL
  /**
   * The text of digest-worker-main.ts as one CommonJS script, instead of `workerUrl`: it starts in half the time and half the
   * memory of a whole program.
   */
  readonly workerScript?: string
  /** Files read at the same time, this thread's included. Default: the processor's cores, at most 8. */
  readonly jobs?: number
  /** Milliseconds of work, by the run's own speed, that must be left for another thread to be started. Default 150; 0 starts them at once. */
  readonly worthAThread?: number
}

export interface NodeDigester extends Digester {
  /**
   * Says what will be digested soon: threads that are worth it start while the caller still lists and parses, and are ready when
   * the run begins.
   */
  prepare(work: { readonly bytes: number; readonly files: number }): void
  /** Lets the threads that were started look at the names of a folder, see `openDirectory`. */
  lookTogether(names: NamesTogether): void
  /** Ends the worker threads. A run that is under way rejects. */
  close(): Promise<void>
}

/** A thread costs 50 ms of another core to start, and memory; what is left must be worth that. */
const WORTH_A_THREAD = 150
/**
 * Digests with Node's own implementation: synchronous reads, several algorithms in one pass, further threads where that gains.
 * The iterable rejects with an error named AbortError when the signal is aborted: outcomes that did not come are not known.
 */
export function createNodeDigester(options: NodeDigesterOptions = {}): NodeDigester {
  const jobs = options.jobs ?? Math.min(8, availableParallelism())
  if (!Number.isInteger(jobs) || jobs < 1) throw new RangeError(`jobs: ${jobs}`)
  const worth = options.worthAThread ?? WORTH_A_THREAD
  const threads: DigestThread[] = []
  const newThread = () => {
    const program = options.workerScript ?? options.workerUrl
    if (program === undefined || threads.length >= jobs - 1) return undefined
    const thread = new DigestThread(program)
    threads.push(thread)
    return thread
  }
  const anyThread = () => threads.find((thread) => !thread.isTaken) ?? newThread()
  return {
    digest: (given, { signal, onProgress }) => new DigestRun(given, signal, onProgress, anyThread, worth).outcomes(),
    prepare({ bytes, files }) {
      const work = (bytes + files * FILE_AS_BYTES) * GUESSED_PACE
      while (work / (1 + threads.length) > worth && newThread() !== undefined);
    },
    lookTogether(names) {
      for (const thread of threads) thread.lookAt(names)
    },
    async close() {
      await Promise.all(threads.splice(0).map((thread) => thread.end()))
    },
  }
}
