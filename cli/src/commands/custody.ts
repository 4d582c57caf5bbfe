import { generateKeyPairSync } from 'node:crypto'
import { basename } from 'node:path'
import {
  canonicalText,
  encodeUtf8,
  formatInstant,
  isJsonObject,
  type JsonValue,
  lineDigest,
  ParseError,
  parseJson,
  parseNoteVerifierKey,
  toHex,
} from '@probatum/core'
import { nodeSmallDigest } from '@probatum/platform/node'
import {
  AppendRefused,
  checkCustodyLog,
  LineMaker,
  makeLogStart,
  type NewLine,
  present,
  readAppendRequest,
  textAsJson,
} from '@probatum/seal'
import { type ExitCode, escapeForDisplay } from '@probatum/words'
import type { Parsed } from 'yargs'
import { describeFile, itemsBySha256, pooledRandom, readLogKey, readRanges, tellRecovery } from '../custody-input.ts'
import { CustodyLogFolder, requireNoLog } from '../custody-log-folder.ts'
import { InputError, UsageError } from '../errors.ts'
import { requireNew, writeNew } from '../files.ts'
import { chooseTime } from '../judgement-input.ts'
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
  }
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
    const made = await makeLines(log, argv)
    await log.append(made)
    await terminal.result(made.map(acknowledged).join(''))
    return 0
  } finally {
    await log.close()
  }
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
  const type =
    textOf(argv, 'type') ?? (files.length === 0 ? undefined : argv['copy-of'] === undefined ? 'ingestion' : 'redaction')
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
      'docs/spec/bundle-1.md, section 5, has the types and their fields.',
    )
  }
}

/** `--field name=value`; a value that begins with [ or { is JSON. The time is now unless it is given. */
function fieldsOf(argv: Parsed): Record<string, JsonValue> {
  const fields: Record<string, JsonValue> = {}
  for (const given of [argv.field ?? []].flat().map(String)) {
    const [, name, text] = /^([A-Za-z0-9]+)=(.*)$/s.exec(given) ?? []
    if (name === undefined || text === undefined)
      throw new UsageError('--field is not name=value.', 'Write for example --field agent="Example Office".')
    if (fields[name] !== undefined) throw new UsageError(`--field ${name} was given more than once.`)
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

/** Lists the lines: places, types and names of fields; values only when they are asked for. */
export async function showCustody(argv: Parsed): Promise<ExitCode> {
  const terminal = terminalOf(argv)
  const log = await CustodyLogFolder.open(String(argv.log), 'read')
  tellRecovery(log, terminal)
  const opened = argv['show-opened'] === true
  if (opened) terminal.note('CONFIDENTIAL: what follows holds values that bundles may withhold.\n')
  const wanted = textOf(argv, 'lines') === undefined ? undefined : readRanges(String(argv.lines), 'lines')
  if (argv.json !== true)
    await terminal.result(
      `${escapeForDisplay(log.origin)}  log id ${log.id}  ${log.events} events, ${log.items} items, ${log.checkpoints.length} exports\n`,
    )
  for (const file of ['custody.jsonl', 'items.jsonl'] as const) {
    let out: string[] = []
    for await (const line of log.lines(file)) {
      if (wanted !== undefined && !wanted.some(([first, last]) => line.seq >= first && line.seq <= last)) continue
      const value = textAsJson(line.text)
      const type = isJsonObject(value) ? String(value.type) : '?'
      const digest = toHex(lineDigest(encodeUtf8(line.text), nodeSmallDigest))
      const fields = line.openings.map(({ field, opening }) => ({
        field,
        value: opened ? valueIn(opening) : undefined,
      }))
      if (argv.json === true)
        out.push(
          canonicalText({
            fields: opened
              ? Object.fromEntries(fields.map(({ field, value: shown }) => [field, shown ?? null]))
              : fields.map(({ field }) => field),
            file,
            line: digest,
            seq: line.seq,
            type,
          }),
        )
      else {
        out.push(
          `${file} ${line.seq}  ${type}  ${digest.slice(0, 16)}…  ${opened ? '' : fields.map(({ field }) => field).join(', ')}`,
        )
        if (opened)
          for (const { field, value: shown } of fields)
            out.push(
              `    ${field}: ${escapeForDisplay(typeof shown === 'string' ? shown : canonicalText(shown ?? null))}`,
            )
      }
      if (out.length > 500) {
        await terminal.result(`${out.join('\n')}\n`)
        out = []
      }
    }
    if (out.length > 0) await terminal.result(`${out.join('\n')}\n`)
  }
  return 0
}

function valueIn(opening: string): JsonValue {
  const value = textAsJson(Buffer.from(opening, 'base64url').toString('utf8'))
  return Array.isArray(value) ? ((value as readonly JsonValue[])[2] ?? null) : null
}

/** Reads the whole log again: lines, chain, openings and kept checkpoints with their signatures. */
export async function verifyCustody(argv: Parsed): Promise<ExitCode> {
  const terminal = terminalOf(argv)
  const folder = String(argv.log)
  const log = await CustodyLogFolder.open(folder, 'read')
  tellRecovery(log, terminal)
  const check = await checkCustodyLog(log, nodeSmallDigest)
  const signatures = await checkpointSignatures(log)
  const problems = [
    ...check.problems.map(
      ({ file, seq, code, field }) => `${file} ${seq}${field === '' ? '' : ` ${field}`}: ${WORDS[code]}`,
    ),
    ...signatures.map((at) => `checkpoints.jsonl ${at}: the log’s own signature does not hold`),
  ]
  if (check.problemsOmitted > 0) problems.push(`and ${check.problemsOmitted} more`)
  if (check.events !== log.events || check.items !== log.items)
    problems.push('the number of lines is not the acknowledged one')
  if (argv.json === true) await terminal.result(`${canonicalText({ ...check, signatures })}\n`)
  else
    await terminal.result(
      [
        ...(problems.length === 0
          ? [
              `The log ${escapeForDisplay(basename(folder))} holds: every line is in its place, chained, and every opening fits.`,
            ]
          : ['The log does NOT hold:', ...problems.map((problem) => `  ${problem}`)]),
        `${check.events} events, ${check.items} items, ${check.openings} openings, ${log.checkpoints.length} signed checkpoints`,
        `root       ${check.root}`,
        `item root  ${check.itemRoot}`,
        'It is the log of whoever has its folder: only bundles that others hold show that nothing was rewritten before.',
        '',
      ].join('\n'),
    )
  return problems.length === 0 ? 0 : 1
}

const WORDS = {
  malformed: 'not a line of the format',
  seq: 'its number is not its position',
  prev: 'it does not name the line before it',
  opening: 'the kept opening does not fit its slot',
  'opening-missing': 'path, size or sha256 of the item has no kept opening',
  'checkpoint-root': 'the lines are not those that were signed',
  'checkpoint-size': 'more lines were signed than there are',
  head: 'the last line is not the acknowledged one',
  'log-start': 'log-start is not the first line, or is another log’s',
} as const

/** Kept checkpoints, by their positions, that the log's key did not sign as they stand. */
async function checkpointSignatures(log: CustodyLogFolder): Promise<number[]> {
  const { createPublicKey, verify } = await import('node:crypto')
  const { ed25519Spki, fromBase64 } = await import('@probatum/core')
  const key = parseNoteVerifierKey(log.identity.verifierKey, nodeSmallDigest)
  if (key === undefined) return log.checkpoints.map((_, at) => at)
  const publicKey = createPublicKey({ key: Buffer.from(ed25519Spki(key.publicKey)), format: 'der', type: 'spki' })
  const wrong: number[] = []
  for (const [at, { note, size, root }] of log.checkpoints.entries()) {
    const text = Buffer.from(fromBase64(note) ?? new Uint8Array(0)).toString('utf8')
    const [, signed, own] = /^(.*?\n)\n— \S+ (\S+)\n/s.exec(text) ?? []
    const signature = fromBase64(own ?? '')?.subarray(4)
    const says = `${log.origin}\n${size}\n${Buffer.from(root, 'hex').toString('base64')}\n`
    if (signed !== says || signature === undefined || !verify(null, Buffer.from(says), publicKey, signature))
      wrong.push(at)
  }
  return wrong
}

const now = () => ({ epochSeconds: chooseTime(undefined).epochSeconds, fraction: '' })
