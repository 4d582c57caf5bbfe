import { concatBytes, toHex } from '../model/bytes.ts'
import type { SmallDigest } from '../model/ports.ts'
import { encodeUtf8 } from '../model/utf8.ts'
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
  readonly #lines = new TextWriter()

  add(path: string, sha256: string | undefined): void {
    this.#lines.add(`${sha256 ?? UNREADABLE}  ${encodePercent(path)}\n`)
  }

  digest(smallDigest: SmallDigest): string {
    return toHex(smallDigest('sha256', this.#lines.bytes()))
  }
}

const PIECE_UNITS = 65_536

/** Gathers text and encodes it as UTF-8 in pieces: a million lines never are one string. */
export class TextWriter {
  readonly #pieces: Uint8Array[] = []
  #text = ''

  add(text: string): void {
    this.#text += text
    if (this.#text.length > PIECE_UNITS) this.#encode()
  }

  bytes(): Uint8Array {
    this.#encode()
    return concatBytes(...this.#pieces)
  }

  #encode(): void {
    this.#pieces.push(encodeUtf8(this.#text))
    this.#text = ''
  }
}
