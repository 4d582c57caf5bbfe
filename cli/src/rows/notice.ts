import type { Option } from 'yargs'
import { IDENTITY, JUDGEMENT, LOOKS, REVOCATION } from '../options.ts'
import type { CommandRow } from './command-row.ts'
import { STATEMENT_SIGNER } from './signing.ts'

const text = (describe: string, rest: Partial<Option> = {}): Option => ({
  type: 'string',
  requiresArg: true,
  describe,
  ...rest,
})

/** As core has them; written out, so that the help needs nothing of it. A test compares. */
export const KINDS = ['recalled', 'superseded', 'withdrawn'] as const
export const CODES = [
  'conditions-not-met',
  'consent-expired',
  'consent-withdrawn',
  'corrected',
  'not-stated',
  'ordered',
  'seal-key-compromised',
  'shared-in-error',
] as const

/** Who signs: a key that is here, or one that never leaves its device. */
const SIGNER: Readonly<Record<string, Option>> = {
  ...STATEMENT_SIGNER,
  out: text('the new file', { alias: 'o', demandOption: true }),
}

export const NOTICE: readonly CommandRow[] = [
  {
    name: 'notice make',
    usage: 'make [bundle..]',
    describe: 'tell a recipient that something in a bundle was withdrawn, superseded or recalled',
    positionals: { bundle: { type: 'string', describe: 'your copies of the bundles of this recipient' } },
    options: {
      'bundle-id': text('in place of a bundle: its id; may be repeated', { array: true }),
      'seal-id': text('with --bundle-id: its seal id', { array: true }),
      export: text('with --bundle-id: its export event in the log, by position (`custody show`) or number', {
        array: true,
      }),
      receipt: text('in place of a bundle: the receipt of its recipient; may be repeated', { array: true }),
      log: text('folder of the custody log'),
      'log-key': text('private key of the log: signs its present state. Default: the last state that was signed'),
      kind: text('what is said', { choices: KINDS }),
      items: text('positions of the items, from 0: 0-3,7'),
      whole: { type: 'boolean', describe: 'everything in these bundles' },
      code: text('why, from the closed list; no names and no reasons in words', { choices: CODES }),
      date: text('from when it holds, 2026-03-14T09:12:00Z, or a day, which means its last second; default: now'),
      replacement: text('with superseded: bundle id of what takes their place'),
      event: text('show the log’s line that records it: its position from 0, or last'),
      ...SIGNER,
      ...LOOKS,
    },
    load: async (argv) => (await import('../commands/notice.ts')).makeNotice(argv),
  },
  {
    name: 'notice show',
    usage: 'show <notice>',
    describe: 'print a notice, and the commands that verify its signature by hand',
    positionals: { notice: { type: 'string', describe: 'the notice; - for standard input' } },
    options: LOOKS,
    load: async (argv) => (await import('../commands/notice.ts')).showNotice(argv),
  },
]

export const RECEIPT: readonly CommandRow[] = [
  {
    name: 'receipt make',
    usage: 'make <bundle>',
    describe: 'acknowledge that a bundle arrived, in a signed file for its issuer',
    positionals: { bundle: { type: 'string', describe: 'the bundle as it arrived: a folder, a ZIP or a tar' } },
    options: {
      ciphertext: text(
        'the encrypted file that it came in, or its SHA-256; default: the bundle, where that is encrypted',
      ),
      ...IDENTITY,
      ...SIGNER,
      ...LOOKS,
    },
    load: async (argv) => (await import('../commands/receipt.ts')).makeReceipt(argv),
  },
  {
    name: 'receipt check',
    usage: 'check <receipt>',
    describe: 'does a receipt hold, for which bundle is it, and whose is it',
    positionals: { receipt: { type: 'string', describe: 'the receipt; - for standard input' } },
    options: {
      bundle: text('the bundle that it should be for'),
      ...IDENTITY,
      ...JUDGEMENT,
      ...REVOCATION,
      ...LOOKS,
    },
    load: async (argv) => (await import('../commands/receipt.ts')).checkReceipt(argv),
  },
]
