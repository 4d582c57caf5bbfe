import { rmSync } from 'node:fs'
import { mkdir, open, rename, rm } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { canonicalText, encodeUtf8 } from '@probatum/core'
import { nodePorts } from '@probatum/platform/node'
import {
  type DisclosurePolicy,
  demonstrationTrustSet,
  disclosureMatrix,
  type ExportGate,
  ExportRefused,
  ExportUnfinished,
  GateRefused,
  type Leak,
  type MatrixRow,
  matrixCsv,
  parseDisclosurePolicy,
  policyUnder,
  prepareRedaction,
  type RedactedBundle,
  RedactionRefused,
  showingOf,
  showingUntil,
} from '@probatum/seal'
import { type ExitCode, escapeForDisplay, quoteForShell } from '@probatum/words'
import type { Parsed } from 'yargs'
import { tellRecovery } from '../custody-input.ts'
import { CustodyLogFolder } from '../custody-log-folder.ts'
import {
  chooseEncryptions,
  type EncryptedOutput,
  type Encryption,
  requireApprovedKey,
  requireWholeSeal,
  sayEncrypted,
  writeEncrypted,
  zipOf,
} from '../encrypted-output.ts'
import { InputError, UsageError } from '../errors.ts'
import { readWhole, requireNew, writeNew } from '../files.ts'
import { FolderSink } from '../folder-sink.ts'
import { type ChosenGate, chooseGates, gateRefused, requireGateFor } from '../gate-input.ts'
import { chooseTime } from '../judgement-input.ts'
import { exportFailed, exportInput, type ItemFiles, openItemFiles, requireOfLog, sayUnfinished } from '../log-export.ts'
import { OUTPUT } from '../prepared-seal.ts'
import { PROGRAM } from '../program.ts'
import { undoOnCancel } from '../run.ts'
import { forgetKeys, isPreparing, type Signing } from '../seal-signing.ts'
import type { Terminal } from '../terminal.ts'
import { sayMissing } from '../time-stamp-failures.ts'
import { terminalOf, textsOf } from './report-output.ts'
import { checkOwnBundle } from './seal-check.ts'
import { finishPreparing } from './seal-prepare.ts'

interface NamedPolicy {
  readonly policy: DisclosurePolicy
  /** Name of its bundle's folder. */
  readonly name: string
  readonly file: string
  /** The request that the policy was approved in. */
  readonly gate?: ExportGate
}

/** Makes one bundle for each policy over the same log, and the matrix of who sees what. */
export async function redact(argv: Parsed): Promise<ExitCode> {
  const terminal = terminalOf(argv)
  const master = String(argv.master)
  const out = String(argv.out)
  await requireNew(out, '--out', [master, String(argv.log)])
  const gates = await chooseGates(argv)
  const policies = [...(await readPolicies(argv)), ...gates.map(approvedPolicy)]
  requireNames(policies)
  const encryptions = await chooseEncryptions(
    argv,
    policies.map(({ name }) => name),
    chooseTime(undefined),
  )
  if (encryptions.size > 0) requireWholeSeal(argv)
  for (const { name, gate } of policies) {
    const encryption = encryptions.get(name)
    if (encryption !== undefined) requireApprovedKey(encryption, gate?.request.recipient?.key ?? null)
  }
  const ports = nodePorts({ jobs: 1 })
  const log = await CustodyLogFolder.open(String(argv.log), 'write')
  let files: ItemFiles | undefined
  const unfinished = join(dirname(resolve(out)), `.${basename(out)}.${process.pid}.unfinished`)
  const before = log.events
  // Nobody else writes to the log: what it has more by then are exports of this run.
  let isMade = false
  const written = () => (isMade ? [] : Array.from({ length: log.events - before }, (_, at) => before + at))
  const undo = () => {
    rmSync(unfinished, { recursive: true, force: true })
    if (written().length > 0) terminal.note(`${sayUnfinished(written())}\n`)
  }
  undoOnCancel.add(undo)
  try {
    tellRecovery(log, terminal)
    files = await openItemFiles(master, textsOf(argv, 'files'), ports)
    await requireOfLog(log, files, master)
    await mkdir(unfinished)
    const folder = isPreparing(argv) ? join(unfinished, OUTPUT) : unfinished
    if (folder !== unfinished) await mkdir(folder)
    const made = await makeBundles(argv, log, files, policies, folder)
    if (isPreparing(argv)) {
      const bundles = made.bundles.map(({ outcome }, at) => ({
        path: policies[at]?.name ?? '',
        toSign: outcome.toSign,
      }))
      const given = { command: 'redact', signing: made.signing, bundles, exports: written() } as const
      const summary = await finishPreparing(argv, unfinished, given)
      await rename(unfinished, out)
      isMade = true
      await terminal.result(summary)
      return 0
    }
    const encrypted = await encryptEach(made.sinks, encryptions)
    await rename(unfinished, out)
    isMade = true
    await tell(terminal, out, policies, made.bundles, encrypted)
    return 0
  } catch (error) {
    const cause = error instanceof ExportUnfinished ? error.cause : error
    const said =
      cause instanceof GateRefused
        ? gateRefused(cause, gates)
        : cause instanceof RedactionRefused
          ? sayLeaks(cause, policies)
          : callersMistake(cause)
    throw exportFailed(said, error instanceof ExportUnfinished ? error.events : written(), terminal)
  } finally {
    await rm(unfinished, { recursive: true, force: true })
    undoOnCancel.delete(undo)
    await files?.close()
    await log.close()
    await ports.close()
  }
}

interface EncryptedBundle {
  readonly encryption: Encryption
  readonly made: EncryptedOutput
}

/** Puts an encrypted file in the place of each bundle's folder, which has the name of its policy. */
async function encryptEach(
  sinks: readonly FolderSink[],
  encryptions: ReadonlyMap<string, Encryption>,
): Promise<ReadonlyMap<string, EncryptedBundle>> {
  const encrypted = new Map<string, EncryptedBundle>()
  for (const sink of sinks) {
    const name = basename(sink.root)
    const encryption = encryptions.get(name)
    if (encryption === undefined) continue
    const wrapped = join(dirname(sink.root), `.${name}.encrypted`)
    const made = await writeEncrypted(wrapped, encryption, zipOf(sink, name), chooseTime(undefined))
    await rm(sink.root, { recursive: true })
    await rename(wrapped, sink.root)
    encrypted.set(name, { encryption, made })
  }
  return encrypted
}

async function readPolicies(argv: Parsed): Promise<NamedPolicy[]> {
  const policies: NamedPolicy[] = []
  for (const file of textsOf(argv, 'policy')) {
    const name = basename(file).replace(/\.json$/i, '')
    try {
      policies.push({ policy: parseDisclosurePolicy(await readWhole(file), file), name, file })
    } catch (error) {
      if (!(error instanceof TypeError)) throw error
      throw new InputError(
        `${escapeForDisplay(file)}: ${escapeForDisplay(error.message)}.`,
        'docs/spec/disclosure-policy-1.md describes the file. What is not understood is never passed over: it may have been meant to withhold something.',
        { cause: error },
      )
    }
    if (policies.at(-1)?.policy.recipient !== null)
      requireGateFor(`--policy ${escapeForDisplay(file)} names a recipient`, argv)
  }
  return policies
}

/** The policy that stands in a request. @throws {UsageError} when it shows everything */
function approvedPolicy({ path, name, gate }: ChosenGate): NamedPolicy {
  const policy = policyUnder(gate)
  if (policy === null)
    throw new UsageError(
      `${escapeForDisplay(path)} was made without a disclosure policy: it shows everything.`,
      '`probatum seal FOLDER --log LOG --for` makes what was approved.',
    )
  return { policy, name, file: path, gate }
}

/** Names become those of bundles. @throws {UsageError} */
function requireNames(policies: readonly NamedPolicy[]): void {
  if (policies.length === 0)
    throw new UsageError(
      'For whom?',
      'Give --for with an approved request, or --policy for a bundle that names nobody.',
    )
  for (const [at, { name, file, gate }] of policies.entries()) {
    const given = `--${gate === undefined ? 'policy' : 'for'}`
    if (!/^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(name))
      throw new UsageError(
        `${given} ${escapeForDisplay(file)}: its name becomes that of the bundle.`,
        'Use letters, digits, . _ and - only.',
      )
    // Beside the bundles lies what is not to be sent, under names that begin so.
    if (/^internal/i.test(name))
      throw new UsageError(
        `${given} ${escapeForDisplay(file)}: its name becomes that of the bundle, and INTERNAL marks what is not to be sent.`,
        'Give it another name.',
      )
    if (policies.findIndex((other) => other.name.toLowerCase() === name.toLowerCase()) !== at)
      throw new UsageError(`${given}: two files are called ${escapeForDisplay(name)}.`, 'Give each its own name.')
  }
}

async function makeBundles(
  argv: Parsed,
  log: CustodyLogFolder,
  files: ItemFiles,
  policies: readonly NamedPolicy[],
  folder: string,
): Promise<{
  readonly bundles: readonly RedactedBundle[]
  readonly sinks: readonly FolderSink[]
  readonly signing: Signing
}> {
  const { input, signing, now } = await exportInput(argv, log)
  const sinks = policies.map(({ name }) => new FolderSink(join(folder, name)))
  const recipients = policies.map(({ policy, gate }, at) => {
    const sink = sinks[at] as FolderSink
    return {
      policy,
      ...(gate === undefined ? {} : { gate }),
      sink: {
        write: (path: string, content: Uint8Array | AsyncIterable<Uint8Array>) => sink.write(path, content),
        written: () => sink.files(),
      },
    }
  })
  const prepared = await prepareRedaction({ ...input, payload: (item) => files.find(item), recipients })
  // Everything else that can fail comes first: from here on the log has an export event for each bundle.
  await writeMatrix(log, policies, folder)
  const { demonstration } = signing
  if (demonstration !== null)
    await writeNew(
      join(folder, 'INTERNAL-demonstration.trust-set.json'),
      demonstrationTrustSet({ ...demonstration, log: input.log }, now),
    )
  const bundles = await prepared.finish().finally(() => forgetKeys(signing))
  for (const sink of isPreparing(argv) ? [] : sinks) {
    const check = await checkOwnBundle(sink.root, signing.timeStampAuthorities)
    if (check.broken.length > 0)
      throw new InputError(
        `What was made does not verify: ${check.broken.join('; ')}. No bundle was made.`,
        'Check that key and certificate belong together and that the time-stamp authority is the right one.',
      )
  }
  signing.validation?.report(terminalOf(argv))
  return { bundles, sinks, signing }
}

async function writeMatrix(log: CustodyLogFolder, policies: readonly NamedPolicy[], folder: string): Promise<void> {
  const rows = () =>
    disclosureMatrix(
      log,
      policies.map(({ policy, gate }) =>
        gate === undefined ? policy : showingUntil(showingOf(policy), gate.request.head.size),
      ),
    )
  const names = policies.map(({ name }) => name)
  await writeStream(join(folder, 'INTERNAL-disclosure-matrix.csv'), matrixCsv(rows(), names))
  await writeStream(join(folder, 'INTERNAL-disclosure-matrix.json'), matrixJson(rows(), names))
}

async function* matrixJson(rows: AsyncIterable<MatrixRow>, recipients: readonly string[]): AsyncIterable<Uint8Array> {
  yield encodeUtf8(
    `{"disclosureMatrix":"probatum/disclosure-matrix/1-draft","internal":true,"recipients":${canonicalText(recipients)},"rows":[`,
  )
  let separator = '\n'
  let piece: string[] = []
  for await (const row of rows) {
    piece.push(separator, canonicalText(row))
    separator = ',\n'
    if (piece.length < 4000) continue
    yield encodeUtf8(piece.join(''))
    piece = []
  }
  yield encodeUtf8(`${piece.join('')}\n]}\n`)
}

async function writeStream(path: string, content: AsyncIterable<Uint8Array>): Promise<void> {
  const file = await open(path, 'wx', 0o600)
  try {
    for await (const piece of content) await file.writeFile(piece)
    await file.sync()
  } finally {
    await file.close()
  }
}

async function tell(
  terminal: Terminal,
  out: string,
  policies: readonly NamedPolicy[],
  bundles: readonly RedactedBundle[],
  encrypted: ReadonlyMap<string, EncryptedBundle>,
): Promise<void> {
  const lines = [
    `Sealed ${bundles.length} ${bundles.length === 1 ? 'bundle' : 'bundles'} into ${escapeForDisplay(out)}; read again and verified, but for whose keys they are`,
  ]
  for (const [at, { outcome, search }] of bundles.entries()) {
    const path = join(out, policies[at]?.name ?? '')
    const wrapped = encrypted.get(policies[at]?.name ?? '')
    const passed = [
      search.repeated > 0 ? `${search.repeated} that other lines show as well` : '',
      search.stated > 0 ? `${search.stated} that the export itself states` : '',
      search.accepted > 0 ? `${search.accepted} that the policy accepts` : '',
      search.short > 0 ? `${search.short} too short to look for as text` : '',
    ].filter((part) => part !== '')
    lines.push(
      '',
      escapeForDisplay(path),
      `  bundle id  ${outcome.bundleId}`,
      ...outcome.sealIds.map(({ file, sha256 }) => `  seal id    ${sha256}  ${file}`),
      ...(wrapped === undefined ? sayMissing(outcome.missingTimeStamps, path) : []).map((line) => `  ${line}`),
      `  log size   ${outcome.size}; ${outcome.payloadFiles} files`,
      `  searched for ${search.values} withheld values: none stands in it${passed.length === 0 ? '' : `, but for ${passed.join(', ')}`}`,
      ...(wrapped === undefined
        ? [`  check it:  ${PROGRAM} verify ${quoteForShell(path)}`]
        : sayEncrypted(wrapped.made, wrapped.encryption, path).map((line) => `  ${line}`)),
    )
  }
  lines.push('', 'Keep, and do not send: the files whose names begin with INTERNAL.', '')
  await terminal.result(lines.join('\n'))
}

function sayLeaks(error: RedactionRefused, policies: readonly NamedPolicy[]): InputError {
  const lines = error.leaks.flatMap(({ recipient, leaks, omitted }) => [
    `${policies[recipient]?.file}:`,
    ...leaks.slice(0, 30).map(sayLeak),
    ...(leaks.length - 30 + omitted > 0 ? [`and ${Math.max(0, leaks.length - 30) + omitted} more places`] : []),
  ])
  return new InputError(
    `Withheld values stand in what was made. No bundle was made.\n  ${lines.map(escapeForDisplay).join('\n  ')}`,
    'Withhold the file or make a redacted copy of it; open the field; or let the place through with "accept" in the policy, if it gives nothing away.',
    { cause: error },
  )
}

function sayLeak({ withheld, form, path, offset, count, openedAt }: Leak): string {
  const [first] = withheld
  const place = first === undefined ? '' : `${first.file} ${first.seq} ${first.field}`
  const also =
    openedAt === null ? '' : `; the same value is opened at ${openedAt.file} ${openedAt.seq} ${openedAt.field}`
  return `${place}: in ${path} at byte ${offset}${count > 1 ? `, ${count} times` : ''} (${form})${also}`
}

/** Mistakes of the caller that only the making finds. */
function callersMistake(error: unknown): unknown {
  if (!(error instanceof ExportRefused)) return error
  return new InputError(
    `${escapeForDisplay(error.message)}. No bundle was made.`,
    'Mend the policy, or name the folder with the file (--files).',
    { cause: error },
  )
}
