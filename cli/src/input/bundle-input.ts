import { closeSync, openSync, readSync, statSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import { type BundleSource, findTopFolder, openArchive, ParseError, type Ports } from '@probatum/core'
import { openDirectory, openFileAccess } from '@probatum/platform/node'
import { escapeForDisplay } from '@probatum/words'
import { InputError, tellFile } from '../errors.ts'
import { unfinishedSealAt } from '../sealing/unfinished-seal.ts'
import type { OpenOptions } from './encrypted-input.ts'
import { fileKind } from './parse-file.ts'

export interface OpenBundle {
  readonly source: BundleSource
  /** What the operator may recognise it by: no folders of this computer. */
  readonly name: string
  /** Bytes of the archive's file; null for a folder. */
  readonly bytes: number | null
  readonly total: { readonly bytes: number; readonly files: number }
  /** Of an encrypted archive the fingerprint of the key that opened it, hex; null for all others. */
  readonly recipient: string | null
  readonly encryption: 'age' | 'cms' | null
  close(): Promise<void>
}

/**
 * Opens a folder or an archive, told apart by what it is and not by its name. One that is still being made, or was left half
 * made, is nobody's to read but the maker's own (`own`). An encrypted archive is opened with a key of `options`.
 * @throws {InputError | SourceFault | ParseError}
 */
export async function openBundle(
  path: string,
  ports: Pick<Ports, 'inflater'>,
  whose: 'own' | 'any' = 'any',
  options: OpenOptions = {},
): Promise<OpenBundle> {
  try {
    const bundle = await open(path, ports, whose, options)
    try {
      // Asked here already, where the name is known that the answer is about.
      findTopFolder(bundle.source)
    } catch (error) {
      try {
        await bundle.source.postponed?.settle()
      } finally {
        await bundle.close()
      }
      throw error
    }
    return bundle
  } catch (error) {
    if (error instanceof ParseError) tellFile(error, { path, ...textKind(path, error.detail.found) })
    throw error
  }
}

/** Of a text that is no bundle, what it is instead, where it says so itself. */
function textKind(path: string, found: string | undefined): ReturnType<typeof fileKind> {
  if (found !== 'json' && found !== 'pem' && found !== 'text') return {}
  const head = Buffer.alloc(4096)
  let file: number | undefined
  try {
    file = openSync(path, 'r')
    const { looks, todo } = fileKind(head.subarray(0, readSync(file, head)))
    if (looks === undefined) return {}
    // What text is here for, nothing but itself can say.
    return found === 'text' && todo !== undefined ? { looks, todo } : { looks }
  } catch {
    return {}
  } finally {
    if (file !== undefined) closeSync(file)
  }
}

async function open(
  path: string,
  ports: Pick<Ports, 'inflater'>,
  whose: 'own' | 'any',
  options: OpenOptions,
): Promise<OpenBundle> {
  if (path === '-')
    throw new InputError(
      'A bundle cannot be read from standard input: its parts are read in another order than they arrive.',
      'Save it to a file first, and give the name of that file.',
    )
  const unfinished = whose === 'own' ? undefined : unfinishedSealAt(path)
  if (unfinished !== undefined)
    throw new InputError(
      `${escapeForDisplay(path)} was not finished: it lies where \`seal\` makes its bundle, and that was interrupted, or still goes on. Nothing was verified.`,
      `Whoever seals it goes on with the same command and --resume, or removes ${escapeForDisplay(unfinished)}.`,
    )
  const name = basename(resolve(path))
  const isFolder = isDirectoryNow(path)
  if (isFolder) {
    const { onFound, lookTogether } = options
    const source = await openDirectory(path, {
      onNames: (files) => onFound?.({ bytes: 0, files }),
      ...(lookTogether === undefined ? {} : { lookTogether }),
    })
    return {
      source,
      name,
      bytes: null,
      total: totalOf(source),
      recipient: null,
      encryption: null,
      close: () => source.close(),
    }
  }
  const file = await openFileAccess(path)
  options.onFound?.({ bytes: file.size, files: 0 })
  try {
    const { source, recipient, encryption } =
      options.identities === undefined
        ? { source: await openArchive(file, ports.inflater, options), recipient: null, encryption: null }
        : await (await import('./encrypted-input.ts')).openWithIdentities(file, name, ports, options)
    return {
      source,
      name,
      bytes: file.size,
      total: totalOf(source),
      recipient,
      encryption,
      close: async () => {
        await source.close()
        await file.close()
      },
    }
  } catch (error) {
    await file.close()
    throw error
  }
}

/** What cannot be looked at is opened as a file: the reason is given then. */
function isDirectoryNow(path: string): boolean {
  try {
    return statSync(path).isDirectory()
  } catch {
    return false
  }
}

function totalOf(source: BundleSource): OpenBundle['total'] {
  let bytes = 0
  for (const { size } of source.entries) bytes += size
  return { bytes, files: source.entries.length }
}
