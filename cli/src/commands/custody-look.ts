import { createPublicKey, verify } from 'node:crypto'
import { basename } from 'node:path'
import {
  canonicalText,
  ed25519Spki,
  encodeUtf8,
  fromBase64,
  isJsonObject,
  type JsonValue,
  lineDigest,
  parseNoteVerifierKey,
  toHex,
} from '@probatum/core'
import { nodeSmallDigest } from '@probatum/platform/node'
import { checkCustodyLog, type LoggedKeyChange, textAsJson } from '@probatum/seal'
import { type ExitCode, escapeForDisplay } from '@probatum/words'
import type { Parsed } from 'yargs'
import { readRanges, tellRecovery } from '../custody/custody-input.ts'
import { CustodyLogFolder } from '../custody/custody-log-folder.ts'
import { terminalOf, textOf } from './report-output.ts'

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
      `${escapeForDisplay(log.origin)}  log id ${log.id}  ${numbered(log.events, 'event')}, ${numbered(log.items, 'item')}, ${numbered(log.checkpoints.length, 'export')}\n`,
    )
  let printed = 0
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
        printed += out.length
        out = []
      }
    }
    printed += out.length
    if (out.length > 0) await terminal.result(`${out.join('\n')}\n`)
  }
  if (printed === 0 && wanted !== undefined)
    terminal.note(
      `The log has no line at these positions: they are counted from 0, custody.jsonl to ${log.events - 1}.\n`,
    )
  return 0
}

const numbered = (count: number, what: string) => `${count} ${what}${count === 1 ? '' : 's'}`

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
  const { keyChanges: changes, checkpoints: signatures } = wrongSignatures(log, check.keyChanges)
  const problems = [
    ...check.problems.map(
      ({ file, seq, code, field }) => `${file} ${seq}${field === '' ? '' : ` ${field}`}: ${WORDS[code]}`,
    ),
    ...changes.map((seq) => `custody.jsonl ${seq}: the key before did not sign the new one`),
    ...signatures.map((at) => `checkpoints.jsonl ${at}: the log’s own signature does not hold`),
  ]
  if (check.problemsOmitted > 0) problems.push(`and ${check.problemsOmitted} more`)
  if (check.events !== log.events || check.items !== log.items)
    problems.push('the number of lines is not the acknowledged one')
  const { keyChanges, ...counted } = check
  if (argv.json === true)
    await terminal.result(
      `${canonicalText({ ...counted, keyChanges: keyChanges.map(({ seq }) => seq), keyChangeSignatures: changes, signatures })}\n`,
    )
  else
    await terminal.result(
      [
        ...(problems.length === 0
          ? [
              `The log ${escapeForDisplay(basename(folder))} holds: every line is in its place, chained, and every opening fits.`,
            ]
          : ['The log does NOT hold:', ...problems.map((problem) => `  ${problem}`)]),
        `${numbered(check.events, 'event')}, ${numbered(check.items, 'item')}, ${numbered(check.openings, 'opening')}, ${numbered(log.checkpoints.length, 'signed checkpoint')}${keyChanges.length === 0 ? '' : `, ${keyChanges.length} ${keyChanges.length === 1 ? 'change' : 'changes'} of key`}`,
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
  key: 'the new key is not the one that its fingerprint or the folder names',
  'exported-items': 'this export was over other items than items.jsonl begins with',
} as const

/**
 * Changes of key, by their lines, that the key before did not sign; and kept checkpoints, by their positions, that the key
 * of their time did not. A change that an anchor signed is for its readers to judge: whose anchor it is, the log does not say.
 */
function wrongSignatures(
  log: CustodyLogFolder,
  keyChanges: readonly LoggedKeyChange[],
): { readonly keyChanges: readonly number[]; readonly checkpoints: readonly number[] } {
  const keys = [{ from: 0, verifierKey: log.identity.verifierKey }]
  const changes: number[] = []
  for (const { seq, verifierKey, signedBy, signature, statement } of keyChanges) {
    if (signedBy === 'old-key' && !isSigned(keys.at(-1)?.verifierKey ?? '', statement, signature)) changes.push(seq)
    keys.push({ from: seq, verifierKey })
  }
  const checkpoints: number[] = []
  for (const [at, { note, size, root }] of log.checkpoints.entries()) {
    const text = Buffer.from(fromBase64(note) ?? new Uint8Array(0)).toString('utf8')
    const [, signed, own] = /^(.*?\n)\n— \S+ (\S+)\n/s.exec(text) ?? []
    const says = `${log.origin}\n${size}\n${Buffer.from(root, 'hex').toString('base64')}\n`
    const key = keys.findLast(({ from }) => from < size)?.verifierKey ?? ''
    const signature = fromBase64(own ?? '')?.subarray(4) ?? new Uint8Array(0)
    if (signed !== says || !isSigned(key, Buffer.from(says), signature)) checkpoints.push(at)
  }
  return { keyChanges: changes, checkpoints }
}

function isSigned(verifierKey: string, message: Uint8Array, signature: Uint8Array): boolean {
  const key = parseNoteVerifierKey(verifierKey, nodeSmallDigest)
  if (key === undefined) return false
  const publicKey = createPublicKey({ key: Buffer.from(ed25519Spki(key.publicKey)), format: 'der', type: 'spki' })
  return verify(null, message, publicKey, signature)
}
