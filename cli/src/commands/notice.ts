import {
  encodeUtf8,
  formatInstant,
  fromBase64,
  isJsonObject,
  lineDigest,
  NOTICE_CODES,
  NOTICE_KINDS,
  type NoticeStatement,
  noticeFile,
  noticeStatement,
  parseNotice,
  parseNoticeStatement,
  toBase64,
  toHex,
} from '@probatum/core'
import { type NodePorts, nodePorts, nodeSmallDigest } from '@probatum/platform/node'
import {
  type BundleOfNotice,
  LogTree,
  lastCheckpoint,
  makeCheckpoint,
  NoticeRefused,
  prepareNotice,
  typeOfLine,
} from '@probatum/seal'
import { type ExitCode, escapeForDisplay, groupDigits, quoteForShell, statementCommands } from '@probatum/words'
import type { Parsed } from 'yargs'
import { readKeyOf, readRanges, tellRecovery } from '../custody/custody-input.ts'
import { CustodyLogFolder } from '../custody/custody-log-folder.ts'
import { InputError, UsageError } from '../errors.ts'
import { readWhole, writeNew } from '../files.ts'
import { readBundleIds } from '../input/bundle-ids.ts'
import { chooseTime } from '../input/judgement-input.ts'
import { parseFile } from '../input/parse-file.ts'
import { PROGRAM } from '../program.ts'
import { sayStatementSigner } from '../statements/statement-look.ts'
import { chooseStatementStep } from '../statements/statement-step.ts'
import { readHoldingReceipt } from './receipt.ts'
import { terminalOf, textOf, textsOf } from './report-output.ts'

/** Makes a notice about bundles that were sent, with the proofs of the log, and signs it. */
export async function makeNotice(argv: Parsed): Promise<ExitCode> {
  const terminal = terminalOf(argv)
  const step = await chooseStatementStep(argv, 'notice make')
  const statement = step.prepared === null ? await statementFrom(argv, terminal) : parseNoticeStatement(step.prepared)
  const cms = await step.sign(noticeStatement(statement), (text) => terminal.result(text))
  if (cms === null) return 0
  const file = noticeFile(statement, cms)
  parseNotice(file)
  await writeNew(step.out, file)
  await terminal.result(
    [
      `Wrote ${escapeForDisplay(step.out)}: ${saySubject(statement)}, ${statement.date}, ${statement.code}`,
      `sha256  ${toHex(nodeSmallDigest('sha256', file))}`,
      'Send it to the recipient of these bundles, by another way than they went.',
      `They check it:  ${PROGRAM} verify BUNDLE --trust-set FILE --notices ${quoteForShell(step.out)}`,
      '',
    ].join('\n'),
  )
  return 0
}

async function statementFrom(argv: Parsed, terminal: ReturnType<typeof terminalOf>): Promise<NoticeStatement> {
  const log = textOf(argv, 'log')
  if (log === undefined) throw new UsageError('--log is missing.', 'Name the folder of the custody log.')
  const kind = NOTICE_KINDS.find((one) => one === argv.kind)
  const code = NOTICE_CODES.find((one) => one === argv.code)
  if (kind === undefined || code === undefined)
    throw new UsageError('--kind and --code say what the notice is.', `--code is one of ${NOTICE_CODES.join(', ')}.`)
  const written = textOf(argv, 'items')
  if ((written === undefined) === (argv.whole !== true))
    throw new UsageError(
      'A notice is about items, or about everything in the bundle.',
      'Give --items with their positions, or --whole.',
    )
  const items = written === undefined ? null : positionsOf(written)
  const date = formatInstant({ ...chooseTime(textOf(argv, 'date'), '--date'), fraction: '' })
  const key = argv['log-key']
  const ports = nodePorts({ jobs: 1 })
  const custody = await CustodyLogFolder.open(log, key === undefined ? 'read' : 'write')
  try {
    tellRecovery(custody, terminal)
    const bundles = await bundlesOf(argv, custody, ports)
    const event = await eventOf(custody, textOf(argv, 'event'))
    const checkpoint = key === undefined ? lastCheckpoint(custody) : await newCheckpoint(custody, argv)
    if (checkpoint === undefined)
      throw new InputError('This log has signed no state yet.', 'Give --log-key, so that its present state is signed.')
    return await prepareNotice({
      custody,
      checkpoint,
      bundles,
      kind,
      code,
      date,
      items,
      replacement: textOf(argv, 'replacement') ?? null,
      event,
      smallDigest: nodeSmallDigest,
    })
  } catch (error) {
    if (!(error instanceof NoticeRefused)) throw error
    throw new UsageError(
      `This notice cannot be made: ${escapeForDisplay(error.message)}. Nothing was written.`,
      'docs/spec/notice-1.md says what a notice holds.',
    )
  } finally {
    await custody.close()
    await ports.close()
  }
}

function positionsOf(text: string): number[] {
  const ranges = readRanges(text, 'items')
  const positions: number[] = []
  for (const [first, last] of ranges)
    for (let position = first; position <= last; position++) {
      if (positions.length >= 1_000_000) throw new UsageError('--items: more than a million positions.')
      positions.push(position)
    }
  if (positions.length === 0) throw new UsageError('--items names no item.', 'Write for example 0-3,7.')
  return positions
}

/** Bundles that are here, and those that a receipt or their ids and export name. */
async function bundlesOf(argv: Parsed, custody: CustodyLogFolder, ports: NodePorts): Promise<BundleOfNotice[]> {
  const found: BundleOfNotice[] = []
  for (const path of textsOf(argv, 'bundle')) {
    const ids = await readBundleIds(path, ports)
    if (ids.logId !== custody.id)
      throw new InputError(`${escapeForDisplay(path)} is of another log.`, 'Name the log that it was exported from.')
    found.push(ids)
  }
  const ids = textsOf(argv, 'bundle-id')
  const seals = textsOf(argv, 'seal-id')
  const exports = textsOf(argv, 'export')
  if (ids.length !== seals.length || ids.length !== exports.length)
    throw new UsageError(
      '--bundle-id, --seal-id and --export go together, once for each bundle.',
      '`probatum custody show LOG` lists exports with their positions; `probatum seal` printed both ids.',
    )
  const named = ids.map((bundle, at) => ({ bundle, seal: seals[at] ?? '', event: exports[at] ?? '' }))
  for (const path of textsOf(argv, 'receipt')) {
    const { bundle, seal, exportNumber } = (await readHoldingReceipt(path, custody, ports)).statement
    named.push({ bundle, seal, event: exportNumber })
  }
  const known = named.length > 0 ? await exportsOf(custody) : new Map<string, ExportOfLog>()
  for (const { bundle, seal, event: place } of named) {
    const event = known.get(place)
    if (event === undefined)
      throw new UsageError(
        `The log has no export of the number or position ${escapeForDisplay(place)}.`,
        '`probatum custody show LOG` lists its lines.',
      )
    found.push({ bundle, seal, ...event, root: null })
  }
  if (found.length === 0)
    throw new UsageError(
      'A notice is about a bundle.',
      'Name it, or give --receipt; or --bundle-id, --seal-id and --export.',
    )
  return found
}

type ExportOfLog = Pick<BundleOfNotice, 'size' | 'itemCount'>

/** By number, and by position in the log. */
async function exportsOf(custody: CustodyLogFolder): Promise<Map<string, ExportOfLog>> {
  const found = new Map<string, ExportOfLog>()
  for await (const line of custody.lines('custody.jsonl')) {
    if (typeOfLine(line) !== 'export') continue
    const value: unknown = JSON.parse(line.text)
    const { exportNumber, itemCount } = isJsonObject(value as never) ? (value as Record<string, unknown>) : {}
    if (typeof exportNumber !== 'string' || typeof itemCount !== 'number') continue
    const event = { size: line.seq + 1, itemCount }
    found.set(exportNumber, event).set(`${line.seq}`, event)
  }
  return found
}

/** Types whose last line `--event last` means: of an export there is always one. */
const RECORDED: readonly string[] = ['consent-withdrawal', 'deaccession', 'redaction']

async function eventOf(custody: CustodyLogFolder, given: string | undefined): Promise<number | null> {
  if (given === undefined) return null
  if (given !== 'last') {
    if (!/^(?:0|[1-9][0-9]{0,15})$/.test(given))
      throw new UsageError('--event needs the position of a line, or last.', '`probatum custody show LOG` lists them.')
    return Number(given)
  }
  let last: number | null = null
  for await (const line of custody.lines('custody.jsonl')) if (RECORDED.includes(typeOfLine(line))) last = line.seq
  if (last === null)
    throw new UsageError(
      `--event last: the log has no line of the types ${RECORDED.join(', ')}.`,
      'Add one with `probatum custody append`, or leave --event out.',
    )
  return last
}

/** Signs the log's present state, and keeps it in the log. */
async function newCheckpoint(custody: CustodyLogFolder, argv: Parsed): Promise<Uint8Array> {
  const key = await readKeyOf(custody, argv['log-key'])
  const last = custody.checkpoints.at(-1)
  const kept = last?.size === custody.events ? fromBase64(last.note) : undefined
  if (kept !== undefined) return kept
  const tree = new LogTree(nodeSmallDigest)
  for await (const { text } of custody.lines('custody.jsonl'))
    tree.append(lineDigest(encodeUtf8(text), nodeSmallDigest))
  const note = await makeCheckpoint(key, tree.size, tree.root())
  await custody.keepCheckpoint({ size: tree.size, root: toHex(tree.root()), note: toBase64(note) })
  return note
}

function saySubject({ kind, items, bundles }: NoticeStatement): string {
  const count = bundles.length === 1 ? '1 bundle' : `${groupDigits(bundles.length)} bundles`
  if (items === null) return `${kind}: everything in ${count}`
  const shown = items.slice(0, 20).join(', ')
  const more = items.length > 20 ? ` and ${groupDigits(items.length - 20)} more` : ''
  return `${kind}: ${items.length === 1 ? 'item' : 'items'} ${shown}${more} of ${count}`
}

/** Prints a notice. It says what the arithmetic says of the signature, and not whose it is. */
export async function showNotice(argv: Parsed): Promise<ExitCode> {
  const terminal = terminalOf(argv)
  const path = String(argv.notice)
  const bytes = await readWhole(path)
  const parsed = parseFile(path, bytes, (whole) => parseNotice(whole, path === '-' ? 'notice' : path))
  const { statement } = parsed
  const { log, code, date, event, replacement } = statement
  const [origin = '', size = ''] = statement.checkpoint.split('\n')
  const ports = nodePorts({ jobs: 1 })
  try {
    await terminal.result(
      [
        `${saySubject(statement)} (code ${code})`,
        `from      ${date}`,
        ...(replacement === null ? [] : [`instead   ${replacement}`]),
        ...statement.bundles.flatMap(({ bundle, seal, size: own }) => [
          `bundle    ${bundle}`,
          `  seal    ${seal}, log size ${own}`,
        ]),
        `log       ${escapeForDisplay(log.origin)}, id ${log.id}`,
        `state     ${escapeForDisplay(origin)}, size ${escapeForDisplay(size)}`,
        ...(event === null ? [] : [`event     ${sayEvent(event.line)}`]),
        ...(await sayStatementSigner(parsed, ports)),
        `sha256    ${toHex(nodeSmallDigest('sha256', bytes))}`,
        '',
        'Whose it is, and whether it is about a bundle that you have:',
        `  ${PROGRAM} verify BUNDLE --trust-set FILE --notices ${quoteForShell(path)}`,
        'The signature by hand; roots.pem holds the root certificates that you believe:',
        ...statementCommands('notice', path).map((command) => `  ${command}`),
        '',
      ].join('\n'),
    )
    return 0
  } finally {
    await ports.close()
  }
}

function sayEvent(line: string): string {
  const value: unknown = JSON.parse(line)
  const { type, seq } = value as { readonly type?: unknown; readonly seq?: unknown }
  return `line ${escapeForDisplay(String(seq))} of the log, ${escapeForDisplay(String(type))}`
}
