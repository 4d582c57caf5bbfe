import type { Instant } from '@probatum/core'
import {
  derBoolean,
  derContext,
  derContextPrimitive,
  derGeneralizedTime,
  derInteger,
  derOctetString,
  derOid,
  derSequence,
} from '../der/der.ts'
import { OID } from '../der/oids.ts'
import type { SealDigest } from '../digest.ts'
import { digestAlgorithmIdentifier } from '../keys/signature-scheme.ts'
import type { SigningKey } from '../keys/signing-key.ts'
import { certificateParts } from '../signatures/certificate-parts.ts'
import { makeSignedData } from '../signatures/signed-data.ts'

/** MessageImprint (RFC 3161 §2.4.1): the digest of what is stamped. */
export interface MessageImprint {
  readonly algorithm: SealDigest
  readonly digest: Uint8Array
}

function derMessageImprint(imprint: MessageImprint): Uint8Array {
  return derSequence(digestAlgorithmIdentifier(imprint.algorithm), derOctetString(imprint.digest))
}

/** What a token says, and who signs it (RFC 3161 §2.4.2). */
export interface TimeStampInput {
  readonly imprint: MessageImprint
  /** Dotted. */
  readonly policy: string
  /** Unsigned big-endian octets. */
  readonly serialNumber: Uint8Array
  readonly genTime: Instant
  /** Null leaves the field out. */
  readonly accuracy: { readonly seconds: number; readonly millis: number; readonly micros: number } | null
  /** Unsigned big-endian octets of the request's nonce; null when it had none. */
  readonly nonce: Uint8Array | null
  /** Whether the field `tsa` names the certificate's subject. */
  readonly tsaName: boolean
  readonly key: SigningKey
  /** DER: the authority's certificate first, without the root. */
  readonly certificates: readonly Uint8Array[]
  /** Of the authority's own signature. */
  readonly digest: SealDigest
}

/** TimeStampToken (RFC 3161 §2.4.2), DER. */
export async function makeTimeStampToken(input: TimeStampInput): Promise<Uint8Array> {
  return makeSignedData({
    contentType: OID.tstInfo,
    content: tstInfo(input),
    attached: true,
    key: input.key,
    certificates: input.certificates,
    digest: input.digest,
    signingTime: input.genTime,
  })
}

function tstInfo(input: TimeStampInput): Uint8Array {
  const [first] = input.certificates
  const tsa =
    input.tsaName && first !== undefined ? [derContext(0, derContext(4, certificateParts(first).subject))] : []
  return derSequence(
    derInteger(1),
    derOid(input.policy),
    derMessageImprint(input.imprint),
    derInteger(input.serialNumber),
    derGeneralizedTime(input.genTime),
    ...(input.accuracy === null ? [] : [derAccuracy(input.accuracy)]),
    // X.690 §11.5: `ordering` is false, its default, and so is left out.
    ...(input.nonce === null ? [] : [derInteger(input.nonce)]),
    ...tsa,
  )
}

function derAccuracy(accuracy: { seconds: number; millis: number; micros: number }): Uint8Array {
  const content = (value: number) => derInteger(value).subarray(2)
  return derSequence(
    ...(accuracy.seconds === 0 ? [] : [derInteger(accuracy.seconds)]),
    ...(accuracy.millis === 0 ? [] : [derContextPrimitive(0, content(accuracy.millis))]),
    ...(accuracy.micros === 0 ? [] : [derContextPrimitive(1, content(accuracy.micros))]),
  )
}

/** TimeStampResp with status granted around a token (RFC 3161 §2.4.2): the form that `openssl ts -in` wants. */
export function timeStampResponse(token: Uint8Array): Uint8Array {
  return derSequence(derSequence(derInteger(0)), token)
}

/** TimeStampReq (RFC 3161 §2.4.1), asking for the certificates. */
export function timeStampRequest(imprint: MessageImprint, nonce: Uint8Array, policy: string | null = null): Uint8Array {
  return derSequence(
    derInteger(1),
    derMessageImprint(imprint),
    ...(policy === null ? [] : [derOid(policy)]),
    derInteger(nonce),
    derBoolean(true),
  )
}
