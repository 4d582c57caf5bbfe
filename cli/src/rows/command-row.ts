import type { ExitCode } from '@probatum/words'
import type { Option, Parsed } from 'yargs'

/** Code of a command is loaded when it is chosen: `verify` never loads what only `seal` needs. */
export type Load = (argv: Parsed) => Promise<ExitCode>

export interface CommandRow {
  readonly name: string
  readonly usage: string
  readonly describe: string
  readonly positionals?: Readonly<Record<string, Option>>
  readonly options?: Readonly<Record<string, Option>>
  readonly check?: (argv: Parsed) => void
  readonly load: Load
}
