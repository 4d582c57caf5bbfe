import { compareBytes } from '../model/bytes.ts'
import type { Instant } from '../model/instant.ts'
import { LIMITS } from '../model/limits.ts'
import { ParseError, type ParseErrorCode } from '../model/parse-error.ts'
import { knownOid, parseOid } from './oid.ts'
import { CONSTRUCTED, contextConstructed, TAG } from './tag.ts'
import { parseGeneralizedTime, parseUtcTime } from './time.ts'

/** One element, by its place in `bytes`; nothing is copied. */
export interface Asn1Element {
  readonly bytes: Uint8Array
  readonly tag: number
  /** Offset of the identifier octet. */
  readonly offset: number
  readonly contentStart: number
  readonly contentEnd: number
  /** Offset behind the element, end-of-contents octets included. */
  readonly end: number
}

/** Content octets, a view. */
export function contentOf(element: Asn1Element): Uint8Array {
  return element.bytes.subarray(element.contentStart, element.contentEnd)
}

/** The whole element, a view. */
export function encodingOf(element: Asn1Element): Uint8Array {
  return element.bytes.subarray(element.offset, element.end)
}

/** What the cursors over one input share. */
interface Walk {
  nodes: number
  /** Something was met that DER does not have: an indefinite or padded length, a segmented string. */
  sawBer: boolean
}

/**
 * A place in DER that only moves forward. `DER` is strict (X.690 §10): definite minimal lengths, one-octet tags.
 * `BER` also takes indefinite and padded lengths and segmented OCTET STRINGs; only the envelope of CMS is read so.
 * Every method throws ParseError with the place and the offset.
 * One class, and long: every reading of a type moves the same place, and nothing else may.
 */
export class DerCursor {
  readonly bytes: Uint8Array
  /** The cursor that this one was entered from; null for the first. */
  readonly #above: DerCursor | null
  /** Of the first cursor its whole place. */
  readonly #field: string
  readonly #mode: 'DER' | 'BER'
  readonly #end: number
  readonly #depth: number
  readonly #walk: Walk
  #at: number

  private constructor(
    bytes: Uint8Array,
    start: number,
    end: number,
    above: DerCursor | null,
    field: string,
    mode: 'DER' | 'BER',
    depth: number,
    walk: Walk,
  ) {
    this.bytes = bytes
    this.#at = start
    this.#end = end
    this.#above = above
    this.#field = field
    this.#mode = mode
    this.#depth = depth
    this.#walk = walk
  }

  /** Over the whole of `bytes`. The caller reads everything and then calls `finish`. */
  static over(bytes: Uint8Array, where: string, mode: 'DER' | 'BER' = 'DER'): DerCursor {
    return new DerCursor(bytes, 0, bytes.length, null, where, mode, 0, { nodes: LIMITS.derNodes, sawBer: false })
  }

  /** Dotted place, for errors: put together only when there is one. */
  get where(): string {
    return this.#above === null ? this.#field : this.#above.#place(this.#field)
  }

  get offset(): number {
    return this.#at
  }

  get done(): boolean {
    return this.#at >= this.#end
  }

  /** Whether anything behind the first cursor was BER and not DER, as far as it has been read. */
  get sawBer(): boolean {
    return this.#walk.sawBer
  }

  /** Identifier octet of the next element; -1 at the end. */
  get tag(): number {
    return this.#at < this.#end ? (this.bytes[this.#at] ?? -1) : -1
  }

  /** X.690 §8.1: nothing may follow. */
  finish(): void {
    if (this.#at < this.#end) {
      this.fail('ERR_DER_TRAILING_DATA', '', this.#at, 'X.690 §8.1', undefined, `${this.#end - this.#at} octets more`)
    }
  }

  fail(
    code: ParseErrorCode,
    field: string,
    offset: number,
    spec: string,
    expected: string | undefined,
    found: string | undefined,
  ): never {
    throw new ParseError(code, {
      where: this.#place(field),
      offset,
      spec,
      ...(expected === undefined ? {} : { expected }),
      ...(found === undefined ? {} : { found }),
    })
  }

  /** The next element, whatever it is. */
  any(field: string): Asn1Element {
    if (--this.#walk.nodes < 0) {
      this.fail('ERR_LIMIT', field, this.#at, 'X.690 §8.1', `at most ${LIMITS.derNodes} elements`, undefined)
    }
    const offset = this.#at
    const element = this.#element(offset, this.#end, this.#depth, field)
    this.#at = element.end
    return element
  }

  /** The next element, which must have this identifier octet. */
  read(tag: number, field: string): Asn1Element {
    if (this.tag !== tag) this.#unexpected(tag, field)
    return this.any(field)
  }

  #unexpected(tag: number, field: string): never {
    const hex = (value: number) => value.toString(16).padStart(2, '0')
    if (this.done) this.fail('ERR_DER_TRUNCATED', field, this.#at, 'X.690 §8.1', `tag ${hex(tag)}`, 'the end')
    this.fail('ERR_DER_UNEXPECTED_TAG', field, this.#at, 'X.690 §8.1.2', `tag ${hex(tag)}`, `tag ${hex(this.tag)}`)
  }

  /** A cursor over the content of the next element, which must have this identifier octet. */
  enter(tag: number, field: string): DerCursor {
    return this.into(this.read(tag, field), field)
  }

  /** A cursor over the content of an element that this cursor gave. */
  into(element: Asn1Element, field: string): DerCursor {
    const depth = this.#depth + 1
    if (depth > LIMITS.derDepth) {
      this.fail('ERR_LIMIT', field, element.offset, 'X.690 §8.1', `depth at most ${LIMITS.derDepth}`, undefined)
    }
    const { bytes, contentStart, contentEnd } = element
    return new DerCursor(bytes, contentStart, contentEnd, this, field, this.#mode, depth, this.#walk)
  }

  /** [n] EXPLICIT, when it is next: a cursor over what it holds. */
  optionalExplicit(number: number, field: string): DerCursor | undefined {
    return this.tag === contextConstructed(number) ? this.enter(contextConstructed(number), field) : undefined
  }

  oid(field: string): string {
    return this.oidOf(this.read(TAG.OBJECT_IDENTIFIER, field), field)
  }

  oidOf(element: Asn1Element, field: string): string {
    const content = contentOf(element)
    return knownOid(content) ?? parseOid(content, this.#place(field), element.contentStart)
  }

  /** Content octets of an INTEGER: two's complement, minimal (X.690 §8.3.2), at most `maxOctets`. */
  integer(field: string, maxOctets: number, tag: number = TAG.INTEGER): Uint8Array {
    const element = this.read(tag, field)
    const content = contentOf(element)
    const first = content[0]
    if (first === undefined) {
      this.fail('ERR_DER_VALUE', field, element.offset, 'X.690 §8.3.1', undefined, 'no content')
    }
    if (content.length > maxOctets) {
      this.fail('ERR_LIMIT', field, element.offset, 'X.690 §8.3', `at most ${maxOctets} octets`, `${content.length}`)
    }
    const second = content[1]
    if (second !== undefined && ((first === 0 && second < 0x80) || (first === 0xff && second >= 0x80))) {
      this.fail('ERR_DER_NON_CANONICAL', field, element.offset, 'X.690 §8.3.2', 'the shortest form', undefined)
    }
    return content
  }

  /** An INTEGER (or ENUMERATED) that must be from 0 to 2^31 - 1. */
  smallInteger(field: string, tag: number = TAG.INTEGER): number {
    const offset = this.#at
    const content = this.integer(field, LIMITS.serialOctets, tag)
    if ((content[0] ?? 0) >= 0x80 || content.length > 4) {
      this.fail('ERR_DER_VALUE', field, offset, 'X.690 §8.3', 'from 0 to 2147483647', undefined)
    }
    let value = 0
    for (const octet of content) value = value * 256 + octet
    return value
  }

  boolean(field: string, tag: number = TAG.BOOLEAN): boolean {
    const element = this.read(tag, field)
    const content = contentOf(element)
    if (content.length !== 1) {
      this.fail('ERR_DER_VALUE', field, element.offset, 'X.690 §8.2.1', '1 octet', `${content.length}`)
    }
    // X.690 §11.1
    if (content[0] !== 0 && content[0] !== 0xff) {
      this.fail('ERR_DER_NON_CANONICAL', field, element.offset, 'X.690 §11.1', '00 or ff', undefined)
    }
    return content[0] === 0xff
  }

  /** BOOLEAN DEFAULT FALSE. A written FALSE breaks X.690 §11.5 and has one meaning all the same; it is in wide use. */
  booleanDefaultFalse(field: string, tag: number = TAG.BOOLEAN): boolean {
    return this.tag === tag ? this.boolean(field, tag) : false
  }

  null(field: string): void {
    const element = this.read(TAG.NULL, field)
    if (element.contentEnd !== element.contentStart) {
      this.fail('ERR_DER_VALUE', field, element.offset, 'X.690 §8.8.2', 'no content', undefined)
    }
  }

  /** Content of an OCTET STRING. In BER mode segments are joined; that alone makes a copy (X.690 §8.7.3). */
  octetString(field: string, tag: number = TAG.OCTET_STRING): Uint8Array {
    if (this.#mode === 'BER' && this.tag === (tag | CONSTRUCTED)) {
      const element = this.any(field)
      this.#walk.sawBer = true
      const whole = new Uint8Array(element.contentEnd - element.contentStart)
      return whole.subarray(0, this.into(element, field).#segments(whole, 0))
    }
    return contentOf(this.read(tag, field))
  }

  /** Writes the segments into `whole` from `at`; they may be nested. Returns the place behind the last octet. */
  #segments(whole: Uint8Array, at: number): number {
    let written = at
    while (!this.done) {
      if (this.tag === (TAG.OCTET_STRING | CONSTRUCTED)) {
        written = this.enter(this.tag, 'segment').#segments(whole, written)
      } else {
        const segment = contentOf(this.read(TAG.OCTET_STRING, 'segment'))
        whole.set(segment, written)
        written += segment.length
      }
    }
    return written
  }

  /** Content of a BIT STRING without the octet that counts unused bits; those must be zero (X.690 §11.2.1). */
  bitString(field: string, tag: number = TAG.BIT_STRING): { readonly unused: number; readonly octets: Uint8Array } {
    const element = this.read(tag, field)
    const unused = this.bytes[element.contentStart] ?? 0
    const octets = this.bytes.subarray(element.contentStart + 1, element.contentEnd)
    const empty = element.contentEnd === element.contentStart
    if (empty || unused > 7 || (unused > 0 && octets.length === 0)) {
      this.fail('ERR_DER_VALUE', field, element.offset, 'X.690 §8.6.2', undefined, undefined)
    }
    if (unused > 0 && ((octets[octets.length - 1] ?? 0) & ((1 << unused) - 1)) !== 0) {
      this.fail('ERR_DER_NON_CANONICAL', field, element.offset, 'X.690 §11.2.1', 'unused bits 0', undefined)
    }
    return { unused, octets }
  }

  /** A BIT STRING that holds whole octets: a key or a signature. */
  octetsInBitString(field: string, tag: number = TAG.BIT_STRING): Uint8Array {
    const offset = this.#at
    const { unused, octets } = this.bitString(field, tag)
    if (unused !== 0) this.fail('ERR_DER_VALUE', field, offset, 'RFC 5280 §4.1.1.3', 'no unused bits', `${unused}`)
    return octets
  }

  /** Time of RFC 5280 §4.1.2.5: UTCTime or GeneralizedTime without fraction. */
  time(field: string): Instant {
    if (this.tag === TAG.GENERALIZED_TIME) return this.generalizedTime(field, 'forbidden')
    const element = this.read(TAG.UTC_TIME, field)
    return parseUtcTime(contentOf(element), this.#place(field), element.offset)
  }

  generalizedTime(field: string, fraction: 'allowed' | 'forbidden'): Instant {
    const element = this.read(TAG.GENERALIZED_TIME, field)
    return parseGeneralizedTime(contentOf(element), this.#place(field), element.offset, fraction)
  }

  #place(field: string): string {
    return field === '' ? this.where : `${this.where}.${field}`
  }

  /** Reads the header at `at`; in BER mode finds the end of an indefinite length. */
  #element(at: number, limit: number, depth: number, field: string): Asn1Element {
    const bytes = this.bytes
    const tag = bytes[at]
    const first = bytes[at + 1]
    if (tag === undefined || first === undefined || at + 2 > limit) {
      this.fail('ERR_DER_TRUNCATED', field, at, 'X.690 §8.1', 'a tag and a length', 'the end')
    }
    // Tags above 30 and end-of-contents have no place in these structures.
    if ((tag & 0x1f) === 0x1f || (tag & 0xdf) === 0) {
      this.fail('ERR_DER_UNEXPECTED_TAG', field, at, 'X.690 §8.1.2', undefined, `tag ${tag.toString(16)}`)
    }
    if (first < 0x80) return this.#definite(at, tag, at + 2, first, limit, field)
    if (first === 0x80) return this.#indefinite(at, tag, limit, depth, field)
    if (first === 0xff) this.fail('ERR_DER_VALUE', field, at + 1, 'X.690 §8.1.3.5', undefined, 'length octet ff')
    const contentStart = at + 2 + (first & 0x7f)
    if (contentStart > limit) this.fail('ERR_DER_TRUNCATED', field, at, 'X.690 §8.1.3', 'a length', 'the end')
    let length = 0
    // Beyond 2^53 the sum is not exact, and larger than any input all the same.
    for (let i = at + 2; i < contentStart; i++) length = length * 256 + (bytes[i] ?? 0)
    if (bytes[at + 2] === 0 || length < 0x80) {
      if (this.#mode === 'DER') {
        this.fail('ERR_DER_NON_CANONICAL', field, at + 1, 'X.690 §10.1', 'the shortest length', undefined)
      }
      this.#walk.sawBer = true
    }
    return this.#definite(at, tag, contentStart, length, limit, field)
  }

  #definite(at: number, tag: number, contentStart: number, length: number, limit: number, field: string): Asn1Element {
    const end = contentStart + length
    if (end > limit) {
      this.fail('ERR_DER_TRUNCATED', field, at, 'X.690 §8.1.3', `${length} octets`, `${limit - contentStart}`)
    }
    return { bytes: this.bytes, tag, offset: at, contentStart, contentEnd: end, end }
  }

  #indefinite(at: number, tag: number, limit: number, depth: number, field: string): Asn1Element {
    if (this.#mode === 'DER' || (tag & CONSTRUCTED) === 0) {
      this.fail('ERR_DER_NON_CANONICAL', field, at + 1, 'X.690 §10.1', 'a definite length', 'an indefinite one')
    }
    if (depth >= LIMITS.derDepth) {
      this.fail('ERR_LIMIT', field, at, 'X.690 §8.1', `depth at most ${LIMITS.derDepth}`, undefined)
    }
    this.#walk.sawBer = true
    let next = at + 2
    // X.690 §8.1.5: exactly two zero octets end it.
    while (!(this.bytes[next] === 0 && this.bytes[next + 1] === 0 && next + 2 <= limit)) {
      if (--this.#walk.nodes < 0) {
        this.fail('ERR_LIMIT', field, next, 'X.690 §8.1', `at most ${LIMITS.derNodes} elements`, undefined)
      }
      next = this.#element(next, limit, depth + 1, field).end
    }
    return { bytes: this.bytes, tag, offset: at, contentStart: at + 2, contentEnd: next, end: next + 2 }
  }
}

/** Whether the elements stand in the order of DER's SET OF (X.690 §11.6). Equal neighbours are in order. */
export function isSetOfOrder(elements: readonly Asn1Element[]): boolean {
  for (let i = 1; i < elements.length; i++) {
    const before = elements[i - 1]
    const after = elements[i]
    // No encoding is a proper prefix of another, so comparing without padding is the same.
    if (before !== undefined && after !== undefined && compareBytes(encodingOf(before), encodingOf(after)) > 0) {
      return false
    }
  }
  return true
}
