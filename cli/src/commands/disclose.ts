import { canonicalText, encodeUtf8, isJsonObject, toHex } from '@probatum/core'
import { nodePorts, nodeSmallDigest } from '@probatum/platform/node'
import { DisclosureRefused, type LaterOpening, laterOpenings, readDisclosureChoice, textAsJson } from '@probatum/seal'
import { type ExitCode, escapeForDisplay, quoteForShell } from '@probatum/words'
import type { Parsed } from 'yargs'
import { tellRecovery } from '../custody/custody-input.ts'
import { CustodyLogFolder } from '../custody/custody-log-folder.ts'
import { openItemFiles } from '../custody/log-export.ts'
import { InputError, UsageError } from '../errors.ts'
import { requireNew, writeNew } from '../files.ts'
import { ask, canAsk } from '../keys/ask.ts'
import { PROGRAM } from '../program.ts'
import { terminalOf, textOf, textsOf } from './report-output.ts'

/** Writes later openings, each chosen by its exact place, after saying what they open. */
export async function disclose(argv: Parsed): Promise<ExitCode> {
  const terminal = terminalOf(argv)
  const out = String(argv.out)
  const bundle = String(argv.bundle)
  await requireNew(out, '--out', [bundle, String(argv.log)])
  const choices = textsOf(argv, 'open').map((text) => {
    const choice = readDisclosureChoice(text)
    if (choice === undefined)
      throw new UsageError(
        `--open ${escapeForDisplay(text)}: not an exact place.`,
        'Write for example custody.jsonl:4:agent, positions from 0; or items.jsonl:2 for a withheld line.',
      )
    return choice
  })
  const ports = nodePorts({ jobs: 1 })
  const log = await CustodyLogFolder.open(String(argv.log), 'read')
  try {
    tellRecovery(log, terminal)
    const files = await openItemFiles(bundle, [], ports)
    let openings: LaterOpening[]
    let isDecided: boolean
    try {
      isDecided = hasRequest((await files.lines('authorisation.json')).join('\n'))
      const lines = {
        'custody.jsonl': await files.lines('custody.jsonl'),
        'items.jsonl': await files.lines('items.jsonl'),
      }
      openings = await laterOpenings(log, lines, choices, nodeSmallDigest)
    } catch (error) {
      if (!(error instanceof DisclosureRefused)) throw error
      throw new InputError(
        `${escapeForDisplay(error.message)}. Nothing was written.`,
        '`probatum custody show LOG` lists the places.',
        { cause: error },
      )
    } finally {
      await files.close()
    }
    terminal.note(
      `This will be opened, for whoever gets the file:\n${openings.map((opening) => `  ${sayOpening(opening, argv['show-opened'] === true)}\n`).join('')}`,
    )
    const decided = textOf(argv, 'decided')
    if (isDecided) {
      terminal.note(
        'The bundle was made under a request that two persons approved. What is opened now was no part of it, and nobody is asked here: have it decided as well.\n',
      )
      if (decided === undefined)
        throw new UsageError(
          'More than two persons approved would leave the house. Nothing was written.',
          'Have it decided, then say by whom and where that stands: --decided "TEXT". It is for the log, which you are told how to write.',
        )
    }
    if (argv.yes !== true) {
      if (!canAsk()) throw new UsageError('Nobody is here to be asked.', 'Add --yes once the places above are right.')
      const answer = await ask('Write the file? An opening cannot be taken back. (yes/no) ', (text) =>
        text === 'yes' || text === 'no' ? text : undefined,
      )
      if (answer === 'no') {
        terminal.note('Nothing was written.\n')
        return 0
      }
    }
    const bytes = encodeUtf8(openings.map(({ text }) => `${text}\n`).join(''))
    await writeNew(out, bytes, 0o600)
    const note = `later openings ${toHex(nodeSmallDigest('sha256', bytes))}${decided === undefined ? '' : `; decided: ${decided}`}`
    await terminal.result(
      `Wrote ${escapeForDisplay(out)}: ${openings.length} lines\n` +
        'Whoever has the bundle checks the file with\n' +
        '  probatum verify BUNDLE --disclosures FILE [--show-opened]\n' +
        'By hand: the digest of an opening, as in\n' +
        '  printf %s OPENING | openssl dgst -sha256 -binary | base64 | tr +/ -_ | tr -d =\n' +
        'stands among the slots (sd) of its line in the bundle.\n' +
        'The log does not say yet that it left the house. So that it does, once no request waits for its approvals:\n' +
        `  ${PROGRAM} custody append ${quoteForShell(log.folder)} --type access --field note=${quoteForShell(note)}\n`,
    )
    return 0
  } finally {
    await log.close()
    await ports.close()
  }
}

/** Whether the bundle's sharing was decided by a request. */
function hasRequest(authorisation: string): boolean {
  const record = textAsJson(authorisation)
  return isJsonObject(record) && isJsonObject(record.request ?? null)
}

function sayOpening({ file, seq, field, type, value }: LaterOpening, isShown: boolean): string {
  if (field === null)
    return `${file} ${seq} (${type}): the line itself, its type and its slots; of its fields only those named here`
  const shown = isShown ? `: ${escapeForDisplay(typeof value === 'string' ? value : canonicalText(value))}` : ''
  return `${file} ${seq} (${type}): ${field}${shown}`
}
