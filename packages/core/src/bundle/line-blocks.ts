import { concatBytes } from '../model/bytes.ts'
import { LIMITS } from '../model/limits.ts'
import { ParseError } from '../model/parse-error.ts'

/** Whole lines of a file, each with its end; the last block has what stands behind the last end. */
export interface LineBlock {
  readonly bytes: Uint8Array
  /** Of the first byte in the file. */
  readonly offset: number
}

export const LINE_FEED = 0x0a

/** How a line of a record is parsed. */
export const LINE_OPTIONS = { lineLimit: LIMITS.jsonLineBytes, canonical: true, units: LIMITS.jsonLineUnits } as const

/** Counts lines that are not in form. One more than the limit, and the file was not read: half of it would say other things. */
export class MisshapenLines {
  readonly #path: string
  #count = 0

  constructor(path: string) {
    this.#path = path
  }

  /** @throws ParseError ERR_LIMIT */
  note(): void {
    if (++this.#count <= LIMITS.jsonLinesMisshapen) return
    const expected = `at most ${LIMITS.jsonLinesMisshapen} lines that are not in form`
    throw new ParseError('ERR_LIMIT', { where: this.#path, expected })
  }
}

/** Lines are counted from 1, as editors do. */
export function placeOf(index: number): string {
  return `line ${index + 1}`
}

/** Takes a file in pieces. */
export interface BlockReader<T> {
  /** Whole lines, each with its end but perhaps the file's last; `offset` of the first byte in the file. */
  block(bytes: Uint8Array, offset: number): void
  finish(): T
}

/**
 * Parts a stream where lines end. Holds one piece and what one line needs, whatever the size of the file.
 * @throws {ParseError} ERR_LIMIT for a line that is as long as a whole file may be that is kept in memory
 */
export async function* lineBlocks(
  pieces: AsyncIterable<Uint8Array>,
  path: string,
  limit: number = LIMITS.jsonLinesWholeBytes,
): AsyncGenerator<LineBlock> {
  let held: Uint8Array[] = []
  let heldBytes = 0
  let offset = 0
  for await (const piece of pieces) {
    if (piece.length === 0) continue
    const end = piece.lastIndexOf(LINE_FEED) + 1
    let start = 0
    if (held.length > 0 && end > 0) {
      // A block of its own, so that the rest need not be copied.
      start = piece.indexOf(LINE_FEED) + 1
      const bytes = concatBytes(...held, piece.subarray(0, start))
      yield { bytes, offset }
      offset += bytes.length
      held = []
      heldBytes = 0
    }
    if (start < end) {
      yield { bytes: piece.subarray(start, end), offset }
      offset += end - start
    }
    // A source may use the memory of a piece again.
    if (end < piece.length) held.push(piece.slice(end))
    heldBytes += piece.length - end
    if (heldBytes > limit) {
      const expected = `lines of at most ${limit} bytes`
      throw new ParseError('ERR_LIMIT', { where: path, field: 'line', offset, expected })
    }
  }
  if (held.length > 0) yield { bytes: concatBytes(...held), offset }
}
