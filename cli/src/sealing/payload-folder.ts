import { createHash } from 'node:crypto'
import { lstatSync, rmSync } from 'node:fs'
import { mkdir, open, rename } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type Digester, type SourceEntry, toBase64 } from '@probatum/core'
import {
  type CopyJob,
  copyFiles,
  type FileHandle,
  type FileStamp,
  type FileSystemSync,
  fileSystemSync,
  handleOfEntry,
  TargetFault,
} from '@probatum/platform/node'
import type { PayloadCopy, PayloadStore, SealableFile, StoredPayload } from '@probatum/seal'
import { DIGEST_WORKER } from '../commands/verify.ts'
import { LaterOnDisk } from './later-on-disk.ts'
import { PayloadReadAgain } from './payload-read-again.ts'
import type { SealingFolder } from './sealing-folder.ts'
import type { JournalEntry } from './sealing-journal.ts'

/** A file of a folder or archive that can be sealed. */
export interface SourceFile extends SealableFile {
  readonly entry: SourceEntry
}

/** Files that are put on the disk together with others: larger ones take longer to be written than the disk takes to say so. */
const SMALL = 1 << 20
/** So many of them that it is worth to wait for whatever else the same file system has to write. */
export const MANY = 1000

/** What differs from a real run in tests. */
export interface PayloadFolderOptions {
  /** Threads that copy. */
  readonly jobs?: number
  /** Small files from which they are put on the disk together. */
  readonly many?: number
  readonly syncOf?: (folder: string) => Promise<FileSystemSync | undefined>
}

const isSourceFile = (file: SealableFile): file is SourceFile => 'entry' in file

/** Where copies go, and who remembers them. */
export type CopyPlace = Pick<SealingFolder, 'bundle' | 'earlier' | 'remember' | 'forget' | 'keep'>

/**
 * Writes payload below a sealing folder, on several threads, and remembers what is on the disk. Of an earlier run a copy is taken
 * over when source and copy are what they were by size, times and inode; its bytes are read again with all others before
 * anything is signed, so that no digest is believed because a journal says so.
 */
export class PayloadFolder implements PayloadStore {
  /** Files that an earlier run had copied. */
  takenOver = 0
  readonly #folder: CopyPlace
  readonly #options: PayloadFolderOptions
  readonly #written: (path: string, size: number) => void
  readonly #again: PayloadReadAgain
  #later: LaterOnDisk | undefined
  readonly #moved = new Map<string, JournalEntry>()

  /** @param written is called for each file that is there */
  constructor(folder: CopyPlace, written: (path: string, size: number) => void, options: PayloadFolderOptions = {}) {
    this.#folder = folder
    this.#written = written
    this.#options = options
    this.#again = new PayloadReadAgain((path) => this.#place(path), options.jobs)
  }

  async *write(copies: Iterable<PayloadCopy>, onBytes: (count: number) => void): AsyncIterable<StoredPayload> {
    const folders = new Set<string>()
    const jobs: CopyJob[] = []
    const byTarget = new Map<string, PayloadCopy>()
    const others: PayloadCopy[] = []
    const asked = [...copies]
    await this.#moveShifted(asked)
    this.#removeOthers(asked)
    for (const copy of asked) {
      const taken = this.#takeOver(copy)
      if (taken === undefined) {
        if (this.#earlierAt(copy.path) !== undefined) {
          // The journal first: it never names a copy that is not there.
          this.#folder.forget([copy.path])
          rmSync(this.#place(copy.path), { force: true })
        }
        const file = handleOf(copy.file)
        const to = this.#place(copy.path)
        folders.add(dirname(to))
        if (file === undefined) others.push(copy)
        else {
          byTarget.set(to, copy)
          jobs.push({ file, to, algorithms: copy.algorithms })
        }
        continue
      }
      this.takenOver += 1
      onBytes(taken.size)
      yield this.#stored(taken)
    }
    for (const folder of folders) await mkdir(folder, { recursive: true })
    this.#later = await this.#togetherOnDisk([...jobs.map(({ file }) => file), ...others.map(({ file }) => file)])
    const later = this.#later
    const threads = this.#options.jobs
    const options = {
      ...DIGEST_WORKER,
      ...(threads === undefined ? {} : { jobs: threads }),
      ...(later === undefined ? {} : { syncedFrom: SMALL }),
    }
    for await (const { to, size, digests, source, target, isOnDisk } of copyFiles(jobs, { onBytes }, options)) {
      const copy = byTarget.get(to)
      if (copy === undefined) throw new RangeError(`copied, and not asked for: ${to}`)
      const kept = () => this.#folder.remember({ path: copy.path, name: nameOf(copy.file), digests, source, target })
      if (isOnDisk || later === undefined) kept()
      else later.add({ to, kept })
      yield this.#stored({ path: copy.path, size, digests })
    }
    for (const copy of others) yield this.#stored(await this.#copyStream(copy, onBytes))
    // The disk writes while all is read again.
    later?.begin()
    this.#folder.keep()
  }

  async #togetherOnDisk(files: readonly { readonly size: number }[]): Promise<LaterOnDisk | undefined> {
    const { many = MANY, syncOf = fileSystemSync } = this.#options
    if (files.filter(({ size }) => size < SMALL).length < many) return undefined
    const sync = await syncOf(this.#folder.bundle)
    return sync === undefined ? undefined : new LaterOnDisk(sync)
  }

  #place(path: string): string {
    return join(this.#folder.bundle, ...path.split('/'))
  }

  #stored(stored: StoredPayload): StoredPayload {
    this.#written(stored.path, stored.size)
    return stored
  }

  /**
   * A file that was added or taken out since shifts the positions of all behind it: copies under the names of other positions
   * are renamed. The journal forgets each before it is moved, and what lies in its way; one that is lost is copied again.
   */
  async #moveShifted(copies: readonly PayloadCopy[]): Promise<void> {
    const { earlier } = this.#folder
    const isInPlace = ({ path, file }: PayloadCopy) => earlier.get(path)?.name === nameOf(file)
    const kept = new Set(copies.filter(isInPlace).map(({ path }) => path))
    const byName = new Map(
      [...earlier.values()].flatMap((entry) => (kept.has(entry.path) ? [] : [[entry.name, entry]])),
    )
    const shifted: { readonly copy: PayloadCopy; readonly entry: JournalEntry; readonly aside: string }[] = []
    for (const copy of copies) {
      const name = nameOf(copy.file)
      const entry = byName.get(name)
      if (entry === undefined || kept.has(copy.path) || name === '') continue
      // One copy has one new place, where a file is wanted at several.
      byName.delete(name)
      shifted.push({ copy, entry, aside: join(this.#folder.bundle, `moved-${shifted.length}`) })
    }
    if (shifted.length === 0) return
    // Of both places: in the new one may lie a copy of a file that is not sealed any more.
    this.#folder.forget(new Set(shifted.flatMap(({ copy, entry }) => [entry.path, copy.path])))
    for (const { entry, aside } of shifted) await rename(this.#place(entry.path), aside).catch(() => {})
    for (const { copy, entry, aside } of shifted) {
      const to = this.#place(copy.path)
      await mkdir(dirname(to), { recursive: true })
      // Whoever had this name is shifted too, or is in nobody's way any more.
      await rename(aside, to).then(
        () => this.#moved.set(copy.path, { ...entry, path: copy.path }),
        () => {},
      )
    }
    for (const entry of this.#moved.values()) this.#folder.remember(entry)
    this.#folder.keep()
  }

  /** Copies of files that are not sealed any more. */
  #removeOthers(copies: readonly PayloadCopy[]): void {
    const wanted = new Set(copies.map(({ path }) => path))
    const others = [...this.#folder.earlier.keys()].filter((path) => !wanted.has(path))
    this.#folder.forget(others)
    for (const path of others) rmSync(this.#place(path), { force: true })
  }

  /** What the journal has of a place, as far as it still holds. */
  #earlierAt(path: string): JournalEntry | undefined {
    return this.#moved.get(path) ?? this.#folder.earlier.get(path)
  }

  #takeOver({ path, file, algorithms }: PayloadCopy): StoredPayload | undefined {
    const entry = this.#earlierAt(path)
    const handle = handleOf(file)
    if (entry === undefined || handle === undefined || entry.name !== nameOf(file)) return undefined
    if (algorithms.some((algorithm) => entry.digests[algorithm] === undefined)) return undefined
    const isSame = (place: string | Buffer, before: FileStamp, ...members: (keyof FileStamp)[]) => {
      const now = stampAt(place)
      return now !== undefined && members.every((member) => now[member] === before[member])
    }
    const source = typeof handle.path === 'string' ? handle.path : Buffer.from(handle.path)
    // The copy's own change time moves with every link and permission, which say nothing about its bytes.
    return isSame(source, entry.source, 'size', 'mtime', 'ctime', 'ino') &&
      isSame(this.#place(path), entry.target, 'size', 'mtime', 'ino')
      ? { path, size: entry.source.size, digests: entry.digests }
      : undefined
  }

  /** From an archive: its bytes are no file of their own, and are copied again after an interruption. */
  async #copyStream({ path, file, algorithms }: PayloadCopy, onBytes: (count: number) => void): Promise<StoredPayload> {
    const hashes = algorithms.map((algorithm) => [algorithm, createHash(algorithm)] as const)
    const to = this.#place(path)
    let size = 0
    try {
      const target = await open(to, 'wx')
      try {
        for await (const piece of file.open()) {
          for (const [, hash] of hashes) hash.update(piece)
          await target.writeFile(piece)
          size += piece.length
          onBytes(piece.length)
        }
        // As for copies of files; there is nothing to remember of one that is copied again after an interruption.
        if (this.#later === undefined || size >= SMALL) await target.datasync()
        else this.#later.add({ to, kept: () => {} })
      } finally {
        await target.close()
      }
    } catch (error) {
      const code = error instanceof Error && 'syscall' in error && 'code' in error ? error.code : undefined
      throw typeof code === 'string' ? new TargetFault(to, code, { cause: error }) : error
    }
    return { path, size, digests: Object.fromEntries(hashes.map(([name, hash]) => [name, hash.digest('hex')])) }
  }

  async *readBack(files: Parameters<NonNullable<PayloadStore['readBack']>>[0], onBytes: (count: number) => void) {
    yield* this.#again.readBack(files, onBytes)
    await this.#later?.settle()
    this.#folder.keep()
  }

  /** As in PayloadReadAgain. */
  compared(files: ReadonlyMap<string, SealableFile>): ReadonlyMap<string, SealableFile> {
    return this.#again.compared(files)
  }

  /** As in PayloadReadAgain. */
  digesterOver(other: Digester): Digester {
    return this.#again.digesterOver(other)
  }
}

/** Where a file of a folder lies; undefined for those of archives. */
export function handleOf(file: SealableFile): FileHandle | undefined {
  return isSourceFile(file) ? handleOfEntry(file.entry) : undefined
}

/** Tells files of one folder apart; `//` stands in no path. */
function nameOf(file: SealableFile): string {
  if (!isSourceFile(file)) return ''
  const { entry } = file
  return entry.rawPath === undefined ? entry.path : `//${toBase64(entry.rawPath)}`
}

/** Undefined where there is no regular file. */
export function stampAt(place: string | Buffer): FileStamp | undefined {
  const found = lstatSync(place, { bigint: true, throwIfNoEntry: false })
  if (found === undefined || !found.isFile()) return undefined
  const { size, mtimeNs, ctimeNs, ino } = found
  return { size: Number(size), mtime: String(mtimeNs), ctime: String(ctimeNs), ino: String(ino) }
}
