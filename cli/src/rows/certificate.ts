import type { Option } from 'yargs'
import { UsageError } from '../errors.ts'
import { JUDGEMENT, LOOKS, OUTPUT, REVOCATION, VERIFY } from '../options.ts'
import type { CommandRow } from './command-row.ts'

/** As @probatum/words has them; written out, so that the help needs nothing of it. A test compares. */
export const TEMPLATES = ['general', 'international-transmittal', 'us-902', 'in-bsa63'] as const
export const LANGUAGES = ['en', 'fr', 'es', 'ar', 'my'] as const

const OPTIONS: Readonly<Record<string, Option>> = {
  out: {
    type: 'string',
    alias: 'o',
    requiresArg: true,
    demandOption: true,
    describe: 'the new PDF; FILE.json is written beside it',
  },
  template: {
    type: 'string',
    requiresArg: true,
    choices: TEMPLATES,
    describe: 'which form stands at the end; default: general',
  },
  choice: {
    type: 'string',
    requiresArg: true,
    describe: 'which variant of the form; us-902: inside or outside the United States',
  },
  language: { type: 'string', requiresArg: true, choices: LANGUAGES, describe: 'default: en' },
  paper: { type: 'string', requiresArg: true, choices: ['a4', 'letter'], describe: 'default: a4' },
  labels: { type: 'string', requiresArg: true, describe: 'exhibit numbers: a file with lines “SHA-256  number”' },
  names: { type: 'boolean', describe: 'print original file names where they were opened; every page then says so' },
  list: {
    type: 'string',
    requiresArg: true,
    choices: ['auto', 'full', 'exceptions', 'none'],
    describe: 'files on the pages: auto 500, full 10,000 at most, exceptions, or none; the attached list has all',
  },
  inventory: {
    type: 'string',
    requiresArg: true,
    describe: 'of saved facts, given in place of a bundle: the inventory that was saved with them',
  },
  force: { type: 'boolean', describe: 'write over a file of that name' },
  part: VERIFY.part as Option,
  disclosures: VERIFY.disclosures as Option,
  'show-opened': { type: 'boolean', hidden: true, describe: 'refused: a certificate holds no opened values' },
  ...JUDGEMENT,
  ...REVOCATION,
  quiet: OUTPUT.quiet as Option,
  ...LOOKS,
}

export const CERTIFICATE: readonly CommandRow[] = [
  {
    name: 'certify',
    usage: 'certify <bundle>',
    describe: 'verify a bundle and make a PDF certificate of the result',
    positionals: { bundle: { type: 'string', describe: 'a folder, a ZIP or a tar; with --inventory, saved facts' } },
    options: OPTIONS,
    check: (argv) => {
      if (argv['show-opened'] === true)
        throw new UsageError(
          '--show-opened does not go with a certificate, which holds no opened values.',
          'Leave it out; `probatum verify --show-opened` prints them on the terminal. --names prints original file names.',
        )
    },
    load: async (argv) => (await import('../commands/certify.ts')).certify(argv),
  },
]
