import { DerCursor } from '../asn1/cursor.ts'
import { TAG } from '../asn1/tag.ts'
import { LIMITS } from '../model/limits.ts'
import { ParseError } from '../model/parse-error.ts'
import { unwrapByContent } from './pem.ts'

/**
 * Refuses a file that is no CMS at all: empty, a text, a picture, a key. One that begins as a ContentInfo and breaks inside
 * is a finding about that signature; this here is no signature to have findings about.
 * @throws ParseError ERR_CMS_STRUCTURE
 */
export function requireCmsBeginning(bytes: Uint8Array, where: string): void {
  const der = unwrapped(bytes, where, 'ERR_CMS_STRUCTURE')
  const begins = tagsAtBeginning(der)
  if (begins[0] === TAG.SEQUENCE && begins[1] === TAG.OBJECT_IDENTIFIER) return
  throw new ParseError('ERR_CMS_STRUCTURE', { where, offset: 0, spec: 'RFC 5652 §3', expected: 'ContentInfo' })
}

/**
 * The same for a file with a time-stamp: a ContentInfo, or a TimeStampResp, which begins with its status.
 * @throws ParseError ERR_TSP_STRUCTURE
 */
export function requireTimeStampBeginning(bytes: Uint8Array, where: string): void {
  const der = unwrapped(bytes, where, 'ERR_TSP_STRUCTURE')
  const [outer, first, second] = tagsAtBeginning(der)
  if (outer === TAG.SEQUENCE && first === TAG.OBJECT_IDENTIFIER) return
  if (outer === TAG.SEQUENCE && first === TAG.SEQUENCE && second === TAG.INTEGER && !isOtherThanStatus(der)) return
  throw new ParseError('ERR_TSP_STRUCTURE', {
    where,
    offset: 0,
    spec: 'RFC 3161 §2.4.2',
    expected: 'TimeStampResp or TimeStampToken',
  })
}

function unwrapped(bytes: Uint8Array, where: string, code: 'ERR_CMS_STRUCTURE' | 'ERR_TSP_STRUCTURE'): Uint8Array {
  try {
    return unwrapByContent(bytes, where)
  } catch (error) {
    if (!(error instanceof ParseError) || error.code === 'ERR_LIMIT') throw error
    const { offset, expected, found } = error.detail
    throw new ParseError(code, {
      where,
      ...(offset === undefined ? {} : { offset }),
      expected: expected ?? 'DER, PEM or base64',
      ...(found === undefined ? {} : { found }),
    })
  }
}

/** The tags of the first elements, each the first inside the one before, whether or not their ends are here. */
function tagsAtBeginning(der: Uint8Array): (number | undefined)[] {
  const tags: (number | undefined)[] = []
  let at = 0
  while (tags.length < 3) {
    tags.push(der[at])
    const length = der[at + 1] ?? 0
    // X.690 §8.1.3: short, indefinite, or so many octets of length.
    at += 2 + (length > 0x80 && length < 0xff ? length & 0x7f : 0)
  }
  return tags
}

/** A CRL and a certificate of version 1 begin with the same tags, and go on with what no PKIStatusInfo has. */
function isOtherThanStatus(der: Uint8Array): boolean {
  if (der.length > LIMITS.cmsBytes) return false
  try {
    const status = DerCursor.over(der, '', 'BER').enter(TAG.SEQUENCE, '').enter(TAG.SEQUENCE, 'status')
    status.integer('status', LIMITS.bigIntegerOctets)
    if (status.done || status.tag === TAG.BIT_STRING) return false
    if (status.tag !== TAG.SEQUENCE) return true
    const texts = status.enter(TAG.SEQUENCE, 'statusString')
    return !texts.done && texts.tag !== TAG.UTF8_STRING
  } catch (error) {
    // What breaks so early is not known to be anything else.
    if (error instanceof ParseError) return false
    throw error
  }
}
