import {
  type AuthorisationRequest,
  type ConsentValues,
  exceptionFor,
  type Instant,
  type SmallDigest,
  unmetConsents,
} from '@probatum/core'
import type { CustodyLog } from '../custody-log/custody-log.ts'
import { type GatePrivate, openedConsents } from './gate-private.ts'
import type { GateProblem } from './gate-problems.ts'
import { type LoggedWithdrawal, withdrawalDate, withdrawalsIn } from './log-withdrawals.ts'

/** An export that was made, with its request, and the log as it is now. */
export interface LapsedConsentsInput {
  readonly request: AuthorisationRequest
  readonly kept: GatePrivate
  /** As it is now: withdrawals that came after the export count too. */
  readonly custody: CustodyLog
  readonly at: Instant
  readonly smallDigest?: SmallDigest
}

/**
 * Consents that no longer hold for a bundle that was prepared under a request, and is only signed now. What was decided besides was
 * compared when it was prepared, and cannot change in between.
 */
export async function lapsedConsents(input: LapsedConsentsInput): Promise<GateProblem[]> {
  const { request, kept, custody, at, smallDigest } = input
  const { values, broken } = openedConsents(request, kept, smallDigest)
  const withdrawals = await withdrawalsIn(custody)
  const consents = new Map([...values].map(([item, each]) => [item, withdrawn(each, item, withdrawals)]))
  const items = kept.items.map(({ seq }) => seq)
  return [
    ...broken.map((item): GateProblem => ({ code: 'kept-consent', item })),
    ...unmetConsents(request, { items, consents, at })
      .filter((unmet) => exceptionFor(unmet, request.exceptions) === undefined)
      .map(({ condition, ...rest }): GateProblem => ({ code: condition, ...rest })),
  ]
}

function withdrawn(values: ConsentValues, item: number, withdrawals: readonly LoggedWithdrawal[]): ConsentValues {
  const { from, withdrawn: known } = values
  const date = withdrawalDate({ from, withdrawn: known === 'closed' ? null : known }, item, withdrawals)
  return date === null ? values : { ...values, withdrawn: date }
}
