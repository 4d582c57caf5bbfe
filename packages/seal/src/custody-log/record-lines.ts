import { canonicalText, type EventTypeName, encodeUtf8, type Opening, type SmallDigest } from '@probatum/core'
import { smallDigest } from '../digest.ts'
import type { RandomBytes } from '../random.ts'
import { memorySpill, type NewSpill, type Spill } from '../sealing/spill.ts'
import { type ClearMembers, type FieldValues, type MadeLine, makeEventLine, makeItemLine } from './custody-log-lines.ts'
import { LogTree } from './custody-log-tree.ts'

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

export interface RecordMaking {
  readonly random: RandomBytes
  /** Default: in memory. */
  readonly newSpill?: NewSpill
  /** Default: JavaScript alone. */
  readonly smallDigest?: SmallDigest
}

/**
 * The items and events of a log that begins and ends with one bundle, while it is written, and the openings of their fields.
 * Of each item it keeps 64 octets; all else is spilled.
 */
export class RecordLines {
  readonly items: LogTree
  readonly events: LogTree
  /** Openings of this export's own event, which no bundle shows. */
  readonly keptOpenings: Opening[] = []
  readonly #making: { readonly random: RandomBytes; readonly digest: SmallDigest }
  readonly #eventTexts: Spill
  readonly #eventOpenings: Spill
  readonly #itemOpenings: Spill
  #lastEvent: Uint8Array | null = null

  constructor({ random, newSpill = memorySpill, smallDigest: digest = smallDigest }: RecordMaking) {
    this.#making = { random, digest }
    this.items = new LogTree(digest)
    this.events = new LogTree(digest)
    this.#eventTexts = newSpill()
    this.#eventOpenings = newSpill()
    this.#itemOpenings = newSpill()
  }

  /** Makes the next item; its text is the caller's to write. */
  appendItem(fields: FieldValues): MadeLine {
    const line = makeItemLine(this.items.size, fields, this.#making)
    this.items.append(line.digest)
    for (const opening of line.openings) this.#itemOpenings.append(canonicalText(opening))
    return line
  }

  /** Appends an event with its clear members. */
  appendEvent<Type extends EventTypeName>(type: Type, clear: ClearMembers<Type>, fields: FieldValues): void {
    const place = { seq: this.events.size, previous: this.#lastEvent }
    const line = makeEventLine(place, type, clear, fields, this.#making)
    this.events.append(line.digest)
    this.#lastEvent = line.digest
    this.#eventTexts.append(line.text)
    if (type === 'export') this.keptOpenings.push(...line.openings)
    else for (const opening of line.openings) this.#eventOpenings.append(canonicalText(opening))
  }

  /** custody.jsonl */
  eventBytes(): AsyncIterable<Uint8Array> {
    return this.#eventTexts.bytes()
  }

  /** disclosures.jsonl with every field open but those of the export: ascending by file, seq and field. */
  async *disclosures(): AsyncIterable<Uint8Array> {
    yield* this.#eventOpenings.bytes()
    yield* this.#itemOpenings.bytes()
  }
}
