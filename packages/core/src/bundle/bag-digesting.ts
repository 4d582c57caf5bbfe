import type { DigestAlgorithm, DigestJob, DigestOutcome, Ports } from '../model/ports.ts'
import type { BagRequest } from './bag-establish.ts'
import type { TreeIndex } from './bag-listing.ts'
import { type ReadTroubles, requireGoing, type WholeFile, wholeReadLimit } from './bag-reading.ts'
import type { FoundDigests } from './bag-tables.ts'
import type { FileTree } from './file-tree.ts'
import type { ManifestName } from './manifest.ts'
import { type ListedBySums, SUMS_ALGORITHM } from './sums-listing.ts'

export interface DigestWork {
  readonly tree: FileTree
  readonly index: TreeIndex
  /** Of every manifest that is here. */
  readonly names: readonly ManifestName[]
  /** What the later seal levels list. */
  readonly sums: ListedBySums
  readonly found: FoundDigests
  readonly troubles: ReadTroubles
  readonly ports: Ports
  readonly request: BagRequest
}

export interface Digesting {
  /**
   * Digests the files that `read` reads whole, and waits for the others. Called once. `settled` is called once for each
   * file of the tree, when nothing more will be found of it; other threads still work meanwhile.
   */
  finish(read: (path: string) => Promise<WholeFile>, settled: (file: number) => void): Promise<void>
  /** Ends what still runs. */
  giveUp(): Promise<void>
}

/**
 * Begins to digest a bag's files. Which digests are wanted the manifests' names say, so that other threads can work while
 * this one reads the manifests.
 */
export function beginDigesting(work: DigestWork): Digesting {
  const { tree, found, ports, request } = work
  const { payload } = work.index
  const { forPayload, forTags } = wantedDigests(work)
  const jobs: DigestJob[] = []
  const whole: number[] = []
  // A name that is not text is shown in a form that another file may have as its very name. NUL is in no name.
  const fileOf = new Map<string, number>()
  for (let file = 0; file < tree.entries.length; file++) {
    const entry = tree.entries[file]
    if (entry === undefined) continue
    const { path, rawPath, size, extent } = entry
    const isPayload = file >= payload.start && file < payload.end
    const limit = isPayload || rawPath !== undefined ? undefined : wholeReadLimit(path)
    if (limit !== undefined && size <= limit) {
      whole.push(file)
      continue
    }
    const key = rawPath === undefined ? path : `${path}\0${file}`
    if (key !== path) fileOf.set(key, file)
    jobs.push({ path: key, extent, algorithms: isPayload ? forPayload : forTags })
  }
  const { signal, onProgress } = request
  const options = { ...(signal === undefined ? {} : { signal }), ...(onProgress === undefined ? {} : { onProgress }) }
  const run = ports.digester.digest(jobs, options)[Symbol.asyncIterator]()
  const first = run.next()
  // An error waits until somebody asks for the outcomes.
  first.catch(() => {})

  return {
    async finish(read, settled) {
      for (const file of whole) {
        const path = tree.entries[file]?.path ?? ''
        const content = await read(path)
        if (content.state === 'too-large') throw new TypeError(`larger than its size: ${path}`)
        if (content.state === 'read')
          for (const algorithm of forTags) found.set(algorithm, file, ports.smallDigest(algorithm, content.bytes))
        settled(file)
        requireGoing(signal)
      }
      let outcomes = 0
      for (let next = await first; next.done !== true; next = await run.next()) {
        outcomes += next.value.length
        for (const outcome of next.value) settled(keep(work, outcome, fileOf))
      }
      requireGoing(signal)
      if (outcomes !== jobs.length) throw new TypeError(`${jobs.length} files to digest, ${outcomes} outcomes`)
    },
    async giveUp() {
      await run.return?.()
    },
  }
}

function wantedDigests({ names, sums, request }: DigestWork) {
  const wanted = (isRelevant: (kind: ManifestName['kind'], algorithm: DigestAlgorithm) => boolean) => {
    const algorithms = new Set<DigestAlgorithm>(['sha256'])
    for (const { kind, algorithm } of names) {
      if (algorithm !== null && isRelevant(kind, algorithm)) algorithms.add(algorithm)
    }
    if (sums !== 'none' && isRelevant(sums === 'payload' ? 'payload' : 'tag', SUMS_ALGORITHM)) {
      algorithms.add(SUMS_ALGORITHM)
    }
    return [...algorithms]
  }
  const isAsked = (algorithm: DigestAlgorithm) => request.digests === 'all' || request.digests.includes(algorithm)
  return {
    forPayload: wanted((kind, algorithm) => kind === 'payload' && isAsked(algorithm)),
    forTags: wanted(() => true),
  }
}

/** @returns the file that the outcome is of */
function keep(
  { tree, index, found, troubles }: DigestWork,
  outcome: DigestOutcome,
  fileOf: ReadonlyMap<string, number>,
): number {
  const file = index.indexOf.get(outcome.path) ?? fileOf.get(outcome.path)
  const entry = file === undefined ? undefined : tree.entries[file]
  const path = entry?.path ?? outcome.path
  if (file === undefined || entry === undefined) throw new TypeError(`digested a file that was not asked for: ${path}`)
  if (outcome.echoed === true) tree.postponed?.agreed(entry.extent)
  if (outcome.contradiction !== undefined) troubles.contradict({ path, ...outcome.contradiction })
  if (outcome.fault !== undefined) {
    troubles.fault(path, outcome.fault.reason, outcome.fault.systemCode)
    return file
  }
  // Bytes that came and went between the listing and the reading are of no one state of the file.
  if (outcome.contradiction === undefined && outcome.size !== entry.size) {
    troubles.fault(path, 'changed', '')
    return file
  }
  for (const algorithm in outcome.digests) {
    const hex = outcome.digests[algorithm as DigestAlgorithm]
    if (hex !== undefined) found.setHex(algorithm as DigestAlgorithm, file, hex)
  }
  return file
}
