import { canonicalText } from '@probatum/core'
import type { CustodyLog } from '../custody-log/custody-log.ts'
import type { OpeningIn } from '../custody-log/custody-log-lines.ts'
import { disclosuresOfLog, type Showing } from '../custody-log/custody-log-showing.ts'

/** The opening of a field of an item's consent; `seq` is the item's position. */
export type ConsentOpening = OpeningIn<'authorisation.json'>

/** Lines of disclosures.jsonl, in the order of the format: consents, events, items. */
export async function* disclosureLines(
  custody: CustodyLog,
  showing: Showing,
  consents: readonly ConsentOpening[],
): AsyncIterable<string> {
  for (const opening of consents) yield canonicalText(opening)
  yield* disclosuresOfLog(custody, showing)
}
