import type { Instant } from '../model/instant.ts'
import type { DigestAlgorithm } from '../model/ports.ts'
import type { AlgorithmIdentifier, DistinguishedName, Extension } from './certificate.ts'
import type { RevocationReason } from './crl.ts'

/** CertID (RFC 6960 §4.1.1). */
export interface CertId {
  /** Null when unknown; the OID then stands in `hashOid`. */
  readonly hashAlgorithm: DigestAlgorithm | null
  readonly hashOid: string
  readonly issuerNameHash: Uint8Array
  readonly issuerKeyHash: Uint8Array
  /** Content octets of serialNumber. */
  readonly serialNumber: Uint8Array
}

/** SingleResponse (RFC 6960 §4.2.1). */
export interface SingleResponse {
  readonly certId: CertId
  readonly status: 'good' | 'revoked' | 'unknown'
  /** Of `revoked`. */
  readonly revocationTime: Instant | null
  readonly reason: RevocationReason | null
  readonly thisUpdate: Instant
  /** Null: newer answers are to be had at all times (RFC 6960 §4.2.2.1). */
  readonly nextUpdate: Instant | null
  /** RFC 6960 §4.4.4: certificates that expired after this are still answered for; null when absent. */
  readonly archiveCutoff: Instant | null
  /** Critical extensions that this engine does not process, repeated and malformed ones: OIDs. */
  readonly unprocessed: readonly string[]
}

/** A BasicOCSPResponse (RFC 6960 §4.2.1). Parsing knows no trust: nothing here says who signed it. */
export interface OcspResponse {
  /** As it arrived: OCSPResponse or BasicOCSPResponse. */
  readonly der: Uint8Array
  /** SHA-256 of `der`, hex. */
  readonly sha256: string
  /** OCSPResponseStatus; 0 is successful, and all other ones hold no answer. */
  readonly responseStatus: number
  /** Null when the status is not successful. */
  readonly basic: BasicOcspResponse | null
}

/** BasicOCSPResponse (RFC 6960 §4.2.1). */
export interface BasicOcspResponse {
  /** ResponseData as it arrived: what the signature is over. */
  readonly tbs: Uint8Array
  readonly responderId:
    | { readonly kind: 'byName'; readonly name: DistinguishedName }
    /** SHA-1 of the key's BIT STRING without tag, length and unused bits. */
    | { readonly kind: 'byKey'; readonly keyHash: Uint8Array }
  readonly producedAt: Instant
  readonly responses: readonly SingleResponse[]
  readonly extensions: readonly Extension[]
  /** Critical extensions that this engine does not process, and repeated ones: OIDs. */
  readonly unprocessed: readonly string[]
  readonly signatureAlgorithm: AlgorithmIdentifier
  readonly signature: Uint8Array
  /** DER of the certificates that came with it; hints. */
  readonly certificates: readonly Uint8Array[]
}
