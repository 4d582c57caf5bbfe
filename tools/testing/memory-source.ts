import type { BundleSource, RandomAccess, SourceEntry } from '@probatum/core'

/** A directory that is in memory. */
export function memorySource(files: ReadonlyMap<string, Uint8Array>): BundleSource {
  const entries = [...files].map(([path, bytes]): SourceEntry => {
    const container: RandomAccess = {
      size: bytes.length,
      read: async (offset, length) => bytes.slice(offset, offset + length),
      handle: null,
    }
    const extent = { container, offset: 0, length: bytes.length, method: 'stored', size: bytes.length } as const
    return { path, size: bytes.length, extent }
  })
  return {
    kind: 'directory',
    entries,
    irregular: [],
    oddities: [],
    async *open(entry) {
      yield await entry.extent.container.read(0, entry.size)
    },
    close: async () => {},
  }
}
