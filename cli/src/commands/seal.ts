import { join, resolve } from 'node:path'
import { encodeUtf8, type Instant, toHex } from '@probatum/core'
import { nodeSmallDigest } from '@probatum/platform/node'
import {
  demonstrationTrustSet,
  logKey,
  type PayloadFile,
  platformRandom,
  type SealOutcome,
  sampleEd25519Key,
  sealBundle,
  type TabledFile,
  TimeStampError,
} from '@probatum/seal'
import { type ExitCode, escapeForDisplay, groupDigits, quoteForShell } from '@probatum/words'
import type { Parsed } from 'yargs'
import { pooledRandom } from '../custody/custody-input.ts'
import { startNodeDigest } from '../custody/log-export.ts'
import { requireNew, writeNew } from '../files.ts'
import { chooseTime } from '../input/judgement-input.ts'
import { sayMissing, timeStampFailed } from '../network/time-stamp-failures.ts'
import {
  chooseEncryption,
  type Encryption,
  requireEncryptable,
  requireWholeSeal,
  sayEncrypted,
} from '../output/encrypted-output.ts'
import { PROGRAM } from '../program.ts'
import { ProgressLine } from '../progress.ts'
import { undoOnCancel } from '../run.ts'
import { FolderSink } from '../sealing/folder-sink.ts'
import { readItems } from '../sealing/items-table-input.ts'
import type { SourceFile } from '../sealing/payload-folder.ts'
import { stopped } from '../sealing/seal-failures.ts'
import { formOutput, formPrepared, PREPARED, placesOf, putInPlace, sayTakenOver } from '../sealing/seal-placing.ts'
import { chooseSigning, forgetKeys, isPreparing, requireAuthorities, type Signing } from '../sealing/seal-signing.ts'
import { type NamedFile, openSealSource, requireSealOptions, type SealSource } from '../sealing/seal-source.ts'
import { chooseStore, requireStillSame, sayLinked, sayRead } from '../sealing/seal-store.ts'
import { SealingFolder } from '../sealing/sealing-folder.ts'
import type { FinishedSeal } from '../sealing/sealing-leftover.ts'
import type { Terminal } from '../terminal.ts'
import { terminalOf, textOf } from './report-output.ts'
import { checkOwnBundle, requireUnbroken, tellOpen } from './seal-check.ts'

/**
 * Seals the files of a folder or bag. The network is used with `--tsa`, for the authorities named, and with `--online`, for what
 * certificates name. What was copied is kept over an interruption, see SealingFolder.
 */
export async function seal(argv: Parsed): Promise<ExitCode> {
  if (argv['dry-run'] === true) return (await import('./seal-dry-run.ts')).sealDryRun(argv)
  try {
    return await sealFolder(argv)
  } catch (error) {
    if (error instanceof TimeStampError) throw timeStampFailed(error, 'Nothing was sealed.')
    throw error
  }
}

async function sealFolder(argv: Parsed): Promise<ExitCode> {
  const terminal = terminalOf(argv)
  const input = String(argv.folder)
  const places = placesOf(String(argv.out))
  const isDemonstration = argv['demo-authority'] === true
  const isResumed = argv.resume === true
  requireSealOptions(argv)
  const finished = await SealingFolder.find(places.out, isResumed)
  if (finished !== undefined) return putInPlace(finished, places.out, terminal)
  requireAuthorities(argv, isDemonstration)
  await requireNew(places.out, '--out', [input])
  if (isDemonstration) await requireNew(places.trust, '--demo-authority', [input])
  else await requireNew(places.openings, '--out', [input])
  const now = chooseTime(undefined)
  const encryption = await chooseEncryption(argv, now)
  if (encryption !== undefined) requireWholeSeal(argv)
  const source = await openSealSource(argv)
  let signing: Signing | undefined
  let folder: SealingFolder | undefined
  const undo = () => {
    const kept = folder?.abandon('the command')
    if (kept !== undefined) terminal.note(`\n${kept}\n`)
  }
  try {
    if (encryption !== undefined) requireEncryptable(encryption, source.total.bytes)
    const items = await readItems(argv, source.files, now, terminal)
    for (const line of sayLeftOut(source, argv)) terminal.note(`${line}\n`)
    signing = await chooseSigning(argv, isDemonstration, now)
    folder = await SealingFolder.open(places.out, isResumed)
    undoOnCancel.add(undo)
    await folder.begin()
    const finishedSeal = await sealInto(folder, { argv, terminal, source, items, signing, encryption, now, places })
    undoOnCancel.delete(undo)
    await folder.finish(finishedSeal)
    await terminal.result(finishedSeal.summary)
    return 0
  } catch (error) {
    undoOnCancel.delete(undo)
    throw stopped(error, folder, terminal)
  } finally {
    if (signing !== undefined) forgetKeys(signing)
    await folder?.release()
    await source.close()
  }
}

interface SealRun {
  readonly argv: Parsed
  readonly terminal: Terminal
  readonly source: SealSource
  readonly items: readonly TabledFile<NamedFile>[]
  readonly signing: Signing
  readonly encryption: Encryption | undefined
  readonly now: Instant
  readonly places: ReturnType<typeof placesOf>
}

/** Makes, reads again and verifies the bundle in its folder; nothing is in its place yet. */
async function sealInto(folder: SealingFolder, run: SealRun): Promise<FinishedSeal> {
  const { argv, terminal, source, signing, now } = run
  const { demonstration } = signing
  const sink = new FolderSink(folder.bundle, true)
  const store = chooseStore(argv, folder, sink)
  const copying = terminal.isWatched ? new ProgressLine('copying: ', source.total) : undefined
  const reading = terminal.isWatched ? new ProgressLine('reading again: ', source.total) : undefined
  try {
    const outcome = await sealBundle({
      ...statementOf(argv, source),
      files: run.items.map(payloadFile),
      payloadStore: store,
      newSpill: folder.newSpill,
      smallDigest: nodeSmallDigest,
      sink,
      now,
      // A demonstration's authority has one time for everything.
      ...(demonstration === null ? { clock: () => chooseTime(undefined) } : {}),
      random: pooledRandom(),
      startDigest: startNodeDigest,
      signer: signing.signer,
      ...(signing.postQuantum === undefined ? {} : { postQuantum: signing.postQuantum }),
      ...(signing.validation === undefined ? {} : { validation: signing.validation.seal }),
      timeStampAuthorities: signing.timeStampAuthorities,
      timeStampThreshold: signing.timeStampThreshold,
      log: demonstration?.log ?? (await newLog()),
      onProgress: (done) => copying?.show(done),
      onReadAgain: (done) => reading?.show(done),
    })
    copying?.clear()
    reading?.clear()
    if (store.takenOver > 0) terminal.note(sayTakenOver(store.takenOver))
    requireStillSame(store)
    if (isPreparing(argv)) return await asPrepared(folder, run, outcome)
    const check = await checkOwnBundle(folder.bundle, signing.timeStampAuthorities, true, (other) =>
      store.digesterOver(other),
    )
    requireUnbroken(check.broken, 'Nothing was sealed.')
    requireStillSame(store)
    tellOpen(terminal, check.open)
    signing.validation?.report(terminal)
    const archived = { root: sink.root, files: () => store.compared(sink.files()) }
    return await asFinished(folder, archived, run, outcome)
  } finally {
    copying?.clear()
    reading?.clear()
  }
}

/** What `seal prepare` ends with, in place of a seal. */
async function asPrepared(
  folder: SealingFolder,
  { argv, signing, places }: SealRun,
  outcome: SealOutcome,
): Promise<FinishedSeal> {
  const { finishPreparing } = await import('./seal-prepare.ts')
  const place = await formPrepared(folder)
  const given = { command: 'seal', signing, bundles: [{ path: '', toSign: outcome.toSign }], exports: [] } as const
  const summary = await finishPreparing(argv, place, { ...given, openings: openingsOf(outcome) })
  return { moves: [[PREPARED, resolve(places.out)]], summary }
}

const openingsOf = ({ keptOpenings }: SealOutcome): Uint8Array =>
  encodeUtf8(`${keptOpenings.map((opening) => JSON.stringify(opening)).join('\n')}\n`)

/** Writes what stands beside the bundle, and says what goes where. */
async function asFinished(
  folder: SealingFolder,
  sink: Pick<FolderSink, 'root' | 'files'>,
  { argv, signing, encryption, now, places }: SealRun,
  outcome: SealOutcome,
): Promise<FinishedSeal> {
  const { demonstration } = signing
  const { out } = places
  const { move, encrypted } = await formOutput(folder, sink, { argv, encryption, now, out })
  const moves: (readonly [string, string])[] = [move]
  const beside = async (name: string, to: string, bytes: Uint8Array) => {
    await writeNew(join(folder.path, name), bytes)
    moves.push([name, resolve(to)])
  }
  if (demonstration !== null) await beside('trust-set.json', places.trust, demonstrationTrustSet(demonstration, now))
  // Fields of the export's own event that the bundle does not show: without these openings nobody can ever open them.
  else await beside('openings.jsonl', places.openings, openingsOf(outcome))
  const trust = demonstration === null ? '' : ` --trust-set ${quoteForShell(places.trust)}`
  const summary = [
    ...(demonstration === null ? [] : ['SAMPLE: sealed by a throw-away demonstration authority. It proves nothing.']),
    `Sealed ${outcome.payloadFiles} ${outcome.payloadFiles === 1 ? 'file' : 'files'} into ${escapeForDisplay(out)}; ${sayRead(argv)}, but for whose keys they are`,
    ...sayLinked(argv, out),
    `bundle id  ${outcome.bundleId}`,
    ...outcome.sealIds.map(({ file, sha256 }) => `seal id    ${sha256}  ${file}`),
    ...(demonstration === null
      ? [`Keep, and do not send: ${escapeForDisplay(places.openings)} (openings of what the bundle withholds)`]
      : []),
    ...(encryption === undefined ? sayMissing(outcome.missingTimeStamps, out) : []),
    'Tell the recipient bundle id and seal id by another way than the bundle goes.',
    ...(encryption && encrypted
      ? sayEncrypted(encrypted, encryption, out, trust)
      : [`Check it:  ${PROGRAM} verify ${quoteForShell(out)}${trust}`]),
    '',
  ].join('\n')
  return { moves, summary }
}

/** What the issuer states, from the options; the same for a run that only shows it. */
export function statementOf(argv: Parsed, source: Pick<SealSource, 'identifier' | 'arrival'>) {
  const isDemonstration = argv['demo-authority'] === true
  const caseId = textOf(argv, 'case-id')
  return {
    issuer: textOf(argv, 'issuer') ?? (isDemonstration ? 'Demonstration only (sample)' : 'not stated'),
    recipient: textOf(argv, 'recipient') ?? null,
    externalIdentifier: textOf(argv, 'identifier') ?? source.identifier,
    ...(caseId === undefined ? {} : { caseId }),
    longTerm: argv['long-term'] === true,
    sample: isDemonstration,
    softwareAgent: 'probatum',
    ...(source.arrival === undefined ? {} : { arrival: source.arrival }),
  }
}

/** What of a bag is not sealed: never in silence. */
export function sayLeftOut({ kind, leftOut, isWeak }: SealSource, argv: Parsed): string[] {
  if (kind === 'folder') return []
  const path = escapeForDisplay(String(argv.folder))
  const lines = [
    isWeak === true
      ? `${path} is a BagIt bag, and its files are as its manifests list them; but these have only digests that are weak today, which prove little. Its payload is sealed from now on.`
      : `${path} is a BagIt bag, whole and unchanged: its payload is sealed.`,
    'What bag-info.txt states is kept as a statement. (--as folder seals all its files as they are.)',
  ]
  if (leftOut.length > 0) {
    const named = leftOut.slice(0, 10).map(escapeForDisplay).join(', ')
    const more = leftOut.length > 10 ? ` and ${groupDigits(leftOut.length - 10)} more` : ''
    lines.push(`Not sealed, because it is no payload of the bag: ${named}${more}.`)
  }
  return lines
}

/** A fresh log under a name that nobody else has: an origin is never used twice. */
async function newLog() {
  return logKey(`probatum.example/log/${toHex(platformRandom(16))}`, await sampleEd25519Key(platformRandom(32)))
}

/** A file as core is told of it. */
export function payloadFile({ file, originalName, ...said }: TabledFile<NamedFile>): PayloadFile & SourceFile {
  const { entry, name, size, open, expected } = file
  return { ...said, entry, name: originalName ?? name, size, open, ...(expected === undefined ? {} : { expected }) }
}
