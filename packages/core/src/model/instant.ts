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
  const match = RFC3339.exec(text)
  if (match === null) return undefined
  const field = (index: number) => Number(match[index] ?? '0')
  return instantOf(field(1), field(2), field(3), field(4), field(5), field(6), match[7] ?? '')
}

const TWO_DIGITS = Array.from({ length: 60 }, (_, value) => String(value).padStart(2, '0'))
const two = (value: number): string => TWO_DIGITS[value] ?? ''

const texts = new WeakMap<Instant, string>()

/** RFC 3339 in UTC; a fraction only where there is one. One moment is named in many findings. */
export function formatInstant(instant: Instant): string {
  const known = texts.get(instant)
  if (known !== undefined) return known
  const text = textOf(instant)
  texts.set(instant, text)
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
  if (a.epochSeconds !== b.epochSeconds) return a.epochSeconds - b.epochSeconds
  // Digit strings without trailing zeros compare as fractions do.
  return a.fraction < b.fraction ? -1 : a.fraction > b.fraction ? 1 : 0
}

/** Adds whole microseconds (negative to subtract); digits of the fraction beyond the sixth are kept. */
export function addMicroseconds(instant: Instant, microseconds: number): Instant {
  const micro = Number(instant.fraction.slice(0, 6).padEnd(6, '0'))
  const beyond = instant.fraction.slice(6)
  const sum = micro + (microseconds % 1_000_000)
  const carry = Math.floor(sum / 1_000_000)
  const epochSeconds = instant.epochSeconds + Math.trunc(microseconds / 1_000_000) + carry
  const fraction = String(sum - carry * 1_000_000).padStart(6, '0') + beyond
  return { epochSeconds, fraction: fraction.replace(/0+$/, '') }
}
