import { concatBytes, eccSharedInfo, LIMITS } from '@probatum/core'
import {
  derBitString,
  derContext,
  derContextPrimitive,
  derInteger,
  derOctetString,
  derOid,
  derSequence,
  derSetOf,
} from '../der/der.ts'
import type { RandomBytes } from '../random.ts'
import type { RecipientCertificate } from './encryption-recipient.ts'

const OID = {
  authEnvelopedData: '1.2.840.113549.1.9.16.1.23',
  data: '1.2.840.113549.1.7.1',
  aes256Gcm: '2.16.840.1.101.3.4.1.46',
  aes256Wrap: '2.16.840.1.101.3.4.1.45',
  rsaesOaep: '1.2.840.113549.1.1.7',
  mgf1: '1.2.840.113549.1.1.8',
  sha256: '2.16.840.1.101.3.4.2.1',
  ecPublicKey: '1.2.840.10045.2.1',
} as const
/** dhSinglePass-stdDH with the digest that is as strong as the curve (RFC 5753 §7.1.4, §8). */
const ECDH = {
  'P-256': { scheme: '1.3.132.1.11.1', digest: 'SHA-256', octets: 32 },
  'P-384': { scheme: '1.3.132.1.11.2', digest: 'SHA-384', octets: 48 },
  'P-521': { scheme: '1.3.132.1.11.3', digest: 'SHA-512', octets: 66 },
} as const
const KEY_BYTES = 32
const TAG_BYTES = 16

/** More is not read by what reads CMS whole into memory; age has no such bound. */
export const CMS_ENCRYPTION_BYTES = 1_073_741_824

/** AES-256-GCM that is fed in pieces, which Web Crypto cannot do: the caller's platform has it. */
export type StartGcm = (
  key: Uint8Array,
  nonce: Uint8Array,
) => {
  update(bytes: Uint8Array): Uint8Array
  /** Once, at the end: the tag of 16 bytes. */
  finish(): Uint8Array
}

/** What an encryption to certificates needs beside the plaintext. */
export interface CmsEncryption {
  readonly recipients: readonly RecipientCertificate[]
  /** Of the plaintext: it stands in front. */
  readonly size: number
  readonly random: RandomBytes
  readonly startGcm: StartGcm
}

/**
 * Encrypts to certificates: CMS AuthEnvelopedData (RFC 5083) in DER with AES-256-GCM (RFC 5084), recipients by key identifier,
 * RSAES-OAEP with SHA-256 or ephemeral ECDH. As a stream. Throws RangeError when the plaintext is not as long as was said, and
 * before anything is given when it is longer than CMS_ENCRYPTION_BYTES.
 */
export async function* encryptCms(
  { recipients, size, random, startGcm }: CmsEncryption,
  plaintext: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  if (recipients.length === 0 || recipients.length > LIMITS.encryptionRecipients) throw new RangeError('recipients')
  if (size > CMS_ENCRYPTION_BYTES) throw new RangeError(`${size} bytes are too many for CMS`)
  const key = random(KEY_BYTES)
  const nonce = random(12)
  try {
    const infos: Uint8Array[] = []
    for (const recipient of recipients) infos.push(await recipientInfo(recipient, key))
    const gcm = startGcm(key, nonce)
    const algorithm = derSequence(derOid(OID.aes256Gcm), derSequence(derOctetString(nonce), derInteger(TAG_BYTES)))
    yield head(infos, algorithm, size)
    let done = 0
    for await (const piece of plaintext) {
      done += piece.length
      if (done > size) break
      const sealed = gcm.update(piece)
      if (sealed.length > 0) yield sealed
    }
    if (done !== size) throw new RangeError(`the plaintext has not ${size} bytes, but ${done}`)
    yield derOctetString(gcm.finish())
  } finally {
    key.fill(0)
  }
}

/** Everything before the content: lengths say what follows, so that readers need not look for an end. */
function head(infos: readonly Uint8Array[], algorithm: Uint8Array, size: number): Uint8Array {
  const content = lengthOf(0x80, size)
  const encrypted = concatBytes(derOid(OID.data), algorithm, content)
  const encryptedInfo = concatBytes(lengthOf(0x30, encrypted.length + size), encrypted)
  const before = concatBytes(derInteger(0), derSetOf(infos), encryptedInfo)
  const data = before.length + size + 2 + TAG_BYTES
  const sequence = lengthOf(0x30, data)
  const explicit = lengthOf(0xa0, sequence.length + data)
  const type = derOid(OID.authEnvelopedData)
  const info = lengthOf(0x30, type.length + explicit.length + sequence.length + data)
  return concatBytes(info, type, explicit, sequence, before)
}

/** Identifier and length of an element whose content follows. */
function lengthOf(tag: number, length: number): Uint8Array {
  if (length < 0x80) return Uint8Array.of(tag, length)
  const octets: number[] = []
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) octets.unshift(rest % 256)
  return Uint8Array.of(tag, 0x80 | octets.length, ...octets)
}

async function recipientInfo(recipient: RecipientCertificate, key: Uint8Array): Promise<Uint8Array> {
  return recipient.key.kind === 'rsa' ? keyTransport(recipient, key) : keyAgreement(recipient, recipient.key.curve, key)
}

const own = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => new Uint8Array(bytes)

/** KeyTransRecipientInfo (RFC 5652 §6.2.1) with RSAES-OAEP (RFC 4055 §4.1). */
async function keyTransport({ spki, keyIdentifier }: RecipientCertificate, key: Uint8Array): Promise<Uint8Array> {
  const { subtle } = globalThis.crypto
  const publicKey = await subtle.importKey('spki', own(spki), { name: 'RSA-OAEP', hash: 'SHA-256' }, false, ['encrypt'])
  const encrypted = new Uint8Array(await subtle.encrypt({ name: 'RSA-OAEP' }, publicKey, own(key)))
  const sha256 = derSequence(derOid(OID.sha256))
  const parameters = derSequence(derContext(0, sha256), derContext(1, derSequence(derOid(OID.mgf1), sha256)))
  return derSequence(
    derInteger(2),
    derContextPrimitive(0, keyIdentifier),
    derSequence(derOid(OID.rsaesOaep), parameters),
    derOctetString(encrypted),
  )
}

/** KeyAgreeRecipientInfo (RFC 5652 §6.2.2) with an ephemeral key (RFC 5753 §3.1.1). */
async function keyAgreement(
  { spki, keyIdentifier }: RecipientCertificate,
  curve: keyof typeof ECDH,
  key: Uint8Array,
): Promise<Uint8Array> {
  const { subtle } = globalThis.crypto
  const { scheme, digest, octets } = ECDH[curve]
  const parameters = { name: 'ECDH', namedCurve: curve }
  const theirs = await subtle.importKey('spki', own(spki), parameters, false, [])
  const ephemeral = await subtle.generateKey(parameters, false, ['deriveBits'])
  const point = new Uint8Array(await subtle.exportKey('raw', ephemeral.publicKey))
  const secret = new Uint8Array(
    await subtle.deriveBits({ name: 'ECDH', public: theirs }, ephemeral.privateKey, octets * 8),
  )
  const wrap = derSequence(derOid(OID.aes256Wrap))
  // X9.63 (SEC 1 §3.6.1): each of these digests is at least as long as the wrapping key, so that one is enough.
  const input = concatBytes(secret, Uint8Array.of(0, 0, 0, 1), eccSharedInfo(wrap, null, KEY_BYTES))
  const derived = new Uint8Array(await subtle.digest(digest, own(input))).slice(0, KEY_BYTES)
  const kek = await subtle.importKey('raw', derived, 'AES-KW', false, ['wrapKey'])
  const content = await subtle.importKey('raw', own(key), 'AES-GCM', true, ['encrypt'])
  const wrapped = new Uint8Array(await subtle.wrapKey('raw', content, kek, 'AES-KW'))
  secret.fill(0)
  derived.fill(0)
  const originator = derContext(1, derSequence(derOid(OID.ecPublicKey)), derBitString(point))
  return derContext(
    1,
    derInteger(3),
    derContext(0, originator),
    derSequence(derOid(scheme), wrap),
    derSequence(derSequence(derContext(0, derOctetString(keyIdentifier)), derOctetString(wrapped))),
  )
}
