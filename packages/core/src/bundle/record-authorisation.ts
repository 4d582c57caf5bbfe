import { canonicalise } from '../json/canonicalise.ts'
import { readShape } from '../json/shape.ts'
import { isJsonObject, type JsonObject } from '../json/value.ts'
import { toHex } from '../model/bytes.ts'
import type { SmallDigest } from '../model/ports.ts'
import type { AuthorisationRecord, ConsentCommitment } from './authorisation-record.ts'
import { type FileNotes, parseNoted } from './record-notes.ts'
import { AUTHORISATION_SHAPE } from './record-shapes.ts'

/** What stands in authorisation.json. */
export interface AuthorisationReading {
  /** Null where it has not the form. */
  readonly record: AuthorisationRecord | null
  /** SHA-256 of the file, hex. */
  readonly sha256: string
  /** SHA-256 of the request, unknown members included, hex; null without one. */
  readonly requestSha256: string | null
}

/** Reads record/authorisation.json as far as its form goes. */
export function readAuthorisationRecord(
  bytes: Uint8Array,
  notes: FileNotes,
  smallDigest: SmallDigest,
): AuthorisationReading {
  const sha256 = toHex(smallDigest('sha256', bytes))
  const value = parseNoted(bytes, notes)
  if (value === undefined) return { record: null, sha256, requestSha256: null }
  const read = readShape(AUTHORISATION_SHAPE, value)
  notes.noteShape(read, '')
  const record = read.value ?? null
  const request = isJsonObject(value) ? requestIn(value, bytes) : null
  noteOrder(record?.request?.consents ?? [], notes)
  return { record, sha256, requestSha256: request === null ? null : toHex(smallDigest('sha256', request)) }
}

/**
 * The request as it stands in the file, members that are not known included; null without one. The file is canonical, and no
 * member that is known comes behind it.
 */
function requestIn(record: JsonObject, bytes: Uint8Array): Uint8Array | null {
  const { request, ...others } = record
  if (request === undefined || request === null) return null
  const names = Object.keys(others)
  if (names.some((name) => name > 'request')) return canonicalise(request)
  const before = canonicalise(others).length - 1 + (names.length === 0 ? 0 : 1) + '"request":'.length
  return bytes.subarray(before, bytes.length - 1)
}

/** One for each item, ascending. */
function noteOrder(consents: readonly ConsentCommitment[], notes: FileNotes): void {
  for (const [at, { item }] of consents.entries()) {
    if (item <= (consents[at - 1]?.item ?? -1)) notes.noteMisshapen('', `request.consents[${at}].item`, 'ascending')
  }
}
