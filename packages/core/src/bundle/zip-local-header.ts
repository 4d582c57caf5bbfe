import { encodeUtf8 } from '../model/utf8.ts'
import { entryError, FLAG, requireSameUnicodePath, type ZipDirectory } from './zip-directory.ts'
import { applyZip64, emptyExtraFields, type HeaderNumbers, readExtraFields } from './zip-extra.ts'

/** Local file header without name and extra field (APPNOTE 4.3.7). */
export const LOCAL_HEADER_BYTES = 30
export const LOCAL_SIGNATURE = 0x04034b50
/** Bits 1 and 2 only tell how hard the writer compressed. */
const COMPARED_FLAGS = ~0b110

/** Length of the local header that begins at `i`, with its name and extra field. */
export function localHeaderLength(view: DataView, i: number): number {
  return LOCAL_HEADER_BYTES + view.getUint16(i + 26, true) + view.getUint16(i + 28, true)
}

/** Holds local headers against their entries of the directory. */
export class LocalHeaders {
  readonly #directory: ZipDirectory
  readonly #extra = emptyExtraFields()
  readonly #numbers: HeaderNumbers = { size: 0, compressedSize: 0, offset: 0, disk: 0 }

  constructor(directory: ZipDirectory) {
    this.#directory = directory
  }

  /**
   * @param start where the header stands in the container
   * @param i where it stands in `view` and `bytes`, which hold all of it
   * @throws {ParseError} ERR_ZIP_AMBIGUOUS naming the entry and the field
   */
  compare(index: number, start: number, view: DataView, bytes: Uint8Array, i: number): void {
    const directory = this.#directory
    const name = directory.names[index] ?? ''
    if (view.getUint32(i, true) !== LOCAL_SIGNATURE) {
      throw entryError('ERR_ZIP_AMBIGUOUS', name, 'local.header', { offset: start, found: 'no local header' })
    }
    const flags = view.getUint16(i + 6, true)
    const method = view.getUint16(i + 8, true)
    if ((flags & COMPARED_FLAGS) !== ((directory.flags[index] ?? 0) & COMPARED_FLAGS)) {
      throw this.#mismatch(index, 'flags', directory.flags[index] ?? 0, flags)
    }
    if (method !== directory.methods[index]) {
      throw this.#mismatch(index, 'method', directory.methods[index] ?? 0, method)
    }
    const nameBytes = view.getUint16(i + 26, true)
    const nameAt = i + LOCAL_HEADER_BYTES
    if (!this.#isSameName(index, name, bytes, nameAt, nameBytes)) {
      throw entryError('ERR_ZIP_AMBIGUOUS', name, 'local.name')
    }

    const extraBytes = view.getUint16(i + 28, true)
    const wrong = readExtraFields(view, nameAt + nameBytes, extraBytes, this.#extra)
    if (wrong !== undefined) throw entryError('ERR_ZIP_AMBIGUOUS', name, `local.${wrong}`, { offset: start })
    const numbers = this.#numbers
    numbers.compressedSize = view.getUint32(i + 18, true)
    numbers.size = view.getUint32(i + 22, true)
    numbers.offset = start
    numbers.disk = 0
    applyZip64(view, this.#extra, numbers, name)
    if (this.#extra.unicodePathAt !== -1) {
      requireSameUnicodePath(view, bytes, this.#extra, bytes.subarray(nameAt, nameAt + nameBytes), name)
    }
    const localType = this.#extra.mode & 0xf000
    if (localType !== 0 && localType !== directory.types[index]) {
      throw this.#mismatch(index, 'mode', directory.types[index] ?? 0, localType)
    }
    // APPNOTE 4.4.4 bit 3: the values may be zero here, and follow in a descriptor.
    const mayBeZero = (flags & FLAG.descriptor) !== 0
    this.#agree(index, 'crc32', directory.crcs[index] ?? 0, view.getUint32(i + 14, true), mayBeZero)
    this.#agree(index, 'compressed-size', directory.compressedSizes[index] ?? 0, numbers.compressedSize, mayBeZero)
    this.#agree(index, 'size', directory.sizes[index] ?? 0, numbers.size, mayBeZero)
  }

  #agree(index: number, field: string, central: number, local: number, mayBeZero: boolean): void {
    if (local !== central && !(mayBeZero && local === 0)) throw this.#mismatch(index, field, central, local)
  }

  #isSameName(index: number, name: string, bytes: Uint8Array, at: number, length: number): boolean {
    const raw = this.#directory.rawNames.get(index)
    if (raw === undefined && name.length === length) {
      // Equal lengths in units and bytes mean ASCII, or else the bytes differ.
      for (let k = 0; k < length; k++) if (bytes[at + k] !== name.charCodeAt(k)) return false
      return true
    }
    const expected = raw ?? encodeUtf8(name)
    if (expected.length !== length) return false
    for (let k = 0; k < length; k++) if (bytes[at + k] !== expected[k]) return false
    return true
  }

  #mismatch(index: number, field: string, central: number, local: number): Error {
    return entryError('ERR_ZIP_AMBIGUOUS', this.#directory.names[index] ?? '', `local.${field}`, {
      expected: `${central}`,
      found: `${local}`,
    })
  }
}
