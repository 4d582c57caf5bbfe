import type { RandomAccess } from '../model/ports.ts'

/**
 * A piece of a container held in memory, for walking many small structures with few reads: the caller asks `holds`
 * first and awaits `load` only on a miss, so that most structures cost no promise.
 */
export class ContainerPiece {
  readonly #container: RandomAccess
  bytes: Uint8Array = new Uint8Array(0)
  view: DataView = new DataView(new ArrayBuffer(0))
  /** Offset of `bytes[0]` in the container. */
  start = 0

  constructor(container: RandomAccess) {
    this.#container = container
  }

  holds(offset: number, length: number): boolean {
    return offset >= this.start && offset + length <= this.start + this.bytes.length
  }

  /** Replaces the piece. `offset + length` must lie inside the container. */
  async load(offset: number, length: number): Promise<void> {
    this.bytes = await this.#container.read(offset, length)
    this.view = new DataView(this.bytes.buffer, this.bytes.byteOffset, this.bytes.byteLength)
    this.start = offset
  }
}
