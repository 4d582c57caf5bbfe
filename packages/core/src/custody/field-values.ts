import { scopeIn } from '../authorisation/consent-scope.ts'
import type { DisclosedFile } from '../bundle/line-types.ts'
import { memberOf } from '../json/shape.ts'
import { isJsonObject, type JsonValue } from '../json/value.ts'
import { fromBase64 } from '../model/bytes.ts'
import { parseInstant } from '../model/instant.ts'

/** Whether an opened value is what the tables of the specification's section 5 say of its name. */
export function isValueOf(file: DisclosedFile, name: string, value: JsonValue): boolean {
  const rules = RULES[file]
  return (Object.hasOwn(rules, name) ? rules[name] : undefined)?.(value) ?? false
}

type Rule = (value: JsonValue) => boolean

const isText: Rule = (value) => typeof value === 'string'
const isCount: Rule = (value) => typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
const isTime: Rule = (value) => typeof value === 'string' && value.length > 10 && parseInstant(value) !== undefined
const isHex = (digits: number): Rule => {
  const pattern = new RegExp(`^[0-9a-f]{${digits}}$`)
  return (value) => typeof value === 'string' && pattern.test(value)
}
const isBase64: Rule = (value) => typeof value === 'string' && value !== '' && fromBase64(value) !== undefined

const isName: Rule = (value) =>
  typeof value === 'string'
    ? value.normalize('NFC') === value
    : isJsonObject(value) && Object.keys(value).join() === 'base64' && isBase64(value.base64 ?? null)

const isCopyOf: Rule = (value) => copyOfIn(value) !== null

const isObjects: Rule = (value) => objectsIn(value) !== null

/** Hex digits of the digests that have a name of this format; under other names anything in hex. */
const HEX_DIGITS: Readonly<Record<string, number>> = {
  md5: 32,
  sha1: 40,
  sha224: 56,
  sha256: 64,
  sha384: 96,
  sha512: 128,
}

const isDigests: Rule = (value) =>
  isJsonObject(value) &&
  Object.keys(value).length > 0 &&
  Object.entries(value).every(
    ([name, digest]) =>
      typeof digest === 'string' &&
      /^(?:[0-9a-f]{2})+$/.test(digest) &&
      (!Object.hasOwn(HEX_DIGITS, name) || digest.length === HEX_DIGITS[name]),
  )

const ITEM_VALUES: Readonly<Record<string, Rule>> = {
  path: isText,
  size: isCount,
  sha256: isHex(64),
  sha512: isHex(128),
  mediaType: isText,
  originalName: isName,
  modified: isTime,
  description: isText,
  copyOf: isCopyOf,
  copyMethod: isText,
  copyGround: (value) => typeof value === 'string' && /^[a-z0-9-]{1,64}$/.test(value),
  copyAgent: isText,
}

const EVENT_VALUES: Readonly<Record<string, Rule>> = {
  time: isTime,
  agent: isText,
  instrument: isText,
  place: isText,
  authority: isText,
  objects: isObjects,
  digestBefore: isDigests,
  digestAfter: isDigests,
  outcome: isText,
  note: isText,
  receiver: isText,
  handover: isBase64,
  receipt: isBase64,
  caseId: isText,
  recipient: isText,
  purpose: isText,
}

const isDate: Rule = (value) => typeof value === 'string' && value.length === 10 && parseInstant(value) !== undefined

const CONSENT_VALUES: Readonly<Record<string, Rule>> = {
  giver: isText,
  scope: (value) => scopeIn(value) !== null,
  from: isDate,
  until: (value) => value === null || isDate(value),
  withdrawn: (value) => value === null || isDate(value),
}

const RULES: Readonly<Record<DisclosedFile, Readonly<Record<string, Rule>>>> = {
  'authorisation.json': CONSENT_VALUES,
  'custody.jsonl': EVENT_VALUES,
  'items.jsonl': ITEM_VALUES,
}

/** The original that a redacted copy names; null when the value is not of that form. */
export function copyOfIn(value: JsonValue): { readonly line: string; readonly seq: number } | null {
  if (!isJsonObject(value) || Object.keys(value).join() !== 'line,seq') return null
  const line = memberOf(value, 'line')
  const seq = memberOf(value, 'seq')
  const isPlace = typeof line === 'string' && /^[0-9a-f]{64}$/.test(line) && typeof seq === 'number' && isCount(seq)
  return isPlace ? { line, seq } : null
}

/** Ranges of item positions, ascending and apart; null when the value is not of that form. */
export function objectsIn(value: JsonValue): readonly (readonly [number, number])[] | null {
  if (!Array.isArray(value) || value.length === 0) return null
  const ranges: (readonly [number, number])[] = []
  let after = -1
  for (const range of value as readonly JsonValue[]) {
    if (!Array.isArray(range) || range.length !== 2) return null
    const [first, last] = range as readonly JsonValue[]
    if (typeof first !== 'number' || typeof last !== 'number' || !isCount(first) || !isCount(last)) return null
    if (first > last || first <= after) return null
    after = last
    ranges.push([first, last])
  }
  return ranges
}
