import { UsageError } from '../errors.ts'
import { LOOKS } from '../options.ts'
import type { CommandRow } from './command-row.ts'

export const PAGE: readonly CommandRow[] = [
  {
    name: 'page check',
    usage: 'check <file>',
    describe: 'is this HTML file a released web verifier, an edition of one, an unreleased build, or none',
    positionals: { file: { type: 'string', describe: 'the HTML file' } },
    options: LOOKS,
    load: async (argv) => (await import('../commands/page.ts')).checkPage(argv),
  },
  {
    name: 'page make',
    usage: 'make',
    describe: 'make an institution’s edition of the web verifier, with its own lists in it',
    options: {
      out: { type: 'string', alias: 'o', requiresArg: true, demandOption: true, describe: 'the new HTML file' },
      name: {
        type: 'string',
        requiresArg: true,
        demandOption: true,
        describe: 'whose edition it is; shown on the page and in every output',
      },
      'trust-set': {
        type: 'string',
        array: true,
        requiresArg: true,
        describe: 'a list of keys to build in; may be repeated',
      },
      policy: {
        type: 'string',
        array: true,
        requiresArg: true,
        describe: 'a policy file to build in; may be repeated',
      },
      ...LOOKS,
    },
    load: async (argv) => (await import('../commands/page.ts')).makePage(argv),
  },
]

export const SERVE: CommandRow = {
  name: 'serve',
  usage: 'serve',
  describe: 'serve the web verifier to browsers of this computer alone',
  options: {
    port: { type: 'number', requiresArg: true, describe: 'which port; default: a free one' },
    page: { type: 'string', requiresArg: true, describe: 'an edition to serve instead of the plain page' },
    ...LOOKS,
  },
  check: (argv) => {
    const { port } = argv
    if (typeof port === 'number' && (port < 1 || port > 65_535))
      throw new UsageError('--port needs a number from 1 to 65535.')
  },
  load: async (argv) => (await import('../commands/serve.ts')).serve(argv),
}
