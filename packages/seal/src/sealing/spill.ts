import { encodeUtf8 } from '@probatum/core'

/** Lines that are written now and read once, later, in the same order: of a hundred thousand files they do not fit into memory well. */
export interface Spill {
  /** Adds a line, without its line feed. */
  append(line: string): void
  /** Everything that was added, each line ended by a line feed. Nothing is added afterwards. */
  bytes(): AsyncIterable<Uint8Array>
}

/** Makes an empty one. */
export type NewSpill = () => Spill

/** Kept in memory, encoded: a quarter of what the texts would take. */
export const memorySpill: NewSpill = () => {
  const pieces: Uint8Array[] = []
  let held: string[] = []
  const put = () => {
    if (held.length > 0) pieces.push(encodeUtf8(held.join('')))
    held = []
  }
  return {
    append(line) {
      held.push(line, '\n')
      if (held.length >= 2000) put()
    },
    async *bytes() {
      put()
      yield* pieces
    },
  }
}
