import {
  EVENT_TYPES,
  type EventTypeName,
  encodeUtf8,
  hasLoneSurrogate,
  ITEM_TYPE,
  isJsonObject,
  type JsonValue,
  LIMITS,
  type OpenableFile,
  parseJson,
} from '@probatum/core'
import type { Showing } from '../custody-log/custody-log-showing.ts'

/** Inclusive ranges of positions, from 0. */
export type Ranges = readonly (readonly [number, number])[]

/** Lines that a rule is about: those that meet all of its conditions. At least one stands there; `all` alone means every line. */
export interface LineChoice {
  readonly all?: true
  readonly seq?: Ranges
  /** Of events only. */
  readonly types?: readonly EventTypeName[]
}

/** Lines that are shown, and which of their fields are opened; `['*']` for all. */
export interface ShowRule extends LineChoice {
  readonly fields: readonly string[]
}

/** Of which items something is shown. */
export interface ItemRule extends ShowRule {
  /** The files come along: their path, size and digests are opened. */
  readonly payload: boolean
}

/** A ground that is stated for what is withheld (format, section 5.6). */
export interface GroundRule extends LineChoice {
  readonly file: OpenableFile
  /** Fields that it is the ground of; absent: of whole lines that are withheld. */
  readonly fields?: readonly string[]
  readonly ground: string
}

/** A withheld value that is known to stand in the output and is let through: every member that is there must fit. */
export interface AcceptRule {
  readonly file?: OpenableFile
  readonly seq?: Ranges
  readonly field?: string
  /** Where it stands: path in the bundle. */
  readonly path?: string
}

/** What one recipient may see (`probatum/disclosure-policy/1-draft`). What it does not name is withheld. */
export interface DisclosurePolicy {
  readonly disclosurePolicy: typeof DISCLOSURE_POLICY
  /** Name of the recipient, as the bundle states it; null for nobody in particular. */
  readonly recipient: string | null
  /** External-Identifier of the bundle. */
  readonly identifier: string
  readonly purpose?: string
  readonly events: readonly ShowRule[]
  readonly items: readonly ItemRule[]
  readonly grounds: readonly GroundRule[]
  readonly accept: readonly AcceptRule[]
}

/** First member of a disclosure policy. */
export const DISCLOSURE_POLICY = 'probatum/disclosure-policy/1-draft'

const LIMIT = 16_777_216

/** Reads a policy; it need not be canonical. Throws ParseError for what is no JSON, TypeError that names the member else. */
export function parseDisclosurePolicy(bytes: Uint8Array, where: string): DisclosurePolicy {
  const value = parseJson(bytes, where, { limit: LIMIT, canonical: false, units: LIMITS.ownFileUnits })
  const top = members(value, '', {
    must: ['disclosurePolicy', 'recipient', 'identifier'],
    may: ['purpose', 'events', 'items', 'grounds', 'accept'],
  })
  if (top.disclosurePolicy !== DISCLOSURE_POLICY) throw wrong('disclosurePolicy', DISCLOSURE_POLICY)
  const purpose = top.purpose === undefined ? {} : { purpose: textIn(top.purpose, 'purpose') }
  return {
    disclosurePolicy: DISCLOSURE_POLICY,
    recipient: top.recipient === null ? null : textIn(top.recipient, 'recipient'),
    identifier: textIn(top.identifier, 'identifier'),
    ...purpose,
    events: list(top.events, 'events', (rule, at) => showRule(rule, at, 'custody.jsonl')),
    items: list(top.items, 'items', itemRule),
    grounds: list(top.grounds, 'grounds', groundRule),
    accept: list(top.accept, 'accept', acceptRule),
  }
}

/** What the policy shows of a log. */
export function showingOf(policy: DisclosurePolicy): Showing {
  const rulesOf = (file: OpenableFile): readonly ShowRule[] => (file === 'items.jsonl' ? policy.items : policy.events)
  return {
    showsLine: (file, seq, type) => rulesOf(file).some((rule) => chooses(rule, seq, type)),
    showsPayload: (seq) => policy.items.some((rule) => rule.payload && chooses(rule, seq, 'item')),
    opensField: (file, seq, type, field) =>
      rulesOf(file).some((rule) => chooses(rule, seq, type) && names(rule.fields, file, field)),
    ground: (file, seq, type, field) =>
      policy.grounds.find(
        (rule) =>
          rule.file === file &&
          chooses(rule, seq, type) &&
          (field === null ? rule.fields === undefined : rule.fields !== undefined && names(rule.fields, file, field)),
      )?.ground ?? null,
  }
}

/** The path of an item is opened with its file only: without it a path would name a file that the bundle has not. */
function names(fields: readonly string[], file: OpenableFile, field: string): boolean {
  return fields.includes(field) || (fields.includes('*') && !(file === 'items.jsonl' && field === 'path'))
}

/** A giver's or receiver's signature names the person: it is opened with that field only. */
export function signatureWithoutName(policy: DisclosurePolicy, seq: number): 'handover' | 'receipt' | undefined {
  const { opensField, showsLine } = showingOf(policy)
  if (!showsLine('custody.jsonl', seq, 'transfer')) return undefined
  const opens = (field: string) => opensField('custody.jsonl', seq, 'transfer', field)
  if (opens('handover') && !opens('agent')) return 'handover'
  return opens('receipt') && !opens('receiver') ? 'receipt' : undefined
}

/** Whether a position lies in one of the ranges, ends included; no ranges are every position. */
export function inRanges(ranges: Ranges | undefined, seq: number): boolean {
  if (ranges === undefined) return true
  const apart = apartOf(ranges)
  let low = 0
  let high = apart.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((apart[middle]?.[0] ?? 0) <= seq) low = middle + 1
    else high = middle
  }
  return seq <= (apart[low - 1]?.[1] ?? -1)
}

const apart = new WeakMap<Ranges, Ranges>()

/** The same positions in ranges that ascend and do not meet: a policy may name a hundred thousand items one by one. */
function apartOf(ranges: Ranges): Ranges {
  const known = apart.get(ranges)
  if (known !== undefined) return known
  const made: [number, number][] = []
  for (const [first, last] of ranges.toSorted(([a], [b]) => a - b)) {
    const before = made.at(-1)
    if (before !== undefined && first <= before[1]) before[1] = Math.max(before[1], last)
    else made.push([first, last])
  }
  apart.set(ranges, made)
  return made
}

function chooses({ seq: ranges, types }: LineChoice, seq: number, type: string): boolean {
  return inRanges(ranges, seq) && (types === undefined || types.some((each) => each === type))
}

const wrong = (at: string, expected: string) => new TypeError(`disclosure policy, ${at || 'top'}: expected ${expected}`)

type Members = Readonly<Record<string, JsonValue | undefined>>

function members(value: JsonValue, at: string, names: { must: readonly string[]; may: readonly string[] }): Members {
  if (!isJsonObject(value)) throw wrong(at, 'an object')
  for (const name of names.must) if (!Object.hasOwn(value, name)) throw wrong(at, `the member ${name}`)
  // A member that is not understood may have been meant to withhold something.
  for (const name of Object.keys(value))
    if (!names.must.includes(name) && !names.may.includes(name)) throw wrong(`${at}.${name}`, 'no such member')
  return value
}

function list<T>(value: JsonValue | undefined, at: string, read: (value: JsonValue, at: string) => T): readonly T[] {
  if (value === undefined) return []
  if (!Array.isArray(value)) throw wrong(at, 'an array')
  return (value as readonly JsonValue[]).map((each, index) => read(each, `${at}[${index}]`))
}

function textIn(value: JsonValue | undefined, at: string): string {
  if (typeof value !== 'string' || !/^[^\p{Cc}]{1,1024}$/u.test(value) || hasLoneSurrogate(value))
    throw wrong(at, 'text of 1 to 1024 characters, no control character')
  encodeUtf8(value)
  return value
}

function fileIn(value: JsonValue | undefined, at: string): OpenableFile {
  if (value !== 'custody.jsonl' && value !== 'items.jsonl') throw wrong(at, 'custody.jsonl or items.jsonl')
  return value
}

function ranges(value: JsonValue | undefined, at: string): { readonly seq?: Ranges } {
  if (value === undefined) return {}
  const read = list(value, at, (range, place): readonly [number, number] => {
    const isSeq = (seq: JsonValue | undefined): seq is number => Number.isSafeInteger(seq) && Number(seq) >= 0
    const [first, last] = Array.isArray(range) && range.length === 2 ? (range as readonly JsonValue[]) : [range, range]
    if (!isSeq(first) || !isSeq(last) || first > last) throw wrong(place, 'a position or [first, last]')
    return [first, last]
  })
  return { seq: read }
}

function choice(rule: Members, at: string, file: OpenableFile): LineChoice {
  const seq = ranges(rule.seq, `${at}.seq`)
  const types =
    rule.types === undefined
      ? {}
      : {
          types: list(rule.types, `${at}.types`, (type, place) => {
            const known = (Object.keys(EVENT_TYPES) as EventTypeName[]).find((name) => name === type)
            if (known === undefined || file === 'items.jsonl') throw wrong(place, 'a type of events')
            return known
          }),
        }
  if (rule.all !== undefined && rule.all !== true) throw wrong(`${at}.all`, 'true')
  const hasCondition = rule.seq !== undefined || rule.types !== undefined
  if (hasCondition === (rule.all === true)) throw wrong(at, 'either "all": true, or "seq" or "types" or both')
  return { ...(rule.all === true ? { all: true } : {}), ...seq, ...types }
}

const SLOTS: Readonly<Record<OpenableFile, ReadonlySet<string>>> = {
  'custody.jsonl': new Set(Object.values(EVENT_TYPES).flatMap(({ slots }) => slots)),
  'items.jsonl': new Set(ITEM_TYPE.slots),
}

function fieldsIn(value: JsonValue | undefined, at: string, file: OpenableFile): readonly string[] {
  return list(value, at, (field, place) => {
    if (typeof field !== 'string' || !(field === '*' || SLOTS[file].has(field)))
      throw wrong(place, `"*" or a field of ${file}`)
    return field
  })
}

function showRule(value: JsonValue, at: string, file: OpenableFile): ShowRule {
  const rule = members(value, at, { must: [], may: ['all', 'seq', 'types', 'fields'] })
  return { ...choice(rule, at, file), fields: fieldsIn(rule.fields, `${at}.fields`, file) }
}

function itemRule(value: JsonValue, at: string): ItemRule {
  const rule = members(value, at, { must: [], may: ['all', 'seq', 'fields', 'payload'] })
  const payload = rule.payload ?? false
  if (typeof payload !== 'boolean') throw wrong(`${at}.payload`, 'true or false')
  const fields = fieldsIn(rule.fields, `${at}.fields`, 'items.jsonl')
  if (fields.includes('path') && !payload) throw wrong(`${at}.fields`, '"payload": true where the path is opened')
  return { ...choice(rule, at, 'items.jsonl'), fields, payload }
}

function groundRule(value: JsonValue, at: string): GroundRule {
  const rule = members(value, at, { must: ['file', 'ground'], may: ['all', 'seq', 'types', 'fields'] })
  const file = fileIn(rule.file, `${at}.file`)
  const { ground } = rule
  if (typeof ground !== 'string' || !/^[a-z0-9-]{1,64}$/.test(ground))
    throw wrong(`${at}.ground`, 'a code: a-z, 0-9, -')
  const fields = rule.fields === undefined ? {} : { fields: fieldsIn(rule.fields, `${at}.fields`, file) }
  return { ...choice(rule, at, file), file, ground, ...fields }
}

function acceptRule(value: JsonValue, at: string): AcceptRule {
  const rule = members(value, at, { must: [], may: ['file', 'seq', 'field', 'path'] })
  if (Object.keys(rule).length === 0) throw wrong(at, 'one member at least')
  return {
    ...(rule.file === undefined ? {} : { file: fileIn(rule.file, `${at}.file`) }),
    ...ranges(rule.seq, `${at}.seq`),
    ...(rule.field === undefined ? {} : { field: textIn(rule.field, `${at}.field`) }),
    ...(rule.path === undefined ? {} : { path: textIn(rule.path, `${at}.path`) }),
  }
}
