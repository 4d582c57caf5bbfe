import { ParseError } from '../model/parse-error.ts'
import { SourceFault } from '../model/ports.ts'
import { encodeUtf8 } from '../model/utf8.ts'
import { type FileTree, placesUnder } from './file-tree.ts'
import { layoutRole } from './layout.ts'

/** The one algorithm of the lists of later seal levels (format section 6.5). */
export const SUMS_ALGORITHM = 'sha512'

/** What the lists of the later seal levels are over, as far as it decides what is digested. */
export type ListedBySums = 'none' | 'tags' | 'payload'

const PAYLOAD_LINE = encodeUtf8('  data/')

/**
 * Whether a later seal level lists files at all, and whether payload is among them, so that one read of each file serves
 * all of its digests. Looks for the text of such a line and judges nothing; a list that cannot be read lists nothing here.
 * @throws SourceFault `vanished` when the whole source is gone
 */
export async function listedBySums(tree: FileTree): Promise<ListedBySums> {
  let found: ListedBySums = 'none'
  const { start, end } = placesUnder(tree.entries, 'seal/')
  for (const { path, rawPath } of tree.entries.slice(start, end)) {
    if (rawPath !== undefined || layoutRole(path)?.role !== 'sums') continue
    found = 'tags'
    if (await hasPayloadLine(tree, path)) return 'payload'
  }
  return found
}

async function hasPayloadLine(tree: FileTree, path: string): Promise<boolean> {
  let matched = 0
  try {
    for await (const chunk of tree.open(path)) {
      for (const byte of chunk) {
        if (byte === PAYLOAD_LINE[matched]) matched++
        // Three spaces end in two.
        else matched = byte !== 0x20 ? 0 : matched === 2 ? 2 : 1
        if (matched === PAYLOAD_LINE.length) return true
      }
    }
  } catch (error) {
    if (error instanceof ParseError || (error instanceof SourceFault && error.reason !== 'vanished')) return false
    throw error
  }
  return false
}
