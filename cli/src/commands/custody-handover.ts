import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { canonicalText, establishHandover, handoverMarks, type JsonValue } from '@probatum/core'
import { nodeSignatureVerifier, nodeSmallDigest } from '@probatum/platform/node'
import {
  AppendRefused,
  handoverStatementsOf,
  makeSignedTransfer,
  type NewLine,
  type PreparedHandover,
  platformRandom,
  prepareHandover,
  readPreparedHandover,
} from '@probatum/seal'
import { type ExitCode, escapeForDisplay, quoteForShell } from '@probatum/words'
import type { Parsed } from 'yargs'
import { tellRecovery } from '../custody/custody-input.ts'
import { CustodyLogFolder } from '../custody/custody-log-folder.ts'
import { InputError, UsageError } from '../errors.ts'
import { requireNew, writeNew } from '../files.ts'
import { PROGRAM } from '../program.ts'
import { fieldsOf } from './custody.ts'
import { terminalOf } from './report-output.ts'

const PREPARED = 'INTERNAL-transfer.json'
/** What each side signs, and the file in which the signature is looked for. */
const SIDES = {
  giver: { statement: 'handover.json', signature: 'handover.p7s' },
  receiver: { statement: 'receipt.json', signature: 'receipt.p7s' },
} as const

/** Prepares a transfer, so that giver and receiver can sign it before it is added. */
export async function prepareCustodyHandover(argv: Parsed): Promise<ExitCode> {
  const terminal = terminalOf(argv)
  const out = String(argv.out)
  await requireNew(out, '--out', [String(argv.log)])
  const log = await CustodyLogFolder.open(String(argv.log), 'read')
  let prepared: PreparedHandover
  try {
    tellRecovery(log, terminal)
    prepared = prepareHandover(log, fieldsOf(argv), platformRandom)
  } catch (error) {
    if (!(error instanceof AppendRefused || error instanceof TypeError)) throw error
    throw new UsageError(
      `This hand-over cannot be prepared: ${escapeForDisplay(error.message)}.`,
      'Give --field agent=…, --field receiver=… and --objects with the positions of the items.',
    )
  } finally {
    await log.close()
  }
  const statements = handoverStatementsOf(prepared, nodeSmallDigest)
  await mkdir(out, { mode: 0o700 })
  await writeNew(join(out, PREPARED), canonicalText(prepared as unknown as JsonValue), 0o600)
  for (const side of ['giver', 'receiver'] as const) await writeNew(join(out, SIDES[side].statement), statements[side])
  const openssl = (side: keyof typeof SIDES) =>
    `  openssl cms -sign -cades -binary -md sha256 -in ${SIDES[side].statement} -signer CERTIFICATE.pem -inkey KEY.pem -outform DER -out ${SIDES[side].signature}`
  await terminal.result(
    [
      `Prepared a hand-over in ${escapeForDisplay(out)}. Nothing was added to the log yet.`,
      `The giver signs ${SIDES.giver.statement}, the receiver ${SIDES.receiver.statement}, each with a certificate of their own:`,
      openssl('giver'),
      openssl('receiver'),
      'They show no name and no item, only the slots of the line.',
      `Put the signatures into the folder, then: ${PROGRAM} custody append ${quoteForShell(String(argv.log))} --signed ${quoteForShell(out)}`,
      `Keep ${PREPARED} as you keep the log.`,
      '',
    ].join('\n'),
  )
  return 0
}

/** The transfer of a folder that was prepared, with the signatures that lie there by now. */
export async function signedTransfer(log: CustodyLogFolder, folder: string): Promise<NewLine> {
  const text = await readIfThere(join(folder, PREPARED))
  const prepared = text === undefined ? undefined : readPreparedHandover(text.toString('utf8'))
  if (prepared === undefined)
    throw new InputError(
      `${escapeForDisplay(folder)} is no prepared hand-over.`,
      '`probatum custody handover` makes one.',
    )
  const statements = handoverStatementsOf(prepared, nodeSmallDigest)
  const ports = { signatures: nodeSignatureVerifier(), smallDigest: nodeSmallDigest }
  const signatures: { giver?: Uint8Array; receiver?: Uint8Array } = {}
  const marks: (readonly string[])[] = []
  for (const side of ['giver', 'receiver'] as const) {
    const { signature, statement } = SIDES[side]
    const cms = await readIfThere(join(folder, signature))
    if (cms === undefined) continue
    const code = await establishHandover(cms, statements[side], ports)
    if (code !== 'holds')
      throw new InputError(
        `${escapeForDisplay(join(folder, signature))} is no signature over ${statement} that a verifier can take (${code}). Nothing was added.`,
        `Sign ${statement} as it stands: openssl cms -sign -cades -binary -outform DER, with the certificate in it.`,
      )
    signatures[side] = cms
    marks.push(await handoverMarks(cms, statements[side], ports))
  }
  if (signatures.giver === undefined && signatures.receiver === undefined)
    throw new InputError(
      `There is no ${SIDES.giver.signature} and no ${SIDES.receiver.signature} in ${escapeForDisplay(folder)}. Nothing was added.`,
      'Put one or both there; or add an unsigned hand-over with --type transfer.',
    )
  // Every verifier would leave it open (custody.handover INDETERMINATE:one-for-both), and a line cannot be taken back.
  if (marks[0]?.some((mark) => marks[1]?.includes(mark)) === true)
    throw new InputError(
      `${SIDES.giver.signature} and ${SIDES.receiver.signature} are signed with the same key, or under the same name: that is one person’s word, not two. Nothing was added.`,
      'Giver and receiver each sign with a key and a certificate of their own. If only one of them can sign, put only that signature into the folder.',
    )
  for await (const { text: line } of log.lines('custody.jsonl'))
    if (line.startsWith(`{"event":"${prepared.event}"`))
      throw new InputError(
        'This hand-over stands in the log already. Nothing was added.',
        'Prepare another one for another hand-over: a signature in two lines is refused by every verifier.',
      )
  try {
    return makeSignedTransfer(log, prepared, signatures, nodeSmallDigest)
  } catch (error) {
    if (!(error instanceof AppendRefused || error instanceof TypeError)) throw error
    throw new InputError(
      `This hand-over cannot be added: ${escapeForDisplay(error.message)}. Nothing was added.`,
      'Name the log that it was prepared for.',
      { cause: error },
    )
  }
}

async function readIfThere(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}
