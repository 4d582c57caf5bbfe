import type { DigestAlgorithm, DigestOutcome } from '@probatum/core'
import type { FileJob } from './extent-digest.ts'
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
 * columns take a tenth of it.
 */
export interface PackedJobs {
  readonly paths: readonly string[]
  /** Of each job the file's path; undefined where it is the same file as the job's before. */
  readonly files: readonly (FileHandle['path'] | undefined)[]
  readonly names: readonly (string | undefined)[]
  readonly root: string
  /** Of each job: size, time and identity of the file; offset, length, size and CRC-32 (-1 for none) of the extent. */
  readonly numbers: Float64Array
  readonly methods: readonly FileJob['method'][]
  /** Each set of algorithms once. */
  readonly algorithms: readonly (readonly DigestAlgorithm[])[]
  readonly algorithmsAt: Uint8Array
}

const NUMBERS = 7

/** Whether the two can be packed together. */
export function isOfOneRoot(a: FileJob, b: FileJob): boolean {
  return a.file.root === b.file.root
}

/** @param jobs of one root, at most 256 */
export function packJobs(jobs: readonly FileJob[]): PackedJobs {
  const files: (FileHandle['path'] | undefined)[] = []
  const names: (string | undefined)[] = []
  const numbers = new Float64Array(NUMBERS * jobs.length)
  const algorithms: (readonly DigestAlgorithm[])[] = []
  const algorithmsAt = new Uint8Array(jobs.length)
  let last: FileHandle | undefined
  const paths: string[] = []
  const methods: FileJob['method'][] = []
  let at = 0
  for (const job of jobs) {
    const { file } = job
    paths.push(job.path)
    methods.push(job.method)
    files.push(file === last ? undefined : file.path)
    names.push(file === last ? undefined : file.name)
    last = file
    let set = algorithms.indexOf(job.algorithms)
    if (set < 0) set = algorithms.push(job.algorithms) - 1
    algorithmsAt[paths.length - 1] = set
    numbers[at++] = file.size
    numbers[at++] = file.mtimeMs
    numbers[at++] = file.ino
    numbers[at++] = job.offset
    numbers[at++] = job.length
    numbers[at++] = job.size
    numbers[at++] = job.crc32 ?? -1
  }
  return { paths, files, names, root: last?.root ?? '', numbers, methods, algorithms, algorithmsAt }
}

export function unpackJobs({
  paths,
  files,
  names,
  root,
  numbers,
  methods,
  algorithms,
  algorithmsAt,
}: PackedJobs): FileJob[] {
  let file: FileHandle | undefined
  return paths.map((path, i) => {
    const [fileSize = 0, mtimeMs = 0, ino = 0, offset = 0, length = 0, size = 0, crc32 = -1] = numbers.subarray(
      NUMBERS * i,
      NUMBERS * (i + 1),
    )
    const own = files[i]
    if (own !== undefined)
      file = { kind: 'probatum/file', path: own, size: fileSize, mtimeMs, ino, root, name: names[i] ?? '' }
    if (file === undefined) throw new TypeError('a batch without a file')
    return {
      path,
      file,
      offset,
      length,
      method: methods[i] ?? 'stored',
      size,
      crc32: crc32 === -1 ? undefined : crc32,
      algorithms: algorithms[algorithmsAt[i] ?? 0] ?? [],
    }
  })
}

/** What became of a batch, in the order of its jobs. */
export interface PackedOutcomes {
  /** All digests one after the other, of each job in the order of its algorithms. */
  readonly digests: string
  /** Those that are not just the digests of as many bytes as were announced, by their place. */
  readonly others: readonly (readonly [at: number, outcome: DigestOutcome])[]
}

export function packOutcomes(jobs: readonly FileJob[], outcomes: readonly DigestOutcome[]): PackedOutcomes {
  const digests: string[] = []
  const others: (readonly [number, DigestOutcome])[] = []
  for (const [i, job] of jobs.entries()) {
    const outcome = outcomes[i]
    if (outcome === undefined) throw new TypeError(`no outcome for ${job.path}`)
    const isPlain = outcome.fault === undefined && outcome.contradiction === undefined && outcome.size === job.size
    if (isPlain) for (const algorithm of job.algorithms) digests.push(outcome.digests[algorithm] ?? '')
    else others.push([i, outcome])
  }
  return { digests: digests.join(''), others }
}

export function unpackOutcomes(jobs: readonly FileJob[], { digests, others }: PackedOutcomes): DigestOutcome[] {
  const other = new Map(others)
  let at = 0
  const outcomes = jobs.map(({ path, size, algorithms }, i): DigestOutcome => {
    const outcome = other.get(i)
    if (outcome !== undefined) return outcome
    const own: Partial<Record<DigestAlgorithm, string>> = {}
    for (const algorithm of algorithms) {
      const digits = HEX_DIGITS[algorithm]
      own[algorithm] = digests.slice(at, at + digits)
      at += digits
    }
    return { path, size, digests: own }
  })
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
