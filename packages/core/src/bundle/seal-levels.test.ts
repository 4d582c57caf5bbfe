import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { LIMITS } from '../model/limits.ts'
import { encodeUtf8 } from '../model/utf8.ts'
import type { FileTree } from './file-tree.ts'
import type { SumsFacts } from './level-facts.ts'
import { compareSums, laterLevels } from './seal-levels.ts'
import type { SourceEntry } from './source.ts'
import { listedBySums } from './sums-listing.ts'

const FILES: Readonly<Record<string, string>> = {
  'bagit.txt': 'a bag\n',
  'data/00/000001.txt': 'INVENTED SAMPLE\n',
  'seal/1/tagmanifest-sha256.txt.p7s': 'a seal',
  'seal/1/validation/a.crl': 'a list',
  'seal/2/example-tsa.tsr': 'a token',
  'seal/2/sums-sha512.txt': 'the list itself',
  'tagmanifest-sha256.txt': 'lines\n',
}
const PATHS = Object.keys(FILES)
const sha512 = (content: string) => createHash('sha512').update(content).digest()

function treeOf(chunks: (path: string) => readonly Uint8Array[] = (path) => [encodeUtf8(FILES[path] ?? '')]): FileTree {
  const entries = PATHS.map((path) => ({ path, size: (FILES[path] ?? '').length }) as SourceEntry)
  return {
    entries,
    byPath: new Map(entries.map((entry) => [entry.path, entry])),
    irregular: [],
    read: () => Promise.reject(new TypeError('not read here')),
    async *open(path) {
      yield* chunks(path)
    },
  }
}

const bag = (digests: 'all' | readonly 'sha256'[] = 'all') => ({
  digestAt: (_: string, file: number) => {
    const path = PATHS[file] ?? ''
    if (digests !== 'all' && path.startsWith('data/')) return undefined
    return sha512(FILES[path] ?? '').toString('hex')
  },
  placeOf: (path: string) => (PATHS.includes(path) ? PATHS.indexOf(path) : undefined),
  digests,
})
const LEVEL = { level: 2, sumsPath: 'seal/2/sums-sha512.txt', misplaced: [], tokens: [] }
const compare = (list: string, digests: 'all' | readonly 'sha256'[] = 'all'): SumsFacts =>
  compareSums(LEVEL, encodeUtf8(list), 'read', treeOf(), bag(digests))

const line = (path: string, content = FILES[path] ?? '') => `${sha512(content).toString('hex')}  ${path}\n`
const WHOLE = PATHS.filter((path) => !path.startsWith('seal/2/'))
const GOOD = WHOLE.map((path) => line(path)).join('')

describe('the list of a level', () => {
  test('that names every file covers them, those under seal/ by name', () => {
    const facts = compare(GOOD)
    expect(facts).toMatchObject({ state: 'read', lines: 5, problems: {}, matched: 5, notCompared: 0 })
    expect(facts.covers).toEqual(['seal/1/tagmanifest-sha256.txt.p7s', 'seal/1/validation/a.crl'])
    expect([facts.unmatched.count, facts.unlisted.count]).toEqual([0, 0])
  })

  test.each([
    ['capitals', GOOD.replace(/^[0-9a-f]{128}/, (digits) => digits.toUpperCase())],
    ['one space', GOOD.replace('  ', ' ')],
    ['a mark for binary', GOOD.replace('  ', ' *')],
    ['no last line end', GOOD.slice(0, -1)],
    ['carriage returns', GOOD.replaceAll('\n', '\r\n')],
    ['a mark of byte order', `\ufeff${GOOD}`],
    [
      'another order',
      [...WHOLE]
        .reverse()
        .map((path) => line(path))
        .join(''),
    ],
    ['a line twice', `${line('bagit.txt')}${GOOD}`],
    ['an empty line', `\n${GOOD}`],
    ['a comment', `# SHA-512\n${GOOD}`],
    ['a shorter digest', GOOD.replace(/^[0-9a-f]{2}/, '')],
    ['a dot before the path', GOOD.replace('  bagit', '  ./bagit')],
    ['percent signs', `${GOOD}${line('x%25')}`],
  ])('with %s is not in form', (_, list) => {
    expect(Object.keys(compare(list).problems)).not.toEqual([])
  })

  test('that names other bytes, an absent file or a file of its own level says so of each', () => {
    const { unmatched } = compare(
      [
        line('bagit.txt', 'another bag\n'),
        line('record/bundle.json'),
        line('seal/2/example-tsa.tsr'),
        line('seal/3/sums-sha512.txt'),
      ].join(''),
    )
    expect(unmatched.first.map(({ path, code }) => `${path} ${code}`)).toEqual([
      'bagit.txt mismatch',
      'record/bundle.json missing',
      'seal/2/example-tsa.tsr own-level',
      'seal/3/sums-sha512.txt own-level',
    ])
  })

  test('that names more files than are told has them counted, and the first by path told, in whatever order they stand', () => {
    const names = Array.from({ length: 5000 }, (_, at) => `data/00/${String(900_000 - at * 7)}.txt`)
    const { unmatched } = compare(names.map((name) => line(name)).join(''))
    expect(unmatched).toMatchObject({ count: 5000, by: { missing: 5000 } })
    expect(unmatched.first.map(({ path }) => path)).toEqual(names.sort().slice(0, LIMITS.exceptionsInFinding))
  })

  test('that leaves files out names them by what they are', () => {
    const { unlisted, covers } = compare('')
    expect(unlisted.by).toEqual({ file: 2, seal: 1, hint: 1, 'tag-manifest': 1 })
    expect(covers).toEqual([])
  })

  test('is not compared with payload whose SHA-512 was not asked for', () => {
    expect(compare(GOOD, ['sha256'])).toMatchObject({ matched: 4, notCompared: 1, unmatched: { count: 0 } })
  })

  test('of any bytes is read without an error, and covers only what it lists as it is', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.string(), fc.constantFrom(...WHOLE.map((path) => line(path))))), (parts) => {
        const list = parts.join('')
        const facts = compare(list)
        for (const path of facts.covers) expect(list).toContain(line(path))
        expect(facts.matched + facts.unmatched.count).toBeLessThanOrEqual(facts.lines)
      }),
    )
  })
})

describe('the later levels', () => {
  test('are told by their folders, in the order of their numbers', () => {
    const names = [
      'seal/1/a.p7s',
      'seal/10/sums-sha512.txt',
      'seal/2/b.tsr',
      'seal/2/notes.txt',
      'seal/4/validation/a.crl',
    ]
    expect(laterLevels(names)).toEqual({
      levels: [
        {
          level: 2,
          sumsPath: 'seal/2/sums-sha512.txt',
          misplaced: ['seal/2/notes.txt'],
          tokens: [{ path: 'seal/2/b.tsr', label: 'b' }],
        },
        { level: 10, sumsPath: 'seal/10/sums-sha512.txt', misplaced: [], tokens: [] },
      ],
      omitted: 0,
    })
  })

  test('are looked at up to a limit', () => {
    const many = Array.from({ length: LIMITS.sealLevels + 3 }, (_, at) => `seal/${at + 2}/sums-sha512.txt`)
    const { levels, omitted } = laterLevels(many)
    expect([levels.length, omitted]).toEqual([LIMITS.sealLevels, 3])
  })
})

describe('listedBySums', () => {
  const asked = (parts: readonly string[]) =>
    listedBySums(treeOf((path) => (path === 'seal/2/sums-sha512.txt' ? parts.map(encodeUtf8) : [])))

  test('finds a line of payload wherever the pieces of the file end', async () => {
    for (const text of [GOOD, '   data/', ' data/  data/x', '  dat  data/'])
      for (let at = 0; at <= text.length; at++)
        expect(await asked([text.slice(0, at), text.slice(at)]), `${text.slice(0, 20)} ${at}`).toBe('payload')
  })

  test('finds none where there is none', async () => {
    expect(await asked([line('bagit.txt'), ' data/', '  dat', 'b/'])).toBe('tags')
    expect(await listedBySums({ ...treeOf(), entries: [] })).toBe('none')
  })
})
