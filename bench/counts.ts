import { parseArgs } from 'node:util'

/**
 * Whole numbers above 0 that are given as `--NAME N`, each with what it is without its option. Whoever gives anything else is shown
 * the usage, and the run ends with 2.
 */
export function readCounts<Name extends string>(
  usage: string,
  defaults: Readonly<Record<Name, number>>,
): Record<Name, number> {
  const names = Object.keys(defaults) as Name[]
  try {
    const { values } = parseArgs({
      options: Object.fromEntries(names.map((name) => [name, { type: 'string' as const }])),
    })
    const read = names.map((name) => [name, Number(values[name] ?? defaults[name])] as const)
    for (const [name, count] of read)
      if (!Number.isInteger(count) || count < 1) throw new RangeError(`--${name} ${values[name]} is no number above 0`)
    return Object.fromEntries(read) as Record<Name, number>
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n${usage}`)
    process.exit(2)
  }
}
