import fc from 'fast-check'
import { expect, test } from 'vitest'
import { comparePaths } from '../model/bytes.ts'
import { PathIndex, placesUnder } from './file-tree.ts'
import type { SourceEntry } from './source.ts'

// Few characters, so that names share beginnings and orders of UTF-8 and UTF-16 differ.
const name = fc.stringMatching(/^[ab/.\u{e000}\u{1f600}]{1,6}$/u)
const extent = { container: {}, offset: 0, length: 0, method: 'stored', size: 0 } as unknown as SourceEntry['extent']

/** Each name once, and some also as the visible form of other bytes. */
function entriesOf(names: readonly string[]): readonly SourceEntry[] {
  const texts = [...new Set(names)]
  return texts
    .flatMap((path, at): SourceEntry[] => {
      const file = { path, size: 0, extent }
      return at % 3 === 0 ? [{ ...file, rawPath: Uint8Array.of(0xff) }, file] : [file]
    })
    .sort((a, b) => comparePaths(a.path, b.path))
}

test('a path has its place in whatever order it is asked for, and what is only the form of other bytes has none', () => {
  fc.assert(
    fc.property(fc.array(name), fc.array(name), fc.array(fc.nat()), (names, others, order) => {
      const entries = entriesOf(names)
      const index = new PathIndex(entries)
      const placeOf = (path: string) => {
        const place = entries.findIndex((entry) => entry.path === path && entry.rawPath === undefined)
        return place === -1 ? undefined : place
      }
      const inOrder = entries.map(({ path }) => path)
      const mixed = order.map((at) => inOrder[at % Math.max(1, inOrder.length)] ?? '')
      for (const path of [...inOrder, ...mixed, ...others, ...inOrder]) {
        expect(index.get(path)).toBe(placeOf(path))
        expect(index.has(path)).toBe(placeOf(path) !== undefined)
      }
    }),
  )
})

test('entries under a prefix lie together', () => {
  fc.assert(
    fc.property(fc.array(name), name, (names, prefix) => {
      const entries = entriesOf(names)
      const { start, end } = placesUnder(entries, prefix)
      expect(entries.slice(start, end)).toEqual(entries.filter(({ path }) => path.startsWith(prefix)))
    }),
  )
})
