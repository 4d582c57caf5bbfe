import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import { toHex } from '../model/bytes.ts'
import type { SmallDigest } from '../model/ports.ts'
import { encodeUtf8 } from '../model/utf8.ts'
import { lineDigest } from './line-digest.ts'

const digest: SmallDigest = (algorithm, bytes) => new Uint8Array(createHash(algorithm).update(bytes).digest())
const ABC = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'

it('leaves out the final line feed and nothing else', () => {
  expect(toHex(lineDigest(encodeUtf8('abc'), digest))).toBe(ABC)
  expect(toHex(lineDigest(encodeUtf8('abc\n'), digest))).toBe(ABC)
  expect(toHex(lineDigest(encodeUtf8('abc\n\n'), digest))).not.toBe(ABC)
  expect(toHex(lineDigest(encodeUtf8('abc\r\n'), digest))).not.toBe(ABC)
})
