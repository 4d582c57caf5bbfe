import { memberOf } from '../json/shape.ts'
import { isJsonObject, type JsonValue } from '../json/value.ts'
import type { ConsentScope } from './unmet-conditions.ts'

/** The value of a consent's field `scope` (format, section 5.7); null when it is not of that form. */
export function scopeIn(value: JsonValue | undefined): ConsentScope | null {
  if (value === undefined || !isJsonObject(value) || Object.keys(value).join() !== 'purposes,recipients') return null
  const purposes = textsIn(memberOf(value, 'purposes'))
  const recipients = textsIn(memberOf(value, 'recipients'))
  return purposes === null || recipients === null ? null : { purposes, recipients }
}

function textsIn(value: JsonValue | undefined): readonly string[] | null {
  if (!Array.isArray(value)) return null
  return value.every((text) => typeof text === 'string') ? (value as readonly string[]) : null
}
