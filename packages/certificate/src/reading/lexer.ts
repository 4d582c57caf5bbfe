import { decodeLatin1 } from '@probatum/core'
import { PDF_LIMITS } from './limits.ts'
import { refuseLimit, refusePdf } from './pdf-error.ts'
import { isKeyword, type PdfDict, type PdfKeyword, type PdfRef, type PdfString, type PdfValue } from './values.ts'

const SPACE = new Uint8Array(256)
for (const code of [0, 9, 10, 12, 13, 32]) SPACE[code] = 1
const DELIMITER = new Uint8Array(256)
for (const character of '()<>[]{}/%') DELIMITER[character.charCodeAt(0)] = 1

export const isPdfSpace = (byte: number | undefined): boolean => byte !== undefined && SPACE[byte] === 1

const hexDigit = (byte: number | undefined): number =>
  byte === undefined
    ? -1
    : byte >= 0x30 && byte <= 0x39
      ? byte - 0x30
      : (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x66
        ? (byte | 0x20) - 0x57
        : -1

/** Reads the tokens of PDF (ISO 32000-1 §7.2, §7.3), strictly; offsets are those of `bytes`. */
export class PdfLexer {
  readonly bytes: Uint8Array
  at: number
  readonly #where: string
  #values = 0
  #held = 0

  constructor(bytes: Uint8Array, at: number, where: string) {
    this.bytes = bytes
    this.at = at
    this.#where = where
  }

  refuse(expected: string, at = this.at): never {
    refusePdf(this.#where, at, { expected })
  }

  /** Over white space and comments. */
  skip(): void {
    const { bytes } = this
    for (;;) {
      const byte = bytes[this.at]
      if (byte === undefined) return
      if (SPACE[byte] === 1) this.at += 1
      else if (byte === 0x25) {
        while (this.at < bytes.length && bytes[this.at] !== 10 && bytes[this.at] !== 13) this.at += 1
      } else return
    }
  }

  get isAtEnd(): boolean {
    this.skip()
    return this.at >= this.bytes.length
  }

  /** The regular characters that stand here; '' before a delimiter. */
  #regular(): string {
    const start = this.at
    while (this.at < this.bytes.length) {
      const byte = this.bytes[this.at] ?? 0
      if (SPACE[byte] === 1 || DELIMITER[byte] === 1) break
      this.at += 1
      // Annex C: a name has 127 bytes at most; nothing that is read here is longer.
      if (this.at - start > 512) this.refuse('a shorter word', start)
    }
    return decodeLatin1(this.bytes.subarray(start, this.at))
  }

  keyword(word: string): void {
    this.skip()
    const start = this.at
    if (this.#regular() !== word) this.refuse(word, start)
  }

  /** Whether this keyword comes next; then it is read. */
  takes(word: string): boolean {
    this.skip()
    const start = this.at
    if (this.#regular() === word) return true
    this.at = start
    return false
  }

  integer(): number {
    this.skip()
    const start = this.at
    const word = this.#regular()
    if (!/^\d{1,15}$/.test(word)) this.refuse('a whole number', start)
    return Number(word)
  }

  /** One value, or a keyword; references are read where `references` says so. */
  token(references: boolean, depth = 0): PdfValue | PdfKeyword {
    this.skip()
    this.#values += 1
    this.#held = depth === 0 ? 1 : this.#held + 1
    if (this.#values > PDF_LIMITS.values || this.#held > PDF_LIMITS.valuesHeld || depth > PDF_LIMITS.depth)
      refuseLimit(this.#where, this.at)
    const start = this.at
    const byte = this.bytes[start]
    if (byte === undefined) return this.refuse('a value')
    if (byte === 0x2f) return { kind: 'name', name: this.#name() }
    if (byte === 0x28) return this.#literal()
    if (byte === 0x5b) return this.#array(references, depth)
    if (byte === 0x3c) return this.bytes[start + 1] === 0x3c ? this.#dict(references, depth) : this.#hexString()
    const word = this.#regular()
    if (word === '') return this.refuse('a value', start)
    if (/^[+-]?(\d+\.?\d*|\.\d+)$/.test(word)) {
      if (references && /^\d{1,10}$/.test(word)) {
        const ref = this.#refAfter(Number(word))
        if (ref !== null) return ref
      }
      return Number(word)
    }
    if (word === 'true') return true
    if (word === 'false') return false
    if (word === 'null') return null
    return { kind: 'keyword', word, start }
  }

  value(references = true, depth = 0): PdfValue {
    this.skip()
    const start = this.at
    const token = this.token(references, depth)
    if (isKeyword(token)) this.refuse('a value', start)
    return token
  }

  #refAfter(number: number): PdfRef | null {
    const start = this.at
    this.skip()
    const generation = this.#regular()
    if (/^\d{1,5}$/.test(generation)) {
      this.skip()
      if (this.#regular() === 'R') return { kind: 'ref', number, generation: Number(generation) }
    }
    this.at = start
    return null
  }

  #name(): string {
    this.at += 1
    const raw = this.#regular()
    return raw.replace(/#([0-9a-fA-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  }

  #array(references: boolean, depth: number): PdfValue {
    this.at += 1
    const items: PdfValue[] = []
    for (;;) {
      this.skip()
      if (this.bytes[this.at] === 0x5d) break
      items.push(this.value(references, depth + 1))
    }
    this.at += 1
    return { kind: 'array', items }
  }

  #dict(references: boolean, depth: number): PdfDict {
    const start = this.at
    this.at += 2
    const entries = new Map<string, PdfValue>()
    for (;;) {
      this.skip()
      if (this.bytes[this.at] === 0x3e && this.bytes[this.at + 1] === 0x3e) break
      if (this.bytes[this.at] !== 0x2f) this.refuse('a name or >>')
      const place = this.at
      const name = this.#name()
      // Readers differ about which of two they take.
      if (entries.has(name)) refusePdf(this.#where, place, { expected: 'no name twice in a dictionary', found: name })
      entries.set(name, this.value(references, depth + 1))
      if (entries.size > 100_000) refuseLimit(this.#where, start)
    }
    this.at += 2
    return { kind: 'dict', entries }
  }

  #hexString(): PdfString {
    const start = this.at
    this.at += 1
    const { bytes } = this
    let end = this.at
    while (bytes[end] !== 0x3e) {
      if (end >= bytes.length) this.refuse('>', start)
      if (end - start > PDF_LIMITS.stringBytes) refuseLimit(this.#where, start)
      end += 1
    }
    const out = new Uint8Array(Math.ceil((end - this.at) / 2))
    let count = 0
    for (let at = this.at; at < end; at++) {
      const byte = bytes[at]
      if (isPdfSpace(byte)) continue
      const digit = hexDigit(byte)
      if (digit < 0) this.refuse('a hex digit', at)
      out[count >> 1] = (out[count >> 1] ?? 0) | (count % 2 === 0 ? digit << 4 : digit)
      count += 1
    }
    this.at = end + 1
    return { kind: 'string', bytes: out.subarray(0, Math.ceil(count / 2)), start, end: this.at, hex: true }
  }

  #literal(): PdfString {
    const start = this.at
    const { bytes } = this
    this.at += 1
    const out: number[] = []
    for (let open = 1; ; ) {
      const byte = bytes[this.at]
      if (byte === undefined) this.refuse(')', start)
      if (this.at - start > PDF_LIMITS.stringBytes) refuseLimit(this.#where, start)
      this.at += 1
      if (byte === 0x5c) this.#escaped(out)
      else if (byte === 0x28) {
        open += 1
        out.push(byte)
      } else if (byte === 0x29) {
        open -= 1
        if (open === 0) break
        out.push(byte)
      } else if (byte === 13) {
        // §7.3.4.2: an end of line is one line feed.
        if (bytes[this.at] === 10) this.at += 1
        out.push(10)
      } else out.push(byte)
    }
    return { kind: 'string', bytes: Uint8Array.from(out), start, end: this.at, hex: false }
  }

  #escaped(out: number[]): void {
    const { bytes } = this
    const byte = bytes[this.at]
    if (byte === undefined) return
    this.at += 1
    const known = ESCAPES[String.fromCharCode(byte)]
    if (known !== undefined) out.push(known)
    else if (byte >= 0x30 && byte <= 0x37) {
      let value = byte - 0x30
      for (let digits = 1; digits < 3; digits++) {
        const next = bytes[this.at] ?? 0
        if (next < 0x30 || next > 0x37) break
        value = value * 8 + next - 0x30
        this.at += 1
      }
      out.push(value & 0xff)
    } else if (byte === 13) {
      if (bytes[this.at] === 10) this.at += 1
    } else if (byte !== 10) out.push(byte)
  }
}

const ESCAPES: Readonly<Record<string, number>> = { n: 10, r: 13, t: 9, b: 8, f: 12, '(': 40, ')': 41, '\\': 92 }
