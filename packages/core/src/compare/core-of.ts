import type { FactsFile } from '../model/facts.ts'
import type { SmallDigest } from '../model/ports.ts'
import type { Report } from '../model/report.ts'
import { type CommonCore, commonCore } from './common-core.ts'
import { rootOf } from './log-lines.ts'
import { type LogView, makeLogView } from './log-view.ts'

/** The code of one bundle, over its whole log. Null where the log could not be read, or its items are not bound. */
export function coreOf({ origin, logId, head, items }: LogView, digest: SmallDigest): CommonCore | null {
  if (origin === null || logId === null || head === null || items === null) return null
  const { size, root } = head
  return commonCore({ origin, logId, size, root, itemCount: items.count, itemRoot: items.root }, digest)
}

/** The code of one bundle over all of its log, from its facts; null without a log, and where its lines contradict it. */
export function commonCoreOf(
  factsFile: FactsFile,
  report: Pick<Report, 'body'>,
  digest: SmallDigest,
): CommonCore | null {
  const view = makeLogView('', factsFile, report, null)
  return view.standing.state === 'contradicts' ? null : coreOf(view, digest)
}

/**
 * The code of one bundle over the first events and items of its log, as another, smaller bundle has them. Null where the
 * log has not so many, or its lines are not at hand.
 */
export function coreAt(view: LogView, size: number, itemCount: number, digest: SmallDigest): CommonCore | null {
  const { origin, logId, lines } = view
  const events = lines?.events ?? null
  const items = lines?.items ?? null
  if (origin === null || logId === null || events === null || items === null || view.items === null) return null
  if (size < 1 || size > events.count || itemCount < 0 || itemCount > items.count) return null
  const root = rootOf(events.packed, size, digest)
  const itemRoot = rootOf(items.packed, itemCount, digest)
  return commonCore({ origin, logId, size, root, itemCount, itemRoot }, digest)
}
