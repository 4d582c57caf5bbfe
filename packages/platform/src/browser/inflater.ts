import { type Inflater, ParseError } from '@probatum/core'
import { DeflateError } from './deflate-format.ts'
import { InflateStream } from './inflate-stream.ts'

/** Raw DEFLATE without the browser's help, streaming: the same bytes and the same refusals as zlib's. */
export const webInflater: Inflater = {
  async *inflate(compressed, maxOutput, where) {
    const stream = new InflateStream()
    let output = 0
    const pieces = function* () {
      for (;;) {
        const piece = next(stream, where)
        if (typeof piece === 'string') return
        output += piece.length
        if (output > maxOutput)
          throw new ParseError('ERR_LIMIT', { where, expected: `at most ${maxOutput} bytes`, found: 'more' })
        // The stream writes into the same memory again.
        yield piece.slice()
      }
    }
    for await (const bytes of compressed) {
      if (bytes.length === 0) continue
      stream.give(bytes)
      yield* pieces()
    }
    stream.end()
    yield* pieces()
  },
}

function next(stream: InflateStream, where: string): Uint8Array | string {
  try {
    return stream.run()
  } catch (error) {
    if (!(error instanceof DeflateError)) throw error
    throw new ParseError('ERR_ZIP_CONTENT', {
      where,
      spec: 'RFC 1951',
      expected: 'one deflate stream',
      found: error.problem,
    })
  }
}

/**
 * Inflates what lies in memory, at once.
 * @throws {ParseError} as `webInflater`; ERR_LIMIT beyond `size`, ERR_ZIP_CONTENT below it
 */
export function inflateWhole(compressed: Uint8Array, size: number, where = 'data'): Uint8Array {
  const stream = new InflateStream()
  stream.give(compressed)
  stream.end()
  const bytes = new Uint8Array(size)
  let at = 0
  for (let piece = next(stream, where); typeof piece !== 'string'; piece = next(stream, where)) {
    if (at + piece.length > size) throw new ParseError('ERR_LIMIT', { where, expected: `${size} bytes`, found: 'more' })
    bytes.set(piece, at)
    at += piece.length
  }
  if (at !== size) throw new ParseError('ERR_ZIP_CONTENT', { where, expected: `${size} bytes`, found: `${at}` })
  return bytes
}
