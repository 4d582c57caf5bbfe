import { declaredEncoding, noDeclaration, parseBagDeclaration, readsAsCurrent } from './bag-declaration.ts'
import { ReadTroubles, readWhole } from './bag-reading.ts'
import type { FileTree } from './file-tree.ts'
import { manifestName, parseManifest } from './manifest.ts'

/**
 * Which of these paths a manifest lists by their very names: such a file is part of the bag, whatever operating systems
 * call their leftovers. Reads the manifests only when there is something to ask; what cannot be read lists nothing.
 */
export async function listedAmong(tree: FileTree, paths: readonly string[]): Promise<ReadonlySet<string>> {
  const asked = new Set(paths)
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
    parseManifest(file.bytes, rules, (listed) => {
      if (asked.has(listed)) found.add(listed)
    })
  }
  return found
}
