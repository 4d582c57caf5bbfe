/** As core: files that mark the folder they lie in as a bag. */
const MARK = /^(?:bagit\.txt|(?:tag)?manifest-[a-z0-9-]+\.txt)$/
const DEPTH = 2

/** Folders that hold a bag, the outermost ones: as core's `findTopFolder` sees them. */
export function markedFolders(entries: Iterable<{ readonly path: string; readonly rawPath?: Uint8Array }>): string[] {
  const marked: Set<string>[] = Array.from({ length: DEPTH + 1 }, () => new Set())
  for (const { path, rawPath } of entries) {
    if (rawPath !== undefined) continue
    const slash = path.lastIndexOf('/')
    if (!MARK.test(path.slice(slash + 1))) continue
    const folder = slash < 0 ? '' : path.slice(0, slash)
    marked[folder === '' ? 0 : folder.split('/').length]?.add(folder)
  }
  return [...(marked.find((folders) => folders.size > 0) ?? [])].sort()
}
