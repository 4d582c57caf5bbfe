import { checkBag, establishBag } from '@probatum/core'
import { describe, expect, it, vi } from 'vitest'
import { type MemoryFile, memoryPorts, memoryTree, sampleBag } from '../../../../test-vectors/support/memory-tree.ts'
import { instant, shippedPolicy } from '../../../../tools/testing/judgement.ts'
import { movedFiles } from './bag-moved.ts'

const FIRST = 'data/00/000001.txt'
const SECOND = 'data/00/000002.txt'
const good = sampleBag({ algorithms: ['sha256', 'sha512'] })

async function factsOf(files: Record<string, MemoryFile>) {
  const tree = memoryTree(files)
  return (await establishBag(tree, memoryPorts(tree), { digests: 'all' })).facts
}

function moved(from: string, to: string, files = good): Record<string, MemoryFile> {
  const { [from]: file, ...others } = files
  if (file === undefined) throw new Error(from)
  return { ...others, [to]: file }
}

function copied(from: string, to: string, files = good): Record<string, MemoryFile> {
  const file = files[from]
  if (file === undefined) throw new Error(from)
  return { ...files, [to]: file }
}

async function outcomes(files: Record<string, MemoryFile>, native = false) {
  const policy = shippedPolicy('fixity')
  const validationTime = instant('2026-06-01T00:00:00Z')
  const context = { policy, validationTime, part: false, native, leftovers: [], declaredSeal: new Set<string>() }
  const asked = ['payload.present', 'payload.listed', 'payload.oxum', 'tag.present', 'tag.listed']
  const findings = checkBag(await factsOf(files), context)
  return findings
    .filter(({ id, value }) => asked.includes(id) && value !== 'PASSED' && value !== 'NOT-CHECKED')
    .map(({ id, value, reason }) => `${id} ${value}:${reason}`)
}

describe('a file under another name', () => {
  it.each(['data/00/000001.TXT', 'data/00/000001 (1).txt', 'DATA/00/000001.txt', 'data/00/000001.txt.bin', 'lost.txt'])(
    'is told as the listed one by its bytes (%s)',
    async (name) => {
      const facts = await factsOf(moved(FIRST, name))
      expect(facts.missing.payload.first).toMatchObject([{ path: FIRST, code: 'renamed', elsewhere: name }])
      const { payload, tag } = facts.unlisted
      expect([...payload.first, ...tag.first]).toContainEqual({ path: name, code: 'renamed', of: FIRST })
    },
  )

  it('contradicts nothing, and passes nowhere', async () => {
    const found = await outcomes(moved(FIRST, 'data/00/000001.TXT'))
    expect(found).toEqual(['payload.present INDETERMINATE:renamed', 'payload.listed INDETERMINATE:renamed'])
  })

  it('outside data/ is not counted there, and no number contradicts that', async () => {
    const found = await outcomes(moved(FIRST, 'DATA/00/000001.txt'))
    expect(found.filter((line) => line.includes('FAILED'))).toEqual([])
    expect(found).toContain('payload.oxum INDETERMINATE:not-all-here')
  })

  it('is the listed one for one listed name only, also where two have the same bytes', async () => {
    const twins = sampleBag({ payload: { [FIRST]: 'same', [SECOND]: 'same' } })
    const { [FIRST]: _, ...one } = twins
    const facts = await factsOf(moved(SECOND, 'data/x.txt', one))
    expect(facts.missing.payload.by).toEqual({ renamed: 1, absent: 1 })
    expect(await outcomes(moved(SECOND, 'data/x.txt', one))).toContain('payload.present FAILED:missing')
  })

  it('is another file when a byte of it is another, or another manifest lists other bytes', async () => {
    const facts = await factsOf({ ...moved(FIRST, 'data/x.txt'), 'data/x.txt': 'other' })
    expect(facts.missing.payload.by).toEqual({ absent: 1 })
    expect(facts.unlisted.payload.by).toEqual({ nowhere: 1 })
    const manifest = 'manifest-sha512.txt'
    const text = String(good[manifest])
    const line = text.split('\n').find((each) => each.endsWith(FIRST)) ?? ''
    const altered = text.replace(line, `${line.startsWith('0') ? '1' : '0'}${line.slice(1)}`)
    const contradicted = await factsOf({ ...moved(FIRST, 'data/x.txt'), [manifest]: altered })
    expect(contradicted.missing.payload.by).toEqual({ absent: 1 })
  })

  it('is not what exchanged names are: both names have other bytes', async () => {
    const files = { ...good, [FIRST]: good[SECOND] as MemoryFile, [SECOND]: good[FIRST] as MemoryFile }
    const facts = await factsOf(files)
    expect(facts.missing.payload.count).toBe(0)
    expect(facts.manifests.find(({ kind }) => kind === 'payload')?.unmatched.by).toEqual({ mismatch: 2 })
  })
})

describe('a second copy of a file', () => {
  it('is told with the file that it is a copy of, and contradicts nothing', async () => {
    const files = copied(FIRST, 'data/00/000001 (1).txt')
    expect((await factsOf(files)).unlisted.payload.first).toEqual([
      { path: 'data/00/000001 (1).txt', code: 'copy', of: FIRST },
    ])
    expect(await outcomes(files)).toEqual(['payload.oxum INDETERMINATE:copies', 'payload.listed INDETERMINATE:copy'])
  })

  it('of a whole bag inside itself is one of each of its files', async () => {
    let files = good
    for (const path of Object.keys(good)) files = copied(path, `copy/${path}`, files) as typeof good
    const found = await outcomes(files, true)
    expect(found).toEqual(['tag.listed INDETERMINATE:copy'])
  })

  it('does not cover what else was added', async () => {
    const found = await outcomes({ ...copied(FIRST, 'data/00/000001 (1).txt'), 'data/00/x.txt': 'added' })
    expect(found).toContain('payload.listed FAILED:unlisted')
    expect(found).toContain('payload.oxum FAILED:mismatch')
  })

  it('is not made of nothing: an empty file is one only under the same name', async () => {
    const empty = sampleBag({ payload: { [FIRST]: '', [SECOND]: 'x' } })
    expect((await factsOf(copied(FIRST, 'data/RETRACTED.txt', empty))).unlisted.payload.by).toEqual({ nowhere: 1 })
    expect((await factsOf(copied(FIRST, 'data/b/000001.txt', empty))).unlisted.payload.by).toEqual({ copy: 1 })
  })
})

describe('as many files of the same bytes as a bag may have', () => {
  const MANY = 500
  const name = (at: number) => `data/${String(at).padStart(5, '0')}`

  /** And how often a path or file was looked up, which is what the work grows with. */
  async function looked(listed: readonly string[], present: readonly string[]) {
    const { entries } = memoryTree(Object.fromEntries(present.map((path) => [path, 'x'])))
    const digest = new Uint8Array(32)
    const missing = new Map(listed.filter((path) => !present.includes(path)).map((path) => [path, { digest }]))
    const listings = [{ name: { algorithm: 'sha256' }, missing }]
    const unlisted = entries.flatMap(({ path }, at) => (listed.includes(path) ? [] : [at]))
    const bag = { tree: { entries }, listings, found: { at: () => digest } }
    const has = vi.spyOn(Map.prototype, 'has')
    try {
      const moved = movedFiles(bag as unknown as Parameters<typeof movedFiles>[0], unlisted, [...missing.keys()])
      return { ...moved, count: has.mock.calls.length }
    } finally {
      has.mockRestore()
    }
  }

  it('costs a look or some for each, where all were renamed', async () => {
    const listed = Array.from({ length: MANY }, (_, at) => name(at))
    const { count, elsewhere } = await looked(
      listed,
      listed.map((path) => `${path} (1)`),
    )
    expect([elsewhere.size, elsewhere.get(name(7))]).toEqual([MANY, `${name(7)} (1)`])
    expect(count).toBeLessThan(10 * MANY)
  })

  it('and where all were copied', async () => {
    const listed = Array.from({ length: MANY }, (_, at) => name(at))
    const { count, of } = await looked(listed, [...listed, ...listed.map((path) => `${path} (1)`)])
    expect([of.size, [...of.values()][7]]).toEqual([MANY, { code: 'copy', path: name(0) }])
    expect(count).toBeLessThan(10 * MANY)
  })
})
