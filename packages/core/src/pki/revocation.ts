import { compareInstants, type Instant } from '../model/instant.ts'
import type { Certificate } from './certificate.ts'
import type { Crl, RevocationReason } from './crl.ts'
import type { ParseFailure } from './facts.ts'
import type { OcspResponse } from './ocsp.ts'
import type { PathAnchor, PathLink, PathSearch } from './path.ts'

/** A CRL or OCSP response as a fact: where it was found, and its bytes. Nothing is trusted by being here. */
export interface PooledRevocation {
  readonly sha256: string
  /** DER, base64. */
  readonly der: string
  /** Path in the content, with the place in it; `given` for a file that came beside it, which goes before; else the first in byte order. */
  readonly source: string
  /** Further places of the same bytes: any of them may prove when they existed. Absent: none. */
  readonly also?: readonly string[]
}

/**
 * Whether a source is an unsigned part of a signature or token: its crls, or revocation-values among unsigned attributes.
 * Anybody can put something there or take it away without a trace, so that what nobody signed there tells nothing: it is
 * named, and the answer is as it would be without it. What an authority signed counts wherever it lies.
 */
export function isUnprotectedSource(source: string): boolean {
  return / (?:crls\[\d+\]|signerInfos\[\d+\]\.revocation-values)$/.test(source)
}

/**
 * Whether anybody can have put it there or taken it away: an unsigned part, or a hint under seal/, which no signature covers
 * (format section 6.4). One that does not read, or that nobody is known to have signed, then leaves no question open. What a
 * later seal level lists and is not as listed costs the level.
 */
export function isUnvouchedSource(source: string): boolean {
  return isUnprotectedSource(source) || /^seal\/[1-9][0-9]{0,3}\/validation\//.test(source)
}

/** Revocation material of the content and of the files given beside it. */
export interface RevocationFacts {
  /** By SHA-256, each once. */
  readonly crls: readonly PooledRevocation[]
  readonly ocsp: readonly PooledRevocation[]
  /** What could not be read, by source: it tells nothing, and contradicts nothing. */
  readonly failures: readonly { readonly source: string; readonly failure: ParseFailure }[]
  /** Objects beyond LIMITS.revocationObjects or LIMITS.revocationBytes, not looked at. */
  readonly omitted: number
}

/** Facts without any revocation material. */
export const NO_REVOCATION: RevocationFacts = { crls: [], ocsp: [], failures: [], omitted: 0 }

/** A certificate that a response's signer may be, issued under the same key as the certificate that is asked about. */
export interface Delegate {
  readonly certificate: Certificate
  /** The delegate's own signature under the issuer's key. */
  readonly link: PathLink
}

/**
 * Revocation material with every signature that matters computed under every key that may have made it. No time and no
 * policy is in it. Keys of the maps are SHA-256 of what they join, see `joined`.
 */
export interface RevocationEvidence {
  /** By SHA-256. */
  readonly crls: readonly Crl[]
  readonly ocsp: readonly OcspResponse[]
  /** Certificates that may be of CRL issuers, by SHA-256. */
  readonly certificates: readonly Certificate[]
  /** joined(CRL or response, certificate or anchor that carries the key). */
  readonly links: ReadonlyMap<string, PathLink>
  /** Paths of CRL issuers: joined(role, certificate). */
  readonly searches: ReadonlyMap<string, PathSearch>
  /** joined(response, certificate, issuer): index of each single response, and whether both hashes agree or one only. */
  readonly certIds: ReadonlyMap<string, readonly { readonly index: number; readonly agrees: 'both' | 'one' }[]>
  /** joined(response, issuer) */
  readonly delegates: ReadonlyMap<string, readonly Delegate[]>
  /**
   * Other certificates over a key of a candidate path, by SHA-256 of the certificate or anchor there; their paths are among
   * `searches`. A key that was stolen is so in each of them.
   */
  readonly sameKey: ReadonlyMap<string, readonly Certificate[]>
  /** SHA-256 of each CRL and response: where it was found, as PooledRevocation has it. */
  readonly sources: ReadonlyMap<string, string>
  /** The further places of those that have any. */
  readonly also: ReadonlyMap<string, readonly string[]>
  /** Something that is not in an unsigned part does not read: it may be about any certificate. */
  readonly unread: boolean
  /** A budget ended: what is not found here is not known to be absent. */
  readonly limited: boolean
}

/** Evidence that says nothing of anybody. */
export const NO_EVIDENCE: RevocationEvidence = {
  crls: [],
  ocsp: [],
  certificates: [],
  links: new Map(),
  searches: new Map(),
  certIds: new Map(),
  delegates: new Map(),
  sameKey: new Map(),
  sources: new Map(),
  also: new Map(),
  unread: false,
  limited: false,
}

/** One key of several. */
export function joined(...parts: readonly string[]): string {
  return parts.join(' ')
}

/** A certificate, or the anchor at the end of its path. */
export type PathIssuer = Certificate | PathAnchor

/** One statement that a certificate was revoked. */
export interface RevocationStatement {
  readonly kind: 'crl' | 'ocsp'
  /** SHA-256 of the CRL or response. */
  readonly source: string
  readonly date: Instant
  readonly reason: RevocationReason | null
  readonly invalidityDate: Instant | null
}

/** What one CRL or response said of one certificate, or why it said nothing. */
export interface RevocationSource {
  readonly kind: 'crl' | 'ocsp'
  readonly sha256: string
  readonly answer: 'good' | 'revoked' | 'unknown' | 'unusable'
  /** Of `unusable`. */
  readonly why: UnusableReason | null
  readonly thisUpdate: Instant | null
  readonly nextUpdate: Instant | null
}

/** Why a CRL or response says nothing here. */
export type UnusableReason =
  /** No key that may speak for the issuer made the signature. */
  | 'signature'
  | 'signature-unsupported'
  | 'weak-algorithm'
  | 'algorithms-disagree'
  | 'unknown-critical-extension'
  | 'malformed-extension'
  | 'repeated-extension'
  /** The signer's keyUsage lacks cRLSign, or its certificate is not for OCSP. */
  | 'key-usage'
  /** The signer's own path does not hold, or not at that time. */
  | 'signer-path'
  | 'signer-revoked'
  /**
   * Its algorithm has ended, or its signer's key was in other hands since, and nothing proves that it is older than that: it can
   * have been made since, whatever it says.
   */
  | 'no-proof'
  /** The policy requires revocation to be known, and the signer's is not. */
  | 'signer-unknown'
  /** It speaks of the certificate's issuer, and not of this certificate. */
  | 'other-certificate'
  /** It is a list of other certificates by its own words, and names this one as revoked. */
  | 'out-of-scope'
  /** It ended before the time of interest. */
  | 'stale'
  /** It begins after the validation time. */
  | 'in-future'
  /** Made after the certificate expired, when entries may be gone. */
  | 'after-expiry'
  /** A delta CRL without the complete one that it changes. */
  | 'delta-without-base'
  | 'not-successful'
  /** Its own times or entries contradict each other. */
  | 'inconsistent'
  | 'limit'

/** All that is known of one certificate. `unknown`: there is material about it, and it does not decide. */
export interface CertificateRevocation {
  readonly certificate: Certificate
  readonly status: 'good' | 'revoked' | 'unknown' | 'no-data'
  /** Of `revoked`: at least one. */
  readonly statements: readonly RevocationStatement[]
  readonly sources: readonly RevocationSource[]
}

/**
 * What a statement means for something that was made by the time of interest. `revoked`: the certificate had been
 * revoked then. `suspect`: it was revoked later, and whoever had the key may have made the thing since. `stands`: made
 * before, and the reason casts no doubt on the key, or it is proved to have existed before.
 */
export type RevocationEffect = 'revoked' | 'suspect' | 'on-hold' | 'stands'

/** RFC 3161 §4 (1), RFC 5280 §5.3.1: reasons for which the key was never in other hands. */
const HARMLESS: ReadonlySet<RevocationReason> = new Set(['affiliationChanged', 'superseded', 'cessationOfOperation'])

/** Reasons that are about the key, and so about every certificate over it. */
const OF_THE_KEY: ReadonlySet<RevocationReason> = new Set(['keyCompromise', 'cACompromise', 'aACompromise'])

/** Whether the key itself was lost, whatever certificate it is in. */
export function isOfTheKey({ reason }: RevocationStatement): boolean {
  return reason !== null && OF_THE_KEY.has(reason)
}

/** `provedBefore`: a moment by which others than the key's holder prove that the thing existed; null without. */
export function effectOf(
  statement: RevocationStatement,
  time: Instant,
  provedBefore: Instant | null,
): RevocationEffect {
  const { date, reason, invalidityDate } = statement
  const isHold = reason === 'certificateHold' || reason === 'removeFromCRL'
  if (compareInstants(date, time) <= 0) return isHold ? 'on-hold' : 'revoked'
  const from = invalidityDate !== null && compareInstants(invalidityDate, date) < 0 ? invalidityDate : date
  if (provedBefore !== null && compareInstants(provedBefore, from) < 0) return 'stands'
  // RFC 5280 §5.3.2: the certificate is said to have been invalid by then already.
  if (compareInstants(from, time) <= 0) return 'suspect'
  return reason !== null && HARMLESS.has(reason) ? 'stands' : 'suspect'
}
