import { canonicalText, type EventTypeName, encodeUtf8, merkleRoot, type Opening } from '@probatum/core'
import {
  type ClearMembers,
  type FieldValues,
  type LineMaking,
  type MadeLine,
  makeEventLine,
  makeItemLine,
} from './custody-log-lines.ts'
import { smallDigest } from './digest.ts'
import type { RandomBytes } from './random.ts'

/** Lines of one file that only grows: their texts and digests. */
class Lines {
  readonly texts: string[] = []
  readonly digests: Uint8Array[] = []

  append({ text, digest }: MadeLine): void {
    this.texts.push(text)
    this.digests.push(digest)
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
export async function* jsonLines(texts: Iterable<string> | AsyncIterable<string>): AsyncIterable<Uint8Array> {
  let piece: string[] = []
  for await (const text of texts) {
    piece.push(text, '\n')
    if (piece.length < 2000) continue
    yield encodeUtf8(piece.join(''))
    piece = []
  }
  if (piece.length > 0) yield encodeUtf8(piece.join(''))
}

/** The items and events of a log that begins and ends with one bundle, while it is written, and the openings of their fields. */
export class RecordLines {
  readonly items: Lines = new Lines()
  readonly events: Lines = new Lines()
  readonly openings: Opening[] = []
  /** Openings of this export's own event, which no bundle shows. */
  readonly keptOpenings: Opening[] = []
  readonly #making: LineMaking

  constructor(random: RandomBytes) {
    this.#making = { random }
  }

  /** Appends an item; returns its position. */
  appendItem(fields: FieldValues): number {
    const line = makeItemLine(this.items.count, fields, this.#making)
    this.items.append(line)
    this.openings.push(...line.openings)
    return line.seq
  }

  /** Appends an event with its clear members; returns its position. */
  appendEvent<Type extends EventTypeName>(type: Type, clear: ClearMembers<Type>, fields: FieldValues): number {
    const place = { seq: this.events.count, previous: this.events.digests.at(-1) ?? null }
    const line = makeEventLine(place, type, clear, fields, this.#making)
    this.events.append(line)
    if (type === 'export') this.keptOpenings.push(...line.openings)
    else this.openings.push(...line.openings)
    return line.seq
  }

  /** disclosures.jsonl with every field open but those of the export: ascending by file, seq and field. */
  disclosures(): AsyncIterable<Uint8Array> {
    const order = (opening: Opening) => (opening.file === 'custody.jsonl' ? 0 : 1)
    // Sorting is stable: seq and field are in order within each file already.
    const sorted = [...this.openings].sort((a, b) => order(a) - order(b))
    return jsonLines(sorted.map((opening) => canonicalText(opening)))
  }
}
