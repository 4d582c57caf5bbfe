// Needs: openssl.
import { execFileSync } from 'node:child_process'
import { DIGEST_OCTETS, type DigestAlgorithm, type SmallDigest, toHex } from '@probatum/core'
import { describe, expect, test } from 'vitest'
import { nobleSmallDigest } from '../browser/index.ts'
import { nodeSmallDigest } from '../node/index.ts'

const DIGESTS: readonly (readonly [string, SmallDigest])[] = [
  ['Node', nodeSmallDigest],
  ['plain JavaScript', nobleSmallDigest],
]
const ALGORITHMS = Object.keys(DIGEST_OCTETS) as DigestAlgorithm[]

describe.each(DIGESTS)('small digests by %s', (_, digest) => {
  test.each(ALGORITHMS)('%s gives what openssl gives', (algorithm) => {
    // Around the block lengths of all of them: 64, 72, 104, 128, 136, 144.
    for (const length of [0, 1, 63, 64, 72, 103, 104, 128, 136, 143, 144, 1000]) {
      const bytes = new Uint8Array(length).map((_, i) => (i * 7 + length) & 0xff)
      const output = execFileSync('openssl', ['dgst', '-r', `-${algorithm}`], { input: bytes, encoding: 'latin1' })
      expect(toHex(digest(algorithm, bytes)), `${length} bytes`).toBe(output.split(' ')[0])
    }
  })

  test.each([
    ['shake128', 32],
    ['shake256', 64],
  ] as const)('%s gives what openssl gives at %i octets', (algorithm, octets) => {
    for (const length of [0, 1, 135, 136, 137, 167, 168, 169, 1000]) {
      const bytes = new Uint8Array(length).map((_, i) => (i * 5 + length) & 0xff)
      const args = ['dgst', '-r', `-${algorithm}`, '-xoflen', `${octets}`]
      const output = execFileSync('openssl', args, { input: bytes, encoding: 'latin1' })
      expect(toHex(digest(algorithm, bytes)), `${length} bytes`).toBe(output.split(' ')[0])
    }
  })

  test('the digest is an array of its own', () => {
    const one = digest('sha256', Uint8Array.of(1))
    digest('sha256', Uint8Array.of(2))
    expect(one.constructor).toBe(Uint8Array)
    expect(one).toEqual(digest('sha256', Uint8Array.of(1)))
    expect(one.byteLength).toBe(one.buffer.byteLength)
  })
})
