import { encodeUtf8, type InventoryLine, type InventoryRole, type InventoryState } from '@probatum/core'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { STANDINGS } from './engine.ts'
import { FileRows, standingOf } from './file-rows.ts'

const STATES: readonly InventoryState[] = [
  'match',
  'mismatch',
  'malformed-digest',
  'unreadable',
  'missing',
  'unlisted',
  'not-compared',
]
const ROLES: readonly InventoryRole[] = ['payload', 'manifest', 'tag-manifest', 'tag', 'seal']
const line = (path: string, role: InventoryRole, states: readonly InventoryState[], sha256 = ''): InventoryLine => ({
  digests: sha256 === '' ? {} : { sha256 },
  manifests: Object.fromEntries(states.map((state, i) => [`manifest-${i}.txt`, state])),
  path,
  role,
  size: 1,
})
const inventoryOf = (lines: readonly InventoryLine[]) =>
  encodeUtf8(lines.map((each) => `${JSON.stringify(each)}\n`).join(''))

describe('the standing of a file', () => {
  test('is a match only when every list that speaks of it matches', () => {
    for (const role of ['payload', 'tag', 'manifest'] as const) {
      for (const one of STATES) {
        for (const two of STATES) {
          const standing = standingOf(line('a', role, [one, two]))
          const mayMatch = [one, two].every(
            (state) => state === 'match' || (state === 'unlisted' && role !== 'payload'),
          )
          expect(standing === 'match', `${role} ${one} ${two}`).toBe(mayMatch && [one, two].includes('match'))
        }
      }
      expect(standingOf(line('a', role, []))).toBe('not-compared')
    }
  })

  test('of the seal and the tag manifests is that they seal, whatever no list can say of them', () => {
    for (const role of ['seal', 'tag-manifest'] as const)
      expect(standingOf(line('a', role, ['unlisted']))).toBe('sealing')
  })
})

describe('the rows', () => {
  const lines = fc.array(
    fc.record({
      path: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }),
      role: fc.constantFrom(...ROLES),
      states: fc.array(fc.constantFrom(...STATES), { maxLength: 2 }),
    }),
    { maxLength: 60 },
  )

  test('are all there once, problems first, then in the order of the inventory, in pages of any size', () => {
    fc.assert(
      fc.property(lines, fc.integer({ min: 1, max: 20 }), (given, limit) => {
        const all = given.map(({ path, role, states }) => line(path, role, states))
        const rows = new FileRows(inventoryOf(all))
        const paged = []
        for (let offset = 0; offset < all.length; offset += limit) {
          const page = rows.page({ standing: null, search: '', offset, limit })
          expect(page.total).toBe(all.length)
          paged.push(...page.rows)
        }
        const expected = STANDINGS.flatMap((standing) => all.filter((each) => standingOf(each) === standing))
        expect(paged.map((row) => row.line)).toEqual(expected)
        for (const standing of STANDINGS) {
          const own = rows.page({ standing, search: '', offset: 0, limit: 100 })
          expect([own.total, own.rows.length]).toEqual([rows.counts[standing], rows.counts[standing]])
        }
      }),
    )
  })

  test('are found by a part of the path in either case, or by the beginning of a digest', () => {
    const rows = new FileRows(
      inventoryOf([
        line('data/Photo.jpg', 'payload', ['match'], 'ab12cd'.padEnd(64, '0')),
        line('data/b', 'payload', ['mismatch']),
      ]),
    )
    const found = (search: string) =>
      rows.page({ standing: null, search, offset: 0, limit: 9 }).rows.map((row) => row.line.path)
    expect(found('PHOTO')).toEqual(['data/Photo.jpg'])
    expect(found(' AB12 CD ')).toEqual(['data/Photo.jpg'])
    expect(found('data')).toEqual(['data/b', 'data/Photo.jpg'])
    expect(found('b12cd')).toEqual([])
  })
})
