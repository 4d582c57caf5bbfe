import { CONSTRUCTED } from '../asn1/tag.ts'
import { ParseError } from '../model/parse-error.ts'
import type { RandomAccess } from '../model/ports.ts'

const WINDOW = 1 << 20
/** One identifier octet, and a length of up to eight. */
const LONGEST_HEAD = 10

/** Identifier and length of an element of BER that lies in a file. Offsets are bytes of that file. */
export interface ElementHead {
  readonly tag: number
  readonly offset: number
  readonly contentStart: number
  /** Null for the indefinite form (X.690 §8.1.3.6): its end is where end-of-contents octets stand. */
  readonly contentEnd: number | null
}

/**
 * Walks through BER that may be larger than memory: only heads are looked at, through a window. For envelopes; what is small
 * is read by `DerCursor`.
 */
export class ElementWalk {
  readonly #file: RandomAccess
  readonly #where: string
  readonly #spec: string
  #held: Uint8Array = new Uint8Array(0)
  #from = 0

  constructor(file: RandomAccess, where: string, spec: string) {
    this.#file = file
    this.#where = where
    this.#spec = spec
  }

  /** The element that begins at `offset` and ends at `limit` at the latest. @throws {ParseError} */
  async head(offset: number, limit: number, field: string): Promise<ElementHead> {
    const bytes = await this.#look(offset, Math.min(LONGEST_HEAD, limit - offset))
    const tag = bytes[0]
    const first = bytes[1]
    if (tag === undefined || first === undefined) return this.fail(field, offset, 'an element', 'the end')
    if ((tag & 0x1f) === 0x1f) return this.fail(field, offset, 'a tag of one octet', undefined)
    if (first === 0x80) {
      if ((tag & CONSTRUCTED) === 0) return this.fail(field, offset, 'a definite length', undefined)
      return { tag, offset, contentStart: offset + 2, contentEnd: null }
    }
    const octets = first < 0x80 ? 0 : first & 0x7f
    // Six octets of length are more than any file has.
    if (octets > 6 || bytes.length < 2 + octets) return this.fail(field, offset, 'a length', undefined)
    let length = octets === 0 ? first : 0
    for (let i = 0; i < octets; i++) length = length * 256 + (bytes[2 + i] ?? 0)
    const contentStart = offset + 2 + octets
    if (length > limit - contentStart)
      return this.fail(field, offset, `at most ${limit - contentStart} octets`, `${length}`)
    return { tag, offset, contentStart, contentEnd: contentStart + length }
  }

  /** As `head`, of an element that must have this identifier octet. */
  async expect(tag: number, offset: number, limit: number, field: string): Promise<ElementHead> {
    const head = await this.head(offset, limit, field)
    if (head.tag !== tag) this.fail(field, offset, `tag ${hex(tag)}`, `tag ${hex(head.tag)}`)
    return head
  }

  /** Whether end-of-contents octets stand here. */
  async isEnd(offset: number, limit: number): Promise<boolean> {
    if (limit - offset < 2) return false
    const [tag, length] = await this.#look(offset, 2)
    return tag === 0 && length === 0
  }

  /** Behind the whole element, which is walked through where its length is indefinite. */
  async end(head: ElementHead, limit: number, field: string, depth = 0): Promise<number> {
    if (head.contentEnd !== null) return head.contentEnd
    if (depth > 16) return this.fail(field, head.offset, 'less nesting', undefined)
    let at = head.contentStart
    while (!(await this.isEnd(at, limit)))
      at = await this.end(await this.head(at, limit, field), limit, field, depth + 1)
    return at + 2
  }

  fail(field: string, offset: number, expected: string | undefined, found: string | undefined): never {
    throw new ParseError('ERR_ENCRYPTION_STRUCTURE', {
      where: this.#where,
      field,
      offset,
      spec: this.#spec,
      ...(expected === undefined ? {} : { expected }),
      ...(found === undefined ? {} : { found }),
    })
  }

  async #look(offset: number, length: number): Promise<Uint8Array> {
    if (length <= 0) return new Uint8Array(0)
    if (offset < this.#from || offset + length > this.#from + this.#held.length) {
      this.#held = await this.#file.read(offset, Math.min(WINDOW, this.#file.size - offset))
      this.#from = offset
    }
    return this.#held.subarray(offset - this.#from, offset - this.#from + length)
  }
}

const hex = (tag: number) => tag.toString(16).padStart(2, '0')
