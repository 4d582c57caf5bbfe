import { isAscii } from '../asn1/text.ts'
import { fromBase64 } from '../model/bytes.ts'
import { LIMITS } from '../model/limits.ts'
import { ParseError } from '../model/parse-error.ts'
import { decodeLatin1 } from '../model/utf8.ts'

/** One block between BEGIN and END (RFC 7468). */
export interface PemBlock {
  /** e.g. `CERTIFICATE` */
  readonly label: string
  readonly der: Uint8Array
  /** Offset of the BEGIN line. */
  readonly offset: number
}

const BEGIN = /-----BEGIN ([A-Z0-9][A-Z0-9 -]{0,62}[A-Z0-9])-----/g
const SPEC = 'RFC 7468 §3'

/**
 * Reads every block of a PEM file (RFC 7468); text around the blocks is allowed there and passed over. Throws ParseError:
 * a block without its end, headers inside, or anything that is not base64. No block at all is an error too.
 */
export function parsePem(bytes: Uint8Array, where = 'PEM'): PemBlock[] {
  if (bytes.length > LIMITS.cmsBytes * 2) {
    throw new ParseError('ERR_LIMIT', { where, spec: SPEC, expected: `at most ${LIMITS.cmsBytes * 2} octets` })
  }
  const text = decodeLatin1(bytes)
  const blocks: PemBlock[] = []
  let at = 0
  for (;;) {
    BEGIN.lastIndex = at
    const begin = BEGIN.exec(text)
    if (begin === null) break
    const label = begin[1] ?? ''
    const bodyStart = begin.index + begin[0].length
    const end = text.indexOf('-----', bodyStart)
    const marker = `-----END ${label}-----`
    if (end < 0 || !text.startsWith(marker, end)) {
      throw new ParseError('ERR_PEM', { where, offset: end < 0 ? text.length : end, spec: SPEC, expected: marker })
    }
    const der = decodeBody(text.slice(bodyStart, end))
    if (der === undefined || der.length === 0) {
      throw new ParseError('ERR_PEM', { where, offset: bodyStart, spec: SPEC, expected: 'base64' })
    }
    blocks.push({ label, der, offset: begin.index })
    at = end + marker.length
  }
  if (blocks.length === 0) throw new ParseError('ERR_PEM', { where, offset: 0, spec: SPEC, expected: '-----BEGIN' })
  return blocks
}

/** White space between the characters has no meaning (RFC 7468 §3, laxbase64text). */
function decodeBody(body: string): Uint8Array | undefined {
  return fromBase64(body.replace(/[ \t\r\n\v\f]+/g, ''))
}

/**
 * The one structure in a file that is DER (or BER), PEM with exactly one block, or bare base64: told by its content,
 * never by its name. Throws ParseError when it is none of them.
 */
export function unwrapByContent(bytes: Uint8Array, where: string): Uint8Array {
  // Every structure here is a SEQUENCE; as base64 it begins with `M`, so 30 can only be the binary form.
  if (bytes[0] === 0x30) return bytes
  if (bytes.length === 0) throw new ParseError('ERR_DER_TRUNCATED', { where, offset: 0, expected: 'tag 30' })
  if (!isAscii(bytes)) {
    const found = `tag ${(bytes[0] ?? 0).toString(16).padStart(2, '0')}`
    throw new ParseError('ERR_DER_UNEXPECTED_TAG', { where, offset: 0, expected: 'tag 30', found })
  }
  if (bytes.length <= LIMITS.cmsBytes * 2) {
    const der = decodeBody(decodeLatin1(bytes))
    if (der !== undefined && der[0] === 0x30) return der
  }
  const [block, another] = parsePem(bytes, where)
  if (another !== undefined || block === undefined) {
    throw new ParseError('ERR_PEM', { where, offset: another?.offset ?? 0, spec: SPEC, expected: 'one block' })
  }
  return block.der
}
