import { readdirSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { escapeForDisplay, quoteForShell } from '@probatum/words'

/** Folders above, in which the bundle may be whose part was named: `data/00/000001.jpg` lies three deep. */
const DEEPEST = 4
const ARCHIVE = /\.(?:zip|tar|age)$/i

/** Where the bundle is that may be meant by a name that is none: above it, or in it. */
export function bundleNear(path: string): string | undefined {
  const isFolder = kindAt(path) === 'folder'
  let above = dirname(resolve(path))
  for (let deep = 0; deep < DEEPEST; deep++, above = dirname(above)) {
    if (kindAt(join(above, 'bagit.txt')) !== 'file') continue
    const bundle = escapeForDisplay(above)
    return isFolder
      ? `It lies in the bundle ${bundle}: give that folder.`
      : `It lies in the bundle ${bundle}: give that folder, or ask which item it is: \`probatum which ${quoteForShell(path)} --in ${quoteForShell(above)}\`.`
  }
  if (!isFolder) return undefined
  const archives = namesIn(path).filter((name) => ARCHIVE.test(name))
  if (archives.length === 0) return undefined
  const shown = archives.slice(0, 3).map(escapeForDisplay).join(', ')
  return `There is no unpacked bundle in it, but ${shown}${archives.length > 3 ? ', …' : ''}: give that file.`
}

function kindAt(path: string): 'file' | 'folder' | undefined {
  try {
    const stats = statSync(path)
    return stats.isDirectory() ? 'folder' : stats.isFile() ? 'file' : undefined
  } catch {
    return undefined
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).sort()
  } catch {
    return []
  }
}
