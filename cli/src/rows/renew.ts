import type { Option } from 'yargs'
import { UsageError } from '../errors.ts'
import { JUDGEMENT, LOOKS } from '../options.ts'
import type { CommandRow } from './command-row.ts'
import { AUTHORITIES } from './time-stamps.ts'
import { VALIDATION } from './validation.ts'

const { 'tsa-later': _later, ...ASKED } = AUTHORITIES
const { at: _at, ...JUDGED_NOW } = JUDGEMENT

export const RENEW: CommandRow = {
  name: 'renew',
  usage: 'renew <bundle>',
  describe: 'add a seal level before the last one weakens; --check says by when',
  positionals: {
    bundle: { type: 'string', describe: 'a folder, which gets the level in place; or an archive, with -o' },
  },
  options: {
    out: {
      type: 'string',
      alias: 'o',
      requiresArg: true,
      describe: 'leave the bundle as it is: a new folder, or for an archive a new ZIP',
    },
    ...ASKED,
    'demo-authority': {
      type: 'boolean',
      describe: 'ask a throw-away authority: for trying out, proves nothing',
    },
    ...VALIDATION,
    ...JUDGED_NOW,
    check: { type: 'boolean', describe: 'only say whether it has to be renewed, and by when' } as Option,
    ...LOOKS,
  },
  check: (argv) => {
    const making = ['out', ...Object.keys(ASKED), 'demo-authority', ...Object.keys(VALIDATION)]
    const given = making.filter((name) => argv[name] !== undefined)
    if (argv.check === true && given.length > 0)
      throw new UsageError(`--check only looks: --${given.join(' and --')} have no use here.`, 'Leave them out.')
    if (argv.check === true) return
    const asked = Object.keys(ASKED).filter((name) => argv[name] !== undefined)
    if (argv['demo-authority'] === true && asked.length > 0)
      throw new UsageError(
        `--demo-authority replaces --${asked.join(' and --')}.`,
        'Choose real authorities, or the demonstration.',
      )
    if (argv['demo-authority'] !== true && argv.tsa === undefined)
      throw new UsageError(
        'A renewal needs --tsa.',
        'Give --tsa label=URL; or --demo-authority, for trying out. --check only says by when to renew.',
      )
  },
  load: async (argv) => (await import('../commands/renew.ts')).renew(argv),
}
