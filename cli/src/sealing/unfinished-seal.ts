import { existsSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'

/** Says to whoever finds the folder, and to every command that reads bundles, what it is. */
export const NOT_FINISHED = 'SEALING-NOT-FINISHED.txt'

/**
 * The folder in which a bundle grows, when `path` is one or lies in one; undefined else. By name and note together: a note that
 * somebody lays beside a bundle must not make it one that was never finished.
 */
export function unfinishedSealAt(path: string): string | undefined {
  const place = resolve(path)
  return [place, dirname(place)].find(
    (folder) => /^\..+\.unfinished$/.test(basename(folder)) && existsSync(join(folder, NOT_FINISHED)),
  )
}
