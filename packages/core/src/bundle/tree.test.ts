import { describe, expect, it } from 'vitest'
import { memoryContainer, wholeInflater } from '../../../../test-vectors/archives/adapters.ts'
import { buildArchive } from '../../../../test-vectors/archives/build.ts'
import type { Bytes } from '../../../../test-vectors/archives/recipe.ts'
import { LIMITS } from '../model/limits.ts'
import { SourceFault } from '../model/ports.ts'
import { decodeUtf8, encodeUtf8 } from '../model/utf8.ts'
import type { BundleSource } from './source.ts'
import { makeFileTree, setLeftoversAside } from './tree.ts'
import { openZip } from './zip.ts'

const DS_STORE: Bytes = { hex: '00000001 42756431 00001000' }
const APPLE_DOUBLE: Bytes = { hex: `0005160700020000${'00'.repeat(16)}0001000000090000002600000002aabb` }

function zipOf(files: Readonly<Record<string, Bytes>>): Promise<BundleSource> {
  const entries = Object.entries(files).map(([name, content]) => ({ name, content, method: 8 }))
  return openZip(memoryContainer(buildArchive({ zip: { entries } })), wholeInflater)
}

async function foundIn(files: Readonly<Record<string, Bytes>>, kind: BundleSource['kind'] = 'zip') {
  const { entries, irregular, oddities, ...source } = await zipOf(files)
  const open = source.open.bind(source)
  const found = await makeFileTree({ ...source, entries, irregular, oddities, open, kind })
  return { ...found, paths: found.tree.entries.map((entry) => entry.path) }
}

describe('makeFileTree', () => {
  it('finds the bundle at the root, in a folder and in a folder of a folder', async () => {
    for (const [prefix, topFolder] of [
      ['', null],
      ['b/', 'b'],
      ['out/b/', 'out/b'],
    ] as const) {
      const found = await foundIn({ [`${prefix}data/a`]: 'x', [`${prefix}bagit.txt`]: 'd' })
      expect(found.topFolder).toBe(topFolder)
      expect(found.paths).toEqual(['bagit.txt', 'data/a'])
    }
  })

  it('says when the top folder is missing or doubled, as an oddity', async () => {
    expect((await foundIn({ 'bagit.txt': 'd' })).oddities).toContainEqual({ id: 'zip.top-folder-missing' })
    const doubled = await foundIn({ 'b/b/bagit.txt': 'd' })
    expect(doubled.oddities).toContainEqual({ id: 'zip.top-folder-doubled', value: 'b/b' })
    const one = await foundIn({ 'b/bagit.txt': 'd' })
    expect(one.oddities.filter((oddity) => oddity.id.includes('top-folder'))).toEqual([])
  })

  it('takes the outermost bag: one in its payload is evidence', async () => {
    const found = await foundIn({ 'bagit.txt': 'd', 'data/bagit.txt': 'inner', 'data/manifest-md5.txt': 'inner' })
    expect(found.topFolder).toBeNull()
    expect(found.paths).toEqual(['bagit.txt', 'data/bagit.txt', 'data/manifest-md5.txt'])
  })

  it('does not take a bag in the payload for the bundle when the declaration of the outer one is lost', async () => {
    const found = await foundIn({ 'b/manifest-sha256.txt': 'm', 'b/data/bagit.txt': 'inner' })
    expect(found.topFolder).toBe('b')
    expect(found.paths).toEqual(['data/bagit.txt', 'manifest-sha256.txt'])
  })

  it('refuses to choose between two bags, and what holds none', async () => {
    await expect(foundIn({ 'a/bagit.txt': 'd', 'b/bagit.txt': 'd' })).rejects.toMatchObject({
      code: 'ERR_SEVERAL_BUNDLES',
      detail: { found: '2: a, b' },
    })
    await expect(foundIn({ 'a/notes.txt': 'd' })).rejects.toMatchObject({
      code: 'ERR_NOT_A_BUNDLE',
      detail: { found: 'no-bag' },
    })
    await expect(foundIn({})).rejects.toMatchObject({ code: 'ERR_NOT_A_BUNDLE', detail: { found: 'no-files' } })
    await expect(foundIn({ 'a/b/c/bagit.txt': 'd' })).rejects.toMatchObject({ code: 'ERR_NOT_A_BUNDLE' })
  })

  it('says that the name of the folder is in another encoding, and does not guess which', async () => {
    const raw = Uint8Array.from('M\u0081ller/bagit.txt', (letter) => letter.charCodeAt(0))
    const entries = [{ path: 'M\\x81ller/bagit.txt', rawPath: raw, size: 1, extent: { start: 0, length: 1 } }]
    await expect(makeFileTree({ ...(await zipOf({})), entries } as unknown as BundleSource)).rejects.toMatchObject({
      code: 'ERR_NOT_A_BUNDLE',
      detail: { found: 'folder-name-encoding' },
    })
  })

  it('says that a folder could not be looked into, and not that nothing is in it', async () => {
    const source = { ...(await zipOf({})), irregular: [{ path: 'data', what: 'unreadable-folder' as const }] }
    await expect(makeFileTree(source)).rejects.toMatchObject({
      code: 'ERR_NOT_A_BUNDLE',
      detail: { found: 'unreadable-folder' },
    })
  })

  it('lists what lies outside the top folder, and apart from it what macOS left there', async () => {
    const found = await foundIn({
      'b/bagit.txt': 'd',
      'letter.txt': 'x',
      '__MACOSX/b/._bagit.txt': APPLE_DOUBLE,
      '__MACOSX/b/._fake': 'a statement',
    })
    expect(found.outside).toEqual(['__MACOSX/b/._fake', 'letter.txt'])
    expect(found.outsideLeftovers).toEqual(['__MACOSX/b/._bagit.txt'])
    expect(found.paths).toEqual(['bagit.txt'])
  })

  it('refuses an archive with a folder that other systems unpack into the bundle’s own', async () => {
    const bundle = { 'caf\u00e9 1/bagit.txt': 'd', 'caf\u00e9 1/data/00/000001.txt': 'x' }
    for (const beside of ['CAF\u00c9 1', 'cafe\u0301 1', 'caf\u00e9 1.', 'caf\u00e9 1 ', 'Caf\u00e9 1']) {
      const files = { ...bundle, [`${beside}/data/00/000001.txt`]: 'other evidence' }
      await expect(foundIn(files, 'zip'), beside).rejects.toMatchObject({ code: 'ERR_PATH_DUPLICATE' })
      await expect(foundIn(files, 'tar'), beside).rejects.toMatchObject({ code: 'ERR_PATH_DUPLICATE' })
      // On a disk that holds both nothing is unpacked over anything.
      expect((await foundIn(files, 'directory')).outside).toHaveLength(1)
    }
    expect((await foundIn({ ...bundle, 'caf\u00e9 11/data/00/000001.txt': 'x' }, 'zip')).outside).toHaveLength(1)
  })

  it('orders paths as their bytes are ordered', async () => {
    const found = await foundIn({ 'bagit.txt': 'd', '\u{1f600}': 'x', '\uffee': 'x', a: 'x', B: 'x' })
    expect(found.paths).toEqual(['B', 'a', 'bagit.txt', '\uffee', '\u{1f600}'])
  })
})

describe('setLeftoversAside', () => {
  const files = {
    'b/bagit.txt': 'd',
    'b/.DS_Store': DS_STORE,
    'b/data/.DS_Store': DS_STORE,
    'b/data/._a': 'a statement',
  }

  it('takes leftovers out of the tree, and keeps a file that a manifest lists', async () => {
    const found = await foundIn(files)
    expect(found.leftoverCandidates).toEqual(['.DS_Store', 'data/.DS_Store'])
    const { tree, leftovers } = setLeftoversAside(found, (path) => path === 'data/.DS_Store')
    // By the container's path: another may lie beside the top folder.
    expect(leftovers).toEqual(['b/.DS_Store'])
    expect(tree.entries.map((entry) => entry.path)).toEqual(['bagit.txt', 'data/._a', 'data/.DS_Store'].sort())
    expect(tree.byPath.has('.DS_Store')).toBe(false)
  })

  it('keeps what was read', async () => {
    const found = await foundIn(files)
    const before = await found.tree.read('bagit.txt', 10)
    const { tree } = setLeftoversAside(found, () => false)
    expect(await tree.read('bagit.txt', 10)).toBe(before)
  })
})

describe('FileTree', () => {
  it('gives the same bytes twice, so that what is digested is what is parsed', async () => {
    const { tree } = await foundIn({ 'bagit.txt': 'declaration' })
    const [first, second] = await Promise.all([tree.read('bagit.txt', 20), tree.read('bagit.txt', 20)])
    expect(first).toBe(second)
    expect(decodeUtf8(first)).toBe('declaration')
  })

  it('reads nothing beyond the limit that it is given, even once it was read', async () => {
    const { tree } = await foundIn({ 'bagit.txt': 'declaration' })
    await tree.read('bagit.txt', LIMITS.bagDeclarationBytes)
    await expect(tree.read('bagit.txt', 10)).rejects.toMatchObject({ code: 'ERR_LIMIT' })
  })

  it('reads no more into memory than one bundle may fill, however many files it has', async () => {
    const zip = await zipOf({ 'bagit.txt': 'd', 'seal/1/a': 'd' })
    const entries = zip.entries.map((entry) => (entry.path === 'bagit.txt' ? entry : { ...entry, size: 2 ** 32 }))
    const { tree } = await makeFileTree({ ...zip, entries })
    await tree.read('bagit.txt', 10)
    await expect(tree.read('seal/1/a', 2 ** 33)).rejects.toMatchObject({ code: 'ERR_LIMIT' })
  })

  it('takes a file that does not exist for a mistake of the caller', async () => {
    const { tree } = await foundIn({ 'bagit.txt': 'd' })
    await expect(tree.read('other', 10)).rejects.toThrow(RangeError)
  })

  it('says that a file changed when it holds more or less than it was listed with', async () => {
    for (const content of ['longer than it was', 'no']) {
      const source: BundleSource = {
        ...(await zipOf({ 'bagit.txt': 'listed' })),
        async *open() {
          yield encodeUtf8(content)
        },
      }
      const { tree } = await makeFileTree(source)
      const reading = tree.read('bagit.txt', 100)
      await expect(reading).rejects.toThrow(SourceFault)
      await expect(reading).rejects.toMatchObject({ reason: 'changed' })
    }
  })

  it('leaves in the tree what cannot be looked at, and lets a source that vanished end everything', async () => {
    const zip = await zipOf({ 'bagit.txt': 'd', '.DS_Store': DS_STORE })
    const failing = (reason: 'permission' | 'vanished'): BundleSource => ({
      ...zip,
      // biome-ignore lint/correctness/useYield: it fails before its first piece
      async *open(entry) {
        throw new SourceFault(reason, entry.path, 'TEST')
      },
    })
    expect((await makeFileTree(failing('permission'))).leftoverCandidates).toEqual([])
    await expect(makeFileTree(failing('vanished'))).rejects.toMatchObject({ reason: 'vanished' })
  })
})
