import type { FactsFile, OpenedValue } from '@probatum/core'
import { renderNames, renderOpened } from '@probatum/words'
import type { Parsed } from 'yargs'
import { InputError, UsageError } from '../errors.ts'
import type { Terminal } from '../terminal.ts'

/** What a call asks of opened values. Without it none is read into memory, and none leaves the bundle. */
export interface OpenedChoice {
  /** `--show-opened` */
  readonly isShown: boolean
  /** `--names` */
  readonly isNamed: boolean
}

/**
 * Opened values stand in text on a terminal and in facts that were asked to hold them, and nowhere else.
 * @throws {UsageError} where a call asks for them in a report, or in nothing at all
 */
export function chooseOpened(argv: Parsed): OpenedChoice {
  const isShown = argv['show-opened'] === true
  const isPrinted = argv.json !== true && argv.quiet !== true
  if (isShown && !isPrinted && typeof argv['save-facts'] !== 'string')
    throw new UsageError(
      `--show-opened prints opened values as text, and --${argv.json === true ? 'json' : 'quiet'} prints none.`,
      'A report holds no opened values. For programs, add --save-facts FILE: facts saved with --show-opened hold them.',
    )
  return { isShown, isNamed: argv.names === true }
}

/** Prints what was asked for, behind the report and never inside it. */
export async function putOpened(
  opened: readonly OpenedValue[] | null,
  choice: OpenedChoice,
  argv: Parsed,
  terminal: Terminal,
): Promise<void> {
  if (opened === null || argv.json === true || argv.quiet === true) return
  if (choice.isNamed) await terminal.result(renderNames(opened, terminal.style))
  if (choice.isShown) await terminal.result(renderOpened(opened, terminal.style))
}

/**
 * Opened values of saved facts.
 * @throws {InputError} when they are asked for and were not saved
 */
export function openedInFacts({ opened, facts }: FactsFile, { isShown }: OpenedChoice): readonly OpenedValue[] | null {
  if (isShown && opened === undefined && facts.bag !== null)
    throw new InputError(
      'These facts hold no opened values: they were saved without --show-opened.',
      'Verify the bundle itself, with --show-opened.',
    )
  return opened ?? null
}
