/** How a stream is wrong; the same words as zlib's three kinds of errors get in Node's adapter. */
export type DeflateProblem = 'damaged' | 'ends early' | 'bytes behind the end of the stream'

export class DeflateError extends Error {
  readonly problem: DeflateProblem
  constructor(problem: DeflateProblem) {
    super(problem)
    this.problem = problem
  }
}

/** Length of a match, by code less 257 (RFC 1951 §3.2.5), and how many extra bits it has. */
export const LENGTH_BASE = Uint16Array.of(
  ...[
    3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258,
  ],
)

export const LENGTH_EXTRA = Uint8Array.of(
  ...[0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0],
)

/** The same of a distance, by its code. */
export const DISTANCE_BASE = Uint16Array.of(
  ...[1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097],
  ...[6145, 8193, 12_289, 16_385, 24_577],
)

export const DISTANCE_EXTRA = Uint8Array.of(
  ...[0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13],
)

/** In which order the lengths of the code of code lengths stand (RFC 1951 §3.2.7). */
export const ORDER = Uint8Array.of(16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15)
