import { createReadStream, readFileSync, statSync } from 'node:fs'
import { link, lstat, open, realpath, rename, stat, unlink } from 'node:fs/promises'
import { basename, dirname, join, relative, resolve, sep } from 'node:path'
import { concatBytes, SourceFault } from '@probatum/core'
import { escapeForDisplay, sayBytes } from '@probatum/words'
import { InputError, isSystemError, OutputError, UsageError } from './errors.ts'

/** What is read into memory whole: records, tokens, reports. The largest report of 1,000,000 files stays below. */
export const SMALL_FILE = 268_435_456

/**
 * Reads a file, or standard input for `-`, whole.
 * @throws {SourceFault} with the system's reason
 * @throws {InputError} when it is larger than `limit`, or a folder
 * @throws {UsageError} when it is no name but a key
 */
export async function readWhole(path: string, limit = SMALL_FILE): Promise<Uint8Array> {
  requireFileName(path)
  const name = path === '-' ? 'standard input' : path
  try {
    return (path === '-' ? undefined : readRegularFile(path, limit)) ?? (await readStream(path, limit))
  } catch (error) {
    throw error instanceof TooLarge
      ? new InputError(
          `${escapeForDisplay(name)} is larger than ${sayBytes(limit)}, which is what is read into memory here.`,
          'Is it the right file?',
        )
      : isFolderRead(error)
        ? folderGiven(name, { cause: error })
        : systemFault(error, name)
  }
}

/**
 * People paste a key where the name of its file is meant: it is not repeated in an error.
 * @throws {UsageError}
 */
export function requireFileName(path: string): void {
  if (/[\n\r]|-----BEGIN|AGE-SECRET-KEY-/i.test(path))
    throw new UsageError(
      'A key stands where the name of its file is expected (it is not repeated here).',
      'Give the name of the file. A key on a command line is seen by other users of this computer: treat it as no longer secret.',
    )
}

function isFolderRead(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EISDIR'
}

class TooLarge extends Error {}

/** At once, which is what most of the start-up time of a small verification depends on; undefined for pipes and the like. */
function readRegularFile(path: string, limit: number): Uint8Array | undefined {
  const stats = statSync(path)
  if (!stats.isFile()) return undefined
  if (stats.size > limit) throw new TooLarge()
  return new Uint8Array(readFileSync(path))
}

/** A pipe may keep us waiting, and Ctrl+C must be heard meanwhile. */
async function readStream(path: string, limit: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of path === '-' ? process.stdin : createReadStream(path)) {
    size += part.length
    if (size > limit) throw new TooLarge()
    parts.push(part)
  }
  return concatBytes(...parts)
}

/** The system's reason for not opening something that the operator named; what is no error of the system is given back as it is. */
export function systemFault(error: unknown, name: string, options: ErrorOptions = { cause: error }): unknown {
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
  if (code === undefined) return error
  const reasons = {
    ENOENT: 'vanished',
    ENOTDIR: 'vanished',
    EACCES: 'permission',
    EPERM: 'permission',
    EISDIR: 'not-a-file',
    EBUSY: 'busy',
    EIO: 'bad-sector',
  } as const
  return new SourceFault(code in reasons ? reasons[code as keyof typeof reasons] : 'other', name, code, options)
}

/** That a folder was named where a file is meant. */
export function folderGiven(name: string, options?: ErrorOptions): InputError {
  return new InputError(
    `${escapeForDisplay(name)} is a folder, and a file is meant here.`,
    'Give the file itself.',
    options,
  )
}

/**
 * That a folder is meant where none is: nothing of that name, or a file.
 * @param what what the folder should be: `a custody log`
 */
export async function noFolder(path: string, what: string, todo: string): Promise<InputError> {
  return new InputError(
    (await exists(path))
      ? `${escapeForDisplay(path)} is a file, and not the folder of ${what}.`
      : `There is no folder ${escapeForDisplay(path)}: nothing of this name is there.`,
    (await exists(path)) ? todo : `Check the spelling, and where you are (the name counts from there). ${todo}`,
  )
}

export async function isDirectory(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory()
  } catch {
    return false
  }
}

/** A link to nowhere is there too. */
export async function exists(path: string): Promise<boolean> {
  try {
    await lstat(path)
    return true
  } catch {
    return false
  }
}

/**
 * Asked before any work: a file to be written must not be there, and not inside an input, which it would alter.
 * @throws {UsageError}
 */
export async function requireNew(
  path: string,
  option: string,
  inputs: readonly string[],
  todo = 'Choose a name that does not exist yet.',
): Promise<void> {
  if (await exists(path))
    throw new UsageError(`${option}: ${escapeForDisplay(path)} exists already, and nothing is ever overwritten.`, todo)
  await requireOutside(path, option, inputs)
}

/**
 * A file to be written: its folder is there, and is not inside an input.
 * @throws {UsageError}
 */
async function requireOutside(path: string, option: string, inputs: readonly string[]): Promise<void> {
  const folder = dirname(resolve(path))
  if (!(await isDirectory(folder)))
    throw new UsageError(`${option}: there is no folder ${escapeForDisplay(folder)}.`, 'Make the folder first.')
  const place = await realpath(folder)
  for (const input of inputs) {
    if (!(await isDirectory(input))) continue
    const below = relative(await realpath(input), place)
    if (below === '' || (!below.startsWith(`..${sep}`) && below !== '..' && resolve(below) !== below))
      throw new UsageError(
        `${option}: ${escapeForDisplay(path)} lies inside ${escapeForDisplay(input)}; writing it there would alter what is examined.`,
        'Name a file outside.',
      )
  }
}

/**
 * The whole of a file under a name of its own, in the folder where it belongs; nothing is left behind where that fails.
 * @throws {OutputError} naming the place, for what the system does not let be written
 */
async function writeBeside(path: string, bytes: Uint8Array | string, mode = 0o666): Promise<string> {
  const unfinished = join(dirname(path), `.${basename(path)}.${process.pid}.unfinished`)
  let isBegun = false
  try {
    const file = await open(unfinished, 'wx', mode)
    isBegun = true
    try {
      await file.writeFile(bytes)
      await file.sync()
    } finally {
      await file.close()
    }
  } catch (error) {
    if (isBegun) await unlink(unfinished).catch(() => {})
    if (!isSystemError(error)) throw error
    // Not under the name of the unfinished file, which says nothing to whoever asked for this one.
    throw new OutputError(`${path}: ${error.message.replace(/ '[^']*'$/, '')}`, { cause: error })
  }
  return unfinished
}

/** Writes a file so that it is there whole or not at all, and never replaces one. */
export async function writeNew(path: string, bytes: Uint8Array | string, mode = 0o666): Promise<void> {
  const unfinished = await writeBeside(path, bytes, mode)
  try {
    // A link fails where a name exists; renaming would replace it. Some file systems have no links.
    await link(unfinished, path)
    await unlink(unfinished)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'EEXIST' || (await exists(path))) {
      await unlink(unfinished)
      throw new UsageError(`${escapeForDisplay(path)} has appeared in the meantime; nothing is ever overwritten.`)
    }
    await rename(unfinished, path)
  }
}

/**
 * Asked before any work, where a file may be written over: what is there is an ordinary file, and none of the inputs.
 * @throws {UsageError}
 */
export async function requireReplaceable(path: string, option: string, inputs: readonly string[]): Promise<void> {
  await requireOutside(path, option, inputs)
  if (!(await exists(path))) return
  if (!(await lstat(path)).isFile())
    throw new UsageError(`${option}: ${escapeForDisplay(path)} is not an ordinary file.`, 'Name another file.')
  for (const input of inputs)
    if ((await exists(input)) && (await realpath(input)) === (await realpath(path)))
      throw new UsageError(
        `${option}: ${escapeForDisplay(path)} is what is examined; it is never written over.`,
        'Name another file.',
      )
}

/** Writes a file whole, in the place of one that may be there. */
export async function writeOver(path: string, bytes: Uint8Array): Promise<void> {
  const unfinished = await writeBeside(path, bytes)
  await rename(unfinished, path)
}
