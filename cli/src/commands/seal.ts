import { rmSync } from 'node:fs'
import { mkdir, open, rename, rm } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { encodeUtf8, type Instant, toHex } from '@probatum/core'
import { nodeSmallDigest, TargetFault } from '@probatum/platform/node'
import {
  demonstrationTrustSet,
  logKey,
  PayloadDiffers,
  type PayloadFile,
  platformRandom,
  type SealOutcome,
  sampleEd25519Key,
  sealBundle,
  type TabledFile,
  TimeStampError,
  writeZip,
} from '@probatum/seal'
import { type ExitCode, escapeForDisplay, groupDigits, quoteForShell } from '@probatum/words'
import type { Parsed } from 'yargs'
import { pooledRandom } from '../custody-input.ts'
import {
  chooseEncryption,
  type Encryption,
  requireEncryptable,
  requireWholeSeal,
  sayEncrypted,
  writeEncrypted,
  zipOf,
} from '../encrypted-output.ts'
import { InputError } from '../errors.ts'
import { requireNew, writeNew } from '../files.ts'
import { FolderSink } from '../folder-sink.ts'
import { readItems } from '../items-table-input.ts'
import { chooseTime } from '../judgement-input.ts'
import { startNodeDigest } from '../log-export.ts'
import { PayloadFolder, type SourceFile } from '../payload-folder.ts'
import { OUTPUT } from '../prepared-seal.ts'
import { PROGRAM } from '../program.ts'
import { ProgressLine } from '../progress.ts'
import { undoOnCancel } from '../run.ts'
import { chooseSigning, forgetKeys, isPreparing, requireAuthorities, type Signing } from '../seal-signing.ts'
import { type NamedFile, openSealSource, requireSealOptions, type SealSource } from '../seal-source.ts'
import { type FinishedSeal, SealingFolder } from '../sealing-folder.ts'
import type { Terminal } from '../terminal.ts'
import { sayMissing, timeStampFailed } from '../time-stamp-failures.ts'
import { terminalOf, textOf } from './report-output.ts'
import { checkOwnBundle } from './seal-check.ts'

/**
 * Seals the files of a folder or bag. With `--tsa` it asks the authorities named, and nothing else uses the network. What was
 * copied is kept over an interruption, see SealingFolder.
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

/** Where the results of a run belong. */
function placesOf(out: string) {
  const stem = out.replace(/[\\/]+$/, '')
  return { out, trust: `${stem}.trust-set.json`, openings: `${stem}.openings.jsonl` }
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
    const kept = folder?.abandon(COMMAND)
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

const COMMAND = 'the command'

/** Sealed by an earlier run that was stopped before the last renaming. */
async function putInPlace(folder: SealingFolder, out: string, terminal: Terminal): Promise<ExitCode> {
  const { finished } = folder
  try {
    if (finished === undefined) throw new TypeError('there is nothing to be put into its place')
    await folder.move(finished)
    terminal.note(`An earlier run had sealed everything; it was only put into its place: ${escapeForDisplay(out)}\n`)
    await terminal.result(finished.summary)
    return 0
  } finally {
    await folder.release()
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
  const store = new PayloadFolder(folder, (path, size) => sink.written.set(path, size))
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
    if (store.takenOver > 0)
      terminal.note(
        `${groupDigits(store.takenOver)} ${store.takenOver === 1 ? 'file' : 'files'} had been copied by an earlier run; they were read again with all others.\n`,
      )
    if (isPreparing(argv)) return await asPrepared(folder, run, outcome)
    const check = await checkOwnBundle(folder.bundle, signing.timeStampAuthorities, true, (other) =>
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
  const place = join(folder.path, 'prepared')
  await rm(place, { recursive: true, force: true })
  await mkdir(place)
  await rename(folder.bundle, join(place, OUTPUT))
  const given = { command: 'seal', signing, bundles: [{ path: '', toSign: outcome.toSign }], exports: [] } as const
  const summary = await finishPreparing(argv, place, { ...given, openings: openingsOf(outcome) })
  return { moves: [['prepared', resolve(places.out)]], summary }
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
  const moves: [string, string][] = []
  const beside = async (name: string, to: string, bytes: Uint8Array) => {
    await writeNew(join(folder.path, name), bytes)
    moves.push([name, resolve(to)])
  }
  const encrypted =
    encryption && (await writeEncrypted(join(folder.path, 'encrypted'), encryption, zipOf(sink, out), now))
  if (encrypted !== undefined) moves.push(['encrypted', resolve(out)])
  else if (argv.zip === true) {
    await writeArchive(sink, join(folder.path, 'sealed.zip'), out)
    moves.push(['sealed.zip', resolve(out)])
  } else moves.push(['bundle', resolve(out)])
  if (demonstration !== null) await beside('trust-set.json', places.trust, demonstrationTrustSet(demonstration, now))
  // Fields of the export's own event that the bundle does not show: without these openings nobody can ever open them.
  else await beside('openings.jsonl', places.openings, openingsOf(outcome))
  const trust = demonstration === null ? '' : ` --trust-set ${quoteForShell(places.trust)}`
  const summary = [
    ...(demonstration === null ? [] : ['SAMPLE: sealed by a throw-away demonstration authority. It proves nothing.']),
    `Sealed ${outcome.payloadFiles} ${outcome.payloadFiles === 1 ? 'file' : 'files'} into ${escapeForDisplay(out)}; read again and verified, but for whose keys they are`,
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

/** Ends a run that failed: what it had copied is kept where that is worth it, and the error says so. */
function stopped(error: unknown, folder: SealingFolder | undefined, terminal: Terminal): unknown {
  if (folder === undefined) return error
  if (error instanceof PayloadDiffers && error.when === 'read-again')
    folder.forget(error.differences.map(({ path }) => path))
  const kept = folder.abandon(COMMAND)
  const said = payloadFailed(error)
  if (kept === undefined) return said
  if (said instanceof InputError) return new InputError(said.message, `${said.todo} ${kept}`, { cause: error })
  terminal.note(`${kept}\n`)
  return said
}

/** What the system says when it cannot write, whichever part was written. */
const NOT_WRITTEN: readonly string[] = ['ENOSPC', 'EDQUOT', 'EROFS', 'EFBIG']

function targetOf(error: unknown): { readonly code?: string; readonly path?: string } {
  if (error instanceof TargetFault) return { code: error.systemCode, path: error.path }
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return typeof code === 'string' && NOT_WRITTEN.includes(code) ? { code } : {}
}

/** What went wrong with files, in words. */
export function payloadFailed(error: unknown): unknown {
  const { code, path } = targetOf(error)
  if (code !== undefined) {
    const isFull = code === 'ENOSPC' || code === 'EDQUOT'
    return new InputError(
      `${path === undefined ? 'The bundle' : escapeForDisplay(path)} could not be written (${code}${isFull ? ': no space is left' : ''}). Nothing was sealed.`,
      isFull ? 'Make room: a bundle needs as much as its files.' : 'Look at the disk and its permissions.',
      { cause: error },
    )
  }
  if (!(error instanceof PayloadDiffers)) return error
  const lines = error.differences
    .slice(0, 20)
    .map(
      ({ name, what, expected, found }) =>
        `\n  - ${escapeForDisplay(name)}: ${what} ${expected} expected, ${found} found`,
    )
  const more = error.differences.length > 20 ? `\n  - and ${groupDigits(error.differences.length - 20)} more` : ''
  return error.when === 'copied'
    ? new InputError(
        `Files of the bag are not what its manifests list, though they were when it was verified. Nothing was sealed:${lines.join('')}${more}`,
        'Somebody or something changes the bag: find out what, and seal a copy that rests.',
        { cause: error },
      )
    : new InputError(
        `What was written reads otherwise. Nothing was sealed:${lines.join('')}${more}`,
        'Check the disk and the memory of this computer; the files that were to be sealed are as they were.',
        { cause: error },
      )
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

export async function writeArchive(sink: Pick<FolderSink, 'root' | 'files'>, out: string, named = out): Promise<void> {
  const unfinished = `${sink.root}.zip`
  const undo = () => rmSync(unfinished, { force: true })
  undoOnCancel.add(undo)
  const file = await open(unfinished, 'wx')
  try {
    const topFolder = basename(named).replace(/\.zip$/i, '') || 'bundle'
    for await (const piece of writeZip({ topFolder, files: sink.files() })) await file.writeFile(piece)
    await file.sync()
    await file.close()
    await rename(unfinished, out)
  } finally {
    await file.close().catch(() => {})
    await rm(unfinished, { force: true })
    undoOnCancel.delete(undo)
  }
}
