import type { DigestProgress } from '@probatum/core'
import { groupDigits, sayBytes } from '@probatum/words'

const EVERY_MS = 200

function sayTime(seconds: number): string {
  if (seconds < 60) return `${Math.ceil(seconds)} s left`
  if (seconds < 3600) return `${Math.ceil(seconds / 60)} min left`
  return `${Math.floor(seconds / 3600)} h ${Math.ceil((seconds % 3600) / 60)} min left`
}

function short(bytes: number): string {
  return sayBytes(bytes).replace(/ \(.*/, '')
}

/** One line on stderr that is written over, only where a person looks at it. */
export class ProgressLine {
  readonly #total: DigestProgress
  readonly #label: string
  readonly #started = performance.now()
  #shown = 0
  #isShown = false

  constructor(label: string, total: DigestProgress) {
    this.#label = label
    this.#total = total
  }

  show(done: DigestProgress): void {
    const now = performance.now()
    if (now - this.#shown < EVERY_MS) return
    this.#shown = now
    this.#isShown = true
    const seconds = (now - this.#started) / 1000
    const rest = done.bytes === 0 ? 0 : (seconds * Math.max(0, this.#total.bytes - done.bytes)) / done.bytes
    const left = seconds < 1 || rest === 0 ? '' : `, ${sayTime(rest)}`
    const line = `${this.#label}${short(done.bytes)} of ${short(this.#total.bytes)}, ${groupDigits(done.files)} of ${groupDigits(this.#total.files)} files${left}`
    process.stderr.write(`\r${line.slice(0, (process.stderr.columns ?? 80) - 1)}\u001b[K`)
  }

  clear(): void {
    if (this.#isShown) process.stderr.write('\r\u001b[K')
    this.#isShown = false
  }
}
