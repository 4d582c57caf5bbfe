import {
  algorithm,
  attribute,
  CONTENT_TYPE,
  ID_DATA,
  issuerSerial,
  MESSAGE_DIGEST,
  response,
  SIGNING_CERTIFICATE,
  SIGNING_CERTIFICATE_V2,
  SIGNING_TIME,
  TST_INFO,
} from '../../test-vectors/make/cms.ts'
import {
  type Der,
  explicit,
  generalizedTime,
  integer,
  octets,
  oid,
  sequence,
  set,
  setOf,
  tlv,
  utcTime,
} from '../../test-vectors/make/der.ts'
import type { Holder } from './pki-certificates.ts'
import { digestOf, HASH_OID, type HashName } from './pki-keys.ts'

/** SignedData and time-stamp tokens of which any part can be wrong, under signatures that fit them. */

export const hashAlgorithm = (hash: HashName): Der => algorithm(HASH_OID[hash])

/** ESSCertIDv2 (RFC 5035 §4) with the certificate's issuer and serial number, or those of another. */
export function essCertId(one: Holder, of: Holder = one, hash: HashName = 'sha256'): Der {
  const name = hash === 'sha256' ? [] : [hashAlgorithm(hash)]
  return sequence(...name, octets(digestOf(hash, one.der)), issuerSerial(of.issuer, of.serial))
}
export const essV2 = (...entries: readonly Der[]): Der =>
  attribute(SIGNING_CERTIFICATE_V2, sequence(sequence(...entries)))
/** RFC 2634 §5.4: SHA-1. */
export const essV1 = (one: Holder): Der =>
  attribute(
    SIGNING_CERTIFICATE,
    sequence(sequence(sequence(octets(digestOf('sha1', one.der)), issuerSerial(one.issuer, one.serial)))),
  )

export interface SignerRecipe {
  readonly signer: Holder
  readonly content: Uint8Array
  readonly contentType?: string
  readonly hash?: HashName
  readonly version?: number
  readonly sid?: Der
  /** Null: none. A function alters the usual ones: content-type, message-digest, signing-certificate-v2, signing-time. */
  readonly attributes?: null | ((usual: readonly Der[]) => readonly Der[])
  /** In the order given instead of DER's: `wire` also signed so, `der` signed in order. */
  readonly unsorted?: 'wire' | 'der'
  /** The SET OF that is written, when it is not the one that is signed. */
  readonly wireAttributes?: (attributes: readonly Der[]) => Der
  readonly digestAlgorithm?: Der
  readonly signatureAlgorithm?: Der
  /** Hash of the signature, when it is not that of the content. */
  readonly signatureHash?: HashName
  readonly signedBy?: Holder
  readonly alter?: (signature: Uint8Array) => Uint8Array
  readonly unsigned?: readonly Der[]
  /** Anything in the place of the attributes that are signed. */
  readonly signedInstead?: Uint8Array
}

export function usualAttributes({ signer, content, contentType = ID_DATA, hash = 'sha256' }: SignerRecipe): Der[] {
  return [
    attribute(CONTENT_TYPE, oid(contentType)),
    attribute(MESSAGE_DIGEST, octets(digestOf(hash, content))),
    essV2(essCertId(signer)),
    attribute(SIGNING_TIME, utcTime('260314091200Z')),
  ]
}

export function signerInfo(recipe: SignerRecipe): Der {
  const { signer, hash = 'sha256' } = recipe
  const usual = usualAttributes(recipe)
  const attributes = recipe.attributes === null ? null : (recipe.attributes?.(usual) ?? usual)
  const inOrder = attributes === null ? null : setOf(...attributes)
  const listed = attributes === null || recipe.unsorted === undefined ? inOrder : set(...attributes)
  const wire = attributes === null ? null : (recipe.wireAttributes?.(attributes) ?? listed)
  const signed = recipe.signedInstead ?? (recipe.unsorted === 'wire' ? listed : inOrder) ?? recipe.content
  const { key } = recipe.signedBy ?? signer
  const signatureHash = recipe.signatureHash ?? hash
  const signature = key.sign(signed, signatureHash)
  return sequence(
    integer(recipe.version ?? 1),
    recipe.sid ?? sequence(signer.issuer, signer.serial),
    recipe.digestAlgorithm ?? hashAlgorithm(hash),
    ...(wire === null ? [] : [Uint8Array.of(0xa0, ...wire.subarray(1))]),
    recipe.signatureAlgorithm ?? key.algorithm(signatureHash),
    octets(recipe.alter?.(signature) ?? signature),
    ...(recipe.unsigned === undefined ? [] : [tlv(0xa1, ...recipe.unsigned)]),
  )
}

export const keyIdSid = (keyId: Uint8Array): Der => tlv(0x80, keyId)

export interface SignedDataRecipe {
  readonly signerInfos: readonly Der[]
  readonly certificates?: readonly Der[]
  readonly crls?: readonly Der[]
  readonly contentType?: string
  /** Absent: detached. */
  readonly content?: Uint8Array
  /** Whole element in the place of eContent's OCTET STRING. */
  readonly contentElement?: Der
  readonly version?: number
  readonly digestAlgorithms?: readonly Der[]
}

export function signedData(recipe: SignedDataRecipe): Der {
  const { contentType = ID_DATA, content, certificates = [], crls = [] } = recipe
  const element = recipe.contentElement ?? (content === undefined ? null : octets(content))
  return sequence(
    oid('1.2.840.113549.1.7.2'),
    explicit(
      0,
      sequence(
        integer(recipe.version ?? (contentType === ID_DATA ? 1 : 3)),
        setOf(...(recipe.digestAlgorithms ?? [hashAlgorithm('sha256')])),
        sequence(oid(contentType), ...(element === null ? [] : [explicit(0, element)])),
        ...(certificates.length === 0 ? [] : [tlv(0xa0, ...certificates)]),
        ...(crls.length === 0 ? [] : [tlv(0xa1, ...crls)]),
        setOf(...recipe.signerInfos),
      ),
    ),
  )
}

export interface InfoRecipe {
  readonly version?: number
  readonly imprint?: Der
  readonly serial?: Der
  readonly genTime?: Der
  /** Whatever stands behind genTime. */
  readonly rest?: readonly Der[]
}

export const ACCURACY: Der = sequence(integer(1))
export const tsaField = (name: Der): Der => explicit(0, name)
export const subjectOf = (one: Holder): Der => tsaField(explicit(4, one.subject))

export const imprintOf = (hash: HashName, digest: Uint8Array): Der => sequence(hashAlgorithm(hash), octets(digest))

/** TSTInfo (RFC 3161 §2.4.2); 1.3.6.1.4.1.32473 is the number that RFC 5612 keeps for examples. */
export function tstInfo(data: Uint8Array, unit: Holder, recipe: InfoRecipe = {}): Der {
  return sequence(
    integer(recipe.version ?? 1),
    oid('1.3.6.1.4.1.32473.1'),
    recipe.imprint ?? imprintOf('sha256', digestOf('sha256', data)),
    recipe.serial ?? integer(7),
    recipe.genTime ?? generalizedTime('20260314091200Z'),
    ...(recipe.rest ?? [ACCURACY, subjectOf(unit)]),
  )
}

export interface TokenRecipe extends Partial<Omit<SignerRecipe, 'content'>> {
  readonly data: Uint8Array
  readonly unit: Holder
  readonly info?: InfoRecipe
  /** Whole TSTInfo instead. */
  readonly infoDer?: Uint8Array
  readonly certificates: readonly Der[]
  /** Without eContent. */
  readonly detached?: boolean
  readonly envelope?: Partial<SignedDataRecipe>
  /** Further SignerInfos over the same TSTInfo. */
  readonly others?: readonly Omit<SignerRecipe, 'content'>[]
}

/** A bare TimeStampToken. */
export function token(recipe: TokenRecipe): Der {
  const { data, unit, info, infoDer, certificates, detached = false, envelope, others = [], ...signer } = recipe
  const content = infoDer ?? tstInfo(data, unit, info)
  const contentType = signer.contentType ?? TST_INFO
  return signedData({
    contentType,
    ...(detached ? {} : { content }),
    certificates,
    digestAlgorithms: [hashAlgorithm(signer.hash ?? 'sha256')],
    signerInfos: [
      signerInfo({ signer: unit, ...signer, content, contentType }),
      ...others.map((other) => signerInfo({ ...other, content, contentType })),
    ],
    ...envelope,
  })
}

export const granted = (one: Der): Der => response(0, one)
