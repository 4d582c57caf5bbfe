import { constants, deflateRawSync, inflateRawSync } from 'node:zlib'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { DeflateError } from '../browser/deflate-format.ts'
import { InflateStream } from '../browser/inflate-stream.ts'
import { deflateProblem } from '../node/inflater.ts'

/** Used again and again, as the digester does. */
const stream = new InflateStream()

/** Output, or why not: by this program's own inflater, input cut as given. */
function ours(compressed: Uint8Array, cut: number): Buffer | string {
  stream.reset()
  const pieces: Buffer[] = []
  const drain = () => {
    for (let piece = stream.run(); typeof piece !== 'string'; piece = stream.run()) pieces.push(Buffer.from(piece))
  }
  try {
    for (let at = 0; at < compressed.length; at += cut) {
      stream.give(compressed.subarray(at, at + cut))
      drain()
    }
    stream.end()
    drain()
    return Buffer.concat(pieces)
  } catch (error) {
    if (error instanceof DeflateError) return error.problem
    throw error
  }
}

/** The same by zlib, as Node's adapter reads its answers. */
function zlibs(compressed: Uint8Array): Buffer | string {
  try {
    const { buffer, engine } = inflateRawSync(compressed, { info: true }) as unknown as {
      buffer: Buffer
      engine: { bytesWritten: number }
    }
    return engine.bytesWritten === compressed.length ? buffer : 'bytes behind the end of the stream'
  } catch (error) {
    return deflateProblem(error) ?? String(error)
  }
}

const words = fc.array(fc.constantFrom('an ', 'invented ', 'line ', '(sample)\n', '\0\0\0\0', '\xff'), {
  maxLength: 400,
})
const content = fc.oneof(
  fc.uint8Array({ maxLength: 600 }).map((bytes) => Buffer.from(bytes)),
  words.map((list) => Buffer.from(list.join(''), 'latin1')),
)
const settings = fc.record({
  level: fc.integer({ min: 0, max: 9 }),
  memLevel: fc.integer({ min: 1, max: 9 }),
  strategy: fc.constantFrom(
    constants.Z_DEFAULT_STRATEGY,
    constants.Z_HUFFMAN_ONLY,
    constants.Z_RLE,
    constants.Z_FIXED,
    constants.Z_FILTERED,
  ),
})

test('what zlib deflated in any way comes back, however it is cut', () => {
  fc.assert(
    fc.property(content, settings, fc.integer({ min: 1, max: 700 }), (bytes, how, cut) => {
      expect(ours(deflateRawSync(bytes, how), cut)).toEqual(bytes)
    }),
    { numRuns: 2000 },
  )
})

test('a damaged stream gives the bytes that zlib gives, or is refused for the same reason', () => {
  const edit = fc.tuple(fc.nat(), fc.integer({ min: 1, max: 255 }))
  fc.assert(
    fc.property(
      content,
      settings,
      fc.array(edit, { minLength: 1, maxLength: 4 }),
      fc.option(fc.nat()),
      fc.integer({ min: 1, max: 700 }),
      (bytes, how, edits, end, cut) => {
        const made = deflateRawSync(bytes, how)
        for (const [at, mask] of edits) made[at % made.length] = (made[at % made.length] ?? 0) ^ mask
        const damaged = end === null ? made : made.subarray(0, end % (made.length + 1))
        expect(ours(damaged, cut)).toEqual(zlibs(damaged))
      },
    ),
    { numRuns: 20_000 },
  )
})

test('any few bytes give what zlib gives', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 120 }), fc.integer({ min: 1, max: 130 }), (bytes, cut) => {
      expect(ours(bytes, cut)).toEqual(zlibs(bytes))
    }),
    { numRuns: 20_000 },
  )
})

test('streams of one or two bytes: every one', () => {
  for (let value = 0; value < 65_536; value++) {
    const two = Uint8Array.of(value & 0xff, value >> 8)
    expect(ours(two, 1), `${value}`).toEqual(zlibs(two))
    if (value < 256) expect(ours(two.subarray(0, 1), 1), `${value}`).toEqual(zlibs(two.subarray(0, 1)))
  }
})

/** Writes bits as RFC 1951 §3.1.1 packs them. */
function packed(fields: readonly (readonly [value: number, bits: number])[]): Uint8Array {
  const bits = fields.flatMap(([value, count]) => Array.from({ length: count }, (_, i) => (value >> i) & 1))
  const bytes = new Uint8Array(Math.ceil(bits.length / 8))
  for (const [i, bit] of bits.entries()) bytes[i >> 3] = (bytes[i >> 3] ?? 0) | (bit << (i & 7))
  return bytes
}

test('headers of dynamic codes that are incomplete, too full, empty or alone are taken or refused as zlib does', () => {
  const header = fc.record({
    literals: fc.integer({ min: 0, max: 31 }),
    distances: fc.integer({ min: 0, max: 31 }),
    lengths: fc.array(fc.integer({ min: 0, max: 7 }), { minLength: 4, maxLength: 19 }),
    rest: fc.uint8Array({ minLength: 0, maxLength: 80 }),
  })
  fc.assert(
    fc.property(header, fc.integer({ min: 1, max: 100 }), ({ literals, distances, lengths, rest }, cut) => {
      const bytes = packed([
        ...([
          [1, 1],
          [2, 2],
          [literals, 5],
          [distances, 5],
          [lengths.length - 4, 4],
        ] as const),
        ...lengths.map((length) => [length, 3] as const),
        ...[...rest].map((byte) => [byte, 8] as const),
      ])
      expect(ours(bytes, cut)).toEqual(zlibs(bytes))
    }),
    { numRuns: 30_000 },
  )
})
