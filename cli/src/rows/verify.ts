import { VERIFY } from '../options.ts'
import type { CommandRow } from './command-row.ts'

export const VERIFY_ROW: CommandRow = {
  name: 'verify',
  usage: 'verify <bundle..>',
  describe: 'is it unchanged, who sealed it, since when does it exist',
  positionals: { bundle: { type: 'string', describe: 'a folder, a ZIP or a tar; several in one call' } },
  options: VERIFY,
  load: async (argv) => (await import('../commands/verify.ts')).verify(argv),
}

/** What `explain --rests-on` takes beside a bundle, as `verify` does. */
export const RESTS_ON_BUNDLE = [
  'identity',
  'identity-password-file',
  'crl',
  'ocsp',
  'disclosures',
  'notices',
  'evidence-record',
] as const
