import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { canonicalText, isJsonObject, type JsonValue, type OpenableFile, type Opening } from '@probatum/core'
import { type KeptCheckpoint, textAsJson } from '@probatum/seal'
import { escapeForDisplay } from '@probatum/words'
import { InputError } from '../errors.ts'
import { isDirectory, noFolder } from '../files.ts'

export const FORMAT = 'probatum/custody-log/1-draft'
export const DATA_FILES = [
  'custody.jsonl',
  'custody-openings.jsonl',
  'items.jsonl',
  'items-openings.jsonl',
  'checkpoints.jsonl',
] as const
export type DataFile = (typeof DATA_FILES)[number]
export const COMMITS = 'commits.jsonl'
export const OPENINGS: Readonly<Record<OpenableFile, DataFile>> = {
  'custody.jsonl': 'custody-openings.jsonl',
  'items.jsonl': 'items-openings.jsonl',
}

/** log.json: what never changes. */
export interface LogIdentity {
  readonly id: string
  readonly origin: string
  /** C2SP signed-note verifier key that the log began with. */
  readonly verifierKey: string
}

/** How far the files were when the last append was acknowledged. */
export interface Commit {
  readonly bytes: Readonly<Record<DataFile, number>>
  readonly events: number
  readonly items: number
  /** Line digest of the last event, hex. */
  readonly head: string
  /** Verifier key since the last change of key; absent before any. */
  readonly key?: string
}

export function damaged(folder: string, what: string): InputError {
  return new InputError(
    `The log ${escapeForDisplay(folder)} is damaged: ${what}. Nothing was changed.`,
    'Restore it from a copy; bundles sealed from it show how far it went.',
  )
}

export async function readIdentity(folder: string): Promise<LogIdentity> {
  const no = (cause?: unknown) =>
    new InputError(
      `${escapeForDisplay(folder)} is no custody log: it has no log.json that says so.`,
      `Name the folder that \`probatum custody init\` made.`,
      { cause },
    )
  if (!(await isDirectory(folder)))
    throw await noFolder(folder, 'a custody log', 'A new log is begun with `probatum custody init`.')
  let value: JsonValue
  try {
    const file = await open(join(folder, 'log.json'), 'r')
    try {
      value = textAsJson(await file.readFile('utf8'))
    } finally {
      await file.close()
    }
  } catch (cause) {
    throw no(cause)
  }
  const { id, origin, verifierKey, log } = isJsonObject(value) ? value : {}
  if (log !== FORMAT || typeof id !== 'string' || typeof origin !== 'string' || typeof verifierKey !== 'string')
    throw no()
  return { id, origin, verifierKey }
}

/** The last whole line of commits.jsonl, where it ends, and how large the file is. */
export async function lastCommit(folder: string): Promise<{ commit: Commit; end: number; size: number }> {
  const file = await open(join(folder, COMMITS), 'r')
  try {
    const { size } = await file.stat()
    // A commit is below 400 bytes: the last one and what was torn behind it are within this.
    const from = Math.max(0, size - 4096)
    const tail = Buffer.alloc(size - from)
    await file.read(tail, 0, tail.length, from)
    const end = tail.lastIndexOf(0x0a)
    const begin = end <= 0 ? -1 : tail.lastIndexOf(0x0a, end - 1)
    const commit = end === -1 ? undefined : readCommit(tail.toString('utf8', begin + 1, end))
    if (commit === undefined) throw damaged(folder, `${COMMITS} does not end in a commit`)
    return { commit, end: from + end + 1, size }
  } finally {
    await file.close()
  }
}

function readCommit(text: string): Commit | undefined {
  const value = textAsJson(text)
  if (!isJsonObject(value) || canonicalText(value) !== text) return undefined
  const { bytes, events, items, head, key } = value
  const isCount = (count: JsonValue | undefined) =>
    typeof count === 'number' && Number.isSafeInteger(count) && count >= 0
  if (key !== undefined && typeof key !== 'string') return undefined
  if (!isJsonObject(bytes ?? null) || !isCount(events) || !isCount(items) || typeof head !== 'string') return undefined
  if (!DATA_FILES.every((name) => isCount((bytes as { readonly [name: string]: JsonValue })[name]))) return undefined
  return value as unknown as Commit
}

export function readCheckpoint(text: string, folder: string): KeptCheckpoint {
  const value = textAsJson(text)
  const { size, root, note } = isJsonObject(value) ? value : {}
  if (typeof size !== 'number' || typeof root !== 'string' || typeof note !== 'string')
    throw damaged(folder, 'a line of checkpoints.jsonl is not in form')
  return { size, root, note }
}

export function readOpening(text: string, folder: string): Opening {
  const value = textAsJson(text)
  const { field, file, opening, seq } = isJsonObject(value) ? value : {}
  if (
    typeof field !== 'string' ||
    (file !== 'custody.jsonl' && file !== 'items.jsonl') ||
    typeof opening !== 'string' ||
    typeof seq !== 'number'
  )
    throw damaged(folder, 'a kept opening is not in form')
  return { field, file, opening, seq }
}

export async function lastLine(path: string, bytes: number): Promise<Uint8Array> {
  const file = await open(path, 'r')
  try {
    for (let length = 65_536; ; length *= 4) {
      const from = Math.max(0, bytes - length)
      const tail = Buffer.alloc(bytes - from)
      await file.read(tail, 0, tail.length, from)
      const begin = tail.length < 2 ? -1 : tail.lastIndexOf(0x0a, tail.length - 2)
      if (begin !== -1 || from === 0) return tail.subarray(begin + 1)
    }
  } finally {
    await file.close()
  }
}

/** Lines of the first so many bytes of a file, without their line feeds. */
export async function* linesOf(path: string, bytes: number): AsyncGenerator<string> {
  if (bytes === 0) return
  const file = await open(path, 'r')
  try {
    let left: Buffer = Buffer.alloc(0)
    for (let at = 0; at < bytes; ) {
      const piece = Buffer.alloc(Math.min(1 << 20, bytes - at))
      const { bytesRead } = await file.read(piece, 0, piece.length, at)
      if (bytesRead === 0)
        throw new InputError(
          `${escapeForDisplay(path)} became shorter while it was read.`,
          'Look for what else uses the folder.',
        )
      at += bytesRead
      const all = Buffer.concat([left, piece.subarray(0, bytesRead)])
      const end = all.lastIndexOf(0x0a)
      if (end !== -1) yield* all.toString('utf8', 0, end).split('\n')
      left = all.subarray(end + 1)
    }
  } finally {
    await file.close()
  }
}
