import zlib from 'node:zlib'
import { type Inflater, ParseError, type RandomAccess } from '@probatum/core'

/** Bytes in memory, as a container. Beyond them is the caller's mistake. */
export function memoryContainer(bytes: Uint8Array): RandomAccess {
  return {
    size: bytes.length,
    async read(offset, length) {
      if (offset < 0 || length < 0 || offset + length > bytes.length) {
        throw new RangeError(`bytes ${offset} to ${offset + length} of ${bytes.length}`)
      }
      return bytes.slice(offset, offset + length)
    },
    handle: null,
  }
}

/** Inflates in one go: enough for small archives, and independent of the platforms' own. */
export const wholeInflater: Inflater = {
  async *inflate(compressed, maxOutput, where) {
    const parts: Uint8Array[] = []
    for await (const part of compressed) parts.push(part)
    yield inflateWhole(Buffer.concat(parts), maxOutput, where)
  },
}

function inflateWhole(compressed: Uint8Array, maxOutput: number, where: string): Uint8Array {
  let result: { readonly buffer: Uint8Array; readonly engine: { readonly bytesWritten: number } }
  try {
    // With `info` zlib also hands over its engine, which the type declarations do not say.
    const options = { maxOutputLength: Math.max(1, maxOutput), info: true }
    result = zlib.inflateRawSync(compressed, options) as unknown as typeof result
  } catch (error) {
    const isTooLarge = error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE'
    throw new ParseError(isTooLarge ? 'ERR_LIMIT' : 'ERR_ZIP_CONTENT', { where, field: 'deflate' })
  }
  if (result.buffer.length > maxOutput) throw new ParseError('ERR_LIMIT', { where, field: 'deflate' })
  if (result.engine.bytesWritten < compressed.length)
    throw new ParseError('ERR_ZIP_CONTENT', { where, field: 'deflate' })
  return result.buffer
}
