import fc from 'fast-check'
import { expect, test } from 'vitest'
import { FreeItems } from './free-items.ts'

const word = fc.constantFrom('a', 'b', 'c')

test('each item stands for one file, that of its name before others, as by looking at all that are free', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(word, word)), fc.array(fc.tuple(word, word)), (items, files) => {
      const known = new Map<string, { seq: number; name: string }[]>()
      for (const [seq, [content, name]] of items.entries())
        known.set(content, [...(known.get(content) ?? []), { seq, name }])
      const free = new FreeItems(known)
      const taken = new Set<number>()
      for (const [content, name] of files) {
        const left = (known.get(content) ?? []).filter(({ seq }) => !taken.has(seq))
        const expected = (left.find((one) => one.name === name) ?? left[0])?.seq
        expect(free.take(content, name)).toBe(expected)
        if (expected !== undefined) taken.add(expected)
      }
    }),
  )
})

test('a hundred thousand files of one content are each looked at a few times', () => {
  const items = Array.from({ length: 100_000 }, (_, seq) => ({ seq, name: `${seq}` }))
  const free = new FreeItems(new Map([['empty', items]]))
  for (let seq = items.length - 1; seq >= 0; seq--) expect(free.take('empty', `${seq}`) === seq).toBe(true)
  expect(free.take('empty', '7')).toBeUndefined()
})
