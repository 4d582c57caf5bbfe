import type { Instant } from './instant.ts'

/** In the order in which they are printed. */
export const ANCHOR_ROLES = [
  'signer',
  'time-stamp-authority',
  'log',
  'handover',
  'approver',
  'notice',
  'trust-set',
] as const
/**
 * `handover`: certifies who gives or receives evidence (docs/adr/0010-signers-of-hand-overs.md). `trust-set`: who may
 * sign that another set follows this one (docs/adr/0007-trust-set-succession.md).
 */
export type AnchorRole = (typeof ANCHOR_ROLES)[number]

/** The file that a verifier chose from outside the bundle: canonical JSON, whose SHA-256 stands in every report. */
export interface TrustSetFile {
  readonly trustSet: 'probatum/trust-set/1-draft'
  /** Who compiled the set. */
  readonly issuer: string
  readonly number: number
  /** RFC 3339 date. */
  readonly date: string
  /** RFC 3339 date after which a newer set should be asked for. */
  readonly reviewBy: string
  /** Present and true in sets made for demonstrations; every output then says so. */
  readonly sample?: boolean
  readonly anchors: readonly TrustAnchorEntry[]
}

/** An anchor as its file states it. */
export interface TrustAnchorEntry {
  readonly role: AnchorRole
  readonly label: string
  /** Where the certificate or key was had from, in the compiler's words. */
  readonly source: string
  /** X.509 certificate, DER in base64; every role but log. */
  readonly certificate?: string
  /** Signed-note verifier key (`name+hash+key`, C2SP signed-note); role log. */
  readonly verifierKey?: string
  /** The interval in which a proved time may rely on this anchor (RFC 3339). */
  readonly from?: string
  readonly until?: string
}

/** A certificate that the verifier chose to believe. Deliberately not a Certificate: one cannot be passed for the other. */
export interface TrustAnchor {
  readonly anchor: true
  readonly role: AnchorRole
  readonly label: string
  /** SHA-256 of the certificate, hex. */
  readonly sha256: string
  readonly der: Uint8Array
  readonly from?: Instant
  readonly until?: Instant
}

/** A trust set that was read, with its digest and its certificates. */
export interface TrustSet {
  readonly file: TrustSetFile
  /** SHA-256 of the file's bytes, hex. */
  readonly sha256: string
  readonly anchors: readonly TrustAnchor[]
}
