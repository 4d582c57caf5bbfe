import type { Option, Parsed } from 'yargs'
import { UsageError } from '../errors.ts'
import { LOOKS } from '../options.ts'
import type { CommandRow, Load } from './command-row.ts'
import { COMMANDS } from './commands.ts'
import { KEYS } from './signing.ts'
import { AUTHORITIES } from './time-stamps.ts'
import { VALIDATION } from './validation.ts'

/** Options that belong to signing here, or to the end. */
const NOT_PREPARED: readonly string[] = [...Object.keys(KEYS), 'demo-authority', 'zip', 'dry-run', 'encrypt-to']

const embed: Load = async (argv) => (await import('../commands/seal-embed.ts')).embedSeal(argv)

/** A command whose key is in a card or device, in two steps. */
function stepsOf(name: 'seal' | 'redact', made: string, prepare: (argv: Parsed) => ReturnType<Load>): CommandRow[] {
  const row = COMMANDS.find((each) => each.name === name)
  if (row === undefined) throw new TypeError(`no command ${name}`)
  // `redact` has a policy of each recipient; that of `seal` goes with --dry-run.
  const left = name === 'seal' ? [...NOT_PREPARED, 'policy'] : NOT_PREPARED
  const options = Object.entries(row.options ?? {}).filter(([option]) => !left.includes(option))
  return [
    {
      ...row,
      name: `${name} prepare`,
      usage: row.usage.replace(name, 'prepare'),
      describe: `as ${name}, up to the signatures: write the bytes that a card or device signs`,
      options: {
        ...Object.fromEntries(options),
        out: { ...(row.options?.out as Option), describe: `the new folder, for ${name} embed` },
      },
      load: prepare,
    },
    {
      name: `${name} embed`,
      usage: 'embed <prepared>',
      describe: `put signatures that a card or device made into what was prepared, and finish ${made}`,
      positionals: { prepared: { type: 'string', describe: `the folder of ${name} prepare` } },
      options: {
        signature: {
          type: 'string',
          array: true,
          requiresArg: true,
          demandOption: true,
          describe: 'a signature as the device gave it; one for each file that was to be signed, in any order',
        },
        out: {
          type: 'string',
          alias: 'o',
          requiresArg: true,
          demandOption: true,
          describe: name === 'seal' ? 'the new folder, or file with --zip' : 'the new folder for the bundles',
        },
        tsa: {
          ...(AUTHORITIES.tsa as Option),
          describe: 'another address of an authority that was named when it was prepared, label=URL; may be repeated',
        },
        'tsa-policy': AUTHORITIES['tsa-policy'] as Option,
        'tsa-login': AUTHORITIES['tsa-login'] as Option,
        'tsa-timeout': AUTHORITIES['tsa-timeout'] as Option,
        ...VALIDATION,
        for: {
          type: 'string',
          array: true,
          requiresArg: true,
          describe: 'the request that it was prepared under; may be repeated. With --log, consents are looked at again',
        },
        log: { type: 'string', requiresArg: true, describe: 'with --for: the folder of the custody log' },
        ...(name === 'seal'
          ? { zip: { type: 'boolean', describe: 'write one ZIP instead of a folder' } as Option }
          : {}),
        ...LOOKS,
      },
      check: (argv) => {
        if (argv.out === argv.prepared)
          throw new UsageError('--out is what was prepared.', 'Name a folder that does not exist yet.')
      },
      listsTakeSeveral: true,
      load: embed,
    },
  ]
}

/** Commands below a command of their own. A folder called `prepare` is written `./prepare`. */
export const TWO_STEPS: Readonly<Record<string, readonly CommandRow[]>> = {
  seal: stepsOf('seal', 'the bundle', async (argv) => (await import('../commands/seal-prepare.ts')).prepareSeal(argv)),
  redact: stepsOf('redact', 'the bundles', async (argv) =>
    (await import('../commands/seal-prepare.ts')).prepareRedact(argv),
  ),
}
