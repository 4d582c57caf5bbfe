import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CLOCK_TOLERANCE_SECONDS, EventTimes } from './event-times.ts'

interface Event {
  readonly type: string
  readonly time: number
  readonly ranges: readonly (readonly [number, number])[] | null
}

const ITEMS = 9
const range = fc.tuple(fc.nat(ITEMS + 1), fc.nat(ITEMS + 1)).map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const)
const event: fc.Arbitrary<Event> = fc.record({
  type: fc.constantFrom('acquisition', 'acquisition', 'ingestion', 'ingestion', 'access', 'export', 'log-key-change'),
  time: fc.integer({ min: -3, max: 3 }).map((step) => step * (CLOCK_TOLERANCE_SECONDS + 1)),
  ranges: fc.option(fc.array(range, { maxLength: 3 })),
})

/** The rules word for word: each event against each other one. */
function slowly(events: readonly Event[], created: number | null): string[] {
  const found: string[] = []
  const isPast = (time: number, bound: number) => time > bound + CLOCK_TOLERANCE_SECONDS
  const isOfLog = ({ type }: Event) => type === 'export' || type === 'log-key-change'
  for (const [at, { type, time, ranges }] of events.entries()) {
    const after = events.slice(at + 1).filter(isOfLog)
    const bounds = [...after.map((other) => other.time), ...(created === null ? [] : [created])]
    if (bounds.some((bound) => isPast(time, bound))) found.push(`${at + 1} later-than-record`)
    if (type !== 'ingestion') continue
    const isBefore = (item: number) => {
      const acquired = events.flatMap((other) =>
        other.type === 'acquisition' && other.ranges?.some(([a, b]) => a <= item && item <= b) === true
          ? [other.time]
          : [],
      )
      return acquired.length > 0 && isPast(Math.min(...acquired), time)
    }
    const items = Array.from({ length: ITEMS }, (_, item) => item)
    if (items.some((item) => ranges?.some(([a, b]) => a <= item && item <= b) === true && isBefore(item)))
      found.push(`${at + 1} before-acquisition`)
  }
  return found.sort()
}

describe('times of events', () => {
  it('are judged as a slow comparison of each with each judges them', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 12 }), fc.option(fc.constantFrom(-900, 0, 900)), (events, created) => {
        const times = new EventTimes()
        for (const [at, { type, time, ranges }] of events.entries()) times.event(at + 1, type, time, ranges)
        const { problems, compared } = times.finish(created, ITEMS)
        expect(compared).toBe(events.length)
        expect(problems.first.map(({ line, code }) => `${line} ${code}`).sort()).toEqual(slowly(events, created))
      }),
      { numRuns: 2000 },
    )
  })

  it('are judged by the order of the log, whatever the order in which they were opened', () => {
    const events = fc.array(event, { maxLength: 12 })
    fc.assert(
      fc.property(events, fc.infiniteStream(fc.nat()), (events, ranks) => {
        const times = new EventTimes()
        const shuffled = [...events.entries()].map((entry) => ({ entry, rank: ranks.next().value ?? 0 }))
        for (const { entry } of shuffled.sort((a, b) => a.rank - b.rank)) {
          const [at, { type, time, ranges }] = entry
          times.event(at + 1, type, time, ranges)
        }
        const { problems } = times.finish(null, ITEMS)
        expect(problems.first.map(({ line, code }) => `${line} ${code}`).sort()).toEqual(slowly(events, null))
      }),
      { numRuns: 500 },
    )
  })

  it('name the acquisition that an item waited for', () => {
    const times = new EventTimes()
    times.event(2, 'acquisition', 0, [[0, 3]])
    times.event(3, 'acquisition', 5000, [[4, 4]])
    times.event(4, 'ingestion', 1000, [[0, 4]])
    expect(times.finish(null, 5).problems.first).toEqual([
      { line: 4, code: 'before-acquisition', expected: 'line 3', found: null },
    ])
  })

  it('are judged without items too, when these could not be read', () => {
    const times = new EventTimes()
    times.event(2, 'acquisition', 5000, [[0, 3]])
    times.event(3, 'ingestion', 0, [[0, 3]])
    times.event(4, 'export', 0, null)
    expect(times.finish(null, null).problems.by).toEqual({ 'later-than-record': 1 })
  })
})
