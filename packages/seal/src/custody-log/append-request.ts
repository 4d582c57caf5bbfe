import {
  EVENT_TYPES,
  type EventTypeName,
  hasLoneSurrogate,
  ITEM_TYPE,
  isJsonObject,
  isValueOf,
  type JsonValue,
  type OpenableFile,
  objectsIn,
} from '@probatum/core'
import type { FieldValues } from './custody-log-lines.ts'

/** Types that somebody may append. The others follow from what the program does: begin, change the key, export. */
export const APPENDABLE_TYPES: readonly EventTypeName[] = (Object.keys(EVENT_TYPES) as EventTypeName[]).filter(
  (type) => type !== 'log-start' && type !== 'log-key-change' && type !== 'export',
)

/** Fields without which an event of a type says nothing that could be checked or acted on (format, section 5.4), and what each says. */
const NEEDED: { readonly [Type in EventTypeName]?: Readonly<Record<string, string>> } = {
  transfer: { agent: 'who gave it', receiver: 'who took it' },
  // The gate ends consents by their items: a withdrawal of nothing would be passed over.
  'consent-withdrawal': { objects: 'the items whose source withdrew consent' },
}
const DIGESTS = 'digests by name, lower-case hex: {"sha256":"…"}'
const BASE64 = 'a signature (CMS) in base64'
/** What a value looks like, of the fields that are more than text. */
const FORMS: Readonly<Record<string, string>> = {
  time: 'a time such as 2026-03-02T09:00:00Z',
  modified: 'a time such as 2026-03-02T09:00:00Z',
  objects: 'ranges of positions, ascending and apart: [[0,3],[7,7]]',
  digestBefore: DIGESTS,
  digestAfter: DIGESTS,
  handover: BASE64,
  receipt: BASE64,
  size: 'a number of octets',
  sha256: '64 digits, lower-case hex',
  sha512: '128 digits, lower-case hex',
  originalName: 'text in Unicode NFC, or {"base64":"…"} of its octets',
  copyOf: 'an item by line digest and position: {"line":"…","seq":0}',
  copyGround: 'a code of a ground: small letters, digits and hyphens',
}
/** Types that are about something: `objects`, or a `note` where it is no item of the log. */
const ABOUT_SOMETHING: readonly EventTypeName[] = ['transfer', 'deaccession']

/** Types of events that a keeper may write; the others are the log's own. */
export type AppendableType = Exclude<EventTypeName, 'log-start' | 'log-key-change' | 'export'>

/** What is wrong with a line to be appended; no value of a field is in it. */
export class AppendRefused extends Error {
  override readonly name = 'AppendRefused'
}

/** A line to be appended: an event, or an item. */
export interface AppendRequest {
  readonly type: AppendableType | 'item'
  readonly fields: FieldValues
}

/**
 * Reads `{"fields":{…},"type":"…"}`. Throws AppendRefused that names what is wrong, and no value of a field.
 * @param items how many items the log has: an event names none beyond
 */
export function readAppendRequest(value: JsonValue, items: number): AppendRequest {
  if (!isJsonObject(value)) throw new AppendRefused('not an object with "type" and "fields"')
  for (const member of Object.keys(value))
    if (member !== 'type' && member !== 'fields') throw new AppendRefused(`no such member: ${member}`)
  const type = value.type ?? null
  const isItem = type === 'item'
  if (!isItem && !isAppendable(type))
    throw new AppendRefused(`"type" is "item" or one of ${APPENDABLE_TYPES.join(', ')}`)
  const fields = value.fields ?? null
  if (!isJsonObject(fields)) throw new AppendRefused('"fields" is an object')
  const file: OpenableFile = isItem ? 'items.jsonl' : 'custody.jsonl'
  requireFields(file, isItem ? ITEM_TYPE.slots : EVENT_TYPES[type].slots, fields)
  if (isItem)
    for (const name of ['size', 'sha256'])
      if (fields[name] === undefined) throw new AppendRefused(`an item needs the field ${name}`)
  if (!isItem) requireNeeded(type, fields)
  const last = objectsIn(fields.objects ?? null)?.at(-1)?.[1]
  if (!isItem && last !== undefined && last >= items)
    throw new AppendRefused(`"objects" names item ${last}; the log has ${items}, counted from 0`)
  return { type, fields: { ...fields } }
}

function isAppendable(type: JsonValue): type is AppendableType {
  return APPENDABLE_TYPES.some((known) => known === type)
}

function requireNeeded(type: EventTypeName, fields: { readonly [name: string]: JsonValue }) {
  const missing = Object.entries(NEEDED[type] ?? {})
    .filter(([name]) => isEmpty(fields[name]))
    .map(([name, says]) => `${name} (${says})`)
  if (ABOUT_SOMETHING.includes(type) && isEmpty(fields.objects) && isEmpty(fields.note))
    missing.push('objects (positions of the items), or a note on what it was')
  if (missing.length > 0) throw new AppendRefused(`without a value for ${missing.join(', ')} a ${type} says nothing`)
}

const isEmpty = (value: JsonValue | undefined) =>
  value === undefined || (typeof value === 'string' && value.trim() === '')

function requireFields(file: OpenableFile, slots: readonly string[], fields: { readonly [name: string]: JsonValue }) {
  for (const [name, value] of Object.entries(fields)) {
    if (!slots.includes(name)) throw new AppendRefused(`there is no field ${name} here, only ${slots.join(', ')}`)
    if (!isValueOf(file, name, value)) throw new AppendRefused(`the value of ${name} is not ${FORMS[name] ?? 'text'}`)
    // JSON text can hold half of a pair, which has no UTF-8 form and no canonical form.
    if (hasLoneSurrogate(JSON.stringify(value)) || /\\ud[89ab]/i.test(JSON.stringify(value)))
      throw new AppendRefused(`the field ${name} has half of a surrogate pair`)
  }
}
