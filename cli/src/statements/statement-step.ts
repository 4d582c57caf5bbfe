import { escapeForDisplay, quoteForShell } from '@probatum/words'
import type { Parsed } from 'yargs'
import { textOf } from '../commands/report-output.ts'
import { InputError, UsageError } from '../errors.ts'
import { readWhole, requireNew, writeNew } from '../files.ts'
import { PROGRAM } from '../program.ts'
import { chooseStatementSigning, type StatementSigning } from './statement-signing.ts'

/** How a statement gets signed into a file: at once, or over two calls where the key is in a device. */
export interface StatementStep {
  readonly signing: StatementSigning
  /** The file that is written in the end. */
  readonly out: string
  /** `embed`: the statement that the first call wrote; null where it is made now. */
  readonly prepared: Uint8Array | null
  /**
   * Signs and gives the CMS; or, where the key is not here, writes what its device signs and the statement beside it, says so,
   * and gives null.
   */
  sign(statement: Uint8Array, say: (text: string) => Promise<void>): Promise<Uint8Array | null>
}

/** Reads the options before any work. `command`: as it is typed again for the second step. @throws {UsageError | InputError} */
export async function chooseStatementStep(argv: Parsed, command: string): Promise<StatementStep> {
  const out = textOf(argv, 'out')
  if (out === undefined) throw new UsageError('--out is missing.', 'Name the new file.')
  await requireNew(out, '--out', [])
  const unsigned = `${out}.unsigned.json`
  const signing = await chooseStatementSigning(argv)
  if (signing.step === 'prepare') await requireNew(unsigned, '--attributes', [])
  return {
    signing,
    out,
    prepared: signing.step === 'embed' ? await readPrepared(unsigned) : null,
    async sign(statement, say) {
      if (signing.step !== 'prepare') return signing.cms(statement)
      const next = `${PROGRAM} ${command} --out ${quoteForShell(out)}`
      const said = await signing.prepare(statement, next)
      await writeNew(unsigned, statement)
      await say(`${said}Keep ${escapeForDisplay(unsigned)}: the second step reads it.\n`)
      return null
    },
  }
}

async function readPrepared(path: string): Promise<Uint8Array> {
  try {
    return await readWhole(path)
  } catch (cause) {
    throw new InputError(
      `${escapeForDisplay(path)} cannot be read, so nothing says what was signed.`,
      'The first step (--attributes) writes it. Give the same --out in both steps.',
      { cause },
    )
  }
}
