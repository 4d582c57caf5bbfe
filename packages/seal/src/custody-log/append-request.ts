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
  const last = objectsIn(fields.objects ?? null)?.at(-1)?.[1]
  if (!isItem && last !== undefined && last >= items)
    throw new AppendRefused(`"objects" names item ${last}; the log has ${items}, counted from 0`)
  return { type, fields: { ...fields } }
}

function isAppendable(type: JsonValue): type is AppendableType {
  return APPENDABLE_TYPES.some((known) => known === type)
}

function requireFields(file: OpenableFile, slots: readonly string[], fields: { readonly [name: string]: JsonValue }) {
  for (const [name, value] of Object.entries(fields)) {
    if (!slots.includes(name)) throw new AppendRefused(`no field of this name here: ${name}`)
    if (!isValueOf(file, name, value))
      throw new AppendRefused(`the field ${name} has not the form of the specification`)
    // JSON text can hold half of a pair, which has no UTF-8 form and no canonical form.
    if (hasLoneSurrogate(JSON.stringify(value)) || /\\ud[89ab]/i.test(JSON.stringify(value)))
      throw new AppendRefused(`the field ${name} has half of a surrogate pair`)
  }
}
