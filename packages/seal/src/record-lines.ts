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
  merkleRoot,
  NO_PREVIOUS_LINE,
  type OpenableFile,
  type Opening,
  toBase64Url,
  toHex,
  type Writable,
} from '@probatum/core'
import { digestOf, smallDigest } from './digest.ts'
import type { RandomBytes } from './random.ts'

/** Values of redactable fields by name; a name that is left out is an absent field. */
export type FieldValues = Readonly<Record<string, Writable>>

/** 128 bits, by the format. */
const SALT_OCTETS = 16

interface Commitment {
  readonly sd: readonly string[]
  /** One for each field that is there, in the order of their names. */
  readonly openings: readonly Opening[]
}

/**
 * Commits to fields: one slot for each name that the type has, of an absent field the digest of 32 random octets.
 * Throws TypeError for a field that the type does not have.
 */
function commit(
  file: OpenableFile,
  seq: number,
  slots: readonly string[],
  fields: FieldValues,
  random: RandomBytes,
): Commitment {
  for (const name of Object.keys(fields))
    if (!slots.includes(name)) throw new TypeError(`${file}: no field of this name: ${name}`)
  const openings: Opening[] = []
  const sd = slots.map((field) => {
    const value = fields[field]
    if (value === undefined) return toBase64Url(digestOf('sha256', random(32)))
    const opening = toBase64Url(canonicalise([toBase64Url(random(SALT_OCTETS)), field, value]))
    openings.push({ field, file, opening, seq })
    return toBase64Url(digestOf('sha256', encodeUtf8(opening)))
  })
  openings.sort((a, b) => (a.field < b.field ? -1 : 1))
  return { sd, openings }
}

/** Lines of one file that only grows: their texts and digests. */
class Lines {
  readonly texts: string[] = []
  readonly digests: Uint8Array[] = []

  append(line: Writable): void {
    const text = canonicalText(line)
    this.texts.push(text)
    this.digests.push(lineDigest(encodeUtf8(text), smallDigest))
  }

  get count(): number {
    return this.texts.length
  }

  /** RFC 9162 root over the line digests. */
  root(): Uint8Array {
    return merkleRoot(this.digests, smallDigest)
  }

  bytes(): AsyncIterable<Uint8Array> {
    return jsonLines(this.texts)
  }
}

/** Each text and a line feed, in pieces of a thousand lines. */
export async function* jsonLines(texts: readonly string[]): AsyncIterable<Uint8Array> {
  for (let at = 0; at < texts.length; at += 1000) yield encodeUtf8(`${texts.slice(at, at + 1000).join('\n')}\n`)
}

/** The items and events of one log while it is written, and the openings of their fields. */
export class RecordLines {
  readonly items: Lines = new Lines()
  readonly events: Lines = new Lines()
  readonly openings: Opening[] = []
  /** Openings of this export's own event, which no bundle shows. */
  readonly keptOpenings: Opening[] = []
  readonly random: RandomBytes

  constructor(random: RandomBytes) {
    this.random = random
  }

  /** Appends an item; returns its position. */
  appendItem(fields: FieldValues): number {
    const seq = this.items.count
    const { sd, openings } = commit('items.jsonl', seq, ITEM_TYPE.slots, fields, this.random)
    const line: ItemLine = { salt: this.salt(), sd, seq, type: 'item' }
    this.items.append(line)
    this.openings.push(...openings)
    return seq
  }

  /** Appends an event with its clear members; returns its position. */
  appendEvent<Type extends EventTypeName>(
    type: Type,
    clear: Omit<Extract<EventLine, { type: Type }>, 'prev' | 'salt' | 'sd' | 'seq' | 'type'>,
    fields: FieldValues,
  ): number {
    const seq = this.events.count
    const last = this.events.digests.at(-1)
    const { sd, openings } = commit('custody.jsonl', seq, EVENT_TYPES[type].slots, fields, this.random)
    const prev = last === undefined ? NO_PREVIOUS_LINE : toHex(last)
    this.events.append({ ...clear, prev, salt: this.salt(), sd, seq, type })
    if (type === 'export') this.keptOpenings.push(...openings)
    else this.openings.push(...openings)
    return seq
  }

  /** disclosures.jsonl with every field open but those of the export: ascending by file, seq and field. */
  disclosures(): AsyncIterable<Uint8Array> {
    const order = (opening: Opening) => (opening.file === 'custody.jsonl' ? 0 : 1)
    // Sorting is stable: seq and field are in order within each file already.
    const sorted = [...this.openings].sort((a, b) => order(a) - order(b))
    return jsonLines(sorted.map((opening) => canonicalText(opening)))
  }

  private salt(): string {
    return toHex(this.random(SALT_OCTETS))
  }
}
