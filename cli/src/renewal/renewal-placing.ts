import { rmSync } from 'node:fs'
import { link, lstat, mkdir, open, readdir, rename, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { FileTree } from '@probatum/core'
import { type SealableFile, writeZip } from '@probatum/seal'
import { escapeForDisplay } from '@probatum/words'
import { InputError } from '../errors.ts'
import { undoOnCancel } from '../run.ts'
import { FolderSink } from '../sealing/folder-sink.ts'

/**
 * Moves what was made beside a bundle into it. First the hints of the level below, which change nothing by lying there; then the
 * level itself by one renaming: until then the bundle is what it was, and afterwards it is renewed.
 * @throws {InputError} where renaming is not possible; then the bundle is as it was
 */
export async function putIntoFolder(root: string, sink: FolderSink, level: number): Promise<void> {
  const from = join(sink.root, 'seal')
  const hints = join('seal', `${level - 1}`, 'validation')
  const placed: string[] = []
  const undo = () => {
    for (const path of placed.toReversed()) rmSync(path, { force: true, recursive: true })
  }
  undoOnCancel.add(undo)
  try {
    const names = await readdir(join(sink.root, hints)).catch(() => [])
    if (names.length > 0) {
      const folder = join(root, hints)
      if ((await mkdir(folder, { recursive: true })) !== undefined) placed.push(folder)
      for (const name of names) {
        if (await placeNew(join(sink.root, hints, name), join(folder, name))) placed.push(join(folder, name))
      }
      await syncFolder(folder)
    }
    await rename(join(from, `${level}`), join(root, 'seal', `${level}`))
    placed.length = 0
    await syncFolder(join(root, 'seal'))
  } catch (error) {
    undo()
    const code = error instanceof Error && 'code' in error ? String(error.code) : undefined
    if (code === undefined) throw error
    throw new InputError(
      `seal/${level}/ could not be put into ${escapeForDisplay(root)} (${code}). Nothing was renewed.`,
      'Is the folder writable, and is nobody else renewing it? Name another place for the renewed bundle with -o.',
      { cause: error },
    )
  } finally {
    undoOnCancel.delete(undo)
  }
}

/** Whether it was put there: one of the same name is the same, and belongs to whoever put it there. */
async function placeNew(from: string, to: string): Promise<boolean> {
  try {
    // Renaming would replace it. Some file systems have no links.
    await link(from, to)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    if (await exists(to)) return false
    await rename(from, to)
    return true
  }
}

const exists = (path: string): Promise<boolean> =>
  lstat(path).then(
    () => true,
    () => false,
  )

/** So that a renaming outlasts a loss of power. Not every system can. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r').catch(() => undefined)
  await folder?.sync().catch(() => {})
  await folder?.close()
}

/** Every file of a bundle and those that were made for it. */
function allFiles(tree: FileTree, sink: FolderSink): Map<string, SealableFile> {
  const own = tree.entries.map(({ path, size }): [string, SealableFile] => [
    path,
    { size, open: () => tree.open(path) },
  ])
  return new Map([...own, ...sink.files()])
}

/** Asked about the copy before it gets its name; what it throws, ends it. */
type CheckCopy = (unfinished: string) => Promise<void>

/** A new folder with everything in it: there whole, or not at all. */
export async function copyInto(out: string, tree: FileTree, made: FolderSink, check: CheckCopy): Promise<void> {
  await inPlace(`${made.root}.copy`, out, check, async (unfinished) => {
    const sink = new FolderSink(unfinished)
    for (const [path, file] of allFiles(tree, made)) await sink.write(path, file.open())
  })
}

/** A new ZIP with everything in it. */
export async function zipInto(out: string, tree: FileTree, made: FolderSink, check: CheckCopy): Promise<void> {
  await inPlace(`${made.root}.zip`, out, check, async (unfinished) => {
    const file = await open(unfinished, 'wx')
    try {
      const topFolder = basename(out).replace(/\.zip$/i, '') || 'bundle'
      for await (const piece of writeZip({ topFolder, files: allFiles(tree, made) })) await file.writeFile(piece)
      await file.sync()
    } finally {
      await file.close()
    }
  })
}

async function inPlace(
  unfinished: string,
  out: string,
  check: CheckCopy,
  make: (unfinished: string) => Promise<void>,
): Promise<void> {
  const undo = () => rmSync(unfinished, { recursive: true, force: true })
  undoOnCancel.add(undo)
  try {
    await make(unfinished)
    await check(unfinished)
    await rename(unfinished, out)
  } finally {
    await rm(unfinished, { recursive: true, force: true })
    undoOnCancel.delete(undo)
  }
}
