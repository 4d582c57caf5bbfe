import { type BundleSource, type Extent, LIMITS, ParseError, type SourceEntry } from '@probatum/core'
import { BlobAccess } from './blob-access.ts'

/** A file of a folder that a person picked or dropped. */
export interface ListedBlob {
  /** Below the folder, `/` between segments. */
  readonly path: string
  readonly blob: Blob
}

/**
 * A folder as the browser hands it over: a list of files with their paths. What a browser does not show is not here either:
 * links are skipped without a word, and folders without files.
 * @param irregular folders that could not be listed
 * @throws {ParseError} ERR_LIMIT beyond LIMITS.archiveEntries names, ERR_PATH_DUPLICATE for two files of one path
 */
export function openFileList(files: Iterable<ListedBlob>, irregular: BundleSource['irregular'] = []): BundleSource {
  const entries: SourceEntry[] = []
  const paths = new Set<string>()
  for (const { path, blob } of files) {
    if (paths.has(path)) throw new ParseError('ERR_PATH_DUPLICATE', { where: path })
    paths.add(path)
    if (entries.length === LIMITS.archiveEntries)
      throw new ParseError('ERR_LIMIT', { where: 'folder', expected: `at most ${LIMITS.archiveEntries} names` })
    const { size } = blob
    const extent: Extent = { container: new BlobAccess(blob, path), offset: 0, length: size, method: 'stored', size }
    entries.push({ path, size, extent })
  }
  return {
    kind: 'directory',
    entries,
    irregular,
    oddities: [],
    open(entry) {
      const { container } = entry.extent
      if (!(container instanceof BlobAccess)) throw new TypeError(`${entry.path} is not an entry of a folder`)
      return container.stream()
    },
    async close() {},
  }
}
