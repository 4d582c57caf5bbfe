import type { SmallDigest } from '../model/ports.ts'

/**
 * Digest of a line of a record: SHA-256 of its bytes without the final line feed. Of a stub (a withheld line) the
 * digest is the value of its `withheld` member instead, which is this digest of the line that it stands for.
 */
export function lineDigest(line: Uint8Array, digest: SmallDigest): Uint8Array {
  const end = line.length - 1
  return digest('sha256', line[end] === 0x0a ? line.subarray(0, end) : line)
}
