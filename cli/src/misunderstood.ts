import { existsSync } from 'node:fs'
import { escapeForDisplay } from '@probatum/words'
import { UsageError } from './errors.ts'
import { nearest } from './nearest.ts'
import type { CommandRow } from './rows/command-row.ts'
import type { CommandGroup } from './rows/groups.ts'

/** What of the arguments was understood, as far as it goes. */
export interface Known {
  readonly row: CommandRow | undefined
  readonly group: CommandGroup | undefined
  /** Names of all commands. */
  readonly commands: readonly string[]
}

/** What yargs says of arguments that it does not understand. */
export class NotUnderstood extends Error {
  override readonly name = 'NotUnderstood'
}

/** The mistake in words: what, and what to type instead. `args` as they were typed. */
export function explainMistake(message: string, args: readonly string[], known: Known): UsageError {
  const said = message.replace(/\s*\n\s*/g, ' ')
  const { row } = known
  const of = (pattern: RegExp): readonly string[] => (pattern.exec(said) ?? []).slice(1)
  const [unknown] = of(/^Unknown arguments?: (.*)$/)
  if (unknown !== undefined || /^Did you mean /.test(said))
    return explainUnknown(unknown?.split(', ') ?? [], args, known)
  const [lacking] = of(/^Not enough arguments following: (.*)$/)
  if (lacking !== undefined) return new UsageError(`${dashed(lacking)} needs a value behind it.`, seeHelp(known))
  const [missing] = of(/^Missing required arguments?: (.*)$/)
  if (missing !== undefined) {
    const names = missing.split(', ')
    const first = row?.options?.[names[0] ?? '']?.describe
    return new UsageError(
      `${names.map(dashed).join(', ')} ${names.length > 1 ? 'are' : 'is'} missing.`,
      `${first === undefined ? '' : `${dashed(names[0] ?? '')}: ${first}. `}${seeHelp(known)}`,
    )
  }
  const [name, value, choices] = of(/^Invalid values: Argument: (\S+), Given: (.*), Choices: (.*)$/)
  if (name !== undefined)
    return new UsageError(
      `${dashed(name)}: ${escapeForDisplay(value ?? '')} is none of its values.`,
      `Choose one of: ${(choices ?? '').replaceAll('"', '')}.`,
    )
  const [one, other] = of(/^Arguments (\S+) and (\S+) are mutually exclusive$/)
  if (one !== undefined)
    return new UsageError(`${dashed(one)} and ${dashed(other ?? '')} cannot be given together.`, seeHelp(known))
  const [given, needed] = of(/^Missing dependent arguments: (\S+) -> (\S+)/)
  if (given !== undefined) return new UsageError(`${dashed(given)} needs ${dashed(needed ?? '')}, too.`, seeHelp(known))
  if (/^Not enough non-option arguments/.test(said)) {
    const strange = strangeOption(args, known)
    if (strange !== undefined) return explainUnknown([strange], args, known)
  }
  if (/^Not enough non-option arguments/.test(said))
    return new UsageError(`Something is missing: ${missingWords(args, row)}.`, seeHelp(known))
  if (said === NO_COMMAND) return noCommand(args)
  return new UsageError(escapeForDisplay(said), seeHelp(known))
}

/** An option that the command does not have: what is missing beside it is of less use to know. */
function strangeOption(args: readonly string[], { row }: Known): string | undefined {
  const names = Object.entries(row?.options ?? {}).flatMap(([name, { alias }]) => [name, alias])
  return args.find(
    (arg) => /^--?[^-]/.test(arg) && ![...names, 'help', 'h', 'version'].includes(arg.replace(/^-+/, '').split('=')[0]),
  )
}

/** What yargs is told to say where no command is named. */
export const NO_COMMAND = 'Which command?'

/** How other programs are asked for their version and their help. */
const VERSION_ASKED = /^(?:-v|-V|--?ver(?:sion)?|version)$/i
const HELP_ASKED = /^(?:-\?|\/\?|\/h|\/help|-help|-H|man)$/i

function noCommand(args: readonly string[]): UsageError {
  const [first = ''] = args
  const todo = VERSION_ASKED.test(first)
    ? '`probatum --version` shows the version.'
    : '`probatum help` shows the commands, `probatum COMMAND --help` the options of one; `probatum demo` shows on a sample what it does.'
  return new UsageError(args.length === 0 ? 'No command was given.' : `${escapeForDisplay(first)} is no command.`, todo)
}

/** The words that a usage line asks for and nobody typed, with what each is. */
function missingWords(args: readonly string[], row: CommandRow | undefined): string {
  if (row === undefined) return 'what the command is to work on'
  const asked = [...row.usage.matchAll(/<([a-z-]+)(?:\.\.)?>/g)].map(([, name = '']) => name)
  // Options may stand anywhere, and not every word behind one is its value: where it is not certain, all are named.
  const isPlain = args.every((arg) => !arg.startsWith('-'))
  const typed = isPlain ? args.length - row.name.split(' ').length : 0
  return asked
    .slice(Math.max(0, typed))
    .map((name) => `${name} (${row.positionals?.[name]?.describe ?? 'what the command is to work on'})`)
    .join(' and ')
}

/** Options that people look for and that are not there on purpose: why, and what is there. */
const ON_PURPOSE: Readonly<Record<string, string>> = {
  'plaintext-dir':
    'It is not needed: an encrypted bundle is verified without plaintext on the disk, whatever archive is in it (docs/spec/encryption-1.md, section 4; why: docs/adr/0019-encrypted-bundles-at-any-place.md). Leave it out.',
  offline: 'Verifying never uses a network. Leave it out.',
  force:
    'Nothing is written over here, and no condition is passed over. Name a new file; a condition of a sharing is met, or excepted by a signed exception (`probatum gate except`).',
  override:
    'No condition of a sharing is passed over: it is met, or excepted by a signed exception that every recipient sees (`probatum gate except`).',
  password: 'Others on this computer can read what is typed here: --password-file names a file with the password.',
  pin: 'This program does not talk to cards and devices: they sign between two steps, `seal prepare` and `seal embed` (docs/guide/devices.md).',
  pkcs11:
    'This program does not talk to cards and devices: they sign between two steps, `seal prepare` and `seal embed` (docs/guide/devices.md).',
}

function explainUnknown(names: readonly string[], args: readonly string[], known: Known): UsageError {
  const { row, group, commands } = known
  const typed = names.map((name) => args.find((arg) => isOption(arg, name)) ?? name)
  const option = typed.find((arg) => arg.startsWith('-'))?.split('=')[0]
  if (option !== undefined) {
    const name = option.replace(/^-+/, '')
    const near = nearest(name, Object.keys(row?.options ?? {}), 3)
    const purpose = Object.hasOwn(ON_PURPOSE, name) ? ON_PURPOSE[name] : undefined
    const file = args.find((arg) => arg === option || arg.startsWith(`${option}=`)) ?? option
    if (existsSync(file))
      return new UsageError(
        `${escapeForDisplay(file)} begins as an option does, and is the name of something that is here.`,
        `Write ./${escapeForDisplay(file)}, so that it is read as a name.`,
      )
    if (purpose !== undefined)
      return new UsageError(`There is no option ${escapeForDisplay(option)} here, on purpose.`, purpose)
    return new UsageError(
      `There is no option ${escapeForDisplay(option)} here.`,
      `${ask(near.map(dashed))}${seeHelp(known)}`,
    )
  }
  const list = row === undefined ? undefined : listBefore(typed[0] ?? '', args, row)
  if (row !== undefined && list !== undefined)
    return new UsageError(
      `${typed.map(escapeForDisplay).join(', ')}: ${list} takes one value each time, and this is one more.`,
      `Repeat it: ${list} ONE ${list} OTHER. ${seeHelp(known)}`,
    )
  if (row !== undefined)
    return new UsageError(
      `${typed.map(escapeForDisplay).join(', ')}: that is more than \`${usageOf(row)}\` takes.`,
      seeHelp(known),
    )
  if (group !== undefined) {
    const word = args[1] ?? ''
    const members = group.rows.map(({ name }) => name.slice(group.name.length + 1))
    return new UsageError(
      `There is no command \`probatum ${group.name} ${escapeForDisplay(word)}\`.`,
      `${ask(nearest(word, members, 2))}${group.name} needs one of: ${members.join(', ')}.`,
    )
  }
  const word = args[0] ?? ''
  if (VERSION_ASKED.test(word)) return noCommand(args)
  if (HELP_ASKED.test(word)) return noCommand(args)
  const verify = existsSync(word) ? `To check it: \`probatum verify ${escapeForDisplay(word)}\`. ` : ''
  return new UsageError(
    `There is no command of the name ${escapeForDisplay(word)}.`,
    `${verify === '' ? ask(nearest(word, commands, 2)) : verify}\`probatum help\` shows the commands.`,
  )
}

/** An option that may be repeated, behind whose value a word stands that belongs to nothing. */
function listBefore(word: string, args: readonly string[], row: CommandRow): string | undefined {
  const at = args.indexOf(word)
  const spelling = args.slice(0, at).findLast((arg) => arg.startsWith('-'))
  const isBehindValue = spelling !== undefined && at - args.lastIndexOf(spelling, at) >= 2
  const isList = Object.entries(row.options ?? {}).some(
    ([name, { array, alias }]) => array === true && [name, alias].some((each) => `--${each}` === spelling),
  )
  return isBehindValue && isList ? escapeForDisplay(spelling) : undefined
}

/** `name` as yargs gives it back, of an argument `--name`, `--name=value` or `-n`. */
function isOption(arg: string, name: string): boolean {
  return arg.startsWith('-') && arg.replace(/^-+/, '').split('=')[0] === name
}

function dashed(name: string): string {
  return name.length === 1 ? `-${escapeForDisplay(name)}` : `--${escapeForDisplay(name)}`
}

export function ask(near: readonly string[]): string {
  return near.length > 0 ? `Did you mean ${near.join(' or ')}? ` : ''
}

function usageOf({ name, usage }: CommandRow): string {
  return ['probatum', ...name.split(' ').slice(0, -1), usage].join(' ')
}

function seeHelp({ row, group }: Known): string {
  const name = row?.name ?? group?.name
  return name === undefined
    ? '`probatum help` shows the commands, `probatum COMMAND --help` the options of one.'
    : `\`probatum ${name} --help\` shows examples and all options.`
}

/** Dashes that word processors and letters make of two hyphens, and the slash of other systems. */
const NO_HYPHENS = /^(?:[‐-―−](?<long>[a-z])|\/(?<slash>[a-z-]+)[:=])/iu

/**
 * What looks like an option and is none, where nothing of that name is there: it would be taken for the name of a bundle.
 * An option that says yes or no, and was given something else.
 * @throws {UsageError}
 */
export function requireOptionsAsTyped(args: readonly string[], { row }: Known): void {
  for (const arg of args) {
    const groups = NO_HYPHENS.exec(arg)?.groups
    if (groups !== undefined && !existsSync(arg)) {
      const name = arg.replace(/^[^a-z]+/i, '').split(/[:=]/)[0] ?? ''
      throw new UsageError(
        groups.slash === undefined
          ? `${escapeForDisplay(arg)} begins with a long dash, as word processors make it of two hyphens.`
          : `${escapeForDisplay(arg)}: options do not begin with a slash here.`,
        `Type two hyphens: --${escapeForDisplay(name)}${groups.slash === undefined ? '' : ' VALUE'}.`,
      )
    }
    const [, name = '', value = ''] = /^--([^=]+)=(.*)$/s.exec(arg) ?? []
    if (row?.options?.[name]?.type === 'boolean' && !/^(?:true|false)$/.test(value))
      throw new UsageError(`--${name} is given or left out; it takes no value.`, `Write --${name} alone.`)
  }
}
