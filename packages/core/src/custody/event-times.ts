import type { LinePlace, OpenedCheck } from './history-facts.ts'
import { NumberList } from './number-list.ts'
import { PlaceList } from './place-list.ts'

/** What can be wrong with the times that events state. */
export type TimeProblem = 'later-than-record' | 'before-acquisition'

/**
 * By how much a stated time may pass another one that it cannot follow. Events come from other people's clocks, and nobody's
 * evidence is put in doubt because a telephone or a computer was a few minutes ahead.
 */
export const CLOCK_TOLERANCE_SECONDS = 300

/** Events that happen when their line is written, so that their time is the time of writing. */
const OF_THE_LOG: ReadonlySet<string> = new Set(['log-start', 'log-key-change', 'export'])

type Ranges = readonly (readonly [number, number])[]

/** An event over items: four numbers a range, because there can be a million. */
class TimedRanges {
  readonly #values = new NumberList()

  add(line: number, time: number, ranges: Ranges): void {
    for (const [first, last] of ranges) for (const value of [line, time, first, last]) this.#values.push(value)
  }

  get count(): number {
    return this.#values.length / 4
  }

  at(index: number): { readonly line: number; readonly time: number; readonly first: number; readonly last: number } {
    const [values, from] = [this.#values, index * 4]
    return { line: values.at(from), time: values.at(from + 1), first: values.at(from + 2), last: values.at(from + 3) }
  }

  timeOf(index: number): number {
    return this.#values.at(index * 4 + 1)
  }
}

/**
 * The opened times of events. Lines stand in the order in which they were written, and a time says when something happened:
 * what was written down late is no contradiction. Something cannot have happened after it was written down, and an item
 * cannot be added to the log before it was taken from its source. Whole seconds: the tolerance is far above them.
 */
export class EventTimes {
  readonly #problems = new PlaceList<LinePlace<TimeProblem | 'malformed-value'>>()
  /** Line and time of each event; the line below zero where the event is one of the log itself. */
  readonly #lines = new NumberList()
  readonly #times = new NumberList()
  readonly #acquisitions = new TimedRanges()
  readonly #ingestions = new TimedRanges()

  malformed(line: number): void {
    this.#problems.add({ line, code: 'malformed-value', expected: null, found: null })
  }

  /**
   * @param time seconds since 1970
   * @param objects null while they are closed
   */
  event(line: number, type: string, time: number, objects: Ranges | null): void {
    this.#lines.push(OF_THE_LOG.has(type) ? -line : line)
    this.#times.push(time)
    if (objects === null) return
    if (type === 'acquisition') this.#acquisitions.add(line, time, objects)
    else if (type === 'ingestion') this.#ingestions.add(line, time, objects)
  }

  /**
   * @param created seconds since 1970 when the issuer says that the bundle was made; null where nobody says so
   * @param items lines of items.jsonl; null when it could not be read
   */
  finish(created: number | null, items: number | null): OpenedCheck<TimeProblem> {
    const found = [...this.#laterThanRecord(created), ...(items === null ? [] : this.#beforeAcquisition(items))]
    // The times themselves are opened values: only the lines are named.
    for (const place of found.sort((a, b) => a.line - b.line)) this.#problems.add(place)
    return { compared: this.#lines.length, open: 0, problems: this.#problems.finish() }
  }

  /** From the end: what is written before an event of the log happened before it. */
  #laterThanRecord(created: number | null): LinePlace<TimeProblem>[] {
    const found: LinePlace<TimeProblem>[] = []
    let bound = created ?? Number.POSITIVE_INFINITY
    let by = 'created'
    for (const at of this.#fromTheEnd()) {
      const line = this.#lines.at(at)
      const time = this.#times.at(at)
      if (time > bound + CLOCK_TOLERANCE_SECONDS) {
        found.push({ line: Math.abs(line), code: 'later-than-record', expected: by, found: null })
      }
      if (line < 0 && time < bound) {
        bound = time
        by = `line ${-line}`
      }
    }
    return found
  }

  /** Events come in the order in which disclosures.jsonl has their openings, and nothing but its form makes that the log's. */
  *#fromTheEnd(): Generator<number> {
    const lineAt = (at: number) => Math.abs(this.#lines.at(at))
    const count = this.#lines.length
    let isOrdered = true
    for (let at = 1; at < count && isOrdered; at++) isOrdered = lineAt(at - 1) <= lineAt(at)
    if (isOrdered) for (let at = count - 1; at >= 0; at--) yield at
    else yield* Array.from({ length: count }, (_, at) => at).sort((a, b) => lineAt(b) - lineAt(a))
  }

  #beforeAcquisition(items: number): LinePlace<TimeProblem>[] {
    if (this.#acquisitions.count === 0 || this.#ingestions.count === 0 || items === 0) return []
    const acquired = new EarliestTimes(this.#acquisitions, items)
    const found: LinePlace<TimeProblem>[] = []
    let last = 0
    for (let at = 0; at < this.#ingestions.count; at++) {
      const { line, time, ...range } = this.#ingestions.at(at)
      const later = line === last ? null : acquired.lineAfter(time + CLOCK_TOLERANCE_SECONDS, range)
      if (later === null) continue
      // One line is one place, however many ranges of items it has.
      last = line
      found.push({ line, code: 'before-acquisition', expected: `line ${later}`, found: null })
    }
    return found
  }
}

/**
 * The earliest of several events for each item, and the latest of these over ranges of items: a hostile log of a million events
 * over all of a million items costs no more than an honest one.
 */
class EarliestTimes {
  readonly #size: number
  readonly #items: number
  /** Latest time below each node of a binary tree over the items. */
  readonly #latest: Float64Array
  readonly #lines: Uint32Array

  constructor(events: TimedRanges, items: number) {
    let size = 1
    while (size < items) size *= 2
    this.#size = size
    this.#items = items
    this.#latest = new Float64Array(size * 2).fill(Number.NEGATIVE_INFINITY)
    this.#lines = new Uint32Array(items)
    this.#paint(events)
    for (let node = size - 1; node > 0; node--) {
      this.#latest[node] = Math.max(this.#latest[node * 2] ?? 0, this.#latest[node * 2 + 1] ?? 0)
    }
  }

  /** By time, each item once: `next` leads to the first item from there that has no time yet. */
  #paint(events: TimedRanges): void {
    const next = Uint32Array.from({ length: this.#items + 1 }, (_, item) => item)
    const free = (from: number) => {
      let item = from
      while (next[item] !== item) {
        next[item] = next[next[item] ?? item] ?? item
        item = next[item] ?? item
      }
      return item
    }
    const order = Array.from({ length: events.count }, (_, at) => at)
    order.sort((a, b) => events.timeOf(a) - events.timeOf(b))
    for (const at of order) {
      const { line, time, first, last } = events.at(at)
      const end = Math.min(last, this.#items - 1)
      for (let item = free(Math.min(first, this.#items)); item <= end; item = free(item)) {
        this.#latest[this.#size + item] = time
        this.#lines[item] = line
        next[item] = item + 1
      }
    }
  }

  /** The line of an item in this range whose earliest event is after `time`; null when there is none. */
  lineAfter(time: number, { first, last }: { readonly first: number; readonly last: number }): number | null {
    const isAfter = (node: number) => (this.#latest[node] ?? 0) > time
    let from = this.#size + first
    let to = this.#size + Math.min(last, this.#items - 1) + 1
    for (; from < to; from >>>= 1, to >>>= 1) {
      const node = (from & 1) === 1 && isAfter(from) ? from : (to & 1) === 1 && isAfter(to - 1) ? to - 1 : null
      if (node !== null) return this.#lineBelow(node, isAfter)
      from += from & 1
      to -= to & 1
    }
    return null
  }

  #lineBelow(node: number, isAfter: (node: number) => boolean): number {
    let below = node
    while (below < this.#size) below = isAfter(below * 2) ? below * 2 : below * 2 + 1
    return this.#lines[below - this.#size] ?? 0
  }
}
