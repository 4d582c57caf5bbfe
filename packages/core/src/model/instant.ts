/**
 * A point in time in UTC, to any precision. Seconds of the proleptic Gregorian calendar since 1970-01-01T00:00:00Z,
 * leap seconds not counted (as POSIX). No `Date`: its parsers repair what they must refuse.
 */
export interface Instant {
  readonly epochSeconds: number
  /** Decimal digits of the fraction of a second, without trailing zeros; '' for none. */
  readonly fraction: string
}

const DAYS_BEFORE_MONTH = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334]

function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeapYear(year) ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

function daysBeforeYear(year: number): number {
  const y = year - 1
  return y * 365 + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400)
}

const DAYS_BEFORE_1970 = daysBeforeYear(1970)

/** Calendar fields to an Instant; `undefined` for a day or time that does not exist (30 February, 24:00, second 60). */
export function instantOf(
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
  fraction = '',
): Instant | undefined {
  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return undefined
  if (hour > 23 || minute > 59 || second > 59 || hour < 0 || minute < 0 || second < 0) return undefined
  const leapDay = month > 2 && isLeapYear(year) ? 1 : 0
  const days = daysBeforeYear(year) - DAYS_BEFORE_1970 + (DAYS_BEFORE_MONTH[month - 1] ?? 0) + leapDay + day - 1
  return { epochSeconds: days * 86_400 + hour * 3600 + minute * 60 + second, fraction: fraction.replace(/0+$/, '') }
}

const RFC3339 = /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,12}))?Z)?$/

/**
 * Reads an RFC 3339 time in UTC (`2026-03-14T09:12:00Z`), or a date alone, which means its first moment.
 * `undefined` for anything else: other zones, lower case, days that do not exist.
 */
export function parseInstant(text: string): Instant | undefined {
  return wholeSecond(text.length === 10 ? `${text}T00:00:00Z` : text) ?? parseAny(text)
}

/** `2026-03-14T09:12:00Z` digit by digit: every token has one. What is not exactly so is for the expression to judge. */
function wholeSecond(text: string): Instant | undefined {
  if (text.length !== 20 || text[4] !== '-' || text[7] !== '-' || text[10] !== 'T') return undefined
  if (text[13] !== ':' || text[16] !== ':' || text[19] !== 'Z') return undefined
  const year = pairAt(text, 0) * 100 + pairAt(text, 2)
  const month = pairAt(text, 5)
  const day = pairAt(text, 8)
  const hour = pairAt(text, 11)
  const minute = pairAt(text, 14)
  const second = pairAt(text, 17)
  // `instantOf` compares, and NaN is neither below nor above anything.
  if (Number.isNaN(year + month + day + hour + minute + second)) return undefined
  return instantOf(year, month, day, hour, minute, second)
}

/** Two digits as a number; NaN for anything else. */
function pairAt(text: string, at: number): number {
  const tens = text.charCodeAt(at) - 0x30
  const ones = text.charCodeAt(at + 1) - 0x30
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN
}

function parseAny(text: string): Instant | undefined {
  const match = RFC3339.exec(text)
  if (match === null) return undefined
  const field = (index: number) => Number(match[index] ?? '0')
  return instantOf(field(1), field(2), field(3), field(4), field(5), field(6), match[7] ?? '')
}

const TWO_DIGITS = Array.from({ length: 60 }, (_, value) => String(value).padStart(2, '0'))
const two = (value: number): string => TWO_DIGITS[value] ?? ''

/** The last ones written, each in a place that its second chooses: one moment is named in many findings. */
const PLACES = 64
const written = new Array<(Instant & { readonly text: string }) | undefined>(PLACES).fill(undefined)

/** RFC 3339 in UTC; a fraction only where there is one. */
export function formatInstant(instant: Instant): string {
  lookedAt(instant)
  const { epochSeconds, fraction } = instant
  const place = Math.abs(epochSeconds) % PLACES
  const before = written[place]
  // Second and fraction are all there is to a moment.
  if (before !== undefined && before.epochSeconds === epochSeconds && before.fraction === fraction) return before.text
  const text = textOf(instant)
  written[place] = { epochSeconds, fraction, text }
  return text
}

function textOf(instant: Instant): string {
  const days = Math.floor(instant.epochSeconds / 86_400)
  const seconds = instant.epochSeconds - days * 86_400
  let year = Math.floor((days + DAYS_BEFORE_1970) / 365.2425) + 1
  while (daysBeforeYear(year + 1) - DAYS_BEFORE_1970 <= days) year++
  while (daysBeforeYear(year) - DAYS_BEFORE_1970 > days) year--
  let day = days - (daysBeforeYear(year) - DAYS_BEFORE_1970)
  let month = 1
  while (day >= daysInMonth(year, month)) day -= daysInMonth(year, month++)
  const clock = `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`
  const fraction = instant.fraction === '' ? '' : `.${instant.fraction}`
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day + 1)}T${clock}${fraction}Z`
}

/** Negative when `a` is earlier. */
export function compareInstants(a: Instant, b: Instant): number {
  const order = orderOf(a, b)
  for (let watch = watches; watch !== null; watch = watch.outer) {
    if (a === watch.instant) watch.compared(b, order)
    else if (b === watch.instant) watch.compared(a, -order)
  }
  return order
}

function orderOf(a: Instant, b: Instant): number {
  if (a.epochSeconds !== b.epochSeconds) return a.epochSeconds - b.epochSeconds
  // Digit strings without trailing zeros compare as fractions do.
  return a.fraction < b.fraction ? -1 : a.fraction > b.fraction ? 1 : 0
}

/** The innermost of the computations that are being watched. Watching is synchronous, so that nobody else's is ever seen. */
let watches: Watch | null = null

/** Written or reckoned with, a moment shows more than an order: what comes of that is an answer for this moment alone. */
function lookedAt(instant: Instant): void {
  for (let watch = watches; watch !== null; watch = watch.outer) if (instant === watch.instant) watch.exactly = instant
}

/** Moments that a computation cannot tell apart: whichever of them it is asked about, its comparisons have the same outcomes. */
export interface AlikeMoments {
  /** A moment that stands for itself alone; null for a span. */
  readonly exactly: Instant | null
  /** Later than this; null without such a bound. */
  readonly after: Instant | null
  readonly before: Instant | null
}

class Watch implements AlikeMoments {
  readonly instant: Instant
  readonly outer: Watch | null
  exactly: Instant | null = null
  after: Instant | null = null
  before: Instant | null = null

  constructor(instant: Instant, outer: Watch | null) {
    this.instant = instant
    this.outer = outer
  }

  compared(other: Instant, order: number): void {
    // The object itself may stand for another moment too, as when the validation time is the time of interest.
    if (order === 0) this.exactly = other
    else if (order > 0 && (this.after === null || orderOf(other, this.after) > 0)) this.after = other
    else if (order < 0 && (this.before === null || orderOf(other, this.before) < 0)) this.before = other
  }
}

/**
 * Computes something about a moment, and says for which others it would have come out the same: as long as this very object is
 * only compared (`compareInstants`), the same comparisons have the same outcomes, and the same steps follow. Any other function
 * of this module that is given it makes the answer one for this moment alone. Whoever computes must not look into the object
 * himself, or at a copy of it.
 */
export function withAlikeMoments<T>(
  instant: Instant,
  compute: () => T,
): { readonly result: T; readonly alike: AlikeMoments } {
  const outer = watches
  const watch = new Watch(instant, outer)
  watches = watch
  try {
    const result = compute()
    const { exactly, after, before } = watch
    return { result, alike: { exactly, after, before } }
  } finally {
    watches = outer
  }
}

/** Whether an instant is one of them. These are comparisons too: a computation around this one is told of them. */
export function isAlike(instant: Instant, { exactly, after, before }: AlikeMoments): boolean {
  if (exactly !== null) return compareInstants(instant, exactly) === 0
  return (
    (after === null || compareInstants(instant, after) > 0) && (before === null || compareInstants(instant, before) < 0)
  )
}

/** Adds whole microseconds (negative to subtract); digits of the fraction beyond the sixth are kept. */
export function addMicroseconds(instant: Instant, microseconds: number): Instant {
  lookedAt(instant)
  if (microseconds % 1_000_000 === 0) {
    return { epochSeconds: instant.epochSeconds + microseconds / 1_000_000, fraction: instant.fraction }
  }
  const micro = Number(instant.fraction.slice(0, 6).padEnd(6, '0'))
  const beyond = instant.fraction.slice(6)
  const sum = micro + (microseconds % 1_000_000)
  const carry = Math.floor(sum / 1_000_000)
  const epochSeconds = instant.epochSeconds + Math.trunc(microseconds / 1_000_000) + carry
  const fraction = String(sum - carry * 1_000_000).padStart(6, '0') + beyond
  return { epochSeconds, fraction: fraction.replace(/0+$/, '') }
}
