import { canonicalText, formatInstant } from '@probatum/core'
import { type PayloadFile, type PlannedEvent, payloadPath, planEvents } from '@probatum/seal'
import { type ExitCode, escapeForDisplay, groupDigits, sayBytes } from '@probatum/words'
import type { Parsed } from 'yargs'
import { readItems } from '../items-table-input.ts'
import { chooseTime } from '../judgement-input.ts'
import { openSealSource, requireSealOptions } from '../seal-source.ts'
import { terminalOf } from './report-output.ts'
import { payloadFile, sayLeftOut, statementOf } from './seal.ts'

/** Shows what `seal` would seal: no key is asked for, nothing is written, and of evidence nothing is read but a bag's own check. */
export async function sealDryRun(argv: Parsed): Promise<ExitCode> {
  const terminal = terminalOf(argv)
  requireSealOptions(argv)
  const now = chooseTime(undefined)
  const source = await openSealSource(argv)
  try {
    const items = (await readItems(argv, source.files, now, terminal)).map(payloadFile)
    for (const line of sayLeftOut(source, argv)) terminal.note(`${line}\n`)
    const statement = statementOf(argv, source)
    const time = formatInstant({ epochSeconds: now.epochSeconds, fraction: '' })
    const { files, bytes } = source.total
    const events = planEvents(statement, items, { begun: time, ended: time, isReadAgain: true, bytes })
    await terminal.result(
      [
        `DRY RUN: nothing is written. ${groupDigits(files)} ${files === 1 ? 'file' : 'files'}, ${sayBytes(bytes)}, would be sealed.`,
        '',
        `called     ${escapeForDisplay(statement.externalIdentifier)}`,
        `issuer     ${escapeForDisplay(statement.issuer)}`,
        `recipient  ${statement.recipient === null ? 'nobody in particular' : escapeForDisplay(statement.recipient)}`,
        `digests    ${statement.longTerm ? 'SHA-256 and SHA-512 (--long-term)' : 'SHA-256'}`,
        '',
        'Items, as a recipient sees them:',
        ...items.flatMap((item, seq) => sayItem(item, seq, statement.longTerm)),
        '',
        'Events of the log, as a recipient sees them (times are those of now):',
        ...events.flatMap(sayEvent),
        '',
        ...sayWithheld(events),
        '',
      ].join('\n'),
    )
    return 0
  } finally {
    await source.close()
  }
}

function sayItem(item: PayloadFile, seq: number, longTerm: boolean): string[] {
  const { name, size, mediaType, modified, description, copyOf } = item
  const original =
    typeof name === 'string' ? name : `octets that are not text (${Buffer.from(name).toString('base64')})`
  const path = payloadPath(seq, typeof name === 'string' ? name : undefined)
  const said: [string, string | undefined][] = [
    ['originalName', original],
    ['size', groupDigits(size)],
    ['mediaType', mediaType],
    ['modified', modified],
    ['description', description],
    ['copyOf', copyOf === undefined ? undefined : `item ${copyOf.seq}: a redacted copy`],
    ['copyMethod', copyOf?.method],
    ['copyGround', copyOf?.ground],
    ['copyAgent', copyOf?.agent],
  ]
  return [
    `  item ${seq}  ${path}  (path, ${longTerm ? 'sha256, sha512' : 'sha256'} open too)`,
    ...said.flatMap(([field, value]) =>
      value === undefined ? [] : [`    ${field.padEnd(13)} ${escapeForDisplay(value)}`],
    ),
  ]
}

function sayEvent({ type, fields }: PlannedEvent, seq: number): string[] {
  const withheld = type === 'export'
  return [
    `  event ${seq}  ${type}`,
    ...Object.entries(fields).map(
      ([field, value]) =>
        `    ${field.padEnd(13)} ${escapeForDisplay(typeof value === 'string' ? value : canonicalText(value))}${withheld ? '  (WITHHELD)' : ''}`,
    ),
  ]
}

function sayWithheld(events: readonly PlannedEvent[]): string[] {
  const own = events.find(({ type }) => type === 'export')
  return [
    'Opened to the recipient: every field that is shown above, but for those of the export itself.',
    `Withheld: ${Object.keys(own?.fields ?? {}).join(', ')} of the export event; their openings are kept beside the bundle.`,
    'To show a recipient less: seal over a log (--log), and `probatum redact` with a disclosure policy for each.',
  ]
}
