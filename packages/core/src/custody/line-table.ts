import type { LineType } from '../bundle/line-types.ts'
import { EVENT_TYPES, type EventTypeName, ITEM_TYPE } from '../bundle/line-types.ts'
import { parseJson } from '../json/parse.ts'
import { memberOf } from '../json/shape.ts'
import { isJsonObject } from '../json/value.ts'
import { toHex } from '../model/bytes.ts'
import { LIMITS } from '../model/limits.ts'
import { ParseError } from '../model/parse-error.ts'
import { encodeUtf8 } from '../model/utf8.ts'
import { type LineKind, SLOT_STRIDE, slotEquals } from './line-scan.ts'

const DIGEST_OCTETS = 32
const STUB = 0
const UNREADABLE = 1
const FIRST_TYPE = 2

/** Where the slots of one line stand. */
export interface Slots {
  readonly names: readonly string[]
  readonly bytes: Uint8Array
  /** Offset of the first slot's digits in `bytes`. */
  readonly at: number
}

/**
 * The lines of items.jsonl or custody.jsonl by position: for each its digest, its type, and where its slots stand. Some
 * forty octets a line, so that a million fit.
 */
export class LineTable {
  readonly kind: LineKind
  readonly bytes: Uint8Array
  count = 0
  stubs = 0
  #digests = new Uint8Array(64 * DIGEST_OCTETS)
  #types = new Uint8Array(64)
  /** Offset of the first slot's quote; 0 where the line was parsed as JSON, whose slots are looked up there. */
  #slotsAt = new Uint32Array(64)
  #starts = new Uint32Array(64)
  readonly #typeNames: string[]
  readonly #revealed = new Map<number, Uint8Array>()

  /** @param bytes the file; lines keep pointing into it */
  constructor(kind: LineKind, bytes: Uint8Array) {
    this.kind = kind
    this.bytes = bytes
    this.#typeNames = kind === 'items' ? ['item'] : Object.keys(EVENT_TYPES)
  }

  /** Appends a line that begins at `start`. `type`: null when its type is not known or not read. */
  append(start: number, digest: Uint8Array, type: string | 'stub' | null, slotsAt: number): void {
    const at = this.count++
    if (at >= this.#types.length) this.#grow()
    this.#digests.set(digest, at * DIGEST_OCTETS)
    this.#starts[at] = start
    this.#slotsAt[at] = slotsAt
    if (type === 'stub') this.stubs++
    this.#types[at] = type === 'stub' ? STUB : this.#code(type)
  }

  #code(type: string | null): number {
    const index = type === null ? -1 : this.#typeNames.indexOf(type)
    return index === -1 ? UNREADABLE : FIRST_TYPE + index
  }

  #grow(): void {
    const size = this.#types.length * 2
    const digests = new Uint8Array(size * DIGEST_OCTETS)
    digests.set(this.#digests)
    const types = new Uint8Array(size)
    types.set(this.#types)
    const slotsAt = new Uint32Array(size)
    slotsAt.set(this.#slotsAt)
    const starts = new Uint32Array(size)
    starts.set(this.#starts)
    this.#digests = digests
    this.#types = types
    this.#slotsAt = slotsAt
    this.#starts = starts
  }

  /**
   * Puts a line in the place of its stub. The caller has compared its digest with that of the stub. Its bytes are
   * kept; of a type that is not known it has no slots.
   */
  reveal(seq: number, line: Uint8Array, type: string): void {
    if (!this.isStub(seq)) throw new RangeError(`no stub ${seq}`)
    this.#types[seq] = this.#code(type)
    this.#slotsAt[seq] = 0
    this.#revealed.set(seq, line)
    this.stubs--
  }

  /** Line digest, 32 octets. Shares memory. */
  digest(seq: number): Uint8Array {
    if (seq < 0 || seq >= this.count) throw new RangeError(`no line ${seq}`)
    return this.#digests.subarray(seq * DIGEST_OCTETS, (seq + 1) * DIGEST_OCTETS)
  }

  /** All line digests, one after the other. Shares memory. */
  get packedDigests(): Uint8Array {
    return this.#digests.subarray(0, this.count * DIGEST_OCTETS)
  }

  digestHex(seq: number): string {
    return toHex(this.digest(seq))
  }

  isStub(seq: number): boolean {
    return this.#types[seq] === STUB
  }

  /** Null for a stub, and for a line whose type is not known or that could not be read. */
  typeOf(seq: number): string | null {
    return this.#typeNames[(this.#types[seq] ?? 0) - FIRST_TYPE] ?? null
  }

  /** Null for a stub, and for a line that is not in form. */
  slotsOf(seq: number): Slots | null {
    const type = this.typeOf(seq)
    if (type === null) return null
    const { slots } = lineTypeOf(this.kind, type)
    const at = this.#slotsAt[seq] ?? 0
    if (at > 0) return { names: slots, bytes: this.bytes, at: at + 1 }
    const written = this.#parsedSlots(seq)
    return written?.length === slots.length
      ? { names: slots, bytes: encodeUtf8(`"${written.join('","')}"`), at: 1 }
      : null
  }

  #parsedSlots(seq: number): readonly string[] | null {
    const line = this.line(seq)
    try {
      const value = parseJson(line, 'line', { limit: LIMITS.jsonLineBytes, canonical: true })
      const sd = isJsonObject(value) ? memberOf(value, 'sd') : undefined
      const isSlots =
        Array.isArray(sd) && sd.every((slot) => typeof slot === 'string' && /^[A-Za-z0-9_-]{43}$/.test(slot))
      return isSlots ? (sd as readonly string[]) : null
    } catch (error) {
      if (error instanceof ParseError) return null
      throw error
    }
  }

  /** Bytes of a line without its end. Shares memory. */
  line(seq: number): Uint8Array {
    const revealed = this.#revealed.get(seq)
    if (revealed !== undefined) return revealed
    const start = this.#starts[seq] ?? 0
    const end = this.bytes.indexOf(0x0a, start)
    return this.bytes.subarray(start, end === -1 ? this.bytes.length : end)
  }
}

/** The slots of a type, and its clear members. */
export function lineTypeOf(kind: LineKind, type: string): LineType {
  if (kind === 'items') return ITEM_TYPE
  const found: LineType | undefined = Object.hasOwn(EVENT_TYPES, type) ? EVENT_TYPES[type as EventTypeName] : undefined
  if (found === undefined) throw new RangeError(`no line type ${type}`)
  return found
}

/** The slot's index that holds this digest, and whether it is the only one; -1 for none. */
export function findSlot(slots: Slots, digest: Uint8Array): { readonly index: number; readonly again: boolean } {
  let index = -1
  let again = false
  for (let slot = 0; slot < slots.names.length; slot++) {
    if (!slotEquals(slots.bytes, slots.at + slot * SLOT_STRIDE, digest)) continue
    if (index === -1) index = slot
    else again = true
  }
  return { index, again }
}
