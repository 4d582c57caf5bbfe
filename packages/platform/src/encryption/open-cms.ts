import { type AuthEnvelopedData, equalBytes, ParseError, SourceFault } from '@probatum/core'
import type { Ciphers } from './ciphers.ts'
import type { CheckedContent } from './open-encrypted.ts'
import { SegmentedAccess } from './segmented-access.ts'

/** A multiple of AES's block; what is digested to be known again. */
const SEGMENT = 1 << 20
const BLOCK = 16

/**
 * The content of an AuthEnvelopedData under AES-GCM (RFC 5084). It has one tag, over everything: `checkAll` computes it, and
 * nothing can be read before. Then any place can be deciphered by itself, by the counter of its block; that these are the
 * bytes that the tag was computed over is known from a digest of each segment.
 */
export async function openCmsContent(
  data: AuthEnvelopedData,
  key: Uint8Array,
  ciphers: Ciphers,
  name: string,
): Promise<CheckedContent> {
  const { content, nonce, additional, mac } = data
  // SP 800-38D §5.2.1.1.
  if (content.size > 2 ** 36 - 32)
    throw new ParseError('ERR_ENCRYPTION_STRUCTURE', { where: 'AuthEnvelopedData', field: 'encryptedContent' })
  const count = Math.max(1, Math.ceil(content.size / SEGMENT))
  const known: Uint8Array[] = []
  const counterMode = await ciphers.counterMode(key)
  const read = (segment: number) => content.read(segment * SEGMENT, Math.min(SEGMENT, content.size - segment * SEGMENT))

  const open = async (first: number, behind: number): Promise<Uint8Array> => {
    if (behind !== first + 1) throw new TypeError('one segment at a time')
    const sealed = await read(first)
    const digest = known[first]
    if (digest === undefined) throw new TypeError('not checked yet')
    if (!equalBytes(await ciphers.sha256(sealed), digest)) throw new SourceFault('changed', name, 'PROBATUM_CHANGED')
    const counter = new Uint8Array(BLOCK)
    counter.set(nonce)
    // SP 800-38D §7.1: counting begins at 1, which is the tag's.
    new DataView(counter.buffer).setUint32(12, 2 + first * (SEGMENT / BLOCK))
    return counterMode(counter, sealed)
  }

  return {
    access: new SegmentedAccess({ size: content.size, segmentBytes: SEGMENT, open }),
    async checkAll(onProgress) {
      const check = await ciphers.checkGcm(key, nonce, additional, mac)
      const digests: Uint8Array[] = []
      for (let segment = 0; segment < count; segment++) {
        const sealed = await read(segment)
        check.update(sealed)
        digests.push(await ciphers.sha256(sealed))
        onProgress(segment * SEGMENT + sealed.length)
      }
      if (!check.holds())
        throw new ParseError('ERR_ENCRYPTION_TAG', { where: 'AuthEnvelopedData', field: 'mac', spec: 'RFC 5084 §1.6' })
      known.push(...digests)
    },
  }
}
