import { mkdirSync, rmSync } from 'node:fs'
import { type FileHandle, mkdir, open, readdir, rename, rm } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { canonicalText, encodeUtf8, fromHex, lineDigest, type OpenableFile, type Opening, toHex } from '@probatum/core'
import { nodeSmallDigest } from '@probatum/platform/node'
import type { CustodyLog, KeptCheckpoint, LoggedLine, NewLine } from '@probatum/seal'
import { escapeForDisplay } from '@probatum/words'
import { InputError, UsageError } from '../errors.ts'
import { isDirectory } from '../files.ts'
import { syncFolder } from '../output/durable-files.ts'
import { undoOnCancel } from '../run.ts'
import { type LogLock, lockLog } from './custody-log-lock.ts'
import {
  COMMITS,
  type Commit,
  DATA_FILES,
  type DataFile,
  damaged,
  FORMAT,
  type LogIdentity,
  lastCommit,
  lastLine,
  linesOf,
  OPENINGS,
  readCheckpoint,
  readIdentity,
  readOpening,
} from './custody-log-read.ts'

/** Bytes that an interrupted append left behind its last acknowledged one. */
export interface SetAside {
  readonly file: string
  readonly bytes: number
  /** Where they are now; null when the log was only read. */
  readonly kept: string | null
}

/**
 * A custody log in a folder (docs/spec/custody-log-1.md). Lines are written first and made durable, then one line of
 * commits.jsonl that says how far each file goes: what stands behind the last such line was never acknowledged.
 */
export class CustodyLogFolder implements CustodyLog {
  readonly folder: string
  readonly identity: LogIdentity
  readonly setAside: SetAside[] = []
  /** Locks of writers that are gone, removed when this one was taken. */
  readonly staleLocks: readonly string[]
  readonly checkpoints: KeptCheckpoint[] = []
  #commit: Commit
  #commitsBytes: number
  readonly #lock: LogLock | null
  readonly #undo: (() => void) | null
  readonly #handles = new Map<string, FileHandle>()
  #isBroken = false

  private constructor(
    folder: string,
    identity: LogIdentity,
    state: { commit: Commit; commitsBytes: number },
    lock: LogLock | null,
    undo: (() => void) | null,
  ) {
    this.folder = folder
    this.identity = identity
    this.#commit = state.commit
    this.#commitsBytes = state.commitsBytes
    this.#lock = lock
    this.#undo = undo
    this.staleLocks = lock?.stale ?? []
  }

  /** Makes the folder of a new log with its first line. @throws {UsageError} when it exists */
  static async create(folder: string, identity: LogIdentity, start: NewLine): Promise<void> {
    const unfinished = join(dirname(resolve(folder)), `.${basename(folder)}.${process.pid}.unfinished`)
    mkdirSync(unfinished)
    try {
      const content: Record<string, string> = Object.fromEntries(DATA_FILES.map((file) => [file, '']))
      content['custody.jsonl'] = `${start.text}\n`
      content['custody-openings.jsonl'] = start.openings.map((opening) => `${canonicalText(opening)}\n`).join('')
      const bytes = Object.fromEntries(DATA_FILES.map((file) => [file, Buffer.byteLength(content[file] ?? '')]))
      content[COMMITS] = `${canonicalText({ bytes, events: 1, head: toHex(start.digest), items: 0 })}\n`
      content['log.json'] = canonicalText({ ...identity, log: FORMAT })
      for (const [name, text] of Object.entries(content)) {
        const file = await open(join(unfinished, name), 'wx', 0o600)
        try {
          await file.writeFile(text)
          await file.sync()
        } finally {
          await file.close()
        }
      }
      await syncFolder(unfinished)
      await rename(unfinished, folder)
      await syncFolder(dirname(resolve(folder)))
    } catch (error) {
      await rm(unfinished, { recursive: true, force: true })
      throw error
    }
  }

  /**
   * Opens a log, to read as far as was acknowledged or (`write`) to append. A writer sets aside what an interrupted append left.
   * @throws {InputError} when it is no log, is damaged, or somebody else writes to it
   */
  static async open(folder: string, mode: 'read' | 'write', patience?: number): Promise<CustodyLogFolder> {
    const identity = await readIdentity(folder)
    const lock = mode === 'write' ? await lockLog(folder, patience) : null
    const undo = lock === null ? null : () => rmSync(lock.path, { force: true })
    if (undo !== null) undoOnCancel.add(undo)
    try {
      const { commit, end, size } = await lastCommit(folder)
      const log = new CustodyLogFolder(folder, identity, { commit, commitsBytes: end }, lock, undo)
      if (size > end) await log.#aside(COMMITS, end, size)
      for (const name of DATA_FILES) {
        const file = await open(join(folder, name), 'r')
        const found = (await file.stat()).size
        await file.close()
        const committed = commit.bytes[name]
        if (found < committed) throw damaged(folder, `${name} has ${found} bytes; ${committed} were acknowledged`)
        if (found > committed) await log.#aside(name, committed, found)
      }
      const head = await lastLine(join(folder, 'custody.jsonl'), commit.bytes['custody.jsonl'])
      if (toHex(lineDigest(head, nodeSmallDigest)) !== commit.head)
        throw damaged(folder, 'the last line of custody.jsonl is not the one that was acknowledged')
      for await (const text of linesOf(join(folder, 'checkpoints.jsonl'), commit.bytes['checkpoints.jsonl']))
        log.checkpoints.push(readCheckpoint(text, folder))
      return log
    } catch (error) {
      await lock?.release()
      if (undo !== null) undoOnCancel.delete(undo)
      throw error
    }
  }

  get id(): string {
    return this.identity.id
  }
  get origin(): string {
    return this.identity.origin
  }
  get verifierKey(): string {
    return this.#commit.key ?? this.identity.verifierKey
  }
  get events(): number {
    return this.#commit.events
  }
  get items(): number {
    return this.#commit.items
  }
  get head(): Uint8Array {
    return fromHex(this.#commit.head) ?? new Uint8Array(0)
  }

  async *lines(file: OpenableFile): AsyncIterable<LoggedLine> {
    const { bytes } = this.#commit
    const openings = linesOf(join(this.folder, OPENINGS[file]), bytes[OPENINGS[file]])
    const nextOpening = async (): Promise<Opening | undefined> => {
      const next = await openings.next()
      return next.done === true ? undefined : readOpening(next.value, this.folder)
    }
    try {
      let opening = await nextOpening()
      let seq = 0
      for await (const text of linesOf(join(this.folder, file), bytes[file])) {
        const own: Opening[] = []
        while (opening !== undefined && opening.seq <= seq) {
          own.push(opening)
          opening = await nextOpening()
        }
        yield { seq, text, openings: own }
        seq += 1
      }
    } finally {
      await openings.return(undefined)
    }
  }

  async append(lines: readonly NewLine[]): Promise<void> {
    if (lines.length === 0) return
    const text: Record<DataFile, string[]> = emptyTexts()
    let { events, items, head, key } = this.#commit
    for (const line of lines) {
      const expected = line.file === 'custody.jsonl' ? events++ : items++
      if (line.seq !== expected) throw new RangeError(`${line.file}: line ${line.seq} does not follow`)
      if (line.file === 'custody.jsonl') head = toHex(line.digest)
      key = line.verifierKey ?? key
      text[line.file].push(line.text, '\n')
      for (const opening of line.openings) text[OPENINGS[line.file]].push(canonicalText(opening), '\n')
    }
    await this.#write(text, { events, items, head, ...(key === undefined ? {} : { key }) })
  }

  async keepCheckpoint(checkpoint: KeptCheckpoint): Promise<void> {
    const text = emptyTexts()
    text['checkpoints.jsonl'].push(canonicalText(checkpoint), '\n')
    const { bytes: _, ...rest } = this.#commit
    await this.#write(text, rest)
    this.checkpoints.push(checkpoint)
  }

  async close(): Promise<void> {
    for (const handle of this.#handles.values()) await handle.close()
    this.#handles.clear()
    await this.#lock?.release()
    if (this.#undo !== null) undoOnCancel.delete(this.#undo)
  }

  /** Lines and openings first, all durable; then the commit. Nothing is acknowledged before. */
  async #write(text: Readonly<Record<DataFile, readonly string[]>>, next: Omit<Commit, 'bytes'>): Promise<void> {
    if (this.#lock === null) throw new TypeError('the log was opened for reading')
    if (this.#isBroken)
      throw new InputError(
        'Writing to the log failed before.',
        'Open it again: what was not acknowledged is set aside.',
      )
    // What the system holds after an error is unknown: only a new reading can tell.
    this.#isBroken = true
    const bytes: Record<DataFile, number> = { ...this.#commit.bytes }
    await Promise.all(
      DATA_FILES.map(async (name) => {
        if (text[name].length === 0) return
        const piece = encodeUtf8(text[name].join(''))
        await this.#writeAt(name, piece, bytes[name])
        bytes[name] += piece.length
      }),
    )
    const commit: Commit = { bytes, ...next }
    const line = encodeUtf8(`${canonicalText(commit)}\n`)
    await this.#writeAt(COMMITS, line, this.#commitsBytes)
    this.#commitsBytes += line.length
    this.#commit = commit
    this.#isBroken = false
  }

  async #writeAt(name: string, piece: Uint8Array, position: number): Promise<void> {
    let handle = this.#handles.get(name)
    if (handle === undefined) {
      handle = await open(join(this.folder, name), 'r+')
      this.#handles.set(name, handle)
    }
    for (let at = 0; at < piece.length; ) {
      const { bytesWritten } = await handle.write(piece, at, piece.length - at, position + at)
      at += bytesWritten
    }
    await handle.datasync()
  }

  /** Keeps bytes that were never acknowledged in a file of their own, then cuts them off; nothing is thrown away. */
  async #aside(name: string, from: number, to: number): Promise<void> {
    if (this.#lock === null) {
      this.setAside.push({ file: name, bytes: to - from, kept: null })
      return
    }
    const folder = join(this.folder, 'set-aside')
    await mkdir(folder, { recursive: true, mode: 0o700 })
    const kept = join('set-aside', `${String((await readdir(folder)).length + 1).padStart(6, '0')}-${name}`)
    const file = await open(join(this.folder, name), 'r+')
    const copy = await open(join(this.folder, kept), 'wx', 0o600)
    try {
      const piece = new Uint8Array(1 << 20)
      for (let at = from; at < to; ) {
        const { bytesRead } = await file.read(piece, 0, Math.min(piece.length, to - at), at)
        if (bytesRead === 0) break
        await copy.writeFile(piece.subarray(0, bytesRead))
        at += bytesRead
      }
      await copy.sync()
      await syncFolder(folder)
      await file.truncate(from)
      await file.sync()
    } finally {
      await copy.close()
      await file.close()
    }
    this.setAside.push({ file: name, bytes: to - from, kept })
  }
}

const emptyTexts = (): Record<DataFile, string[]> => ({
  'custody.jsonl': [],
  'custody-openings.jsonl': [],
  'items.jsonl': [],
  'items-openings.jsonl': [],
  'checkpoints.jsonl': [],
})

/** @throws {UsageError} when nothing can be made there */
export async function requireNoLog(folder: string): Promise<void> {
  if (await isDirectory(folder))
    throw new UsageError(`${escapeForDisplay(folder)} exists already.`, 'Name a folder that does not exist yet.')
}
