import { ParseError } from '../model/parse-error.ts'
import { declaredEncoding, noDeclaration, parseBagDeclaration, readsAsCurrent } from './bag-declaration.ts'
import { normalisationKey, otherSpellings } from './bag-path.ts'
import { ReadTroubles, readWhole } from './bag-reading.ts'
import type { FileTree } from './file-tree.ts'
import { manifestName, parseManifest } from './manifest.ts'
import type { ManifestEntryHandler, ManifestRules } from './manifest-lines.ts'

/** Nearly every name is told at a glance. */
const NAMED_LIKE_ONE = /\._|\.DS_Store|thumbs\.db|desktop\.ini|:Zone\.Identifier/i

/**
 * Which of these paths a manifest lists: such a file is part of the bag, whatever operating systems call their leftovers.
 * By their very names, or, where no file has the listed name, by a spelling that software in use makes of it: a file set
 * aside would be missing otherwise. Reads the manifests only when there is something to ask; what cannot be read lists nothing.
 */
export async function listedAmong(tree: FileTree, paths: readonly string[]): Promise<ReadonlySet<string>> {
  const asked = new Set(paths)
  const byKey = new Map<string, string[]>()
  for (const path of paths) {
    const key = normalisationKey(path)
    const same = byKey.get(key)
    if (same === undefined) byKey.set(key, [path])
    else same.push(path)
  }
  const found = new Set<string>()
  if (asked.size === 0) return found
  const troubles = new ReadTroubles()
  const declared = await readWhole(tree, 'bagit.txt', troubles)
  const declaration = declared.state === 'read' ? parseBagDeclaration(declared.bytes) : noDeclaration(declared.state)
  const encoding = declaredEncoding(declaration)
  if (encoding === undefined) return found
  for (const path of tree.byPath.keys()) {
    const name = manifestName(path)
    const file = name === undefined ? undefined : await readWhole(tree, path, troubles)
    if (name === undefined || file?.state !== 'read') continue
    const rules = {
      kind: name.kind,
      algorithm: name.algorithm,
      encoding,
      percentDecoding: readsAsCurrent(declaration),
      exists: (candidate: string) => tree.byPath.has(candidate),
    }
    parseWithinLimits(file.bytes, rules, (listed, _digest, literal) => {
      if (asked.has(listed)) found.add(listed)
      if (!NAMED_LIKE_ONE.test(listed) || tree.byPath.has(listed)) return
      for (const spelling of otherSpellings(listed, literal)) {
        const key = normalisationKey(spelling.path)
        for (const path of byKey.get(key) ?? []) found.add(path)
        // Once is enough: a manifest may have as many spellings of a name as there are files.
        byKey.delete(key)
      }
    })
  }
  return found
}

/** What stands behind the limit is not known: the listing of the same manifest says so. */
function parseWithinLimits(bytes: Uint8Array, rules: ManifestRules, onEntry: ManifestEntryHandler): void {
  try {
    parseManifest(bytes, rules, onEntry)
  } catch (error) {
    if (!(error instanceof ParseError && error.code === 'ERR_LIMIT')) throw error
  }
}
