import type { Option } from 'yargs'
import { JUDGEMENT, LOOKS, ROLES } from '../options.ts'
import type { CommandRow } from './command-row.ts'
import { STATEMENT_SIGNER } from './signing.ts'

const NEW_SET: Readonly<Record<string, Option>> = {
  to: { type: 'string', requiresArg: true, demandOption: true, describe: 'the new file; nothing is ever overwritten' },
  issuer: { type: 'string', requiresArg: true, describe: 'who compiles the set; default: as in the last one' },
  date: { type: 'string', requiresArg: true, describe: 'day of the set, 2026-03-14; default: today' },
  'review-by': { type: 'string', requiresArg: true, describe: 'day of the next review; default: a year later' },
}
const SET = { set: { type: 'string', describe: 'the file of the set' } } as const
const AT: Option = {
  type: 'string',
  requiresArg: true,
  describe: 'as of this time, 2026-03-14T09:12:00Z, or 2026-03-14 for the last second of that day in UTC; default: now',
}
const UNDER: Option = { type: 'string', requiresArg: true, demandOption: true, describe: 'the set before it' }

export const TRUST: readonly CommandRow[] = [
  {
    name: 'trust add',
    usage: 'add <file..>',
    describe: 'make a set from certificates, or add them to one under the next number',
    positionals: { file: { type: 'string', describe: 'certificates, PEM or DER; for the role log, its key' } },
    options: {
      ...NEW_SET,
      after: {
        type: 'string',
        requiresArg: true,
        describe: 'the set that is added to; without it a first set is made',
      },
      role: {
        type: 'string',
        requiresArg: true,
        choices: ROLES,
        describe: 'in which role it is to be believed; asked for',
      },
      source: {
        type: 'string',
        requiresArg: true,
        describe: 'where it was had from, and how that was checked; asked for',
      },
      label: { type: 'string', requiresArg: true, describe: 'what to call it; default: the name in the certificate' },
      from: { type: 'string', requiresArg: true, describe: 'counts for times proved from this day or time on' },
      until: { type: 'string', requiresArg: true, describe: 'and until this one' },
      sample: { type: 'boolean', describe: 'mark the set as an invented sample; every output then says so' },
      ...LOOKS,
    },
    load: async (argv) => (await import('../commands/trust-add.ts')).addTrust(argv),
  },
  {
    name: 'trust end',
    usage: 'end <fingerprint>',
    describe: 'make the next set, in which a certificate counts until a day only',
    positionals: { fingerprint: { type: 'string', describe: 'SHA-256 of the certificate, or its first 8 digits' } },
    options: {
      ...NEW_SET,
      after: { type: 'string', requiresArg: true, demandOption: true, describe: 'the set that it stands in' },
      until: {
        type: 'string',
        requiresArg: true,
        demandOption: true,
        describe: 'what is proved to be older than this day or time goes on to count',
      },
      ...LOOKS,
    },
    load: async (argv) => (await import('../commands/trust-add.ts')).endTrust(argv),
  },
  {
    name: 'trust list',
    usage: 'list <set>',
    describe: 'who is in a set, in short',
    positionals: SET,
    options: LOOKS,
    load: async (argv) => (await import('../commands/trust.ts')).listTrust(argv),
  },
  {
    name: 'trust explain',
    usage: 'explain <set> [certificate]',
    describe: 'who is in a set and what deserves a second look; or where one certificate stands in it',
    positionals: { ...SET, certificate: { type: 'string', describe: 'a certificate, PEM or DER' } },
    options: { at: AT, ...LOOKS },
    load: async (argv) => (await import('../commands/trust.ts')).explainTrust(argv),
  },
  {
    name: 'trust card',
    usage: 'card <set>',
    describe: 'the letter to print: names, fingerprints, and the code of the set',
    positionals: SET,
    options: {},
    load: async (argv) => (await import('../commands/trust.ts')).trustCard(argv),
  },
  {
    name: 'trust sign',
    usage: 'sign <next>',
    describe: 'sign that a set follows the last one, with a key that the last one names for it',
    positionals: { next: { type: 'string', describe: 'the file of the next set' } },
    options: {
      under: UNDER,
      ...STATEMENT_SIGNER,
      ...LOOKS,
    },
    load: async (argv) => (await import('../commands/trust-succession.ts')).signSuccession(argv),
  },
  {
    name: 'trust verify-next',
    usage: 'verify-next <next>',
    describe: 'is this set signed as the next one, by somebody whom the last one names for it',
    positionals: { next: { type: 'string', describe: 'the file of the next set' } },
    options: {
      under: UNDER,
      signature: { type: 'string', requiresArg: true, describe: 'default: the file NEXT.succession.p7s' },
      at: AT,
      policy: JUDGEMENT.policy as Option,
      ...LOOKS,
    },
    load: async (argv) => (await import('../commands/trust-succession.ts')).verifyNext(argv),
  },
]
