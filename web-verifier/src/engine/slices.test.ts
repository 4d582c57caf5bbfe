import fc from 'fast-check'
import { expect, test } from 'vitest'
import { inSlices } from './slices.ts'

/** Runs over a clock that only work moves. @returns how many items each task took, and how long each was */
async function tasksOf(total: number, costOf: (item: number) => number) {
  let time = 0
  let isResting = false
  const counts: number[] = []
  const lengths: number[] = []
  const seen: number[] = []
  await inSlices(
    total,
    (from, to) => {
      expect(isResting).toBe(false)
      const begun = time
      for (let item = from; item < to; item++) {
        seen.push(item)
        time += costOf(item)
      }
      counts.push(to - from)
      lengths.push(time - begun)
    },
    {
      now: () => time,
      async rest() {
        isResting = true
        await Promise.resolve()
        isResting = false
      },
    },
  )
  return { counts, lengths, seen }
}

test('every item is done once and in order, whatever each costs', async () => {
  const costs = fc.array(fc.double({ min: 0, max: 40, noNaN: true }), { maxLength: 600 })
  await fc.assert(
    fc.asyncProperty(costs, async (cost) => {
      const { seen } = await tasksOf(cost.length, (item) => cost[item] ?? 0)
      expect(seen).toEqual(cost.map((_, item) => item))
    }),
    { numRuns: 60 },
  )
})

test('tasks begin small, and grow no faster than twofold to at most 256 items', async () => {
  const { counts } = await tasksOf(2000, () => 0)
  expect(counts).toEqual([16, 32, 64, 128, 256, 256, 256, 256, 256, 256, 224])
})

test('a hundred thousand files of 0.06 ms go in tasks of 10 ms', async () => {
  const { counts, lengths } = await tasksOf(100_000, () => 0.0625)
  expect(counts.slice(0, 7)).toEqual([16, 32, 64, 128, 160, 160, 160])
  expect(Math.max(...lengths)).toBe(10)
  expect(counts.length).toBe(628)
})

test('where each file takes 2.5 ms no task takes more than four files after the first', async () => {
  const { counts, lengths } = await tasksOf(1000, () => 2.5)
  expect(counts[0]).toBe(16)
  expect(Math.max(...counts.slice(1))).toBe(4)
  expect(Math.max(...lengths)).toBe(40)
})

test('a machine that becomes slow costs one long task, and one that becomes fast again is used', async () => {
  const { counts } = await tasksOf(6000, (item) => (item < 2000 ? 0.125 : item < 2400 ? 10 : 0.125))
  const slow = counts.filter((count) => count <= 2).length
  expect(slow).toBeGreaterThan(100)
  expect(counts.at(-2)).toBe(80)
})

test('one item that takes very long is a task by itself', async () => {
  const { counts } = await tasksOf(40, () => 500)
  expect(counts).toEqual([16, ...new Array(24).fill(1)])
})

test('nothing is done for no items, and what the work throws ends it', async () => {
  expect((await tasksOf(0, () => 1)).counts).toEqual([])
  await expect(
    tasksOf(100, (item) => {
      if (item === 20) throw new Error('stopped')
      return 1
    }),
  ).rejects.toThrow('stopped')
})
