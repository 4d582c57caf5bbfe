import type { Option } from 'yargs'
import { LOOKS } from '../options.ts'
import type { CommandRow } from './command-row.ts'

/** To whom a finished bundle is encrypted. */
export const ENCRYPT_TO: Readonly<Record<string, Option>> = {
  'encrypt-to': {
    type: 'string',
    array: true,
    requiresArg: true,
    describe:
      'encrypt the finished bundle: a recipient of age (age1…), or a file with a certificate or with such recipients; may be repeated',
  },
}

export const ENCRYPT: CommandRow = {
  name: 'encrypt',
  usage: 'encrypt <bundle>',
  describe: 'wrap a finished bundle for its recipient: one file under a name that tells nothing',
  positionals: { bundle: { type: 'string', describe: 'a folder, a ZIP or a tar' } },
  options: {
    ...ENCRYPT_TO,
    out: {
      type: 'string',
      alias: 'o',
      requiresArg: true,
      demandOption: true,
      describe: 'the new folder for the encrypted file and its receipt',
    },
    ...LOOKS,
  },
  load: async (argv) => (await import('../commands/encrypt.ts')).encrypt(argv),
}
