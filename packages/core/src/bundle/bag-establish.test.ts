// Needs: sh.
import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { decodeUtf8, establishBag, ParseError, SourceFault } from '@probatum/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  hex,
  type MemoryFile,
  memoryPorts,
  memoryTree,
  sampleBag,
} from '../../../../test-vectors/support/memory-tree.ts'
import { testPlace } from '../../../../tools/testing/place.ts'

const { place: folder } = testPlace('content')

function establish(files: Record<string, MemoryFile>, digests: 'all' | readonly ['sha256'] = 'all') {
  const tree = memoryTree(files)
  return establishBag(tree, memoryPorts(tree), { digests })
}

const good = sampleBag({ algorithms: ['sha256', 'sha512'] })
const FIRST = 'data/00/000001.txt'
const SECOND = 'data/00/000002.txt'

describe('establishBag', () => {
  it('gives facts that do not depend on the order in which digests arrive', async () => {
    const tree = memoryTree(good)
    const ports = memoryPorts(tree)
    const forward = {
      ...ports,
      digester: {
        digest: async function* (...given: Parameters<typeof ports.digester.digest>) {
          const outcomes = []
          for await (const some of ports.digester.digest(...given)) outcomes.unshift(...some)
          yield outcomes
        },
      },
    }
    const one = await establishBag(tree, ports, { digests: 'all' })
    const other = await establishBag(tree, forward, { digests: 'all' })
    expect(other.facts).toEqual(one.facts)
    expect(other.inventory).toEqual(one.inventory)
  })

  it('writes one inventory line for each file and each absent listed file, in byte order, as RFC 8785 wants', async () => {
    const { inventory, inventoryLines } = await establish({
      ...sampleBag(),
      [SECOND]: 'x',
      'data/00/000000.txt': 'added',
    })
    const lines = (decodeUtf8(inventory) ?? '').split('\n')
    expect(lines.pop()).toBe('')
    expect(lines).toHaveLength(inventoryLines)
    const parsed = lines.map((line) => JSON.parse(line))
    expect(parsed.map(({ path, role }) => [path, role])).toEqual([
      ['bag-info.txt', 'tag'],
      ['bagit.txt', 'tag'],
      ['data/00/000000.txt', 'payload'],
      [FIRST, 'payload'],
      [SECOND, 'payload'],
      ['manifest-sha256.txt', 'manifest'],
      ['tagmanifest-sha256.txt', 'tag-manifest'],
    ])
    expect(lines[4]).toBe(
      `{"digests":{"sha256":"${hex('sha256', 'x')}"},"manifests":{"manifest-sha256.txt":"mismatch"},"path":"${SECOND}","role":"payload","size":1}`,
    )
    expect(parsed[2].manifests).toEqual({ 'manifest-sha256.txt': 'unlisted' })
    const { [FIRST]: _, ...lacking } = sampleBag()
    const absent = decodeUtf8((await establish(lacking)).inventory) ?? ''
    expect(absent).toContain(
      `{"digests":{},"manifests":{"manifest-sha256.txt":"missing"},"path":"${FIRST}","role":"payload","size":null}\n`,
    )
  })

  it('sums up for each file what its line of the inventory says of it, whichever manifests list which files', async () => {
    const algorithms = ['md5', 'sha256', 'sha512'] as const
    // Mostly all alike, as nearly every bag is.
    const kind = fc.oneof(
      { weight: 8, arbitrary: fc.constant('listed') },
      fc.constantFrom('listed', 'other', 'unlisted'),
    )
    const manifest = fc.array(kind, { minLength: 12, maxLength: 12 })
    await fc.assert(
      fc.asyncProperty(fc.array(manifest, { minLength: 1, maxLength: 3 }), async (manifests) => {
        const paths = Array.from({ length: 12 }, (_, at) => `data/${String(at).padStart(2, '0')}`)
        const files: Record<string, string> = { 'bagit.txt': good['bagit.txt'] as string }
        for (const path of paths) files[path] = `of ${path}`
        for (const [at, kinds] of manifests.entries()) {
          const algorithm = algorithms[at] ?? 'sha256'
          const lines = paths.flatMap((path, file) => {
            if (kinds[file] === 'unlisted') return []
            return [`${hex(algorithm, kinds[file] === 'listed' ? `of ${path}` : 'other')}  ${path}\n`]
          })
          files[`manifest-${algorithm}.txt`] = lines.join('')
        }
        const { facts, inventory } = await establish(files)
        const lines = (decodeUtf8(inventory) ?? '')
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line))
        const payload = lines.filter(({ role }) => role === 'payload')
        const groups = new Map<string, string[]>()
        const unlisted: string[] = []
        for (const { path, manifests: said } of payload) {
          const states = algorithms.slice(0, manifests.length).map((algorithm) => said[`manifest-${algorithm}.txt`])
          const key = states.map((state) => (state === 'unlisted' ? '0' : '1')).join('')
          groups.set(key, [...(groups.get(key) ?? []), path])
          if (key.includes('0')) unlisted.push(path)
        }
        const covered = [...groups].sort(([a], [b]) => (a < b ? -1 : 1))
        expect(
          facts.coverage.map(({ algorithms: of, files: { count, first } }) => [
            of,
            count,
            first.map(({ path }) => path),
          ]),
        ).toEqual(covered.map(([key, of]) => [algorithms.filter((_, at) => key[at] === '1'), of.length, of]))
        expect(facts.unlisted.payload.first.map(({ path }) => path)).toEqual(unlisted)
        expect(facts.unlisted.payload.count).toBe(unlisted.length)
      }),
      { numRuns: 60 },
    )
  })

  it('gives the content digest that stock tools give', async () => {
    const files = { ...good, 'seal/1/sample.txt': 'sample', 'data/B': '1', 'data/a b': '2', 'data/\u00e9': '3' }
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), content)
    }
    const command = "find . -type f -printf '%P\\0' | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum"
    const stock = execFileSync('sh', ['-c', command], { cwd: folder }).toString().slice(0, 64)
    const { content } = await establish(files)
    expect(content.sha256).toBe(stock)
    expect(content.files).toBe(Object.keys(files).length)
  })

  it('encodes line ends and percent signs of names in the content digest, so that no name can pose as two lines', async () => {
    const { content } = await establish({ 'a%\n': 'x' })
    expect(content.sha256).toBe(hex('sha256', `${hex('sha256', 'x')}  a%25%0A\n`))
  })

  it('writes dashes for a file that cannot be read, and goes on', async () => {
    const { content, facts, readFailures, fileDigest } = await establish({
      a: { fault: 'permission', size: 4 },
      b: 'x',
    })
    expect(content.sha256).toBe(hex('sha256', `${'-'.repeat(64)}  a\n${hex('sha256', 'x')}  b\n`))
    expect(readFailures).toEqual([{ path: 'a', reason: 'permission', systemCode: 'EINVENTED' }])
    expect(JSON.stringify(facts)).not.toContain('EINVENTED')
    expect(fileDigest('a')).toEqual({ sha256: null, size: 4 })
    expect(fileDigest('b')).toEqual({ sha256: hex('sha256', 'x'), size: 1 })
    expect(fileDigest('c')).toBeUndefined()
  })

  it.each(['bagit.txt', 'manifest-sha256.txt', FIRST])(
    'does not finish when the source vanishes while %s is read',
    async (path) => {
      await expect(establish({ ...good, [path]: { fault: 'vanished', size: 5 } })).rejects.toBeInstanceOf(SourceFault)
    },
  )

  it('takes a file that is not as long as it was listed for one that cannot be read', async () => {
    const tree = memoryTree(good)
    const ports = memoryPorts(tree)
    const growing = {
      ...ports,
      digester: {
        digest: async function* (...given: Parameters<typeof ports.digester.digest>) {
          for await (const some of ports.digester.digest(...given)) {
            yield some.map((one) => (one.path === FIRST ? { ...one, size: one.size + 1 } : one))
          }
        },
      },
    }
    const { facts } = await establishBag(tree, growing, { digests: 'all' })
    expect(facts.unreadable.first).toEqual([{ path: FIRST, code: 'changed' }])
  })

  it('counts a file once that is read whole and digested, and can be neither', async () => {
    const { facts } = await establish({ ...good, 'bag-info.txt': { fault: 'bad-sector', size: 21 } })
    expect(facts.unreadable).toEqual({
      count: 1,
      by: { 'bad-sector': 1 },
      first: [{ path: 'bag-info.txt', code: 'bad-sector' }],
    })
  })

  it('says what the container contradicts', async () => {
    const tree = memoryTree(good)
    const ports = memoryPorts(tree)
    const contradiction = { code: 'crc', expected: '00000000', found: 'ffffffff' } as const
    const damaged = {
      ...ports,
      digester: {
        digest: async function* (...given: Parameters<typeof ports.digester.digest>) {
          for await (const some of ports.digester.digest(...given)) {
            yield some.map((one) => (one.path === FIRST ? { ...one, contradiction } : one))
          }
        },
      },
    }
    const { facts } = await establishBag(tree, damaged, { digests: 'all' })
    expect(facts.contradictions.first).toEqual([{ path: FIRST, ...contradiction }])
  })

  it('counts what the container contradicts under seal/ apart', async () => {
    const path = 'seal/1/added.p7s'
    const tree = memoryTree({ ...good, [path]: 'added' })
    const detail = { where: path, expected: '00000000', found: 'ffffffff' }
    const read: typeof tree.read = (name, limit) =>
      name === path ? Promise.reject(new ParseError('ERR_ZIP_CONTENT', detail)) : tree.read(name, limit)
    const { facts } = await establishBag({ ...tree, read }, memoryPorts(tree), { digests: 'all' })
    expect(facts.contradictions).toEqual({
      count: 1,
      by: { 'seal:deflate': 1 },
      first: [{ path, code: 'deflate', expected: '00000000', found: 'ffffffff' }],
    })
  })

  it('does not take a file whose name is not text for the one that has its visible form as name', async () => {
    const files = { ...sampleBag(), [FIRST]: 'changed' }
    const tree = memoryTree(files)
    const [twin] = memoryTree({ [FIRST]: 'first sample\n' }).entries
    if (twin === undefined) throw new Error('no entry')
    const raw = { ...twin, rawPath: Uint8Array.of(0xff) }
    const entries = [...tree.entries, raw].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0))
    const digester = {
      digest: async function* (jobs: Parameters<typeof tree.digester.digest>[0]) {
        for (const { path, algorithms } of jobs) {
          const content = path.includes('\0') ? 'first sample\n' : String(files[path as keyof typeof files])
          const digests = Object.fromEntries(algorithms.map((name) => [name, hex(name, content)]))
          yield [{ path, size: Buffer.byteLength(content), digests }]
        }
      },
    }
    const { facts } = await establishBag({ ...tree, entries }, { ...memoryPorts(tree), digester }, { digests: 'all' })
    expect(facts.manifests[0]?.unmatched.first).toMatchObject([{ path: FIRST, code: 'mismatch' }])
    expect(facts.unlisted.payload.first).toEqual([{ path: FIRST, code: 'nowhere' }])
    expect(facts.unsafe.by).toEqual({ 'not-utf-8': 1 })
  })

  it('refuses a tree with two files of one name', async () => {
    const tree = memoryTree(good)
    const twice = { ...tree, entries: tree.entries.flatMap((entry) => [entry, entry]) }
    await expect(establishBag(twice, memoryPorts(tree), { digests: 'all' })).rejects.toBeInstanceOf(TypeError)
  })

  it('fails loudly when a digester leaves a file out', async () => {
    const tree = memoryTree(good)
    const ports = memoryPorts(tree)
    const lazy = { ...ports, digester: { digest: async function* () {} } }
    await expect(establishBag(tree, lazy, { digests: 'all' })).rejects.toBeInstanceOf(TypeError)
  })

  it('ends with an AbortError when the signal is aborted', async () => {
    const tree = memoryTree(good)
    const run = establishBag(tree, memoryPorts(tree), { digests: 'all', signal: { aborted: true } })
    await expect(run).rejects.toHaveProperty('name', 'AbortError')
  })

  it('digests payload only as asked, SHA-256 for the content always, and tag files under every algorithm', async () => {
    const asked = new Map<string, readonly string[]>()
    const tree = memoryTree({ ...good, 'notes.txt': 'unlisted' })
    const ports = memoryPorts(tree)
    const watched = {
      ...ports,
      digester: {
        digest: (...[jobs, options]: Parameters<typeof ports.digester.digest>) => {
          for (const { path, algorithms } of jobs) asked.set(path, algorithms)
          return ports.digester.digest(jobs, options)
        },
      },
    }
    await establishBag(tree, watched, { digests: ['sha512'] })
    expect(asked.get(FIRST)).toEqual(['sha256', 'sha512'])
    await establishBag(tree, watched, { digests: ['sha256'] })
    expect(asked.get(FIRST)).toEqual(['sha256'])
    expect(asked.get('notes.txt')).toEqual(['sha256', 'sha512'])
  })

  it('parses the very bytes that it digests, even when the source would give others the second time', async () => {
    const tree = memoryTree(good)
    let reads = 0
    const shifty = {
      ...tree,
      read: async (path: string, limit: number) => {
        if (path === 'manifest-sha256.txt') reads++
        return tree.read(path, limit)
      },
    }
    const { facts } = await establishBag(shifty, memoryPorts(tree), { digests: 'all' })
    // Each time by way of the tree, which keeps what it read; never by the digester.
    expect(reads).toBeGreaterThan(0)
    expect(facts.manifests.map(({ matched }) => matched)).toEqual([2, 2, 4, 4])
  })
})

describe('a mismatch', () => {
  const diagnosed = async (content: string, changed: string | Uint8Array, more: Record<string, string> = {}) => {
    const bag = sampleBag({ payload: { 'data/a.txt': content, ...more }, info: null })
    const { facts } = await establish({ ...bag, 'data/a.txt': changed })
    return facts.manifests[0]?.unmatched.first[0]?.diagnosis
  }

  it('is told to be line ends when only they differ', async () => {
    expect(await diagnosed('one\ntwo\n', 'one\r\ntwo\r\n')).toEqual({ id: 'line-ends', at: null, path: null })
    expect(await diagnosed('one\r\ntwo\r\n', 'one\ntwo\n')).toEqual({ id: 'line-ends', at: null, path: null })
    expect(await diagnosed('one\ntwo\n', '\ufeffone\r\ntwo\r\n')).toEqual({ id: 'line-ends', at: null, path: null })
    expect(await diagnosed('one\ntwo\n', 'one\r\nTwo\r\n')).toBeNull()
  })

  it('is told to be a byte order mark when only that differs', async () => {
    expect(await diagnosed('one\n', '\ufeffone\n')).toEqual({ id: 'byte-order-mark', at: 0, path: null })
    expect(await diagnosed('\ufeffone\n', 'one\n')).toEqual({ id: 'byte-order-mark', at: 0, path: null })
  })

  it('is told to be zeros from a place to the end', async () => {
    const half = new Uint8Array(2000).fill(7, 0, 900)
    expect(await diagnosed('7'.repeat(2000), half)).toEqual({ id: 'zeros', at: 900, path: null })
    expect(await diagnosed('7'.repeat(2000), new Uint8Array(2000))).toEqual({ id: 'zeros', at: 0, path: null })
    expect(await diagnosed('7'.repeat(2000), new Uint8Array(2000).fill(7, 0, 1900))).toBeNull()
  })

  it('is told to be the bytes of another item', async () => {
    expect(await diagnosed('one', 'two', { 'data/b.txt': 'two' })).toEqual({
      id: 'other-item',
      at: null,
      path: 'data/b.txt',
    })
  })

  it('is told to be cut off where nothing is left', async () => {
    expect(await diagnosed('one', '')).toEqual({ id: 'truncated', at: 0, path: null })
  })

  it('is told to be cut off where Payload-Oxum leaves no doubt about the size', async () => {
    const bag = sampleBag({ payload: { 'data/a': 'one two', 'data/b': 'three' } })
    const { facts } = await establish({ ...bag, 'data/a': 'one' })
    expect(facts.manifests[0]?.unmatched.first).toMatchObject([
      { path: 'data/a', diagnosis: { id: 'truncated', at: 3 } },
    ])
    const both = await establish({ ...bag, 'data/a': 'one', 'data/b': 'th' })
    expect(both.facts.manifests[0]?.unmatched.first.map(({ diagnosis }) => diagnosis)).toEqual([null, null])
  })
})

describe('listedAmong', () => {
  it('finds the leftovers that a manifest lists', async () => {
    const { listedAmong } = await import('@probatum/core')
    const tree = memoryTree(sampleBag({ payload: { 'data/Thumbs.db': 'listed' } }))
    expect([...(await listedAmong(tree, ['data/Thumbs.db', 'Thumbs.db']))]).toEqual(['data/Thumbs.db'])
  })

  it('finds one that is here under another spelling of its listed name, and not beside the listed one', async () => {
    const { listedAmong } = await import('@probatum/core')
    const [composed, decomposed] = ['data/._caf\u00e9', 'data/._cafe\u0301']
    const { [composed]: bytes = '', ...others } = sampleBag({ payload: { [composed]: 'listed' } })
    const renamed = memoryTree({ ...others, [decomposed]: bytes })
    expect([...(await listedAmong(renamed, [decomposed]))]).toEqual([decomposed])
    const beside = memoryTree({ ...others, [composed]: bytes, [decomposed]: 'left behind' })
    expect([...(await listedAmong(beside, [decomposed]))]).toEqual([])
  })
})
