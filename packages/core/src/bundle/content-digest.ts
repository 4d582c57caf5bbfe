import { toHex } from '../model/bytes.ts'
import type { SmallDigest } from '../model/ports.ts'
import { encodeUtf8 } from '../model/utf8.ts'
import { encodePercent } from './bag-path.ts'

/** Stands where the digest of a file stands that could not be read: no digest can look like it. */
const UNREADABLE = '-'.repeat(64)

/**
 * SHA-256, hex, over one line `<sha256 hex>  <path>` a file, `%`, CR and LF in paths percent-encoded, each line ended
 * by LF: what `sha256sum` prints over the files in byte order of their paths. The files must come in that order.
 */
export function contentDigest(
  files: Iterable<{ readonly path: string; readonly sha256: string | null }>,
  smallDigest: SmallDigest,
): string {
  const lines = new ByteLines()
  for (const { path, sha256 } of files) lines.add(`${sha256 ?? UNREADABLE}  ${encodePercent(path)}\n`)
  return toHex(smallDigest('sha256', lines.bytes()))
}

/** Collects text as UTF-8 in pieces, so that a million lines are never one string. */
export class ByteLines {
  private readonly pieces: Uint8Array[] = []
  private pending: string[] = []
  private size = 0

  add(line: string): void {
    this.pending.push(line)
    if (this.pending.length === 4096) this.flush()
  }

  bytes(): Uint8Array {
    this.flush()
    const whole = new Uint8Array(this.size)
    let at = 0
    for (const piece of this.pieces) {
      whole.set(piece, at)
      at += piece.length
    }
    return whole
  }

  private flush(): void {
    const piece = encodeUtf8(this.pending.join(''))
    this.pieces.push(piece)
    this.size += piece.length
    this.pending = []
  }
}
