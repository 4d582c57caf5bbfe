import { type FileSystemSync, syncFile } from '@probatum/platform/node'

/** A copy that is written, and perhaps in memory only. */
export interface WrittenCopy {
  /** Where it lies. */
  readonly to: string
  /** Called once it is on the disk. */
  readonly kept: () => void
}

/** Copies that wait for one durable point. Fewer are copied again after an interruption than are copied in a second. */
const AT_ONCE = 2048

/**
 * Puts many small copies on the disk at once, while others are still copied: the disk takes a thousand for little more than one, and each
 * by itself costs the way there and back. What was written before a point began is on the disk when it ends. Where the
 * system fails at that, each file is asked by itself, which names the one that cannot be kept.
 */
export class LaterOnDisk {
  readonly #sync: FileSystemSync
  #waiting: WrittenCopy[] = []
  #running: Promise<void> | undefined
  #failure: unknown
  #hasFailed = false

  constructor(sync: FileSystemSync) {
    this.#sync = sync
  }

  /** @throws what an earlier point failed with */
  add(copy: WrittenCopy): void {
    this.#requireKept()
    this.#waiting.push(copy)
    // One at a time: a slow disk gets fewer and larger ones.
    if (this.#waiting.length >= AT_ONCE && this.#running === undefined) this.#begin()
  }

  /** Begins with what waits, without waiting for it. */
  begin(): void {
    if (this.#running === undefined && this.#waiting.length > 0) this.#begin()
  }

  /** All are on the disk when this ends. @throws {TargetFault} */
  async settle(): Promise<void> {
    while (this.#running !== undefined || this.#waiting.length > 0) {
      this.begin()
      await this.#running
      this.#requireKept()
    }
    this.#requireKept()
  }

  #begin(): void {
    const copies = this.#waiting
    this.#waiting = []
    this.#running = this.#keep(copies)
      .catch((error: unknown) => {
        this.#failure = error
        this.#hasFailed = true
      })
      .finally(() => {
        this.#running = undefined
      })
  }

  async #keep(copies: readonly WrittenCopy[]): Promise<void> {
    await this.#sync().catch(async () => {
      for (const { to } of copies) await syncFile(to)
    })
    for (const { kept } of copies) kept()
  }

  #requireKept(): void {
    if (this.#hasFailed) throw this.#failure
  }
}
