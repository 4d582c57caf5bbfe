import type { ExitCode, exitCodeOf, worstExitCode } from '@probatum/words'

/** The ways from verdicts to the number that a program ends with. */
export interface ExitCodes {
  readonly exitCodeOf: typeof exitCodeOf
  readonly worstExitCode: typeof worstExitCode
}

/** From the rules for verdicts: what says least stands last, and 0 behind everything. */
const WORST_FIRST: readonly ExitCode[] = [130, 2, 1, 70, 4, 3, 0]

/** Every list of up to three codes. */
function* allLists(length = 3): Generator<readonly ExitCode[]> {
  yield []
  if (length > 0) for (const rest of allLists(length - 1)) for (const code of WORST_FIRST) yield [code, ...rest]
}

export const EXIT_CODE_PROPERTIES: readonly {
  readonly name: string
  /** The first case for which it does not hold, in words. */
  readonly counterexample: (made: ExitCodes) => string | undefined
}[] = [
  {
    name: 'say 0 for TOTAL-PASSED alone, 1 for TOTAL-FAILED and 3 for INDETERMINATE',
    counterexample: (made) =>
      (
        [
          ['TOTAL-PASSED', 0],
          ['TOTAL-FAILED', 1],
          ['INDETERMINATE', 3],
        ] as const
      ).find(([indication, code]) => made.exitCodeOf(indication) !== code)?.[0],
  },
  {
    name: 'say 3 for whatever is no indication',
    counterexample: (made) =>
      ['', 'PASSED', 'total-passed', 'constructor'].find((other) => made.exitCodeOf(other as 'INDETERMINATE') !== 3),
  },
  {
    name: 'of a batch are 0 when there is something and all of it is 0, else the worst, and 3 where nothing was done',
    counterexample: (made) => {
      for (const codes of allLists()) {
        const worst = WORST_FIRST[Math.min(...codes.map((code) => WORST_FIRST.indexOf(code)))] ?? 3
        if (made.worstExitCode(codes) !== worst) return `[${codes.join(', ')}]`
      }
      return undefined
    },
  },
]
