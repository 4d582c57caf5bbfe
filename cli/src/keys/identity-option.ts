import type { Identity } from '@probatum/platform/node'
import type { Parsed } from 'yargs'
import { textOf } from '../commands/report-output.ts'
import { UsageError } from '../errors.ts'

/**
 * The keys of `--identity`, by which encrypted bundles are opened: read before anything else, so that a mistyped password costs
 * no time. Undefined when the option is not given; then nothing of what reads keys is even loaded.
 * @throws {InputError | UsageError | SourceFault} with nothing of key or password
 */
export async function readIdentities(argv: Parsed): Promise<readonly Identity[] | undefined> {
  if (argv.identity !== undefined) return (await import('./identity-input.ts')).readIdentityFiles(argv)
  if (textOf(argv, 'identity-password-file') !== undefined)
    throw new UsageError('--identity-password-file is for the file of --identity.', 'Give --identity FILE too.')
  return undefined
}
