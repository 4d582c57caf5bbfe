import type { DigestAlgorithm, DigestOutcome } from '@probatum/core'
import { echoEnd, echoStart, type FileExtentJob, type FileJob } from './extent-digest.ts'
import type { FileHandle } from './file-access.ts'

/** `workerData.role` of a digest worker. */
export const DIGEST_WORKER_ROLE = 'probatum/digest-worker'

/** Memory that all threads of one run see. */
export interface SharedState {
  /** [0] is 1 once the run was cancelled. */
  readonly flags: Int32Array
  /** [0] counts the bytes that workers have read. */
  readonly bytes: BigInt64Array
}

export function sharedState(memory: SharedArrayBuffer): SharedState {
  return { bytes: new BigInt64Array(memory, 0, 1), flags: new Int32Array(memory, 8, 1) }
}

export const SHARED_STATE_BYTES = 12

/** To a worker: jobs of one run. */
export interface JobBatch {
  /** A number for each run: what arrives for one that was given up belongs to no other. */
  readonly run: number
  readonly memory: SharedArrayBuffer
  readonly jobs: PackedJobs
}

/** From a worker: what became of a batch; `cancelled` when the run was given up meanwhile. */
export interface OutcomeBatch {
  readonly run: number
  readonly outcomes: PackedOutcomes
  readonly cancelled: boolean
}

/**
 * Jobs as columns. Copying an object for each of 20,000 small files to another thread takes as long as digesting them;
 * columns take a tenth of it. What only the thread that hands them out needs stays there: paths and names.
 */
export interface PackedJobs {
  /** Of each job the file's path; undefined where it is the same file as the job's before. */
  readonly files: readonly (FileHandle['path'] | undefined)[]
  readonly root: string
  /** Of each job: size, time and identity of the file; offset, length, size, CRC-32 (-1 for none) and method of the extent; its algorithms; bytes of its echo. */
  readonly numbers: Float64Array
  /** The echoes of all jobs one after the other. */
  readonly echoes: Uint8Array
  /** Each set of algorithms once. */
  readonly algorithms: readonly (readonly DigestAlgorithm[])[]
}

const NUMBERS = 10

/** Whether the two can be packed together. */
export function isOfOneRoot(a: FileExtentJob, b: FileExtentJob): boolean {
  return a.extent.container.handle.root === b.extent.container.handle.root
}

/** @param jobs of one root */
export function packJobs(jobs: readonly FileExtentJob[]): PackedJobs {
  const files: (FileHandle['path'] | undefined)[] = []
  const numbers = new Float64Array(NUMBERS * jobs.length)
  const algorithms: (readonly DigestAlgorithm[])[] = []
  let last: FileHandle | undefined
  let at = 0
  for (const job of jobs) {
    const { extent } = job
    const file = extent.container.handle
    files.push(file === last ? undefined : file.path)
    last = file
    let set = algorithms.indexOf(job.algorithms)
    if (set < 0) set = algorithms.push(job.algorithms) - 1
    numbers[at] = file.size
    numbers[at + 1] = file.mtimeMs
    numbers[at + 2] = file.ino
    numbers[at + 3] = extent.offset
    numbers[at + 4] = extent.length
    numbers[at + 5] = extent.size
    numbers[at + 6] = extent.crc32 ?? -1
    numbers[at + 7] = extent.method === 'stored' ? 0 : 1
    numbers[at + 8] = set
    numbers[at + 9] = echoEnd(extent) - echoStart(extent)
    at += NUMBERS
  }
  return { files, root: last?.root ?? '', numbers, echoes: packEchoes(jobs), algorithms }
}

const NO_ECHOES = new Uint8Array(0)

/** Mostly the files of a batch are neighbours in the directory: then it is one piece of its echo. */
function packEchoes(jobs: readonly FileExtentJob[]): Uint8Array {
  const first = jobs[0]?.extent
  const last = jobs.at(-1)?.extent
  if (first?.echo === undefined || last === undefined) return NO_ECHOES
  const { echo, place = 0 } = first
  const areNeighbours = jobs.every(({ extent }, at) => extent.echo === echo && extent.place === place + at)
  if (areNeighbours) return echo.bytes.slice(echoStart(first), echoEnd(last))
  const echoes = new Uint8Array(jobs.reduce((sum, { extent }) => sum + echoEnd(extent) - echoStart(extent), 0))
  let used = 0
  for (const { extent } of jobs) {
    const own = extent.echo?.bytes.subarray(echoStart(extent), echoEnd(extent)) ?? NO_ECHOES
    echoes.set(own, used)
    used += own.length
  }
  return echoes
}

/** The jobs without paths and names, which stayed behind. */
export function unpackJobs({ files, root, numbers, echoes, algorithms }: PackedJobs): FileJob[] {
  const jobs: FileJob[] = []
  let echoAt = 0
  let file: FileHandle | undefined
  for (let at = 0; at < numbers.length; at += NUMBERS) {
    const path = files[jobs.length]
    if (path !== undefined) {
      const size = numbers[at] ?? 0
      const mtimeMs = numbers[at + 1] ?? 0
      const ino = numbers[at + 2] ?? 0
      file = { kind: 'probatum/file', path, size, mtimeMs, ino, root, name: '' }
    }
    if (file === undefined) throw new TypeError('a batch without a file')
    const crc32 = numbers[at + 6] ?? -1
    const echoBytes = numbers[at + 9] ?? 0
    jobs.push({
      path: '',
      file,
      offset: numbers[at + 3] ?? 0,
      length: numbers[at + 4] ?? 0,
      method: numbers[at + 7] === 0 ? 'stored' : 'deflate',
      size: numbers[at + 5] ?? 0,
      crc32: crc32 === -1 ? undefined : crc32,
      echo: echoes,
      echoAt,
      echoBytes,
      algorithms: algorithms[numbers[at + 8] ?? 0] ?? [],
    })
    echoAt += echoBytes
  }
  return jobs
}

/** What became of a batch, in the order of its jobs. */
export interface PackedOutcomes {
  /** All digests one after the other, of each job in the order of its algorithms. */
  readonly digests: string
  /** Those that are not just the digests of as many bytes as were announced, by their place, in its order; without their paths. */
  readonly others: readonly (readonly [at: number, outcome: DigestOutcome])[]
  /** Places of plain ones whose echo was not there, though there is one. */
  readonly unechoed: readonly number[]
}

export function packOutcomes(jobs: readonly FileJob[], outcomes: readonly DigestOutcome[]): PackedOutcomes {
  const digests: string[] = []
  const others: (readonly [number, DigestOutcome])[] = []
  const unechoed: number[] = []
  for (let i = 0; i < jobs.length; i++) {
    const job = jobs[i]
    const outcome = outcomes[i]
    if (job === undefined || outcome === undefined) throw new TypeError(`no outcome for job ${i}`)
    const isPlain = outcome.fault === undefined && outcome.contradiction === undefined && outcome.size === job.size
    if (!isPlain) others.push([i, outcome])
    else {
      for (const algorithm of job.algorithms) digests.push(outcome.digests[algorithm] ?? '')
      if (job.echoBytes > 0 && outcome.echoed !== true) unechoed.push(i)
    }
  }
  return { digests: digests.join(''), others, unechoed }
}

export function unpackOutcomes(
  jobs: readonly FileExtentJob[],
  { digests, others, unechoed }: PackedOutcomes,
): readonly DigestOutcome[] {
  const outcomes: DigestOutcome[] = []
  let nextOther = 0
  let at = 0
  for (const { path, extent, algorithms } of jobs) {
    const other = others[nextOther]
    if (other !== undefined && other[0] === outcomes.length) {
      nextOther++
      outcomes.push({ ...other[1], path })
      continue
    }
    const own: Partial<Record<DigestAlgorithm, string>> = {}
    for (const algorithm of algorithms) {
      const digits = HEX_DIGITS[algorithm]
      own[algorithm] = digests.slice(at, at + digits)
      at += digits
    }
    const isEchoed = extent.echo !== undefined && !unechoed.includes(outcomes.length)
    outcomes.push(
      isEchoed ? { path, size: extent.size, digests: own, echoed: true } : { path, size: extent.size, digests: own },
    )
  }
  if (at !== digests.length) throw new TypeError('digests that belong to no job')
  return outcomes
}

const HEX_DIGITS: Readonly<Record<DigestAlgorithm, number>> = {
  md5: 32,
  sha1: 40,
  sha224: 56,
  sha256: 64,
  sha384: 96,
  sha512: 128,
  'sha3-224': 56,
  'sha3-256': 64,
  'sha3-384': 96,
  'sha3-512': 128,
}
