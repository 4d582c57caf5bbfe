import {
  canonicalise,
  canonicalText,
  EVENT_TYPES,
  type EventLine,
  type EventTypeName,
  encodeUtf8,
  ITEM_TYPE,
  type ItemLine,
  lineDigest,
  NO_PREVIOUS_LINE,
  type Opening,
  type SmallDigest,
  toBase64Url,
  toHex,
  type Writable,
} from '@probatum/core'
import { smallDigest as pureDigest } from '../digest.ts'
import type { RandomBytes } from '../random.ts'

/** Values of redactable fields by name; a name that is left out is an absent field. */
export type FieldValues = Readonly<Record<string, Writable>>

/** Clear members of an event besides those that its place in the log gives it. */
export type ClearMembers<Type extends EventTypeName> = Omit<
  Extract<EventLine, { type: Type }>,
  'prev' | 'salt' | 'sd' | 'seq' | 'type'
>

/** A line that was made, and the openings of the fields that it has. */
export interface MadeLine {
  readonly seq: number
  /** Canonical JSON without a line feed. */
  readonly text: string
  /** Line digest. */
  readonly digest: Uint8Array
  /** In ascending order of their names. */
  readonly openings: readonly Opening[]
}

/** What lines are made with. */
export interface LineMaking {
  readonly random: RandomBytes
  /** Default: JavaScript alone. */
  readonly digest?: SmallDigest
}

/** 128 bits, by the format. */
const SALT_OCTETS = 16

/** Makes a line of items.jsonl. Throws TypeError for a field that items do not have. */
export function makeItemLine(seq: number, fields: FieldValues, making: LineMaking): MadeLine {
  const { sd, openings } = commitFields('items.jsonl', seq, ITEM_TYPE.slots, fields, making)
  const line: ItemLine = { salt: makeSalt(making), sd, seq, type: 'item' }
  return { seq, ...written(line, making), openings }
}

/**
 * Makes a line of custody.jsonl. `previous` is the line digest of the line before, null for line 0. Throws TypeError for a
 * field that the type does not have.
 */
export function makeEventLine<Type extends EventTypeName>(
  place: { readonly seq: number; readonly previous: Uint8Array | null },
  type: Type,
  clear: ClearMembers<Type>,
  fields: FieldValues,
  making: LineMaking,
): MadeLine {
  const { seq, previous } = place
  const { sd, openings } = commitFields('custody.jsonl', seq, EVENT_TYPES[type].slots, fields, making)
  const prev = previous === null ? NO_PREVIOUS_LINE : toHex(previous)
  return { seq, ...written({ ...clear, prev, salt: makeSalt(making), sd, seq, type }, making), openings }
}

/** A field's opening, by its place in a file that commits to fields. */
export interface OpeningIn<File extends string> {
  readonly field: string
  readonly file: File
  readonly opening: string
  readonly seq: number
}

/**
 * Commits to fields: a slot for each name that the type has; of an absent field, the digest of 32 random octets. Openings are in
 * ascending order of their names. Throws TypeError for a name that the type does not have.
 */
export function commitFields<File extends string>(
  file: File,
  seq: number,
  slots: readonly string[],
  fields: FieldValues,
  { random, digest = pureDigest }: LineMaking,
): { readonly sd: readonly string[]; readonly openings: readonly OpeningIn<File>[] } {
  for (const name of Object.keys(fields))
    if (!slots.includes(name)) throw new TypeError(`${file}: no field of this name: ${name}`)
  const openings: OpeningIn<File>[] = []
  const sd = slots.map((field) => {
    const value = fields[field]
    if (value === undefined) return toBase64Url(digest('sha256', random(32)))
    const opening = toBase64Url(canonicalise([toBase64Url(random(SALT_OCTETS)), field, value]))
    openings.push({ field, file, opening, seq })
    return toBase64Url(digest('sha256', encodeUtf8(opening)))
  })
  openings.sort((a, b) => (a.field < b.field ? -1 : 1))
  return { sd, openings }
}

/** The salt of a line, hex: 16 random octets (format, section 5.2). */
export const makeSalt = ({ random }: LineMaking) => toHex(random(SALT_OCTETS))

function written(line: Writable, { digest = pureDigest }: LineMaking) {
  const text = canonicalText(line)
  return { text, digest: lineDigest(encodeUtf8(text), digest) }
}
