import { type DerPart, derInside } from '../der/der-read.ts'
import { OID } from '../der/oids.ts'
import type { SealDigest } from '../digest.ts'
import type { MessageImprint } from './time-stamp-token.ts'

/** What a request asked for (RFC 3161 §2.4.1). */
export interface TimeStampRequest {
  readonly imprint: MessageImprint
  /** Dotted; null when the authority was free to choose. */
  readonly policy: string | null
  /** Content octets; null when there is none. */
  readonly nonce: Uint8Array | null
}

const DIGEST_NAMES: readonly SealDigest[] = ['sha256', 'sha384', 'sha512']

/**
 * Reads one's own request again. Throws TypeError when it is none, or one with a digest that `timestamp request` does not
 * make.
 */
export function readTimeStampRequest(bytes: Uint8Array): TimeStampRequest {
  const [version, imprint, ...rest] = derInside(bytes, 0x30, 'TimeStampReq')
  if (version?.tag !== 0x02 || version.content.length !== 1 || version.content[0] !== 1 || imprint === undefined)
    throw new TypeError('TimeStampReq: version 1 is expected')
  const [algorithm, digest] = derInside(imprint.whole, 0x30, 'TimeStampReq.messageImprint')
  const [oid] = algorithm === undefined ? [] : derInside(algorithm.whole, 0x30, 'TimeStampReq.hashAlgorithm')
  const name = DIGEST_NAMES.find((each) => oid?.tag === 0x06 && dottedOf(oid) === OID[each])
  if (name === undefined || digest?.tag !== 0x04)
    throw new TypeError('TimeStampReq: SHA-256, SHA-384 or SHA-512 is expected')
  const policy = rest.find(({ tag }) => tag === 0x06)
  return {
    imprint: { algorithm: name, digest: digest.content },
    policy: policy === undefined ? null : dottedOf(policy),
    nonce: rest.find(({ tag }) => tag === 0x02)?.content ?? null,
  }
}

/** OBJECT IDENTIFIER as text (X.690 §8.19); arcs up to 2^53 - 1. */
function dottedOf({ content }: DerPart): string {
  const arcs: number[] = []
  let arc = 0
  for (const octet of content) {
    arc = arc * 128 + (octet & 0x7f)
    if (!Number.isSafeInteger(arc)) throw new TypeError('TimeStampReq: an arc of an object identifier is too large')
    if (octet >= 0x80) continue
    arcs.push(arc)
    arc = 0
  }
  const [first = 0, ...others] = arcs
  const root = Math.min(2, Math.floor(first / 40))
  return [root, first - root * 40, ...others].join('.')
}
