import { createHash } from 'node:crypto'
import { buildArchive, bytesOf } from './archives/build.ts'
import type { Bytes, TarEntryRecipe, TarRecipe, ZipEntryRecipe, ZipRecipe } from './archives/recipe.ts'

/** A vector as it stands in bundles/*.json; README.md explains every member. */
export interface Vector {
  readonly vector: 'probatum/vector/1-draft'
  readonly name: string
  /** A folder of bundles/base/; null when the container is a file of its own. */
  readonly base: string | null
  /** A folder of bundles/over/, whose files are laid over those of the base. */
  readonly over?: string
  readonly why: string
  /** What accepting it would allow; of a good vector, what refusing it would cost. */
  readonly effect: string
  readonly mutations: readonly Mutation[]
  readonly container: Container
  readonly policy: string
  readonly trustSet: string | null
  readonly validationTime: string
  readonly inputs: {
    readonly part?: boolean
    readonly digests?: readonly string[]
    /** Names of files in disclosures/, without `.jsonl`. */
    readonly disclosures?: readonly string[]
    /** Names of files in notices/, without `.json`. */
    readonly notices?: readonly string[]
    /** As a report's inputs name it: `name:NAME` or `key:` and 64 hex digits. */
    readonly recipient?: string
  }
  readonly expect: Expectation
}

export interface Expectation {
  readonly indication?: 'TOTAL-PASSED' | 'TOTAL-FAILED' | 'INDETERMINATE'
  readonly exit: number
  /** Every finding that is neither PASSED nor NOT-CHECKED. */
  readonly findings?: readonly string[]
  /** Some that are. */
  readonly also?: readonly string[]
  /** Diagnoses of mismatches, `path diagnosis`: all of them. */
  readonly diagnoses?: readonly string[]
  /** Files set aside as left by operating systems, and files outside the bundle: all of them. */
  readonly leftovers?: readonly string[]
  readonly outside?: readonly string[]
  /** Instead of all others: code of the error with which the container is refused, or the reason why it cannot be read. */
  readonly error?: string
}

export type Container =
  | { readonly kind: 'directory'; readonly topFolder?: string; readonly extra?: readonly ExtraFile[] }
  | ZipContainer
  | TarContainer
  | { readonly kind: 'file'; readonly content: Bytes }

interface ExtraFile {
  readonly path: string
  readonly content: Bytes
}

interface ArchiveContainer {
  /** Folder around the bundle, `bundle` unless given; '' for none, `a/b` for two. */
  readonly topFolder?: string
  /** Entries for folders too. */
  readonly folders?: boolean
  readonly order?: 'reversed'
  /** On the archive's own bytes. */
  readonly mutations?: readonly ByteMutation[]
}

export interface ZipContainer extends ArchiveContainer {
  readonly kind: 'zip'
  /** Members that every entry of a file gets (archives/recipe.ts). */
  readonly entries?: Omit<ZipEntryRecipe, 'name' | 'content'>
  /** The same, for one entry. */
  readonly entry?: Readonly<Record<string, Omit<ZipEntryRecipe, 'content' | 'name'> & { readonly name?: Bytes }>>
  readonly extra?: readonly ZipEntryRecipe[]
  readonly archive?: Omit<ZipRecipe, 'entries'>
  /** Zeros that stand before this byte of the archive: too many to be written out. */
  readonly hole?: { readonly offset: number; readonly length: number }
}

export interface TarContainer extends ArchiveContainer {
  readonly kind: 'tar'
  readonly entries?: Omit<TarEntryRecipe, 'name' | 'content'>
  readonly extra?: readonly TarEntryRecipe[]
  readonly archive?: Omit<TarRecipe, 'entries'>
}

export type ByteMutation =
  | { readonly op: 'xor'; readonly offset: number; readonly mask: number }
  | { readonly op: 'truncate'; readonly length: number }
  | { readonly op: 'append' | 'prepend'; readonly content: Bytes }

export type Mutation =
  | { readonly op: 'xor'; readonly path: string; readonly offset: number; readonly mask: number }
  | { readonly op: 'write' | 'append' | 'prepend'; readonly path: string; readonly content: Bytes }
  | { readonly op: 'delete' | 'unreadable' | 'vanish'; readonly path: string }
  | { readonly op: 'rename' | 'copy' | 'link'; readonly path: string; readonly to: string }
  | { readonly op: 'take'; readonly path: string; readonly from: string }
  | { readonly op: 'truncate'; readonly path: string; readonly length: number }
  | { readonly op: 'zero'; readonly path: string; readonly offset: number }
  | { readonly op: 'line-ends'; readonly path: string; readonly to: 'crlf' }
  | { readonly op: 'replace'; readonly path: string; readonly from: string; readonly to: string }
  | { readonly op: 'relist'; readonly path: string; readonly add?: readonly string[] }

export interface VectorFiles {
  readonly files: Map<string, Uint8Array>
  /** path → target */
  readonly links: Map<string, string>
  /** path → why it cannot be read */
  readonly faults: Map<string, 'permission' | 'vanished'>
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts))
}

/**
 * Applies the operations in order. A path that is not there, or an edit that changes nothing, is a mistake in the vector.
 * `elsewhere` has what `take` takes: a file below test-vectors/.
 */
export function applyMutations(
  base: ReadonlyMap<string, Uint8Array>,
  mutations: readonly Mutation[],
  elsewhere: (path: string) => Uint8Array,
): VectorFiles {
  const files = new Map(base)
  const links = new Map<string, string>()
  const faults = new Map<string, 'permission' | 'vanished'>()
  const fileAt = (path: string): Uint8Array => {
    const bytes = files.get(path)
    if (bytes === undefined) throw new Error(`no file ${path}`)
    return bytes
  }
  const setNew = (path: string, bytes: Uint8Array): void => {
    if (Buffer.compare(files.get(path) ?? new Uint8Array(0), bytes) === 0 && files.has(path))
      throw new Error(`${path} is not changed`)
    files.set(path, bytes)
  }
  for (const mutation of mutations) {
    const { path } = mutation
    switch (mutation.op) {
      case 'xor':
        setNew(path, flipped(fileAt(path), mutation))
        break
      case 'write':
        setNew(path, bytesOf(mutation.content))
        break
      case 'append':
        setNew(path, joined(fileAt(path), bytesOf(mutation.content)))
        break
      case 'prepend':
        setNew(path, joined(bytesOf(mutation.content), fileAt(path)))
        break
      case 'delete':
        fileAt(path)
        files.delete(path)
        break
      case 'unreadable':
      case 'vanish':
        fileAt(path)
        faults.set(path, mutation.op === 'vanish' ? 'vanished' : 'permission')
        break
      case 'rename': {
        const bytes = fileAt(path)
        files.delete(path)
        setNew(mutation.to, bytes)
        break
      }
      case 'copy':
        setNew(mutation.to, fileAt(path))
        break
      case 'link':
        links.set(path, mutation.to)
        break
      case 'take':
        setNew(path, elsewhere(mutation.from))
        break
      case 'truncate':
        setNew(path, fileAt(path).subarray(0, mutation.length))
        break
      case 'zero':
        setNew(
          path,
          fileAt(path).map((byte, at) => (at < mutation.offset ? byte : 0)),
        )
        break
      case 'line-ends':
        setNew(path, latin1(textOf(fileAt(path)).replaceAll(/\r?\n/g, '\r\n')))
        break
      case 'replace': {
        const text = textOf(fileAt(path))
        const from = textOf(bytesOf(mutation.from))
        const at = text.indexOf(from)
        if (at < 0 || text.indexOf(from, at + 1) >= 0) throw new Error(`not exactly one "${mutation.from}" in ${path}`)
        setNew(path, latin1(text.slice(0, at) + textOf(bytesOf(mutation.to)) + text.slice(at + from.length)))
        break
      }
      case 'relist':
        setNew(path, relisted(files, path, mutation.add ?? []))
        break
    }
  }
  return { files, links, faults }
}

const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1')
const latin1 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'latin1'))

/** A manifest with the digests of the files as they are now; lines of absent files go, added ones come in byte order. */
function relisted(files: ReadonlyMap<string, Uint8Array>, manifest: string, add: readonly string[]): Uint8Array {
  const algorithm = /manifest-([a-z0-9-]+)\.txt$/.exec(manifest)?.[1] ?? ''
  const listed = Buffer.from(files.get(manifest) ?? new Uint8Array(0))
    .toString('utf8')
    .split('\n')
    .map((line) => line.replace(/^[0-9a-f]+ +/, ''))
  const paths = [...new Set([...listed, ...add])].filter((path) => files.has(path))
  paths.sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
  const lines = paths.map((path) => {
    const digest = createHash(algorithm).update(files.get(path) ?? new Uint8Array(0))
    return `${digest.digest('hex')}  ${path}\n`
  })
  return new Uint8Array(Buffer.from(lines.join('')))
}

function flipped(bytes: Uint8Array, { offset, mask }: { readonly offset: number; readonly mask: number }): Uint8Array {
  const at = offset < 0 ? bytes.length + offset : offset
  const before = bytes[at]
  if (before === undefined) throw new Error(`no byte ${offset}`)
  return bytes.with(at, before ^ mask)
}

function applyByteMutations(bytes: Uint8Array, mutations: readonly ByteMutation[]): Uint8Array {
  let result = Uint8Array.from(bytes)
  for (const mutation of mutations) {
    const before = result
    if (mutation.op === 'truncate') result = result.slice(0, mutation.length)
    else if (mutation.op === 'xor') result = Uint8Array.from(flipped(result, mutation))
    else if (mutation.op === 'append') result = Uint8Array.from(joined(result, bytesOf(mutation.content)))
    else result = Uint8Array.from(joined(bytesOf(mutation.content), result))
    if (Buffer.compare(before, result) === 0) throw new Error(`${mutation.op} changes nothing`)
  }
  return result
}

/** Tag files first, then the payload, each in byte order: the order of the format's own archives. */
function inOrder(files: ReadonlyMap<string, Uint8Array>, order: 'reversed' | undefined): [string, Uint8Array][] {
  const entries = [...files].sort(
    ([a], [b]) =>
      Number(a.startsWith('data/')) - Number(b.startsWith('data/')) || Buffer.compare(Buffer.from(a), Buffer.from(b)),
  )
  return order === 'reversed' ? entries.reverse() : entries
}

/** Names of the folders that lead to these files, each with its slash, parents first. */
function foldersOf(paths: readonly string[]): string[] {
  const folders = paths.flatMap((path) => path.split('/').map((_, at, parts) => `${parts.slice(0, at).join('/')}/`))
  return [...new Set(folders)].filter((folder) => folder !== '/').sort()
}

/** The bytes of the archive, or of the file, that a container describes. */
export function containerBytes(
  container: Exclude<Container, { readonly kind: 'directory' }>,
  files: ReadonlyMap<string, Uint8Array>,
): Uint8Array {
  if (container.kind === 'file') return bytesOf(container.content)
  const { topFolder = 'bundle', folders = false, order, mutations = [] } = container
  const prefix = topFolder === '' ? '' : `${topFolder}/`
  const listed = inOrder(files, order).map(([path, bytes]) => ({
    name: prefix + path,
    content: { hex: Buffer.from(bytes).toString('hex') },
  }))
  const folderNames = folders ? foldersOf(listed.map(({ name }) => name)) : []
  if (container.kind === 'tar') {
    const entries: TarEntryRecipe[] = [
      ...folderNames.map((name) => ({ name, type: '5' })),
      ...listed.map((entry) => ({ ...entry, ...container.entries })),
      ...(container.extra ?? []),
    ]
    return applyByteMutations(buildArchive({ tar: { ...container.archive, entries } }), mutations)
  }
  const used = new Set<string>()
  const entries: ZipEntryRecipe[] = [
    ...folderNames.map((name) => ({ name })),
    ...listed.map((entry) => {
      const own = container.entry?.[entry.name]
      if (own !== undefined) used.add(entry.name)
      return { ...entry, ...container.entries, ...own }
    }),
    ...(container.extra ?? []),
  ]
  if (used.size < Object.keys(container.entry ?? {}).length) throw new Error('no such entry')
  return applyByteMutations(buildArchive({ zip: { ...container.archive, entries } }), mutations)
}
