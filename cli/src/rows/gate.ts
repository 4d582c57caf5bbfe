import type { ExitCode } from '@probatum/words'
import type { Option, Parsed } from 'yargs'
import { LOOKS } from '../options.ts'
import type { CommandRow } from './command-row.ts'
import { STATEMENT_SIGNER } from './signing.ts'

const text = (describe: string, rest: Partial<Option> = {}): Option => ({
  type: 'string',
  requiresArg: true,
  describe,
  ...rest,
})
const flag = (describe: string): Option => ({ type: 'boolean', describe })

const REQUEST = { request: { type: 'string', describe: 'the file of the request; INTERNAL-… lies beside it' } } as const
const SHOW = flag('print names of items and what stands in consents too')
const SEALER = text('certificate of whoever will sign the seal, so that it is compared too')

/** Who signs: a key that is here, or one that never leaves its device. */
const STATEMENT: Readonly<Record<string, Option>> = {
  ...STATEMENT_SIGNER,
  yes: flag('do not ask; what is signed is printed all the same'),
}

export const GATE: readonly CommandRow[] = [
  {
    name: 'gate request',
    usage: 'request',
    describe: 'ask for a sharing: log, recipient, items, openings, consents, in one file that is approved',
    options: {
      log: text('folder of the custody log', { demandOption: true }),
      recipient: text('file about the recipient: name, kind, key, assurances, handling', { demandOption: true }),
      consents: text('your register of consents, JSON or CSV', { demandOption: true }),
      purpose: text('what the recipient gets it for, as the consents say it', { demandOption: true }),
      policy: text('disclosure policy, as `redact` takes it; default: everything is shown, every file goes along'),
      identifier: text('what you call this export; default: as the policy says'),
      ground: text('a legal ground of the sharing; may be repeated', { array: true }),
      handling: text('how it is to be handled, KIND=TEXT or KIND@DATE=TEXT; may be repeated', { array: true }),
      'open-consent': text('a field of consents that the recipient may see: giver, scope, from, until, withdrawn', {
        array: true,
      }),
      out: text('the new file of the request', { alias: 'o', demandOption: true }),
      'show-opened': SHOW,
      ...LOOKS,
    },
    load: async (argv: Parsed): Promise<ExitCode> => (await import('../commands/gate-request.ts')).requestSharing(argv),
  },
  {
    name: 'gate approve',
    usage: 'approve <request>',
    describe: 'show a request and every unmet point, ask, and sign it',
    positionals: REQUEST,
    options: {
      log: text('folder of the custody log: what is shown is compared with it'),
      sealer: SEALER,
      beside: text('an approval that there is already; may be repeated', { array: true }),
      approver: text('who approves, as every recipient reads it; default: the name in the certificate'),
      ...STATEMENT,
      out: text('the new file of the approval; default: beside the request', { alias: 'o' }),
      'show-opened': SHOW,
      ...LOOKS,
    },
    load: async (argv: Parsed): Promise<ExitCode> => (await import('../commands/gate-approve.ts')).approveRequest(argv),
  },
  {
    name: 'gate except',
    usage: 'except <request>',
    describe: 'sign an exception for one condition, in a new request that every recipient sees it in',
    positionals: REQUEST,
    options: {
      condition: text('code of the condition; `probatum gate explain` lists them', { demandOption: true }),
      item: text('position of the item; default: the whole request, of a consent every item'),
      ground: text('why, as every recipient reads it', { demandOption: true }),
      sealer: SEALER,
      ...STATEMENT,
      out: text('the new file of the request with the exception', { alias: 'o' }),
      'show-opened': SHOW,
      ...LOOKS,
    },
    load: async (argv: Parsed): Promise<ExitCode> =>
      (await import('../commands/gate-request.ts')).exceptCondition(argv),
  },
  {
    name: 'gate check',
    usage: 'check <request> [approvals..]',
    describe: 'may it be sealed, and what is missing; signs and writes nothing',
    positionals: { ...REQUEST, approvals: { type: 'string', describe: 'files of `gate approve`' } },
    options: {
      log: text('folder of the custody log, so that the request is compared with it'),
      sealer: SEALER,
      at: text('as of this time, 2026-03-14T09:12:00Z, or 2026-03-14 for the last second of that day; default: now'),
      json: flag('print it as JSON'),
      'show-opened': SHOW,
      ...LOOKS,
    },
    load: async (argv: Parsed): Promise<ExitCode> => (await import('../commands/gate-check.ts')).checkRequest(argv),
  },
  {
    name: 'gate explain',
    usage: 'explain [condition]',
    describe: 'what each condition means, and who can meet it',
    positionals: { condition: { type: 'string', describe: 'the code of one; default: all' } },
    options: LOOKS,
    load: async (argv: Parsed): Promise<ExitCode> =>
      (await import('../commands/gate-check.ts')).explainConditions(argv),
  },
]
