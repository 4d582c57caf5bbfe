import { constants, lstatSync, readdirSync, type Stats, statSync } from 'node:fs'
import { sep } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import {
  type BundleSource,
  decodeUtf8,
  type Extent,
  hasLoneSurrogate,
  LIMITS,
  ParseError,
  type SourceEntry,
  SourceFault,
} from '@probatum/core'
import { ListedFile } from './file-access.ts'
import { lookAtNames, type NamesTogether, namesTogether, type Seen, seenTogether } from './names-together.ts'
import { faultReason, sourceFault, systemCode } from './source-fault.ts'

type Irregular = BundleSource['irregular'][number]

/** A folder still to be listed. `raw` is set below a name that is not text. */
interface Folder {
  readonly path: string
  readonly system: string | Buffer
  readonly raw?: Buffer
}

/**
 * Lists a folder and everything below it: regular files as entries; links, devices, pipes, sockets and folders that cannot be read
 * as irregular, never followed and never opened. A hard link is a regular file: its bytes are what a reader sees.
 * @param root a folder, or a link to one: the operator named it
 * @throws {SourceFault} `not-a-file` when `root` is no folder, `vanished` when it is not there or goes away
 * @throws {ParseError} ERR_LIMIT beyond LIMITS.archiveEntries names
 */
export async function openDirectory(root: string, options: ListingOptions = {}): Promise<BundleSource> {
  const listing = new Listing(root, options)
  await listing.run()
  return {
    kind: 'directory',
    entries: listing.entries,
    irregular: listing.irregular,
    oddities: [],
    open(entry) {
      const { container } = entry.extent
      if (!(container instanceof ListedFile)) throw new TypeError(`${entry.path} is not an entry of a folder`)
      return container.stream()
    },
    async close() {},
  }
}

export interface ListingOptions {
  /** Told how many names there are, as far as it is known, while they still are looked at. */
  readonly onNames?: (names: number) => void
  /** Lets other threads look at the names of a large folder, too. */
  readonly lookTogether?: (names: NamesTogether) => void
}

/** Names of one folder below which other threads are not asked. */
const LARGE_FOLDER = 4096

/** Nearly every name, told at a glance. */
const ASCII = /^[\x20-\x7e]*$/

class Listing {
  readonly entries: SourceEntry[] = []
  readonly irregular: Irregular[] = []
  readonly #root: string
  readonly #options: ListingOptions
  #names = 0

  constructor(root: string, options: ListingOptions) {
    this.#root = root
    this.#options = options
  }

  async run(): Promise<void> {
    this.#requireRoot()
    const open: Folder[] = [{ path: '', system: this.#root }]
    let sinceRest = 0
    for (let folder = open.pop(); folder !== undefined; folder = open.pop()) {
      const before = this.#names
      for (const below of this.#list(folder)) open.push(below)
      sinceRest += this.#names - before + 1
      if (sinceRest > 2000) {
        await nextTurn()
        sinceRest = 0
      }
    }
  }

  #requireRoot(): void {
    let isFolder: boolean
    try {
      isFolder = statSync(this.#root).isDirectory()
    } catch (error) {
      throw sourceFault(error, this.#root, this.#root)
    }
    if (!isFolder) throw new SourceFault('not-a-file', this.#root, 'ENOTDIR')
  }

  #list(folder: Folder): Folder[] {
    const names = this.#namesIn(folder)
    if (names === undefined) {
      this.irregular.push({ path: folder.path, what: 'unreadable-folder' })
      return []
    }
    this.#names += names.length
    if (this.#names > LIMITS.archiveEntries)
      throw new ParseError('ERR_LIMIT', { where: this.#root, expected: `at most ${LIMITS.archiveEntries} names` })
    this.#options.onNames?.(this.#names)
    const seen = this.#seenTogether(folder, names)
    const below: Folder[] = []
    let isClosed = false
    for (let at = 0; at < names.length; at++) {
      const place = placeOf(folder, names[at] ?? '')
      const stats = seen?.[at] ?? this.#statsOf(place)
      const kind = (stats?.mode ?? 0) & constants.S_IFMT
      if (stats === undefined) isClosed = true
      else if (kind === constants.S_IFREG) this.#addFile(place, stats)
      else if (kind === constants.S_IFDIR) below.push(place)
      else this.irregular.push({ path: place.path, what: irregularKind(kind) })
    }
    // A folder with names that may be read and nothing else (r--): its files cannot even be measured.
    if (isClosed) this.irregular.push({ path: folder.path, what: 'unreadable-folder' })
    return below
  }

  #seenTogether(folder: Folder, names: readonly (string | Buffer)[]): readonly (Seen | undefined)[] | undefined {
    const { lookTogether } = this.#options
    const isText = typeof names[0] === 'string' && typeof folder.system === 'string'
    if (lookTogether === undefined || names.length < LARGE_FOLDER || !isText) return undefined
    const together = namesTogether(folder.system, names as readonly string[])
    lookTogether(together)
    lookAtNames(together)
    return seenTogether(together)
  }

  /** @returns undefined when the folder may not be read */
  #namesIn(folder: Folder): readonly (string | Buffer)[] | undefined {
    try {
      if (folder.raw === undefined) {
        const names = readdirSync(folder.system, 'utf8')
        // U+FFFD may stand for bytes that are not UTF-8: ask for the bytes.
        if (names.every((name) => ASCII.test(name) || (!name.includes('\ufffd') && !hasLoneSurrogate(name))))
          return names
      }
      return readdirSync(folder.system, 'buffer')
    } catch (error) {
      const reason = faultReason(systemCode(error) ?? '', process.platform)
      if (systemCode(error) === undefined || reason === 'vanished') throw sourceFault(error, folder.path, this.#root)
      const fault = sourceFault(error, folder.path, this.#root)
      if (fault.reason === 'vanished' || folder.path === '') throw fault
      return undefined
    }
  }

  /** @returns undefined when the system will not say anything about the name */
  #statsOf(place: Folder): Stats | undefined {
    try {
      return lstatSync(place.system)
    } catch (error) {
      const fault = sourceFault(error, place.path, this.#root)
      if (fault.reason === 'permission') return undefined
      throw fault
    }
  }

  #addFile(place: Folder, stats: Seen): void {
    const { size } = stats
    const { path, raw } = place
    const container = new ListedFile(place.system, stats, this.#root, path)
    const extent: Extent = { container, offset: 0, length: size, method: 'stored', size }
    this.entries.push(raw === undefined ? { path, size, extent } : { path, rawPath: new Uint8Array(raw), size, extent })
  }
}

function placeOf(folder: Folder, name: string | Buffer): Folder {
  const text = typeof name === 'string' ? name : decodeUtf8(name)
  const prefix = folder.path === '' ? '' : `${folder.path}/`
  // Those that came as text are text throughout.
  const isText = text !== undefined && (typeof name === 'string' || ASCII.test(text) || !hasLoneSurrogate(text))
  if (isText && folder.raw === undefined && typeof folder.system === 'string')
    return { path: prefix + text, system: folder.system + sep + text }
  const bytes = typeof name === 'string' ? Buffer.from(name) : name
  const raw = Buffer.concat([folder.raw ?? Buffer.from(folder.path), Buffer.from(prefix === '' ? '' : '/'), bytes])
  const above = typeof folder.system === 'string' ? Buffer.from(folder.system) : folder.system
  return { path: prefix + visibleName(bytes), system: Buffer.concat([above, Buffer.from(sep), bytes]), raw }
}

/** Text where it is text, `\xff` for each byte that is not UTF-8. For people: it names no file. */
export function visibleName(bytes: Uint8Array): string {
  let visible = ''
  for (let at = 0; at < bytes.length; ) {
    let taken = 0
    // A character of UTF-8 has at most four octets (RFC 3629 §3).
    for (let length = 1; length <= 4 && at + length <= bytes.length && taken === 0; length++) {
      const text = decodeUtf8(bytes.subarray(at, at + length))
      if (text === undefined) continue
      visible += text
      taken = length
    }
    if (taken === 0) {
      visible += `\\x${(bytes[at] ?? 0).toString(16).padStart(2, '0')}`
      taken = 1
    }
    at += taken
  }
  return visible
}

function irregularKind(kind: number): Irregular['what'] {
  if (kind === constants.S_IFLNK) return 'symbolic-link'
  if (kind === constants.S_IFIFO) return 'fifo'
  if (kind === constants.S_IFSOCK) return 'socket'
  return kind === constants.S_IFBLK || kind === constants.S_IFCHR ? 'device' : 'other'
}
