import type { Listed } from '../bundle/bag-facts.ts'
import { comparePaths } from '../model/bytes.ts'
import type { Evidence, Exception, Finding, FindingValue, Subject } from '../model/finding.ts'
import { LIMITS } from '../model/limits.ts'
import type { FindingId } from './catalogue.ts'
import { makeFinding } from './finding.ts'

/** Objects that did not pass, all for the same reason. */
export interface Trouble {
  readonly value: Exception['value']
  readonly reason: string
  readonly count: number
  readonly exceptions: readonly Exception[]
}

/** The members of a list that `is` picks, as one trouble. `by` names the counts they go by. */
export function troubleOf<T extends { readonly path: string; readonly code: string }>(
  list: Listed<T>,
  codes: readonly string[],
  value: Exception['value'],
  reason: string,
  more: (item: T) => Partial<Omit<Exception, 'path' | 'value'>> = () => ({}),
  is: (item: T) => boolean = (item) => codes.includes(item.code),
): Trouble {
  const count = codes.reduce((sum, code) => sum + (list.by[code] ?? 0), 0)
  const exceptions = list.first.filter(is).map((item) => ({ path: item.path, value, reason: item.code, ...more(item) }))
  return { value, reason, count, exceptions }
}

export interface Summary {
  readonly subject: Subject
  /** In order of importance: the first of the worst value gives the reason. */
  readonly troubles: readonly Trouble[]
  readonly otherwise: { readonly value: FindingValue; readonly reason?: string }
  readonly counts?: Readonly<Record<string, number>>
  readonly evidence?: readonly Evidence[]
}

const WORST_FIRST: readonly FindingValue[] = ['FAILED', 'INDETERMINATE', 'NOT-CHECKED', 'WITHHELD', 'PASSED']

/** One finding of a check over many objects: the worst of what happened to any of them, with all of them named. */
export function summarise(id: FindingId, summary: Summary): Finding {
  const { subject, otherwise, evidence = [] } = summary
  const real = summary.troubles.filter(({ count }) => count > 0)
  const rank = (value: FindingValue) => WORST_FIRST.indexOf(value)
  const worst = real.reduce<{ value: FindingValue; reason?: string }>(
    (so, trouble) => (rank(trouble.value) < rank(so.value) ? trouble : so),
    otherwise,
  )
  const total = real.reduce((sum, { count }) => sum + count, 0)
  const exceptions = real
    .flatMap((trouble) => trouble.exceptions)
    .sort((a, b) => comparePaths(a.path, b.path))
    .slice(0, LIMITS.exceptionsInFinding)
  return makeFinding(id, worst.value, {
    subject,
    ...(worst.reason === undefined ? {} : { reason: worst.reason }),
    evidence,
    ...(summary.counts === undefined ? {} : { counts: summary.counts }),
    ...(exceptions.length === 0 ? {} : { exceptions }),
    ...(total > exceptions.length ? { exceptionsOmitted: total - exceptions.length } : {}),
  })
}

export const BAG: Subject = { kind: 'bag', name: '' }

export function one(
  id: FindingId,
  value: FindingValue,
  reason?: string,
  evidence: readonly Evidence[] = [],
  subject = BAG,
): Finding {
  return makeFinding(id, value, { subject, evidence, ...(reason === undefined ? {} : { reason }) })
}
