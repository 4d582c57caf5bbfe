import type { DigestAlgorithm, DigestOutcome, SourceEntry } from '@probatum/core'
import type { ThreadEvents } from './digest-thread.ts'
import type { FileJob } from './extent-digest.ts'
import { type FileHandle, handleOfEntry } from './file-access.ts'
import { SHARED_STATE_BYTES, type SharedState, sharedState } from './worker-protocol.ts'

/** A larger file is left to the run, which begins with the largest. */
const SMALL = 1 << 20
const BATCH_JOBS = 256
const BATCH_BYTES = 4 << 20
/**
 * What the thread has before it: some thirty milliseconds of work, for as long as this thread takes from the end of the list to the
 * beginning of the run. What it has not begun then, the other threads cannot take from it.
 */
const BEFORE_IT_BYTES = 24 << 20
const BEFORE_IT_JOBS = 2048

const ALGORITHMS: readonly DigestAlgorithm[] = ['sha256']
/** A bag whose manifests say otherwise needs other digests of its payload. */
const MANIFEST = /^manifest-([a-z0-9]+)\.txt$/

/** What is used of a DigestThread. */
export interface AheadThread {
  take(memory: SharedArrayBuffer, events: ThreadEvents): void
  digest(jobs: readonly FileJob[]): void
  release(): void
}

export interface AheadEvents {
  readonly outcome: (handle: FileHandle, outcome: DigestOutcome) => void
  readonly failed: (error: unknown) => void
}

/**
 * Digests the small payload files of a bag on another thread while this one still lists the others: `lstat` of 20,000 files takes
 * as long as digesting half as many. Nothing is decided here: a run takes an outcome over where it would have asked the same
 * question of the same listed file.
 */
export class DigestAhead {
  readonly #memory = new SharedArrayBuffer(SHARED_STATE_BYTES)
  readonly #shared: SharedState = sharedState(this.#memory)
  readonly #thread: AheadThread
  readonly #entries: readonly SourceEntry[]
  /** In the order in which the thread answers. */
  readonly #sent: FileJob[] = []
  readonly #outcomes = new Map<FileHandle, DigestOutcome>()
  readonly #waiting = new Set<FileHandle>()
  #sentBytes = 0
  #answered = 0
  #seen = 0
  #kind: 'unknown' | 'sha256' | 'other' = 'unknown'
  #next: FileJob[] = []
  #nextBytes = 0
  #events: AheadEvents | undefined
  #failure: unknown
  #isOver = false

  /**
   * @param thread that serves no run
   * @param entries a list that grows; the files of the uppermost folder come first
   */
  constructor(thread: AheadThread, entries: readonly SourceEntry[]) {
    this.#thread = thread
    this.#entries = entries
    thread.take(this.#memory, {
      outcomes: (outcomes) => {
        for (const outcome of outcomes) this.#settle(outcome)
      },
      failed: (error) => {
        this.#failure = error
        this.#events?.failed(error)
      },
    })
  }

  isOf(entries: readonly SourceEntry[]): boolean {
    return this.#entries === entries
  }

  /** Looks at what was listed since the last time. */
  advance(): void {
    if (this.#isOver || this.#events !== undefined) return
    for (; this.#seen < this.#entries.length; this.#seen++) {
      const entry = this.#entries[this.#seen]
      if (entry === undefined) continue
      const manifest = MANIFEST.exec(entry.path)
      if (manifest !== null) this.#kind = manifest[1] === 'sha256' && this.#kind !== 'other' ? 'sha256' : 'other'
      if (this.#kind !== 'sha256' || !this.#hasRoom()) continue
      const file = entry.rawPath === undefined && entry.path.startsWith('data/') ? handleOfEntry(entry) : undefined
      if (file !== undefined && file.size <= SMALL) this.#add(entry.path, file)
    }
  }

  /** Whether the thread has little before it. Its answers are not heard while this one lists; what it counts is. */
  #hasRoom(): boolean {
    const { bytes, jobs } = this.#shared
    return (
      this.#sent.length - Atomics.load(jobs, 0) < BEFORE_IT_JOBS &&
      this.#sentBytes - Number(Atomics.load(bytes, 0)) < BEFORE_IT_BYTES
    )
  }

  #add(path: string, file: FileHandle): void {
    const { size } = file
    const extent = { offset: 0, length: size, size, method: 'stored', crc32: undefined } as const
    this.#next.push({ path, file, ...extent, algorithms: ALGORITHMS })
    this.#nextBytes += size
    if (this.#next.length < BATCH_JOBS && this.#nextBytes < BATCH_BYTES) return
    for (const job of this.#next) {
      this.#sent.push(job)
      this.#waiting.add(job.file)
    }
    this.#sentBytes += this.#nextBytes
    this.#thread.digest(this.#next)
    this.#next = []
    this.#nextBytes = 0
  }

  #settle(outcome: DigestOutcome): void {
    const job = this.#sent[this.#answered++]
    if (job === undefined || job.path !== outcome.path) throw new TypeError(`not the outcome of ${job?.path}`)
    const handle = job.file
    if (this.#answered === this.#sent.length && this.#events !== undefined) this.#thread.release()
    if (!this.#waiting.delete(handle)) return
    if (this.#events === undefined) this.#outcomes.set(handle, outcome)
    else this.#events.outcome(handle, outcome)
  }

  /** Whether the same was asked, and is answered or will be. */
  covers(handle: FileHandle, algorithms: readonly DigestAlgorithm[]): boolean {
    return (
      algorithms.length === 1 && algorithms[0] === 'sha256' && (this.#outcomes.has(handle) || this.#waiting.has(handle))
    )
  }

  /** Hands out what there is and what comes; nothing further is begun. Called once. */
  take(events: AheadEvents): void {
    this.#events = events
    if (this.#failure !== undefined) events.failed(this.#failure)
    for (const [handle, outcome] of this.#outcomes) events.outcome(handle, outcome)
    this.#outcomes.clear()
    if (this.#answered === this.#sent.length) this.#thread.release()
  }

  /** Nobody wants it any more. */
  end(): void {
    if (this.#isOver) return
    this.#isOver = true
    if (this.#answered === this.#sent.length && this.#events !== undefined) return
    Atomics.store(this.#shared.flags, 0, 1)
    this.#thread.release()
  }
}
