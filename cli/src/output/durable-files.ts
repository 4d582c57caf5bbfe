import { open, readdir } from 'node:fs/promises'
import { join } from 'node:path'

/** Writes a file whose bytes are on the disk when this ends; what was there is written over. */
export async function writeFileSynced(path: string, text: string): Promise<void> {
  const file = await open(path, 'w')
  try {
    await file.writeFile(text)
    await file.sync()
  } finally {
    await file.close()
  }
}

/** Names of new files are on the disk only when their folder is. Some systems cannot do that for folders. */
export async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r').catch(() => undefined)
  await folder?.sync().catch(() => {})
  await folder?.close()
}

/** The same for all folders below one, too. */
export async function syncFolders(path: string): Promise<void> {
  for (const entry of await readdir(path, { withFileTypes: true }))
    if (entry.isDirectory()) await syncFolders(join(path, entry.name))
  await syncFolder(path)
}
