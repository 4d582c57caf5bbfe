import type { BundleSource, FileTree } from '@probatum/core'

/** A bundle with files that lie elsewhere until they are put into it: read as if they were there already. */
export function overlaySource(tree: FileTree, added: BundleSource): BundleSource {
  const own = new Set(tree.entries)
  return {
    kind: 'directory',
    entries: [...tree.entries, ...added.entries],
    irregular: [...(tree.irregular as BundleSource['irregular']), ...added.irregular],
    oddities: [],
    open: (entry) => (own.has(entry) ? tree.open(entry.path) : added.open(entry)),
    close: async () => {},
  }
}
