import { canonicalise } from '../json/canonicalise.ts'
import { parseJson } from '../json/parse.ts'
import { hex, memberOf, object, readClosed, type Shape, text, textWhere } from '../json/shape.ts'
import { isJsonObject, type JsonObject } from '../json/value.ts'
import { fromBase64, toBase64 } from '../model/bytes.ts'
import { LIMITS } from '../model/limits.ts'
import { orNull } from '../model/parse-error.ts'
import type { CmsFacts } from '../pki/facts.ts'
import { signingCandidate } from '../pki/trust-candidate.ts'

/**
 * A statement and the signature over it in one file that travels alone: canonical JSON with two members, the statement
 * under its own name and `signature`, a detached CMS in base64. Because the whole is canonical, the bytes that are
 * signed stand in the file as they are, between `{"notice":` and `,"signature":`.
 */
export type StatementName = 'notice' | 'receipt'

/** A file of this form as it was read. */
export interface SignedStatement<T> {
  readonly statement: T
  /** What is signed: a part of the file. Shares memory. */
  readonly signed: Uint8Array
  /** The CMS. */
  readonly cms: Uint8Array
}

/** A SHA-256 in lower-case hex. */
export const SHA256: Shape<string> = hex(32)

/** 16 random octets in lower-case hex. */
export const RANDOM_128: Shape<string> = hex(16)

/** Origin of a log, as its checkpoints begin. */
export const ORIGIN: Shape<string> = text({
  pattern: /^[^\s+\p{Cc}]{1,255}$/u,
  expected: 'text without white space or plus',
})
const BASE64 = textWhere('base64', (value) => value !== '' && fromBase64(value) !== undefined)

/** The bytes of a statement that are signed: canonical JSON. */
export function statementBytes(statement: object): Uint8Array {
  return canonicalise(statement)
}

/** The file. `cms`: a detached CMS over `statementBytes(statement)`, DER. */
export function signedStatementFile(name: StatementName, statement: object, cms: Uint8Array): Uint8Array {
  return canonicalise({ [name]: statement, signature: toBase64(cms) })
}

/**
 * Reads such a file. Nothing is said about whether the signature holds.
 * @throws ParseError ERR_LIMIT, ERR_TEXT_ENCODING, ERR_JSON_*; its place names the member
 */
export function parseSignedStatement<T>(
  bytes: Uint8Array,
  name: StatementName,
  shape: Shape<T>,
  where: string = name,
): SignedStatement<T> {
  const value = parseJson(bytes, where, { limit: LIMITS.statementBytes, canonical: true })
  const members = { [name]: shape, signature: BASE64 } as unknown as {
    readonly [K in keyof Whole<T>]-?: Shape<Exclude<Whole<T>[K], undefined>>
  }
  const whole = readClosed(object<Whole<T>>(members), value, where) as unknown as JsonObject
  const { signature } = whole as { readonly signature: string }
  const cms = fromBase64(signature)
  if (cms === undefined) throw new TypeError('the shape has read base64')
  // The bytes that arrived: the file is canonical, so its parts are where they must be.
  const head = `{"${name}":`.length
  const tail = `,"signature":"${signature}"}`.length
  return { statement: whole[name] as unknown as T, signed: bytes.subarray(head, bytes.length - tail), cms }
}

/** Reads a statement by itself. @throws ParseError ERR_LIMIT, ERR_TEXT_ENCODING, ERR_JSON_* */
export function parseStatement<T>(bytes: Uint8Array, name: StatementName, shape: Shape<T>): T {
  return readClosed(shape, parseJson(bytes, name, { limit: LIMITS.statementBytes, canonical: true }), name)
}

type Whole<T> = { readonly statement: T; readonly signature: string }

/**
 * What a file says that it is: `probatum/notice/2` of a later version too. Null for what is no such file; never fails on
 * hostile bytes.
 */
export function statementTypeOf(bytes: Uint8Array, name: StatementName): string | null {
  const value = orNull(() => parseJson(bytes, name, { limit: LIMITS.statementBytes, canonical: false }))
  const statement = isJsonObject(value) ? memberOf(value, name) : undefined
  const type = statement !== undefined && isJsonObject(statement) ? memberOf(statement, 'statement') : undefined
  return typeof type === 'string' && type.startsWith(`probatum/${name}/`) ? type : null
}

/** What arithmetic says of the CMS over a statement; whose it is, a trust set says. */
export type StatementSignature = 'holds' | 'other-content' | 'signature' | 'not-signed' | 'unsupported' | 'limit'

/**
 * Whether the one signer of a CMS signed just this. Without signed attributes, or with a certificate that is not bound to
 * it, it could be a signature over something else.
 */
export function statementSignatureOf(cms: CmsFacts): StatementSignature {
  const [signer, more] = cms.signers
  if (signer === undefined || more !== undefined) return 'not-signed'
  const candidate = signingCandidate(signer, cms)
  if (candidate === null || signer.signedAttrs !== 'der' || candidate.bound !== 'match') return 'not-signed'
  if (cms.eContent === 'differs') return 'other-content'
  if (signer.contentDigest === null || candidate.signature === 'unsupported') return 'unsupported'
  if (signer.messageDigest !== signer.contentDigest) return 'other-content'
  if (candidate.signature === 'not-tried') return 'limit'
  return candidate.signature === 'valid' ? 'holds' : 'signature'
}
