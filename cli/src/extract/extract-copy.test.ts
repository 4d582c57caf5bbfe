import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type FileTree, SourceFault } from '@probatum/core'
import { describe, expect, it } from 'vitest'
import { memoryTree } from '../../../test-vectors/support/memory-tree.ts'
import { testPlace } from '../../../tools/testing/place.ts'
import { FolderSink } from '../sealing/folder-sink.ts'
import { copyItem } from './extract-copy.ts'
import type { ExtractableItem } from './extract-items.ts'

const { place } = testPlace('extract-copy')
let count = 0

const PATH = 'data/00/000001.txt'
const VERIFIED = Buffer.from('INVENTED SAMPLE, as it was verified\n')
const OTHER = Buffer.from('INVENTED SAMPLE, as it was exchanged')
const digest = (algorithm: string, bytes: Uint8Array) => createHash(algorithm).update(bytes).digest('hex')

const item = (given: Partial<ExtractableItem> = {}): ExtractableItem => ({
  item: 0,
  path: PATH,
  originalName: 'note (sample).txt',
  digests: { sha256: digest('sha256', VERIFIED) },
  size: VERIFIED.length,
  doubts: [],
  ...given,
})

/** The tree of the moment in which files are copied: it gives these pieces, whatever was verified before. */
function treeOf(...pieces: readonly (Uint8Array | Error)[]): FileTree {
  async function* open() {
    for (const piece of pieces) {
      if (piece instanceof Error) throw piece
      yield piece
    }
  }
  return { ...memoryTree({ [PATH]: VERIFIED }), open }
}

async function copied(one: ExtractableItem, tree: FileTree) {
  const folder = join(place, `${count++}`)
  const outcome = await copyItem(one, tree, new FolderSink(folder), 'deep/note (sample).txt')
  const target = join(folder, 'deep/note (sample).txt')
  const left = existsSync(join(folder, 'deep')) ? readdirSync(join(folder, 'deep')) : []
  return { outcome, left, bytes: existsSync(target) ? readFileSync(target) : null }
}

describe('what is copied', () => {
  it('is what was verified, piece by piece', async () => {
    const { outcome, bytes } = await copied(item(), treeOf(VERIFIED.subarray(0, 7), VERIFIED.subarray(7)))
    expect(outcome).toEqual({ sha256: digest('sha256', VERIFIED), size: VERIFIED.length })
    expect(bytes).toEqual(VERIFIED)
  })

  it.each([
    ['another file of the same size', [OTHER]],
    ['the same file with something behind it', [VERIFIED, Buffer.from('!')]],
    ['the same file cut off', [VERIFIED.subarray(0, -1)]],
    ['nothing', []],
    ['a file that the system says has changed', [VERIFIED.subarray(0, 9), new SourceFault('changed', PATH, 'ESTALE')]],
  ])('is thrown away when it is %s', async (_, pieces) => {
    expect(OTHER.length).toBe(VERIFIED.length)
    const { outcome, left, bytes } = await copied(item(), treeOf(...pieces))
    expect(outcome).toBe('changed-while-copied')
    expect(left).toEqual([])
    expect(bytes).toBeNull()
  })

  it('is compared under every digest that was computed, not only under the first', async () => {
    const digests = { sha256: digest('sha256', VERIFIED), sha512: digest('sha512', OTHER) }
    expect((await copied(item({ digests }), treeOf(VERIFIED))).outcome).toBe('changed-while-copied')
  })

  it('under a doubt stays, with the digest of the bytes that were written', async () => {
    const { outcome, bytes } = await copied(item({ doubts: ['mismatch'] }), treeOf(OTHER))
    expect(outcome).toEqual({ sha256: digest('sha256', OTHER), size: OTHER.length })
    expect(bytes).toEqual(OTHER)
  })

  it('ends with the source: what is gone is no doubt about one file', async () => {
    const gone = new SourceFault('vanished', PATH, 'ENODEV')
    await expect(copied(item(), treeOf(gone))).rejects.toBe(gone)
    const locked = await copied(item(), treeOf(new SourceFault('permission', PATH, 'EACCES')))
    expect(locked).toMatchObject({ outcome: 'unreadable', left: [] })
  })
})
