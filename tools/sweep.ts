/** What one piece of a sweep did: how many cases it tried, and one line for each that did not hold. */
export interface PieceResult {
  readonly cases: number
  readonly failures: readonly string[]
}

export interface PieceOptions {
  /** The repository's top folder. */
  readonly root: string
  /** Prints a line about the work under way. It decides nothing. */
  readonly progress: (line: string) => void
}

/**
 * A test over a whole space of cases that is too large for every run: a module `tools/long/<name>.ts` exports these
 * three. The cases of a piece depend on its number alone, so that a piece says the same thing whenever it is run.
 */
export interface Sweep {
  /** The same as the file's name. */
  readonly name: string
  /** How many pieces there are; so many that each stays well under ten minutes on two cores. */
  readonly pieces: () => number | Promise<number>
  readonly runPiece: (piece: number, options: PieceOptions) => Promise<PieceResult>
}
