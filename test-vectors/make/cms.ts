import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import {
  bits,
  boolean,
  commonNames,
  type Der,
  explicit,
  generalizedTime,
  integer,
  nothing,
  octets,
  oid,
  sequence,
  set,
  setOf,
  tlv,
  utcTime,
} from './der.ts'

/** Certificates, CMS files and time-stamps laid by hand, so that one part at a time can be wrong. Names are invented. */

export const SHA256 = '2.16.840.1.101.3.4.2.1'
const ECDSA_SHA256 = '1.2.840.10045.4.3.2'
export const ID_DATA = '1.2.840.113549.1.7.1'
export const TST_INFO = '1.2.840.113549.1.9.16.1.4'
export const CONTENT_TYPE = '1.2.840.113549.1.9.3'
export const MESSAGE_DIGEST = '1.2.840.113549.1.9.4'
export const SIGNING_TIME = '1.2.840.113549.1.9.5'
export const SIGNING_CERTIFICATE = '1.2.840.113549.1.9.16.2.12'
export const SIGNING_CERTIFICATE_V2 = '1.2.840.113549.1.9.16.2.47'

export function digest(algorithm: string, bytes: Uint8Array): Uint8Array {
  return new Uint8Array(createHash(algorithm).update(bytes).digest())
}

export interface Issued {
  readonly der: Der
  readonly key: KeyObject
  readonly issuer: Der
  readonly serial: Der
}

export interface CertificateRecipe {
  readonly subject?: Der
  readonly issuer?: Der
  readonly serial?: Der
  readonly version?: Der | null
  readonly extensions?: readonly Der[]
  readonly notBefore?: Der
  readonly notAfter?: Der
  /** The certificate's own key, when it is not to be a new one. */
  readonly keys?: { readonly publicKey: KeyObject; readonly privateKey: KeyObject }
}

export function extension(id: string, value: Uint8Array, critical = false): Der {
  return sequence(oid(id), ...(critical ? [boolean(true)] : []), octets(value))
}

export const algorithm = (id: string, ...parameters: readonly Der[]): Der => sequence(oid(id), ...parameters)

/** A self-signed P-256 certificate; its issuer's name is free, since nothing here judges paths. */
export function certificate(recipe: CertificateRecipe = {}): Issued {
  const keys = recipe.keys ?? generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const subject = recipe.subject ?? commonNames('Example Mechanism (sample)')
  const issuer = recipe.issuer ?? subject
  const serial = recipe.serial ?? integer(0x1234)
  const version = recipe.version === undefined ? explicit(0, integer(2)) : recipe.version
  const tbs = sequence(
    ...(version === null ? [] : [version]),
    serial,
    algorithm(ECDSA_SHA256),
    issuer,
    sequence(recipe.notBefore ?? utcTime('200101000000Z'), recipe.notAfter ?? utcTime('491231235959Z')),
    subject,
    new Uint8Array(keys.publicKey.export({ format: 'der', type: 'spki' })),
    ...(recipe.extensions === undefined ? [] : [explicit(3, sequence(...recipe.extensions))]),
  )
  const signature = new Uint8Array(sign('sha256', tbs, keys.privateKey))
  return { der: sequence(tbs, algorithm(ECDSA_SHA256), bits(signature)), key: keys.privateKey, issuer, serial }
}

export const attribute = (id: string, ...values: readonly Der[]): Der => sequence(oid(id), set(...values))

export function essV2(certificateDer: Uint8Array, issuerSerial?: Der): Der {
  return sequence(octets(digest('sha256', certificateDer)), ...(issuerSerial === undefined ? [] : [issuerSerial]))
}

export function issuerSerial(issuer: Der, serial: Der): Der {
  return sequence(sequence(explicit(4, issuer)), serial)
}

export const signingCertificateV2 = (...entries: readonly Der[]): Der =>
  attribute(SIGNING_CERTIFICATE_V2, sequence(sequence(...entries)))

export interface SignerRecipe {
  readonly signer: Issued
  readonly sid?: Der
  readonly version?: number
  readonly eContentType?: string
  readonly content: Uint8Array
  /** Null: without signedAttrs. Absent: content-type, message-digest and signing-certificate-v2. */
  readonly attributes?: readonly Der[] | null
  /** `wire`: as listed, and signed so; `der`: as listed, and signed in order. Absent: in order. */
  readonly unsorted?: 'wire' | 'der'
  readonly digestAlgorithm?: Der
  readonly signatureAlgorithm?: Der
  /** Changes the signature. */
  readonly alter?: (signature: Uint8Array) => Uint8Array
  readonly unsignedAttributes?: readonly Der[]
}

export function usualAttributes(recipe: Pick<SignerRecipe, 'signer' | 'content' | 'eContentType'>): Der[] {
  return [
    attribute(CONTENT_TYPE, oid(recipe.eContentType ?? ID_DATA)),
    attribute(MESSAGE_DIGEST, octets(digest('sha256', recipe.content))),
    signingCertificateV2(essV2(recipe.signer.der)),
  ]
}

export function signerInfo(recipe: SignerRecipe): Der {
  const { signer } = recipe
  const attributes = recipe.attributes === undefined ? usualAttributes(recipe) : recipe.attributes
  const inOrder = setOf(...(attributes ?? []))
  const asListed = set(...(attributes ?? []))
  const wire = recipe.unsorted === undefined ? inOrder : asListed
  const signed = attributes === null ? recipe.content : recipe.unsorted === 'wire' ? asListed : inOrder
  const signature = new Uint8Array(sign('sha256', signed, signer.key))
  return sequence(
    integer(recipe.version ?? 1),
    recipe.sid ?? sequence(signer.issuer, signer.serial),
    recipe.digestAlgorithm ?? algorithm(SHA256),
    ...(attributes === null ? [] : [Uint8Array.of(0xa0, ...wire.subarray(1))]),
    recipe.signatureAlgorithm ?? algorithm(ECDSA_SHA256),
    octets(recipe.alter?.(signature) ?? signature),
    ...(recipe.unsignedAttributes === undefined ? [] : [tlv(0xa1, ...recipe.unsignedAttributes)]),
  )
}

export interface SignedDataRecipe {
  readonly signerInfos: readonly Der[]
  readonly certificates?: readonly Der[]
  readonly eContentType?: string
  readonly eContent?: Uint8Array
  readonly version?: number
  /** What digestAlgorithms announces. Default: SHA-256. */
  readonly digestAlgorithm?: Der
}

export function signedData(recipe: SignedDataRecipe): Der {
  const type = recipe.eContentType ?? ID_DATA
  return sequence(
    oid('1.2.840.113549.1.7.2'),
    explicit(
      0,
      sequence(
        integer(recipe.version ?? (type === ID_DATA ? 1 : 3)),
        setOf(recipe.digestAlgorithm ?? algorithm(SHA256)),
        sequence(oid(type), ...(recipe.eContent === undefined ? [] : [explicit(0, octets(recipe.eContent))])),
        ...(recipe.certificates === undefined ? [] : [tlv(0xa0, ...recipe.certificates)]),
        setOf(...recipe.signerInfos),
      ),
    ),
  )
}

export interface TstInfoRecipe {
  readonly data: Uint8Array
  readonly version?: number
  readonly genTime?: string
  readonly imprint?: Der
  /** Whatever stands between genTime and the end. */
  readonly rest?: readonly Der[]
}

export function tstInfo(recipe: TstInfoRecipe): Der {
  return sequence(
    integer(recipe.version ?? 1),
    oid('1.3.6.1.4.1.32473.1'),
    recipe.imprint ?? sequence(algorithm(SHA256, nothing()), octets(digest('sha256', recipe.data))),
    integer(7),
    generalizedTime(recipe.genTime ?? '20260314091200Z'),
    ...(recipe.rest ?? []),
  )
}

/** A token over `info` by one signer whose certificate is in the bag. */
export function token(signer: Issued, info: Der, extra: Partial<SignerRecipe> = {}): Der {
  return signedData({
    eContentType: TST_INFO,
    eContent: info,
    certificates: [signer.der],
    signerInfos: [signerInfo({ signer, content: info, eContentType: TST_INFO, ...extra })],
  })
}

export const response = (status: number, ...tokens: readonly Der[]): Der =>
  sequence(sequence(integer(status)), ...tokens)
