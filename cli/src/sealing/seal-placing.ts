import { rmSync } from 'node:fs'
import { mkdir, open, rename, rm } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import type { Instant } from '@probatum/core'
import { writeZip } from '@probatum/seal'
import { type ExitCode, escapeForDisplay, groupDigits } from '@probatum/words'
import type { Parsed } from 'yargs'
import { type EncryptedOutput, type Encryption, writeEncrypted, zipOf } from '../output/encrypted-output.ts'
import { undoOnCancel } from '../run.ts'
import type { Terminal } from '../terminal.ts'
import type { FolderSink } from './folder-sink.ts'
import { OUTPUT } from './prepared-seal.ts'
import type { SealingFolder } from './sealing-folder.ts'

/** Where the results of a run belong. */
export function placesOf(out: string) {
  const stem = out.replace(/[\\/]+$/, '')
  return { out, trust: `${stem}.trust-set.json`, openings: `${stem}.openings.jsonl` }
}

/** Sealed by an earlier run that was stopped before the last renaming. */
export async function putInPlace(folder: SealingFolder, out: string, terminal: Terminal): Promise<ExitCode> {
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

/** Of copies of an earlier run. */
export function sayTakenOver(count: number): string {
  return `${groupDigits(count)} ${count === 1 ? 'file' : 'files'} had been copied by an earlier run; they were read again with all others.\n`
}

/**
 * Gives a finished bundle the form in which it leaves: encrypted, one archive, or the folder that it is. Nothing is in its place yet.
 */
export async function formOutput(
  folder: SealingFolder,
  sink: Pick<FolderSink, 'root' | 'files'>,
  {
    argv,
    encryption,
    now,
    out,
  }: {
    readonly argv: Parsed
    readonly encryption: Encryption | undefined
    readonly now: Instant
    readonly out: string
  },
): Promise<{ readonly move: readonly [from: string, to: string]; readonly encrypted: EncryptedOutput | undefined }> {
  const encrypted =
    encryption && (await writeEncrypted(join(folder.path, 'encrypted'), encryption, zipOf(sink, out), now))
  if (encrypted !== undefined) return { move: ['encrypted', resolve(out)], encrypted }
  if (argv.zip !== true) return { move: ['bundle', resolve(out)], encrypted }
  await writeArchive(sink, join(folder.path, 'sealed.zip'), out)
  return { move: ['sealed.zip', resolve(out)], encrypted }
}

/** Makes the folder of what `prepare` ends with, which has the unsealed bundle in it. Returns its path. */
export async function formPrepared(folder: SealingFolder): Promise<string> {
  const place = join(folder.path, PREPARED)
  await rm(place, { recursive: true, force: true })
  await mkdir(place)
  await rename(folder.bundle, join(place, OUTPUT))
  return place
}

/** Of what `formPrepared` makes. */
export const PREPARED = 'prepared'

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
