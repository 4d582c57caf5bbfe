import { equalBytes, fromBase64 } from '../model/bytes.ts'
import { compareInstants, parseInstant } from '../model/instant.ts'
import type { AnchorRole, TrustAnchorEntry, TrustSet } from '../model/trust-set.ts'
import type { Certificate } from '../pki/certificate.ts'
import { parseCertificate } from '../pki/certificate-parse.ts'
import { pathAnchorOf } from '../pki/path.ts'

/** One entry of a trust set with what its certificate says of itself. */
export interface DescribedAnchor {
  readonly entry: TrustAnchorEntry
  /** Null for a log, which is a bare key. */
  readonly certificate: Certificate | null
  /** Its certificate may not certify others: it stands for itself alone, and nobody can withdraw it but the set's issuer. */
  readonly isEndEntity: boolean
  /** Its certificate begins after the day of the set. */
  readonly isYoungerThanSet: boolean
}

/** The entries of a set in their order. Throws ParseError as parseTrustSet does; a set that was read does not throw. */
export function describeTrustSet(set: TrustSet): DescribedAnchor[] {
  return set.file.anchors.map((entry) => {
    const der = entry.certificate === undefined ? undefined : fromBase64(entry.certificate)
    if (der === undefined) return { entry, certificate: null, isEndEntity: false, isYoungerThanSet: false }
    const certificate = parseCertificate(der)
    const { role, label } = entry
    const anchor = pathAnchorOf({ anchor: true, role, label, sha256: certificate.sha256, der }, certificate)
    return {
      entry,
      certificate,
      isEndEntity: !anchor.mayCertify,
      isYoungerThanSet: isYounger(certificate, set),
    }
  })
}

/**
 * How a certificate and an anchor are near each other without any signature being computed. `anchor`: the very
 * certificate. `same-key`: another certificate of the same name and key. `same-name-other-key`: what an impostor would
 * look like, and an authority that renewed its key. `other-name`: the same key under another name. `issuer-named`: the
 * certificate names the anchor as its issuer; whether the anchor issued it is for path validation to say.
 */
export type SetRelation = 'anchor' | 'same-key' | 'same-name-other-key' | 'other-name' | 'issuer-named'

/** An anchor of the set to which a certificate stands in a relation. */
export interface SetMatch {
  readonly relation: SetRelation
  readonly role: AnchorRole
  readonly label: string
  readonly sha256: string
}

/** A certificate, held against every anchor of a set. */
export interface SetComparison {
  /** In the order of the set; each anchor at most once, by the closest relation. */
  readonly matches: readonly SetMatch[]
  /** The certificate begins after the day of the set, which cannot have known it. */
  readonly isYoungerThanSet: boolean
}

/** Where a certificate stands among the anchors of a set, near misses included. It is no verdict about the certificate. */
export function compareWithTrustSet(certificate: Certificate, set: TrustSet): SetComparison {
  const matches: SetMatch[] = []
  for (const anchor of set.anchors) {
    const known = parseCertificate(anchor.der)
    const relation = relationOf(certificate, known)
    if (relation === null) continue
    matches.push({ relation, role: anchor.role, label: anchor.label, sha256: anchor.sha256 })
  }
  return { matches, isYoungerThanSet: isYounger(certificate, set) }
}

function relationOf(certificate: Certificate, anchor: Certificate): SetRelation | null {
  if (certificate.sha256 === anchor.sha256) return 'anchor'
  const sameName = certificate.subject.key === anchor.subject.key
  const sameKey = equalBytes(certificate.spki, anchor.spki)
  if (sameKey) return sameName ? 'same-key' : 'other-name'
  if (sameName) return 'same-name-other-key'
  return certificate.issuer.key === anchor.subject.key ? 'issuer-named' : null
}

function isYounger(certificate: Certificate, set: TrustSet): boolean {
  // The day of a set lasts until its end: a certificate of the same day may stand in it.
  const end = parseInstant(`${set.file.date}T23:59:59Z`)
  return end !== undefined && compareInstants(end, certificate.notBefore) < 0
}
