import { generateKeyPairSync } from 'node:crypto'
import { existsSync } from 'node:fs'
import {
  canonicalText,
  encodeUtf8,
  formatInstant,
  type JsonValue,
  lineDigest,
  ParseError,
  parseJson,
  toHex,
} from '@probatum/core'
import { nodeSmallDigest } from '@probatum/platform/node'
import {
  APPENDABLE_TYPES,
  AppendRefused,
  LineMaker,
  makeLogStart,
  type NewLine,
  present,
  readAppendRequest,
} from '@probatum/seal'
import { type ExitCode, escapeForDisplay } from '@probatum/words'
import type { Parsed } from 'yargs'
import {
  describeFile,
  itemsBySha256,
  pooledRandom,
  readLogKey,
  readRanges,
  tellRecovery,
} from '../custody/custody-input.ts'
import { CustodyLogFolder, requireNoLog } from '../custody/custody-log-folder.ts'
import { InputError, UsageError } from '../errors.ts'
import { requireNew, writeNew } from '../files.ts'
import { chooseTime } from '../input/judgement-input.ts'
import { inAnyCase } from '../nearest.ts'
import { PROGRAM } from '../program.ts'
import type { Terminal } from '../terminal.ts'
import { terminalOf, textOf } from './report-output.ts'

/** Makes the folder of a new log. */
export async function initCustody(argv: Parsed): Promise<ExitCode> {
  const terminal = terminalOf(argv)
  const folder = String(argv.log)
  const keyFile = String(argv['log-key'])
  await requireNoLog(folder)
  await requireNew(folder, 'LOG', [])
  const random = pooledRandom()
  const origin = textOf(argv, 'origin') ?? `probatum.example/log/${toHex(random(16))}`
  if (!/^[^\s+\p{Cc}]{1,255}$/u.test(origin))
    throw new UsageError(
      '--origin: 1 to 255 characters, no white space, no plus.',
      'Write for example archive.example/case-7.',
    )
  if (argv['new-key'] === true) {
    await requireNew(keyFile, '--log-key', [])
    const { privateKey } = generateKeyPairSync('ed25519')
    await writeNew(keyFile, privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), 0o600)
  } else if (!existsSync(keyFile))
    throw new InputError(
      `--log-key: ${escapeForDisplay(keyFile)} is not there. Nothing was made.`,
      'Check the spelling; or add --new-key, which makes the key in that file.',
    )
  const key = await readLogKey(keyFile, origin)
  const id = toHex(random(16))
  const fields = present({
    time: formatInstant(now()),
    agent: textOf(argv, 'agent'),
    caseId: textOf(argv, 'case-id'),
    note: textOf(argv, 'note'),
  }) as Record<string, string>
  const start = makeLogStart({ id, origin, fingerprint: key.fingerprint }, fields, { random, digest: nodeSmallDigest })
  await CustodyLogFolder.create(folder, { id, origin, verifierKey: key.verifierKey }, start)
  await terminal.result(
    [
      `Began the custody log ${escapeForDisplay(folder)}`,
      `origin        ${escapeForDisplay(origin)}`,
      `log id        ${id}`,
      `verifier key  ${escapeForDisplay(key.verifierKey)}`,
      'The folder holds every value that is ever withheld: keep it, and the key, where nobody else can read them.',
      'Recipients need the verifier key in their trust set (role log), by another way than the bundles.',
      '',
    ].join('\n'),
  )
  return 0
}

/** Appends one event, files as items, or a batch from standard input. Acknowledged only when it is durable. */
export async function appendCustody(argv: Parsed): Promise<ExitCode> {
  const terminal = terminalOf(argv)
  const log = await CustodyLogFolder.open(String(argv.log), 'write')
  try {
    tellRecovery(log, terminal)
    if (argv.batch === true) return await appendBatch(log, terminal)
    const signed = textOf(argv, 'signed')
    const receipt = textOf(argv, 'receipt')
    const made =
      receipt !== undefined
        ? [await receiptLine(log, receipt, argv)]
        : signed === undefined
          ? await makeLines(log, argv)
          : [await (await import('./custody-handover.ts')).signedTransfer(log, signed)]
    await log.append(made)
    await terminal.result(made.map(acknowledged).join(''))
    if (receipt !== undefined) terminal.note(RECEIVER_UNKNOWN)
    return 0
  } finally {
    await log.close()
  }
}

/** Anybody who has seen the export event can write one, under any name. */
const RECEIVER_UNKNOWN = `The receiver stands there as the receipt’s own certificate names it; whose it is was not asked. \`${PROGRAM} receipt check RECEIPT --bundle BUNDLE --trust-set FILE\` says so.\n`

/** The transfer that a receipt acknowledges. */
async function receiptLine(log: CustodyLogFolder, path: string, argv: Parsed): Promise<NewLine> {
  const other = ['type', 'item', 'signed'].find((name) => argv[name] !== undefined)
  if (other !== undefined)
    throw new UsageError(`--${other} and --receipt are different events.`, 'Call the program once for each.')
  const { time, ...given } = fieldsOf(argv)
  const isTimeGiven = [argv.field ?? []].flat().some((field) => String(field).startsWith('time='))
  const { receiptEvent } = await import('./receipt.ts')
  const request = await receiptEvent(log, path, isTimeGiven && time !== undefined ? { ...given, time } : given)
  const maker = new LineMaker(log, { random: pooledRandom(), digest: nodeSmallDigest })
  return maker.make(checked(request, maker.items))
}

const acknowledged = ({ file, seq, digest }: NewLine) => `${canonicalText({ file, line: toHex(digest), seq })}\n`

async function makeLines(log: CustodyLogFolder, argv: Parsed): Promise<NewLine[]> {
  const maker = new LineMaker(log, { random: pooledRandom(), digest: nodeSmallDigest })
  const given = fieldsOf(argv)
  const files = [argv.item ?? []].flat().map(String)
  const lines: NewLine[] = []
  if (files.length > 0) {
    const copy = await copyFields(log, argv)
    const known = await itemsBySha256(log)
    const first = log.items
    for (const path of files) {
      const fields = { ...(await describeFile(path)), ...copy }
      const there = known.get(String(fields.sha256))
      if (there !== undefined)
        throw new UsageError(
          `${escapeForDisplay(path)} is item ${there} of the log already. Nothing was added.`,
          'Items are never added twice; name an event over it with --objects.',
        )
      known.set(String(fields.sha256), maker.items)
      lines.push(maker.make(checked({ fields, type: 'item' }, maker.items)))
    }
    given.objects ??= [[first, maker.items - 1]]
  }
  const typed = textOf(argv, 'type')
  const type =
    (typed === undefined ? undefined : (inAnyCase(typed, APPENDABLE_TYPES) ?? typed)) ??
    (files.length === 0 ? undefined : argv['copy-of'] === undefined ? 'ingestion' : 'redaction')
  if (type === undefined)
    throw new UsageError('What is to be added?', 'Give --type with --field, or --item, or --batch.')
  lines.push(maker.make(checked({ fields: given, type }, maker.items)))
  return lines
}

function checked(request: JsonValue, items: number) {
  try {
    return readAppendRequest(request, items)
  } catch (error) {
    if (!(error instanceof AppendRefused)) throw error
    throw new UsageError(
      `This cannot be added: ${escapeForDisplay(error.message)}. Nothing was added.`,
      'Fields are given with --field name=value, items with --objects 0-3. docs/spec/bundle-1.md, section 5, has the types and their fields.',
    )
  }
}

/** `--field name=value`; a value that begins with [ or { is JSON. The time is now unless it is given. */
export function fieldsOf(argv: Parsed): Record<string, JsonValue> {
  const fields: Record<string, JsonValue> = {}
  for (const given of [argv.field ?? []].flat().map(String)) {
    const [, name, text] = /^([A-Za-z0-9]+)=(.*)$/s.exec(given) ?? []
    if (name === undefined || text === undefined)
      throw new UsageError('--field is not name=value.', 'Write for example --field agent="Example Office".')
    if (Object.hasOwn(fields, name)) throw new UsageError(`--field ${name} was given more than once.`)
    fields[name] = /^[[{]/.test(text) ? jsonOf(text, name) : text
  }
  const objects = textOf(argv, 'objects')
  if (objects !== undefined) fields.objects = readRanges(objects, 'objects')
  fields.time ??= formatInstant(now())
  return fields
}

function jsonOf(text: string, name: string): JsonValue {
  try {
    return parseJson(encodeUtf8(text), name, { limit: 1_048_576, canonical: false })
  } catch (error) {
    if (!(error instanceof ParseError)) throw error
    throw new UsageError(`--field ${name}: not JSON.`, 'A value that begins with [ or { is read as JSON.')
  }
}

async function copyFields(log: CustodyLogFolder, argv: Parsed): Promise<Record<string, JsonValue>> {
  const rest = present({
    copyMethod: textOf(argv, 'copy-method'),
    copyGround: textOf(argv, 'copy-ground'),
    copyAgent: textOf(argv, 'copy-agent'),
    description: textOf(argv, 'description'),
    mediaType: textOf(argv, 'media-type'),
  }) as Record<string, JsonValue>
  const of = argv['copy-of']
  if (of === undefined) return rest
  for await (const line of log.lines('items.jsonl'))
    if (line.seq === Number(of))
      return { ...rest, copyOf: { line: toHex(lineDigest(encodeUtf8(line.text), nodeSmallDigest)), seq: line.seq } }
  throw new UsageError(`--copy-of: the log has no item ${escapeForDisplay(String(of))}.`, 'Positions begin at 0.')
}

/** One line of standard input, one line of the log; acknowledged in groups, as they become durable. */
async function appendBatch(log: CustodyLogFolder, terminal: Terminal): Promise<ExitCode> {
  const maker = new LineMaker(log, { random: pooledRandom(), digest: nodeSmallDigest })
  let number = 0
  let left: Buffer = Buffer.alloc(0)
  const take = async (text: Uint8Array[]) => {
    const made: NewLine[] = []
    let wrong: InputError | undefined
    for (const line of text) {
      number += 1
      try {
        const value = parseJson(line, `line ${number}`, { limit: 1_048_576, canonical: false })
        made.push(maker.make(readAppendRequest(value, maker.items)))
      } catch (error) {
        if (!(error instanceof AppendRefused || error instanceof ParseError)) throw error
        wrong = new InputError(
          `Line ${number} of the input cannot be added: ${escapeForDisplay(error.message)}. The lines before it were added.`,
          'Mend it, and give it and what follows again.',
          { cause: error },
        )
        break
      }
    }
    await log.append(made)
    if (made.length > 0) await terminal.result(made.map(acknowledged).join(''))
    if (wrong !== undefined) throw wrong
  }
  for await (const piece of process.stdin) {
    const all = Buffer.concat([left, piece as Buffer])
    const end = all.lastIndexOf(0x0a)
    left = all.subarray(end + 1)
    if (left.length > 1_048_576)
      throw new InputError(`Line ${number + 1} of the input is too long.`, 'Lines have at most 1 MiB.')
    if (end !== -1) await take(splitLines(all.subarray(0, end)))
  }
  if (left.length > 0) await take([left])
  return 0
}

function splitLines(bytes: Buffer): Uint8Array[] {
  const lines: Uint8Array[] = []
  for (let at = 0; at <= bytes.length; ) {
    const found = bytes.indexOf(0x0a, at)
    const end = found === -1 ? bytes.length : found
    lines.push(bytes.subarray(at, end))
    at = end + 1
  }
  return lines
}

const now = () => ({ epochSeconds: chooseTime(undefined).epochSeconds, fraction: '' })
