import { TargetFault } from '@probatum/platform/node'
import { PayloadDiffers } from '@probatum/seal'
import { escapeForDisplay, groupDigits } from '@probatum/words'
import { InputError, OutputError } from '../errors.ts'
import type { Terminal } from '../terminal.ts'
import type { SealingFolder } from './sealing-folder.ts'

/** Ends a run that failed: what it had copied is kept where that is worth it, and the error says so. */
export function stopped(
  error: unknown,
  folder: SealingFolder | undefined,
  terminal: Terminal,
  inWords: (error: unknown) => unknown = payloadFailed,
): unknown {
  if (folder === undefined) return inWords(error)
  if (error instanceof PayloadDiffers && error.when === 'read-again')
    folder.forget(error.differences.map(({ path }) => path))
  const kept = folder.abandon('the command')
  const said = inWords(error)
  if (kept === undefined) return said
  if (said instanceof InputError) return new InputError(said.message, `${said.todo} ${kept}`, { cause: error })
  if (said instanceof OutputError && said.todo !== undefined)
    return new OutputError(said.message, { cause: error, todo: `${said.todo} ${kept}` })
  terminal.note(`${kept}\n`)
  return said
}

/** What the system says when it cannot write, whichever part was written. */
const NOT_WRITTEN: readonly string[] = ['ENOSPC', 'EDQUOT', 'EROFS', 'EFBIG']

function targetOf(error: unknown): { readonly code?: string; readonly path?: string } {
  if (error instanceof TargetFault) return { code: error.systemCode, path: error.path }
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return typeof code === 'string' && NOT_WRITTEN.includes(code) ? { code } : {}
}

/** What went wrong with files, in words. */
export function payloadFailed(error: unknown): unknown {
  const { code, path } = targetOf(error)
  if (code !== undefined) {
    const isFull = code === 'ENOSPC' || code === 'EDQUOT'
    return new OutputError(
      `${path === undefined ? 'The bundle' : escapeForDisplay(path)} could not be written (${code}${isFull ? ': no space is left' : ''}). Nothing was sealed.`,
      {
        todo: isFull ? 'Make room: a bundle needs as much as its files.' : 'Look at the disk and its permissions.',
        cause: error,
      },
    )
  }
  if (!(error instanceof PayloadDiffers)) return error
  const lines = error.differences
    .slice(0, 20)
    .map(
      ({ name, what, expected, found }) =>
        `\n  - ${escapeForDisplay(name)}: ${what} ${expected} expected, ${found} found`,
    )
  const more = error.differences.length > 20 ? `\n  - and ${groupDigits(error.differences.length - 20)} more` : ''
  return error.when === 'copied'
    ? new InputError(
        `Files of the bag are not what its manifests list, though they were when it was verified. Nothing was sealed:${lines.join('')}${more}`,
        'Somebody or something changes the bag: find out what, and seal a copy that rests.',
        { cause: error },
      )
    : new InputError(
        `What was written reads otherwise. Nothing was sealed:${lines.join('')}${more}`,
        'Check the disk and the memory of this computer; the files that were to be sealed are as they were.',
        { cause: error },
      )
}
