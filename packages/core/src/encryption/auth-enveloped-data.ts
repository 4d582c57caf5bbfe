import { DerCursor } from '../asn1/cursor.ts'
import { CONSTRUCTED, contextConstructed, contextPrimitive, TAG } from '../asn1/tag.ts'
import { concatBytes } from '../model/bytes.ts'
import { LIMITS } from '../model/limits.ts'
import { ParseError } from '../model/parse-error.ts'
import type { RandomAccess } from '../model/ports.ts'
import type { AlgorithmIdentifier } from '../pki/certificate.ts'
import { readAlgorithmIdentifier } from '../pki/certificate-parse.ts'
import { type ElementHead, ElementWalk } from './element-walk.ts'

const SPEC = 'RFC 5083 §2.1'
const WHERE = 'AuthEnvelopedData'
const OID = {
  authEnvelopedData: '1.2.840.113549.1.9.16.1.23',
  data: '1.2.840.113549.1.7.1',
  rsaEncryption: '1.2.840.113549.1.1.1',
  rsaesOaep: '1.2.840.113549.1.1.7',
} as const
/** RFC 5084 §1.6: AES-GCM, by the bytes of its key. */
const GCM: Readonly<Record<string, number>> = {
  '2.16.840.1.101.3.4.1.6': 16,
  '2.16.840.1.101.3.4.1.26': 24,
  '2.16.840.1.101.3.4.1.46': 32,
}

/** RecipientInfo (RFC 5652 §6.2), as far as it is used. Who it is for stands in it too, and is not asked: keys are tried. */
export type CmsRecipient =
  | { readonly kind: 'key-transport'; readonly algorithm: AlgorithmIdentifier; readonly encryptedKey: Uint8Array }
  | {
      readonly kind: 'key-agreement'
      /** The originator's ephemeral key, as the octets of a point; null where another form was used. */
      readonly originatorPoint: Uint8Array | null
      readonly ukm: Uint8Array | null
      readonly algorithm: AlgorithmIdentifier
      readonly encryptedKeys: readonly Uint8Array[]
    }
  | { readonly kind: 'other' }

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
    at = await walk.end(next, limit, 'originatorInfo')
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
  const mac = await file.read(next.contentStart, (next.contentEnd ?? next.contentStart) - next.contentStart)
  if (mac.length !== gcm.tagBytes) walk.fail('mac', at, `${gcm.tagBytes} octets`, `${mac.length}`)
  at = next.contentEnd ?? 0
  if (at < limit && !(await walk.isEnd(at, limit)) && (await walk.head(at, limit, '')).tag === contextConstructed(2)) {
    // Attributes that nothing protects, and that nothing here rests on.
    at = await walk.end(await walk.head(at, limit, 'unauthAttrs'), limit, 'unauthAttrs')
  }
  at = await behind(walk, data, at, limit, 'content')
  at = await behind(walk, explicit, at, explicitLimit, 'content')
  at = await behind(walk, info, at, infoLimit, 'contentInfo')
  if (at !== file.size)
    throw new ParseError('ERR_ENCRYPTION_TAG', { where: WHERE, field: 'size', found: `${file.size - at} bytes more` })
  return { recipients, keyBytes: gcm.keyBytes, nonce: gcm.nonce, additional, mac, content: content.access }
}

/** Kinds of recipients, for people. */
export function cmsRecipients({ recipients }: Pick<AuthEnvelopedData, 'recipients'>): readonly string[] {
  return recipients.flatMap((recipient) => {
    if (recipient.kind === 'key-agreement') return recipient.encryptedKeys.map(() => 'ECDH')
    if (recipient.kind === 'other') return ['other']
    const { oid } = recipient.algorithm
    return [oid === OID.rsaesOaep ? 'RSA-OAEP' : oid === OID.rsaEncryption ? 'RSA' : 'other']
  })
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

/** A whole element that is read into memory. */
async function small(
  file: RandomAccess,
  walk: ElementWalk,
  head: ElementHead,
  limit: number,
  field: string,
): Promise<Uint8Array> {
  // One that is larger would be walked through before its size is known.
  const end = await walk.end(head, Math.min(limit, head.offset + LIMITS.encryptionHeaderBytes), field)
  return file.read(head.offset, end - head.offset)
}

function readRecipients(der: Uint8Array): CmsRecipient[] {
  const set = DerCursor.over(der, `${WHERE}.recipientInfos`, 'BER').enter(TAG.SET, '')
  const recipients: CmsRecipient[] = []
  let keys = 0
  while (!set.done) {
    const element = set.any(`${recipients.length}`)
    const inner = set.into(element, `${recipients.length}`)
    if (element.tag === TAG.SEQUENCE) recipients.push(readKeyTransport(inner))
    else if (element.tag === contextConstructed(1)) recipients.push(readKeyAgreement(inner))
    else recipients.push({ kind: 'other' })
    const last = recipients.at(-1)
    keys += last?.kind === 'key-agreement' ? last.encryptedKeys.length : 1
    if (keys > LIMITS.encryptionRecipients)
      set.fail('ERR_LIMIT', '', element.offset, SPEC, `at most ${LIMITS.encryptionRecipients} recipients`, undefined)
  }
  return recipients
}

/** RFC 5652 §6.2.1. */
function readKeyTransport(info: DerCursor): CmsRecipient {
  info.smallInteger('version')
  info.any('rid')
  const algorithm = readAlgorithmIdentifier(info, 'keyEncryptionAlgorithm')
  const encryptedKey = info.octetString('encryptedKey')
  info.finish()
  return { kind: 'key-transport', algorithm, encryptedKey }
}

/** RFC 5652 §6.2.2, with the originator's key in it (RFC 5753 §3.1.1). */
function readKeyAgreement(info: DerCursor): CmsRecipient {
  info.smallInteger('version')
  const originator = info.enter(contextConstructed(0), 'originator')
  const choice = originator.any('')
  let originatorPoint: Uint8Array | null = null
  if (choice.tag === contextConstructed(1)) {
    const key = originator.into(choice, 'originatorKey')
    readAlgorithmIdentifier(key, 'algorithm')
    originatorPoint = key.octetsInBitString('publicKey')
    key.finish()
  }
  originator.finish()
  const explicit = info.optionalExplicit(1, 'ukm')
  const ukm = explicit === undefined ? null : explicit.octetString('')
  explicit?.finish()
  const algorithm = readAlgorithmIdentifier(info, 'keyEncryptionAlgorithm')
  const list = info.enter(TAG.SEQUENCE, 'recipientEncryptedKeys')
  const encryptedKeys: Uint8Array[] = []
  while (!list.done) {
    const one = list.enter(TAG.SEQUENCE, `${encryptedKeys.length}`)
    one.any('rid')
    encryptedKeys.push(one.octetString('encryptedKey'))
    one.finish()
  }
  info.finish()
  return { kind: 'key-agreement', originatorPoint, ukm, algorithm, encryptedKeys }
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

interface Content {
  readonly access: RandomAccess
  /** Behind the element. */
  readonly end: number
}

/** [0] IMPLICIT OCTET STRING: whole, or in segments of any size, one level deep. */
async function readContent(file: RandomAccess, walk: ElementWalk, at: number, limit: number): Promise<Content> {
  const head = await walk.head(at, limit, 'encryptedContent')
  if (head.tag === contextPrimitive(0) && head.contentEnd !== null)
    return { access: joined(file, [head.contentStart], [head.contentEnd - head.contentStart]), end: head.contentEnd }
  if (head.tag !== contextConstructed(0)) {
    throw new ParseError('ERR_ENCRYPTION_UNSUPPORTED', {
      where: WHERE,
      field: 'encryptedContent',
      spec: SPEC,
      expected: 'the content in the file',
    })
  }
  const offsets: number[] = []
  const lengths: number[] = []
  const segmentsEnd = head.contentEnd ?? limit
  let next = head.contentStart
  while (head.contentEnd === null ? !(await walk.isEnd(next, segmentsEnd)) : next < segmentsEnd) {
    const segment = await walk.head(next, segmentsEnd, 'encryptedContent')
    if ((segment.tag & ~CONSTRUCTED) !== TAG.OCTET_STRING)
      walk.fail('encryptedContent', next, 'an OCTET STRING', undefined)
    if (segment.contentEnd === null || segment.tag !== TAG.OCTET_STRING)
      throw unsupported('encryptedContent', 'segments without segments')
    if (offsets.length >= LIMITS.encryptionSegments)
      throw new ParseError('ERR_LIMIT', {
        where: WHERE,
        field: 'encryptedContent',
        expected: `at most ${LIMITS.encryptionSegments} segments`,
      })
    offsets.push(segment.contentStart)
    lengths.push(segment.contentEnd - segment.contentStart)
    next = segment.contentEnd
  }
  return { access: joined(file, offsets, lengths), end: head.contentEnd === null ? next + 2 : next }
}

/** Pieces of a file as one. */
function joined(file: RandomAccess, offsets: readonly number[], lengths: readonly number[]): RandomAccess {
  const starts = new Float64Array(offsets.length)
  let size = 0
  for (const [i, length] of lengths.entries()) {
    starts[i] = size
    size += length
  }
  const pieceAt = (place: number): number => {
    let low = 0
    let high = starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((starts[middle] ?? 0) <= place) low = middle
      else high = middle - 1
    }
    return low
  }
  return {
    size,
    handle: { kind: 'probatum/joined' },
    async read(offset, length) {
      if (offset < 0 || length < 0 || offset + length > size)
        throw new RangeError(`bytes ${offset} to ${offset + length} of ${size}`)
      if (length === 0) return new Uint8Array(0)
      const first = pieceAt(offset)
      const last = pieceAt(offset + length - 1)
      const from = (offsets[first] ?? 0) + offset - (starts[first] ?? 0)
      if (first === last) return file.read(from, length)
      // One read over the heads between, which are a few bytes each in what others make.
      const to = (offsets[last] ?? 0) + offset + length - (starts[last] ?? 0)
      if (to - from > length + LIMITS.encryptionHeaderBytes) return eachPiece(offset, length, first, last)
      const read = await file.read(from, to - from)
      const bytes = new Uint8Array(length)
      let done = 0
      for (let piece = first; piece <= last; piece++) {
        const begin = piece === first ? from : (offsets[piece] ?? 0)
        const end = piece === last ? to : (offsets[piece] ?? 0) + (lengths[piece] ?? 0)
        bytes.set(read.subarray(begin - from, end - from), done)
        done += end - begin
      }
      return bytes
    },
  }

  async function eachPiece(offset: number, length: number, first: number, last: number): Promise<Uint8Array> {
    const bytes = new Uint8Array(length)
    let done = 0
    for (let piece = first; piece <= last; piece++) {
      const skip = piece === first ? offset - (starts[piece] ?? 0) : 0
      const take = Math.min((lengths[piece] ?? 0) - skip, length - done)
      bytes.set(await file.read((offsets[piece] ?? 0) + skip, take), done)
      done += take
    }
    return bytes
  }
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
