import { ParseError } from '../model/parse-error.ts'
import type { Extent, Inflater, RandomAccess } from '../model/ports.ts'
import { crc32 } from './zip-crc32.ts'

const CHUNK_BYTES = 1_048_576

/**
 * Streams the bytes of an extent, decompressed, and holds size and CRC-32 against what the container states.
 * @throws {ParseError} ERR_ZIP_CONTENT, at the latest behind the last byte
 */
export async function* readExtent(
  extent: Extent,
  inflater: Inflater,
  path: string,
): AsyncGenerator<Uint8Array, void, undefined> {
  const { container, offset, length, method, size } = extent
  const stored = chunksOf(container, offset, length)
  const checksum = inflater.crc32 ?? crc32
  let sum = 0
  let seen = 0
  try {
    for await (const bytes of method === 'stored' ? stored : inflater.inflate(stored, size, path)) {
      sum = extent.crc32 === undefined ? 0 : checksum(bytes, sum)
      seen += bytes.length
      yield bytes
    }
  } catch (error) {
    // The stated size is the limit, so that going beyond it shows that the size is wrong.
    if (error instanceof ParseError && error.code === 'ERR_LIMIT') throw contradiction(path, 'size', `${size}`, 'more')
    throw error
  }
  if (seen !== size) throw contradiction(path, 'size', `${size}`, `${seen}`)
  if (extent.crc32 !== undefined && sum !== extent.crc32) {
    throw contradiction(path, 'crc32', hex32(extent.crc32), hex32(sum))
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

function contradiction(where: string, field: string, expected: string, found: string): ParseError {
  return new ParseError('ERR_ZIP_CONTENT', { where, field, expected, found })
}

function hex32(value: number): string {
  return value.toString(16).padStart(8, '0')
}
