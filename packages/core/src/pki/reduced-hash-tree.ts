import { TAG } from '../asn1/tag.ts'
import { compareBytes, concatBytes } from '../model/bytes.ts'
import type { ArchiveTimeStampChain } from './evidence-record.ts'

/** One list to one digest (RFC 4998 §4.2, §4.3): in binary ascending order, one behind the other; a single one stands for itself. */
function digestOfList(hashes: readonly Uint8Array[], digest: (bytes: Uint8Array) => Uint8Array): Uint8Array {
  const [only, second] = hashes
  if (only !== undefined && second === undefined) return only
  // No spread: a list may have more digests than a call can have arguments.
  const whole = new Uint8Array(hashes.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const hash of hashes.toSorted(compareBytes)) {
    whole.set(hash, at)
    at += hash.length
  }
  return digest(whole)
}

/**
 * The root of a reduced hash tree (RFC 4998 §4.3): each list gives a digest, which goes into the next list. There are two
 * roots where the first list has a single digest: §4.2 makes no new one of a group of one file, and §4.3 read to the letter does.
 */
export function rootsOf(
  lists: readonly (readonly Uint8Array[])[],
  digest: (bytes: Uint8Array) => Uint8Array,
): readonly Uint8Array[] {
  const [first = [], ...rest] = lists
  const up = (start: Uint8Array) => rest.reduce((below, list) => digestOfList([...list, below], digest), start)
  const [only, second] = first
  const plain = up(digestOfList(first, digest))
  return only !== undefined && second === undefined ? [plain, up(digest(only))] : [plain]
}

/** ArchiveTimeStampSequence of so many chains, DER: what a hash-tree renewal is over, beside the data (RFC 4998 §5.2). */
export function sequenceOf(chains: readonly ArchiveTimeStampChain[]): Uint8Array {
  const length = chains.reduce((sum, { der }) => sum + der.length, 0)
  const octets: number[] = []
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) octets.unshift(rest % 256)
  const header = length < 0x80 ? [length] : [0x80 | octets.length, ...octets]
  return concatBytes(Uint8Array.of(TAG.SEQUENCE, ...header), ...chains.map(({ der }) => der))
}
