import { DerCursor } from '../asn1/cursor.ts'
import { contextConstructed, contextPrimitive, TAG } from '../asn1/tag.ts'
import { concatBytes } from '../model/bytes.ts'
import { LIMITS } from '../model/limits.ts'
import { ParseError } from '../model/parse-error.ts'
import type { AlgorithmIdentifier } from '../pki/certificate.ts'
import { readAlgorithmIdentifier } from '../pki/certificate-parse.ts'
import { digestAlgorithmOf } from '../pki/digest-algorithms.ts'

const WHERE = 'AuthEnvelopedData.recipientInfos'
const OID = {
  rsaEncryption: '1.2.840.113549.1.1.1',
  rsaesOaep: '1.2.840.113549.1.1.7',
  mgf1: '1.2.840.113549.1.1.8',
  pSpecified: '1.2.840.113549.1.1.9',
  ecPublicKey: '1.2.840.10045.2.1',
} as const

/** Digests of key derivation and of OAEP that are computed here. */
export type WrapDigest = 'sha1' | 'sha256' | 'sha384' | 'sha512'

/** RFC 5753 §7.1.4: stdDH, and cofactorDH, which on curves with the cofactor 1 is the same. */
const KDF: Readonly<Record<string, WrapDigest>> = {
  '1.3.133.16.840.63.0.2': 'sha1',
  '1.3.132.1.11.1': 'sha256',
  '1.3.132.1.11.2': 'sha384',
  '1.3.132.1.11.3': 'sha512',
  '1.3.133.16.840.63.0.3': 'sha1',
  '1.3.132.1.14.1': 'sha256',
  '1.3.132.1.14.2': 'sha384',
  '1.3.132.1.14.3': 'sha512',
}
/** RFC 3394 by way of RFC 3565 §2.3.2: AES key wrap, by the bytes of the wrapping key. */
const WRAP: Readonly<Record<string, number>> = {
  '2.16.840.1.101.3.4.1.5': 16,
  '2.16.840.1.101.3.4.1.25': 24,
  '2.16.840.1.101.3.4.1.45': 32,
}

/** RecipientInfo (RFC 5652 §6.2), as far as it is used. Who it is for stands in it too, and is not asked: keys are tried. */
export type CmsRecipient =
  /** RSAES-OAEP (RFC 3560) with one digest in all its places and no label. */
  | { readonly kind: 'rsa-oaep'; readonly digest: WrapDigest; readonly encryptedKey: Uint8Array }
  /** Ephemeral-static ECDH (RFC 5753 §3.1) with AES key wrap. */
  | {
      readonly kind: 'ecdh'
      /** The originator's ephemeral key, as the octets of a point. */
      readonly originatorPoint: Uint8Array
      readonly kdf: WrapDigest
      readonly wrapBytes: number
      /** DER of ECC-CMS-SharedInfo (RFC 5753 §7.2). */
      readonly sharedInfo: Uint8Array
      readonly encryptedKeys: readonly Uint8Array[]
    }
  | { readonly kind: 'other'; readonly is: 'RSA' | 'RSA-OAEP' | 'ECDH' | 'other'; readonly keys: number }

/** Kinds of recipients, for people. */
export function cmsRecipients({ recipients }: { readonly recipients: readonly CmsRecipient[] }): readonly string[] {
  return recipients.flatMap((recipient) => {
    if (recipient.kind === 'rsa-oaep') return ['RSA-OAEP']
    if (recipient.kind === 'ecdh') return recipient.encryptedKeys.map(() => 'ECDH')
    return Array.from({ length: recipient.keys }, () => recipient.is)
  })
}

/** RecipientInfos (RFC 5652 §6.1). @throws {ParseError} */
export function readRecipients(der: Uint8Array): CmsRecipient[] {
  const set = DerCursor.over(der, WHERE, 'BER').enter(TAG.SET, '')
  const recipients: CmsRecipient[] = []
  let keys = 0
  while (!set.done) {
    const element = set.any(`${recipients.length}`)
    const inner = set.into(element, `${recipients.length}`)
    const recipient: CmsRecipient =
      element.tag === TAG.SEQUENCE
        ? readKeyTransport(inner)
        : element.tag === contextConstructed(1)
          ? readKeyAgreement(inner)
          : { kind: 'other', is: 'other', keys: 1 }
    recipients.push(recipient)
    keys += recipient.kind === 'ecdh' ? recipient.encryptedKeys.length : recipient.kind === 'other' ? recipient.keys : 1
    if (keys > LIMITS.encryptionRecipients)
      set.fail('ERR_LIMIT', '', element.offset, 'RFC 5652 §6.1', `at most ${LIMITS.encryptionRecipients}`, undefined)
  }
  return recipients
}

/** RFC 5652 §6.2.1. */
function readKeyTransport(info: DerCursor): CmsRecipient {
  // §6.2.1: 0 with issuer and serial number, 2 with a key identifier.
  requireVersion(info, info.smallInteger('version'), (tag) => (tag === contextPrimitive(0) ? 2 : 0))
  info.any('rid')
  const algorithm = readAlgorithmIdentifier(info, 'keyEncryptionAlgorithm')
  const encryptedKey = info.octetString('encryptedKey')
  info.finish()
  if (algorithm.oid === OID.rsaEncryption) return { kind: 'other', is: 'RSA', keys: 1 }
  if (algorithm.oid !== OID.rsaesOaep) return { kind: 'other', is: 'other', keys: 1 }
  const digest = oaepDigest(algorithm)
  return digest === null ? { kind: 'other', is: 'RSA-OAEP', keys: 1 } : { kind: 'rsa-oaep', digest, encryptedKey }
}

function requireVersion(info: DerCursor, version: number, expected: (tag: number) => number): void {
  const wanted = expected(info.tag)
  if (version !== wanted)
    info.fail('ERR_ENCRYPTION_STRUCTURE', 'version', info.offset, 'RFC 5652 §6.2', `${wanted}`, `${version}`)
}

/** RSAES-OAEP-params (RFC 4055 §4.1); null for what is not computed here: two digests, other masks, a label. */
function oaepDigest({ parameters }: AlgorithmIdentifier): WrapDigest | null {
  if (parameters === null) return 'sha1'
  const fields = DerCursor.over(parameters, `${WHERE}.RSAES-OAEP-params`).enter(TAG.SEQUENCE, '')
  const hash = fields.optionalExplicit(0, 'hashAlgorithm')
  const digest = hash === undefined ? 'sha1' : wrapDigest(readAlgorithmIdentifier(hash, ''))
  hash?.finish()
  const mask = fields.optionalExplicit(1, 'maskGenAlgorithm')
  const maskDigest = mask === undefined ? 'sha1' : mgfDigest(readAlgorithmIdentifier(mask, ''))
  mask?.finish()
  const source = fields.optionalExplicit(2, 'pSourceAlgorithm')
  const isUnlabelled = source === undefined || isEmptyLabel(readAlgorithmIdentifier(source, ''))
  source?.finish()
  fields.finish()
  return digest === maskDigest && isUnlabelled ? digest : null
}

function mgfDigest({ oid, parameters }: AlgorithmIdentifier): WrapDigest | null {
  if (oid !== OID.mgf1 || parameters === null) return null
  return wrapDigest(readAlgorithmIdentifier(DerCursor.over(parameters, `${WHERE}.maskGenAlgorithm`), ''))
}

function isEmptyLabel({ oid, parameters }: AlgorithmIdentifier): boolean {
  return oid === OID.pSpecified && parameters !== null && parameters.length === 2 && parameters[0] === TAG.OCTET_STRING
}

function wrapDigest(identifier: AlgorithmIdentifier): WrapDigest | null {
  const digest = digestAlgorithmOf(identifier)
  return digest === 'sha1' || digest === 'sha256' || digest === 'sha384' || digest === 'sha512' ? digest : null
}

/** RFC 5652 §6.2.2, with the originator's key in it (RFC 5753 §3.1.1). */
function readKeyAgreement(info: DerCursor): CmsRecipient {
  requireVersion(info, info.smallInteger('version'), () => 3)
  const originator = info.enter(contextConstructed(0), 'originator')
  const choice = originator.any('')
  let originatorPoint: Uint8Array | null = null
  if (choice.tag === contextConstructed(1)) {
    const key = originator.into(choice, 'originatorKey')
    const { oid } = readAlgorithmIdentifier(key, 'algorithm')
    const point = key.octetsInBitString('publicKey')
    if (oid === OID.ecPublicKey) originatorPoint = point
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
    if (encryptedKeys.length > LIMITS.encryptionRecipients)
      list.fail('ERR_LIMIT', '', list.offset, 'RFC 5652 §6.2.2', `at most ${LIMITS.encryptionRecipients}`, undefined)
    const one = list.enter(TAG.SEQUENCE, `${encryptedKeys.length}`)
    one.any('rid')
    encryptedKeys.push(one.octetString('encryptedKey'))
    one.finish()
  }
  info.finish()
  const kdf = KDF[algorithm.oid]
  const wrap = wrapOf(algorithm)
  if (kdf === undefined || wrap === null || originatorPoint === null)
    return { kind: 'other', is: kdf === undefined ? 'other' : 'ECDH', keys: encryptedKeys.length }
  const sharedInfo = eccSharedInfo(wrap.der, ukm, wrap.bytes)
  return { kind: 'ecdh', originatorPoint, kdf, wrapBytes: wrap.bytes, sharedInfo, encryptedKeys }
}

function wrapOf({ parameters }: AlgorithmIdentifier): { readonly der: Uint8Array; readonly bytes: number } | null {
  if (parameters === null) return null
  const { oid, der } = readAlgorithmIdentifier(DerCursor.over(parameters, `${WHERE}.KeyWrapAlgorithm`), '')
  const bytes = WRAP[oid]
  return bytes === undefined ? null : { der, bytes }
}

/**
 * DER of ECC-CMS-SharedInfo (RFC 5753 §7.2): what the key derivation binds the wrapping key to.
 * @param keyInfo DER of the key wrap's AlgorithmIdentifier
 */
export function eccSharedInfo(keyInfo: Uint8Array, ukm: Uint8Array | null, wrapBytes: number): Uint8Array {
  const bits = wrapBytes * 8
  const length = Uint8Array.of(0, 0, bits >> 8, bits & 0xff)
  const octets = (tag: number, content: Uint8Array) => element(tag, element(TAG.OCTET_STRING, content))
  return element(
    TAG.SEQUENCE,
    concatBytes(
      keyInfo,
      ...(ukm === null ? [] : [octets(contextConstructed(0), ukm)]),
      octets(contextConstructed(2), length),
    ),
  )
}

function element(tag: number, content: Uint8Array): Uint8Array {
  const { length } = content
  if (length > 0xffff)
    throw new ParseError('ERR_LIMIT', {
      where: WHERE,
      field: 'ukm',
      expected: 'at most 65,000 octets',
      found: `${length}`,
    })
  const head = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff]
  return concatBytes(Uint8Array.of(tag, ...head), content)
}
