import { execFile } from 'node:child_process'
import { existsSync, statfsSync } from 'node:fs'
import { release } from 'node:os'

/** Puts on the disk everything that was written to one file system before the call. Rejects when something could not be. */
export type FileSystemSync = () => Promise<void>

/**
 * `f_type` (statfs(2)) of file systems that keep their own promise for syncfs(2): all data first, then the journal or the tree, then the
 * disk's cache. Others (over a network, in user space) may hand the call to nobody.
 */
const KEEP_THEIR_WORD: ReadonlySet<number> = new Set([
  0xef53, // ext2, ext3, ext4
  0x58465342, // XFS
  0x9123683e, // Btrfs
  0xf2f52010, // F2FS
])

/** By its whole path: not whatever is called so in somebody's PATH. */
const PROGRAMS = ['/usr/bin/sync', '/bin/sync']

/**
 * One durable point for any number of files, or undefined where there is none that can be relied on. Node has no syncfs(2); GNU's
 * `sync -f` is that call (since coreutils 8.24) and ends with 1 when it fails. Since Linux 5.8 the call fails, too, when data
 * of any file could not be written since it was last asked; before, such an error was told to nobody (syncfs(2), VERSIONS).
 * @param folder on the file system
 */
export async function fileSystemSync(folder: string): Promise<FileSystemSync | undefined> {
  if (process.platform !== 'linux' || !isAtLeast(release(), 5, 8)) return undefined
  const program = PROGRAMS.find((path) => existsSync(path))
  if (program === undefined) return undefined
  try {
    if (!KEEP_THEIR_WORD.has(statfsSync(folder).type)) return undefined
    const [, version] = /^sync \(GNU coreutils\) ([0-9.]+)/.exec(await run(program, ['--version'])) ?? []
    if (version === undefined || !isAtLeast(version, 8, 24)) return undefined
  } catch {
    return undefined
  }
  return async () => {
    await run(program, ['-f', '--', folder])
  }
}

function isAtLeast(version: string, major: number, minor: number): boolean {
  const [first = 0, second = 0] = version.split('.').map((part) => Number.parseInt(part, 10))
  return first > major || (first === major && second >= minor)
}

function run(program: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(program, args, { env: { LC_ALL: 'C' } }, (error, text) => {
      if (error === null) resolve(text)
      else reject(error)
    })
  })
}
