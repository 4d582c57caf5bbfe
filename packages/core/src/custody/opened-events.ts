import type { JsonValue } from '../json/value.ts'
import { isJsonObject } from '../json/value.ts'
import { equalBytes, fromBase64, fromHex } from '../model/bytes.ts'
import { parseInstant } from '../model/instant.ts'
import { LIMITS } from '../model/limits.ts'
import { EventTimes } from './event-times.ts'
import { objectsIn } from './field-values.ts'
import type { CustodyFacts, LinePlace, OpenedCheck } from './history-facts.ts'
import { PlaceList } from './place-list.ts'

/** A CMS of giver or receiver that stands open in a transfer. */
export interface OpenedHandover {
  readonly seq: number
  readonly by: 'giver' | 'receiver'
  readonly cms: Uint8Array
  /** Whether the line shows whose signature it is said to be: `agent` of the giver's, `receiver` of the receiver's. */
  readonly isNamed: boolean
}

/** Events after which the bytes are others: there one of the two digests is the item's. */
const CHANGING: ReadonlySet<string> = new Set(['migration', 'redaction'])

class Check<Code extends string> {
  compared = 0
  open = 0
  readonly problems = new PlaceList<LinePlace<Code | 'malformed-value'>>()

  finish(): OpenedCheck<Code> {
    return { compared: this.compared, open: this.open, problems: this.problems.finish() }
  }
}

/** Before and after of an event over one item, until the items are read: 8 + 64 octets each. */
class PendingDigests {
  count = 0
  lines: Uint32Array = new Uint32Array(64)
  items: Uint32Array = new Uint32Array(64)
  /** 1: before, 2: after, 4: either will do. */
  which: Uint8Array = new Uint8Array(64)
  digests: Uint8Array = new Uint8Array(64 * 64)

  add(line: number, item: number, before: Uint8Array | null, after: Uint8Array | null, either: boolean): void {
    const at = this.count++
    if (at >= this.lines.length) this.#grow()
    this.lines[at] = line
    this.items[at] = item
    this.which[at] = (before === null ? 0 : 1) | (after === null ? 0 : 2) | (either ? 4 : 0)
    if (before !== null) this.digests.set(before, at * 64)
    if (after !== null) this.digests.set(after, at * 64 + 32)
  }

  #grow(): void {
    const double = (old: Uint32Array) => {
      const grown = new Uint32Array(old.length * 2)
      grown.set(old)
      return grown
    }
    const which = new Uint8Array(this.which.length * 2)
    which.set(this.which)
    const digests = new Uint8Array(this.digests.length * 2)
    digests.set(this.digests)
    this.lines = double(this.lines)
    this.items = double(this.items)
    this.which = which
    this.digests = digests
  }
}

/** The opened fields of events, one event after the other. */
export class OpenedEvents {
  readonly #items: number | null
  readonly #times = new EventTimes()
  readonly #objects = new Check<'no-item'>()
  readonly #digests = new Check<'differs'>()
  readonly #pending = new PendingDigests()
  readonly handovers: OpenedHandover[] = []
  handoversOmitted = 0

  /** @param items lines of items.jsonl; null when it could not be read */
  constructor(items: number | null) {
    this.#items = items
  }

  /** A field that is opened and whose value is not in form. */
  malformed(seq: number, field: string): void {
    const place = { line: seq + 1, code: 'malformed-value', expected: null, found: null } as const
    if (field === 'time') this.#times.malformed(seq + 1)
    else if (field === 'objects') this.#objects.problems.add(place)
    else if (field === 'digestBefore' || field === 'digestAfter') this.#digests.problems.add(place)
    // No text in base64, so no CMS: it is read as one of no octets.
    else if (field === 'handover') this.#handover({ seq, by: 'giver', cms: new Uint8Array(0), isNamed: true })
    else if (field === 'receipt') this.#handover({ seq, by: 'receiver', cms: new Uint8Array(0), isNamed: true })
  }

  /** All opened fields of one event whose values are in form. */
  event(seq: number, type: string, values: ReadonlyMap<string, JsonValue>): void {
    const objects = objectsIn(values.get('objects') ?? null)
    const time = values.get('time')
    const instant = typeof time === 'string' ? parseInstant(time) : undefined
    if (instant !== undefined) this.#times.event(seq + 1, type, instant.epochSeconds, objects)
    if (objects !== null) this.#object(seq, objects)
    const before = digestIn(values.get('digestBefore'))
    const after = digestIn(values.get('digestAfter'))
    if (before !== undefined || after !== undefined) this.#digest(seq, type, objects, before ?? null, after ?? null)
    for (const [name, by, person] of [
      ['handover', 'giver', 'agent'],
      ['receipt', 'receiver', 'receiver'],
    ] as const) {
      const value = values.get(name)
      const cms = typeof value === 'string' ? fromBase64(value) : undefined
      if (cms !== undefined) this.#handover({ seq, by, cms, isNamed: values.has(person) })
    }
  }

  #handover(opened: OpenedHandover): void {
    if (this.handovers.length < LIMITS.handoverSignatures) this.handovers.push(opened)
    else this.handoversOmitted++
  }

  #object(seq: number, objects: readonly (readonly [number, number])[]): void {
    const last = objects.at(-1)?.[1] ?? 0
    if (this.#items === null) this.#objects.open++
    else {
      this.#objects.compared++
      if (last < this.#items) return
      this.#objects.problems.add({ line: seq + 1, code: 'no-item', expected: `below ${this.#items}`, found: null })
    }
  }

  #digest(
    seq: number,
    type: string,
    objects: readonly (readonly [number, number])[] | null,
    before: Uint8Array | null,
    after: Uint8Array | null,
  ): void {
    const [range] = objects ?? []
    const item = objects?.length === 1 && range !== undefined && range[0] === range[1] ? range[0] : null
    const either = CHANGING.has(type)
    // A digest over several items, of an item that is not named, or under another algorithm: nothing to compare with.
    const usable = (before !== null || after !== null) && (!either || (before !== null && after !== null))
    if (item === null || !usable || this.#items === null || item >= this.#items) this.#digests.open++
    else this.#pending.add(seq + 1, item, before, after, either)
  }

  /**
   * @param sha256Of opened SHA-256 of an item; null while it is closed
   * @param created as bundle.json states it; null without one
   */
  finish(
    sha256Of: (seq: number) => Uint8Array | null,
    created: string | null,
  ): Pick<CustodyFacts, 'times' | 'objects' | 'digests'> {
    const { count, lines, items, which, digests } = this.#pending
    for (let at = 0; at < count; at++) {
      const item = sha256Of(items[at] ?? 0)
      if (item === null) {
        this.#digests.open++
        continue
      }
      this.#digests.compared++
      const flags = which[at] ?? 0
      const equalBefore = (flags & 1) === 0 || equalBytes(item, digests.subarray(at * 64, at * 64 + 32))
      const equalAfter = (flags & 2) === 0 || equalBytes(item, digests.subarray(at * 64 + 32, at * 64 + 64))
      const holds = (flags & 4) === 0 ? equalBefore && equalAfter : equalBefore || equalAfter
      if (holds) continue
      const line = lines[at] ?? 0
      this.#digests.problems.add({ line, code: 'differs', expected: `item line ${(items[at] ?? 0) + 1}`, found: null })
    }
    const made = created === null ? undefined : parseInstant(created)
    const times = this.#times.finish(made?.epochSeconds ?? null, this.#items)
    return { times, objects: this.#objects.finish(), digests: this.#digests.finish() }
  }
}

/** The SHA-256 of `{algorithm: hex}`; null when there is none, `undefined` when the field is not opened. */
function digestIn(value: JsonValue | undefined): Uint8Array | null | undefined {
  if (value === undefined) return undefined
  const hex = isJsonObject(value) ? value.sha256 : undefined
  const octets = typeof hex === 'string' ? fromHex(hex) : undefined
  return octets?.length === 32 ? octets : null
}
