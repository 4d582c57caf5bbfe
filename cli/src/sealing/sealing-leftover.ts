import { existsSync } from 'node:fs'
import { lstat, readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { isJsonObject, type JsonValue } from '@probatum/core'
import { textAsJson } from '@probatum/seal'
import { escapeForDisplay, groupDigits, quoteForShell, sayBytes } from '@probatum/words'
import { InputError } from '../errors.ts'
import { readJournal } from './sealing-journal.ts'

export const FINISHED = 'finished.json'
export const EXPORTS = 'exports.json'

/** What is left to be put into its place. */
export interface FinishedSeal {
  /** From a name in this folder to where it belongs, beside this folder, in the order in which they are moved. */
  readonly moves: readonly (readonly [from: string, to: string])[]
  /** What the program says when all is in its place. */
  readonly summary: string
}

/** What an earlier run had made, when it was all but over. */
export async function readFinished(path: string): Promise<FinishedSeal | undefined> {
  const file = join(path, FINISHED)
  // It is renamed to this name when it is whole, and by nobody else.
  return existsSync(file) ? (JSON.parse(await readFile(file, 'utf8')) as FinishedSeal) : undefined
}

/** An export event as it was about to be written. */
export interface NotedExport {
  readonly seq: number
  /** Line digest, hex. */
  readonly line: string
}

/** What runs noted; nothing where the file is not in form: it is only told, and nothing rests on it. */
export async function readExports(path: string): Promise<readonly NotedExport[]> {
  const text = await readFile(join(path, EXPORTS), 'utf8').catch(() => '[]')
  const value = textAsJson(text)
  return Array.isArray(value)
    ? value.flatMap((event: JsonValue) => {
        const { seq, line } = isJsonObject(event) ? event : {}
        return typeof seq === 'number' && typeof line === 'string' ? [{ seq, line }] : []
      })
    : []
}

export function sayCopied(files: number, bytes: number): string {
  return `${groupDigits(files)} ${files === 1 ? 'file' : 'files'}, ${sayBytes(bytes)}`
}

/** What a run says that finds the folder of an earlier one and was not told to go on. */
export async function leftBehind(path: string): Promise<InputError> {
  const finished = await readFinished(path)
  const entries = [...(await readJournal(path)).values()]
  const bytes = entries.reduce((sum, { target }) => sum + target.size, 0)
  const what =
    finished === undefined
      ? `an earlier run that did not end: ${sayCopied(entries.length, bytes)} are copied, nothing is sealed`
      : 'an earlier run that had sealed everything and did not put it into its place'
  return new InputError(
    `${escapeForDisplay(path)} is of ${what}.`,
    finished === undefined
      ? `To go on: the same command with --resume. To begin anew: rm -r ${quoteForShell(path)}`
      : 'Run the same command with --resume: that is all that is left to do. Do not remove the folder: it may have the only openings of what the bundle withholds.',
  )
}

/** In a folder that others may write to, anybody can lay a folder of that name, with links in it. */
export async function requireOwn(path: string): Promise<void> {
  const found = await lstat(path)
  const self = process.getuid?.()
  if (found.isDirectory() && (self === undefined || found.uid === self)) return
  throw new InputError(
    `${escapeForDisplay(path)} is ${found.isDirectory() ? 'somebody else’s folder' : 'no folder'}: nothing of it is believed, and nothing there is changed.`,
    'Choose another place for --out; or look at what it is, and remove it. Whoever began that seal has to go on with it.',
  )
}

/** A link, a file: nothing that lies behind it is touched. */
export async function removeUnlessFolder(path: string): Promise<void> {
  const found = await lstat(path).catch(() => undefined)
  if (found !== undefined && !found.isDirectory()) await rm(path, { force: true })
}

export async function removeAllBut(folder: string, kept: readonly string[]): Promise<void> {
  for (const name of await readdir(folder))
    if (!kept.includes(name)) await rm(join(folder, name), { recursive: true, force: true })
}
