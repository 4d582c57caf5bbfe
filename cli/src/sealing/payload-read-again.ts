import { createHash } from 'node:crypto'
import { type DigestAlgorithm, type Digester, type DigestJob, type DigestOutcome, SourceFault } from '@probatum/core'
import { createNodeDigester, handleOfEntry, openDirectory } from '@probatum/platform/node'
import { type Digests, PayloadDiffers, type PayloadStore, type SealableFile, type StoredPayload } from '@probatum/seal'
import { DIGEST_WORKER } from '../commands/verify.ts'

/** What was read again, with what tells that it has not changed since. */
interface ReadAgain {
  readonly size: number
  readonly mtimeMs: number
  readonly ino: number
  readonly digests: Digests
}

/** Payload that was written, read again from where it lies; and what was found of it, for whoever reads it once more. */
export class PayloadReadAgain {
  readonly #place: (path: string) => string
  readonly #jobs: number | undefined
  readonly #readAgain = new Map<string, ReadAgain>()

  /** @param place where the file of a payload path lies */
  constructor(place: (path: string) => string, jobs: number | undefined) {
    this.#place = place
    this.#jobs = jobs
  }

  async *readBack(
    files: Parameters<NonNullable<PayloadStore['readBack']>>[0],
    onBytes: (count: number) => void,
  ): AsyncIterable<StoredPayload> {
    const digester = createNodeDigester({ ...DIGEST_WORKER, ...(this.#jobs === undefined ? {} : { jobs: this.#jobs }) })
    const folders = new Map<string, { readonly path: string; readonly algorithms: readonly DigestAlgorithm[] }[]>()
    for (const file of files) {
      const folder = file.path.slice(0, file.path.lastIndexOf('/'))
      const inFolder = folders.get(folder)
      if (inFolder === undefined) folders.set(folder, [file])
      else inFolder.push(file)
    }
    try {
      // Folder after folder, of 10,000 files each: what is known of files while they are read does not add up.
      for (const [folder, inFolder] of folders) yield* this.#readFolder(folder, inFolder, digester, onBytes)
    } finally {
      await digester.close()
    }
  }

  async *#readFolder(
    folder: string,
    files: readonly { readonly path: string; readonly algorithms: readonly DigestAlgorithm[] }[],
    digester: Digester,
    onBytes: (count: number) => void,
  ): AsyncIterable<StoredPayload> {
    const source = await openDirectory(this.#place(folder))
    const extents = new Map(source.entries.map(({ path, extent }) => [`${folder}/${path}`, extent]))
    const jobs = files.map(({ path, algorithms }): DigestJob => {
      const extent = extents.get(path)
      if (extent === undefined) throw new SourceFault('vanished', path, 'PROBATUM_VANISHED')
      return { path, extent, algorithms }
    })
    let reported = 0
    const onProgress = ({ bytes }: { readonly bytes: number }) => {
      onBytes(bytes - reported)
      reported = bytes
    }
    for await (const outcomes of digester.digest(jobs, { onProgress })) {
      for (const { path, size, digests, fault } of outcomes) {
        if (fault !== undefined) throw new SourceFault(fault.reason, path, fault.systemCode)
        const extent = extents.get(path)
        const handle = extent === undefined ? undefined : handleOfEntry({ extent })
        if (handle !== undefined) this.#readAgain.set(path, { size, digests, mtimeMs: handle.mtimeMs, ino: handle.ino })
        yield { path, size, digests }
      }
    }
    await source.close()
  }

  /**
   * Files whose payload is compared with what was read again whenever it is read, so that what goes into an archive is what was
   * verified. @throws {PayloadDiffers} while a file is read that is another by now
   */
  compared(files: ReadonlyMap<string, SealableFile>): ReadonlyMap<string, SealableFile> {
    const compared = (path: string, file: SealableFile): SealableFile => {
      const expected = this.#readAgain.get(path)?.digests.sha256
      if (expected === undefined) return file
      return {
        size: file.size,
        async *open() {
          const hash = createHash('sha256')
          for await (const piece of file.open()) {
            hash.update(piece)
            yield piece
          }
          const found = hash.digest('hex')
          if (found !== expected)
            throw new PayloadDiffers('read-again', [{ name: path, path, what: 'sha256', expected, found }])
        },
      }
    }
    return new Map([...files].map(([path, file]) => [path, compared(path, file)]))
  }

  /**
   * A digester that answers for payload from what `readBack` found, as long as the file is the one that was read by size, time and
   * inode; everything else goes to `other`.
   */
  digesterOver(other: Digester): Digester {
    const known = (job: DigestJob): DigestOutcome | undefined => {
      const before = this.#readAgain.get(job.path)
      const handle = handleOfEntry(job)
      if (before === undefined || handle === undefined || handle.path !== this.#place(job.path)) return undefined
      const { size, mtimeMs, ino } = handle
      const isSame = size === before.size && mtimeMs === before.mtimeMs && ino === before.ino
      const isAll = job.algorithms.every((algorithm) => before.digests[algorithm] !== undefined)
      return isSame && isAll ? { path: job.path, size, digests: before.digests } : undefined
    }
    return {
      async *digest(jobs, options) {
        const rest: DigestJob[] = []
        const outcomes: DigestOutcome[] = []
        for (const job of jobs) {
          const outcome = known(job)
          if (outcome === undefined) rest.push(job)
          else outcomes.push(outcome)
        }
        yield outcomes
        yield* other.digest(rest, options)
      },
    }
  }
}
