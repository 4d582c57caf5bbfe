import type { AuthorisationRequest } from '../bundle/authorisation-record.ts'
import { AUTHORISATION_REQUEST_SHAPE } from '../bundle/record-shapes.ts'
import { parseJson } from '../json/parse.ts'
import { readClosed } from '../json/shape.ts'
import { LIMITS } from '../model/limits.ts'

/**
 * Reads a request that stands in a file of its own: the canonical bytes whose SHA-256 approvals sign.
 * @throws ParseError ERR_LIMIT, ERR_TEXT_ENCODING, ERR_JSON_*; ERR_JSON_SHAPE names the member
 */
export function parseAuthorisationRequest(bytes: Uint8Array, where: string): AuthorisationRequest {
  const value = parseJson(bytes, where, { limit: LIMITS.authorisationBytes, canonical: true })
  return readClosed(AUTHORISATION_REQUEST_SHAPE, value, where)
}
