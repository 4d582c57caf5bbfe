import type { AuthorisationRecord, AuthorisationRequest } from '../bundle/authorisation-record.ts'
import { AUTHORISATION } from '../bundle/layout.ts'
import { AUTHORISATION_REQUEST_SHAPE, AUTHORISATION_SHAPE } from '../bundle/record-shapes.ts'
import { parseJson } from '../json/parse.ts'
import { readClosed, readShape } from '../json/shape.ts'
import { fromBase64 } from '../model/bytes.ts'
import { LIMITS } from '../model/limits.ts'
import { orNull } from '../model/parse-error.ts'

/**
 * Reads a request that stands in a file of its own: the canonical bytes whose SHA-256 approvals sign.
 * @throws ParseError ERR_LIMIT, ERR_TEXT_ENCODING, ERR_JSON_*; ERR_JSON_SHAPE names the member
 */
export function parseAuthorisationRequest(bytes: Uint8Array, where: string): AuthorisationRequest {
  const value = parseJson(bytes, where, { limit: LIMITS.authorisationBytes, canonical: true })
  return readClosed(AUTHORISATION_REQUEST_SHAPE, value, where)
}

/** Detached CMS, DER, of the approvals and of the exceptions of a request. What is no base64 is left out. */
export function authorisationSignatures({
  approvals,
  request,
}: Pick<AuthorisationRecord, 'approvals' | 'request'>): Uint8Array[] {
  return [...approvals, ...(request?.exceptions ?? [])].flatMap(({ signature }) => fromBase64(signature) ?? [])
}

/** Those of record/authorisation.json; none where it does not read. */
export function authorisationFileSignatures(bytes: Uint8Array): Uint8Array[] {
  const value = orNull(() => parseJson(bytes, AUTHORISATION, { limit: LIMITS.authorisationBytes, canonical: true }))
  const record = value === null ? undefined : readShape(AUTHORISATION_SHAPE, value).value
  return record === undefined ? [] : authorisationSignatures(record)
}
