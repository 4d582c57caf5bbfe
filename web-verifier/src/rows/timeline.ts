import { compareInstants, type Instant, parseInstant, type Report } from '@probatum/core'

/**
 * How a time is known. `stated`: somebody says so. `confirmed`: an authority that is believed says that it existed by
 * then. `not-confirmed`: a time-stamp says so, and what it rests on did not all hold. `check`: the moment that this
 * result speaks of.
 */
export type TimeKind = 'stated' | 'confirmed' | 'not-confirmed' | 'check'

export interface TimelineEntry {
  readonly kind: TimeKind
  /** What happened, as a key of the page's texts. */
  readonly event: 'record-created' | 'signing-time' | 'time-stamp' | 'renewal' | 'earliest-proof' | 'validation'
  /** RFC 3339, UTC. */
  readonly time: string
  /** Who says so; empty where it is not a person's or authority's word. */
  readonly by: string
  /** The file that it stands in. */
  readonly file: string
  /** e.g. `1 s`, as the token states it; null where none is stated. */
  readonly accuracy: string | null
}

/** Two times that cannot both be right, or that a reader must see together. */
export interface TimelineConflict {
  readonly code: 'stated-after-confirmed' | 'after-check'
  readonly earlier: TimelineEntry
  readonly later: TimelineEntry
}

export interface Timeline {
  readonly entries: readonly TimelineEntry[]
  readonly conflicts: readonly TimelineConflict[]
  /** Times that could not be read as one, as they stand. */
  readonly unreadable: readonly string[]
}

/** Tokens whose path, own time and later belief all PASSED count as confirmed; the roll-up decides, not this page. */
function isConfirmed(report: Report, file: string): boolean {
  const about = report.body.findings.filter(
    ({ id, subject, role }) =>
      id.startsWith('timestamp.') && role === undefined && (subject.name === file || subject.name.endsWith(`/${file}`)),
  )
  const needed = ['timestamp.path', 'timestamp.believed', 'timestamp.message-imprint'] as const
  return (
    needed.every((id) => about.some((finding) => finding.id === id)) &&
    about.every(({ value }) => value === 'PASSED' || value === 'NOT-CHECKED')
  )
}

/**
 * Every time of a report in order. `created` is the record's own statement, with its issuer.
 */
export function timelineOf(
  report: Report,
  created: { readonly time: string; readonly issuer: string } | null,
): Timeline {
  const entries: TimelineEntry[] = []
  const unreadable: string[] = []
  const put = (entry: TimelineEntry) => {
    if (parseInstant(entry.time) === undefined) unreadable.push(entry.time)
    else entries.push(entry)
  }
  if (created !== null)
    put({
      kind: 'stated',
      event: 'record-created',
      time: created.time,
      by: created.issuer,
      file: 'record/bundle.json',
      accuracy: null,
    })
  for (const { file, signer, claimedTime, timestamps } of report.body.signatures) {
    if (claimedTime !== null)
      put({ kind: 'stated', event: 'signing-time', time: claimedTime, by: signer?.subject ?? '', file, accuracy: null })
    for (const { file: token, authority, genTime, accuracy } of timestamps)
      if (genTime !== null)
        put({
          kind: isConfirmed(report, token) ? 'confirmed' : 'not-confirmed',
          event: 'time-stamp',
          time: genTime,
          by: authority ?? '',
          file: token,
          accuracy,
        })
  }
  for (const entry of renewalsOf(report)) put(entry)
  const { bestSignatureTime, validationTime } = report.body
  if (bestSignatureTime !== null)
    put({ kind: 'confirmed', event: 'earliest-proof', time: bestSignatureTime, by: '', file: '', accuracy: null })
  put({ kind: 'check', event: 'validation', time: validationTime, by: '', file: '', accuracy: null })
  const ordered = entries
    .map((entry) => ({ entry, at: parseInstant(entry.time) as Instant }))
    .sort((a, b) => compareInstants(a.at, b.at))
  return { entries: ordered.map(({ entry }) => entry), conflicts: conflictsOf(ordered), unreadable }
}

/** Time-stamps of later seal levels: those that prove their time are confirmed. */
function renewalsOf({ body }: Report): TimelineEntry[] {
  return body.findings
    .filter(({ id }) => id === 'renewal.token')
    .flatMap(({ value, evidence, exceptions = [] }) =>
      evidence.flatMap(({ name, found }): TimelineEntry[] => {
        const file = /^genTime (.+)$/.exec(name)?.[1]
        if (file === undefined || found === undefined || found === 'unread') return []
        const isProved = value === 'PASSED' && !exceptions.some(({ path }) => path === file)
        const kind = isProved ? 'confirmed' : 'not-confirmed'
        return [{ kind, event: 'renewal', time: found, by: '', file, accuracy: null }]
      }),
    )
}

function conflictsOf(ordered: readonly { readonly entry: TimelineEntry; readonly at: Instant }[]): TimelineConflict[] {
  const conflicts: TimelineConflict[] = []
  const proof = ordered.find(({ entry }) => entry.event === 'earliest-proof')
  const check = ordered.find(({ entry }) => entry.event === 'validation')
  for (const { entry, at } of ordered) {
    // What existed no later than a time cannot have been made after it.
    if (proof !== undefined && entry.kind === 'stated' && compareInstants(at, proof.at) > 0)
      conflicts.push({ code: 'stated-after-confirmed', earlier: proof.entry, later: entry })
    if (check !== undefined && entry.kind !== 'check' && compareInstants(at, check.at) > 0)
      conflicts.push({ code: 'after-check', earlier: check.entry, later: entry })
  }
  return conflicts
}

/** Names of months are the page's own; digits are 0 to 9 and the calendar is that of the reports, in every language. */
export interface DateWords {
  readonly months: readonly string[]
  /** `{day} {month} {year}, {time}` */
  readonly pattern: string
}

const TIME = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}:\d{2}:\d{2})(?:\.\d+)?Z$/

/** `14 March 2026, 09:12:00` from RFC 3339 in UTC; the text itself where it is none. */
export function sayTime(time: string, words: DateWords): string {
  const match = TIME.exec(time)
  if (match === null) return time
  const [, year = '', month = '', day = '', clock = ''] = match
  return words.pattern
    .replace('{day}', String(Number(day)))
    .replace('{month}', words.months[Number(month) - 1] ?? month)
    .replace('{year}', year)
    .replace('{time}', clock)
}

/**
 * The same moment by this computer's clock zone: RFC 3339 in that zone written as if it were UTC, and the offset
 * `UTC+05:30`. `offsetMinutes`: minutes east of UTC at that moment.
 */
export function localTime(
  time: string,
  offsetMinutes: (epochMilliseconds: number) => number,
): { time: string; zone: string } | null {
  const instant = parseInstant(time)
  if (instant === undefined) return null
  const milliseconds = instant.epochSeconds * 1000
  const offset = offsetMinutes(milliseconds)
  const shifted = new Date(milliseconds + offset * 60_000)
  if (Number.isNaN(shifted.getTime())) return null
  const two = (value: number) => String(value).padStart(2, '0')
  const sign = offset < 0 ? '\u2212' : '+'
  const size = Math.abs(offset)
  return {
    time: `${shifted.toISOString().slice(0, 19)}Z`,
    zone: `UTC${sign}${two(Math.floor(size / 60))}:${two(size % 60)}`,
  }
}
