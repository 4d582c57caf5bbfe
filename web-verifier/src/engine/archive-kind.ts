import type { ContainerKind } from '@probatum/core'

/** Where the parts of a Word, Excel or PowerPoint document lie (ECMA-376-1 §11.2, §12.2, §13.2 by convention; ECMA-376-2 §10.1.2.2). */
const OFFICE_OPEN_XML = /^(?:word|xl|ppt)\//
/** What every package of OpenDocument has (OpenDocument 1.3, part 2, §3). */
const OPEN_DOCUMENT = ['META-INF/manifest.xml', 'content.xml']

/** What an archive without a bag is, by the names in it: people hand over documents that they do not know to be ZIP files. */
export function kindOfArchive(
  kind: ContainerKind,
  entries: Iterable<{ readonly path: string }>,
): ContainerKind | 'office' {
  if (kind !== 'zip') return kind
  const paths = new Set(Array.from(entries, ({ path }) => path))
  const isOpenXml = paths.has('[Content_Types].xml') && [...paths].some((path) => OFFICE_OPEN_XML.test(path))
  return isOpenXml || OPEN_DOCUMENT.every((path) => paths.has(path)) ? 'office' : kind
}
