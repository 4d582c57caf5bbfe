import { equalBytes, type Instant } from '@probatum/core'
import {
  derContext,
  derElement,
  derInteger,
  derOctetString,
  derOid,
  derSequence,
  derSetOf,
  derTime,
  sortedSetOf,
} from '../der/der.ts'
import { OID } from '../der/oids.ts'
import { digestOf, type SealDigest } from '../digest.ts'
import {
  digestAlgorithmIdentifier,
  digestBesideScheme,
  type RsaScheme,
  requireAllowedDigest,
  type SignatureScheme,
  schemeOf,
} from '../keys/signature-scheme.ts'
import type { SigningKey } from '../keys/signing-key.ts'
import { type CertificateParts, certificateParts } from './certificate-parts.ts'

export interface SignedDataInput {
  /** Dotted eContentType. */
  readonly contentType: string
  /** The content's octets, for the message digest. */
  readonly content: Uint8Array
  /** False for a detached signature. */
  readonly attached: boolean
  readonly key: SigningKey
  /** DER, the signer's first; each is put in the bag, so leave the root out. */
  readonly certificates: readonly Uint8Array[]
  readonly digest: SealDigest
  /** Null leaves the attribute out. */
  readonly signingTime: Instant | null
}

/** What a signer signs: everything of a SignerInfo but the signature. */
export interface ToBeSigned {
  readonly signer: CertificateParts
  readonly scheme: SignatureScheme
  /** Of the signed attributes, and of the signature where its scheme takes one. */
  readonly digest: SealDigest
  /** In the order of a SET OF. */
  readonly attributes: readonly Uint8Array[]
  /** DER of the signed attributes as a SET OF: signed under that tag, carried under [0] (RFC 5652 §5.4). */
  readonly message: Uint8Array
}

/**
 * The signed attributes for the key of the first certificate: content-type, message-digest, signing-certificate-v2 and
 * perhaps signing-time (CAdES-B, ETSI EN 319 122-1 §6.3). Throws TypeError for a key that does not sign here, or not so.
 */
export function toBeSigned(
  input: Pick<SignedDataInput, 'contentType' | 'content' | 'certificates' | 'digest' | 'signingTime'>,
  rsa: RsaScheme = 'rsa-pkcs1',
): ToBeSigned {
  const [first] = input.certificates
  if (first === undefined) throw new TypeError('a signature needs its signer’s certificate')
  const signer = certificateParts(first)
  const scheme = schemeOf(signer.spki, rsa)
  const digest = digestBesideScheme(scheme, input.digest)
  if (scheme === 'rsa-pss') requireAllowedDigest(signer.spki, digest)
  const attributes = sortedSetOf(signedAttributes(input, signer, digest))
  return { signer, scheme, digest, attributes, message: derElement(0x31, ...attributes) }
}

/**
 * ContentInfo with a SignedData of one signer (RFC 5652 §3, §5.1), in DER, with the attributes of `toBeSigned`. Throws TypeError
 * when the key is not that of the first certificate.
 */
export async function makeSignedData(input: SignedDataInput): Promise<Uint8Array> {
  const { key } = input
  const planned = toBeSigned(input, key.scheme === 'rsa-pss' ? 'rsa-pss' : 'rsa-pkcs1')
  if (!equalBytes(planned.signer.spki, key.spki)) throw new TypeError('the private key is not the certificate’s')
  const { digest } = planned
  return assembleSignedData({
    ...input,
    ...planned,
    signatureAlgorithm: key.signatureAlgorithm(digest),
    signature: await key.sign(planned.message, digest),
  })
}

/** A signature that was made elsewhere, and what it was made over. */
export interface AssemblyInput extends Pick<SignedDataInput, 'contentType' | 'content' | 'attached' | 'certificates'> {
  readonly signer: CertificateParts
  readonly digest: SealDigest
  /** In the order of a SET OF. */
  readonly attributes: readonly Uint8Array[]
  /** AlgorithmIdentifier, DER. */
  readonly signatureAlgorithm: Uint8Array
  readonly signature: Uint8Array
}

/** ContentInfo with a SignedData from its parts. */
export function assembleSignedData(input: AssemblyInput): Uint8Array {
  const { signer, digest } = input
  const signerInfo = derSequence(
    derInteger(1),
    derSequence(signer.issuer, signer.serialNumber),
    digestAlgorithmIdentifier(digest),
    derContext(0, ...input.attributes),
    input.signatureAlgorithm,
    derOctetString(input.signature),
  )
  const eContent = input.attached ? [derContext(0, derOctetString(input.content))] : []
  const signedData = derSequence(
    // RFC 5652 §5.1: version 3 as soon as the content is not id-data.
    derInteger(input.contentType === OID.data ? 1 : 3),
    derSetOf([digestAlgorithmIdentifier(digest)]),
    derSequence(derOid(input.contentType), ...eContent),
    derContext(0, ...sortedSetOf(input.certificates)),
    derSetOf([signerInfo]),
  )
  return derSequence(derOid(OID.signedData), derContext(0, signedData))
}

/** Each one a whole DER element, in no order yet. */
function signedAttributes(
  input: Pick<SignedDataInput, 'contentType' | 'content' | 'signingTime'>,
  signer: CertificateParts,
  digest: SealDigest,
): Uint8Array[] {
  const attribute = (type: string, value: Uint8Array) => derSequence(derOid(type), derSetOf([value]))
  return [
    attribute(OID.contentType, derOid(input.contentType)),
    attribute(OID.messageDigest, derOctetString(digestOf(digest, input.content))),
    attribute(OID.signingCertificateV2, derSequence(derSequence(essCertIdV2(signer, digest)))),
    ...(input.signingTime === null ? [] : [attribute(OID.signingTime, derTime(input.signingTime))]),
  ]
}

/** ESSCertIDv2 (RFC 5035 §4): the digest algorithm is left out when it is the default, SHA-256. */
function essCertIdV2(signer: CertificateParts, digest: SealDigest): Uint8Array {
  return derSequence(
    ...(digest === 'sha256' ? [] : [digestAlgorithmIdentifier(digest)]),
    derOctetString(digestOf(digest, signer.der)),
    derSequence(derSequence(derContext(4, signer.issuer)), signer.serialNumber),
  )
}
