import { type Report, serializeReport } from '@probatum/core'
import { type CommandNames, type ExitCode, exitCodeOf, renderText, type TextOptions } from '@probatum/words'
import type { Parsed } from 'yargs'
import { UsageError } from '../errors.ts'
import { readWhole, writeNew } from '../files.ts'
import type { JudgementOptions } from '../input/judgement-input.ts'
import { openTerminal, type Terminal } from '../terminal.ts'

/** The value of an option of type string; undefined when it was not given. */
export function textOf(argv: Parsed, name: string): string | undefined {
  const value = argv[name]
  return typeof value === 'string' ? value : undefined
}

/** The values of an option that may be repeated. */
export function textsOf(argv: Parsed, name: string): string[] {
  return [argv[name] ?? []].flat().map(String)
}

/** Files that come beside what is judged: hints and time-stamps. */
export async function readAll(paths: readonly string[]): Promise<Uint8Array[]> {
  const read: Uint8Array[] = []
  for (const path of paths) read.push(await readWhole(path))
  return read
}

/** Between the reports of several inputs. */
export async function between(argv: Parsed, terminal: Terminal): Promise<void> {
  if (argv.json !== true && argv.quiet !== true) await terminal.result(`\n${'='.repeat(72)}\n\n`)
}

export function judgementOf(argv: Parsed): JudgementOptions {
  const given = (['policy', 'trust-set', 'trust-code', 'at'] as const).flatMap((name) => {
    const value = textOf(argv, name)
    return value === undefined ? [] : [[name, value] as const]
  })
  return Object.fromEntries(given)
}

/** Options that contradict each other are refused before any work. @throws {UsageError} */
export function terminalOf(argv: Parsed): Terminal {
  if (argv.json === true && argv.quiet === true)
    throw new UsageError('--json prints the report and --quiet prints nothing.', 'Choose one of them.')
  const color = textOf(argv, 'color')
  return openTerminal({
    ...(color === 'always' || color === 'never' ? { color } : {}),
    ascii: argv.ascii === true,
  })
}

/** Prints a report, or saves it, as the options say. */
export async function putReport(
  report: Report,
  argv: Parsed,
  terminal: Terminal,
  command: CommandNames,
  commonCore: TextOptions['commonCore'] = null,
): Promise<ExitCode> {
  const save = textOf(argv, 'save')
  if (save !== undefined) await writeNew(save, serializeReport(report))
  if (argv.json === true) {
    const bytes = serializeReport(report)
    await terminal.result(bytes)
    if (bytes.at(-1) !== 0x0a) await terminal.result('\n')
  } else if (argv.quiet !== true)
    await terminal.result(
      renderText(report, { ...terminal.style, command, commonCore, details: argv.details === true }),
    )
  return exitCodeOf(report.body.assessment.indication)
}
