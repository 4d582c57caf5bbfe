// Needs: tar, zip.
import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import {
  type BundleSource,
  decodeUtf8,
  establishBag,
  establishBundleFacts,
  listedAmong,
  makeFileTree,
  openArchive,
  ParseError,
  setLeftoversAside,
} from '@probatum/core'
import { nodeInflater, nodePorts, openDirectory, openFileAccess } from '@probatum/platform/node'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildArchive } from '../../../../test-vectors/archives/build.ts'
import { sampleBag } from '../../../../test-vectors/support/memory-tree.ts'
import { testPlace } from '../../../../tools/testing/place.ts'

const { place: root } = testPlace('containers')
const ports = nodePorts({ jobs: 1 })

// A name that needs more than ASCII, a leftover that a manifest lists, and one that none lists.
const bag = sampleBag({
  payload: { 'data/a b.txt': 'one\n', 'data/\u00e9.txt': 'two\n', 'data/Thumbs.db': new Uint8Array(0) },
  algorithms: ['sha256', 'sha512'],
})
const files = { ...bag, 'seal/1/sample.txt': 'unlisted\n' }

beforeAll(() => {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, 'bag', path)), { recursive: true })
    writeFileSync(join(root, 'bag', path), content)
  }
  execFileSync('zip', ['-q', '-r', '-X', 'deflated.zip', 'bag'], { cwd: root })
  execFileSync('zip', ['-q', '-r', '-0', 'stored.zip', 'bag'], { cwd: root })
  execFileSync('tar', ['-cf', 'bag.tar', 'bag'], { cwd: root })
  mkdirSync(join(root, 'other'))
  execFileSync('cp', ['-r', 'bag', 'other/renamed'], { cwd: root })
  writeFileSync(join(root, 'other', 'renamed', 'desktop.ini'), '[.ShellClassInfo]\r\n')
})

afterAll(async () => {
  await ports.close()
})

async function establish(source: BundleSource) {
  const found = await makeFileTree(source)
  const listed = await listedAmong(found.tree, found.leftoverCandidates)
  const { tree, leftovers } = setLeftoversAside(found, (path) => listed.has(path))
  const { facts, inventory, content } = await establishBag(tree, ports, { digests: 'all' })
  await source.close()
  return { said: { facts, inventory: decodeUtf8(inventory), content }, leftovers }
}

describe('the facts of a bag', () => {
  it('are the same from a folder, a stored and a deflated ZIP, a tar, and a folder with a leftover', async () => {
    const { said, leftovers } = await establish(await openDirectory(join(root, 'bag')))
    expect(said.facts.files).toBe(Object.keys(files).length)
    expect(said.facts.manifests.map(({ matched }) => matched)).toEqual([3, 3, 4, 4])
    expect(leftovers).toEqual([])
    for (const name of ['stored.zip', 'deflated.zip', 'bag.tar']) {
      const file = await openFileAccess(join(root, name))
      expect((await establish(await openArchive(file, nodeInflater))).said, name).toEqual(said)
      await file.close()
    }
    const renamed = await establish(await openDirectory(join(root, 'other', 'renamed')))
    expect(renamed.said).toEqual(said)
    expect(renamed.leftovers).toEqual(['desktop.ini'])
  })

  it('are the same, or refused for the same reason, whenever what stands before the data of a ZIP is looked at', async () => {
    const entries = Object.entries(files).map(([name, content]) => ({
      name: `bag/${name}`,
      content: { hex: Buffer.from(content).toString('hex') },
    }))
    const good = buildArchive({ zip: { entries } })
    const path = join(root, 'plain.zip')
    const outcome = async (postpones: boolean) => {
      const file = await openFileAccess(path)
      try {
        const source = await openArchive(file, nodeInflater, { postpones })
        expect(source.postponed !== undefined).toBe(postpones)
        const request = { digests: 'all', name: 'plain.zip', bytes: file.size } as const
        return (await establishBundleFacts(source, ports, request)).factsFile.facts
      } catch (error) {
        if (error instanceof ParseError) return { code: error.code, ...error.detail }
        throw error
      } finally {
        await file.close()
      }
    }
    const headers = [
      ...Buffer.from(good)
        .toString('latin1')
        .matchAll(/PK\x03\x04/g),
    ].map(({ index }) => index)
    expect(headers).toHaveLength(entries.length)
    writeFileSync(path, good)
    expect(await outcome(true)).toMatchObject({ kind: 'bag' })
    expect(await outcome(true)).toEqual(await outcome(false))
    // Of a file that is digested, and of one that is read whole: signature, flags, method, CRC-32, size, length of the name, the name.
    for (const name of ['bag/data/a b.txt', 'bag/bagit.txt']) {
      const header = headers[entries.findIndex((entry) => entry.name === name)] ?? 0
      for (const at of [0, 7, 8, 14, 22, 26, 33]) {
        writeFileSync(
          path,
          good.map((byte, place) => (place === header + at ? byte ^ 1 : byte)),
        )
        const now = await outcome(false)
        expect(now).toMatchObject({ code: 'ERR_ZIP_AMBIGUOUS' })
        expect(await outcome(true)).toEqual(now)
      }
    }
  })
})
