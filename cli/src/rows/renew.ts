import type { Option } from 'yargs'
import { UsageError } from '../errors.ts'
import { JUDGEMENT, LOOKS } from '../options.ts'
import type { CommandRow } from './command-row.ts'
import { AUTHORITIES } from './time-stamps.ts'
import { VALIDATION } from './validation.ts'

const { 'tsa-later': _later, ...ASKED } = AUTHORITIES
const { at: _at, ...JUDGED_NOW } = JUDGEMENT

/** Ways to get time-stamps beside --tsa. */
const STAMPING: readonly string[] = ['request', 'answer', 'demo-authority']

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
    request: {
      type: 'string',
      requiresArg: true,
      describe: 'ask nobody: write the request for authorities that are asked elsewhere to this new file, and stop',
    },
    answer: {
      type: 'string',
      array: true,
      requiresArg: true,
      describe:
        'what an authority answered to it, label=FILE; may be repeated. Give the same --validation as with --request',
    },
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
    const given = (names: readonly string[]) => names.filter((name) => argv[name] !== undefined)
    const making = given(['out', ...STAMPING, ...Object.keys(ASKED), ...Object.keys(VALIDATION)])
    if (argv.check === true && making.length > 0)
      throw new UsageError(`--check only looks: --${making.join(' and --')} have no use here.`, 'Leave them out.')
    if (argv.check === true) return
    const ways = given(['tsa', ...STAMPING])
    if (ways.length > 1)
      throw new UsageError(`--${ways.join(' and --')} exclude each other.`, 'Ask authorities here, or elsewhere.')
    if (ways.length === 0)
      throw new UsageError(
        'A renewal needs --tsa.',
        'Give --tsa label=URL; --request and then --answer, without a network; or --demo-authority, for trying out. --check only says by when to renew.',
      )
    const settings = given(Object.keys(ASKED).filter((name) => name !== 'tsa'))
    if (argv.tsa === undefined && settings.length > 0)
      throw new UsageError(`--${settings.join(' and --')} go with --tsa.`, 'Leave them out.')
    if (argv.online === true && (argv.request !== undefined || argv.answer !== undefined))
      throw new UsageError(
        '--online fetches something else each time, and the answer has to fit what was asked for.',
        'Fetch what is missing to files, and give them with --validation both times.',
      )
    if (argv.request !== undefined && argv.out !== undefined)
      throw new UsageError('--request writes no bundle.', 'Give --out with --answer.')
  },
  load: async (argv) => (await import('../commands/renew.ts')).renew(argv),
}
