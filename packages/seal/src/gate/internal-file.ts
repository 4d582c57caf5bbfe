import { hasLoneSurrogate, isJsonObject, type JsonObject, type JsonValue, parseInstant } from '@probatum/core'

/** Reads members of an internal file by name; every error is a TypeError that names the member and what was expected. */
export interface InternalFile {
  wrong(at: string, expected: string): TypeError
  members(
    value: JsonValue | undefined,
    at: string,
    names: { readonly must: readonly string[]; readonly may: readonly string[] },
  ): JsonObject
  /** An absent list is an empty one. */
  list<T>(value: JsonValue | undefined, at: string, read: (value: JsonValue, at: string) => T): readonly T[]
  text(value: JsonValue | undefined, at: string): string
  date(value: JsonValue | undefined, at: string): string
}

/** @param called what the file is, for errors */
export function internalFile(called: string): InternalFile {
  const wrong = (at: string, expected: string) => new TypeError(`${called}, ${at || 'top'}: expected ${expected}`)
  return {
    wrong,
    members(value, at, { must, may }) {
      if (value === undefined || !isJsonObject(value)) throw wrong(at, 'an object')
      for (const name of must) if (!Object.hasOwn(value, name)) throw wrong(at, `the member ${name}`)
      // A member that is not understood may have been meant to limit something.
      for (const name of Object.keys(value))
        if (!must.includes(name) && !may.includes(name))
          throw wrong(at === '' ? name : `${at}.${name}`, 'no such member')
      return value
    },
    list(value, at, read) {
      if (value === undefined) return []
      if (!Array.isArray(value)) throw wrong(at, 'an array')
      return (value as readonly JsonValue[]).map((each, index) => read(each, `${at}[${index}]`))
    },
    text(value, at) {
      if (!isText(value)) throw wrong(at, 'text of 1 to 1024 characters, no control character')
      return value
    },
    date(value, at) {
      if (!isDate(value)) throw wrong(at, 'a date as 2026-03-14')
      return value
    },
  }
}

function isText(value: JsonValue | undefined): value is string {
  return typeof value === 'string' && /^[^\p{Cc}]{1,1024}$/u.test(value) && !hasLoneSurrogate(value)
}

/** RFC 3339 full-date. */
function isDate(value: JsonValue | undefined): value is string {
  return (
    typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) && parseInstant(`${value}T00:00:00Z`) !== undefined
  )
}
