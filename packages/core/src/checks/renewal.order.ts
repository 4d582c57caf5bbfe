import type { LevelFacts } from '../bundle/level-facts.ts'
import type { Evidence, Exception, Finding } from '../model/finding.ts'
import { addMicroseconds, compareInstants, formatInstant, type Instant } from '../model/instant.ts'
import type { TokenFacts, TstInfoFacts } from '../pki/facts.ts'
import { genTimeOf, upperBoundOf } from '../pki/signing-time.ts'
import { answer } from './signature-object.ts'

/**
 * Whether the time-stamps of a level are later than every time-stamp that its list covers, the accuracy of both included:
 * what covers another thing was made after it. `covered`: tokens below the level that are as listed.
 */
export function checkRenewalOrder({ level, tokens }: LevelFacts, covered: readonly TokenFacts[]): Finding {
  const id = 'renewal.order'
  const subject = { kind: 'bundle', name: `seal/${level}/` } as const
  const own = tokens.flatMap(({ path, tstInfo }) =>
    tstInfo === null ? [] : [{ path, earliest: lowerBoundOf(tstInfo) }],
  )
  if (own.length === 0) return answer(id, subject, 'INDETERMINATE:unknown', [], 'NO_POE')
  let latest: { readonly path: string; readonly bound: Instant } | null = null
  for (const { path, tstInfo } of covered) {
    if (tstInfo === null) continue
    const bound = upperBoundOf(tstInfo)
    if (latest === null || compareInstants(bound, latest.bound) > 0) latest = { path, bound }
  }
  if (latest === null) return answer(id, subject, 'PASSED')
  const { path: after, bound } = latest
  const evidence = own.map(
    ({ path, earliest }): Evidence => ({
      name: path,
      expected: `after ${formatInstant(bound)} (${after})`,
      found: formatInstant(earliest),
    }),
  )
  const early = own.filter(({ earliest }) => compareInstants(earliest, bound) <= 0)
  if (early.length === 0) return answer(id, subject, 'PASSED', evidence)
  const exceptions = early.map(({ path }): Exception => ({ path, value: 'INDETERMINATE', reason: 'not-later' }))
  return { ...answer(id, subject, 'INDETERMINATE:not-later', evidence, 'TIMESTAMP_ORDER_FAILURE'), exceptions }
}

/** The earliest moment that the token's statement allows. Absent accuracy takes nothing away (RFC 3161 §2.4.2). */
function lowerBoundOf(tstInfo: TstInfoFacts): Instant {
  return addMicroseconds(genTimeOf(tstInfo), -(tstInfo.accuracyMicroseconds ?? 0))
}
