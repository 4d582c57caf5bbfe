import { equalBytes, parseTimeStampFile } from '@probatum/core'
import { derContext, derOid, derSequence, derSetOf, sortedSetOf } from '../der/der.ts'
import { type DerPart, derInside, derParts } from '../der/der-read.ts'
import { OID } from '../der/oids.ts'
import type { SealDigest } from '../digest.ts'
import {
  algorithmIdentifier,
  expectedForm,
  type RsaScheme,
  type SignatureScheme,
  signatureForms,
} from '../keys/signature-scheme.ts'
import type { SigningKey } from '../keys/signing-key.ts'
import { certificateParts } from './certificate-parts.ts'
import { assembleSignedData, toBeSigned } from './signed-data.ts'

/** What a PAdES signature is made of (ETSI EN 319 142-1). */
export interface PadesInput {
  /** The bytes of the document outside its room for the signature. */
  readonly content: Uint8Array
  /** DER: the signer's certificate first, without the root. */
  readonly certificates: readonly Uint8Array[]
  readonly digest: SealDigest
  /** How an RSA key signs; other keys have one way. */
  readonly rsa?: RsaScheme
}

/** What a key signs that is not here. */
export interface PadesToSign {
  /** DER of the signed attributes as a SET OF: the message (RFC 5652 §5.4). */
  readonly message: Uint8Array
  /** Digest that the key's scheme takes; Ed25519 takes the message itself. */
  readonly digest: SealDigest
  readonly scheme: SignatureScheme
}

function partsOf({ content, certificates, digest, rsa }: PadesInput) {
  // ETSI EN 319 142-1 §6.3: no signing-time; the dictionary's /M has the claimed time.
  return toBeSigned({ contentType: OID.data, content, certificates, digest, signingTime: null }, rsa)
}

/** The bytes that the signer's key signs, for a key that never leaves its device. */
export function padesToSign(input: PadesInput): PadesToSign {
  const { message, digest, scheme } = partsOf(input)
  return { message, digest, scheme }
}

/**
 * The CMS structure around a signature over `padesToSign(input).message`. An ECDSA signature may be DER or r ‖ s, as
 * devices give it; what has another form throws TypeError. It is not compared with the key here.
 */
export function padesFromSignature(input: PadesInput, signature: Uint8Array): Uint8Array {
  const { signer, scheme, digest, attributes } = partsOf(input)
  const [value] = signatureForms(signer.spki, scheme, signature)
  if (value === undefined)
    throw new TypeError(`signature: ${signature.length} octets; expected ${expectedForm(signer.spki, scheme)}`)
  return assembleSignedData({
    contentType: OID.data,
    content: new Uint8Array(),
    attached: false,
    certificates: input.certificates,
    signer,
    digest,
    attributes,
    signatureAlgorithm: algorithmIdentifier(scheme, digest),
    signature: value,
  })
}

/** Signs with a key that is here. Throws TypeError when key and certificate do not belong together. */
export async function signPades(input: PadesInput, key: SigningKey): Promise<Uint8Array> {
  const [first] = input.certificates
  if (first === undefined || !equalBytes(certificateParts(first).spki, key.spki))
    throw new TypeError('the private key is not the certificate’s')
  const rsa = key.scheme === 'rsa-pss' ? 'rsa-pss' : 'rsa-pkcs1'
  const { message, digest } = padesToSign({ ...input, rsa })
  return padesFromSignature({ ...input, rsa }, await key.sign(message, digest))
}

/** The parts of a ContentInfo with one SignerInfo. */
function openSignedData(cms: Uint8Array): {
  readonly signedData: readonly DerPart[]
  readonly signer: readonly DerPart[]
} {
  const what = 'signature'
  const [, content] = derInside(cms, 0x30, what)
  const [inner] = derParts(content?.content ?? new Uint8Array(), what)
  const signedData = derInside(inner?.whole ?? new Uint8Array(), 0x30, what)
  const [signer, another] = derInside(signedData.at(-1)?.whole ?? new Uint8Array(), 0x31, what)
  if (signer === undefined || another !== undefined) throw new TypeError('signature: not of one signer')
  return { signedData, signer: derInside(signer.whole, 0x30, what) }
}

/** The signature's own bytes: what a signature-time-stamp is over (ETSI EN 319 122-1 §5.3). */
export function signatureValueOf(cms: Uint8Array): Uint8Array {
  const value = openSignedData(cms).signer.find(({ tag }) => tag === 0x04)
  if (value === undefined) throw new TypeError('signature: no value')
  return value.content
}

/** The structure with a time-stamp (token or response, DER) among its unsigned attributes. */
export function withSignatureTimeStamp(cms: Uint8Array, timeStamp: Uint8Array): Uint8Array {
  const token = timeStampToken(timeStamp)
  const { signedData, signer } = openSignedData(cms)
  const attribute = derSequence(derOid(OID.signatureTimeStamp), derSetOf([token]))
  const unsigned = signer.find(({ tag }) => tag === 0xa1)
  const kept = unsigned === undefined ? [] : derParts(unsigned.content, 'signature').map(({ whole }) => whole)
  const signerInfo = derSequence(
    ...signer.filter(({ tag }) => tag !== 0xa1).map(({ whole }) => whole),
    derContext(1, ...sortedSetOf([...kept, attribute])),
  )
  return derSequence(
    derOid(OID.signedData),
    derContext(0, derSequence(...signedData.slice(0, -1).map(({ whole }) => whole), derSetOf([signerInfo]))),
  )
}

/** The token alone, DER, of a file that has one or is one. Throws TypeError for a response without one. */
export function timeStampToken(file: Uint8Array): Uint8Array {
  const { form, token } = parseTimeStampFile(file)
  if (token === null || file[0] !== 0x30) throw new TypeError('time-stamp: no token in DER')
  if (form === 'token') return file
  const [, inside] = derInside(file, 0x30, 'time-stamp')
  if (inside === undefined) throw new TypeError('time-stamp: no token')
  return inside.whole
}
