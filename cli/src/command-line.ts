import { asTyped, type ExitCode, escapeForDisplay, renderExitCodes } from '@probatum/words'
import yargs, { type Option, type Parsed, type Parser } from 'yargs'
import { COMPARE, EXTRACT } from './compare-rows.ts'
import { CUSTODY, REDACTION, SEAL_OVER_LOG } from './custody-rows.ts'
import { UsageError } from './errors.ts'
import { BESIDE, EXAMPLES, JUDGEMENT, LOOKS, OUTPUT, ROLES, VERIFY } from './options.ts'
import { PROGRAM } from './program.ts'
import { openTerminal } from './terminal.ts'
import { VERSION } from './version.ts'

/** A command that was understood, ready to run. */
type Run = () => Promise<ExitCode>

/**
 * Thrown out of yargs by a command's handler, which does nothing else. Else yargs lays out the whole help text after
 * every command, in case somebody asks for it: a fifth of the time that a small verification takes.
 */
class Understood extends Error {
  readonly run: Run
  constructor(run: Run) {
    super('understood')
    this.run = run
  }
}

/** Code of a command is loaded when it is chosen: `verify` never loads what only `seal` needs. */
type Load = (argv: Parsed) => Promise<ExitCode>

interface CommandRow {
  readonly name: string
  readonly usage: string
  readonly describe: string
  readonly positionals?: Readonly<Record<string, Option>>
  readonly options?: Readonly<Record<string, Option>>
  readonly check?: (argv: Parsed) => void
  readonly load: Load
}

const COMMANDS: readonly CommandRow[] = [
  {
    name: 'verify',
    usage: 'verify <bundle..>',
    describe: 'is it unchanged, who sealed it, since when does it exist',
    positionals: { bundle: { type: 'string', describe: 'a folder, a ZIP or a tar; several in one call' } },
    options: VERIFY,
    load: async (argv) => (await import('./commands/verify.ts')).verify(argv),
  },
  {
    name: 'seal',
    usage: 'seal <folder>',
    describe: 'make a sealed bundle from the files of a folder',
    positionals: { folder: { type: 'string', describe: 'the folder with the files' } },
    options: {
      out: {
        type: 'string',
        alias: 'o',
        requiresArg: true,
        demandOption: true,
        describe: 'the new folder, or file with --zip',
      },
      key: { type: 'string', requiresArg: true, describe: 'private key, PEM (PKCS #8)' },
      chain: {
        type: 'string',
        alias: 'cert',
        requiresArg: true,
        describe: 'certificates, PEM: the signer’s first, no root',
      },
      tsa: {
        type: 'string',
        array: true,
        requiresArg: true,
        describe: 'time-stamp authority, label=URL; may be repeated. The only option that uses the network',
      },
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
      ...SEAL_OVER_LOG,
      ...LOOKS,
    },
    load: async (argv) =>
      argv.log === undefined
        ? (await import('./commands/seal.ts')).seal(argv)
        : (await import('./commands/seal-log.ts')).sealOverLog(argv),
  },
  {
    name: 'demo',
    usage: 'demo',
    describe: 'seal an invented sample, verify it, and see a changed copy refused',
    options: LOOKS,
    load: async (argv) => (await import('./commands/demo.ts')).demo(argv),
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
      ...LOOKS,
    },
    load: async (argv) => (await import('./commands/steps.ts')).steps(argv),
  },
  {
    name: 'inspect',
    usage: 'inspect <file>',
    describe: 'describe a time-stamp, signature, certificate or bag; says nothing about whether it holds',
    positionals: { file: { type: 'string', describe: 'the file or folder; - for standard input' } },
    options: LOOKS,
    load: async (argv) => (await import('./commands/inspect.ts')).inspect(argv),
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
      json: { type: 'boolean', describe: 'with --rests-on: print it as JSON' },
      ...LOOKS,
    },
    check: (argv) => {
      if (argv['rests-on'] === true) return
      const given = ['policy', 'trust-set', 'trust-code', 'at', 'json'].find((name) => argv[name] !== undefined)
      if (given !== undefined)
        throw new UsageError(
          `--${given} goes with --rests-on: a saved report is retold as it is.`,
          '`probatum judge FACTS` judges saved facts under another policy, trust set or time.',
        )
    },
    load: async (argv) =>
      argv['rests-on'] === true
        ? (await import('./commands/rests-on.ts')).explainRestsOn(argv)
        : (await import('./commands/explain.ts')).explain(argv),
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
      ...LOOKS,
    },
    load: async (argv) => (await import('./commands/which.ts')).which(argv),
  },
  {
    name: 'compare',
    usage: 'compare <input..>',
    describe: 'are these bundles one history, a fork or two logs; or why do two reports differ',
    positionals: { input: { type: 'string', describe: 'bundles and saved facts; or two saved reports' } },
    options: COMPARE,
    load: async (argv) => (await import('./commands/compare.ts')).compare(argv),
  },
  {
    name: 'extract',
    usage: 'extract <bundle>',
    describe: 'copy the verified files out under their original names',
    positionals: { bundle: { type: 'string', describe: 'a folder, a ZIP or a tar' } },
    options: EXTRACT,
    load: async (argv) => (await import('./commands/extract.ts')).extract(argv),
  },
  {
    name: 'judge',
    usage: 'judge <facts>',
    describe: 'judge saved facts under another policy, trust set or time',
    positionals: { facts: { type: 'string', describe: 'the file of verify --save-facts; - for standard input' } },
    options: { ...JUDGEMENT, part: VERIFY.part as Option, names: VERIFY.names as Option, ...OUTPUT },
    load: async (argv) => (await import('./commands/judge.ts')).judgeSaved(argv),
  },
  ...REDACTION,
]

const TIMESTAMP_VERIFY: CommandRow = {
  name: 'timestamp verify',
  usage: 'verify <token..>',
  describe: 'is this RFC 3161 time-stamp over that file, whose is it, and is it believed',
  positionals: {
    token: { type: 'string', describe: 'the response or token, DER or PEM; several in one call; - for standard input' },
  },
  options: {
    data: {
      type: 'string',
      requiresArg: true,
      demandOption: true,
      describe: 'the file that it is said to be over; - for standard input',
    },
    ...JUDGEMENT,
    ...BESIDE,
    'save-facts': VERIFY['save-facts'] as Option,
    ...OUTPUT,
  },
  load: async (argv) => (await import('./commands/timestamp.ts')).verifyTimestamp(argv),
}

const SIGNATURE_VERIFY: CommandRow = {
  name: 'signature verify',
  usage: 'verify <signature>',
  describe: 'is this CMS signature over that file, whose is it, and since when does it exist',
  positionals: { signature: { type: 'string', describe: 'the signature, DER, BER or PEM; - for standard input' } },
  options: {
    content: {
      type: 'string',
      requiresArg: true,
      demandOption: true,
      describe: 'the file that it is said to be over; - for standard input',
    },
    tokens: {
      type: 'string',
      array: true,
      requiresArg: true,
      describe: 'a time-stamp over the signature file; may be repeated',
    },
    ...JUDGEMENT,
    ...BESIDE,
    'save-facts': VERIFY['save-facts'] as Option,
    ...OUTPUT,
  },
  load: async (argv) => (await import('./commands/signature.ts')).verifySignature(argv),
}

const PATH_VERIFY: CommandRow = {
  name: 'path verify',
  usage: 'verify <certificate>',
  describe: 'does this certificate lead to an anchor of your list, and did it count at that time',
  positionals: { certificate: { type: 'string', describe: 'the certificate, DER or PEM; - for standard input' } },
  options: {
    role: {
      type: 'string',
      requiresArg: true,
      choices: ['signer', 'time-stamp-authority'],
      describe: 'as what it is asked about; default: signer',
    },
    ...BESIDE,
    ...JUDGEMENT,
    'save-facts': VERIFY['save-facts'] as Option,
    ...OUTPUT,
  },
  load: async (argv) => (await import('./commands/path.ts')).verifyPath(argv),
}

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

const TRUST: readonly CommandRow[] = [
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
    load: async (argv) => (await import('./commands/trust-add.ts')).addTrust(argv),
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
    load: async (argv) => (await import('./commands/trust-add.ts')).endTrust(argv),
  },
  {
    name: 'trust list',
    usage: 'list <set>',
    describe: 'who is in a set, in short',
    positionals: SET,
    options: LOOKS,
    load: async (argv) => (await import('./commands/trust.ts')).listTrust(argv),
  },
  {
    name: 'trust explain',
    usage: 'explain <set> [certificate]',
    describe: 'who is in a set and what deserves a second look; or where one certificate stands in it',
    positionals: { ...SET, certificate: { type: 'string', describe: 'a certificate, PEM or DER' } },
    options: { at: AT, ...LOOKS },
    load: async (argv) => (await import('./commands/trust.ts')).explainTrust(argv),
  },
  {
    name: 'trust card',
    usage: 'card <set>',
    describe: 'the letter to print: names, fingerprints, and the code of the set',
    positionals: SET,
    options: {},
    load: async (argv) => (await import('./commands/trust.ts')).trustCard(argv),
  },
  {
    name: 'trust sign',
    usage: 'sign <next>',
    describe: 'sign that a set follows the last one, with a key that the last one names for it',
    positionals: { next: { type: 'string', describe: 'the file of the next set' } },
    options: {
      under: UNDER,
      key: { type: 'string', requiresArg: true, demandOption: true, describe: 'private key, PEM (PKCS #8)' },
      chain: {
        type: 'string',
        alias: 'cert',
        requiresArg: true,
        demandOption: true,
        describe: 'certificates, PEM: the signer’s first',
      },
      ...LOOKS,
    },
    load: async (argv) => (await import('./commands/trust-succession.ts')).signSuccession(argv),
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
    load: async (argv) => (await import('./commands/trust-succession.ts')).verifyNext(argv),
  },
]

const POLICY: readonly CommandRow[] = [
  {
    name: 'policy list',
    usage: 'list',
    describe: 'the policies of this program, with their digests',
    load: async (argv) => (await import('./commands/policy.ts')).listPolicies(argv),
  },
  {
    name: 'policy show',
    usage: 'show <policy>',
    describe: 'the file of a policy, as its digest is computed',
    positionals: { policy: { type: 'string', describe: 'a name, or a file written with its path' } },
    load: async (argv) => (await import('./commands/policy.ts')).showPolicy(argv),
  },
  {
    name: 'policy diff',
    usage: 'diff <a> <b>',
    describe: 'where two policies differ',
    positionals: { a: { type: 'string', describe: 'the one' }, b: { type: 'string', describe: 'the other' } },
    load: async (argv) => (await import('./commands/policy.ts')).diffTwoPolicies(argv),
  },
]

const GROUPS: readonly { readonly name: string; readonly describe: string; readonly rows: readonly CommandRow[] }[] = [
  { name: 'timestamp', describe: 'check a time-stamp by itself', rows: [TIMESTAMP_VERIFY] },
  { name: 'signature', describe: 'check a CMS signature by itself', rows: [SIGNATURE_VERIFY] },
  { name: 'path', describe: 'check a certificate by itself', rows: [PATH_VERIFY] },
  { name: 'trust', describe: 'make, read and hand on the list of keys that you believe', rows: TRUST },
  { name: 'policy', describe: 'list, show and compare policies', rows: POLICY },
  { name: 'custody', describe: 'keep a custody log: begin, append, show, verify', rows: CUSTODY },
]

const TOPICS: Readonly<Record<string, () => string>> = {
  'exit-codes': () =>
    `How probatum ends\n\n${renderExitCodes()}\nSeveral bundles end with the worst of them: 1, then 70, 4, 3, 0.\ninspect, explain, steps, policy and help end with 0 when they could do what they do; that is no verdict.\nwhich ends with 0 when every file was found in a list, else with 3.\ncompare ends with 0 for one history, 1 for a FORK or a bundle that does not hold, else 3; extract as verify, and with 3 at best when something was not verified.\n`,
  environment: () =>
    'No environment variable and no configuration file changes what is checked or what comes out.\n\n  NO_COLOR   when set and not empty: no colours\n  TERM=dumb  no colours and no progress line\n',
}

function add(parser: Parser, row: CommandRow): Parser {
  return parser.command({
    command: row.usage,
    describe: row.describe,
    builder: (own) => {
      let built = own.usage(marker(row.name))
      for (const [name, option] of Object.entries(row.positionals ?? {})) built = built.positional(name, option)
      return built.options(row.options ?? {})
    },
    handler: (parsed) => {
      const argv = withDashes(parsed)
      requireSingleValues(argv, row)
      row.check?.(argv)
      throw new Understood(() => row.load(argv))
    },
  })
}

/** yargs loses an argument that is a dash alone. No argument of a process can hold a zero byte. */
const DASH = '\0-'

function withDashes(parsed: Parsed): Parsed {
  const whole = (value: unknown): unknown => (Array.isArray(value) ? value.map(whole) : value === DASH ? '-' : value)
  return { ...Object.fromEntries(Object.entries(parsed).map(([name, value]) => [name, whole(value)])), _: parsed._ }
}

/** A flag typed twice would be a list where a text is meant: nobody should have to guess which one counted. */
function requireSingleValues(argv: Parsed, row: CommandRow): void {
  for (const [name, option] of Object.entries(row.options ?? {})) {
    const value = argv[name]
    if (option.array !== true && Array.isArray(value)) throw new UsageError(`--${name} was given more than once.`)
    if (value === '') throw new UsageError(`--${name} needs a value.`)
    if (option.type === 'number' && value !== undefined && !Number.isSafeInteger(value))
      throw new UsageError(`--${name} needs a whole number.`)
  }
  for (const [name, option] of Object.entries(row.positionals ?? {})) {
    const values = [argv[name]].flat()
    if (values.length === 0) throw new UsageError(`Something is missing: ${name}.`)
    if (option.type === 'string' && values.includes('')) throw new UsageError(`${name}: an empty name names nothing.`)
  }
}

function group(parser: Parser, name: string, describe: string, rows: readonly CommandRow[]): Parser {
  return parser.command({
    command: name,
    describe,
    builder: (own) =>
      rows
        .reduce((built, row) => add(built, row), own.usage(marker(name)))
        .demandCommand(1, `${name} needs one of: ${rows.map((row) => row.usage.split(' ')[0]).join(', ')}.`),
  })
}

/** yargs lays text out anew; what must keep its columns is put in afterwards. */
function marker(name: string): string {
  return `<<${name}>>`
}

function withExamples(output: string): string {
  return output.replace(/<<(.+?)>>/, (_, name: string) => {
    const row = [...COMMANDS, ...GROUPS.flatMap(({ rows }) => rows)].find((each) => each.name === name)
    const words = name.split(' ').slice(0, -1)
    const usage =
      row === undefined ? (name === 'main' ? 'COMMAND' : `${name} COMMAND`) : [...words, row.usage].join(' ')
    const examples = EXAMPLES[name] ?? EXAMPLES[`${name} verify`] ?? EXAMPLES[name.split(' ')[0] ?? ''] ?? ''
    return [`probatum ${usage}`, ...(row === undefined ? [] : [row.describe]), examples].join('\n\n')
  })
}

function buildParser(): Parser {
  let parser = yargs()
    .scriptName('probatum')
    .detectLocale(false)
    .exitProcess(false)
    .showHelpOnFail(false)
    .parserConfiguration({
      'boolean-negation': false,
      'camel-case-expansion': false,
      'dot-notation': false,
      'duplicate-arguments-array': true,
      'greedy-arrays': false,
      'parse-numbers': false,
      'parse-positional-numbers': false,
      'short-option-groups': false,
    })
    .usage(marker('main'))
  for (const row of COMMANDS.slice(0, 1)) parser = add(parser, row)
  for (const { name, describe, rows } of GROUPS.slice(0, 3)) parser = group(parser, name, describe, rows)
  for (const row of COMMANDS.slice(1)) parser = add(parser, row)
  for (const { name, describe, rows } of GROUPS.slice(3)) parser = group(parser, name, describe, rows)
  return parser
    .command({
      command: 'help [topic]',
      describe: 'exit-codes, environment, or a command',
      builder: (own) => own.positional('topic', { type: 'string', describe: 'exit-codes, environment, or a command' }),
      handler: (argv) => {
        throw new Understood(() => help(argv.topic))
      },
    })
    .demandCommand(1, 'Which command?')
    .strict()
    .recommendCommands()
    .help('help', 'show this help')
    .updateStrings({ 'Commands:': 'Commands', 'Options:': 'Options', 'Positionals:': 'Arguments' })
    .alias('h', 'help')
    .version('version', 'show the version', VERSION)
    .epilogue(
      '`probatum help exit-codes` tells how it ends: 0 passed, 1 failed, 2 usage, 3 cannot tell, 4 not read, 70, 130.',
    )
    .wrap(100)
    .fail((message, error) => {
      throw error instanceof UsageError || error instanceof Understood
        ? error
        : new UsageError(plain(message ?? error?.message ?? 'not understood'))
    })
}

function plain(message: string): string {
  // It repeats what was typed, which may be the name of a file from a bundle (`probatum explain *`).
  return escapeForDisplay(message.replace(/\s*\n\s*/g, ' '))
    .replace(/^Unknown arguments?: /, 'There is no option or argument of this name here: ')
    .replace(/^Unknown command: /, 'There is no command of this name: ')
    .replace(/^Not enough non-option arguments.*/, 'Something is missing: what the command is to work on.')
}

async function help(topic: unknown): Promise<ExitCode> {
  const terminal = openTerminal({})
  if (topic === undefined) return readCommandLine(['--help'])
  const text = typeof topic === 'string' ? TOPICS[topic] : undefined
  if (text !== undefined) await terminal.result(text())
  else if (COMMANDS.some(({ name }) => name === topic) || GROUPS.some(({ name }) => name === topic))
    return readCommandLine([String(topic), '--help'])
  else
    throw new UsageError(
      `There is no help about ${escapeForDisplay(String(topic))}.`,
      `Topics: ${Object.keys(TOPICS).join(', ')}, or a command.`,
    )
  return 0
}

/** Understands the arguments, runs the command, and gives its exit code. @throws {UsageError} and what the command throws */
export async function readCommandLine(args: readonly string[]): Promise<ExitCode> {
  let output = ''
  try {
    buildParser().parse(
      args.map((arg) => (arg === '-' ? DASH : arg)),
      (error, _argv, text) => {
        if (error !== null && error !== undefined) throw error
        output = text
      },
    )
  } catch (error) {
    if (error instanceof Understood) return error.run()
    throw error
  }
  if (output === '') throw new UsageError('No command was understood.')
  await openTerminal({}).result(asTyped(`${withExamples(output)}\n`, PROGRAM))
  return 0
}
