import type { Option } from 'yargs'
import { IDENTITY, JUDGEMENT, LOOKS, OUTPUT, VERIFY } from '../options.ts'

/** Options and help of `compare` and `extract`; their code is loaded when one of them is chosen. */
export const COMPARE: Readonly<Record<string, Option>> = {
  ...JUDGEMENT,
  ...IDENTITY,
  core: {
    type: 'string',
    requiresArg: true,
    describe: 'with one bundle: the common-core code over its first EVENTS,ITEMS, as the other side has them',
  },
  csv: { type: 'string', requiresArg: true, describe: 'save the table of items to this new file' },
  save: { type: 'string', requiresArg: true, describe: 'save the comparison as JSON to this new file' },
  part: VERIFY.part as Option,
  json: { type: 'boolean', describe: 'print the comparison as JSON' },
  quiet: OUTPUT.quiet as Option,
  ...LOOKS,
}

export const EXTRACT: Readonly<Record<string, Option>> = {
  out: { type: 'string', alias: 'o', requiresArg: true, demandOption: true, describe: 'the new folder' },
  'also-unverified': {
    type: 'string',
    array: true,
    requiresArg: true,
    describe: 'copy these items too, by their numbers, though they did not verify; their names are marked',
  },
  part: VERIFY.part as Option,
  ...JUDGEMENT,
  ...IDENTITY,
  ...LOOKS,
}
