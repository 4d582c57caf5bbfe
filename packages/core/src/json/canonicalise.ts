import { encodeUtf8, hasLoneSurrogate } from '../model/utf8.ts'
import type { JsonArray, JsonValue } from './value.ts'

/** What can be written as JSON: also the program's own typed records, whose absent members are left out. */
export type Writable = null | boolean | number | string | readonly Writable[] | object

/**
 * The canonical form of RFC 8785: members by UTF-16 code units, ECMAScript numbers, shortest escapes, no white space.
 * Members that are `undefined` are left out.
 * @throws TypeError for what JSON cannot say (a lone surrogate, NaN, a function): a mistake of the caller
 */
export function canonicalise(value: Writable): Uint8Array {
  return encodeUtf8(canonicalText(value))
}

/** The same as a string. */
export function canonicalText(value: Writable): string {
  switch (typeof value) {
    case 'string':
      if (hasLoneSurrogate(value)) throw new TypeError('a lone surrogate has no UTF-8 form')
      // RFC 8785 §3.2.2.2 prescribes what ECMAScript's JSON.stringify does with a string.
      return JSON.stringify(value)
    case 'number':
      if (!Number.isFinite(value)) throw new TypeError('JSON has no number that is not finite')
      return Object.is(value, -0) ? '0' : String(value)
    case 'boolean':
      return String(value)
    case 'object':
      if (value === null) return 'null'
      return isArray(value) ? `[${value.map(canonicalText).join(',')}]` : canonicalObject(value)
    default:
      throw new TypeError(`JSON has no ${typeof value}`)
  }
}

function canonicalObject(value: object): string {
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== null && prototype !== Object.prototype)
    throw new TypeError('only plain objects are written as JSON')
  const members: string[] = []
  // The default order of sort() is by UTF-16 code units (RFC 8785 §3.2.3).
  for (const name of Object.keys(value).sort()) {
    const member: Writable | undefined = (value as Record<string, Writable | undefined>)[name]
    if (member !== undefined) members.push(`${canonicalText(name)}:${canonicalText(member)}`)
  }
  return `{${members.join(',')}}`
}

function isArray(value: object): value is JsonArray & readonly JsonValue[] {
  return Array.isArray(value)
}
