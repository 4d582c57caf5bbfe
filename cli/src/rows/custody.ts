import type { ExitCode } from '@probatum/words'
import type { Option, Parsed } from 'yargs'
import { LOOKS } from '../options.ts'
import { CERTIFICATES, KEYS, POST_QUANTUM } from './signing.ts'
import { AUTHORITIES } from './time-stamps.ts'
import { VALIDATION } from './validation.ts'

const text = (describe: string, rest: Partial<Option> = {}): Option => ({
  type: 'string',
  requiresArg: true,
  describe,
  ...rest,
})
const LOG = { log: { type: 'string', describe: 'the folder of the log' } } as const
const LOG_KEY = text('private key of the log: Ed25519, PEM (PKCS #8). It is never kept in the log')

const WITNESS = text(
  'a command that cosigns the checkpoint: request on standard input, cosignature on standard output; may be repeated',
  { array: true },
)

const WITNESS_VERIFIER = text(
  'the verifier key of a --witness, in the same order: what does not hold under it is refused',
  { array: true },
)

/** An approved request that a bundle is made under. */
const APPROVALS = text('an approval of the request, as `gate approve` writes it; two are needed', { array: true })
const FOR = 'an approved request (`probatum gate request`): the bundle is made for its recipient, as it was approved'

/** What a seal is made with, as `seal` has it. */
const SIGNING: Readonly<Record<string, Option>> = {
  'log-key': LOG_KEY,
  ...KEYS,
  ...CERTIFICATES,
  ...POST_QUANTUM,
  ...AUTHORITIES,
  ...VALIDATION,
  'demo-authority': { type: 'boolean', describe: 'sign with a throw-away authority: for trying out, proves nothing' },
  'long-term': { type: 'boolean', describe: 'add SHA-512 beside SHA-256' },
  issuer: text('your name, as the bundles shall state it'),
  witness: WITNESS,
  'witness-verifier': WITNESS_VERIFIER,
}

export const CUSTODY = [
  {
    name: 'custody init',
    usage: 'init <log>',
    describe: 'begin a custody log in a new folder',
    positionals: LOG,
    options: {
      'log-key': { ...LOG_KEY, demandOption: true },
      'new-key': { type: 'boolean', describe: 'make the key, in that file, which must not exist yet' } as Option,
      origin: text('name of the log, never used for another one; default: a random one'),
      'case-id': text('the case, as a field that can be withheld'),
      agent: text('who begins it, as a field that can be withheld'),
      note: text('a note, as a field that can be withheld'),
      ...LOOKS,
    },
    load: async (argv: Parsed): Promise<ExitCode> => (await import('../commands/custody.ts')).initCustody(argv),
  },
  {
    name: 'custody append',
    usage: 'append <log>',
    describe: 'add an event, files as items, or a batch; acknowledged when it is on the disk',
    positionals: LOG,
    options: {
      type: text('type of the event: acquisition, transfer, fixity-check, access, analysis, …'),
      field: text('name=value of a field; may be repeated. A value that begins with [ or { is JSON', { array: true }),
      objects: text('positions of the items that it is about, from 0: 0-3,7'),
      item: text('a file to be added as an item; may be repeated. The file stays where it is', { array: true }),
      'copy-of': text('the items are redacted copies of the item at this position'),
      'copy-method': text('how the copy was made'),
      'copy-ground': text('code of the ground, e.g. witness-protection'),
      'copy-agent': text('who made it'),
      description: text('what the items show'),
      'media-type': text('their media type, e.g. image/jpeg'),
      signed: text('a folder of `custody handover` with the signatures in it: adds that hand-over'),
      receipt: text(
        'a receipt of a recipient, as `probatum receipt make` writes it: adds that the bundle was received',
      ),
      batch: {
        type: 'boolean',
        describe: 'read JSON lines {"type":…,"fields":{…}} from standard input, print one line for each that is kept',
      } as Option,
      ...LOOKS,
    },
    load: async (argv: Parsed): Promise<ExitCode> => (await import('../commands/custody.ts')).appendCustody(argv),
  },
  {
    name: 'custody handover',
    usage: 'handover <log>',
    describe: 'prepare a hand-over that giver and receiver sign before it is added',
    positionals: LOG,
    options: {
      field: text('name=value of a field: agent and receiver at least; may be repeated', { array: true }),
      objects: text('positions of the items that are handed over, from 0: 0-3,7', { demandOption: true }),
      out: text('the new folder for what they sign', { alias: 'o', demandOption: true }),
      ...LOOKS,
    },
    load: async (argv: Parsed): Promise<ExitCode> =>
      (await import('../commands/custody-handover.ts')).prepareCustodyHandover(argv),
  },
  {
    name: 'custody show',
    usage: 'show <log>',
    describe: 'list the lines of a log, without what their fields say',
    positionals: LOG,
    options: {
      lines: text('only these positions, from 0: 0-3,7'),
      'show-opened': { type: 'boolean', describe: 'print the values too' } as Option,
      json: { type: 'boolean', describe: 'print JSON lines' } as Option,
      ...LOOKS,
    },
    load: async (argv: Parsed): Promise<ExitCode> => (await import('../commands/custody-look.ts')).showCustody(argv),
  },
  {
    name: 'custody verify',
    usage: 'verify <log>',
    describe: 'read a log again: order, chain, openings, signed heads',
    positionals: LOG,
    options: { json: { type: 'boolean', describe: 'print it as JSON' } as Option, ...LOOKS },
    load: async (argv: Parsed): Promise<ExitCode> => (await import('../commands/custody-look.ts')).verifyCustody(argv),
  },
  {
    name: 'custody change-key',
    usage: 'change-key <log>',
    describe: 'give a log another key, signed by the one that it has',
    positionals: LOG,
    options: {
      'log-key': text('private key that the log has now'),
      'anchor-key': text(
        'in its place, when it is lost or stolen: a key that recipients have as an anchor of role log',
      ),
      to: text('private key that the log gets: Ed25519, PEM (PKCS #8)', { demandOption: true }),
      'new-key': { type: 'boolean', describe: 'make it, in that file, which must not exist yet' } as Option,
      agent: text('who changes it, as a field that can be withheld'),
      note: text('a note, as a field that can be withheld'),
      ...LOOKS,
    },
    load: async (argv: Parsed): Promise<ExitCode> => (await import('../commands/custody-key.ts')).changeLogKey(argv),
  },
  {
    name: 'custody cosign',
    usage: 'cosign [request]',
    describe: 'be a witness: cosign the state of a log that continues what was cosigned before',
    positionals: {
      request: {
        type: 'string',
        describe:
          'what the log asks (add-checkpoint of C2SP tlog-witness), - for standard input; without it the verifier key is printed',
      },
    },
    options: {
      'witness-key': text('private key of the witness: Ed25519, PEM (PKCS #8)', { demandOption: true }),
      'new-key': { type: 'boolean', describe: 'make it, in that file, which must not exist yet' } as Option,
      name: text('name of the witness, as in cosignatures', { demandOption: true }),
      state: text('the file in which the witness remembers what it cosigned', { default: 'witness-state.json' }),
      log: text('verifier key of the log: needed the first time, and when its key has changed'),
      ...LOOKS,
    },
    load: async (argv: Parsed): Promise<ExitCode> =>
      (await import('../commands/custody-cosign.ts')).cosignCheckpoint(argv),
  },
] as const

export const REDACTION = [
  {
    name: 'redact',
    usage: 'redact <master>',
    describe: 'make bundles that show each recipient only what a policy names',
    positionals: { master: { type: 'string', describe: 'the bundle with the files: a folder, a ZIP or a tar' } },
    options: {
      log: text('folder of the custody log that the bundle was sealed over', { demandOption: true }),
      for: text(`${FOR}; may be repeated`, { array: true }),
      approval: APPROVALS,
      policy: text('disclosure policy of a bundle that names no recipient, JSON; may be repeated', { array: true }),
      out: text('the new folder for the bundles and the matrix', { alias: 'o', demandOption: true }),
      files: text('a folder with files of items that the bundle does not have, e.g. redacted copies', { array: true }),
      'encrypt-to': text(
        'encrypt the bundle of a policy: NAME=age1…, or NAME=FILE with a certificate or recipients of age; for every policy, or none',
        { array: true },
      ),
      ...SIGNING,
      ...LOOKS,
    },
    load: async (argv: Parsed): Promise<ExitCode> => (await import('../commands/redact.ts')).redact(argv),
  },
  {
    name: 'disclose',
    usage: 'disclose <bundle>',
    describe: 'open chosen fields of a bundle that a recipient has, in a file of its own',
    positionals: { bundle: { type: 'string', describe: 'the bundle that the recipient has' } },
    options: {
      log: text('folder of the custody log', { demandOption: true }),
      open: text('what to open, by its exact place: custody.jsonl:4:agent, or items.jsonl:2 for a withheld line', {
        array: true,
        demandOption: true,
      }),
      out: text('the new file', { alias: 'o', demandOption: true }),
      yes: { type: 'boolean', describe: 'do not ask; what is opened is printed all the same' } as Option,
      decided: text('for a bundle made under a request: who decided on these openings, and where that stands'),
      'show-opened': { type: 'boolean', describe: 'print the values too, before anything is written' } as Option,
      ...LOOKS,
    },
    load: async (argv: Parsed): Promise<ExitCode> => (await import('../commands/disclose.ts')).disclose(argv),
  },
] as const

/** Options of `seal` that put the bundle over a log which is kept. */
export const SEAL_OVER_LOG: Readonly<Record<string, Option>> = {
  log: text('folder of a custody log: its items and events are used, the export is added to it'),
  for: text(`with --log: ${FOR}`),
  approval: APPROVALS,
  'log-key': LOG_KEY,
  witness: WITNESS,
  'witness-verifier': WITNESS_VERIFIER,
}
