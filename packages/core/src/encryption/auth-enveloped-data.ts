import { DerCursor } from '../asn1/cursor.ts'
import { contextConstructed, TAG } from '../asn1/tag.ts'
import { concatBytes } from '../model/bytes.ts'
import { LIMITS } from '../model/limits.ts'
import { ParseError } from '../model/parse-error.ts'
import type { RandomAccess } from '../model/ports.ts'
import { readAlgorithmIdentifier } from '../pki/certificate-parse.ts'
import { type CmsRecipient, readRecipients } from './cms-recipients.ts'
import { type ElementHead, ElementWalk } from './element-walk.ts'
import { readContent } from './segmented-content.ts'

const SPEC = 'RFC 5083 §2.1'
const WHERE = 'AuthEnvelopedData'
const OID = {
  authEnvelopedData: '1.2.840.113549.1.9.16.1.23',
  data: '1.2.840.113549.1.7.1',
} as const
/** RFC 5084 §1.6: AES-GCM, by the bytes of its key. */
const GCM: Readonly<Record<string, number>> = {
  '2.16.840.1.101.3.4.1.6': 16,
  '2.16.840.1.101.3.4.1.26': 24,
  '2.16.840.1.101.3.4.1.46': 32,
}

/** AuthEnvelopedData (RFC 5083 §2.1). */
export interface AuthEnvelopedData {
  readonly recipients: readonly CmsRecipient[]
  readonly keyBytes: 16 | 24 | 32
  readonly nonce: Uint8Array
  /** What is authenticated before the content: DER of the authenticated attributes as SET OF (RFC 5083 §2.2), or nothing. */
  readonly additional: Uint8Array
  /** The tag. */
  readonly mac: Uint8Array
  /** The encrypted content, its segments joined. */
  readonly content: RandomAccess
}

/**
 * Reads an AuthEnvelopedData (RFC 5083) with AES-GCM (RFC 5084) whose content lies in a file. The envelope may be BER.
 * @throws {ParseError} ERR_ENCRYPTION_STRUCTURE, ERR_ENCRYPTION_UNSUPPORTED, ERR_LIMIT
 */
export async function readAuthEnvelopedData(file: RandomAccess): Promise<AuthEnvelopedData> {
  const walk = new ElementWalk(file, WHERE, SPEC)
  const info = await walk.expect(TAG.SEQUENCE, 0, file.size, 'contentInfo')
  const infoLimit = info.contentEnd ?? file.size
  const type = await walk.expect(TAG.OBJECT_IDENTIFIER, info.contentStart, infoLimit, 'contentType')
  const contentType = await small(file, walk, type, infoLimit, 'contentType')
  if (reading(() => DerCursor.over(contentType, WHERE).oid('contentType')) !== OID.authEnvelopedData)
    throw unsupported('contentType', 'AuthEnvelopedData')
  const explicit = await walk.expect(contextConstructed(0), type.contentEnd ?? 0, infoLimit, 'content')
  const explicitLimit = explicit.contentEnd ?? infoLimit
  const data = await walk.expect(TAG.SEQUENCE, explicit.contentStart, explicitLimit, 'content')
  const limit = data.contentEnd ?? explicitLimit

  const version = await walk.expect(TAG.INTEGER, data.contentStart, limit, 'version')
  const versionDer = await small(file, walk, version, limit, 'version')
  if (reading(() => DerCursor.over(versionDer, WHERE).smallInteger('version')) !== 0)
    throw unsupported('version', 'version 0')
  let at = version.contentEnd ?? 0
  let next = await walk.head(at, limit, 'recipientInfos')
  if (next.tag === contextConstructed(0)) {
    // OriginatorInfo: certificates that nothing here needs.
    at = await walk.end(next, near(next, limit), 'originatorInfo')
    next = await walk.head(at, limit, 'recipientInfos')
  }
  if (next.tag !== TAG.SET) walk.fail('recipientInfos', at, 'a SET', undefined)
  const infos = await small(file, walk, next, limit, 'recipientInfos')
  const recipients = reading(() => readRecipients(infos))
  at = await walk.end(next, limit, 'recipientInfos')

  const encrypted = await walk.expect(TAG.SEQUENCE, at, limit, 'authEncryptedContentInfo')
  const encryptedLimit = encrypted.contentEnd ?? limit
  const inner = await walk.expect(TAG.OBJECT_IDENTIFIER, encrypted.contentStart, encryptedLimit, 'contentType')
  const innerDer = await small(file, walk, inner, encryptedLimit, 'contentType')
  const innerType = reading(() => DerCursor.over(innerDer, WHERE).oid('contentType'))
  const algorithm = await walk.expect(TAG.SEQUENCE, inner.contentEnd ?? 0, encryptedLimit, 'algorithm')
  const algorithmDer = await small(file, walk, algorithm, encryptedLimit, 'algorithm')
  const gcm = reading(() => readGcm(algorithmDer))
  const content = await readContent(file, walk, await walk.end(algorithm, encryptedLimit, 'algorithm'), encryptedLimit)
  at = await behind(walk, encrypted, content.end, limit, 'authEncryptedContentInfo')

  let additional: Uint8Array = new Uint8Array(0)
  next = await walk.head(at, limit, 'mac')
  if (next.tag === contextConstructed(1)) {
    const attributes = await small(file, walk, next, limit, 'authAttrs')
    // RFC 5083 §2.2: what is authenticated is the DER, with the tag of SET OF in place of [1].
    reading(() => DerCursor.over(attributes, `${WHERE}.authAttrs`).read(contextConstructed(1), ''))
    additional = concatBytes(Uint8Array.of(TAG.SET), attributes.subarray(1))
    at = await walk.end(next, limit, 'authAttrs')
    next = await walk.head(at, limit, 'mac')
  } else if (innerType !== OID.data) {
    // RFC 5083 §2.1: authAttrs MUST be present if the content type is not id-data.
    walk.fail('authAttrs', at, 'attributes that name the content type', undefined)
  }
  if (next.tag !== TAG.OCTET_STRING) walk.fail('mac', at, 'an OCTET STRING', undefined)
  // Before it is read: it may be as long as the file.
  const macBytes = (next.contentEnd ?? next.contentStart) - next.contentStart
  if (macBytes !== gcm.tagBytes) walk.fail('mac', at, `${gcm.tagBytes} octets`, `${macBytes}`)
  const mac = await file.read(next.contentStart, macBytes)
  at = next.contentEnd ?? 0
  if (at < limit && !(await walk.isEnd(at, limit)) && (await walk.head(at, limit, '')).tag === contextConstructed(2)) {
    // Attributes that nothing protects, and that nothing here rests on.
    const attributes = await walk.head(at, limit, 'unauthAttrs')
    at = await walk.end(attributes, near(attributes, limit), 'unauthAttrs')
  }
  at = await behind(walk, data, at, limit, 'content')
  at = await behind(walk, explicit, at, explicitLimit, 'content')
  at = await behind(walk, info, at, infoLimit, 'contentInfo')
  if (at !== file.size)
    throw new ParseError('ERR_ENCRYPTION_TAG', { where: WHERE, field: 'size', found: `${file.size - at} bytes more` })
  return { recipients, keyBytes: gcm.keyBytes, nonce: gcm.nonce, additional, mac, content: content.access }
}

/** Behind an element whose last member ends at `at`: its end-of-contents octets, or exactly where its length says. */
async function behind(
  walk: ElementWalk,
  element: ElementHead,
  at: number,
  limit: number,
  field: string,
): Promise<number> {
  if (element.contentEnd !== null) {
    if (at !== element.contentEnd) walk.fail(field, at, 'the end', undefined)
    return at
  }
  if (!(await walk.isEnd(at, limit))) walk.fail(field, at, 'end-of-contents octets', undefined)
  return at + 2
}

/** An element of indefinite length is walked through before its size is known. */
function near({ offset }: ElementHead, limit: number): number {
  return Math.min(limit, offset + LIMITS.encryptionHeaderBytes)
}

/** A whole element that is read into memory. */
async function small(
  file: RandomAccess,
  walk: ElementWalk,
  head: ElementHead,
  limit: number,
  field: string,
): Promise<Uint8Array> {
  const end = await walk.end(head, near(head, limit), field)
  if (end - head.offset > LIMITS.encryptionHeaderBytes)
    throw new ParseError('ERR_LIMIT', {
      where: WHERE,
      field,
      expected: `at most ${LIMITS.encryptionHeaderBytes} bytes`,
      found: `${end - head.offset}`,
    })
  return file.read(head.offset, end - head.offset)
}

/** GCMParameters (RFC 5084 §3.2). */
function readGcm(der: Uint8Array): { keyBytes: 16 | 24 | 32; nonce: Uint8Array; tagBytes: number } {
  const cursor = DerCursor.over(der, `${WHERE}.contentEncryptionAlgorithm`)
  const { oid, parameters } = readAlgorithmIdentifier(cursor, '')
  const keyBytes = GCM[oid]
  if (keyBytes !== 16 && keyBytes !== 24 && keyBytes !== 32)
    throw unsupported('contentEncryptionAlgorithm', 'AES-GCM', oid)
  const fields = DerCursor.over(parameters ?? new Uint8Array(0), `${WHERE}.GCMParameters`).enter(TAG.SEQUENCE, '')
  const nonce = fields.octetString('aes-nonce')
  const tagBytes = fields.done ? 12 : fields.smallInteger('aes-ICVlen')
  fields.finish()
  // NIST SP 800-38D §5.2.1.1: with 12 bytes the counter block is the nonce itself, and §5.2.1.2 the lengths of tags.
  if (nonce.length !== 12) throw unsupported('aes-nonce', '12 bytes', `${nonce.length}`)
  if (tagBytes < 12 || tagBytes > 16) throw unsupported('aes-ICVlen', '12 to 16', `${tagBytes}`)
  return { keyBytes, nonce: nonce.slice(), tagBytes }
}

/** A fault of the envelope's own DER is one of the envelope. */
function reading<Result>(read: () => Result): Result {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof ParseError) || error.code.startsWith('ERR_ENCRYPTION') || error.code === 'ERR_LIMIT')
      throw error
    throw new ParseError('ERR_ENCRYPTION_STRUCTURE', error.detail)
  }
}

function unsupported(field: string, expected: string, found?: string): ParseError {
  return new ParseError('ERR_ENCRYPTION_UNSUPPORTED', {
    where: WHERE,
    field,
    spec: SPEC,
    expected,
    ...(found === undefined ? {} : { found }),
  })
}
