import zlib from 'node:zlib'
import { type Inflater, ParseError } from '@probatum/core'
import { crc32 } from './checksum.ts'

/** Output piece: large enough that a call per piece costs nothing, small enough for two of them in a cache. */
const PIECE = 256 * 1024

/** What a damaged stream is reported with, by both ways of inflating. */
const DEFLATE_DAMAGED = 'damaged'
export const DEFLATE_TRAILING = 'bytes behind the end of the stream'
const DEFLATE_ENDS_EARLY = 'ends early'

/** How a deflate stream is wrong; `undefined` for an error that has nothing to do with its bytes. */
export function deflateProblem(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined
  if (error.code === 'Z_BUF_ERROR') return DEFLATE_ENDS_EARLY
  return error.code === 'Z_DATA_ERROR' || error.code === 'Z_NEED_DICT' ? DEFLATE_DAMAGED : undefined
}

function damaged(where: string, found: string): ParseError {
  return new ParseError('ERR_ZIP_CONTENT', { where, spec: 'RFC 1951', expected: 'one deflate stream', found })
}

/** Raw DEFLATE with Node's zlib, streaming. */
export const nodeInflater: Inflater = {
  crc32,
  async *inflate(compressed, maxOutput, where) {
    const engine = zlib.createInflateRaw({ chunkSize: PIECE })
    let given = 0
    let failure: unknown
    // Writes and waits for room, so that neither side piles up.
    const feed = async () => {
      try {
        for await (const bytes of compressed) {
          given += bytes.length
          if (engine.destroyed || engine.readableEnded) return
          if (bytes.length > 0 && !engine.write(bytes)) await roomOrEnd(engine)
        }
        engine.end()
      } catch (error) {
        failure = error
        engine.destroy()
      }
    }
    const fed = feed()
    let output = 0
    try {
      for await (const piece of engine as AsyncIterable<Buffer>) {
        output += piece.length
        if (output > maxOutput)
          throw new ParseError('ERR_LIMIT', { where, expected: `at most ${maxOutput} bytes`, found: 'more' })
        yield piece
      }
    } catch (error) {
      if (failure !== undefined) throw failure
      const problem = deflateProblem(error)
      throw problem === undefined ? error : damaged(where, problem)
    } finally {
      engine.destroy()
      await fed
    }
    if (failure !== undefined) throw failure
    if (engine.bytesWritten < given) throw damaged(where, DEFLATE_TRAILING)
  },
}

function roomOrEnd(engine: zlib.InflateRaw): Promise<void> {
  return new Promise((settle) => {
    const done = () => {
      for (const event of ['drain', 'close', 'end', 'error']) engine.off(event, done)
      settle()
    }
    for (const event of ['drain', 'close', 'end', 'error']) engine.on(event, done)
  })
}
