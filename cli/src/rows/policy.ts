import type { CommandRow } from './command-row.ts'

export const POLICY: readonly CommandRow[] = [
  {
    name: 'policy list',
    usage: 'list',
    describe: 'the policies of this program, with their digests',
    load: async (argv) => (await import('../commands/policy.ts')).listPolicies(argv),
  },
  {
    name: 'policy show',
    usage: 'show <policy>',
    describe: 'the file of a policy, as its digest is computed',
    positionals: { policy: { type: 'string', describe: 'a name, or a file written with its path' } },
    load: async (argv) => (await import('../commands/policy.ts')).showPolicy(argv),
  },
  {
    name: 'policy diff',
    usage: 'diff <a> <b>',
    describe: 'where two policies differ',
    positionals: {
      a: { type: 'string', describe: 'one policy: a name, or a file written with its path' },
      b: { type: 'string', describe: 'the other policy' },
    },
    load: async (argv) => (await import('../commands/policy.ts')).diffTwoPolicies(argv),
  },
]
