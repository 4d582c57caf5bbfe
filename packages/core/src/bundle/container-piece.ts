import type { RandomAccess } from '../model/ports.ts'

/**
 * A piece of a container held in memory, for walking many small structures with few reads: the caller asks `holds`
 * first and awaits `load` only on a miss, so that most structures cost no promise.
 */
export class ContainerPiece {
  readonly #container: RandomAccess
  bytes: Uint8Array = new Uint8Array(0)
  view: DataView = new DataView(new ArrayBuffer(0))
  /** Offset in the container less index in `bytes`. */
  start = 0
  #from = 0
  #to = 0
  /** Offsets of the slots that `bytes` holds one behind the other, and their length. */
  #slots: readonly number[] = []
  #slotBytes = 0

  constructor(container: RandomAccess) {
    this.#container = container
  }

  holds(offset: number, length: number): boolean {
    return offset >= this.#from && offset + length <= this.#to
  }

  /** Replaces the piece. `offset + length` must lie inside the container. */
  async load(offset: number, length: number): Promise<void> {
    this.#hold(await this.#container.read(offset, length))
    this.start = offset
    this.#from = offset
    this.#to = offset + length
    this.#slots = []
  }

  /** Whether `loadSlots` is faster than reading everything between the slots. */
  get hasSlots(): boolean {
    return this.#container.readEach !== undefined
  }

  /** Replaces the piece by slots of one length; `enterSlot` says which of them it shows. */
  async loadSlots(offsets: readonly number[], length: number): Promise<void> {
    if (this.#container.readEach === undefined) throw new TypeError('the container reads no slots')
    this.#hold(await this.#container.readEach(offsets, length))
    this.#slots = offsets
    this.#slotBytes = length
    this.enterSlot(0)
  }

  /** @returns false when there is no such slot */
  enterSlot(index: number): boolean {
    const offset = this.#slots[index]
    if (offset === undefined) return false
    this.start = offset - index * this.#slotBytes
    this.#from = offset
    this.#to = offset + this.#slotBytes
    return true
  }

  #hold(bytes: Uint8Array): void {
    this.bytes = bytes
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }
}
