import { type Echo, type Extent, type RandomAccess, SourceFault } from '../model/ports.ts'
import type { PostponedChecks } from './source.ts'
import { entryError, type ZipDirectory } from './zip-directory.ts'
import type { ZipEnd } from './zip-end.ts'
import { orderOf, readLocalHeaders } from './zip-local.ts'
import { LocalHeaders, localHeaderLength } from './zip-local-header.ts'

/** A larger archive that contradicts itself is refused before all of it is read. */
const MOST_BYTES = 1 << 30
/** Headers that are read alone at the end; more are read with all others, which takes fewer reads. */
const MOST_ALONE = 512

/**
 * Local headers that are looked at when the data behind them are read, and so need no reads of their own. What a header must be the
 * directory says to the byte where neither has an extra field and nothing follows the data: the same fields in the same order, and
 * the name (`EchoOfDirectory`). One that is just that needs no closer look, wherever it is seen; every other one is held against the
 * directory by `settle`, as when an archive is opened.
 */
export class PostponedHeaders implements PostponedChecks {
  /** Of each entry's data, by its index in the directory. */
  readonly dataOffsets: Float64Array
  readonly echo: Echo
  readonly #container: RandomAccess
  readonly #end: ZipEnd
  readonly #directory: ZipDirectory
  readonly #isSettled: Uint8Array

  private constructor(
    container: RandomAccess,
    end: ZipEnd,
    directory: ZipDirectory,
    echo: Echo,
    dataOffsets: Float64Array,
  ) {
    this.#container = container
    this.#end = end
    this.#directory = directory
    this.echo = echo
    this.dataOffsets = dataOffsets
    this.#isSettled = new Uint8Array(directory.count)
  }

  /** @returns undefined where the directory alone does not say what every byte before it is */
  static of(container: RandomAccess, end: ZipEnd, directory: ZipDirectory): PostponedHeaders | undefined {
    const { count, offsets, compressedSizes } = directory
    const echo = directory.echo?.finish()
    if (echo === undefined || directory.descriptors > 0 || end.directoryOffset > MOST_BYTES) return undefined
    const order = orderOf(offsets)
    const dataOffsets = new Float64Array(count)
    let at = 0
    for (let k = 0; k < count; k++) {
      const index = order[k] ?? 0
      if (offsets[index] !== at) return undefined
      const data = at + leadLength(echo, index)
      dataOffsets[index] = data
      at = data + (compressedSizes[index] ?? 0)
    }
    return at === end.directoryOffset ? new PostponedHeaders(container, end, directory, echo, dataOffsets) : undefined
  }

  agreed({ place }: Extent): void {
    if (place === undefined || place >= this.#isSettled.length) throw new RangeError(`no entry ${place}`)
    this.#isSettled[place] = 1
  }

  async settle(): Promise<void> {
    const left: number[] = []
    let next = this.#isSettled.indexOf(0)
    for (; next >= 0 && left.length < MOST_ALONE; next = this.#isSettled.indexOf(0, next + 1)) left.push(next)
    if (next >= 0) {
      await this.#compareAll()
      return
    }
    const headers = new LocalHeaders(this.#directory)
    for (const index of left) {
      const start = this.#directory.offsets[index] ?? 0
      const bytes = await this.#container.read(start, leadLength(this.echo, index))
      const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
      try {
        // A longer one would reach into the data; behind a shorter one would lie what belongs to nothing.
        if (localHeaderLength(view, 0) !== bytes.length) {
          throw entryError('ERR_ZIP_AMBIGUOUS', this.#directory.names[index] ?? '', 'local.header', { offset: start })
        }
        headers.compare(index, start, view, bytes, 0)
      } catch (error) {
        // The walk over all of them names the first that is wrong, which this need not be.
        await this.#compareAll()
        throw error
      }
      this.#isSettled[index] = 1
    }
  }

  async #compareAll(): Promise<void> {
    const offsets = await readLocalHeaders(this.#container, this.#end, this.#directory)
    if (offsets.some((offset, index) => offset !== this.dataOffsets[index])) {
      throw new SourceFault('changed', 'archive', 'PROBATUM_CHANGED')
    }
    this.#isSettled.fill(1)
  }
}

/** Bytes of the local header of an entry, by its index in the directory. */
function leadLength({ ends }: Echo, index: number): number {
  return (ends[index] ?? 0) - (index === 0 ? 0 : (ends[index - 1] ?? 0))
}
