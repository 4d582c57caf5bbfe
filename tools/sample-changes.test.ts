import { expect, it } from 'vitest'
import { sampleChanges } from './sample-changes.ts'

const files = new Map([
  ['b.txt', Uint8Array.of(1, 2)],
  ['empty', new Uint8Array(0)],
  ['seal/1/x.p7s', Uint8Array.of(255)],
])
const same = (a: ReadonlyMap<string, Uint8Array>, b: ReadonlyMap<string, Uint8Array>) =>
  a.size === b.size && [...a].every(([path, bytes]) => String(b.get(path)) === String(bytes))

it('changes the bundle in every case, and never the files that it was given', () => {
  const before = structuredClone(files)
  const changes = [...sampleChanges(files)]
  expect(new Set(changes.map(({ name }) => name)).size).toBe(changes.length)
  for (const { name, apply } of changes) expect(same(apply(files), files), name).toBe(false)
  expect(same(files, before)).toBe(true)
})

it('flips one bit of each byte, and every bit under seal/', () => {
  const flips = [...sampleChanges(files)].filter(({ name }) => name.startsWith('flip'))
  expect(flips.map(({ name }) => name)).toEqual([
    'flip b.txt 0 0x01',
    'flip b.txt 1 0x01',
    ...[1, 2, 4, 8, 16, 32, 64, 128].map((mask) => `flip seal/1/x.p7s 0 0x${mask.toString(16).padStart(2, '0')}`),
  ])
  expect(flips.at(-1)?.apply(files).get('seal/1/x.p7s')).toEqual(Uint8Array.of(127))
})

it('removes, empties, cuts, lengthens and doubles each file', () => {
  const others = [...sampleChanges(files)].map(({ name }) => name).filter((name) => !/^(flip|add)/.test(name))
  expect(others).toEqual([
    ...['remove b.txt', 'empty b.txt', 'cut b.txt', 'lengthen b.txt', 'double b.txt.copy'],
    ...['remove empty', 'lengthen empty', 'double empty.copy'],
    ...['remove seal/1/x.p7s', 'empty seal/1/x.p7s', 'cut seal/1/x.p7s', 'lengthen seal/1/x.p7s'],
    'double seal/1/x.p7s.copy',
  ])
})
