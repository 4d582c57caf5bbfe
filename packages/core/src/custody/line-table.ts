import { EVENT_TYPES, type EventTypeName, ITEM_TYPE, type LineType } from '../bundle/line-types.ts'
import { fromHex, toHex } from '../model/bytes.ts'
import { encodeUtf8 } from '../model/utf8.ts'
import { type LineKind, readSlot, SLOT_LENGTH, SLOT_OCTETS } from './line-scan.ts'

const DIGEST_OCTETS = SLOT_OCTETS
const STUB = 0
const UNREADABLE = 1
const FIRST_TYPE = 2
const NO_SLOTS = 0xffffffff
/** Bits of a slot's number within its page, which is 1 MiB. Pages, because a table that doubles needs its old half beside the new. */
const PAGE_BITS = 15
const PAGE_SLOTS = 1 << PAGE_BITS
const PAGE_OCTETS = PAGE_SLOTS * SLOT_OCTETS
const pageNumberOf = (slot: number) => slot >>> PAGE_BITS
const offsetOf = (slot: number) => (slot & (PAGE_SLOTS - 1)) * SLOT_OCTETS

/** The slots of one line. */
export interface Slots {
  /** Of the line's type, in order. */
  readonly names: readonly string[]
  /** What stands in a slot: 32 octets. Shares memory. */
  digestAt(index: number): Uint8Array
}

/**
 * The lines of items.jsonl or custody.jsonl by position: for each its digest, its type, and what stands in its slots.
 * Nothing else is kept: a million events of ten slots take some 370 MB.
 */
export class LineTable {
  readonly kind: LineKind
  count = 0
  stubs = 0
  #digests = new Uint8Array(64 * DIGEST_OCTETS)
  #types = new Uint8Array(64)
  /** Number of the line's first slot. */
  #slotsAt = new Uint32Array(64)
  readonly #pages: Uint8Array[] = []
  #slots = 0
  readonly #typeNames: readonly string[]
  /** Of each type, how many slots a line has. */
  readonly #slotCounts: readonly number[]

  constructor(kind: LineKind) {
    this.kind = kind
    this.#typeNames = kind === 'items' ? ['item'] : Object.keys(EVENT_TYPES)
    this.#slotCounts = this.#typeNames.map((name) => lineTypeOf(kind, name).slots.length)
  }

  /**
   * Appends a line. `type`: null when its type is not known or it is not in form; then it has no slots.
   * `slots`: those of the type, 32 octets each, one behind the other; more may stand behind them. `event`: of a transfer, 32 hex
   * digits.
   */
  append(digest: Uint8Array, type: string | 'stub' | null, slots: Uint8Array | null, event?: string): void {
    const at = this.count++
    if (at >= this.#types.length) this.#grow()
    this.#digests.set(digest, at * DIGEST_OCTETS)
    if (type === 'stub') {
      this.stubs++
      this.#types[at] = STUB
      this.#slotsAt[at] = NO_SLOTS
    } else this.#setLine(at, type, slots, event)
  }

  /** Puts a line in the place of its stub. The caller has compared its digest with that of the stub. */
  reveal(seq: number, type: string, slots: Uint8Array, event?: string): void {
    if (!this.isStub(seq)) throw new RangeError(`no stub ${seq}`)
    this.stubs--
    this.#setLine(seq, type, slots, event)
  }

  #setLine(at: number, type: string | null, slots: Uint8Array | null, event: string | undefined): void {
    const index = type === null ? -1 : this.#typeNames.indexOf(type)
    if (type === null || index === -1 || slots === null) {
      this.#types[at] = UNREADABLE
      this.#slotsAt[at] = NO_SLOTS
      return
    }
    this.#types[at] = FIRST_TYPE + index
    this.#slotsAt[at] = this.#slots
    this.#addSlots(slots.subarray(0, (this.#slotCounts[index] ?? 0) * SLOT_OCTETS))
    // The event id of a transfer stands behind its slots.
    if (type === 'transfer') {
      const id = new Uint8Array(SLOT_OCTETS)
      id.set(fromHex(event ?? '') ?? [])
      this.#addSlots(id)
    }
  }

  #addSlots(octets: Uint8Array): void {
    for (let done = 0; done < octets.length; ) {
      if (this.#slots >= NO_SLOTS) throw new RangeError('too many slots')
      const to = offsetOf(this.#slots)
      if (to === 0) this.#pages.push(new Uint8Array(PAGE_OCTETS))
      const part = octets.subarray(done, done + PAGE_OCTETS - to)
      this.#pageOf(this.#slots).set(part, to)
      this.#slots += part.length / SLOT_OCTETS
      done += part.length
    }
  }

  #pageOf(slot: number): Uint8Array {
    const page = this.#pages[pageNumberOf(slot)]
    if (page === undefined) throw new RangeError(`no slot ${slot}`)
    return page
  }

  #slotAt(slot: number): Uint8Array {
    return this.#pageOf(slot).subarray(offsetOf(slot), offsetOf(slot) + DIGEST_OCTETS)
  }

  #grow(): void {
    const size = this.#types.length * 2
    const digests = new Uint8Array(size * DIGEST_OCTETS)
    digests.set(this.#digests)
    const types = new Uint8Array(size)
    types.set(this.#types)
    const slotsAt = new Uint32Array(size)
    slotsAt.set(this.#slotsAt)
    this.#digests = digests
    this.#types = types
    this.#slotsAt = slotsAt
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
    return seq < this.count && this.#types[seq] === STUB
  }

  /** Null for a stub, and for a line whose type is not known or that is not in form. */
  typeOf(seq: number): string | null {
    return this.#typeNames[(this.#types[seq] ?? 0) - FIRST_TYPE] ?? null
  }

  /** Null for a stub, and for a line that is not in form. */
  slotsOf(seq: number): Slots | null {
    const type = this.typeOf(seq)
    if (type === null) return null
    const first = this.#slotsAt[seq] ?? NO_SLOTS
    return { names: lineTypeOf(this.kind, type).slots, digestAt: (index) => this.#slotAt(first + index) }
  }

  /** The index of the line's slot that holds these 32 octets; -1 for none. `again`: another slot of the line holds them too. */
  findSlot(seq: number, digest: Uint8Array): { readonly index: number; readonly again: boolean } {
    const slots = this.#slotCounts[(this.#types[seq] ?? 0) - FIRST_TYPE] ?? 0
    const first = this.#slotsAt[seq] ?? NO_SLOTS
    let index = -1
    let again = false
    for (let slot = 0; slot < slots; slot++) {
      if (!this.#slotEquals(first + slot, digest)) continue
      if (index === -1) index = slot
      else again = true
    }
    return { index, again }
  }

  /** Compared in place, because it is done for every slot of every opening. */
  #slotEquals(slot: number, digest: Uint8Array): boolean {
    const from = offsetOf(slot)
    const page = this.#pages[pageNumberOf(slot)]
    if (page === undefined) return false
    for (let at = 0; at < DIGEST_OCTETS; at++) if (page[from + at] !== digest[at]) return false
    return true
  }

  /** `event` of a transfer, hex; null for any other line. */
  eventOf(seq: number): string | null {
    if (this.typeOf(seq) !== 'transfer') return null
    const slot = (this.#slotsAt[seq] ?? 0) + EVENT_TYPES.transfer.slots.length
    return toHex(this.#slotAt(slot).subarray(0, 16))
  }
}

/** The slots of a type, and its clear members. */
export function lineTypeOf(kind: LineKind, type: string): LineType {
  if (kind === 'items') return ITEM_TYPE
  const found: LineType | undefined = Object.hasOwn(EVENT_TYPES, type) ? EVENT_TYPES[type as EventTypeName] : undefined
  if (found === undefined) throw new RangeError(`no line type ${type}`)
  return found
}

/** The slots of a line that was parsed, as `LineTable.append` takes them; null when they are not those of its type. */
export function slotsIn(kind: LineKind, type: string, sd: unknown): Uint8Array | null {
  const { slots } = lineTypeOf(kind, type)
  if (!Array.isArray(sd) || sd.length !== slots.length) return null
  const octets = new Uint8Array(slots.length * SLOT_OCTETS)
  const isRead = (slot: unknown, at: number) =>
    typeof slot === 'string' && slot.length === SLOT_LENGTH && readSlot(encodeUtf8(slot), 0, octets, at * SLOT_OCTETS)
  return sd.every(isRead) ? octets : null
}
