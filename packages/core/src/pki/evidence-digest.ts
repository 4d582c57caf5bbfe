import { toHex } from '../model/bytes.ts'
import type { Ports } from '../model/ports.ts'
import type { EvidenceDigest } from './facts.ts'

/** Digests of bytes that are at hand, each computed once; null for every algorithm when they are not. */
export function digestOfBytes(bytes: Uint8Array | null, { smallDigest }: Pick<Ports, 'smallDigest'>): EvidenceDigest {
  const known = new Map<string, string>()
  return async (algorithm) => {
    if (bytes === null) return null
    const digest = known.get(algorithm) ?? toHex(smallDigest(algorithm, bytes))
    known.set(algorithm, digest)
    return digest
  }
}
