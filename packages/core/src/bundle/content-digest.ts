import { toHex } from '../model/bytes.ts'
import type { SmallDigest } from '../model/ports.ts'
import { encodeUtf8 } from '../model/utf8.ts'
import { encodePercent } from './bag-path.ts'

/** Stands where the digest of a file stands that could not be read: no digest can look like it. */
const UNREADABLE = '-'.repeat(64)

/**
 * SHA-256, hex, over one line `<sha256 hex>  <path>` a file, `%`, CR and LF in paths percent-encoded, each line ended
 * by LF: what `sha256sum` prints over the files in byte order of their paths. The files must come in that order.
 * `sha256` is the digest or its lower-case hex, `undefined` for a file that could not be read.
 */
export function contentDigest(
  files: Iterable<{ readonly path: string; readonly sha256: Uint8Array | string | undefined }>,
  smallDigest: SmallDigest,
): string {
  const lines = new ContentLines()
  for (const { path, sha256 } of files) {
    if (sha256 instanceof Uint8Array) lines.add(path, sha256, 0)
    else lines.addText(path, sha256)
  }
  return lines.digest(smallDigest)
}

/** The lines of a content digest as they come. */
export class ContentLines {
  readonly #out = new ByteWriter()

  /** The digest is the 32 octets at `offset`. */
  add(path: string, digests: Uint8Array, offset: number): void {
    this.#out.hex(digests, offset, 32)
    this.#out.text(`  ${encodePercent(path)}\n`)
  }

  /** Lower-case hex; `undefined` for a file that could not be read. */
  addText(path: string, sha256: string | undefined): void {
    this.#out.text(sha256 ?? UNREADABLE)
    this.#out.text(`  ${encodePercent(path)}\n`)
  }

  digest(smallDigest: SmallDigest): string {
    return toHex(smallDigest('sha256', this.#out.bytes()))
  }
}

const PIECE_BYTES = 262_144
const HEX_DIGITS = encodeUtf8('0123456789abcdef')

/** Writes text and hex as UTF-8 in pieces: a million lines as strings would cost more than all the rest of a run. */
export class ByteWriter {
  readonly #full: Uint8Array[] = []
  #piece: Uint8Array = new Uint8Array(PIECE_BYTES)
  #at = 0
  #size = 0

  text(text: string): void {
    // Three bytes a UTF-16 unit at most.
    if (text.length > 1024) {
      this.#bytes(encodeUtf8(text))
      return
    }
    this.#room(text.length)
    const piece = this.#piece
    let at = this.#at
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i)
      if (code > 0x7f) {
        this.#bytes(encodeUtf8(text))
        return
      }
      piece[at++] = code
    }
    this.#at = at
  }

  hex(bytes: Uint8Array, offset: number, length: number): void {
    this.#room(2 * length)
    const piece = this.#piece
    let at = this.#at
    for (let i = offset; i < offset + length; i++) {
      const byte = bytes[i] ?? 0
      piece[at++] = HEX_DIGITS[byte >> 4] ?? 0
      piece[at++] = HEX_DIGITS[byte & 15] ?? 0
    }
    this.#at = at
  }

  /** Text that was encoded before: what stands in every line. */
  encoded(bytes: Uint8Array): void {
    this.#bytes(bytes)
  }

  bytes(): Uint8Array {
    const whole = new Uint8Array(this.#size + this.#at)
    let at = 0
    for (const piece of [...this.#full, this.#piece.subarray(0, this.#at)]) {
      whole.set(piece, at)
      at += piece.length
    }
    return whole
  }

  #bytes(bytes: Uint8Array): void {
    this.#room(bytes.length)
    this.#piece.set(bytes, this.#at)
    this.#at += bytes.length
  }

  #room(bytes: number): void {
    if (this.#at + bytes <= this.#piece.length) return
    this.#full.push(this.#piece.subarray(0, this.#at))
    this.#size += this.#at
    this.#piece = new Uint8Array(Math.max(PIECE_BYTES, bytes))
    this.#at = 0
  }
}
