import type { Instant } from '../model/instant.ts'
import type { AlgorithmIdentifier, Certificate, DistinguishedName, Extension, GeneralName } from './certificate.ts'

/** CRLReason (RFC 5280 §5.3.1). */
export type RevocationReason =
  | 'unspecified'
  | 'keyCompromise'
  | 'cACompromise'
  | 'affiliationChanged'
  | 'superseded'
  | 'cessationOfOperation'
  | 'certificateHold'
  | 'removeFromCRL'
  | 'privilegeWithdrawn'
  | 'aACompromise'

/** ReasonFlags (RFC 5280 §4.2.1.13) as bits 1 to 8: what a CRL or a distribution point speaks of. */
export type ReasonMask = number

/** Every ReasonFlags bit (RFC 5280 §4.2.1.13). */
export const ALL_REASONS: ReasonMask = 0x1fe

/** IssuingDistributionPoint (RFC 5280 §5.2.5). */
export interface IssuingDistributionPoint {
  /** Null when absent. A name relative to the CRL's issuer stands as the whole name. */
  readonly names: readonly GeneralName[] | null
  readonly onlyContainsUserCerts: boolean
  readonly onlyContainsCACerts: boolean
  readonly onlyContainsAttributeCerts: boolean
  /** Null when absent: all of them. */
  readonly onlySomeReasons: ReasonMask | null
  readonly indirectCRL: boolean
  /** Content of the extension: two are the same scope when these bytes are. */
  readonly der: Uint8Array
}

/** DistributionPoint of a certificate (RFC 5280 §4.2.1.13). */
export interface DistributionPoint {
  readonly names: readonly GeneralName[] | null
  readonly reasons: ReasonMask | null
  readonly cRLIssuer: readonly GeneralName[] | null
}

/** Where in an indirect CRL the entries of another issuer begin (RFC 5280 §5.3.3). */
export interface EntryIssuer {
  /** Offset in the CRL of the first entry that it holds for. */
  readonly from: number
  /** Keys of its directory names. */
  readonly nameKeys: ReadonlySet<string>
}

/** What was seen when all entries were read once; none of them is kept. */
export interface CrlEntries {
  /** Offsets in the CRL. */
  readonly start: number
  readonly end: number
  readonly count: number
  /** Critical entry extensions that this engine does not process: OIDs, sorted. */
  readonly unknownCritical: readonly string[]
  /** Entry extensions whose value does not read, or that one entry has twice: OIDs, sorted. Such a CRL answers nothing. */
  readonly malformed: readonly string[]
  readonly issuers: readonly EntryIssuer[]
}

/** A parsed CertificateList. Parsing knows no trust: nothing here says who signed it. */
export interface Crl {
  readonly der: Uint8Array
  /** SHA-256 of `der`, hex. */
  readonly sha256: string
  /** TBSCertList as it arrived: what the signature is over. */
  readonly tbs: Uint8Array
  readonly version: 1 | 2
  readonly signatureAlgorithm: AlgorithmIdentifier
  /** RFC 5280 §5.1.1.2 */
  readonly signatureAlgorithmsAgree: boolean
  readonly signature: Uint8Array
  readonly issuer: DistinguishedName
  readonly thisUpdate: Instant
  /** RFC 5280 §5.1.2.5 requires it, X.509 does not. */
  readonly nextUpdate: Instant | null
  readonly entries: CrlEntries
  readonly extensions: readonly Extension[]
  readonly repeatedExtensions: readonly string[]
  readonly malformedExtensions: readonly string[]
  /** Critical extensions that this engine does not process: OIDs. */
  readonly unknownCritical: readonly string[]
  readonly authorityKeyIdentifier: Certificate['authorityKeyIdentifier']
  /** Content octets of the INTEGER. */
  readonly crlNumber: Uint8Array | null
  /** BaseCRLNumber of a delta CRL; null for a complete one. */
  readonly baseCrlNumber: Uint8Array | null
  readonly issuingDistributionPoint: IssuingDistributionPoint | null
  /** X.509 §9.5.2.6: certificates that expired after this stay listed; null when absent. */
  readonly expiredCertsOnCRL: Instant | null
}

/** One entry that names the certificate that was looked for. */
export interface CrlEntry {
  readonly revocationDate: Instant
  /** Null when absent, which means the same as `unspecified`. */
  readonly reason: RevocationReason | null
  readonly invalidityDate: Instant | null
}
