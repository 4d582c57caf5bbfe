import { stat } from 'node:fs/promises'
import { decodeUtf8 } from '@probatum/core'
import type { AuthorityCredentials } from '@probatum/seal'
import { escapeForDisplay } from '@probatum/words'
import type { Parsed } from 'yargs'
import { textOf } from '../commands/report-output.ts'
import { InputError, UsageError } from '../errors.ts'
import { readWhole } from '../files.ts'

const LABEL = /^[a-z0-9-]{1,32}$/

/** Addresses with a password in them are not repeated. */
export const shown = (given: string): string => (given.includes('@') ? 'what was given' : escapeForDisplay(given))

/** `label=URL`. @throws {UsageError} */
export function readAddress(given: string): { readonly label: string; readonly url: string } {
  const [, label, url] = /^([a-z0-9-]{1,32})=(https?:\/\/.+)$/.exec(given) ?? []
  if (label === undefined || url === undefined || !URL.canParse(url))
    throw new UsageError(
      `--tsa: ${shown(given)} is not label=URL.`,
      'Write for example --tsa acme=https://tsa.example/ (label: a-z, 0-9, -).',
    )
  return { label, url }
}

/** A label and what an option says of it. @throws {UsageError} */
export function labelled(given: string, option: string, example: string): [label: string, value: string] {
  const at = given.indexOf('=')
  const label = given.slice(0, at)
  if (at < 1 || !LABEL.test(label) || at === given.length - 1)
    throw new UsageError(
      `${option}: a label, = and a value are expected.`,
      `Write for example ${option} ${example} (label: a-z, 0-9, -).`,
    )
  return [label, given.slice(at + 1)]
}

/** How many authorities must answer. @throws {UsageError} */
export function readThreshold(argv: Parsed, asked: number): number {
  const given = argv['tsa-threshold']
  if (given === undefined) return asked
  const threshold = Number(given)
  if (!Number.isSafeInteger(threshold) || threshold < 1 || threshold > asked)
    throw new UsageError(
      `--tsa-threshold: ${escapeForDisplay(String(given))} of ${asked} authorities cannot be asked for.`,
      'Give a number from 1 to that of --tsa.',
    )
  return threshold
}

/** Name of the environment variable with user and password of an authority. */
const loginVariable = (label: string): string => `PROBATUM_TSA_LOGIN_${label.toUpperCase().replaceAll('-', '_')}`

/** `user:password` from a file or the environment: never from the command line, which other users of a computer see. */
export async function readCredentials(
  label: string,
  file: string | undefined,
  note: (line: string) => void,
): Promise<AuthorityCredentials | undefined> {
  const variable = process.env[loginVariable(label)]
  if (file === undefined && variable === undefined) return undefined
  const text = file === undefined ? variable : decodeUtf8(await readWhole(file, 4096))
  const line = text?.replace(/\r?\n$/, '') ?? ''
  const colon = line.indexOf(':')
  const where = file === undefined ? loginVariable(label) : escapeForDisplay(file)
  if (colon < 1 || /\p{Cc}/u.test(line))
    throw new InputError(
      `${where}: one line user:password is expected (not shown here).`,
      'Write the user’s name, a colon and the password, and nothing else.',
    )
  if (file !== undefined && file !== '-' && process.platform !== 'win32' && ((await stat(file)).mode & 0o077) !== 0)
    note(`${where} can be read by other users of this computer: chmod 600 closes it.\n`)
  return { user: line.slice(0, colon), password: line.slice(colon + 1) }
}

/** The label that `textOf` gives, checked. */
export function labelOf(argv: Parsed): string | undefined {
  const label = textOf(argv, 'label')
  if (label !== undefined && !LABEL.test(label))
    throw new UsageError(`--label: ${escapeForDisplay(label)} is no label.`, 'A label has a-z, 0-9 and -.')
  return label
}
