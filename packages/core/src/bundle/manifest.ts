import { DIGEST_OCTETS } from '../model/digest-octets.ts'
import type { DigestAlgorithm } from '../model/ports.ts'
import { decodeTagText } from './bag-text.ts'
import {
  afterLineEnd,
  isLineEnd,
  LineReader,
  type ManifestEntryHandler,
  type ManifestReading,
  type ManifestRules,
} from './manifest-lines.ts'

/** By the names that RFC 8493 §2.4 makes: lower case, nothing but letters and digits. */
const ALGORITHMS: ReadonlyMap<string, DigestAlgorithm> = new Map(
  (Object.keys(DIGEST_OCTETS) as DigestAlgorithm[]).map((name) => [name.replace('-', ''), name]),
)
const MANIFEST_NAME = /^(tag)?manifest-([A-Za-z0-9_-]{1,64})\.txt$/

/** What the name of a manifest says of it. */
export interface ManifestName {
  readonly kind: 'payload' | 'tag'
  readonly algorithmName: string
  readonly algorithm: DigestAlgorithm | null
}

/** Reads a manifest's file name; `undefined` for any other file. Spellings as `sha-256` count as their algorithm. */
export function manifestName(path: string): ManifestName | undefined {
  const match = MANIFEST_NAME.exec(path)
  if (match === null) return undefined
  const algorithmName = match[2] ?? ''
  const key = algorithmName.toLowerCase().replace(/[^a-z0-9]/g, '')
  return {
    kind: match[1] === undefined ? 'payload' : 'tag',
    algorithmName,
    algorithm: ALGORITHMS.get(key) ?? null,
  }
}

// Decoding in pieces keeps one short string alive at a time instead of the whole manifest's text.
const PIECE_BYTES = 1_048_576

/**
 * Reads a payload or tag manifest (RFC 8493 §2.1.3) and calls `onEntry` for each line that names a path. Keeps nothing
 * of the lines itself, so that a million of them cost no more than the caller keeps. What cannot be read is counted by
 * code, the first LIMITS.exceptionsInFinding with their line.
 * @throws {ParseError} ERR_LIMIT beyond LIMITS.manifestLines, and what `onEntry` throws
 */
export function parseManifest(bytes: Uint8Array, rules: ManifestRules, onEntry: ManifestEntryHandler): ManifestReading {
  const reader = new LineReader(rules, onEntry)
  if (rules.encoding === 'utf-8' || rules.encoding === 'iso-8859-1') {
    let start = 0
    while (start < bytes.length) {
      const end = endOfPiece(bytes, start)
      if (end - start > PIECE_BYTES) reader.skip('line-too-long')
      else {
        const text = decodeTagText(bytes.subarray(start, end), rules.encoding)
        if (text === undefined) reader.readUndecodable(bytes.subarray(start, end))
        else reader.read(text)
      }
      start = end
    }
  } else {
    const text = decodeTagText(bytes, rules.encoding)
    if (text === undefined) reader.skip('encoding')
    else reader.read(text)
  }
  return reader.finish()
}

/** End of the last whole line within a piece, or of the first line when it is longer than a piece. */
function endOfPiece(bytes: Uint8Array, start: number): number {
  const limit = start + PIECE_BYTES
  if (limit >= bytes.length) return bytes.length
  for (let i = limit - 1; i >= start; i--) if (isLineEnd(bytes[i])) return afterLineEnd(bytes, i)
  for (let i = limit; i < bytes.length; i++) if (isLineEnd(bytes[i])) return afterLineEnd(bytes, i)
  return bytes.length
}
