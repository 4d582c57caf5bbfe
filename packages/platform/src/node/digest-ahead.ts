import type { DigestAlgorithm, DigestJob, DigestOutcome, Extent } from '@probatum/core'
import { type DigestThread, HELD_BYTES } from './digest-thread.ts'
import { type FileExtentJob, isInFile } from './extent-digest.ts'
import {
  BATCH_BYTES,
  BATCH_JOBS,
  isOfOneRoot,
  type PackedOutcomes,
  SHARED_STATE_BYTES,
  sharedState,
  unpackOutcome,
  unpackOutcomes,
} from './worker-protocol.ts'

/** Files that most likely will be digested. */
export interface LikelyFiles {
  /** May grow. */
  readonly entries: readonly { readonly path: string; readonly extent: Extent }[]
  /** How the paths begin of those that are meant. */
  readonly under: string
  readonly algorithms: readonly DigestAlgorithm[]
}

/** Larger ones are left to the run, which gives them out by their size. */
const LARGEST = 4 << 20

/** What a thread was given. */
interface Batch {
  readonly jobs: readonly Job[]
  /** How many of them a run has asked for. */
  claimed: number
  outcomes: PackedOutcomes | undefined
}

interface Job extends FileExtentJob {
  /** What the run that asked for it calls it. */
  path: string
}

/**
 * Files that other threads digest while this one lists and no run has asked for them. An outcome belongs to the very extent that was
 * announced: a run that asks for other bytes, or by other algorithms, finds nothing here.
 */
export class DigestsAhead {
  readonly memory = new SharedArrayBuffer(SHARED_STATE_BYTES)
  readonly #likely: LikelyFiles
  readonly #batches: Batch[] = []
  /** Of every job its batch and its place there, as one number. */
  readonly #places = new Map<Extent, number>()
  readonly #threads: DigestThread[] = []
  #next = 0
  #failure: unknown
  #heir: ((outcomes: readonly DigestOutcome[]) => void) | undefined

  constructor(likely: LikelyFiles) {
    this.#likely = likely
  }

  isOf({ entries, under, algorithms }: LikelyFiles): boolean {
    const own = this.#likely
    return entries === own.entries && under === own.under && isSameSet(algorithms, own.algorithms)
  }

  take(thread: DigestThread): void {
    if (thread.isTaken) return
    this.#threads.push(thread)
    thread.take(this.memory, {
      outcomes: (jobs, outcomes) => this.#received(jobs, outcomes),
      failed: (error) => {
        this.#failure ??= error
      },
    })
  }

  /** Gives the threads their share of what is listed: whoever lists will digest, too. */
  feed(): void {
    if (this.#heir !== undefined || this.#failure !== undefined) return
    const threads = this.#threads.length
    const share = (this.#likely.entries.length * threads) / (1 + threads)
    for (const thread of this.#threads)
      while (this.#next < share && thread.heldBytes < HELD_BYTES) {
        const batch = this.#batch(share)
        if (batch.length === 0) continue
        const first = BATCH_JOBS * this.#batches.length
        for (let at = 0; at < batch.length; at++) this.#places.set((batch[at] as Job).extent, first + at)
        this.#batches.push({ jobs: batch, claimed: 0, outcomes: undefined })
        thread.digest(batch)
      }
  }

  /** @returns what has become of a job; 'coming' when `handOver` says who will hear it; `undefined` when it was not begun */
  claim({ path, extent, algorithms }: DigestJob): DigestOutcome | 'coming' | undefined {
    const place = this.#places.get(extent)
    if (place === undefined || !isSameSet(algorithms, this.#likely.algorithms)) return undefined
    const batch = this.#batches[Math.floor(place / BATCH_JOBS)]
    const job = batch?.jobs[place % BATCH_JOBS]
    if (batch === undefined || job === undefined) throw new RangeError(`no job ${place}`)
    if (batch.outcomes === undefined && this.#failure !== undefined) return undefined
    batch.claimed++
    job.path = path
    return batch.outcomes === undefined ? 'coming' : unpackOutcome(batch.jobs, batch.outcomes, place % BATCH_JOBS)
  }

  /** From now on a run hears what was claimed and is still to come, and takes the threads, with the memory. */
  handOver(heir: (outcomes: readonly DigestOutcome[]) => void): {
    readonly threads: readonly DigestThread[]
    readonly unclaimedBytes: number
  } {
    this.#heir = heir
    let unclaimedBytes = 0
    for (const { jobs, claimed } of this.#batches) {
      if (claimed === jobs.length) continue
      for (const { path, extent } of jobs) if (path === '') unclaimedBytes += extent.length
    }
    return { threads: this.#failure === undefined ? this.#threads : [], unclaimedBytes }
  }

  /** Nobody will ask. */
  giveUp(): void {
    Atomics.store(sharedState(this.memory).flags, 0, 1)
    for (const thread of this.#threads) thread.release()
  }

  #batch(end: number): Job[] {
    const { entries, under, algorithms } = this.#likely
    const batch: Job[] = []
    for (let bytes = 0; this.#next < end && batch.length < BATCH_JOBS && bytes < BATCH_BYTES; this.#next++) {
      const entry = entries[this.#next]
      if (entry === undefined) break
      const { path, extent } = entry
      const { container, offset, length, size } = extent
      const job = { path: '', extent, algorithms }
      const isLarge = length > LARGEST || size > LARGEST
      // An archive may say what it likes of its entries, and is not yet believed.
      const isInside = offset >= 0 && offset + length <= container.size
      if (!path.startsWith(under) || isLarge || !isInside || !isInFile(job)) continue
      const first = batch[0]
      if (first !== undefined && !isOfOneRoot(first, job)) break
      batch.push(job)
      bytes += length
    }
    return batch
  }

  #received(jobs: readonly FileExtentJob[], outcomes: PackedOutcomes): void {
    const batch = this.#batches.find((batch) => batch.jobs === jobs)
    if (batch === undefined) throw new TypeError('outcomes of no batch')
    batch.outcomes = outcomes
    if (this.#heir === undefined) {
      this.feed()
      return
    }
    const all = unpackOutcomes(jobs, outcomes)
    this.#heir(batch.claimed === jobs.length ? all : all.filter(({ path }) => path !== ''))
  }
}

function isSameSet(some: readonly DigestAlgorithm[], others: readonly DigestAlgorithm[]): boolean {
  return some.length === others.length && some.every((algorithm) => others.includes(algorithm))
}
