import type { Evidence, Finding } from '../model/finding.ts'
import { compareInstants, formatInstant, type Instant } from '../model/instant.ts'
import { distinctAuthorities, type ProvedTime } from '../pki/signing-time.ts'
import { answer } from './signature-object.ts'
import type { Ending } from './timestamp.believed.ts'

/** Tokens of which so many distinct authorities are needed: those over one signature file, or over one level's list. */
export interface DueGroup {
  readonly needed: number
  /** What each proves, were it believed, and when it ends to be. */
  readonly tokens: readonly { readonly proved: ProvedTime; readonly ending: Ending | null }[]
}

/**
 * By when the bundle has to be renewed: before the first moment at which too few of the time-stamps that carry it now are
 * believed by themselves, or a digest ends that they lead through. Later nobody can do it any more. `groups`: of the last
 * level that holds, or of the first seal; `digests`: ends of digests that content is proved by alone.
 */
export function checkRenewalDue(
  groups: readonly DueGroup[],
  digests: readonly Ending[],
  validationTime: Instant,
): Finding {
  const id = 'renewal.due'
  const subject = { kind: 'bundle', name: 'seal/' } as const
  const holding = groups.filter(
    ({ tokens, needed }) => distinctAuthorities(tokens.map(({ proved }) => proved)) >= needed,
  )
  if (groups.length === 0 || holding.length < groups.length) return answer(id, subject, 'NOT-CHECKED:nothing-proved')
  const ends = [...holding.flatMap((group) => endOf(group) ?? []), ...digests]
  const first = ends.toSorted((a, b) => compareInstants(a.at, b.at) || (a.name < b.name ? -1 : 1))[0]
  // Every certificate ends: without an end nothing was proved.
  if (first === undefined) return answer(id, subject, 'NOT-CHECKED:nothing-proved')
  const evidence: Evidence[] = [
    { name: 'renewBefore', found: formatInstant(first.at) },
    { name: 'because', found: first.because },
    { name: first.because, found: first.name },
    ...(first.sha256 === null ? [] : [{ name: 'sha256', found: first.sha256 }]),
    { name: 'validationTime', found: formatInstant(validationTime) },
  ]
  if (compareInstants(validationTime, first.at) < 0) return answer(id, subject, `PASSED:${first.because}`, evidence)
  // At its very end a certificate still holds.
  const isPeriod = first.because === 'certificate' || first.because === 'anchor'
  if (isPeriod && compareInstants(validationTime, first.at) === 0) {
    return answer(id, subject, `PASSED:${first.because}`, evidence)
  }
  const indication = first.because === 'algorithm' ? 'CRYPTO_CONSTRAINTS_FAILURE_NO_POE' : 'NO_POE'
  return answer(
    id,
    subject,
    'INDETERMINATE:overdue',
    [...evidence, { name: 'renewal', missing: 'renewal' }],
    indication,
  )
}

/** The last moment until which enough authorities hold: of more tokens than are needed the longest lasting count. */
function endOf({ needed, tokens }: DueGroup): Ending | null {
  const lasting = tokens.toSorted((a, b) =>
    a.ending === null || b.ending === null
      ? Number(a.ending !== null) - Number(b.ending !== null)
      : compareInstants(b.ending.at, a.ending.at),
  )
  for (const [index, { ending }] of lasting.entries()) {
    const times = lasting.slice(0, index + 1).map(({ proved }) => proved)
    if (distinctAuthorities(times) >= needed) return ending
  }
  return null
}
