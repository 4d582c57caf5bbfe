import type { Oddity } from '../model/container.ts'
import { LIMITS } from '../model/limits.ts'
import type { RandomAccess } from '../model/ports.ts'
import { decodeUtf8 } from '../model/utf8.ts'
import { ContainerPiece } from './container-piece.ts'
import { EntryNames } from './entry-names.ts'
import { visibleName } from './entry-path.ts'
import type { BundleSource, SourceEntry } from './source.ts'
import {
  BLOCK,
  isZeroBlock,
  parsePaxRecords,
  parseTarHeader,
  type TarHeader,
  tarError,
  untilNul,
} from './tar-header.ts'

const PIECE_BYTES = 1_048_576
/** Headers closer than this are read together. */
const DENSE_BYTES = 32_768
const CHUNK_BYTES = 1_048_576
/** The largest size that the header's own field can hold in octal: 8 GiB. */
const OCTAL_SIZE_LIMIT = 8 ** 11

type Irregular = BundleSource['irregular'][number]

const LINKS: Readonly<Record<string, Irregular['what']>> = {
  '1': 'hard-link',
  '2': 'symbolic-link',
  '3': 'device',
  '4': 'device',
  '6': 'fifo',
}

/**
 * Opens an uncompressed tar archive: ustar, pax and GNU long names. Links and devices are listed, never followed.
 * @throws {ParseError} ERR_TAR_TRUNCATED when the end is missing, ERR_TAR_UNSUPPORTED for sparse files and multi-volume
 *   archives, ERR_TAR_AMBIGUOUS, ERR_TAR_STRUCTURE, ERR_PATH_UNSAFE, ERR_PATH_DUPLICATE
 * @throws {SourceFault} when the container cannot be read
 */
export async function openTar(container: RandomAccess): Promise<BundleSource> {
  const walk = new TarWalk(container)
  await walk.run()
  return {
    kind: 'tar',
    entries: walk.entries,
    irregular: walk.irregular,
    oddities: walk.oddities(),
    open(entry) {
      if (entry.extent.container !== container) throw new TypeError(`${entry.path} is not an entry of this archive`)
      return chunksOf(container, entry.extent.offset, entry.extent.length)
    },
    async close() {},
  }
}

async function* chunksOf(
  container: RandomAccess,
  offset: number,
  length: number,
): AsyncGenerator<Uint8Array, void, undefined> {
  for (let done = 0; done < length; done += CHUNK_BYTES) {
    yield await container.read(offset + done, Math.min(CHUNK_BYTES, length - done))
  }
}

/** What the headers before an entry say about it. */
interface Announced {
  longName?: Uint8Array
  paxName?: Uint8Array
  paxSize?: number
}

class TarWalk {
  readonly entries: SourceEntry[] = []
  readonly irregular: Irregular[] = []
  readonly #container: RandomAccess
  readonly #piece: ContainerPiece
  readonly #names = new EntryNames('tar')
  readonly #formats = new Set<string>()
  #announced: Announced = {}
  #count = 0

  constructor(container: RandomAccess) {
    this.#container = container
    this.#piece = new ContainerPiece(container)
  }

  oddities(): readonly Oddity[] {
    return [{ id: 'tar.format', value: [...this.#formats].sort().join(', ') }]
  }

  async run(): Promise<void> {
    const { size } = this.#container
    let at = 0
    for (;;) {
      if (at + BLOCK > size) throw tarError('ERR_TAR_TRUNCATED', 'archive', 'end', { offset: size })
      if (!this.#piece.holds(at, BLOCK)) await this.#piece.load(at, Math.min(PIECE_BYTES, size - at))
      const from = at - this.#piece.start
      const block = this.#piece.bytes.subarray(from, from + BLOCK)
      if (isZeroBlock(block)) break
      const header = parseTarHeader(block, at)
      const data = at + BLOCK
      const length = await this.#readMember(header, data)
      at = data + Math.ceil(length / BLOCK) * BLOCK
      if (data + length > size) throw tarError('ERR_TAR_TRUNCATED', this.#textOf(header.name), 'data', { offset: size })
      // A far header is read alone.
      if (length > DENSE_BYTES && at + BLOCK <= size && !this.#piece.holds(at, BLOCK)) {
        await this.#piece.load(at, BLOCK)
      }
    }
    if (Object.keys(this.#announced).length > 0) throw tarError('ERR_TAR_STRUCTURE', 'archive', 'announced')
    await this.#requireZerosFrom(at)
    this.#names.finish()
  }

  /** Returns the bytes of data behind the header. */
  async #readMember(header: TarHeader, data: number): Promise<number> {
    this.#count++
    if (this.#count > LIMITS.archiveEntries) {
      throw tarError('ERR_LIMIT', 'archive', 'entries', { expected: `at most ${LIMITS.archiveEntries}` })
    }
    switch (header.type) {
      case 'x':
        this.#announcePax(await this.#readRecord(header, data))
        return header.size
      case 'g':
        this.#requireHarmlessGlobal(await this.#readRecord(header, data))
        return header.size
      case 'L':
        if (this.#announced.longName !== undefined) throw tarError('ERR_TAR_AMBIGUOUS', 'header', 'long-name.repeated')
        this.#announced.longName = untilNul(await this.#readRecord(header, data))
        this.#formats.add('gnu')
        return header.size
      case 'K':
        // The target of a link, which is not followed.
        await this.#readRecord(header, data)
        return header.size
      default:
        return this.#addMember(header, data)
    }
  }

  #addMember(header: TarHeader, data: number): number {
    const announced = this.#announced
    this.#announced = {}
    if (announced.longName !== undefined && announced.paxName !== undefined) {
      throw tarError('ERR_TAR_AMBIGUOUS', this.#textOf(announced.paxName), 'two-long-names')
    }
    this.#formats.add(header.format)
    const raw = announced.paxName ?? announced.longName ?? header.name
    const text = decodeUtf8(raw)
    const name = stripDotSlash(text ?? visibleName(raw))
    const rawName = text === undefined ? stripRaw(raw) : undefined
    const length = this.#sizeOf(header, announced, name)
    const isFile = header.type === '0' || header.type === '7'
    const isFolder = header.type === '5' || (isFile && name.endsWith('/'))
    if (isFile && !isFolder) {
      this.#names.add(name, false, rawName)
      const extent = { container: this.#container, offset: data, length, method: 'stored' as const, size: length }
      this.entries.push({ path: name, ...(rawName === undefined ? {} : { rawPath: rawName }), size: length, extent })
      return length
    }
    const what = LINKS[header.type]
    if (!isFolder && what === undefined) {
      throw tarError('ERR_TAR_UNSUPPORTED', name, 'type', { found: header.type === 'S' ? 'sparse file' : header.type })
    }
    // Readers differ about data behind a folder or a link: some skip it, some read it as the next header.
    if (length !== 0) throw tarError('ERR_TAR_AMBIGUOUS', name, 'size', { expected: '0', found: `${length}` })
    if (what !== undefined) {
      this.#names.add(name, false, rawName)
      this.irregular.push({ path: name, what })
    } else if (name !== '' && name !== '.') this.#names.add(name, true, rawName)
    return 0
  }

  #sizeOf(header: TarHeader, announced: Announced, name: string): number {
    if (announced.paxSize === undefined || announced.paxSize === header.size) return header.size
    // Only a size that the header cannot hold may differ from it: readers without pax would go astray otherwise.
    if (announced.paxSize >= OCTAL_SIZE_LIMIT) return announced.paxSize
    throw tarError('ERR_TAR_AMBIGUOUS', name, 'pax.size', {
      expected: `${header.size}`,
      found: `${announced.paxSize}`,
    })
  }

  #announcePax(bytes: Uint8Array): void {
    const records = parsePaxRecords(bytes, 'pax header')
    this.#formats.add('pax')
    for (const [key, value] of records) {
      if (key.startsWith('GNU.sparse.'))
        throw tarError('ERR_TAR_UNSUPPORTED', 'pax header', 'type', { found: 'sparse file' })
      if (key === 'path') {
        if (this.#announced.paxName !== undefined) throw tarError('ERR_TAR_AMBIGUOUS', 'pax header', 'pax.repeated')
        if (value.includes(0)) throw tarError('ERR_PATH_UNSAFE', visibleName(value), 'nul')
        this.#announced.paxName = value
      }
      if (key === 'size') this.#announced.paxSize = paxSize(value)
    }
  }

  #requireHarmlessGlobal(bytes: Uint8Array): void {
    this.#formats.add('pax')
    for (const key of parsePaxRecords(bytes, 'global pax header').keys()) {
      if (key === 'path' || key === 'size' || key === 'linkpath' || key.startsWith('GNU.sparse.')) {
        throw tarError('ERR_TAR_UNSUPPORTED', 'global pax header', 'pax.global', { found: key })
      }
    }
  }

  async #readRecord(header: TarHeader, data: number): Promise<Uint8Array> {
    const { size } = header
    if (size > LIMITS.tarRecordBytes) {
      throw tarError('ERR_LIMIT', 'header', 'record', {
        expected: `at most ${LIMITS.tarRecordBytes}`,
        found: `${size}`,
      })
    }
    if (data + size > this.#container.size) {
      throw tarError('ERR_TAR_TRUNCATED', 'header', 'record', { offset: this.#container.size })
    }
    if (!this.#piece.holds(data, size)) {
      await this.#piece.load(data, Math.min(this.#container.size - data, Math.max(size, PIECE_BYTES)))
    }
    const from = data - this.#piece.start
    return this.#piece.bytes.slice(from, from + size)
  }

  /** Behind the end there is padding. Anything else would be seen by the readers that go on, and not by the others. */
  async #requireZerosFrom(start: number): Promise<void> {
    const { size } = this.#container
    for (let at = start; at < size; at += PIECE_BYTES) {
      const bytes = await this.#container.read(at, Math.min(PIECE_BYTES, size - at))
      const found = bytes.findIndex((byte) => byte !== 0)
      if (found >= 0) throw tarError('ERR_TAR_AMBIGUOUS', 'archive', 'trailing-data', { offset: at + found })
    }
  }

  #textOf(raw: Uint8Array): string {
    return decodeUtf8(raw) ?? visibleName(raw)
  }
}

function paxSize(value: Uint8Array): number {
  const text = String.fromCharCode(...value.subarray(0, 32))
  const size = /^[0-9]{1,16}$/.test(text) ? Number(text) : Number.NaN
  if (!Number.isSafeInteger(size)) throw tarError('ERR_TAR_STRUCTURE', 'pax header', 'pax.size', { found: text })
  return size
}

/** `tar -C folder .` writes `./name`; all readers take it for `name`. */
function stripDotSlash(name: string): string {
  return name.startsWith('./') ? name.slice(2) : name
}

function stripRaw(raw: Uint8Array): Uint8Array {
  return raw[0] === 0x2e && raw[1] === 0x2f ? raw.slice(2) : raw
}
