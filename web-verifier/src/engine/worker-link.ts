import { EngineError, type OnProgress, type Progress } from './engine.ts'
import type { CallName, FromWorker, ToWorker, WorkerCalls } from './worker-protocol.ts'

interface Waiting {
  readonly resolve: (result: never) => void
  readonly reject: (error: unknown) => void
  readonly onProgress: OnProgress | undefined
}

/** A worker and the calls that wait for it. */
export class WorkerLink {
  readonly #worker: Worker
  readonly #waiting = new Map<number, Waiting>()
  #count = 0
  isDead = false
  /** The last that was heard. */
  progress: Progress | null = null

  constructor(worker: Worker) {
    this.#worker = worker
    worker.onmessage = ({ data }: MessageEvent<FromWorker>) => this.#answered(data)
    worker.onerror = (event) => {
      event.preventDefault()
      this.kill(new EngineError({ kind: 'defect', stack: `${event.message} (${event.lineno}:${event.colno})` }))
    }
  }

  send(message: ToWorker): void {
    this.#worker.postMessage(message)
  }

  requireAlive(): void {
    if (this.isDead) throw new EngineError({ kind: 'cancelled', progress: this.progress })
  }

  call<Name extends CallName>(
    name: Name,
    args: Parameters<WorkerCalls[Name]>,
    onProgress?: OnProgress,
  ): Promise<ReturnType<WorkerCalls[Name]>> {
    this.requireAlive()
    const id = this.#count++
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject, onProgress })
      this.send({ id, name, args } as unknown as ToWorker)
    })
  }

  /** Ends the worker at once; what waits for it is rejected. */
  kill(error: EngineError | null): void {
    this.isDead = true
    this.#worker.terminate()
    const reason = error ?? new EngineError({ kind: 'cancelled', progress: this.progress })
    for (const { reject } of this.#waiting.values()) reject(reason)
    this.#waiting.clear()
  }

  #answered(message: FromWorker): void {
    const waiting = this.#waiting.get(message.id)
    if (waiting === undefined) return
    if ('progress' in message) {
      this.progress = message.progress
      waiting.onProgress?.(message.progress)
      return
    }
    this.#waiting.delete(message.id)
    if ('failure' in message) waiting.reject(new EngineError(message.failure))
    else waiting.resolve(message.result as never)
  }
}
