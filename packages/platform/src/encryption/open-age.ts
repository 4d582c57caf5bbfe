import { hkdf } from '@noble/hashes/hkdf.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { type AgeHeader, agePayload, concatBytes, ParseError, type RandomAccess, SourceFault } from '@probatum/core'
import type { Ciphers } from './ciphers.ts'
import type { CheckedContent } from './open-encrypted.ts'
import { SegmentedAccess } from './segmented-access.ts'

const TAG = 16

/**
 * The payload of an age file (C2SP age.md, "Payload"): chunks of 64 KiB, each with its own tag, its number and whether it is
 * the last in its nonce. So none can be changed, left out, moved or added without one of the tags showing it.
 * @throws {ParseError} ERR_ENCRYPTION_TAG, from here or from `checkAll`
 */
export async function openAgeContent(
  file: RandomAccess,
  header: AgeHeader,
  fileKey: Uint8Array,
  ciphers: Ciphers,
  name: string,
): Promise<CheckedContent> {
  const payload = agePayload(header.bytes.length, file.size)
  const nonce = await file.read(payload.nonceOffset, payload.offset - payload.nonceOffset)
  const key = hkdf(sha256, fileKey, nonce, PAYLOAD, 32)
  const { chunks, chunkBytes } = payload
  let isChecked = false

  const open = async (first: number, behind: number): Promise<Uint8Array> => {
    const from = payload.offset + first * chunkBytes
    const to = Math.min(file.size, payload.offset + behind * chunkBytes)
    const sealed = await file.read(from, to - from)
    const parts: Uint8Array[] = []
    for (let chunk = first; chunk < behind; chunk++) {
      const start = (chunk - first) * chunkBytes
      const part = ciphers.openChunk(
        key,
        chunkNonce(chunk, chunk === chunks - 1),
        sealed.subarray(start, start + chunkBytes),
      )
      if (part === undefined) {
        if (isChecked) throw new SourceFault('changed', name, 'PROBATUM_CHANGED')
        throw new ParseError('ERR_ENCRYPTION_TAG', {
          where: 'age',
          field: `chunk ${chunk}`,
          offset: from + start,
          spec: 'age-encryption.org/v1',
        })
      }
      parts.push(part)
    }
    return concatBytes(...parts)
  }

  const segments = { size: payload.plaintextBytes, segmentBytes: chunkBytes - TAG, open }
  return {
    access: new SegmentedAccess(segments),
    async checkAll(onProgress) {
      // The last one first: it alone tells whether the file is whole.
      await open(chunks - 1, chunks)
      const at = 16
      for (let first = 0; first < chunks; first += at) {
        await open(first, Math.min(chunks, first + at))
        onProgress(Math.min(payload.plaintextBytes, (first + at) * segments.segmentBytes))
      }
      isChecked = true
    },
  }
}

const PAYLOAD = Uint8Array.from('payload', (character) => character.charCodeAt(0))

/** Eleven octets that count, big-endian, and one that is 1 for the last chunk. */
function chunkNonce(chunk: number, isLast: boolean): Uint8Array {
  const nonce = new Uint8Array(12)
  const view = new DataView(nonce.buffer)
  view.setUint32(3, Math.floor(chunk / 2 ** 32))
  view.setUint32(7, chunk % 2 ** 32)
  nonce[11] = isLast ? 1 : 0
  return nonce
}
