import type { Instant } from '../model/instant.ts'
import type { SignatureAlgorithm, SignatureOutcome } from '../model/ports.ts'
import type { AnchorRole, TrustAnchor } from '../model/trust-set.ts'
import type { Certificate, DistinguishedName, NameConstraints, PolicyConstraints } from './certificate.ts'
import { type Departure, departuresFromProfile } from './path-profile.ts'

/**
 * What a path may end at: a name and a key that the verifier chose to believe (RFC 5280 §6.1.1 (d)), with the
 * constraints that the chosen certificate states for itself (RFC 5937). Not a Certificate, so that neither can stand
 * for the other.
 */
export interface PathAnchor {
  readonly anchor: true
  readonly role: AnchorRole
  readonly label: string
  /** SHA-256 of the certificate in the trust set, hex. */
  readonly sha256: string
  readonly name: DistinguishedName
  readonly spki: Uint8Array
  readonly subjectKeyIdentifier: Uint8Array | null
  /** Interval in which a proved time may rely on it, as the trust set says; null for open. */
  readonly from: Instant | null
  readonly until: Instant | null
  /** The certificate's own period. */
  readonly notBefore: Instant
  readonly notAfter: Instant
  /** Whether its certificate lets the key sign certificates. Version 1 has no way to say so, and may. */
  readonly mayCertify: boolean
  /** Whether its certificate lets the key sign CRLs (RFC 5280 §4.2.1.3, cRLSign). */
  readonly mayIssueCrls: boolean
  readonly pathLen: number | null
  readonly purposes: readonly string[] | null
  readonly nameConstraints: NameConstraints | null
  readonly certificatePolicies: readonly string[] | null
  readonly policyConstraints: PolicyConstraints | null
  readonly inhibitAnyPolicy: number | null
  /** Constraints of its certificate that this engine does not process, or that do not read: OIDs of extensions. */
  readonly unprocessed: readonly string[]
  readonly departures: readonly Departure[]
}

/** One signature of a path, computed: `certificates[i]` under the key of the next one, or of the anchor. */
export interface PathLink {
  readonly outcome: SignatureOutcome
  /** The row of the algorithm table; null when there is none, `unsupported` then says what was met. */
  readonly algorithm: SignatureAlgorithm | null
  readonly unsupported: string | null
  /** Modulus bits of the issuer's RSA key. */
  readonly rsaBits: number | null
}

/** A chain of names and computed signatures from a certificate to an anchor; whether it holds depends on time and policy. */
export interface CandidatePath {
  /** The target first; the last one is issued by the anchor, or is the anchor's own certificate when `links` is empty. */
  readonly certificates: readonly Certificate[]
  /** As many as certificates; none when the target itself is the anchor's certificate. */
  readonly links: readonly PathLink[]
  readonly anchor: PathAnchor
  /** Other anchors over a key of this path that the trust set relies on until a day only. Absent: none. */
  readonly endingKeys?: readonly PathAnchor[]
}

/** Where a search could not go on. */
export interface DeadEnd {
  /** The certificate whose issuer was looked for. */
  readonly certificate: Certificate
  /** It names itself as issuer: what is missing is trust in it, not another certificate. */
  readonly selfIssued: boolean
  /** SHA-256 of certificates that carry the issuer's name, but not the key that signed. */
  readonly otherKeys: readonly string[]
}

/** What a search for the paths of one certificate in one role found. */
export interface PathSearch {
  readonly target: Certificate
  readonly role: AnchorRole
  /** Shortest first; also those whose signature under the anchor's key does not hold. */
  readonly candidates: readonly CandidatePath[]
  readonly deadEnds: readonly DeadEnd[]
  /** Anchors of another role that a path of this search leads to. */
  readonly otherRole: readonly PathAnchor[]
  /** The search ended early: what it would have found is not known. */
  readonly limit: 'depth' | 'signature-checks' | null
}

/** A certificate that names itself as its issuer (RFC 5280 §3.2). */
export function isSelfIssued(certificate: Certificate): boolean {
  return certificate.subject.key === certificate.issuer.key
}

/** The anchor that a certificate of the trust set stands for. */
export function pathAnchorOf(entry: TrustAnchor, certificate: Certificate): PathAnchor {
  const { keyUsage, basicConstraints } = certificate
  // RFC 5280 §6.1.4 (k): without basicConstraints, version 3 certifies nothing.
  const isAuthority = basicConstraints === null ? certificate.version === 1 : basicConstraints.ca
  const damaged = [...certificate.malformedExtensions, ...certificate.repeatedExtensions]
  const unprocessed = certificate.extensions
    .filter(({ oid, critical }) => critical && !PROCESSED_EXTENSIONS.has(oid))
    .map(({ oid }) => oid)
  return {
    anchor: true,
    role: entry.role,
    label: entry.label,
    sha256: certificate.sha256,
    name: certificate.subject,
    spki: certificate.spki,
    subjectKeyIdentifier: certificate.subjectKeyIdentifier,
    from: entry.from ?? null,
    until: entry.until ?? null,
    notBefore: certificate.notBefore,
    notAfter: certificate.notAfter,
    mayCertify: isAuthority && (keyUsage === null || keyUsage.has('keyCertSign')),
    mayIssueCrls: keyUsage === null || keyUsage.has('cRLSign'),
    pathLen: basicConstraints?.pathLen ?? null,
    purposes: certificate.extendedKeyUsage?.purposes ?? null,
    nameConstraints: certificate.nameConstraints,
    certificatePolicies: certificate.certificatePolicies,
    policyConstraints: certificate.policyConstraints,
    inhibitAnyPolicy: certificate.inhibitAnyPolicy,
    unprocessed: [...new Set([...unprocessed, ...damaged])].sort(),
    departures: departuresFromProfile(certificate),
  }
}

/** Extensions whose meaning path validation or the checks of the signer's certificate take in. */
export const PROCESSED_EXTENSIONS: ReadonlySet<string> = new Set([
  '2.5.29.14', // subjectKeyIdentifier: a hint, RFC 5280 §4.2.1.2
  '2.5.29.15', // keyUsage
  '2.5.29.17', // subjectAltName
  '2.5.29.19', // basicConstraints
  '2.5.29.30', // nameConstraints
  '2.5.29.32', // certificatePolicies
  '2.5.29.33', // policyMappings
  '2.5.29.35', // authorityKeyIdentifier: a hint, RFC 5280 §4.2.1.1
  '2.5.29.36', // policyConstraints
  '2.5.29.37', // extKeyUsage
  '2.5.29.54', // inhibitAnyPolicy
])
