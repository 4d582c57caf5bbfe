import { linkSync, lstatSync } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type Digester, SourceFault } from '@probatum/core'
import { type FileStamp, fileSystemSync, syncFile } from '@probatum/platform/node'
import type { PayloadCopy, PayloadStore, SealableFile, StoredPayload } from '@probatum/seal'
import { escapeForDisplay } from '@probatum/words'
import { InputError } from '../errors.ts'
import {
  type CopyPlace,
  handleOf,
  MANY,
  type PayloadFolderOptions,
  type SourceFile,
  stampAt,
} from './payload-folder.ts'
import { PayloadReadAgain } from './payload-read-again.ts'

/**
 * Payload that is not copied: each file gets a second name in the bundle (a hard link), and is read once, from there (docs/adr/0028).
 * Nothing of an earlier run is taken over: an original may have been changed since.
 */
export class PayloadLinks implements PayloadStore {
  /** None: everything is read anew. */
  readonly takenOver = 0
  readonly #folder: CopyPlace
  readonly #written: (path: string, size: number) => void
  readonly #options: PayloadFolderOptions
  readonly #reading: PayloadReadAgain
  /** What each file was once all of them were linked, by payload path. */
  readonly #linked = new Map<string, { readonly name: string; readonly stamp: FileStamp }>()

  /** @param written is called for each file that was read */
  constructor(folder: CopyPlace, written: (path: string, size: number) => void, options: PayloadFolderOptions = {}) {
    this.#folder = folder
    this.#written = written
    this.#options = options
    this.#reading = new PayloadReadAgain((path) => this.#place(path), options.jobs)
  }

  async *write(copies: Iterable<PayloadCopy>, onBytes: (count: number) => void): AsyncIterable<StoredPayload> {
    const asked = [...copies]
    this.#folder.forget(this.#folder.earlier.keys())
    await rm(join(this.#folder.bundle, 'data'), { recursive: true, force: true })
    await this.#linkAll(asked)
    const kept = this.#keep(asked)
    // Waited for below, whatever the reading comes to.
    kept.catch(() => {})
    for await (const stored of this.#reading.readBack(asked, onBytes)) {
      this.#written(stored.path, stored.size)
      yield stored
    }
    await kept
    this.requireUnchanged()
  }

  async #linkAll(asked: readonly PayloadCopy[]): Promise<void> {
    const folders = new Set(asked.map(({ path }) => dirname(this.#place(path))))
    for (const folder of folders) await mkdir(folder, { recursive: true })
    const files = asked.map(({ path, file }) => ({ path, file: requireLinkable(file) }))
    for (const { path, file } of files) linkFile(file, this.#place(path))
    // Each link changes the time of change: a file that is wanted at two places has its last one only now.
    for (const { path, file } of files) {
      const place = this.#place(path)
      const { size, mtimeMs, ino } = lstatSync(place)
      const stamp = stampAt(place)
      if (stamp === undefined || size !== file.size || mtimeMs !== file.mtimeMs || ino !== file.ino)
        throw new SourceFault('changed', file.name, 'PROBATUM_CHANGED')
      this.#linked.set(path, { name: file.name, stamp })
    }
  }

  /** Whoever wrote the files need not have waited for the disk. */
  async #keep(asked: readonly PayloadCopy[]): Promise<void> {
    const { many = MANY, syncOf = fileSystemSync } = this.#options
    const sync = asked.length < many ? undefined : await syncOf(this.#folder.bundle)
    const isDone = await sync?.().then(
      () => true,
      () => false,
    )
    if (isDone !== true) for (const { path } of asked) await syncFile(this.#place(path), 'r')
  }

  /**
   * Every file is the one that was read, and nobody has written to it since: the system moves the time of change, which no program can set.
   * @throws {SourceFault} `changed`
   */
  requireUnchanged(): void {
    for (const [path, { name, stamp }] of this.#linked) {
      const now = stampAt(this.#place(path))
      const isSame =
        now !== undefined &&
        (['size', 'mtime', 'ctime', 'ino'] as const).every((member) => now[member] === stamp[member])
      if (!isSame) throw new SourceFault('changed', name, 'PROBATUM_CHANGED')
    }
  }

  #place(path: string): string {
    return join(this.#folder.bundle, ...path.split('/'))
  }

  /** As in PayloadReadAgain. */
  compared(files: ReadonlyMap<string, SealableFile>): ReadonlyMap<string, SealableFile> {
    return this.#reading.compared(files)
  }

  /** As in PayloadReadAgain. */
  digesterOver(other: Digester): Digester {
    return this.#reading.digesterOver(other)
  }
}

type Linkable = NonNullable<ReturnType<typeof handleOf>>

function requireLinkable(file: SealableFile | SourceFile): Linkable {
  const handle = handleOf(file)
  if (handle !== undefined) return handle
  throw new InputError(
    '--link: these files lie in an archive, and have no names of their own. Nothing was sealed.',
    'Run the command without --link, or unpack the archive.',
  )
}

function linkFile({ path, name }: Linkable, to: string): void {
  try {
    linkSync(typeof path === 'string' ? path : Buffer.from(path), to)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    const why = NOT_LINKED.get(code)
    if (why === undefined) throw error
    throw new InputError(
      `--link: ${escapeForDisplay(name)} cannot get a second name in the bundle: ${why} (${code}). Nothing was sealed.`,
      code === 'EXDEV'
        ? 'Choose a place for --out beside the files, or run the command without --link.'
        : 'Run the command without --link.',
      { cause: error },
    )
  }
}

const NOT_LINKED: ReadonlyMap<string, string> = new Map([
  ['EXDEV', 'the bundle would lie on another file system'],
  ['EPERM', 'the system lets only the owner link a file, or this file system has no hard links'],
  ['EACCES', 'the system does not allow it'],
  ['EMLINK', 'it has as many names as a file can have'],
  ['ENOTSUP', 'this file system has no hard links'],
  ['EOPNOTSUPP', 'this file system has no hard links'],
  ['ENOSYS', 'this file system has no hard links'],
])
