import { comparePaths } from '../model/bytes.ts'
import { ParseError } from '../model/parse-error.ts'
import type { BundleSource } from './source.ts'

/** Bundle files that mark the folder they lie in as a bag; a manifest does when the declaration was lost. */
const MARK = /^(?:bagit\.txt|(?:tag)?manifest-[a-z0-9-]+\.txt)$/

/** Unpacking programs add a folder around an archive that has one already. */
const DEPTH = 2

/** Asked twice of each source: once by whoever opened it, once by whoever reads it. */
const found = new WeakMap<BundleSource, string | null>()

/**
 * The folder that the bundle's files lie in: null for the root, else a path of one or two segments.
 * The outermost bag counts; one that lies in another's payload is evidence.
 * @throws {ParseError} ERR_NOT_A_BUNDLE, ERR_SEVERAL_BUNDLES
 */
export function findTopFolder(source: BundleSource): string | null {
  const known = found.get(source)
  if (known !== undefined) return known
  const folder = topFolderOf(source)
  found.set(source, folder)
  return folder
}

function topFolderOf(source: BundleSource): string | null {
  const marked = Array.from({ length: DEPTH + 1 }, () => new Set<string>())
  for (const entry of source.entries) {
    if (entry.rawPath !== undefined) continue
    const slash = entry.path.lastIndexOf('/')
    // By the first letter: nearly all of a million names mark nothing.
    if (!'btm'.includes(entry.path.charAt(slash + 1)) || !MARK.test(entry.path.slice(slash + 1))) continue
    const folder = slash < 0 ? '' : entry.path.slice(0, slash)
    marked[folder === '' ? 0 : folder.split('/').length]?.add(folder)
  }
  for (const folders of marked) {
    const [first] = folders
    if (first === undefined) continue
    if (folders.size > 1) {
      const names = [...folders].sort(comparePaths)
      throw new ParseError('ERR_SEVERAL_BUNDLES', {
        where: source.kind,
        expected: 'one bundle',
        found: `${names.length}: ${names.slice(0, 5).join(', ')}`,
      })
    }
    return first === '' ? null : first
  }
  const isClosed = source.irregular.some(({ what }) => what === 'unreadable-folder')
  throw new ParseError('ERR_NOT_A_BUNDLE', {
    where: source.kind,
    expected: 'bagit.txt',
    found: isClosed
      ? 'unreadable-folder'
      : source.entries.length === 0
        ? 'no-files'
        : source.entries.some(isMarkBelowOtherEncoding)
          ? 'folder-name-encoding'
          : 'no-bag',
  })
}

/** Old ZIP programs write `Müller/bagit.txt` in the code page of their country: which folder that is, is not guessed. */
function isMarkBelowOtherEncoding({ path, rawPath }: BundleSource['entries'][number]): boolean {
  return rawPath !== undefined && MARK.test(path.slice(path.lastIndexOf('/') + 1))
}
