import type { ParseErrorCode } from '../model/parse-error.ts'
import type { DigestAlgorithm, SignatureAlgorithm, SignatureOutcome, SignedDigestAlgorithm } from '../model/ports.ts'
import type { LineEnds } from './line-ends.ts'

/**
 * Digest, in hex, of the bytes that a signature or a token is said to be over. Null when they are not at hand or the
 * algorithm cannot be computed. Asked only for what the structure names, so that large evidence is read as little as
 * possible.
 */
export type EvidenceDigest = (algorithm: SignedDigestAlgorithm) => Promise<string | null>

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
  /** Whether the entry carries an issuerSerial. */
  readonly issuerSerial: boolean
  /** Index within its own attribute. RFC 5035 §3 puts the signer's certificate first; a few tokens do not. */
  readonly position: number
}

/** A certificate of the pool that the SignerIdentifier names, and what arithmetic says of it. */
export interface SignerCandidate {
  /** SHA-256 of the certificate's DER. */
  readonly certificate: string
  /**
   * Whether every signing-certificate attribute that is there (v1 and v2 are judged apart, RFC 5035 §3) binds exactly
   * this certificate: the hash of any of its entries, and that entry's issuerSerial where it has one.
   */
  readonly bound:
    | 'match'
    | 'hash-differs'
    | 'issuer-serial-differs'
    | 'digest-unsupported'
    | 'attribute-absent'
    | 'attribute-unreadable'
  /** Highest position of the matching entries; null without a match. Above 0: not the first, as RFC 5035 §3 wants. */
  readonly essPosition: number | null
  /**
   * The row of the algorithm table under this certificate's key. Null when there is none; `unsupported` then says what
   * was met. Where the key is of another kind than signatureAlgorithm, or its own parameters exclude it (RFC 4055 §3.3),
   * `signature` is `invalid`; facts of earlier builds have null as `unsupported` there.
   */
  readonly signatureAlgorithm: SignatureAlgorithm | null
  readonly unsupported: string | null
  /** Modulus bits of an RSA key; null for others. */
  readonly rsaBits: number | null
  /**
   * `not-tried`: signedAttrs are not DER, or there are none and the content's bytes are not at hand, or
   * LIMITS.cmsSignatureChecks was reached (bound candidates are tried first).
   */
  readonly signature: SignatureOutcome | 'not-tried'
}

/** One SignerInfo: what it states, and what became of each of its parts. */
export interface SignerFacts {
  /** e.g. `signerInfos[0]` */
  readonly at: string
  readonly version: number
  readonly sid: string
  readonly sidKind: 'issuerAndSerialNumber' | 'subjectKeyIdentifier'
  /** Digest name, or OID when unknown. */
  readonly digestAlgorithm: string
  readonly signatureAlgorithmOid: string
  /**
   * Digest that signatureAlgorithm itself names (`sha256WithRSAEncryption`, `ecdsa-with-SHA256`, PSS parameters); null
   * when it names none (rsaEncryption, Ed25519) or is unknown. Compared with digestAlgorithm. The whole row of the
   * algorithm table depends on the key, so it stands with each candidate.
   */
  readonly signatureDigest: DigestAlgorithm | null
  readonly signedAttrs: 'absent' | 'der' | 'not-der'
  /**
   * OIDs of attribute types that stand more than once, or that have not exactly one value where one is required, or
   * whose value does not read as its type. Such an attribute has no value below.
   */
  readonly irregularAttributes: readonly string[]
  readonly contentType: string | null
  readonly messageDigest: string | null
  /** Digest of the content that really arrived, under `digestAlgorithm`; null when that is unsupported. */
  readonly contentDigest: string | null
  /** With these line ends in the content that arrived, messageDigest would be its digest; absent where it is anyway, or is with none. */
  readonly lineEnds?: LineEnds
  readonly signingTime: string | null
  readonly ess: readonly EssCertFacts[]
  readonly essFailure: ParseFailure | null
  /** Bound ones first, then by SHA-256; whatever the order of the bag. */
  readonly candidates: readonly SignerCandidate[]
  /** Beyond LIMITS.candidatesOfSigner: the signer named them too, and none of them was tried. */
  readonly candidatesOmitted: number
  /** OIDs, one for each attribute. Nothing protects them. */
  readonly unsignedAttributes: readonly string[]
}

/** A CMS of signed data. */
export interface CmsFacts {
  readonly encoding: 'DER' | 'BER'
  readonly version: number
  readonly expectedVersion: number
  readonly eContentType: string
  /** `present`: there, and not compared (a token's TSTInfo is no copy of the evidence; or the evidence is not at hand). */
  readonly eContent: 'absent' | 'present' | 'equal' | 'differs'
  /** `differs`: with these line ends in the evidence it would be equal; absent where it would be with none. */
  readonly lineEnds?: LineEnds
  /**
   * The signed content itself reads as a SET OF Attribute: then a signature over attributes can be passed off as one
   * over content (draft-ietf-lamps-cms-euf-cma-signeddata). Null when the content's bytes are not at hand.
   */
  readonly contentIsAttributes: boolean | null
  readonly digestAlgorithms: readonly string[]
  /** SHA-256 of each certificate in the bag. */
  readonly certificates: readonly string[]
  /** Certificates of other kinds, and ones that do not parse. */
  readonly unreadableCertificates: number
  /** Certificates beyond LIMITS.certificatesInBag, not looked at. */
  readonly certificatesOmitted: number
  readonly crls: number
  readonly signers: readonly SignerFacts[]
}

/** TSTInfo (RFC 3161 §2.4.2). */
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
  /** SHA-256 of certificates (bag and pool) whose subject or subjectAltName the tsa field names; sorted. */
  readonly tsaNames: readonly string[]
  readonly extensions: readonly { readonly oid: string; readonly critical: boolean }[]
}

/** A time-stamp file: its token, or why there is none. */
export interface TokenFacts {
  readonly path: string
  readonly sha256: string
  /** The label in the file name: `<signature file>.<label>.tsr`; '' outside a bundle. */
  readonly label: string
  /**
   * The SignerInfo in whose unsigned attributes it stands, and whose signature value it is over: `signerInfos[0]`. Null for
   * a file of its own, which is over the whole signature file.
   */
  readonly at: string | null
  /** What could not be read. `cms` stands all the same when only the TSTInfo was the trouble. */
  readonly failure: ParseFailure | null
  readonly form: 'response' | 'token' | null
  readonly status: number | null
  readonly failInfo: string | null
  readonly tstInfo: TstInfoFacts | null
  readonly cms: CmsFacts | null
}

/** A signature file, with the time-stamps over it. */
export interface SignatureFileFacts {
  readonly path: string
  readonly sha256: string
  /** The tag manifest it is over, and whether that file is here and reads as a tag manifest; of a lone signature, a file. */
  readonly covers: string
  readonly coversState: 'tag-manifest' | 'absent' | 'not-a-tag-manifest' | 'unread' | 'file'
  readonly failure: ParseFailure | null
  readonly cms: CmsFacts | null
  /** Files over it, then the signature-time-stamps of its unsigned attributes. */
  readonly tokens: readonly TokenFacts[]
}

/** A certificate that anything here may be built from; hints, never anchors. */
export interface PooledCertificate {
  readonly sha256: string
  /** DER, base64. */
  readonly der: string
}
