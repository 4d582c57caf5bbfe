import { mkdirSync, rmSync } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { formatInstant } from '@probatum/core'
import {
  demonstrationTrustSet,
  ExportRefused,
  GateRefused,
  prepareExport,
  requireGates,
  showAll,
  type TabledFile,
} from '@probatum/seal'
import { type ExitCode, escapeForDisplay, quoteForShell } from '@probatum/words'
import type { Parsed } from 'yargs'
import { describeBytes, itemsByContent, tellRecovery } from '../custody-input.ts'
import { CustodyLogFolder } from '../custody-log-folder.ts'
import {
  chooseEncryption,
  requireApprovedKey,
  requireEncryptable,
  requireWholeSeal,
  sayEncrypted,
  writeEncrypted,
  zipOf,
} from '../encrypted-output.ts'
import { InputError, UsageError } from '../errors.ts'
import { requireNew, writeNew } from '../files.ts'
import { FolderSink } from '../folder-sink.ts'
import { type ChosenGate, chooseGates, gateRefused, requireGateFor } from '../gate-input.ts'
import { readItems } from '../items-table-input.ts'
import { chooseTime } from '../judgement-input.ts'
import { exportFailed, exportInput, sayUnfinished } from '../log-export.ts'
import { forgottenPlace, PayloadFolder } from '../payload-folder.ts'
import { OUTPUT } from '../prepared-seal.ts'
import { PROGRAM } from '../program.ts'
import { undoOnCancel } from '../run.ts'
import { payloadFailed } from '../seal-failures.ts'
import { planLogItems } from '../seal-log-items.ts'
import { writeArchive } from '../seal-placing.ts'
import { forgetKeys, isPreparing } from '../seal-signing.ts'
import { type NamedFile, openSealSource, requireSealOptions, type SealSource } from '../seal-source.ts'
import type { Terminal } from '../terminal.ts'
import { sayMissing } from '../time-stamp-failures.ts'
import { terminalOf, textOf } from './report-output.ts'
import { sayLeftOut } from './seal.ts'
import { checkOwnBundle } from './seal-check.ts'
import { finishPreparing } from './seal-prepare.ts'

/**
 * Seals a folder over a custody log that is kept: files that the log does not have are added as items, the export is added
 * as an event, and the bundle shows the whole log.
 */
export async function sealOverLog(argv: Parsed): Promise<ExitCode> {
  requireSealOptions(argv)
  if (argv['dry-run'] === true) return (await import('./seal-dry-run.ts')).sealOverLogDryRun(argv)
  const terminal = terminalOf(argv)
  const folder = String(argv.folder)
  const out = String(argv.out)
  const trustOut = `${out.replace(/[\\/]+$/, '')}.trust-set.json`
  await requireNew(out, '--out', [folder, String(argv.log)])
  if (argv['demo-authority'] === true) await requireNew(trustOut, '--demo-authority', [folder])
  if (argv['case-id'] !== undefined)
    throw new UsageError(
      '--case-id: the case of a log is stated when it begins.',
      '`probatum custody init --case-id` takes it.',
    )
  const chosen = await chooseGate(argv)
  const encryption = await chooseEncryption(argv, chooseTime(undefined))
  if (encryption !== undefined) {
    requireWholeSeal(argv)
    requireApprovedKey(encryption, chosen?.gate.request.recipient?.key ?? null)
  }
  const log = await CustodyLogFolder.open(String(argv.log), 'write')
  const unfinished = join(dirname(resolve(out)), `.${basename(out)}.${process.pid}.unfinished`)
  let exported: number | undefined
  let isMade = false
  const written = () => (exported === undefined || isMade || log.events <= exported ? [] : [exported])
  const undo = () => {
    for (const path of [unfinished, `${unfinished}.encrypted`]) rmSync(path, { recursive: true, force: true })
    if (written().length > 0) terminal.note(`${sayUnfinished(written())}\n`)
  }
  undoOnCancel.add(undo)
  let forget = () => {}
  let source: SealSource | undefined
  try {
    source = await openSealSource(argv)
    const { files } = source
    const items = await readItems(argv, files, chooseTime(undefined), terminal)
    for (const line of sayLeftOut(source, argv)) terminal.note(`${line}\n`)
    tellRecovery(log, terminal)
    const { input, signing, now } = await exportInput(argv, log)
    forget = () => forgetKeys(signing)
    // Before an item is added: what is not approved, or cannot be encrypted, leaves no line in the log.
    if (encryption !== undefined) requireEncryptable(encryption, source.total.bytes)
    if (chosen !== undefined) await requireGates([{ ...input, gate: chosen.gate }])
    const added =
      chosen === undefined
        ? await addItems(log, items, source, { agent: input.issuer, time: formatInstant(now) }, terminal)
        : await findItems(log, folder, files)
    const { bySeq } = added
    const isPrepared = isPreparing(argv)
    if (isPrepared) mkdirSync(unfinished)
    const sink = new FolderSink(isPrepared ? join(unfinished, OUTPUT) : unfinished)
    const store = new PayloadFolder(forgottenPlace(sink.root), (path, size) => sink.written.set(path, size))
    const prepared = await prepareExport({
      ...input,
      sink,
      payloadStore: store,
      recipient: textOf(argv, 'recipient') ?? null,
      externalIdentifier: textOf(argv, 'identifier') ?? source.identifier,
      showing: showAll((seq) => bySeq.has(seq)),
      payload: ({ seq }) => bySeq.get(seq),
      ...(chosen === undefined ? {} : { gate: chosen.gate }),
    })
    // It is written first of all that follows, behind the event of reading again.
    exported = log.events + 1
    const outcome = await prepared.finish()
    if (isPrepared) {
      const bundles = [{ path: '', toSign: outcome.toSign }]
      const given = { command: 'seal', signing, bundles } as const
      const summary = await finishPreparing(argv, unfinished, { ...given, exports: [exported] })
      await rename(unfinished, out)
      isMade = true
      await terminal.result(summary)
      return 0
    }
    const check = await checkOwnBundle(unfinished, signing.timeStampAuthorities, true, (other) =>
      store.digesterOver(other),
    )
    if (check.broken.length > 0)
      throw new InputError(
        `What was made does not verify: ${check.broken.join('; ')}. Nothing was sealed.`,
        'Check that key and certificate belong together and that the time-stamp authority is the right one.',
      )
    for (const line of check.open) terminal.note(`A recipient will not be able to decide this: ${line}\n`)
    signing.validation?.report(terminal)
    const archived = { root: sink.root, files: () => store.compared(sink.files()) }
    const wrapped = `${unfinished}.encrypted`
    const encrypted = encryption && (await writeEncrypted(wrapped, encryption, zipOf(archived, out), now))
    if (encrypted !== undefined) await rename(wrapped, out)
    else if (argv.zip === true) await writeArchive(archived, out)
    else await rename(unfinished, out)
    isMade = true
    const { demonstration } = signing
    if (demonstration !== null)
      await writeNew(trustOut, demonstrationTrustSet({ ...demonstration, log: input.log }, now))
    const trust = demonstration === null ? '' : ` --trust-set ${quoteForShell(trustOut)}`
    await terminal.result(
      [
        ...(demonstration === null
          ? []
          : ['SAMPLE: sealed by a throw-away demonstration authority. It proves nothing.']),
        `Sealed ${outcome.payloadFiles} ${outcome.payloadFiles === 1 ? 'file' : 'files'} into ${escapeForDisplay(out)} over the log ${escapeForDisplay(log.folder)} (${added.count} new items); read again and verified, but for whose keys they are`,
        `bundle id  ${outcome.bundleId}`,
        ...outcome.sealIds.map(({ file, sha256 }) => `seal id    ${sha256}  ${file}`),
        `log size   ${outcome.size}`,
        ...(encryption === undefined ? sayMissing(outcome.missingTimeStamps, out) : []),
        chosen === undefined
          ? 'It shows the whole log: `probatum redact` makes bundles that show less.'
          : `It is for ${escapeForDisplay(chosen.gate.request.recipient?.name ?? 'nobody in particular')}, under ${escapeForDisplay(chosen.path)}, and shows the whole log.`,
        'Tell the recipient bundle id and seal id by another way than the bundle goes.',
        ...(encryption && encrypted
          ? sayEncrypted(encrypted, encryption, out, trust)
          : [`Check it:  ${PROGRAM} verify ${quoteForShell(out)}${trust}`]),
        '',
      ].join('\n'),
    )
    return 0
  } catch (error) {
    if (error instanceof GateRefused) throw gateRefused(error, chosen === undefined ? [] : [chosen])
    if (error instanceof ExportRefused)
      throw new InputError(
        `${escapeForDisplay(error.message)}. Nothing was sealed.`,
        chosen === undefined
          ? 'Leave the folder alone while it is sealed.'
          : 'The request shows every item: the folder has to have the file of each.',
        {
          cause: error,
        },
      )
    throw exportFailed(payloadFailed(error), written(), terminal)
  } finally {
    forget()
    for (const path of [unfinished, `${unfinished}.encrypted`]) await rm(path, { recursive: true, force: true })
    undoOnCancel.delete(undo)
    await source?.close()
    await log.close()
  }
}

/** The request of `--for`; who gets the bundle, and what it is called, stand in it. @throws {UsageError} */
async function chooseGate(argv: Parsed): Promise<ChosenGate | undefined> {
  const [chosen] = await chooseGates(argv)
  if (chosen === undefined) {
    if (argv.recipient !== undefined) requireGateFor('--recipient', argv)
    return undefined
  }
  for (const name of ['recipient', 'identifier'])
    if (argv[name] !== undefined)
      throw new UsageError(`--${name} is what the request says.`, 'Leave it out, or make another request.')
  if (chosen.gate.kept.policy !== null)
    throw new UsageError(
      `${escapeForDisplay(chosen.path)} was made with a disclosure policy, and \`seal\` shows everything.`,
      '`probatum redact MASTER --for` makes what was approved.',
    )
  return chosen
}

interface Found {
  readonly bySeq: ReadonlyMap<number, NamedFile>
  /** New items. */
  readonly count: number
}

/** Files by the position of their item, each of which the log has. Nothing is added. @throws {InputError} */
async function findItems(log: CustodyLogFolder, folder: string, files: readonly NamedFile[]): Promise<Found> {
  const known = await itemsByContent(log)
  const bySeq = new Map<number, NamedFile>()
  for (const file of files) {
    const { sha256 } = await describeBytes(file.open(), file.name)
    const items = known.get(String(sha256))
    if (items === undefined)
      throw new InputError(
        `${escapeForDisplay(file.path)} in ${escapeForDisplay(folder)} is no item of the log, so that nobody approved to share it. Nothing was sealed.`,
        'Take it out; or add it to the log (`probatum custody append --item`), and make a new request.',
      )
    // Items of equal bytes have one file for all of them.
    for (const { seq } of items) bySeq.set(seq, file)
  }
  return { bySeq, count: 0 }
}

/** Files by the position of their item; those that the log does not have are added, with the events of how they came. */
async function addItems(
  log: CustodyLogFolder,
  items: readonly TabledFile<NamedFile>[],
  source: SealSource,
  event: { readonly agent: string; readonly time: string },
  terminal: Terminal,
): Promise<Found> {
  const { lines, bySeq, added, notes } = await planLogItems(log, items, source.arrival, event)
  for (const note of notes) terminal.note(`${note}\n`)
  await log.append(lines)
  return { bySeq, count: added.size }
}
