import { closeSync } from 'node:fs'
import zlib from 'node:zlib'
import {
  type DigestAlgorithm,
  type DigestJob,
  type DigestOutcome,
  type Extent,
  ParseError,
  type RandomAccess,
  SourceFault,
} from '@probatum/core'
import {
  type Claim as ContainerClaim,
  claimProblem,
  concluded,
  deflateLie,
  failed,
  sizeLie,
} from '../digests/outcome.ts'
import { crc32, digestsOf, RunningDigests } from './checksum.ts'
import { type FileHandle, openListed, readFully, requireUnchanged } from './file-access.ts'
import { DEFLATE_TRAILING, deflateProblem, nodeInflater } from './inflater.ts'

/** A job whose bytes lie in a file: plain data, so that it can be sent to a worker. */
export interface FileJob {
  readonly path: string
  readonly file: FileHandle
  readonly offset: number
  readonly length: number
  readonly method: Extent['method']
  readonly size: number
  readonly crc32: number | undefined
  /** What is expected before `offset`: `echoBytes` bytes, from `echoAt` on in `echo`. None where there are 0. */
  readonly echo: Uint8Array
  readonly echoAt: number
  readonly echoBytes: number
  readonly algorithms: readonly DigestAlgorithm[]
}

const NO_ECHO = new Uint8Array(0)

/** A job of the port whose bytes lie in a file. */
export type FileExtentJob = DigestJob & {
  readonly extent: { readonly container: { readonly handle: FileHandle } }
}

export function fileJob({ path, extent, algorithms }: FileExtentJob): FileJob {
  const { container, offset, length, method, size, crc32 } = extent
  const echo = extent.echo?.bytes ?? NO_ECHO
  const echoAt = echoStart(extent)
  const echoBytes = echoEnd(extent) - echoAt
  return { path, file: container.handle, offset, length, method, size, crc32, echo, echoAt, echoBytes, algorithms }
}

/** Where what is expected before an extent begins in its echo. */
export function echoStart({ echo, place = 0 }: Extent): number {
  return echo === undefined || place === 0 ? 0 : (echo.ends[place - 1] ?? 0)
}

/** Where it ends; where it begins, when there is none. */
export function echoEnd({ echo, place = 0 }: Extent): number {
  return echo?.ends[place] ?? 0
}

/** How a long job gives way: between pieces. */
export interface Pace {
  /** Called with the bytes just read. @throws when the run was cancelled */
  advance(bytes: number): void
  /** Whether it is time to let other work run. */
  isDue(): boolean
  rest(): Promise<void>
}

/** The read buffer, reused: measured as fast as any larger one, and small enough to stay in the cache. */
const BUFFER = 1 << 20
/** Inflated in one call, which is faster; beyond it, piece by piece, so that memory stays flat. */
const SYNC_INFLATE = 16 << 20
/** Neighbours in an archive are read together up to this gap (a local header and its name lie between them). */
const GAP = 64 * 1024

/** Reads and digests extents of files, one after the other; holds one file open and one buffer. */
export class ExtentReader {
  readonly #buffer = Buffer.allocUnsafeSlow(BUFFER)
  #open: { readonly handle: FileHandle; readonly fd: number } | undefined
  /** Which bytes of the open file lie in the buffer; -1 for none. */
  #from = -1
  #to = -1

  /** `next` is the job that will follow, so that neighbours in an archive are read in one go. */
  async digest(job: FileJob, next: FileJob | undefined, pace: Pace): Promise<DigestOutcome> {
    return this.digestSmall(job, next, pace) ?? (await this.#digestLarge(job, pace))
  }

  /** Without a promise, for what fits into the buffer; `undefined` for what does not. */
  digestSmall(job: FileJob, next: FileJob | undefined, pace: Pace): DigestOutcome | undefined {
    if (job.echoBytes + job.length > BUFFER || (job.method === 'deflate' && job.size > SYNC_INFLATE)) return undefined
    const claim = claimProblem(job)
    if (claim !== undefined) return failed(job, 0, claim)
    try {
      const { fd } = this.#openFile(job.file)
      const bytes = this.#bytesOf(fd, job, next)
      pace.advance(job.length)
      const outcome = job.method === 'deflate' ? inflatedOutcome(job, bytes) : finished(job, bytes)
      return job.echoBytes > 0 && this.#isEchoed(job) ? echoed(outcome) : outcome
    } catch (error) {
      return faulted(job, error)
    }
  }

  async #digestLarge(job: FileJob, pace: Pace): Promise<DigestOutcome> {
    const claim = claimProblem(job)
    if (claim !== undefined) return failed(job, 0, claim)
    try {
      const { fd, handle } = this.#openFile(job.file)
      requireUnchanged(fd, handle)
      if (job.method === 'deflate') {
        const outcome = await digestPieces(job, inflatedPieces(job, this.#pieces(fd, job), pace))
        requireUnchanged(fd, handle)
        return outcome
      }
      const digests = new RunningDigests(job.algorithms)
      let checksum = 0
      this.#forget()
      for (let at = 0; at < job.length; at += BUFFER) {
        const piece = this.#buffer.subarray(0, Math.min(BUFFER, job.length - at))
        readFully(fd, handle, piece, job.offset + at)
        digests.update(piece)
        if (job.crc32 !== undefined) checksum = crc32(piece, checksum)
        pace.advance(piece.length)
        if (pace.isDue()) await pace.rest()
      }
      requireUnchanged(fd, handle)
      return concluded(job, job.length, digests.digests(), checksum)
    } catch (error) {
      return faulted(job, error)
    }
  }

  async *#pieces(fd: number, job: FileJob): AsyncGenerator<Uint8Array, void, undefined> {
    for (let at = 0; at < job.length; at += BUFFER) {
      // Memory of its own: zlib may still hold the piece while the next one is read.
      const piece = Buffer.allocUnsafeSlow(Math.min(BUFFER, job.length - at))
      readFully(fd, job.file, piece, job.offset + at)
      yield piece
    }
  }

  #bytesOf(fd: number, job: FileJob, next: FileJob | undefined): Uint8Array {
    const start = job.offset - job.echoBytes
    const end = job.offset + job.length
    if (start < this.#from || end > this.#to) {
      const hasNeighbour =
        next !== undefined && isSameFile(next.file, job.file) && next.offset >= end && next.offset - end < GAP
      const length = Math.max(hasNeighbour ? Math.min(BUFFER, job.file.size - start) : 0, end - start)
      this.#forget()
      readFully(fd, job.file, this.#buffer.subarray(0, length), start)
      requireUnchanged(fd, job.file)
      this.#from = start
      this.#to = start + length
    }
    return this.#buffer.subarray(job.offset - this.#from, end - this.#from)
  }

  /** Whether what is expected before the bytes of a job stands in the buffer before them. */
  #isEchoed({ offset, echo, echoAt, echoBytes }: FileJob): boolean {
    const at = offset - echoBytes - this.#from
    return this.#buffer.compare(echo, echoAt, echoAt + echoBytes, at, at + echoBytes) === 0
  }

  #openFile(file: FileHandle): { readonly handle: FileHandle; readonly fd: number } {
    if (this.#open !== undefined && isSameFile(this.#open.handle, file)) return this.#open
    this.close()
    this.#open = { handle: file, fd: openListed(file) }
    return this.#open
  }

  close(): void {
    if (this.#open !== undefined) closeSync(this.#open.fd)
    this.#open = undefined
    this.#forget()
  }

  #forget(): void {
    this.#from = -1
    this.#to = -1
  }
}

function isSameFile(a: FileHandle, b: FileHandle): boolean {
  return a === b || (typeof a.path === 'string' && a.path === b.path && a.ino === b.ino)
}

/** Digests a job whose container is not a file (memory, or another container's entry). */
export async function digestOther(
  path: string,
  extent: Extent,
  algorithms: readonly DigestAlgorithm[],
  pace: Pace,
): Promise<DigestOutcome> {
  const job = { path, length: extent.length, method: extent.method, size: extent.size, crc32: extent.crc32, algorithms }
  const claim = claimProblem(job)
  if (claim !== undefined) return failed(job, 0, claim)
  const pieces = piecesOfAccess(extent.container, extent, extent.method === 'stored' ? pace : undefined)
  try {
    return await digestPieces(job, extent.method === 'deflate' ? inflatedPieces(job, pieces, pace) : pieces)
  } catch (error) {
    return faulted(job, error)
  }
}

async function* piecesOfAccess(access: RandomAccess, { offset, length }: Extent, pace: Pace | undefined) {
  for (let at = 0; at < length; at += BUFFER) {
    const piece = await access.read(offset + at, Math.min(BUFFER, length - at))
    pace?.advance(piece.length)
    yield piece
  }
}

interface Claim extends ContainerClaim, Pick<FileJob, 'algorithms'> {}

async function* inflatedPieces(job: Claim, compressed: AsyncIterable<Uint8Array>, pace: Pace) {
  const counted = (async function* () {
    for await (const piece of compressed) {
      pace.advance(piece.length)
      if (pace.isDue()) await pace.rest()
      yield piece
    }
  })()
  yield* nodeInflater.inflate(counted, job.size, job.path)
}

async function digestPieces(job: Claim, pieces: AsyncIterable<Uint8Array>): Promise<DigestOutcome> {
  const digests = new RunningDigests(job.algorithms)
  let size = 0
  let checksum = 0
  try {
    for await (const piece of pieces) {
      size += piece.length
      digests.update(piece)
      if (job.crc32 !== undefined) checksum = crc32(piece, checksum)
    }
  } catch (error) {
    if (!(error instanceof ParseError)) throw error
    if (error.code === 'ERR_LIMIT') return failed(job, size, sizeLie(job, `more than ${job.size}`))
    return failed(job, size, deflateLie(error.detail.found ?? ''))
  }
  return concluded(job, size, digests.digests(), checksum)
}

function inflatedOutcome(job: FileJob, compressed: Uint8Array): DigestOutcome {
  let result: { buffer: Buffer; engine: { bytesWritten: number } }
  try {
    // With `info` zlib hands out how much of its input belonged to the stream.
    result = zlib.inflateRawSync(compressed, {
      info: true,
      maxOutputLength: Math.max(1, job.size),
      chunkSize: Math.min(BUFFER, Math.max(64, job.size + 1)),
    }) as unknown as typeof result
  } catch (error) {
    if (error instanceof RangeError && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE')
      return failed(job, 0, sizeLie(job, `more than ${job.size}`))
    const problem = deflateProblem(error)
    if (problem === undefined) throw error
    return failed(job, 0, deflateLie(problem))
  }
  if (result.engine.bytesWritten !== compressed.length) return failed(job, 0, deflateLie(DEFLATE_TRAILING))
  return finished(job, result.buffer)
}

function finished(job: FileJob, bytes: Uint8Array): DigestOutcome {
  const digests = digestsOf(bytes, job.algorithms)
  return concluded(job, bytes.length, digests, job.crc32 === undefined ? 0 : crc32(bytes))
}

function echoed(outcome: DigestOutcome): DigestOutcome {
  const { path, size, digests } = outcome
  return outcome.contradiction === undefined ? { path, size, digests, echoed: true } : { ...outcome, echoed: true }
}

function faulted({ path }: Claim, error: unknown): DigestOutcome {
  if (!(error instanceof SourceFault)) throw error
  const fault: NonNullable<DigestOutcome['fault']> = { reason: error.reason, systemCode: error.systemCode }
  return { path, size: 0, digests: {}, fault }
}
