import type { Oddity } from '../model/container.ts'
import { LIMITS } from '../model/limits.ts'
import { ParseError } from '../model/parse-error.ts'
import type { Echo, Extent, Inflater, RandomAccess } from '../model/ports.ts'
import { EntryNames } from './entry-names.ts'
import type { BundleSource, SourceEntry } from './source.ts'
import { readExtent } from './zip-content.ts'
import { DEFLATE, entryError, FLAG, readZipDirectory, type ZipDirectory } from './zip-directory.ts'
import { readZipEnd, type ZipEnd } from './zip-end.ts'
import { readLocalHeaders } from './zip-local.ts'
import { PostponedHeaders } from './zip-postponed.ts'

const STORED = 0
const S_IFDIR = 0x4000
const S_IFREG = 0x8000
const DOS_DIRECTORY = 0x10

/** APPNOTE 4.4.5, those that archives of our day may have. */
const METHOD_NAMES: Readonly<Record<number, string>> = {
  6: 'Implode',
  9: 'Deflate64',
  12: 'BZIP2',
  14: 'LZMA',
  93: 'Zstandard',
  95: 'XZ',
  98: 'PPMd',
}

/** APPNOTE 4.4.2.2. */
const CREATORS: Readonly<Record<number, string>> = {
  0: 'FAT',
  3: 'Unix',
  7: 'Macintosh',
  10: 'NTFS',
  11: 'MVS',
  14: 'VFAT',
  19: 'macOS',
}

/**
 * Opens a ZIP archive: stored and deflated entries, with or without ZIP64. Everything on which two readers could
 * disagree is a reason to refuse; what only looks unusual is an oddity.
 * @throws {ParseError} naming the entry and the field
 * @throws {SourceFault} when the container cannot be read
 */
export async function openZip(
  container: RandomAccess,
  inflater: Inflater,
  { postpones = false }: ArchiveOptions = {},
): Promise<BundleSource> {
  const end = await readZipEnd(container)
  const directory = await readZipDirectory(container, end, postpones)
  const files = judgeEntries(directory)
  const postponed = postpones ? PostponedHeaders.of(container, end, directory) : undefined
  const dataOffsets = postponed?.dataOffsets ?? (await readLocalHeaders(container, end, directory))
  const entries = sourceEntries(container, directory, files, dataOffsets, postponed?.echo)
  const oddities = odditiesOf(directory, end)
  const source = zipSource(container, inflater, entries, oddities)
  return postponed === undefined ? source : { ...source, postponed }
}

export interface ArchiveOptions {
  /** Local headers may be looked at when the data are read: whoever says so calls `settle` of the source, see PostponedChecks. */
  readonly postpones?: boolean
}

/** Holds nothing of the directory, which takes some 40 bytes an entry for as long as anything does. */
function zipSource(
  container: RandomAccess,
  inflater: Inflater,
  entries: readonly SourceEntry[],
  oddities: readonly Oddity[],
): BundleSource {
  return {
    kind: 'zip',
    entries,
    irregular: [],
    oddities,
    open(entry) {
      if (entry.extent.container !== container) throw new TypeError(`${entry.path} is not an entry of this archive`)
      return readExtent(entry.extent, inflater, entry.path)
    },
    async close() {},
  }
}

function sourceEntries(
  container: RandomAccess,
  directory: ZipDirectory,
  files: readonly number[],
  dataOffsets: Float64Array,
  echo: Echo | undefined,
): readonly SourceEntry[] {
  return files.map((index): SourceEntry => {
    const rawPath = directory.rawNames.get(index)
    const path = directory.names[index] ?? ''
    const size = small(directory.sizes[index] ?? 0)
    const extent: Extent = {
      container,
      offset: small(dataOffsets[index] ?? 0),
      length: small(directory.compressedSizes[index] ?? 0),
      method: directory.methods[index] === STORED ? 'stored' : 'deflate',
      size,
      crc32: directory.crcs[index] ?? 0,
      echo,
      place: index,
    }
    return rawPath === undefined ? { path, size, extent } : { path, rawPath, size, extent }
  })
}

/** The same number. One of a Float64Array takes memory of its own wherever it is kept, unless it is made an integer of 32 bits. */
function small(value: number): number {
  return value === (value | 0) ? value | 0 : value
}

/** Judges names, kinds, methods and sizes by the directory alone. Returns the indexes of the files. */
function judgeEntries(directory: ZipDirectory): number[] {
  const files: number[] = []
  const names = new EntryNames('zip')
  let inflated = 0
  for (let index = 0; index < directory.count; index++) {
    const name = directory.names[index] ?? ''
    const isFolder = name.endsWith('/')
    judgeFlagsAndMethod(name, directory.flags[index] ?? 0, directory.methods[index] ?? 0)
    judgeKind(name, isFolder, directory.types[index] ?? 0, directory.dosAttributes[index] ?? 0)
    names.add(name, isFolder, directory.rawNames.get(index))
    judgeSizes(directory, index, isFolder)
    if (isFolder) continue
    if (directory.methods[index] === DEFLATE) inflated += directory.sizes[index] ?? 0
    files.push(index)
  }
  names.finish()
  if (inflated > LIMITS.inflatedTotalBytes) {
    throw new ParseError('ERR_LIMIT', {
      where: 'archive',
      field: 'inflated-total',
      expected: `at most ${LIMITS.inflatedTotalBytes}`,
      found: `${inflated}`,
    })
  }
  return files
}

function judgeFlagsAndMethod(name: string, flags: number, method: number): void {
  if ((flags & (FLAG.encrypted | FLAG.strong | FLAG.masked)) !== 0 || method === 99) {
    throw entryError('ERR_ZIP_ENCRYPTED', name, 'flags', { found: `0x${flags.toString(16).padStart(4, '0')}` })
  }
  if ((flags & FLAG.patched) !== 0) throw entryError('ERR_ZIP_UNSUPPORTED', name, 'flags', { found: 'patched data' })
  if (method !== STORED && method !== DEFLATE) {
    const known = METHOD_NAMES[method]
    throw entryError('ERR_ZIP_UNSUPPORTED', name, 'method', {
      expected: 'stored or deflated',
      found: known === undefined ? `${method}` : `${method} ${known}`,
    })
  }
}

function judgeKind(name: string, isFolder: boolean, type: number, dosAttributes: number): void {
  const stated = type === 0 ? undefined : type
  const agrees = stated === undefined || stated === (isFolder ? S_IFDIR : S_IFREG)
  if (!agrees && stated !== S_IFDIR && stated !== S_IFREG) {
    throw entryError('ERR_ENTRY_TYPE', name, 'mode', { found: typeName(stated) })
  }
  if (!agrees || (!isFolder && (dosAttributes & DOS_DIRECTORY) !== 0)) {
    throw entryError('ERR_ZIP_AMBIGUOUS', name, 'entry-type', {
      expected: isFolder ? 'a folder, by its name' : 'a file, by its name',
      found: isFolder ? 'a file, by its attributes' : 'a folder, by its attributes',
    })
  }
}

function typeName(type: number): string {
  if (type === 0xa000) return 'symbolic link'
  if (type === 0x2000 || type === 0x6000) return 'device'
  if (type === 0x1000) return 'fifo'
  if (type === 0xc000) return 'socket'
  return `type 0x${type.toString(16)}`
}

function judgeSizes(directory: ZipDirectory, index: number, isFolder: boolean): void {
  const name = directory.names[index] ?? ''
  const size = directory.sizes[index] ?? 0
  const compressed = directory.compressedSizes[index] ?? 0
  const sides = { expected: `${compressed} bytes or what they can hold`, found: `${size}` }
  if (directory.methods[index] === STORED) {
    if (size !== compressed) throw entryError('ERR_ZIP_AMBIGUOUS', name, 'stored-size', sides)
  } else {
    // An empty stream has two bytes; the first block's header needs room that the ratio does not count.
    if (size > (compressed + 1) * LIMITS.deflateRatio) throw entryError('ERR_ZIP_CONTENT', name, 'size', sides)
    if (size > LIMITS.bombThresholdBytes && size > compressed * LIMITS.bombRatio) {
      throw entryError('ERR_LIMIT', name, 'expansion', {
        expected: `at most ${LIMITS.bombRatio} to 1`,
        found: `${size} from ${compressed}`,
      })
    }
  }
  // Java writes folders deflated: an empty stream of two bytes.
  if (isFolder && (size !== 0 || directory.crcs[index] !== 0 || compressed > 2)) {
    throw entryError('ERR_ZIP_AMBIGUOUS', name, 'folder-content', {
      expected: 'no content',
      found: `${compressed} bytes`,
    })
  }
}

function odditiesOf(directory: ZipDirectory, end: ZipEnd): readonly Oddity[] {
  const oddities: Oddity[] = []
  const counted = (id: string, count: number): void => {
    if (count > 0) oddities.push({ id, value: `${count}` })
  }
  const creators = [...directory.creators].sort((a, b) => a - b).map((host) => CREATORS[host] ?? `${host}`)
  if (creators.length > 0) oddities.push({ id: 'zip.creator', value: creators.join(', ') })
  if (end.zip64) oddities.push({ id: 'zip.zip64' })
  counted('zip.deflated', directory.deflated)
  counted('zip.data-descriptor', directory.descriptors)
  counted('zip.unflagged-name', directory.unflaggedNames)
  counted('zip.name-not-utf8', directory.rawNames.size)
  counted('zip.comment', end.commentBytes)
  return oddities
}
