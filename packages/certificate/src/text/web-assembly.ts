/**
 * What Node and browsers both offer of WebAssembly and this package uses; the compiler's own types for it come with the
 * DOM, which is not here.
 */
interface WebAssemblyHost {
  instantiate(
    bytes: Uint8Array,
    imports: Record<string, Record<string, (...values: number[]) => number | undefined>>,
  ): Promise<{ readonly instance: { readonly exports: unknown } }>
}

interface WasmMemory {
  readonly buffer: ArrayBuffer
  grow(pages: number): number
}

/** Linear memory with the allocator of the module that owns it. */
export interface WasmHeap {
  readonly memory: WasmMemory
  malloc(bytes: number): number
  free(pointer: number): void
}

declare const WebAssembly: WebAssemblyHost

/** Instantiates a module; its exports are taken to be what its maker documents (the bytes are checked by digest). */
export async function instantiate<Exports>(
  bytes: Uint8Array,
  imports: (exports: () => Exports) => Record<string, Record<string, (...values: number[]) => number | undefined>>,
): Promise<Exports> {
  let exports: Exports | undefined
  const lazy = (): Exports => {
    if (exports === undefined) throw new Error('a WebAssembly module called out before it was instantiated')
    return exports
  }
  const { instance } = await WebAssembly.instantiate(bytes, imports(lazy))
  exports = instance.exports as Exports
  return exports
}

/** Copies bytes into the module's memory. The caller frees the pointer, or hands it on for good. */
export function copyIn(heap: WasmHeap, bytes: Uint8Array): number {
  const pointer = heap.malloc(bytes.length)
  if (pointer === 0) throw new Error(`no memory for ${bytes.length} bytes in a WebAssembly module`)
  new Uint8Array(heap.memory.buffer, pointer, bytes.length).set(bytes)
  return pointer
}
