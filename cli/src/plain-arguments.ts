import type { Option, Parsed } from 'yargs'
import { inAnyCase } from './nearest.ts'
import type { CommandRow } from './rows/command-row.ts'

/**
 * What yargs makes of the arguments of a command of the form `NAME WORD..`, where each of them can be read in one way only: options
 * written out, each with a value of its own, once where it is no list. Loading yargs and describing one command to it costs a tenth
 * of the time of a small verification.
 * @returns undefined for everything else, mistakes above all: those are for yargs to judge and to name
 */
export function plainArguments([name, ...args]: readonly string[], row: CommandRow): Parsed | undefined {
  const [several, ...others] = Object.keys(row.positionals ?? {})
  const options = row.options ?? {}
  const isPlain = several !== undefined && others.length === 0 && row.usage === `${name} <${several}..>`
  if (name !== row.name || !isPlain || Object.values(options).some(dependsOnOthers)) return undefined
  const words: string[] = []
  const given: Record<string, unknown> = { _: [name] }
  for (let at = 0; at < args.length; at++) {
    const arg = args[at] ?? ''
    if (!arg.startsWith('-')) {
      // What begins with a long dash or a slash may be meant as an option.
      if (arg === '' || /^(?:[‐-―−]|\/[a-z-]+[:=])/i.test(arg)) return undefined
      words.push(arg)
      continue
    }
    const equals = arg.indexOf('=')
    const spelled = arg.slice(2, equals === -1 ? undefined : equals)
    const option = arg.startsWith('--') && Object.hasOwn(options, spelled) ? options[spelled] : undefined
    if (option === undefined) return undefined
    if (option.type === 'boolean') {
      // yargs takes these two words for its value.
      if (equals !== -1 || given[spelled] !== undefined || /^(?:true|false)$/.test(args[at + 1] ?? '')) return undefined
      given[spelled] = true
      continue
    }
    const value = optionValue(option, equals === -1 ? args[++at] : arg.slice(equals + 1))
    if (value === undefined || (given[spelled] !== undefined && option.array !== true)) return undefined
    const before = given[spelled]
    given[spelled] = option.array === true ? [...(Array.isArray(before) ? before : []), value] : value
    if (option.alias !== undefined) given[option.alias] = given[spelled]
  }
  return words.length === 0 ? undefined : { ...given, _: [name], [several]: words, $0: 'probatum' }
}

/** Given or not, it says something of what else must be given, or is there unasked. */
function dependsOnOthers({ conflicts, implies, demandOption, nargs, ...option }: Option): boolean {
  return [conflicts, implies, demandOption, nargs, option.default].some((each) => each !== undefined)
}

function optionValue({ type, choices }: Option, text: string | undefined): string | number | undefined {
  // yargs takes quotation marks off; and a dash may begin an option.
  if (text === undefined || text === '' || /^-|["']/.test(text)) return undefined
  if (type === 'number') return /^[1-9][0-9]{0,8}$/.test(text) ? Number(text) : undefined
  if (type !== 'string') return undefined
  return choices === undefined ? text : inAnyCase(text, choices)
}
