import { addMicroseconds, compareInstants, type Instant, parseInstant } from '../model/instant.ts'
import type { TstInfoFacts } from './facts.ts'
import type { TimeInterval } from './proof-of-existence.ts'

/** The one that was read last: every check of a token asks for it. */
let last: { readonly tstInfo: TstInfoFacts; readonly instant: Instant } | null = null

/** genTime as an instant. Facts hold RFC 3339 in UTC as the parser wrote it, so anything else is a mistake of ours. */
export function genTimeOf(tstInfo: TstInfoFacts): Instant {
  if (last?.tstInfo === tstInfo) return last.instant
  const instant = parseInstant(tstInfo.genTime)
  if (instant === undefined) throw new TypeError(`facts: genTime is no RFC 3339 time: ${tstInfo.genTime}`)
  last = { tstInfo, instant }
  return instant
}

/** The latest moment that the token's statement allows: genTime and accuracy (RFC 3161 §2.4.2). Absent accuracy adds nothing. */
export function upperBoundOf(tstInfo: TstInfoFacts): Instant {
  return addMicroseconds(genTimeOf(tstInfo), tstInfo.accuracyMicroseconds ?? 0)
}

/**
 * Within what the token's statement puts its time; null when it states no accuracy: RFC 3161 §2.4.2 then leaves it to the
 * authority's policy, and no order can be read from it.
 */
export function intervalOf(tstInfo: TstInfoFacts): TimeInterval | null {
  const { accuracyMicroseconds } = tstInfo
  if (accuracyMicroseconds === null) return null
  const genTime = genTimeOf(tstInfo)
  return {
    earliest: addMicroseconds(genTime, -accuracyMicroseconds),
    latest: addMicroseconds(genTime, accuracyMicroseconds),
  }
}

/** A token that proves its time: everything about it holds at genTime, and it is still believed. */
export interface ProvedTime {
  /** Identity of the authority's anchor: its key, so that two certificates of one key are one authority. */
  readonly anchorKey: string
  /** Identity of the time-stamp unit's own key. */
  readonly key: string
  readonly upperBound: Instant
}

/** The most tokens of distinct authorities: no two with the same anchor, no two with the same key (a bipartite matching). */
export function distinctAuthorities(times: readonly ProvedTime[]): number {
  if (times.length <= 1) return times.length
  const keysOf = new Map<string, Set<string>>()
  for (const { anchorKey, key } of times) {
    const keys = keysOf.get(anchorKey) ?? new Set<string>()
    keysOf.set(anchorKey, keys.add(key))
  }
  const takenBy = new Map<string, string>()
  const place = (anchor: string, visited: Set<string>): boolean => {
    for (const key of keysOf.get(anchor) ?? []) {
      if (visited.has(key)) continue
      visited.add(key)
      const holder = takenBy.get(key)
      if (holder === undefined || place(holder, visited)) {
        takenBy.set(key, anchor)
        return true
      }
    }
    return false
  }
  let count = 0
  for (const anchor of keysOf.keys()) if (place(anchor, new Set())) count++
  return count
}

/** The earliest moment by which so many distinct authorities had proved existence; null when there are fewer. */
export function bestTimeOf(times: readonly ProvedTime[], authorities: number): Instant | null {
  const ordered = times.toSorted((a, b) => compareInstants(a.upperBound, b.upperBound))
  for (const [index, { upperBound }] of ordered.entries()) {
    if (distinctAuthorities(ordered.slice(0, index + 1)) >= Math.max(1, authorities)) return upperBound
  }
  return null
}
