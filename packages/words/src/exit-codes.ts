import type { Indication } from '@probatum/core'

/** How the command line ends. The help, the manual and the documentation are made from this table. */
export const EXIT_CODES = [
  { code: 0, name: 'TOTAL-PASSED', words: 'everything that the policy asks for was checked, and it holds' },
  { code: 1, name: 'TOTAL-FAILED', words: 'something contradicts what was sealed' },
  { code: 2, name: 'usage error', words: 'the command was not understood; nothing was checked' },
  { code: 3, name: 'INDETERMINATE', words: 'neither proved nor contradicted: something needed is missing' },
  { code: 4, name: 'not read', words: 'the input cannot be read, or is not a bundle' },
  {
    code: 70,
    name: 'internal error',
    words: 'a defect of this program, or a result that could not be written; no verdict',
  },
  { code: 130, name: 'cancelled', words: 'stopped before the end (Ctrl+C); no verdict' },
] as const

export type ExitCode = (typeof EXIT_CODES)[number]['code']

/** The worst first: a batch ends with the first of these that one of its inputs has. */
const WORST_FIRST: readonly ExitCode[] = [130, 2, 1, 70, 4, 3, 0]

/** The exit code of a batch. Nothing done is never a pass: no codes give 3. */
export function worstExitCode(codes: readonly ExitCode[]): ExitCode {
  return WORST_FIRST.find((code) => codes.includes(code)) ?? 3
}

export function exitCodeOf(indication: Indication): ExitCode {
  return indication === 'TOTAL-PASSED' ? 0 : indication === 'TOTAL-FAILED' ? 1 : 3
}

/** The table in words, one line a code. */
export function renderExitCodes(): string {
  const width = Math.max(...EXIT_CODES.map(({ name }) => name.length))
  const lines = EXIT_CODES.map(
    ({ code, name, words }) => `  ${String(code).padStart(3)}  ${name.padEnd(width)}  ${words}`,
  )
  return `${lines.join('\n')}\n`
}
