import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { progressOf } from './digesting.ts'

beforeEach(() => vi.useFakeTimers({ toFake: ['performance'] }))
afterEach(() => vi.useRealTimers())

function secondsLeft(total: { bytes: number; files: number }, done: { bytes: number; files: number }, passed: number) {
  const told: (number | null)[] = []
  const tell = progressOf(total.bytes, total.files, ({ secondsLeft: left }) => told.push(left))
  vi.advanceTimersByTime(passed * 1000)
  tell(done)
  return told
}

test('the time left of one long file beside short ones goes by its bytes', () => {
  expect(secondsLeft({ bytes: 100e9, files: 3 }, { bytes: 75e9, files: 0 }, 300)).toEqual([101])
})

test('the time left of many short files goes by their number', () => {
  expect(secondsLeft({ bytes: 50_000, files: 50_000 }, { bytes: 100, files: 25_000 }, 30)).toEqual([31])
})

test('nothing is said of the time left in the first five seconds, nor where there is nothing to do', () => {
  expect(secondsLeft({ bytes: 100, files: 1 }, { bytes: 50, files: 0 }, 4)).toEqual([null])
  expect(secondsLeft({ bytes: 0, files: 0 }, { bytes: 0, files: 0 }, 10)).toEqual([null])
})
