import { asTyped, type ExitCode, escapeForDisplay } from '@probatum/words'
import yargs, { type Option, type Parsed, type Parser } from 'yargs'
import { UsageError } from './errors.ts'
import { EXAMPLES } from './examples.ts'
import { helpWidth, layOutExamples, layOutText, withSpaces } from './help-layout.ts'
import { TOPICS } from './help-topics.ts'
import { withListsRepeated } from './lists-repeated.ts'
import { ask, explainMistake, type Known, NO_COMMAND, NotUnderstood, requireOptionsAsTyped } from './misunderstood.ts'
import { inAnyCase, nearest } from './nearest.ts'
import { PROGRAM } from './program.ts'
import type { CommandRow } from './rows/command-row.ts'
import { COMMANDS } from './rows/commands.ts'
import { GROUPS } from './rows/groups.ts'
import { TWO_STEPS } from './rows/two-steps.ts'
import { openTerminal } from './terminal.ts'
import { BUILD, VERSION } from './version.ts'

/** A command that was understood, ready to run. */
type Run = () => Promise<ExitCode>

/**
 * Thrown out of yargs by a command's handler, which does nothing else. Else yargs lays out the whole help text after
 * every command, in case somebody asks for it: a fifth of the time that a small verification takes.
 */
class Understood extends Error {
  readonly run: Run
  readonly argv: Parsed
  constructor(run: Run, argv: Parsed) {
    super('understood')
    this.run = run
    this.argv = argv
  }
}

function add(parser: Parser, row: CommandRow): Parser {
  return parser.command({
    command: row.usage,
    describe: row.describe,
    builder: (inner) => {
      let built = inner.usage(marker(row.name))
      for (const [name, option] of Object.entries(row.positionals ?? {})) built = built.positional(name, option)
      const steps = TWO_STEPS[row.name] ?? []
      built = built.options(inAnyCaseOf(row.options ?? {}))
      // What a command takes is not what those below it take.
      const own = [...Object.keys(row.positionals ?? {}), ...Object.keys(row.options ?? {})]
      if (steps.length > 0) built = built.global(own, false)
      for (const step of steps) built = add(built, step)
      return built
    },
    handler: (parsed) => {
      const argv = withBehind(withDashes(parsed), row)
      requireSingleValues(argv, row)
      row.check?.(argv)
      throw new Understood(() => row.load(argv), argv)
    },
  })
}

/** Options with values of a list take them in capitals, too: `--paper Letter`. Commands see the list's own spelling. */
function inAnyCaseOf(options: Readonly<Record<string, Option>>): Record<string, Option> {
  const taken = ({ choices, ...rest }: Option): Option =>
    choices === undefined
      ? rest
      : {
          ...rest,
          choices,
          coerce: (value: unknown) => (typeof value === 'string' ? (inAnyCase(value, choices) ?? value) : value),
        }
  return Object.fromEntries(Object.entries(options).map(([name, option]) => [name, taken(option)]))
}

/** yargs loses an argument that is a dash alone. No argument of a process can hold a zero byte. */
const DASH = '\0-'

function withDashes(parsed: Parsed): Parsed {
  const whole = (value: unknown): unknown => (Array.isArray(value) ? value.map(whole) : value === DASH ? '-' : value)
  return { ...Object.fromEntries(Object.entries(parsed).map(([name, value]) => [name, whole(value)])), _: parsed._ }
}

/**
 * What stands behind `--` is a name, whatever it begins with (POSIX, Utility Syntax Guideline 10). yargs fills no named argument from
 * there, and so would pass over what a person wanted checked.
 */
const BEHIND = '\0\0'

function withNamesBehind(args: readonly string[]): readonly string[] {
  const end = args.indexOf('--')
  return end === -1 ? args : [...args.slice(0, end), ...args.slice(end + 1).map((arg) => `${BEHIND}${arg}`)]
}

/** @throws {UsageError} where an option stood before `--` without its value */
function withBehind(parsed: Parsed, row: CommandRow): Parsed {
  const isBehind = (value: unknown) => typeof value === 'string' && value.startsWith(BEHIND)
  const whole = (value: unknown): unknown =>
    Array.isArray(value) ? value.map(whole) : isBehind(value) ? String(value).slice(BEHIND.length) : value
  for (const name of Object.keys(row.options ?? {}))
    if ([parsed[name]].flat().some(isBehind)) throw new UsageError(`--${name} needs a value before --.`)
  const named = Object.keys(row.positionals ?? {}).map((name) => [name, whole(parsed[name])] as const)
  return { ...parsed, ...Object.fromEntries(named.filter(([, value]) => value !== undefined)) }
}

/** A flag typed twice would be a list where a text is meant: nobody should have to guess which one counted. */
function requireSingleValues(argv: Parsed, row: CommandRow): void {
  for (const [name, option] of Object.entries(row.options ?? {})) {
    const value = argv[name]
    if (option.array !== true && Array.isArray(value)) throw new UsageError(`--${name} was given more than once.`)
    if (value === '') throw new UsageError(`--${name} needs a value.`)
    if (option.type === 'number' && value !== undefined && !Number.isSafeInteger(value))
      throw new UsageError(`--${name} needs a whole number.`, `Write it in digits: --${name} 4.`)
  }
  for (const [name, option] of Object.entries(row.positionals ?? {})) {
    const values = [argv[name]].flat()
    if (values.length === 0 && !row.usage.includes(`[${name}..]`))
      throw new UsageError(`Something is missing: ${name}.`)
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
    const row = [...COMMANDS, ...Object.values(TWO_STEPS).flat(), ...GROUPS.flatMap(({ rows }) => rows)].find(
      (each) => each.name === name,
    )
    const words = name.split(' ').slice(0, -1)
    const usage =
      row === undefined ? (name === 'main' ? 'COMMAND' : `${name} COMMAND`) : [...words, row.usage].join(' ')
    const examples = EXAMPLES[name] ?? EXAMPLES[`${name} verify`] ?? EXAMPLES[name.split(' ')[0] ?? ''] ?? ''
    const width = helpWidth(process.stdout)
    const describe = row === undefined ? [] : [layOutText(row.describe, width)]
    return [`probatum ${usage}`, ...describe, layOutExamples(examples, width)].join('\n\n')
  })
}

function emptyParser(): Parser {
  return yargs()
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
}

/**
 * A parser that knows the one command that is named first, and no help: a description of every command costs more than a small
 * verification reads. What it does not understand, the whole one is asked about.
 */
function quickParser([first, second]: readonly string[]): Parser | undefined {
  const row = COMMANDS.find(({ name }) => name === first)
  const members = GROUPS.find(({ name }) => name === first)
  const member = members?.rows.find(({ name }) => name === `${first} ${second}`)
  const parser = emptyParser().help(false).version(false).strict().fail(refuse)
  const step = TWO_STEPS[first ?? '']?.find(({ name }) => name === `${first} ${second}`)
  if (step !== undefined) return group(parser, String(first), '', [step])
  if (row !== undefined) return add(parser, row)
  if (members === undefined || member === undefined) return undefined
  return group(parser, members.name, members.describe, [member])
}

function buildParser(): Parser {
  let parser = emptyParser().usage(marker('main'))
  for (const row of COMMANDS.slice(0, 1)) parser = add(parser, row)
  for (const { name, describe, rows } of GROUPS.slice(0, 3)) parser = group(parser, name, describe, rows)
  for (const row of COMMANDS.slice(1)) parser = add(parser, row)
  for (const { name, describe, rows } of GROUPS.slice(3)) parser = group(parser, name, describe, rows)
  return parser
    .command({
      command: 'help [topic..]',
      describe: 'exit-codes, environment, or a command',
      builder: (own) => own.positional('topic', { type: 'string', describe: 'exit-codes, environment, or a command' }),
      handler: (argv) => {
        throw new Understood(() => help(argv.topic), argv)
      },
    })
    .demandCommand(1, NO_COMMAND)
    .strict()
    .help('help', 'show this help')
    .updateStrings({ 'Commands:': 'Commands', 'Options:': 'Options', 'Positionals:': 'Arguments' })
    .alias('h', 'help')
    .version('version', 'show the version', `${VERSION}\nbuild ${BUILD}`)
    .epilogue(
      '`probatum help exit-codes` tells how it ends: 0 passed, 1 failed, 2 usage, 3 cannot tell, 4 not read, 70, 130.',
    )
    .wrap(helpWidth(process.stdout) - 1)
    .fail(refuse)
}

function refuse(message: string | null, error: Error | undefined): never {
  throw error instanceof UsageError || error instanceof Understood
    ? error
    : new NotUnderstood((message ?? error?.message ?? 'not understood').replaceAll(BEHIND, ''))
}

/** Of a command that is named, its row; of a group alone, the group. */
function knownOf([first = '', second = '']: readonly string[]): Known {
  const group = GROUPS.find(({ name }) => name === first)
  const steps = TWO_STEPS[first] ?? []
  const row = [...steps, ...(group?.rows ?? [])].find(({ name }) => name === `${first} ${second}`)
  const commands = [...COMMANDS, ...GROUPS].map(({ name }) => name)
  return { row: row ?? COMMANDS.find(({ name }) => name === first), group, commands: [...commands, 'help'] }
}

async function help(topic: unknown): Promise<ExitCode> {
  const terminal = openTerminal({})
  const typed = [topic ?? []].flat().join(' ')
  if (typed === '') return readCommandLine(['--help'])
  const members = [...GROUPS.flatMap(({ rows }) => rows), ...Object.values(TWO_STEPS).flat()]
  const commands = [...COMMANDS, ...GROUPS, ...members].map(({ name }) => name)
  const chosen = inAnyCase(typed, [...Object.keys(TOPICS), ...commands])
  const text = chosen === undefined ? undefined : TOPICS[chosen]
  if (text !== undefined) await terminal.result(layOutText(text(), helpWidth(process.stdout)))
  else if (chosen !== undefined) return readCommandLine([...chosen.split(' '), '--help'])
  else
    throw new UsageError(
      `There is no help about ${escapeForDisplay(typed)}.`,
      `${ask(nearest(typed, commands, 2))}Topics: ${Object.keys(TOPICS).join(', ')}, or a command.`,
    )
  return 0
}

/** The command that was understood, why none was, or what yargs has to print. */
function whatIs(parser: Parser, args: readonly string[]): Understood | Error | string {
  let output = ''
  try {
    parser.parse(
      withNamesBehind(args).map((arg) => (arg === '-' ? DASH : arg)),
      (error, _argv, text) => {
        if (error !== null && error !== undefined) throw error
        output = text
      },
    )
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error))
  }
  return output
}

/** Understands the arguments, runs the command, and gives its exit code. @throws {UsageError} and what the command throws */
export async function readCommandLine(args: readonly string[]): Promise<ExitCode> {
  const known = knownOf(args)
  requireOptionsAsTyped(args, known)
  const given = withListsRepeated(args, known.row)
  const quick = quickParser(given)
  const understood = quick === undefined ? undefined : whatIs(quick, given)
  if (understood instanceof Understood) return understood.run()
  const output = whatIs(buildParser(), given)
  if (output instanceof Understood) return output.run()
  if (output instanceof NotUnderstood) throw explainMistake(output.message, args, known)
  if (output instanceof Error) throw output
  if (output === '') throw new UsageError('No command was understood.')
  await openTerminal({}).result(asTyped(`${withExamples(withSpaces(output))}\n`, PROGRAM))
  return 0
}

/** What the whole parser, which knows every command, hands to the command that is named; undefined where it understands none. */
export function readWholly(args: readonly string[]): Parsed | undefined {
  const understood = whatIs(buildParser(), withListsRepeated(args, knownOf(args).row))
  return understood instanceof Understood ? understood.argv : undefined
}
