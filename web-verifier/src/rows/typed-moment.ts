import { type Instant, parseInstant } from '@probatum/core'

/** A moment as a person types it, as the command line takes `--at`; undefined where it is none. */
export function readMoment(typed: string): Instant | undefined {
  const text = typed.trim()
  // Who names a day means a check after what happened on it.
  return parseInstant(/^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T23:59:59Z` : text)
}
