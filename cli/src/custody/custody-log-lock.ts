import { readFileSync } from 'node:fs'
import { open, readdir, unlink } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { escapeForDisplay } from '@probatum/words'
import { InputError } from '../errors.ts'

/** Held by one writer of a custody log. */
export interface LogLock {
  readonly path: string
  /** Locks of writers that are no longer there, which were removed. */
  readonly stale: readonly string[]
  release(): Promise<void>
}

export interface Holder {
  readonly pid: number
  /** What tells this process from a later one with its number; '' where the system does not say. */
  readonly start: string
  readonly host: string
}

const NAME = /^lock-([0-9]+)-([0-9a-z]*)-([A-Za-z0-9.-]*)$/

/**
 * Takes the lock of a log folder. Every writer makes a file of its own name first (O_EXCL) and then looks for others: of two that
 * come at once at least one sees the other and steps back, so there are never two. A lock whose process is gone, on this
 * computer and since this start of the system, is removed; one of another computer never is, because nobody here can know.
 * @throws {InputError} when somebody else still writes after `patience` milliseconds
 */
export function lockLog(folder: string, patience = 10_000): Promise<LogLock> {
  return lockFolder(folder, patience, heldBy)
}

/**
 * As `lockLog`, for any folder that one process at a time works in.
 * @throws what `held` makes of the one who has it
 */
export async function lockFolder(
  folder: string,
  patience: number,
  held: (holder: Holder, folder: string) => InputError,
): Promise<LogLock> {
  const self: Holder = { pid: process.pid, start: startOf(process.pid), host: ownHost() }
  const path = join(folder, `lock-${self.pid}-${self.start}-${self.host}`)
  for (let waited = 0; ; ) {
    await makeLock(path)
    const stale: string[] = []
    let holder: Holder | undefined
    for (const name of await readdir(folder)) {
      const other = parseName(name)
      if (other === undefined || join(folder, name) === path) continue
      if (isGone(other)) stale.push(name)
      else holder = other
    }
    if (holder === undefined) {
      for (const name of stale) await unlink(join(folder, name)).catch(() => {})
      return { path, stale, release: () => unlink(path).catch(() => {}) }
    }
    await unlink(path)
    if (waited >= patience) throw held(holder, folder)
    // Not in step with whoever waits too.
    const pause = 20 + Math.floor(Math.random() * 80)
    await wait(pause)
    waited += pause
  }
}

async function makeLock(path: string): Promise<void> {
  try {
    await (await open(path, 'wx')).close()
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
    throw new InputError('This program already writes to the log.', 'End the other use first.', { cause: error })
  }
}

function heldBy(holder: Holder, folder: string): InputError {
  const name = `lock-${holder.pid}-${holder.start}-${holder.host}`
  return new InputError(
    `Another program writes to the log ${escapeForDisplay(folder)}: process ${holder.pid} on ${escapeForDisplay(holder.host)}. Nothing was added.`,
    `Wait until it has ended. Only if you know that it no longer runs, remove the file ${escapeForDisplay(name)} in that folder: two writers at once would make two histories of one log.`,
  )
}

function parseName(name: string): Holder | undefined {
  const [, pid, start, host] = NAME.exec(name) ?? []
  return pid === undefined || start === undefined || host === undefined ? undefined : { pid: Number(pid), start, host }
}

/** Whether the process certainly ended. */
function isGone({ pid, start, host }: Holder): boolean {
  if (host !== ownHost()) return false
  try {
    process.kill(pid, 0)
  } catch (error) {
    // EPERM: somebody else's process, which runs.
    return error instanceof Error && 'code' in error && error.code === 'ESRCH'
  }
  if (hasEnded(pid)) return true
  const now = startOf(pid)
  return start !== '' && now !== '' && now !== start
}

/** Ended, and only its number is still there because nobody asked how it ended: proc(5), state Z or X. */
function hasEnded(pid: number): boolean {
  try {
    return /^[ZX]/.test(readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ').at(-1) ?? '')
  } catch {
    return false
  }
}

const ownHost = () => hostname().replace(/[^A-Za-z0-9.-]/g, '')

/** Start of the system and of the process in it, where /proc tells. */
function startOf(pid: number): string {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').replaceAll('-', '').slice(0, 8)
    // proc(5): the name in parentheses may hold anything; starttime is the 20th field behind it.
    const ticks = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ').at(-1)?.split(' ')[19] ?? ''
    return `${boot}x${ticks}`
  } catch {
    return ''
  }
}
