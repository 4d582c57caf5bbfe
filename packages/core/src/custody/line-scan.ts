import { EVENT_TYPES, type EventTypeName, ITEM_TYPE } from '../bundle/line-types.ts'

/** The two files whose lines have digests and may be withheld. */
export type LineKind = 'events' | 'items'

const HEX_VALUE = new Uint8Array(256).fill(0xff)
for (const [value, digit] of [...'0123456789abcdef'].entries()) HEX_VALUE[digit.charCodeAt(0)] = value

const BASE64URL = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
const BASE64URL_VALUE = new Uint8Array(256).fill(0xff)
for (const [value, digit] of [...BASE64URL].entries()) BASE64URL_VALUE[digit.charCodeAt(0)] = value

/** What a slot holds: a SHA-256. */
export const SLOT_OCTETS = 32
/** base64url of them. */
export const SLOT_LENGTH = 43
/** A slot with its quotes and the comma behind it, in canonical JSON. */
const SLOT_STRIDE = SLOT_LENGTH + 3

const ascii = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0))
const QUOTE = 0x22
const COMMA = 0x2c
const ZERO = 0x30
const NINE = 0x39

const STUB_HEAD = ascii('{"seq":')
const STUB_MIDDLE = ascii(',"withheld":"')
const EVENT_HEAD = ascii('{"event":"')
const PREV_AFTER_EVENT = ascii('","prev":"')
const PREV_HEAD = ascii('{"prev":"')
const SALT_AFTER_PREV = ascii('","salt":"')
const SALT_HEAD = ascii('{"salt":"')
const SD_HEAD = ascii('","sd":[')
const SEQ_HEAD = ascii(',"seq":')
const TYPE_HEAD = ascii(',"type":"')
const END = ascii('"}')

interface ScannedType {
  readonly name: string
  readonly bytes: Uint8Array
  readonly slots: number
}

/** Types whose only clear members are those that every line of the file has; and `transfer`, with its `event`. */
const PLAIN_EVENTS: readonly ScannedType[] = (Object.keys(EVENT_TYPES) as EventTypeName[])
  .filter((name) => EVENT_TYPES[name].clear.length === 0)
  .map((name) => ({ name, bytes: ascii(name), slots: EVENT_TYPES[name].slots.length }))
const TRANSFER: readonly ScannedType[] = [
  { name: 'transfer', bytes: ascii('transfer'), slots: EVENT_TYPES.transfer.slots.length },
]
const ITEM: readonly ScannedType[] = [{ name: 'item', bytes: ascii('item'), slots: ITEM_TYPE.slots.length }]
const MOST_SLOTS = Math.max(...[...PLAIN_EVENTS, ...TRANSFER, ...ITEM].map(({ slots }) => slots))

/**
 * Recognises, byte by byte, lines that are exactly in form: a real line of an ordinary type, or a stub. A million of
 * them have to be read in seconds. Whatever it does not recognise says nothing: such a line is parsed as JSON, and every
 * problem is found there. The members below are those of the line recognised last.
 */
export class LineScanner {
  isStub = false
  seq = 0
  /** Of a real line. */
  type = ''
  /** Offset of the 64 digits of `prev`, or of `withheld`. */
  hexAt = 0
  /** Of a real line: the octets of its slots, one behind the other. The next line is written over them. */
  readonly slots: Uint8Array = new Uint8Array(MOST_SLOTS * SLOT_OCTETS)
  readonly #kind: LineKind
  #at = 0

  constructor(kind: LineKind) {
    this.#kind = kind
  }

  scan(bytes: Uint8Array, start: number, end: number): boolean {
    this.#at = start
    if (this.#skip(bytes, STUB_HEAD)) return this.#scanStub(bytes, end)
    this.isStub = false
    let types = ITEM
    if (this.#kind === 'events') {
      types = PLAIN_EVENTS
      if (this.#skip(bytes, EVENT_HEAD)) {
        types = TRANSFER
        if (!this.#skipHex(bytes, 32) || !this.#skip(bytes, PREV_AFTER_EVENT)) return false
      } else if (!this.#skip(bytes, PREV_HEAD)) return false
      this.hexAt = this.#at
      if (!this.#skipHex(bytes, 64) || !this.#skip(bytes, SALT_AFTER_PREV)) return false
    } else if (!this.#skip(bytes, SALT_HEAD)) return false
    if (!this.#skipHex(bytes, 32) || !this.#skip(bytes, SD_HEAD)) return false
    const slots = this.#readSlots(bytes)
    if (slots === 0 || !this.#skip(bytes, SEQ_HEAD) || !this.#readSeq(bytes) || !this.#skip(bytes, TYPE_HEAD)) {
      return false
    }
    for (const type of types) {
      if (type.slots !== slots || this.#at + type.bytes.length + END.length !== end) continue
      const before = this.#at
      if (this.#skip(bytes, type.bytes) && this.#skip(bytes, END)) {
        this.type = type.name
        return true
      }
      this.#at = before
    }
    return false
  }

  #scanStub(bytes: Uint8Array, end: number): boolean {
    if (!this.#readSeq(bytes) || !this.#skip(bytes, STUB_MIDDLE)) return false
    this.isStub = true
    this.hexAt = this.#at
    return this.#skipHex(bytes, 64) && this.#skip(bytes, END) && this.#at === end
  }

  #skip(bytes: Uint8Array, literal: Uint8Array): boolean {
    const at = this.#at
    for (let i = 0; i < literal.length; i++) if (bytes[at + i] !== literal[i]) return false
    this.#at = at + literal.length
    return true
  }

  #skipHex(bytes: Uint8Array, digits: number): boolean {
    const to = this.#at + digits
    for (let at = this.#at; at < to; at++) if ((HEX_VALUE[bytes[at] ?? 0] ?? 0xff) === 0xff) return false
    this.#at = to
    return true
  }

  /** How many slots there are; 0 when it is no list of them, or is longer than that of any type. */
  #readSlots(bytes: Uint8Array): number {
    let at = this.#at
    for (let slots = 1; slots <= MOST_SLOTS; slots++) {
      if (bytes[at] !== QUOTE || bytes[at + 1 + SLOT_LENGTH] !== QUOTE) return 0
      if (!readSlot(bytes, at + 1, this.slots, (slots - 1) * SLOT_OCTETS)) return 0
      at += SLOT_STRIDE
      if (bytes[at - 1] === COMMA) continue
      // ]
      if (bytes[at - 1] !== 0x5d) return 0
      this.#at = at
      return slots
    }
    return 0
  }

  #readSeq(bytes: Uint8Array): boolean {
    const start = this.#at
    let value = 0
    let at = start
    for (; at < start + 16; at++) {
      const digit = bytes[at] ?? 0
      if (digit < ZERO || digit > NINE) break
      value = value * 10 + digit - ZERO
    }
    const digits = at - start
    // Beyond 15 digits the parser of numbers decides.
    if (digits === 0 || digits > 15 || (digits > 1 && bytes[start] === ZERO)) return false
    this.seq = value
    this.#at = at
    return true
  }
}

/** Whether these hex digits, known to be such, write these octets. */
export function hexEquals(bytes: Uint8Array, at: number, octets: Uint8Array, from: number, length: number): boolean {
  for (let i = 0; i < length; i++) {
    const high = HEX_VALUE[bytes[at + 2 * i] ?? 0] ?? 0
    const low = HEX_VALUE[bytes[at + 2 * i + 1] ?? 0] ?? 0
    if (((high << 4) | low) !== octets[from + i]) return false
  }
  return true
}

/** Writes the octets of these hex digits, known to be such. */
export function writeHex(bytes: Uint8Array, at: number, octets: Uint8Array, to: number, length: number): void {
  for (let i = 0; i < length; i++) {
    const high = HEX_VALUE[bytes[at + 2 * i] ?? 0] ?? 0
    const low = HEX_VALUE[bytes[at + 2 * i + 1] ?? 0] ?? 0
    octets[to + i] = (high << 4) | low
  }
}

/** Reads the 43 digits of a slot into 32 octets; false when they are not those of 32 octets, and what was written says nothing. */
export function readSlot(bytes: Uint8Array, at: number, octets: Uint8Array, to: number): boolean {
  if (at + SLOT_LENGTH > bytes.length) return false
  const value = BASE64URL_VALUE
  let put = to
  let from = at
  let all = 0
  for (let group = 0; group < 10; group++, from += 4) {
    const a = value[bytes[from] as number] as number
    const b = value[bytes[from + 1] as number] as number
    const c = value[bytes[from + 2] as number] as number
    const d = value[bytes[from + 3] as number] as number
    all |= a | b | c | d
    octets[put++] = (a << 2) | (b >> 4)
    octets[put++] = (b << 4) | (c >> 2)
    octets[put++] = (c << 6) | d
  }
  const a = value[bytes[from] as number] as number
  const b = value[bytes[from + 1] as number] as number
  const c = value[bytes[from + 2] as number] as number
  octets[put++] = (a << 2) | (b >> 4)
  octets[put] = (b << 4) | (c >> 2)
  // Values have six bits, what is no digit all eight; and 43 digits are 258 bits, of which the last two are zero.
  return (all | a | b | c) < 64 && (c & 3) === 0
}

/** Whether there is one digit of base64url at least, and nothing else. */
export function isBase64Url(bytes: Uint8Array, from: number, to: number): boolean {
  // Values have six bits; what is no digit has all eight.
  let all = 0
  if (to <= from || to > bytes.length) return false
  for (let at = from; at < to; at++) all |= BASE64URL_VALUE[bytes[at] as number] as number
  return all < 64
}

/** Octets of base64url without padding (RFC 4648 §5); `undefined` unless it is exactly that, unused bits zero. */
export function fromBase64UrlBytes(bytes: Uint8Array): Uint8Array | undefined {
  if (bytes.length % 4 === 1) return undefined
  const octets = new Uint8Array(Math.floor((bytes.length * 3) / 4))
  return decodeBase64Url(bytes, octets) === -1 ? undefined : octets
}

/** The same into octets that are there already and long enough: returns how many were written, -1 for what is none. */
export function decodeBase64Url(bytes: Uint8Array, octets: Uint8Array): number {
  if (bytes.length % 4 === 1) return -1
  const value = BASE64URL_VALUE
  const whole = bytes.length - (bytes.length % 4)
  let all = 0
  let to = 0
  for (let at = 0; at < whole; at += 4) {
    const a = value[bytes[at] as number] as number
    const b = value[bytes[at + 1] as number] as number
    const c = value[bytes[at + 2] as number] as number
    const d = value[bytes[at + 3] as number] as number
    all |= a | b | c | d
    octets[to++] = (a << 2) | (b >> 4)
    octets[to++] = (b << 4) | (c >> 2)
    octets[to++] = (c << 6) | d
  }
  let held = 0
  let bits = 0
  for (let at = whole; at < bytes.length; at++) {
    const digit = value[bytes[at] as number] as number
    all |= digit
    bits = ((bits << 6) | digit) & 0xffff
    held += 6
    if (held < 8) continue
    held -= 8
    octets[to++] = (bits >> held) & 0xff
  }
  // Values have six bits; what is no digit has all eight.
  return all < 64 && (bits & ((1 << held) - 1)) === 0 ? to : -1
}
