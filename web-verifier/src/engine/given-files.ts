import { LIMITS, ParseError } from '@probatum/core'
import type { ListedBlob } from '@probatum/platform/browser'

/** What one pick or drop consists of: files by themselves, and folders. */
export interface GivenTree {
  readonly files: readonly ListedBlob[]
  readonly folders: readonly GivenFolder[]
  readonly unreadable: readonly string[]
}

export interface GivenFolder {
  readonly name: string
  /** Paths below the folder. */
  readonly files: readonly ListedBlob[]
  /** Folders below it that could not be listed. */
  readonly unreadable: readonly string[]
}

/** Files with paths, as `webkitdirectory` and dropped entries give them: what has a `/` lies in a folder. */
export function treeOfFiles(given: readonly { readonly path: string; readonly file: File }[]): GivenTree {
  const files: ListedBlob[] = []
  const folders = new Map<string, ListedBlob[]>()
  for (const { path, file } of given) {
    const slash = path.indexOf('/')
    if (slash < 0) {
      files.push({ path, blob: file })
      continue
    }
    const name = path.slice(0, slash)
    const below = folders.get(name) ?? []
    folders.set(name, below)
    below.push({ path: path.slice(slash + 1), blob: file })
  }
  return {
    files,
    folders: Array.from(folders, ([name, below]) => ({ name, files: below, unreadable: [] })),
    unreadable: [],
  }
}

/** getFile is asked for at so many at a time: each is a message to the browser's own process. */
const IN_FLIGHT = 64

/** Dropped handles (Chromium): folders are walked here. Links are not shown by the browser. */
export async function treeOfHandles(
  handles: readonly FileSystemHandle[],
  onListed: (files: number) => void,
): Promise<GivenTree> {
  const files: ListedBlob[] = []
  const folders: GivenFolder[] = []
  const unreadable: string[] = []
  for (const handle of handles) {
    if (isFolder(handle)) folders.push(await walked(handle, onListed))
    else {
      const file = await fileOf(handle as FileSystemFileHandle)
      if (file === undefined) unreadable.push(handle.name)
      else files.push({ path: handle.name, blob: file })
    }
  }
  return { files, folders, unreadable }
}

async function walked(root: FileSystemDirectoryHandle, onListed: (files: number) => void): Promise<GivenFolder> {
  const found: { readonly path: string; readonly handle: FileSystemFileHandle }[] = []
  const unreadable: string[] = []
  const open: { readonly path: string; readonly handle: FileSystemDirectoryHandle }[] = [{ path: '', handle: root }]
  for (let folder = open.pop(); folder !== undefined; folder = open.pop()) {
    try {
      for await (const handle of valuesOf(folder.handle)) {
        const path = folder.path === '' ? handle.name : `${folder.path}/${handle.name}`
        if (isFolder(handle)) open.push({ path, handle })
        else found.push({ path, handle: handle as FileSystemFileHandle })
      }
    } catch (error) {
      if (!(error instanceof DOMException)) throw error
      unreadable.push(folder.path)
    }
    if (found.length > LIMITS.archiveEntries)
      throw new ParseError('ERR_LIMIT', { where: root.name, expected: `at most ${LIMITS.archiveEntries} names` })
    onListed(found.length)
  }
  // In the order of their names, not in that of the disk: what is walked again must be found the same.
  found.sort((a, b) => (a.path < b.path ? -1 : 1))
  const files: ListedBlob[] = new Array(found.length)
  let next = 0
  const take = async () => {
    for (let at = next++; at < found.length; at = next++) {
      const { path, handle } = found[at] as (typeof found)[number]
      const file = await fileOf(handle)
      if (file === undefined) unreadable.push(path)
      else files[at] = { path, blob: file }
      if (at % 1000 === 0) onListed(at)
    }
  }
  await Promise.all(Array.from({ length: IN_FLIGHT }, take))
  return { name: root.name, files: files.filter((file) => file !== undefined), unreadable: unreadable.sort() }
}

function isFolder(handle: FileSystemHandle): handle is FileSystemDirectoryHandle {
  return handle.kind === 'directory'
}

/** The DOM's types do not have it yet. */
function valuesOf(folder: FileSystemDirectoryHandle): AsyncIterable<FileSystemHandle> {
  return (folder as unknown as { values(): AsyncIterable<FileSystemHandle> }).values()
}

/** Undefined for a file that went away or may not be read. */
async function fileOf(handle: FileSystemFileHandle): Promise<File | undefined> {
  try {
    return await handle.getFile()
  } catch (error) {
    if (error instanceof DOMException) return undefined
    throw error
  }
}
