import type { DigestAlgorithm } from '@probatum/core'
import type { SealableFile } from './bundle-sink.ts'

/** Lower-case hex by algorithm. */
export type Digests = Readonly<Partial<Record<DigestAlgorithm, string>>>

/** A file that is to be copied into the bundle. */
export interface PayloadCopy {
  /** Payload path. */
  readonly path: string
  readonly file: SealableFile
  readonly algorithms: readonly DigestAlgorithm[]
}

/** A payload file of the bundle as it was written, or as it was read again. */
export interface StoredPayload {
  readonly path: string
  /** Bytes. */
  readonly size: number
  /** Of the bytes that were written (or read again), under each algorithm that was asked for. */
  readonly digests: Digests
}

/**
 * Where payload is written by means of the platform's own: several files at a time, kept over an interruption. Without one,
 * payload goes through the sink, one file after the other.
 */
export interface PayloadStore {
  /**
   * Copies files, digests what it writes, and gives each of them once it is written, in any order. `onBytes` is called
   * with what was copied since the last call. Rejects when a file cannot be read or changes meanwhile.
   */
  write(copies: Iterable<PayloadCopy>, onBytes: (count: number) => void): AsyncIterable<StoredPayload>
  /**
   * Reads the written files again, from where they were written, in any order. It never repeats what `write` found: a file
   * that is gone or cannot be read rejects. When it ends, all of them are on the disk, or it rejects.
   *
   * Absent where nothing was copied: then `write` has read each file from where the bundle has it, all are on the disk when it ends, and no event
   * says that they were read again.
   */
  readBack?(
    files: Iterable<{ readonly path: string; readonly algorithms: readonly DigestAlgorithm[] }>,
    onBytes: (count: number) => void,
  ): AsyncIterable<StoredPayload>
}

/** What is wrong with a payload file: which of two digests that should be one, or its size. */
export interface PayloadDifference {
  /** Original name as the caller gave it, made visible. */
  readonly name: string
  /** Payload path. */
  readonly path: string
  readonly what: DigestAlgorithm | 'size'
  readonly expected: string
  readonly found: string
}

/** Files are not what they were said to be. All of them are named. */
export class PayloadDiffers extends Error {
  override readonly name = 'PayloadDiffers'
  readonly differences: readonly PayloadDifference[]
  /** `copied`: what was read differs from what the caller announced. `read-again`: what was written reads otherwise. */
  readonly when: 'copied' | 'read-again'

  constructor(when: PayloadDiffers['when'], differences: readonly PayloadDifference[]) {
    super(`${differences.length} differ when ${when}, first ${differences[0]?.path ?? ''}`)
    this.when = when
    this.differences = differences
  }
}
