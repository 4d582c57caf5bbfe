import { createHash } from 'node:crypto'
import { rmSync } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { encodeUtf8, type SourceEntry, toHex } from '@probatum/core'
import { openDirectory } from '@probatum/platform/node'
import {
  demonstrationTrustSet,
  logKey,
  type PayloadFile,
  platformRandom,
  sampleEd25519Key,
  sealBundle,
  TimeStampError,
  writeZip,
} from '@probatum/seal'
import { type ExitCode, escapeForDisplay, quoteForShell } from '@probatum/words'
import type { Parsed } from 'yargs'
import { InputError } from '../errors.ts'
import { requireNew, writeNew } from '../files.ts'
import { FolderSink } from '../folder-sink.ts'
import { chooseTime } from '../judgement-input.ts'
import { PROGRAM } from '../program.ts'
import { ProgressLine } from '../progress.ts'
import { undoOnCancel } from '../run.ts'
import { chooseSigning, forgetKeys, requireAuthorities } from '../seal-signing.ts'
import { sayMissing, timeStampFailed } from '../time-stamp-failures.ts'
import { terminalOf, textOf } from './report-output.ts'
import { checkOwnBundle } from './seal-check.ts'

/** Seals the files of a folder. With `--tsa` it asks the authorities named, and nothing else uses the network. */
export async function seal(argv: Parsed): Promise<ExitCode> {
  try {
    return await sealFolder(argv)
  } catch (error) {
    if (!(error instanceof TimeStampError)) throw error
    throw timeStampFailed(error, 'Nothing was sealed.')
  }
}

async function sealFolder(argv: Parsed): Promise<ExitCode> {
  const terminal = terminalOf(argv)
  const folder = String(argv.folder)
  const out = String(argv.out)
  const isDemonstration = argv['demo-authority'] === true
  requireAuthorities(argv, isDemonstration)
  await requireNew(out, '--out', [folder])
  const trustOut = `${out.replace(/[\\/]+$/, '')}.trust-set.json`
  if (isDemonstration) await requireNew(trustOut, '--demo-authority', [folder])

  const openingsOut = `${out.replace(/[\\/]+$/, '')}.openings.jsonl`
  if (!isDemonstration) await requireNew(openingsOut, '--out', [folder])
  const source = await openDirectory(folder)
  const first = source.irregular[0]
  if (first !== undefined)
    throw new InputError(
      `${escapeForDisplay(first.path)} in ${escapeForDisplay(folder)} is no ordinary file that can be sealed (${first.what}).`,
      'Take links and the like out, or replace them by the files that are meant.',
    )
  if (source.entries.length === 0)
    throw new InputError(`There is no file in ${escapeForDisplay(folder)}.`, 'A bundle needs at least one.')
  const entries = [...source.entries].sort((a, b) => (a.path < b.path ? -1 : 1))
  const now = chooseTime(undefined)
  const signing = await chooseSigning(argv, isDemonstration, now)

  const unfinished = join(dirname(resolve(out)), `.${basename(out)}.${process.pid}.unfinished`)
  const sink = new FolderSink(unfinished)
  const undo = () => rmSync(unfinished, { recursive: true, force: true })
  undoOnCancel.add(undo)
  const total = { files: entries.length, bytes: entries.reduce((sum, { size }) => sum + size, 0) }
  const progress = terminal.isWatched ? new ProgressLine('', total) : undefined
  try {
    const outcome = await sealBundle({
      files: entries.map((entry) => payloadFile(entry, source)),
      sink,
      now,
      random: platformRandom,
      startDigest: (algorithm) => {
        const hash = createHash(algorithm)
        return {
          update: (bytes) => {
            hash.update(bytes)
          },
          digest: () => new Uint8Array(hash.digest()),
        }
      },
      issuer: textOf(argv, 'issuer') ?? (isDemonstration ? 'Demonstration only (sample)' : 'not stated'),
      recipient: textOf(argv, 'recipient') ?? null,
      externalIdentifier: textOf(argv, 'identifier') ?? basename(resolve(folder)),
      ...(textOf(argv, 'case-id') === undefined ? {} : { caseId: String(argv['case-id']) }),
      longTerm: argv['long-term'] === true,
      sample: isDemonstration,
      signer: signing.signer,
      ...(signing.postQuantum === undefined ? {} : { postQuantum: signing.postQuantum }),
      timeStampAuthorities: signing.timeStampAuthorities,
      timeStampThreshold: signing.timeStampThreshold,
      log: signing.demonstration?.log ?? (await newLog()),
      softwareAgent: 'probatum',
      onProgress: (done) => progress?.show(done),
    })
    progress?.clear()
    const check = await checkOwnBundle(unfinished, signing.timeStampAuthorities)
    if (check.broken.length > 0)
      throw new InputError(
        `What was made does not verify: ${check.broken.join('; ')}. Nothing was sealed.`,
        'Check that key and certificate belong together and that the time-stamp authority is the right one.',
      )
    for (const line of check.open) terminal.note(`A recipient will not be able to decide this: ${line}\n`)
    // Fields of the export's own event that the bundle does not show: without these openings nobody can ever open them.
    if (signing.demonstration === null)
      await writeNew(
        openingsOut,
        encodeUtf8(`${outcome.keptOpenings.map((opening) => JSON.stringify(opening)).join('\n')}\n`),
      )
    if (argv.zip === true) await writeArchive(sink, out)
    else await rename(unfinished, out)
    if (signing.demonstration !== null) await writeNew(trustOut, demonstrationTrustSet(signing.demonstration, now))
    const trust = signing.demonstration === null ? '' : ` --trust-set ${quoteForShell(trustOut)}`
    await terminal.result(
      [
        ...(isDemonstration ? ['SAMPLE: sealed by a throw-away demonstration authority. It proves nothing.'] : []),
        `Sealed ${outcome.payloadFiles} ${outcome.payloadFiles === 1 ? 'file' : 'files'} into ${escapeForDisplay(out)}; read again and verified, but for whose keys they are`,
        `bundle id  ${outcome.bundleId}`,
        ...outcome.sealIds.map(({ file, sha256 }) => `seal id    ${sha256}  ${file}`),
        ...(isDemonstration
          ? []
          : [`Keep, and do not send: ${escapeForDisplay(openingsOut)} (openings of what the bundle withholds)`]),
        ...sayMissing(outcome.missingTimeStamps, out),
        'Tell the recipient bundle id and seal id by another way than the bundle goes.',
        `Check it:  ${PROGRAM} verify ${quoteForShell(out)}${trust}`,
        '',
      ].join('\n'),
    )
    return 0
  } finally {
    progress?.clear()
    forgetKeys(signing)
    await rm(unfinished, { recursive: true, force: true })
    undoOnCancel.delete(undo)
    await source.close()
  }
}

/** A fresh log under a name that nobody else has: an origin is never used twice. */
async function newLog() {
  return logKey(`probatum.example/log/${toHex(platformRandom(16))}`, await sampleEd25519Key(platformRandom(32)))
}

function payloadFile(entry: SourceEntry, source: { open(entry: SourceEntry): AsyncIterable<Uint8Array> }): PayloadFile {
  return { name: entry.rawPath ?? entry.path, size: entry.size, open: () => source.open(entry) }
}

export async function writeArchive(sink: FolderSink, out: string): Promise<void> {
  const unfinished = `${sink.root}.zip`
  const undo = () => rmSync(unfinished, { force: true })
  undoOnCancel.add(undo)
  const file = await open(unfinished, 'wx')
  try {
    const topFolder = basename(out).replace(/\.zip$/i, '') || 'bundle'
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
