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
  /**
   * Words behind a list option belong to it, once the one thing that is judged has been named: `CERT --crls a.crl b.crl`. Only
   * where one thing is judged: elsewhere a further word is one more of them.
   */
  readonly listsTakeSeveral?: true
  readonly load: Load
}
