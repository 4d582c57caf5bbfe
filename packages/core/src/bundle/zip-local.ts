import type { RandomAccess } from '../model/ports.ts'
import { ContainerPiece } from './container-piece.ts'
import { entryError, FLAG, type ZipDirectory } from './zip-directory.ts'
import type { ZipEnd } from './zip-end.ts'
import { LOCAL_HEADER_BYTES, LocalHeaders, localHeaderLength } from './zip-local-header.ts'

const DESCRIPTOR_SIGNATURE = 0x08074b50
/** Headers closer than this are read together: copying the data between them costs less than another read. */
const DENSE_BYTES = 32_768
/** The same where the container makes many short reads at once. */
const DENSE_FOR_SLOTS = 4096
/** A descriptor before the header, the fixed part, name and extra field as they usually are. */
const SLOT_BYTES = 256
const SLOTS = 1024
/** APPNOTE 4.3.9: signature, CRC-32 and two sizes of 8 bytes. */
const DESCRIPTOR_BYTES = 24
const PIECE_BYTES = 1_048_576
/** A lone header: fixed part, name and extra field as they usually are. */
const LONE_BYTES = 512

/**
 * Walks the local headers in the order in which they lie and holds each against its entry of the directory. The
 * headers, their data and their descriptors must fill the container up to the directory: no gap, no overlap.
 * @returns the offset of each entry's data
 * @throws {ParseError} ERR_ZIP_AMBIGUOUS naming the entry and the field
 */
export async function readLocalHeaders(
  container: RandomAccess,
  end: ZipEnd,
  directory: ZipDirectory,
): Promise<Float64Array> {
  const { count, offsets, names } = directory
  const dataOffsets = new Float64Array(count)
  const order = orderOf(offsets)
  const walk = new LocalWalk(container, end, directory)
  const first = count === 0 ? end.directoryOffset : (offsets[order[0] ?? 0] ?? 0)
  if (first !== 0) throw entryError('ERR_ZIP_AMBIGUOUS', 'archive', 'prefix', { offset: 0, found: `${first} bytes` })
  for (let k = 0; k < count; k++) {
    const index = order[k] ?? 0
    const start = offsets[index] ?? 0
    const next = k + 1 < count ? (offsets[order[k + 1] ?? 0] ?? 0) : end.directoryOffset
    if (next <= start) {
      throw entryError('ERR_ZIP_AMBIGUOUS', names[index] ?? '', 'overlap', { offset: start, found: `next at ${next}` })
    }
    if (!walk.reaches(start, LOCAL_HEADER_BYTES, k) && !(await walk.loadSlots(order, k))) {
      await walk.loadAt(start, LOCAL_HEADER_BYTES, next - start, index)
    }
    const length = localHeaderLength(walk.piece.view, start - walk.piece.start)
    if (!walk.piece.holds(start, length)) await walk.loadAt(start, length, next - start, index)
    walk.headers.compare(index, start, walk.piece.view, walk.piece.bytes, start - walk.piece.start)
    const data = start + length
    const behind = data + (directory.compressedSizes[index] ?? 0)
    const gap = next - behind
    if (gap < 0) {
      throw entryError('ERR_ZIP_AMBIGUOUS', names[index] ?? '', 'overlap', { offset: next, found: `${-gap} bytes` })
    }
    if (gap > 0 && gap <= DESCRIPTOR_BYTES && !walk.reaches(behind, gap, k + 1)) {
      await walk.loadAt(behind, gap, gap, index)
    }
    walk.judgeGap(index, behind, gap)
    dataOffsets[index] = data
  }
  return dataOffsets
}

/** Indexes in ascending order of offset; most archives are in order already. */
export function orderOf(offsets: Float64Array): Uint32Array {
  const order = new Uint32Array(offsets.length)
  let ascending = true
  for (let i = 0; i < order.length; i++) {
    order[i] = i
    if (i > 0 && (offsets[i] ?? 0) < (offsets[i - 1] ?? 0)) ascending = false
  }
  return ascending ? order : order.sort((a, b) => (offsets[a] ?? 0) - (offsets[b] ?? 0))
}

class LocalWalk {
  readonly piece: ContainerPiece
  readonly headers: LocalHeaders
  readonly #end: ZipEnd
  readonly #directory: ZipDirectory
  /** Place in the order of the header whose slot is the first. */
  #firstSlot = 0
  #slotsTried = 0

  constructor(container: RandomAccess, end: ZipEnd, directory: ZipDirectory) {
    this.piece = new ContainerPiece(container)
    this.headers = new LocalHeaders(directory)
    this.#end = end
    this.#directory = directory
  }

  /** Whether the piece, or the slot of the header that is the `k`th in order, holds the bytes. */
  reaches(offset: number, length: number, k: number): boolean {
    if (this.piece.holds(offset, length)) return true
    return this.piece.enterSlot(k - this.#firstSlot) && this.piece.holds(offset, length)
  }

  /**
   * Loads the beginnings of this header and of those behind it, when the data between them are more than a read costs.
   * @returns false when they are not loaded
   */
  async loadSlots(order: Uint32Array, k: number): Promise<boolean> {
    // Once for each header: one that is longer than its slot sends those behind it to reads of their own.
    if (!this.piece.hasSlots || k < this.#slotsTried) return false
    const slots: number[] = []
    const last = Math.min(order.length, k + SLOTS)
    for (let i = k; i < last; i++) {
      const start = this.#directory.offsets[order[i] ?? 0] ?? 0
      const from = Math.max(0, start - DESCRIPTOR_BYTES)
      if (from + SLOT_BYTES > this.#end.directoryOffset) break
      slots.push(from)
    }
    const first = slots[0]
    this.#slotsTried = k + Math.max(1, slots.length)
    if (first === undefined || (slots.at(-1) ?? 0) - first < DENSE_FOR_SLOTS * slots.length) return false
    await this.piece.loadSlots(slots, SLOT_BYTES)
    this.#firstSlot = k
    return true
  }

  /** Loads at least `needed` bytes, and more where the following headers are near. */
  async loadAt(offset: number, needed: number, distance: number, index: number): Promise<void> {
    const room = this.#end.directoryOffset - offset
    if (needed > room) throw entryError('ERR_ZIP_AMBIGUOUS', this.#name(index), 'local.header', { offset })
    const wish = distance <= DENSE_BYTES ? PIECE_BYTES : LONE_BYTES
    await this.piece.load(offset, Math.min(room, Math.max(needed, wish)))
  }

  /** What lies between an entry's data and the next header: a descriptor where one is announced, else nothing. */
  judgeGap(index: number, at: number, gap: number): void {
    const name = this.#name(index)
    if (((this.#directory.flags[index] ?? 0) & FLAG.descriptor) === 0) {
      if (gap !== 0) {
        throw entryError('ERR_ZIP_AMBIGUOUS', name, 'unlisted-bytes', { offset: at, found: `${gap} bytes` })
      }
      return
    }
    if (gap !== 12 && gap !== 16 && gap !== 20 && gap !== 24) {
      const field = gap === 0 ? 'descriptor' : 'unlisted-bytes'
      throw entryError('ERR_ZIP_AMBIGUOUS', name, field, {
        offset: at,
        expected: 'a descriptor of 12, 16, 20 or 24 bytes',
        found: `${gap} bytes`,
      })
    }
    // APPNOTE 4.3.9: with or without a signature, sizes of 4 or 8 bytes. The four lengths tell the four forms apart.
    const { view } = this.piece
    let i = at - this.piece.start
    const signed = gap === 16 || gap === 24
    const wide = gap >= 20
    if (signed) {
      if (view.getUint32(i, true) !== DESCRIPTOR_SIGNATURE) {
        throw entryError('ERR_ZIP_AMBIGUOUS', name, 'descriptor', { offset: at, found: 'no descriptor' })
      }
      i += 4
    }
    const sizeAt = (place: number): number =>
      wide ? view.getUint32(place, true) + view.getUint32(place + 4, true) * 0x1_0000_0000 : view.getUint32(place, true)
    const agree = (field: string, central: number, found: number): void => {
      if (central !== found) {
        throw entryError('ERR_ZIP_AMBIGUOUS', name, `descriptor.${field}`, {
          offset: at,
          expected: `${central}`,
          found: `${found}`,
        })
      }
    }
    agree('crc32', this.#directory.crcs[index] ?? 0, view.getUint32(i, true))
    agree('compressed-size', this.#directory.compressedSizes[index] ?? 0, sizeAt(i + 4))
    agree('size', this.#directory.sizes[index] ?? 0, sizeAt(i + (wide ? 12 : 8)))
  }

  #name(index: number): string {
    return this.#directory.names[index] ?? ''
  }
}
