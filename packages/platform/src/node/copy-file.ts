import { closeSync, fdatasync, fstatSync, openSync, readSync, unlinkSync, writeSync } from 'node:fs'
import { type DigestAlgorithm, SourceFault } from '@probatum/core'
import { digestsOf, RunningDigests } from './checksum.ts'
import type { Pace } from './extent-digest.ts'
import { type FileHandle, openListed, requireUnchanged } from './file-access.ts'
import { sourceFault } from './source-fault.ts'

/** A file to be copied: plain data, so that it can be sent to a worker. */
export interface CopyJob {
  readonly file: FileHandle
  /** Path of the copy, which must not be there yet; its folder is. */
  readonly to: string
  readonly algorithms: readonly DigestAlgorithm[]
}

/** What tells a file from another one, or from itself before it was changed. Nanoseconds as decimal digits. */
export interface FileStamp {
  readonly size: number
  readonly mtime: string
  readonly ctime: string
  readonly ino: string
}

export interface CopyOutcome {
  readonly to: string
  /** Bytes that were written: all that the source had. */
  readonly size: number
  /** Of the bytes that were written, lower-case hex. */
  readonly digests: Readonly<Partial<Record<DigestAlgorithm, string>>>
  /** Of both files after the copy was written. */
  readonly source: FileStamp
  readonly target: FileStamp
  /** Whether the system has said that the copy's bytes are on the disk. */
  readonly isOnDisk: boolean
}

/** A copy could not be written: the disk is full, or may not be written to. */
export class TargetFault extends Error {
  override readonly name = 'TargetFault'
  readonly systemCode: string
  readonly path: string

  constructor(path: string, systemCode: string, options?: { cause?: unknown }) {
    super(`${path}: ${systemCode}`, options)
    this.path = path
    this.systemCode = systemCode
  }
}

const BUFFER = 1 << 20
/** Copies that wait for the disk at the same time: it takes several for hardly more than one. */
const ON_THEIR_WAY = 8

/** Of an open file. */
export function stampOf(fd: number): FileStamp {
  const { size, mtimeNs, ctimeNs, ino } = fstatSync(fd, { bigint: true })
  return { size: Number(size), mtime: String(mtimeNs), ctime: String(ctimeNs), ino: String(ino) }
}

/**
 * Copies files one after the other through one buffer: what is digested is the buffer that is written. `copy` resolves when
 * the bytes have been written, `done` receives the outcome once the system says that they are on the disk; of files of less than
 * `syncedFrom` bytes already when they are written.
 */
export class FileCopyist {
  readonly #buffer = Buffer.allocUnsafeSlow(BUFFER)
  readonly #syncing = new Set<Promise<void>>()
  readonly #syncedFrom: number

  constructor(syncedFrom = 0) {
    this.#syncedFrom = syncedFrom
  }

  /** @throws {SourceFault | TargetFault} then there is no copy */
  async copy(job: CopyJob, pace: Pace, done: (outcome: CopyOutcome) => void): Promise<void> {
    const from = openListed(job.file)
    let to: number | undefined
    try {
      requireUnchanged(from, job.file)
      to = intoTarget(job.to, () => openSync(job.to, 'wx'))
      const { size, digests } = await this.#write(job, from, to, pace)
      requireUnchanged(from, job.file)
      if (size !== job.file.size) throw new SourceFault('changed', job.file.name, 'PROBATUM_SHORT_READ')
      const source = stampOf(from)
      const target = to
      const outcome = (isOnDisk: boolean): CopyOutcome => {
        const stamp = intoTarget(job.to, () => stampOf(target))
        return { to: job.to, size, digests, source, target: stamp, isOnDisk }
      }
      if (size < this.#syncedFrom) {
        const written = outcome(false)
        to = undefined
        // Some systems say only then that there is no room.
        intoTarget(job.to, () => closeSync(target))
        done(written)
        return
      }
      const synced = onDisk(target, job.to).then(() => done(outcome(true)))
      const closed = synced.finally(() => closeSync(target))
      to = undefined
      await this.#await(closed)
    } catch (error) {
      if (to !== undefined) {
        closeSync(to)
        // What was left half copied is nobody's; that it is gone is not worth another error.
        try {
          unlinkSync(job.to)
        } catch {}
      }
      throw error
    } finally {
      closeSync(from)
    }
  }

  /** Waits until everything is on the disk. */
  async settle(): Promise<void> {
    await Promise.all(this.#syncing)
  }

  async #await(closed: Promise<void>): Promise<void> {
    const kept = closed.finally(() => this.#syncing.delete(kept))
    this.#syncing.add(kept)
    // The one who settles hears of a failure; until then it must not count as one that nobody handles.
    kept.catch(() => {})
    if (this.#syncing.size >= ON_THEIR_WAY) await Promise.race(this.#syncing)
  }

  async #write({ file, to: path, algorithms }: CopyJob, from: number, to: number, pace: Pace) {
    let running: RunningDigests | undefined
    let size = 0
    for (;;) {
      const count = this.#fill(from, file)
      const piece = this.#buffer.subarray(0, count)
      const isLast = count < BUFFER
      if (isLast && running === undefined) {
        const digests = digestsOf(piece, algorithms)
        writeWhole(to, piece, path)
        pace.advance(count)
        return { size: count, digests }
      }
      running ??= new RunningDigests(algorithms)
      running.update(piece)
      writeWhole(to, piece, path)
      size += count
      pace.advance(count)
      if (isLast) return { size, digests: running.digests() }
      if (pace.isDue()) await pace.rest()
    }
  }

  /** Reads until the buffer is full or the file ends, wherever its listing said that it would. */
  #fill(fd: number, file: FileHandle): number {
    let filled = 0
    while (filled < BUFFER) {
      let count: number
      try {
        count = readSync(fd, this.#buffer, filled, BUFFER - filled, null)
      } catch (error) {
        throw sourceFault(error, file.name, file.root)
      }
      if (count === 0) break
      filled += count
    }
    return filled
  }
}

function writeWhole(fd: number, bytes: Uint8Array, path: string): void {
  intoTarget(path, () => {
    for (let at = 0; at < bytes.length; ) at += writeSync(fd, bytes, at, bytes.length - at)
  })
}

/**
 * Puts a file that was written before on the disk.
 * @param flags how it is opened: some systems do it only for somebody who may write, and not every file may be written to
 * @throws {TargetFault}
 */
export async function syncFile(path: string, flags: 'r' | 'r+' = 'r+'): Promise<void> {
  const fd = intoTarget(path, () => openSync(path, flags))
  try {
    await onDisk(fd, path)
  } finally {
    closeSync(fd)
  }
}

function onDisk(fd: number, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    fdatasync(fd, (error) => {
      if (error === null) resolve()
      else reject(targetFault(error, path))
    })
  })
}

function intoTarget<T>(path: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw targetFault(error, path)
  }
}

function targetFault(error: unknown, path: string): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return typeof code === 'string' ? new TargetFault(path, code, { cause: error }) : error
}
