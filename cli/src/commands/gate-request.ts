import {
  CONSENT_SLOTS,
  exceptionStatement,
  HANDLING_KINDS,
  type HandlingCondition,
  ParseError,
  parseAuthorisationRequest,
  toBase64,
} from '@probatum/core'
import { nodeSmallDigest } from '@probatum/platform/node'
import {
  checkGate,
  consentOpenings,
  type ExportState,
  establishExportState,
  type MadeGateRequest,
  makeGateRequest,
  parseConsentRegister,
  parseDisclosurePolicy,
  parseRecipientFile,
  platformRandom,
  serializeGatePrivate,
  serializeGateRequest,
  showingUnder,
  withException,
} from '@probatum/seal'
import { type ExitCode, escapeForDisplay, GATE_CONDITIONS, quoteForShell, wordsOfGate } from '@probatum/words'
import type { Parsed } from 'yargs'
import { tellRecovery } from '../custody/custody-input.ts'
import { CustodyLogFolder } from '../custody/custody-log-folder.ts'
import { startNodeDigest } from '../custody/log-export.ts'
import { InputError, UsageError } from '../errors.ts'
import { readWhole, requireNew, writeNew } from '../files.ts'
import {
  atSecond,
  type GateFiles,
  gatePorts,
  isGateName,
  keptPathOf,
  readGateFiles,
  readSealers,
  understood,
} from '../gate/gate-files.ts'
import { sayRequest, sayState } from '../gate/gate-text.ts'
import { chooseTime } from '../input/judgement-input.ts'
import { inAnyCase } from '../nearest.ts'
import { PROGRAM } from '../program.ts'
import { chooseStatementSigning } from '../statements/statement-signing.ts'
import { confirm } from './gate-approve.ts'
import { terminalOf, textOf, textsOf } from './report-output.ts'

/** Makes a request over a log as it is now, and says what is not met yet. */
export async function requestSharing(argv: Parsed): Promise<ExitCode> {
  const terminal = terminalOf(argv)
  const out = String(argv.out)
  await requireNewRequest(out, String(argv.log))
  const read = async <T>(option: string, what: string, parse: (bytes: Uint8Array, path: string) => T) => {
    const path = String(argv[option])
    const bytes = await readWhole(path)
    return understood(path, what, () => parse(bytes, path))
  }
  const recipient = await read('recipient', 'a recipient file', parseRecipientFile)
  const consents = await read('consents', 'a register of consents', parseConsentRegister)
  const policy = argv.policy === undefined ? null : await read('policy', 'a disclosure policy', parseDisclosurePolicy)
  const identifier = textOf(argv, 'identifier') ?? policy?.identifier
  if (identifier === undefined)
    throw new UsageError(
      '--identifier is missing.',
      'Say what you call this export; a disclosure policy would say it too.',
    )
  const openedConsents = textsOf(argv, 'open-consent').map((given) => {
    const field = inAnyCase(given, CONSENT_SLOTS)
    if (field === undefined)
      throw new UsageError(
        `--open-consent: ${escapeForDisplay(given)} is no field of a consent.`,
        `They are ${CONSENT_SLOTS.join(', ')}.`,
      )
    return field
  })
  const conditions = textsOf(argv, 'handling').map(readHandling)
  const custody = await CustodyLogFolder.open(String(argv.log), 'read')
  let made: MadeGateRequest
  let log: ExportState
  try {
    tellRecovery(custody, terminal)
    const digests = { smallDigest: nodeSmallDigest, startDigest: startNodeDigest }
    made = await makeGateRequest({
      custody,
      recipient,
      consents,
      purpose: String(argv.purpose),
      grounds: textsOf(argv, 'ground'),
      conditions,
      policy: policy === null ? null : { ...policy, identifier },
      identifier,
      openedConsents,
      random: platformRandom,
      ...digests,
    })
    log = await establishExportState({
      custody,
      showing: showingUnder(made.kept),
      consentOpenings: consentOpenings(made.kept),
      ...digests,
    })
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    throw new InputError(
      `These do not fit together: ${escapeForDisplay(error.message)}. Nothing was written.`,
      'Mend the file that is named.',
      { cause: error },
    )
  } finally {
    await custody.close()
  }
  const files = await writeRequest(out, made)
  for (const { seq } of made.unclear)
    terminal.note(
      `Event ${seq} of the log is a withdrawal of consent that names no item: look whether it is about one of these.\n`,
    )
  const state = await checkGate({
    ...files,
    approvals: [],
    at: atSecond(chooseTime(undefined)),
    sealers: [],
    state: log,
    ports: gatePorts(),
  })
  await terminal.result(
    [
      `Made a request in ${escapeForDisplay(out)}, over the log as it is now.`,
      ...sayRequest(files, argv['show-opened'] === true),
      '',
      ...sayState(state, { log, sealer: true }, argv['show-opened'] === true),
      `Keep ${escapeForDisplay(keptPathOf(out))} beside it, and never send it to the recipient.`,
      `Two persons approve it, each with a key of their own: ${PROGRAM} gate approve ${quoteForShell(out)} --log ${quoteForShell(String(argv.log))} --key KEY.pem --chain CHAIN.pem`,
      '',
    ].join('\n'),
  )
  return 0
}

/** `return-or-destroy@2027-01-31=Return it, or destroy it and say so` */
function readHandling(given: string): HandlingCondition {
  const [, name, until, text] = /^([a-z-]+)(?:@(\d{4}-\d{2}-\d{2}))?=(.+)$/is.exec(given) ?? []
  const kind = inAnyCase(name ?? '', HANDLING_KINDS)
  if (kind === undefined || text === undefined)
    throw new UsageError(
      `--handling: ${escapeForDisplay(given)} is not KIND=TEXT or KIND@DATE=TEXT.`,
      `Kinds are ${HANDLING_KINDS.join(', ')}; a date is written as 2027-01-31.`,
    )
  return { kind, text, ...(until === undefined ? {} : { until }) }
}

async function requireNewRequest(out: string, log: string): Promise<void> {
  await requireNew(out, '--out', [log])
  if (!isGateName(out))
    throw new UsageError(
      `--out ${escapeForDisplay(out)}: its name becomes that of files beside it, and INTERNAL marks what is not to be sent.`,
      'Use letters, digits, . _ and - only.',
    )
  await requireNew(keptPathOf(out), '--out', [log])
}

/** The private file first: a request without it would be of no use. */
async function writeRequest(
  out: string,
  { request, kept }: Pick<MadeGateRequest, 'request' | 'kept'>,
): Promise<GateFiles> {
  const bytes = serializeGateRequest(request)
  try {
    parseAuthorisationRequest(bytes, 'request')
  } catch (error) {
    if (!(error instanceof ParseError)) throw error
    throw new UsageError(
      `This makes no request: ${escapeForDisplay(error.detail.where)}, expected ${escapeForDisplay(error.detail.expected ?? 'another form')}. Nothing was written.`,
      'Texts have 1 to 1024 characters and no control character; each list has at most 256 entries.',
    )
  }
  await writeNew(keptPathOf(out), serializeGatePrivate(kept), 0o600)
  await writeNew(out, bytes, 0o600)
  return readGateFiles(out)
}

/** Adds a signed exception: a new request, which has to be approved anew. */
export async function exceptCondition(argv: Parsed): Promise<ExitCode> {
  const terminal = terminalOf(argv)
  const path = String(argv.request)
  const condition = inAnyCase(String(argv.condition), GATE_CONDITIONS)
  if (condition === undefined)
    throw new UsageError(
      `--condition: ${escapeForDisplay(String(argv.condition))} is no condition of sharing.`,
      `They are ${GATE_CONDITIONS.join(', ')}. There is no exception for what is wrong with a request itself.`,
    )
  const signing = await chooseStatementSigning(argv)
  const out = textOf(argv, 'out')
  if (signing.step !== 'prepare' && out === undefined)
    throw new UsageError('--out is missing.', 'The request with the exception is a new one, in a new file.')
  if (out !== undefined) await requireNewRequest(out, path)
  const files = await readGateFiles(path)
  const item = readItem(argv, files)
  const ground = String(argv.ground)
  const { exportNumber, logId } = files.request
  const statement = exceptionStatement({ condition, exportNumber, ground, item, logId })
  await refuseSealer(argv, signing.signer)
  const showOpened = argv['show-opened'] === true
  terminal.note(
    `${[
      ...sayRequest(files, showOpened),
      '',
      `Exception: ${item === null ? 'for the whole request, of a consent for every item' : `for item ${item}`}, from “${wordsOfGate(condition).means}”`,
      `Ground: ${escapeForDisplay(ground)}`,
      `Signed by: ${escapeForDisplay(signing.signer.name)}`,
      'Every recipient sees it, and no verification will say that this sharing was decided by the rules.',
    ].join('\n')}\n`,
  )
  if (signing.step === 'prepare') {
    const again = `${PROGRAM} gate except ${quoteForShell(path)} --condition ${condition}${item === null ? '' : ` --item ${item}`} --ground ${quoteForShell(ground)} --out NEW.json`
    await terminal.result(await signing.prepare(statement, again))
    return 0
  }
  if (signing.step === 'sign' && !(await confirm(argv, 'Make this exception? (yes/no) '))) {
    terminal.note('Nothing was written.\n')
    return 0
  }
  const signature = toBase64(await signing.cms(statement))
  const request = withException(files.request, { condition, ground, item, signature })
  const { sha256 } = await writeRequest(String(out), { request, kept: files.kept })
  await terminal.result(
    [
      `Wrote ${escapeForDisplay(String(out))}: the request with the exception`,
      `sha256     ${sha256}`,
      'It is another request: approvals of the one before do not fit it.',
      '',
    ].join('\n'),
  )
  return 0
}

function readItem(argv: Parsed, { kept }: GateFiles): number | null {
  if (argv.item === undefined) return null
  const item = Number(argv.item)
  if (!/^\d{1,15}$/.test(String(argv.item)) || !kept.items.some(({ seq }) => seq === item))
    throw new UsageError(
      `--item: the request shows no item ${escapeForDisplay(String(argv.item))}.`,
      'Positions begin at 0.',
    )
  return item
}

async function refuseSealer(argv: Parsed, signer: { readonly subject: string; readonly key: string }): Promise<void> {
  const sealers = await readSealers(textOf(argv, 'sealer'))
  if (sealers.some(({ subject, key }) => subject === signer.subject || key === signer.key))
    throw new InputError('Whoever signs the seal makes no exception.', 'Another person makes it, or nobody does.')
}
