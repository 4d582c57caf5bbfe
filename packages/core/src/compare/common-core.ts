import { toHex } from '../model/bytes.ts'
import type { SmallDigest } from '../model/ports.ts'
import { encodeUtf8 } from '../model/utf8.ts'
import { trustSetCode } from '../trust/set-code.ts'

/** What two bundles of one log have in common: its first `size` events and first `itemCount` items. */
export interface CommonCoreInput {
  readonly origin: string
  /** hex */
  readonly logId: string
  readonly size: number
  /** Merkle root over the line digests of those events, hex. */
  readonly root: string
  readonly itemCount: number
  /** The same over those items. */
  readonly itemRoot: string
}

/** What all bundles of one log share up to a size, under one code. */
export interface CommonCore extends CommonCoreInput {
  /** 28 symbols in 4 groups of 7, each with its check symbol behind it, as the code of a trust set is written. */
  readonly code: string
  /** What the code is the SHA-256 of: netstrings, so that no two sets of fields give the same text. */
  readonly text: string
}

const DOMAIN = 'probatum/common-core/1'

/**
 * The common-core code: the first 140 bits of the SHA-256 over domain, origin, log id, size, root, item count and item
 * root, each as a netstring (its length in octets in decimal, a colon, the octets, a comma). It covers history and
 * items, not openings, payload or seal.
 */
export function commonCore(input: CommonCoreInput, digest: SmallDigest): CommonCore {
  const { origin, logId, size, root, itemCount, itemRoot } = input
  const fields = [DOMAIN, origin, logId, `${size}`, root, `${itemCount}`, itemRoot]
  const text = fields.map((field) => `${encodeUtf8(field).length}:${field},`).join('')
  const code = trustSetCode(toHex(digest('sha256', encodeUtf8(text))))
  return { origin, logId, size, root, itemCount, itemRoot, code, text }
}
