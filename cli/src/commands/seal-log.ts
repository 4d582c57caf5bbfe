import { join } from 'node:path'
import { encodeUtf8, formatInstant, lineDigest, toHex } from '@probatum/core'
import { nodeSmallDigest } from '@probatum/platform/node'
import {
  demonstrationTrustSet,
  ExportRefused,
  GateRefused,
  prepareExport,
  requireGates,
  type SealOutcome,
  showAll,
  type TabledFile,
} from '@probatum/seal'
import { type ExitCode, escapeForDisplay, quoteForShell } from '@probatum/words'
import type { Parsed } from 'yargs'
import { tellRecovery } from '../custody/custody-input.ts'
import { CustodyLogFolder } from '../custody/custody-log-folder.ts'
import { exportFailed, exportInput, sayUnfinished } from '../custody/log-export.ts'
import { InputError, UsageError } from '../errors.ts'
import { requireNew, writeNew } from '../files.ts'
import { type ChosenGate, chooseGates, gateRefused, requireGateFor, signaturesOfGate } from '../gate/gate-input.ts'
import { chooseTime } from '../input/judgement-input.ts'
import { sayMissing } from '../network/time-stamp-failures.ts'
import {
  chooseEncryption,
  type Encryption,
  requireApprovedKey,
  requireEncryptable,
  requireWholeSeal,
  sayEncrypted,
} from '../output/encrypted-output.ts'
import { PROGRAM } from '../program.ts'
import { undoOnCancel } from '../run.ts'
import { FolderSink } from '../sealing/folder-sink.ts'
import { readItems } from '../sealing/items-table-input.ts'
import { payloadFailed, stopped } from '../sealing/seal-failures.ts'
import { addItems, findItems } from '../sealing/seal-log-items.ts'
import { formOutput, formPrepared, PREPARED, placesOf, putInPlace, sayTakenOver } from '../sealing/seal-placing.ts'
import { forgetKeys, isPreparing } from '../sealing/seal-signing.ts'
import { type NamedFile, openSealSource, requireSealOptions, type SealSource } from '../sealing/seal-source.ts'
import { chooseStore, requireStillSame, sayLinked, sayRead } from '../sealing/seal-store.ts'
import { SealingFolder } from '../sealing/sealing-folder.ts'
import type { FinishedSeal } from '../sealing/sealing-leftover.ts'
import type { Terminal } from '../terminal.ts'
import { terminalOf, textOf } from './report-output.ts'
import { sayLeftOut } from './seal.ts'
import { checkOwnBundle, requireUnbroken, tellOpen } from './seal-check.ts'
import { finishPreparing } from './seal-prepare.ts'

/**
 * Seals a folder over a custody log that is kept: files that the log does not have are added as items, the export is added
 * as an event, and the bundle shows the whole log. Gone on with after an interruption, it finds its items in the log, and takes
 * over what was copied.
 */
export async function sealOverLog(argv: Parsed): Promise<ExitCode> {
  requireSealOptions(argv)
  if (argv['dry-run'] === true) return (await import('./seal-dry-run.ts')).sealOverLogDryRun(argv)
  const terminal = terminalOf(argv)
  const folder = String(argv.folder)
  const places = placesOf(String(argv.out))
  const isResumed = argv.resume === true
  const finished = await SealingFolder.find(places.out, isResumed)
  if (finished !== undefined) return putInPlace(finished, places.out, terminal)
  await requireNew(places.out, '--out', [folder, String(argv.log)])
  if (argv['demo-authority'] === true) await requireNew(places.trust, '--demo-authority', [folder])
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
  const state: RunState = { exported: undefined, isMade: false }
  const written = () =>
    state.exported === undefined || state.isMade || log.events <= state.exported ? [] : [state.exported]
  let sealing: SealingFolder | undefined
  const undo = () => {
    const kept = sealing?.abandon('the command')
    if (kept !== undefined) terminal.note(`\n${kept}\n`)
    if (written().length > 0) terminal.note(`${sayUnfinished(written())}\n`)
  }
  undoOnCancel.add(undo)
  let source: SealSource | undefined
  let forget = () => {}
  try {
    source = await openSealSource(argv)
    const items = await readItems(argv, source.files, chooseTime(undefined), terminal)
    for (const line of sayLeftOut(source, argv)) terminal.note(`${line}\n`)
    tellRecovery(log, terminal)
    const made = await exportInput(argv, log)
    forget = () => forgetKeys(made.signing)
    // Before an item is added: what is not approved, or cannot be encrypted, leaves no line in the log.
    if (encryption !== undefined) requireEncryptable(encryption, source.total.bytes)
    if (chosen !== undefined) await requireGates([{ ...made.input, gate: chosen.gate }])
    const validation = chosen && (await made.signing.validation?.under(signaturesOfGate(chosen.gate)))
    sealing = await SealingFolder.open(places.out, isResumed)
    await tellExports(sealing, log, terminal)
    const input = { ...made.input, ...(validation === undefined ? {} : { validation }) }
    const run = { argv, terminal, log, source, items, chosen, encryption, places, ...made, input }
    const seal = await sealInto(sealing, run, state)
    undoOnCancel.delete(undo)
    await sealing.finish(seal)
    state.isMade = true
    await terminal.result(seal.summary)
    return 0
  } catch (error) {
    undoOnCancel.delete(undo)
    // What is sealed and only waits for its place is a bundle.
    if (sealing?.isFinished === true) state.isMade = true
    throw stopped(error, sealing, terminal, (reason) => inWords(reason, chosen, written(), terminal))
  } finally {
    forget()
    await sealing?.release()
    await source?.close()
    await log.close()
  }
}

/** What the log has of this run. */
interface RunState {
  /** Position of the export event, once it may be there. */
  exported: number | undefined
  isMade: boolean
}

type Made = Awaited<ReturnType<typeof exportInput>>

interface LogSealRun extends Made {
  readonly argv: Parsed
  readonly terminal: Terminal
  readonly log: CustodyLogFolder
  readonly source: SealSource
  readonly items: readonly TabledFile<NamedFile>[]
  readonly chosen: ChosenGate | undefined
  readonly encryption: Encryption | undefined
  readonly places: ReturnType<typeof placesOf>
}

/** Makes, reads again and verifies the bundle in its folder; nothing is in its place yet. */
async function sealInto(folder: SealingFolder, run: LogSealRun, state: RunState): Promise<FinishedSeal> {
  const { argv, terminal, log, source, chosen, input, signing, now, places } = run
  await folder.begin()
  const added =
    chosen === undefined
      ? await addItems(log, run.items, source, { agent: input.issuer, time: formatInstant(now) }, terminal)
      : await findItems(log, String(argv.folder), source.files)
  const { bySeq } = added
  const sink = new FolderSink(folder.bundle, true)
  const store = chooseStore(argv, folder, sink)
  const prepared = await prepareExport({
    ...input,
    sink,
    payloadStore: store,
    recipient: textOf(argv, 'recipient') ?? null,
    externalIdentifier: textOf(argv, 'identifier') ?? source.identifier,
    showing: showAll((seq) => bySeq.has(seq)),
    payload: ({ seq }) => bySeq.get(seq),
    beforeExport: (event) => folder.noteExport(event),
    ...(chosen === undefined ? {} : { gate: chosen.gate }),
  })
  if (store.takenOver > 0) terminal.note(sayTakenOver(store.takenOver))
  // It is written first of all that follows, behind the event of reading again.
  state.exported = log.events + 1
  const outcome = await prepared.finish()
  requireStillSame(store)
  if (isPreparing(argv)) {
    const place = await formPrepared(folder)
    const bundles = [{ path: '', toSign: outcome.toSign }]
    const given = { command: 'seal', signing, bundles, exports: [state.exported] } as const
    return { moves: [[PREPARED, places.out]], summary: await finishPreparing(argv, place, given) }
  }
  const check = await checkOwnBundle(folder.bundle, signing.timeStampAuthorities, true, (other) =>
    store.digesterOver(other),
  )
  requireUnbroken(check.broken, 'Nothing was sealed.')
  requireStillSame(store)
  tellOpen(terminal, check.open)
  signing.validation?.report(terminal)
  const archived = { root: sink.root, files: () => store.compared(sink.files()) }
  return asFinished(folder, archived, run, { outcome, added: added.count })
}

/** Says what goes where, and what was made. */
async function asFinished(
  folder: SealingFolder,
  sink: Pick<FolderSink, 'root' | 'files'>,
  { argv, log, chosen, encryption, input, signing, now, places }: LogSealRun,
  { outcome, added }: { readonly outcome: SealOutcome & { readonly size: number }; readonly added: number },
): Promise<FinishedSeal> {
  const { out } = places
  const { demonstration } = signing
  const { move, encrypted } = await formOutput(folder, sink, { argv, encryption, now, out })
  const moves = [move]
  if (demonstration !== null) {
    await writeNew(join(folder.path, TRUST), demonstrationTrustSet({ ...demonstration, log: input.log }, now))
    moves.push([TRUST, places.trust])
  }
  const trust = demonstration === null ? '' : ` --trust-set ${quoteForShell(places.trust)}`
  const summary = [
    ...(demonstration === null ? [] : ['SAMPLE: sealed by a throw-away demonstration authority. It proves nothing.']),
    `Sealed ${outcome.payloadFiles} ${outcome.payloadFiles === 1 ? 'file' : 'files'} into ${escapeForDisplay(out)} over the log ${escapeForDisplay(log.folder)} (${added} new items); ${sayRead(argv)}, but for whose keys they are`,
    ...sayLinked(argv, out),
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
  ].join('\n')
  return { moves, summary }
}

/** Name of the trust set until it is in its place. */
const TRUST = 'trust-set.json'

/** Exports that an interrupted run wrote to the log: true, and without a bundle for ever. */
async function tellExports(folder: SealingFolder, log: CustodyLogFolder, terminal: Terminal): Promise<void> {
  const noted = new Map((await folder.notedExports()).map(({ seq, line }) => [seq, line]))
  if (noted.size === 0) return
  const there: number[] = []
  for await (const { seq, text } of log.lines('custody.jsonl'))
    if (noted.get(seq) === toHex(lineDigest(encodeUtf8(text), nodeSmallDigest))) there.push(seq)
  if (there.length > 0) terminal.note(`The run that was interrupted: ${sayUnfinished(there)}\n`)
}

/** What went wrong, in words. `written`: positions of export events of this run. */
function inWords(
  error: unknown,
  chosen: ChosenGate | undefined,
  written: readonly number[],
  terminal: Terminal,
): unknown {
  if (error instanceof GateRefused) return gateRefused(error, chosen === undefined ? [] : [chosen])
  if (error instanceof ExportRefused)
    return new InputError(
      `${escapeForDisplay(error.message)}. Nothing was sealed.`,
      chosen === undefined
        ? 'Leave the folder alone while it is sealed.'
        : 'The request shows every item: the folder has to have the file of each.',
      { cause: error },
    )
  return exportFailed(payloadFailed(error), written, terminal)
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
