import { canonicalText, formatInstant } from '@probatum/core'
import {
  type CustodyLog,
  type FieldValues,
  isFieldOpened,
  isLineShown,
  type NewLine,
  type PayloadFile,
  type PlannedEvent,
  parseDisclosurePolicy,
  payloadPath,
  planEvents,
  type Showing,
  showAll,
  showingOf,
  typeOfLine,
} from '@probatum/seal'
import { type ExitCode, escapeForDisplay, groupDigits, sayBytes } from '@probatum/words'
import type { Parsed } from 'yargs'
import { tellRecovery } from '../custody/custody-input.ts'
import { CustodyLogFolder } from '../custody/custody-log-folder.ts'
import { InputError } from '../errors.ts'
import { readWhole } from '../files.ts'
import { chooseTime } from '../input/judgement-input.ts'
import { chooseEncryption, sayRecipients } from '../output/encrypted-output.ts'
import { readItems } from '../sealing/items-table-input.ts'
import { planLogItems } from '../sealing/seal-log-items.ts'
import { openSealSource, requireSealOptions } from '../sealing/seal-source.ts'
import { terminalOf, textsOf } from './report-output.ts'
import { payloadFile, sayLeftOut, statementOf } from './seal.ts'

/** Shows what `seal` would seal: no key is asked for, nothing is written, and of evidence nothing is read but a bag's own check. */
export async function sealDryRun(argv: Parsed): Promise<ExitCode> {
  const terminal = terminalOf(argv)
  requireSealOptions(argv)
  const now = chooseTime(undefined)
  const encryption = await chooseEncryption(argv, now)
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
        ...(encryption === undefined ? [] : [`encrypted  ${sayRecipients(encryption)}`]),
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

/** As `sealDryRun`, over a log: which files it has already, what would be added, and what each recipient would see of it. */
export async function sealOverLogDryRun(argv: Parsed): Promise<ExitCode> {
  const terminal = terminalOf(argv)
  const now = chooseTime(undefined)
  const policies = await readPolicies(textsOf(argv, 'policy'))
  const source = await openSealSource(argv)
  const log = await CustodyLogFolder.open(String(argv.log), 'read')
  try {
    tellRecovery(log, terminal)
    const items = await readItems(argv, source.files, now, terminal)
    for (const line of sayLeftOut(source, argv)) terminal.note(`${line}\n`)
    const statement = statementOf(argv, source)
    const time = formatInstant({ epochSeconds: now.epochSeconds, fraction: '' })
    const plan = await planLogItems(log, items, source.arrival, { agent: statement.issuer, time })
    const { files, bytes } = source.total
    const bySeq = [...plan.bySeq].sort(([a], [b]) => a - b)
    const whole = await withNewLines(log, plan.lines)
    await terminal.result(
      [
        `DRY RUN: nothing is written. ${groupDigits(files)} ${files === 1 ? 'file' : 'files'}, ${sayBytes(bytes)}, would be sealed over ${escapeForDisplay(log.folder)}, which has ${groupDigits(log.items)} items and ${groupDigits(log.events)} events; ${groupDigits(plan.added.size)} items would be new.`,
        ...plan.notes,
        '',
        'Files and their items:',
        ...bySeq.flatMap(([seq, file]) => [
          `  item ${seq}  ${escapeForDisplay(file.path)}  ${plan.added.has(seq) ? 'new' : 'in the log already'}`,
          ...Object.entries(plan.added.get(seq) ?? {}).map(([field, value]) => sayField(field, value)),
        ]),
        '',
        'Events that would be added:',
        ...plan.events.flatMap(({ type, fields }, at) => [
          `  event ${log.events + at}  ${type}`,
          ...Object.entries(fields).map(([field, value]) => sayField(field, value)),
        ]),
        `  event ${log.events + plan.events.length}  fixity-check  (of reading again what was written; its fields are withheld from everybody)`,
        `  event ${log.events + plan.events.length + 1}  export  (its fields are withheld from everybody)`,
        '',
        'What each recipient would see:',
        ...(await sayMatrix(whole, [
          { name: 'this bundle', showing: showAll((seq) => plan.bySeq.has(seq)) },
          ...policies,
        ])),
        '',
      ].join('\n'),
    )
    return 0
  } finally {
    await log.close()
    await source.close()
  }
}

function sayField(field: string, value: FieldValues[string]): string {
  // The line digest that stands beside it has salts in it, which are drawn when the line is made.
  if (field === 'copyOf' && typeof value === 'object' && value !== null && 'seq' in value)
    return `    copyOf        item ${String(value.seq)}: a redacted copy`
  return `    ${field.padEnd(13)} ${escapeForDisplay(typeof value === 'string' ? value : canonicalText(value))}`
}

/** The log as it would be: in memory, and never written. */
async function withNewLines(log: CustodyLogFolder, lines: readonly NewLine[]): Promise<Pick<CustodyLog, 'lines'>> {
  return {
    async *lines(file) {
      yield* log.lines(file)
      for (const line of lines)
        if (line.file === file) yield { seq: line.seq, text: line.text, openings: line.openings }
    },
  }
}

interface Recipient {
  readonly name: string
  readonly showing: Showing
}

async function readPolicies(paths: readonly string[]): Promise<Recipient[]> {
  const recipients: Recipient[] = []
  for (const path of paths) {
    try {
      recipients.push({ name: path, showing: showingOf(parseDisclosurePolicy(await readWhole(path), path)) })
    } catch (error) {
      if (!(error instanceof TypeError)) throw error
      throw new InputError(
        `${escapeForDisplay(path)}: ${escapeForDisplay(error.message)}.`,
        'docs/spec/disclosure-policy-1.md describes the file.',
        { cause: error },
      )
    }
  }
  return recipients
}

/** For each recipient how many lines and fields are opened and withheld, field by field. No value. */
async function sayMatrix(log: Pick<CustodyLog, 'lines'>, recipients: readonly Recipient[]): Promise<string[]> {
  const lines: string[] = []
  for (const { name, showing } of recipients) {
    const shown = { files: 0, lines: 0, stubs: 0 }
    const fields = new Map<string, { opened: number; withheld: number }>()
    for (const file of ['items.jsonl', 'custody.jsonl'] as const)
      for await (const line of log.lines(file)) {
        const type = file === 'items.jsonl' ? 'item' : typeOfLine(line)
        if (file === 'items.jsonl' && showing.showsPayload(line.seq)) shown.files += 1
        shown[isLineShown(showing, file, line.seq, type) ? 'lines' : 'stubs'] += 1
        for (const { field } of line.openings) {
          const key = `${type}: ${field}`
          const count = fields.get(key) ?? { opened: 0, withheld: 0 }
          count[isFieldOpened(showing, file, line.seq, type, field) ? 'opened' : 'withheld'] += 1
          fields.set(key, count)
        }
      }
    lines.push(
      `  ${escapeForDisplay(name)}: ${groupDigits(shown.files)} files; ${groupDigits(shown.lines)} lines shown, ${groupDigits(shown.stubs)} withheld`,
      ...[...fields].map(
        ([key, { opened, withheld }]) =>
          `    ${key.padEnd(28)} ${groupDigits(opened)} opened, ${groupDigits(withheld)} withheld`,
      ),
    )
  }
  return lines
}
