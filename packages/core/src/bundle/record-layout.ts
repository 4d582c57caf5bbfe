import { LIMITS } from '../model/limits.ts'
import { listed } from './bag-facts.ts'
import type { FileTree } from './file-tree.ts'
import { isSealHint, layoutRole, MANDATORY_FILES, sealLevelOf } from './layout.ts'
import type { BundleRecord, RecordFacts } from './record-facts.ts'

export type LayoutFacts = Pick<
  RecordFacts,
  | 'misplaced'
  | 'absent'
  | 'seal'
  | 'unsealedTagManifests'
  | 'undeclaredSealFiles'
  | 'laterLevelFiles'
  | 'sealFilesOmitted'
  | 'revocationFiles'
>

/** Where each file of a native bundle stands: in its place, in none, or under seal/ with or without a declaration. */
export function establishLayout(tree: FileTree, record: BundleRecord | null): LayoutFacts {
  const misplaced: { readonly path: string; readonly reason: 'no-place' | 'payload-name' }[] = []
  const sealPaths: string[] = []
  for (const { path } of tree.entries) {
    if (path.startsWith('seal/')) sealPaths.push(path)
    else if (layoutRole(path) === undefined) {
      misplaced.push({ path, reason: path.startsWith('data/') ? 'payload-name' : 'no-place' })
    }
  }
  const looked = sealPaths.slice(0, LIMITS.sealFiles)
  const labels = new Set(record?.authorities.map(({ label }) => label))
  return {
    misplaced: listed(
      misplaced,
      ({ path }) => path,
      ({ reason }) => reason,
    ),
    absent: MANDATORY_FILES.filter((path) => !tree.byPath.has(path)),
    seal: record === null ? [] : declaredFiles(record, labels, tree, looked),
    unsealedTagManifests: record === null ? [] : unsealedTagManifests(record, tree),
    undeclaredSealFiles: record === null ? [] : looked.filter((path) => isUndeclared(path, record, labels)),
    laterLevelFiles: looked.filter((path) => (sealLevelOf(path) ?? 1) > 1 && !isSealHint(path)),
    sealFilesOmitted: sealPaths.length - looked.length,
    revocationFiles: listed(
      tree.entries.flatMap(({ path }) => (isRevocationFile(path) ? [{ path }] : [])),
      ({ path }) => path,
      () => 'file',
    ),
  }
}

function declaredFiles(
  record: BundleRecord,
  labels: ReadonlySet<string>,
  tree: FileTree,
  sealPaths: readonly string[],
): RecordFacts['seal'] {
  return record.seal.map(({ file, timestamps }) => ({
    file,
    present: tree.byPath.has(`seal/1/${file}`),
    timestamps,
    tokens: sealPaths.filter((path) => {
      const role = layoutRole(path)
      return role?.role === 'token' && role.signatureFile === file && labels.has(role.label)
    }),
  }))
}

/** Each tag manifest has a signature of its own: a digest list that nobody signed proves nothing. */
function unsealedTagManifests(record: BundleRecord, tree: FileTree): readonly string[] {
  return ['tagmanifest-sha256.txt', 'tagmanifest-sha512.txt'].filter(
    (path) => tree.byPath.has(path) && !record.seal.some(({ file }) => file === `${path}.p7s`),
  )
}

/** @param labels of the declared authorities */
function isUndeclared(path: string, record: BundleRecord, labels: ReadonlySet<string>): boolean {
  if (isSealHint(path)) return false
  const role = layoutRole(path)
  switch (role?.role) {
    case 'signature':
      return !record.seal.some(({ file }) => file === role.file)
    case 'token':
      return !record.seal.some(({ file }) => file === role.signatureFile) || !labels.has(role.label)
    // Nothing declares later levels: what has a place there is judged by itself.
    case 'sums':
    case 'level-token':
      return false
    default:
      return true
  }
}

function isRevocationFile(path: string): boolean {
  return /^(?:record|seal\/[1-9][0-9]{0,3})\/validation\/.+\.(?:crl|ocsp)$/.test(path)
}
