import crypto, { type Hash } from 'node:crypto'
import zlib from 'node:zlib'
import type { DigestAlgorithm, DigestOutcome } from '@probatum/core'

type Digests = DigestOutcome['digests']

/** One-shot hashing costs half of createHash for small inputs. Node 21.0 to 21.6 do not have it. */
const oneShot: typeof crypto.hash | undefined = crypto.hash

/** Digests of bytes that are in memory. Node names the algorithms as the port does. */
export function digestsOf(bytes: Uint8Array, algorithms: readonly DigestAlgorithm[]): Digests {
  const digests: Partial<Record<DigestAlgorithm, string>> = {}
  for (const algorithm of algorithms)
    digests[algorithm] =
      oneShot === undefined
        ? crypto.createHash(algorithm).update(bytes).digest('hex')
        : oneShot(algorithm, bytes, 'hex')
  return digests
}

/** Several digests over one pass of pieces. */
export class RunningDigests {
  readonly #hashes: readonly (readonly [DigestAlgorithm, Hash])[]
  constructor(algorithms: readonly DigestAlgorithm[]) {
    this.#hashes = algorithms.map((algorithm) => [algorithm, crypto.createHash(algorithm)] as const)
  }
  update(bytes: Uint8Array): void {
    for (const [, hash] of this.#hashes) hash.update(bytes)
  }
  /** Ends the pass. */
  digests(): Digests {
    return Object.fromEntries(this.#hashes.map(([algorithm, hash]) => [algorithm, hash.digest('hex')]))
  }
}

/**
 * CRC-32 of ZIP (APPNOTE 4.4.7) of `bytes` behind those whose CRC is `before`.
 * Node has it from 20.15 and 22.2 on; 22.0, 22.1 and 21 take the table.
 */
export function crc32(bytes: Uint8Array, before?: number): number {
  ownCrc32 ??= zlib.crc32 ?? crc32ByTable
  return ownCrc32(bytes, before)
}

// Asked for at the first call: most runs read no ZIP, and need nothing of zlib.
let ownCrc32: ((bytes: Uint8Array, before?: number) => number) | undefined

const TABLE = new Uint32Array(256)
for (let byte = 0; byte < 256; byte++) {
  let value = byte
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1
  TABLE[byte] = value
}

export function crc32ByTable(bytes: Uint8Array, before = 0): number {
  let value = ~before
  for (const byte of bytes) value = (TABLE[(value ^ byte) & 0xff] ?? 0) ^ (value >>> 8)
  return ~value >>> 0
}
