import type { Instant } from '../model/instant.ts'

/** AlgorithmIdentifier (RFC 5280 §4.1.1.2). */
export interface AlgorithmIdentifier {
  /** Dotted. */
  readonly oid: string
  /** DER of the parameters; null when absent. */
  readonly parameters: Uint8Array | null
  /** The whole SEQUENCE as it arrived. */
  readonly der: Uint8Array
}

/** A Name as it arrived, with its printable form (RFC 4514) and its comparison key. */
export interface DistinguishedName {
  readonly der: Uint8Array
  /** RFC 4514, hostile characters escaped; for people and evidence only. */
  readonly text: string
  /** Equal keys mean equal names by RFC 5280 §7.1 (case-folded, white space squeezed, string types put aside). */
  readonly key: string
  /** An empty RDNSequence. */
  readonly isEmpty: boolean
  /** The key of each RDN, from the first; `key` is made of them. */
  readonly rdns: readonly string[]
  /** Values of emailAddress (PKCS #9), which name constraints on rfc822Name cover; null for one that is no text. */
  readonly emailAddresses: readonly (string | null)[]
}

/** GeneralName (RFC 5280 §4.2.1.6). */
export type GeneralName =
  | { readonly kind: 'directoryName'; readonly name: DistinguishedName }
  | { readonly kind: 'rfc822Name' | 'dNSName' | 'uniformResourceIdentifier'; readonly value: string }
  | { readonly kind: 'iPAddress'; readonly octets: Uint8Array }
  | { readonly kind: 'otherName' | 'x400Address' | 'ediPartyName' | 'registeredID'; readonly der: Uint8Array }

/** One GeneralSubtree (RFC 5280 §4.2.1.10). */
export interface GeneralSubtree {
  /** Of an iPAddress: the address and its mask. */
  readonly base: GeneralName
  /** minimum is 0 and maximum absent, as RFC 5280 §4.2.1.10 wants: no other distance is processed. */
  readonly isWhole: boolean
}

/** NameConstraints (RFC 5280 §4.2.1.10). */
export interface NameConstraints {
  readonly permitted: readonly GeneralSubtree[]
  readonly excluded: readonly GeneralSubtree[]
  /** An empty list of what is excluded is written, which no conforming authority does. */
  readonly hasEmptyList: boolean
}

/** A pair of PolicyMappings (RFC 5280 §4.2.1.5). */
export interface PolicyMapping {
  readonly issuerDomainPolicy: string
  readonly subjectDomainPolicy: string
}

/** SkipCerts of RFC 5280 §4.2.1.11; null for an absent field. */
export interface PolicyConstraints {
  readonly requireExplicitPolicy: number | null
  readonly inhibitPolicyMapping: number | null
}

/** Extension (RFC 5280 §4.1), its value as it arrived. */
export interface Extension {
  readonly oid: string
  readonly critical: boolean
  /** Content of extnValue. */
  readonly value: Uint8Array
}

/** KeyUsage bits by name (RFC 5280 §4.2.1.3). */
export type KeyUsage =
  | 'digitalSignature'
  | 'nonRepudiation'
  | 'keyEncipherment'
  | 'dataEncipherment'
  | 'keyAgreement'
  | 'keyCertSign'
  | 'cRLSign'
  | 'encipherOnly'
  | 'decipherOnly'

/** A parsed certificate. Parsing knows no trust: this type says nothing about whether anybody should believe it. */
export interface Certificate {
  readonly der: Uint8Array
  /** SHA-256 of `der`, hex. */
  readonly sha256: string
  /** TBSCertificate as it arrived: what the signature is over. */
  readonly tbs: Uint8Array
  readonly version: 1 | 2 | 3
  /** Content octets of serialNumber. */
  readonly serialNumber: Uint8Array
  readonly signatureAlgorithm: AlgorithmIdentifier
  /** RFC 5280 §4.1.1.2: both identifiers must be the same, byte for byte. */
  readonly signatureAlgorithmsAgree: boolean
  /** Content of the BIT STRING, no unused bits. */
  readonly signature: Uint8Array
  readonly issuer: DistinguishedName
  readonly subject: DistinguishedName
  readonly notBefore: Instant
  readonly notAfter: Instant
  /** RFC 5280 §4.1.2.5: a time before 2050 is written as GeneralizedTime. */
  readonly isGeneralizedTimeEarly: boolean
  /** RFC 5280 §4.1.2.8: issuerUniqueID or subjectUniqueID is there. */
  readonly hasUniqueIdentifier: boolean
  /** SubjectPublicKeyInfo, DER. */
  readonly spki: Uint8Array
  /** In order; a repeated oid stands in `repeatedExtensions` too. */
  readonly extensions: readonly Extension[]
  readonly repeatedExtensions: readonly string[]
  readonly basicConstraints: { readonly ca: boolean; readonly pathLen: number | null } | null
  readonly keyUsage: ReadonlySet<KeyUsage> | null
  readonly extendedKeyUsage: { readonly purposes: readonly string[]; readonly critical: boolean } | null
  readonly subjectKeyIdentifier: Uint8Array | null
  readonly authorityKeyIdentifier: {
    readonly keyIdentifier: Uint8Array | null
    readonly issuer: readonly GeneralName[] | null
    readonly serialNumber: Uint8Array | null
  } | null
  readonly subjectAltName: readonly GeneralName[] | null
  readonly nameConstraints: NameConstraints | null
  /** OIDs, in order; qualifiers say nothing about validity. */
  readonly certificatePolicies: readonly string[] | null
  readonly policyMappings: readonly PolicyMapping[] | null
  readonly policyConstraints: PolicyConstraints | null
  /** SkipCerts (RFC 5280 §4.2.1.14). */
  readonly inhibitAnyPolicy: number | null
  /** Extensions whose value does not read as its type: dotted oid. Such a certificate holds no path. */
  readonly malformedExtensions: readonly string[]
}
