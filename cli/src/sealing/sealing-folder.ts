import { existsSync, readdirSync, rmSync } from 'node:fs'
import { mkdir, readdir, rename, rm } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import type { NewSpill } from '@probatum/seal'
import { escapeForDisplay } from '@probatum/words'
import { type Holder, type LogLock, lockFolder } from '../custody/custody-log-lock.ts'
import { InputError } from '../errors.ts'
import { isSpill, openSpill } from '../input/spill-file.ts'
import { syncFolder, syncFolders, writeFileSynced } from '../output/durable-files.ts'
import { JOURNAL, type JournalEntry, readJournal, SealingJournal } from './sealing-journal.ts'
import {
  EXPORTS,
  FINISHED,
  type FinishedSeal,
  leftBehind,
  type NotedExport,
  readExports,
  readFinished,
  removeAllBut,
  removeUnlessFolder,
  requireOwn,
  sayCopied,
} from './sealing-leftover.ts'
import { NOT_FINISHED } from './unfinished-seal.ts'

const NOT_FINISHED_TEXT = `This folder holds the beginnings of a sealed bundle. Sealing it was interrupted, or still goes on.

It is no bundle, and nothing in it is sealed: do not hand it out. The files that were copied so far are in bundle/data.

To go on: the same command again, with --resume.
To give it up: remove this folder. The files that were to be sealed are where they were.
`

/** Copies worth keeping after a failure or Ctrl+C; less than that is copied again in a moment, and a leftover would only be in the way. */
const KEPT_BYTES = 64 << 20
const KEPT_FILES = 1000

/** The folder in which a bundle grows, until it is renamed to its own name. */
export class SealingFolder {
  readonly path: string
  /** Copies of an earlier run, by their payload path. */
  readonly earlier: ReadonlyMap<string, JournalEntry>
  /** Left by an earlier run that was all but over. */
  readonly finished: FinishedSeal | undefined
  readonly #lock: LogLock
  #journal: SealingJournal | undefined
  #copied = { files: 0, bytes: 0 }
  #spills = 0

  private constructor(path: string, lock: LogLock, earlier: SealingFolder['earlier'], finished?: FinishedSeal) {
    this.path = path
    this.#lock = lock
    this.earlier = earlier
    this.finished = finished
    for (const { target } of earlier.values()) this.#count(target.size)
  }

  /** Where the bundle that will be `out` grows. */
  static placeFor(out: string): string {
    return join(dirname(resolve(out)), `.${basename(resolve(out))}.unfinished`)
  }

  /**
   * Makes the folder, or goes on in the one of an earlier run.
   * @throws {InputError} when there is one and `isResumed` is false, when there is none and it is true, or when it is in use
   */
  static async open(out: string, isResumed: boolean): Promise<SealingFolder> {
    const path = SealingFolder.placeFor(out)
    if (existsSync(path)) {
      if (!isResumed) throw await leftBehind(path)
    } else if (isResumed)
      throw new InputError(
        `There is nothing to resume: ${escapeForDisplay(path)} is not there.`,
        'Run the command without --resume.',
      )
    await mkdir(path, { recursive: true })
    await requireOwn(path)
    const lock = await lockFolder(path, 0, inUse)
    try {
      await writeFileSynced(join(path, NOT_FINISHED), NOT_FINISHED_TEXT)
      const earlier = await readJournal(path)
      const finished = await readFinished(path)
      const known = [NOT_FINISHED, JOURNAL, EXPORTS, 'bundle', ...(await readdir(path)).filter(isLock)]
      // Of what is finished nothing may be lost: it is all that there is of the seal.
      if (finished === undefined) await removeAllBut(path, known)
      return new SealingFolder(path, lock, earlier, finished)
    } catch (error) {
      await lock.release()
      throw error
    }
  }

  /**
   * Asked before any work. Gives the folder of an earlier run when all that is left to do there is to put its results into their
   * places.
   * @throws {InputError} when an earlier run left something, and `isResumed` is false
   */
  static async find(out: string, isResumed: boolean): Promise<SealingFolder | undefined> {
    const path = SealingFolder.placeFor(out)
    await removeEmptied(path)
    if (!existsSync(path)) return undefined
    if (!isResumed) throw await leftBehind(path)
    if (!existsSync(join(path, FINISHED))) return undefined
    const folder = await SealingFolder.open(out, true)
    if (folder.finished !== undefined) return folder
    // The one who made it was not gone, and has just put everything into its place.
    await folder.remove()
    return undefined
  }

  /** Of the bundle itself. */
  get bundle(): string {
    return join(this.path, 'bundle')
  }

  /** Everything is sealed, and at most waits for its place. */
  get isFinished(): boolean {
    return existsSync(join(this.path, FINISHED))
  }

  #count(bytes: number): void {
    this.#copied.files += 1
    this.#copied.bytes += bytes
  }

  /** Begins the bundle: of an earlier run only payload that the journal knows is left. */
  async begin(): Promise<void> {
    // A link would lead into somebody's files.
    await removeUnlessFolder(this.bundle)
    await mkdir(this.bundle, { recursive: true })
    await removeAllBut(this.bundle, this.earlier.size > 0 ? ['data'] : [])
    const data = join(this.bundle, 'data')
    await removeUnlessFolder(data)
    for (const folder of existsSync(data) ? await readdir(data) : []) {
      const place = join(data, folder)
      await removeUnlessFolder(place)
      for (const name of existsSync(place) ? await readdir(place) : [])
        if (!this.earlier.has(`data/${folder}/${name}`)) await rm(join(place, name), { recursive: true, force: true })
    }
    // Written anew: what an interruption left half written in it is not kept.
    const fresh = join(this.path, `${JOURNAL}.new`)
    this.#journal = new SealingJournal(fresh, this.earlier.values())
    await rename(fresh, join(this.path, JOURNAL))
  }

  /**
   * Notes an event that is about to be written to a log, on the disk when this ends: only with a bundle is it more than an export that
   * nobody has.
   */
  async noteExport(event: NotedExport): Promise<void> {
    const earlier = await this.notedExports()
    await writeFileSynced(join(this.path, `${EXPORTS}.new`), JSON.stringify([...earlier, event]))
    await rename(join(this.path, `${EXPORTS}.new`), join(this.path, EXPORTS))
    await syncFolder(this.path)
  }

  /** Events that runs noted; whether their log has them, it says itself. */
  notedExports(): Promise<readonly NotedExport[]> {
    return readExports(this.path)
  }

  /** Remembers a copy that is on the disk; `keep` puts it there too. */
  remember(entry: JournalEntry): void {
    this.#journal?.remember(entry)
    this.#count(entry.target.size)
  }

  /** Writes what is remembered to the disk. */
  keep(): void {
    this.#journal?.keep()
  }

  /** Forgets copies that are not what they were: a run that goes on makes them again. */
  forget(paths: Iterable<string>): void {
    this.#journal?.forget(paths)
  }

  /** Lines that wait in a file of this folder. */
  newSpill: NewSpill = () => openSpill(this.path, this.#spills++)

  /**
   * Puts everything into its place. From the moment that this is begun a run that is killed is finished by the next one; nothing
   * is sealed again.
   */
  async finish(seal: FinishedSeal): Promise<void> {
    await syncFolders(this.path)
    await writeFileSynced(join(this.path, `${FINISHED}.new`), JSON.stringify(seal))
    await rename(join(this.path, `${FINISHED}.new`), join(this.path, FINISHED))
    await syncFolder(this.path)
    await this.move(seal)
  }

  /** @throws {InputError} when something of that name has appeared: nothing is ever overwritten; or when something is lost */
  async move({ moves }: FinishedSeal): Promise<void> {
    const beside = dirname(this.path)
    for (const [from, to] of moves) {
      // Names alone: what a file says never leads anywhere else.
      const source = join(this.path, basename(from))
      const place = join(beside, basename(to))
      const isThere = existsSync(place)
      // Of an earlier run: it is in its place already.
      if (!existsSync(source) && isThere) continue
      if (!existsSync(source))
        throw new InputError(
          `${escapeForDisplay(source)} is gone, and ${escapeForDisplay(place)} is not there either.`,
          'If you took it to another place yourself, take the rest out of that folder, too, and remove it.',
        )
      if (isThere)
        throw new InputError(
          `${escapeForDisplay(place)} has appeared in the meantime; nothing is ever overwritten.`,
          `Move it away, then run the same command with --resume.`,
        )
      await rename(source, place)
    }
    await syncFolder(beside)
    await this.#removeMoved()
  }

  /**
   * All is in its place. What says so stays until nothing else is left, and goes with the folder's name: a run that is killed in
   * between leaves either a folder that the next one goes on to remove, or one that nobody takes for an unfinished seal.
   */
  async #removeMoved(): Promise<void> {
    this.#closeJournal()
    for (const name of await readdir(this.path))
      if (name !== FINISHED && !isLock(name)) await rm(join(this.path, name), { recursive: true, force: true })
    const emptied = emptiedOf(this.path)
    await removeEmptied(this.path)
    await rename(this.path, emptied)
    await rm(emptied, { recursive: true, force: true })
  }

  /** Lets others in; what is in the folder stays. */
  async release(): Promise<void> {
    this.#closeJournal()
    await this.#lock.release()
  }

  async remove(): Promise<void> {
    this.#closeJournal()
    await rm(this.path, { recursive: true, force: true })
  }

  #closeJournal(): void {
    this.#journal?.close()
    this.#journal = undefined
  }

  /**
   * Ends without a bundle. Returns what is kept in words, or undefined when all of it was removed. Synchronous: Ctrl+C waits
   * for nothing.
   */
  abandon(command: string): string | undefined {
    const { files, bytes } = this.#copied
    const isKept = this.isFinished || files >= KEPT_FILES || bytes >= KEPT_BYTES
    if (!isKept) {
      this.#closeJournal()
      // Threads that copy may still make names while this one removes them.
      rmSync(this.path, { recursive: true, force: true, maxRetries: 5, retryDelay: 20 })
      return undefined
    }
    try {
      this.keep()
    } catch {
      // The disk may be full: copies that the journal does not name are made again.
    }
    this.#closeJournal()
    for (const name of readdirSync(this.path)) if (isSpill(name)) rmSync(join(this.path, name))
    rmSync(this.#lock.path, { force: true })
    return `What was copied is kept in ${escapeForDisplay(this.path)}: ${sayCopied(files, bytes)}. Run ${command} again with --resume to go on; or remove that folder, if it is not wanted any more.`
  }
}

/** What a folder is called when all that it had is in its place. */
const emptiedOf = (path: string) => path.replace(/\.unfinished$/, '.finished')

/** Of a run that was killed in its very last step. */
async function removeEmptied(path: string): Promise<void> {
  const emptied = emptiedOf(path)
  const names = existsSync(emptied) ? await readdir(emptied).catch(() => undefined) : undefined
  if (names?.every((name) => name === FINISHED || isLock(name))) await rm(emptied, { recursive: true, force: true })
}

const isLock = (name: string) => name.startsWith('lock-')

function inUse({ pid, host }: Holder, folder: string): InputError {
  return new InputError(
    `This bundle is being sealed already: process ${pid} on ${escapeForDisplay(host)} works in ${escapeForDisplay(folder)}.`,
    'Wait until it has ended. Only if you know that it no longer runs, remove the file whose name begins with lock- in that folder.',
  )
}
