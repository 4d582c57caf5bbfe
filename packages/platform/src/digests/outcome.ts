import { type DigestOutcome, type Extent, LIMITS } from '@probatum/core'

/** What a container says of an entry, as far as its outcome depends on it. */
export interface Claim {
  readonly path: string
  /** Bytes in the container. */
  readonly length: number
  readonly method: Extent['method']
  /** Bytes after decompression. */
  readonly size: number
  readonly crc32: number | undefined
}

type Contradiction = NonNullable<DigestOutcome['contradiction']>

/** What the container's own figures rule out before a byte is read. */
export function claimProblem({ method, length, size }: Claim): Contradiction | undefined {
  if (method === 'stored') {
    if (length === size) return undefined
    return { code: 'size', expected: String(size), found: String(length) }
  }
  if (size > LIMITS.bombThresholdBytes && size > length * LIMITS.bombRatio)
    return { code: 'limit', expected: `at most ${LIMITS.bombRatio}:1`, found: `${size} from ${length}` }
  return undefined
}

/** The outcome of an entry that was read to its end: size and CRC-32 are held against what the container states. */
export function concluded(
  claim: Claim,
  size: number,
  digests: DigestOutcome['digests'],
  checksum: number,
): DigestOutcome {
  const { path, crc32 } = claim
  if (size !== claim.size) return { path, size, digests, contradiction: sizeLie(claim, String(size)) }
  if (crc32 !== undefined && checksum !== crc32) {
    return { path, size, digests, contradiction: { code: 'crc', expected: hex32(crc32), found: hex32(checksum) } }
  }
  return { path, size, digests }
}

export function sizeLie(claim: Pick<Claim, 'size'>, found: string): Contradiction {
  return { code: 'size', expected: String(claim.size), found }
}

export function deflateLie(found: string): Contradiction {
  return { code: 'deflate', expected: 'one deflate stream', found }
}

/** The outcome of an entry that contradicts itself before its end. */
export function failed({ path }: Pick<Claim, 'path'>, size: number, contradiction: Contradiction): DigestOutcome {
  return { path, size, digests: {}, contradiction }
}

function hex32(value: number): string {
  return value.toString(16).padStart(8, '0')
}
