import { extension } from '../../test-vectors/make/cms.ts'
import {
  ascii,
  bits,
  boolean,
  commonNames,
  type Der,
  explicit,
  integer,
  octets,
  oid,
  sequence,
  tlv,
  utcTime,
} from '../../test-vectors/make/der.ts'
import { digestOf, type HashName, p256Key, type VectorKey } from './pki-keys.ts'

/** Certificates of which any part can be wrong. Every name is invented. */

export interface Holder {
  readonly der: Der
  readonly key: VectorKey
  readonly subject: Der
  readonly issuer: Der
  readonly serial: Der
  readonly keyId: Uint8Array
}

export interface CertificateRecipe {
  readonly name: string
  /** Absent: self-signed. */
  readonly issuer?: Holder
  readonly key?: VectorKey
  readonly subject?: Der
  /** In the place of the issuer's subject. */
  readonly issuerName?: Der
  /** UTCTime, `250101000000Z`. */
  readonly from?: string
  readonly to?: string
  readonly serial?: number | Der
  readonly version?: 1 | 2 | 3
  readonly extensions?: readonly Der[]
  /** Signs in the issuer's place. */
  readonly signedBy?: VectorKey
  readonly hash?: HashName
  /** Algorithm outside tbsCertificate, when it is not to be the one inside. */
  readonly outerAlgorithm?: Der
  readonly alter?: (signature: Uint8Array) => Uint8Array
  readonly altered?: (tbs: Uint8Array) => Uint8Array
}

export const nameOf = (name: string): Der => commonNames(`${name} (sample)`)
const keyIdOf = (key: VectorKey): Uint8Array => digestOf('sha1', key.spki).subarray(0, 20)

/** Positive, seven octets, from what the certificate says, so that no vector's bytes depend on another's. */
function serialOf(...parts: readonly Uint8Array[]): Der {
  const octetsOfDigest = digestOf('sha256', ...parts).subarray(0, 7)
  octetsOfDigest[0] = ((octetsOfDigest[0] ?? 0) & 0x3f) | 0x40
  return tlv(0x02, octetsOfDigest)
}

/** A certificate (RFC 5280 §4.1). */
export function issue(recipe: CertificateRecipe): Holder {
  const key = recipe.key ?? p256Key(recipe.name)
  const hash = recipe.hash ?? 'sha256'
  const subject = recipe.subject ?? nameOf(recipe.name)
  const issuer = recipe.issuerName ?? recipe.issuer?.subject ?? subject
  const signer = recipe.signedBy ?? recipe.issuer?.key ?? key
  const version = recipe.version ?? 3
  const extensions = recipe.extensions ?? []
  const from = utcTime(recipe.from ?? '250101000000Z')
  const to = utcTime(recipe.to ?? '291231235959Z')
  const given = typeof recipe.serial === 'number' ? integer(recipe.serial) : recipe.serial
  const serial = given ?? serialOf(subject, key.spki, from, to, ...extensions)
  const signatureAlgorithm = signer.algorithm(hash)
  const tbs = sequence(
    ...(version === 1 ? [] : [explicit(0, integer(version - 1))]),
    serial,
    signatureAlgorithm,
    issuer,
    sequence(from, to),
    subject,
    key.spki,
    ...(extensions.length === 0 ? [] : [explicit(3, sequence(...extensions))]),
  )
  const signature = signer.sign(tbs, hash)
  const der = sequence(
    recipe.altered?.(tbs) ?? tbs,
    recipe.outerAlgorithm ?? signatureAlgorithm,
    bits(recipe.alter?.(signature) ?? signature),
  )
  return { der, key, subject, issuer, serial, keyId: keyIdOf(key) }
}

export const authority = (name: string, more: Partial<CertificateRecipe> = {}): Holder =>
  issue({ name, from: '200101000000Z', to: '451231235959Z', extensions: AUTHORITY, ...more })

export const basicConstraints = (ca: boolean, pathLength?: number, critical = true): Der =>
  extension(
    '2.5.29.19',
    sequence(...(ca ? [boolean(true)] : []), ...(pathLength === undefined ? [] : [integer(pathLength)])),
    critical,
  )

const USAGES = [
  'digitalSignature',
  'nonRepudiation',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
] as const

export function keyUsage(...usages: readonly (typeof USAGES)[number][]): Der {
  const last = Math.max(...usages.map((usage) => USAGES.indexOf(usage)))
  const octet = usages.reduce((sum, usage) => sum | (0x80 >> USAGES.indexOf(usage)), 0)
  return extension('2.5.29.15', bits(Uint8Array.of(octet), 7 - last), true)
}

export const PURPOSE = {
  serverAuth: '1.3.6.1.5.5.7.3.1',
  clientAuth: '1.3.6.1.5.5.7.3.2',
  codeSigning: '1.3.6.1.5.5.7.3.3',
  emailProtection: '1.3.6.1.5.5.7.3.4',
  timeStamping: '1.3.6.1.5.5.7.3.8',
  ocspSigning: '1.3.6.1.5.5.7.3.9',
  any: '2.5.29.37.0',
} as const

export const extendedKeyUsage = (critical: boolean, ...purposes: readonly (keyof typeof PURPOSE)[]): Der =>
  extension('2.5.29.37', sequence(...purposes.map((purpose) => oid(PURPOSE[purpose]))), critical)

export const subjectKeyId = (keyId: Uint8Array): Der => extension('2.5.29.14', octets(keyId))
/** 2.999 is the arc that X.660 keeps for examples. */
export const unknownExtension = (critical: boolean): Der => extension('2.999.1', octets(new Uint8Array(0)), critical)

export const CA_USAGE: Der = keyUsage('keyCertSign', 'cRLSign')
export const AUTHORITY: readonly Der[] = [basicConstraints(true), CA_USAGE]
export const SIGNER: readonly Der[] = [basicConstraints(false), keyUsage('digitalSignature', 'nonRepudiation')]
export const UNIT: readonly Der[] = [
  basicConstraints(false),
  keyUsage('digitalSignature', 'nonRepudiation'),
  extendedKeyUsage(true, 'timeStamping'),
]

/** GeneralName forms (RFC 5280 §4.2.1.6). */
export const rfc822 = (text: string): Der => tlv(0x81, ascii(text))
export const dns = (text: string): Der => tlv(0x82, ascii(text))
export const directory = (name: Der): Der => explicit(4, name)
export const uri = (text: string): Der => tlv(0x86, ascii(text))
export const ip = (...octetsOfAddress: readonly number[]): Der => tlv(0x87, Uint8Array.from(octetsOfAddress))
