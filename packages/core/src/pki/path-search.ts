import { equalBytes } from '../model/bytes.ts'
import type { AnchorRole } from '../model/trust-set.ts'
import type { Certificate } from './certificate.ts'
import {
  type CandidatePath,
  type DeadEnd,
  isSelfIssued,
  type PathAnchor,
  type PathLink,
  type PathSearch,
} from './path.ts'

/** A key that may have signed a certificate, by whom it is held. */
export interface IssuerKey {
  /** SHA-256 of the certificate that carries it. */
  readonly sha256: string
  readonly spki: Uint8Array
}

/** Computes one signature. The same question may be asked again; the answer must be the same. */
export type ComputeLink = (certificate: Certificate, issuer: IssuerKey) => Promise<PathLink>

export interface PathBudget {
  /** Certificates of one path, the anchor not counted. */
  readonly maxDepth: number
  /** Steps from a certificate to a possible issuer in one search, answered from memory or not: it bounds paths as well as signatures. */
  readonly maxSignatureChecks: number
}

/**
 * Looks for every path from a certificate to the anchors of one role, breadth first, so that the shortest come first.
 * No name and key stands twice in a path (RFC 4158 §5.2), so certificates that certify each other end. The order of
 * pool and anchors changes nothing in the result.
 */
export async function searchPaths(
  target: Certificate,
  role: AnchorRole,
  anchors: readonly PathAnchor[],
  pool: readonly Certificate[],
  budget: PathBudget,
  computeLink: ComputeLink,
): Promise<PathSearch> {
  const candidates: CandidatePath[] = []
  const deadEnds: DeadEnd[] = []
  const otherRole = new Map<string, PathAnchor>()
  let limit: PathSearch['limit'] = null
  let steps = 0

  const own = anchors.filter((anchor) => anchor.role === role)
  for (const anchor of own) {
    if (anchor.sha256 === target.sha256) candidates.push({ certificates: [target], links: [], anchor })
  }
  const others = anchors.filter((anchor) => anchor.role !== role)
  for (const anchor of others) {
    if (anchor.sha256 === target.sha256) otherRole.set(`${anchor.role} ${anchor.sha256}`, anchor)
  }
  const queue: { readonly certificates: readonly Certificate[]; readonly links: readonly PathLink[] }[] = [
    { certificates: [target], links: [] },
  ]
  for (let path = queue.shift(); path !== undefined; path = queue.shift()) {
    const last = path.certificates.at(-1)
    if (last === undefined) continue
    const nameOf = (anchor: PathAnchor) => anchor.name.key
    const named = [...issuersOf(last, own, nameOf), ...issuersOf(last, others, nameOf)]
    const otherKeys: string[] = []
    let goesOn = false
    for (const anchor of named) {
      // Its own certificate is path length 0, which was noted before the search.
      if (anchor.sha256 === target.sha256 && path.certificates.length === 1) continue
      if (steps++ >= budget.maxSignatureChecks) return finish('signature-checks')
      const link = await computeLink(last, anchor)
      if (anchor.role !== role) {
        if (link.outcome === 'valid') otherRole.set(`${anchor.role} ${anchor.sha256}`, anchor)
        continue
      }
      candidates.push({ certificates: path.certificates, links: [...path.links, link], anchor })
      if (link.outcome === 'invalid') otherKeys.push(anchor.sha256)
      else goesOn = true
    }
    const issuers = issuersOf(last, pool, (certificate) => certificate.subject.key).filter(
      (issuer) => !holdsKeyOf(path.certificates, issuer) && !isAnchored(own, issuer),
    )
    for (const issuer of issuers) {
      if (path.certificates.length >= budget.maxDepth) {
        limit = 'depth'
        goesOn = true
        break
      }
      if (steps++ >= budget.maxSignatureChecks) return finish('signature-checks')
      const link = await computeLink(last, issuer)
      if (link.outcome === 'invalid') {
        otherKeys.push(issuer.sha256)
        continue
      }
      goesOn = true
      queue.push({ certificates: [...path.certificates, issuer], links: [...path.links, link] })
    }
    if (!goesOn) {
      deadEnds.push({ certificate: last, selfIssued: isSelfIssued(last), otherKeys: [...new Set(otherKeys)].sort() })
    }
  }
  return finish(limit)

  function finish(reason: PathSearch['limit']): PathSearch {
    return { target, role, candidates, deadEnds, otherRole: [...otherRole.values()], limit: reason }
  }
}

interface PossibleIssuer {
  readonly sha256: string
  readonly subjectKeyIdentifier: Uint8Array | null
}

/** Those that carry the issuer's name; the ones that authorityKeyIdentifier points to first. It is a hint and excludes nothing. */
function issuersOf<T extends PossibleIssuer>(
  certificate: Certificate,
  among: readonly T[],
  nameKey: (one: T) => string,
): readonly T[] {
  // RFC 5280 §4.1.2.4: an issuer has a name.
  if (certificate.issuer.isEmpty) return []
  const wanted = certificate.authorityKeyIdentifier?.keyIdentifier ?? null
  const isHinted = (one: T) =>
    wanted !== null && one.subjectKeyIdentifier !== null && equalBytes(one.subjectKeyIdentifier, wanted)
  return among
    .filter((one) => nameKey(one) === certificate.issuer.key)
    .sort(
      (a, b) => Number(isHinted(b)) - Number(isHinted(a)) || (a.sha256 < b.sha256 ? -1 : a.sha256 > b.sha256 ? 1 : 0),
    )
}

function holdsKeyOf(path: readonly Certificate[], issuer: Certificate): boolean {
  return path.some((one) => one.subject.key === issuer.subject.key && equalBytes(one.spki, issuer.spki))
}

/** The anchor itself ends a path there already; its certificate in between would only repeat it. */
function isAnchored(anchors: readonly PathAnchor[], issuer: Certificate): boolean {
  return anchors.some((anchor) => anchor.name.key === issuer.subject.key && equalBytes(anchor.spki, issuer.spki))
}
