import type { Option } from 'yargs'
import { UsageError } from '../errors.ts'
import { IDENTITY, JUDGEMENT, LOOKS, OUTPUT, VERIFY } from '../options.ts'
import { CERTIFICATE } from './certificate.ts'
import type { CommandRow } from './command-row.ts'
import { COMPARE, EXTRACT } from './compare.ts'
import { REDACTION, SEAL_OVER_LOG } from './custody.ts'
import { ENCRYPT, ENCRYPT_TO } from './encryption.ts'
import { SERVE } from './page.ts'
import { RENEW } from './renew.ts'
import { requireOut, SEAL_RUN } from './sealing.ts'
import { CERTIFICATES, KEYS, POST_QUANTUM } from './signing.ts'
import { AUTHORITIES } from './time-stamps.ts'
import { VALIDATION } from './validation.ts'
import { RESTS_ON_BUNDLE, VERIFY_ROW } from './verify.ts'

export const COMMANDS: readonly CommandRow[] = [
  VERIFY_ROW,
  {
    name: 'seal',
    usage: 'seal <folder>',
    describe: 'make a sealed bundle from the files of a folder or a BagIt bag',
    positionals: { folder: { type: 'string', describe: 'the folder with the files; or a BagIt bag, verified first' } },
    options: {
      out: {
        type: 'string',
        alias: 'o',
        requiresArg: true,
        describe: 'the new folder, or file with --zip',
      },
      ...KEYS,
      ...CERTIFICATES,
      ...POST_QUANTUM,
      ...AUTHORITIES,
      ...VALIDATION,
      'demo-authority': {
        type: 'boolean',
        describe: 'sign with a throw-away authority: for trying out, proves nothing',
      },
      zip: { type: 'boolean', describe: 'write one ZIP instead of a folder' },
      'long-term': { type: 'boolean', describe: 'add SHA-512 beside SHA-256' },
      issuer: { type: 'string', requiresArg: true, describe: 'your name, as the bundle shall state it' },
      recipient: { type: 'string', requiresArg: true, describe: 'for whom it is' },
      identifier: {
        type: 'string',
        requiresArg: true,
        describe: 'what you call this export; default: the folder’s name',
      },
      'case-id': { type: 'string', requiresArg: true, describe: 'the case, as a field that can be withheld' },
      ...ENCRYPT_TO,
      ...SEAL_RUN,
      ...SEAL_OVER_LOG,
      ...LOOKS,
    },
    check: requireOut,
    load: async (argv) =>
      argv.log === undefined
        ? (await import('../commands/seal.ts')).seal(argv)
        : (await import('../commands/seal-log.ts')).sealOverLog(argv),
  },
  {
    name: 'demo',
    usage: 'demo',
    describe: 'seal an invented sample, verify it, and see a changed copy refused',
    options: LOOKS,
    load: async (argv) => (await import('../commands/demo.ts')).demo(argv),
  },
  {
    name: 'steps',
    usage: 'steps <bundle>',
    describe: 'the commands that check this bundle with sha256sum and openssl alone',
    positionals: { bundle: { type: 'string', describe: 'a folder, a ZIP or a tar' } },
    options: {
      shell: {
        type: 'string',
        requiresArg: true,
        choices: ['sh', 'powershell'],
        describe: 'for which shell; default: sh',
      },
      ...IDENTITY,
      'trust-set': {
        type: 'string',
        requiresArg: true,
        describe: 'write the root certificates of this list into the steps',
      },
      at: {
        type: 'string',
        requiresArg: true,
        describe: 'check certificates as of this time; default: each token’s own',
      },
      disclosures: {
        type: 'string',
        array: true,
        requiresArg: true,
        describe: 'a file of later openings, to be checked by hand too; may be repeated',
      },
      notices: {
        type: 'string',
        array: true,
        requiresArg: true,
        describe: 'a notice of the issuer, whose signature is to be checked by hand too; may be repeated',
      },
      'evidence-record': {
        type: 'string',
        array: true,
        requiresArg: true,
        describe: 'an evidence record (RFC 4998), to be taken apart and checked by hand too; may be repeated',
      },
      ...LOOKS,
    },
    load: async (argv) => (await import('../commands/steps.ts')).steps(argv),
  },
  {
    name: 'inspect',
    usage: 'inspect <file>',
    describe:
      'describe a time-stamp, evidence record, signature, certificate, notice, receipt, request, encrypted file or bag; never whether it holds',
    positionals: { file: { type: 'string', describe: 'the file or folder; - for standard input' } },
    options: LOOKS,
    load: async (argv) => (await import('../commands/inspect.ts')).inspect(argv),
  },
  {
    name: 'explain',
    usage: 'explain <report>',
    describe: 'retell a saved report in words, every finding with its clause',
    positionals: {
      report: {
        type: 'string',
        describe: 'the report as JSON; with --rests-on, facts or a bundle; - for standard input',
      },
    },
    options: {
      'rests-on': {
        type: 'boolean',
        describe: 'say what each answer rests on, and what falls without it; judges facts or a bundle again',
      },
      ...JUDGEMENT,
      ...Object.fromEntries([...RESTS_ON_BUNDLE, 'part', 'recipient'].map((name) => [name, VERIFY[name] as Option])),
      json: { type: 'boolean', describe: 'with --rests-on: print it as JSON' },
      ...LOOKS,
    },
    check: (argv) => {
      if (argv['rests-on'] === true) return
      const own = ['policy', 'trust-set', 'trust-code', 'at', 'json', 'part', 'recipient', ...RESTS_ON_BUNDLE]
      const given = own.find((name) => argv[name] !== undefined)
      if (given !== undefined)
        throw new UsageError(
          `--${given} goes with --rests-on: a saved report is retold as it is.`,
          '`probatum judge FACTS` judges saved facts under another policy, trust set or time.',
        )
    },
    load: async (argv) =>
      argv['rests-on'] === true
        ? (await import('../commands/rests-on.ts')).explainRestsOn(argv)
        : (await import('../commands/explain.ts')).explain(argv),
  },
  {
    name: 'which',
    usage: 'which <file..>',
    describe: 'which item of which bundle is this file, by its digest',
    positionals: { file: { type: 'string', describe: 'the files in question' } },
    options: {
      in: {
        type: 'string',
        requiresArg: true,
        demandOption: true,
        describe: 'a bundle (its payload may be absent), or a folder of bundles',
      },
      ...IDENTITY,
      ...LOOKS,
    },
    load: async (argv) => (await import('../commands/which.ts')).which(argv),
  },
  {
    name: 'compare',
    usage: 'compare <input..>',
    describe: 'are these bundles one history, a fork or two logs; or why do two reports differ',
    positionals: { input: { type: 'string', describe: 'bundles and saved facts; or two saved reports' } },
    options: COMPARE,
    load: async (argv) => (await import('../commands/compare.ts')).compare(argv),
  },
  {
    name: 'extract',
    usage: 'extract <bundle>',
    describe: 'copy the verified files out under their original names',
    positionals: { bundle: { type: 'string', describe: 'a folder, a ZIP or a tar' } },
    options: EXTRACT,
    load: async (argv) => (await import('../commands/extract.ts')).extract(argv),
  },
  {
    name: 'judge',
    usage: 'judge <facts>',
    describe: 'judge saved facts under another policy, trust set or time',
    positionals: { facts: { type: 'string', describe: 'the file of verify --save-facts; - for standard input' } },
    options: {
      ...JUDGEMENT,
      part: VERIFY.part as Option,
      names: VERIFY.names as Option,
      recipient: VERIFY.recipient as Option,
      'show-opened': VERIFY['show-opened'] as Option,
      ...OUTPUT,
    },
    load: async (argv) => (await import('../commands/judge.ts')).judgeSaved(argv),
  },
  ...CERTIFICATE,
  RENEW,
  ...REDACTION,
  ENCRYPT,
  SERVE,
]
