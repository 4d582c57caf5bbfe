import { ParseError, SourceFault } from '@probatum/core'
import { asTyped, type ExitCode, escapeForDisplay, messagesIn } from '@probatum/words'
import { fileOf, InputError, isSystemError, OutputError, UsageError } from './errors.ts'
import { bundleNear } from './input/near-bundle.ts'
import { PROGRAM } from './program.ts'

/**
 * An error in words (what, where, why, what to do) and the exit code that it means. `args`: as they were typed, so that it is said
 * by which option a file was given.
 */
export function sayFailure(
  error: unknown,
  subject?: string,
  args: readonly string[] = [],
): { readonly text: string; readonly code: ExitCode } {
  const messages = messagesIn()
  const about = subject === undefined ? '' : `${escapeForDisplay(subject)}: `
  if (error instanceof UsageError) return { text: told(error.message, undefined, error.todo), code: 2 }
  if (error instanceof InputError) return { text: told(about + error.message, undefined, error.todo), code: 4 }
  if (error instanceof OutputError && error.todo !== undefined)
    return { text: told(error.message, undefined, error.todo), code: 70 }
  if (error instanceof OutputError) return notWritten(error.message, isSystemError(error.cause) ? error.cause.code : '')
  if (error instanceof ParseError) {
    const { say, todo } = messages.parseErrors[error.code]
    const file = fileOf(error)
    const path = subject ?? file?.path
    const name = path === undefined ? '' : `${escapeForDisplay(path)}${givenWith(path, args)}: `
    if (error.code !== 'ERR_NOT_A_BUNDLE')
      return {
        text: told(
          `${name}${say}${file?.looks === undefined ? '' : ` ${file.looks}`}`,
          error.message,
          file?.todo ?? todo,
        ),
        code: 4,
      }
    const near = path === undefined ? undefined : bundleNear(path)
    return {
      text: told(
        `${name}${say}${file?.looks === undefined ? looksLike(error.detail.found) : ` ${file.looks}`}`,
        error.message,
        near ?? file?.todo ?? todo,
      ),
      code: 4,
    }
  }
  if (error instanceof SourceFault) {
    const { say, todo } = messages.faults[error.reason]
    const where =
      error.path === '' || error.path === subject
        ? ''
        : `${escapeForDisplay(error.path)}${givenWith(error.path, args)}: `
    return { text: told(about + where + say, error.systemCode, nameTodo(error.path || subject) ?? todo), code: 4 }
  }
  // What reading meets is a SourceFault long before: this one met what is written.
  if (isSystemError(error) && error.code in UNWRITTEN) return notWritten(error.message, error.code)
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return {
    text:
      'probatum: this is a defect of the program. There is no verdict.\n' +
      `  ${stack
        .split('\n')
        .map((line) => escapeForDisplay(line.trim()))
        .join('\n  ')}\n` +
      '  What to do: report these lines, without the bundle, to the maintainers (SECURITY.md says how).\n',
    code: 70,
  }
}

/** By which option the file was named; nothing where it stood by itself, or was named more than once. */
function givenWith(path: string, args: readonly string[]): string {
  const options = args.flatMap((arg, index) => {
    if (arg.startsWith('--') && arg.slice(arg.indexOf('=') + 1) === path && arg.includes('='))
      return [arg.split('=')[0]]
    const before = args[index - 1] ?? ''
    return arg === path ? [/^--?[a-z]/.test(before) && !before.includes('=') ? before : undefined] : []
  })
  const [option] = options
  return options.length === 1 && option !== undefined ? ` (${escapeForDisplay(option)})` : ''
}

/** Of a name with octets that are no text: the system gives it to programs in another form than it has. */
function nameTodo(path: string | undefined): string | undefined {
  return path?.includes('\ufffd') === true
    ? 'The name has octets that are no text (UTF-8), and such a name cannot be given to this program: name the folder that it lies in, or give a copy another name.'
    : undefined
}

/** By the system's code, where it tells more than that something went wrong. */
const UNWRITTEN: Readonly<Record<string, string>> = {
  ENOSPC: 'The disk is full: free some space there, or name a place on another disk, and run again.',
  EDQUOT: 'Your share of the disk is used up: free some space there, or name a place on another disk, and run again.',
  EFBIG: 'The disk cannot hold a file of this size: name a place on another disk, and run again.',
  EPIPE: 'The program that read the result closed before its end: keep it open, or save the result to a file.',
  EACCES: 'You may not write there: name a folder of your own, and run again.',
  EPERM: 'You may not write there: name a folder of your own, and run again.',
  EROFS: 'Nothing can be written to that disk: name a place on another one, and run again.',
  ENAMETOOLONG: 'The name is too long for that disk: choose a shorter one, and run again.',
}

function notWritten(technical: string, systemCode: string): { readonly text: string; readonly code: ExitCode } {
  const todo = UNWRITTEN[systemCode] ?? 'Free some space, or keep the reading program open, and run again.'
  return { text: told('The result could not be written to its end.', technical, todo), code: 70 }
}

function told(what: string, technical: string | undefined, todo: string | undefined): string {
  const lines = [`probatum: ${what}`]
  if (technical !== undefined) lines.push(`  (${escapeForDisplay(technical)})`)
  if (todo !== undefined) lines.push(`  What to do: ${todo}`)
  return asTyped(`${lines.join('\n')}\n`, PROGRAM)
}

const KINDS: Readonly<Record<string, string>> = {
  'no-files': 'There is no file in it.',
  'folder-name-encoding':
    'The folder that bagit.txt lies in has a name that is not UTF-8, as old ZIP programs write it: unpack it, give that folder a name in plain letters, and check the folder.',
  'unreadable-folder':
    'The system does not let us look into it (permissions): run again with the right to read it, or copy it elsewhere.',
  'no-bag': 'There is no file bagit.txt in it.',
  text: 'It is a text file.',
  unknown: 'It is of no kind that this program knows.',
  png: 'It is a picture.',
  jpeg: 'It is a picture.',
  gif: 'It is a picture.',
  tiff: 'It is a picture.',
  pdf: 'It is a PDF: `probatum certificate check FILE` checks a certificate of a result.',
  'empty-file': 'The file is empty.',
  gzip: 'It is compressed with gzip: unpack it first (gunzip).',
  compress: 'It is compressed: unpack it first.',
  bzip2: 'It is compressed with bzip2: unpack it first.',
  xz: 'It is compressed with xz: unpack it first.',
  zstandard: 'It is compressed with zstd: unpack it first.',
  lz4: 'It is compressed with lz4: unpack it first.',
  '7z': 'It is a 7z archive: unpack it and check the folder.',
  rar: 'It is a RAR archive: unpack it and check the folder.',
  cabinet: 'It is a cabinet archive: unpack it and check the folder.',
  pgp: 'It is encrypted or signed with PGP: decrypt it first.',
  timestamp: 'It looks like a time-stamp: `probatum timestamp verify FILE --data DATA` checks one.',
  'evidence-record': 'It looks like an evidence record: `probatum evidence-record verify FILE --data DATA` checks one.',
  cms: 'It looks like a signature file: `probatum inspect FILE` describes one.',
  der: 'It looks like a certificate or signature: `probatum inspect FILE` describes one.',
  pem: 'It looks like a certificate or key: `probatum inspect FILE` describes one.',
  json: 'It looks like a JSON file: `probatum explain FILE` retells a saved report.',
  'bagit-declaration': 'It is the file bagit.txt alone: give the folder that it lies in.',
  zeros: 'It begins with nothing but zeros: the copy was probably not finished.',
}

function looksLike(found: string | undefined): string {
  if (found === undefined) return ''
  const known = KINDS[found]
  return known === undefined ? ` It looks like: ${escapeForDisplay(found)}.` : ` ${known}`
}
