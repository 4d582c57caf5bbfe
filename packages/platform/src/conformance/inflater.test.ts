// Needs: chromium, python3.
import { execFileSync } from 'node:child_process'
import { crc32, type Inflater, ParseError } from '@probatum/core'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openPortPage, type PortPage } from '../../../../tools/testing/port-page.ts'
import { webInflater } from '../browser/index.ts'
import { nodeInflater } from '../node/index.ts'

let page: PortPage
beforeAll(async () => {
  page = await openPortPage()
})
afterAll(() => page.close())

/** `step`: of the flipped bits, each so many-th; a call into a browser takes a millisecond. */
const INFLATERS: readonly (readonly [string, Inflater, step: number])[] = [
  ['Node', nodeInflater, 1],
  ['plain JavaScript', webInflater, 1],
  ['Chromium', { inflate: (...asked) => page.inflater.inflate(...asked) }, 13],
]

/** Python's zlib is the independent writer. */
function deflate(bytes: Uint8Array, level = 6): Uint8Array {
  const script =
    'import sys,zlib;c=zlib.compressobj(int(sys.argv[1]),8,-15);d=sys.stdin.buffer.read();sys.stdout.buffer.write(c.compress(d)+c.flush())'
  return new Uint8Array(execFileSync('python3', ['-c', script, String(level)], { input: bytes, maxBuffer: 1 << 28 }))
}

async function* inPieces(bytes: Uint8Array, length: number) {
  for (let at = 0; at < bytes.length; at += length) yield bytes.subarray(at, at + length)
}

async function inflated(inflater: Inflater, compressed: AsyncIterable<Uint8Array>, most = 1 << 26): Promise<Buffer> {
  const pieces: Uint8Array[] = []
  for await (const piece of inflater.inflate(compressed, most, 'a')) pieces.push(new Uint8Array(piece))
  return Buffer.concat(pieces)
}

async function problemOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise
  } catch (error) {
    if (error instanceof ParseError) return `${error.code} ${error.detail.found}`
    throw error
  }
  return 'none'
}

const text = Buffer.from('an invented line (sample)\n'.repeat(40_000))
const noise = new Uint8Array(300_000)
for (let i = 0, x = 1; i < noise.length; i++) {
  x = (Math.imul(x, 1_103_515_245) + 12_345) >>> 0
  noise[i] = x >>> 24
}

describe.each(INFLATERS)('inflating by %s', (_, inflater, step) => {
  test.each([0, 1, 6, 9])('what python deflated at level %i comes back, however it is cut', async (level) => {
    for (const bytes of [new Uint8Array(), Uint8Array.of(7), text, noise]) {
      const compressed = deflate(bytes, level)
      for (const length of [compressed.length, 65_536, 1000])
        expect((await inflated(inflater, inPieces(compressed, length))).equals(bytes)).toBe(true)
    }
  })

  test('bytes behind the end are noticed, wherever the pieces are cut', async () => {
    const compressed = deflate(text.subarray(0, 5000))
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ minLength: 1, maxLength: 50 }),
        fc.integer({ min: 1, max: compressed.length + 50 }),
        async (behind, length) => {
          const whole = Buffer.concat([compressed, behind])
          expect(await problemOf(inflated(inflater, inPieces(whole, length)))).toBe(
            'ERR_ZIP_CONTENT bytes behind the end of the stream',
          )
        },
      ),
      { numRuns: 200 },
    )
    // A cut exactly at the end of the stream.
    const parts = (async function* () {
      yield compressed
      yield Uint8Array.of(0)
    })()
    expect(await problemOf(inflated(inflater, parts))).toBe('ERR_ZIP_CONTENT bytes behind the end of the stream')
  })

  test('a stream that ends early is noticed at every length', async () => {
    const compressed = deflate(text.subarray(0, 300))
    for (let length = 0; length < compressed.length; length++)
      expect(await problemOf(inflated(inflater, inPieces(compressed.subarray(0, length), 10))), `${length}`).toBe(
        'ERR_ZIP_CONTENT ends early',
      )
  })

  test('a damaged stream gives a typed error or other bytes, never the same bytes and never another error', async () => {
    const compressed = deflate(text.subarray(0, 2000))
    for (let bit = 0; bit < compressed.length * 8; bit += step) {
      const damaged = new Uint8Array(compressed)
      damaged[bit >> 3] = (damaged[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      let found: Buffer | undefined
      const problem = await problemOf(
        inflated(inflater, inPieces(damaged, 100), 1 << 16).then((bytes) => {
          found = bytes
        }),
      )
      if (problem === 'none') {
        // The header's last bits are padding behind the end of the stream.
        const isPadding = bit >= compressed.length * 8 - 8
        if (!isPadding) expect(found?.equals(text.subarray(0, 2000)), `bit ${bit}`).toBe(false)
      } else expect(problem).toMatch(/^ERR_(ZIP_CONTENT|LIMIT) /)
    }
  })

  test('a bomb stops at the limit, and the limit itself is allowed', async () => {
    const bomb = deflate(new Uint8Array(20_000_000), 9)
    expect(await problemOf(inflated(inflater, inPieces(bomb, 65_536), 1_000_000))).toMatch(/^ERR_LIMIT/)
    expect(await problemOf(inflated(inflater, inPieces(bomb, 65_536), 19_999_999))).toMatch(/^ERR_LIMIT/)
    expect((await inflated(inflater, inPieces(bomb, 65_536), 20_000_000)).length).toBe(20_000_000)
  })

  test('an error of the source comes through as it is', async () => {
    const broken = new Error('the source broke')
    const source = (async function* () {
      yield deflate(text).subarray(0, 100)
      throw broken
    })()
    await expect(inflated(inflater, source)).rejects.toBe(broken)
  })

  test('a reader that stops early does not hang or throw', async () => {
    for await (const piece of inflater.inflate(inPieces(deflate(noise, 1), 1000), 1 << 26, 'a')) {
      expect(piece.length).toBeGreaterThan(0)
      break
    }
  })
})

test('the CRC-32 of Node and that of core are one, however the bytes are cut', () => {
  expect(nodeInflater.crc32?.(Buffer.from('123456789'), 0)).toBe(0xcbf43926)
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(300), (bytes, cut) => {
      const [head, tail] = [bytes.subarray(0, cut), bytes.subarray(cut)]
      expect(nodeInflater.crc32?.(tail, nodeInflater.crc32(head, 0))).toBe(crc32(tail, crc32(head)))
    }),
  )
})
