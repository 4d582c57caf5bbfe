import type { DigestOutcome } from '@probatum/core'
import type { BlobJob } from './blob-digest.ts'
import { type DigestAnswer, packBatch } from './digest-protocol.ts'

/** The second batch begins while the outcomes of the first travel. */
const HELD = 2
/** Of this page so far: each batch has a number of its own. */
let batches = 0

interface ThreadEvents {
  readonly bytes: (count: number) => void
  readonly outcomes: (outcomes: readonly DigestOutcome[]) => void
  readonly failed: (error: unknown) => void
}

/** One worker; serves one run at a time and then waits for the next. */
export class DigestThread {
  readonly #worker: Worker
  readonly #onEnd: () => void
  #events: ThreadEvents | undefined
  readonly #held = new Set<number>()
  #isEnded = false

  constructor(worker: Worker, onEnd: () => void) {
    this.#worker = worker
    this.#onEnd = onEnd
    worker.onmessage = ({ data }: MessageEvent<DigestAnswer>) => this.#answered(data)
    worker.onerror = (event) => {
      event.preventDefault()
      this.kill(new Error(`a digest worker failed: ${event.message}`))
    }
  }

  get isTaken(): boolean {
    return this.#events !== undefined || this.#isEnded
  }
  get isBusy(): boolean {
    return this.#held.size > 0
  }
  get isHungry(): boolean {
    return this.#held.size < HELD
  }

  take(events: ThreadEvents): void {
    this.#events = events
  }

  digest(jobs: readonly BlobJob[]): void {
    const id = batches++
    this.#held.add(id)
    this.#worker.postMessage(packBatch(id, jobs))
  }

  /** The run is over. A worker that still works for it is killed: nobody waits for it. */
  release(): void {
    this.#events = undefined
    if (this.isBusy) this.kill(undefined)
  }

  kill(error: unknown): void {
    this.#isEnded = true
    this.#worker.terminate()
    this.#onEnd()
    this.#events?.failed(error)
  }

  #answered(answer: DigestAnswer): void {
    if ('bytes' in answer) this.#events?.bytes(answer.bytes)
    else if ('defect' in answer) this.kill(new Error(`a digest worker failed: ${answer.defect}`))
    else {
      this.#held.delete(answer.id)
      this.#events?.outcomes(answer.outcomes)
    }
  }
}
