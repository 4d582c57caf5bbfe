import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import {
  establishReceipt,
  formatInstant,
  fromBase64,
  type JsonValue,
  judgeReceipt,
  parseCertificate,
  parseReceipt,
  parseReceiptStatement,
  type ReceiptStatement,
  receiptFile,
  receiptStatement,
  signingCandidate,
  statementSignatureOf,
  toHex,
} from '@probatum/core'
import { type NodePorts, nodePorts, nodeSmallDigest } from '@probatum/platform/node'
import { openedValue, typeOfLine } from '@probatum/seal'
import { type ExitCode, escapeForDisplay, quoteForShell, statementCommands } from '@probatum/words'
import type { Parsed } from 'yargs'
import type { CustodyLogFolder } from '../custody/custody-log-folder.ts'
import { InputError, UsageError } from '../errors.ts'
import { readWhole, writeNew } from '../files.ts'
import { readBundleIds } from '../input/bundle-ids.ts'
import { chooseJudgement, chooseTime } from '../input/judgement-input.ts'
import { parseFile } from '../input/parse-file.ts'
import { readRevocation } from '../input/revocation-files.ts'
import { readIdentities } from '../keys/identity-option.ts'
import { PROGRAM } from '../program.ts'
import { sayStatementSigner } from '../statements/statement-look.ts'
import { chooseStatementStep } from '../statements/statement-step.ts'
import { judgementOf, terminalOf, textOf } from './report-output.ts'

/** Acknowledges a bundle: its ids, signed by whoever received it. */
export async function makeReceipt(argv: Parsed): Promise<ExitCode> {
  const terminal = terminalOf(argv)
  const step = await chooseStatementStep(argv, `receipt make ${quoteForShell(String(argv.bundle))}`)
  const statement =
    step.prepared === null ? await statementFrom(argv, step.signing.signer.key) : parseReceiptStatement(step.prepared)
  const cms = await step.sign(receiptStatement(statement), (text) => terminal.result(text))
  if (cms === null) return 0
  const file = receiptFile(statement, cms)
  parseReceipt(file)
  await writeNew(step.out, file)
  await terminal.result(
    [
      `Wrote ${escapeForDisplay(step.out)}: a receipt for the bundle`,
      `bundle id  ${statement.bundle}`,
      `seal id    ${statement.seal}`,
      'It says that the bundle arrived, and not that it was verified. Send it to the issuer.',
      `They check it:  ${PROGRAM} receipt check ${quoteForShell(step.out)} --bundle BUNDLE --trust-set FILE`,
      '',
    ].join('\n'),
  )
  return 0
}

/** @throws {InputError} where the key is the one that the bundle was sealed with */
async function statementFrom(argv: Parsed, key: string): Promise<ReceiptStatement> {
  const ports = nodePorts({ jobs: 1 })
  try {
    const path = String(argv.bundle)
    const identities = await readIdentities(argv)
    const { bundle, seal, logId, exportNumber, isEncrypted, sealers } = await readBundleIds(path, ports, {
      identities,
    })
    if (sealers.includes(key))
      throw new InputError(
        `${escapeForDisplay(path)} was sealed with this very key: a receipt under it shows nobody that the bundle reached anybody else. Nothing was written.`,
        'Whoever received the bundle signs, with a key of their own.',
      )
    const ciphertext = await ciphertextOf(textOf(argv, 'ciphertext') ?? (isEncrypted ? path : undefined))
    return { bundle, ciphertext, exportNumber, logId, seal, statement: 'probatum/receipt/1' }
  } finally {
    await ports.close()
  }
}

/** A digest as it is printed, or the encrypted file itself. */
async function ciphertextOf(given: string | undefined): Promise<string | null> {
  if (given === undefined) return null
  if (/^[0-9a-f]{64}$/.test(given)) return given
  const hash = createHash('sha256')
  try {
    for await (const piece of createReadStream(given)) hash.update(piece)
  } catch {
    throw new UsageError(
      `--ciphertext: ${escapeForDisplay(given)} is no SHA-256 in hex, and no file that can be read.`,
      'Give the encrypted file as it arrived, or its digest.',
    )
  }
  return hash.digest('hex')
}

/** Whether a receipt holds, is about this bundle, and whose it is. */
export async function checkReceipt(argv: Parsed): Promise<ExitCode> {
  const terminal = terminalOf(argv)
  const path = String(argv.receipt)
  const chosen = await chooseJudgement(judgementOf(argv))
  const { revocation } = await readRevocation(argv)
  const bytes = await readWhole(path)
  const parsed = parseFile(path, bytes, (whole) => parseReceipt(whole, path === '-' ? 'receipt' : path))
  const { statement } = parsed
  const ports = nodePorts({ jobs: 1 })
  try {
    const bundle = textOf(argv, 'bundle')
    const identities = await readIdentities(argv)
    const ids = bundle === undefined ? null : await readBundleIds(bundle, ports, { identities })
    const facts = await establishReceipt(bytes, { revocation }, ports)
    const judgement = chosen.judgement({ digests: 'all', part: false, names: false })
    const { value, problems } = await judgeReceipt(facts, ids, judgement, ports)
    await terminal.result(
      [
        {
          PASSED: 'The receipt holds.',
          FAILED: 'THE RECEIPT IS CONTRADICTED.',
          INDETERMINATE: 'It cannot be told whose receipt this is.',
        }[value],
        ...problems.map((problem) => `  ${SAID[problem]}`),
        `bundle    ${statement.bundle}${ids === null ? ' (not compared: --bundle)' : ''}`,
        `seal      ${statement.seal}`,
        `log id    ${statement.logId}, export number ${statement.exportNumber}`,
        ...(statement.ciphertext === null ? [] : [`encrypted ${statement.ciphertext}`]),
        ...(await sayStatementSigner(parsed, ports)),
        `sha256    ${toHex(nodeSmallDigest('sha256', bytes))}`,
        'It says that the bundle arrived, and not that it was verified.',
        '',
        'The signature by hand; roots.pem holds the root certificates that you believe:',
        ...statementCommands('receipt', path).map((command) => `  ${command}`),
        '',
      ].join('\n'),
    )
    return value === 'PASSED' ? 0 : value === 'FAILED' ? 1 : 3
  } finally {
    await ports.close()
  }
}

const SAID: Readonly<Record<Awaited<ReturnType<typeof judgeReceipt>>['problems'][number], string>> = {
  'other-content': 'The signature is over something else than what stands in the receipt.',
  signature: 'The signature does not hold.',
  'bundle-differs': 'It is for another bundle.',
  'seal-differs': 'It is for this bundle under another seal.',
  'log-differs': 'It names another log, or another export of it, than the bundle.',
  'by-sealer':
    'It is signed with the key that sealed the bundle: nobody else acknowledges anything by it, and a key of the recipient’s own has to sign.',
  malformed: 'The signature is none that can be judged.',
  unsupported: 'The signature uses a method that this program does not know.',
  limit: 'It is larger than this program examines.',
  'no-trust-set': 'No trust set was chosen: --trust-set FILE.',
  'trust-set-inside': 'The trust set lies in what is judged.',
  'other-role': 'The trust set has whoever certified the signer in another role than handover.',
  'signer-unknown': 'No anchor of role handover in the trust set certifies the signer.',
  'anchor-interval': 'The anchor is allowed for another time only.',
  validity: 'The signer’s certificate is not valid at the time of this check.',
  'key-usage': 'The signer’s certificate is not one for signing documents.',
  algorithm: 'The policy does not count the method of the signature as proof.',
  revoked: 'The signer’s certificate was withdrawn.',
  'none-holds': 'No path of certificates to an anchor holds at the time of this check.',
  revocation: 'It is not known whether the signer’s certificate was withdrawn: --crl, --ocsp.',
}

/** Fields that a receipt determines; what else is known of it can be given with `--field`. */
const DETERMINED = ['time', 'receiver', 'outcome', 'note', 'handover', 'receipt'] as const

/**
 * The event that puts a receipt into the log (docs/spec/receipt-1.md, section 4): a transfer, whose outcome is that it was received.
 * @throws {UsageError | InputError | ParseError} for a receipt that does not hold, is of another log, or stands there already
 */
export async function receiptEvent(
  log: CustodyLogFolder,
  path: string,
  given: Readonly<Record<string, JsonValue>>,
): Promise<{ readonly type: 'transfer'; readonly fields: Record<string, JsonValue> }> {
  const determined = DETERMINED.find((name) => Object.hasOwn(given, name))
  if (determined !== undefined)
    throw new UsageError(
      `--field ${determined}: the receipt says it.`,
      'With --receipt give agent, place, authority, instrument or --objects.',
    )
  const ports = nodePorts({ jobs: 1 })
  try {
    const { bytes, statement, cms, certificates } = await readHoldingReceipt(path, log, ports)
    await requireExport(log, path, statement.exportNumber)
    const note = new TextDecoder().decode(bytes)
    await requireNewReceipt(log, path, note)
    const [signer] = cms.signers
    const candidate = signer === undefined ? null : signingCandidate(signer, cms)
    const der = fromBase64(certificates.find(({ sha256 }) => sha256 === candidate?.certificate)?.der ?? '')
    if (der === undefined) throw new TypeError('a signature that holds has its certificate')
    const time = signer?.signingTime ?? formatInstant({ ...chooseTime(undefined), fraction: '' })
    const receiver = parseCertificate(der).subject.text
    return { type: 'transfer', fields: { ...given, time, receiver, outcome: 'received', note } }
  } finally {
    await ports.close()
  }
}

/**
 * A receipt whose signature holds, for a bundle of this log. Whose it is, is not asked.
 * @throws {InputError | ParseError}
 */
export async function readHoldingReceipt(path: string, log: CustodyLogFolder, ports: NodePorts) {
  const bytes = await readWhole(path)
  parseFile(path, bytes, (whole) => parseReceipt(whole, path))
  const { statement, cms, certificates } = await establishReceipt(bytes, {}, ports)
  const code = cms === null ? 'not-signed' : statementSignatureOf(cms)
  if (cms === null || code !== 'holds')
    throw new InputError(
      `The signature of ${escapeForDisplay(path)} does not hold (${code}). Nothing was written.`,
      'Ask the recipient to make the receipt again.',
    )
  if (statement.logId !== log.id)
    throw new InputError(
      `${escapeForDisplay(path)} is a receipt for a bundle of another log. Nothing was written.`,
      'Name the log that the bundle was exported from.',
    )
  return { bytes, statement, cms, certificates }
}

async function requireExport(log: CustodyLogFolder, path: string, exportNumber: string): Promise<void> {
  for await (const line of log.lines('custody.jsonl'))
    if (typeOfLine(line) === 'export' && line.text.includes(`"exportNumber":"${exportNumber}"`)) return
  throw new InputError(
    `${escapeForDisplay(path)} is a receipt for an export that this log does not have. Nothing was added.`,
    'Name the log that the bundle was exported from.',
  )
}

async function requireNewReceipt(log: CustodyLogFolder, path: string, note: string): Promise<void> {
  for await (const line of log.lines('custody.jsonl')) {
    if (typeOfLine(line) !== 'transfer') continue
    const opening = line.openings.find(({ field }) => field === 'note')
    if (opening !== undefined && openedValue(opening) === note)
      throw new InputError(
        `${escapeForDisplay(path)} stands in the log already, in line ${line.seq}. Nothing was added.`,
        'Each receipt is added once.',
      )
  }
}
