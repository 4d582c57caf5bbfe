import { crc32, type DigestAlgorithm, type DigestOutcome, ParseError, SourceFault } from '@probatum/core'
import { type Claim, claimProblem, concluded, deflateLie, failed, sizeLie } from '../digests/outcome.ts'
import { type BlobHandle, blobFault, readRange } from './blob-access.ts'
import { DeflateError } from './deflate-format.ts'
import type { HasherPool, HasherSet } from './hashers.ts'
import { InflateStream } from './inflate-stream.ts'
import { webInflater } from './inflater.ts'
import { giveBack } from './spent-memory.ts'

/** A job whose bytes lie in a Blob: it can be sent to a worker. */
export interface BlobJob extends Claim {
  readonly blob: Blob
  /** For faults. */
  readonly isWhole: boolean
  readonly offset: number
  readonly algorithms: readonly DigestAlgorithm[]
}

/** How a long job says how far it is, and gives way. */
export interface Pace {
  /** Called with the bytes just read. @throws when the run was cancelled */
  advance(bytes: number): void
  /** Whether it is time to let other work run. */
  isDue(): boolean
  rest(): Promise<void>
}

/** Small ones are read whole, and many of an archive together. */
const SMALL = 1 << 20
const INFLATED_AT_ONCE = 16 << 20
const WINDOW = 8 << 20
/** Neighbours in an archive are read together up to this gap. */
const GAP = 64 << 10
/** Small files of a folder that are being read at the same time: each costs a message to the browser's own process. */
const IN_FLIGHT = 16

/** Whether it is read in one piece. */
export function isSmall({ length, method, size }: Claim): boolean {
  return length <= SMALL && (method === 'stored' || size <= INFLATED_AT_ONCE)
}

/** Digests extents of Blobs in one thread. */
export class BlobDigester {
  readonly #pool: HasherPool
  readonly #inflate = new InflateStream()

  constructor(pool: HasherPool) {
    this.#pool = pool
  }

  /** Outcomes in the order in which they are there, one for each job. */
  async *digest(jobs: readonly BlobJob[], pace: Pace): AsyncGenerator<DigestOutcome, void, undefined> {
    for (let at = 0; at < jobs.length; ) {
      const job = jobs[at] as BlobJob
      if (!isSmall(job)) {
        at++
        yield await this.#digestLarge(job, pace)
        continue
      }
      const together = smallJobsFrom(jobs, at)
      at += together.length
      if (together[1]?.blob === job.blob) yield* this.#digestWindow(together, pace)
      else yield* this.#digestEach(together, pace)
    }
  }

  /** Small neighbours in one archive: one read. */
  async *#digestWindow(jobs: readonly BlobJob[], pace: Pace): AsyncGenerator<DigestOutcome, void, undefined> {
    const first = jobs[0] as BlobJob
    const last = jobs.at(-1) as BlobJob
    let window: Uint8Array | undefined
    let problem: unknown
    try {
      window = await readRange(handleOf(first), first.offset, last.offset + last.length - first.offset)
    } catch (error) {
      problem = error
    }
    for (const job of jobs) {
      const from = job.offset - first.offset
      if (window === undefined) yield faulted(job, problem)
      else yield await this.#digestBytes(job, window.subarray(from, from + job.length), pace)
    }
    if (window !== undefined) giveBack(window)
  }

  /** Small files, each read by itself, several at the same time. */
  async *#digestEach(jobs: readonly BlobJob[], pace: Pace): AsyncGenerator<DigestOutcome, void, undefined> {
    const reads: Promise<Uint8Array | SourceFault>[] = []
    for (let i = 0; i < jobs.length; i++) {
      while (reads.length < jobs.length && reads.length < i + IN_FLIGHT) {
        const next = jobs[reads.length] as BlobJob
        reads.push(readRange(handleOf(next), next.offset, next.length).catch((error) => asFault(error)))
      }
      const job = jobs[i] as BlobJob
      const bytes = await (reads[i] as Promise<Uint8Array | SourceFault>)
      // What was read is not kept until the end.
      delete reads[i]
      if (bytes instanceof SourceFault) yield faulted(job, bytes)
      else yield await this.#digestBytes(job, bytes, pace)
    }
  }

  async #digestBytes(job: BlobJob, bytes: Uint8Array, pace: Pace): Promise<DigestOutcome> {
    const claim = claimProblem(job)
    if (claim !== undefined) return failed(job, 0, claim)
    pace.advance(job.length)
    if (pace.isDue()) await pace.rest()
    const set = await this.#pool.take(job.algorithms)
    try {
      if (job.method === 'deflate') return this.#inflated(job, bytes, set)
      set.begin()
      set.update(bytes)
      return concluded(job, bytes.length, set.end(), job.crc32 === undefined ? 0 : crc32(bytes))
    } finally {
      this.#pool.release(set)
    }
  }

  #inflated(job: BlobJob, compressed: Uint8Array, set: HasherSet): DigestOutcome {
    const stream = this.#inflate
    stream.reset()
    stream.give(compressed)
    stream.end()
    set.begin()
    let size = 0
    let checksum = 0
    try {
      for (let piece = stream.run(); typeof piece !== 'string'; piece = stream.run()) {
        size += piece.length
        if (size > job.size) return failed(job, 0, sizeLie(job, `more than ${job.size}`))
        set.update(piece)
        if (job.crc32 !== undefined) checksum = crc32(piece, checksum)
      }
    } catch (error) {
      if (!(error instanceof DeflateError)) throw error
      return failed(job, 0, deflateLie(error.problem))
    }
    return concluded(job, size, set.end(), checksum)
  }

  async #digestLarge(job: BlobJob, pace: Pace): Promise<DigestOutcome> {
    const claim = claimProblem(job)
    if (claim !== undefined) return failed(job, 0, claim)
    const set = await this.#pool.take(job.algorithms)
    try {
      return await digestPieces(job, piecesOf(job, pace), set)
    } catch (error) {
      return faulted(job, error)
    } finally {
      this.#pool.release(set)
    }
  }
}

/** A job whose bytes lie in no Blob: memory, or another container's entry. */
export async function digestOther(
  job: Claim & Pick<BlobJob, 'algorithms'>,
  stored: AsyncIterable<Uint8Array>,
  pool: HasherPool,
): Promise<DigestOutcome> {
  const claim = claimProblem(job)
  if (claim !== undefined) return failed(job, 0, claim)
  const set = await pool.take(job.algorithms)
  try {
    return await digestPieces(job, stored, set)
  } catch (error) {
    return faulted(job, error)
  } finally {
    pool.release(set)
  }
}

async function digestPieces(job: Claim, stored: AsyncIterable<Uint8Array>, set: HasherSet): Promise<DigestOutcome> {
  set.begin()
  let size = 0
  let checksum = 0
  try {
    const pieces = job.method === 'stored' ? stored : webInflater.inflate(stored, job.size, job.path)
    for await (const piece of pieces) {
      size += piece.length
      set.update(piece)
      if (job.crc32 !== undefined) checksum = crc32(piece, checksum)
    }
  } catch (error) {
    if (!(error instanceof ParseError)) throw error
    if (error.code === 'ERR_LIMIT') return failed(job, size, sizeLie(job, `more than ${job.size}`))
    return failed(job, size, deflateLie(error.detail.found ?? ''))
  }
  return concluded(job, size, set.end(), checksum)
}

/**
 * The container's bytes of a job, the next ones being read while these are hashed. Not into memory of our own
 * (`mode: 'byob'`), which is a fifth faster: in Chromium 156 such a reader now and then never answers. A piece is gone when
 * the one after the next is asked for.
 */
async function* piecesOf(job: BlobJob, pace: Pace): AsyncGenerator<Uint8Array, void, undefined> {
  let left = job.length
  const reader = job.blob
    .slice(job.offset, job.offset + job.length)
    .stream()
    .getReader()
  let spent: Uint8Array | undefined
  try {
    let next = reader.read()
    for (;;) {
      let chunk: Uint8Array | undefined
      try {
        chunk = (await next).value
      } catch (error) {
        throw await streamFault(error, job)
      }
      if (chunk === undefined) break
      next = reader.read()
      // Its failure is met by the next turn, or by nobody.
      next.catch(() => {})
      left -= chunk.length
      pace.advance(chunk.length)
      if (pace.isDue()) await pace.rest()
      yield chunk
      // Who inflates may look into a piece again until it has the next one.
      if (spent !== undefined) giveBack(spent)
      spent = chunk
    }
  } finally {
    reader.cancel().catch(() => {})
  }
  if (left !== 0) throw new SourceFault('changed', job.path, 'PROBATUM_SHORT_READ')
}

/** A stream of Chromium says "network error" for everything; reading a byte says why. */
async function streamFault(error: unknown, job: BlobJob): Promise<SourceFault> {
  if (!(error instanceof TypeError)) return blobFault(error, handleOf(job))
  await readRange(handleOf(job), job.offset, 1)
  return new SourceFault('other', job.path, 'TypeError', { cause: error })
}

/** Small jobs from one place on that are read in one go, or at the same time. */
function smallJobsFrom(jobs: readonly BlobJob[], from: number): readonly BlobJob[] {
  const first = jobs[from] as BlobJob
  const isInOne = jobs[from + 1]?.blob === first.blob
  let end = from + 1
  for (; end < jobs.length; end++) {
    const job = jobs[end] as BlobJob
    if (!isSmall(job) || (job.blob === first.blob) !== isInOne) break
    if (!isInOne) continue
    const before = jobs[end - 1] as BlobJob
    const gap = job.offset - before.offset - before.length
    if (gap < 0 || gap > GAP || job.offset + job.length - first.offset > WINDOW) break
  }
  return jobs.slice(from, end)
}

function handleOf({ blob, path, isWhole }: BlobJob): BlobHandle {
  return { kind: 'probatum/blob', blob, name: path, isWhole }
}

function asFault(error: unknown): SourceFault {
  if (error instanceof SourceFault) return error
  throw error
}

export function faulted({ path }: Claim, error: unknown): DigestOutcome {
  if (!(error instanceof SourceFault)) throw error
  return { path, size: 0, digests: {}, fault: { reason: error.reason, systemCode: error.systemCode } }
}
