import type { ExitCode } from '@probatum/words'
import { plainArguments } from './plain-arguments.ts'
import { VERIFY_ROW } from './rows/verify.ts'

/**
 * Runs the command that the arguments name, and gives its exit code. A plain verification, the one that is asked for most, is
 * understood without loading what understands, describes and explains all commands.
 * @throws {UsageError} and what the command throws
 */
export async function readArguments(args: readonly string[]): Promise<ExitCode> {
  const plain = plainArguments(args, VERIFY_ROW)
  if (plain !== undefined) return VERIFY_ROW.load(plain)
  return (await import('./command-line.ts')).readCommandLine(args)
}
