import { algorithm, extension } from '../../test-vectors/make/cms.ts'
import {
  bits,
  type Der,
  explicit,
  generalizedTime,
  integer,
  nothing,
  octets,
  oid,
  sequence,
  tlv,
  utcTime,
} from '../../test-vectors/make/der.ts'
import type { Holder } from './pki-certificates.ts'
import { digestOf, HASH_OID, type HashName, type VectorKey } from './pki-keys.ts'

/** CRLs (RFC 5280 §5) and OCSP responses (RFC 6960) of which any part can be wrong. */

export const REASON = {
  keyCompromise: 1,
  cACompromise: 2,
  affiliationChanged: 3,
  superseded: 4,
  cessationOfOperation: 5,
  certificateHold: 6,
  removeFromCRL: 8,
  aACompromise: 10,
  /** X.509 §9.5.3.1; RFC 5280 does not know it. */
  weakAlgorithmOrKey: 11,
} as const
export type Reason = keyof typeof REASON

export interface EntryRecipe {
  readonly serial: Der
  /** UTCTime. */
  readonly date: string
  readonly reason?: Reason
  /** GeneralizedTime. */
  readonly invalidityDate?: string
  /** The certificate's issuer, in an indirect CRL. */
  readonly issuer?: Der
  readonly extensions?: readonly Der[]
  /** A list of extensions that has none. */
  readonly emptyExtensions?: boolean
}

export interface CrlRecipe {
  readonly issuer: Holder
  readonly issuerName?: Der
  /** UTCTime. */
  readonly thisUpdate?: string
  readonly nextUpdate?: string | null
  readonly number?: number
  readonly entries?: readonly EntryRecipe[]
  /** Null: no version and no extensions. */
  readonly extensions?: readonly Der[] | null
  readonly signedBy?: VectorKey
  readonly hash?: HashName
  readonly outerAlgorithm?: Der
  readonly alter?: (signature: Uint8Array) => Uint8Array
}

export const crlNumber = (number: number): Der => extension('2.5.29.20', integer(number))
export const deltaIndicator = (base: number): Der => extension('2.5.29.27', integer(base), true)
const enumerated = (value: number): Der => tlv(0x0a, Uint8Array.of(value))

export function entryOf(entry: EntryRecipe): Der {
  const extensions = [
    ...(entry.reason === undefined ? [] : [extension('2.5.29.21', enumerated(REASON[entry.reason]))]),
    ...(entry.invalidityDate === undefined ? [] : [extension('2.5.29.24', generalizedTime(entry.invalidityDate))]),
    ...(entry.issuer === undefined ? [] : [extension('2.5.29.29', sequence(explicit(4, entry.issuer)), true)]),
    ...(entry.extensions ?? []),
  ]
  const list = extensions.length === 0 && !entry.emptyExtensions ? [] : [sequence(...extensions)]
  return sequence(entry.serial, utcTime(entry.date), ...list)
}

export function crl(recipe: CrlRecipe): Der {
  const { issuer, entries = [], extensions = [], hash = 'sha256' } = recipe
  const key = recipe.signedBy ?? issuer.key
  const nextUpdate = recipe.nextUpdate === undefined ? '260625000000Z' : recipe.nextUpdate
  const signatureAlgorithm = key.algorithm(hash)
  const tbs = sequence(
    ...(extensions === null ? [] : [integer(1)]),
    signatureAlgorithm,
    recipe.issuerName ?? issuer.subject,
    utcTime(recipe.thisUpdate ?? '260525000000Z'),
    ...(nextUpdate === null ? [] : [utcTime(nextUpdate)]),
    ...(entries.length === 0 ? [] : [sequence(...entries.map(entryOf))]),
    ...(extensions === null ? [] : [explicit(0, sequence(crlNumber(recipe.number ?? 7), ...extensions))]),
  )
  const signature = key.sign(tbs, hash)
  return sequence(tbs, recipe.outerAlgorithm ?? signatureAlgorithm, bits(recipe.alter?.(signature) ?? signature))
}

/** A fullName of one URI, as the [0] of DistributionPoint and IssuingDistributionPoint. */
export const pointName = (...names: readonly Der[]): Der => tlv(0xa0, tlv(0xa0, ...names))
export const distributionPoints = (...points: readonly (readonly Der[])[]): Der =>
  extension('2.5.29.31', sequence(...points.map((parts) => sequence(...parts))))
export const crlIssuerField = (name: Der): Der => tlv(0xa2, explicit(4, name))
export const issuingPoint = (...parts: readonly Der[]): Der => extension('2.5.29.28', sequence(...parts), true)
export const flag = (number: number): Der => tlv(0x80 | number, Uint8Array.of(0xff))
/** ReasonFlags as the [3] of issuingDistributionPoint: bits from the first on. */
export const someReasons = (octet: number, unused: number): Der => tlv(0x83, Uint8Array.of(unused, octet))

export interface SingleRecipe {
  readonly of: Holder
  readonly issuer: Holder
  readonly hash?: HashName
  readonly status?: 'good' | 'unknown' | { readonly date: string; readonly reason?: Reason }
  /** GeneralizedTime. */
  readonly thisUpdate?: string
  readonly nextUpdate?: string | null
  readonly serial?: Der
  /** Hash of another name than the issuer's. */
  readonly nameOf?: Holder
  readonly extensions?: readonly Der[]
}

export interface OcspRecipe {
  readonly singles: readonly SingleRecipe[]
  readonly responder: Holder
  readonly responderName?: boolean
  /** Says that somebody else signed. */
  readonly responderId?: Holder
  readonly producedAt?: string
  readonly certificates?: readonly Der[]
  readonly extensions?: readonly Der[]
  readonly signedBy?: VectorKey
  readonly alter?: (signature: Uint8Array) => Uint8Array
}

function singleOf(single: SingleRecipe): Der {
  const { of, issuer, hash = 'sha1', status = 'good', extensions = [] } = single
  // The key without tag, length and unused bits (RFC 6960 §4.1.1): P-256 points end the SPKI.
  const keyBits = issuer.key.spki.subarray(-65)
  const certId = sequence(
    algorithm(HASH_OID[hash], nothing()),
    octets(digestOf(hash, (single.nameOf ?? issuer).subject)),
    octets(digestOf(hash, keyBits)),
    single.serial ?? of.serial,
  )
  const nextUpdate = single.nextUpdate === undefined ? '20260625000000Z' : single.nextUpdate
  const stated =
    status === 'good'
      ? tlv(0x80)
      : status === 'unknown'
        ? tlv(0x82)
        : tlv(
            0xa1,
            generalizedTime(status.date),
            ...(status.reason === undefined ? [] : [explicit(0, enumerated(REASON[status.reason]))]),
          )
  return sequence(
    certId,
    stated,
    generalizedTime(single.thisUpdate ?? '20260525000000Z'),
    ...(nextUpdate === null ? [] : [explicit(0, generalizedTime(nextUpdate))]),
    ...(extensions.length === 0 ? [] : [explicit(1, sequence(...extensions))]),
  )
}

export function ocsp(recipe: OcspRecipe): Der {
  const { responder, certificates = [], extensions = [] } = recipe
  const named = recipe.responderId ?? responder
  const key = recipe.signedBy ?? responder.key
  const keyHash = digestOf('sha1', named.key.spki.subarray(-65))
  const data = sequence(
    recipe.responderName ? explicit(1, named.subject) : explicit(2, octets(keyHash)),
    generalizedTime(recipe.producedAt ?? '20260525000000Z'),
    sequence(...recipe.singles.map(singleOf)),
    ...(extensions.length === 0 ? [] : [explicit(1, sequence(...extensions))]),
  )
  const signature = key.sign(data, 'sha256')
  const basic = sequence(
    data,
    key.algorithm('sha256'),
    bits(recipe.alter?.(signature) ?? signature),
    ...(certificates.length === 0 ? [] : [explicit(0, sequence(...certificates))]),
  )
  return sequence(enumerated(0), explicit(0, sequence(oid('1.3.6.1.5.5.7.48.1.1'), octets(basic))))
}

/** A response without a statement: tryLater is 3. */
export const ocspFailure = (status: number): Der => sequence(enumerated(status))
export const OCSP_NO_CHECK: Der = extension('1.3.6.1.5.5.7.48.1.5', nothing())
