import { concatBytes } from '../model/bytes.ts'

/** Whole lines of a file, each with its end; the last block has what stands behind the last end. */
export interface LineBlock {
  readonly bytes: Uint8Array
  /** Of the first byte in the file. */
  readonly offset: number
}

const LINE_FEED = 0x0a

/** Parts a stream where lines end. Holds one piece and what one line needs, whatever the size of the file. */
export async function* lineBlocks(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<LineBlock> {
  let held: Uint8Array[] = []
  let offset = 0
  for await (const piece of pieces) {
    if (piece.length === 0) continue
    const end = piece.lastIndexOf(LINE_FEED) + 1
    if (end === 0) {
      // A source may use the memory of a piece again.
      held.push(piece.slice())
      continue
    }
    const bytes = held.length === 0 ? piece.subarray(0, end) : concatBytes(...held, piece.subarray(0, end))
    yield { bytes, offset }
    offset += bytes.length
    held = end < piece.length ? [piece.slice(end)] : []
  }
  if (held.length > 0) yield { bytes: concatBytes(...held), offset }
}
