import { renderExitCodes } from '@probatum/words'

export async function runCommandLine(args: readonly string[]): Promise<void> {
  if (args.includes('--version')) process.stdout.write('0.1.0\n')
  else process.stdout.write(`probatum verify BUNDLE\n\nExit codes\n${renderExitCodes()}`)
}
