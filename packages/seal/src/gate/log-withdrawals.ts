import { objectsIn } from '@probatum/core'
import { type CustodyLog, openedValue, typeOfLine } from '../custody-log/custody-log.ts'
import type { Consent } from './consent-register.ts'

/** A withdrawal of consent that the log records. */
export interface LoggedWithdrawal {
  /** Position of the event. */
  readonly seq: number
  /** RFC 3339 date, of UTC; null where the event has no time. */
  readonly date: string | null
  /** Ranges of items; null where the event names none. */
  readonly items: readonly (readonly [number, number])[] | null
}

/** Withdrawals of consent that stand in a log, in its order. */
export async function withdrawalsIn(custody: CustodyLog): Promise<LoggedWithdrawal[]> {
  const found: LoggedWithdrawal[] = []
  for await (const line of custody.lines('custody.jsonl')) {
    if (typeOfLine(line) !== 'consent-withdrawal') continue
    const value = (name: string) => {
      const opening = line.openings.find(({ field }) => field === name)
      return opening === undefined ? undefined : openedValue(opening)
    }
    const time = value('time')
    const objects = value('objects')
    found.push({
      seq: line.seq,
      date: typeof time === 'string' ? time.slice(0, 10) : null,
      items: objects === undefined ? null : objectsIn(objects),
    })
  }
  return found
}

/**
 * The day on which a consent of an item was withdrawn, by the register or the log; null for none. A withdrawal ends every consent that
 * had begun by its day; one that was given after it stands. Where the event has no time, nobody can tell which came first: the
 * consent counts as withdrawn from its first day.
 */
export function withdrawalDate(
  { from, withdrawn }: Pick<Consent, 'from' | 'withdrawn'>,
  item: number,
  withdrawals: readonly LoggedWithdrawal[],
): string | null {
  const dates = withdrawals
    .filter(({ items }) => items?.some(([first, last]) => item >= first && item <= last) ?? false)
    .map(({ date }) => date ?? from)
    .filter((date) => from <= date)
  return [...dates, ...(withdrawn === null ? [] : [withdrawn])].sort()[0] ?? null
}
