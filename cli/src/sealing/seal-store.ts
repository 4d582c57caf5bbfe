import { escapeForDisplay } from '@probatum/words'
import type { Parsed } from 'yargs'
import type { FolderSink } from './folder-sink.ts'
import { PayloadFolder } from './payload-folder.ts'
import { PayloadLinks } from './payload-links.ts'
import type { SealingFolder } from './sealing-folder.ts'

const isLinking = (argv: Parsed) => argv.link === true

/** Where payload goes: copies, or with `--link` second names of the files themselves. */
export function chooseStore(argv: Parsed, folder: SealingFolder, sink: FolderSink): PayloadFolder | PayloadLinks {
  const written = (path: string, size: number) => sink.written.set(path, size)
  return isLinking(argv) ? new PayloadLinks(folder, written) : new PayloadFolder(folder, written)
}

/** Asked last before a bundle is done: of links, that nobody has changed a file since it was read. @throws {SourceFault} */
export function requireStillSame(store: PayloadFolder | PayloadLinks): void {
  if (store instanceof PayloadLinks) store.requireUnchanged()
}

/** How payload was looked at, for the summary. */
export const sayRead = (argv: Parsed): string => (isLinking(argv) ? 'read and verified' : 'read again and verified')

/** What has to be known of a bundle that shares its files with somebody; nothing of one that was made from them. */
export function sayLinked(argv: Parsed, path: string): string[] {
  if (!isLinking(argv) || argv.zip === true || argv['encrypt-to'] !== undefined) return []
  return [
    `Not copied: the files in ${escapeForDisplay(path)} are those of ${escapeForDisplay(String(argv.folder))} under second names. Whoever changes one there changes it here, and verification then says so.`,
  ]
}
