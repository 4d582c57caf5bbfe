import { md5, sha1 } from '@noble/hashes/legacy.js'
import { sha224, sha256, sha384, sha512 } from '@noble/hashes/sha2.js'
import { sha3_224, sha3_256, sha3_384, sha3_512 } from '@noble/hashes/sha3.js'
import { type DigestAlgorithm, type DigestOutcome, toHex } from '@probatum/core'
import { createMD5, createSHA1, createSHA3, createSHA224, createSHA256, createSHA384, createSHA512 } from 'hash-wasm'

/** A running digest that can be begun again. */
interface Hasher {
  init(): unknown
  update(bytes: Uint8Array): unknown
  /** Lower-case hex. */
  digest(): string
}

const WASM: Readonly<Record<DigestAlgorithm, () => Promise<Hasher>>> = {
  md5: createMD5,
  sha1: createSHA1,
  sha224: createSHA224,
  sha256: createSHA256,
  sha384: createSHA384,
  sha512: createSHA512,
  'sha3-224': () => createSHA3(224),
  'sha3-256': () => createSHA3(256),
  'sha3-384': () => createSHA3(384),
  'sha3-512': () => createSHA3(512),
}

const NOBLE = {
  md5,
  sha1,
  sha224,
  sha256,
  sha384,
  sha512,
  'sha3-224': sha3_224,
  'sha3-256': sha3_256,
  'sha3-384': sha3_384,
  'sha3-512': sha3_512,
} as const satisfies Record<DigestAlgorithm, unknown>

class NobleHasher implements Hasher {
  readonly #hash: (typeof NOBLE)[DigestAlgorithm]
  #running: ReturnType<(typeof NOBLE)[DigestAlgorithm]['create']>
  constructor(algorithm: DigestAlgorithm) {
    this.#hash = NOBLE[algorithm]
    this.#running = this.#hash.create()
  }
  init(): void {
    this.#running = this.#hash.create()
  }
  update(bytes: Uint8Array): void {
    this.#running.update(bytes)
  }
  digest(): string {
    return toHex(this.#running.digest())
  }
}

/** Whether WebAssembly may be compiled here: a policy without 'wasm-unsafe-eval' and some managed computers forbid it. */
export function isWasmAllowed(): boolean {
  try {
    // The smallest module: its magic number and version.
    new WebAssembly.Module(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0))
    return true
  } catch {
    return false
  }
}

/**
 * Hashers in WebAssembly, or in plain JavaScript where that is forbidden: several times slower, the same digests. Each can
 * serve one stream at a time, so that whoever needs some takes a set and gives it back.
 */
export class HasherPool {
  readonly #free = new Map<DigestAlgorithm, Hasher[]>()
  readonly #isWasm: boolean

  constructor(isWasm = isWasmAllowed()) {
    this.#isWasm = isWasm
  }

  async take(algorithms: readonly DigestAlgorithm[]): Promise<HasherSet> {
    const hashers: (readonly [DigestAlgorithm, Hasher])[] = []
    for (const algorithm of algorithms) {
      const free = this.#free.get(algorithm)?.pop()
      hashers.push([algorithm, free ?? (this.#isWasm ? await WASM[algorithm]() : new NobleHasher(algorithm))])
    }
    return new HasherSet(hashers)
  }

  release(set: HasherSet): void {
    for (const [algorithm, hasher] of set.hashers) {
      const free = this.#free.get(algorithm)
      if (free === undefined) this.#free.set(algorithm, [hasher])
      else free.push(hasher)
    }
  }
}

/** Several digests over one pass. */
export class HasherSet {
  readonly hashers: readonly (readonly [DigestAlgorithm, Hasher])[]
  constructor(hashers: HasherSet['hashers']) {
    this.hashers = hashers
  }
  begin(): void {
    for (const [, hasher] of this.hashers) hasher.init()
  }
  update(bytes: Uint8Array): void {
    for (const [, hasher] of this.hashers) hasher.update(bytes)
  }
  end(): DigestOutcome['digests'] {
    const digests: Partial<Record<DigestAlgorithm, string>> = {}
    for (const [algorithm, hasher] of this.hashers) digests[algorithm] = hasher.digest()
    return digests
  }
}
