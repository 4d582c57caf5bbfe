import { LIMITS } from '../model/limits.ts'
import { decodePercent } from './bag-path.ts'
import { decodeTagText, splitLines, type TagEncoding } from './bag-text.ts'

export interface FetchReading {
  readonly entries: readonly { readonly path: string }[]
  readonly malformed: number
}

/**
 * Reads fetch.txt (RFC 8493 §2.2.3): URL, length or `-`, path. The URL is not kept and nothing is ever fetched: a bundle
 * must not be able to make its verifier talk to anybody. `undefined` when it is not in the declared encoding.
 */
export function parseFetch(
  bytes: Uint8Array,
  encoding: TagEncoding,
  percentDecoding: boolean,
): FetchReading | undefined {
  const text = decodeTagText(bytes, encoding)
  if (text === undefined) return undefined
  const entries: { path: string }[] = []
  let malformed = 0
  for (const line of splitLines(text)) {
    if (/^[ \t]*$/.test(line)) continue
    const match = /^[^ \t]+[ \t]+(?:[0-9]+|-)[ \t]+(.+)$/.exec(line)
    const literal = match?.[1]
    if (literal === undefined || literal.length > LIMITS.pathBytes) malformed++
    else {
      const path = literal.replace(/^(?:\.\/+)+/, '')
      entries.push({ path: percentDecoding ? decodePercent(path) : path })
    }
  }
  return { entries, malformed }
}
