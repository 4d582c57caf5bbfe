import { closeSync, existsSync, fdatasyncSync, openSync, writeSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isJsonObject, type JsonObject, type JsonValue } from '@probatum/core'
import type { FileStamp } from '@probatum/platform/node'
import type { Digests } from '@probatum/seal'

export const JOURNAL = 'journal.jsonl'

/** A file that was copied and is on the disk. */
export interface JournalEntry {
  /** Payload path. */
  readonly path: string
  /** Below the folder that is sealed, as listed; the octets in base64 where the name is not text. */
  readonly name: string
  readonly digests: Digests
  readonly source: FileStamp
  readonly target: FileStamp
}

/** What is copied until the journal is put on the disk: less than a second's work is lost by a power cut. */
const KEEP_FILES = 256
const KEEP_BYTES = 16 << 20

/** Copies that are on the disk, one a line, in the order in which they came there. */
export class SealingJournal {
  readonly #file: number
  #pending: string[] = []
  #pendingBytes = 0

  /**
   * Begins a journal in a file that may be there, and is written over.
   * @param earlier what it begins with, which is on the disk when this ends
   */
  constructor(path: string, earlier: Iterable<JournalEntry>) {
    this.#file = openSync(path, 'w')
    for (const entry of earlier) this.#pending.push(`${JSON.stringify(entry)}\n`)
    this.keep()
  }

  /** Remembers a copy that is on the disk; `keep` puts it there too. */
  remember(entry: JournalEntry): void {
    this.#pending.push(`${JSON.stringify(entry)}\n`)
    this.#pendingBytes += entry.target.size
    if (this.#pending.length >= KEEP_FILES || this.#pendingBytes >= KEEP_BYTES) this.keep()
  }

  /** Writes what is remembered to the disk. */
  keep(): void {
    if (this.#pending.length === 0) return
    const text = this.#pending.join('')
    this.#pending = []
    this.#pendingBytes = 0
    this.#write(text)
    fdatasyncSync(this.#file)
  }

  /** Forgets copies that are not what they were: a run that goes on makes them again. */
  forget(paths: Iterable<string>): void {
    this.keep()
    this.#write([...paths].map((path) => `{"forget":${JSON.stringify(path)}}\n`).join(''))
  }

  #write(text: string): void {
    const bytes = Buffer.from(text)
    for (let at = 0; at < bytes.length; ) at += writeSync(this.#file, bytes, at, bytes.length - at)
  }

  close(): void {
    closeSync(this.#file)
  }
}

/** Payload paths: nothing else is ever looked for, renamed or removed because a journal names it. */
const PAYLOAD_PATH = /^data\/[0-9]{2,}\/[0-9]{6,}(?:\.[a-z0-9]{1,8})?$/

/** A copy, the path of one that is forgotten, or undefined where the line is neither. */
function readLine(line: string): JournalEntry | string | undefined {
  let value: JsonValue
  try {
    value = JSON.parse(line)
  } catch {
    return undefined
  }
  if (!isJsonObject(value)) return undefined
  const { forget, path, name, digests, source, target } = value
  if (typeof forget === 'string') return forget
  const isStamp = (stamp: JsonValue | undefined) =>
    isJsonObject(stamp ?? null) &&
    typeof (stamp as JsonObject).size === 'number' &&
    ['mtime', 'ctime', 'ino'].every((member) => typeof (stamp as JsonObject)[member] === 'string')
  if (typeof path !== 'string' || !PAYLOAD_PATH.test(path) || typeof name !== 'string') return undefined
  if (!isJsonObject(digests ?? null) || !isStamp(source) || !isStamp(target)) return undefined
  return value as unknown as JournalEntry
}

/** Lines up to the first that was not written whole; the copies behind it are made again. */
export async function readJournal(path: string): Promise<Map<string, JournalEntry>> {
  const entries = new Map<string, JournalEntry>()
  const file = join(path, JOURNAL)
  if (!existsSync(file)) return entries
  const lines = (await readFile(file, 'utf8')).split('\n')
  for (const line of lines.slice(0, -1)) {
    const said = readLine(line)
    if (said === undefined) break
    if (typeof said === 'string') entries.delete(said)
    else entries.set(said.path, said)
  }
  return entries
}
