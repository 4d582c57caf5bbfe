import { toHex } from '../model/bytes.ts'
import type { SmallDigest } from '../model/ports.ts'
import { encodeUtf8, encodeUtf8Into } from '../model/utf8.ts'
import { encodePercent } from './bag-path.ts'

/** Stands where the digest of a file stands that could not be read: no digest can look like it. */
const UNREADABLE = '-'.repeat(64)

/**
 * SHA-256, hex, over one line `<sha256 hex>  <path>` a file, `%`, CR and LF in paths percent-encoded, each line ended
 * by LF: what `sha256sum` prints over the files in byte order of their paths. The files must come in that order.
 * `sha256` is lower-case hex, `undefined` for a file that could not be read.
 */
export function contentDigest(
  files: Iterable<{ readonly path: string; readonly sha256: string | undefined }>,
  smallDigest: SmallDigest,
): string {
  const content = new ContentWriter()
  for (const { path, sha256 } of files) content.add(path, sha256)
  return content.digest(smallDigest)
}

/** The same, given one by one. */
export class ContentWriter {
  readonly #lines: TextWriter

  /** @param expected see TextWriter */
  constructor(expected = 0) {
    this.#lines = new TextWriter(expected)
  }

  add(path: string, sha256: string | undefined): void {
    this.#lines.add(`${sha256 ?? UNREADABLE}  ${encodePercent(path)}\n`)
  }

  digest(smallDigest: SmallDigest): string {
    return toHex(smallDigest('sha256', this.#lines.bytes()))
  }
}

const PIECE_UNITS = 65_536
const MOST_BYTES_A_UNIT = 3
/** Browsers differ in how much they give in one piece: beyond it only what is really needed is asked for. */
const MOST_AHEAD = 2 ** 30

/**
 * Gathers text and encodes it as UTF-8 in pieces: a million lines never are one string. The bytes lie in one array from the
 * beginning, which is made as large as they are expected to be: to join pieces at the end would need all of them twice.
 */
export class TextWriter {
  #bytes: Uint8Array
  #used = 0
  #text = ''

  /** @param expected bytes; more are taken too, and memory that is not written to takes no room in most systems */
  constructor(expected = 0) {
    this.#bytes = new Uint8Array(Math.min(expected, MOST_AHEAD))
  }

  add(text: string): void {
    this.#text += text
    if (this.#text.length > PIECE_UNITS) this.#encode()
  }

  /** All of it; of memory that the writer keeps, so that nothing may be added any more. */
  bytes(): Uint8Array {
    this.#encode()
    return this.#bytes.subarray(0, this.#used)
  }

  #encode(): void {
    const text = this.#text
    this.#text = ''
    // Where there is no room for the worst, what it really takes decides.
    const piece = this.#used + text.length * MOST_BYTES_A_UNIT > this.#bytes.length ? encodeUtf8(text) : undefined
    if (piece === undefined) {
      this.#used += encodeUtf8Into(text, this.#bytes.subarray(this.#used))
      return
    }
    const needed = this.#used + piece.length
    if (needed > this.#bytes.length) {
      const grown = new Uint8Array(needed + (needed >> 1))
      grown.set(this.#bytes.subarray(0, this.#used))
      this.#bytes = grown
    }
    this.#bytes.set(piece, this.#used)
    this.#used = needed
  }
}
