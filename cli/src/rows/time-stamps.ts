import type { Option } from 'yargs'
import { LOOKS } from '../options.ts'
import type { CommandRow } from './command-row.ts'
import { VALIDATION } from './validation.ts'

const text = (describe: string, rest: Partial<Option> = {}): Option => ({
  type: 'string',
  requiresArg: true,
  describe,
  ...rest,
})

/** How authorities are asked. */
export const AUTHORITIES: Readonly<Record<string, Option>> = {
  tsa: text('time-stamp authority, label=URL; may be repeated. This uses the network', { array: true }),
  'tsa-threshold': {
    type: 'number',
    requiresArg: true,
    describe: 'how many of them must answer; default: all. The others are named as missing',
  },
  'tsa-later': text(
    'an authority that is asked later by `timestamp request`: label=FILE with its certificate, or label=SUBJECT of it; may be repeated',
    {
      array: true,
    },
  ),
  'tsa-policy': text('the policy that an authority is to use, label=OID; may be repeated', { array: true }),
  'tsa-login': text(
    'a file with the line user:password for an authority, label=FILE; or the variable PROBATUM_TSA_LOGIN_LABEL',
    { array: true },
  ),
  'tsa-timeout': { type: 'number', requiresArg: true, describe: 'seconds for one attempt; default: 30' },
}

export const TIMESTAMP_REQUEST: CommandRow = {
  name: 'timestamp request',
  usage: 'request <file..>',
  describe: 'write the request that an authority answers: for sealing without a network',
  positionals: {
    file: { type: 'string', describe: 'what is to be stamped: files, or a bundle’s folder for its signature files' },
  },
  options: {
    out: text('the new request; with several files a new folder for them', { alias: 'o', demandOption: true }),
    digest: text('digest that is stamped; default: sha256, for a bundle as its signature file has it', {
      choices: ['sha256', 'sha384', 'sha512'],
    }),
    policy: text('the policy that the authority is to use, an OID'),
    ...LOOKS,
  },
  load: async (argv) => (await import('../commands/timestamp-request.ts')).requestTimestamp(argv),
}

export const TIMESTAMP_ATTACH: CommandRow = {
  name: 'timestamp attach',
  usage: 'attach <bundle> <answer..>',
  describe: 'check an authority’s answers and put them into the bundle’s folder, with what proves its certificates',
  positionals: {
    bundle: { type: 'string', describe: 'the folder of the bundle' },
    answer: { type: 'string', describe: 'the responses or tokens, DER or PEM' },
  },
  options: {
    request: text('the request that it answers, to compare nonce and policy; may be repeated', { array: true }),
    label: text('which of the bundle’s authorities it is, where two have the same name'),
    ...VALIDATION,
    ...LOOKS,
  },
  load: async (argv) => (await import('../commands/timestamp-attach.ts')).attachTimestamp(argv),
}
