import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { canonicalText } from '../json/canonicalise.ts'
import { comparePaths, toHex } from '../model/bytes.ts'
import type { SmallDigest } from '../model/ports.ts'
import { encodeUtf8 } from '../model/utf8.ts'
import type { BagInProgress } from './bag-establish.ts'
import { RecordsOfFiles } from './bag-inventory.ts'
import { makeListing, treeIndex } from './bag-listing.ts'
import { FoundDigests } from './bag-tables.ts'

const smallDigest: SmallDigest = (algorithm, bytes) => new Uint8Array(createHash(algorithm).update(bytes).digest())
const digestOf = (algorithm: 'sha256' | 'md5', text: string) => smallDigest(algorithm, encodeUtf8(text))

const FILES = 1_600
const entries = Array.from({ length: FILES }, (_, file) => ({
  path: file < 5 ? `a${file}.txt` : `data/${String(file).padStart(5, '0')} é`,
  size: file,
  extent: {
    container: { size: file, read: async () => new Uint8Array() },
    offset: 0,
    length: file,
    method: 'stored',
    size: file,
  },
})) as unknown as BagInProgress['tree']['entries']
const tree = { entries } as BagInProgress['tree']
const index = treeIndex(tree)

/** 0: as listed, 1: other bytes, 2: not listed, 3: could not be read. */
function listingOf(kinds: readonly number[], missing: readonly string[]) {
  const lines = entries.flatMap(({ path }, file) =>
    file < 5 || kinds[file] === 2 ? [] : [`${toHex(digestOf('sha256', path))}  ${path}\n`],
  )
  for (const path of missing) lines.push(`${'0'.repeat(64)}  ${path}\n`)
  const rules = { encoding: 'utf-8', percentDecoding: true, payloadDigests: 'all', budget: { names: 10_000 } } as const
  const bytes = encodeUtf8(lines.join(''))
  const name = { kind: 'payload', algorithm: 'sha256', label: 'sha256' } as const
  return makeListing('manifest-sha256.txt', name as never, { state: 'read', bytes }, index, rules)
}

function expectedOf(kinds: readonly number[], missing: readonly string[]) {
  const states = ['match', 'mismatch', 'unlisted', 'unreadable']
  const lines = entries.map(({ path, size }, file) => {
    const kind = kinds[file] ?? 0
    const bytes = kind === 1 ? `${path}!` : path
    const digests = {
      ...(kind === 3 ? {} : { sha256: toHex(digestOf('sha256', bytes)) }),
      ...(kind === 3 || file >= 5 ? {} : { md5: toHex(digestOf('md5', bytes)) }),
    }
    const manifests = file < 5 ? {} : { 'manifest-sha256.txt': states[kind] }
    return { path, line: { digests, manifests, path, role: file < 5 ? 'tag' : 'payload', size } }
  })
  const absent = missing.map((path) => {
    const manifests = { 'manifest-sha256.txt': 'missing' }
    return { path, line: { digests: {}, manifests, path, role: 'payload', size: null } }
  })
  const inventory = [...lines, ...absent]
    .sort((a, b) => comparePaths(a.path, b.path))
    .map(({ line }) => `${canonicalText(line)}\n`)
    .join('')
  const content = lines.map(({ path, line }) => `${line.digests.sha256 ?? '-'.repeat(64)}  ${path}\n`).join('')
  return { inventory, content: toHex(digestOf('sha256', content)) }
}

test('inventory and content digest are the same, in whatever order files are settled', () => {
  const kinds = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: FILES, maxLength: FILES })
  // Far from the end first, as large files are, or in pieces, as threads answer.
  const order = fc.array(fc.integer({ min: 0, max: FILES - 1 }), { maxLength: 40 })
  const missing = fc.uniqueArray(fc.constantFrom('data/00000', 'data/00700 ', 'data/zz', 'data/00005 è'), {
    maxLength: 4,
  })
  fc.assert(
    fc.property(kinds, order, missing, fc.boolean(), (drawn, early, absent, backwards) => {
      const listing = listingOf(drawn, absent)
      const found = new FoundDigests(FILES)
      const records = new RecordsOfFiles({ tree, listings: [listing], found })
      const all = Array.from({ length: FILES }, (_, file) => (backwards ? FILES - 1 - file : file))
      for (const file of new Set([...early, ...all])) {
        const { path } = entries[file] ?? { path: '' }
        const bytes = drawn[file] === 1 ? `${path}!` : path
        if (drawn[file] !== 3) {
          found.set('sha256', file, digestOf('sha256', bytes))
          if (file < 5) found.set('md5', file, digestOf('md5', bytes))
        }
        records.settle(file)
      }
      const { inventory, lines, content } = records.finish(smallDigest)
      const expected = expectedOf(drawn, absent)
      expect(new TextDecoder().decode(inventory)).toBe(expected.inventory)
      expect(lines).toBe(FILES + absent.length)
      expect(content).toBe(expected.content)
    }),
    { numRuns: 12 },
  )
})

test('a file of which nobody said anything is no record', () => {
  const records = new RecordsOfFiles({ tree, listings: [], found: new FoundDigests(FILES) })
  for (let file = 1; file < FILES; file++) records.settle(file)
  expect(() => records.finish(smallDigest)).toThrow('file 0 of 1600 was never settled')
})
