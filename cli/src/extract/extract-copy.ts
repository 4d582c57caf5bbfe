import { createHash } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type FileTree, ParseError, SourceFault } from '@probatum/core'
import type { ItemDoubt } from '@probatum/words'
import type { FolderSink } from '../sealing/folder-sink.ts'
import type { ExtractableItem } from './extract-items.ts'

/**
 * Copies one file and digests what is copied: what was verified a moment ago may be another file by now. Gives what was
 * written, or why nothing is there.
 * @throws SourceFault when the source is gone
 */
export async function copyItem(
  { path, digests, size, doubts }: ExtractableItem,
  tree: FileTree,
  sink: FolderSink,
  name: string,
): Promise<{ readonly sha256: string; readonly size: number } | ItemDoubt> {
  const hashes = [...new Set(['sha256', ...Object.keys(digests)])].flatMap((algorithm) => {
    const expected = digests[algorithm as keyof typeof digests] ?? null
    return [{ algorithm, expected, hash: createHash(algorithm) }]
  })
  let copied = 0
  const pass = async function* () {
    for await (const piece of tree.open(path)) {
      for (const { hash } of hashes) hash.update(piece)
      copied += piece.length
      yield piece
    }
  }
  const takeBack = () => rm(join(sink.root, ...name.split('/')), { force: true })
  try {
    await sink.write(name, pass())
  } catch (error) {
    await takeBack()
    const isReading = error instanceof ParseError || error instanceof SourceFault
    if (!isReading || (error instanceof SourceFault && error.reason === 'vanished')) throw error
    return error instanceof SourceFault && error.reason === 'changed' ? 'changed-while-copied' : 'unreadable'
  }
  const found = hashes.map(({ algorithm, expected, hash }) => ({ algorithm, expected, hex: hash.digest('hex') }))
  // Between verifying and copying somebody may have put another file in its place.
  const isSame = copied === size && found.every(({ expected, hex }) => expected === null || expected === hex)
  if (doubts.length === 0 && !isSame) {
    await takeBack()
    return 'changed-while-copied'
  }
  return { sha256: found.find(({ algorithm }) => algorithm === 'sha256')?.hex ?? '', size: copied }
}
