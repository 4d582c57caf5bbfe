import type { ParseErrorCode } from '../model/parse-error.ts'
import type { SignatureAlgorithm, SignatureOutcome } from '../model/ports.ts'

/** Why a structure could not be read; a fact like any other. */
export interface ParseFailure {
  readonly code: ParseErrorCode
  readonly where: string
  readonly offset: number | null
  readonly spec: string | null
}

/** One ESSCertID or ESSCertIDv2 of a signing-certificate attribute (RFC 5035 §4, §5.4). */
export interface EssCertFacts {
  readonly version: 1 | 2
  /** Digest algorithm name, or its OID when unknown. */
  readonly algorithm: string
  readonly certHash: string
  readonly issuerSerial: boolean
}

/** A certificate of the pool that the SignerIdentifier names, and what arithmetic says of it. */
export interface SignerCandidate {
  /** SHA-256 of the certificate's DER. */
  readonly certificate: string
  /** Whether a signing-certificate attribute binds exactly this certificate. */
  readonly bound: 'match' | 'hash-differs' | 'issuer-serial-differs' | 'digest-unsupported' | 'attribute-absent'
  readonly signature: SignatureOutcome | 'not-tried'
}

export interface SignerFacts {
  /** e.g. `signerInfos[0]` */
  readonly at: string
  readonly version: number
  readonly sid: string
  readonly sidKind: 'issuerAndSerialNumber' | 'subjectKeyIdentifier'
  /** Digest name, or OID when unknown. */
  readonly digestAlgorithm: string
  readonly signatureAlgorithmOid: string
  /** Null when the table has no row for it; `unsupported` then says what was met. */
  readonly signatureAlgorithm: SignatureAlgorithm | null
  readonly unsupported: string | null
  /** Modulus bits of an RSA key; null for others. */
  readonly rsaBits: number | null
  readonly signedAttrs: 'absent' | 'der' | 'not-der'
  /** OIDs of attribute types that stand more than once, or that have not exactly one value where one is required. */
  readonly irregularAttributes: readonly string[]
  readonly contentType: string | null
  readonly messageDigest: string | null
  /** Digest of the content that really arrived, under `digestAlgorithm`; null when that is unsupported. */
  readonly contentDigest: string | null
  readonly signingTime: string | null
  readonly ess: readonly EssCertFacts[]
  readonly essFailure: ParseFailure | null
  readonly candidates: readonly SignerCandidate[]
  readonly unsignedAttributes: readonly string[]
}

export interface CmsFacts {
  readonly encoding: 'DER' | 'BER'
  readonly version: number
  readonly expectedVersion: number
  readonly eContentType: string
  readonly eContent: 'absent' | 'equal' | 'differs'
  readonly digestAlgorithms: readonly string[]
  /** SHA-256 of each certificate in the bag. */
  readonly certificates: readonly string[]
  /** Certificates of other kinds, and ones that do not parse. */
  readonly unreadableCertificates: number
  readonly crls: number
  readonly signers: readonly SignerFacts[]
}

export interface TstInfoFacts {
  readonly version: number
  readonly policy: string
  readonly imprintAlgorithm: string
  readonly hashedMessage: string
  /** Digest of the bytes that the token is said to be over; null when the algorithm is unsupported. */
  readonly dataDigest: string | null
  readonly serialNumber: string
  readonly genTime: string
  /** Whole microseconds; null when the field is absent. */
  readonly accuracyMicroseconds: number | null
  readonly ordering: boolean
  readonly nonce: string | null
  readonly tsa: string | null
  /** SHA-256 of certificates of the bag whose subject the tsa field names. */
  readonly tsaNames: readonly string[]
  readonly extensions: readonly { readonly oid: string; readonly critical: boolean }[]
}

export interface TokenFacts {
  readonly path: string
  readonly sha256: string
  /** The label in the file name: `<signature file>.<label>.tsr`; '' outside a bundle. */
  readonly label: string
  readonly failure: ParseFailure | null
  readonly form: 'response' | 'token' | null
  readonly status: number | null
  readonly failInfo: string | null
  readonly tstInfo: TstInfoFacts | null
  readonly cms: CmsFacts | null
}

export interface SignatureFileFacts {
  readonly path: string
  readonly sha256: string
  /** The tag manifest it is over, and whether that file is here and reads as a tag manifest. */
  readonly covers: string
  readonly coversState: 'tag-manifest' | 'absent' | 'not-a-tag-manifest'
  readonly failure: ParseFailure | null
  readonly cms: CmsFacts | null
  readonly tokens: readonly TokenFacts[]
}

/** A certificate that anything here may be built from; hints, never anchors. */
export interface PooledCertificate {
  readonly sha256: string
  /** DER, base64. */
  readonly der: string
}
