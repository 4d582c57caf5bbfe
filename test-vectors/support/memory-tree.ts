import { createHash } from 'node:crypto'
import {
  comparePaths,
  type Digester,
  type DigestOutcome,
  type Extent,
  encodeUtf8,
  type FileTree,
  ParseError,
  type Ports,
  type RandomAccess,
  type SmallDigest,
  SourceFault,
  type SourceFaultReason,
} from '@probatum/core'

/** A file of an invented tree: its bytes (text as UTF-8), or why it cannot be read. */
export type MemoryFile = Uint8Array | string | { readonly fault: SourceFaultReason; readonly size: number }

export interface MemoryTreeOptions {
  readonly irregular?: FileTree['irregular']
  /** Names that are not UTF-8: the raw bytes, by the visible path under which the file stands. */
  readonly rawPaths?: Readonly<Record<string, Uint8Array>>
}

const container: RandomAccess = {
  size: 0,
  read: () => Promise.reject(new TypeError('a memory tree is read through its entries')),
  handle: 'memory',
}

/** A tree of names and bytes held in memory, for tests. */
export function memoryTree(
  files: Readonly<Record<string, MemoryFile>>,
  options: MemoryTreeOptions = {},
): FileTree & { readonly digester: Digester } {
  const contents = new Map<string, Uint8Array | { readonly fault: SourceFaultReason; readonly size: number }>()
  for (const [path, file] of Object.entries(files))
    contents.set(path, typeof file === 'string' ? encodeUtf8(file) : file)
  const entries = [...contents]
    .sort(([a], [b]) => comparePaths(a, b))
    .map(([path, content]) => {
      const size = content instanceof Uint8Array ? content.length : content.size
      const extent: Extent = { container, offset: 0, length: size, method: 'stored', size }
      const rawPath = options.rawPaths?.[path]
      return { path, size, extent, ...(rawPath === undefined ? {} : { rawPath }) }
    })
  const bytesOf = (path: string): Uint8Array => {
    const content = contents.get(path)
    if (content === undefined) throw new TypeError(`no such file: ${path}`)
    if (content instanceof Uint8Array) return content
    throw new SourceFault(content.fault, path, 'EINVENTED')
  }
  return {
    entries,
    byPath: new Map(entries.map((entry) => [entry.path, entry])),
    irregular: options.irregular ?? [],
    read: async (path, limit) => {
      const bytes = bytesOf(path)
      if (bytes.length > limit) throw new ParseError('ERR_LIMIT', { where: path })
      return bytes
    },
    open: async function* (path) {
      const bytes = bytesOf(path)
      // Pieces, so that what is found across their edges is tested too.
      for (let at = 0; at < bytes.length; at += 7) yield bytes.subarray(at, at + 7)
    },
    digester: {
      digest: async function* (jobs): AsyncGenerator<readonly DigestOutcome[]> {
        for (const { path, algorithms } of [...jobs].reverse()) {
          // A job of a name that is not text carries more than the visible name.
          const content = contents.get(path.split('\0')[0] ?? '')
          if (content === undefined) throw new TypeError(`no such file: ${path}`)
          if (content instanceof Uint8Array) {
            const digests = Object.fromEntries(algorithms.map((name) => [name, hex(name, content)]))
            yield [{ path, size: content.length, digests }]
          } else yield [{ path, size: 0, digests: {}, fault: { reason: content.fault, systemCode: 'EINVENTED' } }]
        }
      },
    },
  }
}

export function hex(algorithm: string, content: Uint8Array | string): string {
  return createHash(algorithm).update(content).digest('hex')
}

export const testSmallDigest: SmallDigest = (algorithm, bytes) =>
  new Uint8Array(createHash(algorithm).update(bytes).digest())

/** Ports for a bag in memory; signatures and compression are not among what a bag asks for. */
export function memoryPorts(tree: { readonly digester: Digester }): Ports {
  const never = () => {
    throw new TypeError('not asked for by a bag')
  }
  return {
    digester: tree.digester,
    smallDigest: testSmallDigest,
    signatures: { verify: never },
    inflater: { inflate: never },
  }
}

export interface BagRecipe {
  readonly version?: string
  readonly encoding?: string
  readonly algorithms?: readonly string[]
  readonly tagAlgorithms?: readonly string[]
  readonly payload?: Readonly<Record<string, string | Uint8Array>>
  readonly info?: string | null
  /** Further tag files; they are listed. */
  readonly tags?: Readonly<Record<string, string>>
}

/** Files of a small invented bag that is in order, as a maker of bags would write them. */
export function sampleBag(recipe: BagRecipe = {}): Record<string, string | Uint8Array> {
  const {
    version = '1.0',
    encoding = 'UTF-8',
    algorithms = ['sha256'],
    tagAlgorithms = algorithms,
    payload = { 'data/00/000001.txt': 'first sample\n', 'data/00/000002.txt': 'second sample\n' },
    tags = {},
  } = recipe
  const paths = Object.keys(payload).sort(comparePaths)
  const bytes = paths.reduce((sum, path) => sum + Buffer.byteLength(payload[path] ?? ''), 0)
  const info = recipe.info === undefined ? `Payload-Oxum: ${bytes}.${paths.length}\n` : recipe.info
  const files: Record<string, string | Uint8Array> = {
    'bagit.txt': `BagIt-Version: ${version}\nTag-File-Character-Encoding: ${encoding}\n`,
    ...(info === null ? {} : { 'bag-info.txt': info }),
    ...tags,
    ...payload,
  }
  const encoded = (path: string) =>
    version === '1.0'
      ? path.replace(/[%\r\n]/g, (c) => `%${(c.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(2, '0')}`)
      : path
  for (const name of algorithms) files[`manifest-${name}.txt`] = manifestText(name, paths, files, encoded)
  const tagPaths = Object.keys(files)
    .filter((path) => !path.startsWith('data/'))
    .sort(comparePaths)
  for (const name of tagAlgorithms) files[`tagmanifest-${name}.txt`] = manifestText(name, tagPaths, files, encoded)
  return files
}

function manifestText(
  algorithm: string,
  paths: readonly string[],
  files: Readonly<Record<string, string | Uint8Array>>,
  encoded: (path: string) => string,
): string {
  return paths.map((path) => `${hex(algorithm, files[path] ?? '')}  ${encoded(path)}\n`).join('')
}

/** The same bag with its tag manifests written anew: for defects that a maker, not a stranger, brought in. */
export function resealed(files: Readonly<Record<string, string | Uint8Array>>): Record<string, string | Uint8Array> {
  const out = { ...files }
  const names = Object.keys(files).filter((path) => /^tagmanifest-.*\.txt$/.test(path))
  const paths = Object.keys(files)
    .filter((path) => !path.startsWith('data/') && !names.includes(path) && !path.startsWith('seal/'))
    .sort(comparePaths)
  for (const name of names) {
    const algorithm = name.slice('tagmanifest-'.length, -'.txt'.length)
    out[name] = manifestText(algorithm, paths, files, (path) => path)
  }
  return out
}
