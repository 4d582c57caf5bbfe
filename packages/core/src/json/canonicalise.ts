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
      return stringText(value)
    case 'number':
      if (!Number.isFinite(value)) throw new TypeError('JSON has no number that is not finite')
      return Object.is(value, -0) ? '0' : String(value)
    case 'boolean':
      return String(value)
    case 'object':
      if (value === null) return 'null'
      return isArray(value) ? arrayText(value) : objectText(value)
    default:
      throw new TypeError(`JSON has no ${typeof value}`)
  }
}

/** ASCII of which nothing is escaped: nearly every string here. */
const PLAIN = /^[ !#-[\]-~]*$/

function stringText(value: string): string {
  if (PLAIN.test(value)) return `"${value}"`
  if (hasLoneSurrogate(value)) throw new TypeError('a lone surrogate has no UTF-8 form')
  // RFC 8785 §3.2.2.2 prescribes what ECMAScript's JSON.stringify does with a string.
  return JSON.stringify(value)
}

// A text that grows is cheaper than one that is joined: these are called for every value of a report.
function arrayText(values: readonly Writable[]): string {
  let text = ''
  // By place, so that a hole is not passed over: JSON has none.
  for (let index = 0; index < values.length; index++) {
    text += `${index === 0 ? '[' : ','}${canonicalText(values[index] as Writable)}`
  }
  return text === '' ? '[]' : `${text}]`
}

function objectText(value: object): string {
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== null && prototype !== Object.prototype)
    throw new TypeError('only plain objects are written as JSON')
  let text = ''
  for (const name of sortedNames(value)) {
    const member: Writable | undefined = (value as Record<string, Writable | undefined>)[name]
    if (member !== undefined) text += `${text === '' ? '{' : ','}${stringText(name)}:${canonicalText(member)}`
  }
  return text === '' ? '{}' : `${text}}`
}

/** By UTF-16 code units (RFC 8785 §3.2.3), as sort() and `<` order strings. */
function sortedNames(value: object): string[] {
  const names = Object.keys(value)
  for (let index = 1; index < names.length; index++) {
    if ((names[index - 1] ?? '') > (names[index] ?? '')) return names.sort()
  }
  return names
}

function isArray(value: object): value is JsonArray & readonly JsonValue[] {
  return Array.isArray(value)
}
