import type { Bytes, Recipe, TarEntryRecipe, TarRecipe, ZipEntryRecipe, ZipFields, ZipRecipe } from './recipe.ts'

const MAX32 = 0xffffffff
const BLOCK = 512

/** The bytes of a recipe. */
export function buildArchive(recipe: Recipe): Uint8Array {
  if ('zip' in recipe) return buildZip(recipe.zip)
  return 'tar' in recipe ? buildTar(recipe.tar) : bytesOf(recipe.raw)
}

export function bytesOf(bytes: Bytes): Uint8Array {
  if (typeof bytes === 'string') return new TextEncoder().encode(bytes)
  if ('zeros' in bytes) return new Uint8Array(bytes.zeros)
  if ('repeat' in bytes) return new TextEncoder().encode(bytes.repeat.repeat(bytes.times))
  if ('archive' in bytes) return buildArchive(bytes.archive)
  if ('parts' in bytes) return joined(bytes.parts.map(bytesOf))
  const digits = bytes.hex.replaceAll(/\s/g, '')
  if (!/^(?:[0-9a-f]{2})*$/.test(digits)) throw new TypeError(`not hexadecimal: ${bytes.hex}`)
  return Uint8Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
}

function buildZip(recipe: ZipRecipe): Uint8Array {
  const prefix = bytesOf(recipe.prefix ?? '')
  const parts: Uint8Array[] = [prefix]
  const headers: Uint8Array[] = []
  const offsets: number[] = []
  let at = prefix.length
  for (const entry of recipe.entries) {
    const { sameBodyAs } = entry
    const before = bytesOf(entry.before ?? '')
    const offset = sameBodyAs === undefined ? at + before.length : (offsets[sameBodyAs] ?? 0)
    offsets.push(offset)
    if (sameBodyAs === undefined) {
      const body = joined([before, localHeader(entry, offset), dataOf(entry), descriptor(entry)])
      parts.push(body)
      at += body.length
    }
    if (!entry.unlisted) headers.push(centralHeader(entry, offset - prefix.length))
  }
  if (recipe.reversedDirectory) headers.reverse()
  const directory = joined(headers)
  const behind = bytesOf(recipe.behindDirectory ?? '')
  const offset = at - prefix.length
  const place = {
    offset,
    size: directory.length,
    entries: headers.length,
    end64: offset + directory.length + behind.length,
  }
  parts.push(directory, behind, end64(recipe, place), endRecord(recipe, place), bytesOf(recipe.suffix ?? ''))
  return cut(joined(parts), recipe.cut)
}

interface Place {
  readonly offset: number
  readonly size: number
  readonly entries: number
  readonly end64: number
}

function endRecord(recipe: ZipRecipe, place: Place): Uint8Array {
  const comment = bytesOf(recipe.comment ?? '')
  const end = recipe.end ?? {}
  const short = (value: number, unknown: number): number => (recipe.zip64 === undefined ? value : unknown)
  return joined([
    u32(0x06054b50),
    u16(end.disk ?? 0),
    u16(end.directoryDisk ?? 0),
    u16(end.entriesHere ?? short(place.entries, 0xffff)),
    u16(end.entries ?? short(place.entries, 0xffff)),
    u32(end.directorySize ?? short(place.size, MAX32)),
    u32(end.directoryOffset ?? short(place.offset, MAX32)),
    u16(end.commentBytes ?? comment.length),
    comment,
  ])
}

function end64(recipe: ZipRecipe, place: Place): Uint8Array {
  const given = recipe.zip64
  if (given === undefined) return new Uint8Array(0)
  return joined([
    u32(0x06064b50),
    u64(given.recordSize ?? 44),
    u16(45),
    u16(45),
    u32(given.disk ?? 0),
    u32(given.disk ?? 0),
    u64(given.entriesHere ?? place.entries),
    u64(given.entries ?? place.entries),
    u64(given.directorySize ?? place.size),
    u64(given.directoryOffset ?? place.offset),
    u32(0x07064b50),
    u32(0),
    u64(given.locatorOffset ?? place.end64),
    u32(given.disks ?? 1),
  ])
}

function dataOf(entry: ZipEntryRecipe): Uint8Array {
  if (entry.data !== undefined) return bytesOf(entry.data)
  const content = bytesOf(entry.content ?? '')
  return entry.method === 8 ? storedBlocks(content) : content
}

/** RFC 1951 §3.2.4: blocks without compression. */
function storedBlocks(content: Uint8Array): Uint8Array {
  const blocks: Uint8Array[] = []
  for (let at = 0; at === 0 || at < content.length; at += 0xffff) {
    const piece = content.subarray(at, at + 0xffff)
    const isLast = at + 0xffff >= content.length
    blocks.push(Uint8Array.of(isLast ? 1 : 0), u16(piece.length), u16(0xffff ^ piece.length), piece)
  }
  return joined(blocks)
}

interface Header {
  readonly flags: number
  readonly method: number
  readonly crc32: number
  readonly compressedSize: number
  readonly size: number
}

function headerOf(entry: ZipEntryRecipe, fields: ZipFields): Header {
  const content = bytesOf(entry.content ?? '')
  return {
    flags: fields.flags ?? (entry.flags ?? 0) | (entry.descriptor === undefined ? 0 : 8),
    method: fields.method ?? entry.method ?? 0,
    crc32: fields.crc32 ?? crc32(content),
    compressedSize: fields.compressedSize ?? dataOf(entry).length,
    size: fields.size ?? content.length,
  }
}

function localHeader(entry: ZipEntryRecipe, _offset: number): Uint8Array {
  const fields = entry.local ?? {}
  const header = headerOf(entry, fields)
  const name = bytesOf(fields.name ?? entry.name)
  const extra = joined([
    entry.zip64 ? joined([u16(1), u16(16), u64(header.size), u64(header.compressedSize)]) : new Uint8Array(0),
    bytesOf(fields.extra ?? entry.extra ?? ''),
  ])
  const isLater = entry.descriptor !== undefined
  return joined([
    u32(0x04034b50),
    u16(entry.zip64 ? 45 : 20),
    u16(header.flags),
    u16(header.method),
    u32(0x00210000),
    u32(isLater ? (fields.crc32 ?? 0) : header.crc32),
    u32(entry.zip64 ? MAX32 : isLater ? (fields.compressedSize ?? 0) : header.compressedSize),
    u32(entry.zip64 ? MAX32 : isLater ? (fields.size ?? 0) : header.size),
    u16(name.length),
    u16(extra.length),
    name,
    extra,
  ])
}

function centralHeader(entry: ZipEntryRecipe, offset: number): Uint8Array {
  const fields = entry.central ?? {}
  const header = headerOf(entry, fields)
  const name = bytesOf(fields.name ?? entry.name)
  const place = fields.offset ?? offset
  const extra = joined([
    entry.zip64
      ? joined([u16(1), u16(24), u64(header.size), u64(header.compressedSize), u64(place)])
      : new Uint8Array(0),
    bytesOf(fields.extra ?? entry.extra ?? ''),
  ])
  const comment = bytesOf(fields.comment ?? '')
  const mode = fields.mode ?? entry.mode ?? 0
  return joined([
    u32(0x02014b50),
    Uint8Array.of(entry.zip64 ? 45 : 20, fields.madeBy ?? entry.madeBy ?? 3),
    u16(entry.zip64 ? 45 : 20),
    u16(header.flags),
    u16(header.method),
    u32(0x00210000),
    u32(header.crc32),
    u32(entry.zip64 ? MAX32 : header.compressedSize),
    u32(entry.zip64 ? MAX32 : header.size),
    u16(name.length),
    u16(extra.length),
    u16(comment.length),
    u16(fields.disk ?? 0),
    u16(0),
    u16(fields.dosAttributes ?? entry.dosAttributes ?? 0),
    u16(mode),
    u32(entry.zip64 ? MAX32 : place),
    name,
    extra,
    comment,
  ])
}

function descriptor(entry: ZipEntryRecipe): Uint8Array {
  const { descriptor: form } = entry
  if (form === undefined) return new Uint8Array(0)
  const header = headerOf(entry, {})
  const fields = entry.descriptorFields ?? {}
  const size = form.endsWith('64') ? u64 : u32
  return joined([
    form.startsWith('signed') ? u32(0x08074b50) : new Uint8Array(0),
    u32(fields.crc32 ?? header.crc32),
    size(fields.compressedSize ?? header.compressedSize),
    size(fields.size ?? header.size),
  ])
}

function buildTar(recipe: TarRecipe): Uint8Array {
  const members = recipe.entries.flatMap((entry) => {
    const before: Uint8Array[] = []
    if (entry.globalPax !== undefined)
      before.push(tarMember({ name: 'g', type: 'g', content: paxRecords(entry.globalPax) }))
    if (entry.pax !== undefined) before.push(tarMember({ name: 'x', type: 'x', content: paxRecords(entry.pax) }))
    if (entry.longName !== undefined) {
      const content: Bytes = { parts: [entry.longName, { zeros: 1 }] }
      before.push(tarMember({ name: '././@LongLink', type: 'L', format: 'gnu', content }))
    }
    return [...before, tarMember(entry)]
  })
  const end = new Uint8Array(BLOCK * (recipe.endBlocks ?? 2))
  return cut(joined([...members, end, bytesOf(recipe.suffix ?? '')]), recipe.cut)
}

function paxRecords(records: readonly (readonly [key: string, value: Bytes])[]): Bytes {
  const parts = records.map(([key, value]): Bytes => {
    const rest: Bytes = { parts: [` ${key}=`, value, '\n'] }
    const { length } = bytesOf(rest)
    // The length counts its own digits.
    const digits = [1, 2, 3, 4, 5, 6, 7].find((count) => `${length + count}`.length === count) ?? 8
    return { parts: [`${length + digits}`, rest] }
  })
  return { parts }
}

function tarMember(entry: TarEntryRecipe): Uint8Array {
  const content = bytesOf(entry.content ?? '')
  const block = new Uint8Array(BLOCK)
  const put = (at: number, width: number, bytes: Bytes): void => block.set(bytesOf(bytes).subarray(0, width), at)
  put(0, 100, entry.name)
  put(100, 8, '0000644\0')
  put(108, 8, '0000000\0')
  put(116, 8, '0000000\0')
  put(124, 12, entry.sizeField ?? `${content.length.toString(8).padStart(11, '0')}\0`)
  put(136, 12, '00000000000\0')
  put(148, 8, '        ')
  put(156, 1, entry.type ?? '0')
  put(157, 100, entry.linkName ?? '')
  const magic = { ustar: 'ustar\x0000', gnu: 'ustar  \0', v7: '' }[entry.format ?? 'ustar']
  put(257, 8, magic)
  put(345, 155, entry.prefix ?? '')
  const sum = block.reduce((total, byte) => total + byte, 0) + (entry.checksumError ?? 0)
  put(148, 8, `${sum.toString(8).padStart(6, '0')}\0 `)
  return joined([block, content, new Uint8Array((BLOCK - (content.length % BLOCK)) % BLOCK)])
}

/** CRC-32, bit by bit: slow, and easy to read. */
export function crc32(bytes: Uint8Array): number {
  let value = MAX32
  for (const byte of bytes) {
    value ^= byte
    for (let bit = 0; bit < 8; bit++) value = (value >>> 1) ^ (value & 1 ? 0xedb88320 : 0)
  }
  return ~value >>> 0
}

function cut(bytes: Uint8Array, missing = 0): Uint8Array {
  return bytes.slice(0, bytes.length - missing)
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

function u16(value: number): Uint8Array {
  return Uint8Array.of(value & 0xff, value >>> 8)
}

function u32(value: number): Uint8Array {
  return Uint8Array.of(value & 0xff, (value >>> 8) & 0xff, (value >>> 16) & 0xff, value >>> 24)
}

function u64(value: number): Uint8Array {
  return joined([u32((value % 0x1_0000_0000) >>> 0), u32(Math.floor(value / 0x1_0000_0000))])
}
